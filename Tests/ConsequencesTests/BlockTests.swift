import Consequences
import GeneModels
import Genome
import TestSupport
import Testing

@Suite("Blocks across introns and at the stop codon")
struct BlockTests {
    /// `ATG GCA CAA TGG TAA` with an intron behind the second codon, `untranslated` bases before and `after` behind it.
    private struct World {
        var caller: ConsequenceCaller
        let letters: [UInt8]
        private var edit = VariantEdit()

        init(
            intron: String, before: String = "NNTTCC", untranslated: Int = 2, after: String = "GGTAGCTAACC",
            isForward: Bool = true
        ) throws {
            let text = before + "ATGGCA" + intron + "CAATGGTAA" + after + "NNNN"
            let count = text.utf8.count
            func place(_ low: Int, _ high: Int) -> String {
                isForward ? "\(low)\t\(high)" : "\(count + 1 - high)\t\(count + 1 - low)"
            }
            let strand = isForward ? "+" : "-", first = 7 - untranslated, second = 13 + intron.utf8.count
            let lines = [
                "gene\t\(place(first, count - 4))\t.\t\(strand)\t.\tID=gene:G;Name=G;biotype=protein_coding",
                "mRNA\t\(place(first, count - 4))\t.\t\(strand)\t.\tID=transcript:T;Parent=gene:G;biotype=protein_coding",
                "exon\t\(place(first, 12))\t.\t\(strand)\t.\tParent=transcript:T",
                "exon\t\(place(second, count - 4))\t.\t\(strand)\t.\tParent=transcript:T",
                "CDS\t\(place(7, 12))\t.\t\(strand)\t0\tID=CDS:P;Parent=transcript:T",
                "CDS\t\(place(second, second + 8))\t.\t\(strand)\t0\tID=CDS:P;Parent=transcript:T",
            ]
            let gff = lines.map { "1\ttest\t\($0)\n" }.joined()
            caller = ConsequenceCaller(
                model: try GFF3Parser.parse(Array(gff.utf8), file: "genes.gff3", isStrict: true).model)
            let forward = Array(text.utf8)
            letters = isForward ? forward : Self.reversed(forward)
        }

        /// Terms, codons and p. name; alleles and the 1-based position are those of the transcript's strand.
        mutating func call(_ position: Int, _ reference: String, _ alternate: String, isForward: Bool = true)
            -> (terms: Set<String>, codons: String, protein: String)
        {
            let old = Array(reference.utf8), new = Array(alternate.utf8)
            let start = isForward ? position - 1 : letters.count + 1 - position - old.count
            let sequence = ContigSequence(letters: letters)
            edit.set(
                position: start, reference: (isForward ? old : Self.reversed(old))[...],
                alternate: (isForward ? new : Self.reversed(new))[...], in: sequence)
            let consequence = caller.call(edit, on: 0, in: sequence)
            var codons: [UInt8] = [], protein: [UInt8] = []
            caller.writeCodons(of: consequence, edit, in: sequence, to: &codons)
            _ = caller.writeProteinName(of: consequence, edit, in: sequence, to: &protein)
            return (
                Set(consequence.terms.list.map(\.rawValue)), String(decoding: codons, as: UTF8.self),
                String(decoding: protein, as: UTF8.self)
            )
        }

        /// The c. name on the forward strand.
        mutating func codingName(_ position: Int, _ reference: String, _ alternate: String) -> String {
            let sequence = ContigSequence(letters: letters)
            edit.set(
                position: position - 1, reference: Array(reference.utf8)[...],
                alternate: Array(alternate.utf8)[...], in: sequence)
            var name: [UInt8] = []
            _ = caller.writeTranscriptName(of: edit, on: 0, in: sequence, to: &name)
            return String(decoding: name, as: UTF8.self)
        }

        private static func reversed(_ letters: [UInt8]) -> [UInt8] {
            letters.reversed().map { BaseCode.letter(BaseCode.complement(BaseCode.code($0))) }
        }
    }

    @Test("a block across a whole intron changes the exons' bases alone", arguments: [true, false])
    func acrossIntron(isForward: Bool) throws {
        for intron in ["GTAAG", "GTAAGTTTTTTTTTTTTTTAG"] {
            var world = try World(intron: intron, isForward: isForward)
            let answer = world.call(10, "GCA" + intron + "CA", "TTT" + intron + "TT", isForward: isForward)
            #expect(answer.terms.contains("missense_variant"), "\(intron): \(answer.terms)")
            #expect(!answer.terms.contains("frameshift_variant"))
            #expect(answer.codons == "GCACAa/TTTTTa" && answer.protein == "p.Ala2_Gln3delinsPheLeu")
            let silent = world.call(
                12, "A" + intron + "C", "G" + intron.lowercased() + "C", isForward: isForward)
            #expect(silent.terms.contains("synonymous_variant") && silent.protein == "p.Ala2_Gln3=")
        }
    }

    @Test("other bases in place of an intron and its neighbors shift the frame by the whole difference alone")
    func unequal() throws {
        var world = try World(intron: "GTAAG")
        let inFrame = world.call(12, "AGTAAGC", "TTTT")
        #expect(inFrame.terms.contains("coding_sequence_variant"))
        #expect(
            !inFrame.terms.contains("frameshift_variant") && inFrame.protein.isEmpty && inFrame.codons.isEmpty
        )
        #expect(world.call(12, "AGTAAGC", "TTT").terms.contains("frameshift_variant"))
        let deletion = world.call(11, "CAGTAAGC", "")
        #expect(deletion.terms.contains("inframe_deletion") && deletion.protein == "p.Ala2_Gln3delinsGlu")
    }

    @Test("other bases of another number in a splice site change it, though one stands in its old place")
    func delinsInSpliceSite() throws {
        for isForward in [true, false] {
            var world = try World(intron: "GTAAGTTTTTTTTTTTTTTAG", isForward: isForward)
            let acceptor = world.call(31, "TA", "CAG", isForward: isForward)
            #expect(acceptor.terms.contains("splice_acceptor_variant"), "\(acceptor)")
            let donor = world.call(14, "TA", "CTG", isForward: isForward)
            #expect(donor.terms.contains("splice_donor_variant"), "\(donor)")
        }
    }

    @Test("a stop before the stop codon is gained, also in a block that changes the stop codon")
    func stopBeforeStop() throws {
        var world = try World(intron: "GTAAG")
        let answer = world.call(22, "GGT", "AAT")
        #expect(answer.terms.contains("stop_gained") && !answer.terms.contains("missense_variant"))
        #expect(answer.protein == "p.Trp4Ter")
        let shorter = world.call(18, "CAATGGTA", "TAGCC")
        #expect(shorter.terms.contains("stop_gained") && shorter.protein == "p.Gln3_Ter5delinsTer")
        // `TGG TAA` to `TAG`, which is the last residue left out.
        let kept = world.call(22, "GGTAA", "AG")
        #expect(kept.terms.contains("protein_altering_variant") && kept.protein == "p.Trp4del", "\(kept)")
        let deleted = world.call(18, "CAATGG", "")
        #expect(!deleted.terms.contains("stop_gained"))
    }

    @Test("a block from the stop codon into the untranslated bases loses the stop or keeps it")
    func blockAtStop() throws {
        var world = try World(intron: "GTAAG")
        #expect(world.call(26, "AG", "CC").terms == ["stop_lost", "3_prime_UTR_variant"])
        #expect(world.call(26, "AG", "GC").terms == ["stop_retained_variant", "3_prime_UTR_variant"])
        #expect(world.call(26, "AG", "NC").terms == ["coding_sequence_variant", "3_prime_UTR_variant"])
    }

    @Test("a block written beyond the transcript's end is named where its changed bases lie inside")
    func paddedBlock() throws {
        var world = try World(intron: "GTAAG")
        #expect(world.codingName(4, "TC", "TA") == "c.-2C>A")
        #expect(world.codingName(4, "TC", "CC").isEmpty)
    }

    @Test("a deletion that begins before a transcript and moves into its start codon loses the start")
    func movedIntoStart() throws {
        // Deleting `GAT` of `GATG` is deleting `ATG`.
        var world = try World(intron: "GTAAG", before: "NNTTCG", untranslated: 0)
        #expect(world.call(6, "GAT", "").protein == "p.Met1?")
    }

    @Test("a deletion that brings a stop to the place of the last residue keeps the stop")
    func stopBehindDeletion() throws {
        // `CAA TGG TAA|TAG CTA` without its coding codons.
        var world = try World(intron: "GTAAG", after: "TAGCTAACC")
        let answer = world.call(18, "CAATGGTAA", "")
        #expect(answer.terms.isSuperset(of: ["inframe_deletion", "stop_retained_variant"]), "\(answer)")
        #expect(!answer.terms.contains("stop_lost") && answer.protein == "p.Gln3_Trp4del", "\(answer)")
        var other = try World(intron: "GTAAG", after: "GAGCTAACC")
        let lost = other.call(18, "CAATGGTAA", "")
        #expect(lost.terms.contains("stop_lost") && lost.protein == "p.Gln3_Ter5delextTer?")
    }
}
