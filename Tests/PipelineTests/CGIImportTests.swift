import Foundation
import Genome
import Knowledge
import Pipeline
import Testing
import Variants

/// The Cancer Genome Interpreter's tables, with made-up rows in their grammar.
@Suite("Import of CGI's biomarkers")
struct CGIImportTests {
    private static let columns = [
        "Alteration", "Alteration type", "Assay type", "Association", "Biomarker", "Comments", "Curator",
        "Drug",
        "Drug family", "Drug full name", "Drug status", "Evidence level", "Gene", "Metastatic Tumor Type",
        "Source", "Targeting", "Primary Tumor type", "Primary Tumor type full name", "gDNA", "cDNA",
        "individual_mutation", "info", "region", "strand", "transcript",
    ]

    private static func row(_ alteration: String, _ type: String = "MUT", _ more: [String: String] = [:])
        -> [String: String]
    {
        [
            "Alteration": alteration, "Alteration type": type, "Association": "Responsive",
            "Biomarker": "oncogenic mutation", "Drug": "Inventinib", "Drug family": "Fiction inhibitor",
            "Evidence level": "Early trials", "Source": "PMID:123;NCT00000000", "Primary Tumor type": "CM",
            "Primary Tumor type full name": "Cutaneous melanoma",
        ].merging(more) { $1 }
    }

    private static func imported(
        _ rows: [[String: String]], columns: [String] = columns, isLoaded: Bool = false
    ) throws -> ImportedSource {
        try ImportedSource(
            [("biomarkers.tsv", ImportedSource.table(columns, rows))], isLoaded: isLoaded
        ) {
            try $0.cgi($1, to: $2)
        }
    }

    @Test(
        "alterations become criteria, or are told with their reason",
        arguments: [
            ("EGFR:L858R", "MUT", "EGFR p.L858R"),
            ("EGFR:L858R,T790M", "MUT", "EGFR p.L858R OR EGFR p.T790M"),
            ("KRAS:.12.,.13.", "MUT", "KRAS codon 12 missense OR KRAS codon 13 missense"),
            ("EGFR:G719.", "MUT", "EGFR codon 719 missense"), ("KRAS:.", "MUT", "KRAS oncogenic"),
            ("KIT:449-514,788-828", "MUT", "KIT residues 449-514 OR KIT residues 788-828"),
            (
                "EGFR::consequence::inframe_insertion:762-823", "MUT",
                "EGFR residues 762-823 inframe_insertion"
            ),
            ("CALR::consequence::frameshift_variant:.", "MUT", "CALR frameshift"),
            ("CSF3R::consequence::frameshift_variant:D771", "MUT", "CSF3R codon 771 frameshift"),
            ("TERT::consequence::promoters_core:.", "MUT", "TERT promoter"),
            ("MET::consequence::skipping_mutation:963-1010", "MUT", "MET exon 14 skipping"),
            ("TP53::wildtype:.", "MUT", "WILDTYPE(TP53)"), ("TSC2:Q1178*", "MUT", "TSC2 p.Q1178*"),
            ("MET:amp", "CNA", "MET amplification"), ("PTEN:del", "CNA", "PTEN homozygous_deletion"),
            ("NF1:.", "BIA", "NF1 loss_of_function biallelic"),
            ("ALK__.", "FUS", "ALK::* OR *::ALK"), ("ABL1__BCR", "FUS", "ABL1::BCR OR BCR::ABL1"),
            ("MLL2:.", "MUT", "KMT2D oncogenic"),
            ("AR:F877L;AR:T878A", "MUT;MUT", "AR p.F877L AND AR p.T878A"),
            ("JAK1:S646F;R683", "MUT", "JAK1 p.S646F AND JAK1 codon 683 missense"),
            ("NF1:del;BRAF:.", "CNA;MUT", "NF1 homozygous_deletion AND BRAF oncogenic"),
            (
                "FGFR2:N549H,V564F;FGFR2__.", "MUT;FUS",
                "(FGFR2 p.N549H OR FGFR2 p.V564F) AND (FGFR2::* OR *::FGFR2)"
            ),
            ("ERBB2:over", "EXPR", "expression"), ("CDK4:amp;RB1:norm", "CNA;EXPR", "expression"),
            (
                "TPMT::consequence::splice_acceptor_variant:.", "MUT",
                "a consequence that the grammar has no word for"
            ),
            (
                "ERBB2::consequence::inframe_insertion:P780GSP", "MUT",
                "a change that the grammar has no word for"
            ),
            ("EGFR:amp", "MUT", "a change that the grammar has no word for"),
            ("EGFR:gain", "CNA", "an alteration of type \"CNA\" that the grammar has no word for"),
            ("A:.;B:.;C:.", "MUT;MUT", "alterations and types of other number"),
            ("EGFR__EGFR", "FUS", "a rearrangement within the gene"),
            ("NOGENE1:.", "MUT", "gene \"NOGENE1\" is not in the gene table"), ("", "MUT", "no alteration"),
        ])
    func alterations(alteration: String, type: String, expected: String) throws {
        #expect(try Self.imported([Self.row(alteration, type)]).said == [expected])
    }

    @Test("a gene alone that is not told to be oncogenic is not guessed")
    func open() throws {
        #expect(
            try Self.imported([Self.row("KRAS:.", "MUT", ["Biomarker": "KRAS mutation"])]).said
                == ["a change that the grammar has no word for"])
    }

    @Test(
        "associations: response, resistance and no response; toxicity is told",
        arguments: [
            ("Responsive", "sensitive"), ("Resistant", "resistant"), ("No Responsive", "no_benefit"),
            ("Increased Toxicity (Ototoxicity)", "a toxicity, which depends on inherited variants"),
            ("Perhaps", "association \"Perhaps\""), ("", "no association"),
        ])
    func associations(association: String, expected: String) throws {
        let imported = try Self.imported([Self.row("EGFR:L858R", "MUT", ["Association": association])])
        let said =
            imported.rows.map(\.direction.rawValue) + imported.written.evidence.unexpressed.map(\.reason)
        #expect(said == [expected])
    }

    @Test(
        "drugs: combinations, alternatives, and the class where none is named",
        arguments: [
            ("Inventinib", "X", "Inventinib"), ("Inventinib;Fictimab", "X;Y", "Inventinib + Fictimab"),
            ("[Inventinib,Fictimab]", "[X]", "Inventinib|Fictimab"),
            ("[]", "[FAK inhibitor]", "FAK inhibitor"),
            ("[]", "[ALK inhibitor;MEK inhibitor]", "ALK inhibitor + MEK inhibitor"),
            ("[Inventinib,Fictimab];Madeupin", "X;Y", "Inventinib + Madeupin|Fictimab + Madeupin"),
            ("", "", "no drug"),
        ])
    func drugs(drug: String, family: String, expected: String) throws {
        let imported = try Self.imported([
            Self.row("EGFR:L858R", "MUT", ["Drug": drug, "Drug family": family])
        ])
        let said =
            imported.rows.map { $0.therapies.joined(separator: "|") }
            + imported.written.evidence.unexpressed.map(\.reason)
        #expect(said == [expected])
    }

    @Test("a biomarker's lines are one row with all citations; the allele and no level of other scales")
    func lines() throws {
        let variant = [
            "Gene": "BRAF", "gDNA": "chr7:g.140453136A>T", "individual_mutation": "BRAF:V600E",
            "transcript": "ENST00000288602",
        ]
        let imported = try Self.imported([
            Self.row("BRAF:V600E", "MUT", variant),
            Self.row("BRAF:V600E", "MUT", variant.merging(["Source": "PMID:456"]) { $1 }),
            Self.row("BRAF:V600E", "MUT", variant.merging(["Evidence level": "Case report"]) { $1 }),
        ])
        #expect(imported.rows.count == 2)
        let row = try #require(imported.rows.first { $0.note.contains("Early trials") })
        #expect(row.citations == ["Cancer Genome Interpreter", "PMID:123", "NCT00000000", "PMID:456"])
        let allele = Variant(contig: Contig("7"), oneBased: 140_453_136, reference: "A", alternate: "T")
        #expect(row.alleles[.grch37] == [allele] && row.transcript == "")
        #expect([row.civic, row.amp, row.escat, row.oncokb, row.oxford] == ["", "", "", "", ""])
        #expect(row.tumorTypes == ["SKCM"])
    }

    @Test("alternatives of one gene have the alleles of all their lines; a combination has none")
    func alleles() throws {
        let places = ["EGFR:L858R": "chr7:g.55259515T>G", "EGFR:T790M": "chr7:g.55249071C>T"]
        let rows = ["EGFR:L858R,T790M", "EGFR:L858R;EGFR:T790M"].flatMap { alteration in
            places.sorted { $0.key < $1.key }.map {
                Self.row(alteration, "MUT", ["individual_mutation": $0.key, "gDNA": $0.value])
            }
        }
        let imported = try Self.imported(rows)
        let alleles = Dictionary(
            uniqueKeysWithValues: imported.rows.map {
                ($0.criterion.description, $0.alleles[.grch37]?.map(\.position) ?? [])
            })
        #expect(
            alleles == [
                "EGFR p.L858R OR EGFR p.T790M": [55_249_070, 55_259_514],
                "EGFR p.L858R AND EGFR p.T790M": [],
            ])
    }

    @Test(
        "older tables have names where newer ones have acronyms; unknown types and germline variants are told"
    )
    func types() throws {
        let older = Self.columns.filter { $0 != "Primary Tumor type full name" }
        let imported = try Self.imported(
            [
                Self.row("EGFR:L858R", "MUT", ["Primary Tumor type": "Lung adenocarcinoma;Any cancer type"]),
                Self.row("EGFR:T790M", "MUT", ["Primary Tumor type": "Head an neck;Invented cancer"]),
                Self.row("EGFR:G719A", "MUT", ["Primary Tumor type": "Invented cancer"]),
                Self.row(
                    "KRAS:.", "MUT",
                    ["Primary Tumor type": "Pancreas", "Comments": "Germline in a few", "Source": "PMID:9"]),
                Self.row("KRAS:.", "MUT", ["Primary Tumor type": "Pancreas"]),
                Self.row(
                    "BRCA1:.", "MUT",
                    ["Primary Tumor type": "Ovary", "Comments": "Germline variants of the gene"]),
            ], columns: older)
        let rows = Dictionary(
            uniqueKeysWithValues: imported.rows.map { ($0.criterion.description, $0.tumorTypes) })
        #expect(
            rows == [
                "EGFR p.L858R": ["LUAD", "ANY"], "EGFR p.T790M": ["HEAD_NECK"],
                "KRAS oncogenic": ["PANCREAS"],
            ])
        #expect(imported.rows.allSatisfy { !$0.citations.contains("PMID:9") })
        #expect(
            Set(imported.written.evidence.unexpressed.map(\.reason)) == [
                "one of several tumor types: not in the tree", "a tumor type that is not in the tree",
                "a germline variant",
            ])
    }

    @Test(
        "rows match the patients made of them; importing twice gives the same bytes; another table is an error"
    )
    func whole() throws {
        let rows =
            ["EGFR:L858R", "KRAS:.12.,.13.", "KIT:449-514", "EGFR::consequence::inframe_deletion:729-761"]
            .map { Self.row($0) } + [
                Self.row("MET:amp", "CNA"), Self.row("NF1:.", "BIA"), Self.row("ALK__.", "FUS"),
            ]
        let imported = try Self.imported(rows, isLoaded: true)
        let outcomes = try SyntheticPatient.outcomes(imported.rows, imported.knowledge)
        #expect(outcomes.failures == [String]())
        #expect(outcomes.matched == 7 && outcomes.siblings == 7)
        #expect(try Self.imported(rows).files == imported.files)
        let other = #expect(throws: InputError.self) {
            try Self.imported([], columns: Self.columns.filter { $0 != "Drug family" })
        }
        #expect(other?.problem.hasPrefix("column \"Drug family\" is missing; there are Alteration,") == true)
    }
}
