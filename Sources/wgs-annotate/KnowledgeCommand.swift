import ArgumentParser
import Genome
import Knowledge
import Pipeline
import Reports

struct KnowledgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kb", abstract: "Look at and check a knowledge base.",
        subcommands: [
            Info.self, Query.self, Validate.self, KnowledgeDiffCommand.self, KnowledgeImportCommand.self,
        ])

    struct Info: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "info", abstract: "List the sources with version, licence and counts.")

        @Option(help: "Knowledge base folder; may be repeated.") var knowledgeBase: [String] = []
        @Option(help: "text or json.") var format = "text"

        func run() throws {
            let knowledge = try KnowledgeLoader.load(KnowledgeSource.folders(knowledgeBase)).knowledge
            let info = try KnowledgeInfo(knowledge)
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

    struct Validate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "validate", abstract: "Check every row, and REF bases against a FASTA.",
            discussion: "wgs-annotate kb validate --knowledge-base knowledgebase -f GRCh38.fa")

        @Option(help: "Knowledge base folder; may be repeated.") var knowledgeBase: [String] = []
        @Option(name: [.customShort("f"), .long], help: "Reference FASTA to compare REF bases with.")
        var reference: String?
        @Option(help: "Assembly of the FASTA: GRCh37 or GRCh38.") var assembly: String?

        func run() throws {
            let loaded = try KnowledgeLoader.load(KnowledgeSource.folders(knowledgeBase))
            var problems = loaded.problems
            var checked = ""
            if let reference {
                guard let assembly = assembly.flatMap({ Assembly(named: $0) }) else {
                    throw InputError(
                        file: "--assembly", problem: "the assembly of the FASTA is not told",
                        remedy: "Give --assembly GRCh37 or GRCh38.",
                        kind: .usage)
                }
                let result = try ReferenceCheckOfRows.check(
                    try loaded.knowledge.evidence.rows(), fasta: reference, assembly: assembly)
                problems += result.problems
                checked =
                    ", REF of \(result.checked) alleles compared with \(assembly.rawValue), \(result.unchecked) not in the FASTA"
            }
            for problem in problems { Console.error("error: \(problem.description)") }
            try Console.write(
                "\(loaded.knowledge.evidence.count) rows, \(problems.count) faults\(checked)\n", to: nil)
            if !problems.isEmpty { throw ExitCode(65) }
        }
    }
}
