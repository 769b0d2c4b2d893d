public import Consequences
public import Knowledge

/// What the board is told: an event in tumor or germline, its evidence, its tier, and why.
///
/// A value that could not be computed is nil, and absent from case.json; it is never 0.
public struct Finding: Codable, Hashable, Sendable {
    /// What kind of event a finding is.
    public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        /// SNV, MNV, insertion, deletion or delins.
        case smallVariant
        /// A gain or loss of gene copies.
        case copyNumber
        /// Two genes joined.
        case fusion
        /// A gene broken by a rearrangement.
        case disruption
        /// A genome-wide measure such as TMB.
        case biomarker
        /// A germline genotype that changes a drug's dose or choice.
        case pharmacogenetic
    }

    /// Where the event arose.
    public enum Origin: String, Codable, Hashable, Sendable, CaseIterable {
        /// In the tumor.
        case somatic
        /// Inherited.
        case germline
    }

    /// AMP/ASCO/CAP tiers.
    ///
    /// Source: Li et al., J Mol Diagn 2017 (PMC5707196), table 3.
    public enum Tier: String, Codable, Hashable, Sendable, CaseIterable {
        /// Strong clinical significance (levels A, B).
        case one = "I"
        /// Potential clinical significance (levels C, D).
        case two = "II"
        /// Unknown significance.
        case three = "III"
        /// Benign or likely benign.
        case four = "IV"
    }

    /// Unique within the case: kind, gene and place, so that it stays the same when evidence changes.
    public var id: String
    /// The kind of event.
    public var kind: Kind
    /// Somatic or germline.
    public var origin: Origin
    /// Gene symbol; both partners (`EML4::ALK`) of a fusion; empty for a biomarker.
    public var gene: String
    /// The short form that people say: `p.V600E`, `amplification`, `TMB-H`.
    public var alteration: String
    /// `chr7:140753336 A>T`, 1-based, as the file writes the contig; empty for a biomarker.
    public var locus: String
    /// HGVS g. name.
    public var hgvsg: String?
    /// HGVS c. name with its transcript.
    public var hgvsc: String?
    /// HGVS p. name with its protein.
    public var hgvsp: String?
    /// The transcript that the names stand on.
    public var transcript: String?
    /// Sequence Ontology terms, most severe first.
    public var consequence: [String]
    /// Fraction of tumor (or, for germline, normal) reads with the allele, 0 … 1.
    public var vaf: Double?
    /// Reads at the site.
    public var depth: Int?
    /// Gene copies.
    public var copyNumber: Double?
    /// `heterozygous` or `homozygous`, germline only.
    public var zygosity: String?
    /// `biallelic`, `monoallelic`, `unknown`.
    public var biallelic: String?
    /// ACMG class 1 … 5, germline only.
    public var `class`: Int?
    /// Somatic oncogenicity and the codes behind it.
    public var oncogenicity: Oncogenicity?
    /// Likely oncogenic or better, or meets a knowledge-base row of granularity 5 or more.
    public var isDriver: Bool
    /// Tier of the best uncontradicted evidence.
    public var tier: Tier
    /// At least one uncontradicted sensitive item that is on-label, or whose drug is approved elsewhere.
    public var targetable: Bool
    /// Evidence, best first.
    public var evidence: [Evidence]
    /// The calls behind the finding where several on one copy act together, each with what it would do alone.
    public var haplotype: [Member]?
    /// The copies behind a finding of kind ``Kind/copyNumber``.
    public var copyNumberState: CopyNumberState?
    /// The rearrangement behind a finding of kind ``Kind/disruption``.
    public var disruptionState: DisruptionState?
    /// Diplotype, score and phenotype behind a finding of kind ``Kind/pharmacogenetic``.
    public var pharmacogene: PharmacogeneCall?
    /// Whether the event lies outside the regions of a panel, so that the panel would have missed it; nil without a panel.
    public var isOutsidePanel: Bool?

    /// One of several calls on one copy.
    public struct Member: Codable, Hashable, Sendable {
        /// As the file writes it.
        public var locus: String
        /// HGVS c. name with its transcript.
        public var hgvsc: String?
        /// HGVS p. name with its protein.
        public var hgvsp: String?
        /// Sequence Ontology terms, most severe first.
        public var consequence: [String]
        /// Fraction of reads with the allele, 0 … 1.
        public var vaf: Double?

        /// A call with what it would do alone.
        public init(locus: String, alone: Consequence?, vaf: Double?) {
            self.locus = locus
            hgvsc = alone.flatMap { Finding.name($0.transcript, $0.codingName) }
            hgvsp = alone.flatMap { Finding.name($0.protein, $0.proteinName) }
            consequence = alone?.terms.map(\.rawValue) ?? []
            self.vaf = vaf.map { ($0 * 1e6).rounded() / 1e6 }
        }
    }

    static func name(_ accession: String, _ name: String) -> String? {
        guard !name.isEmpty else { return nil }
        return accession.isEmpty ? name : "\(accession):\(name)"
    }

    /// Somatic oncogenicity (Horak 2022) as far as it was computed.
    public struct Oncogenicity: Codable, Hashable, Sendable {
        /// `oncogenic`, `likely_oncogenic`, `uncertain`, …
        public var classification: String
        /// Sum of the codes' points.
        public var points: Int
        /// Codes that were met, such as `OVS1`.
        public var codes: [String]

        /// Creates a classification.
        public init(classification: String, points: Int, codes: [String]) {
            self.classification = classification
            self.points = points
            self.codes = codes
        }
    }

    /// One knowledge-base row that the finding meets, seen from this patient.
    public struct Evidence: Codable, Hashable, Sendable {
        /// Levels on each scale as the row gives them; empty where it gives none.
        public struct Levels: Codable, Hashable, Sendable {
            /// CIViC A … E.
            public var civic: String
            /// AMP/ASCO/CAP, such as `I-A`.
            public var amp: String
            /// ESCAT, such as `I-B`.
            public var escat: String
            /// OncoKB, such as `3A`.
            public var oncokb: String
            /// Oxford CEBM 2009, such as `1b`.
            public var oxford: String
            /// ESCAT as the other scales propose it, where nobody entered one: for display, never to sort by.
            public var escatProposed: String?

            /// Creates a set of levels.
            public init(
                civic: String, amp: String, escat: String, oncokb: String, oxford: String,
                escatProposed: String? = nil
            ) {
                self.escatProposed = escatProposed
                self.civic = civic
                self.amp = amp
                self.escat = escat
                self.oncokb = oncokb
                self.oxford = oxford
            }
        }

        /// The source's name and version, such as `curated 2026.11.0`.
        public var source: String
        /// The row's id.
        public var id: String
        /// Drugs; several joined in one item (`Dabrafenib + Trametinib`) are a combination.
        public var therapies: [String]
        /// `sensitive`, `resistant`, `reduced`, `no_benefit`, `adverse`.
        public var direction: String
        /// Levels by scale.
        public var levels: Levels
        /// The row's tumor type that was met.
        public var tumorType: String
        /// `same`, `ancestor`, `possible`, `other`.
        public var relation: String
        /// `on` or `off`.
        public var label: String
        /// `standard`, `approved_not_national`, `off_label`, `trial`, `none`.
        public var access: String
        /// How specific the met criterion is, 1 … 10.
        public var granularity: Int
        /// Whether a curator checked the row.
        public var isVerified: Bool
        /// Citations as the row gives them.
        public var citations: [String]
        /// The criterion as the row writes it.
        public var criterion: String
        /// How the patient's tumor type reaches the row's: `MEL → SKIN → SOLID`.
        public var path: String
        /// Whether evidence of the other direction for the same drug stands beside it.
        public var isContradicted: Bool
        /// True where the change only probably has the effect that the row asks for (a skipped exon, which RNA has to show): shown, never counted.
        public var isProbable: Bool?
        /// The curator's words.
        public var note: String
        /// Which approvals were counted, such as `EMA approved 2013-08-26`.
        public var approvals: [String]
        /// Which national decisions stand, or `Medicinrådet: not_assessed`.
        public var nationalDecisions: [String]

        /// Creates an item.
        public init(
            source: String, id: String, therapies: [String], direction: String, levels: Levels,
            tumorType: String, relation: String, label: String, access: String, granularity: Int,
            isVerified: Bool, citations: [String], criterion: String, path: String, isContradicted: Bool,
            isProbable: Bool? = nil, note: String, approvals: [String], nationalDecisions: [String]
        ) {
            self.source = source
            self.id = id
            self.therapies = therapies
            self.direction = direction
            self.levels = levels
            self.tumorType = tumorType
            self.relation = relation
            self.label = label
            self.access = access
            self.granularity = granularity
            self.isVerified = isVerified
            self.citations = citations
            self.criterion = criterion
            self.path = path
            self.isContradicted = isContradicted
            self.isProbable = isProbable
            self.note = note
            self.approvals = approvals
            self.nationalDecisions = nationalDecisions
        }
    }

    /// Creates a finding without evidence; the caller fills in what it knows.
    public init(id: String, kind: Kind, origin: Origin, gene: String, alteration: String, locus: String) {
        self.id = id
        self.kind = kind
        self.origin = origin
        self.gene = gene
        self.alteration = alteration
        self.locus = locus
        consequence = []
        isDriver = false
        tier = .three
        targetable = false
        evidence = []
    }
}
