import Genome
import Testing

@testable import Knowledge

@Suite("Trials")
struct TrialTests {
    private static let types = Result {
        try TumorTypes(
            types: TSVTable(
                text:
                    "code\tname\tparent\ttissue\tsynonyms\tdoid\nSOLID\tSolid\t\t\t\t\nPAAD\tPancreas\tSOLID\t\t\t",
                file: "t", required: []),
            indications: TSVTable(text: "code\tindication\nPAAD\tpancreatic", file: "i", required: []))
    }

    /// A sound trial, with some of its cells replaced.
    static func table(_ changes: [String: String]...) throws -> TSVTable {
        let sound = [
            "id": "EXAMPLE-1", "title": "Invented", "phase": "1/2", "recruitment": "recruiting",
            "countries": "denmark|ireland", "sites": "A|B", "criterion": "KRAS p.G12D", "tumorTypes": "PAAD",
            "excludedTumorTypes": "", "therapies": "X + Y", "earlierLines": "after one line",
            "minimumAge": "18", "maximumAge": "", "openFrom": "2026-01-15", "openTo": "2027-01-15",
            "citations": "invented", "status": "unverified",
        ]
        let rows = changes.map { changed in
            Trial.columns.map { changed[$0] ?? sound[$0] ?? "" }.joined(separator: "\t")
        }
        return try TSVTable(
            text: ([Trial.columns.joined(separator: "\t")] + rows).joined(separator: "\n"),
            file: "trials.tsv", required: Trial.columns)
    }

    @Test("a row becomes a trial and the row by which it is matched: without levels and approvals")
    func sound() throws {
        let parsed = Trial.parse(try Self.table([:]), source: "s 1", tumorTypes: try Self.types.get())
        #expect(parsed.problems.isEmpty, "\(parsed.problems)")
        let (trial, row) = try #require(parsed.trials.first)
        #expect(trial.summary == "Invented (phase 1/2; recruiting; from 18 years; after one line; A, B)")
        #expect(trial.takesPatients(in: "ireland") && !trial.takesPatients(in: "sweden"))
        #expect(row.id == trial.id && row.source == "s 1" && row.criterion.description == "KRAS p.G12D")
        #expect(row.civic.isEmpty && row.approvals.isEmpty && row.amp == "II-C" && row.gene == "KRAS")
        #expect(
            !row.isValid(on: "2026-01-14") && row.isValid(on: "2026-01-15") && row.isValid(on: "2027-01-15")
                && !row.isValid(on: "2027-01-16"))
    }

    @Test(
        "each fault is told with its line, and the other trials are kept",
        arguments: [
            ("id", "", "the row has no id"), ("title", "", "the trial has no title"),
            ("phase", "5", "phase is \"5\""), ("recruitment", "open", "recruitment \"open\" is unknown"),
            ("countries", "", "no country"), ("criterion", "KRAS", "criterion: "),
            ("tumorTypes", "", "no tumor type"), ("tumorTypes", "PAADX", "tumor type \"PAADX\" is unknown"),
            ("excludedTumorTypes", "?", "tumor type \"?\" is unknown"), ("therapies", "", "no therapy"),
            ("citations", "", "no citation"),
            ("minimumAge", "adult", "minimumAge is \"adult\""),
            ("maximumAge", "17", "the ages 18 to 17 admit nobody"),
            ("openFrom", "2026", "\"2026\" is no date"), ("openTo", "soon", "\"soon\" is no date"),
            ("openTo", "2026-01-14", "openTo 2026-01-14 is before openFrom"),
            ("status", "", "status is \"\""), ("id", "EXAMPLE-1", "stands in line 2 already"),
        ])
    func faults(column: String, value: String, problem: String) throws {
        var broken = ["id": "EXAMPLE-2"]
        broken[column] = value
        let parsed = Trial.parse(
            try Self.table([:], broken, ["id": "EXAMPLE-3"]), source: "s 1", tumorTypes: try Self.types.get())
        #expect(parsed.trials.map(\.trial.id) == ["EXAMPLE-1", "EXAMPLE-3"])
        #expect(parsed.problems.map(\.place) == [.line(3)])
        #expect(parsed.problems.first?.problem.contains(problem) == true, "\(parsed.problems)")
    }
}
