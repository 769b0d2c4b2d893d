import ArgumentParser
import Biomarkers
import Genome
import HTS

struct SignaturesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signatures", abstract: "Mutational signatures.", subcommands: [Refit.self])

    struct Refit: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "refit", abstract: "How much reference signatures contribute to samples.",
            discussion: """
                wgs-annotate signatures refit --matrix SBS96.tsv --reference COSMIC_SBS.txt --method sparse -o exposures.tsv

                Both tables have a row for each mutation type, joined by name. The output has a row for each signature.
                """)

        @Option(help: "Catalogues: a row a mutation type, a column a sample.") var matrix: String
        @Option(help: "Reference signatures: a row a mutation type, a column a signature.") var reference:
            String
        @Option(help: "nnls, sparse (as SigProfilerAssignment) or strict (as MutationalPatterns).")
        var method = "nnls"
        @Option(name: [.customShort("o"), .long], help: "Output file; default: standard output.") var output:
            String?

        func validate() throws {
            guard SignatureRefit.Method(rawValue: method) != nil else {
                let all = SignatureRefit.Method.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--method is \"\(method)\"; use \(all).")
            }
        }

        func run() throws {
            let exposures = try SignatureRefit.refit(
                try Self.table(matrix), file: matrix, reference: try Self.table(reference),
                referenceFile: reference, method: SignatureRefit.Method(rawValue: method) ?? .nnls)
            try Console.write(exposures.text, to: output)
        }

        private static func table(_ path: String) throws -> LabeledMatrix {
            let lines = try LineReader(path: path)
            var text = ""
            while let line = try lines.next() { text += line + "\n" }
            return try LabeledMatrix(text: text, file: path)
        }
    }
}
