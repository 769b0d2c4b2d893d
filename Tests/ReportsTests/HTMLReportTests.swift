import Biomarkers
import Cases
import Cohorts
import Reports
import Testing

@Suite("Reports")
struct HTMLReportTests {
    static func summary(gene: String = "BRAF", language: String = "en") -> CaseSummary {
        var finding = Finding(
            id: "f1", kind: .smallVariant, origin: .somatic, gene: gene, alteration: "p.V600E",
            locus: "chr7:1 A>T")
        finding.targetable = true
        finding.tier = .one
        finding.evidence = [
            .init(
                source: "s 1", id: "R1", therapies: ["Drug A"], direction: "sensitive",
                levels: .init(civic: "A", amp: "I-A", escat: "", oncokb: "", oxford: ""), tumorType: "MEL",
                relation: "same",
                label: "on", access: "standard", granularity: 9, isVerified: false,
                citations: ["PMID:123", "<img src=x>", "Agency: text, 2020-01-01, https://example.org/a"],
                criterion: "BRAF p.V600E",
                path: "MEL", isContradicted: false, note: "note", approvals: [], nationalDecisions: [])
        ]
        var identity = CaseSummary.Identity(
            id: "C-1", patient: "P-1", tumorType: .init(code: "MEL", name: "Melanoma", path: ["MEL"]),
            indication: "metastatic-solid", assembly: "GRCh38")
        identity.language = language
        return CaseSummary(
            case: identity, samples: .init(tumor: "T", normal: "N", decidedBy: "--tumor"), counts: .init(),
            biomarkers: BiomarkerReport(
                tmb: [], msi: .init(reason: "no input"), hrd: .init(reason: "no input"),
                signatures: .init { _ in .init(reason: "no input") },
                hypermutation: .init(isHypermutated: false, cause: "", evidence: [])),
            findings: [finding], nearMisses: [], warnings: [.init(code: "filtered_match", message: "look")],
            assessment: .init(isAssessable: true, reasons: []),
            provenance: .init(program: "p", htslib: "1", command: "c", inputs: [], sources: []))
    }

    @Test("text from files is escaped, PMIDs and addresses become links, an unverified row says so")
    func escaping() {
        let html = HTMLReport.text(Self.summary(gene: "<script>alert(1)</script>"))
        #expect(!html.contains("<script"))
        #expect(!html.contains("<img"))
        #expect(html.contains("https://pubmed.ncbi.nlm.nih.gov/123/"))
        #expect(
            html.contains("href=\"https://example.org/a\"")
                || html.contains("href=\"https:&#x2F;&#x2F;example.org"))
        #expect(html.contains("unverified"))
        #expect(html.contains("For research use; decisions belong to the board."))
    }

    @Test("warnings stand before findings, and what was not computed is said with its reason")
    func order() throws {
        let html = HTMLReport.text(Self.summary())
        let warning = try #require(html.firstRange(of: "filtered_match"))
        let finding = try #require(html.firstRange(of: "Targetable findings"))
        #expect(warning.lowerBound < finding.lowerBound)
        #expect(html.contains("not computed: no input"))
    }

    @Test("the report speaks Danish where the case asks for it")
    func danish() {
        let html = HTMLReport.text(Self.summary(language: "da"))
        #expect(html.contains("lang=\"da\"") && html.contains("Fund med behandlingsmulighed"))
        #expect(html.contains("beslutninger træffes af tumorboardet"))
    }

    @Test("case.json is read as it was written, and a later layout is refused")
    func roundTrip() throws {
        let summary = Self.summary()
        let text = try JSONReport.text(summary)
        #expect(try JSONReport.summary(Array(text.utf8), file: "case.json") == summary)
        let later = text.replacing("\"schemaVersion\" : 1", with: "\"schemaVersion\" : 2")
        #expect(throws: (any Error).self) { try JSONReport.summary(Array(later.utf8), file: "case.json") }
    }

    @Test("findings.tsv has the fixed columns, a row an item, and no tab inside a cell")
    func table() {
        let lines = FindingsTable.text(Self.summary(gene: "A\tB")).split(separator: "\n").filter {
            !$0.hasPrefix("#")
        }
        #expect(lines.count == 2)
        for line in lines {
            #expect(line.split(separator: "\t", omittingEmptySubsequences: false).count == 30)
        }
    }
}
