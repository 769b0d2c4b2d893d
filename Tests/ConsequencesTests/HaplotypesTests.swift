import Consequences
import Genome
import TestSupport
import Testing

@Suite("Copies of a chromosome")
struct HaplotypesTests {
    @Test(
        "phase of an allele",
        arguments: [
            ("1/1", "", "", "", AllelePhase.every), ("1|1", "", "", "", .every), ("1", "", "", "", .every),
            ("0/1", "", "", "", .unphased), ("0|1", "100", "", "", .copy(1, block: "100")),
            ("1|0", ".", "", "", .copy(0, block: "")),
            ("0/1", "", "0|1", "100_A_T", .copy(1, block: "PID 100_A_T")), ("0/1", "", ".", ".", .unphased),
            ("0/0", "", "", "", .absent), ("./.", "", "", "", .absent), ("1/2", "", "", "", .unphased),
            ("0/2", "", "", "", .absent),
        ])
    func phase(genotype: String, set: String, pgt: String, pid: String, expected: AllelePhase) {
        #expect(AllelePhase(genotype: genotype, allele: 1, phaseSet: set, pgt: pgt, pid: pid) == expected)
    }

    @Test("copies: phased together, homozygous with all, unphased apart")
    func copies() {
        let first = AllelePhase.copy(0, block: "7"), second = AllelePhase.copy(1, block: "7")
        #expect(Haplotypes([first, second, first]).copies == [[0, 2], [1]])
        #expect(Haplotypes([.every, .unphased, .every]).copies == [[0, 1, 2]])
        #expect(Haplotypes([.unphased, .unphased]).copies == [[0], [1]])
        #expect(Haplotypes([.every, first, .unphased]).copies == [[0, 1], [0, 2]])
        #expect(Haplotypes([.every, .every]).copies == [[0, 1]])
        #expect(Haplotypes([.absent]).copies == [])
    }

    @Test("which pairs stay open")
    func open() {
        let first = AllelePhase.copy(0, block: "7"), second = AllelePhase.copy(1, block: "7")
        #expect(Haplotypes.isOpen(.unphased, .unphased) && Haplotypes.isOpen(.unphased, first))
        #expect(Haplotypes.isOpen(first, .copy(0, block: "8")))
        #expect(!Haplotypes.isOpen(first, second) && !Haplotypes.isOpen(first, first))
        #expect(!Haplotypes.isOpen(.every, .unphased) && !Haplotypes.isOpen(.absent, .unphased))
    }

    @Test("the name of two changes of one haplotype", .enabled(if: TestData.isAvailable))
    func name() throws {
        let pack = try #require(PackCaller.mane)
        let number = try #require(pack.caller.model.transcriptNumber(id: "ENST00000311936"))
        let sequence = try #require(pack.genome.region(Contig("12"), 25_245_350)).sequence
        var edits = [VariantEdit(), VariantEdit()]
        edits[0].set(
            position: 25_245_349, reference: Array("C".utf8)[...], alternate: Array("A".utf8)[...],
            in: sequence)
        edits[1].set(
            position: 25_245_350, reference: Array("C".utf8)[...], alternate: Array("A".utf8)[...],
            in: sequence)
        var out: [UInt8] = []
        #expect(pack.caller.writeTranscriptName(ofHaplotype: edits, on: number, in: sequence, to: &out))
        let text = String(decoding: out, as: UTF8.self)
        #expect(text == "c.[34G>T;35G>T]")
        #expect(HGVSName(text)?.description == text)
    }
}
