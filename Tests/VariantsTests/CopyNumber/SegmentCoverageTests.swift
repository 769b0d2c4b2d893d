import Genome
import TestSupport
import Testing
import Variants

@Suite struct SegmentCoverageTests {
    private static func segment(_ contig: String, _ range: Range<Int>) -> CopyNumberSegment {
        CopyNumberSegment(interval: GenomicInterval(contig: Contig(contig), zeroBased: range))
    }

    @Test("overlaps, gaps and shared boundaries are counted apart")
    func counts() {
        let coverage = SegmentCoverage([
            Self.segment("1", 0..<100), Self.segment("1", 50..<120), Self.segment("1", 200..<300),
            Self.segment("1", 299..<400), Self.segment("1", 400..<500), Self.segment("2", 10..<20),
        ])
        #expect(coverage.segments == 6)
        #expect(coverage.coveredBases == 120 + 300 + 10)
        #expect([coverage.overlaps, coverage.overlappingBases] == [1, 50])
        #expect(coverage.firstOverlap == GenomicInterval(contig: Contig("1"), zeroBased: 50..<120))
        #expect([coverage.gaps, coverage.gapBases] == [1, 80])
        #expect(coverage.sharedBoundaries == 1)
        #expect(coverage.isSorted)
    }

    @Test("order is told, not needed")
    func order() {
        let sorted = [Self.segment("1", 0..<9), Self.segment("1", 9..<20), Self.segment("2", 0..<5)]
        #expect(SegmentCoverage(sorted).isSorted)
        #expect(SegmentCoverage([sorted[2], sorted[0], sorted[1]]).isSorted)
        let backwards = SegmentCoverage(sorted.reversed())
        #expect(!backwards.isSorted)
        #expect([backwards.overlaps, backwards.gaps, backwards.coveredBases] == [0, 0, 25])
        #expect(!SegmentCoverage([sorted[0], sorted[2], sorted[1]]).isSorted)
    }

    @Test("a segment inside another and the same one twice overlap")
    func inside() {
        let coverage = SegmentCoverage([
            Self.segment("1", 0..<100), Self.segment("1", 98..<99), Self.segment("1", 0..<100),
            Self.segment("1", 150..<160),
        ])
        #expect([coverage.overlaps, coverage.overlappingBases] == [2, 101])
        #expect([coverage.gaps, coverage.gapBases, coverage.coveredBases] == [1, 50, 110])
        #expect(coverage.sharedBoundaries == 0)
    }

    @Test("a segment of the boundary base alone shares it; the same one twice overlaps")
    func oneBase() {
        let coverage = SegmentCoverage([Self.segment("1", 0..<100), Self.segment("1", 99..<100)])
        #expect([coverage.overlaps, coverage.sharedBoundaries, coverage.coveredBases] == [0, 1, 100])
        let twice = SegmentCoverage([Self.segment("1", 9..<10), Self.segment("1", 9..<10)])
        #expect([twice.overlaps, twice.sharedBoundaries] == [1, 0])
    }

    @Test("covered bases equal a base-by-base count", arguments: 1...30 as ClosedRange<UInt64>)
    func property(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let segments = (0..<Int.random(in: 1...20, using: &random)).map { _ in
            let start = Int.random(in: 0..<90, using: &random)
            return Self.segment("1", start..<(start + Int.random(in: 1...20, using: &random)))
        }
        let bases = Set(segments.flatMap { Array($0.interval.range) })
        let coverage = SegmentCoverage(segments)
        #expect(coverage.coveredBases == bases.count, "seed \(seed)")
        let span = (bases.max() ?? 0) - (bases.min() ?? 0) + 1
        #expect(coverage.gapBases == span - bases.count, "seed \(seed)")
    }

    @Test(
        "ends tell the assembly",
        arguments: [
            (249_250_621, "GRCh37"), (248_956_422, "GRCh38"), (249_000_000, "GRCh37"), (100, "nil"),
            (300_000_000, "nil"),
        ])
    func assembly(end: Int, expected: String) {
        let found = SegmentAssembly([Self.segment("1", 0..<10), Self.segment("1", 10..<end)])
        #expect((found.assembly?.rawValue ?? "nil") == expected)
        #expect(found.beyondAll.isEmpty == (end < 300_000_000))
    }
}
