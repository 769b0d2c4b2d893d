import ArgumentParser
import Genome
import Pipeline

/// `kb import`: another source's tables become a source of a knowledge base.
struct KnowledgeImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Make a source of a knowledge base from a published one.",
        discussion:
            "Rows go to DIR/<source>/<version>/evidence.tsv; what the grammar cannot say is listed with its reason in "
            + "unexpressed.tsv beside it. Use it with --knowledge-base knowledgebase --knowledge-base DIR.",
        subcommands: [CIViC.self, MOAlmanac.self])

    struct Options: ParsableArguments {
        @Argument(help: "Files, or a folder with them.") var input: [String]
        @Option(name: [.customShort("o"), .long], help: "Folder of sources to write into.") var output: String
        @Option(help: "Version of the source; by default what the input tells.") var release: String?
        @Option(help: "Day on which the input was retrieved, YYYY-MM-DD.") var retrieved: String?
        @Option(help: "Knowledge base with the tumor types and genes; may be repeated.")
        var knowledgeBase: [String] = []

        func validate() throws {
            if let retrieved, !CalendarDay.isValid(retrieved) {
                throw ValidationError("--retrieved is \"\(retrieved)\"; use YYYY-MM-DD.")
            }
        }

        func run(_ body: (KnowledgeImport) throws -> KnowledgeImport.Written) throws {
            var run = KnowledgeImport(try KnowledgeSource.load(knowledgeBase))
            (run.version, run.retrieved) = (release, retrieved)
            try Console.write(try body(run).text, to: nil)
        }
    }

    struct MOAlmanac: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "moalmanac",
            abstract: "The Molecular Oncology Almanac: what EMA, FDA and others approved, and HSE pays for.",
            discussion: "wgs-annotate kb import moalmanac moalmanac-db/referenced -o imported")

        @OptionGroup var options: Options

        func run() throws { try options.run { try $0.moalmanac(options.input, to: options.output) } }
    }

    struct CIViC: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "civic",
            abstract: "CIViC's predictive evidence items, of a release's ClinicalEvidenceSummaries.tsv.",
            discussion:
                "wgs-annotate kb import civic 01-Nov-2026-ClinicalEvidenceSummaries.tsv --release 2026-11-01 -o imported"
        )

        @OptionGroup var options: Options

        func validate() throws {
            guard options.input.count == 1 else { throw ValidationError("Give one file.") }
        }

        func run() throws { try options.run { try $0.civic(options.input[0], to: options.output) } }
    }
}
