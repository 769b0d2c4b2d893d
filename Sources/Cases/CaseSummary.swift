public import Biomarkers
public import Knowledge

/// Everything about one case: the content of case.json, from which all other outputs are made.
///
/// Keys are those of the published schema (`schema/case.schema.json`), version 1.
public struct CaseSummary: Codable, Hashable, Sendable {
    /// The version of the layout.
    public var schemaVersion: Int
    /// Who and what.
    public var `case`: Identity
    /// Which columns were read.
    public var samples: Samples
    /// Records seen, used and dropped, by reason.
    public var counts: Counts
    /// Genome-wide measures.
    public var biomarkers: BiomarkerReport
    /// The copy numbers along the genome; nil without segments, and in a case of an earlier version.
    public var copyNumberTrack: CopyNumberTrack?
    /// The normal's pharmacogenes by symbol, with the positions that differ; nil without germline calls of a known assembly.
    public var pharmacogenes: [String: PharmacogeneCall]?
    /// Findings, targetable ones first, then by tier, driver, gene and place.
    public var findings: [Finding]
    /// One line for each drug or combination, with what speaks for and against it; nil in a case of an earlier version.
    public var therapies: [TherapyLine]?
    /// Rows that nearly matched, and what they lacked.
    public var nearMisses: [NearMiss]
    /// What a reader must know before trusting the rest.
    public var warnings: [Warning]
    /// Whether the case counts in a cohort's denominator.
    public var assessment: Assessment
    /// What a panel would have missed; nil where none was given.
    public var panel: PanelComparison?
    /// What made this file; without the date, so that equal input gives equal bytes.
    public var provenance: Provenance

    /// Who and what a case is.
    public struct Identity: Codable, Hashable, Sendable {
        /// The case.
        public var id: String
        /// The patient's pseudonym; several cases of one patient are serial biopsies.
        public var patient: String
        /// The tumor type.
        public var tumorType: TumorType
        /// One of the five indications; empty where none applies.
        public var indication: String
        /// `GRCh37`, `GRCh38` or `unknown`.
        public var assembly: String
        /// `stated` or `inferred` from the tumor type.
        public var indicationSource: String
        /// The country profile.
        public var country: String
        /// Language of the report.
        public var language: String
        /// Biopsy number and date.
        public var biopsy: Biopsy?
        /// `female` or `male`.
        public var sex: String?
        /// Years.
        public var age: Int?
        /// Health-care region.
        public var region: String?
        /// Sequencing facility.
        public var facility: String?
        /// Date the sample arrived, ISO 8601.
        public var received: String?
        /// Date the data were released, ISO 8601.
        public var released: String?
        /// Tumor purity, 0 … 1.
        public var purity: Double?
        /// Mean copies of the genome in the tumor.
        public var ploidy: Double?
        /// Drugs given before the biopsy.
        public var priorTherapies: [String]?
        /// Genome equivalents (one genome at 30x) per material.
        public var genomeEquivalents: [String: Double]?
        /// Results of other laboratories, as given.
        public var externalAssays: [String: String]?
        /// Whether no normal sample was there.
        public var isTumorOnly: Bool

        /// Creates an identity.
        public init(id: String, patient: String, tumorType: TumorType, indication: String, assembly: String) {
            self.id = id
            self.patient = patient
            self.tumorType = tumorType
            self.indication = indication
            self.assembly = assembly
            indicationSource = "inferred"
            country = "denmark"
            language = "en"
            isTumorOnly = false
        }
    }

    /// A tumor type and its way up the tree.
    public struct TumorType: Codable, Hashable, Sendable {
        /// OncoTree code.
        public var code: String
        /// Its name.
        public var name: String
        /// Codes from this type to the root.
        public var path: [String]

        /// Creates a tumor type.
        public init(code: String, name: String, path: [String]) {
            self.code = code
            self.name = name
            self.path = path
        }
    }

    /// A biopsy of a patient.
    public struct Biopsy: Codable, Hashable, Sendable {
        /// 1 for the first.
        public var number: Int?
        /// ISO 8601.
        public var date: String?

        /// Creates a biopsy.
        public init(number: Int?, date: String?) {
            self.number = number
            self.date = date
        }
    }

    /// Which sample columns are tumor and normal, and how that was decided.
    public struct Samples: Codable, Hashable, Sendable {
        /// Name of the tumor column.
        public var tumor: String
        /// Name of the normal column, empty without one.
        public var normal: String
        /// The step of the ladder that decided.
        public var decidedBy: String
        /// What each step saw.
        public var evidence: [String]

        /// Creates a decision.
        public init(tumor: String, normal: String, decidedBy: String, evidence: [String] = []) {
            self.tumor = tumor
            self.normal = normal
            self.decidedBy = decidedBy
            self.evidence = evidence
        }
    }

    /// Counts of both inputs; an input that was not given is nil.
    public struct Counts: Codable, Hashable, Sendable {
        /// The somatic input.
        public var somatic: InputCounts?
        /// The germline input.
        public var germline: InputCounts?

        /// The copy-number segments.
        public var copyNumber: CopyNumberCounts?
        /// The structural variants.
        public var structural: StructuralCounts?

        /// Creates counts.
        public init(
            somatic: InputCounts? = nil, germline: InputCounts? = nil, copyNumber: CopyNumberCounts? = nil,
            structural: StructuralCounts? = nil
        ) {
            self.somatic = somatic
            self.germline = germline
            self.copyNumber = copyNumber
            self.structural = structural
        }
    }

    /// What the copy-number segments are.
    public struct CopyNumberCounts: Codable, Hashable, Sendable {
        /// Whose table it is, such as `PURPLE`.
        public var format: String
        /// Segments of the sample.
        public var segments: Int
        /// Bases that no segment covers, between segments of a chromosome.
        public var gapBases: Int
        /// The ploidy that thresholds rest on.
        public var ploidy: Double?
        /// The mean number of copies of the segments, weighted by length.
        public var meanPloidy: Double?
        /// Whether the genome was doubled.
        public var isWholeGenomeDoubled: Bool?
        /// Which numbers of copies are an event: `ours`, `purple`, `pcgr`.
        public var rule: String
        /// Genes whose copies are known.
        public var genes: Int

        /// Creates counts.
        public init(
            format: String, segments: Int, gapBases: Int, ploidy: Double?, meanPloidy: Double?,
            isWholeGenomeDoubled: Bool?, rule: String, genes: Int
        ) {
            (self.format, self.segments, self.gapBases) = (format, segments, gapBases)
            (self.ploidy, self.meanPloidy) = (ploidy, meanPloidy)
            (self.isWholeGenomeDoubled, self.rule, self.genes) = (isWholeGenomeDoubled, rule, genes)
        }
    }

    /// Records of one input: `variants + sum(dropped) = alleles seen`.
    public struct InputCounts: Codable, Hashable, Sendable {
        /// Lines of the file.
        public var records: Int
        /// Alleles that were judged.
        public var variants: Int
        /// Alleles that passed the caller's filters.
        public var pass: Int
        /// Alleles that were not judged, by reason.
        public var dropped: [String: Int]

        /// What of the file was read, where that is not all of it: `reportable genes`.
        public var scope: String?

        /// Creates counts.
        public init(records: Int = 0, variants: Int = 0, pass: Int = 0, dropped: [String: Int] = [:]) {
            self.records = records
            self.variants = variants
            self.pass = pass
            self.dropped = dropped
        }
    }

    /// A row that nearly matched.
    public struct NearMiss: Codable, Hashable, Sendable {
        /// Gene symbol.
        public var gene: String
        /// The row's id.
        public var evidence: String
        /// What the row asks for.
        public var needed: String
        /// What was there.
        public var seen: String

        /// Creates a near miss.
        public init(gene: String, evidence: String, needed: String, seen: String) {
            self.gene = gene
            self.evidence = evidence
            self.needed = needed
            self.seen = seen
        }
    }

    /// Something a reader must know.
    public struct Warning: Codable, Hashable, Sendable, Comparable {
        /// A stable word such as `filtered_match`.
        public var code: String
        /// One sentence.
        public var message: String

        /// Creates a warning.
        public init(code: String, message: String) {
            self.code = code
            self.message = message
        }

        /// Orders by code, then message.
        public static func < (left: Warning, right: Warning) -> Bool {
            (left.code, left.message) < (right.code, right.message)
        }
    }

    /// Whether the case is assessable (the denominator of a cohort), and why not.
    public struct Assessment: Codable, Hashable, Sendable {
        /// Somatic input read whole, roles decided, purity absent or at least 0.2.
        public var isAssessable: Bool
        /// Why it is not.
        public var reasons: [String]

        /// Creates an assessment.
        public init(isAssessable: Bool, reasons: [String]) {
            self.isAssessable = isAssessable
            self.reasons = reasons
        }
    }

    /// Creates a summary.
    public init(
        case identity: Identity, samples: Samples, counts: Counts, biomarkers: BiomarkerReport,
        findings: [Finding], nearMisses: [NearMiss], warnings: [Warning], assessment: Assessment,
        panel: PanelComparison? = nil, copyNumberTrack: CopyNumberTrack? = nil,
        pharmacogenes: [String: PharmacogeneCall]? = nil, provenance: Provenance
    ) {
        schemaVersion = 1
        self.case = identity
        self.samples = samples
        self.counts = counts
        self.biomarkers = biomarkers
        self.findings = findings
        therapies = TherapyLine.lines(findings)
        self.nearMisses = nearMisses
        self.warnings = warnings
        self.assessment = assessment
        self.panel = panel
        self.copyNumberTrack = copyNumberTrack
        self.pharmacogenes = pharmacogenes
        self.provenance = provenance
    }
}
