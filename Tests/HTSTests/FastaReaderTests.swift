import Foundation
import Genome
import TestSupport
import Testing

@testable import HTS

@Suite("FASTA, plain and compressed")
struct FastaReaderTests {
    /// Contigs of pseudo-random bases, the first of several pieces, with lines of 61 bases.
    private struct World {
        let folder: Scratch
        let contigs: [(name: String, letters: [UInt8])]
        let plain: String

        init(lengths: [Int]) throws {
            var state: UInt64 = 5
            contigs = lengths.enumerated().map { number, length in
                let letters = (0..<length).map { _ -> UInt8 in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return Array("ACGTacgtN".utf8)[Int(state >> 33) % 9]
                }
                return ("c\(number)", letters)
            }
            folder = try Scratch()
            var text: [UInt8] = []
            for (name, letters) in contigs {
                text += ">\(name)\n".utf8
                for start in stride(from: 0, to: letters.count, by: 61) {
                    text += letters[start..<min(start + 61, letters.count)] + [0x0A]
                }
            }
            plain = try folder.write(Data(text), to: "a.fa")
        }

        /// The file in BGZF blocks.
        func compressed() throws -> String {
            let path = folder.file("a.fa.gz")
            let result = try Tools.run("/bin/sh", ["-c", "bgzip -c '\(plain)' > '\(path)'"])
            #expect(result.status == 0)
            return path
        }

        func expected(_ contig: Int, _ range: Range<Int>) -> [UInt8] {
            contigs[contig].letters[range].map { BaseCode.letter(BaseCode.code($0)) }
        }
    }

    @Test(
        "bases at any place, from contigs in any order", .enabled(if: Tools.bcftools != nil),
        arguments: [1, 2])
    func anyOrder(seed: UInt64) throws {
        let lengths = [700_001, 262_144, 1, 65_536, 300_000] + (0..<60).map { 100 + $0 }
        let world = try World(lengths: lengths)
        for path in [world.plain, try world.compressed()] {
            let fasta = try FastaReader(path: path)
            var random = SeededGenerator(seed: seed)
            for _ in 0..<600 {
                let contig = Int.random(in: 0..<lengths.count, using: &random)
                let start = Int.random(in: 0..<lengths[contig], using: &random)
                let end = min(start + Int.random(in: 1...300, using: &random), lengths[contig])
                #expect(
                    try fasta.bases(of: Contig("c\(contig)"), in: start..<end)
                        == world.expected(contig, start..<end),
                    "seed \(seed): \(path) c\(contig):\(start)-\(end)")
                let sequence = try #require(try fasta.sequence(of: Contig("c\(contig)")))
                let codes = sequence.codes(around: start)
                #expect(
                    [codes.before, codes.own, codes.behind]
                        == (-1...1).map { sequence.code(at: start + $0) }, "c\(contig):\(start)")
            }
        }
    }

    @Test(
        "calls that go to and fro between contigs do not read them anew each time",
        .enabled(if: Tools.bcftools != nil))
    func toAndFro() throws {
        let world = try World(lengths: [700_001, 600_000, 500_000])
        for path in [world.plain, try world.compressed()] {
            let fasta = try FastaReader(path: path)
            for round in 0..<200 {
                for contig in 0..<3 {
                    let place = 1000 + round * 10
                    #expect(
                        try fasta.bases(of: Contig("c\(contig)"), in: place..<(place + 5))
                            == world.expected(contig, place..<(place + 5)))
                }
            }
            // Two to begin with, three more once the order is known to be mixed; edges of pieces are not met.
            #expect(fasta.index.readings <= 6, "\(path)")
        }
    }

    @Test("a plain file that ends before its index says is an error where it ends")
    func truncated() throws {
        let world = try World(lengths: [400_001])
        _ = try FastaReader(path: world.plain)
        let whole = try Data(contentsOf: URL(filePath: world.plain))
        try whole.prefix(whole.count / 2).write(to: URL(filePath: world.plain))
        let fasta = try FastaReader(path: world.plain)
        #expect(try fasta.bases(of: Contig("c0"), in: 10..<20) == world.expected(0, 10..<20))
        // In the last piece that the file still has a part of, and behind it.
        #expect(throws: InputError.self) { try fasta.bases(of: Contig("c0"), in: 201_000..<201_010) }
        let again = try FastaReader(path: world.plain)
        #expect(throws: InputError.self) { try again.bases(of: Contig("c0"), in: 399_000..<399_010) }
        #expect(throws: InputError.self) { try again.check() }
    }

    @Test(
        "a compressed file that was cut off is an error, and one with damaged blocks",
        .enabled(if: Tools.bcftools != nil))
    func damagedBlocks() throws {
        let world = try World(lengths: [600_001])
        let path = try world.compressed()
        _ = try FastaReader(path: path)
        let whole = try Data(contentsOf: URL(filePath: path))
        for count in [whole.count / 2, whole.count - 28, whole.count - 1, 10] {
            try whole.prefix(count).write(to: URL(filePath: path))
            #expect(throws: InputError.self, "\(count) bytes") { try FastaReader(path: path) }
        }
        var damaged = whole
        for place in (whole.count / 4 * 3)..<(whole.count / 4 * 3 + 200) { damaged[place] ^= 0x55 }
        try damaged.write(to: URL(filePath: path))
        let fasta = try FastaReader(path: path)
        #expect(try fasta.bases(of: Contig("c0"), in: 10..<20) == world.expected(0, 10..<20))
        #expect(throws: InputError.self) {
            for start in stride(from: 0, to: 600_000, by: 1000) {
                _ = try fasta.bases(of: Contig("c0"), in: start..<(start + 10))
            }
        }
    }
}
