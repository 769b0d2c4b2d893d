import Cases
import Cohorts
import Foundation
import Knowledge
import TestSupport
import Testing

@Suite("Cohort summaries")
struct CohortSummaryTests {
    private func row(
        _ cases: [CaseSummary], _ indication: String = "sarcoma", expected text: String? = nil
    ) throws -> CohortSummary.Row {
        let summary = CohortSummary(cases: cases, expectations: try text.map(expectations) ?? [])
        return try #require(summary.rows.first { $0.indication == indication })
    }

    private func expectations(_ rows: String) throws -> [Cohorts.Expectation] {
        try Cohorts.Expectation.parse(
            TSVTable(
                text: "id\tindication\tmeasure\tdefinition\tvalue\tsource\n" + rows, file: "expectations.tsv",
                required: []))
    }

    private func patients(_ count: Int, of total: Int) -> [CaseSummary] {
        (0..<total).map { index in
            smallCase(
                "P\(index)", findings: index < count ? [finding("KIT", [item(access: "standard")])] : [])
        }
    }

    // MARK: Rows and patients

    @Test("the five indications always stand in their order, none only if somebody is there, all last")
    func rowOrder() {
        let five = ["metastatic-solid", "sarcoma", "pancreatic", "thymic-epithelial", "primary-brain"]
        #expect(CohortSummary(cases: [], expectations: []).rows.map(\.indication) == five + ["all"])
        let other = CohortSummary(cases: [smallCase("A", indication: "")], expectations: [])
        #expect(other.rows.map(\.indication) == five + ["none", "all"])
        #expect(other.rows.map(\.patients) == [0, 0, 0, 0, 0, 1, 1])
    }

    @Test("of several biopsies the lowest number counts, then the earliest date, then the id")
    func firstBiopsies() {
        func biopsy(_ id: String, _ patient: String, _ number: Int?, _ date: String?) -> CaseSummary {
            var summary = smallCase(id, patient: patient)
            summary.case.biopsy = .init(number: number, date: date)
            return summary
        }
        let cases = [
            biopsy("A2", "A", 2, "2024-01-01"), biopsy("A1", "A", 1, "2024-05-01"),
            biopsy("B2", "B", nil, "2024-03-01"), biopsy("B1", "B", nil, "2024-02-01"),
            biopsy("C2", "C", 1, "2024-02-01"), biopsy("C1", "C", 1, "2024-02-01"),
            biopsy("D2", "D", nil, nil), biopsy("D1", "D", nil, "2024-02-01"),
        ]
        #expect(CohortSummary.firstBiopsies(cases).map(\.case.id) == ["A1", "B1", "C1", "D1"])
        #expect(CohortSummary.firstBiopsies(cases.reversed()).map(\.case.id) == ["A1", "B1", "C1", "D1"])
        let summary = CohortSummary(cases: cases, expectations: [])
        #expect(summary.cases == 8)
        #expect(summary.laterBiopsies == 4)
    }

    @Test("cases without a patient are patients of their own")
    func namelessPatients() throws {
        #expect(try row([smallCase("A", patient: ""), smallCase("B", patient: "")]).patients == 2)
    }

    @Test("patients who are not assessable appear with their reason, and in no other count")
    func notAssessable() throws {
        let driver = [finding("KIT", [item(access: "standard")], isDriver: true)]
        let row = try row([
            smallCase("A", findings: driver), smallCase("B", findings: driver, isAssessable: false),
        ])
        #expect(row.patients == 2)
        #expect(row.assessable == 1)
        #expect(row.notAssessable == ["no somatic input": 1])
        #expect(row.driver == Proportion(count: 1, total: 1))
        #expect(row.targetable == Proportion(count: 1, total: 1))
    }

    // MARK: Counts

    @Test("the three counts of targetable differ by label and by the burden")
    func targetable() throws {
        let burden = finding(
            "", [item(access: "off_label", label: "off")], kind: .biomarker, alteration: "TMB-H")
        let row = try row([
            smallCase("A", findings: [finding("KIT", [item(access: "standard")])]),
            smallCase("B", findings: [finding("BRAF", [item(access: "off_label", label: "off")])]),
            smallCase("C", findings: [burden]),
            smallCase("D", findings: [finding("KIT", [item(access: "standard", isContradicted: true)])]),
            smallCase("E", findings: [finding("KIT", [item(access: "none", direction: "resistant")])]),
        ])
        #expect(row.targetable.count == 3)
        #expect(row.targetableOnLabel.count == 1)
        #expect(row.targetableWithoutTMB.count == 2)
        #expect(row.label == ["on": 1, "off": 2, "none": 2])
    }

    @Test(
        "the best bin counts, over sensitive and uncontradicted items",
        arguments: [
            ([item(access: "off_label", label: "off"), item(access: "standard")], "standard"),
            ([item(access: "trial", label: "off"), item(access: "off_label", label: "off")], "off_label"),
            ([item(access: "trial", label: "off")], "trial"),
            ([item(access: "standard", isContradicted: true)], "none"),
            ([item(access: "standard", direction: "resistant")], "none"),
            ([item(access: "standard", granularity: 1)], "none"),
            ([], "none"),
        ])
    func access(items: [Finding.Evidence], bin: String) throws {
        #expect(try row([smallCase("A", findings: [finding("KIT", items)])]).access == [bin: 1])
    }

    @Test("a trial counts beside a better bin")
    func trial() throws {
        let items = [item(access: "standard"), item(access: "trial", label: "off", civic: "C")]
        let row = try row([smallCase("A", findings: [finding("KIT", items)])])
        #expect(row.trial == 1)
        #expect(row.access == ["standard": 1])
    }

    @Test("the best tier of a patient counts; a finding without evidence has none")
    func tiers() throws {
        let row = try row([
            smallCase(
                "A",
                findings: [
                    finding("TP53", [item(access: "none", civic: "D")], tier: .two),
                    finding("KIT", [item(access: "standard")], tier: .one),
                ]),
            smallCase("B", findings: [finding("TTN")]),
            smallCase("C"),
        ])
        #expect(row.tiers == ["I": 1, "none": 2])
    }

    @Test("germline findings of class 4 and 5 count, and of how many they say something")
    func germline() throws {
        func inherited(_ pathogenicity: Int?) -> [Finding] {
            [finding("BRCA2", origin: .germline, class: pathogenicity)]
        }
        let row = try row([
            smallCase("A", findings: inherited(5), germline: true),
            smallCase("B", findings: inherited(4), germline: true),
            smallCase("C", findings: inherited(3), germline: true), smallCase("D"),
        ])
        #expect(row.germlineClass4or5 == 2)
        #expect(row.germlineAssessed == 3)
    }

    @Test("DPYD is not computed until a case has a pharmacogenetic finding")
    func dpyd() throws {
        func drug(_ gene: String) -> [Finding] { [finding(gene, kind: .pharmacogenetic, origin: .germline)] }
        #expect(try row([smallCase("A", germline: true)]).dpyd == nil)
        #expect(try row([smallCase("A", findings: drug("UGT1A1"))]).dpyd == 0)
        #expect(try row([smallCase("A", findings: drug("DPYD")), smallCase("B")]).dpyd == 1)
        // A gene that was called and is normal is no finding, but counts as looked at.
        let call = """
            {"DPYD": {"diplotypes": ["Reference/Reference"], "activityScore": 2, "phenotype": "Normal Metabolizer", "isComplete": true,
             "isWorstCase": false, "alleles": [], "notCovered": [], "positions": [], "notes": []}}
            """
        var called = smallCase("C", germline: true)
        called.pharmacogenes = try JSONDecoder().decode(
            [String: PharmacogeneCall].self, from: Data(call.utf8))
        #expect(try row([called]).dpyd == 0)
    }

    @Test(
        "the panel-like burden goes before the genome-wide one; patients without either do not count"
    )
    func burden() throws {
        let row = try row([
            smallCase("A", burden: "low", panelBurden: "high"), smallCase("B", burden: "high"),
            smallCase("C", burden: "high", panelBurden: "low"), smallCase("D"),
        ])
        #expect(row.tmbHigh == Proportion(count: 2, total: 3))
    }

    @Test("what nobody computed is nil, and says so in the text")
    func notComputed() throws {
        let summary = CohortSummary(cases: [smallCase("A")], expectations: [])
        let row = try #require(summary.rows.last)
        #expect(row.tmbHigh == nil && row.msi == nil && row.hrd == nil && row.dpyd == nil)
        let cells = try table(summary)["all"]
        for column in ["tmbHigh", "msi", "hrd", "dpyd", "germlineClass4or5"] {
            #expect(cells?[column] == "not computed", "\(column)")
        }
    }

    // MARK: Expectations

    @Test(
        "the verdict follows Wilson's interval",
        arguments: [
            (5, 40, "0.2", "consistent"), (0, 40, "0.2", "below"), (12, 12, "0.5", "above"),
            (0, 7, "0.2", "too few patients"), (0, 40, "", "unknown expectation"),
            (0, 7, "", "unknown expectation"),
        ])
    func verdict(count: Int, total: Int, expected: String, verdict: String) throws {
        let row = try row(
            patients(count, of: total), expected: "X1\tsarcoma\ttargetable\ttargetable\t\(expected)\tsomebody"
        )
        #expect(row.verdict == verdict)
        #expect(row.expectation?.source == "somebody")
        #expect((row.pValue == nil) == (total < 10 || expected.isEmpty))
    }

    @Test("an expectation is compared with the count by whose definition it was published")
    func definition() throws {
        let cases = (0..<12).map { index in
            smallCase("P\(index)", findings: [finding("BRAF", [item(access: "off_label", label: "off")])])
        }
        let verdicts = try ["targetable", "targetableOnLabel", "none"].map {
            try row(cases, expected: "X1\tsarcoma\ttargetable\t\($0)\t0.5\tsomebody").verdict
        }
        #expect(verdicts == ["above", "below", "unknown expectation"])
    }

    @Test("another indication's expectation, and none for all, give no verdict")
    func otherExpectation() throws {
        let text =
            "X1\tpancreatic\ttargetable\ttargetable\t0.5\tsomebody\n"
            + "X2\tall\ttargetable\ttargetable\t0.5\tsomebody"
        for indication in ["sarcoma", "all"] {
            let row = try row(patients(0, of: 20), indication, expected: text)
            #expect(row.verdict.isEmpty && row.expectation == nil, "\(indication)")
        }
    }

    // MARK: Text and JSON

    /// The cells of a text, by row and column.
    private func table(_ summary: CohortSummary) throws -> [String: [String: String]] {
        let table = try TSVTable(text: summary.tsv, file: "cohort.tsv", required: ["indication"])
        var cells: [String: [String: String]] = [:]
        for row in table.rows {
            cells[table.cell(row, "indication")] = Dictionary(
                uniqueKeysWithValues: table.columns.map { ($0, table.cell(row, $0)) })
        }
        return cells
    }

    @Test("the text has fixed digits, and the same columns with and without patients")
    func text() throws {
        let summary = CohortSummary(
            cases: patients(5, of: 40) + [smallCase("X", isAssessable: false)],
            expectations: try expectations("X1\tsarcoma\ttargetable\ttargetable\t0.2\tsomebody"))
        let cells = try #require(try table(summary)["sarcoma"])
        let wanted = [
            "patients": "41", "assessable": "40", "targetable": "5", "targetableWilson95": "5.46-26.11",
            "targetableExact95": "4.19-26.80", "expected": "20.0", "expectedSource": "somebody",
            "verdict": "consistent", "pValue": "0.3221", "standard": "5", "accessNone": "35",
            "notAssessable": "no somatic input=1",
        ]
        for (column, text) in wanted { #expect(cells[column] == text, "\(column)") }
        let empty = CohortSummary(cases: [], expectations: [])
        #expect(empty.tsv.split(separator: "\n").first == summary.tsv.split(separator: "\n").first)
        #expect(try table(empty)["sarcoma"]?["targetableWilson95"] == "")
    }

    @Test("a summary and its JSON are the same, whatever the order of the cases")
    func json() throws {
        let cases = patients(5, of: 12)
        let summary = CohortSummary(cases: cases, expectations: [])
        let data = try JSONEncoder().encode(summary)
        #expect(try JSONDecoder().decode(CohortSummary.self, from: data) == summary)
        #expect(CohortSummary(cases: cases.reversed(), expectations: []) == summary)
    }
}
