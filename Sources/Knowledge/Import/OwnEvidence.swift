public import Genome

/// A user's own table of evidence: columns of `evidence.tsv`, of which only some must be there.
///
/// Columns that are missing are empty, `status` is `unverified`; a column of another name is a fault, since it may be a misspelled one.
/// Tumor types may be names, synonyms and DOIDs too, and the gene's HGNC id is filled in. Each row is checked as the rows of a
/// knowledge base are, and each fault is told.
public struct OwnEvidence: Sendable {
    /// Columns that must be there.
    public static let required = [
        "id", "gene", "criterion", "tumorTypes", "therapies", "direction", "citations",
    ]

    /// The rows that are sound.
    public let evidence: ImportedEvidence
    /// What is wrong, with its line.
    public let problems: [InputError]

    /// Reads a table in UTF-8.
    ///
    /// - Throws: `InputError` for a missing or unknown column, and a row of another number of cells than the header.
    public init(
        _ bytes: [UInt8], file: String, tumorTypes: TumorTypes,
        gene: @escaping (String) -> KnowledgeBase.Gene?
    ) throws(InputError) {
        let table = try TSVTable(bytes: bytes, file: file, required: Self.required)
        if let unknown = table.columns.first(where: { !EvidenceRow.columns.contains($0) }) {
            throw InputError(
                file: file, problem: "column \"\(unknown)\" is none of evidence.tsv",
                remedy: "Use \(EvidenceRow.columns.joined(separator: ", ")).")
        }
        // A copy whose rows stand in the lines of the user's table, so that faults name those.
        var lines = [EvidenceRow.columns.joined(separator: "\t")]
        var cells: [String: [String: String]] = [:]
        for row in table.rows {
            let own = Self.cells(table, row, tumorTypes, gene)
            cells[own["id"] ?? ""] = own
            lines += Array(repeating: "", count: row.line - 1 - lines.count)
            lines.append(EvidenceRow.columns.map { own[$0] ?? "" }.joined(separator: "\t"))
        }
        let copy = try TSVTable(
            text: lines.joined(separator: "\n"), file: file, required: EvidenceRow.columns)
        let parsed = EvidenceRow.parse(copy, source: "", tumorTypes: tumorTypes)
        var problems = parsed.problems
        let criteria = Dictionary(
            parsed.rows.map { ($0.id, $0.criterion) }, uniquingKeysWith: { first, _ in first })
        for row in table.rows {
            let symbols =
                [table.trimmedCell(row, "gene")] + (criteria[table.trimmedCell(row, "id")]?.genes ?? [])
            for unknown in Set(symbols.filter { !$0.isEmpty && gene($0) == nil }).sorted() {
                problems.append(
                    InputError(
                        file: file, place: .line(row.line),
                        problem: "gene \"\(unknown)\" is not in the gene table",
                        remedy: "Use the HGNC symbol."))
            }
        }
        self.problems = problems.sorted { Self.line($0) < Self.line($1) }
        evidence = ImportedEvidence(
            rows: parsed.rows.map { row in
                var draft = EvidenceDraft(id: row.id, criterion: row.criterion)
                draft.given = cells[row.id] ?? [:]
                return draft
            }, unexpressed: [])
    }

    private static func line(_ problem: InputError) -> Int {
        if case .line(let line) = problem.place { line } else { 0 }
    }

    private static func cells(
        _ table: TSVTable, _ row: TSVTable.Row, _ types: TumorTypes, _ gene: (String) -> KnowledgeBase.Gene?
    ) -> [String: String] {
        var cells: [String: String] = [:]
        for column in EvidenceRow.columns { cells[column] = table.trimmedCell(row, column) }
        for column in ["tumorTypes", "excludedTumorTypes"] {
            cells[column] = table.items(row, column).map { types.resolve($0)?.code ?? $0 }
                .joined(separator: "|")
        }
        if cells["status"] == "" { cells["status"] = "unverified" }
        if cells["hgncId"] == "" { cells["hgncId"] = gene(cells["gene"] ?? "")?.hgncId }
        return cells
    }
}
