import Cases
import Cohorts
import Testing

@Suite("Cohort tables")
struct CohortTableTests {
    private func keys(_ cases: [CaseSummary], _ dimensions: CohortTable.Dimension...) -> [[String]] {
        CohortTable(cases: cases, by: dimensions).rows.map(\.keys)
    }

    @Test(
        "the month is that of receipt, else of the biopsy, else unknown",
        arguments: [
            ("2024-03-09", "2024-01-02", "2024-03"), (nil, "2024-01-02", "2024-01"),
            ("", "2024-01-02", "2024-01"),
            ("9 March", "2024-01", "2024-01"), ("2024-3-09", nil, "unknown"), (nil, nil, "unknown"),
        ] as [(String?, String?, String)])
    func month(received: String?, biopsy: String?, month: String) {
        var summary = smallCase("A")
        summary.case.received = received
        summary.case.biopsy = .init(number: 1, date: biopsy)
        #expect(keys([summary], .month) == [[month]])
    }

    @Test("genes are those of drivers and of targetable findings, therapies those of targetable items")
    func genes() {
        let summary = smallCase(
            "A",
            findings: [
                finding("TP53", isDriver: true), finding("TTN"),
                finding(
                    "KIT",
                    [
                        item(access: "standard", therapies: ["Imatinib", "Sunitinib"]),
                        item(access: "none", direction: "resistant", therapies: ["Erlotinib"]),
                    ]),
            ])
        #expect(keys([summary], .gene) == [["KIT"], ["TP53"]])
        #expect(keys([summary], .therapy) == [["Imatinib"], ["Sunitinib"]])
        #expect(keys([smallCase("B")], .gene) == [["none"]])
        #expect(keys([smallCase("B")], .therapy) == [["none"]])
    }

    @Test("what is missing is unknown, an indication outside the five is none")
    func missing() {
        var summary = smallCase("A", indication: "")
        summary.case.region = ""
        summary.case.tumorType.code = ""
        #expect(keys([summary], .indication, .region) == [["none", "unknown"]])
        #expect(keys([summary], .tumorType) == [["unknown"]])
    }

    @Test("two dimensions count their combinations, in the same order for any order of cases")
    func combinations() {
        let target = [finding("KIT", [item(access: "standard")])]
        var cases = [
            smallCase("A", indication: "sarcoma", findings: target), smallCase("B", indication: "sarcoma"),
            smallCase("C", indication: "sarcoma", findings: target, isAssessable: false),
            smallCase("D", indication: "pancreatic"), smallCase("D2", patient: "D", indication: "pancreatic"),
        ]
        for index in cases.indices { cases[index].case.region = index == 1 ? "Nordjylland" : "Sjælland" }
        let table = CohortTable(cases: cases, by: [.indication, .region])
        #expect(
            table.tsv == """
                indication\tregion\tpatients\tassessable\ttargetable\ttargetableWilson95
                pancreatic\tSjælland\t1\t1\t0\t0.00-79.35
                sarcoma\tNordjylland\t1\t1\t0\t0.00-79.35
                sarcoma\tSjælland\t2\t1\t1\t20.65-100.00

                """)
        #expect(CohortTable(cases: cases.reversed(), by: [.indication, .region]) == table)
    }
}
