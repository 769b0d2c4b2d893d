public import Genome

/// All that is known: evidence rows of every source, the tumor types, genes, exons and country profiles.
public struct KnowledgeBase: Sendable {
    /// One source in one version.
    public struct Source: Hashable, Sendable {
        /// Its name, such as `curated`.
        public let name: String
        /// Its version.
        public let version: String
        /// What it is, in words.
        public let title: String
        /// Licence.
        public let licence: String
        /// Where it comes from.
        public let origin: String
        /// Date on which it was retrieved, ISO 8601.
        public let retrieved: String
        /// SHA-256 over the source's files.
        public let sha256: String

        /// Creates a source.
        public init(
            name: String, version: String, title: String, licence: String, origin: String, retrieved: String,
            sha256: String
        ) {
            self.name = name
            self.version = version
            self.title = title
            self.licence = licence
            self.origin = origin
            self.retrieved = retrieved
            self.sha256 = sha256
        }
    }

    /// A gene of the MANE Select table, GRCh38.
    public struct Gene: Hashable, Sendable {
        /// HGNC id such as `HGNC:1097`.
        public let hgncId: String
        /// The gene's span on GRCh38.
        public let interval: GenomicInterval
        /// MANE Select transcript with version.
        public let transcript: String

        /// Creates a gene.
        public init(hgncId: String, interval: GenomicInterval, transcript: String) {
            self.hgncId = hgncId
            self.interval = interval
            self.transcript = transcript
        }
    }

    /// Role of a gene in cancer.
    public enum Role: String, Hashable, Sendable, CaseIterable {
        /// Driven by gain of function.
        case oncogene
        /// Driven by loss of function.
        case tumorSuppressor = "tumor_suppressor"
        /// Either, by context.
        case both
    }

    /// Which agency approves and which body pays in a country.
    public struct Country: Hashable, Sendable {
        /// Key such as `denmark`.
        public let id: String
        /// Approving agency, as rows name it.
        public let agency: String
        /// Paying body, as rows name it.
        public let payer: String
        /// Default language of reports.
        public let language: String

        /// Creates a profile.
        public init(id: String, agency: String, payer: String, language: String) {
            self.id = id
            self.agency = agency
            self.payer = payer
            self.language = language
        }
    }

    /// Sources in the order in which they were read.
    public var sources: [Source]
    /// Evidence of all sources, by id; a later source wins on the same id.
    public let evidence: EvidenceIndex
    /// The tree of tumor types.
    public let tumorTypes: TumorTypes
    /// Genes by symbol.
    public var genes: GeneTable
    /// Roles by symbol.
    public var roles: [String: Role]
    /// Residues of an exon (1-based, closed) by gene and exon number.
    public var exons: [String: [Int: ClosedRange<Int>]]
    /// The last coding base (`c.`) of an exon, by gene and exon number, where it is known.
    public var exonEnds: [String: [Int: Int]] = [:]
    /// Transcripts that count residues with an offset.
    public var numberings: [TranscriptNumbering]
    /// Alleles in front of genes that are known to switch them on.
    public var promoters: [PromoterAllele] = []
    /// Genes whose inherited form changes how a drug is borne.
    public var pharmacogenes: [Pharmacogene] = []
    /// Genes of inherited predisposition.
    public var predisposition: Set<String>
    /// Profiles by id.
    public var countries: [String: Country]
    /// Clinical trials by id; each is matched by a row of ``evidence`` of the same id.
    public var trials: [String: Trial] = [:]

    /// The trial that a row stands for; nil for a row of evidence.
    public func trial(of row: EvidenceRow) -> Trial? {
        guard let trial = trials[row.id], trial.source == row.source else { return nil }
        return trial
    }

    /// Joins rows of several sources; a later row wins on the same id.
    public init(
        rows: [EvidenceRow], tumorTypes: TumorTypes, sources: [Source] = [], genes: GeneTable = GeneTable(),
        roles: [String: Role] = [:], exons: [String: [Int: ClosedRange<Int>]] = [:],
        numberings: [TranscriptNumbering] = [], predisposition: Set<String> = [],
        countries: [String: Country] = [:]
    ) {
        self.init(
            evidence: EvidenceIndex(rows) { genes[$0]?.interval }, tumorTypes: tumorTypes, sources: sources,
            genes: genes,
            roles: roles, exons: exons,
            numberings: numberings, predisposition: predisposition, countries: countries)
    }

    /// A base with evidence that is compiled already.
    public init(
        evidence: EvidenceIndex, tumorTypes: TumorTypes, sources: [Source] = [],
        genes: GeneTable = GeneTable(), roles: [String: Role] = [:],
        exons: [String: [Int: ClosedRange<Int>]] = [:], numberings: [TranscriptNumbering] = [],
        predisposition: Set<String> = [], countries: [String: Country] = [:]
    ) {
        self.evidence = evidence
        self.tumorTypes = tumorTypes
        self.sources = sources
        self.genes = genes
        self.roles = roles
        self.exons = exons
        self.numberings = numberings
        self.predisposition = predisposition
        self.countries = countries
    }
}
