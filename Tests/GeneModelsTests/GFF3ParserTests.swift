import GeneModels
import Genome
import TestSupport
import Testing

@Suite("GFF3 and GTF")
struct GFF3ParserTests {
    private func only(_ text: String) throws -> (GeneModel, Transcript, Gene) {
        let parse = try SmallModels.parse(text)
        #expect(parse.faults == [])
        let transcript = try #require(parse.model.transcripts.first)
        return (parse.model, transcript, parse.model.genes[Int(transcript.gene)])
    }

    @Test("Ensembl: names, versions, tags, spliced positions")
    func ensembl() throws {
        let (model, transcript, gene) = try only(SmallModels.ensembl)
        #expect(model.text(transcript.id) == "ENST1.5")
        #expect(model.text(transcript.proteinID) == "ENSP1.2")
        #expect(model.text(gene.id) == "ENSG1.3")
        #expect(model.text(gene.symbol) == "ABC")
        #expect(model.text(gene.hgncID) == "HGNC:77")
        #expect(transcript.isMANESelect && transcript.isCanonical && !transcript.isMANEPlusClinical)
        #expect(transcript.range == 100..<400)
        #expect(transcript.codingStart == 50 && transcript.codingEnd == 140 && transcript.length == 200)
        #expect(model.splicedPosition(of: 300, in: transcript) == 100)
        #expect(model.splicedPosition(of: 250, in: transcript) == nil)
        #expect(
            (0..<200).allSatisfy {
                model.splicedPosition(of: model.position(ofSpliced: $0, in: transcript), in: transcript) == $0
            })
    }

    @Test("the order of lines does not matter")
    func unsorted() throws {
        let lines = SmallModels.ensembl.split(separator: "\n").map { $0 + "\n" }
        let sorted = try SmallModels.parse(SmallModels.ensembl).model
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20 {
            let model = try SmallModels.parse(lines.shuffled(using: &generator).joined()).model
            #expect(model.transcripts.map(\.range) == sorted.transcripts.map(\.range))
            #expect(model.exons == sorted.exons)
            #expect(model.transcripts.map { model.text($0.id) } == ["ENST1.5"])
            #expect(model.transcripts[0].codingStart == 50)
        }
    }

    @Test("the reverse strand: exons by position, offsets from the 5' end")
    func reverse() throws {
        let (model, transcript, _) = try only(SmallModels.ensembl.replacing("\t+\t", with: "\t-\t"))
        #expect(model.exons.map(\.offset) == [100, 0])
        #expect(transcript.codingStart == 60 && transcript.codingEnd == 150)
        #expect(model.splicedPosition(of: 399, in: transcript) == 0)
        #expect(transcript.missingBases == 2)
        #expect(transcript.flags.contains(.codingStartNotFound))
        #expect(
            (0..<200).allSatisfy {
                model.splicedPosition(of: model.position(ofSpliced: $0, in: transcript), in: transcript) == $0
            })
    }

    @Test("GENCODE: versions in the ids, tags, selenocysteine")
    func gencode() throws {
        let text =
            SmallModels.line(
                "gene", 1, 300, contig: "chr1",
                "ID=ENSG9.4;gene_id=ENSG9.4;gene_type=protein_coding;gene_name=SEL;hgnc_id=HGNC:5")
            + SmallModels.line(
                "transcript", 1, 300, contig: "chr1",
                "ID=ENST9.2;Parent=ENSG9.4;gene_id=ENSG9.4;transcript_id=ENST9.2;gene_type=protein_coding;gene_name=SEL;transcript_type=protein_coding;tag=basic,MANE_Plus_Clinical,cds_end_NF"
            )
            + SmallModels.line("exon", 1, 300, contig: "chr1", "ID=exon:ENST9.2:1;Parent=ENST9.2")
            + SmallModels.line(
                "CDS", 1, 300, phase: "0", contig: "chr1", "ID=CDS:ENST9.2;Parent=ENST9.2;protein_id=ENSP9.1")
            + SmallModels.line(
                "stop_codon_redefined_as_selenocysteine", 31, 33, contig: "chr1", "ID=x;Parent=ENST9.2")
        let (model, transcript, gene) = try only(text)
        #expect(model.text(transcript.id) == "ENST9.2" && model.text(transcript.proteinID) == "ENSP9.1")
        #expect(model.text(gene.symbol) == "SEL" && model.text(gene.hgncID) == "HGNC:5")
        #expect(
            transcript.flags.isSuperset(of: [
                .manePlusClinical, .codingEndNotFound, .selenocysteine, .proteinCoding,
            ]))
        #expect(model.recoding(ofCodon: 10, inTranscript: 0) == UInt8(ascii: "U"))
        #expect(model.recoding(ofCodon: 11, inTranscript: 0) == nil)
        #expect(model.contigNumber(Contig("1")) == 0)
        #expect(transcript.flags.exceptionNames == ["selenocysteine"])
    }

    @Test("RefSeq: prefixes, cross references, exceptions, exons of the gene left out")
    func refseq() throws {
        let text =
            SmallModels.line(
                "gene", 1, 60, contig: "NC_000007.14",
                "ID=gene-BRAF;Dbxref=GeneID:673,HGNC:HGNC:1097;Name=BRAF;gene=BRAF;gene_biotype=protein_coding"
            )
            + SmallModels.line("exon", 1, 60, contig: "NC_000007.14", "ID=id-1;Parent=gene-BRAF;gene=BRAF")
            + SmallModels.line(
                "mRNA", 1, 60, contig: "NC_000007.14",
                "ID=rna-NM_1.2;Parent=gene-BRAF;Dbxref=GeneID:673;Name=NM_1.2;gene=BRAF;tag=MANE Select;transcript_id=NM_1.2"
            )
            + SmallModels.line("exon", 1, 60, contig: "NC_000007.14", "ID=exon-1;Parent=rna-NM_1.2;gene=BRAF")
            + SmallModels.line(
                "CDS", 1, 30, phase: "0", contig: "NC_000007.14",
                "ID=cds-NP_1.1;Parent=rna-NM_1.2;protein_id=NP_1.1;exception=ribosomal slippage;transl_except=(pos:10..12%2Caa:Sec)"
            )
            + SmallModels.line(
                "CDS", 30, 59, phase: "0", contig: "NC_000007.14",
                "ID=cds-NP_1.1;Parent=rna-NM_1.2;protein_id=NP_1.1;exception=ribosomal slippage")
        let (model, transcript, gene) = try only(text)
        #expect(model.transcripts.count == 1)
        #expect(model.text(transcript.id) == "NM_1.2" && model.text(transcript.proteinID) == "NP_1.1")
        #expect(model.text(gene.id) == "673" && model.text(gene.hgncID) == "HGNC:1097")
        #expect(transcript.isMANESelect)
        #expect(transcript.slipOffset == 30 && transcript.slipLength == -1 && transcript.codingLength == 60)
        #expect(transcript.flags.exceptionNames == ["selenocysteine", "ribosomal slippage"])
        #expect(model.recoding(ofCodon: 3, inTranscript: 0) == UInt8(ascii: "U"))
    }

    @Test("GTF: the stop codon joins the coding sequence; transcripts without a line of their own are found")
    func gtf() throws {
        func line(_ type: String, _ first: Int, _ last: Int, phase: String = ".") -> String {
            SmallModels.line(
                type, first, last, phase: phase,
                "gene_id \"ENSG1\"; gene_version \"2\"; transcript_id \"ENST1\"; transcript_version \"4\"; gene_name \"ABC\"; gene_biotype \"protein_coding\"; transcript_biotype \"protein_coding\"; tag \"basic\"; tag \"MANE_Select\"; protein_id \"ENSP1\"; protein_version \"9\";"
            )
        }
        let text =
            line("exon", 1, 100) + line("CDS", 11, 40, phase: "0") + line("stop_codon", 41, 43, phase: "0")
        let (model, transcript, gene) = try only(text)
        #expect(model.text(transcript.id) == "ENST1.4" && model.text(transcript.proteinID) == "ENSP1.9")
        #expect(model.text(gene.id) == "ENSG1.2" && model.text(gene.symbol) == "ABC")
        #expect(transcript.codingStart == 10 && transcript.codingEnd == 43 && transcript.isMANESelect)
    }

    @Test("the mitochondrial contig has its own genetic code")
    func mitochondrial() throws {
        let parse = try GFF3Parser.parse(
            Array(SmallModels.ensembl.replacing("1\ttest", with: "chrM\ttest").utf8), file: "x")
        #expect(parse.model.transcripts[0].flags.contains(.mitochondrial))
    }

    @Test(
        "a bad line is skipped and told",
        arguments: [
            ("1\ttest\texon\t5\n", "4 columns, 9 expected"),
            (SmallModels.line("exon", 9, 3, "Parent=transcript:ENST1"), "start 9 lies after end 3"),
            (
                SmallModels.line("exon", 9, 12, "Parent=transcript:ENST7"),
                "Parent transcript:ENST7 is not in the file"
            ),
            (
                SmallModels.line("CDS", 160, 170, phase: "5", "Parent=transcript:ENST1"),
                "CDS has phase \"5\", not 0, 1 or 2"
            ),
            (SmallModels.line("exon", 9, 12, strand: "?", "Parent=transcript:ENST1"), "strand is not + or -"),
            (
                SmallModels.line("mRNA", 101, 400, "ID=transcript:ENST1;Parent=gene:ENSG1"),
                "ID transcript:ENST1 was there before; the first one is kept"
            ),
            (
                "1\ttest\texon\tx\t9\t.\t+\t.\tParent=transcript:ENST1\n",
                "column 4 is \"x\", a position was expected"
            ),
        ])
    func badLine(_ line: String, problem: String) throws {
        let parse = try SmallModels.parse(SmallModels.ensembl + line)
        #expect(parse.faults == [GeneModelFault(line: 7, problem: problem)])
        #expect(parse.faultCount == 1)
        #expect(parse.model.transcripts.count == 1)
        #expect(throws: InputError.self) { try SmallModels.parse(SmallModels.ensembl + line, isStrict: true) }
    }

    @Test("one ID at two places stands for two transcripts")
    func twoPlaces() throws {
        let text = SmallModels.ensembl + SmallModels.ensembl.replacing("1\ttest", with: "Y\ttest")
        let parse = try SmallModels.parse(text)
        #expect(parse.faults == [])
        #expect(parse.model.transcripts.count == 2 && parse.model.genes.count == 2)
        #expect(parse.model.exons.count == 4)
    }
}
