internal import Genome
public import Variants

/// The copy numbers along the genome as the report draws them: neighbors that do not differ by a hundredth of a copy are one.
public struct CopyNumberTrack: Codable, Hashable, Sendable {
    /// A stretch with one copy number.
    public struct Segment: Codable, Hashable, Sendable {
        /// The contig, without `chr`.
        public var contig: String
        /// First and last base, 1-based, closed.
        public var start: Int, end: Int
        /// Copies of both alleles, to a hundredth.
        public var total: Double
        /// Copies of the allele that has fewer; absent where the source does not say.
        public var minor: Double?
    }

    /// By contig and start.
    public var segments: [Segment]
    /// Segments that were left out because there are too many to draw: the shortest.
    public var leftOut: Int

    /// More than a picture can show.
    private static let most = 5000

    /// The track of a profile.
    public init(_ profile: CopyNumberProfile) {
        var segments: [Segment] = []
        for segment in profile.all {
            guard let total = segment.total else { continue }
            let next = Segment(
                contig: segment.interval.contig.name, start: segment.interval.range.lowerBound + 1,
                end: segment.interval.range.upperBound, total: Self.hundredths(total),
                minor: segment.minor.map(Self.hundredths))
            if let last = segments.last, last.contig == next.contig, last.end + 1 == next.start,
                last.total == next.total, last.minor == next.minor
            {
                segments[segments.count - 1].end = next.end
            } else {
                segments.append(next)
            }
        }
        leftOut = max(0, segments.count - Self.most)
        if leftOut > 0 {
            let lengths = segments.map { $0.end - $0.start }.sorted(by: >)
            let shortest = lengths[Self.most]
            segments.removeAll { $0.end - $0.start <= shortest }
            leftOut += Self.most - segments.count
        }
        self.segments = segments
    }

    private static func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    /// The segments as values to draw; contigs by their names.
    public var values: [CopyNumberSegment] {
        segments.enumerated().map { number, segment in
            CopyNumberSegment(
                interval: GenomicInterval(
                    contig: Contig(segment.contig), zeroBased: (segment.start - 1)..<segment.end),
                total: segment.total, minor: segment.minor, lineNumber: number + 1)
        }
    }
}
