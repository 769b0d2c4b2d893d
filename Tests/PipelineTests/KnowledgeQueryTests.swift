import Genome
import Knowledge
import Pipeline
import Testing

@Suite("kb query")
struct KnowledgeQueryTests {
    @Test("each filter by itself, and all at once")
    func filters() throws {
        let knowledge = try KnowledgeBaseTests.load()
        var query = KnowledgeQuery()
        query.gene = "egfr"
        let egfr = try query.rows(knowledge)
        #expect(egfr.count > 5 && egfr.allSatisfy { $0.criterion.contains("EGFR ") && $0.relation == nil })
        query.direction = .resistant
        query.tumorType = "Lung Adenocarcinoma"
        let resistant = try query.rows(knowledge)
        #expect(
            resistant.map(\.id).contains("WA0047") && resistant.allSatisfy { $0.direction == "resistant" })
        #expect(resistant.allSatisfy { ["same", "ancestor", "possible"].contains($0.relation) })
        query.therapy = "osimertinib"
        #expect(try query.rows(knowledge).allSatisfy { $0.therapies == ["Osimertinib"] })
        query.gene = "NOPE"
        #expect(try query.rows(knowledge).isEmpty && KnowledgeRow.text([]) == "no row\n")
    }

    @Test("a drug is found in a combination by its whole name; an id in any case")
    func therapies() throws {
        let knowledge = try KnowledgeBaseTests.load()
        var query = KnowledgeQuery()
        query.therapy = "Trametinib"
        let found = try query.rows(knowledge)
        #expect(found.contains { $0.therapies == ["Dabrafenib + Trametinib"] })
        query.therapy = "trametinib+ dabrafenib"
        #expect(try query.rows(knowledge).allSatisfy { $0.therapies == ["Dabrafenib + Trametinib"] })
        #expect(try !query.rows(knowledge).isEmpty)
        query.therapy = "Trametin"
        #expect(try query.rows(knowledge).isEmpty)
        query = KnowledgeQuery()
        query.id = "wa0001"
        let row = try #require(try query.rows(knowledge).first)
        #expect(row.criterion == "BRAF p.V600E" && row.granularity == 9 && row.levels["amp"] == "I-A")
        let lines = KnowledgeRow.tsv([row]).split(separator: "\n")
        #expect(lines.count == 2 && lines[1].hasPrefix("WA0001\tBRAF p.V600E\tMEL\t"))
    }

    @Test("nothing asked for, and an unknown tumor type, are misuse with a way on")
    func faults() throws {
        let knowledge = try KnowledgeBaseTests.load()
        #expect(throws: InputError.self) { try KnowledgeQuery().rows(knowledge) }
        var query = KnowledgeQuery()
        query.tumorType = "xyzzy"
        #expect {
            try query.rows(knowledge)
        } throws: { error in
            "\(error)".contains("Did you mean")
        }
    }
}
