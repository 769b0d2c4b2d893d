import ArgumentParser
import Genome
import Knowledge
import Pipeline
import Reports

struct KnowledgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kb", abstract: "Look at and check a knowledge base.",
        subcommands: [
            Info.self, Query.self, KnowledgeValidateCommand.self, KnowledgeDiffCommand.self,
            KnowledgeImportCommand.self,
        ])

    struct Info: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "info", abstract: "List the sources with version, licence and counts.",
            discussion: "wgs-annotate kb info --knowledge-base knowledgebase")

        @Option(help: "Knowledge base folder; may be repeated.") var knowledgeBase: [String] = []
        @Option(help: "text or json.") var format = "text"

        func validate() throws {
            guard ["text", "json"].contains(format) else {
                throw ValidationError("--format is \"\(format)\"; use text or json.")
            }
        }

        func run() throws {
            let folders = KnowledgeSource.folders(knowledgeBase)
            let info = try KnowledgeInfo(try KnowledgeLoader.load(folders).knowledge, folders: folders)
            try Console.write(format == "json" ? try JSONReport.text(info) : info.text, to: nil)
        }
    }

    struct Query: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "query", abstract: "Look rows up.",
            discussion: "wgs-annotate kb query --gene EGFR --tumor-type LUAD")

        @Flag(help: "Do not keep compiled evidence for the next run.") var noCache = false
        @Option(help: "Gene that the criterion names.") var gene: String?
        @Option(help: "Drug, also as part of a combination.") var therapy: String?
        @Option(help: "OncoTree code, name or DOID: rows that hold for it.") var tumorType: String?
        @Option(help: "sensitive, resistant, reduced, no_benefit or adverse.") var direction: String?
        @Option(help: "The row's id.") var id: String?
        @Option(help: "Knowledge base folder; may be repeated.") var knowledgeBase: [String] = []
        @Option(help: "text, tsv or json.") var format = "text"

        func validate() throws {
            guard ["text", "tsv", "json"].contains(format) else {
                throw ValidationError("--format is \"\(format)\"; use text, tsv or json.")
            }
            if let direction, EvidenceRow.Direction(rawValue: direction) == nil {
                let all = EvidenceRow.Direction.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--direction is \"\(direction)\"; use \(all).")
            }
        }

        func run() throws {
            var query = KnowledgeQuery()
            (query.gene, query.therapy, query.tumorType, query.id) = (gene, therapy, tumorType, id)
            query.direction = direction.flatMap(EvidenceRow.Direction.init)
            let rows = try query.rows(KnowledgeSource.load(knowledgeBase, usesCache: !noCache))
            switch format {
            case "json": try Console.write(try JSONReport.text(rows), to: nil)
            case "tsv": try Console.write(KnowledgeRow.tsv(rows), to: nil)
            default: try Console.write(KnowledgeRow.text(rows), to: nil)
            }
        }
    }
}
