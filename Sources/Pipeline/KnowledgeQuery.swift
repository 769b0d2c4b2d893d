public import Genome
public import Knowledge
internal import Reports

/// Looks rows of a knowledge base up: `kb query`.
public struct KnowledgeQuery: Sendable {
    /// A gene that the criterion names, in any case.
    public var gene: String?
    /// A drug, whole or as part of a combination, in any case.
    public var therapy: String?
    /// A tumor type's code, name, synonym or DOID: rows that hold for it, through ancestors too.
    public var tumorType: String?
    /// What the drug does.
    public var direction: EvidenceRow.Direction?
    /// A row's id.
    public var id: String?

    /// A query for all rows.
    public init() {}

    /// The rows that meet everything asked for, in the order of the base.
    ///
    /// - Throws: `InputError` for an unknown tumor type, and where nothing at all is asked.
    public func rows(_ knowledge: KnowledgeBase) throws(InputError) -> [KnowledgeRow] {
        guard gene != nil || therapy != nil || tumorType != nil || direction != nil || id != nil else {
            throw InputError(
                file: "kb query", problem: "nothing is asked for",
                remedy: "Give --gene, --therapy, --tumor-type, --direction or --id.", kind: .usage)
        }
        var code: String?
        if let tumorType {
            guard let type = knowledge.tumorTypes.resolve(tumorType) else {
                throw InputError(
                    file: "--tumor-type", problem: "tumor type \"\(tumorType)\" is unknown",
                    remedy:
                        "Did you mean \(knowledge.tumorTypes.nearest(to: tumorType).joined(separator: ", "))?",
                    kind: .usage)
            }
            code = type.code
        }
        return try Self.candidates(gene, knowledge.evidence).compactMap { row in
            if let id, row.id.lowercased() != id.lowercased() { return nil }
            if let direction, row.direction != direction { return nil }
            if let therapy, !row.therapies.contains(where: { Self.names($0, therapy) }) { return nil }
            var relation: String?
            if let code {
                let found = knowledge.tumorTypes.relation(
                    patient: code, types: row.tumorTypes, excluded: row.excludedTumorTypes)
                guard found.relation != .other else { return nil }
                relation = found.relation.rawValue
            }
            return KnowledgeRow(row, relation: relation)
        }
    }

    /// The rows that name a gene in any case; all rows where none is asked for.
    private static func candidates(_ gene: String?, _ evidence: EvidenceIndex) throws(InputError)
        -> [EvidenceRow]
    {
        guard let gene else { return try evidence.rows() }
        var rows: [EvidenceRow] = []
        for name in evidence.genes where name.lowercased() == gene.lowercased() {
            rows += try evidence.rows(naming: name)
        }
        return rows
    }

    /// Whether a therapy is a drug or combination, or has the drug in it; case and the order of a combination do not matter.
    private static func names(_ therapy: String, _ drug: String) -> Bool {
        let drugs = EvidenceRow.drugs(of: therapy.lowercased())
        let wanted = EvidenceRow.drugs(of: drug.lowercased())
        return drugs == wanted || wanted.count == 1 && drugs.contains(wanted[0])
    }
}

/// A row of a knowledge base as `kb query` prints it.
public struct KnowledgeRow: Codable, Hashable, Sendable {
    /// The row's id and its source with version.
    public var id: String, source: String
    /// What is asked of the tumor, and how specific that is, 1 … 10.
    public var criterion: String, granularity: Int
    /// Tumor types by their codes.
    public var tumorTypes: [String], excludedTumorTypes: [String]
    /// How the row stands to the tumor type that was asked for.
    public var relation: String?
    /// Drugs, and what they do.
    public var therapies: [String], direction: String
    /// Levels by scale; empty where the row gives none.
    public var levels: [String: String]
    /// Dated statements.
    public var approvals: [String], nationalDecisions: [String]
    /// The transcript on which residues are counted.
    public var transcript: String
    /// Citations, and whether a curator checked the row.
    public var citations: [String], isVerified: Bool
    /// The curator's words, and the days between which the row holds.
    public var note: String, validFrom: String, validTo: String

    init(_ row: EvidenceRow, relation: String?) {
        (id, source) = (row.id, row.source)
        (criterion, granularity) = (row.criterion.description, row.criterion.granularity)
        (tumorTypes, excludedTumorTypes) = (row.tumorTypes, row.excludedTumorTypes)
        self.relation = relation
        (therapies, direction) = (row.therapies, row.direction.rawValue)
        levels = [
            "amp": row.amp, "civic": row.civic, "escat": row.escat, "oncokb": row.oncokb,
            "oxford": row.oxford,
        ].filter { !$0.value.isEmpty }
        (approvals, nationalDecisions) = (
            row.approvals.map(\.description), row.nationalDecisions.map(\.description)
        )
        transcript = row.transcript
        (citations, isVerified) = (row.citations, row.isVerified)
        (note, validFrom, validTo) = (row.note, row.validFrom, row.validTo)
    }

    private static let columns = [
        "id", "criterion", "tumorTypes", "excluded", "therapies", "direction", "levels", "approvals",
        "status", "note",
    ]

    private var cells: [String] {
        [
            id, criterion, tumorTypes.joined(separator: "|"), excludedTumorTypes.joined(separator: "|"),
            therapies.joined(separator: "|"), direction,
            levels.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
            approvals.joined(separator: ", "), isVerified ? "verified" : "unverified", note,
        ]
    }

    /// Columns in line, for a terminal.
    public static func text(_ rows: [KnowledgeRow]) -> String {
        guard !rows.isEmpty else { return "no row\n" }
        let lines = TextTable.lines([columns] + rows.map(\.cells))
        return
            (lines + [
                "",
                "\(rows.count) row\(rows.count == 1 ? "" : "s"). For research use; decisions belong to the board.",
            ])
            .joined(separator: "\n") + "\n"
    }

    /// A row of the table for each row.
    public static func tsv(_ rows: [KnowledgeRow]) -> String {
        ([columns] + rows.map(\.cells)).map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
    }
}
