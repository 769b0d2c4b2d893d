public import Genome

/// How the segments of one sample lie beside each other: bases covered, overlaps and gaps.
///
/// Segments are put in order by contig and start first, so the order of the table does not matter. Gaps are counted
/// between neighbors on a contig; what lies before the first and behind the last is none.
///
///     |----a----|      |--c--|--d--|
///           |--b--|          ·            b overlaps a; one gap, between b and c; c and d touch
///
/// Neighbors that share one boundary base (each 1-based end is the next start, as some callers write) are counted
/// apart: they are no overlap.
public struct SegmentCoverage: Hashable, Sendable {
    /// Segments counted.
    public private(set) var segments = 0
    /// Bases that at least one segment covers.
    public private(set) var coveredBases = 0
    /// Segments that begin inside an earlier one.
    public private(set) var overlaps = 0
    /// Bases of these segments that an earlier one covers.
    public private(set) var overlappingBases = 0
    /// The first such segment.
    public private(set) var firstOverlap: GenomicInterval?
    /// Neighbors that share one boundary base.
    public private(set) var sharedBoundaries = 0
    /// Stretches between neighbors that no segment covers.
    public private(set) var gaps = 0
    /// Their bases.
    public private(set) var gapBases = 0
    /// Whether the table has each contig in one block and starts in order.
    public private(set) var isSorted = true

    /// Measures the segments of one sample.
    ///
    /// - Complexity: O(*n* log *n*).
    public init(_ segments: [CopyNumberSegment]) {
        var seen = Set<Contig>()
        var last: GenomicInterval?
        for segment in segments {
            let interval = segment.interval
            if last?.contig == interval.contig {
                if let last, last.range.lowerBound > interval.range.lowerBound { isSorted = false }
            } else if !seen.insert(interval.contig).inserted {
                isSorted = false
            }
            last = interval
        }
        var open: GenomicInterval?, previous: GenomicInterval?
        for interval in segments.map(\.interval).sorted() {
            self.segments += 1
            add(interval, behind: open, isRepeated: interval == previous)
            previous = interval
            if let before = open, before.contig == interval.contig {
                let end = max(before.range.upperBound, interval.range.upperBound)
                open = GenomicInterval(contig: interval.contig, zeroBased: before.range.lowerBound..<end)
            } else {
                open = interval
            }
        }
    }

    private mutating func add(
        _ interval: GenomicInterval, behind open: GenomicInterval?, isRepeated: Bool
    ) {
        let (start, end) = (interval.range.lowerBound, interval.range.upperBound)
        guard let open, open.contig == interval.contig else {
            coveredBases += end - start
            return
        }
        let reached = open.range.upperBound
        coveredBases += max(0, end - max(start, reached))
        if start > reached {
            gaps += 1
            gapBases += start - reached
        } else if start == reached - 1, !isRepeated {
            sharedBoundaries += 1
        } else if start < reached {
            overlaps += 1
            overlappingBases += min(end, reached) - start
            if firstOverlap == nil { firstOverlap = interval }
        }
    }
}

/// What the ends of segments say about the assembly.
public struct SegmentAssembly: Hashable, Sendable {
    /// The assembly, nil if the segments fit both or none.
    public private(set) var assembly: Assembly?
    /// What says so.
    public private(set) var evidence: [String] = []
    /// Contigs with a segment that ends behind the chromosome in every assembly.
    public private(set) var beyondAll: [Contig] = []

    /// Compares the last ends with the lengths of chromosomes.
    ///
    /// An assembly with a shorter chromosome than the segments is out; one whose chromosomes end exactly where
    /// segments do (PURPLE covers them whole) is in.
    public init(_ segments: [CopyNumberSegment]) {
        var ends: [Contig: Int] = [:]
        for segment in segments {
            ends[segment.interval.contig] = max(
                ends[segment.interval.contig] ?? 0, segment.interval.range.upperBound)
        }
        let sorted = ends.sorted { $0.key < $1.key }
        var fitting: [Assembly] = [], exact: [Assembly] = []
        for assembly in Assembly.allCases {
            let measured = sorted.compactMap { contig, end in
                assembly.length(of: contig).map { (contig: contig, end: end, length: $0) }
            }
            if measured.isEmpty { continue }
            if let over = measured.first(where: { $0.end > $0.length }) {
                evidence.append(
                    "a segment of chromosome \(over.contig) ends at \(over.end), behind \(over.length) in \(assembly.rawValue)"
                )
                continue
            }
            fitting.append(assembly)
            let equal = measured.filter { $0.end == $0.length }
            guard let first = equal.first else { continue }
            exact.append(assembly)
            evidence.append(
                "chromosome \(first.contig) ends at \(first.length) as in \(assembly.rawValue); \(equal.count) chromosomes do"
            )
        }
        let candidates = exact.isEmpty ? fitting : exact
        assembly = candidates.count == 1 ? candidates[0] : nil
        beyondAll = sorted.filter { contig, end in
            Assembly.allCases.allSatisfy { $0.length(of: contig).map { end > $0 } ?? false }
        }.map(\.key)
    }
}
