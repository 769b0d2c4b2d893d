internal import Biomarkers
internal import Cohorts
internal import Consequences
internal import GeneModels
public import Genome
internal import HTS
public import Knowledge
internal import Variants

/// What `kb validate` finds in a base: every problem, and how much was compared.
public struct KnowledgeValidation: Codable, Hashable, Sendable {
    /// A source that was checked.
    public struct Source: Codable, Hashable, Sendable {
        /// Name, version and folder.
        public var name: String, version: String, folder: String
        /// Rows by table.
        public var rows: [String: Int]
        /// Tables whose rows have no rules, or whose header is broken.
        public var notChecked: [String]
    }

    /// How much was compared with the reference genome and gene models.
    public struct Genome: Codable, Hashable, Sendable {
        /// The assembly of the FASTA, or of the gene models where there is none.
        public var assembly: String
        /// Alleles whose REF was compared; those on contigs or bases that the FASTA lacks; those of the other assembly.
        public var allelesCompared = 0, allelesNotCompared = 0, allelesOfOtherAssembly = 0
        /// Alleles whose change was compared with the criterion; those without bases or transcript; those of criteria that no
        /// consequence answers.
        public var changesCompared = 0, changesNotCalled = 0, changesNotAsked = 0
        /// Leaves whose residues were compared with the protein, and those that were not.
        public var residuesCompared = 0, residuesNotCompared = 0
        /// Rows of exons.tsv and numbering.tsv that were compared with gene models, and those that were not.
        public var exonsCompared = 0, exonsNotCompared = 0

        init(assembly: String) { self.assembly = assembly }
    }

    /// What to check, and with what.
    public struct Options: Sendable {
        /// Bases, sources or single versions.
        public var folders: [String]
        /// A base that lends its tumor types, genes and countries where ``folders`` have none; its rows are not checked.
        public var words: [String]
        /// FASTA.
        public var reference: String?
        /// GFF3 or GTF.
        public var genes: String?
        /// The assembly of the FASTA or gene models; nil to tell it by their contigs.
        public var assembly: Assembly?

        /// Options of a check.
        public init(
            folders: [String], words: [String] = [], reference: String? = nil, genes: String? = nil,
            assembly: Assembly? = nil
        ) {
            (self.folders, self.words) = (folders, words)
            (self.reference, self.genes, self.assembly) = (reference, genes, assembly)
        }
    }

    /// Sources in the order in which they were read.
    public var sources: [Source]
    /// Older versions in the folders, which nothing reads and nobody checked.
    public var olderVersions: [String]
    /// Rows of evidence.
    public var rows: Int
    /// How many problems are errors, how many warnings.
    public var errors: Int, warnings: Int
    /// What was compared with the genome; nil without FASTA and gene models.
    public var genome: Genome?
    /// What was found, by file and line.
    public var problems: [KnowledgeProblem]

    /// Checks bases.
    ///
    /// - Throws: `InputError` where a folder, the FASTA or the gene models cannot be read, or their assembly cannot be told.
    public init(_ options: Options) throws {
        let models = try options.genes.map { try GeneModelStore(path: $0).model }
        let fasta = try options.reference.map { try FastaReader(path: $0) }
        if let models, let fasta, let genes = options.genes {
            try models.requireReference(
                CasePipeline.name(fasta.path), file: CasePipeline.name(genes)
            ) { fasta.length(of: $0) }
        }
        var assembly: Assembly?
        if models != nil || fasta != nil {
            assembly = try Self.assembly(options, models) { fasta?.length(of: $0) }
        }
        let reference = fasta.map { fasta in
            GenomeCheck.Reference(
                name: CasePipeline.name(fasta.path), length: { fasta.length(of: $0) },
                sequence: { contig, _ in try fasta.sequence(of: contig) })
        }
        try self.init(options, assembly: assembly, reference: reference, models: models)
        try fasta?.check()
    }

    /// As above, with bases and gene models of an assembly.
    init(
        _ options: Options, assembly: Assembly?, reference: GenomeCheck.Reference?, models: GeneModel?
    ) throws {
        guard let first = options.folders.first else {
            throw InputError(
                file: "knowledgebase", problem: "no knowledge base was found",
                remedy: "Name one, or set $WGS_ANNOTATE_KNOWLEDGEBASE.", kind: .missing)
        }
        var problems: [KnowledgeProblem] = []
        var found: [(folder: SourceFolder, tables: [KnowledgeTable])] = []
        olderVersions = []
        for path in options.folders {
            let all = try SourceFolder.all(in: path, &problems)
            for folder in all.newest { found.append((folder, try folder.tables(&problems))) }
            olderVersions += all.older.map(\.path)
        }
        let own = found.flatMap(\.tables)
        let words = try Self.words(own, options)
        let symbols = models.map { model in model.genes.map { model.text($0.symbol) } } ?? []
        let measures = Set(BurdenDefinition.allCases.map(\.rawValue) + ["scar_sum"])
        let tree = try Self.tumorTypes(words, options)
        var check = KnowledgeCheck(
            KnowledgeVocabulary(words, tumorTypes: tree.types, genes: symbols, measures: measures),
            hasTree: tree.isSound)
        var told = [tree.problem].compactMap(\.self)
        if !words.contains(where: { $0.name == "genes.tsv" }) {
            problems.append(
                KnowledgeProblem(
                    .warning, .fileMissing, source: "", table: "genes.tsv", file: first,
                    found: "no source has the table genes.tsv, so no gene was checked", expected: "the table",
                    remedy: "Give the knowledge base that comes with the program as the first folder."))
        }
        var genome = assembly.map {
            GenomeCheck(assembly: $0, reference: reference, model: models, vocabulary: check.vocabulary)
        }
        sources = []
        rows = 0
        for (folder, tables) in found {
            var notChecked: [String] = []
            for table in tables {
                let isChecked = try check.check(table) { row, line in try genome?.check(row, line, table) }
                if !isChecked { notChecked.append(table.name) }
                try genome?.check(table)
                if let problem = Self.problem(reading: table) { told.append(problem) }
                if table.name == "evidence.tsv" { rows += table.table.rows.count }
            }
            sources.append(
                Source(
                    name: folder.source, version: folder.version, folder: folder.path,
                    rows: Dictionary(
                        tables.map { ($0.name, $0.table.rows.count) }, uniquingKeysWith: { $1 }),
                    notChecked: notChecked))
        }
        check.finish()
        problems += check.problems + (genome?.problems ?? [])
        // Where a rule told the line, it says more.
        problems += told.filter { one in !problems.contains { ($0.file, $0.line) == (one.file, one.line) } }
        self.problems = problems.sorted(by: KnowledgeProblem.isBefore)
        errors = problems.count { $0.severity == .error }
        warnings = problems.count - errors
        self.genome = genome?.counts
    }

    // MARK: Words

    /// The tables by whose words rows are judged: those of the folders, and of the lent base those that no folder has.
    private static func words(_ own: [KnowledgeTable], _ options: Options) throws -> [KnowledgeTable] {
        let there = Set(own.map(\.name))
        let needed: Set = [
            "tumor_types.tsv", "indications.tsv", "genes.tsv", "plus_clinical.tsv", "exons.tsv",
            "gene_roles.tsv", "countries.tsv",
        ]
        guard !needed.isSubset(of: there) else { return own }
        var ignored: [KnowledgeProblem] = []
        var lent: [KnowledgeTable] = []
        for path in options.words {
            for folder in try SourceFolder.all(in: path, &ignored).newest {
                lent += try folder.tables(&ignored).filter {
                    needed.contains($0.name) && !there.contains($0.name)
                }
            }
        }
        return lent + own
    }

    /// The tree of tumor types; an empty one where the tables do not make one.
    private static func tumorTypes(
        _ tables: [KnowledgeTable], _ options: Options
    ) throws(InputError) -> (types: TumorTypes, isSound: Bool, problem: KnowledgeProblem?) {
        func last(_ name: String) throws(InputError) -> KnowledgeTable {
            guard let table = tables.last(where: { $0.name == name }) else {
                throw InputError(
                    file: options.folders.joined(separator: ", "), problem: "no source has the table \(name)",
                    remedy: "Use the knowledge base that comes with the program as the first folder.",
                    kind: .missing)
            }
            return table
        }
        let types = try last("tumor_types.tsv"), indications = try last("indications.tsv")
        var problem: KnowledgeProblem?
        do throws(InputError) {
            if types.isWhole, indications.isWhole {
                return (try TumorTypes(types: types.table, indications: indications.table), true, nil)
            }
        } catch {
            let table = error.file == types.table.file ? types : indications
            problem = KnowledgeProblem(error, .tumorTree, table.place)
        }
        let empty = try TSVTable(text: "code\n", file: "", required: [])
        return (try TumorTypes(types: empty, indications: empty), false, problem)
    }

    /// What the program itself says when it reads a small table.
    private static func problem(reading table: KnowledgeTable) -> KnowledgeProblem? {
        guard table.isWhole else { return nil }
        do throws(InputError) {
            switch table.name {
            case "numbering.tsv": _ = try TranscriptNumbering.parse(table.table)
            case "promoters.tsv": _ = try PromoterAllele.parse(table.table)
            case "expectations.tsv": _ = try Expectation.parse(table.table)
            default: break
            }
            return nil
        } catch {
            return KnowledgeProblem(error, .tableParse, table.place)
        }
    }

    /// The assembly of the files, by their contigs, by what the user says, or both.
    static func assembly(
        _ options: Options, _ models: GeneModel?, length: (Contig) -> Int?
    ) throws(InputError) -> Assembly {
        let lengths = Contig.chromosomes.compactMap { contig in length(contig).map { (contig, $0) } }
        let fitting = Assembly.allCases.filter { assembly in
            lengths.contains { assembly.length(of: $0.0) == $0.1 }
        }
        let told = fitting.count == 1 ? fitting[0] : models?.assembly
        let file = CasePipeline.name(options.reference ?? options.genes ?? "")
        if let wanted = options.assembly, let told, wanted != told {
            throw InputError(
                file: file,
                problem: "its contigs are those of \(told.rawValue), --assembly says \(wanted.rawValue)",
                remedy: "Take --assembly out, or give the other file.")
        }
        guard let assembly = options.assembly ?? told else {
            throw InputError(
                file: file, problem: "the assembly cannot be told by its contigs",
                remedy: "Give --assembly GRCh37 or GRCh38.", kind: .usage)
        }
        return assembly
    }
}
