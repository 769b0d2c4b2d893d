/// What FILTER says of a record.
public enum FilterState: Hashable, Sendable {
    /// `PASS`.
    case passed
    /// `.`, or nothing.
    case unfiltered
    /// The name of a filter.
    case failed
}

/// Which records count as passed.
///
/// - Source: specification section 0: FILTER is `PASS`, or `.` where the file never uses `PASS`.
public struct PassRule: Hashable, Sendable {
    /// Whether FILTER `.` passes.
    public let acceptsUnfiltered: Bool

    /// A rule; see ``FilterUse/rule(unfilteredIsPass:)`` for the one that fits a file.
    public init(acceptsUnfiltered: Bool) { self.acceptsUnfiltered = acceptsUnfiltered }

    /// Whether a record of this state passes.
    public func isPass(_ state: FilterState) -> Bool {
        state == .passed || (acceptsUnfiltered && state == .unfiltered)
    }

    /// The rule in words, for the `filter` of a reported number.
    public var text: String { acceptsUnfiltered ? "PASS or ." : "PASS" }
}

/// How a file uses FILTER, counted in a first pass over its records.
public struct FilterUse: Hashable, Sendable {
    /// Records with `PASS`.
    public private(set) var passed = 0
    /// Records with `.`.
    public private(set) var unfiltered = 0
    /// Records with the name of a filter.
    public private(set) var filtered = 0

    /// Counts of no record.
    public init() {}

    /// Counts a record or row.
    public mutating func add(_ state: FilterState) {
        switch state {
        case .passed: passed += 1
        case .unfiltered: unfiltered += 1
        case .failed: filtered += 1
        }
    }

    /// Adds the counts of another part of the file.
    public mutating func merge(_ other: FilterUse) {
        passed += other.passed
        unfiltered += other.unfiltered
        filtered += other.filtered
    }

    /// The rule for this file: `.` passes if no record is `PASS`, or if the user says so.
    public func rule(unfilteredIsPass: Bool = false) -> PassRule {
        PassRule(acceptsUnfiltered: unfilteredIsPass || passed == 0)
    }

    /// A warning where `.` and `PASS` stand side by side and `.` is not taken; nil otherwise.
    public func warning(unfilteredIsPass: Bool = false) -> String? {
        guard passed > 0, unfiltered > 0, !unfilteredIsPass else { return nil }
        return "FILTER is PASS in \(passed) records and . in \(unfiltered); only PASS is counted"
    }
}
