import Cohorts
import Foundation
import Knowledge
import Pipeline
import TestSupport
import Testing

/// The published shares that cohorts are held against.
@Suite("Published figures")
struct PublishedFiguresTests {
    private static let path = TestData.package.appending(
        path: "knowledgebase/expectations/2024.1/expectations.tsv"
    ).path

    private static let table = Result {
        try TSVTable(
            bytes: Array(try Data(contentsOf: URL(filePath: path))), file: path,
            required: ["id", "measure", "definition", "value", "low", "high", "population", "source"])
    }

    @Test("each row has an id of its own, a source, a population and a definition; shares are fractions")
    func rows() throws {
        let table = try Self.table.get()
        let expectations = try Expectation.parse(table)
        #expect(Set(expectations.map(\.id)).count == expectations.count && expectations.count >= 48)
        for row in table.rows {
            let id = table.cell(row, "id")
            #expect(!table.cell(row, "source").isEmpty && !table.cell(row, "population").isEmpty, "\(id)")
            for column in ["value", "low", "high"] where !table.cell(row, column).isEmpty {
                let share = Double(table.cell(row, column))
                #expect(share.map { (0...1).contains($0) } == true, "\(id) \(column)")
            }
        }
    }

    @Test("the five indications have their expectation, each compared with the count of targetable")
    func indications() throws {
        let expectations = try KnowledgeLoader.expectations([
            TestData.package.appending(path: "knowledgebase").path
        ])
        let expected: [(String, Double?)] = [
            ("metastatic-solid", 0.2), ("sarcoma", 0.2), ("pancreatic", 0.5), ("thymic-epithelial", nil),
            ("primary-brain", 0.1),
        ]
        for (indication, value) in expected {
            let first = expectations.first { $0.indication == indication && $0.measure == "targetable" }
            #expect(first?.value == value && first?.definition == "targetable", "\(indication)")
        }
    }

    @Test(
        "what the status report quotes is there: value, or low and high",
        arguments: [
            ("interview", "", "", "0.98"), ("interview", "0.25", "", ""), ("Larson", "", "0.36", "1.0"),
            ("Larson", "", "0.11", "0.43"), ("Larson", "", "0.42", "1.0"), ("Larson", "", "0", "0.67"),
            ("Rosenquist", "0.7", "", ""), ("Rosenquist", "0.08", "", ""), ("Rosenquist", "0.5", "", ""),
            ("Rosenquist", "0.333", "", ""), ("Rosenquist", "", "0.5", ""), ("Rosenquist", "0.395", "", ""),
            ("Rosenquist", "0.975", "", ""), ("Rosenquist", "1.0", "", ""), ("Rosenquist", "0.1", "", ""),
            ("Rosenquist", "0.98", "", ""), ("Rosenquist", "0.78", "", ""), ("Rosenquist", "0.25", "", ""),
            ("Rosenquist", "0.16", "", ""), ("Sosinsky", "", "0.2", "0.49"), ("Sosinsky", "", "", "0.2"),
            ("Sosinsky", "", "0.5", ""), ("Sosinsky", "0.94", "", ""), ("Sosinsky", "0.58", "", ""),
            ("Sosinsky", "0.13", "", ""), ("Sosinsky", "0.4", "", ""), ("Sosinsky", "0.3", "", ""),
            ("Sosinsky", "", "0.05", "0.1"), ("Casolino", "", "0.002", "0.038"),
            ("Casolino", "", "0.145", "0.165"), ("Casolino", "", "0.24", "0.44"), ("Goodman", "0.17", "", ""),
            ("Yu 2019", "", "", ""), ("summary", "", "0.04", "0.13"), ("summary", "", "0.02", "0.08"),
        ])
    func figures(source: String, value: String, low: String, high: String) throws {
        let table = try Self.table.get()
        let isThere = table.rows.contains { row in
            table.cell(row, "source").contains(source) && table.cell(row, "value") == value
                && table.cell(row, "low") == low && table.cell(row, "high") == high
        }
        #expect(isThere)
    }
}
