import Biomarkers
import Genome
import Reports
import Testing

@Suite("Exposure plots")
struct ExposurePlotTests {
    private static func picture(_ text: String, sample: Int = 0) throws -> SVGReader {
        let plots = try ExposurePlot.plots(try LabeledMatrix(text: text, file: "e.tsv"), file: "e.tsv")
        return try SVGReader(plots[sample].svg)
    }

    @Test("bars by size, the first of equals first; their lengths are the exposures; zeros are counted")
    func bars() throws {
        let picture = try Self.picture("Signature\tT1\nS1\t10\nS2\t0\nS3\t40\nS4\t10.5\nS5\t10\n")
        let bars = picture.all("bar")
        #expect(
            bars.map(\.title) == [
                "S3: 40 (56.7 %)", "S4: 10.5 (14.9 %)", "S1: 10 (14.2 %)", "S5: 10 (14.2 %)",
            ])
        let unit = bars[0].number("width") / 40
        #expect(unit > 1)
        for (bar, value) in zip(bars, [40, 10.5, 10, 10]) {
            #expect(abs(bar.number("width") - value * unit) < 0.02)
        }
        for (bar, next) in zip(bars, bars.dropFirst()) {
            #expect(bar.number("y") + bar.number("height") < next.number("y"))
        }
        #expect(picture.first("svg")?.title == "T1: exposures of signatures, total 70.5")
        let text = try #require(picture.first("desc")).text
        #expect(
            text.contains("1 of 5 signatures contribute nothing.") && text.contains("\nS4: 10.5 (14.9 %)"))
        #expect(picture.all("interval").isEmpty)
    }

    @Test(
        "intervals are lines at their places, whatever the columns are called",
        arguments: [
            "exposure\tlower\tupper", "lower\texposure\tupper", "T1\tT1_lower\tT1_upper",
            "T1.lower\tT1.upper\tT1",
        ])
    func intervals(header: String) throws {
        let values = header.split(separator: "\t").map {
            $0.hasSuffix("lower") ? "5" : $0.hasSuffix("upper") ? "80" : "20"
        }
        let picture = try Self.picture(
            "Signature\t\(header)\nS1\t\(values.joined(separator: "\t"))\nS2\t0\t0\t0\n")
        let bar = try #require(picture.all("bar").first), line = try #require(picture.all("interval").first)
        #expect(picture.all("bar").count == 1 && picture.all("cap").count == 2)
        let unit = bar.number("width") / 20
        #expect(abs(line.number("x1") - bar.number("x") - 5 * unit) < 0.02)
        #expect(abs(line.number("x2") - bar.number("x") - 80 * unit) < 0.02)
        #expect(bar.title == "S1: 20 (100 %), 5 to 80")
        #expect(line.number("x2") < (picture.first("svg")?.number("width") ?? 0))
    }

    @Test("a table with samples in rows is read the other way round")
    func transposed() throws {
        let picture = try Self.picture("Samples\tS1\tS2\nP1\t3\t4\nP2\t5\t0\n", sample: 1)
        #expect(picture.all("bar").map(\.title) == ["S1: 5 (100 %)"])
        #expect(picture.first("svg")?.title.hasPrefix("P2: ") == true)
    }

    @Test("a sample to which nothing contributes says so; long and odd names stay within the picture")
    func extremes() throws {
        let nothing = try Self.picture("Signature\tT1\nS1\t0\n")
        #expect(
            nothing.all("bar").isEmpty && nothing.first("desc")?.text.contains("1 of 1 signatures") == true)
        let name = String(repeating: "<&\">", count: 60)
        let long = try Self.picture("Signature\t\(name)\n\(name)\t5\n")
        #expect(long.all("bar").map(\.title) == ["\(name): 5 (100 %)"])
        let texts = long.elements.filter { $0.tag == "text" && $0.text.contains("…") }.map(\.text)
        #expect(texts.count == 2 && texts[0].hasSuffix("…: exposures of signatures, total 5"))
        let many = try Self.picture("Signature\tT1\n" + (1...101).map { "S\($0)\t\($0)\n" }.joined())
        #expect(many.all("bar").count == 101 && many.first("desc")?.text.contains("S7") == false)
    }

    @Test(
        "faults name the file, what is there and what was expected",
        arguments: [
            ("Signature\tT1\tlower\nS1\t1\t1\n", "the other is not"),
            ("Signature\tT1\tT2\tlower\tupper\nS1\t1\t1\t1\t1\n", "beside 2 others"),
            ("Signature\tlower\tupper\nS1\t1\t1\n", "beside 0 others"),
            ("Signature\tT1\tlower\tupper\nS1\t1\t3\t2\n", "S1: lower 3.0 is above upper 2.0"),
            ("Signature\tT1\nS1\t2e15\n", "S1: T1 is 2000000000000000.0, a number from 0 to 10^15"),
            (
                "Type\tT1\n" + MutationTypes.dbs78.names.map { "\($0)\t1\n" }.joined(),
                "the mutation types of DBS78, signatures were expected"
            ),
        ])
    func errors(text: String, message: String) throws {
        let table = try LabeledMatrix(text: text, file: "e.tsv")
        let error = #expect(throws: InputError.self) { try ExposurePlot.plots(table, file: "e.tsv") }
        #expect(
            error?.description.hasPrefix("e.tsv: ") == true && error?.description.contains(message) == true)
    }
}
