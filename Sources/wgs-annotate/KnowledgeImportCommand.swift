import ArgumentParser
import Genome
import Knowledge
import Pipeline

/// `kb import`: another source's tables become a source of a knowledge base.
struct KnowledgeImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Make a source of a knowledge base from a published one.",
        discussion:
            "Rows go to DIR/<source>/<version>/evidence.tsv; what the grammar cannot say is listed with its reason in "
            + "unexpressed.tsv beside it. Use it with --knowledge-base knowledgebase --knowledge-base DIR.",
        subcommands: [CIViC.self, MOAlmanac.self, OncoKB.self, CGI.self, Table.self])

    struct Options: ParsableArguments {
        @Argument(help: "Files; for moalmanac also a folder with them.") var input: [String]
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
            discussion: "The older flat table, molecular-oncology-almanac.json, is read too.\n\n"
                + "wgs-annotate kb import moalmanac moalmanac-db/referenced -o imported")

        @OptionGroup var options: Options

        func run() throws { try options.run { try $0.moalmanac(options.input, to: options.output) } }
    }

    struct CIViC: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "civic",
            abstract: "CIViC's predictive evidence items, of a release's ClinicalEvidenceSummaries.tsv.",
            discussion: "VariantSummaries.tsv beside it adds alleles and transcripts; "
                + "MolecularProfileSummaries.tsv is compared with it.\n\n"
                + "wgs-annotate kb import civic nightly-ClinicalEvidenceSummaries.tsv -o imported")

        @OptionGroup var options: Options

        func run() throws { try options.run { try $0.civic(options.input, to: options.output) } }
    }

    struct OncoKB: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "oncokb-tsv",
            abstract: "Your own export of OncoKB, which its terms of use restrict.",
            discussion: "Associations of the page Actionable Genes, allActionableVariants.txt, or variants "
                + "annotated by oncokb-annotator with their tumor type.\n\n"
                + "wgs-annotate kb import oncokb-tsv oncokb_biomarker_drug_associations.tsv -o imported")

        @OptionGroup var options: Options

        func run() throws { try options.run { try $0.oncoKB(options.input, to: options.output) } }
    }

    struct CGI: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cgi", abstract: "The Cancer Genome Interpreter's biomarkers.",
            discussion: "wgs-annotate kb import cgi cgi_biomarkers_per_variant.tsv -o imported")

        @OptionGroup var options: Options

        func run() throws { try options.run { try $0.cgi(options.input, to: options.output) } }
    }

    struct Table: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tsv", abstract: "A table of your own, with columns of evidence.tsv.",
            discussion: "Needed are \(OwnEvidence.required.joined(separator: ", ")). Every row is checked; "
                + "with one fault nothing is written.\n\n"
                + "wgs-annotate kb import tsv own.tsv --source own --origin us --license own -o kb")

        @OptionGroup var options: Options
        @Option(help: "Name of the source, which is its folder's.") var source: String
        @Option(help: "Where the table comes from.") var origin: String
        @Option(help: "License under which it is used.") var license: String
        @Option(help: "Title of the source; by default its name.") var title: String?

        func validate() throws {
            guard options.input.count == 1 else { throw ValidationError("Give one file.") }
        }

        func run() throws {
            try options.run {
                try $0.table(
                    options.input[0],
                    .init(source: source, origin: origin, licence: license, title: title),
                    to: options.output
                ) { Console.error("error: \($0.description)") }
            }
        }
    }
}
