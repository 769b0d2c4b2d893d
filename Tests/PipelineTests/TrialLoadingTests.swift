import Cases
import Foundation
import Knowledge
import Pipeline
import TestSupport
import Testing

/// The invented trials that lie beside the base.
@Suite("Trials of a knowledge base")
struct TrialLoadingTests {
    private static let base = TestData.package.appending(path: "knowledgebase").path

    private static func items(
        _ tumorType: String, country: String = "denmark", date: String = "2026-11-01", _ typed: String...
    ) throws -> [Finding] {
        let loaded = try KnowledgeLoader.load([base, base + "/examples"])
        #expect(loaded.problems.isEmpty, "\(loaded.problems)")
        let knowledge = loaded.knowledge
        let view = EvidenceView(
            knowledge, country: try #require(knowledge.countries[country]), date: date, tumorType: tumorType)
        return try TypedMatch.findings(typed, knowledge: knowledge, view: view)
    }

    private static func trial(_ findings: [Finding]) -> Finding.Evidence? {
        findings.flatMap(\.evidence).first { $0.id.hasPrefix("EXAMPLE-") }
    }

    @Test(
        "invented trials are not in the base that comes with the program; where they are named they say what they are"
    )
    func examples() throws {
        let shipped = try KnowledgeBaseTests.load()
        #expect(shipped.trials.isEmpty)
        #expect(try shipped.evidence.rows().allSatisfy { !$0.id.hasPrefix("EXAMPLE") })
        let loaded = try KnowledgeLoader.load([Self.base, Self.base + "/examples"])
        #expect(loaded.problems.isEmpty && loaded.knowledge.trials.count == 6)
        for trial in loaded.knowledge.trials.values {
            #expect(trial.id.hasPrefix("EXAMPLE-") && trial.title.hasPrefix("INVENTED EXAMPLE: "))
        }
    }

    @Test("a trial that recruits in the country is the access; it makes a finding tier II, not targetable")
    func access() throws {
        let findings = try Self.items("PAAD", "KRAS p.G12D")
        let item = try #require(Self.trial(findings))
        #expect(item.access == "trial" && item.label == "on" && item.levels.civic.isEmpty)
        #expect(item.approvals.isEmpty && item.nationalDecisions.isEmpty)
        #expect(item.note.hasPrefix("INVENTED EXAMPLE: ") && item.note.contains("phase 1/2; recruiting"))
        #expect(findings.map(\.tier) == [.two] && findings.map(\.targetable) == [false])
    }

    @Test(
        "a trial elsewhere or that does not recruit is no access; one of another tumor type, or closed, is not shown"
    )
    func none() throws {
        #expect(Self.trial(try Self.items("PAAD", country: "ireland", "KRAS p.G12D"))?.access == "none")
        #expect(Self.trial(try Self.items("COAD", "KRAS p.G12D")) == nil)
        #expect(Self.trial(try Self.items("PANCREAS", "KRAS p.G12D"))?.relation == "possible")
        #expect(Self.trial(try Self.items("THYC", "KIT p.V560del"))?.access == "none")
        #expect(Self.trial(try Self.items("PAAD", date: "2026-01-14", "KRAS p.G12D")) == nil)
        let ret = try Self.items("NSCLC", date: "2027-03-01", "KIF5B::RET", "RET p.G810R")
        #expect(Self.trial(ret)?.access == "trial")
        #expect(Self.trial(try Self.items("NSCLC", date: "2027-03-02", "KIF5B::RET", "RET p.G810R")) == nil)
        #expect(Self.trial(try Self.items("COAD", "TMB-H")) == nil)
        #expect(Self.trial(try Self.items("LUAD", "TMB-H"))?.access == "trial")
    }

    @Test("what a trial asks for does not make an alteration oncogenic")
    func driver() throws {
        let knowledge = try KnowledgeLoader.load([Self.base, Self.base + "/examples"]).knowledge
        let criterion = try Criterion(parsing: "RET p.G810R")
        let profile = try SyntheticPatient(meeting: criterion, knowledge).profile
        let result = try EvidenceMatcher(knowledge, date: SyntheticPatient.today).match(profile)
        #expect(result.oncogenic.isEmpty)
        #expect(result.matches.allSatisfy { $0.row.gene != "RET" || $0.granularity < 8 })
    }
}
