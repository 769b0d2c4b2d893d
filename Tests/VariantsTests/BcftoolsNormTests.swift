import Foundation
import Genome
import TestSupport
import Testing
import Variants

/// `bcftools norm` is the oracle, by its own test files and, where it is installed, by running it.
@Suite struct BcftoolsNormTests {
    private static let folder = "annotation/bcftools/norm/"

    /// Cases of commands.tsv that are about splitting: input, expected, other ALTs in GT.
    static let splits: [(String, String, RecordSplitter.OtherAlternates)] = [
        ("norm.split.vcf", "norm.split.out", .reference),
        ("norm.split.4.vcf", "norm.split.4.1.out", .reference),
        ("norm.5.vcf", "norm.5.1.out", .reference),
        ("norm.5.vcf", "norm.5.2.out", .missing),
        ("norm.string-tags.vcf", "norm.string-tags.1.out", .reference),
        ("norm.breakend.1.vcf", "norm.breakend.1.1.out", .reference),
    ]

    /// Cases that are about left alignment, with or without splitting: input, FASTA, expected.
    static let alignments: [(String, String, String)] = [
        ("norm.split.vcf", "norm.fa", "norm.split.and.norm.out"),
        ("norm.right-align.vcf", "norm.right-align.fa", "norm.right-align.1.out"),
        ("norm.iupac.vcf", "norm.iupac.fa", "norm.iupac.out"),
        ("norm.symbolic.3.vcf", "norm.symbolic.3.fa", "norm.symbolic.3.1.out"),
        ("norm.rmdup.3.vcf", "norm.rmdup.3.fa", "norm.rmdup.3.1.out"),
        ("norm.2.vcf", "norm.2.fa", "norm.2.out"),
    ]

    /// Expected files that say nothing about this module, and why.
    static let notApplicable = [
        "norm.split.4.2.out":
            "--keep-sum AD: adds the other ALTs' reads to REF; ReadDepthDecoder sums instead",
        "norm.merge.out": "-m+: merging", "norm.merge.strict.out": "-m+: merging",
        "norm.merge.4.1.out": "-m+: merging", "norm.merge.4.2.out": "-m+: merging",
        "norm.rmdup.3.2.out": "-d all: removal of duplicates is the reader's",
        "norm.right-align.2.out": "-g: right alignment by gene strand, which HGVS naming does",
        "atomize.split.1.0.out": "-a: atomizing", "atomize.split.1.1.out": "-a: atomizing",
        "atomize.split.1.2.out": "-a: atomizing", "atomize.split.1.3.out": "-a: atomizing",
        "atomize.split.4.1.out": "-a: atomizing", "atomize.split.4.2.out": "-a: atomizing",
    ]

    @Test("splits as bcftools norm -m- does", .enabled(if: TestData.isAvailable), arguments: splits)
    func splitting(input: String, expected: String, other: RecordSplitter.OtherAlternates) throws {
        let file = try VCFText(path: TestData.path(Self.folder + input))
        let splitter = RecordSplitter(header: file.header, otherAlternates: other)
        let lines = file.records.flatMap { splitter.splitLine($0) }.map {
            String(decoding: $0, as: UTF8.self)
        }
        let want = try VCFText(path: TestData.path(Self.folder + expected)).records.map {
            $0.text(0..<$0.bytes.count)
        }
        #expect(lines == want)
    }

    @Test("left-aligns as bcftools norm -f does", .enabled(if: TestData.isAvailable), arguments: alignments)
    func leftAlignment(input: String, fasta: String, expected: String) throws {
        let file = try VCFText(path: TestData.path(Self.folder + input))
        let wanted = try VCFText(path: TestData.path(Self.folder + expected))
        var reference = try Self.genome(path: TestData.path(Self.folder + fasta))
        let normalizer = AlleleNormalizer()
        var found: [String] = []
        for record in file.records {
            // `-c s` (norm.2, norm.iupac) first sets REF to the reference; a mismatch is set aside here.
            for outcome in try normalizer.outcomes(of: record, reference: &reference).outcomes {
                if case .variant(let variant, _) = outcome { found.append(variant.key) }
            }
        }
        let keys = wanted.records.filter { $0.alternateCount > 0 && !$0.alternates[0].hasPrefix("<") }.map {
            Variant(
                contig: Contig($0.contigName), position: $0.position,
                reference: $0.reference.uppercased().asStandardBases, alternate: $0.alternates[0].uppercased()
            ).key
        }
        let isSet = expected.hasPrefix("norm.rmdup")  // -d exact: each once
        // norm.2's B at 14 is no REF of the genome (`a`), which -c s rewrites and we report.
        let fixed = expected == "norm.2.out" ? Set(["1:14 A>AGC"]) : []
        #expect(
            (isSet ? Array(Set(found)) : found).filter { $0 != "1:14 N>NGC" }.sorted()
                == keys.filter { !fixed.contains($0) }.sorted())
    }

    @Test("every norm case of the list is run or set aside with a reason", .enabled(if: TestData.isAvailable))
    func caseList() throws {
        let table = try String(
            contentsOfFile: TestData.path("annotation/bcftools/commands.tsv"), encoding: .utf8)
        let rows: [[String]] = table.split(separator: "\n").map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        let listed = rows.filter { $0[0] == "norm" }.map { $0[3] }
        let run = Set(Self.splits.map(\.1) + Self.alignments.map(\.2))
        let missing = Set(listed).subtracting(run).subtracting(Self.notApplicable.keys)
        #expect(missing.isEmpty, "\(missing.sorted())")
        #expect(run.isDisjoint(with: Self.notApplicable.keys))
    }

    @Test(
        "random indels in repeats come out as from bcftools norm", .enabled(if: Tool.bcftools != nil),
        arguments: [1, 2, 3, 4] as [UInt64])
    func property(seed: UInt64) throws {
        let bcftools = try #require(Tool.bcftools)
        var random = SeededGenerator(seed: seed)
        let genome = Self.repetitiveGenome(&random)
        let lines = Self.changes(in: genome, count: 400, &random)
        let text =
            "##fileformat=VCFv4.2\n##contig=<ID=1,length=\(genome.count)>\n"
            + "##INFO=<ID=AC,Number=A,Type=Integer,Description=\"x\">\n"
            + "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"x\">\n"
            + "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"x\">\n"
            + "##FORMAT=<ID=PL,Number=G,Type=Integer,Description=\"x\">\n"
            + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n" + lines.joined(separator: "\n")
            + "\n"
        let expected = try Tool.withFolder { folder in
            let vcf = folder.appending(path: "in.vcf"), fasta = folder.appending(path: "ref.fa")
            try Data(text.utf8).write(to: vcf)
            try Data(">1\n\(String(decoding: genome, as: UTF8.self))\n".utf8).write(to: fasta)
            return VCFText(try Tool.run(bcftools, ["norm", "-m-", "-f", fasta.path, vcf.path]))
        }
        let file = VCFText(text)
        var reference = InMemoryReference(["1": String(decoding: genome, as: UTF8.self)])
        let normalizer = AlleleNormalizer()
        let splitter = RecordSplitter(header: file.header)
        var found: [String] = []
        for record in file.records {
            let result = try normalizer.outcomes(of: record, reference: &reference)
            for (outcome, line) in zip(result.outcomes, splitter.splitLine(record)) {
                guard case .variant(let variant, _) = outcome else { continue }
                let columns = String(decoding: line, as: UTF8.self).split(separator: "\t")
                found.append("\(variant.key) \(columns[7]) \(columns[9])")
            }
        }
        let want = expected.records.map { record in
            let variant = Variant(
                contig: Contig("1"), position: record.position, reference: record.reference.uppercased(),
                alternate: record.alternates[0].uppercased())
            return "\(variant.key) \(record.text(record.column(7))) \(record.text(record.column(9)))"
        }
        #expect(want.count > 300)
        #expect(found.sorted() == want.sorted(), "seed \(seed)")
    }

    /// Stretches of short repeats between random bases; some start at the contig's first base.
    private static func repetitiveGenome(_ random: inout SeededGenerator) -> [UInt8] {
        let letters = Array("ACGT".utf8)
        var genome: [UInt8] = []
        while genome.count < 3000 {
            let unit = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                letters[Int.random(in: 0..<4, using: &random)]
            }
            for _ in 0..<Int.random(in: 1...60, using: &random) { genome += unit }
        }
        return genome.map { Bool.random(using: &random) ? $0 : $0 + 0x20 }
    }

    /// Lines with one or two ALTs, no two with the same REF and ALT.
    private static func changes(in genome: [UInt8], count: Int, _ random: inout SeededGenerator) -> [String] {
        var lines: [(Int, String)] = []
        for _ in 0..<count {
            let near = Bool.random(using: &random) && Bool.random(using: &random)
            let start = Int.random(in: 0..<(near ? 12 : genome.count - 40), using: &random)
            let length = Int.random(in: 1...12, using: &random)
            let reference = genome[start..<(start + length)].map(Bases.uppercase)
            var alternates: Set<[UInt8]> = []
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let cut = Int.random(in: 0...length, using: &random)
                let from = Int.random(in: 0...(length - cut), using: &random)
                let source = Int.random(in: 0..<(genome.count - 8), using: &random)
                let nearby = Bool.random(using: &random) ? start : source
                let added = genome[nearby..<(nearby + Int.random(in: 0...6, using: &random))].map(
                    Bases.uppercase)
                let alternate = reference[..<from] + added + reference[(from + cut)...]
                if !alternate.isEmpty, Array(alternate) != reference { alternates.insert(Array(alternate)) }
            }
            guard !alternates.isEmpty else { continue }
            let texts = alternates.map { String(decoding: $0, as: UTF8.self) }.sorted()
            let number = texts.count
            let counts = (0...number).map { "\($0 * 7 + 1)" }.joined(separator: ",")
            let likelihoods = (0..<((number + 1) * (number + 2) / 2)).map { "\($0)" }.joined(separator: ",")
            let genotype = number == 1 ? "0/1" : "1|2"
            lines.append(
                (
                    start,
                    "1\t\(start + 1)\t.\t\(String(decoding: reference, as: UTF8.self))\t"
                        + texts.joined(separator: ",") + "\t.\tPASS\tAC="
                        + (1...number).map(String.init).joined(separator: ",")
                        + "\tGT:AD:PL\t\(genotype):\(counts):\(likelihoods)"
                ))
        }
        return lines.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private static func genome(path: String) throws -> InMemoryReference {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var sequences: [String: String] = [:]
        for part in text.split(separator: ">") {
            let lines = part.split(separator: "\n")
            let name = lines[0].split(whereSeparator: \.isWhitespace)[0]
            sequences[String(name)] = lines.dropFirst().joined()
        }
        return InMemoryReference(sequences)
    }
}

extension String {
    /// Ambiguity codes as `N`.
    fileprivate var asStandardBases: String { String(decoding: utf8.map(Bases.standard), as: UTF8.self) }
}
