import Foundation
import Genome
import Knowledge
import Pipeline
import TestSupport
import Testing

/// The release of the Molecular Oncology Almanac with EMA's, FDA's and the Irish payer's documents.
@Suite("Import of MOAlmanac", .enabled(if: TestData.isAvailable))
struct MOAlmanacImportTests {
    private static let input = TestData.path("oncology/moalmanac/referenced")
    private static let shared = Result { try imported() }

    private static func imported() throws -> ImportedSource {
        try ImportedSource { try $0.moalmanac([input], to: $1) }
    }

    private static func records(_ table: String) throws -> [[String: Any]] {
        let data = try Data(contentsOf: URL(filePath: "\(input)/\(table).json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    }

    @Test("importing twice gives the same bytes; rows are sorted by id, all files have their checksum")
    func bytes() throws {
        let first = try Self.shared.get(), second = try Self.imported()
        #expect(first.files == second.files)
        #expect(first.files.keys.sorted() == ["SOURCE.json", "evidence.tsv", "unexpressed.tsv"])
        let ids = first.written.evidence.rows.map(\.id)
        #expect(ids == ids.sorted() && Set(ids).count == ids.count)
        #expect(first.rows.count == ids.count)
    }

    @Test("what could not be said is counted by reason, so that a loss is seen")
    func counts() throws {
        let evidence = try Self.shared.get().written.evidence
        let counts = evidence.counts.map { "\($0.count) \($0.reason)" }
        let rows = evidence.rows.count
        #expect(rows == 394)
        #expect(
            counts == [
                "812 protein expression", "32 mismatch repair by immunohistochemistry",
                "17 an internal tandem duplication whose exon is not told",
                "12 the copy number of a chromosome's arm", "5 a tumor type that is not in the tree",
                "4 a kinase domain whose residues are not told", "2 a translocation without its genes",
                "1 microsatellites that are stable or of low instability",
            ])
    }

    @Test(
        "an EMA indication for a solid tumor: approved for its tumor type, off-label for a sibling, or for leukemia where it holds for all solid tumors; standard where the HSE pays"
    )
    func indications() throws {
        let imported = try Self.shared.get()
        let country = try #require(imported.knowledge.countries["ireland"])
        let types = imported.knowledge.tumorTypes
        var accesses: [String: Int] = [:]
        var failures: [String] = []
        for row in imported.rows where row.approval(by: "EMA", on: SyntheticPatient.today) != nil {
            guard let type = row.tumorTypes.first, types.path(of: type).contains("SOLID") else { continue }
            let patient = try SyntheticPatient(meeting: row.criterion, imported.knowledge)
            // A tissue-agnostic approval holds for every solid tumor.
            let own = try patient.item(
                row.id, tumorType: type == "SOLID" ? "PAAD" : type, country: country)
            let isPaid = row.nationalDecisions.contains { $0.status == "recommended" && !$0.date.isEmpty }
            let access = isPaid ? "standard" : "approved_not_national"
            if own?.label != "on" || own?.access != access { failures.append("\(row.id) \(row.criterion)") }
            accesses[access, default: 0] += 1
            let sibling = type == "SOLID" ? "AML" : SyntheticPatient.sibling(of: row, types) ?? ""
            let other = try patient.item(row.id, tumorType: sibling, country: country)
            if other?.label != "off" || other?.access != "off_label" {
                failures.append("\(row.id) \(type) \(sibling)")
            }
            accesses["off_label", default: 0] += 1
        }
        #expect(failures == [String]())
        #expect(accesses == ["standard": 64, "approved_not_national": 105, "off_label": 169])
    }

    @Test("every statement of an authority or payer is a row with its date, or is told with its reason")
    func complete() throws {
        let imported = try Self.shared.get()
        let unexpressed = Set(imported.written.evidence.unexpressed.map(\.id))
        var indications: [String: [String: Any]] = [:]
        for record in try Self.records("indications") {
            indications[try #require(record["id"] as? String)] = record
        }
        var status: [String: String] = [:]
        var names: [String: String] = [:]
        for record in try Self.records("documents") {
            let id = try #require(record["id"] as? String)
            status[id] = record["status"] as? String
            names[id] = (record["name"] as? String)?.split(separator: "[").first.map(String.init)
            // "Name. BODY." is cited as "BODY: Name".
            names[id] = names[id].map { $0.hasSuffix(". HSE.") ? String($0.dropLast(6)) : $0 }
        }
        let cited = imported.rows.map { ($0, $0.citations.joined(separator: "\n")) }
        var expressed = 0
        var lost: [String] = []
        let statements = try Self.records("statements")
        for statement in statements {
            let number = try #require(statement["id"] as? Int)
            let id = "MOA-S" + String(String(100_000 + number).dropFirst())
            guard !unexpressed.contains(id) else { continue }
            expressed += 1
            let name = try #require(statement["indication_id"] as? String)
            let indication = try #require(indications[name])
            let document = try #require(indication["document_id"] as? String)
            let body = document.dropFirst(4).prefix { $0 != "." }.uppercased()
            let ended = ["Deprecated", "Withdrawn", "Superseded"]
            if [status[document], statement["status"] as? String, indication["status"] as? String]
                .contains(where: { ended.contains($0 ?? "") })
            {
                continue
            }
            let date = indication["initial_approval_date"] as? String ?? ""
            let scheme = indication["reimbursement_scheme"] as? String ?? ""
            let words =
                switch scheme {
                case "": "approved"
                case "CDS", "ODMS", "Hospital", "Hybrid": "recommended"
                default: "partly"
                }
            let text = names[document] ?? document
            let isThere = cited.contains { row, citations in
                guard citations.contains("\(body): \(text)") else { return false }
                if words == "partly" { return row.note.contains(indication["id"] as? String ?? "?") }
                return (row.approvals + row.nationalDecisions).contains {
                    $0.body == body && $0.date == date && $0.status == words
                }
            }
            if !isThere { lost.append("\(id) \(document) \(date) \(words)") }
        }
        #expect(lost == [String]())
        #expect(expressed + unexpressed.count == statements.count)
    }

    @Test("a document that ended is no approval; another document of the same drug still is")
    func ended() throws {
        let rows = try Self.shared.get().rows
        let deprecated = try Self.records("documents").filter { $0["status"] as? String == "Deprecated" }
        #expect(Set(deprecated.map { $0["agent_id"] as? String }) == ["ema"])
        var drugs = Set<String>()
        for row in rows {
            let cited = row.citations.filter { $0.hasPrefix("EMA: ") }
            guard !cited.isEmpty, cited.allSatisfy({ $0.hasSuffix(", Deprecated") }) else { continue }
            drugs.formUnion(row.therapies)
            #expect(row.approval(by: "EMA", on: SyntheticPatient.today) == nil, "\(row.id)")
        }
        let chemotherapies = ["Gemcitabine", "Nab-paclitaxel", "Pemetrexed"].map {
            "Durvalumab + Tremelimumab + \($0)"
        }
        #expect(
            drugs
                == Set(
                    ["Pralsetinib", chemotherapies[0] + " + Cisplatin", chemotherapies[2] + " + Cisplatin"]
                        + chemotherapies.map { $0 + " + Carboplatin" }))
        let other = rows.contains {
            $0.therapies[0].contains("Tremelimumab")
                && $0.approval(by: "EMA", on: SyntheticPatient.today) != nil
        }
        #expect(other)
    }

    @Test(
        "a folder without the tables, and a table that is none, are errors that name it",
        arguments: [("", "agents.json is not among the files"), ("{", "is no list"), ("[{}]", "is no list")])
    func faults(agents: String, problem: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "moalmanac-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        if !agents.isEmpty {
            try agents.write(to: folder.appending(path: "agents.json"), atomically: true, encoding: .utf8)
        }
        let judge = try Self.shared.get().knowledge
        let error = #expect(throws: InputError.self) {
            try KnowledgeImport(judge).moalmanac([folder.path], to: folder.path + "/out")
        }
        #expect(error?.problem.contains(problem) == true, "\(String(describing: error))")
    }
}
