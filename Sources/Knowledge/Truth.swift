/// Three-valued truth: what is not known is neither true nor false.
///
/// Source: Kleene, Introduction to Metamathematics (1952), section 64 (strong logic).
public enum Truth: String, Hashable, Sendable, CaseIterable {
    /// Does not hold.
    case no = "false"
    /// Cannot be decided from what was measured.
    case undetermined
    /// Holds.
    case yes = "true"

    /// False if either is false, else undetermined if either is.
    public static func && (left: Truth, right: Truth) -> Truth {
        if left == .no || right == .no { return .no }
        return left == .yes && right == .yes ? .yes : .undetermined
    }

    /// True if either is true, else undetermined if either is.
    public static func || (left: Truth, right: Truth) -> Truth {
        if left == .yes || right == .yes { return .yes }
        return left == .no && right == .no ? .no : .undetermined
    }

    /// Swaps true and false.
    public static prefix func ! (value: Truth) -> Truth {
        switch value {
        case .no: .yes
        case .yes: .no
        case .undetermined: .undetermined
        }
    }

    /// True or false.
    public init(_ value: Bool) { self = value ? .yes : .no }
}
