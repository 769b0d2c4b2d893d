public import Genome
public import Knowledge

/// A published figure with which a count may be compared, and by whose definition.
public struct Expectation: Codable, Hashable, Sendable {
    /// Id of the row.
    public let id: String
    /// The indication, or `all`.
    public let indication: String
    /// What was measured: `targetable`, `actionable`, …
    public let measure: String
    /// Which of our counts it may be compared with: `targetable`, `targetableOnLabel`,
    /// `targetableWithoutTMB`, `driver` or `none`.
    public let definition: String
    /// The fraction; nil where it is unknown.
    public let value: Double?
    /// Who published it.
    public let source: String

    /// The counts of a cohort that an expectation may be compared with.
    static let definitions = ["targetable", "targetableOnLabel", "targetableWithoutTMB", "driver", "none"]

    /// Reads the rows of `expectations.tsv`.
    ///
    /// - Throws: `InputError` for a value that is no fraction, or a definition that no count has.
    public static func parse(_ table: TSVTable) throws(InputError) -> [Expectation] {
        var all: [Expectation] = []
        for row in table.rows {
            let text = table.cell(row, "value")
            let value = Double(text)
            guard text.isEmpty || value.map({ (0...1).contains($0) }) == true else {
                throw InputError(
                    file: table.file, place: .line(row.line),
                    problem: "value is \"\(text)\", a fraction was expected",
                    remedy: "Write 0.2 for 20 %.")
            }
            let definition = table.cell(row, "definition")
            guard definitions.contains(definition) else {
                throw InputError(
                    file: table.file, place: .line(row.line),
                    problem: "definition \"\(definition)\" is unknown",
                    remedy: "Use one of \(definitions.joined(separator: ", ")).")
            }
            all.append(
                Expectation(
                    id: table.cell(row, "id"), indication: table.cell(row, "indication"),
                    measure: table.cell(row, "measure"),
                    definition: definition, value: value, source: table.cell(row, "source")))
        }
        return all
    }
}
