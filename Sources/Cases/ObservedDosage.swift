internal import Biomarkers
public import Genome
public import Variants

/// The copies of one gene in the tumor, and what they are called.
public struct ObservedDosage: Sendable {
    /// The gene's symbol.
    public var gene: String
    /// Its contig and span.
    public var interval: GenomicInterval
    /// Fewest, most and mean copies.
    public var copies: GeneCopyNumber
    /// What happened, by which rule.
    public var call: CopyNumberRule.Call
    /// The stretch of segments that have the event, around the gene's.
    public var stretch: GenomicInterval
    /// Other genes that the same stretch holds and that have the same event, in their order on the contig.
    public var together: [String] = []
    /// What the copies were taken over: `exons of ENST…` or `whole gene`.
    public var basis: String

    /// Creates a value.
    public init(
        gene: String, interval: GenomicInterval, copies: GeneCopyNumber, call: CopyNumberRule.Call,
        stretch: GenomicInterval, basis: String
    ) {
        (self.gene, self.interval, self.copies, self.call) = (gene, interval, copies, call)
        (self.stretch, self.basis) = (stretch, basis)
    }

    /// Whether the event is no longer than 10 Mb.
    public var isFocal: Bool { stretch.range.count <= CopyNumberRule.focalLength }

    /// Whether the event counts as seen: a part of a gene without segments may have other copies, and a homozygous deletion of
    /// more than 10 Mb is hardly survived by a cell.
    public var reasonNotUsable: String? {
        if copies.coveredFraction < 0.9 {
            return "segments cover \(Int(copies.coveredFraction * 100)) % of the gene, at least 90 % needed"
        }
        if call.event == .homozygousDeletion, !isFocal {
            return
                "no copy is left on \(stretch.range.count / 1_000_000) Mb, which a cell hardly survives: the purity or ploidy may be wrong"
        }
        return nil
    }
}

extension Finding {
    /// The copies behind a finding of kind `copyNumber`.
    public struct CopyNumberState: Codable, Hashable, Sendable {
        /// The fewest copies of any part of the gene.
        public var minimum: Double
        /// The most copies of any part.
        public var maximum: Double
        /// The mean.
        public var mean: Double
        /// The fewest copies of the allele that has fewer, where the segments say.
        public var minorMinimum: Double?
        /// The comparison that made the call.
        public var rule: String
        /// The exons or the whole gene.
        public var basis: String
        /// The length of the stretch that has the event, in bases.
        public var length: Int
        /// Whether that is 10 Mb or less.
        public var isFocal: Bool
        /// Other genes of interest in the same event.
        public var together: [String]
    }

    /// A finding on the copies of a gene; nil where nothing happened to it.
    init?(_ dosage: ObservedDosage) {
        guard let event = dosage.call.event else { return nil }
        let range = dosage.stretch.range
        self.init(
            id: "somatic-\(dosage.gene)-\(event.rawValue)", kind: .copyNumber, origin: .somatic,
            gene: dosage.gene, alteration: event.rawValue.replacing("_", with: " "),
            locus: "\(dosage.stretch.contig):\(range.lowerBound + 1)-\(range.upperBound)")
        copyNumber = Self.rounded(dosage.copies.minimum)
        biallelic = event == .homozygousDeletion ? GeneStatus.Status.biallelic.rawValue : nil
        copyNumberState = CopyNumberState(
            minimum: Self.rounded(dosage.copies.minimum), maximum: Self.rounded(dosage.copies.maximum),
            mean: Self.rounded(dosage.copies.mean),
            minorMinimum: dosage.copies.minorMinimum.map(Self.rounded),
            rule: dosage.call.rule, basis: dosage.basis, length: range.count, isFocal: dosage.isFocal,
            together: dosage.together)
    }

    private static func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
}
