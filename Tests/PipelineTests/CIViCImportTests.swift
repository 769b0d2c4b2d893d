import Cases
import Foundation
import Genome
import Knowledge
import Pipeline
import TestSupport
import Testing

/// CIViC's predictive items of March 2020, and the layout of its present releases.
@Suite("Import of CIViC")
struct CIViCImportTests {
    private static let input = TestData.path("oncology/civic/civic_2020-03-01_predictive_mtbreport.tsv")
    private static let base = TestData.package.appending(path: "knowledgebase").path

    private static let judge = Result { try KnowledgeLoader.load([base]).knowledge }

    private static func imported(_ input: String) throws -> (
        written: KnowledgeImport.Written, knowledge: KnowledgeBase, rows: [EvidenceRow], evidence: Data
    ) {
        let output = FileManager.default.temporaryDirectory.appending(path: "civic-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: output) }
        let written = try KnowledgeImport(try judge.get())
            .civic([input], to: output.path)
        let loaded = try KnowledgeLoader.load([base, output.path])
        #expect(loaded.problems.isEmpty, "\(loaded.problems)")
        return (
            written, loaded.knowledge,
            try loaded.knowledge.evidence.rows().filter { $0.source.hasPrefix("civic ") },
            try Data(contentsOf: URL(filePath: "\(written.folder)/evidence.tsv"))
        )
    }

    private static func levels(_ levels: [String]) -> [String: Int] {
        Dictionary(grouping: levels, by: \.self).mapValues(\.count)
    }

    @Test(
        "BRAF V600E has 38 items; five are on-label in melanoma, those told with their reason among the 38",
        .enabled(if: TestData.isAvailable))
    func braf() throws {
        let imported = try Self.imported(Self.input)
        let rows = imported.rows.filter { $0.criterion.description == "BRAF p.V600E" }
        let told = imported.written.evidence.unexpressed.filter { $0.text.hasPrefix("BRAF V600E in ") }
        #expect(told.map(\.reason) == Array(repeating: "evidence against resistance", count: 2))
        let levels = Self.levels(rows.map(\.civic) + told.map { String($0.text.suffix(1)) })
        #expect(levels == ["A": 2, "B": 14, "C": 13, "D": 9])
        let view = EvidenceView(
            imported.knowledge, country: try #require(imported.knowledge.countries["denmark"]),
            date: SyntheticPatient.today, tumorType: "MEL")
        let onLabel = try TypedMatch.findings(["BRAF p.V600E"], knowledge: imported.knowledge, view: view)
            .flatMap(\.evidence).filter { item in
                item.label == "on" && rows.contains { $0.id == item.id }
            }
        #expect(Self.levels(onLabel.compactMap(\.levels.civic)) == ["A": 1, "B": 1, "C": 1, "D": 2])
    }

    @Test(
        "every row matches the patient made of it, on-label in its tumor type and not in a sibling",
        .enabled(if: TestData.isAvailable))
    func rows() throws {
        let imported = try Self.imported(Self.input)
        let types = imported.knowledge.tumorTypes
        let country = try #require(imported.knowledge.countries["denmark"])
        var (matched, siblings) = (0, 0)
        var failures: [String] = []
        for row in imported.rows {
            let patient = try SyntheticPatient(meeting: row.criterion, imported.knowledge)
            let own = try patient.item(row.id, tumorType: row.tumorTypes[0], country: country)
            if own?.label != "on" { failures.append("\(row.id) \(row.criterion)") }
            if own != nil { matched += 1 }
            guard row.tumorTypes != ["ANY"], row.tumorTypes != ["SOLID"] else { continue }
            let sibling = try #require(
                SyntheticPatient.sibling(of: row, types), "\(row.id) \(row.tumorTypes)")
            let other = try patient.item(row.id, tumorType: sibling, country: country)
            #expect(other?.label == "off", "\(row.id) \(sibling)")
            siblings += 1
        }
        #expect(failures == [String]())
        #expect(matched == 919 && siblings == 863)
    }

    @Test(
        "every line is a row or is told with its reason; the counts are pinned; twice the same bytes",
        .enabled(if: TestData.isAvailable))
    func counts() throws {
        let first = try Self.imported(Self.input), second = try Self.imported(Self.input)
        #expect(first.evidence == second.evidence)
        let evidence = first.written.evidence
        let whole = evidence.unexpressed.filter { !$0.reason.hasPrefix("one of several variants") }
        #expect(evidence.rows.count + whole.count == 1384)
        let counts = evidence.counts.filter { $0.count >= 10 }.map { "\($0.count) \($0.reason)" }
        #expect(
            counts == [
                "189 expression or an isoform", "54 a tumor type that is not in the tree",
                "46 a loss or a change of copy number of unknown kind", "34 evidence for and against",
                "30 evidence against resistance", "23 a variant name that the grammar has no word for",
                "19 no significance",
                "12 one of several variants: a variant name that the grammar has no word for",
                "11 a level, a place or a state of a protein",
                "11 one of several variants: a fusion of given exons, or with several changes",
                "10 an internal tandem duplication",
            ])
    }

    private static let present = [
        "molecular_profile", "molecular_profile_id", "disease", "doid", "phenotypes", "therapies",
        "therapy_interaction_type", "evidence_type", "evidence_direction", "evidence_level", "significance",
        "evidence_statement", "citation_id", "source_type", "asco_abstract_id", "citation", "nct_ids",
        "rating",
        "evidence_status", "evidence_id", "variant_origin", "last_review_date", "evidence_civic_url",
        "molecular_profile_civic_url", "is_flagged",
    ]

    @Test(
        "present releases: profiles with AND, OR, NOT and parentheses",
        arguments: [
            ("BRAF V600E", "BRAF p.V600E"),
            ("EGFR T790M AND EGFR Exon 19 Deletion", "EGFR p.T790M AND EGFR exon 19 inframe_deletion"),
            (
                "(BRAF V600E OR BRAF V600K) AND NOT MAP2K1 Mutation",
                "(BRAF p.V600E OR BRAF p.V600K) AND NOT MAP2K1 any"
            ),
            ("EML4::ALK Fusion", "EML4::ALK"), ("v::ALK Fusion", "*::ALK"),
            ("EML4::ALK Fusion AND ALK L1196M", "EML4::ALK AND ALK p.L1196M"),
            ("KRAS G12/G13", "KRAS codon 12,13 missense"),
            ("MET Exon 14 Skipping Mutation", "MET exon 14 skipping"),
            ("PTEN Loss", "a loss or a change of copy number of unknown kind"),
            ("CDKN2A Expression", "expression or an isoform"),
            ("(BRAF V600E", "a molecular profile that cannot be read"),
        ])
    func profiles(profile: String, expected: String) throws {
        var cells = Dictionary(uniqueKeysWithValues: Self.present.map { ($0, "") })
        cells.merge([
            "molecular_profile": profile, "disease": "Melanoma", "doid": "1909",
            "therapies": "Vemurafenib,Cobimetinib",
            "therapy_interaction_type": "Combination", "evidence_type": "Predictive",
            "evidence_direction": "Supports",
            "evidence_level": "B", "significance": "Sensitivity/Response", "citation_id": "21639808",
            "source_type": "PubMed", "evidence_status": "accepted", "evidence_id": "1409",
        ]) { $1 }
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).tsv")
        defer { try? FileManager.default.removeItem(at: file) }
        let text = [Self.present, Self.present.map { cells[$0] ?? "" }].map { $0.joined(separator: "\t") }
        try text.joined(separator: "\r\n").write(to: file, atomically: true, encoding: .utf8)
        let imported = try Self.imported(file.path)
        let said =
            imported.rows.map(\.criterion.description) + imported.written.evidence.unexpressed.map(\.reason)
        #expect(said == [expected])
        for row in imported.rows {
            #expect(
                row.therapies == ["Vemurafenib + Cobimetinib"] && row.tumorTypes == ["MEL"]
                    && row.civic == "B")
            #expect(row.citations == ["CIViC EID1409", "PMID:21639808"])
        }
    }

    @Test("another table is an error that names the file")
    func otherTable() throws {
        #expect(throws: InputError.self) { try Self.imported("\(Self.base)/README.md") }
    }
}
