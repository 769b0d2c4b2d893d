import ArgumentParser
import Cases
import Genome
import Knowledge
import Pipeline
import Reports

struct MatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Evidence for alterations typed by hand.",
        discussion: "wgs-annotate match --tumor-type LUAD \"EGFR p.L858R\" \"EML4::ALK\" TMB-H")

    @Argument(help: "Alterations such as \"EGFR p.L858R\", \"EML4::ALK\", \"ERBB2 amplification\", TMB-H.")
    var alterations: [String]
    @Option(help: "OncoTree code, name or DOID.") var tumorType: String
    @Option(help: "Country profile.") var country = "denmark"
    @Option(help: "Knowledge base folder; may be repeated.") var knowledgeBase: [String] = []
    @Option(help: "text, tsv or json.") var format = "text"
    @Flag(help: "Do not keep compiled evidence for the next run.") var noCache = false
    @Option(help: "Day for approvals, YYYY-MM-DD; default: today.") var reportDate: String?

    func validate() throws {
        guard ["text", "tsv", "json"].contains(format) else {
            throw ValidationError("--format is \"\(format)\"; use text, tsv or json.")
        }
        if let reportDate, !CalendarDay.isValid(reportDate) {
            throw ValidationError("--report-date is no day YYYY-MM-DD.")
        }
    }

    func run() throws {
        let knowledge = try KnowledgeSource.load(knowledgeBase, usesCache: !noCache)
        guard let type = knowledge.tumorTypes.resolve(tumorType) else {
            throw InputError(
                file: "--tumor-type", problem: "tumor type \"\(tumorType)\" is unknown",
                remedy:
                    "Did you mean \(knowledge.tumorTypes.nearest(to: tumorType).joined(separator: ", "))?",
                kind: .usage)
        }
        guard let profile = knowledge.countries[country] else {
            throw InputError(
                file: "--country", problem: "there is no profile \"\(country)\"",
                remedy: "Use \(knowledge.countries.keys.sorted().joined(separator: ", ")).", kind: .usage)
        }
        let view = EvidenceView(
            knowledge, country: profile, date: reportDate ?? Clock.day, tumorType: type.code)
        let findings = try TypedMatch.findings(alterations, knowledge: knowledge, view: view)
        switch format {
        case "json": try Console.write(try JSONReport.text(findings), to: nil)
        case "tsv": try Console.write(MatchTable.tsv(findings), to: nil)
        default:
            try Console.write(MatchTable.text(findings, tumorType: "\(type.name) (\(type.code))"), to: nil)
        }
    }
}
