import GeneModels
import TestSupport
import Testing

@Suite("Damaged gene models")
struct GFF3FuzzTests {
    @Test("nothing crashes; what is read is consistent", arguments: [1, 2])
    func mutated(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let letters = Array("\t\n;=,0123456789+-.ABCexonCDSParent:%2C\"".utf8)
        for _ in 0..<1500 {
            var bytes = Array(SmallModels.ensembl.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0...2, using: &generator) {
                case 0: bytes[place] = letters.randomElement(using: &generator) ?? 65
                case 1: bytes.insert(letters.randomElement(using: &generator) ?? 65, at: place)
                default: bytes.removeSubrange(place..<min(place + 20, bytes.count))
                }
            }
            let model = try GFF3Parser.parse(bytes, file: "genes.gff3").model
            #expect(try GeneModel(encoded: model.encoded()) == model)
        }
    }
}
