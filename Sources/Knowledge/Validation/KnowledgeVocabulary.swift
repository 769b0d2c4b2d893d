/// The words that rows of a base may use, collected from its own tables.
public struct KnowledgeVocabulary: Sendable {
    /// HGNC ids by symbol, of the gene tables; empty where a table gives none.
    private var identifiers: [String: String] = [:]
    /// Symbols by HGNC id.
    private var symbols: [String: String] = [:]
    /// Symbols by transcript without version, of the gene tables.
    private var transcripts: [String: String] = [:]
    /// RefSeq's name, without version, of the transcripts of the gene tables.
    public private(set) var pairs: [String: String] = [:]
    /// The MANE Select transcript by symbol.
    public private(set) var selected: [String: String] = [:]
    /// Symbols of gene models and of loci.
    private let otherGenes: Set<String>
    /// Symbols of `gene_roles.tsv`.
    private var roles: Set<String> = []
    /// Residues of exons, and their last coding bases, by gene and number.
    public private(set) var exons: [String: [Int: ClosedRange<Int>]] = [:]
    /// See ``exons``.
    public private(set) var exonEnds: [String: [Int: Int]] = [:]
    /// Bodies that approve, and bodies that pay.
    private(set) var agencies = Self.knownAgencies, payers = Self.knownPayers
    /// Ids of countries' profiles.
    private(set) var countries: Set<String> = []
    /// Names of drugs in lower case, each with the name to use; nil without `drugs.tsv`.
    private(set) var drugs: [String: String]?
    /// Ids of measures that a criterion may compare.
    let measures: Set<String>
    /// The tree of tumor types.
    public let tumorTypes: TumorTypes
    private var nearGenes: NearestNames?
    private var nearDrugs: NearestNames?

    /// Loci of receptor and antibody genes, which are partners of fusions and no genes of a gene table.
    private static let loci: Set = ["IGH", "IGK", "IGL", "TRA", "TRB", "TRD", "TRG"]
    private static let knownAgencies: Set = ["EMA", "FDA", "HC", "HPRA", "MHRA", "DKMA"]
    private static let knownPayers: Set = ["Medicinrådet", "HSE", "NICE"]

    /// The words of these tables; `genes` are symbols of gene models, `measures` ids such as `tmb_panel_like`.
    public init(
        _ tables: [KnowledgeTable], tumorTypes: TumorTypes, genes: some Sequence<String>,
        measures: Set<String>
    ) {
        self.tumorTypes = tumorTypes
        self.measures = measures
        otherGenes = Self.loci.union(genes)
        for table in tables where table.isWhole { take(table.name, table.table) }
    }

    private mutating func take(_ name: String, _ table: TSVTable) {
        func cell(_ row: TSVTable.Row, _ column: String) -> String { table.trimmedCell(row, column) }
        for row in table.rows {
            switch name {
            case "genes.tsv", "plus_clinical.tsv":
                let symbol = cell(row, "symbol"), id = cell(row, "hgncId")
                let ensembl = cell(row, "ensemblTranscript"), refseq = cell(row, "refseqTranscript")
                if name == "genes.tsv" {
                    identifiers[symbol] = id
                    selected[symbol] = ensembl
                    if !id.isEmpty { symbols[id] = symbol }
                }
                for transcript in [ensembl, refseq] where !transcript.isEmpty {
                    transcripts[transcript.withoutVersion] = symbol
                }
                if !refseq.isEmpty { pairs[ensembl.withoutVersion] = refseq.withoutVersion }
            case "gene_roles.tsv": roles.insert(cell(row, "gene"))
            case "exons.tsv":
                guard let exon = Int(cell(row, "exon")), let first = Int(cell(row, "firstResidue")),
                    let last = Int(cell(row, "lastResidue")), first <= last
                else { continue }
                exons[cell(row, "gene"), default: [:]][exon] = first...last
                exonEnds[cell(row, "gene"), default: [:]][exon] = Int(cell(row, "lastCodingBase"))
            case "countries.tsv":
                countries.insert(cell(row, "country"))
                agencies.insert(cell(row, "agency"))
                payers.insert(cell(row, "payer"))
            case "drugs.tsv":
                let drug = cell(row, "name")
                for name in [drug] + table.items(row, "synonyms") {
                    drugs = drugs ?? [:]
                    drugs?[name.lowercased()] = drug
                }
            default: return
            }
        }
    }

    /// Where a gene's symbol stands.
    enum GeneUse {
        /// The gene on which a row of evidence turns: the program asks for it in the gene table when it reads the row.
        case row
        /// Another gene of a criterion, such as a fusion's partner.
        case criterion
        /// A row of another table.
        case table
    }

    /// What is wrong with a gene's symbol; nil where it is known, or there is no table to know it by.
    mutating func fault(ofGene symbol: String, column: String, _ use: GeneUse) -> KnowledgeFault? {
        guard !identifiers.isEmpty, identifiers[symbol] == nil else { return nil }
        switch use {
        case .row: break
        case .criterion: if otherGenes.contains(symbol) || roles.contains(symbol) { return nil }
        case .table: if otherGenes.contains(symbol) { return nil }
        }
        if nearGenes == nil { nearGenes = NearestNames(identifiers.keys) }
        let hint = nearGenes?.hint(symbol) ?? ""
        return KnowledgeFault(
            .geneUnknown, column: column, found: "gene \"\(symbol)\" is not in the gene table",
            expected: "a present HGNC symbol", remedy: hint.isEmpty ? "Use the present HGNC symbol." : hint)
    }

    /// What is wrong with the HGNC id beside a gene's symbol.
    func fault(ofIdentifier id: String, gene: String) -> KnowledgeFault? {
        func fault(_ found: String, _ expected: String, _ remedy: String) -> KnowledgeFault {
            KnowledgeFault(
                .geneIdentifier, column: "hgncId", found: found, expected: expected, remedy: remedy)
        }
        guard !id.isEmpty else { return nil }
        guard Self.isIdentifier(id) else {
            return fault("\"\(id)\" is no HGNC id", "HGNC: and a number", "Write for example HGNC:1097.")
        }
        guard !gene.isEmpty else {
            return fault("\(id) stands beside no gene", "a gene", "Give the gene, or take the id out.")
        }
        guard let own = identifiers[gene], !own.isEmpty, own != id else { return nil }
        let owner = symbols[id].map { "\(id) belongs to \($0)" } ?? "\(id) is not in the gene table"
        return fault("\(owner), the gene is \(gene)", own, "Mend the gene or the id.")
    }

    /// Whether text is `HGNC:` and a number.
    static func isIdentifier(_ text: String) -> Bool {
        text.hasPrefix("HGNC:") && (Int(text.dropFirst(5)) ?? 0) > 0
    }

    /// The gene to which the gene tables give a transcript, with or without version.
    func gene(ofTranscript id: String) -> String? { transcripts[id.withoutVersion] }

    /// The HGNC id that the gene table gives.
    public func identifier(of gene: String) -> String? { identifiers[gene] }

    /// The nearest names of drugs.
    mutating func drugHint(_ name: String) -> String {
        if nearDrugs == nil { nearDrugs = NearestNames(Set((drugs ?? [:]).values)) }
        return nearDrugs?.hint(name) ?? ""
    }
}

extension String {
    /// A transcript's id without its version.
    public var withoutVersion: String { String(prefix { $0 != "." }) }
}
