import Foundation
import HTS
import TestSupport
import Testing
import Variants

private let head = """
    ##fileformat=VCFv4.2
    ##FILTER=<ID=PASS,Description="All filters passed",IDX=0>
    ##FILTER=<ID=q10,Description="Low",IDX=2>
    ##contig=<ID=1,length=1000,IDX=1>
    ##contig=<ID=2,IDX=4>
    ##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth",IDX=9>
    ##INFO=<ID=OLD,Number=.,Type=String,Description="Goes",IDX=5>
    ##INFO=<ID=DB,Number=0,Type=Flag,Description="Known",IDX=7>
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype",IDX=300>
    ##FORMAT=<ID=FT,Number=1,Type=String,Description="Filter",IDX=12>
    ##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Likelihoods",IDX=13>

    """
private let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\n"
private let declaration = "##INFO=<ID=NEW,Number=.,Type=String,Description=\"Comes\">\n"

/// Lengths on both sides of those at which BCF takes more bytes for them.
private let lengths = [1, 14, 15, 127, 128, 32767, 32768]

private let rows = [
    "1\t5\trs1\tA\tC,<DEL>\t30.5\tPASS\tDP=3;OLD=x,y;DB\tGT:FT:PL\t0|1:.:0,30,70000\t./.:q10:.",
    "2\t7\t.\tAC\t.\t.\tq10\tOLD=z\tGT\t0/0\t0",
    "1\t9\t.\tG\t*,C\t.\t.\t.\tGT:PL\t.:.\t2/1:1",
]

@Suite("Bytes of BCF records")
struct BinaryRecordTests {
    /// A BCF of the rows whose tags and contigs have numbers with gaps.
    private func binary(_ folder: TemporaryFolder, rows: [String] = rows, head: String = head) throws
        -> String
    {
        let path = folder.path("in.bcf")
        let writer = try VariantWriter(path: path, format: .bcf, headerText: head + columns)
        for row in rows { try writer.write(line: row.utf8) }
        try writer.close()
        return path
    }

    /// Copies records with `NEW` behind their INFO.
    private func copy(
        _ path: String, to target: String, header: (VariantReader) -> String, value: (Int) -> String
    ) throws -> [Bool] {
        let reader = try VariantReader(path: path)
        let writer = try VariantWriter(path: target, format: .bcfUncompressed, headerText: header(reader))
        if let numbers = writer.numbers {
            reader.keepBytes(
                for: numbers, fields: .chosen(info: ["DP"], format: ["FT"]), leavingOut: ["OLD"])
        }
        var record = VCFRecord()
        var kept: [Bool] = []
        while try reader.next(into: &record) {
            let fixed = (0..<7).map { record.text(record.column($0)) }.joined(separator: "\t")
            let text = value(kept.count)
            kept.append(!record.binary.isEmpty)
            if record.binary.isEmpty {
                try writer.write(line: record.bytes)
            } else {
                let line = Array("\(fixed)\t\(text.isEmpty ? "." : "NEW=\(text)")".utf8)
                try writer.write(fieldsOf: line.span, addedTo: record.binary.span)
            }
        }
        try writer.close()
        return kept
    }

    private func numbered(_ reader: VariantReader) -> String {
        reader.numberedHeaderText.replacing("#CHROM", with: declaration + "#CHROM")
    }

    @Test(
        "a field is added behind the others, and one left out, with numbers that have gaps",
        arguments: lengths)
    func added(length: Int) throws {
        let folder = try TemporaryFolder()
        let target = folder.path("out.bcf")
        let value = String(repeating: "v", count: length)
        let kept = try copy(try binary(folder), to: target, header: numbered) { $0 == 1 ? "" : value }
        #expect(kept == [true, true, true])
        let reader = try VariantReader(path: target)
        var record = VCFRecord()
        var lines: [String] = []
        while try reader.next(into: &record) { lines.append(String(decoding: record.bytes, as: UTF8.self)) }
        #expect(
            lines == [
                rows[0].replacing("OLD=x,y;DB", with: "DB;NEW=\(value)"),
                rows[1].replacing("OLD=z", with: "."),
                rows[2].replacing("\t.\t.\t.\tGT", with: "\t.\t.\tNEW=\(value)\tGT"),
            ])
        guard Tools.bcftools != nil else { return }
        let seen = try Tools.bcftools("view", "-H", target)
        #expect(seen.status == 0 && seen.lines == lines, "\(seen.errors)")
    }

    @Test("a record that comes with its bytes has the chosen fields as text")
    func chosen() throws {
        let folder = try TemporaryFolder()
        let reader = try VariantReader(path: try binary(folder))
        let writer = try VariantWriter(
            path: folder.path("o"), format: .bcf, headerText: reader.numberedHeaderText)
        let numbers = try #require(writer.numbers)
        reader.keepBytes(for: numbers, fields: .chosen(info: ["DP"], format: ["FT"]), leavingOut: [])
        var record = VCFRecord()
        #expect(try reader.next(into: &record) && !record.binary.isEmpty)
        #expect(
            String(decoding: record.bytes, as: UTF8.self)
                == "1\t5\trs1\tA\tC,<DEL>\t.\tPASS\tDP=3\tFT\t.\tq10")
    }

    @Test("without the same numbers in both headers every record comes as whole text")
    func otherNumbers() throws {
        let folder = try TemporaryFolder()
        let target = folder.path("out.bcf")
        let kept = try copy(try binary(folder), to: target, header: \.headerText) { _ in "v" }
        #expect(kept == [false, false, false])
        let reader = try VariantReader(path: target)
        var record = VCFRecord()
        var lines: [String] = []
        while try reader.next(into: &record) { lines.append(String(decoding: record.bytes, as: UTF8.self)) }
        #expect(lines == rows)
    }

    @Test(
        "a record that would not come out of text as it is comes without its bytes",
        arguments: [
            ("1\t5\t.\tA\tC\t.\t.\tDP=3\tGT:PL\t0/1:1,2,3\t0/5:4,5,6", "an allele that is not there"),
            ("1\t5\t.\tA\tC\t.\t.\tDP=3\tPL:GT\t1:0/1\t1:0/1", "GT behind others"),
            ("1\t5\t.\tA\tC\t.\t.\tOLD=a b\tGT\t0/1\t0/1", "a space"),
        ])
    func doubtful(row: String, what: String) throws {
        let folder = try TemporaryFolder()
        let path = try binary(folder, rows: [row, rows[0]])
        #expect(
            try copy(path, to: folder.path("o"), header: numbered) { _ in "" } == [false, true], "\(what)")
    }

    @Test(
        "whichever byte of a record is changed, what is given on reads as the text that it would be written as",
        arguments: [0x00, 0x17, 0x3B, 0x81, 0xF1] as [UInt8])
    func mutations(byte: UInt8) throws {
        let folder = try TemporaryFolder()
        let (bytes, start) = try plain(folder)
        let path = folder.path("changed.bcf")
        var keptRecords = 0
        for place in stride(from: start + Int(byte) % 3, to: bytes.count, by: 3) where bytes[place] != byte {
            var changed = bytes
            changed[place] = byte
            try Data(changed).write(to: URL(filePath: path))
            let text = read(path) { _ in }
            let both = read(path) { reader in
                let target = folder.path("numbers.bcf")
                guard
                    let writer = try? VariantWriter(
                        path: target, format: .bcf, headerText: reader.numberedHeaderText),
                    let numbers = writer.numbers
                else { return }
                reader.keepBytes(for: numbers, fields: .none, leavingOut: [])
            }
            #expect(text.records.count == both.records.count && text.error == both.error, "byte \(place)")
            let pairs = zip(text.records, both.records).filter { !$1.binary.isEmpty }
            keptRecords += pairs.count
            let (first, second) = (folder.path("text.bcf"), folder.path("bytes.bcf"))
            let texts = try VariantWriter(path: first, format: .bcf, headerText: head + columns)
            let binaries = try VariantWriter(path: second, format: .bcf, headerText: head + columns)
            for (line, record) in pairs {
                try texts.write(line: line.bytes)
                try binaries.write(
                    fieldsOf: [UInt8](".\t.\t.\t.\t.\t.\t.\t.".utf8).span, addedTo: record.binary.span)
            }
            try texts.close()
            try binaries.close()
            let written = [first, second].map { read($0) { _ in }.records.map(\.bytes) }
            #expect(written[0] == written[1], "byte \(place)")
        }
        #expect(keptRecords > 0)
    }

    /// The bytes of a BCF of the rows that is not compressed, and where its first record begins.
    private func plain(_ folder: TemporaryFolder) throws -> (bytes: [UInt8], start: Int) {
        let stored = try binary(folder), plain = folder.path("plain.bcf")
        try #require(try Tools.run("/bin/sh", ["-c", "gzip -dc '\(stored)' > '\(plain)'"]).status == 0)
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: plain)))
        let start = 9 + (5..<9).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
        try #require(bytes.starts(with: "BCF".utf8) && start < bytes.count)
        return (bytes, start)
    }

    @Test(
        "a record with more or fewer samples than the header has is refused", arguments: [0, 1, 3] as [UInt8])
    func sampleCount(count: UInt8) throws {
        let folder = try TemporaryFolder()
        let (stored, start) = try plain(folder)
        try #require(stored[start + 28] == 2)
        var bytes = stored
        bytes[start + 28] = count
        let path = folder.path("changed.bcf")
        try Data(bytes).write(to: URL(filePath: path))
        let (records, error) = read(path) { _ in }
        #expect(records.isEmpty && error.contains("reading failed"), "\(error)")
    }

    @Test(
        "a record with one byte changed is read, or refused, as bcftools does",
        .enabled(if: Tools.bcftools != nil), arguments: [0x00, 0x14, 0x17, 0x80, 0xF1] as [UInt8])
    func peer(byte: UInt8) throws {
        let folder = try TemporaryFolder()
        let (bytes, start) = try plain(folder)
        let path = folder.path("changed.bcf")
        var (refused, seen) = (0, 0)
        for place in stride(from: start + Int(byte) % 11, to: bytes.count, by: 11) where bytes[place] != byte
        {
            var changed = bytes
            changed[place] = byte
            try Data(changed).write(to: URL(filePath: path))
            let ours = read(path) { _ in }
            let peer = try Tools.bcftools("view", "-H", path)
            #expect(ours.error.isEmpty == (peer.status == 0), "byte \(place): \(ours.error) \(peer.errors)")
            // bcftools may not write the records before a fault.
            guard ours.error.isEmpty else {
                refused += 1
                continue
            }
            seen += 1
            let lines = ours.records.map { String(decoding: $0.bytes, as: UTF8.self) }
            #expect(lines == peer.lines, "byte \(place)")
        }
        #expect(refused > 0 && seen > 0)
    }

    /// The records of a file, and the message of the error that ended the reading.
    private func read(
        _ path: String, prepare: (VariantReader) -> Void
    ) -> (records: [VCFRecord], error: String) {
        var records: [VCFRecord] = []
        do {
            let reader = try VariantReader(path: path)
            prepare(reader)
            var record = VCFRecord()
            while try reader.next(into: &record) { records.append(record) }
            return (records, "")
        } catch { return (records, "\(error)") }
    }
}
