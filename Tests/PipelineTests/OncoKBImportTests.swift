import Foundation
import Genome
import Knowledge
import Pipeline
import Testing

/// Exports of OncoKB in its formats, with made-up rows: its data is restricted, and none is here.
@Suite("Import of OncoKB's exports")
struct OncoKBImportTests {
    private static let associations = [
        "Level", "Gene", "Alterations", "Cancer Types", "Drugs (for therapeutic implications only)",
    ]
    private static let actionable = [
        "Isoform", "RefSeq", "Entrez Gene ID", "Hugo Symbol", "Alteration", "Protein Change", "Cancer Type",
        "Level", "Drugs(s)", "PMIDs for drug", "Abstracts for drug",
    ]
    private static let annotated = [
        "Hugo_Symbol", "Tumor_Sample_Barcode", "HGVSp_Short", "Mutation_Status", "ONCOTREE_CODE",
        "MUTATION_EFFECT", "ONCOGENIC", "LEVEL_1", "LEVEL_2", "LEVEL_3A", "LEVEL_3B", "LEVEL_4", "LEVEL_R1",
        "LEVEL_R2", "HIGHEST_LEVEL",
    ]

    private static func imported(_ columns: [String], _ rows: [[String: String]], isLoaded: Bool = false)
        throws -> ImportedSource
    {
        try ImportedSource([("export.tsv", ImportedSource.table(columns, rows))], isLoaded: isLoaded) {
            try $0.oncoKB($1, to: $2)
        }
    }

    private static func association(
        _ level: String = "1", _ gene: String = "BRAF", _ alterations: String = "V600E",
        _ types: String = "Melanoma", _ drugs: String = "Inventinib"
    ) -> [String: String] {
        Dictionary(uniqueKeysWithValues: zip(associations, [level, gene, alterations, types, drugs]))
    }

    @Test(
        "alterations become criteria, or are told with their reason",
        arguments: [
            ("BRAF", "V600E", "BRAF p.V600E"), ("BRAF", "V600", "BRAF codon 600 missense"),
            ("BRAF", "V600E, V600K", "BRAF p.V600E OR BRAF p.V600K"),
            ("BRAF", "Oncogenic Mutations", "BRAF oncogenic"),
            (
                "BRAF", "Oncogenic Mutations {excluding V600E; V600K}",
                "BRAF oncogenic AND NOT BRAF p.V600E AND NOT BRAF p.V600K"
            ),
            (
                "BRAF", "Oncogenic Mutations (excluding V600)",
                "BRAF oncogenic AND NOT BRAF codon 600 missense"
            ),
            ("BRAF", "Fusions", "BRAF::* OR *::BRAF"), ("ABL1", "BCR-ABL1 Fusion", "BCR::ABL1"),
            ("ALK", "EML4::ALK Fusion", "EML4::ALK"), ("ERBB2", "Amplification", "ERBB2 amplification"),
            ("MET", "Amplifications", "MET amplification"),
            ("EGFR", "Exon 20 insertion", "EGFR exon 20 inframe_insertion"),
            ("CDKN2A", "Deletion", "CDKN2A homozygous_deletion"), ("KRAS", "Wildtype", "WILDTYPE(KRAS)"),
            ("NF1", "Truncating Mutations", "NF1 loss_of_function"),
            ("TERT", "Promoter Mutations", "TERT promoter"),
            ("EGFR", "Exon 19 in-frame deletions", "EGFR exon 19 inframe_deletion"),
            ("EGFR", "Exon 19 Deletion", "EGFR exon 19 inframe_deletion"),
            ("EGFR", "Exon 20 in-frame insertions", "EGFR exon 20 inframe_insertion"),
            (
                "EGFR", "762_823ins {excluding A763_Y764insFQEA}",
                "EGFR residues 762-823 inframe_insertion AND NOT EGFR p.A763_Y764insFQEA"
            ),
            ("PDGFRA", "814_852mis", "PDGFRA residues 814-852 missense"),
            ("MET", "963_1010splice", "MET exon 14 skipping"),
            ("MET", "Exon 14 Skipping Mutations", "MET exon 14 skipping"),
            ("EGFR", "E746_A750del", "EGFR p.E746_A750del"), ("RNF43", "G659fs*41", "RNF43 p.G659fs"),
            ("MAP2K4", "R304*", "MAP2K4 p.R304*"),
            ("Other Biomarkers", "Microsatellite Instability-High", "MSI-H"),
            ("Other Biomarkers", "Tumor Mutational Burden-High", "TMB-H"),
            ("EGFR", "Exon 2-7 Deletion", "a variant name that the grammar has no word for"),
            ("KIT", "Exon 11 Deletion", "an exon whose change is not told"),
            ("EGFR", "Kinase Domain Duplication", "a rearrangement within the gene"),
            ("EGFR", "vIII", "a rearrangement within the gene"),
            ("TP53", "X33_splice", "a splice change that is named by a residue"),
            ("MET", "Overexpression", "expression or an isoform"),
            ("BRAF", "Oncogenic Mutations [excluding V600E]", "an exclusion that cannot be read"),
            ("BRAF", "Oncogenic Mutations {excluding V600E", "a list that cannot be read"),
            ("NOGENE1", "V600E", "gene \"NOGENE1\" is not in the gene table"),
        ])
    func alterations(gene: String, alterations: String, expected: String) throws {
        #expect(
            try Self.imported(Self.associations, [Self.association("1", gene, alterations)]).said == [
                expected
            ])
    }

    @Test(
        "levels of the present scale and of older releases; resistance; what is no level of a therapy",
        arguments: [
            ("1", "1 sensitive"), ("2", "2 sensitive"), ("2A", "2 sensitive"), ("2B", "3B sensitive"),
            ("3A", "3A sensitive"), ("3B", "3B sensitive"), ("4", "4 sensitive"), ("R1", "R1 resistant"),
            ("R2", "R2 resistant"), ("LEVEL_1", "1 sensitive"),
            ("Dx1", "a level that is none of a therapy's"),
            ("R3", "a level that is none of a therapy's"), ("", "no level of evidence"),
        ])
    func levels(level: String, expected: String) throws {
        let imported = try Self.imported(Self.associations, [Self.association(level)])
        let said =
            imported.rows.map { "\($0.oncokb) \($0.direction.rawValue)" }
            + imported.written.evidence.unexpressed.map(\.reason)
        #expect(said == [expected])
    }

    @Test(
        "cancer types: names with commas, main types, groups and exclusions; unknown ones are told",
        arguments: [
            ("Melanoma", "MEL", ""), ("Melanoma, Non-Small Cell Lung Cancer", "MEL|NSCLC", ""),
            ("All Solid Tumors (excluding Colorectal Cancer, Melanoma)", "SOLID", "COADREAD|MEL"),
            ("All Liquid Tumors", "ANY", "SOLID"), ("All Tumors", "ANY", ""),
            ("Diffuse Large B-Cell Lymphoma, NOS, Melanoma", "DLBCLNOS|MEL", ""),
            ("Mesothelioma", "PEMESO|PLMESO|TMESO", ""), ("Histiocytosis", "HDCN", ""),
        ])
    func cancerTypes(text: String, codes: String, excluded: String) throws {
        let imported = try Self.imported(Self.associations, [Self.association("1", "BRAF", "V600E", text)])
        let row = try #require(imported.rows.first)
        #expect(row.tumorTypes.joined(separator: "|") == codes)
        #expect(row.excludedTumorTypes.joined(separator: "|") == excluded)
        #expect(imported.written.evidence.unexpressed.isEmpty)
    }

    @Test("glioma is every glioma, not the one without a further name")
    func glioma() throws {
        let imported = try Self.imported(
            Self.associations, [Self.association("1", "IDH1", "R132H", "Glioma")])
        let row = try #require(imported.rows.first)
        for code in ["ODG", "ASTR", "GB", "EPM", "GNOS"] {
            let relation = imported.knowledge.tumorTypes.relation(
                patient: code, types: row.tumorTypes, excluded: row.excludedTumorTypes)
            #expect([.same, .ancestor].contains(relation.relation), "\(code) \(row.tumorTypes)")
        }
    }

    @Test("an unknown tumor type among known ones is told; alone, or among the excluded, it leaves no row")
    func unknownTypes() throws {
        let imported = try Self.imported(
            Self.associations,
            [
                Self.association("1", "BRAF", "V600E", "Melanoma, Invented Cancer"),
                Self.association("1", "BRAF", "V600K", "Invented Cancer"),
                Self.association("1", "BRAF", "V600R", "Melanoma (excluding Invented Melanoma)"),
            ])
        #expect(imported.rows.map(\.criterion.description) == ["BRAF p.V600E"])
        #expect(
            Set(imported.written.evidence.unexpressed.map(\.reason)) == [
                "one of several tumor types: not in the tree", "a tumor type that is not in the tree",
                "an excluded tumor type that is not in the tree",
            ])
    }

    @Test("drugs: alternatives by commas, combinations by plus signs; one of several alterations is told")
    func drugs() throws {
        let imported = try Self.imported(
            Self.associations,
            [
                Self.association(
                    "1", "BRAF", "V600E, Kinase Domain Duplication", "Melanoma",
                    "Inventinib+Fictimab, Madeupinib"),
                Self.association("1", "BRAF", "V600K", "Melanoma", ""),
            ])
        #expect(imported.rows.map(\.therapies) == [["Inventinib + Fictimab", "Madeupinib"]])
        #expect(
            imported.written.evidence.counts.map(\.reason) == [
                "no drug", "one of several alterations: a rearrangement within the gene",
            ])
    }

    @Test("allActionableVariants.txt: citations, and the isoform where it is not MANE Select's")
    func actionableVariants() throws {
        func row(_ isoform: String, _ alteration: String) -> [String: String] {
            [
                "Isoform": isoform, "Hugo Symbol": "BRAF", "Alteration": alteration,
                "Cancer Type": "Melanoma",
                "Level": "2A", "Drugs(s)": "Inventinib", "PMIDs for drug": "123, 456",
                "Abstracts for drug": "A made-up abstract",
            ]
        }
        let imported = try Self.imported(
            Self.actionable,
            [
                row("ENST00000288602", "V600E"), row("ENST00000646891", "V600K"),
                row("ENST00000000001", "V600R"),
            ])
        let rows = Dictionary(
            uniqueKeysWithValues: imported.rows.map { ($0.criterion.description, $0) })
        #expect(rows["BRAF p.V600E"]?.transcript == "" && rows["BRAF p.V600K"]?.transcript == "")
        #expect(rows["BRAF p.V600R"]?.transcript == "ENST00000000001")
        #expect(
            rows["BRAF p.V600E"]?.citations == ["OncoKB", "PMID:123", "PMID:456", "A made-up abstract"])
        #expect(rows["BRAF p.V600E"]?.oncokb == "2")
    }

    @Test("allActionableVariants.txt: the protein change says what the name leaves open")
    func proteinChange() throws {
        func row(_ alteration: String, _ change: String) -> [String: String] {
            [
                "Hugo Symbol": "KIT", "Alteration": alteration, "Protein Change": change,
                "Cancer Type": "Gastrointestinal Stromal Tumor", "Level": "1", "Drugs(s)": "Inventinib",
            ]
        }
        let imported = try Self.imported(
            Self.actionable,
            [
                row("Exon 11 Deletion", "550_592del"), row("V654A", "V654A"),
                row("Overexpression", "Overexpression"),
            ])
        #expect(
            Set(imported.said) == [
                "KIT residues 550-592 inframe_deletion", "KIT p.V654A", "expression or an isoform",
            ])
    }

    @Test("annotated variants: a row a level, samples joined and not named, germline variants told")
    func annotatedVariants() throws {
        func row(_ sample: String, _ change: String, _ more: [String: String]) -> [String: String] {
            [
                "Hugo_Symbol": "BRAF", "Tumor_Sample_Barcode": sample, "HGVSp_Short": change,
                "ONCOTREE_CODE": "MEL",
            ].merging(more) { $1 }
        }
        let imported = try Self.imported(
            Self.annotated,
            [
                row(
                    "INVENTED-1", "p.V600E",
                    ["LEVEL_1": "Inventinib,Fictimab+Madeupinib", "LEVEL_R2": "Nullimab"]),
                row("INVENTED-2", "p.V600E", ["LEVEL_1": "Inventinib,Fictimab+Madeupinib"]),
                row("INVENTED-3", "p.V600K", ["LEVEL_2": "Inventinib", "Mutation_Status": "GERMLINE"]),
                row("INVENTED-4", "p.V600R", ["LEVEL_2": "Inventinib", "ONCOTREE_CODE": ""]),
                row("INVENTED-5", "p.L597S", [:]),
            ])
        let rows = imported.rows.map {
            "\($0.criterion) \($0.oncokb) \($0.direction.rawValue) \($0.therapies)"
        }
        #expect(
            Set(rows) == [
                "BRAF p.V600E 1 sensitive [\"Inventinib\", \"Fictimab + Madeupinib\"]",
                "BRAF p.V600E R2 resistant [\"Nullimab\"]",
            ])
        #expect(
            Set(imported.written.evidence.unexpressed.map(\.reason)) == [
                "a germline variant", "no tumor type",
            ])
        for (name, data) in imported.files {
            #expect(!String(decoding: data, as: UTF8.self).contains("INVENTED"), "\(name)")
        }
    }

    @Test("a level of resistance that is no longer used is told; a row with cells missing is an error")
    func damaged() throws {
        let columns = ["HUGO_SYMBOL", "ALTERATION", "CANCER_TYPE", "LEVEL_1", "LEVEL_R3"]
        let row = [
            "HUGO_SYMBOL": "BRAF", "ALTERATION": "V600E", "CANCER_TYPE": "MEL", "LEVEL_R3": "Inventinib",
        ]
        #expect(try Self.imported(columns, [row]).said == ["a level that is none of a therapy's"])
        let text = ImportedSource.table(columns, [row]) + "BRAF\tV600K\tMEL\tInventinib\n"
        let error = #expect(throws: InputError.self) {
            try ImportedSource([("short.tsv", text)]) { try $0.oncoKB($1, to: $2) }
        }
        #expect(error?.place == .record("record 2"))
        let open = #expect(throws: InputError.self) {
            try ImportedSource([("open.tsv", text + "\"BRAF\tV600R\n")]) { try $0.oncoKB($1, to: $2) }
        }
        #expect(open?.problem == "a quotation mark is not closed before the end of the file")
    }

    @Test("annotated fusions of two columns: either gene may be in front")
    func annotatedFusions() throws {
        let imported = try Self.imported(
            ["SAMPLE_ID", "GENE1", "GENE2", "CANCER_TYPE", "LEVEL_2A", "LEVEL_2B"],
            [
                ["GENE1": "ALK", "GENE2": "EML4", "CANCER_TYPE": "LUAD", "LEVEL_2A": "Inventinib"],
                ["GENE1": "ALK", "GENE2": "ALK", "CANCER_TYPE": "LUAD", "LEVEL_2B": "Inventinib"],
            ])
        #expect(imported.said == ["ALK::EML4 OR EML4::ALK", "a rearrangement within the gene"])
        #expect(imported.rows.map(\.oncokb) == ["2"])
    }

    @Test("the same claim at two levels is one row with the higher; the id does not hang on the level")
    func duplicates() throws {
        let rows = [Self.association("3A"), Self.association("1"), Self.association("4", "BRAF", "V600K")]
        let imported = try Self.imported(Self.associations, rows)
        #expect(imported.rows.count == 2)
        let row = try #require(imported.rows.first { $0.criterion.description == "BRAF p.V600E" })
        #expect(row.oncokb == "1")
        let alone = try Self.imported(Self.associations, [Self.association("2")])
        #expect(alone.rows.map(\.id) == [row.id])
        #expect(
            try Self.imported(Self.associations, rows.reversed()).files["evidence.tsv"]
                == imported.files["evidence.tsv"])
    }

    @Test("rows match the patients made of them, on-label in their tumor type and not in a sibling")
    func patients() throws {
        let imported = try Self.imported(
            Self.associations,
            [
                Self.association(
                    "1", "EGFR", "762_823ins {excluding A763_Y764insFQEA}", "Non-Small Cell Lung Cancer"),
                Self.association("2", "NF1", "Truncating Mutations", "Melanoma"),
                Self.association("R1", "KIT", "Exon 17 mutations", "Gastrointestinal Stromal Tumor"),
                Self.association("3A", "TERT", "Promoter Mutations", "Bladder Urothelial Carcinoma"),
                Self.association("1", "ABL1", "BCR-ABL1 Fusion, T315I", "Chronic Myelogenous Leukemia"),
            ], isLoaded: true)
        let outcomes = try SyntheticPatient.outcomes(imported.rows, imported.knowledge)
        #expect(outcomes.failures == [String]())
        #expect(outcomes.matched == 5 && outcomes.siblings == 5)
        let patient = try SyntheticPatient(
            meeting: Criterion(parsing: "EGFR p.A763_Y764insFQEA"), imported.knowledge)
        let excluded = try #require(imported.rows.first { $0.gene == "EGFR" })
        let country = try #require(imported.knowledge.countries["denmark"])
        #expect(try patient.item(excluded.id, tumorType: "NSCLC", country: country) == nil)
    }

    @Test(
        "the source says that it is restricted; a table of other columns is an error that names those expected"
    )
    func source() throws {
        let imported = try Self.imported(Self.associations, [Self.association()])
        let source = String(decoding: try #require(imported.files["SOURCE.json"]), as: UTF8.self)
        #expect(source.contains("not to be passed on") && source.contains("\"source\" : \"oncokb\""))
        let other = #expect(throws: InputError.self) {
            try Self.imported(["Gene", "Alteration", "Verdict"], [])
        }
        #expect(other?.problem == "the columns Gene, Alteration, Verdict are of no known table")
        #expect(other?.remedy.contains("Cancer Types") == true && other?.place == .line(1))
        let drugs = #expect(throws: InputError.self) {
            try Self.imported(Array(Self.associations.dropLast()), [])
        }
        #expect(drugs?.problem == "the table has no column of drugs")
    }
}
