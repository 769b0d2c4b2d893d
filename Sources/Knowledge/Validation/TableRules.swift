/// What a table of a knowledge base holds: its columns, what their cells may be, and what names a row.
struct TableRules {
    /// What a cell may be.
    enum Cell {
        /// Anything.
        case text
        /// Anything but nothing.
        case filled
        /// One of a few words; the empty one where nothing may stand.
        case word([String])
        /// A whole number from here on; empty where ``isOptional``.
        case integer(from: Int, isOptional: Bool)
        /// A fraction 0 … 1, or empty.
        case fraction
        /// The symbol of a gene that is known.
        case gene
        /// `HGNC:` and a number, or empty.
        case identifier
        /// Alleles `contig:position:REF:ALT`, joined by `|`.
        case alleles
        /// A code of the tree of tumor types.
        case tumorType
    }

    /// Columns that the program needs.
    let required: [String: Cell]
    /// Columns that may be there.
    let optional: [String: Cell]
    /// The columns that together name a row once.
    let key: [String]

    private init(_ required: [String: Cell], _ optional: [String: Cell] = [:], key: [String]) {
        (self.required, self.optional, self.key) = (required, optional, key)
    }

    /// The rules of a table; nil for one whose rows are not checked cell by cell here.
    static func of(_ name: String) -> TableRules? { all[name] }

    /// Tables that the program or a curator uses, and whose rows have no rules here.
    static let withoutRules: Set = ["unexpressed.tsv"]

    private static let cited: [String: Cell] = [
        "citations": .text, "status": .word(["verified", "unverified"]), "note": .text,
    ]
    private static let geneColumns: [String: Cell] = [
        "symbol": .filled, "hgncId": .identifier, "contig": .filled,
        "start": .integer(from: 1, isOptional: false),
        "end": .integer(from: 1, isOptional: false), "ensemblTranscript": .filled,
    ]
    private static let otherGeneColumns: [String: Cell] = [
        "strand": .word(["+", "-"]), "ensemblGene": .text, "refseqTranscript": .text, "ensemblProtein": .text,
    ]
    private static let indicationWords = Indication.allCases.map(\.rawValue)

    private static let all: [String: TableRules] = [
        "gene_roles.tsv": TableRules(
            ["gene": .gene, "role": .word(KnowledgeBase.Role.allCases.map(\.rawValue))], cited,
            key: ["gene"]),
        "exons.tsv": TableRules(
            [
                "gene": .gene, "exon": .integer(from: 1, isOptional: false),
                "firstResidue": .integer(from: 1, isOptional: false),
                "lastResidue": .integer(from: 1, isOptional: false),
            ],
            cited.merging(["transcript": .filled, "lastCodingBase": .integer(from: 1, isOptional: true)]) {
                $1
            }, key: ["gene", "exon"]),
        "numbering.tsv": TableRules(
            [
                "gene": .gene, "transcript": .filled, "otherTranscripts": .filled,
                "firstResidue": .integer(from: 1, isOptional: false),
                "offset": .integer(from: .min, isOptional: false),
            ], cited, key: ["transcript", "otherTranscripts"]),
        "promoters.tsv": TableRules(
            ["gene": .gene, "grch37": .alleles, "grch38": .alleles, "name": .text], cited,
            key: ["gene", "grch37", "grch38"]),
        "predisposition.tsv": TableRules(["gene": .gene, "list": .filled], cited, key: ["gene", "list"]),
        "genes.tsv": TableRules(geneColumns, otherGeneColumns, key: ["symbol"]),
        "plus_clinical.tsv": TableRules(geneColumns, otherGeneColumns, key: ["symbol", "ensemblTranscript"]),
        "tumor_types.tsv": TableRules(
            [
                "code": .filled, "name": .filled, "parent": .text, "tissue": .text, "synonyms": .text,
                "doid": .text,
            ], ["mainType": .text], key: ["code"]),
        "indications.tsv": TableRules(
            ["code": .tumorType, "indication": .word([""] + indicationWords)], ["note": .text],
            key: ["code"]),
        "countries.tsv": TableRules(
            ["country": .filled, "agency": .filled, "payer": .filled, "language": .filled],
            cited.merging(["name": .text, "tissueAgnosticApproval": .word(["", "here"])]) { $1 },
            key: ["country"]),
        "expectations.tsv": TableRules(
            [
                "id": .filled, "indication": .word(["all"] + indicationWords), "measure": .filled,
                "definition": .filled, "value": .fraction, "source": .text,
            ],
            [
                "low": .fraction, "high": .fraction, "n": .integer(from: 1, isOptional: true),
                "population": .text, "page": .text, "column": .text,
                "status": .word(["verified", "unverified"]),
            ], key: ["id"]),
        "pharmacogene_positions.tsv": TableRules(
            [
                "gene": .gene, "rsid": .text, "contig": .filled,
                "grch38": .integer(from: 1, isOptional: false),
                "ref": .filled, "alts": .filled, "grch37": .integer(from: 1, isOptional: true),
                "grch37Ref": .text,
            ], cited, key: ["gene", "grch38"]),
        "pharmacogene_alleles.tsv": TableRules(
            [
                "gene": .gene, "allele": .filled, "changes": .text, "function": .text, "activity": .fraction,
                "ampTier": .word(["", "1"]),
            ], cited, key: ["gene", "allele"]),
        "pharmacogene_phenotypes.tsv": TableRules(
            ["gene": .gene, "key": .filled, "phenotype": .filled], cited, key: ["gene", "key"]),
        "drugs.tsv": TableRules(["name": .filled], ["synonyms": .text, "note": .text], key: ["name"]),
    ]

    /// Names of all tables that have a meaning.
    static let names: Set<String> = withoutRules.union(all.keys).union(["evidence.tsv", "trials.tsv"])
}
