// Which rearrangements lie in clusters?
//
//     distances to the breakpoint before, along a chromosome     2.1M 1.4M 0.9M │ 8k 3k 11k 2k … │ 1.8M …
//     a constant for each stretch of ten or more (least squares)      1.5M      │      6k        │
//     a stretch whose mean is a tenth of 3·10⁹ / breakpoints, or less           └─ clustered ─┘
//
// Each new stretch must lower the sum of squares by 25 times the median absolute deviation of the distances from their running median. A rearrangement is
// clustered if one of its breakpoints is. Where one stretch covers a chromosome its first breakpoint, whose distance is that to the chromosome's
// beginning, stands alone, as in SigProfilerMatrixGenerator.

internal import Genome
public import Variants

/// Clusters of breakpoints.
///
/// - Source: Nik-Zainal et al., Nature 2016;534:47, methods; Nilsen et al., BMC Genomics 2012;13:591 (piecewise constant fit); SigProfilerMatrixGenerator's
///   published matrix of 560-breast tumors.
public enum RearrangementClusters {
    /// The fewest breakpoints of a stretch. A chromosome needs more than these.
    private static let fewest = 10
    private static let genomeSize = 3e9
    /// How many times shorter than expected the mean distance must be.
    private static let peak = 10.0
    private static let deviations = 25.0
    /// How many distances the running median spans.
    private static let window = 25
    /// The fit takes time by the square of this number.
    public static let mostBreakpoints = 20_000

    private struct Breakpoint {
        var variant: Int
        var position: Int
    }

    /// Whether each rearrangement of one sample is clustered; nil where a chromosome has more than ``mostBreakpoints`` breakpoints.
    ///
    /// - Shape: single breakends are not clustered and count for nothing.
    public static func areClustered(_ variants: [StructuralVariant]) -> [Bool]? {
        var chromosomes: [Contig: [Breakpoint]] = [:]
        for (number, variant) in variants.enumerated() {
            guard let second = variant.second else { continue }
            for end in [variant.first, second] {
                chromosomes[end.contig, default: []].append(.init(variant: number, position: end.position))
            }
        }
        var clustered = Array(repeating: false, count: variants.count)
        let contigs = chromosomes.keys.sorted()
        let points = contigs.map { contig in
            (chromosomes[contig] ?? []).sorted { ($0.position, $0.variant) < ($1.position, $1.variant) }
        }
        guard points.allSatisfy({ $0.count <= mostBreakpoints }) else { return nil }
        let distances = points.map(Self.distances)
        let penalty = deviations * deviation(distances.flatMap(\.self))
        let threshold = genomeSize / Double(points.reduce(0) { $0 + $1.count }) / peak
        for (points, distances) in zip(points, distances) where points.count > fewest {
            let fit = PiecewiseConstantFit(distances, shortest: fewest, penalty: penalty)
            for stretch in fit.stretches
            where stretch.mean <= threshold && isDense(stretch.range, points) {
                for point in points[stretch.range] { clustered[point.variant] = true }
            }
        }
        return clustered
    }

    /// Distances to the breakpoint before, at least 1; of the first one to the chromosome's beginning.
    private static func distances(_ points: [Breakpoint]) -> [Double] {
        points.indices.map { index in
            let before = index == 0 ? 0 : points[index - 1].position
            let distance = points[index].position - before
            return Double(distance == 0 ? 1 : distance)
        }
    }

    /// The median absolute deviation of values from their running median, beyond the ends 0.
    private static func deviation(_ values: [Double]) -> Double {
        let half = window / 2
        let differences = values.indices.map { index in
            let near = ((index - half)...(index + half)).map { values.indices.contains($0) ? values[$0] : 0 }
            return values[index] - median(near)
        }
        let middle = median(differences)
        return median(differences.map { abs($0 - middle) })
    }

    private static func median(_ values: [Double]) -> Double {
        guard !values.isEmpty else { return 0 }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// Whether a stretch has enough breakpoints, at least as near each other as those of the chromosome are.
    private static func isDense(_ range: Range<Int>, _ points: [Breakpoint]) -> Bool {
        guard range.count >= fewest else { return false }
        func span(_ range: Range<Int>) -> Double {
            Double(points[range.upperBound - 1].position - points[range.lowerBound].position)
        }
        return Double(range.count) * span(0..<points.count) >= Double(points.count) * span(range)
    }
}

/// Values as stretches of one mean each, with the least sum of squares and a penalty for each stretch.
struct PiecewiseConstantFit {
    /// Stretches in order.
    let stretches: [(range: Range<Int>, mean: Double)]

    /// Fits stretches of at least `shortest` values; under twice as many values are one stretch.
    init(_ values: [Double], shortest: Int, penalty: Double) {
        let count = values.count
        guard count >= 2 * shortest else {
            stretches = [(0..<count, values.reduce(0, +) / Double(max(count, 1)))]
            return
        }
        // Best cost, last mean and last split of the first n + 1 values; sums from each start to the end so far.
        var costs = Array(repeating: 0.0, count: count), means = costs
        var splits = Array(repeating: 0, count: count)
        var sums = costs, squares = costs
        let firstSum = values.prefix(shortest).reduce(0, +)
        let firstSquares = values.prefix(shortest).reduce(0) { $0 + $1 * $1 }
        means[shortest - 1] = firstSum / Double(shortest)
        costs[shortest - 1] = firstSquares - firstSum * means[shortest - 1]
        for end in shortest..<count {
            let value = values[end]
            for start in shortest...end {
                sums[start] += value
                squares[start] += value * value
            }
            let size = Double(end + 1)
            let mean = (firstSum + sums[shortest]) / size
            let whole = firstSquares + squares[shortest] - size * mean * mean
            (costs[end], means[end]) = (whole, mean)
            guard end + 1 >= 2 * shortest else { continue }
            var best = Double.infinity, split = shortest
            for start in shortest...(end + 1 - shortest) {
                let sum = sums[start]
                let cost =
                    costs[start - 1] + squares[start] - sum * (sum / Double(end + 1 - start)) + penalty
                if cost < best { (best, split) = (cost, start) }
            }
            if whole < best {
                splits[end] = 1
            } else {
                (costs[end], means[end], splits[end]) = (best, sums[split] / Double(end + 1 - split), split)
            }
        }
        var found: [(range: Range<Int>, mean: Double)] = []
        var end = count
        while end > 0 {
            let start = splits[end - 1]
            found.append((start..<end, means[end - 1]))
            end = start
        }
        stretches = found.reversed()
    }
}

extension MutationTypes {
    private static let spans = ["1-10Kb", "10-100Kb", "100Kb-1Mb", "1Mb-10Mb", ">10Mb"]

    static let rearrangements = ["clustered", "non-clustered"].flatMap { cluster in
        ["del", "tds", "inv"].flatMap { kind in spans.map { "\(cluster)_\(kind)_\($0)" } } + [
            "\(cluster)_trans"
        ]
    }

    /// The type of a rearrangement: `clustered_tds_1-10Kb`; nil for insertions, single breakends and what is nearer than a thousand bases.
    ///
    /// - Source: specification section 5.4.
    static func rearrangement(_ variant: StructuralVariant, isClustered: Bool) -> String? {
        let cluster = isClustered ? "clustered" : "non-clustered"
        let kinds: [StructuralVariant.Kind: String] = [
            .deletion: "del", .duplication: "tds", .inversion: "inv",
        ]
        if variant.kind == .translocation { return "\(cluster)_trans" }
        guard let kind = kinds[variant.kind], let span = variant.span, span >= 1000 else { return nil }
        return "\(cluster)_\(kind)_\(spans[[10_000, 100_000, 1_000_000, 10_000_000].count { span > $0 }])"
    }
}
