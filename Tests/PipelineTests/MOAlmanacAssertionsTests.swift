import Foundation
import Genome
import Knowledge
import Pipeline
import TestSupport
import Testing

/// The flat table of the Molecular Oncology Almanac.
@Suite("Import of MOAlmanac's assertions", .enabled(if: TestData.isAvailable))
struct MOAlmanacAssertionsTests {
    private static let input = TestData.path("oncology/moalmanac/molecular-oncology-almanac.json")
    private static let shared = Result { try imported() }

    private static func imported() throws -> ImportedSource {
        try ImportedSource { try $0.moalmanac([input], to: $1) }
    }

    private static func records() throws -> [[String: Any]] {
        let data = try Data(contentsOf: URL(filePath: input))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    }

    private static func text(_ record: [String: Any], _ name: String) -> String {
        (record[name] as? String) ?? (record[name] as? NSNumber)?.stringValue ?? ""
    }

    private static func id(_ record: [String: Any]) -> String {
        "MOA-A" + String(String(100_000 + (Int(text(record, "assertion_id")) ?? 0)).dropFirst())
    }

    @Test("every record is a row or is told with its reason; the counts are pinned; twice the same bytes")
    func counts() throws {
        let first = try Self.shared.get(), second = try Self.imported()
        #expect(first.files == second.files)
        let evidence = first.written.evidence
        let told = Set(evidence.unexpressed.map(\.id)), rows = Set(evidence.rows.map(\.id))
        #expect(told.isDisjoint(with: rows))
        #expect(told.union(rows) == Set(try Self.records().map(Self.id)))
        #expect(rows.count == 721 && evidence.rows.count == 721)
        #expect(
            evidence.counts.map { "\($0.count) \($0.reason)" } == [
                "218 a prognosis, and no drug", "20 a germline variant without a rule of pathogenicity",
                "20 a mutational signature",
                "14 a tumor type and a disease that disagree", "8 a gene switched off in the laboratory",
                "5 a mutational burden without a cut-off",
                "4 a tumor type that is not in the tree", "3 a deprecated assertion", "2 no tumor type",
                "1 gene \"MYH\" is not in the gene table", "1 no drug",
                "1 the copy number of a chromosome's arm",
            ])
    }

    @Test("a row has its record's drug, direction and source; no level, and no approval that counts")
    func cells() throws {
        let rows = Dictionary(uniqueKeysWithValues: try Self.shared.get().rows.map { ($0.id, $0) })
        var directions: [EvidenceRow.Direction: Int] = [:]
        var cited = 0
        for record in try Self.records() {
            guard let row = rows[Self.id(record)] else { continue }
            #expect(row.therapies == [Self.text(record, "therapy_name")])
            let expected: EvidenceRow.Direction =
                Self.text(record, "therapy_resistance") == "1"
                ? .resistant : Self.text(record, "therapy_sensitivity") == "1" ? .sensitive : .noBenefit
            #expect(row.direction == expected, "\(row.id)")
            directions[row.direction, default: 0] += 1
            let pmid = Self.text(record, "pmid")
            if !pmid.isEmpty {
                #expect(row.citations == ["PMID:\(pmid)"])
                cited += 1
            }
            #expect([row.civic, row.amp, row.escat, row.oncokb, row.oxford] == ["", "", "", "", ""])
            #expect(row.approval(by: "FDA", on: SyntheticPatient.today) == nil)
            #expect(record["_deprecated"] as? Bool == false)
            #expect(!row.isVerified)
        }
        #expect(directions == [.sensitive: 604, .resistant: 100, .noBenefit: 17])
        #expect(cited > 0)
    }

    @Test("every row matches the patient made of it, on-label in its tumor type and not in a sibling")
    func rows() throws {
        let imported = try Self.shared.get()
        let outcomes = try SyntheticPatient.outcomes(imported.rows, imported.knowledge)
        #expect(outcomes.failures == [String]())
        #expect(outcomes.matched == 721 && outcomes.siblings == 694)
    }

    @Test(
        "features in the grammar; a bare gene is any event of it",
        arguments: [
            ("MOA-A00001", "BCR::ABL1 CML"), ("MOA-A00871", "GERMLINE(BRCA2 oncogenic) PAAD"),
            ("MOA-A00003", "BCR::ABL1 BLL|TLL"),
            ("MOA-A00062", "TMPRSS2::ERG PRAD"), ("MOA-A00118", "ARID1A nonsense OOVC|OVT"),
            ("MOA-A00144", "BRAF p.V600E MEL"), ("MOA-A00243", "EGFR any NSCLC"),
            ("MOA-A00398", "MET exon 14 skipping NSCLC"), ("MOA-A00714", "ERBB2 amplification BRCA"),
            ("MOA-A00768", "MSI-H SOLID"), ("MOA-A01014", "NPM1 p.W288fs AML"),
            ("MOA-A00799", "TMB-H(tmb_panel_like >= 10) SOLID"),
        ])
    func features(id: String, expected: String) throws {
        let row = try #require(try Self.shared.get().rows.first { $0.id == id })
        #expect("\(row.criterion) \(row.tumorTypes.joined(separator: "|"))" == expected)
    }

    /// A made-up assertion with the fields of the table.
    private static func assertion(_ fields: [String: Any]) -> [String: Any] {
        let common: [String: Any] = [
            "assertion_id": 7, "feature_type": "Somatic Variant", "oncotree_code": "MEL",
            "disease": "Melanoma",
            "therapy_name": "Inventinib", "therapy_sensitivity": 1, "therapy_resistance": "",
            "favorable_prognosis": "", "predictive_implication": "Preclinical", "source_type": "Journal",
            "pmid": 12_345_678, "last_updated": "2025-01-02", "_deprecated": false,
        ]
        return common.merging(fields) { $1 }
    }

    @Test("words of the table that are rare in it, with made-up assertions")
    func rare() throws {
        let cases: [([String: Any], String)] = [
            (["gene": "KRAS", "protein_change": "p.G12"], "KRAS codon 12 missense"),
            (["gene": "EGFR", "variant_annotation": "Nonsense", "exon": 19], "EGFR exon 19 nonsense"),
            (["gene": "NFE2L2", "variant_annotation": "Activating mutation"], "NFE2L2 oncogenic"),
            (["gene": "MRE11A"], "MRE11 any"),
            (
                [
                    "feature_type": "Copy Number", "gene": "TP53", "direction": "Deletion",
                    "cytoband": "17p13",
                ],
                "TP53 homozygous_deletion"
            ),
            (
                ["feature_type": "Copy Number", "gene": "RB1", "direction": "Deletion", "cytoband": "13"],
                "the copy number of a chromosome's arm"
            ),
            (
                ["feature_type": "Mutational Burden", "classification": "High", "mutations_per_mb": 10.5],
                "TMB-H(tmb_panel_like >= 10.5)"
            ),
            (["gene": "BRAF", "oncotree_code": "LEUK", "disease": "Lung Cancer"], "disagree"),
            (["gene": "BRAF", "therapy_resistance": 1], "no direction, or several"),
            (["gene": "BRAF", "therapy_sensitivity": "", "adverse_event_risk": 1], "BRAF any"),
        ]
        for (fields, expected) in cases {
            let data = try JSONSerialization.data(withJSONObject: [Self.assertion(fields)])
            let imported = try ImportedSource([("table.json", String(decoding: data, as: UTF8.self))]) {
                try $0.moalmanac($1, to: $2)
            }
            #expect(imported.said.count == 1 && imported.said[0].hasSuffix(expected), "\(imported.said)")
        }
    }
}
