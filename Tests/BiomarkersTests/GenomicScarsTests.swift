import Biomarkers
import Foundation
import Genome
import TestSupport
import Testing
import Variants

@Suite("Genomic scars")
struct GenomicScarsTests {
    /// The worked example of the specification, in Mb.
    static let worked: [(String, Double, Double, Double, Double)] = [
        ("1", 0, 30, 2, 0), ("1", 30, 32, 2, 1), ("1", 32, 60, 1, 1), ("1", 60, 74, 3, 0),
        ("1", 74, 80, 2, 0),
        ("1", 80, 121, 1, 1), ("1", 126, 248, 1, 1), ("2", 0, 242, 1, 0), ("3", 0, 40, 1, 1),
        ("3", 40, 50, 2, 1),
        ("3", 50, 87, 1, 1), ("3", 94, 150, 1, 1), ("3", 150, 198, 2, 0), ("4", 0, 48, 1, 1),
        ("4", 52, 120, 1, 1),
        ("4", 120, 190, 2, 1),
    ]

    static func segments(_ rows: [(String, Double, Double, Double, Double)]) -> [CopyNumberSegment] {
        rows.map { contig, start, end, major, minor in
            // 1-based closed ends as the scar literature counts lengths.
            CopyNumberSegment(
                interval: GenomicInterval(
                    contig: Contig(contig), oneBased: max(1, Int(start * 1e6))...Int(end * 1e6)),
                total: major + minor, minor: minor)
        }
    }

    @Test("the worked example, in any order of its rows", arguments: GenomicScars.Compatibility.allCases)
    func worked(compatibility: GenomicScars.Compatibility) throws {
        for rows in [Self.worked, Self.worked.reversed()] {
            let scars = try GenomicScars(
                Self.segments(rows), assembly: .grch38, compatibility: compatibility)
            #expect(scars.lossOfHeterozygosity == (compatibility == .cap ? 3 : 2))
            #expect(scars.telomericImbalance == 3 && scars.largeScaleTransitions == 6)
            #expect(scars.segments.count == scars.sum)
        }
    }

    @Test("few segments or few tumor cells are no ground for a verdict")
    func weak() throws {
        func report(_ rows: [(String, Double, Double, Double, Double)], purity: Double?) throws
            -> BiomarkerReport.HomologousRecombination
        {
            .init(
                scars: try GenomicScars(Self.segments(rows), assembly: .grch38), compatibility: .cap,
                ploidy: 2,
                isWholeGenomeDoubled: false, .init(purity: purity))
        }
        let whole = zip(1...22, Assembly.grch38.chromosomeLengths).map {
            ("\($0)", 0.0, Double($1) / 1e6, 1.0, 1.0)
        }
        #expect(try report(whole, purity: 0.5).status == .ok)
        #expect(try report(whole, purity: 0.1).verdict == "not assessable: purity is below 0.2")
        let few = try report(Self.worked, purity: nil)
        #expect(few.status == .lowConfidence && few.statusReason.contains("% of the autosomes"))
        #expect(few.isScarSumHigh == nil && few.sum == 12)
    }

    @Test("what cannot be counted says why")
    func obstacles() {
        let good = Self.segments(Self.worked)
        #expect(throws: GenomicScars.Obstacle.noSegments) { try GenomicScars([], assembly: .grch38) }
        var unknown = good
        unknown[3].minor = nil
        #expect(throws: GenomicScars.Obstacle.minorUnknown(1)) {
            try GenomicScars(unknown, assembly: .grch38)
        }
        let overlap = Self.segments(Self.worked + [("4", 100, 130, 1, 1)])
        #expect(throws: GenomicScars.Obstacle.self) { try GenomicScars(overlap, assembly: .grch38) }
    }

    struct Expected {
        var source: String, sample: String, assembly: Assembly, counts: [Int]
    }

    static func expected() throws -> [Expected] {
        let text = try String(
            contentsOfFile: TestData.path("oncology/hrd/expected_scarHRD.tsv"), encoding: .utf8)
        return text.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: "\t").map(String.init)
            return Expected(
                source: cells[0], sample: cells[1], assembly: cells[2] == "grch37" ? .grch37 : .grch38,
                counts: cells[4...7].compactMap { Int($0) })
        }
    }

    static func counts(_ table: SegmentTable, _ sample: String?, _ assembly: Assembly) throws -> [Int] {
        let scars = try GenomicScars(try table.segments(of: sample), assembly: assembly)
        return [
            scars.lossOfHeterozygosity, scars.telomericImbalance, scars.largeScaleTransitions, scars.sum,
        ]
    }

    @Test("scarHRD's published example: 25, 35, 33", .enabled(if: TestData.isAvailable))
    func example() throws {
        let path = TestData.path("oncology/hrd/scarHRD_test2.txt")
        let table = try SegmentTable(
            file: "test2.txt", text: try String(contentsOfFile: path, encoding: .utf8), keepingSoundRows: true
        )
        #expect(try Self.counts(table, nil, .grch38) == [25, 35, 33, 93])
    }

    @Test("every tumor of which scarHRD's counts are given", .enabled(if: TestData.isAvailable))
    func published() throws {
        let breast = try SegmentTable(
            file: "ascat",
            text: try Tools.run(
                "/bin/gzip", ["-dc", TestData.path("oncology/hrd/560breast_ascat_segments.tsv.gz")]
            ).text)
        let colo = try SegmentTable(
            file: "purple",
            text: try String(
                contentsOfFile: TestData.path("oncology/colo829_hartwig/tumor_sample.purple.cnv.somatic.tsv"),
                encoding: .utf8))
        var compared = 0
        for expected in try Self.expected() {
            let isBreast = expected.source == "560breast_ascat"
            let counts = try Self.counts(
                isBreast ? breast : colo, isBreast ? expected.sample : nil, expected.assembly)
            #expect(counts == expected.counts, "\(expected.source) \(expected.sample)")
            compared += 1
        }
        #expect(compared >= 10, "\(compared) tumors")
    }
}
