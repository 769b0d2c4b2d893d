import Foundation
import Knowledge
import TestSupport
import Testing

@testable import Pipeline

/// Planted problems are found where they stand, and nothing else is.
@Suite("Validation of a base")
struct KnowledgeValidationTests {
    typealias Case = (changes: [String: String], expected: [String])

    @Test("a sound row has no problem")
    func sound() throws {
        let base = try PlantedBase()
        try base.evidence([PlantedBase.row])
        #expect(try base.found() == [])
        let result = try base.validate()
        #expect(result.errors == 0 && result.rows == 1)
        #expect(result.sources.map(\.name) == ["local"] && result.sources[0].rows == ["evidence.tsv": 1])
    }

    @Test(
        "one fault in one row, told with line and id, and what is there",
        arguments: [
            (["criterion": "BRAF p.V600E AND"], "error CRITERION.SYNTAX", "the end stands where"),
            (["criterion": "BRAF p.V600E banana"], "error CRITERION.SYNTAX", "\"banana\" stands after"),
            (
                ["criterion": "TMB-H(tmb_of_mine >= 10)", "gene": "", "hgncId": "", "transcript": ""],
                "error CRITERION.BIOMARKER", "tmb_of_mine"
            ),
            (["criterion": "BRAF exon 77 skipping"], "warning CRITERION.EXON", "exon 77 of BRAF"),
            (["criterion": "KRAS p.G12C"], "error GENE.CRITERION", "the criterion names KRAS"),
            (["criterion": "BRAF p.V600E AND NOT NRAZ any"], "error GENE.UNKNOWN", "\"NRAZ\""),
            (["hgncId": "HGNC:1100"], "error GENE.HGNC", "HGNC:1100 belongs to BRCA1"),
            (["hgncId": "1097"], "error GENE.HGNC", "\"1097\" is no HGNC id"),
            (["tumorTypes": "MEL|MELA"], "error TUMOR.UNKNOWN", "\"MELA\" is unknown"),
            (["tumorTypes": ""], "error CELL.VALUE", "no tumor type"),
            (["excludedTumorTypes": "LUAD"], "warning TUMOR.EXCLUDED", "has no effect"),
            (["excludedTumorTypes": "SOLID"], "error TUMOR.EXCLUDED", "holds for no tumor type"),
            (["therapies": ""], "error CELL.VALUE", "no therapy"),
            (["direction": "good"], "error CELL.VALUE", "direction \"good\""),
            (["civic": "F"], "error CELL.VALUE", "civic is \"F\""),
            (["escat": "I-Z"], "error CELL.VALUE", "escat is \"I-Z\""),
            (["oncokb": "R1"], "error LEVEL.DIRECTION", "R1 where the direction is sensitive"),
            (["status": "checked", "citations": "a document"], "error CELL.VALUE", "status is \"checked\""),
            (["citations": ""], "error CITATION.MISSING", "no citation"),
            (["citations": "", "status": "unverified"], "warning CITATION.MISSING", "no citation"),
            (["citations": "PMID:021639808"], "error CITATION.FORM", "PMID:021639808"),
            (["citations": "PMID 21639808"], "error CITATION.FORM", "PMID 21639808"),
            (["citations": "21639808"], "error CITATION.FORM", "21639808"),
            (["citations": "a label|doi:11.1/x"], "error CITATION.FORM", "doi:11.1/x"),
            (["approvals": "EMA:approved"], "error CELL.VALUE", "body:status:date"),
            (["approvals": "EMA:approved:2023-02-29"], "error CELL.VALUE", "body:status:date"),
            (["approvals": "EMA:approved:"], "warning DECISION.DATE", "has no date"),
            (["approvals": "EMA:approved:2027-01-01"], "warning DECISION.DATE", "2026-11-01"),
            (
                ["approvals": "EMA:approved:2020-01-01", "validTo": "2019-01-01"], "warning DECISION.DATE",
                "last day"
            ),
            (
                ["approvals": "EMA:approved:2020-01-01", "validFrom": "2019-01-01"], "warning DECISION.DATE",
                "first approval"
            ),
            (["approvals": "EMA:aproved:2020-01-01"], "error DECISION.STATUS", "\"aproved\""),
            (["approvals": "ema:approved:2020-01-01"], "error DECISION.BODY", "\"ema\""),
            (["approvals": "XYZ:approved:2020-01-01"], "warning DECISION.BODY", "\"XYZ\""),
            (["nationalDecisions": "HSE:approved:2020-01-01"], "error DECISION.STATUS", "\"approved\""),
            (["validFrom": "2020-01-02", "validTo": "2020-01-01"], "error DATE.ORDER", "before validFrom"),
            (["validFrom": "2020-1-2"], "error CELL.VALUE", "no date"),
            (["transcript": "ENST00000275493.7"], "error TRANSCRIPT.GENE", "is a transcript of EGFR"),
            (
                ["grch38": "7:140753336:A", "grch37": "7:140453136:A:T"], "error CELL.VALUE",
                "contig:position"
            ),
            (
                ["grch38": "7:140753336:A:A", "grch37": "7:140453136:A:T"], "error CELL.VALUE",
                "changes nothing"
            ),
            (
                ["grch38": "7:159345973:AA:T", "grch37": "7:140453136:A:T"], "error ALLELE.POSITION",
                "behind the end"
            ),
            (["grch38": "77:1:A:T", "grch37": "7:140453136:A:T"], "error ALLELE.POSITION", "\"77\""),
            (["grch38": "7:140753336:A:T"], "warning ALLELE.ASSEMBLY", "on GRCh38 alone"),
        ] as [([String: String], String, String)])
    func row(changes: [String: String], expected: String, words: String) throws {
        let base = try PlantedBase()
        try base.evidence([
            PlantedBase.row("Dabrafenib"), PlantedBase.row("Vemurafenib", changes),
            PlantedBase.row("Encorafenib"),
        ])
        let parts = expected.split(separator: " ")
        let problems = try base.validate().problems.filter { $0.line != nil }
        #expect(problems.map(\.short) == ["\(parts[0]) 3 T2 \(parts[1])"])
        #expect(problems.first?.found.contains(words) == true, "\(problems)")
        #expect(problems.first?.source == "local 1" && problems.first?.table == "evidence.tsv")
        #expect(problems.first?.remedy.isEmpty == false)
        // What the program refuses when it reads the base is an error here.
        let loaded = try KnowledgeLoader.load([PlantedBase.words, base.path])
        let isError = expected.hasPrefix("error")
        #expect(loaded.problems.filter { $0.file.hasPrefix(base.path) }.isEmpty || isError)
    }

    @Test("trials are checked by the rules of evidence, and for countries without a profile")
    func trials() throws {
        let base = try PlantedBase()
        let sound = [
            "id": "EXAMPLE-1", "title": "Invented", "phase": "2", "recruitment": "recruiting",
            "countries": "denmark", "criterion": "BRAF p.V600E", "tumorTypes": "MEL",
            "therapies": "Vemurafenib", "citations": "an invented registry", "status": "unverified",
        ]
        let changes = [
            [:], ["criterion": "BRAFF p.V600E OR BRAF banana"], ["criterion": "BRAFF p.V600E OR EGFRR gain"],
            ["tumorTypes": "MELL"], ["tumorTypes": "MEL", "excludedTumorTypes": "SOLID"],
            ["countries": "denmark|danmark"], ["citations": "PMID:x"], ["citations": ""],
            ["therapies": "vemurafenib"], ["criterion": "TMB-H(tmb_of_mine >= 10)"],
            ["phase": "5", "title": ""],
        ]
        let rows = changes.enumerated().map { number, changed in
            Trial.columns.map { changed[$0] ?? ($0 == "id" ? "T\(number)" : sound[$0] ?? "") }
                .joined(separator: "\t")
        }
        try base.write(
            "trials.tsv", ([Trial.columns.joined(separator: "\t")] + rows).joined(separator: "\n") + "\n")
        #expect(
            try base.found() == [
                "error 3 T1 CRITERION.SYNTAX", "error 4 T2 GENE.UNKNOWN", "error 4 T2 GENE.UNKNOWN",
                "error 5 T3 TUMOR.UNKNOWN", "error 6 T4 TUMOR.EXCLUDED", "warning 7 T5 CELL.VALUE",
                "error 8 T6 CITATION.FORM", "error 9 T7 CITATION.MISSING", "warning 10 T8 DRUG.SPELLING",
                "error 11 T9 CRITERION.BIOMARKER", "error 12 T10 CELL.VALUE", "error 12 T10 CELL.VALUE",
            ])
    }

    @Test("all faults of one row are told, and the criterion's with its place")
    func several() throws {
        let base = try PlantedBase()
        try base.evidence([
            PlantedBase.row.merging([
                "criterion": "BRAF p.V600E OR (BRAF codon x)", "direction": "", "status": "", "civic": "Z",
                "gene": "BRAFF", "tumorTypes": "MELL", "citations": "PMID:x",
                "approvals": "EMA:aproved:2020-01-01",
            ]) { $1 }
        ])
        let problems = try base.validate().problems.filter { $0.line != nil }
        #expect(
            problems.map(\.rule) == [
                .cellValue, .cellValue, .cellValue, .citationForm, .criterionSyntax, .decisionStatus,
                .geneUnknown,
                .tumorUnknown,
            ])
        let criterion = try #require(problems.first { $0.rule == .criterionSyntax })
        #expect(criterion.position == 29)
        let lines = criterion.text.split(separator: "\n")
        #expect(lines.count == 3 && lines[1] == "    BRAF p.V600E OR (BRAF codon x)")
        #expect(lines[2] == String(repeating: " ", count: 32) + "^")
        let gene = try #require(problems.first { $0.rule == .geneUnknown })
        #expect(gene.remedy.contains("BRAF"), "\(gene.remedy)")
        let tumor = try #require(problems.first { $0.rule == .tumorUnknown })
        #expect(tumor.remedy.contains("MEL ("), "\(tumor.remedy)")
    }

    @Test("an id that stands twice, an empty one, and a row with too few cells")
    func ids() throws {
        let base = try PlantedBase()
        try base.evidence([
            PlantedBase.row("A", ["id": "X"]), PlantedBase.row("B", ["id": "X"]),
            PlantedBase.row("C", ["id": ""]),
        ])
        let text = try String(contentsOfFile: base.source + "/evidence.tsv", encoding: .utf8)
        try base.write("evidence.tsv", text + "Y\tBRAF\n")
        #expect(
            try base.found() == ["error 3 X ROW.TWICE", "error 4  ROW.ID", "error 5  TABLE.CELLS"])
    }

    @Test("columns that are missing, twice, or unknown; bytes that are no UTF-8; an empty table")
    func columns() throws {
        let base = try PlantedBase()
        try base.write("gene_roles.tsv", "gene\tcitations\nBRAF\tx\n")
        try base.write("predisposition.tsv", "gene\tlist\tlist\nBRCA1\ta\ta\n")
        try base.write("promoters.tsv", "")
        try base.write(
            "exons.tsv", "gene\texon\tfirstResidue\tlastResidue\tcolour\nEGFR\t19\t729\t761\tred\n")
        var bytes = Array("country\tagency\tpayer\tlanguage\nx\tEMA\t".utf8)
        bytes += [0xFF] + Array("\ten\n".utf8)
        try Data(bytes).write(to: URL(filePath: base.source + "/countries.tsv"))
        let problems = try base.validate().problems.filter { $0.rule != .fileUnlisted }
        #expect(
            problems.map { "\($0.table) \($0.line ?? 0) \($0.rule.rawValue)" } == [
                "countries.tsv 2 TABLE.ENCODING", "exons.tsv 0 TABLE.COLUMN", "gene_roles.tsv 1 TABLE.HEADER",
                "predisposition.tsv 1 TABLE.HEADER", "promoters.tsv 0 TABLE.HEADER",
            ])
        let result = try base.validate()
        #expect(result.sources[0].notChecked == ["gene_roles.tsv", "predisposition.tsv"])
    }

    // MARK: Rows together

    @Test("rows that say the same twice, also in other words, but not at another time or for another type")
    func duplicates() throws {
        let base = try PlantedBase()
        let or = ["criterion": "BRAF p.V600E OR BRAF codon 601,600", "therapies": "B + A|C"]
        let same = ["criterion": "BRAF codon 600,601 OR BRAF p.Val600Glu", "therapies": "C|B + A"]
        try base.evidence([
            PlantedBase.row.merging(or) { $1 }, PlantedBase.row.merging(same) { $1 },
            PlantedBase.row.merging(same.merging(["tumorTypes": "LUAD"]) { $1 }) { $1 },
            PlantedBase.row("D", ["validTo": "2019-12-31"]),
            PlantedBase.row("D", ["validFrom": "2020-01-01"]),
            PlantedBase.row("D", ["validFrom": "2020-06-01"]),
        ])
        let problems = try base.validate().problems.filter { $0.line != nil }
        #expect(problems.map(\.short) == ["warning 3 T2 ROW.DUPLICATE", "warning 7 T6 ROW.DUPLICATE"])
        #expect(problems[0].found.contains("row T1") && problems[1].found.contains("row T5"))
    }

    @Test(
        "rows that say the opposite of one drug: on one type, above and below, but not where it is excluded, or later"
    )
    func contradictions() throws {
        let base = try PlantedBase()
        try base.evidence([
            PlantedBase.row("Dabrafenib", ["tumorTypes": "NSCLC"]),
            PlantedBase.row(
                "Dabrafenib|Imatinib", ["tumorTypes": "LUAD", "direction": "resistant", "amp": "II-C"]),
            PlantedBase.row("Dabrafenib", ["tumorTypes": "SOLID", "direction": "no_benefit", "civic": ""]),
            PlantedBase.row("Dabrafenib", ["tumorTypes": "MEL", "direction": "resistant"]),
            PlantedBase.row(
                "Dabrafenib",
                ["tumorTypes": "LUNG", "excludedTumorTypes": "NSCLC", "direction": "resistant"]),
            PlantedBase.row("Dabrafenib", ["tumorTypes": "LUSC", "direction": "reduced"]),
            PlantedBase.row("Sorafenib", ["validTo": "2020-01-01"]),
            PlantedBase.row("Sorafenib", ["validFrom": "2020-01-02", "direction": "resistant"]),
            PlantedBase.row(
                "Sorafenib", ["validFrom": "2020-01-01", "direction": "resistant", "tumorTypes": "MEL|LUAD"]),
        ])
        let problems = try base.validate().problems.filter { $0.line != nil }
        #expect(
            problems.map(\.short) == [
                "warning 3 T2 ROW.CONTRADICTION", "warning 4 T3 ROW.CONTRADICTION",
                "warning 10 T9 ROW.CONTRADICTION",
            ])
        #expect(
            problems[0].found
                == "dabrafenib: resistant in LUAD (CIViC A, AMP II-C), but row T1 of local 1 says sensitive in NSCLC (CIViC A, AMP I-A)"
        )
        #expect(problems[2].found.contains("row T7"))
    }

    @Test("a drug spelled in two ways, and a combination in two orders")
    func drugs() throws {
        let base = try PlantedBase()
        try base.evidence([
            PlantedBase.row("Dabrafenib + Trametinib"),
            PlantedBase.row("Dabrafenib + Trametinib", ["tumorTypes": "LUAD"]),
            PlantedBase.row("Trametinib + Dabrafenib", ["tumorTypes": "LUSC"]),
            PlantedBase.row("dabrafenib mesylate", ["tumorTypes": "GIST"]),
        ])
        let problems = try base.validate().problems.filter { $0.line != nil }
        #expect(problems.map(\.short) == ["warning 4 T3 DRUG.SPELLING", "warning 5 T4 DRUG.SPELLING"])
        #expect(problems.allSatisfy { $0.found.contains("row T1 has") }, "\(problems)")
    }

    @Test("with drugs.tsv an unknown drug is an error, and a synonym a warning")
    func vocabulary() throws {
        let base = try PlantedBase()
        try base.write("drugs.tsv", "name\tsynonyms\nVemurafenib\tPLX4032|RG7204\nDabrafenib\t\n")
        try base.evidence([
            PlantedBase.row("Vemurafenib"), PlantedBase.row("plx4032"),
            PlantedBase.row("Dabrafenib + Vemurafinib"),
        ])
        let problems = try base.validate().problems.filter { $0.line != nil }
        #expect(problems.map(\.short) == ["warning 3 T2 DRUG.SPELLING", "error 4 T3 DRUG.UNKNOWN"])
        #expect(problems[0].expected == "Vemurafenib")
        #expect(problems[1].remedy == "Did you mean Vemurafenib, Dabrafenib?")
    }

    @Test("a row that another source replaces is a warning, and no part of contradictions")
    func replaced() throws {
        let base = try PlantedBase()
        try base.evidence([PlantedBase.row("A", ["id": "X"])])
        let other = try PlantedBase()
        try other.write("SOURCE.json", PlantedBase.json(["version": "\"1\"", "source": "\"local\""]))
        try other.evidence([PlantedBase.row("A", ["id": "X", "direction": "resistant"])])
        let result = try KnowledgeValidation(
            KnowledgeValidation.Options(folders: [base.path, other.path], words: [PlantedBase.words]))
        let problems = result.problems.filter { $0.line != nil }
        #expect(problems.map(\.short) == ["warning 2 X ROW.REPLACED"])
        #expect(problems.first?.file.hasPrefix(other.path) == true)
    }

    // MARK: Folders

    @Test("SOURCE.json that is missing, broken or lacks what it should tell")
    func sources() throws {
        let base = try PlantedBase()
        try base.evidence([PlantedBase.row])
        try base.write("SOURCE.json", PlantedBase.json(["licence": nil, "origin": nil, "title": "7"]))
        #expect(
            try base.validate().problems.filter { $0.rule != .fileUnlisted }.map {
                "\($0.severity.rawValue) \($0.rule.rawValue)"
            }.sorted() == ["error SOURCE.INVALID", "warning SOURCE.KEY", "warning SOURCE.LICENCE"])
        try base.write("SOURCE.json", PlantedBase.json(["retrieved": "\"1.11.2026\"", "version": "\"2\""]))
        #expect(try base.found().sorted() == ["error 0  SOURCE.KEY", "warning 0  SOURCE.KEY"])
        try base.write("SOURCE.json", "{")
        #expect(try base.found() == ["error 0  SOURCE.INVALID"])
        try FileManager.default.removeItem(atPath: base.source + "/SOURCE.json")
        #expect(try base.found() == ["error 0  SOURCE.MISSING"])
        try FileManager.default.removeItem(atPath: base.source + "/evidence.tsv")
        #expect(throws: (any Error).self) { try base.validate() }
    }

    @Test(
        "files whose checksum differs, that are missing, not listed, or that nothing reads; older versions are named"
    )
    func files() throws {
        let base = try PlantedBase()
        try base.evidence([PlantedBase.row])
        try base.write("evidense.tsv", "a\n")
        let none = String(repeating: "0", count: 64)
        try base.write(
            "SOURCE.json",
            PlantedBase.json(files: "{\"evidence.tsv\": \"\(none)\", \"gene_roles.tsv\": \"\(none)\"}"))
        #expect(
            try base.validate().problems.map { "\($0.severity.rawValue) \($0.table) \($0.rule.rawValue)" }
                == [
                    "error evidence.tsv FILE.CHECKSUM", "warning evidense.tsv FILE.UNKNOWN",
                    "warning evidense.tsv FILE.UNLISTED", "error gene_roles.tsv FILE.MISSING",
                ])
        let old = base.folder.path("base/local/0")
        try FileManager.default.createDirectory(atPath: old, withIntermediateDirectories: true)
        try Data(PlantedBase.json(["version": "\"0\"", "retrieved": "\"2020-01-01\""]).utf8).write(
            to: URL(filePath: old + "/SOURCE.json"))
        let result = try base.validate()
        #expect(result.olderVersions == [old] && result.sources.map(\.version) == ["1"])
        #expect(result.text.contains("older versions, not read and not checked: \(old)"))
    }

    @Test("a base, a source and a version can be named")
    func places() throws {
        let base = try PlantedBase()
        try base.evidence([PlantedBase.row("A", ["civic": "Z"])])
        for path in [base.path, base.folder.path("base/local"), base.source] {
            let result = try KnowledgeValidation(
                KnowledgeValidation.Options(folders: [path], words: [PlantedBase.words]))
            #expect(result.sources.map(\.folder) == [base.source] && result.errors == 1, "\(path)")
        }
    }

    @Test("a SOURCE.json or tables in a source's own folder are told, and the other sources are checked")
    func misplaced() throws {
        let base = try PlantedBase()
        try base.evidence([PlantedBase.row("A", ["civic": "Z"])])
        let lost = base.folder.path("base/lost")
        try FileManager.default.createDirectory(atPath: lost, withIntermediateDirectories: true)
        try Data(PlantedBase.json().utf8).write(to: URL(filePath: lost + "/SOURCE.json"))
        #expect(try base.found() == ["error 2 T1 CELL.VALUE", "error 0  SOURCE.MISSING"])
        #expect(try base.validate().problems.last?.file == lost)
    }

    // MARK: Other tables

    @Test(
        "one fault in one row of another table",
        arguments: [
            ("gene_roles.tsv", "gene\trole", "BRAF\toncogene", "BRAFF\toncogene", "GENE.UNKNOWN"),
            ("gene_roles.tsv", "gene\trole", "BRAF\toncogene", "KRAS\tdriver", "CELL.VALUE"),
            ("gene_roles.tsv", "gene\trole", "BRAF\toncogene", "BRAF\tboth", "ROW.TWICE"),
            (
                "gene_roles.tsv", "gene\trole\tcitations\tstatus", "BRAF\toncogene\tPMID:1\tverified",
                "KRAS\toncogene\t\tverified", "CITATION.MISSING"
            ),
            (
                "exons.tsv", "gene\texon\tfirstResidue\tlastResidue", "EGFR\t18\t688\t728",
                "EGFR\t19\t761\t729",
                "CELL.VALUE"
            ),
            (
                "exons.tsv", "gene\texon\tfirstResidue\tlastResidue", "EGFR\t18\t688\t728",
                "EGFR\tx\t729\t761",
                "CELL.VALUE"
            ),
            (
                "exons.tsv", "gene\ttranscript\texon\tfirstResidue\tlastResidue",
                "EGFR\tENST00000275493.7\t18\t688\t728", "KIT\tENST00000275493.7\t9\t449\t514",
                "TRANSCRIPT.GENE"
            ),
            (
                "numbering.tsv", "gene\ttranscript\totherTranscripts\tfirstResidue\toffset",
                "BRAF\tENST00000646891.2\tENST00000644969\t439\t40", "MET\tENST00000397752.8\tNM_1\t755\t",
                "CELL.VALUE"
            ),
            (
                "promoters.tsv", "gene\tgrch37\tgrch38\tname", "TERT\t5:1295228:G:A\t5:1295113:G:A\tC228T",
                "TERT\t\t\tC250T", "CELL.VALUE"
            ),
            (
                "promoters.tsv", "gene\tgrch37\tgrch38\tname", "TERT\t5:1295228:G:A\t5:1295113:G:A\tC228T",
                "TERT\t5:1:G\t5:1295135:G:A\tC250T", "CELL.VALUE"
            ),
            ("predisposition.tsv", "gene\tlist", "BRCA1\ta", "BRCA3\ta", "GENE.UNKNOWN"),
            ("predisposition.tsv", "gene\tlist", "BRCA1\ta", "BRCA2 \ta", "CELL.VALUE"),
            (
                "countries.tsv", "country\tagency\tpayer\tlanguage", "x\tEMA\tP\ten", "y\t\tP\ten",
                "CELL.VALUE"
            ),
            ("indications.tsv", "code\tindication", "BRAIN\tprimary-brain", "BONE\tsarcomas", "CELL.VALUE"),
            (
                "expectations.tsv", "id\tindication\tmeasure\tdefinition\tvalue\tsource",
                "1\tall\ttargetable\ttargetable\t0.2\ta", "2\tall\ttargetable\ttargetable\t20\ta",
                "CELL.VALUE"
            ),
            (
                "expectations.tsv", "id\tindication\tmeasure\tdefinition\tvalue\tlow\thigh\tsource",
                "1\tall\ttargetable\ttargetable\t0.2\t0\t1\ta",
                "2\tall\ttargetable\ttargetable\t\t0.5\t0.4\ta", "CELL.VALUE"
            ),
        ] as [(String, String, String, String, String)])
    func table(name: String, header: String, good: String, bad: String, rule: String) throws {
        let base = try PlantedBase()
        try base.write(name, [header, good].joined(separator: "\n") + "\n")
        #expect(try base.found() == [])
        try base.write(name, [header, good, bad].joined(separator: "\n") + "\n")
        let id = bad.split(separator: "\t")[0].split(separator: " ")[0]
        #expect(try base.found() == ["error 3 \(id) \(rule)"])
    }

    @Test(
        "a tree of tumor types with a parent that is not there, and a name of two types: rows are not judged by it"
    )
    func tree() throws {
        let base = try PlantedBase()
        try base.write(
            "tumor_types.tsv",
            "code\tname\tparent\ttissue\tsynonyms\tdoid\nANY\tAny\t\t\t\t\nA\tOne\tANY\t\tx\t\nB\tTwo\tNONE\t\t\t\nC\tThree\tANY\t\tx\t\n"
        )
        try base.evidence([PlantedBase.row])
        #expect(try base.found() == ["error 4 B TUMOR.TREE", "error 5 C TUMOR.TREE"])
        #expect(try base.validate().sources[0].notChecked == ["evidence.tsv"])
    }

    // MARK: The base that comes with the program

    @Test("the bundled base has no error; its warnings are known")
    func bundled() throws {
        let result = try KnowledgeValidation(KnowledgeValidation.Options(folders: [PlantedBase.bundled]))
        #expect(result.errors == 0, "\(result.problems.filter { $0.severity == .error }.map(\.text))")
        let evidence = result.problems.filter { $0.table != "gene_roles.tsv" }
        #expect(
            evidence.map { "\($0.id) \($0.rule.rawValue)" } == [
                // Alleles of which only the place on GRCh37 is in the sources.
                "WA0071 ALLELE.ASSEMBLY", "WA0179 ALLELE.ASSEMBLY", "WA0188 ALLELE.ASSEMBLY",
                "WA0284 ALLELE.ASSEMBLY", "WA0285 ALLELE.ASSEMBLY", "WA0286 ALLELE.ASSEMBLY",
                "WA0287 ALLELE.ASSEMBLY", "WA0353 ALLELE.ASSEMBLY", "WA0382 ALLELE.ASSEMBLY",
            ])
        // Roles that nobody cited yet; they are unverified.
        let roles = result.problems.filter { $0.table == "gene_roles.tsv" }
        #expect(
            roles.count == 33 && roles.allSatisfy { $0.rule == .citationMissing && $0.severity == .warning })
    }

    @Test("text, table and JSON tell the same, sorted")
    func formats() throws {
        let base = try PlantedBase()
        try base.evidence([
            PlantedBase.row("A", ["civic": "Z"]),
            PlantedBase.row("B", ["citations": "x\u{2028}y", "escat": "q"]),
        ])
        let result = try base.validate()
        let lines = result.tsv.split(separator: "\n")
        #expect(lines.count == result.problems.count + 1)
        #expect(lines.allSatisfy { $0.split(separator: "\t", omittingEmptySubsequences: false).count == 11 })
        let json = try JSONDecoder().decode(
            KnowledgeValidation.self, from: JSONEncoder().encode(result))
        #expect(json == result)
        #expect(
            result.text.contains(
                "error: \(base.source)/evidence.tsv:2: T1: [CELL.VALUE] civic is \"Z\"; expected one of A, B, C, D, E. Use one of A, B, C, D, E or leave it empty."
            ))
        #expect(result.text.hasSuffix("2 rows, 2 errors, 1 warning\n"))
    }
}
