/// How far a number can be trusted.
public enum BiomarkerStatus: String, Codable, Hashable, Sendable {
    /// Computed from all it needs.
    case ok
    /// Computed, but something it should rest on is missing or weak.
    case lowConfidence = "low_confidence"
    /// Computed from few events.
    case lowCount = "low_count"
    /// Not computed.
    case notComputable = "not_computable"

    /// Lowers `ok` to `low_confidence`, and adds why where something was computed.
    public mutating func weaken(_ reason: inout String, _ text: String) {
        guard self != .notComputable else { return }
        if self == .ok { self = .lowConfidence }
        reason += reason.isEmpty ? text : "; \(text)"
    }
}

/// The `biomarkers` object of case.json. Measures that this version does not compute say so and why.
public struct BiomarkerReport: Codable, Hashable, Sendable {
    /// One value per definition of tumor mutational burden, in the order of the definitions.
    public var tmb: [MutationalBurden]
    /// Microsatellite instability.
    public var msi: MicrosatelliteInstability
    /// Homologous recombination deficiency.
    public var hrd: HomologousRecombination
    /// Mutational signatures.
    public var signatures: Signatures
    /// Hypermutation and its cause.
    public var hypermutation: Hypermutation
    /// Burden and PD-L1 side by side; of lung tumors with a proportion score alone.
    public var burdenByPDL1: BurdenByPDL1?
    /// Gains and losses of whole chromosome arms; nil without copy numbers, ploidy or assembly.
    public var armEvents: ArmEvents?

    /// What was seen of homologous recombination.
    public struct HomologousRecombination: Codable, Hashable, Sendable {
        /// How far the measures can be trusted.
        public var status: BiomarkerStatus
        /// Why the status is not `ok`.
        public var statusReason: String
        /// Regions of lost heterozygosity; nil where scars could not be counted, as the next ones.
        public var loh: Int?
        /// Telomeric allelic imbalances.
        public var tai: Int?
        /// Large-scale transitions.
        public var lst: Int?
        /// The sum of the three.
        public var sum: Int?
        /// How lost heterozygosity was joined: `cap` or `nocap`.
        public var scarCompatibility: String?
        /// The mean number of copies, weighted by length.
        public var ploidy: Double?
        /// Whether the genome was doubled.
        public var isWholeGenomeDoubled: Bool?
        /// What each count rests on.
        public var segments: [GenomicScars.Segment]?
        /// The state of the genes, by symbol.
        public var genes: [GeneStatus]?
        /// HRDetect's score; nil where its features are not given.
        public var model: DeficiencyScore?
        /// CHORD's features, and its prediction where a forest is given; nil without small variants and reference.
        public var chord: ChordPrediction?
        /// What all of it says, in words; nil in a case of an earlier version, as ``genes``.
        public var verdict: String?

        /// Whether the sum of scars reaches the panel test's cut-off; nil where it is not known well enough.
        public var isScarSumHigh: Bool? {
            status == .ok ? sum.map { $0 >= RecombinationVerdict.cutoff } : nil
        }

        /// Whether recombination is deficient, by the verdict: `strong` and `supported` say so, `none` says no, and the others
        /// (`gene only`, `grey`, `not assessable`) leave it open.
        public var isDeficient: Bool? {
            switch verdict?.prefix(while: { $0 != ":" }) {
            case "strong", "supported": true
            case "none": false
            default: nil
            }
        }

        /// What is known beside the scars.
        public struct Context: Sendable {
            /// The fraction of tumor cells.
            public var purity: Double?
            /// The state of the genes of recombination.
            public var genes: [GeneStatus]
            /// HRDetect's score.
            public var model: DeficiencyScore?
            /// CHORD's features and prediction.
            public var chord: ChordPrediction?
            /// Whether microsatellites are unstable.
            public var isUnstable: Bool

            /// HRDetect's probability where it is this tumor's.
            fileprivate var probability: Double? { model.flatMap { $0.status == .ok ? $0.probability : nil } }

            /// Creates a value.
            public init(
                purity: Double? = nil, genes: [GeneStatus] = [], model: DeficiencyScore? = nil,
                chord: ChordPrediction? = nil, isUnstable: Bool = false
            ) {
                (self.purity, self.genes, self.model) = (purity, genes, model)
                (self.chord, self.isUnstable) = (chord, isUnstable)
            }
        }

        /// No scars, for this reason.
        public init(reason: String, _ context: Context = Context()) {
            (status, statusReason, genes) = (.notComputable, reason, context.genes)
            (model, chord) = (context.model, context.chord)
            if let purity = context.purity, purity < 0.2 {
                verdict = "not assessable: purity is below 0.2"
                return
            }
            verdict = RecombinationVerdict.text(
                scarSum: nil, probability: context.probability, isUnstable: context.isUnstable,
                genes: context.genes)
        }

        /// Scars of a tumor.
        public init(
            scars: GenomicScars, compatibility: GenomicScars.Compatibility, ploidy: Double?,
            isWholeGenomeDoubled: Bool?, _ context: Context
        ) {
            var reasons: [String] = []
            if let purity = context.purity, purity < 0.2 { reasons.append("purity is below 0.2") }
            if scars.coveredFraction < 0.8 {
                let percent = Int(scars.coveredFraction * 100)
                reasons.append("the segments cover \(percent) % of the autosomes, at least 80 % needed")
            }
            status = reasons.isEmpty ? .ok : .lowConfidence
            statusReason = reasons.joined(separator: "; ")
            (loh, tai, lst) = (
                scars.lossOfHeterozygosity, scars.telomericImbalance, scars.largeScaleTransitions
            )
            (sum, segments, scarCompatibility) = (scars.sum, scars.segments, compatibility.rawValue)
            (self.ploidy, self.isWholeGenomeDoubled, genes) = (ploidy, isWholeGenomeDoubled, context.genes)
            (model, chord) = (context.model, context.chord)
            verdict =
                !reasons.isEmpty
                ? "not assessable: \(statusReason)"
                : RecombinationVerdict.text(
                    scarSum: scars.sum, probability: context.probability,
                    isUnstable: context.isUnstable, genes: context.genes)
        }
    }

    /// Signature results by catalogue.
    public struct Signatures: Codable, Hashable, Sendable {
        /// Single-base substitutions.
        public var sbs: SignatureResult
        /// Doublet-base substitutions.
        public var dbs: SignatureResult
        /// Small insertions and deletions.
        public var id: SignatureResult
        /// Structural variants.
        public var sv: SignatureResult
        /// Copy number.
        public var cn: SignatureResult

        /// Results of each kind.
        public init(_ result: (MutationTypes) -> SignatureResult) {
            (sbs, dbs, id) = (result(.sbs96), result(.dbs78), result(.id83))
            (sv, cn) = (result(.sv32), result(.cnv48))
        }
    }

    /// Whether the tumor is hypermutated.
    public struct Hypermutation: Codable, Hashable, Sendable {
        /// Coding burden of 10 mutations/Mb or more.
        public var isHypermutated: Bool
        /// The named cause, empty where none was established.
        public var cause: String
        /// What the statement rests on.
        public var evidence: [String]

        /// Creates a statement.
        public init(isHypermutated: Bool, cause: String, evidence: [String]) {
            self.isHypermutated = isHypermutated
            self.cause = cause
            self.evidence = evidence
        }
    }

    /// Creates a report.
    public init(
        tmb: [MutationalBurden], msi: MicrosatelliteInstability, hrd: HomologousRecombination,
        signatures: Signatures,
        hypermutation: Hypermutation
    ) {
        self.tmb = tmb
        self.msi = msi
        self.hrd = hrd
        self.signatures = signatures
        self.hypermutation = hypermutation
    }
}

/// Tumor mutational burden by one definition.
public struct MutationalBurden: Codable, Hashable, Sendable {
    /// The definition, such as `tmb_coding_nonsyn`.
    public var id: String
    /// How far the value can be trusted.
    public var status: BiomarkerStatus
    /// Why the status is not `ok`.
    public var statusReason: String
    /// Mutations per megabase, or mutations; nil where not computable.
    public var value: Double?
    /// `mutations/Mb` or `mutations`.
    public var unit: String
    /// The numerator.
    public var variants: Int
    /// The denominator in Mb; nil for a plain count.
    public var megabases: Double?
    /// Exact Poisson interval of ``value``.
    public var interval95: [Double]?
    /// `high` or `low`; nil for a definition without a published cut-off, and where an upper bound (tumor-only) reaches it.
    public var classification: String?
    /// Whether the interval includes the cut-off.
    public var isBorderline: Bool
    /// The filters that were applied, in words.
    public var filter: String
    /// Variants left out by each filter.
    public var dropped: [String: Int]
    /// `callable`, `fixed` or `assumed`; nil for a plain count.
    public var denominatorSource: String?

    /// Creates a burden.
    public init(
        id: String, status: BiomarkerStatus, statusReason: String, value: Double?, unit: String,
        variants: Int,
        megabases: Double?, interval95: [Double]?, classification: String?, isBorderline: Bool,
        filter: String,
        dropped: [String: Int], denominatorSource: String?
    ) {
        self.id = id
        self.status = status
        self.statusReason = statusReason
        self.value = value
        self.unit = unit
        self.variants = variants
        self.megabases = megabases
        self.interval95 = interval95
        self.classification = classification
        self.isBorderline = isBorderline
        self.filter = filter
        self.dropped = dropped
        self.denominatorSource = denominatorSource
    }
}
