import Foundation
import Genome
import Reports
import TestSupport
import Testing
import Variants

@Suite("Copy-number plots")
struct CopyNumberPlotTests {
    private static func segment(
        _ contig: String, _ range: Range<Int>, _ total: Double?, _ minor: Double?
    ) -> CopyNumberSegment {
        CopyNumberSegment(
            interval: GenomicInterval(contig: Contig(contig), zeroBased: range), total: total, minor: minor,
            lineNumber: 7)
    }

    private static func picture(_ segments: [CopyNumberSegment], isFemale: Bool = false) throws -> SVGReader {
        try SVGReader(
            try CopyNumberPlot(
                sample: "T<1>", segments: segments, assembly: .grch38, isFemale: isFemale, file: "s.tsv"
            ).svg)
    }

    private static let whole = [segment("1", 0..<248_956_422, 2, 1)]

    @Test("chromosomes have their true relative lengths, with a centromere each")
    func chromosomes() throws {
        let picture = try Self.picture(Self.whole)
        let edges = picture.all("chromosome").map { $0.number("x1") }
        #expect(edges.count == 25 && picture.all("centromere").count == 24)
        let lengths = Assembly.grch38.chromosomeLengths
        let unit = (edges[24] - edges[0]) / Double(lengths.reduce(0, +))
        for (number, length) in lengths.enumerated() {
            #expect(abs(edges[number + 1] - edges[number] - Double(length) * unit) < 0.02)
            let middle = picture.all("centromere")[number].number("x1")
            #expect(edges[number] < middle && middle < edges[number + 1])
        }
        let total = try #require(picture.all("total").first)
        #expect(
            abs(total.number("x") - edges[0]) < 0.01
                && abs(total.number("width") - edges[1] + edges[0]) < 0.02)
        #expect(total.title == "1:1-248956422 total 2 minor 1")
    }

    @Test(
        "copy numbers stand at their height; noise below zero is drawn at zero, what is above the end is marked"
    )
    func heights() throws {
        let picture = try Self.picture([
            Self.segment("1", 0..<200_000_000, 4, 1), Self.segment("2", 0..<200_000_000, -0.01, 0),
            Self.segment("3", 0..<1000, 40, 15), Self.segment("4", 0..<50_000_000, 2, nil),
        ])
        func middle(_ element: SVGReader.Element) -> Double {
            element.number("y") + element.number("height") / 2
        }
        let total = picture.all("total"), minor = picture.all("minor")
        #expect(total.count == 4 && minor.count == 3)
        let (top, bottom) = (middle(total[0]), middle(total[1]))
        #expect(abs(middle(minor[0]) - (bottom - (bottom - top) / 4)) < 0.02)
        #expect(abs(middle(minor[1]) - bottom) < 0.02)
        #expect(abs(middle(total[3]) - (top + bottom) / 2) < 0.02)
        // The axis ends at 4, where 40 is drawn too.
        #expect(abs(middle(total[2]) - top) < 0.02 && abs(middle(minor[2]) - top) < 0.02)
        #expect(
            picture.all("clipped").map(\.title) == Array(repeating: "3:1-1000 total 40 minor 15", count: 2))
        #expect(total[2].number("width") == 0.5)
        #expect(picture.first("desc")?.text.contains("1 segments have no minor copy number.") == true)
    }

    @Test(
        "an allele is lost below half a copy where half a copy is left; never on Y, on X of a woman alone",
        arguments: [
            ("1", 2.0, 0.49, false, true), ("1", 2, 0.5, false, false), ("1", 0.49, 0, false, false),
            ("1", 0.5, 0, false, true), ("X", 2, 0, false, false), ("X", 2, 0, true, true),
            ("Y", 1, 0, true, false),
        ])
    func losses(contig: String, total: Double, minor: Double, isFemale: Bool, isLost: Bool) throws {
        let segment = Self.segment(contig, 10_000_000..<20_000_000, total, minor)
        #expect(try Self.picture([segment], isFemale: isFemale).all("loh").count == (isLost ? 1 : 0))
    }

    @Test(
        "the stretches of COLO829 without a second allele are shaded, and no other",
        .enabled(if: TestData.isAvailable))
    func colo829() throws {
        let path = TestData.path("oncology/colo829_hartwig/tumor_sample.purple.cnv.somatic.tsv")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let table = try SegmentTable(file: path, text: text)
        let plot = try CopyNumberPlot(
            sample: "COLO829", segments: table.segments, assembly: .grch37, isFemale: false, file: path)
        let picture = try SVGReader(plot.svg)
        // By the columns of the text: the bases of autosomes in each place of the picture.
        var lost = 0
        var rows = text.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        let names = rows.removeFirst()
        let columns = try ["chromosome", "start", "end", "copyNumber", "minorAlleleCopyNumber"].map {
            try #require(names.firstIndex(of: $0))
        }
        let lengths = Assembly.grch37.chromosomeLengths
        let edges = picture.all("chromosome").map { $0.number("x1") }
        let unit = (edges[24] - edges[0]) / Double(lengths.reduce(0, +))
        let shades = picture.all("loh")
        for row in rows {
            let cells = columns.map { row[$0] }
            guard let number = Int(cells[0]), let start = Int(cells[1]), let end = Int(cells[2]),
                let total = Double(cells[3]), let minor = Double(cells[4])
            else { continue }
            let isLost = minor < 0.5 && total >= 0.5
            if isLost { lost += end - start + 1 }
            let middle = edges[number - 1] + Double(start + end) / 2 * unit
            guard Double(end - start) * unit > 0.1 else { continue }
            let isShaded = shades.contains {
                $0.number("x") <= middle && middle <= $0.number("x") + $0.number("width")
            }
            #expect(isShaded == isLost, "\(cells)")
        }
        let width = shades.reduce(0) { $0 + $1.number("width") }
        #expect(abs(width - Double(lost) * unit) < 0.2)
        #expect(shades.contains { $0.title == "5:1-180915260 loss of heterozygosity" })
        #expect(picture.all("total").count == rows.count && plot.otherContigs == 0)
        let again = try CopyNumberPlot(
            sample: "COLO829", segments: table.segments.reversed(), assembly: .grch37, isFemale: false,
            file: path)
        #expect(again.svg == plot.svg)
    }

    @Test("the sample's name is escaped; up to 100 segments are listed as text")
    func text() throws {
        let picture = try Self.picture(Self.whole)
        #expect(picture.first("svg")?.title == "T<1>: copy numbers, GRCh38")
        #expect(picture.first("desc")?.text.hasSuffix("\n1:1-248956422 total 2 minor 1") == true)
        let many = try Self.picture((0...100).map { Self.segment("1", $0 * 1000..<$0 * 1000 + 1000, 2, 1) })
        #expect(many.first("desc")?.text.contains("101 segments") == true)
        #expect(many.first("desc")?.text.contains("1:1-1000") == false)
    }

    @Test(
        "faults name the file, what is there and what was expected",
        arguments: [
            (segment("chrUn", 0..<10, 2, 1), "no segment lies on chromosomes"),
            (segment("1", 0..<10, nil, nil), "no segment has a total copy number"),
            (segment("21", 0..<48_129_895, 2, 1), "chromosome 21 of GRCh38 has 46709983 bases"),
            (segment("1", 0..<10, .infinity, 1), "a copy number is inf"),
            (segment("1", 0..<10, 2, .nan), "a copy number is nan"),
        ])
    func errors(segment: CopyNumberSegment, message: String) {
        let error = #expect(throws: InputError.self) { try Self.picture([segment]) }
        #expect(
            error?.description.hasPrefix("s.tsv:") == true && error?.description.contains(message) == true)
    }
}
