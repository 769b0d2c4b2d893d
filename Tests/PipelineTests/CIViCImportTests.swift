import Cases
import Foundation
import Genome
import Knowledge
import Pipeline
import TestSupport
import Testing
import Variants

/// CIViC's predictive items of March 2020, and the layout of its present releases.
@Suite("Import of CIViC")
struct CIViCImportTests {
    private static let input = TestData.path("oncology/civic/civic_2020-03-01_predictive_mtbreport.tsv")
    private static func imported(_ inputs: [String]) throws -> ImportedSource {
        try ImportedSource { try $0.civic(inputs, to: $1) }
    }

    private static let shared = Result { try imported([input]) }

    private static func levels(_ levels: [String]) -> [String: Int] {
        Dictionary(grouping: levels, by: \.self).mapValues(\.count)
    }

    @Test(
        "BRAF V600E has 38 items; five are on-label in melanoma, those told with their reason among the 38",
        .enabled(if: TestData.isAvailable))
    func braf() throws {
        let imported = try Self.shared.get()
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
        let imported = try Self.shared.get()
        let outcomes = try SyntheticPatient.outcomes(imported.rows, imported.knowledge)
        #expect(outcomes.failures == [String]())
        #expect(outcomes.matched == 919 && outcomes.siblings == 863)
    }

    @Test(
        "every line is a row or is told with its reason; the counts are pinned; twice the same bytes",
        .enabled(if: TestData.isAvailable))
    func counts() throws {
        let first = try Self.shared.get(), second = try Self.imported([Self.input])
        #expect(first.files == second.files)
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
            ("VHL R200W (c.598C>T)", "VHL p.R200W"), ("NPM1 W288CFS*12", "NPM1 p.W288fs"),
            ("NPM1 W288fs", "NPM1 p.W288fs"),
            (
                "VHL S183L (c.548C>T) AND VHL D126N (c.376G>A)", "VHL p.S183L AND VHL p.D126N"
            ),
            (
                "EGFR L858R AND NOT (EGFR T790M OR EGFR C797S)",
                "EGFR p.L858R AND NOT (EGFR p.T790M OR EGFR p.C797S)"
            ),
        ])
    func profiles(profile: String, expected: String) throws {
        let imported = try ImportedSource([
            ("items.tsv", ImportedSource.table(Self.present, [Self.item(profile)]))
        ]) { try $0.civic($1, to: $2) }
        #expect(imported.said == [expected])
        for row in imported.rows {
            #expect(
                row.therapies == ["Vemurafenib + Cobimetinib"] && row.tumorTypes == ["MEL"]
                    && row.civic == "B")
            #expect(row.citations == ["CIViC EID1409", "PMID:21639808"])
        }
    }

    /// A made-up item.
    private static func item(_ profile: String, id: String = "12", evidence: String = "1409") -> [String:
        String]
    {
        [
            "molecular_profile": profile, "molecular_profile_id": id, "disease": "Melanoma", "doid": "1909",
            "therapies": "Vemurafenib,Cobimetinib", "therapy_interaction_type": "Combination",
            "evidence_type": "Predictive", "evidence_direction": "Supports", "evidence_level": "B",
            "significance": "Sensitivity/Response", "citation_id": "21639808", "source_type": "PubMed",
            "evidence_status": "accepted", "evidence_id": evidence,
        ]
    }

    private static let variants = [
        "variant_id", "variant_civic_url", "feature_type", "feature_id", "feature_name", "feature_civic_url",
        "variant", "variant_aliases", "is_flagged", "variant_groups", "variant_types",
        "single_variant_molecular_profile_id", "last_review_date", "gene", "entrez_id", "chromosome", "start",
        "stop", "reference_bases", "variant_bases", "representative_transcript", "ensembl_version",
        "reference_build", "hgvs_descriptions", "allele_registry_id", "clinvar_ids",
    ]
    private static let molecularProfiles = [
        "name", "molecular_profile_id", "summary", "variant_ids", "variants_civic_url", "evidence_score",
        "evidence_item_ids", "evidence_items_civic_url", "assertion_ids", "assertions_civic_url", "aliases",
        "last_review_date", "is_flagged",
    ]

    /// A release of two items: one of a variant, one of a profile with it and another.
    private static func release(nameOfProfile: String = "BRAF V600E") -> [(name: String, text: String)] {
        [
            (
                "profiles.tsv",
                ImportedSource.table(
                    molecularProfiles,
                    [["name": nameOfProfile, "molecular_profile_id": "12", "variant_ids": "12"]])
            ),
            (
                "variants.tsv",
                ImportedSource.table(
                    variants,
                    [
                        [
                            "variant_id": "12", "variant": "V600E", "gene": "BRAF", "chromosome": "7",
                            "start": "140453136", "stop": "140453136", "reference_bases": "A",
                            "variant_bases": "T", "reference_build": "GRCh37",
                            "representative_transcript": "ENST00000288602.6",
                            "single_variant_molecular_profile_id": "12",
                        ]
                    ])
            ),
            (
                "items.tsv",
                ImportedSource.table(
                    present,
                    [
                        item("BRAF V600E"),
                        item("BRAF V600E AND NOT KRAS G12D", id: "4000", evidence: "1410"),
                    ])
            ),
        ]
    }

    @Test("the variants beside the items of a release give the alleles of profiles of one variant")
    func variants() throws {
        let imported = try ImportedSource(Self.release()) { try $0.civic($1, to: $2) }
        #expect(imported.said == ["BRAF p.V600E", "BRAF p.V600E AND NOT KRAS p.G12D"])
        let allele = Variant(contig: Contig("7"), oneBased: 140_453_136, reference: "A", alternate: "T")
        #expect(imported.rows.map { $0.alleles[.grch37] } == [[allele], []])
        #expect(imported.rows.map(\.transcript) == ["", ""])
        let source = try #require(imported.files["SOURCE.json"])
        let inputs = try #require(
            (try JSONSerialization.jsonObject(with: source) as? [String: Any])?["inputs"] as? [String: String]
        )
        #expect(inputs.keys.sorted() == ["items.tsv", "profiles.tsv", "variants.tsv"])
    }

    @Test("an item that its community flagged says so; one that is not accepted is told")
    func flags() throws {
        let items = [
            Self.item("BRAF V600E").merging(["is_flagged": "true", "rating": "4"]) { $1 },
            Self.item("BRAF V600K", evidence: "1410").merging(["is_flagged": "false"]) { $1 },
            Self.item("BRAF V600R", evidence: "1411").merging(["evidence_status": "submitted"]) { $1 },
        ]
        let imported = try ImportedSource([("items.tsv", ImportedSource.table(Self.present, items))]) {
            try $0.civic($1, to: $2)
        }
        #expect(
            imported.rows.map(\.note) == [
                "Melanoma; trust in the source 4 of 5; flagged for review", "Melanoma",
            ])
        #expect(imported.written.evidence.unexpressed.map(\.reason) == ["an item that is not accepted"])
    }

    @Test("files of two releases, and files without items, are errors")
    func mixed() throws {
        let mixed = #expect(throws: InputError.self) {
            try ImportedSource(Self.release(nameOfProfile: "BRAF V600")) { try $0.civic($1, to: $2) }
        }
        #expect(mixed?.problem.contains("\"BRAF V600\" in") == true, "\(String(describing: mixed))")
        let none = #expect(throws: InputError.self) {
            try ImportedSource(Self.release().dropLast()) { try $0.civic($1, to: $2) }
        }
        #expect(none?.problem == "no evidence items among the files")
        let two = #expect(throws: InputError.self) {
            try ImportedSource(Self.release() + [("more.tsv", Self.release()[2].text)]) {
                try $0.civic($1, to: $2)
            }
        }
        #expect(two?.problem.hasPrefix("evidence items were given already") == true)
    }

    @Test("another table is an error that names the file")
    func otherTable() throws {
        #expect(throws: InputError.self) { try Self.imported(["\(ImportedSource.base)/README.md"]) }
    }
}
