import Biomarkers
import Cases
import Foundation
import Genome
import Knowledge
import Pipeline
import TestSupport
import Testing

/// The curated rows: each says something that its sources say, and each meets the patient it was written for.
@Suite("Curated rows")
struct CuratedBaseTests {
    private static let knowledge = Result { try KnowledgeBaseTests.load() }

    private static func rows() throws -> [EvidenceRow] {
        try knowledge.get().evidence.rows().filter { $0.source.hasPrefix("curated ") }
    }

    /// Whether text is a day of the calendar.
    private static func isDay(_ text: String) -> Bool {
        let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
        return (try? style.parse(text)).map { $0.formatted(style) == text } ?? false
    }

    @Test(
        "there are at least 300, with consecutive ids; days are days of the calendar, none after the base's own"
    )
    func dates() throws {
        let rows = try Self.rows()
        #expect(rows.count >= 300)
        let ids = (1...rows.count).map { number in "WA" + String(String(10_000 + number).dropFirst()) }
        #expect(rows.map(\.id) == ids)
        for row in rows {
            let decisions = row.approvals + row.nationalDecisions
            let days = decisions.map(\.date) + [row.validFrom, row.validTo].filter { !$0.isEmpty }
            #expect(days.allSatisfy { Self.isDay($0) && $0 < "2026-11-31" }, "\(row.id): \(days)")
            let approved = row.approvals.filter { $0.status == "approved" }.map(\.date)
            #expect(["", approved.min() ?? ""].contains(row.validFrom), "\(row.id)")
            #expect(row.isVerified || !row.note.isEmpty, "\(row.id)")
        }
    }

    @Test("every indication has rows of its own; a row for all solid tumors holds in the first one as well")
    func indications() throws {
        let types = try Self.knowledge.get().tumorTypes
        var counts: [String: Int] = [:]
        for row in try Self.rows() {
            for indication in Set(row.tumorTypes.map { types.indication(of: $0) }) {
                counts[indication, default: 0] += 1
            }
        }
        #expect(
            counts == [
                "metastatic-solid": 338, "sarcoma": 35, "pancreatic": 18, "thymic-epithelial": 1,
                "primary-brain": 20,
            ])
    }

    @Test("each row is met by the patient made of its criterion, on-label in its own types")
    func own() throws {
        let knowledge = try Self.knowledge.get()
        let country = try #require(knowledge.countries["denmark"])
        for row in try Self.rows() {
            let patient = try SyntheticPatient(meeting: row.criterion, knowledge)
            for type in row.tumorTypes {
                let item = try patient.item(row.id, tumorType: type, country: country)
                #expect(item?.label == "on", "\(row.id) \(row.criterion) \(type)")
            }
        }
    }

    @Test("no row is on-label in a sibling of its types, nor in a type that it excludes")
    func sibling() throws {
        let knowledge = try Self.knowledge.get()
        let country = try #require(knowledge.countries["denmark"])
        for row in try Self.rows() {
            let isAgnostic = row.tumorTypes == ["SOLID"]
            let sibling = isAgnostic ? "AML" : SyntheticPatient.sibling(of: row, knowledge.tumorTypes)
            let patient = try SyntheticPatient(meeting: row.criterion, knowledge)
            #expect(sibling != nil, "\(row.id)")
            for type in [sibling].compactMap(\.self) + row.excludedTumorTypes {
                let item = try patient.item(row.id, tumorType: type, country: country)
                #expect(item?.label == "off", "\(row.id) \(row.criterion) \(type)")
            }
        }
    }

    @Test("a drug stands once for one criterion and tumor type: two rows never differ in its direction")
    func contradictions() throws {
        var seen: [String: EvidenceRow] = [:]
        for row in try Self.rows() {
            for type in row.tumorTypes {
                for therapy in row.therapies {
                    let drugs = therapy.components(separatedBy: " + ").sorted().joined(separator: "+")
                    let other = seen.updateValue(row, forKey: "\(row.criterion) \(type) \(drugs)")
                    #expect(other == nil, "\(row.id) and \(other?.id ?? ""): \(therapy) in \(type)")
                }
            }
        }
    }

    @Test(
        "genes of recombination and mismatch repair are tumor suppressors; secondary findings are not reported"
    )
    func genes() throws {
        let knowledge = try Self.knowledge.get()
        for gene in FindingBuilder.recombinationGenes + HypermutationCause.repairGenes + ["ATR", "FANCL"] {
            #expect(knowledge.roles[gene] == .tumorSuppressor, "\(gene)")
        }
        #expect(knowledge.predisposition.isSuperset(of: HypermutationCause.repairGenes))
        // Of the ACMG list, but no gene of inherited cancer.
        #expect(knowledge.predisposition.isDisjoint(with: ["ABCD1", "BTD", "LDLR", "MYH7", "PLN"]))
    }

    @Test(
        "what the HSE pays and EMA approved is standard in Ireland, and not in Denmark, where nobody entered a decision"
    )
    func payers() throws {
        let knowledge = try Self.knowledge.get()
        let ireland = try #require(knowledge.countries["ireland"])
        let denmark = try #require(knowledge.countries["denmark"])
        var paid = 0
        for row in try Self.rows() where row.decision(of: "HSE", on: SyntheticPatient.today) != nil {
            #expect(row.direction == .sensitive && !row.approvals.isEmpty, "\(row.id)")
            let patient = try SyntheticPatient(meeting: row.criterion, knowledge)
            let type = row.tumorTypes[0] == "SOLID" ? "PAAD" : row.tumorTypes[0]
            let irish = try patient.item(row.id, tumorType: type, country: ireland)
            let danish = try patient.item(row.id, tumorType: type, country: denmark)
            #expect(irish?.access == "standard", "\(row.id)")
            #expect(danish?.access == "approved_not_national", "\(row.id)")
            paid += 1
        }
        #expect(paid == 64)
    }
}

/// The sources that curated rows cite.
@Suite("Sources of the curated rows", .enabled(if: TestData.isAvailable))
struct CuratedSourcesTests {
    private static func records(_ table: String) throws -> [[String: Any]] {
        let path = TestData.path("oncology/moalmanac/referenced/\(table).json")
        let data = try Data(contentsOf: URL(filePath: path))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    }

    private static func rows() throws -> [EvidenceRow] {
        try KnowledgeBaseTests.load().evidence.rows().filter { $0.source.hasPrefix("curated ") }
    }

    @Test("every PubMed id stands in CIViC, for a gene of the row")
    func papers() throws {
        let path = TestData.path("oncology/civic/civic_2020-03-01_predictive_mtbreport.tsv")
        let table = try TSVTable(
            bytes: Array(try Data(contentsOf: URL(filePath: path))).filter { $0 != UInt8(ascii: "\"") },
            file: path, required: ["gene", "pubmed_id"])
        var genes: [String: Set<String>] = [:]
        for row in table.rows {
            for id in table.cell(row, "pubmed_id").split(whereSeparator: { !$0.isNumber }) {
                genes[String(id), default: []].insert(table.cell(row, "gene"))
            }
        }
        var checked = 0
        for row in try Self.rows() {
            for citation in row.citations where citation.hasPrefix("PMID:") {
                let found = genes[String(citation.dropFirst(5))] ?? []
                // A measure names no gene; CIViC has it under the gene that is methylated.
                let genesOfRow = row.criterion.genes.isEmpty ? ["MGMT"] : row.criterion.genes
                let wanted = genesOfRow.map { $0.hasPrefix("H3-3") ? "H3F3A" : $0 }
                #expect(!found.isDisjoint(with: wanted), "\(row.id): \(citation) is about \(found.sorted())")
                checked += 1
            }
        }
        #expect(checked >= 200, "\(checked)")
    }

    @Test("every cited document is one of the table's, by its link and with its date")
    func documents() throws {
        var links: [String: String] = [:]
        for record in try Self.records("urls") {
            let id = try #require(record["id"] as? String)
            links[id] = record["url"] as? String
        }
        var dates: [String: Set<String>] = [:]
        for record in try Self.records("documents") {
            for id in record["urls"] as? [String] ?? [] {
                guard let link = links[id], let date = record["publication_date"] as? String else { continue }
                dates[link, default: []].insert(date)
            }
        }
        var bodies: [String: Int] = [:]
        for row in try Self.rows() where row.direction != .adverse {
            for citation in row.citations where !citation.hasPrefix("PMID:") {
                let parts = citation.components(separatedBy: ", ")
                let link = try #require(parts.last), date = try #require(parts.dropLast().last)
                #expect(dates[link]?.contains(date) == true, "\(row.id): \(citation)")
                bodies[String(citation.prefix { $0 != ":" }), default: 0] += 1
            }
        }
        #expect(bodies.keys.sorted() == ["EMA", "FDA", "HSE"], "\(bodies)")
    }

    @Test("rows of pharmacogenes cite the guidelines that the published calls link, for the drug of the row")
    func guidelines() throws {
        let path = TestData.path("oncology/colo829_hartwig/ref_sample.peach.haplotypes.best.tsv")
        let table = try TSVTable(
            bytes: Array(try Data(contentsOf: URL(filePath: path))), file: path,
            required: ["gene", "linkedDrugs", "prescriptionUrls"])
        var links: [String: String] = [:]
        for row in table.rows {
            let drugs = table.cell(row, "linkedDrugs").replacing("5-Fluorouracil", with: "Fluorouracil")
                .split(separator: ";")
            let urls = table.cell(row, "prescriptionUrls").split(separator: ";")
            for (drug, url) in zip(drugs, urls) { links["\(table.cell(row, "gene")) \(drug)"] = String(url) }
        }
        let rows = try Self.rows().filter { $0.direction == .adverse }
        #expect(rows.count == 7)
        for row in rows {
            let link = try #require(links["\(row.gene) \(row.therapies[0])"], "\(row.id)")
            #expect(row.citations.contains { $0.hasSuffix(link) }, "\(row.id)")
            let others = row.citations.filter { !$0.hasPrefix("PMID:") && !$0.hasPrefix("PharmGKB: ") }
            #expect(Set(others).isSubset(of: ["PMC5760397", "PMC8885558"]), "\(row.id)")
            // Only what CIViC says of two copies without function was compared.
            #expect(row.isVerified == row.citations.contains("PMID:23988873"), "\(row.id)")
        }
    }

    @Test("every approval and decision has a date that the tables give for one of its drugs; each is cited")
    func decisions() throws {
        var documents: [String: [String: Any]] = [:]
        for record in try Self.records("documents") {
            let id = try #require(record["id"] as? String)
            documents[id] = record
        }
        // What a body's documents say on a day, in lower case.
        var texts: [String: String] = [:]
        for record in try Self.records("indications") {
            let id = try #require(record["document_id"] as? String)
            let document = try #require(documents[id])
            let body = try #require(document["agent_id"] as? String).uppercased()
            let keys = ["indication", "description", "raw_therapeutics"].compactMap { record[$0] as? String }
            let text = (keys + [document["name"] as? String ?? ""]).joined(separator: " ").lowercased()
            for date in [record["initial_approval_date"], document["publication_date"]] {
                if let date = date as? String { texts["\(body) \(date)", default: ""] += text }
            }
        }
        var checked = 0
        for row in try Self.rows() {
            let drugs = row.therapies.flatMap { $0.lowercased().components(separatedBy: " + ") }
            for decision in row.approvals + row.nationalDecisions {
                let text = try #require(texts["\(decision.body) \(decision.date)"], "\(row.id): \(decision)")
                #expect(drugs.contains { text.contains($0) }, "\(row.id): \(decision)")
                #expect(
                    row.citations.contains { $0.hasPrefix(decision.body + ": ") }, "\(row.id): \(decision)")
                checked += 1
            }
        }
        #expect(checked >= 250, "\(checked)")
    }
}
