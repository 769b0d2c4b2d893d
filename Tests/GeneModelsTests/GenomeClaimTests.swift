import GeneModels
import Genome
import TestSupport
import Testing

@Suite("What gene models say of their genome")
struct GenomeClaimTests {
    /// Lines of comments before the small models of contig 1, whose transcript ends at 400.
    private func model(_ comments: String...) throws -> GeneModel {
        try SmallModels.parse(comments.map { $0 + "\n" }.joined() + SmallModels.ensembl).model
    }

    private func error(_ model: GeneModel, _ lengths: [String: Int]) -> String? {
        do {
            try model.requireReference("ref.fa", file: "genes.gff3") { lengths[$0.name] }
            return nil
        } catch { return error.description }
    }

    @Test(
        "the statements of the sources name the assembly",
        arguments: [
            ("#!genome-build GRCh38.p14", Assembly.grch38), ("#!genome-build  GRCh37.p13", .grch37),
            ("#!genome-version GRCh38", .grch38), ("##genome-build NCBI GRCh37", .grch37),
            (
                "##description: evidence-based annotation of the human genome (GRCh38), version 44 (Ensembl 110)",
                .grch38
            ),
            ("##sequence-region   chr7 1 159138663", .grch37),
            ("##sequence-region NC_000007.14 1 159345973", .grch38),
        ])
    func assembly(comment: String, expected: Assembly) throws {
        #expect(try model(comment).assembly == expected)
    }

    @Test(
        "no statement, none of a known assembly, or two",
        arguments: [
            "# lifted to GRCh38", "#!genome-build T2T-CHM13v2.0", "##sequence-region 7 1 159",
            "##sequence-region 7 1 159138663\n##sequence-region 8 1 145138636", "##sequence-region 7 1",
            "##sequence-region 7 1 99999999999999999999", "##sequence-region 7 1 -159138663",
        ])
    func noAssembly(comments: String) throws {
        #expect(try model(comments).assembly == nil)
    }

    @Test("the statements survive the codec")
    func codec() throws {
        let model = try model("#!genome-build GRCh37.p13", "##sequence-region 1 1 249250621")
        let read = try GeneModel(encoded: model.encoded())
        #expect(read == model)
        #expect(read.assembly == .grch37)
        #expect(error(read, ["1": 248_956_422]) == error(model, ["1": 248_956_422]))
    }

    @Test("a transcript behind the contig's end is of another genome")
    func beyondEnd() throws {
        let model = try model()
        #expect(error(model, ["1": 400]) == nil)
        #expect(error(model, ["2": 10]) == nil)
        #expect(
            error(model, ["1": 399])
                == "genes.gff3: contig 1: ENST1.5 ends at 400, but the contig has 399 bases in ref.fa. "
                + "Give gene models and a reference of the same assembly.")
    }

    @Test("a stated end behind the contig's is proof, one before it only if it is a chromosome's length")
    func statedEnds() throws {
        #expect(error(try model("##sequence-region 1 1 500"), ["1": 500]) == nil)
        #expect(error(try model("##sequence-region 1 1 500"), ["1": 600]) == nil)
        #expect(error(try model("##sequence-region 2 1 500"), ["1": 400]) == nil)
        #expect(
            error(try model("##sequence-region chr1 1 500"), ["1": 450])
                == "genes.gff3: contig 1: ##sequence-region ends at 500, but the contig has 450 bases in ref.fa. "
                + "Give gene models and a reference of the same assembly.")
        // Of GRCh37's chromosome 3, which is shorter than GRCh38's.
        #expect(
            error(try model("##sequence-region 3 1 198022430"), ["3": 198_295_559])
                == "genes.gff3: contig 3: ##sequence-region ends at 198022430, but the contig has 198295559 bases in "
                + "ref.fa. Give gene models and a reference of the same assembly.")
    }

    @Test("a build's name against the lengths of the other build's chromosomes")
    func buildName() throws {
        let old = try model("#!genome-build GRCh37.p13")
        #expect(error(old, ["1": 1000, "2": 243_199_373]) == nil)
        #expect(error(old, ["1": 1000]) == nil)
        #expect(error(old, ["1": 249_250_621, "2": 242_193_529]) == nil)
        #expect(
            error(old, ["1": 1000, "2": 242_193_529])
                == "genes.gff3: contig 2: the gene models are of GRCh37 (it says \"genome-build GRCh37.p13\"), but the "
                + "contig has 242193529 bases in ref.fa, which is GRCh38. "
                + "Give gene models and a reference of the same assembly.")
    }

    @Test("a case of the other assembly is refused")
    func caseAssembly() throws {
        let old = try model("##sequence-region 3 1 198022430")
        try old.requireAssembly(.grch37, of: "the case", file: "genes.gff3")
        try old.requireAssembly(nil, of: "the case", file: "genes.gff3")
        try model().requireAssembly(.grch38, of: "the case", file: "genes.gff3")
        let error = #expect(throws: InputError.self) {
            try old.requireAssembly(.grch38, of: "the case", file: "genes.gff3")
        }
        #expect(
            error?.description
                == "genes.gff3: the gene models are of GRCh37 (by its ##sequence-region lines), the case is of GRCh38. "
                + "Give gene models of GRCh38.")
    }

    @Test("a parser that reads otherwise has another version")
    func version() throws {
        let text =
            "#!genome-build GRCh38.p14\n##sequence-region 1 1 248956422\n" + SmallModels.ensembl
            + SmallModels.hardShapes
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in try SmallModels.parse(text).model.encoded() {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        // If this fails since models have changed, raise GFF3Parser.version; if their layout has, codecVersion.
        let recorded: (codec: Int, parser: Int, hash: UInt64) = (2, 1, 3_208_229_679_859_150_974)
        #expect(GeneModel.codecVersion == recorded.codec && GFF3Parser.version == recorded.parser)
        #expect(hash == recorded.hash, "\(hash)")
    }
}
