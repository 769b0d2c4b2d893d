import Consequences
import GeneModels
import Genome
import TestSupport
import Testing
import Variants

@Suite("Far from exons", .enabled(if: TestData.isAvailable))
struct ExonMapTests {
    @Test(
        "what is said to be far from exons is silent on every transcript",
        arguments: ["mane_select", "ensembl", "refseq"])
    func silent(models: String) throws {
        let pack = try PackCaller(models: models)
        let model = pack.caller.model
        var random = SeededGenerator(seed: 5)
        var far = 0, loud = 0, near = 0
        for region in pack.genome.regions {
            var caller = RecordCaller(model: model, choice: TranscriptChoice(model))
            caller.enter(region.contig, sequence: region.sequence)
            for _ in 0..<800 {
                let range = region.sequence.range
                let position = Int.random(in: range.dropLast(200), using: &random)
                let length = [1, 1, 1, 2, 5, 40].randomElement(using: &random) ?? 1
                func letters(_ start: Int, _ count: Int) -> String {
                    let codes = (start..<(start + count)).map { region.sequence.code(at: $0) }
                    return String(decoding: codes.map(BaseCode.letter), as: UTF8.self)
                }
                let alternate =
                    [letters(position, 1), "A", letters(position, length) + "ACG"].randomElement(
                        using: &random) ?? ""
                let line =
                    "\(region.contig)\t\(position + 1)\t.\t\(letters(position, length))\t\(alternate)\t.\t.\t."
                let record = try #require(VCFRecord(line: line))
                let isFar = caller.isFarFromExons(record)
                guard caller.call(record, alternate: record.column(4)) == .small else { continue }
                let isSilent = caller.found.allSatisfy(\.terms.isSilent)
                #expect(isSilent || !isFar, "\(line)")
                if isFar { far += 1 } else if isSilent { near += 1 } else { loud += 1 }
            }
        }
        #expect(far > 10_000 && loud > 500 && near > 500, "\(far) \(loud) \(near)")
    }

    @Test("the margin, the ends of blocks, and places outside of the contig")
    func edges() throws {
        let text =
            SmallGenes.line("mRNA", 1001, 1100, "ID=transcript:T1;biotype=protein_coding")
            + SmallGenes.line("exon", 1001, 1100, "Parent=transcript:T1")
        let model = try GFF3Parser.parse(Array(text.utf8), file: "genes.gff3").model
        let map = ExonMap(model, contig: 0)
        // Exon 1000 ..< 1100 with margin lies in the blocks 960 ..< 1152.
        for (range, isFar) in [
            (0..<1, true), (959..<959, true), (959..<960, false), (1119..<1120, false), (1152..<1153, true),
            (100..<5000, false), (1 << 40..<1 << 40 + 1, true), (-1..<0, false),
        ] as [(Range<Int>, Bool)] {
            #expect(map.isFar(range) == isFar, "\(range)")
        }
        #expect(ExonMap().isFar(5..<6))
    }
}

/// Lines of gene models.
private enum SmallGenes {
    static func line(_ type: String, _ first: Int, _ last: Int, _ attributes: String) -> String {
        "1\tt\t\(type)\t\(first)\t\(last)\t.\t+\t.\t\(attributes)\n"
    }
}
