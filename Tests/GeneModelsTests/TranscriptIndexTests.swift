import GeneModels
import TestSupport
import Testing

@Suite("Index of transcripts")
struct TranscriptIndexTests {
    /// Transcripts at random places.
    private func model(_ count: Int, _ generator: inout SeededGenerator) throws -> GeneModel {
        var text = ""
        for number in 0..<count {
            let start = Int.random(in: 1...3000, using: &generator)
            let end = start + Int.random(in: 0...(number % 7 == 0 ? 900 : 60), using: &generator)
            text += SmallModels.line("mRNA", start, end, "ID=transcript:T\(number)")
            text += SmallModels.line("exon", start, end, "Parent=transcript:T\(number)")
        }
        return try SmallModels.parse(text).model
    }

    @Test("sweep and tree find what a linear scan finds", arguments: [1, 2, 3, 7, 8, 9, 63, 64, 65, 200])
    func linear(count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        let model = try model(count, &generator)
        for reach in [0, 50] {
            var index = TranscriptIndex(model, contig: 0, reach: reach)
            var queries = (0..<300).map { _ in
                let start = Int.random(in: 0...3200, using: &generator)
                return start..<(start + Int.random(in: 0...40, using: &generator))
            }
            queries.sort { $0.lowerBound < $1.lowerBound }
            queries += queries.prefix(3)
            for query in queries {
                let expected = model.transcripts.indices.filter {
                    let range = model.transcripts[$0].range
                    return range.lowerBound - reach <= query.upperBound
                        && range.upperBound + reach >= query.lowerBound
                }
                var found: [Int] = []
                index.sweep(query) { found.append($0) }
                var byTree: [Int] = []
                index.find(query, into: &byTree)
                #expect(found == expected)
                #expect(byTree == expected)
            }
        }
    }
}
