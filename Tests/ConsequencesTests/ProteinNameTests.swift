import Consequences
import TestSupport
import Testing

@Test(
    "a protein name is read in every spelling",
    arguments: [
        ("p.V600E", "p.Val600Glu", "p.V600E"), ("p.Val600Glu", "p.Val600Glu", "p.V600E"),
        ("p.(Val600Glu)", "p.Val600Glu", "p.V600E"), ("NP_004324.2:p.(V600E)", "p.Val600Glu", "p.V600E"),
        ("ENSP00000288602.6:p.Val600Glu", "p.Val600Glu", "p.V600E"), ("V600E", "p.Val600Glu", "p.V600E"),
        ("p.Glu746_Ala750del", "p.Glu746_Ala750del", "p.E746_A750del"),
        ("p.E746_A750delELREA", "p.Glu746_Ala750del", "p.E746_A750del"),
        ("p.Ala763_Tyr764insPheGlnGluAla", "p.Ala763_Tyr764insPheGlnGluAla", "p.A763_Y764insFQEA"),
        ("p.Ala767_Val769dup", "p.Ala767_Val769dup", "p.A767_V769dup"),
        ("p.Lys2418dup", "p.Lys2418dup", "p.K2418dup"),
        ("p.L747_A750delinsP", "p.Leu747_Ala750delinsPro", "p.L747_A750delinsP"),
        ("p.L747_A750>P", "p.Leu747_Ala750delinsPro", "p.L747_A750delinsP"),
        ("p.Arg213Ter", "p.Arg213Ter", "p.R213*"), ("p.Arg213*", "p.Arg213Ter", "p.R213*"),
        ("p.Arg213X", "p.Arg213Ter", "p.R213*"), ("p.R213X", "p.Arg213Ter", "p.R213*"),
        ("p.Leu414SerfsTer42", "p.Leu414SerfsTer42", "p.L414fs"),
        ("p.L414Sfs*42", "p.Leu414SerfsTer42", "p.L414fs"),
        ("p.Leu414fs", "p.Leu414fs", "p.L414fs"), ("p.Leu414Serfs*?", "p.Leu414SerfsTer?", "p.L414fs"),
        ("p.Met1?", "p.Met1?", "p.M1?"), ("p.Met1Val", "p.Met1Val", "p.M1V"),
        ("p.Ter636ArgextTer13", "p.Ter636ArgextTer13", "p.*636Rext*13"),
        ("p.*636Rext*13", "p.Ter636ArgextTer13", "p.*636Rext*13"),
        ("p.Ter315TyrextAsnLysGlyThrTer", "p.Ter315TyrextTer5", "p.*315Yext*5"),
        ("p.Trp24=", "p.Trp24=", "p.W24="), ("p.Trp24%3D", "p.Trp24=", "p.W24="), ("p.(=)", "p.=", "p.="),
        ("p.Gly57Gly", "p.Gly57=", "p.G57="),
        ("p.LysLys55AsnGlu", "p.Lys55_Lys56delinsAsnGlu", "p.K55_K56delinsNE"),
        ("p.I669_T670delinsMI", "p.Ile669_Thr670delinsMetIle", "p.I669_T670delinsMI"),
        ("p.K601_W604delinsKW", "p.Lys601_Trp604delinsLysTrp", "p.K601_W604delinsKW"),
        ("p.V600_K601delinsVE", "p.Lys601Glu", "p.K601E"), ("p.V600_K601delinsEK", "p.Val600Glu", "p.V600E"),
    ])
func spellings(name: String, long: String, short: String) throws {
    let change = try #require(ProteinChange(hgvs: name))
    #expect(change.threeLetterName == long)
    #expect(change.shortName == short)
}

@Test(
    "what is uncertain or no single protein change is not read",
    arguments: [
        "p.?", "p.0", "p.0?", "p.(?)", "", "p.", "p.Val600", "c.1799T>A", "c.35delG", "p.V600?",
        "p.X168_splice",
        "p.Val600delins???", "p.Met1_?2", "p.Met1ext-5", "p.Ala10_Gly11", "p.Gly10_Ala3del",
        "p.Ala3_Ala5insGly",
        "p.[Ser68Arg;Asn594del]", "p.Ala3ValGly", "p.ValA3Gly", "p.E746_A750delELRA", "p.Val0Glu", "p.V600E?",
        "p.Val99999999999Glu", "%", "p.%", "p.(", "p.ÅÅ", "amplification", "L858",
    ])
func unread(name: String) {
    #expect(ProteinChange(hgvs: name) == nil)
}

@Test("a name printed and read again is the same change", arguments: 1...20 as ClosedRange<UInt64>)
func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<250 {
        let change = random.change()
        #expect(
            ProteinChange(hgvs: change.threeLetterName) == change, "seed \(seed) \(change.threeLetterName)")
        #expect(ProteinChange(hgvs: change.oneLetterName) == change, "seed \(seed) \(change.oneLetterName)")
        #expect(ProteinChange(hgvs: "p.(\(change.oneLetterName.dropFirst(2)))") == change)
    }
}

extension SeededGenerator {
    /// `count` residues that begin with one of `starts`.
    mutating func residues(_ count: Int, from letters: String = "ACDEFGHIKLNPQRSTVWY") -> String {
        String((0..<count).map { _ in letters.randomElement(using: &self) ?? "A" })
    }

    /// A change in its trimmed form: old residues and new ones come from two halves of the alphabet.
    mutating func change() -> ProteinChange {
        let first = Int.random(in: 2...3000, using: &self)
        let length = Int.random(in: 1...9, using: &self)
        let old = residues(min(length, 2), from: "ACDEFGHIK"), new = residues(1, from: "LNPQRSTVWY")
        let stops: [ProteinChange.NewStop?] = [nil, .notFound, .after(Int.random(in: 2...90, using: &self))]
        let stop = stops.randomElement(using: &self) ?? nil
        let last = first + length - 1
        switch Int.random(in: 0..<10, using: &self) {
        case 0:
            return ProteinChange(
                kind: .missense, first: first, last: first, reference: String(old.prefix(1)), alternate: new)
        case 1:
            return ProteinChange(
                kind: .inframeDeletion, first: first, last: last, reference: old, alternate: "")
        case 2:
            return ProteinChange(
                kind: .inframeInsertion, first: first, last: last, reference: old, alternate: "")
        case 3:
            return ProteinChange(
                kind: .inframeInsertion, first: first, last: first + 1, reference: residues(2),
                alternate: residues(length))
        case 4:
            return ProteinChange(
                kind: .inframeDelins, first: first, last: last, reference: old,
                alternate: residues(length + 1, from: "LNPQRSTVWY"))
        case 5:
            return ProteinChange(
                kind: .frameshift, first: first, last: first, reference: String(old.prefix(1)),
                alternate: new,
                newStop: stop)
        case 6:
            return ProteinChange(
                kind: .stopLost, first: first, last: first, reference: "*", alternate: new, newStop: stop)
        case 7:
            return ProteinChange(
                kind: .nonsense, first: first, last: first, reference: String(old.prefix(1)), alternate: "*")
        case 8:
            return ProteinChange(kind: .synonymous, first: first, last: last, reference: old, alternate: "")
        default:
            return ProteinChange(kind: .startLost, first: 1, last: 1, reference: "M", alternate: "")
        }
    }
}
