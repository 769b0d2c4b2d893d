import Foundation
import Genome
import HTS
import TestSupport
import Testing
import Variants

/// The records of a text, or the message that ended the reading.
private func outcome(
    _ bytes: [UInt8], name: String = "a.vcf", decoder: VariantReader.Decoder = .scanner
) throws -> (records: [VCFRecord], error: String) {
    let folder = try TemporaryFolder()
    let path = folder.path(name)
    try Data(bytes).write(to: URL(filePath: path))
    var records: [VCFRecord] = []
    do {
        let reader = try VariantReader(path: path, decoder: decoder)
        var record = VCFRecord()
        while try reader.next(into: &record) { records.append(record) }
        return (records, "")
    } catch {
        return (records, "\(error)".replacingOccurrences(of: folder.url.path + "/", with: ""))
    }
}

private func vcf(_ lines: String..., end: String = "\n") -> [UInt8] {
    let header = [
        "##fileformat=VCFv4.2", "##contig=<ID=1,length=1000>",
        "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">",
        "##INFO=<ID=TEXT,Number=1,Type=String,Description=\"Text\">",
    ]
    let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    return Array(((header + [columns] + lines).joined(separator: end) + end).utf8)
}

@Suite("Hostile input")
struct HostileInputTests {
    @Test("lines of ten megabytes are read, those beyond the limit are an error with their number")
    func longLines() throws {
        let long = String(repeating: "x", count: 10 << 20)
        let read = try outcome(
            vcf("1\t5\t.\tA\tC\t.\tPASS\tTEXT=\(long);DP=7", "1\t9\t.\tA\tC\t.\tPASS\tDP=8"))
        #expect(read.error == "" && read.records.count == 2)
        #expect(read.records.first?.info("DP") == "7")
        var tooLong = vcf("1\t5\t.\tA\tC\t.\tPASS\tDP=7")
        tooLong += "1\t9\t.\tA\tC\t.\tPASS\tTEXT=".utf8
        tooLong += [UInt8](repeating: 0x78, count: 65 << 20)
        let refused = try outcome(tooLong)
        #expect(refused.records.count == 1)
        #expect(refused.error == "a.vcf:7: the line is longer than 67108864 bytes. Is this a VCF?")
    }

    @Test("a small file that unpacks to an endless line takes no memory without bound")
    func bomb() throws {
        let folder = try TemporaryFolder()
        let plain = folder.path("a.vcf"), packed = folder.path("a.vcf.gz")
        try Data(vcf("1\t5\t.\tA\tC\t.\tPASS\tDP=7") + [UInt8](repeating: 0x41, count: 200 << 20)).write(
            to: URL(filePath: plain))
        let result = try Tools.run("/bin/sh", ["-c", "gzip -1 -c '\(plain)' > '\(packed)'"])
        #expect(result.status == 0)
        let size = try FileManager.default.attributesOfItem(atPath: packed)[.size] as? Int ?? 0
        #expect(size < 2 << 20)
        let read = try outcome([UInt8](Data(contentsOf: URL(filePath: packed))), name: "a.vcf.gz")
        #expect(read.error == "a.vcf.gz:7: the line is longer than 67108864 bytes. Is this a VCF?")
    }

    @Test(
        "a line beyond the limit is an error in a region too", .enabled(if: Tools.bcftools != nil))
    func bombInRegion() throws {
        let folder = try TemporaryFolder()
        let plain = folder.path("a.vcf"), packed = folder.path("a.vcf.gz")
        var text = vcf("1\t5\t.\tA\tC\t.\tPASS\tDP=7")
        text += "1\t9\t.\tA\tC\t.\tPASS\tTEXT=".utf8 + [UInt8](repeating: 0x41, count: 65 << 20) + [0x0A]
        try Data(text).write(to: URL(filePath: plain))
        #expect(try Tools.bcftools("view", "-Oz", "-o", packed, plain).status == 0)
        #expect(try Tools.bcftools("index", "-t", packed).status == 0)
        let region = GenomicInterval(contig: Contig("1"), zeroBased: 0..<100)
        let reader = try VariantReader(path: packed, regions: [region])
        var record = VCFRecord()
        #expect(try reader.next(into: &record))
        #expect {
            _ = try reader.next(into: &record)
        } throws: { error in
            (error as? InputError)?.description.hasSuffix(
                "a.vcf.gz: after 1:5: the line is longer than 67108864 bytes. Is this a VCF?") == true
        }
    }

    @Test("line ends of DOS, names in UTF-8 and a last line without end are read")
    func lineEnds() throws {
        let dos = try outcome(
            vcf("1\t5\trs1\tA\tC\t.\tPASS\tDP=7", "1\t9\t.\tA\tC\t.\tPASS\tDP=8", end: "\r\n"))
        #expect(dos.error == "" && dos.records.map { $0.info("DP") } == ["7", "8"])
        let names = try outcome(vcf("1\t5\tprøve-å\tA\tC\t.\tPASS\tTEXT=æøå"))
        #expect(names.records.first?.id == "prøve-å" && names.records.first?.info("TEXT") == "æøå")
        let cut = try outcome(vcf("1\t5\t.\tA\tC\t.\tPASS\tDP=7").dropLast())
        #expect(cut.records.first?.info("DP") == "7" && cut.error == "")
    }

    @Test("a byte order mark is no part of a table's first line")
    func tableMark() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a.bed")
        try Data([0xEF, 0xBB, 0xBF] + "chr7\t0\t5\r\n\u{FEFF}x\n".utf8).write(to: URL(filePath: path))
        let lines = try LineReader(path: path)
        #expect(try lines.next() == "chr7\t0\t5")
        #expect(try lines.next() == "\u{FEFF}x")
        var bytes: [UInt8] = []
        let again = try LineReader(path: path)
        #expect(try again.read(into: &bytes) && bytes == Array("chr7\t0\t5".utf8))
    }

    @Test("a byte order mark, and spaces for tabs, are told by name")
    func editors() throws {
        for mark in [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE]] as [[UInt8]] {
            let error = try outcome(mark + vcf()).error
            #expect(error.hasPrefix("a.vcf: the file begins with a byte order mark"), "\(error)")
        }
        let text = String(decoding: vcf("1\t5\t.\tA\tC\t.\tPASS\tDP=7"), as: UTF8.self)
        #expect(
            try outcome(Array(text.replacing("\t", with: " ").utf8)).error
                == "a.vcf:5: the columns of the #CHROM line are not separated by tabs. "
                + "Make the file again; an editor may have turned tabs into spaces.")
    }

    @Test("a NUL byte in a record or in the header is an error with its line")
    func nulBytes() throws {
        let record = try outcome(vcf("1\t5\t.\tA\tC\t.\tPASS\tDP=7", "1\t9\t.\tA\tC\t.\tPASS\tDP=\u{0}8"))
        #expect(record.records.count == 1)
        #expect(record.error.hasPrefix("a.vcf:7: the line has a NUL byte at byte 21"), "\(record.error)")
        var header = vcf("1\t5\t.\tA\tC\t.\tPASS\tDP=7")
        header[30] = 0
        #expect(
            try outcome(header).error
                == "a.vcf:2: the header has a NUL byte at byte 10, text was expected. Make the file again.")
    }

    @Test("a header line that would make memory grow without bound is refused by its number")
    func hostileIndex() throws {
        for field in [
            "IDX=2000000000", "IDX=99999999999999999999", "XIDX=5,IDX=2000000000",
            "a=\"\\\"\",IDX=2000000000", "a=b\"c,IDX=2000000000",
            "IDX=\(String(repeating: "0", count: 30))356613157", "IDX= 356613157", "IDX=+0356613157",
            "idx=356613157",
            "Idx  =356613157",
        ] {
            let text = String(decoding: vcf("1\t5\t.\tA\tC\t.\tPASS\tDP=7"), as: UTF8.self)
                .replacingOccurrences(of: "length=1000>", with: "length=1000,\(field)>")
            let read = try outcome(Array(text.utf8))
            #expect(read.records.isEmpty)
            #expect(read.error.hasPrefix("a.vcf:2: IDX="), "\(read.error)")
            #expect(
                read.error.hasSuffix("Take IDX out of the header lines; they are numbered by their order."))
        }
    }

    @Test(
        "GT of another type than String is refused by every decoder: htslib takes other numbers for alleles")
    func genotypeType() throws {
        for type in ["Integer", "Float"] {
            let text = """
                ##fileformat=VCFv4.2
                ##contig=<ID=1,length=1000>
                ##FORMAT=<ID=GT,Number=1,Type=\(type),Description="Genotype">
                #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS
                1\t5\t.\tA\tC,G\t.\tPASS\t.\tGT\t6

                """
            for decoder in VariantReader.Decoder.allCases {
                let read = try outcome(Array(text.utf8), decoder: decoder)
                #expect(
                    read.records.isEmpty
                        && read.error.hasPrefix(
                            "a.vcf: ##FORMAT GT is declared with another type than String"),
                    "\(read.error)")
            }
        }
    }

    @Test("records with columns behind the last sample are read, and counted in a warning")
    func longRecords() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "a.vcf", String(decoding: vcf("1\t5\t.\tA\tC\t.\tPASS\tDP=7\tGT\t0/1"), as: UTF8.self))
        let reader = try VariantReader(path: path)
        var record = VCFRecord()
        while try reader.next(into: &record) {}
        #expect(
            reader.warnings.contains(
                "1 record has more columns than the header, which has 8; those behind were not read"))
    }
}
