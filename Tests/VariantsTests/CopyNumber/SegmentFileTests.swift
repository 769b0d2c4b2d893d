import Foundation
import Genome
import TestSupport
import Testing
import Variants

/// A real file with what another program counted in it.
struct SegmentFile: Sendable, CustomTestStringConvertible {
    var name: String
    var format: SegmentFormat
    var rows: Int
    var samples = 0
    /// Bases of all segments.
    var bases: Int
    /// Sums over all segments that have the value; nil if none has.
    var total: Double?
    var minor: Double?
    var logRatio: Double?
    var probes = 0
    var swapped = 0
    /// Rows that end before they start; the sums are without them.
    var faults = 0

    var testDescription: String { name }
}

@Suite(.enabled(if: TestData.isAvailable)) struct SegmentFileTests {
    static let files = [
        SegmentFile(
            name: "colo829_hartwig/tumor_sample.purple.cnv.somatic.tsv", format: .purple, rows: 222,
            bases: 3_095_677_412, total: 766.0719, minor: 211.9342, probes: 2_536_663, swapped: 1),
        SegmentFile(
            name: "colo829_hartwig/tumor_sample.purple.segment.tsv", format: .purple, rows: 3565,
            bases: 3_095_677_412, total: 10227.7383, probes: 2_548_476, swapped: 604),
        SegmentFile(
            name: "hrd/560breast_ascat_segments.tsv.gz", format: .ascat, rows: 3687, samples: 13,
            bases: 38_650_423_793, total: 10872, minor: 2980, swapped: 87),
        SegmentFile(
            name: "hrd/scarHRD_test2.txt", format: .scarHRD, rows: 223, samples: 1, bases: 2_723_708_384,
            total: 888, minor: 227, swapped: 174, faults: 1),
        SegmentFile(
            name: "sv_cnv_matrices/battenberg_subclones.tsv.gz", format: .battenberg, rows: 868, samples: 51,
            bases: 26_170_991_624, total: 3254.7256091653803, minor: 756.9604703178596,
            logRatio: 58.43119563664358),
        SegmentFile(
            name: "callers/cnvkit_cl_seq.cns", format: .cnvkit, rows: 78, bases: 2_871_085_525,
            logRatio: 3.7209096, probes: 27189),
        SegmentFile(
            name: "callers/cnvkit_amplicon.cns", format: .cnvkit, rows: 88, bases: 899301697,
            logRatio: -150.73201074, probes: 1433, faults: 8),
        SegmentFile(
            name: "callers/maftools_TCGA.AB.3009.hg19.seg.txt", format: .seg, rows: 818, samples: 1,
            bases: 3_002_353_336, logRatio: -98.1582, probes: 1_827_729),
        SegmentFile(
            name: "callers/cnvkit_acgh-log10.seg", format: .seg, rows: 10527, samples: 36,
            bases: 100_311_870_965, logRatio: 48.6724, probes: 5_942_844),
    ]

    static func table(_ name: String) throws -> SegmentTable {
        let path = TestData.path("oncology/\(name)")
        // Not TestData.lines: a carriage return and a line feed are one Character.
        let text =
            name.hasSuffix(".gz")
            ? try Tools.run("/bin/gzip", ["-dc", path]).text
            : try String(contentsOfFile: path, encoding: .utf8)
        return try SegmentTable(file: name, text: text, keepingSoundRows: true)
    }

    @Test("every row of a real table becomes a segment, and the sums agree", arguments: files)
    func sums(file: SegmentFile) throws {
        let table = try Self.table(file.name)
        #expect(table.recognition.format == file.format)
        #expect(table.segments.count + file.faults == file.rows)
        #expect(table.tally.faults.allSatisfy { $0.kind == .range })
        #expect(table.tally.faults.reduce(0) { $0 + $1.count } == file.faults)
        #expect(table.samples.count == file.samples)
        #expect(table.segments.reduce(0) { $0 + $1.interval.range.count } == file.bases)
        try compare(table.segments.compactMap(\.total), file.total)
        if file.minor != nil || file.total == nil {
            try compare(table.segments.compactMap(\.minor), file.minor)
        }
        if file.logRatio != nil { try compare(table.segments.compactMap(\.measured.logRatio), file.logRatio) }
        #expect(table.segments.reduce(0) { $0 + ($1.measured.probes ?? 0) } == file.probes)
        #expect(table.tally.swapped == file.swapped)
        #expect(table.segments.allSatisfy { ($0.minor ?? 0) <= ($0.major ?? 0) })
    }

    private func compare(_ values: [Double], _ sum: Double?) throws {
        guard let sum else {
            #expect(values.isEmpty)
            return
        }
        #expect(abs(values.reduce(0, +) - sum) < 1e-6)
    }

    @Test(
        "the first reversed row of a real table is named",
        arguments: [
            ("hrd/scarHRD_test2.txt", 168, "Start_position 190974542 is behind End_position 188919678"),
            ("callers/cnvkit_amplicon.cns", 5, "start 212578209 is behind end 212576985"),
        ])
    func reversed(file: String, line: Int, problem: String) throws {
        let fault = try #require(try Self.table(file).tally.faults.first)
        #expect(fault.first.place == .line(line))
        #expect(fault.first.problem == problem)
    }

    @Test("the plain form of every real table reads back", arguments: files)
    func plain(file: SegmentFile) throws {
        let segments = try Self.table(file.name).segments
        let again = try SegmentTable(file: "plain", text: SegmentTable.plainText(segments)).segments
        #expect(again.map(\.interval) == segments.map(\.interval))
        #expect(again.map(\.total) == segments.map(\.total))
        // Half of a sum that was rounded once may lie on the other side of the half.
        for (new, old) in zip(again, segments) {
            #expect(abs((new.minor ?? -9) - (old.minor ?? -9)) < 1e-12)
        }
    }

    @Test("COLO829: PURPLE covers every chromosome without gap or overlap, which tells GRCh37")
    func purple() throws {
        let table = try Self.table("colo829_hartwig/tumor_sample.purple.cnv.somatic.tsv")
        #expect(table.recognition.table == "purple.cnv.somatic.tsv")
        let coverage = SegmentCoverage(table.segments)
        #expect(coverage.coveredBases == 3_095_677_412)
        #expect(coverage.overlaps + coverage.gaps + coverage.sharedBoundaries == 0)
        #expect(coverage.isSorted)
        #expect(SegmentAssembly(table.segments).assembly == .grch37)
        #expect(
            SegmentAssembly(table.segments).evidence.contains(
                "chromosome 1 ends at 249250621 as in GRCh37; 24 chromosomes do"))
        let first = try #require(table.segments.first)
        #expect(first.interval == GenomicInterval(contig: Contig("1"), zeroBased: 0..<87_337_011))
        #expect([first.total, first.minor] == [2.8141, 0.8112])
        #expect(first.measured.heterozygousSites == 36352)
        #expect([first.measured.startSupport, first.measured.endSupport] == ["TELOMERE", "BND"])
        #expect(table.segments.count { $0.measured.heterozygousSites == 0 } == 74)
        #expect(table.segments.count { $0.measured.bAlleleFraction == nil } == 74)
        let single = try #require(table.segments.first { $0.interval.range.count == 1 })
        #expect(single.interval.range == 78_517_777..<78_517_778)
        #expect([single.total, single.minor] == [3.5096, 1.5523])
        let below = try #require(table.segments.first { ($0.total ?? 0) < 0 })
        #expect(below.total == -0.0117)
        #expect(table.tally.belowZero == 1)
    }

    @Test("560 breast: thirteen samples with the published numbers of segments; 23 and 24 are X and Y")
    func ascat() throws {
        let table = try Self.table("hrd/560breast_ascat_segments.tsv.gz")
        let published = try TestData.table("oncology/hrd/expected_scarHRD.tsv")
            .filter { $0["source"] == "560breast_ascat" }
        #expect(published.count == 13)
        for row in published {
            let sample = try #require(row["sample"])
            let segments = try table.segments(of: sample)
            #expect(segments.count == Int(row["n_segments"] ?? ""), "\(sample)")
            #expect(SegmentCoverage(segments).overlaps == 0, "\(sample)")
        }
        #expect(table.tally.numberedSexChromosomes == 186)
        #expect(table.segments.count { $0.interval.contig.name == "Y" } == 13, "10 written 24, 3 written Y")
        #expect(SegmentAssembly(table.segments).assembly == .grch37)
        #expect(throws: InputError.self) { try table.segments(of: nil) }
    }

    @Test("Battenberg: states of more cells, missing states")
    func battenberg() throws {
        let table = try Self.table("sv_cnv_matrices/battenberg_subclones.tsv.gz")
        #expect(table.tally.subclonal == 255)
        #expect(table.tally.withoutTotal == 2)
        #expect(table.segments.compactMap(\.mainClone).reduce(0) { $0 + $1.total } == 3247)
        #expect(table.segments.count { $0.isSubclonal && $0.mainClone == $0.clones.last } == 110)
        let first = try #require(table.segments.first)
        #expect(first.interval.contig.name == "X")
        #expect(first.interval.range == 90_407_079..<91_002_641)
        #expect(first.clones.map(\.total) == [1, 2])
        #expect(abs((first.total ?? 0) - 1.334069553947516) < 1e-12)
        #expect(first.minor == 0)
    }

    @Test("CNVkit: ends are the next starts, half-open")
    func cnvkit() throws {
        let table = try Self.table("callers/cnvkit_cl_seq.cns")
        #expect(table.segments[0].interval.range == 227_917..<727_139)
        #expect(table.segments[1].interval.range.lowerBound == 727_139)
        #expect(SegmentCoverage(table.segments).overlaps == 0)
        #expect(table.segments.last?.interval.contig.name == "Y")
        #expect(table.notes.first?.isWarning == true)
    }
}
