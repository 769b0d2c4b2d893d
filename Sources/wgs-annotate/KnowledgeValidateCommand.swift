import ArgumentParser
import Genome
import Pipeline
import Reports

struct KnowledgeValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check every table and row; with -f and -g, alleles and residues too.",
        discussion: "wgs-annotate kb validate knowledgebase -f GRCh38.fa -g MANE.gff3.gz")

    @Argument(
        help: ArgumentHelp(
            "Knowledge bases, sources or single versions; by default the base in use.", valueName: "dir"))
    var folders: [String] = []
    @Option(help: "The same as <dir>; may be repeated.") var knowledgeBase: [String] = []
    @Option(name: [.customShort("f"), .long], help: "FASTA with which REF bases and proteins are compared.")
    var reference: String?
    @Option(
        name: [.customShort("g"), .long], help: "Gene models, GFF3 or GTF, with which changes are called.")
    var genes: String?
    @Option(help: "GRCh37 or GRCh38, where the contigs do not tell.") var assembly: String?
    @Option(help: "text, json or tsv.") var format = "text"

    func validate() throws {
        guard ["text", "tsv", "json"].contains(format) else {
            throw ValidationError("--format is \"\(format)\"; use text, json or tsv.")
        }
        if let assembly, Assembly(named: assembly) == nil {
            throw ValidationError("--assembly is \"\(assembly)\"; use GRCh37 or GRCh38.")
        }
    }

    func run() throws {
        let named = folders + knowledgeBase
        let result = try KnowledgeValidation(
            KnowledgeValidation.Options(
                folders: KnowledgeSource.folders(named),
                words: named.isEmpty ? [] : KnowledgeSource.folders([]),
                reference: reference, genes: genes, assembly: assembly.flatMap { Assembly(named: $0) }))
        switch format {
        case "json": try Console.write(try JSONReport.text(result), to: nil)
        case "tsv": try Console.write(result.tsv, to: nil)
        default: try Console.write(result.text, to: nil)
        }
        if result.errors > 0 { throw ExitCode(65) }
    }
}
