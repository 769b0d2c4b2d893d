import Consequences
import Testing
import Variants

@Suite("Annotation that is already there")
struct ExistingAnnotationTests {
    /// Hand-made after the tools' header documentation.
    private static func header(_ line: String) -> VCFHeader {
        VCFHeader(text: "##fileformat=VCFv4.2\n\(line)\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
    }

    private static let vep = header(
        "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Consequence annotations from Ensembl VEP. Format: "
            + "Allele|Consequence|IMPACT|SYMBOL|Feature|BIOTYPE|EXON|HGVSc|HGVSp|CANONICAL|MANE_SELECT|gnomADe_AF|CLIN_SIG\">"
    )

    private static func record(_ ref: String, _ alt: String, _ info: String) throws -> VCFRecord {
        try #require(VCFRecord(line: "7\t100\t.\t\(ref)\t\(alt)\t.\tPASS\t\(info)"))
    }

    @Test("VEP's fields are found by the header's names")
    func csq() throws {
        let annotation = try #require(ExistingAnnotation(header: Self.vep))
        let record = try Self.record(
            "A", "T",
            "CSQ=T|missense_variant&splice_region_variant|MODERATE|BRAF|ENST1.2|protein_coding|15/18|ENST1.2:c.1799T>A|"
                + "ENSP1.1:p.Val600Glu|YES|NM_1|0.0004|pathogenic&likely_pathogenic,T|upstream_gene_variant|MODIFIER|X|ENST2|lncRNA||||||0.002|"
        )
        let found = annotation.consequences(for: record, alleleIndex: 1)
        #expect(found.map(\.gene) == ["BRAF", "X"])
        #expect(
            found[0].transcript == "ENST1.2" && found[0].codingName == "c.1799T>A"
                && found[0].proteinName == "p.Val600Glu")
        #expect(
            found[0].protein == "ENSP1.1" && found[0].exon == 15 && found[0].isMANESelect
                && found[0].isCanonical)
        #expect(found[0].terms == [.missenseVariant, .spliceRegionVariant])
        #expect(annotation.populationFrequency(for: record, alleleIndex: 1) == 0.002)
        #expect(
            annotation.clinicalSignificance(for: record, alleleIndex: 1) == [
                "pathogenic", "likely_pathogenic",
            ])
        #expect(found[0].isNonsynonymous && !found[1].isCoding)
    }

    @Test(
        "VEP's allele names lead to the right ALT",
        arguments: [
            ("GTT", "G,GT", "-|stop_gained|||A|||||||,T|stop_lost|||B|||||||", ["A"], ["B"]),
            ("G", "GA,T", "GA|stop_gained|||A|||||||,T|stop_lost|||B|||||||", ["A"], ["B"]),
            ("A", "T,C", "T|stop_gained|||A|||||||,C|stop_lost|||B|||||||", ["A"], ["B"]),
        ])
    func alleles(ref: String, alt: String, csq: String, first: [String], second: [String]) throws {
        let annotation = try #require(ExistingAnnotation(header: Self.vep))
        let record = try Self.record(ref, alt, "CSQ=" + csq)
        #expect(annotation.consequences(for: record, alleleIndex: 1).map(\.transcript) == first)
        #expect(annotation.consequences(for: record, alleleIndex: 2).map(\.transcript) == second)
    }

    @Test("SnpEff's ANN is read by its sixteen fields")
    func ann() throws {
        let header = Self.header(
            "##INFO=<ID=ANN,Number=.,Type=String,Description=\"Functional annotations: 'Allele | Annotation | ...'\">"
        )
        let annotation = try #require(ExistingAnnotation(header: header))
        let record = try Self.record(
            "A", "T",
            "ANN=T|missense_variant|MODERATE|BRAF|ENSG1|transcript|ENST1.2|protein_coding|15/18|c.1799T>A|p.Val600Glu|1/1|1/1|600/766||"
        )
        let found = try #require(annotation.consequences(for: record, alleleIndex: 1).first)
        #expect(found.gene == "BRAF" && found.proteinChange?.shortName == "p.V600E" && found.exon == 15)
    }

    @Test(
        "bcftools' BCSQ is read, with the allele from its DNA change",
        arguments: [
            ("missense|BRAF|ENST1|protein_coding|-|600V>600E|100A>T", "p.V600E"),
            ("stop_gained|TP53|ENST1|protein_coding|-|213R>213*|100A>T", "p.R213*"),
            ("inframe_deletion|EGFR|ENST1|protein_coding|+|745KELREA>745K|100A>T", "p.E746_A750del"),
            ("*missense|BRAF|ENST1|protein_coding|-|600V>600K|100A>T+101C>G", "p.V600K"),
            ("missense|BRAF|ENST1|protein_coding|-|600V>600E|100A>G", ""),
            ("@90", ""),
        ])
    func bcsq(text: String, name: String) throws {
        let header = Self.header(
            "##INFO=<ID=BCSQ,Number=.,Type=String,Description=\"Local consequence annotation from BCFtools/csq\">"
        )
        let annotation = try #require(ExistingAnnotation(header: header))
        let found = annotation.consequences(for: try Self.record("A", "T", "BCSQ=" + text), alleleIndex: 1)
        #expect((found.first?.proteinChange?.shortName ?? "") == name)
    }

    @Test("one consequence a gene: MANE Select before canonical before the more severe")
    func reported() {
        func consequence(
            _ transcript: String, _ term: SequenceOntologyTerm, isMANE: Bool = false,
            isCanonical: Bool = false
        ) -> Consequence {
            Consequence(
                gene: "G", transcript: transcript, terms: [term], isMANESelect: isMANE,
                isCanonical: isCanonical)
        }
        let all = [
            consequence("C", .stopGained), consequence("B", .synonymousVariant, isCanonical: true),
            consequence("A", .intronVariant, isMANE: true),
        ]
        #expect(ExistingAnnotation.reported(all).map(\.transcript) == ["A"])
        #expect(ExistingAnnotation.reported(Array(all.dropLast())).map(\.transcript) == ["B"])
        #expect(ExistingAnnotation.reported([all[0]]).map(\.transcript) == ["C"])
    }

    @Test("the more severe term sorts first, and other tools' words are mapped")
    func terms() {
        #expect(SequenceOntologyTerm.stopGained < .missenseVariant)
        #expect(SequenceOntologyTerm.spliceDonorVariant < .synonymousVariant)
        #expect(
            SequenceOntologyTerm.missenseVariant.impact == .moderate
                && SequenceOntologyTerm.stopLost.impact == .high)
        for (word, term) in [
            ("missense", SequenceOntologyTerm.missenseVariant),
            ("conservative_inframe_deletion", .inframeDeletion),
            ("5_prime_utr", .fivePrimeUTRVariant), ("splice_region", .spliceRegionVariant),
            ("frameshift", .frameshiftVariant),
        ] {
            #expect(SequenceOntologyTerm(reading: word) == term)
        }
        #expect(SequenceOntologyTerm(reading: "sequence_feature") == nil)
    }
}
