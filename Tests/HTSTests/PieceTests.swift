import Foundation
import HTS
import TestSupport
import Testing
import Variants

private let header = """
    ##fileformat=VCFv4.2
    ##contig=<ID=chr1,length=1000000>
    ##INFO=<ID=DP,Number=1,Type=Integer,Description="d">
    ##INFO=<ID=DB,Number=0,Type=Flag,Description="d">
    ##INFO=<ID=ReadPosRankSum,Number=1,Type=Float,Description="d">
    ##INFO=<ID=InbreedingCoeff,Number=1,Type=Float,Description="d">
    ##INFO=<ID=TEXT,Number=1,Type=String,Description="d">
    """

@Test(
    "lines that are written together are those that are written one by one", arguments: ["v", "z", "u", "b"])
func linesTogether(letter: String) throws {
    let folder = try TemporaryFolder()
    let format = try #require(VariantWriter.Format(rawValue: letter))
    let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    // Pieces below and above the size that is given on at once.
    let lines = (1...6000).map {
        "chr1\t\($0)\t.\tA\tC\t.\t.\tDP=\($0);TEXT=\(String(repeating: "x", count: $0 % 50))"
    }
    func write(_ name: String, _ body: (VariantWriter) throws -> Void) throws -> Data? {
        let path = folder.path(name)
        let writer = try VariantWriter(path: path, format: format, headerText: "\(header)\n\(columns)\n")
        try body(writer)
        try writer.close()
        return FileManager.default.contents(atPath: path)
    }
    let single = try write("single") { writer in
        for line in lines { try writer.write(line: line.utf8) }
    }
    let joined = try write("joined") { writer in
        var rest = lines[...]
        for count in [1, 30, 4000, 2, 0, 1967] {
            let piece = Array(rest.prefix(count).map { $0 + "\n" }.joined().utf8)
            try writer.write(lines: piece.span)
            rest = rest.dropFirst(count)
        }
        #expect(rest.isEmpty)
    }
    #expect(try #require(single).count > 1000)
    #expect(single == joined)
}

@Suite("INFO")
struct InfoVerdictTests {
    /// Entries of all lengths; some with an undeclared key, an empty entry or no value, and keys that are the start of others.
    private static let columns: [String] = {
        let keys = [
            "DP=1", "DB", "ReadPosRankSum=1.5", "InbreedingCoeff=2", "ABSENT=7", "", "DPX", "DP", "D=1",
        ]
        var all = keys + [";", "DP=1;", ";DP=1", "DB;", "."]
        for length in 0..<40 {
            let text = "TEXT=" + String(repeating: "x", count: length)
            for key in keys { all += ["\(text);\(key)", "\(key);\(text);DP=3", "DP=3;\(key);\(text)"] }
        }
        return all
    }()

    @Test(
        "our scanner and htslib accept the same INFO columns, with samples behind them and without",
        arguments: [true, false])
    func verdicts(hasSamples: Bool) throws {
        let fixed = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
        let format = "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">"
        let text =
            hasSamples ? "\(header)\n\(format)\n\(fixed)\tFORMAT\tS\n" : "\(header)\n\(fixed)\n"
        // One decoder for all lines, and one for each, which has learned nothing.
        let untouched = try LineDecoder(headerText: text)
        let htslib = try LineDecoder(headerText: text, decoder: .htslib)
        let scanner = untouched.fresh()
        var accepted = 0
        for info in Self.columns {
            let line = Array("chr1\t77\t.\tA\tC\t.\t.\t\(info)\(hasSamples ? "\tGT\t0/1" : "")".utf8)
            var record = VCFRecord()
            let own = scanner.decode(line, into: &record)
            #expect(record.bytes == line)
            #expect(record.text(record.column(7)) == info)
            #expect(record.position == 76)
            let fresh = untouched.fresh().decode(line, into: &record)
            let theirs = htslib.fresh().decode(line, into: &record)
            #expect(own == theirs, "\(info)")
            #expect(fresh == theirs, "\(info)")
            if theirs { accepted += 1 }
        }
        #expect(accepted > 100)
    }
}
