import Genome
import Testing
import Variants

/// One table with its first segment as `contig range total minor`, each written with its caller's column names.
struct SegmentExample: Sendable, CustomTestStringConvertible {
    var format: SegmentFormat
    var header: String
    var row: String
    var expected: String

    var testDescription: String { "\(format.rawValue): \(header)" }

    /// Columns are parted by single blanks here, by tabs in the file.
    var text: String { (header + "\n" + row + "\n").replacing(" ", with: "\t") }
}

@Suite struct SegmentFormatTests {
    static let examples = [
        SegmentExample(
            format: .plain, header: "chromosome start end totalCopyNumber minorCopyNumber",
            row: "chr7 1 100 3.25 1.1", expected: "7 0..<100 3.25 1.1"),
        SegmentExample(
            format: .plain, header: "minorCopyNumber end totalCopyNumber start chromosome",
            row: "NA 100 3 1 7", expected: "7 0..<100 3 NA"),
        SegmentExample(
            format: .purple,
            header:
                "chromosome start end copyNumber bafCount observedBAF segmentStartSupport segmentEndSupport "
                + "method depthWindowCount minorAlleleCopyNumber majorAlleleCopyNumber",
            row: "X 1 729000 1.9986 40 0.7102 TELOMERE BND BAF_WEIGHTED 77303 0.0000 1.9986",
            expected: "X 0..<729000 1.9986 0"),
        SegmentExample(
            format: .purple, header: "#chromosome start end copyNumber bafCount minorAllelePloidy",
            row: "1 5 9 2.1 3 1.05", expected: "1 4..<9 2.1 1.05"),
        SegmentExample(
            format: .purple,
            header:
                "chromosome start end bafCount minorAlleleCopyNumber tumorCopyNumber refNormalisedCopyNumber support",
            row: "1 5 9 3 -0.0101 2.1 2.1 NONE", expected: "1 4..<9 2.1 -0.0101"),
        SegmentExample(
            format: .ascat, header: "sample chr startpos endpos nMajor nMinor", row: "T1 MT 10 10 3 1",
            expected: "MT 9..<10 4 1"),
        SegmentExample(
            format: .ascat, header: "sample chr startpos endpos nMajor nMinor nAraw nBraw",
            row: "T1 1 10 20 1 3 0.9 3.2", expected: "1 9..<20 4 1"),
        SegmentExample(
            format: .ascat,
            header:
                "Sample Chromosome Start.Position End.Position Normal.TCN Normal.BCN Tumour.TCN Tumour.BCN",
            row: "T1 23 10 20 2 1 5 4", expected: "X 9..<20 5 1"),
        SegmentExample(
            format: .ascat,
            header: "GDC_Aliquot Chromosome Start End Copy_Number Major_Copy_Number Minor_Copy_Number",
            row: "a1 chrX 62920 5132643 4 3 1", expected: "X 62919..<5132643 4 1"),
        SegmentExample(
            format: .battenberg,
            header: "chr startpos endpos BAF pval LogR ntot nMaj1_A nMin1_A frac1_A nMaj2_A nMin2_A frac2_A",
            row: "1 10 20 0.7 1 0.1 99 2 1 1 NA NA NA", expected: "1 9..<20 3 1"),
        SegmentExample(
            format: .facets, header: "chrom seg num.mark nhet cnlr.median mafR start end cf.em tcn.em lcn.em",
            row: "23 1 40 0 -0.5 0.01 10 20 0.6 1 NA", expected: "X 9..<20 1 NA"),
        SegmentExample(
            format: .facets,
            header: "ID chrom loc.start loc.end num.mark nhet cf tcn lcn cf.em tcn.em lcn.em",
            row: "T1 3 10 20 40 9 0.5 9 9 0.6 4 1", expected: "3 9..<20 4 1"),
        SegmentExample(
            format: .sequenza,
            header:
                "\"chromosome\" \"start.pos\" \"end.pos\" \"Bf\" \"N.BAF\" \"sd.BAF\" \"depth.ratio\" \"N.ratio\" "
                + "\"sd.ratio\" \"CNt\" \"A\" \"B\" \"LPP\"",
            row: "\"chr1\" 10 1e+06 0.33 12 0.1 1.5 44 0.2 3 2 1 -7.5", expected: "1 9..<1000000 3 1"),
        SegmentExample(
            format: .cnvkit, header: "chromosome start end gene log2 probes",
            row: "chrY 0 20 - -0.5 12", expected: "Y 0..<20 NA NA"),
        SegmentExample(
            format: .cnvkit, header: "chromosome start end gene log2 baf cn cn1 cn2 depth probes weight",
            row: "chr1 10 20 TP53 -0.5 0.6 3 2 1 30.5 12 9.5", expected: "1 10..<20 3 1"),
        SegmentExample(
            format: .cnvkit, header: "chromosome start end gene log2 cn depth probes weight",
            row: "NC_000007.14 10 20 TP53 0.9 4 30.5 12 9.5", expected: "7 10..<20 4 NA"),
        SegmentExample(
            format: .seg, header: "ID chrom loc.start loc.end num.mark seg.mean", row: "T1 24 10 20 7 -1.5",
            expected: "Y 9..<20 NA NA"),
        SegmentExample(
            format: .seg, header: "GDC_Aliquot Chromosome Start End Num_Probes Segment_Mean",
            row: "T1 GL000192.1 10 20 7 0.5", expected: "GL000192.1 9..<20 NA NA"),
        SegmentExample(
            format: .scarHRD,
            header: "SampleID Chromosome Start_position End_position total_cn A_cn B_cn ploidy",
            row: "T1 chr1 14574 952448 5 0 5 3.7", expected: "1 14573..<952448 5 0"),
    ]

    @Test("each format is recognized and keeps its convention", arguments: examples)
    func conventions(example: SegmentExample) throws {
        let table = try SegmentTable(file: "t.tsv", text: example.text)
        #expect(table.recognition.format == example.format)
        let segment = try #require(table.segments.first)
        let interval = segment.interval
        #expect(
            "\(interval.contig) \(interval.range) \(text(segment.total)) \(text(segment.minor))"
                == example.expected)
        #expect(segment.lineNumber == 2)
    }

    private func text(_ value: Double?) -> String {
        value.map { $0 == $0.rounded() ? String(Int($0)) : String($0) } ?? "NA"
    }

    @Test("what the source also says is kept")
    func measurements() throws {
        func first(_ place: Int) throws -> CopyNumberSegment {
            try #require(try SegmentTable(file: "t", text: Self.examples[place].text).segments.first)
        }
        let purple = try first(2).measured
        #expect(purple.bAlleleFraction == 0.7102)
        #expect(purple.heterozygousSites == 40)
        #expect(purple.probes == 77303)
        #expect(
            [purple.startSupport, purple.endSupport, purple.method] == ["TELOMERE", "BND", "BAF_WEIGHTED"])
        let battenberg = try first(9).measured
        #expect([battenberg.bAlleleFraction, battenberg.logRatio] == [0.7, 0.1])
        let facets = try first(10).measured
        #expect(facets.logRatio == -0.5)
        #expect(facets.cellFraction == 0.6)
        #expect(facets.bAlleleFraction == nil, "mafR is no allele fraction")
        #expect([facets.probes, facets.heterozygousSites] == [40, 0])
        #expect(try first(11).sample == "T1")
        let sequenza = try first(12).measured
        #expect(sequenza.logRatio == nil, "depth.ratio is no logarithm")
        #expect([sequenza.probes, sequenza.heterozygousSites] == [44, 12])
        let cnvkit = try first(14).measured
        #expect([cnvkit.logRatio, cnvkit.bAlleleFraction] == [-0.5, 0.6])
        #expect(cnvkit.probes == 12)
        #expect(try first(16).measured.logRatio == -1.5)
    }

    @Test("PURPLE's observedBAF of 0 without sites is missing")
    func unmeasuredFraction() throws {
        let table = try SegmentTable(
            file: "t",
            text: "chromosome\tstart\tend\tcopyNumber\tbafCount\tobservedBAF\tminorAlleleCopyNumber\n"
                + "1\t1\t9\t2\t0\t0.0000\t1\n1\t10\t19\t2\t1\t0.0000\t1\n")
        #expect(table.segments.map(\.measured.bAlleleFraction) == [nil, 0])
        #expect(table.segments.map(\.measured.heterozygousSites) == [0, 1])
    }

    @Test("two populations are weighted and both kept; the main one has more cells")
    func clones() throws {
        let table = try SegmentTable(
            file: "t",
            text: "chr\tstartpos\tendpos\tnMaj1_A\tnMin1_A\tfrac1_A\tnMaj2_A\tnMin2_A\tfrac2_A\n"
                + "1\t1\t9\t2\t1\t0.25\t3\t1\t0.75\n1\t10\t19\t1\t0\t0.5\t1\t1\t0.5\n"
                + "1\t20\t29\tNA\tNA\t1\tNA\tNA\t0\n1\t30\t39\t1\t0\t0.5\t0\t2\t0.5\n")
        let segments = table.segments
        #expect(segments.map(\.total) == [3.75, 1.5, nil, 1.5])
        #expect(segments.map(\.minor) == [1, 0.5, nil, 0.5])
        #expect(segments.map(\.isSwapped) == [false, false, false, true])
        #expect(segments.map(\.isSubclonal) == [true, true, false, true])
        #expect(segments[0].clones.map(\.total) == [3, 4])
        #expect(segments[0].mainClone == .init(total: 4, minor: 1, fraction: 0.75))
        #expect(segments[1].mainClone?.total == 1, "the first of equals")
        #expect(segments[2].mainClone == nil)
        #expect(segments[3].clones.map(\.minor) == [0, 0])
        #expect(table.tally.subclonal == 3)
        #expect(table.tally.withoutTotal == 1)
    }

    @Test("says why")
    func evidence() throws {
        let table = try SegmentTable(file: "t", text: Self.examples[12].text)
        #expect(
            table.recognition.evidence == "Sequenza (segments.txt), told by the columns CNt, A, B")
    }

    @Test(
        "columns of no format or of two are listed",
        arguments: [
            (
                "chromosome start end value",
                "t.tsv:1: the columns are those of no known segment table: chromosome, start, end, value. The first "
                    + "line must name the columns; the plain form has chromosome, start, end, totalCopyNumber, "
                    + "minorCopyNumber."
            ),
            (
                "chrom start end tcn.em",
                "t.tsv:1: the columns are those of no known segment table: chrom, start, end, tcn.em. Nearest is "
                    + "FACETS (cncf), without lcn.em; the plain form has chromosome, start, end, totalCopyNumber, "
                    + "minorCopyNumber."
            ),
            (
                "chromosome,start,end,totalCopyNumber,minorCopyNumber",
                "t.tsv:1: the columns are those of no known segment table: "
                    + "chromosome,start,end,totalCopyNumber,minorCopyNumber. Separate the columns by tabs; the plain "
                    + "form has chromosome, start, end, totalCopyNumber, minorCopyNumber."
            ),
            (
                "chromosome start end gene depth log2 weight",
                "t.tsv:1: the columns are those of no known segment table: chromosome, start, end, gene, depth, log2, "
                    + "weight. These may be CNVkit's bins (.cnr); give its segments (.cns)."
            ),
            (
                "chr startpos endpos nMajor nMinor seg.mean",
                "t.tsv:1: the columns are those of 2 formats: ASCAT (nMajor, nMinor) and SEG (seg.mean). Take out the "
                    + "columns of the one that does not count."
            ),
            (
                "chromosome start end gene minCopyNumber maxCopyNumber",
                "t.tsv:1: the columns are those of no known segment table: chromosome, start, end, gene, "
                    + "minCopyNumber, maxCopyNumber. The first line must name the columns; the plain form has "
                    + "chromosome, start, end, totalCopyNumber, minorCopyNumber."
            ),
        ])
    func unknown(header: String, message: String) {
        let error = #expect(throws: InputError.self) {
            try SegmentTable(file: "t.tsv", text: header.replacing(" ", with: "\t") + "\n1\t2\t3\n")
        }
        #expect(error?.description == message)
    }

    @Test("only tables that are nearly segments look like them")
    func looks() {
        func looks(_ header: String) -> Bool {
            SegmentFormat.looksLikeSegments(columns: header.split(separator: " ").map(String.init))
        }
        #expect(looks("chrom start end tcn.em"))
        #expect(looks("a nMajor nMinor"))
        #expect(!looks("Hugo_Symbol Chromosome Start_Position End_Position"))
        #expect(!looks("#CHROM POS ID REF ALT QUAL FILTER INFO"))
        #expect(!looks("chrom start end gene"))
    }
}
