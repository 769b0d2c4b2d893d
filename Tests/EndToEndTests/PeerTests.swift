import Foundation
import TestSupport
import Testing

/// `Benchmarks/peers/compare-peers` on a few thousand variants, without SnpEff.
@Suite(
    "Side by side with bcftools csq and with transcripts read anew",
    .enabled(if: Tools.bcftools != nil && Tools.find("python3") != nil))
struct PeerTests {
    private static func compare(_ program: String, seed: Int) throws -> Tools.Output {
        let script = TestData.package.appending(path: "Benchmarks/peers/compare-peers").path
        return try Tools.run(
            Tools.find("python3") ?? "/usr/bin/python3",
            [script, "--program", program, "--variants", "6000", "--genes", "60", "--seed", "\(seed)"])
    }

    /// Pairs compared, in the order of the tables.
    private static func pairs(_ text: String) -> [Int] {
        text.split(separator: "\n").filter { $0.hasPrefix("| compared |") }.compactMap {
            Int($0.split(separator: "|")[1].filter(\.isNumber))
        }
    }

    @Test("every difference on a generated genome is of a kind that is known", arguments: [1, 2])
    func known(seed: Int) throws {
        let result = try Self.compare(Program.path, seed: seed)
        #expect(result.status == 0, "seed \(seed): \(result.text) \(result.errors)")
        let pairs = Self.pairs(result.text)
        #expect(pairs.count == 5 && pairs.allSatisfy { $0 > 1500 }, "seed \(seed): \(pairs)")
    }

    @Test(
        "a wrong answer is seen",
        arguments: [
            "s/missense_variant/synonymous_variant/g", "s/frameshift_variant/inframe_deletion/g",
            "s/:c[.]\\([0-9]*\\)del/:c.1\\1del/g", "s/fsTer\\([0-9]\\)/fsTer1\\1/g",
            "s/splice_donor_variant/splice_acceptor_variant/g",
        ])
    func wrong(change: String) throws {
        let folder = try Folder()
        let program = try folder.write(
            "#!/bin/sh\n'\(Program.path)' \"$@\" | sed '\(change)'\n", to: "program")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let result = try Self.compare(program, seed: 1)
        #expect(result.status == 1 && result.text.contains("    chr"), "\(change): \(result.errors)")
    }
}
