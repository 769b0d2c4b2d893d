import Consequences
import Testing

@Test(
    "kind, residues and net length follow from the name",
    arguments: [
        ("p.V600E", ProteinChange.Kind.missense, 600, 600, 0),
        ("p.E746_A750del", .inframeDeletion, 746, 750, -5),
        ("p.L747_A750delinsP", .inframeDelins, 747, 750, -3),
        ("p.A763_Y764insFQEA", .inframeInsertion, 763, 764, 4),
        ("p.A767_V769dup", .inframeInsertion, 767, 769, 3), ("p.I669_T670delinsMI", .missense, 669, 670, 0),
        ("p.*636Rext*13", .stopLost, 636, 636, 13), ("p.W24=", .synonymous, 24, 24, 0),
        ("p.L747_T751delinsPSAVM", .missense, 747, 751, 0),
    ])
func residues(name: String, kind: ProteinChange.Kind, first: Int, last: Int, net: Int) throws {
    let change = try #require(ProteinChange(hgvs: name))
    #expect(change.kind == kind)
    #expect((change.first, change.last) == (first, last))
    #expect(change.netLength == net)
}

@Test(
    "where the end of the protein is unknown there is no net length",
    arguments: [
        ("p.R213*", ProteinChange.Kind.nonsense), ("p.L414Sfs*42", .frameshift), ("p.M1?", .startLost),
        ("p.M1V", .startLost), ("p.M1del", .startLost), ("p.*636Rext*?", .stopLost), ("p.*314R", .stopLost),
        ("p.K55_K56delinsN*", .nonsense), ("p.T125_Y126ins*", .nonsense), ("p.L414fs*1", .frameshift),
        ("p.L414*fs*1", .nonsense),
    ])
func openEnd(name: String, kind: ProteinChange.Kind) throws {
    let change = try #require(ProteinChange(hgvs: name))
    #expect(change.kind == kind)
    #expect(change.netLength == nil)
}

@Test("a position of more than nine digits is not read, also where it is reckoned")
func farPositions() {
    #expect(ProteinChange(hgvs: "XX999999998XH")?.last == 999_999_999)
    #expect(ProteinChange(hgvs: "XX999999999XH") == nil)
    #expect(ProteinChange(hgvs: "p.V1000000000E") == nil)
}

@Test("KIT I669_T670delinsMI holds T670I")
func kitSubstitutions() throws {
    let change = try #require(ProteinChange(hgvs: "p.I669_T670delinsMI"))
    let found = change.substitutions.map { "\($0.from ?? "?")\($0.position)\($0.to)" }
    #expect(found == ["I669M", "T670I"])
}

@Test("a residue that the name does not give is unknown in a substitution")
func unknownSubstitutions() throws {
    let change = try #require(ProteinChange(hgvs: "p.L747_T751delinsPSAVM"))
    let found = change.substitutions.map { "\($0.from ?? "?")\($0.position)\($0.to)" }
    #expect(found == ["L747P", "?748S", "?749A", "?750V", "T751M"])
    #expect(ProteinChange(hgvs: "p.E746_A750del")?.substitutions.isEmpty == true)
}

@Test(
    "names of one change are the same change",
    arguments: [
        ("p.A767_V769dup", "p.V769_D770insASV", true), ("p.A767_V769dup", "p.V769_D770insASVG", false),
        ("p.A767_V769dup", "p.V769_D770insGGV", false), ("p.A767_V769dupASV", "p.V769_D770insAGV", false),
        ("p.L414fs", "p.L414Sfs*42", true), ("p.L414Pfs*42", "p.L414Sfs*42", false), ("p.M1?", "p.M1V", true),
        ("p.E746_A750delELREA", "p.E746_A750del", true), ("p.V600E", "p.V600K", false),
        ("p.V600E", "p.A600E", false),
    ])
func sameChange(one: String, other: String, isSame: Bool) throws {
    let one = try #require(ProteinChange(hgvs: one)), other = try #require(ProteinChange(hgvs: other))
    #expect(one.isSameChange(as: other) == isSame)
    #expect(other.isSameChange(as: one) == isSame)
}
