import Cases
import Foundation
import Knowledge
import Pipeline
import TestSupport
import Testing

@Suite("Country profiles")
struct CountryProfileTests {
    @Test("Denmark and Ireland: agency, payer, language")
    func bundled() throws {
        let countries = try KnowledgeBaseTests.load().countries
        #expect(
            countries == [
                "denmark": .init(id: "denmark", agency: "EMA", payer: "Medicinrådet", language: "da"),
                "ireland": .init(id: "ireland", agency: "EMA", payer: "HSE", language: "en"),
            ])
    }

    @Test(
        "an invented third country, as the profiles' README writes it: its payer's decision makes the row standard"
    )
    func third() throws {
        let folder = try TemporaryFolder()
        let bundled = TestData.package.appending(path: "knowledgebase")
        let readme = try String(contentsOf: bundled.appending(path: "profiles/README.md"), encoding: .utf8)
        let example = readme.split(separator: "\n").filter { $0.contains("<TAB>") }
            .map { $0.drop { $0 == " " }.replacingOccurrences(of: "<TAB>", with: "\t") }
        #expect(example.count == 2)
        func write(_ source: String, _ name: String, _ text: String) throws {
            let place = folder.url.appending(path: "base/\(source)/1")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: place.appending(path: name))
            try Data("{\"source\": \"\(source)\", \"version\": \"1\", \"files\": {}}".utf8)
                .write(to: place.appending(path: "SOURCE.json"))
        }
        try write("profiles", "countries.tsv", example.joined(separator: "\n") + "\n")
        let rows = try String(
            contentsOf: bundled.appending(path: "curated/2026.11.0/evidence.tsv"), encoding: .utf8
        ).split(separator: "\n", omittingEmptySubsequences: false)
        var cells = try #require(rows.first { $0.hasPrefix("WA0001\t") }).split(
            separator: "\t", omittingEmptySubsequences: false
        ).map(String.init)
        let place = try #require(EvidenceRow.columns.firstIndex(of: "nationalDecisions"))
        cells[place] += "|RMC:recommended:2026-02-01"
        try write("curated", "evidence.tsv", "\(rows[0])\n\(cells.joined(separator: "\t"))\n")
        let loaded = try KnowledgeLoader.load([bundled.path, folder.url.appending(path: "base").path])
        #expect(loaded.problems.isEmpty, "\(loaded.problems)")
        #expect(loaded.knowledge.countries.count == 3)
        let country = try #require(loaded.knowledge.countries["ruritania"])
        for (date, access) in [("2026-01-31", "approved_not_national"), ("2026-02-01", "standard")] {
            let view = EvidenceView(loaded.knowledge, country: country, date: date, tumorType: "MEL")
            let findings = try TypedMatch.findings(["BRAF p.V600E"], knowledge: loaded.knowledge, view: view)
            #expect(
                findings.flatMap(\.evidence).first { $0.id == "WA0001" }?.access == access, "\(date)")
        }
    }
}
