import Cohorts
import Foundation
import Genome
import Knowledge
import TestSupport
import Testing

@Suite("Expectations")
struct ExpectationTests {
    private func parse(_ row: String) throws -> [Cohorts.Expectation] {
        let header = "id\tindication\tmeasure\tdefinition\tvalue\tsource\n"
        return try Cohorts.Expectation.parse(
            TSVTable(text: header + row, file: "expectations.tsv", required: ["id"]))
    }

    @Test("a row is read, and an empty value is unknown")
    func reading() throws {
        let one = try #require(try parse("X1\tsarcoma\ttargetable\ttargetable\t0.2\tsomebody").first)
        #expect(one.id == "X1" && one.indication == "sarcoma" && one.measure == "targetable")
        #expect(one.definition == "targetable" && one.value == 0.2 && one.source == "somebody")
        #expect(try parse("X1\tsarcoma\ttargetable\ttargetable\t\tsomebody").first?.value == nil)
    }

    @Test(
        "what is no fraction, and a definition that no count has, are errors with their line",
        arguments: [
            ("targetable\t20", "value is \"20\", a fraction was expected"),
            ("targetable\t-0.1", "value is \"-0.1\", a fraction was expected"),
            ("targetable\tnan", "value is \"nan\", a fraction was expected"),
            ("targetable\t20 %", "value is \"20 %\", a fraction was expected"),
            ("targeted\t0.2", "definition \"targeted\" is unknown"),
        ])
    func damaged(cells: String, problem: String) throws {
        let error = #expect(throws: InputError.self) {
            try parse("X1\tsarcoma\ttargetable\t\(cells)\tsomebody")
        }
        #expect(error?.problem == problem)
    }

    @Test("the table of the knowledge base can be read, with one expectation for each indication")
    func knowledgeBase() throws {
        let file = TestData.package.appending(path: "knowledgebase/expectations/2024.1/expectations.tsv")
        let all = try Cohorts.Expectation.parse(
            TSVTable(text: try String(contentsOf: file, encoding: .utf8), file: file.path, required: []))
        for (indication, value) in zip(Indication.allCases, [0.2, 0.2, 0.5, nil, 0.1]) {
            let own = all.filter { $0.indication == indication.rawValue && $0.measure == "targetable" }
            #expect(own.map(\.value) == [value], "\(indication)")
        }
    }
}
