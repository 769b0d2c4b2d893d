import Foundation
import HTS
import TestSupport
import Testing
import Variants

/// One record as its values, so that `0.500` and `0.5` are the same and a dropped trailing field is a missing one.
private struct Values: Hashable {
    var fixed: [String]
    var quality: Float?
    var info: [String: [String]]
    var samples: [[String: [String]]]

    init(_ record: VCFRecord) {
        fixed = [0, 1, 2, 3, 4, 6].map { record.text(record.column($0)) }.map { $0.isEmpty ? "." : $0 }
        quality = Float(record.text(record.column(5)))
        info = [:]
        for part in record.split(record.column(7), by: UInt8(ascii: ";")) where !part.isEmpty {
            let text = record.text(part)
            let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init)
            info[pair[0]] = Self.list(pair.count > 1 ? pair[1] : "")
        }
        info["."] = nil
        let keys = record.formatKeys
        samples = (0..<record.sampleCount).map { sample in
            let values = record.text(record.column(9 + sample)).split(
                separator: ":", omittingEmptySubsequences: false)
            var fields: [String: [String]] = [:]
            for (key, value) in zip(keys, values) {
                let list = Self.list(String(value))
                if list.contains(where: { $0 != "." }) { fields[key] = list }
            }
            return fields
        }
    }

    /// Items, numbers in one spelling.
    private static func list(_ text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map { item in
            if item.isEmpty { return "." }
            guard let number = Float(item), number.isFinite else { return String(item) }
            return "\(Float(String(format: "%g", number)) ?? number)"
        }
    }

    /// Equal but for the sixth digit of a number, and a number in INFO that htslib takes out of text (`11194_0`).
    func isNear(_ other: Values) -> Bool {
        func isNear(_ own: [String], _ theirs: [String]) -> Bool {
            own.count == theirs.count
                && zip(own, theirs).allSatisfy { left, right in
                    if left == right { return true }
                    guard let number = Float(right) else { return false }
                    let digits = Float(left) ?? Float(left.prefix { "+-.0123456789".contains($0) })
                    return digits.map { abs($0 - number) <= abs(number) * 4e-6 } ?? (right == ".")
                }
        }
        func isNear(_ own: [String: [String]], _ theirs: [String: [String]]) -> Bool {
            own.keys == theirs.keys && own.allSatisfy { isNear($0.value, theirs[$0.key] ?? []) }
        }
        return fixed == other.fixed && isNear(info, other.info) && samples.count == other.samples.count
            && zip(samples, other.samples).allSatisfy(isNear)
            && (quality?.isNaN == true && other.quality?.isNaN == true || quality == other.quality
                || abs((quality ?? 0) - (other.quality ?? 0)) <= abs(quality ?? 0) * 4e-6)
    }
}

/// The values of each record, and the message of the error that ended the reading.
private func values(
    _ path: String, decoder: VariantReader.Decoder, fields: FieldSelection = .all
) -> (records: [Values], error: String) {
    var records: [Values] = []
    do {
        let reader = try VariantReader(path: path, fields: fields, decoder: decoder)
        var record = VCFRecord()
        while try reader.next(into: &record) { records.append(Values(record)) }
    } catch { return (records, "\(error)") }
    return (records, "")
}

@Suite("Scanner and htslib")
struct DecoderTests {
    @Test("our scanner and htslib's parser give the same records of every file", arguments: files)
    func sameRecords(file: String) throws {
        let path = TestData.path(file)
        let own = values(path, decoder: .scanner), theirs = values(path, decoder: .htslib)
        #expect(own.records.count == theirs.records.count)
        #expect(own.error == theirs.error)
        for (left, right) in zip(own.records, theirs.records) where !left.isNear(right) {
            Issue.record("\(left) is not \(right)")
            break
        }
    }

    @Test("chosen fields of a BCF are those of all fields", .enabled(if: Tools.canCompare), arguments: files)
    func chosenFields(file: String) throws {
        let folder = try TemporaryFolder()
        let binary = folder.path("a.bcf")
        guard
            try Tools.bcftools("view", "--no-version", "-Ob", "-o", binary, TestData.path(file)).status == 0
        else { return }
        let info: Set<String> = ["DP", "AF", "END", "SVTYPE"], format: Set<String> = ["GT", "AD", "AF", "FT"]
        var expected = values(binary, decoder: .scanner).records
        for index in expected.indices {
            expected[index].quality = nil
            expected[index].info = expected[index].info.filter { info.contains($0.key) }
            for sample in expected[index].samples.indices {
                expected[index].samples[sample] = expected[index].samples[sample].filter {
                    format.contains($0.key)
                }
            }
        }
        let chosen = values(binary, decoder: .scanner, fields: .chosen(info: info, format: format))
        #expect(chosen.error == "")
        for (left, right) in zip(chosen.records, expected) where left != right {
            Issue.record("\(left) is not \(right)")
            break
        }
        #expect(chosen.records.count == expected.count)
    }

    /// Lines with all that callers write; every mutation starts from one of them.
    private static let header = """
        ##fileformat=VCFv4.2
        ##contig=<ID=chr1,length=248956422>
        ##contig=<ID=chr2,length=242193529>
        ##FILTER=<ID=q10,Description="Low">
        ##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">
        ##INFO=<ID=AF,Number=A,Type=Float,Description="Fraction">
        ##INFO=<ID=ReadPosRankSumOfAll,Number=1,Type=Float,Description="Long">
        ##INFO=<ID=DB,Number=0,Type=Flag,Description="Known">
        ##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence">
        ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
        ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">
        ##FORMAT=<ID=AF,Number=A,Type=Float,Description="Fraction">
        ##FORMAT=<ID=FT,Number=1,Type=String,Description="Filter">
        ##FORMAT=<ID=CH,Number=1,Type=Character,Description="Letter">
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN1\tT1

        """
    private static let lines = [
        "chr1\t100\t.\tA\tC\t50\tPASS\tDP=10;AF=0.5;DB\tGT:AD:AF\t0/0:5,0:0\t0/1:5,7:0.583",
        "chr1\t200\trs1;rs2\tAT\tA\t.\tq10\tAF=1e-3;CSQ=a|b,c|d;DP=11\tGT:AD:AF:FT\t0|0:6\t0|1:7,.:.:PASS",
        "chr2\t300\t.\tG\tGA,T\t9.5\t.\tReadPosRankSumOfAll=-1.25;DP=-3\tGT:AD\t./.:.\t1/2:8,9,10",
        "chr2\t400\t.\tG\t<DEL>\t9.5\tPASS\t.\tGT:CH:AD\t.:x:.\t1:y:1,2",
    ]

    @Test("a line without FORMAT keys and values is judged the same, whatever was read before")
    func emptySamples() throws {
        let header = """
            ##fileformat=VCFv4.2
            ##contig=<ID=1>
            ##FORMAT=<ID=GT,Number=1,Type=String,Description="x">
            #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN\tT

            """
        let empty = Array("1\t5\t0\tA\(String(repeating: "\t", count: 25))=\t".utf8)
        let full = Array("1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/1\t1/1".utf8)
        var record = VCFRecord()
        for decoder in VariantReader.Decoder.allCases {
            let alone = try LineDecoder(headerText: header, decoder: decoder)
            let second = try LineDecoder(headerText: header, decoder: decoder)
            #expect(second.decode(full, into: &record))
            #expect(alone.decode(empty, into: &record) == second.decode(empty, into: &record))
        }
    }

    @Test(
        "a genotype that begins with its phase is read from version 4.4 on",
        arguments: VariantReader.Decoder.allCases)
    func leadingPhase(decoder: VariantReader.Decoder) throws {
        let line = Array(
            "chr1\t100\t.\tA\tC\t50\tPASS\tDP=10\tGT:AD\t/0|1:5,0\t|1:5,7".utf8)
        let earlier = try LineDecoder(headerText: Self.header, decoder: decoder)
        var record = VCFRecord()
        #expect(!earlier.decode(line, into: &record))
        let later = try LineDecoder(
            headerText: Self.header.replacingOccurrences(of: "VCFv4.2", with: "VCFv4.4"), decoder: decoder)
        #expect(later.decode(line, into: &record))
        #expect(Genotype(record, sample: 0)?.alleles == [0, 1])
        #expect(Genotype(record, sample: 1)?.alleles == [1])
        #expect(record.formatIntegers("AD", sample: 1) == [5, 7])
        let second = Array("chr1\t100\t.\tA\tC\t50\tPASS\tDP=10\tGT:AD\t//0|1:5,0\t|:5,7".utf8)
        #expect(!later.decode(second, into: &record))
    }

    /// The most alleles, INFO keys and FORMAT keys that htslib takes, and how many columns of each kind have one more.
    @Test("lines at the limits of htslib's numbers", arguments: [0, 1])
    func limits(above: Int) throws {
        func line(alt: String = "C", info: String = "DP=1", format: String = "GT", sample: String = "0/1")
            -> [UInt8]
        {
            Array("chr1\t100\t.\tA\t\(alt)\t50\tPASS\t\(info)\t\(format)\t\(sample)\t\(sample)".utf8)
        }
        func list(_ item: String, _ separator: String, _ count: Int) -> String {
            Array(repeating: item, count: count + above).joined(separator: separator)
        }
        let lines = [
            line(alt: list("C", ",", 65_534)), line(info: list("DP=1", ";", 65_535)),
            line(format: "GT:" + list("DP", ":", 254)),
        ]
        for line in lines {
            let verdicts = try VariantReader.Decoder.allCases.map { decoder in
                let decoder = try LineDecoder(headerText: Self.header, decoder: decoder)
                var record = VCFRecord()
                // The second time the names are known.
                return [decoder.decode(line, into: &record), decoder.decode(line, into: &record)]
            }
            #expect(verdicts.allSatisfy { $0 == [above == 0, above == 0] })
        }
    }

    @Test("a point that stands for no FORMAT is no name among others on a later line")
    func pointAmongNames() throws {
        let lines = ["chr1\t5\t.\tA\tG\t.\tnew\t.\t.\t.\t.", "chr1\t6\t.\tA\tG\t.\t.\t.\t.:AD\t0:1\t1"]
        for decoder in VariantReader.Decoder.allCases {
            let decoder = try LineDecoder(headerText: Self.header, decoder: decoder)
            var record = VCFRecord()
            #expect(lines.map { decoder.decode(Array($0.utf8), into: &record) } == [true, false])
        }
    }

    @Test("a line that htslib had to judge is read by its own FORMAT, not by the last line's")
    func formatOfDoubtfulLine() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "a.vcf",
            Self.header + "chr1\t1\t.\tA\tC\t.\tPASS\tDP=1\tGT:AD\t0/0:5,0\t0/1:5,7\n"
                + "chr1\t2\t.\tA\tC\t.\tPASS\tNEW=1\tAD:GT\t6,0\t8,9\n"
                + "chrNew\t3\t.\tA\tC\t.\tPASS\tDP=1\tFT:AD\tPASS:1,2\tPASS:3,4\n")
        let reader = try VariantReader(path: path)
        var record = VCFRecord()
        var reads: [[Int?]] = []
        while try reader.next(into: &record) { reads.append(record.formatIntegers("AD", sample: 1)) }
        #expect(reads == [[5, 7], [8, 9], [3, 4]])
    }

    @Test(
        "mutated lines get the same records and the same end from both",
        arguments: [11, 12, 13, 14] as [UInt64])
    func mutations(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("\t\t::;;,,==..//||0123456789-+eEACGTN<>[]*%PAS qx\u{0}\r".utf8)
        for round in 0..<400 {
            var line = Array((Self.lines.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<line.count, using: &random)
                let byte = alphabet.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: line[place] = byte
                case 1: line.insert(byte, at: place)
                default: line.remove(at: place)
                }
            }
            let path = folder.path("\(round).vcf")
            let bytes = Array(Self.header.utf8) + Array(Self.lines[0].utf8) + [0x0A] + line + [0x0A]
            try Data(bytes).write(to: URL(filePath: path))
            let own = values(path, decoder: .scanner), theirs = values(path, decoder: .htslib)
            let text = String(decoding: line, as: UTF8.self)
            #expect(own.error == theirs.error, "seed \(seed), \(text)")
            #expect(own.records.count == theirs.records.count, "seed \(seed), \(text)")
            for (left, right) in zip(own.records, theirs.records) where !Self.isSame(left, right) {
                Issue.record("seed \(seed), \(text): \(left) is not \(right)")
            }
        }
    }

    /// Equal but for what htslib itself changes: POS without leading zeros, text behind a number in INFO or QUAL cut
    /// off, empty parts made `.`, columns behind the last sample left out, a GT that is none read as one.
    private static func isSame(_ own: Values, _ theirs: Values) -> Bool {
        func parts(_ text: String) -> [String] {
            text.split(separator: ",", omittingEmptySubsequences: false).map { $0.isEmpty ? "." : String($0) }
        }
        func genotype(_ sample: [String: [String]]) -> Genotype? {
            sample["GT"].flatMap { Genotype(text: $0.joined().replacingOccurrences(of: ".0", with: "")) }
        }
        return own.fixed[0] == theirs.fixed[0] && Int(own.fixed[1]) == Int(theirs.fixed[1])
            && own.fixed[3] == theirs.fixed[3] && parts(own.fixed[4]) == parts(theirs.fixed[4])
            && own.samples.count >= theirs.samples.count
            && zip(own.samples, theirs.samples).allSatisfy { left, right in
                // A lone sign is 0 to htslib; to us it is no number.
                ((left["AD"] ?? []).contains("-") || left["AD"] == right["AD"])
                    && (genotype(left) == nil || genotype(left) == genotype(right))
            }
    }
}
