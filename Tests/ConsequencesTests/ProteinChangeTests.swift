import Consequences
import Foundation
import TestSupport
import Testing

@Suite("Protein changes")
struct ProteinChangeTests {
    @Test(
        "every spelling of a change is the same change",
        arguments: [
            "p.V600E", "p.Val600Glu", "p.(Val600Glu)", "NP_004324.2:p.Val600Glu",
            "ENSP00000493543.1:p.(Val600Glu)",
        ])
    func spellings(name: String) {
        #expect(
            ProteinChange(hgvs: name)
                == ProteinChange(kind: .missense, first: 600, last: 600, reference: "V", alternate: "E"))
    }

    @Test(
        "names are read and printed",
        arguments: [
            ("p.Glu746_Ala750del", "p.E746_A750del", ProteinChange.Kind.inframeDeletion),
            ("p.Val560del", "p.V560del", .inframeDeletion),
            ("p.Ala767_Val769dup", "p.A767_V769dup", .inframeInsertion),
            ("p.Ala763_Tyr764insPheGlnGluAla", "p.A763_Y764insFQEA", .inframeInsertion),
            ("p.Leu747_Thr751delinsPro", "p.L747_T751delinsP", .inframeDelins),
            ("p.Ile669_Thr670delinsMetIle", "p.I669_T670delinsMI", .missense),
            ("p.Arg213Ter", "p.R213*", .nonsense),
            ("p.R213X", "p.R213*", .nonsense), ("p.Leu414SerfsTer42", "p.L414Sfs", .frameshift),
            ("p.L414fs", "p.L414fs", .frameshift),
            ("p.Met1?", "p.M1?", .startLost), ("p.Met1Val", "p.M1V", .startLost),
            ("p.Trp24=", "p.W24=", .synonymous),
            ("p.Trp24%3D", "p.W24=", .synonymous), ("p.Ter636ArgextTer13", "p.*636ext", .stopLost),
            ("p.E746_A750delELREA", "p.E746_A750del", .inframeDeletion),
        ])
    func names(name: String, short: String, kind: ProteinChange.Kind) {
        let change = ProteinChange(hgvs: name)
        #expect(change?.shortName == short)
        #expect(change?.kind == kind)
        #expect(change.flatMap { ProteinChange(hgvs: $0.shortName) }.map(\.shortName) == short)
    }

    @Test(
        "what says nothing that can be matched is nil",
        arguments: ["p.?", "p.0", "", "c.1799T>A", "p.V600", "p.600E", "p.Val0Glu", "p.V600_E", "V600E"])
    func unreadable(name: String) { #expect(ProteinChange(hgvs: name) == nil) }

    @Test("residues of an equal-length delins are substitutions at its ends")
    func substitutions() {
        let change = ProteinChange(hgvs: "p.Ile669_Thr670delinsMetIle")
        #expect(change?.substitutions.map { "\($0.from)\($0.position)\($0.to)" } == ["I669M", "T670I"])
    }

    @Test(
        "gains and losses of residues are counted",
        arguments: [
            ("p.Glu746_Ala750del", -5), ("p.Leu747_Thr751delinsPro", -4), ("p.Ala767_Val769dup", 3),
            ("p.Ala763_Tyr764insPheGlnGluAla", 4), ("p.Val600Glu", 0),
        ])
    func netLength(name: String, length: Int) { #expect(ProteinChange(hgvs: name)?.netLength == length) }

    @Test(
        "names that VEP gave for real variants are read, and substitutions printed alike",
        .enabled(if: TestData.isAvailable))
    func vepNames() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", TestData.path("annotation/edge-grid/peers.tsv.gz")]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let lines = text.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
        let header = try #require(lines.first)
        let column = try #require(
            header.firstIndex { $0.lowercased().contains("hgvsp") && $0.lowercased().contains("vep") })
        var read = 0
        var unread = Set<String>()
        for line in lines.dropFirst() where line.count > column && line[column].contains("p.") {
            let name = String(line[column]).replacing("%3D", with: "=")
            let short = name.split(separator: ":").last.map(String.init) ?? name
            guard let change = ProteinChange(hgvs: short) else {
                unread.insert(short)
                continue
            }
            read += 1
            if !short.contains("fs"), !short.contains("ext"), !short.contains("delins"),
                change.kind != .nonsense, change.kind != .startLost
            {
                #expect(change.threeLetterName == short, "\(short)")
            }
        }
        #expect(read > 500)
        // VEP's own notation for an insertion into the start codon, which names no change that can be matched.
        #expect(unread == ["p.Met1_?2"], "\(unread.sorted().prefix(20))")
    }
}
