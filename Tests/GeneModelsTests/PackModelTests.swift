import GeneModels
import TestSupport
import Testing

@Suite("Models of real genes", .enabled(if: TestData.isAvailable))
struct PackModelTests {
    @Test(
        "every line of the pack is read",
        arguments: [
            ("ensembl.GRCh38", 789, 6309), ("ensembl.GRCh37", 789, 6309), ("mane_select.GRCh38", 69, 1113),
            ("refseq.GRCh38", 158, 2363),
        ])
    func counts(name: String, transcripts: Int, exons: Int) throws {
        let lines = try TestData.lines("annotation/lrg-pack/\(name).gff3.gz")
        let parse = try SmallModels.parse(lines.joined(separator: "\n"))
        #expect(parse.faults == [])
        #expect(parse.model.transcripts.count == transcripts)
        #expect(parse.model.exons.count == exons)
    }

    @Test("protein lengths of MANE Select")
    func proteinLengths() throws {
        let lines = try TestData.lines("annotation/lrg-pack/mane_select.GRCh38.gff3.gz")
        let model = try SmallModels.parse(lines.joined(separator: "\n")).model
        for row in try TestData.table("annotation/lrg-pack/mane_models.tsv") where row["status"] == "OK" {
            let number = try #require(model.transcriptNumber(id: row["ENST"] ?? ""))
            let transcript = model.transcripts[number]
            #expect(transcript.codingLength / 3 - 1 == Int(row["protein_length"] ?? ""), "\(row)")
            #expect(transcript.isMANESelect)
        }
    }

    @Test("RefSeq's mitochondrial genome: genes without transcripts, stops completed by the tail")
    func mitochondrial() throws {
        let lines = try TestData.lines("annotation/cdot/refseq_grch37_mt.gff")
        let parse = try SmallModels.parse(lines.joined(separator: "\n"))
        #expect(parse.model.genes.count == 37)
        #expect(parse.model.transcripts.filter(\.isCoding).count == 13)
        #expect(parse.model.transcripts.allSatisfy { $0.flags.contains(.mitochondrial) })
        #expect(parse.model.transcripts.filter { $0.flags.contains(.stopCompletedByTail) }.count == 6)
        #expect(parse.faults == [])
    }

    @Test("Ensembl's GTF sample")
    func gtf() throws {
        let lines = try TestData.lines("annotation/cdot/ensembl_test.GRCh38.104.gtf")
        let model = try SmallModels.parse(lines.joined(separator: "\n")).model
        #expect(model.transcripts.count == 1)
        #expect(model.text(model.transcripts[0].id) == "ENST00000357654.9")
        #expect(model.text(model.genes[0].hgncID) == "HGNC:1100")
        #expect(model.transcripts[0].codingLength == 5592)
    }
}
