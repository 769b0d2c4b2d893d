/// Which rules a file breaks: where first, how, and how often.
///
/// Of each rule a handful of subjects (keys, columns) is kept with a few lines each, so a file of millions of bad
/// records costs no more than one of ten.
public struct SpecificationReport: Hashable, Sendable {
    /// One rule broken for one subject.
    public struct Violation: Hashable, Sendable {
        /// The rule.
        public let rule: SpecificationRule
        /// Error or warning in a file of this version.
        public let severity: SpecificationRule.Severity
        /// 1-based number of the first line.
        public let line: Int
        /// Whether that line is a record.
        public let isRecord: Bool
        /// What is there and what was expected, on the first line.
        public let problem: String
        /// The number of lines.
        public fileprivate(set) var count = 1
        /// The next few lines.
        public fileprivate(set) var moreLines: [Int] = []
        /// The version by whose rules the file was read.
        public let version: SpecificationVersion
        /// Whether further subjects are counted with this one, which is the last that was told apart.
        public fileprivate(set) var standsForOthers = false
        fileprivate var lastLine: Int

        /// The sentence for a reader: the rule's id in brackets, what is there, the section, how often.
        public var text: String {
            let sentence = "[\(rule.id)] \(problem) (VCF \(version.name), \(rule.section(in: version)))"
            guard count > 1 else { return sentence }
            let lines = moreLines.map(String.init).joined(separator: ", ")
            return
                "\(sentence); \(standsForOthers ? "with others like it " : "")\(count) lines, the next: \(lines)"
        }
    }

    /// At most so many subjects are told apart for one rule.
    public static let maximumSubjects = 12
    /// At most so many more lines are kept of each.
    public static let maximumLines = 3

    private struct Group: Hashable {
        let rule: SpecificationRule
        let subject: ArraySlice<UInt8>
    }

    /// What was found, in the order of the first lines.
    public private(set) var violations: [Violation] = []
    private var indices: [Group: Int] = [:]
    private var lastIndex: [SpecificationRule: (subjects: Int, index: Int)] = [:]

    /// An empty report.
    public init() {}

    /// Whether an error was found.
    public var hasErrors: Bool { violations.contains { $0.severity == .error } }

    /// Equal violations.
    public static func == (left: SpecificationReport, right: SpecificationReport) -> Bool {
        left.violations == right.violations
    }

    /// Hashes the violations.
    public func hash(into hasher: inout Hasher) { hasher.combine(violations) }

    /// Counts a broken rule; the sentence is made for the first line of a subject only.
    mutating func add(
        _ rule: SpecificationRule, subject: ArraySlice<UInt8>, line: Int, isRecord: Bool,
        version: SpecificationVersion, problem: () -> String
    ) {
        if let index = indices[Group(rule: rule, subject: subject)] {
            return count(index, line)
        }
        let known = lastIndex[rule]
        if let known, known.subjects >= Self.maximumSubjects {
            violations[known.index].standsForOthers = true
            return count(known.index, line)
        }
        indices[Group(rule: rule, subject: ArraySlice(Array(subject)))] = violations.count
        lastIndex[rule] = ((known?.subjects ?? 0) + 1, violations.count)
        violations.append(
            Violation(
                rule: rule, severity: rule.severity(in: version), line: line, isRecord: isRecord,
                problem: problem(), version: version, lastLine: line))
    }

    private mutating func count(_ index: Int, _ line: Int) {
        guard violations[index].lastLine != line else { return }
        violations[index].lastLine = line
        violations[index].count += 1
        if violations[index].moreLines.count < Self.maximumLines { violations[index].moreLines.append(line) }
    }
}
