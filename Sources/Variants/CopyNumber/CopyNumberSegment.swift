public import Genome

/// A stretch of a tumor's genome with one copy number, as a caller gives it.
///
/// Copy numbers are kept as they are written: a value of 2.8141 is not rounded, and what the source does not say is
/// nil, never 0. Log ratios are kept beside them and never turned into copy numbers, which needs purity and ploidy.
///
/// - Coordinates: 0-based, half-open; each table's own convention is undone on reading, see ``SegmentFormat``.
public struct CopyNumberSegment: Hashable, Sendable {
    /// One of the cell populations of a segment with subclonal states.
    public struct Clone: Hashable, Sendable {
        /// Copies of both alleles in these cells.
        public var total: Double
        /// Copies of the allele that has fewer in these cells.
        public var minor: Double
        /// The share of the tumor's cells, 0 … 1.
        public var fraction: Double

        /// Creates a population; `minor` is at most half of `total`.
        public init(total: Double, minor: Double, fraction: Double) {
            (self.total, self.minor, self.fraction) = (total, minor, fraction)
        }
    }

    /// What was measured, and how; each is nil or empty where the source has no such column.
    public struct Measurements: Hashable, Sendable {
        /// Log ratio of the depth of tumor and normal; to base 2 except in SEG, which does not say.
        public var logRatio: Double?
        /// Fraction of one allele at heterozygous sites, folded up (0.5 … 1) or down as the source does; unadjusted
        /// for purity.
        public var bAlleleFraction: Double?
        /// Bins, windows or markers of depth.
        public var probes: Int?
        /// Heterozygous sites. With 0 of them the minor copy number is inferred, not measured.
        public var heterozygousSites: Int?
        /// The share of all cells, normal ones too, that have the copy number; FACETS `cf.em`.
        public var cellFraction: Double?
        /// What supports the start, such as `TELOMERE`, `BND` or `NONE`; PURPLE.
        public var startSupport = ""
        /// What supports the end.
        public var endSupport = ""
        /// How the copy number was found, such as `BAF_WEIGHTED` or `STRUCTURAL_VARIANT`; PURPLE.
        public var method = ""

        /// Nothing measured.
        public init() {}
    }

    /// The place.
    public var interval: GenomicInterval
    /// Copies of both alleles, the mean over the tumor's cells; nil where the source does not say.
    public var total: Double?
    /// Copies of the allele that has fewer, the mean over the tumor's cells; at most half of ``total``.
    public var minor: Double?
    /// The populations where the source tells them apart (Battenberg), in its order; empty elsewhere.
    public var clones: [Clone]
    /// What was measured.
    public var measured: Measurements
    /// The sample, empty where the table has no such column.
    public var sample: String
    /// Whether the source gave the larger allele as the minor one, so that they were exchanged.
    public var isSwapped: Bool
    /// The line in the file, 1-based.
    public var lineNumber: Int

    /// Creates a segment.
    public init(
        interval: GenomicInterval, total: Double? = nil, minor: Double? = nil, clones: [Clone] = [],
        measured: Measurements = Measurements(), sample: String = "", isSwapped: Bool = false,
        lineNumber: Int = 0
    ) {
        (self.interval, self.total, self.minor, self.clones) = (interval, total, minor, clones)
        (self.measured, self.sample, self.isSwapped) = (measured, sample, isSwapped)
        self.lineNumber = lineNumber
    }

    /// Copies of the allele that has more.
    public var major: Double? {
        guard let total, let minor else { return nil }
        return total - minor
    }

    /// The population with the most cells, the first of equals; nil where the source tells none apart.
    public var mainClone: Clone? {
        clones.reduce(nil as Clone?) { best, clone in
            best.map { $0.fraction >= clone.fraction } == true ? best : clone
        }
    }

    /// Whether the source sees more than one population here.
    public var isSubclonal: Bool { clones.count > 1 }
}
