public import Consequences
public import Genome
public import Variants

/// A small variant that may become a finding: the call, its reads and its consequence.
public struct ObservedCall: Sendable {
    /// Trimmed without anchor; what is compared.
    public var variant: Variant
    /// As the file writes it: `chr7:140753336 A>T`.
    public var locus: String
    /// Somatic or germline.
    public var origin: Finding.Origin
    /// The gene's symbol; empty without annotation.
    public var gene: String
    /// Consequences on the gene's transcripts.
    public var consequences: [Consequence]
    /// The reported one.
    public var reported: Consequence?
    /// Reads of the tumor (or, for germline, the normal).
    public var call: SampleCall
    /// Reads of the normal, for a somatic call whose file has a normal.
    public var normal = SampleCall()
    /// Whether it passed the caller's filters.
    public var isPass: Bool
    /// The caller's filters as written.
    public var filters: String
    /// Whether the input says what the allele does.
    public var isAnnotated: Bool
    /// `heterozygous` or `homozygous` for germline.
    public var zygosity: String?
    /// ACMG class 1 … 5 for germline, and where it comes from.
    public var pathogenicity: (class: Int, source: String)?
    /// The largest population frequency that the annotation gives, 0 … 1; nil where it gives none.
    public var populationFrequency: Double?
    /// Whether the annotation has population frequencies, so that an allele without one is in no population.
    public var hasPopulationFrequencies = false
    /// On which copies of the sample the allele lies, where the input's annotation tells each record alone.
    public var phase = AllelePhase.unphased
    /// The calls that this one stands for: they lie on one copy and act together. Empty for a call of its own.
    public var members: [Finding.Member] = []

    /// A call without annotation.
    public init(
        variant: Variant, locus: String, origin: Finding.Origin, call: SampleCall, isPass: Bool,
        filters: String
    ) {
        self.variant = variant
        self.locus = locus
        self.origin = origin
        gene = ""
        consequences = []
        self.call = call
        self.isPass = isPass
        self.filters = filters
        isAnnotated = false
    }

    /// Why the call does not count as seen, or nil if it does. With `usesDepthFilters` depth, reads and VAF must
    /// reach the default limits where they are known, and the normal must not carry the allele as an inherited one.
    public func reasonNotUsable(usesDepthFilters: Bool) -> String? {
        if !isPass { return "FILTER \(filters)" }
        guard usesDepthFilters, origin == .somatic else { return nil }
        if let depth = call.depth, depth < 10 { return "depth \(depth), at least 10 needed" }
        if let reads = call.alternateDepth, reads < 3 { return "\(reads) alternate reads, at least 3 needed" }
        if let vaf = call.vaf, vaf < 0.05 {
            return "VAF \((vaf * 1000).rounded() / 1000), at least 0.05 needed"
        }
        if normalStanding == .inherited {
            return "the normal has it in \(normalReads) reads, so it is inherited, not of the tumor"
        }
        return nil
    }

    /// What the normal's reads say of a somatic call.
    public enum NormalStanding: Sendable {
        /// As good as none of them have it, or they are not known.
        case free
        /// Some have it: a mosaic, contamination, or tumor in the normal.
        case ambiguous
        /// So many that it is inherited.
        case inherited
    }

    /// What the normal's reads say: free up to 2 reads or a fraction of 0.02, inherited from 0.25 of at least 15 reads on.
    ///
    /// - Source: the project's specification, section 8.1.
    public var normalStanding: NormalStanding {
        origin == .somatic ? Self.standing(ofNormal: normal) : .free
    }

    /// The same of the normal's reads alone.
    public static func standing(ofNormal normal: SampleCall) -> NormalStanding {
        guard let vaf = normal.vaf else { return .free }
        if vaf >= 0.25, normal.depth ?? 0 >= 15 { return .inherited }
        return vaf <= 0.02 || normal.alternateDepth.map { $0 <= 2 } ?? false ? .free : .ambiguous
    }

    /// The normal's reads in words: `9 of 31`.
    var normalReads: String {
        let depth = normal.depth.map(String.init) ?? "?"
        return "\(normal.alternateDepth.map(String.init) ?? "?") of \(depth)"
    }

    /// The bases that are changed; empty between the two that an insertion parts.
    public var interval: GenomicInterval { GenomicInterval(contig: variant.contig, zeroBased: variant.range) }
}
