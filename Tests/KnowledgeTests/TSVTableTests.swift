import Genome
import TestSupport
import Testing

@testable import Knowledge

@Suite("Tables")
struct TSVTableTests {
    static func table(_ text: String, required: [String] = []) throws -> TSVTable {
        try TSVTable(text: text, file: "t.tsv", required: required)
    }

    @Test("empty lines and notes are passed over, line numbers count them, line ends may be CR LF")
    func lines() throws {
        let table = try Self.table("# note\r\n\r\na\tb\r\n#x\ty\tz\n1\t\n\n\t2\n3\t4")
        #expect(table.columns == ["a", "b"])
        #expect(table.rows.map(\.line) == [5, 7, 8])
        #expect(table.rows.map { table.cell($0, "a") } == ["1", "", "3"])
        #expect(table.rows.map { table.cell($0, "b") } == ["", "2", "4"])
        #expect(table.rows.map { table.cell($0, "c") } == ["", "", ""])
    }

    @Test("items lose white space, also beyond ASCII, and empty ones are left out")
    func items() throws {
        let table = try Self.table("a\n x | y z||\u{A0}é\u{A0}|\u{2003}|\t".dropLast() + "\n")
        let row = try #require(table.rows.first)
        #expect(table.items(row, "a") == ["x", "y z", "é"])
    }

    @Test(
        "a fault is told with file and line",
        arguments: [
            ("", "t.tsv: the table is empty, a header line was expected."),
            ("a\ta\n", "t.tsv:1: column \"a\" stands twice."),
            ("a\tb\n", "t.tsv:1: column \"c\" is missing; there are a, b."),
            ("a\tc\n1\t2\n1\n", "t.tsv:3: 1 cells where the header has 2."),
            ("a\tc\n1\t2\n\n1\t2\t3", "t.tsv:4: 3 cells where the header has 2."),
        ])
    func faults(text: String, message: String) {
        let error = #expect(throws: InputError.self) { try Self.table(text, required: ["c"]) }
        #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
    }

    @Test("a table is the same as one split line by line", arguments: 0..<40)
    func splitting(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var text = "a\tb\tc\n"
        var expected: [[String]] = []
        for _ in 0..<Int.random(in: 0...30, using: &random) {
            let cells = (0..<3).map { _ in
                String(
                    (0..<Int.random(in: 0...20, using: &random)).map { _ in
                        "xyæ #| é".randomElement(using: &random) ?? "x"
                    })
            }
            let line = cells.joined(separator: "\t")
            text += line + (Bool.random(using: &random) ? "\n" : "\r\n")
            if !line.hasPrefix("#") { expected.append(cells) }
        }
        let table = try Self.table(text)
        let found = table.rows.map { row in table.columns.map { table.cell(row, $0) } }
        #expect(found == expected, "seed \(seed)")
    }
}

@Suite("Gene table")
struct GeneTableTests {
    static func table(_ rows: String) throws -> TSVTable {
        try TSVTable(
            text: GeneTable.columns.joined(separator: "\t") + "\n" + rows, file: "genes.tsv",
            required: GeneTable.columns)
    }

    @Test("a later row with a span wins on the same symbol; rows without a span are no genes")
    func rows() throws {
        let first = try Self.table(
            "A\tHGNC:1\tchr1\t10\t20\tT1\nB\tHGNC:2\t2\t\t\tT2\nA\tHGNC:3\t1\tx\t5\tT3\n")
        let second = try Self.table("B\tHGNC:4\tX\t7\t7\tT4\nC\tHGNC:5\t1\t9\t8\tT5\n")
        let genes = GeneTable([first, second])
        #expect(genes["A"]?.hgncId == "HGNC:1")
        #expect(genes["A"]?.interval == GenomicInterval(contig: Contig("1"), oneBased: 10...20))
        #expect(genes["B"]?.transcript == "T4")
        #expect(genes["C"] == nil && genes["D"] == nil && genes[""] == nil)
        #expect(genes.count == 2 && !genes.isEmpty)
        #expect(genes.filter { $0.value.interval.range.count == 1 }.keys.sorted() == ["B"])
        #expect(GeneTable()["A"] == nil && GeneTable().isEmpty)
    }

    @Test("it finds what a dictionary finds")
    func dictionary() throws {
        var random = SeededGenerator(seed: 7)
        var text = ""
        var expected: [String: Int] = [:]
        for _ in 0..<5000 {
            let symbol = "G\(Int.random(in: 0..<3000, using: &random))"
            let start = Int.random(in: -3...1000, using: &random)
            text += "\(symbol)\t\t1\t\(start)\t1000\t\n"
            if start >= 1 { expected[symbol] = start }
        }
        let genes = GeneTable([try Self.table(text)])
        #expect(genes.count == expected.count)
        for number in 0..<3000 {
            #expect(genes["G\(number)"]?.interval.range.lowerBound == expected["G\(number)"].map { $0 - 1 })
        }
    }
}
