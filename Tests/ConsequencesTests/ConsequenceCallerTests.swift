import Consequences
import GeneModels
import Genome
import TestSupport
import Testing

@Suite("Calling one variant on one transcript")
struct ConsequenceCallerTests {
    /// A world of one forward transcript without introns whose coding sequence is `coding`.
    private struct World {
        var caller: ConsequenceCaller
        var sequence: ContigSequence
        private var edit = VariantEdit()

        init(
            coding: String, contig: String = "1", tags: String = "", phase: String = "0",
            before: String = "CC",
            after: String = "GGATAACC", biotype: String = "protein_coding", more: String = ""
        ) throws {
            let bases = "NNNN" + before + coding + after + "NNNN"
            let end = 4 + before.count + coding.count + after.count
            let (low, high) = (5 + before.count, 4 + before.count + coding.count)
            let text = [
                "\(contig)\ttest\tgene\t5\t\(end)\t.\t+\t.\tID=gene:G;Name=G;biotype=\(biotype)",
                "\(contig)\ttest\tmRNA\t5\t\(end)\t.\t+\t.\tID=transcript:T;Parent=gene:G;biotype=\(biotype);tag=\(tags)",
                "\(contig)\ttest\texon\t5\t\(end)\t.\t+\t.\tParent=transcript:T",
                biotype == "protein_coding" || biotype == "nonsense_mediated_decay"
                    ? "\(contig)\ttest\tCDS\t\(low)\t\(high)\t.\t+\t\(phase)\tID=CDS:P;Parent=transcript:T\(more)"
                    : "",
            ].joined(separator: "\n")
            let model = try GFF3Parser.parse(Array(text.utf8), file: "genes.gff3", isStrict: true).model
            caller = ConsequenceCaller(model: model)
            sequence = ContigSequence(letters: bases.utf8)
        }

        /// Terms, c. and p. name; `position` counts from the first coding base with `before` of two bases.
        mutating func call(_ position: Int, _ reference: String, _ alternate: String) -> (
            String, String, String
        ) {
            edit.set(
                position: position + 5, reference: Array(reference.utf8)[...],
                alternate: Array(alternate.utf8)[...],
                in: sequence)
            let consequence = caller.call(edit, on: 0, in: sequence)
            var terms: [UInt8] = [], coding: [UInt8] = [], protein: [UInt8] = []
            consequence.terms.write(to: &terms)
            _ = caller.writeTranscriptName(of: edit, on: 0, in: sequence, to: &coding)
            _ = caller.writeProteinName(of: consequence, edit, in: sequence, to: &protein)
            return (
                String(decoding: terms, as: UTF8.self), String(decoding: coding, as: UTF8.self),
                String(decoding: protein, as: UTF8.self)
            )
        }
    }

    @Test("bits of terms stand in the order of severity")
    func bits() {
        for term in SequenceOntologyTerm.allCases {
            #expect(ConsequenceTerms(term).list == [term])
            #expect(ConsequenceTerms(term).mostSevere == term)
        }
        let terms = ConsequenceTerms([.intronVariant, .stopGained, .missenseVariant])
        #expect(terms.list == [.stopGained, .missenseVariant, .intronVariant])
        var out: [UInt8] = []
        terms.write(to: &out)
        #expect(String(decoding: out, as: UTF8.self) == "stop_gained&missense_variant&intron_variant")
    }

    @Test(
        "the standard code",
        arguments: [
            ((4, "G", "A"), "missense_variant", "c.4G>A", "p.Ala2Thr"),
            ((6, "A", "G"), "synonymous_variant", "c.6A>G", "p.Ala2="),
            ((7, "C", "T"), "stop_gained", "c.7C>T", "p.Gln3Ter"),
            ((1, "A", "G"), "start_lost", "c.1A>G", "p.Met1?"),
            ((10, "T", "C"), "stop_lost", "c.10T>C", "p.Ter4GlnextTer2"),
            ((12, "A", "G"), "stop_retained_variant", "c.12A>G", "p.Ter4="),
            ((4, "GCA", ""), "inframe_deletion", "c.4_6del", "p.Ala2del"),
            ((7, "", "GCA"), "inframe_insertion", "c.4_6dup", "p.Ala2dup"),
            ((-1, "C", "G"), "5_prime_UTR_variant", "c.-2C>G", ""),
            ((13, "G", "C"), "3_prime_UTR_variant", "c.*1G>C", ""),
            ((5, "C", ""), "frameshift_variant", "c.5del", "p.Ala2AspfsTer?"),
        ])
    func standard(variant: (Int, String, String), terms: String, coding: String, protein: String) throws {
        var world = try World(coding: "ATGGCACAATAA")
        let answer = world.call(variant.0, variant.1, variant.2)
        #expect(answer == (terms, coding, protein))
    }

    @Test("mitochondria: AGA stops, TGA and ATA are read")
    func mitochondrial() throws {
        var world = try World(coding: "ATAGCATGAAGA", contig: "MT")
        #expect(
            world.call(8, "G", "A") == ("synonymous_variant", "c.8G>A", "p.Trp3=")
                || world.call(8, "G", "A").2 == "p.Trp3Ter")
        #expect(world.call(9, "A", "G") == ("synonymous_variant", "c.9A>G", "p.Trp3="))
        #expect(world.call(11, "G", "C") == ("stop_lost", "c.11G>C", "p.Ter4ThrextTer2"))
        #expect(world.call(3, "A", "C") == ("start_lost", "c.3A>C", "p.Met1?"))
        #expect(world.call(3, "A", "G").0 == "start_retained_variant")
    }

    @Test("selenocysteine: TGA inside the coding sequence is Sec, by the file or by its place")
    func selenocysteine() throws {
        for more in ["", ";transl_except=(pos:13..15%2Caa:Sec)"] {
            var world = try World(coding: "ATGGCATGACAATAA", more: more)
            #expect(world.call(9, "A", "G") == ("missense_variant", "c.9A>G", "p.Sec3Trp"))
            #expect(world.call(8, "G", "A") == ("stop_gained", "c.8G>A", "p.Sec3Ter"))
            #expect(world.call(5, "C", "").0 == "frameshift_variant")
        }
    }

    @Test("an incomplete start: no start is lost, residues count the broken codon")
    func incompleteStart() throws {
        var world = try World(coding: "TGGCACAATAA", tags: "cds_start_NF", phase: "2")
        #expect(world.call(3, "G", "A") == ("missense_variant", "c.3G>A", "p.Ala2Thr"))
        #expect(world.call(1, "T", "A").0 == "coding_sequence_variant")
    }

    @Test("an incomplete end")
    func incompleteEnd() throws {
        var world = try World(coding: "ATGGCACAAT", tags: "cds_end_NF", after: "")
        #expect(world.call(10, "T", "A").0 == "incomplete_terminal_codon_variant&coding_sequence_variant")
        #expect(world.call(8, "A", "").2 == "p.Gln3HisfsTer?" || world.call(8, "A", "").2.isEmpty)
    }

    @Test("NMD and non-coding transcripts")
    func otherBiotypes() throws {
        var decay = try World(coding: "ATGGCACAATAA", biotype: "nonsense_mediated_decay")
        #expect(decay.call(4, "G", "A").0 == "missense_variant&NMD_transcript_variant")
        var plain = try World(coding: "ATGGCACAATAA", biotype: "lncRNA")
        #expect(plain.call(4, "G", "A") == ("non_coding_transcript_exon_variant", "n.6G>A", ""))
    }

    @Test(
        "a deletion at the stop codon that leaves a stop there keeps it",
        arguments: [
            ("ATGGCACAATAG", (9, "ATA"), "TAGCC", "p.Ter4="),
            ("ATGGCACACTAG", (9, "CTA"), "TAGCC", "p.His3Gln"),
            ("ATGGCACAATAG", (10, "TAG"), "TAGCC", ""),
            ("ATGGCACGACCATAG", (9, "ACCATA"), "TTCTAGCC", "p.Pro4Phe"),
        ])
    func refilledStop(coding: String, deletion: (Int, String), after: String, protein: String) throws {
        var world = try World(coding: coding, after: after)
        let answer = world.call(deletion.0, deletion.1, "")
        #expect(answer.0.split(separator: "&").contains("stop_retained_variant"), "\(answer)")
        #expect(!answer.0.contains("stop_lost"), "\(answer)")
        #expect(answer.2 == protein, "\(answer)")
    }

    @Test("a deletion at the stop codon that leaves none loses it")
    func lostStop() throws {
        var world = try World(coding: "ATGGCACAATAG", after: "CAGTAGCC")
        #expect(world.call(9, "ATA", "") == ("stop_lost&inframe_deletion", "c.9_11del", "p.Ter4delextTer1"))
    }

    @Test(
        "REF that does not fit, N, ambiguity codes, lower case: an answer, and never a name of unknown bases")
    func oddBases() throws {
        var world = try World(coding: "ATGGCACAATAA")
        #expect(world.call(4, "g", "a") == ("missense_variant", "c.4G>A", "p.Ala2Thr"))
        #expect(world.call(4, "G", "N") == ("coding_sequence_variant", "", ""))
        #expect(world.call(4, "G", "R").1 == "")
        #expect(world.call(4, "G", "G") == ("", "", "") || world.call(4, "G", "G").1.isEmpty)
        #expect(world.call(400, "G", "A").1 == "" && world.call(-400, "G", "A").1 == "")
    }
}
