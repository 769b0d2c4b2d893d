import TestSupport
import Testing

@Suite("Names that every tumor board knows", .enabled(if: TestData.isAvailable))
struct TextbookNameTests {
    @Test(
        "MANE Select, GRCh38",
        arguments: [
            ("7 140753336 A T BRAF", "c.1799T>A", "p.Val600Glu", "missense_variant"),
            ("7 140753335 CA TT BRAF", "c.1799_1800delinsAA", "p.Val600Glu", "missense_variant"),
            ("7 140753336 AC TT BRAF", "c.1798_1799delinsAA", "p.Val600Lys", "missense_variant"),
            ("7 140753335 CAC CTT BRAF", "c.1798_1799delinsAA", "p.Val600Lys", "missense_variant"),
            ("12 25245350 C T KRAS", "c.35G>A", "p.Gly12Asp", "missense_variant"),
            ("12 25245351 C A KRAS", "c.34G>T", "p.Gly12Cys", "missense_variant"),
            ("12 25245350 CC AA KRAS", "c.34_35delinsTT", "p.Gly12Phe", "missense_variant"),
            ("12 25245349 ACC GAA KRAS", "c.34_36delinsTTC", "p.Gly12Phe", "missense_variant"),
            ("7 55191822 T G EGFR", "c.2573T>G", "p.Leu858Arg", "missense_variant"),
            ("7 55181378 C T EGFR", "c.2369C>T", "p.Thr790Met", "missense_variant"),
            (
                "7 55174771 AGGAATTAAGAGAAGC A EGFR", "c.2235_2249del", "p.Glu746_Ala750del",
                "inframe_deletion"
            ),
            (
                "7 55174776 TTAAGAGAAGCAACATCTC T EGFR", "c.2240_2257del", "p.Leu747_Pro753delinsSer",
                "inframe_deletion"
            ),
            ("7 55181319 C CCAC EGFR", "c.2310_2311insCAC", "p.Asp770_Asn771insHis", "inframe_insertion"),
            ("7 55181319 C CGGT EGFR", "c.2310_2311insGGT", "p.Asp770_Asn771insGly", "inframe_insertion"),
            ("17 7675088 C T TP53", "c.524G>A", "p.Arg175His", "missense_variant"),
            ("3 179234297 A G PIK3CA", "c.3140A>G", "p.His1047Arg", "missense_variant"),
            ("5 1295113 G A TERT", "", "", "upstream_gene_variant"),
            ("4 54733155 A T KIT", "c.2447A>T", "p.Asp816Val", "missense_variant"),
        ])
    func name(variant: String, coding: String, protein: String, term: String) throws {
        var pack = try #require(PackCaller.mane)
        let fields = variant.split(separator: " ").map(String.init)
        let id = try #require(pack.maneTranscript(fields[4]))
        let found = pack.answer(fields[0], Int(fields[1]) ?? 0, fields[2], fields[3], id)
        let answer = try #require(found)
        #expect(answer.coding == coding)
        #expect(answer.protein == protein)
        #expect(answer.terms.contains(term))
    }

    @Test(
        "by c. name: placed on the contig, called, named again",
        arguments: [
            ("KIT", "c.1669_1674del", "p.Trp557_Lys558del", "inframe_deletion"),
            ("KIT", "c.1674_1676del", "p.Lys558_Val559delinsAsn", "inframe_deletion"),
            ("KIT", "c.1676T>A", "p.Val559Asp", "missense_variant"),
            ("KIT", "c.2007_2009delinsGAT", "p.Ile669_Thr670delinsMetIle", "missense_variant"),
            ("MET", "c.3028+1G>T", "", "splice_donor_variant"),
            ("MET", "c.2888-2A>G", "", "splice_acceptor_variant"),
            ("MET", "c.3028G>A", "p.Asp1010Asn", "splice_region_variant"),
            ("EGFR", "c.2236_2250del", "p.Glu746_Ala750del", "inframe_deletion"),
            ("EGFR", "c.2300_2308dup", "p.Ala767_Val769dup", "inframe_insertion"),
            ("EGFR", "c.2284-5_2290dup", "p.Ala763_Tyr764insPheGlnGluAla", "inframe_insertion"),
            ("PIK3CA", "c.1633G>A", "p.Glu545Lys", "missense_variant"),
            ("IDH1", "c.395G>A", "p.Arg132His", "missense_variant"),
            ("BRCA1", "c.5266dup", "p.Gln1756ProfsTer74", "frameshift_variant"),
            ("BRCA1", "c.68_69del", "p.Glu23ValfsTer17", "frameshift_variant"),
            ("TP53", "c.817C>T", "p.Arg273Cys", "missense_variant"),
            ("NPM1", "c.860_863dup", "p.Trp288CysfsTer12", "frameshift_variant"),
        ])
    func placed(gene: String, coding: String, protein: String, term: String) throws {
        var pack = try #require(PackCaller.mane)
        let id = try #require(pack.maneTranscript(gene))
        let found = pack.answer(codingName: coding, id)
        let answer = try #require(found)
        #expect(answer.coding == coding)
        #expect(answer.protein == protein)
        #expect(answer.terms.contains(term))
    }
}
