import Foundation
import Genome
import TestSupport
import Testing
import Variants

@Suite("BEDPE tables")
struct BEDPETests {
    static func rows(_ path: String) throws -> [[String]] {
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// The two places of a rearrangement in any order, its type and length.
    static func text(_ one: (String, String), _ other: (String, String), _ kind: String, _ length: String)
        -> String
    {
        ([one, other].map { "\($0.0):\($0.1)" }.sorted() + [kind, length]).joined(separator: " ")
    }

    /// The rearrangements of each sample in a published annotation.
    static func expected(_ name: String) throws -> [String: [String]] {
        let rows = try rows(TestData.path("oncology/sv_cnv_matrices/expected_\(name).SV32.annotated.tsv"))
        let kinds = [
            "deletion": "DEL", "tandem-duplication": "DUP", "inversion": "INV", "translocation": "TRA",
        ]
        return Dictionary(grouping: rows.dropFirst(), by: { $0[6] }).mapValues { rows in
            rows.map { row in
                let length = row[7] == "translocation" ? "" : row[9]
                return text((row[0], row[1]), (row[3], row[4]), kinds[row[7]] ?? "?", length)
            }.sorted()
        }
    }

    @Test(
        "every rearrangement has the type and length of the published annotation",
        .enabled(if: TestData.isAvailable),
        arguments: [("560-Breast", StrandConvention?.none, 29), ("PCAWG", .reads, 21)])
    func published(name: String, stated: StrandConvention?, files: Int) throws {
        let expected = try Self.expected(name)
        let folder = TestData.path("oncology/sv_cnv_matrices/\(name)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasSuffix(".bedpe")
        }
        #expect(names.count == files)
        for file in names {
            let text = String(
                decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(file)")), as: UTF8.self)
            let table = try BEDPETable(file: file, text: text, stated: stated)
            #expect(table.convention == .reads && table.calls.tally.unread.isEmpty)
            // The annotation leaves out what is nearer than a thousand bases.
            let found = table.calls.variants.filter { $0.span.map { $0 >= 1000 } ?? true }.map { variant in
                let ends = [variant.first, variant.second ?? variant.first].map {
                    ($0.contig.name, "\($0.position)")
                }
                return Self.text(
                    ends[0], ends[1], variant.kind.rawValue, variant.span.map(String.init) ?? "")
            }.sorted()
            let isSame = found == expected[table.samples.first ?? ""] ?? []
            #expect(isSame, "\(file)")
        }
    }

    static let head = "chrom1\tstart1\tend1\tchrom2\tstart2\tend2\tstrand1\tstrand2"

    static func table(_ lines: [String], stated: StrandConvention? = nil) throws -> BEDPETable {
        let text = lines.map { $0.replacing(" ", with: "\t") }.joined(separator: "\n")
        return try BEDPETable(file: "a.bedpe", text: text, stated: stated)
    }

    @Test(
        "a type column decides what the strands mean",
        arguments: [
            (["+ -", "- +", "+ +"], ["DEL", "DUP", "h2hINV"], StrandConvention.sides),
            (["+ +", "- -", "+ -"], ["deletion", "tandem-duplication", "inversion"], .reads),
        ])
    func types(strands: [String], types: [String], convention: StrandConvention) throws {
        let rows = zip(strands, types).map { "1 100 101 1 5000 5001 \($0) \($1)" }
        let table = try Self.table([Self.head + "\tsvclass"] + rows)
        #expect(table.convention == convention && table.calls.tally.otherTypes == 0)
        #expect(table.calls.variants.map(\.kind) == [.deletion, .duplication, .inversion])
        #expect(table.calls.variants[2].first.orientation == .plus)
    }

    @Test("without a type the strands are sides, unless BRASS wrote the table or somebody says so")
    func conventions() throws {
        let row = "1 100 101 1 5000 5001 + +"
        #expect(try Self.table([Self.head, row]).calls.variants[0].kind == .inversion)
        #expect(try Self.table([Self.head, row], stated: .reads).calls.variants[0].kind == .deletion)
        #expect(try Self.table([Self.head + "\tbrass_score", row + " 9"]).convention == .reads)
    }

    @Test("a table without column names is read in BEDPE's order, with Lumpy's type")
    func positional() throws {
        let table = try Self.table(["chr1 100 110 chr2 500 501 7 0 + - TYPE:INTERCHROM"])
        let variant = try #require(table.calls.variants.first)
        #expect(variant.key == "TRA 1:101+ 2:501-" && variant.ids == ["7"] && variant.isImprecise)
    }

    @Test("types alone tell the sides of deletions and duplications, not of inversions")
    func typesAlone() throws {
        let head = "chrom1\tstart1\tend1\tchrom2\tstart2\tend2\tsvtype"
        let table = try Self.table([head, "1 100 101 1 500 501 DEL", "1 100 101 1 500 501 INV"])
        #expect(table.calls.variants.map(\.kind) == [.deletion] && table.convention == nil)
        #expect(table.calls.tally.unread.map(\.obstacle) == [.noOrientation])
    }

    @Test("an empty filter passes where no row has PASS; all others but PASS do not, and are counted")
    func filters() throws {
        let head = Self.head + "\tFILTER"
        func calls(_ filters: [String], unfilteredIsPass: Bool = false) throws -> StructuralCalls {
            let rows = filters.map { "1 100 101 1 5000 5001 + - \($0)".replacing(" ", with: "\t") }
            return try BEDPETable(
                file: "a.bedpe", lines: ([head] + rows).map { Array($0.utf8) },
                unfilteredIsPass: unfilteredIsPass
            ).calls
        }
        let filters = ["PASS", ".", "LowQual", "LowQual;PASS", "a;b", "a;b"]
        let mixed = try calls(filters)
        #expect(mixed.variants.map(\.isPass) == [true, false, false, false, false, false])
        #expect(mixed.filtered == [".": 1, "LowQual": 2, "a;b": 2])
        #expect(mixed.tally.filterWarning?.hasPrefix("FILTER is PASS in 1 records and . in 1") == true)
        let said = try calls(filters, unfilteredIsPass: true)
        #expect(said.variants.map(\.isPass) == [true, true, false, false, false, false])
        let none = try calls([".", "NA", "", "LowQual"])
        #expect(none.variants.map(\.isPass) == [true, true, true, false] && none.tally.filterWarning == nil)
        let without = try Self.table([Self.head, "1 100 101 1 5000 5001 + -"]).calls
        #expect(without.variants.map(\.isPass) == [true] && without.filtered.isEmpty)
    }

    @Test("damaged rows are counted, a side that is not known is a single breakend")
    func damaged() throws {
        let table = try Self.table([
            Self.head, "1 x 101 1 500 501 + -", "1 100 101", "1 100 101 . -1 -1 + .",
            "1 99999999999 1 1 5 6 + -",
        ])
        #expect(
            table.calls.tally.unread.map(\.count) == [3]
                && table.calls.variants.map(\.kind) == [.single])
    }

    @Test(
        "a file that is none is refused",
        arguments: [
            ("a\tb\n1\t2\n", "the columns are those of no BEDPE table: a, b"), ("", "the table is empty"),
            ("chrom1\tstart1\tchrom2\tstart2\n", "the table has no strands and no types"),
        ])
    func refused(text: String, problem: String) {
        #expect {
            try BEDPETable(file: "a", text: text)
        } throws: { ($0 as? InputError)?.problem == problem }
    }
}
