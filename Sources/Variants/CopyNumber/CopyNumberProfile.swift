public import Genome

/// The copy-number segments of one sample, ready to be asked what lies at a place.
///
/// Segments without a total copy number are left out: what is not known is not covered.
public struct CopyNumberProfile: Sendable {
    private let byContig: [Contig: [CopyNumberSegment]]

    /// Segments in any order.
    public init(_ segments: [CopyNumberSegment]) {
        byContig = Dictionary(grouping: segments.filter { $0.total != nil }, by: \.interval.contig)
            .mapValues { $0.sorted { $0.interval < $1.interval } }
    }

    /// Whether no segment has a copy number.
    public var isEmpty: Bool { byContig.isEmpty }

    /// All segments, by contig and start.
    public var all: [CopyNumberSegment] { byContig.sorted { $0.key < $1.key }.flatMap(\.value) }

    /// The segments of a contig by their starts.
    public func segments(on contig: Contig) -> [CopyNumberSegment] { byContig[contig] ?? [] }

    /// The segment that holds a base (0-based); of several the one that begins last. Nil where none does.
    public func segment(at position: Int, on contig: Contig) -> CopyNumberSegment? {
        segments(on: contig).last { $0.interval.range.contains(position) }
    }

    /// The mean number of copies over all segments, weighted by length; nil without a segment.
    public var meanPloidy: Double? {
        Self.mean(all) { $0.total }
    }

    /// Whether the genome was doubled: on at least eleven autosomes the mean number of copies of the major allele is more than
    /// 1.5. Nil where the major allele is not known on as many.
    ///
    /// - Source: Priestley et al., Nature 2019 (PURPLE's rule).
    public var isWholeGenomeDoubled: Bool? {
        var (doubled, known) = (0, 0)
        for (contig, segments) in byContig where contig.isAutosome {
            guard let mean = Self.mean(segments, { $0.major }) else { continue }
            known += 1
            if mean > 1.5 { doubled += 1 }
        }
        if doubled >= 11 { return true }
        return known < 22 ? nil : false
    }

    private static func mean(
        _ segments: [CopyNumberSegment], _ value: (CopyNumberSegment) -> Double?
    ) -> Double? {
        var (sum, bases) = (0.0, 0.0)
        for segment in segments {
            guard let value = value(segment) else { continue }
            sum += value * Double(segment.interval.range.count)
            bases += Double(segment.interval.range.count)
        }
        return bases > 0 ? sum / bases : nil
    }

    /// The copy number of a gene.
    ///
    /// - Shape: `pieces` its exons or its whole span, sorted, disjoint, 0-based half-open.
    /// - Returns: nil where no segment covers any base of it.
    public func copyNumber(of pieces: [Range<Int>], on contig: Contig) -> GeneCopyNumber? {
        let all = segments(on: contig)
        var touched: [CopyNumberSegment] = []
        var (sum, bases, length) = (0.0, 0, 0)
        var next = 0
        for piece in pieces where !piece.isEmpty {
            length += piece.count
            var end = piece.lowerBound
            while next > 0, all[next - 1].interval.range.upperBound > piece.lowerBound { next -= 1 }
            for segment in all[next...] {
                let range = segment.interval.range
                if range.upperBound <= piece.lowerBound {
                    next += 1
                    continue
                }
                guard range.lowerBound < piece.upperBound else { break }
                guard let total = segment.total else { continue }
                if touched.last != segment { touched.append(segment) }
                // A base that two segments cover is counted once.
                let covered = max(0, min(range.upperBound, piece.upperBound) - max(range.lowerBound, end))
                sum += total * Double(covered)
                bases += covered
                end = max(end, min(range.upperBound, piece.upperBound))
            }
        }
        guard bases > 0, let lowest = touched.min(by: { ($0.total ?? 0) < ($1.total ?? 0) }),
            let highest = touched.max(by: { ($0.total ?? 0) < ($1.total ?? 0) })
        else { return nil }
        let minors = touched.compactMap(\.minor)
        return GeneCopyNumber(
            minimum: lowest.total ?? 0, maximum: highest.total ?? 0, mean: sum / Double(bases),
            minorMinimum: minors.count == touched.count ? minors.min() : nil,
            coveredFraction: Double(bases) / Double(length), lowest: lowest.interval,
            highest: highest.interval)
    }

    /// The stretch of segments around an interval, each beginning where the one before ends (or a base off), that satisfy a
    /// condition.
    public func stretch(
        around interval: GenomicInterval, where isIncluded: (CopyNumberSegment) -> Bool
    ) -> GenomicInterval {
        let all = segments(on: interval.contig)
        guard let place = all.firstIndex(where: { $0.interval == interval }) else { return interval }
        var (first, last) = (place, place)
        func touch(_ left: Int, _ right: Int) -> Bool {
            all[right].interval.range.lowerBound <= all[left].interval.range.upperBound + 1
        }
        while first > 0, isIncluded(all[first - 1]), touch(first - 1, first) { first -= 1 }
        while last + 1 < all.count, isIncluded(all[last + 1]), touch(last, last + 1) { last += 1 }
        let end = all[first...last].map(\.interval.range.upperBound).max() ?? interval.range.upperBound
        return GenomicInterval(
            contig: interval.contig, zeroBased: all[first].interval.range.lowerBound..<end)
    }
}

/// The copies of one gene.
public struct GeneCopyNumber: Hashable, Sendable {
    /// The fewest copies of any part.
    public var minimum: Double
    /// The most copies of any part.
    public var maximum: Double
    /// The mean over the covered bases.
    public var mean: Double
    /// The fewest copies of the allele that has fewer; nil where a segment does not say.
    public var minorMinimum: Double?
    /// The fraction of the gene that segments cover, 0 … 1.
    public var coveredFraction: Double
    /// The segment of the fewest copies.
    public var lowest: GenomicInterval
    /// The segment of the most copies.
    public var highest: GenomicInterval

    /// Creates a value.
    public init(
        minimum: Double, maximum: Double, mean: Double, minorMinimum: Double?, coveredFraction: Double,
        lowest: GenomicInterval, highest: GenomicInterval
    ) {
        (self.minimum, self.maximum, self.mean) = (minimum, maximum, mean)
        (self.minorMinimum, self.coveredFraction) = (minorMinimum, coveredFraction)
        (self.lowest, self.highest) = (lowest, highest)
    }
}
