import Foundation
import Genome
import HTS
import TestSupport
import Testing
import Variants

@Suite("Reading and writing calls")
struct VariantReaderTests {
    static func rows(_ path: String, regions: [GenomicInterval] = []) throws -> [String] {
        let reader = try VariantReader(path: path, regions: regions)
        var record = VCFRecord()
        var rows: [String] = []
        while try reader.next(into: &record) {
            rows.append(
                "\(record.contigName)\t\(record.position + 1)\t\(record.reference)\t\(record.text(record.column(4)))"
            )
        }
        return rows
    }

    static func error(_ path: String, regions: [GenomicInterval] = []) -> InputError? {
        do {
            _ = try rows(path, regions: regions)
            return nil
        } catch { return error as? InputError }
    }

    private static let text = """
        ##fileformat=VCFv4.2
        ##contig=<ID=1,length=249250621>
        ##contig=<ID=2,length=243199373>
        ##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
        1\t100\t.\tA\tT\t.\tPASS\tDP=3
        1\t300\t.\tAC\tA\t.\tPASS\tDP=4;XX=1
        1\t400\t.\tG\tC\t.\tq10\tXX=2;DB
        2\t50\t.\tG\tC,T\t.\t.\tDP=9
        3\t7\t.\tT\tA\t.\tPASS\t.

        """

    /// A compressed and indexed copy of the text.
    static func compressed(_ folder: Scratch) throws -> String {
        let path = folder.file("calls.vcf.gz")
        let lines = text.split(separator: "\n").map(String.init)
        let writer = try VariantWriter(
            path: path, format: .vcfGzip,
            headerText: lines.filter { $0.hasPrefix("#") }.joined(separator: "\n"))
        for line in lines where !line.hasPrefix("#") { try writer.write(line: line.utf8) }
        try writer.close(makesIndex: true)
        return path
    }

    @Test("undeclared contigs, tags and filters are warnings, counted once each")
    func gaps() throws {
        let folder = try Scratch()
        let reader = try VariantReader(path: try folder.write(Self.text, to: "a.vcf"))
        var record = VCFRecord()
        while try reader.next(into: &record) {}
        #expect(
            reader.warnings == [
                "contig 3 is not declared in the header (1 record)",
                "FILTER tag q10 is not declared in the header (1 record)",
                "INFO tag DB is not declared in the header (1 record)",
                "INFO tag XX is not declared in the header (2 records)",
            ])
        #expect(
            reader.missingHeaderLines.contains(
                "##INFO=<ID=DB,Number=0,Type=Flag,Description=\"Not declared in the input\">"))
    }

    @Test("regions give the records that overlap, each once, by either name of the contig")
    func regions() throws {
        let folder = try Scratch()
        let path = try Self.compressed(folder)
        let wanted = [
            GenomicInterval(contig: Contig("chr1"), oneBased: 90...301),
            GenomicInterval(contig: Contig("1"), oneBased: 300...350),
            GenomicInterval(contig: Contig("2"), oneBased: 50...50),
        ]
        #expect(try Self.rows(path, regions: wanted) == ["1\t100\tA\tT", "1\t300\tAC\tA", "2\t50\tG\tC,T"])
        // Two regions that one deletion spans.
        let both = [301...301, 302...302].map { GenomicInterval(contig: Contig("1"), oneBased: $0) }
        #expect(try Self.rows(path, regions: [both[0]]) == ["1\t300\tAC\tA"])
        #expect(
            try Self.rows(
                path,
                regions: [
                    GenomicInterval(contig: Contig("1"), oneBased: 300...300),
                    GenomicInterval(contig: Contig("1"), oneBased: 301...301),
                ]
            ).count == 1)
    }

    @Test("an index older than its file is not used, with a warning, and an error with regions")
    func staleIndex() throws {
        let folder = try Scratch()
        let path = try Self.compressed(folder)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path + ".tbi")
        let reader = try VariantReader(path: path)
        #expect(reader.warnings == ["the index is older than the file and was not used"])
        let failure = Self.error(path, regions: [GenomicInterval(contig: Contig("1"), oneBased: 1...2)])
        #expect(failure?.problem == "the index calls.vcf.gz.tbi is older than the file")
        #expect(failure?.remedy.contains("bcftools index -f") == true)
    }

    @Test("regions without an index are an error that says how to make one")
    func noIndex() throws {
        let folder = try Scratch()
        let path = try folder.write(Self.text, to: "a.vcf")
        let failure = Self.error(path, regions: [GenomicInterval(contig: Contig("1"), oneBased: 1...2)])
        #expect(failure?.exitCode == 65 && failure?.remedy.contains("bcftools index") == true)
    }

    @Test(
        "BCF gives the records of its VCF, through our writer and back",
        arguments: [VariantWriter.Format.bcf, .bcfUncompressed, .vcf, .vcfGzip])
    func formats(format: VariantWriter.Format) throws {
        let folder = try Scratch()
        let source = try Self.compressed(folder)
        let reader = try VariantReader(path: source)
        let path = folder.file("copy")
        var record = VCFRecord()
        while try reader.next(into: &record) {}
        let header = reader.headerText.replacing(
            "#CHROM", with: reader.missingHeaderLines.joined(separator: "\n") + "\n#CHROM")
        let writer = try VariantWriter(path: path, format: format, headerText: header)
        let again = try VariantReader(path: source)
        while try again.next(into: &record) { try writer.write(line: record.bytes) }
        try writer.close()
        #expect(try Self.rows(path) == (try Self.rows(source)))
    }

    @Test("a writer that is let go leaves nothing behind")
    func abandoned() throws {
        let folder = try Scratch()
        do {
            let writer = try VariantWriter(
                path: folder.file("x.vcf.gz"), format: .vcfGzip,
                headerText: "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
            try writer.write(line: "1\t1\t.\tA\tT\t.\t.\t.".utf8)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test("a file that is cut off or damaged ends with 65 and says so, at any length")
    func damaged() throws {
        let folder = try Scratch()
        let whole = try Data(contentsOf: URL(filePath: try Self.compressed(folder)))
        for length in [0, 1, 10, 30, 100, whole.count - 28, whole.count - 27, whole.count - 1] {
            let path = try folder.write(whole.prefix(length), to: "cut-\(length).vcf.gz")
            let failure = Self.error(path)
            #expect(
                failure?.exitCode == 65, "\(length) bytes: \(failure.map { $0.description } ?? "no error")")
        }
        let marker = Self.error(folder.file("cut-\(whole.count - 28).vcf.gz"))
        #expect(marker?.problem == "the file ends without the BGZF end marker; it is probably cut off")
        var flipped = whole
        flipped[whole.count / 2] ^= 0xFF
        #expect(Self.error(try folder.write(flipped, to: "flipped.vcf.gz"))?.exitCode == 65)
    }

    @Test(
        "lines that are no records are named with line and column",
        arguments: [
            ("1\tx\t.\tA\tT\t.\t.\t.", "POS is \"x\", a number was expected"),
            ("1\t5\t.\tA\tT", "5 columns, at least 8 were expected (are they separated by tabs?)"),
            ("1 5 . A T . . .", "1 columns, at least 8 were expected (are they separated by tabs?)"),
        ])
    func badLines(line: String, problem: String) throws {
        let folder = try Scratch()
        let header =
            "##fileformat=VCFv4.2\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\t1\t.\tA\tT\t.\t.\t.\n"
        let failure = Self.error(try folder.write(header + line + "\n", to: "bad.vcf"))
        #expect(failure?.problem == problem)
        #expect(failure?.place == .line(5))
    }

    @Test("a missing file or a folder ends with 66, an empty file or a table with 65")
    func noCalls() throws {
        let folder = try Scratch()
        #expect(Self.error(folder.file("none.vcf"))?.exitCode == 66)
        #expect(Self.error(folder.url.path)?.exitCode == 66)
        #expect(Self.error(try folder.write("", to: "empty.vcf"))?.problem == "the file is empty")
        let table = Self.error(try folder.write("gene\tvalue\nA\t1\n", to: "table.tsv"))
        #expect(table?.problem.contains("its first line has 2 columns") == true, "\(table?.problem ?? "")")
        #expect(
            Self.error(try folder.write("##fileformat=VCFv4.2\n1\t5\t.\tA\tT\t.\t.\t.\n", to: "nohead.vcf"))?
                .exitCode == 65)
    }

    @Test("bases come in upper case, cut to the contig, by any name of it")
    func fasta() throws {
        let folder = try Scratch()
        let path = try folder.write(">chr7 x\nACGTacgt\nNNAA\n>MT\nGATTACA\n", to: "a.fa")
        let fasta = try FastaReader(path: path)
        #expect(try fasta.bases(of: Contig("7"), in: 2..<6) == Array("GTAC".utf8))
        #expect(try fasta.bases(of: Contig("NC_000007.14"), in: 10..<20) == Array("AA".utf8))
        #expect(try fasta.bases(of: Contig("chrM"), in: 0..<3) == Array("GAT".utf8))
        #expect(try fasta.bases(of: Contig("8"), in: 0..<3) == nil)
        #expect(fasta.length(of: Contig("chr7")) == 12)
    }
}

/// A temporary folder that goes with the test.
final class Scratch {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "wgs-hts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func file(_ name: String) -> String { url.appending(path: name).path }

    func write(_ text: String, to name: String) throws -> String { try write(Data(text.utf8), to: name) }

    func write(_ data: Data, to name: String) throws -> String {
        try data.write(to: url.appending(path: name))
        return file(name)
    }
}
