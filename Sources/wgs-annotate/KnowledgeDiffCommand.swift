import ArgumentParser
import Genome
import Knowledge
import Pipeline
import Reports

struct KnowledgeDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Tell what changed between two bases.",
        discussion: """
            wgs-annotate kb diff knowledgebase-2026.10 knowledgebase

            Rows are the same where source and id are. Ends with 65 where more than 5 % of the old rows are gone: then the new base is
            more likely damaged than improved (--allow-loss).
            """)

    @Argument(help: "The old base: a folder, such as --knowledge-base takes.") var old: String
    @Argument(help: "The new base.") var new: String
    @Option(help: "A base with the tables that both rest on, for folders of sources alone; may be repeated.")
    var knowledgeBase: [String] = []
    @Flag(help: "More than 5 % of the rows may go.") var allowLoss = false
    @Option(help: "text, tsv or json.") var format = "text"

    func validate() throws {
        guard ["text", "tsv", "json"].contains(format) else {
            throw ValidationError("--format is \"\(format)\"; use text, tsv or json.")
        }
    }

    func run() throws {
        let diff = KnowledgeDiff(try rows(old), try rows(new))
        switch format {
        case "json": try Console.write(try JSONReport.text(diff), to: nil)
        case "tsv": try Console.write(diff.tsv, to: nil)
        default: try Console.write(diff.text, to: nil)
        }
        if diff.isAlarming, !allowLoss {
            throw InputError(
                file: new,
                problem:
                    "\(diff.rows(.removed)) of \(diff.oldRows) rows are gone, more than 5 %",
                remedy: "See whether the new base is whole; say --allow-loss if it is.")
        }
    }

    private func rows(_ path: String) throws -> [EvidenceRow] {
        let loaded = try KnowledgeLoader.load(knowledgeBase + [path])
        if let first = loaded.problems.first { throw first }
        return try loaded.knowledge.evidence.rows()
    }
}
