internal import Genome

/// A row of `evidence.tsv` as an import makes it of another source's words.
public struct EvidenceDraft: Hashable, Sendable {
    /// The id, unique within the source.
    public var id: String
    /// What is asked.
    public var criterion: Criterion
    /// The gene that the criterion turns on, and its HGNC id; empty for a biomarker.
    public var gene = "", hgncId = ""
    /// OncoTree codes.
    public var tumorTypes: [String] = [], excludedTumorTypes: [String] = []
    /// Drugs; `A + B` is a combination.
    public var therapies: [String] = []
    /// What the drug does.
    public var direction = EvidenceRow.Direction.sensitive
    /// CIViC level A … E; empty where the source has none.
    public var civic = ""
    /// OncoKB level; empty where the source has none.
    public var oncokb = ""
    /// `body:status:date`.
    public var approvals: [String] = [], nationalDecisions: [String] = []
    /// The transcript on which residues are counted; empty for MANE Select.
    public var transcript = ""
    /// Alleles on GRCh37 that cause the change, `contig:position:REF:ALT`.
    public var grch37: [String] = []
    /// Citations, and the source's own words.
    public var citations: [String] = [], note = ""
    /// Cells that are taken over as the source has them, by column; they go before the others.
    var given: [String: String] = [:]

    /// Creates a row that asks for something.
    public init(id: String, criterion: Criterion) {
        self.id = id
        self.criterion = criterion
        gene = criterion.positiveLeaves.flatMap(\.genes).first ?? criterion.genes.first ?? ""
    }

    /// The row's cells in the order of ``EvidenceRow/columns``; nobody here has checked it, so it is `unverified`.
    var line: String {
        let cells: [String: String] = [
            "id": id, "gene": gene, "hgncId": hgncId, "criterion": criterion.description,
            "tumorTypes": Self.joined(tumorTypes), "excludedTumorTypes": Self.joined(excludedTumorTypes),
            "therapies": Self.joined(therapies), "direction": direction.rawValue, "civic": civic,
            "oncokb": oncokb,
            "approvals": Self.joined(approvals), "nationalDecisions": Self.joined(nationalDecisions),
            "transcript": transcript, "grch37": Self.joined(grch37), "citations": Self.joined(citations),
            "status": "unverified",
            "note": note,
        ]
        return EvidenceRow.columns.map { Self.cell(given[$0] ?? cells[$0] ?? "") }.joined(separator: "\t")
    }

    private static func joined(_ items: [String]) -> String {
        items.map { $0.parts(between: UInt8(ascii: "|")).joined(separator: "/") }.joined(separator: "|")
    }

    /// An id for a statement of a source that gives none, made of the words that make it what it is, so that it stays from version to
    /// version.
    static func id(_ source: String, of words: [String]) -> String {
        let text = words.map(cell).joined(separator: "\t")
        let digits = String(WordChecksum.sum(Array(text.utf8).span), radix: 16)
        return "\(source)-" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Text without tabs and line ends.
    static func cell(_ text: String) -> String {
        text.split { $0 == "\t" || $0.isNewline }.joined(separator: " ")
    }
}

/// What an import made of another source: rows, and what could not be said in this base's grammar.
public struct ImportedEvidence: Sendable {
    /// A statement that is no row.
    public struct Unexpressed: Hashable, Sendable {
        /// The statement's id in its source.
        public let id: String
        /// Why it is no row; few, so that they can be counted.
        public let reason: String
        /// What it says.
        public let text: String
    }

    /// Rows, by id.
    public let rows: [EvidenceDraft]
    /// Statements that are no rows, by id.
    public let unexpressed: [Unexpressed]

    init(rows: [EvidenceDraft], unexpressed: [Unexpressed]) {
        self.rows = rows.sorted { $0.id < $1.id }
        self.unexpressed = unexpressed.sorted { ($0.id, $0.reason, $0.text) < ($1.id, $1.reason, $1.text) }
    }

    /// `evidence.tsv`.
    public var table: String {
        ([EvidenceRow.columns.joined(separator: "\t")] + rows.map(\.line)).joined(separator: "\n") + "\n"
    }

    /// `unexpressed.tsv`.
    public var unexpressedTable: String {
        let lines = unexpressed.map {
            [$0.id, $0.reason, $0.text].map(EvidenceDraft.cell).joined(separator: "\t")
        }
        return (["id\treason\ttext"] + lines).joined(separator: "\n") + "\n"
    }

    /// How many statements are no rows, by reason, the most first.
    public var counts: [(reason: String, count: Int)] {
        Dictionary(grouping: unexpressed, by: \.reason).map { ($0.key, $0.value.count) }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }
}

/// Why a statement is no row.
struct NotExpressed: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
