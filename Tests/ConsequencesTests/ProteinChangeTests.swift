import Consequences
import Foundation
import TestSupport
import Testing

/// Names, what they are read as, and how they are printed with one letter (nil: as they were given).
private struct NameCase: CustomTestStringConvertible, Sendable {
    let name: String
    let change: ProteinChange
    let printed: String

    init(
        _ name: String, _ kind: ProteinChange.Kind, _ first: Int, _ last: Int, _ reference: String,
        _ alternate: String, printed: String? = nil
    ) {
        self.name = name
        change = ProteinChange(
            kind: kind, first: first, last: last, reference: reference, alternate: alternate)
        self.printed = printed ?? name
    }

    var testDescription: String { name }
}

private let names: [NameCase] = [
    // BRAF V600E in all spellings.
    NameCase("p.V600E", .missense, 600, 600, "V", "E"),
    NameCase("p.Val600Glu", .missense, 600, 600, "V", "E", printed: "p.V600E"),
    NameCase("p.(Val600Glu)", .missense, 600, 600, "V", "E", printed: "p.V600E"),
    NameCase("p.(V600E)", .missense, 600, 600, "V", "E", printed: "p.V600E"),
    NameCase("NP_004324.2:p.Val600Glu", .missense, 600, 600, "V", "E", printed: "p.V600E"),
    NameCase("ENSP00000493543.1:p.Val600Glu", .missense, 600, 600, "V", "E", printed: "p.V600E"),
    NameCase("NM_004333.6(BRAF):c.1799T>A (p.Val600Glu)", .missense, 600, 600, "V", "E", printed: "p.V600E"),
    NameCase("p.Val600delinsGlu", .missense, 600, 600, "V", "E", printed: "p.V600E"),
    NameCase("p.Sec47Cys", .missense, 47, 47, "U", "C", printed: "p.U47C"),
    // Deletions.
    NameCase("p.E746_A750del", .inframeDeletion, 746, 750, "EA", ""),
    NameCase("p.Glu746_Ala750del", .inframeDeletion, 746, 750, "EA", "", printed: "p.E746_A750del"),
    NameCase("p.E746_A750delELREA", .inframeDeletion, 746, 750, "EA", "", printed: "p.E746_A750del"),
    NameCase("p.E746_A750del5", .inframeDeletion, 746, 750, "EA", "", printed: "p.E746_A750del"),
    NameCase("p.Val560del", .inframeDeletion, 560, 560, "V", "", printed: "p.V560del"),
    // Insertions and duplications.
    NameCase("p.A763_Y764insFQEA", .inframeInsertion, 763, 764, "AY", "FQEA"),
    NameCase(
        "p.Ala763_Tyr764insPheGlnGluAla", .inframeInsertion, 763, 764, "AY", "FQEA",
        printed: "p.A763_Y764insFQEA"),
    NameCase("p.A763_Y764ins4", .inframeInsertion, 763, 764, "AY", "4"),
    NameCase("p.Lys550dup", .inframeInsertion, 550, 550, "K", "dupK", printed: "p.K550dup"),
    NameCase("p.Y772_A775dup", .inframeInsertion, 772, 775, "YA", "dup"),
    NameCase("p.Y772_A775dupYVMA", .inframeInsertion, 772, 775, "YA", "dup", printed: "p.Y772_A775dup"),
    // Block substitutions.
    NameCase("p.L747_T751delinsP", .inframeDelins, 747, 751, "LT", "P"),
    NameCase("p.Leu747_Thr751delinsPro", .inframeDelins, 747, 751, "LT", "P", printed: "p.L747_T751delinsP"),
    NameCase("p.I669_T670delinsMI", .missense, 669, 670, "IT", "MI"),
    NameCase("p.PheAla192AlaLys", .missense, 192, 193, "FA", "AK", printed: "p.F192_A193delinsAK"),
    NameCase("p.MetPro368IlePro", .missense, 368, 368, "M", "I", printed: "p.M368I"),
    NameCase("p.TyrLeu538*", .nonsense, 538, 539, "YL", "*", printed: "p.Y538_L539delins*"),
    NameCase("p.Thr636delinsAspLeu", .inframeDelins, 636, 636, "T", "DL", printed: "p.T636delinsDL"),
    // New stops.
    NameCase("p.R213*", .nonsense, 213, 213, "R", "*"),
    NameCase("p.Arg213Ter", .nonsense, 213, 213, "R", "*", printed: "p.R213*"),
    NameCase("p.R213X", .nonsense, 213, 213, "R", "*", printed: "p.R213*"),
    NameCase("p.Cys337delinsTer", .nonsense, 337, 337, "C", "*", printed: "p.C337*"),
    NameCase("p.Gln234delinsArgTer", .nonsense, 234, 234, "Q", "R*", printed: "p.Q234delinsR*"),
    NameCase("p.Thr373_Lys374delinsArgTer", .nonsense, 373, 374, "TK", "R*", printed: "p.T373_K374delinsR*"),
    // Frameshifts.
    NameCase("p.L414fs", .frameshift, 414, 414, "L", ""),
    NameCase("p.Leu414fs", .frameshift, 414, 414, "L", "", printed: "p.L414fs"),
    NameCase("p.Leu414SerfsTer42", .frameshift, 414, 414, "L", "S", printed: "p.L414Sfs"),
    NameCase("p.L414Sfs*42", .frameshift, 414, 414, "L", "S", printed: "p.L414Sfs"),
    NameCase("p.Ter415TyrfsTer43", .frameshift, 415, 415, "*", "Y", printed: "p.*415Yfs"),
    // Starts and stops lost.
    NameCase("p.Met1?", .startLost, 1, 1, "M", "", printed: "p.M1?"),
    NameCase("p.(Met1?)", .startLost, 1, 1, "M", "", printed: "p.M1?"),
    NameCase("p.M1V", .startLost, 1, 1, "M", "V"),
    NameCase("p.Met1ext-5", .startLost, 1, 1, "M", "", printed: "p.M1?"),
    NameCase("p.Ter636ArgextTer13", .stopLost, 636, 636, "*", "R", printed: "p.*636Rext"),
    NameCase("p.*636Rext*13", .stopLost, 636, 636, "*", "R", printed: "p.*636Rext"),
    NameCase("p.Ter415Tyrext*?", .stopLost, 415, 415, "*", "Y", printed: "p.*415Yext"),
    NameCase("p.Ter415delextTer32", .stopLost, 415, 415, "*", "", printed: "p.*415ext"),
    NameCase("p.Ter415delinsPheLys", .stopLost, 415, 415, "*", "FK", printed: "p.*415delinsFK"),
    // No change.
    NameCase("p.Trp24=", .synonymous, 24, 24, "W", "W", printed: "p.W24="),
    NameCase("p.Trp24%3D", .synonymous, 24, 24, "W", "W", printed: "p.W24="),
    NameCase("p.(Trp24=)", .synonymous, 24, 24, "W", "W", printed: "p.W24="),
    NameCase("p.W24W", .synonymous, 24, 24, "W", "W", printed: "p.W24="),
    NameCase("p.Ter415=", .synonymous, 415, 415, "*", "*", printed: "p.*415="),
]

@Test("a p. name is read and printed", arguments: names)
private func readsAndPrints(_ row: NameCase) {
    let change = ProteinChange(hgvs: row.name)
    #expect(change == row.change)
    #expect(change?.shortName == row.printed)
}

@Test(
    "a name that says nothing to match is not read",
    arguments: [
        "", "p.", "p.?", "p.0", "p.0?", "p.=", "V600E", "c.1799T>A", "p.Val600", "p.600E", "p.V0E",
        "p.Xaa600Glu",
        "p.V600_K601E", "p.V600_K599del", "p.A763_Y765insF", "p.A763_Y764ins", "p.V600delinsB", "p.V600EE?",
        "p.Val386delins???", "p.156", "p.V99999999999999999999E", "p.V600?", "p.Met1_?2", "exon 19 deletion",
    ])
func refusesOthers(name: String) {
    #expect(ProteinChange(hgvs: name) == nil)
}

@Test("KIT I669_T670delinsMI holds T670I")
func delinsHoldsSubstitution() throws {
    let change = try #require(ProteinChange(hgvs: "p.Ile669_Thr670delinsMetIle"))
    #expect(change.substitutions.map { "\($0.from)\($0.position)\($0.to)" } == ["I669M", "T670I"])
    // Of three residues the name tells the outer two; nothing is made up for the middle.
    let longer = try #require(ProteinChange(hgvs: "p.Val600_Trp604delinsGluSerThrAlaLys"))
    #expect(longer.substitutions.map(\.position) == [600, 604])
    #expect(ProteinChange(hgvs: "p.L747_T751delinsP")?.substitutions == [])
}

@Test(
    "net length is residues gained minus residues lost",
    arguments: [
        ("p.E746_A750del", -5), ("p.V560del", -1), ("p.L747_T751delinsP", -4), ("p.A763_Y764insFQEA", 4),
        ("p.A763_Y764ins4", 4), ("p.Y772_A775dup", 4), ("p.K550dup", 1), ("p.T636delinsDL", 1),
        ("p.I669_T670delinsMI", 0), ("p.V600E", 0), ("p.L414fs", 0), ("p.R213*", 0),
    ])
func netLengths(name: String, expected: Int) {
    #expect(ProteinChange(hgvs: name)?.netLength == expected)
}

@Test(
    "text to value to text is the identity, with one and with three letters",
    arguments: [UInt64(1), 42, 2026])
func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let residues = Array("ACDEFGHIKLNPQRSTVWY")
    func letter() -> Character { residues[Int.random(in: 0..<residues.count, using: &random)] }
    func other(than residue: Character) -> Character {
        while true {
            let next = letter()
            if next != residue { return next }
        }
    }
    for _ in 0..<2000 {
        let start = Int.random(in: 2...3000, using: &random), length = Int.random(in: 2...9, using: &random)
        let (a, b) = (letter(), letter())
        let new = other(than: a)
        let range = "\(a)\(start)_\(b)\(start + length - 1)"
        // A block that begins as the old residue does would be no trimmed name.
        let block = String(new) + String((0..<length).map { _ in letter() })
        let name = [
            "p.\(a)\(start)\(new)", "p.\(a)\(start)*", "p.\(a)\(start)=", "p.\(a)\(start)del",
            "p.\(range)del",
            "p.\(a)\(start)dup", "p.\(range)dup", "p.\(a)\(start)_\(b)\(start + 1)ins\(block)",
            "p.\(range)delins\(block)", "p.\(range)delins\(block.dropLast())", "p.\(a)\(start)fs",
            "p.\(a)\(start)\(new)fs", "p.\(a)\(start)delins\(block)", "p.*\(start)\(a)ext", "p.M1?",
        ].randomElement(using: &random)
        let text = try #require(name)
        let change = try #require(ProteinChange(hgvs: text), "seed \(seed): \(text)")
        #expect(change.shortName == text, "seed \(seed)")
        let long = change.threeLetterName
        #expect(ProteinChange(hgvs: long) == change, "seed \(seed): \(text), \(long)")
        #expect(ProteinChange(hgvs: long)?.threeLetterName == long, "seed \(seed): \(text)")
    }
}
