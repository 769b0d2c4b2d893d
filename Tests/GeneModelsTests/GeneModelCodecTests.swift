import GeneModels
import TestSupport
import Testing

@Suite("Gene models as bytes")
struct GeneModelCodecTests {
    @Test("what was written is read back")
    func roundTrip() throws {
        let model = try SmallModels.parse(SmallModels.ensembl).model
        #expect(try GeneModel(encoded: model.encoded()) == model)
        #expect(try GeneModel(encoded: GeneModel().encoded()) == GeneModel())
    }

    @Test(
        "the pack's models are read back", .enabled(if: TestData.isAvailable),
        arguments: ["ensembl", "refseq", "mane_select"])
    func pack(source: String) throws {
        let lines = try TestData.lines("annotation/lrg-pack/\(source).GRCh38.gff3.gz")
        let parse = try SmallModels.parse(lines.joined(separator: "\n"), isStrict: true)
        #expect(try GeneModel(encoded: parse.model.encoded()) == parse.model)
    }

    @Test("damage is refused, wherever it is")
    func damage() throws {
        let bytes = try SmallModels.parse(SmallModels.ensembl).model.encoded()
        for place in bytes.indices {
            var damaged = bytes
            damaged[place] ^= 0x41
            #expect(throws: GeneModelDamage.self) { try GeneModel(encoded: damaged) }
            #expect(throws: GeneModelDamage.self) { try GeneModel(encoded: Array(bytes[..<place])) }
        }
        #expect(throws: GeneModelDamage.foreign) { try GeneModel(encoded: Array("VCF".utf8)) }
        #expect(throws: GeneModelDamage.length) { try GeneModel(encoded: bytes + [0]) }
    }
}
