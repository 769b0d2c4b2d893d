import ArgumentParser
import Cases
import Cohorts
import Foundation
import Genome
import Knowledge
import Pipeline
import Reports

struct CohortCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cohort", abstract: "Count findings over many cases.", subcommands: [Summary.self])

    struct Summary: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "summary",
            abstract: "Counts of targetable findings per indication, against what was expected.",
            discussion: "wgs-annotate cohort summary --format html -o cohort.html results/*")

        @Argument(help: "Case folders.") var folders: [String]
        @Option(help: "tsv, json or html.") var format = "tsv"
        @Option(name: [.customShort("o"), .long], help: "Output file; default: standard output.") var output:
            String?
        @Option(help: "indication, region, month, tumor-type, gene or therapy; give it twice for two.")
        var by: [String] = []
        @Option(help: "Knowledge base folder with the expectations; may be repeated.") var knowledgeBase:
            [String] = []

        func validate() throws {
            guard ["tsv", "json", "html"].contains(format) else {
                throw ValidationError("--format is \"\(format)\"; use tsv, json or html.")
            }
            for text in by where CohortTable.Dimension(rawValue: text) == nil {
                throw ValidationError(
                    "--by is \"\(text)\"; use \(CohortTable.Dimension.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            }
            guard by.count <= 2, Set(by).count == by.count else {
                throw ValidationError("--by takes one or two different dimensions.")
            }
            guard by.isEmpty || format != "html" else {
                throw ValidationError("--by has no html; use tsv or json.")
            }
        }

        func run() throws {
            let cases = try folders.map { folder throws(InputError) in try CaseFolder.summary(in: folder) }
            if !by.isEmpty {
                let table = CohortTable(
                    cases: cases, by: by.compactMap { CohortTable.Dimension(rawValue: $0) })
                try Console.write(format == "json" ? try JSONReport.text(table) : table.tsv, to: output)
                return
            }
            let bases = KnowledgeSource.folders(knowledgeBase)
            let summary = CohortSummary(cases: cases, expectations: try KnowledgeLoader.expectations(bases))
            switch format {
            case "json": try Console.write(try JSONReport.text(summary), to: output)
            case "html":
                let sources = Set(
                    cases.flatMap(\.provenance.sources).map { "\($0.name) \($0.version) sha256:\($0.sha256)" }
                )
                try Console.write(
                    CohortReport.text(
                        summary, program: "wgs-annotate \(WGSAnnotate.version)", sources: sources.sorted()),
                    to: output)
            default: try Console.write(summary.tsv, to: output)
            }
        }
    }
}
