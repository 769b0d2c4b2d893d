import Foundation
import TestSupport
import Testing

@Suite("Doctor and the VCF specification")
struct SpecificationTests {
    struct Diagnosis: Decodable {
        struct Problem: Decodable {
            var severity: String
            var place: String
            var problem: String
            var remedy: String
            var rule: String?
        }
        var problems: [Problem]
        var records: Int
        var usable: Bool

        func places(of rule: String) -> [String] { problems.filter { $0.rule == rule }.map(\.place) }
    }

    static func doctor(_ path: String) throws -> (diagnosis: Diagnosis, status: Int32) {
        let result = try Program.run(["doctor", "--format", "json", path])
        #expect(result.errors.isEmpty, "\(result.errors)")
        return (try JSONDecoder().decode(Diagnosis.self, from: Data(result.output.utf8)), result.status)
    }

    private static func files(_ folder: String) throws -> [String] {
        let path = TestData.path(folder)
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.filter { name in [".vcf", ".vcf.gz", ".bcf"].contains { name.hasSuffix($0) } }.sorted()
            .map { "\(path)/\($0)" }
    }

    // MARK: The conformance set of the specification's authors

    @Test(
        "files that the specification's authors call valid are usable and without errors",
        .enabled(if: TestData.isAvailable))
    func valid() throws {
        let files = try Self.files("annotation/hts-specs/vcf/4.2/passed")
        #expect(files.count >= 25)
        for file in files {
            let (diagnosis, status) = try Self.doctor(file)
            #expect(status == 0 && diagnosis.usable, "\(file): \(diagnosis.problems)")
            #expect(!diagnosis.problems.contains { $0.severity == "error" }, "\(file): \(diagnosis.problems)")
        }
    }

    @Test(
        "files that they call invalid are named by the rule and the line", .enabled(if: TestData.isAvailable))
    func invalid() throws {
        let table = try String(
            contentsOf: TestData.package.appending(
                path: "Tests/EndToEndTests/Cases/specification/failed.tsv"),
            encoding: .utf8
        ).split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
        #expect(table.count == 64)
        let folder = "annotation/hts-specs/vcf/4.2/failed"
        let inTable = Set(table.map { $0[0] })
        let unlisted = try Self.files(folder).filter {
            !inTable.contains(URL(filePath: $0).lastPathComponent)
        }
        #expect(unlisted.isEmpty, "judge these and add them to the table: \(unlisted)")
        for row in table {
            let (diagnosis, status) = try Self.doctor(TestData.path("\(folder)/\(row[0])"))
            let found = diagnosis.problems.first { $0.rule == row[1] }
            #expect(found?.place == "line \(row[2])", "\(row[0]): \(diagnosis.problems)")
            #expect(found?.severity == row[3], "\(row[0]): \(diagnosis.problems)")
            #expect(found?.problem.hasPrefix("[\(row[1])] ") == true)
            if row[3] == "error" { #expect(status == 65 && !diagnosis.usable, "\(row[0])") }
        }
    }

    @Test("callers' own files stay usable", .enabled(if: TestData.isAvailable))
    func callers() throws {
        // What htslib refuses as well, or reads only by losing a value.
        let refused = [
            "21brca/", "ICAMS_Strelka.SBS.GRCh37.s1.vcf.gz", "Strelka.ID.GRCh37.s1.vcf",
            "PD10010_snv_indel.vcf.gz",
            "PD3905_snv_indel.vcf.gz",
        ]
        let files = try Self.files("oncology")
        #expect(files.count > 40)
        for file in files where !refused.contains(where: file.contains) {
            let (diagnosis, status) = try Self.doctor(file)
            #expect(
                status == 0 && diagnosis.usable,
                "\(file): \(diagnosis.problems.filter { $0.severity == "error" })")
        }
    }

    @Test("every other file is examined to an end", .enabled(if: TestData.isAvailable))
    func others() throws {
        for file in try Self.files("annotation") where !file.contains("hts-specs/vcf") {
            let (diagnosis, status) = try Self.doctor(file)
            #expect([0, 65].contains(status) && diagnosis.usable == (status == 0), "\(file)")
        }
    }

    // MARK: Files that are odd

    private static let top =
        "##fileformat=VCFv4.2\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"

    @Test(
        "an odd file ends with the code and the rule",
        arguments: [
            ("", 65, nil),
            ("\n", 65, nil),
            ("##fileformat=VCFv4.2\n", 65, "HEADER.MISSING"),
            (top, 0, nil),
            (top.replacingOccurrences(of: "\n", with: "\r\n") + "1\t1\t.\tA\tC\t.\t.\t.\r\n", 0, nil),
            (top + "1\t1\t.\tA\tC\t.\t.\t.", 0, "FILE.LAST_LINE_END"),
            (
                top.replacingOccurrences(of: "4.2", with: "4.3") + "1\t1\t.\tA\tC\t.\t.\t.", 65,
                "FILE.LAST_LINE_END"
            ),
            (top + "1\t1\t\u{0}\tA\tC\t.\t.\t.\n", 65, "FILE.CONTROL_CHARACTER"),
            ("##source=x\n" + top, 65, "FILEFORMAT.FIRST"),
            ("\u{FEFF}" + top, 65, "FILE.BYTE_ORDER_MARK"),
            (top + "1\t1\t.\tA\tC\t.\t.\tTEXT=søster\n", 0, "INFO.UNDECLARED"),
            (top + "1 1 . A C . . .\n", 65, "RECORD.COLUMNS"),
        ] as [(String, Int32, String?)])
    func odd(text: String, status: Int32, rule: String?) throws {
        let folder = try Folder()
        let (diagnosis, code) = try Self.doctor(try folder.write(text, to: "odd.vcf"))
        #expect(code == status, "\(diagnosis.problems)")
        #expect(diagnosis.usable == (status == 0))
        if let rule { #expect(diagnosis.problems.contains { $0.rule == rule }, "\(diagnosis.problems)") }
    }

    @Test("a line of ten megabytes is judged like any other")
    func longLine() throws {
        let folder = try Folder()
        let bases = String(repeating: "A", count: 10_000_000)
        let good = try Self.doctor(
            try folder.write(Self.top + "1\t1\t.\t\(bases)\tA\t.\t.\t.\n", to: "good.vcf"))
        #expect(good.status == 0, "\(good.diagnosis.problems.map(\.rule))")
        let bad = try Self.doctor(
            try folder.write(
                Self.top + "1\t1\t.\tA\tC\t.\t.\t\(bases.replacingOccurrences(of: "A", with: ";"))\n",
                to: "bad.vcf"))
        #expect(bad.diagnosis.places(of: "INFO.SYNTAX") == ["line 4"])
        #expect(bad.diagnosis.problems.allSatisfy { $0.problem.utf8.count < 1000 })
    }

    @Test("compressed text is read as it stands")
    func packed() throws {
        let folder = try Folder()
        let plain = try folder.write(Self.top + "1\t5\t.\tA\tC\t-1\t.\t.\n", to: "a.vcf")
        let gzip = try #require(Tools.find("gzip"))
        #expect(try Tools.run(gzip, [plain]).status == 0)
        #expect(try Self.doctor(plain + ".gz").diagnosis.places(of: "QUAL.NEGATIVE") == ["line 4"])
    }

    @Test("a BCF's records are named by their number", .enabled(if: Tools.bcftools != nil))
    func binary() throws {
        let folder = try Folder()
        let plain = try folder.write(Self.top + "1\t5\t.\tA\tC\t-1\t.\t.\n", to: "a.vcf")
        #expect(try Tools.bcftools("view", "-Ob", "-o", folder.file("a.bcf"), plain).status == 0)
        let (diagnosis, status) = try Self.doctor(folder.file("a.bcf"))
        #expect(diagnosis.places(of: "QUAL.NEGATIVE") == ["record 1"])
        #expect(status == 65)
    }

    @Test("standard input is read once, without the rules")
    func standardInput() throws {
        let folder = try Folder()
        let plain = try folder.write(Self.top + "1\t5\t.\tA\tC\t.\t.\t.\n", to: "a.vcf")
        let result = try Program.run(["doctor", "-"], input: plain)
        #expect(result.status == 0, "\(result.errors)")
        #expect(!result.output.contains("["))
    }
}
