import Consequences
import GeneModels
import Testing

@Suite("Large alleles and the choice of a transcript")
struct LargeAlleleTests {
    /// Two exons at 100-200 and 300-400, coding 150-200 and 300-350, on either strand; a longer twin.
    private static func model(_ strand: String) throws -> GeneModel {
        func line(_ type: String, _ first: Int, _ last: Int, _ attributes: String, _ phase: String = ".")
            -> String
        {
            "1\ttest\t\(type)\t\(first)\t\(last)\t.\t\(strand)\t\(phase)\t\(attributes)\n"
        }
        let text =
            line("gene", 101, 400, "ID=gene:G;Name=G;biotype=protein_coding")
            + line("mRNA", 101, 400, "ID=transcript:T1;Parent=gene:G;biotype=protein_coding;tag=MANE_Select")
            + line("exon", 101, 200, "Parent=transcript:T1") + line("exon", 301, 400, "Parent=transcript:T1")
            + line("CDS", 151, 200, "Parent=transcript:T1", "0")
            + line("CDS", 301, 350, "Parent=transcript:T1", "0")
            + line("mRNA", 101, 400, "ID=transcript:T2;Parent=gene:G;biotype=retained_intron")
            + line("exon", 101, 400, "Parent=transcript:T2")
        return try GFF3Parser.parse(Array(text.utf8), file: "genes.gff3", isStrict: true).model
    }

    @Test(
        "terms by extent",
        arguments: [
            (LargeAllele(.deletion, 50..<500), "+", "transcript_ablation"),
            (LargeAllele(.duplication, 50..<500), "+", "transcript_amplification"),
            (LargeAllele(.deletion, 50..<120), "+", "feature_truncation&5_prime_UTR_variant"),
            (LargeAllele(.deletion, 50..<120), "-", "feature_truncation&3_prime_UTR_variant"),
            (
                LargeAllele(.deletion, 140..<160), "+",
                "start_lost&feature_truncation&coding_sequence_variant&5_prime_UTR_variant"
            ),
            (
                LargeAllele(.deletion, 140..<160), "-",
                "stop_lost&feature_truncation&coding_sequence_variant&3_prime_UTR_variant"
            ),
            (
                LargeAllele(.deletion, 180..<220), "+",
                "splice_donor_variant&feature_truncation&coding_sequence_variant&intron_variant"
            ),
            (LargeAllele(.deletion, 220..<260), "+", "feature_truncation&intron_variant"),
            (LargeAllele(.duplication, 160..<180), "+", "feature_elongation&coding_sequence_variant"),
            (LargeAllele(.insertion, 160..<160), "+", "feature_elongation&coding_sequence_variant"),
            (LargeAllele(.inversion, 220..<260), "+", "intron_variant"),
            (LargeAllele(.inversion, 50..<500), "+", "coding_transcript_variant"),
            (LargeAllele(.deletion, 20..<60), "+", "upstream_gene_variant"),
            (LargeAllele(.deletion, 20..<60), "-", "downstream_gene_variant"),
        ])
    func extent(allele: LargeAllele, strand: String, terms: String) throws {
        let model = try Self.model(strand)
        let caller = ConsequenceCaller(model: model)
        let number = try #require(model.transcriptNumber(id: "T1"))
        var out: [UInt8] = []
        caller.call(allele, on: number).terms.write(to: &out)
        #expect(String(decoding: out, as: UTF8.self) == terms)
    }

    /// Exons 100-200, 300-301 and 400-500. `coding` begins or ends so that bases 199, 300 and 400 are one codon.
    private static func splitCodons(_ strand: String, coding: [(Int, Int)]) throws -> GeneModel {
        func line(_ type: String, _ first: Int, _ last: Int, _ attributes: String, _ phase: String = ".")
            -> String
        {
            "1\ttest\t\(type)\t\(first)\t\(last)\t.\t\(strand)\t\(phase)\t\(attributes)\n"
        }
        let text =
            line("gene", 101, 500, "ID=gene:G;Name=G;biotype=protein_coding")
            + line("mRNA", 101, 500, "ID=transcript:T1;Parent=gene:G;biotype=protein_coding")
            + [(101, 200), (301, 301), (401, 500)].map { line("exon", $0.0, $0.1, "Parent=transcript:T1") }
            .joined()
            + coding.map { line("CDS", $0.0, $0.1, "Parent=transcript:T1", "0") }.joined()
        return try GFF3Parser.parse(Array(text.utf8), file: "genes.gff3").model
    }

    @Test(
        "a start or stop codon that introns part is lost with any of its bases, and not with the introns",
        arguments: [
            (195..<200, "first"), (280..<301, "first"), (300..<302, "first"), (390..<401, "first"),
            (400..<450, "first"), (220..<299, ""), (210..<260, ""), (320..<380, ""), (401..<420, ""),
            (150..<190, ""),
        ])
    func splitCodon(deleted: Range<Int>, end: String) throws {
        for strand in ["+", "-"] {
            // The codon lies at the left end of the coding bases, then at their right end.
            for (coding, isLeft) in [
                ([(200, 200), (301, 301), (401, 500)], true), ([(101, 200), (301, 301), (401, 401)], false),
            ] {
                if !isLeft, deleted.lowerBound < 199 || deleted.lowerBound > 400 { continue }
                let caller = ConsequenceCaller(model: try Self.splitCodons(strand, coding: coding))
                let terms = Set(caller.call(LargeAllele(.deletion, deleted), on: 0).terms.list)
                let lost: SequenceOntologyTerm = isLeft == (strand == "+") ? .startLost : .stopLost
                #expect(terms.contains(lost) == (end == "first"), "\(strand) \(coding) \(deleted): \(terms)")
            }
        }
    }

    @Test(
        "symbols of VCF",
        arguments: [
            ("<DEL>", LargeAllele(.deletion, 100..<200)),
            ("<DUP:TANDEM>", LargeAllele(.duplication, 100..<200)),
            ("<INS:ME:ALU>", LargeAllele(.insertion, 100..<100)),
            ("<INV>", LargeAllele(.inversion, 100..<200)),
        ])
    func symbol(text: String, allele: LargeAllele) {
        #expect(LargeAllele(symbol: text, position: 100, end: 200) == allele)
    }

    @Test("no large allele", arguments: ["<CNV>", "<*>", "<NON_REF>", "A", "*"])
    func noAllele(text: String) {
        #expect(LargeAllele(symbol: text, position: 100, end: 200) == nil)
    }

    @Test("MANE Select is reported, whatever another transcript says")
    func choice() throws {
        let model = try Self.model("+")
        let caller = ConsequenceCaller(model: model)
        let all = model.transcripts.indices.map { caller.call(LargeAllele(.deletion, 220..<260), on: $0) }
        let choice = TranscriptChoice(model)
        for consequences in [all, all.reversed()] {
            let reported = choice.reported(consequences, model)
            #expect(reported.map { model.text(model.transcripts[Int($0.transcript)].id) } == ["T1"])
        }
    }
}
