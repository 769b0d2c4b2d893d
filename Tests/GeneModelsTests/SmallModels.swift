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

    /// Shapes that parsers get wrong, in several dialects: an incomplete start, a UTR exon on the reverse strand,
    /// a selenocysteine, slippage, GTF without transcript lines, a mitochondrial transcript with a stop made by the tail.
    static let hardShapes =
        line("gene", 1001, 1400, strand: "-", "ID=gene:ENSG2;Name=REV;biotype=protein_coding")
        + line(
            "mRNA", 1001, 1400, strand: "-",
            "ID=transcript:ENST2;Parent=gene:ENSG2;biotype=protein_coding;tag=cds_start_NF,mRNA_start_NF;version=1"
        )
        + line("exon", 1001, 1050, strand: "-", "Parent=transcript:ENST2")
        + line("exon", 1101, 1101, strand: "-", "Parent=transcript:ENST2")
        + line("exon", 1201, 1400, strand: "-", "Parent=transcript:ENST2")
        + line("CDS", 1101, 1101, strand: "-", phase: "2", "Parent=transcript:ENST2;protein_id=ENSP2")
        + line("CDS", 1201, 1210, strand: "-", phase: "2", "Parent=transcript:ENST2;protein_id=ENSP2")
        + line(
            "gene", 2001, 2100,
            "ID=gene-SEL;Name=SEL;gene=SEL;Dbxref=GeneID:9,HGNC:HGNC:99;gene_biotype=protein_coding")
        + line(
            "mRNA", 2001, 2100,
            "ID=rna-NM_1.2;Parent=gene-SEL;transcript_id=NM_1.2;tag=RefSeq Select;gene=SEL")
        + line("exon", 2001, 2100, "ID=exon-1;Parent=rna-NM_1.2")
        + line(
            "CDS", 2011, 2070, phase: "0",
            "ID=cds-1;Parent=rna-NM_1.2;protein_id=NP_1.1;transl_except=(pos:2020..2022%2Caa:Sec)")
        + line("gene", 3001, 3100, "ID=gene-SLP;Name=SLP;gene=SLP;gene_biotype=protein_coding")
        + line("mRNA", 3001, 3100, "ID=rna-NM_2.1;Parent=gene-SLP;transcript_id=NM_2.1;gene=SLP")
        + line("exon", 3001, 3100, "Parent=rna-NM_2.1")
        + line(
            "CDS", 3011, 3040, phase: "0",
            "ID=cds-2;Parent=rna-NM_2.1;protein_id=NP_2.1;exception=ribosomal slippage")
        + line(
            "CDS", 3040, 3069, phase: "0",
            "ID=cds-2;Parent=rna-NM_2.1;protein_id=NP_2.1;exception=ribosomal slippage")
        + line("exon", 101, 200, contig: "chr2", "gene_id \"G3\"; transcript_id \"T3\"; gene_name \"OLD\";")
        + line(
            "CDS", 111, 130, phase: "0", contig: "chr2",
            "gene_id \"G3\"; transcript_id \"T3\"; gene_name \"OLD\";")
        + line(
            "mRNA", 11, 50, contig: "MT",
            "ID=transcript:MT1;Parent=gene:MTG;biotype=protein_coding")
        + line("gene", 11, 50, contig: "MT", "ID=gene:MTG;Name=MT-X;biotype=protein_coding")
        + line("exon", 11, 50, contig: "MT", "Parent=transcript:MT1")
        + line(
            "CDS", 11, 50, phase: "0", contig: "MT",
            "Parent=transcript:MT1;protein_id=P;transl_table=2;transl_except=(pos:50%2Caa:TERM)")
}
