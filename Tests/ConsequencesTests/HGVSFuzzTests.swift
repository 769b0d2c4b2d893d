import Consequences
import TestSupport
import Testing

@Suite("Odd text as HGVS names")
struct HGVSFuzzTests {
    private static let seeds = [
        "NM_004333.6:c.1799T>A", "NG_012337.1(NM_003002.2):c.274_276delinsTA",
        "NC_000007.14:g.(1_10)_(21_30)del",
        "NP_004324.2:p.(Val600Glu)", "ENSP00000260985.2:p.Leu414SerfsTer42", "NM_000059.3:c.632-?_681+?del",
        "NM_003002.2:c.[76A>T;77_78insGG]", "NP_000001.1:p.Met1ext-12", "NM_1.2:c.*46_*47insTTA",
        "LRG_199t1:c.-14G>C",
        "NR_1.1:n.5+3_6-2dup", "NC_012920.1:m.3243A>G", "NM_1.1:r.76a>u",
        "NG_1.1:g.5207_5208ins[4300_4320inv;ACGT]",
        "NM_1.1:c.123TG[4]", "NP_1.1:p.Ter415delextTer32",
    ]

    @Test("nothing crashes, and what is read is the same after writing and reading", arguments: [1, 2, 3])
    func mutated(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let letters = Array("ACGTacgtu0123456789_()[];:.+-*?=>delinsduvcpgmrfsTerxMt%NX".utf8)
        var names = 0
        for _ in 0..<6000 {
            var bytes = Array((Self.seeds.randomElement(using: &generator) ?? "").utf8)
            for _ in 0..<Int.random(in: 0...3, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                let letter = letters.randomElement(using: &generator) ?? 65
                switch Int.random(in: 0...2, using: &generator) {
                case 0: bytes[place] = letter
                case 1: bytes.insert(letter, at: place)
                default: bytes.remove(at: place)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let name = HGVSName(text) else { continue }
            names += 1
            #expect(HGVSName(name.description)?.description == name.description, "seed \(seed): \(text)")
        }
        #expect(names > 1500)
    }
}
