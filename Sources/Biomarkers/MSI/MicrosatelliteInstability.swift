/// Microsatellite instability by the number of insertions and deletions at repeats per megabase.
///
/// - Source: PURPLE's rule (4 per Mb of the callable genome); between 2.5 and 4 the project calls it uncertain.
public struct MicrosatelliteInstability: Codable, Hashable, Sendable {
    /// From this number per megabase on a tumor is unstable.
    public static let cutoff = 4.0
    private static let uncertainFrom = 2.5
    /// Callable bases of a human genome, in Mb. Source: PURPLE's `RefGenomeConstants`.
    public static let genomeMegabases = 2859.0

    /// How far the value can be trusted.
    public var status: BiomarkerStatus
    /// Why the status is not `ok`.
    public var statusReason: String
    /// `MSI`, `MSS` or `uncertain`; nil where not computable.
    public var classification: String?
    /// Insertions and deletions at repeats per Mb.
    public var indelsPerMegabase: Double?
    /// Insertions and deletions at repeats.
    public var indels: Int?
    /// Insertions and deletions in all, with reads enough.
    public var allIndels: Int?
    /// Those at repeats, by the length of the unit in bases.
    public var byUnitLength: [String: Int]?
    /// Insertions among those at repeats.
    public var insertions: Int?
    /// The denominator in Mb.
    public var megabases: Double?
    /// `callable` or `fixed`.
    public var denominatorSource: String?

    /// Shares that a classifier of exomes looks at; nil where coding variants are not known. They decide nothing here.
    ///
    /// - Source: PCGR's `msi.R`; its shares by tracks of repeats and its random forest are not there.
    public struct Fractions: Codable, Hashable, Sendable {
        /// Coding variants, with the filters of `tmb_coding_all`.
        public var codingVariants: Int
        /// Insertions and deletions among them.
        public var codingIndels: Int
        /// Their share; nil where there is no coding variant.
        public var codingIndelFraction: Double?
        /// Coding substitutions per Mb.
        public var codingSubstitutionsPerMegabase: Double
        /// Coding insertions and deletions per Mb.
        public var codingIndelsPerMegabase: Double
        /// Genes of repair with a somatic variant that changes the protein.
        public var alteredGenes: [String]

        /// The genes that are looked at.
        public static let genes = [
            "MLH1", "MLH3", "MSH2", "MSH3", "MSH6", "PMS1", "PMS2", "POLD1", "POLE",
        ]

        /// The shares of a burden of coding variants.
        public init?(_ burden: MutationalBurden?, codingIndels: Int, alteredGenes: [String]) {
            guard let burden, let megabases = burden.megabases, megabases > 0, burden.value != nil else {
                return nil
            }
            func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
            (codingVariants, self.codingIndels, self.alteredGenes) = (
                burden.variants, codingIndels, alteredGenes
            )
            codingIndelFraction =
                burden.variants > 0 ? rounded(Double(codingIndels) / Double(burden.variants)) : nil
            codingSubstitutionsPerMegabase = rounded(Double(burden.variants - codingIndels) / megabases)
            codingIndelsPerMegabase = rounded(Double(codingIndels) / megabases)
        }
    }

    /// Shares of coding variants.
    public var fractions: Fractions?
    /// The state of the genes of mismatch repair; nil where they were not looked at.
    public var genes: [GeneStatus]?

    /// The same with the genes of mismatch repair: a gene hit on both copies and few changes at repeats contradict each other.
    ///
    /// - Source: specification section 3.3.
    public func joined(with genes: [GeneStatus]) -> MicrosatelliteInstability {
        var joined = self
        joined.genes = genes
        let hit = genes.filter { $0.status == .biallelic }.map(\.gene)
        guard classification == "MSS", !hit.isEmpty else { return joined }
        joined.classification = "uncertain"
        joined.status = .lowConfidence
        let text = "both copies of \(hit.joined(separator: ", ")) are hit, but few repeats are changed"
        joined.statusReason = [statusReason, text].filter { !$0.isEmpty }.joined(separator: "; ")
        return joined
    }

    /// Whether the tumor is unstable; nil where that is not told.
    public var isUnstable: Bool? {
        switch classification {
        case "MSI": true
        case "MSS": false
        default: nil
        }
    }

    /// What is known of the input beside the counts.
    public struct Context: Sendable {
        /// Callable Mb of the genome, nil for a whole human genome without regions.
        public var callableMegabases: Double?
        /// The fraction of tumor cells.
        public var purity: Double?
        /// Whether there was no normal sample.
        public var isTumorOnly = false
        /// The fraction of the variants that lie in coding sequence, where that is known.
        public var codingFraction: Double?

        /// Nothing known.
        public init() {}
    }

    /// No value, for this reason.
    public init(reason: String) {
        status = .notComputable
        statusReason = reason
    }

    /// Judges counts.
    public init(_ counts: MicrosatelliteCounter, _ context: Context) {
        if let reason = Self.obstacle(counts, context) {
            (status, statusReason) = (.notComputable, reason)
            return
        }
        let megabases = context.callableMegabases ?? Self.genomeMegabases
        let value = Double(counts.atRepeats) / megabases
        var weak: [String] = []
        if let purity = context.purity, purity < 0.2 { weak.append("purity is below 0.2") }
        if context.isTumorOnly { weak.append("without a normal sample the count is an upper bound") }
        if counts.withoutFraction > 0 {
            weak.append("the input gives no allele fractions, 0.02 or more was wanted")
        }
        status = weak.isEmpty ? .ok : .lowConfidence
        statusReason = weak.joined(separator: "; ")
        let isWeak = context.purity.map { $0 < 0.2 } == true
        if value >= Self.cutoff {
            classification = isWeak || context.isTumorOnly ? "uncertain" : "MSI"
        } else {
            classification = value >= Self.uncertainFrom || isWeak ? "uncertain" : "MSS"
        }
        indelsPerMegabase = (value * 1e6).rounded() / 1e6
        indels = counts.atRepeats
        allIndels = counts.indels
        byUnitLength = Dictionary(
            uniqueKeysWithValues: counts.byUnit.enumerated().map { (String($0.offset + 1), $0.element) })
        insertions = counts.insertions
        self.megabases = megabases
        denominatorSource = context.callableMegabases == nil ? "fixed" : "callable"
    }

    /// Why the rule does not hold for the input.
    private static func obstacle(_ counts: MicrosatelliteCounter, _ context: Context) -> String? {
        if counts.indels == 0 { return "the input has no insertion or deletion" }
        if counts.indels >= 50, counts.atRepeats == 0 {
            return
                "none of \(counts.indels) insertions and deletions lies in a repeat; the caller leaves repeats out"
        }
        guard let coding = context.codingFraction, coding > 0.2 else { return nil }
        return
            "\(Int(coding * 100)) % of the variants are coding, so the input is no whole genome, for which the rule holds"
    }
}
