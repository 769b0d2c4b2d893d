/// A meta-information line as it stands in the file, with what is wrong in its grammar.
///
///     ##key=value    ##key=<key=value,key="quoted, \"value\"",key=[a, list]>
///
/// Unlike `VCFHeader`, which takes what htslib accepted, this keeps the faults.
struct MetaLine {
    /// A pair within the angle brackets.
    struct Field: Hashable {
        var key: String
        var value: String
        var isQuoted: Bool
    }

    /// A fault of grammar.
    enum Fault: Hashable {
        /// No `=`, or nothing before it.
        case noKey
        /// Nothing after `=`.
        case emptyValue
        /// `<` without a final `>`.
        case unclosed
        /// A quote that is not closed, or text after the closing quote of this key.
        case quote(key: String)
        /// A part that is not `key=value`.
        case noPair(String)
        /// A key with other characters than letters, digits, `.`, `_` and `-`.
        case fieldKey(String)
        /// A key without a value.
        case emptyField(String)
    }

    /// The text before the first `=`, without `##`.
    var key = ""
    /// The text after it.
    var value = ""
    /// Whether the value is in angle brackets.
    var isStructured = false
    /// The pairs within them.
    var fields: [Field] = []
    /// The faults in the order in which they stand.
    var faults: [Fault] = []

    /// Reads a line that begins with `##`.
    init(_ line: some StringProtocol) {
        let text = line.dropFirst(2)
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            faults = [.noKey]
            return
        }
        key = String(text[..<equals])
        value = String(text[text.index(after: equals)...])
        guard !value.isEmpty else {
            faults = [.emptyValue]
            return
        }
        guard value.hasPrefix("<") else { return }
        isStructured = true
        var parser = FieldParser(value.dropFirst())
        parser.run()
        (fields, faults) = (parser.fields, parser.faults)
    }

    /// The first pair with this key.
    subscript(key: String) -> Field? { fields.first { $0.key == key } }
}

/// Splits the inside of `<…>` into pairs.
private struct FieldParser {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    var fields: [MetaLine.Field] = []
    var faults: [MetaLine.Fault] = []

    init(_ text: some StringProtocol) { scalars = Array(text.unicodeScalars) }

    mutating func run() {
        guard scalars.last == ">" else {
            faults.append(scalars.contains("\"") && hasOpenQuote ? .quote(key: lastKey) : .unclosed)
            return
        }
        // `<"text">`: one quoted text in brackets, which keys of no meaning to the specification may have.
        if scalars.first == "\"" {
            if !(scalars.count >= 3 && scalars[scalars.count - 2] == "\"") { faults.append(.quote(key: "")) }
            return
        }
        while index < scalars.count {
            readField()
            guard index < scalars.count else { return }
            if scalars[index] == ">" {
                // Text after the closing bracket belongs to no pair.
                if index < scalars.count - 1 { faults.append(.noPair(text(index, scalars.count - 1))) }
                return
            }
            index += 1
        }
        faults.append(.unclosed)
    }

    private mutating func readField() {
        let start = index
        while index < scalars.count, !["=", ",", ">"].contains(scalars[index]) { index += 1 }
        let key = text(start, index)
        guard index < scalars.count, scalars[index] == "=" else {
            faults.append(.noPair(key))
            return
        }
        if key.isEmpty || !key.allSatisfy(Self.isKeyCharacter) { faults.append(.fieldKey(key)) }
        index += 1
        if index < scalars.count, scalars[index] == "\"" {
            readQuoted(key)
        } else {
            readPlain(key)
        }
    }

    private mutating func readQuoted(_ key: String) {
        index += 1
        let start = index
        while index < scalars.count, scalars[index] != "\"" {
            index += scalars[index] == "\\" ? 2 : 1
        }
        guard index < scalars.count else {
            faults.append(.quote(key: key))
            index = scalars.count
            fields.append(.init(key: key, value: text(start, scalars.count), isQuoted: true))
            return
        }
        fields.append(.init(key: key, value: text(start, index), isQuoted: true))
        index += 1
        if index < scalars.count, scalars[index] != ",", scalars[index] != ">" {
            faults.append(.quote(key: key))
            index = scalars.count
        }
    }

    private mutating func readPlain(_ key: String) {
        let start = index
        if index < scalars.count, scalars[index] == "[" {
            while index < scalars.count, scalars[index] != "]" { index += 1 }
        }
        while index < scalars.count, scalars[index] != ",", scalars[index] != ">" { index += 1 }
        let value = text(start, index)
        if value.isEmpty { faults.append(.emptyField(key)) }
        if value.contains("\"") { faults.append(.quote(key: key)) }
        fields.append(.init(key: key, value: value, isQuoted: false))
    }

    private func text(_ start: Int, _ end: Int) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<min(end, scalars.count)])
        return String(text)
    }

    private var hasOpenQuote: Bool {
        var isOpen = false, isEscaped = false
        for scalar in scalars {
            if isEscaped {
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                isOpen.toggle()
            }
        }
        return isOpen
    }

    /// The key before the last `="`.
    private var lastKey: String {
        let line = text(0, scalars.count)
        let head = line.split(separator: "=\"", omittingEmptySubsequences: false).dropLast().last ?? ""
        return String(head.split(whereSeparator: { $0 == "," || $0 == "<" }).last ?? "")
    }

    private static func isKeyCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
    }
}
