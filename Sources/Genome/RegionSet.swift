/// Stretches of contigs, sorted and joined.
///
/// - Coordinates: 0-based, half-open.
public struct RegionSet: Sendable, Hashable {
    private let regions: [Contig: [Range<Int>]]

    /// Stretches in any order; those that overlap or touch become one, empty ones are left out.
    public init(_ intervals: some Sequence<GenomicInterval>) {
        regions = Dictionary(grouping: intervals.filter { !$0.range.isEmpty }, by: \.contig).mapValues {
            all in
            var joined: [Range<Int>] = []
            for interval in all.sorted() {
                let range = interval.range
                if let last = joined.last, last.upperBound >= range.lowerBound {
                    joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
                } else {
                    joined.append(range)
                }
            }
            return joined
        }
    }

    /// The stretches, sorted.
    public var intervals: [GenomicInterval] {
        regions.flatMap { contig, ranges in ranges.map { GenomicInterval(contig: contig, zeroBased: $0) } }
            .sorted()
    }

    /// What lies in both.
    public func intersection(_ other: RegionSet) -> RegionSet {
        var common: [GenomicInterval] = []
        for (contig, ranges) in regions {
            let others = other.regions[contig] ?? []
            var next = 0
            for range in ranges {
                while next < others.count, others[next].upperBound <= range.lowerBound { next += 1 }
                var place = next
                while place < others.count, others[place].lowerBound < range.upperBound {
                    common.append(
                        GenomicInterval(contig: contig, zeroBased: range.clamped(to: others[place])))
                    place += 1
                }
            }
        }
        return RegionSet(common)
    }

    /// Bases in all stretches.
    public var bases: Int { regions.values.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } } }

    /// Whether a stretch holds a base of the interval, or of an empty one the base on either side of it.
    ///
    /// - Complexity: O(log *n*), *n* stretches of the contig.
    public func overlaps(_ interval: GenomicInterval) -> Bool {
        let wanted =
            interval.range.isEmpty
            ? (interval.range.lowerBound - 1)..<(interval.range.lowerBound + 1) : interval.range
        guard let ranges = regions[interval.contig] else { return false }
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= wanted.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound < wanted.upperBound
    }

    /// The share of an interval's bases that lie in stretches, 0 … 1.
    public func fraction(of interval: GenomicInterval) -> Double {
        guard !interval.range.isEmpty else { return 0 }
        let covered = (regions[interval.contig] ?? []).reduce(0) { sum, range in
            sum + range.clamped(to: interval.range).count
        }
        return Double(covered) / Double(interval.range.count)
    }
}
