// One value against its Type, in INFO and in the sample columns: one judgment, told by the rules of either place.

/// Where a value stands.
enum ValuePlace {
    case info
    /// A sample's column, 1-based in the line.
    case sample(column: Int)

    /// How messages begin.
    func name(_ tag: DeclaredTags.Tag) -> String {
        switch self {
        case .info: "INFO \(tag.key)"
        case .sample(let column): "column \(column): \(tag.key)"
        }
    }

    var rules: TypeRules {
        switch self {
        case .info: .info
        case .sample: .sample
        }
    }
}

/// The rules that a value breaks that is not of its type.
struct TypeRules {
    let type, negative, range, integerForm: SpecificationRule
    /// The rule for digits joined by underscores where an integer was declared; nil where they are a wrong type.
    let identifier: SpecificationRule?

    static let info = TypeRules(
        type: .infoType, negative: .infoNegative, range: .infoRange, integerForm: .infoIntegerForm,
        identifier: .infoIdentifier)
    static let sample = TypeRules(
        type: .sampleType, negative: .sampleNegative, range: .sampleRange, integerForm: .sampleIntegerForm,
        identifier: nil)
}

extension SpecificationCheck {
    /// Checks a value and returns whether it can be read as its type.
    mutating func checkType(_ tag: DeclaredTags.Tag, _ value: ArraySlice<UInt8>, in place: ValuePlace) -> Bool
    {
        switch tag.type {
        case .integer: return checkInteger(tag, value, in: place)
        case .float where !ValueGrammar.isFloat(value):
            differs(place.rules.type, tag, value, in: place, "a number")
        case .character where value.count != 1 && String(decoding: value, as: UTF8.self).count != 1:
            differs(place.rules.type, tag, value, in: place, "one character")
        default: return true
        }
        return false
    }

    private mutating func checkInteger(
        _ tag: DeclaredTags.Tag, _ value: ArraySlice<UInt8>, in place: ValuePlace
    ) -> Bool {
        let rules = place.rules
        switch ValueGrammar.integer(value) {
        case .integer(let number):
            if number < 0, tag.reserved?.isNonNegative == true {
                differs(rules.negative, tag, value, in: place, "no negative number")
            }
            return true
        case .outOfRange:
            differs(rules.range, tag, value, in: place, "an integer from -2147483640 to 2147483647")
        case .withFraction: differs(rules.integerForm, tag, value, in: place, "an integer")
        case .other:
            let isTolerated = tag.reserved == nil && Self.isIdentifier(value)
            differs(
                isTolerated ? rules.identifier ?? rules.type : rules.type, tag, value, in: place, "an integer"
            )
        }
        return false
    }

    private mutating func differs(
        _ rule: SpecificationRule, _ tag: DeclaredTags.Tag, _ value: ArraySlice<UInt8>, in place: ValuePlace,
        _ expected: String
    ) {
        found(
            rule, subject: DeclaredTags.bytes(tag.key),
            "\(place.name(tag)) is \(quoted(value)), \(expected) was expected")
    }

    /// Digits joined by underscores: a name made of numbers, as PURPLE writes for a segment.
    private static func isIdentifier(_ value: ArraySlice<UInt8>) -> Bool {
        let parts = value.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        return parts.count > 1 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(ValueGrammar.isDigit) }
    }
}
