import Genome
import Testing

@Suite struct BasesTests {
    @Test(
        "letters keep their meaning in either case", arguments: zip("ACGTacgtNRu-".utf8, "ACGTACGTNNNN".utf8))
    func standard(base: UInt8, expected: UInt8) {
        #expect(Bases.standard(base) == expected)
    }

    @Test("the complement of the complement is the base", arguments: Array("ACGT".utf8))
    func complement(base: UInt8) {
        #expect(Bases.complement(Bases.complement(base)) == base)
        #expect(Bases.complement(base) != base)
    }

    @Test("ambiguity codes are codes, other letters are not")
    func codes() {
        #expect("ACGTURYSWKMBDHVNacgtn".utf8.allSatisfy(Bases.isCode))
        #expect(!"EFIJLOPQXZ*.<-1".utf8.contains(where: Bases.isCode))
    }
}
