import Biomarkers
import Foundation
import Genome
import Reports
import TestSupport
import Testing

@Suite("Spectrum plots")
struct SpectrumPlotTests {
    /// A catalogue whose rows stand in reverse order and whose counts are 0, 1, 2, … by name.
    private static func table(_ types: MutationTypes, sample: String = "T1") -> LabeledMatrix {
        LabeledMatrix(
            corner: "MutationType", rows: types.names.reversed(), columns: [sample],
            values: [types.names.indices.reversed().map(Double.init)])
    }

    private static func picture(_ table: LabeledMatrix) throws -> SVGReader {
        try SVGReader(try #require(try SpectrumPlot.plots(table, file: "m.tsv").first).svg)
    }

    @Test("a bar a type, as high as its count, joined by name", arguments: SpectrumPlot.drawn)
    func bars(types: MutationTypes) throws {
        let picture = try Self.picture(Self.table(types))
        let bars = picture.all("bar")
        #expect(bars.count == types.names.count)
        var seen: [String: Double] = [:]
        for bar in bars {
            let cells = bar.title.components(separatedBy: ": ")
            #expect(cells.count == 2)
            seen[cells[0]] = Double(cells[1])
        }
        #expect(
            seen == Dictionary(uniqueKeysWithValues: zip(types.names, types.names.indices.map(Double.init))))
        let highest = try #require(
            bars.first { seen[$0.title.components(separatedBy: ": ")[0]] == Double(bars.count - 1) })
        let unit = highest.number("height") / Double(bars.count - 1)
        #expect(unit > 1)
        for bar in bars {
            let count = seen[bar.title.components(separatedBy: ": ")[0]] ?? -1
            #expect(abs(bar.number("height") - count * unit) < 0.02, "\(bar.title)")
            // All stand on one line.
            #expect(
                abs(bar.number("y") + bar.number("height") - highest.number("y") - highest.number("height"))
                    < 0.02)
        }
        // From left to right without overlap, within the picture.
        for (bar, next) in zip(bars, bars.dropFirst()) {
            #expect(bar.number("x") + bar.number("width") < next.number("x"))
        }
        let root = try #require(picture.first("svg"))
        #expect(root.attributes["role"] == "img" && root.title.contains(types.rawValue))
        #expect(
            bars.allSatisfy {
                $0.number("x") > 0 && $0.number("x") < root.number("width") && $0.number("y") > 0
            })
        let total = types.names.indices.reduce(0, +)
        #expect(root.title.replacing(",", with: "").hasSuffix("total \(total)"))
        let lines = Set(try #require(picture.first("desc")).text.split(separator: "\n").map(String.init))
        #expect(zip(types.names, types.names.indices).allSatisfy { lines.contains("\($0) \($1)") })
    }

    @Test(
        "colors of the groups are those that the field uses",
        arguments: [
            (MutationTypes.sbs96, "A[C>A]A", "#03BDEE"), (.sbs96, "T[C>G]T", "#010101"),
            (.sbs96, "G[C>T]C", "#E42926"),
            (.sbs96, "A[T>A]A", "#CAC9C9"), (.sbs96, "C[T>C]G", "#A1CE63"), (.sbs96, "T[T>G]T", "#ECC7C5"),
            (.dbs78, "AC>CA", "#03BDEF"), (.dbs78, "CC>TT", "#A2CF63"), (.dbs78, "TT>GG", "#4C0199"),
            (.id83, "1:Del:C:0", "#FDBE6F"), (.id83, "1:Ins:T:5", "#36A12E"), (.id83, "5:Del:R:0", "#BC191A"),
            (.id83, "2:Ins:R:3", "#D0E1F2"), (.id83, "2:Del:M:1", "#E2E2EF"), (.id83, "5:Del:M:5", "#62409B"),
            (.sv32, "clustered_del_>10Mb", "#FF1493"), (.sv32, "non-clustered_tds_1-10Kb", "#FAF0E6"),
            (.sv32, "non-clustered_inv_1Mb-10Mb", "#8A2BE2"), (.sv32, "clustered_trans", "#696969"),
            (.cnv48, "0:homdel:>1Mb", "#0000CD"), (.cnv48, "1:LOH:>40Mb", "#545454"),
            (.cnv48, "2:LOH:100kb-1Mb", "#C0E2C3"), (.cnv48, "2:het:100kb-1Mb", "#C0E2C3"),
            (.cnv48, "9+:het:>40Mb", "#8B0A50"),
        ])
    func colors(types: MutationTypes, name: String, color: String) throws {
        let bars = try Self.picture(Self.table(types)).all("bar").filter { $0.title.hasPrefix("\(name): ") }
        #expect(bars.map { $0.attributes["fill"] } == [color])
    }

    @Test(
        "groups have their headers, as wide as their bars",
        arguments: zip(SpectrumPlot.drawn, [6, 10, 16, 8, 10]))
    func groups(types: MutationTypes, count: Int) throws {
        let picture = try Self.picture(Self.table(types))
        let groups = picture.all("group")
        #expect(groups.count == count)
        for bar in picture.all("bar") {
            let middle = bar.number("x") + bar.number("width") / 2
            #expect(
                groups.count { $0.number("x") < middle && middle < $0.number("x") + $0.number("width") } == 1)
        }
    }

    @Test("signs of XML in a sample's name are escaped, what XML has no character for is replaced")
    func escaping() throws {
        let name = "<script>&\"x\"'\u{1}æ"
        let picture = try Self.picture(Self.table(.sbs96, sample: name))
        let shown = name.replacing("\u{1}", with: "\u{FFFD}")
        #expect(picture.first("svg")?.title.hasPrefix(shown) == true)
        #expect(picture.elements.contains { $0.tag == "text" && $0.text.hasPrefix(shown) })
        #expect(!picture.elements.contains { $0.tag == "script" })
    }

    @Test("the same table gives the same bytes; no font, script or picture is fetched")
    func bytes() throws {
        let first = try SpectrumPlot.plots(Self.table(.id83), file: "a").map(\.svg)
        #expect(try SpectrumPlot.plots(Self.table(.id83), file: "b").map(\.svg) == first)
        let svg = try #require(first.first).replacing("http://www.w3.org/2000/svg", with: "")
        #expect(!svg.contains("http") && !svg.contains("href") && !svg.contains("url("))
    }

    @Test("a sample without mutations and one with parts of mutations can be drawn")
    func extremes() throws {
        let names = MutationTypes.sbs96.names
        func picture(_ value: Double) throws -> SVGReader {
            try Self.picture(
                LabeledMatrix(corner: "", rows: names, columns: ["T"], values: [names.map { _ in value }]))
        }
        #expect(try picture(0).all("bar").allSatisfy { $0.number("height") == 0 })
        #expect(try picture(0).first("svg")?.title.hasSuffix("total 0") == true)
        let parts = try picture(0.000123456)
        #expect(parts.all("bar").allSatisfy { $0.title.hasSuffix(": 0.000123") && $0.number("height") > 100 })
        #expect(try picture(1e15).all("bar").allSatisfy { $0.number("height") > 100 })
        #expect(try picture(.leastNonzeroMagnitude).all("bar").allSatisfy { $0.number("height") == 0 })
    }

    @Test(
        "the reader of these tests finds what is wrong in a file",
        arguments: [
            "<svg><g></svg></g>", "<svg><g></svg>", "<svg/><svg/>", "<svg a=\"1\" a=\"2\"/>", "<svg a=1/>",
            "<svg>&x;</svg>", "<svg>a & b</svg>", "</svg>", "", "text",
        ])
    func reader(text: String) {
        #expect(throws: SVGReader.Fault.self) {
            try SVGReader("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text)
        }
    }

    private static let faults: [(LabeledMatrix, String)] = {
        let names = MutationTypes.dbs78.names, ones = names.map { _ in 1.0 }
        func table(_ rows: [String], _ values: [Double]) -> LabeledMatrix {
            LabeledMatrix(corner: "MutationType", rows: rows, columns: ["T1"], values: [values])
        }
        return [
            (table(["a", "b"], [1, 2]), "the 2 rows, \"a\" the first, are the types of no known catalogue"),
            (
                table(Array(names.dropFirst()), Array(ones.dropFirst())),
                "1 rows of DBS78 are missing, \"AC>CA\" the first"
            ),
            (table(names + ["XX>YY"], ones + [1]), "1 rows are none of DBS78, \"XX>YY\" the first"),
            (table(names, [-1] + ones.dropFirst()), "AC>CA: T1 is -1.0"),
            (table(names, [.nan] + ones.dropFirst()), "AC>CA: T1 is nan"),
            (table(names, [.infinity] + ones.dropFirst()), "AC>CA: T1 is inf"),
            (table([], []), "the table is empty"),
            (LabeledMatrix(corner: "", rows: names, columns: [], values: []), "the table is empty"),
        ]
    }()

    @Test("faults name the file, what is there and what was expected", arguments: faults.indices)
    func errors(place: Int) {
        let (table, message) = Self.faults[place]
        let error = #expect(throws: InputError.self) { try SpectrumPlot.plots(table, file: "m.tsv") }
        #expect(
            error?.description.hasPrefix("m.tsv: ") == true && error?.description.contains(message) == true)
        #expect(error?.remedy.isEmpty == false)
    }

    @Test(
        "published catalogues are drawn whole, count by count",
        .enabled(if: TestData.isAvailable),
        arguments: [
            ("signatures/21brca/21BRCA.SBS96.tsv", MutationTypes.sbs96),
            ("signatures/21brca/21BRCA.DBS78.tsv", .dbs78),
            ("signatures/textinput/Samples_ID.tsv", .id83), ("signatures/textinput/Samples_SV.tsv", .sv32),
            ("signatures/textinput/Samples_CNV.tsv", .cnv48),
        ])
    func published(file: String, types: MutationTypes) throws {
        let text = try String(contentsOfFile: TestData.path("oncology/" + file), encoding: .utf8)
        let table = try LabeledMatrix(text: text, file: file)
        let plots = try SpectrumPlot.plots(table, file: file)
        #expect(plots.map(\.sample) == table.columns)
        for (plot, column) in zip(plots, table.values) {
            let picture = try SVGReader(plot.svg)
            #expect(plot.types == types)
            let titles = Set(picture.all("bar").map(\.title))
            #expect(zip(table.rows, column).allSatisfy { titles.contains("\($0): \(Int($1))") })
        }
    }
}
