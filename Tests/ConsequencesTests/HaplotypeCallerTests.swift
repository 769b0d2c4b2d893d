import Consequences
import GeneModels
import Genome
import TestSupport
import Testing

/// One transcript of two exons.
enum SmallHaplotypeWorld {
    /// Two exons, forward: `ATG GCA CCA │ GAA TTC TAA` with an intron of twenty bases behind `CC`.
    private static let exons = ("TTATGGCACC", "AGAATTCTAATT")
    private static let intron = "GTAAGTTTTTTTTTTTTTAG"

    static func make() throws -> (ConsequenceCaller, ContigSequence) {
        let text = "ACGT" + Self.exons.0 + Self.intron + Self.exons.1 + "ACGTACGT"
        let gff = [
            "1\ttest\tmRNA\t5\t46\t.\t+\t.\tID=transcript:T;Parent=gene:G;biotype=protein_coding",
            "1\ttest\tgene\t5\t46\t.\t+\t.\tID=gene:G;Name=G;biotype=protein_coding",
            "1\ttest\texon\t5\t14\t.\t+\t.\tParent=transcript:T",
            "1\ttest\texon\t35\t46\t.\t+\t.\tParent=transcript:T",
            "1\ttest\tCDS\t7\t14\t.\t+\t0\tParent=transcript:T",
            "1\ttest\tCDS\t35\t44\t.\t+\t1\tParent=transcript:T",
        ].joined(separator: "\n")
        let model = try GFF3Parser.parse(Array(gff.utf8), file: "genes.gff3", isStrict: true).model
        return (ConsequenceCaller(model: model), ContigSequence(letters: text.utf8))
    }

    static func edit(_ position: Int, _ reference: String, _ alternate: String, _ sequence: ContigSequence)
        -> VariantEdit
    {
        var edit = VariantEdit()
        edit.set(
            position: position - 1, reference: Array(reference.utf8)[...],
            alternate: Array(alternate.utf8)[...], in: sequence)
        for (index, letter) in reference.utf8.enumerated() {
            let genome = sequence.code(at: position - 1 + index)
            #expect(BaseCode.fits(letter, genome: genome), "\(position) \(reference)")
        }
        return edit
    }
}

@Suite("Variants of one haplotype")
struct HaplotypeCallerTests {
    private func call(_ variants: [(Int, String, String)]) throws -> [(
        members: [Int], terms: [String], protein: String
    )] {
        var (caller, sequence) = try SmallHaplotypeWorld.make()
        let edits = variants.map { SmallHaplotypeWorld.edit($0.0, $0.1, $0.2, sequence) }
        return caller.callHaplotype(edits, on: 0, in: sequence).map { group in
            var out: [UInt8] = []
            _ = caller.writeProteinName(of: group.consequence, group.edit, in: sequence, to: &out)
            return (
                group.members, group.consequence.terms.list.map(\.rawValue),
                String(decoding: out, as: UTF8.self)
            )
        }
    }

    @Test("two SNVs of one codon give one residue")
    func codon() throws {
        // GCA: G>C alone is Pro, A>T alone silent; C>A and A>T together Asp.
        let both = try call([(11, "C", "A"), (12, "A", "T")])
        #expect(both.map(\.members) == [[0, 1]])
        #expect(both[0].terms == ["missense_variant", "splice_region_variant"])
        #expect(both[0].protein == "p.Ala2Asp")
        let reversed = try call([(12, "A", "T"), (11, "C", "A")])
        #expect(reversed[0].protein == "p.Ala2Asp" && reversed[0].members == [1, 0])
    }

    @Test("a codon on both sides of an intron")
    func acrossIntron() throws {
        // CC│A: C>A and A>G, apart in the genome.
        let both = try call([(14, "C", "A"), (35, "A", "G")])
        #expect(both.map(\.members) == [[0, 1]])
        #expect(both[0].protein == "p.Pro3Gln")
        #expect(both[0].terms.contains("splice_region_variant"))
    }

    @Test("neighbors in other codons stay apart")
    func apart() throws {
        let both = try call([(10, "G", "C"), (36, "G", "C")])
        #expect(both.map(\.members) == [[0], [1]])
        #expect(both.map(\.protein) == ["p.Ala2Pro", "p.Glu4Gln"])
    }

    @Test("a second frameshift restores the frame")
    func restored() throws {
        let both = try call([(10, "G", "GT"), (36, "GA", "G")])
        #expect(both.map(\.members) == [[0, 1]])
        #expect(!both[0].terms.contains("frameshift_variant"))
        #expect(both[0].protein == "p.Ala2_Glu4delinsValThrArg")
        let single = try call([(10, "G", "GT")])
        #expect(single[0].terms.contains("frameshift_variant"))
    }

    @Test("a deletion in the intron is no part of a group")
    func intronic() throws {
        let groups = try call([(11, "C", "A"), (20, "TTT", "T"), (12, "A", "T")])
        #expect(groups.map(\.members) == [[0, 2], [1]])
        #expect(groups[1].terms.contains("intron_variant") && groups[1].protein.isEmpty)
    }

    @Test("possible_mnv: two variants that share a codon")
    func sharedCodon() throws {
        let (caller, sequence) = try SmallHaplotypeWorld.make()
        let left = SmallHaplotypeWorld.edit(11, "C", "A", sequence),
            right = SmallHaplotypeWorld.edit(12, "A", "T", sequence)
        #expect(caller.shareCodon(left, right, on: 0) && caller.shareCodon(right, left, on: 0))
        #expect(
            caller.shareCodon(
                SmallHaplotypeWorld.edit(14, "C", "A", sequence),
                SmallHaplotypeWorld.edit(35, "A", "G", sequence), on: 0))
        #expect(!caller.shareCodon(left, SmallHaplotypeWorld.edit(36, "G", "C", sequence), on: 0))
        #expect(!caller.shareCodon(left, SmallHaplotypeWorld.edit(20, "T", "A", sequence), on: 0))
    }

    @Test("KRAS G12 by two phased SNVs is the block's answer", .enabled(if: TestData.isAvailable))
    func kras() throws {
        let pack = try #require(PackCaller.mane)
        var caller = pack.caller
        let number = try #require(caller.model.transcriptNumber(id: "ENST00000311936"))
        let sequence = try #require(pack.genome.region(Contig("12"), 25_245_350)).sequence
        let edits = [
            SmallHaplotypeWorld.edit(25_245_350, "C", "A", sequence),
            SmallHaplotypeWorld.edit(25_245_351, "C", "A", sequence),
        ]
        let groups = caller.callHaplotype(edits, on: number, in: sequence)
        var out: [UInt8] = []
        #expect(caller.writeProteinName(of: groups[0].consequence, groups[0].edit, in: sequence, to: &out))
        #expect(String(decoding: out, as: UTF8.self) == "p.Gly12Phe")
    }
}
