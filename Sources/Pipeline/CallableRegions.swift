internal import Genome
internal import HTS

/// Regions of a BED file, sorted and joined.
struct CallableRegions {
    private var regions: [Contig: [Range<Int>]] = [:]

    /// Reads columns 1 to 3 of a BED (0-based, half-open); `track`, `browser` and `#` lines are passed over.
    init(bed path: String) throws(InputError) {
        let reader = try LineReader(path: path)
        while let line = try reader.next() {
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix("track") || line.hasPrefix("browser") {
                continue
            }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count >= 3, let start = Int(cells[1]), let end = Int(cells[2]), start >= 0,
                start <= end
            else {
                throw InputError(
                    file: CasePipeline.name(path), place: .line(reader.lineNumber),
                    problem: "the line is no BED region (contig, start, end, 0-based)",
                    remedy: "Mend the line.")
            }
            if start < end { regions[Contig(cells[0]), default: []].append(start..<end) }
        }
        for contig in regions.keys {
            let sorted = (regions[contig] ?? []).sorted {
                ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
            }
            var joined: [Range<Int>] = []
            for range in sorted {
                if let last = joined.last, last.upperBound >= range.lowerBound {
                    joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
                } else {
                    joined.append(range)
                }
            }
            regions[contig] = joined
        }
    }

    /// The regions, sorted.
    var intervals: [GenomicInterval] {
        regions.flatMap { contig, ranges in ranges.map { GenomicInterval(contig: contig, zeroBased: $0) } }
            .sorted()
    }

    /// Bases in all regions.
    var bases: Int { regions.values.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } } }

    /// The share of an interval's bases that is callable, 0 … 1.
    func fraction(of interval: GenomicInterval) -> Double {
        guard !interval.range.isEmpty else { return 0 }
        let covered = (regions[interval.contig] ?? []).reduce(0) { sum, range in
            sum + range.clamped(to: interval.range).count
        }
        return Double(covered) / Double(interval.range.count)
    }
}
