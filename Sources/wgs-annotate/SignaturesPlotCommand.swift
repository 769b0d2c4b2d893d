import ArgumentParser
import Genome
import Pipeline

extension SignaturesCommand {
    struct Plot: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "plot", abstract: "Draw catalogues, exposures and copy numbers as SVG pictures.",
            discussion: """
                wgs-annotate signatures plot --matrix SBS96.tsv --exposures exposures.tsv -o pictures

                A picture a sample: SAMPLE.SBS96.svg (or DBS78, ID83, SV32, CNV48, by the names of the rows), SAMPLE.exposures.svg and
                SAMPLE.segments.svg. Signs that a file name should not have become _. Each option may be given more than once.
                """)

        @Option(help: "Catalogue: a row a mutation type, a column a sample.") var matrix: [String] = []
        @Option(help: "Exposures: a row a signature, a column a sample; P1_lower and P1_upper for intervals.")
        var exposures: [String] = []
        @Option(help: "Copy-number segments of a caller.") var segments: [String] = []
        @Option(help: "Assembly of the segments: GRCh37 or GRCh38; default: found.") var assembly: String?
        @Option(help: "female or male; without it chromosome X is not judged for loss of heterozygosity.")
        var sex: String?
        @Option(name: [.customShort("o"), .long], help: "Folder for the pictures.") var output = "."

        func validate() throws {
            guard !(matrix + exposures + segments).isEmpty else {
                throw ValidationError("Nothing to draw; give --matrix, --exposures or --segments.")
            }
            if let assembly, Assembly(named: assembly) == nil {
                throw ValidationError("--assembly is \"\(assembly)\"; use GRCh37 or GRCh38.")
            }
            if let sex, sex != "female", sex != "male" {
                throw ValidationError("--sex is \"\(sex)\"; use female or male.")
            }
        }

        func run() throws {
            var plots = SignaturePlots()
            for path in matrix { try plots.readMatrix(path) }
            for path in exposures { try plots.readExposures(path) }
            for path in segments {
                try plots.readSegments(
                    path, assembly: assembly.flatMap { Assembly(named: $0) }, isFemale: sex == "female")
            }
            plots.notes.forEach { Console.error("note: \($0)") }
            try plots.write(to: output)
        }
    }
}
