import Genome
import TestSupport
import Testing
import Variants

@testable import Biomarkers

@Suite("Clusters of rearrangements")
struct RearrangementClustersTests {
    static func deletion(_ start: Int, _ end: Int, on contig: String = "1") -> StructuralVariant {
        StructuralVariant(
            Breakend(contig: Contig(contig), position: start, orientation: .plus),
            Breakend(contig: Contig(contig), position: end, orientation: .minus))
    }

    @Test("close breakpoints among far ones are a cluster, alone or evenly spread they are none")
    func clusters() throws {
        let far = (1...20).map { Self.deletion(50_000_000, 154_000_000, on: String($0)) }
        let near = (0..<30).map { Self.deletion(105_000_000 + $0 * 9000, 105_000_000 + $0 * 9000 + 5000) }
        let found = try #require(RearrangementClusters.areClustered(far + near))
        #expect(found[30..<40].allSatisfy(\.self) && !found.prefix(20).contains(true))
        #expect(RearrangementClusters.areClustered(far)?.contains(true) == false)
        // Ten breakpoints on a chromosome are too few.
        #expect(RearrangementClusters.areClustered(Array(near.prefix(5)))?.contains(true) == false)
        #expect(RearrangementClusters.areClustered([]) == [])
    }

    @Test("the order of the rows does not matter")
    func order() {
        var random = SeededGenerator(seed: 5)
        let all = (0..<60).map { number in
            let start = Int.random(in: 1...(number.isMultiple(of: 2) ? 200_000_000 : 900_000), using: &random)
            return Self.deletion(start, start + Int.random(in: 1000...90_000, using: &random))
        }
        let expected = Dictionary(
            zip(all, RearrangementClusters.areClustered(all) ?? []), uniquingKeysWith: { $0 || $1 })
        for _ in 0..<5 {
            let shuffled = all.shuffled(using: &random)
            let found = Dictionary(
                zip(shuffled, RearrangementClusters.areClustered(shuffled) ?? []),
                uniquingKeysWith: { $0 || $1 })
            #expect(found == expected)
        }
    }

    /// The least cost of all ways to cut values into stretches, tried one by one.
    static func leastCost(_ values: ArraySlice<Double>, _ shortest: Int, _ penalty: Double) -> Double {
        func cost(_ part: ArraySlice<Double>) -> Double {
            let mean = part.reduce(0, +) / Double(part.count)
            return part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        var best = cost(values)
        for cut in values.indices
        where cut - values.startIndex >= shortest && values.endIndex - cut >= shortest {
            best = min(best, leastCost(values[..<cut], shortest, penalty) + penalty + cost(values[cut...]))
        }
        return best
    }

    @Test("the fit costs no more than the best of all ways to cut")
    func fit() {
        var random = SeededGenerator(seed: 8)
        for round in 0..<60 {
            let values = (0..<(6 + round % 7)).map { number in
                Double.random(in: 0...5, using: &random) + (number / 4).isMultiple(of: 2).asValue * 20
            }
            let penalty = Double(round % 4) * 10
            let fit = PiecewiseConstantFit(values, shortest: 3, penalty: penalty)
            var stretches = fit.stretches
            #expect(
                stretches.first?.range.lowerBound == 0 && stretches.last?.range.upperBound == values.count)
            // One stretch for all leaves the first value apart, at no cost.
            if stretches.count == 2, stretches[0].range.count == 1 {
                stretches = [(0..<values.count, stretches[1].mean)]
            }
            let cost = stretches.reduce(Double(stretches.count - 1) * penalty) { sum, stretch in
                sum + values[stretch.range].reduce(0) { $0 + ($1 - stretch.mean) * ($1 - stretch.mean) }
            }
            #expect(abs(cost - Self.leastCost(values[...], 3, penalty)) < 1e-6)
        }
    }
}

extension Bool {
    fileprivate var asValue: Double { self ? 1 : 0 }
}
