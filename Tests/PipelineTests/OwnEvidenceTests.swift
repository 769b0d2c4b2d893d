import Foundation
import Genome
import Knowledge
import Pipeline
import Testing

/// A user's own table.
@Suite("Import of an own table")
struct OwnEvidenceTests {
    private static let required = [
        "id", "gene", "criterion", "tumorTypes", "therapies", "direction", "citations",
    ]
    private static let statement = KnowledgeImport.Statement(
        source: "board", origin: "a made-up board", licence: "internal")

    private static func imported(
        _ text: String, _ statement: KnowledgeImport.Statement = statement,
        fault: @escaping (InputError) -> Void = { _ in }
    ) throws -> ImportedSource {
        try ImportedSource([("own.tsv", text)]) {
            try $0.table($1[0], statement, to: $2, fault: fault)
        }
    }

    @Test(
        "few columns are enough; tumor types by name, the HGNC id and the status are filled in; rows are sorted"
    )
    func columns() throws {
        let text =
            "# invented rows\n" + Self.required.joined(separator: "\t") + "\n"
            + "OWN2\tKRAS\tKRAS p.G12C\tlung adenocarcinoma|COADREAD\tInventinib\tsensitive\tPMID:1\r\n\n"
            + "OWN1\tBRAF\tBRAF p.V600E\tmelanoma\tInventinib + Fictimab\tresistant\tPMID:2\n"
        let imported = try Self.imported(text)
        #expect(imported.rows.map(\.id) == ["OWN1", "OWN2"])
        #expect(imported.rows.map(\.tumorTypes) == [["MEL"], ["LUAD", "COADREAD"]])
        #expect(imported.rows.map(\.isVerified) == [false, false])
        let table = String(decoding: try #require(imported.files["evidence.tsv"]), as: UTF8.self)
        #expect(
            table.contains("OWN1\tBRAF\tHGNC:1097\tBRAF p.V600E\tMEL\t\tInventinib + Fictimab\tresistant"))
        #expect(try Self.imported(text).files == imported.files)
        let source = String(decoding: try #require(imported.files["SOURCE.json"]), as: UTF8.self)
        for words in [
            "\"a made-up board\"", "\"licence\" : \"internal\"", "\"own.tsv\"", "\"source\" : \"board\"",
        ] {
            #expect(source.contains(words))
        }
    }

    @Test("every column of evidence.tsv is taken over as it is")
    func allColumns() throws {
        let cells: [String: String] = [
            "id": "OWN1", "gene": "BRAF", "hgncId": "HGNC:1097", "criterion": "BRAF p.V600E",
            "tumorTypes": "SOLID",
            "excludedTumorTypes": "COADREAD", "therapies": "Inventinib", "direction": "sensitive",
            "civic": "A",
            "amp": "I-A", "escat": "I-A", "oncokb": "1", "oxford": "1b", "oxfordColumn": "therapy",
            "approvals": "EMA:approved:2020-01-02",
            "nationalDecisions": "Medicinrådet:recommended:2021-01-02",
            "transcript": "ENST00000646891.2", "grch37": "7:140453136:A:T", "grch38": "7:140753336:A:T",
            "cnsPenetrant": "yes", "citations": "PMID:1|PMID:2", "status": "verified", "note": "made up",
            "validFrom": "2020-01-02", "validTo": "2030-01-02",
        ]
        #expect(Set(cells.keys) == Set(EvidenceRow.columns))
        let text = ImportedSource.table(EvidenceRow.columns, [cells])
        #expect(try #require(try Self.imported(text).files["evidence.tsv"]) == Data(text.utf8))
    }

    @Test("each fault is told with its line, and nothing is written")
    func faults() throws {
        let text =
            "# a comment\n" + Self.required.joined(separator: "\t") + "\n"
            + "OWN1\tBRAF\tBRAF p.V600E\tmelanom\tInventinib\tsensitive\tPMID:1\n"
            + "OWN2\tBRAF\tBRAF V600E\tMEL\tInventinib\tsensitive\tPMID:1\n\n"
            + "OWN3\tNOGENE1\tNOGENE1 any\tMEL\tInventinib\tsensitive\tPMID:1\n"
            + "OWN4\tBRAF\tBRAF p.V600E\tMEL\tInventinib\tgood\tPMID:1\n"
            + "OWN4\tBRAF\tBRAF p.V600E\tMEL\tInventinib\tsensitive\t\n"
        var faults: [String] = []
        let error = #expect(throws: InputError.self) {
            try Self.imported(text) { faults.append("\($0.place) \($0.problem)") }
        }
        #expect(error?.problem == "5 faults; nothing was written")
        #expect(
            faults == [
                "line(3) tumor type \"melanom\" is unknown",
                "line(4) criterion: \"V600E\" is no event of BRAF; expected p.…, codon, exon, residues, a class, "
                    + "amplification, homozygous_deletion, gain, loss, oncogenic, poor_metabolizer or any",
                "line(6) gene \"NOGENE1\" is not in the gene table", "line(7) direction \"good\" is unknown",
                "line(8) id \"OWN4\" stands in line 7 already",
            ])
    }

    @Test(
        "a missing column, a misspelled one and a name that is no folder's are errors",
        arguments: [
            ("gene\tcriterion", "own", "column \"id\" is missing"),
            (required.joined(separator: "\t") + "\ttumourTypes", "own", "column \"tumourTypes\" is none"),
            (required.joined(separator: "\t"), "../own", "the name is \"../own\""),
        ])
    func tables(header: String, source: String, problem: String) throws {
        let error = #expect(throws: InputError.self) {
            try Self.imported(
                header + "\n", .init(source: source, origin: "nowhere", licence: "none"))
        }
        #expect(error?.problem.hasPrefix(problem) == true, "\(String(describing: error))")
    }
}
