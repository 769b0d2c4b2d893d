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
            ("0/2", "", "", "", .absent), ("/0|1", "100", "", "", .copy(1, block: "100")),
            ("|1/0", "100", "", "", .copy(0, block: "100")), ("/1|0", "100", "", "", .unphased),
            ("|0/1", "100", "", "", .unphased), ("|1|0", "", "", "", .copy(0, block: "")),
            ("/1", "", "", "", .every),
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

    @Test("the name of a group: delins of near changes, a list of others", .enabled(if: TestData.isAvailable))
    func name() throws {
        let pack = try #require(PackCaller.mane)
        var caller = pack.caller
        let number = try #require(caller.model.transcriptNumber(id: "ENST00000311936"))
        let sequence = try #require(pack.genome.region(Contig("12"), 25_245_350)).sequence
        func name(_ variants: [(Int, String, String)]) throws -> String {
            let edits = variants.map { position, reference, alternate in
                var edit = VariantEdit()
                edit.set(
                    position: position - 1, reference: Array(reference.utf8)[...],
                    alternate: Array(alternate.utf8)[...], in: sequence)
                return edit
            }
            var resolver = HaplotypeResolver()
            for (index, edit) in edits.enumerated() {
                resolver.add(
                    index, edit, record: index, carriers: [Carrier(sample: 0, phase: .every)], on: [number],
                    caller.model)
            }
            let groups = resolver.close(before: .max, &caller, in: sequence).groups
            let group = try #require(groups.first)
            #expect(groups.count == 1 && group.members.count == variants.count && resolver.isEmpty)
            var out: [UInt8] = []
            #expect(
                caller.writeTranscriptName(
                    of: group, group.members.map { edits[$0] }, in: sequence, to: &out))
            let text = String(decoding: out, as: UTF8.self)
            #expect(HGVSName(text)?.description == text)
            return text
        }
        #expect(try name([(25_245_350, "C", "A"), (25_245_351, "C", "A")]) == "c.34_35delinsTT")
        #expect(try name([(25_245_349, "A", "T"), (25_245_351, "C", "A")]) == "c.34_36delinsTGA")
        // A base more in codon 11 and one less in codon 13.
        #expect(try name([(25_245_353, "A", "AC"), (25_245_345, "GC", "G")]).hasPrefix("c.["))
    }

    @Test("what waits is put together once the coding bases are passed, by sample and copy")
    func resolver() throws {
        var (caller, sequence) = try SmallHaplotypeWorld.make()
        let edits = [(11, "C", "A"), (12, "A", "T")].map {
            SmallHaplotypeWorld.edit($0.0, $0.1, $0.2, sequence)
        }
        func resolve(_ carriers: [[Carrier]]) -> HaplotypeResolver.Resolution {
            var resolver = HaplotypeResolver()
            for (index, edit) in edits.enumerated() {
                resolver.add(index, edit, record: index, carriers: carriers[index], on: [0], caller.model)
            }
            #expect(!resolver.hasPassed(44) && resolver.hasPassed(45))
            #expect(resolver.close(before: 44, &caller, in: sequence).groups.isEmpty)
            #expect(resolver.firstWaiting == 0)
            return resolver.close(before: 45, &caller, in: sequence)
        }
        let copy = AllelePhase.copy(1, block: "7"), other = AllelePhase.copy(0, block: "7")
        #expect(
            resolve([[Carrier(sample: 0, phase: copy)], [Carrier(sample: 0, phase: copy)]]).groups.count == 1)
        #expect(
            resolve([[Carrier(sample: 0, phase: copy)], [Carrier(sample: 0, phase: other)]]).groups.isEmpty)
        #expect(
            resolve([[Carrier(sample: 0, phase: copy)], [Carrier(sample: 1, phase: copy)]]).groups.isEmpty)
        let open = resolve([[Carrier(sample: 0, phase: .unphased)], [Carrier(sample: 0, phase: .unphased)]])
        #expect(open.groups.isEmpty && open.pairs.map { [$0.left, $0.right] } == [[0, 1]])
        // Two samples with the same copy are told once.
        let both = [0, 1].map { Carrier(sample: $0, phase: copy) }
        #expect(resolve([both, both]).groups.count == 1)
    }
}
