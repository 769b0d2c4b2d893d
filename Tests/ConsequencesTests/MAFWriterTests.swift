import Consequences
import Genome
import Testing
import Variants

@Suite("MAF rows")
struct MAFWriterTests {
    private static func row(
        _ variant: (Int, String, String), _ consequences: [Consequence] = [],
        _ change: (inout MAFWriter.Call) -> Void = { _ in }
    ) -> [String: String] {
        var call = MAFWriter.Call(
            variant: Variant(
                contig: Contig("7"), oneBased: variant.0, reference: variant.1, alternate: variant.2),
            contigName: "chr7", consequences: consequences)
        change(&call)
        let text = MAFWriter(build: "GRCh38", tumor: "T1", normal: "N1").row(call)
        let cells = text.dropLast().split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        #expect(text.hasSuffix("\n") && cells.count == MAFWriter.columns.count)
        return Dictionary(uniqueKeysWithValues: zip(MAFWriter.columns, cells))
    }

    private static func consequence(
        _ term: SequenceOntologyTerm, _ coding: String = "", _ protein: String = ""
    ) -> Consequence {
        Consequence(
            gene: "ABC1", transcript: "ENST01.2", terms: [term], codingName: coding, proteinName: protein,
            proteinChange: ProteinChange(hgvs: protein), geneID: "ENSG01")
    }

    @Test(
        "places, types and alleles as vcf2maf writes them",
        arguments: [
            ((100, "A", "T"), "100", "100", "SNP", "A", "T"),
            ((100, "AC", "TG"), "100", "101", "DNP", "AC", "TG"),
            ((100, "ACG", "TGT"), "100", "102", "TNP", "ACG", "TGT"),
            ((100, "ACGA", "TGTC"), "100", "103", "ONP", "ACGA", "TGTC"),
            ((100, "AC", ""), "100", "101", "DEL", "AC", "-"),
            ((100, "", "AC"), "99", "100", "INS", "-", "AC"),
            ((100, "ACG", "T"), "100", "102", "DEL", "ACG", "T"),
            ((100, "A", "TTT"), "100", "100", "INS", "A", "TTT"),
        ])
    func places(
        variant: (Int, String, String), start: String, end: String, type: String, reference: String,
        alternate: String
    ) {
        let row = Self.row(variant)
        #expect(row["Start_Position"] == start && row["End_Position"] == end && row["Variant_Type"] == type)
        #expect(row["Reference_Allele"] == reference && row["Tumor_Seq_Allele2"] == alternate)
        #expect(row["Tumor_Seq_Allele1"] == reference && row["Match_Norm_Seq_Allele2"] == reference)
        #expect(row["Hugo_Symbol"] == "Unknown" && row["Variant_Classification"] == "IGR")
        #expect(
            row["Chromosome"] == "chr7" && row["NCBI_Build"] == "GRCh38"
                && row["Mutation_Status"] == "Somatic")
    }

    @Test("names, reads, filters and identifiers; what is not known is empty")
    func columns() {
        let row = Self.row((100, "A", "T"), [Self.consequence(.missenseVariant, "c.1799T>A", "p.Val600Glu")])
        {
            $0.tumor = SampleCall(depth: 50, alternateDepth: 20, vaf: 0.4)
            ($0.tumorReference, $0.isHomozygous) = (30, true)
            ($0.filters, $0.identifiers) = ("clustered;weak", "rs12;COSM3")
        }
        for (name, value) in [
            ("Hugo_Symbol", "ABC1"), ("Variant_Classification", "Missense_Mutation"),
            ("HGVSc", "ENST01.2:c.1799T>A"),
            ("HGVSp", "p.Val600Glu"), ("HGVSp_Short", "p.V600E"), ("Transcript_ID", "ENST01.2"),
            ("t_depth", "50"),
            ("t_ref_count", "30"), ("t_alt_count", "20"), ("n_depth", ""), ("Tumor_Seq_Allele1", "T"),
            ("FILTER", "clustered;weak"), ("vcf_id", "rs12;COSM3"), ("dbSNP_RS", "rs12"), ("Gene", "ENSG01"),
            ("Consequence", "missense_variant"), ("Tumor_Sample_Barcode", "T1"),
            ("all_effects", "ABC1,missense_variant,p.V600E,ENST01.2,ENST01.2:c.1799T>A"),
        ] {
            #expect(row[name] == value, "\(name): \(row[name] ?? "")")
        }
    }

    @Test(
        "splice sites are named by the codon beside them, as vcf2maf does",
        arguments: [
            // Of TCGA's uveal melanomas as GDC annotated them.
            ("c.508-1G>A", SequenceOntologyTerm.spliceAcceptorVariant, "p.X170_splice"),
            ("c.483+1G>A", .spliceDonorVariant, "p.X161_splice"),
            ("c.7777-1G>T", .spliceAcceptorVariant, "p.X2593_splice"),
            ("c.-12+1G>A", .spliceDonorVariant, "p.X1_splice"), ("n.375+1G>A", .spliceDonorVariant, ""),
        ])
    func splice(coding: String, term: SequenceOntologyTerm, name: String) {
        let row = Self.row((100, "A", "T"), [Self.consequence(term, coding)])
        #expect(row["Variant_Classification"] == "Splice_Site" && row["HGVSp_Short"] == name)
    }
}
