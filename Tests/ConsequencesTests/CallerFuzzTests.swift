import Consequences
import GeneModels
import Genome
import TestSupport
import Testing

@Suite("Odd variants on all models", .enabled(if: TestData.isAvailable))
struct CallerFuzzTests {
    @Test("every variant has an answer on every transcript near it", arguments: ["ensembl", "refseq"])
    func everywhere(source: String) throws {
        let pack = try PackCaller(models: source)
        var caller = pack.caller
        let model = caller.model
        var generator = SeededGenerator(seed: 11)
        var edit = VariantEdit()
        let letters = Array("ACGTNRacgt".utf8)
        var empty = 0, total = 0
        for region in pack.genome.regions {
            guard let contig = model.contigNumber(region.contig) else { continue }
            let index = TranscriptIndex(model, contig: contig, reach: 5000)
            for _ in 0..<60 {
                let start = Int.random(in: region.sequence.range, using: &generator)
                let length = [0, 1, 1, 1, 2, 5, 40, 3000].randomElement(using: &generator) ?? 1
                let reference = (start..<(start + length)).map {
                    BaseCode.letter(region.sequence.code(at: $0))
                }
                let count = Int.random(in: 0...8, using: &generator)
                let alternate = (0..<count).map { _ in letters.randomElement(using: &generator) ?? 65 }
                edit.set(
                    position: start, reference: reference[...], alternate: alternate[...], in: region.sequence
                )
                var found: [Int] = []
                index.find(edit.start..<edit.end, into: &found)
                var out: [UInt8] = []
                for number in found {
                    let consequence = caller.call(edit, on: number, in: region.sequence)
                    _ = caller.writeTranscriptName(of: edit, on: number, in: region.sequence, to: &out)
                    _ = caller.writeProteinName(of: consequence, edit, in: region.sequence, to: &out)
                    total += 1
                    let isOutside =
                        start > model.transcripts[number].range.upperBound
                        || start + length < model.transcripts[number].range.lowerBound
                    if consequence.terms.isEmpty, !isOutside, !edit.isEmpty { empty += 1 }
                }
            }
        }
        #expect(total > 3000)
        #expect(empty == 0)
    }
}
