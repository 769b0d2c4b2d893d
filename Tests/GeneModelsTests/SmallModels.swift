import GeneModels

/// Gene models written in tests.
enum SmallModels {
    static func parse(_ text: String, isStrict: Bool = false) throws -> GeneModelParse {
        try GFF3Parser.parse(Array(text.utf8), file: "genes.gff3", isStrict: isStrict)
    }

    /// A GFF3 line; `attributes` as they stand in column 9.
    static func line(
        _ type: String, _ first: Int, _ last: Int, strand: String = "+", phase: String = ".",
        contig: String = "1", _ attributes: String
    ) -> String {
        [contig, "test", type, "\(first)", "\(last)", ".", strand, phase, attributes].joined(separator: "\t")
            + "\n"
    }

    /// A coding transcript of two exons on the forward strand in Ensembl's dialect.
    static let ensembl =
        line(
            "gene", 101, 400,
            "ID=gene:ENSG1;Name=ABC;biotype=protein_coding;description=a gene [Source:HGNC Symbol%3BAcc:HGNC:77];gene_id=ENSG1;version=3"
        )
        + line(
            "mRNA", 101, 400,
            "ID=transcript:ENST1;Parent=gene:ENSG1;biotype=protein_coding;tag=basic,Ensembl_canonical,MANE_Select;transcript_id=ENST1;version=5"
        )
        + line("exon", 101, 200, "Parent=transcript:ENST1")
        + line("exon", 301, 400, "Parent=transcript:ENST1")
        + line("CDS", 151, 200, phase: "0", "ID=CDS:ENSP1;Parent=transcript:ENST1;protein_id=ENSP1;version=2")
        + line("CDS", 301, 340, phase: "1", "ID=CDS:ENSP1;Parent=transcript:ENST1;protein_id=ENSP1;version=2")
}
