import ArgumentParser
import Biomarkers
import Genome
import HTS
import Pipeline
import Variants

struct SignaturesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signatures", abstract: "Mutational signatures.",
        subcommands: [Matrix.self, Refit.self, Plot.self])

    struct Matrix: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "matrix",
            abstract: "Count the types of mutations of samples: SBS96, SBS384, DBS78, ID83, SV32, CNV48.",
            discussion: """
                wgs-annotate signatures matrix -f GRCh38.fa -o matrices tumor1.vcf.gz cohort.maf tumor2.bedpe segments.tsv

                Rows are named and ordered as SigProfilerMatrixGenerator has them; a column
                is a sample. PASS counts, or . where a file never uses PASS; chromosomes 1 to
                22, X and Y. A record that stands twice counts once, and what a normal in the
                same file has does not count. Neighboring bases of one change are a doublet
                and not counted as single bases too.
                """)

        @Argument(help: "VCF, BCF, MAF and BEDPE files, and copy-number segments.") var inputs: [String]
        @Option(
            name: [.customShort("f"), .long],
            help: "Reference FASTA; a MAF with CONTEXT can do without for single bases.")
        var reference: String?
        @Option(
            name: [.customShort("g"), .long],
            help: "Gene models (GFF3, GTF): single bases are counted by strand too, SBS384.")
        var genes: String?
        @Option(
            name: [.customShort("o"), .long],
            help: "Folder for SBS96.tsv, SBS384.tsv, DBS78.tsv, ID83.tsv, SV32.tsv and CNV48.tsv."
        )
        var output: String
        @Option(help: "Name of the tumor's column in VCF files with several.") var tumor: String?
        @Flag(help: "Count . in FILTER as PASS.") var unfilteredIsPass = false
        @Option(
            help: "What the strands of BEDPE mean: sides (a deletion is + -) or reads (+ +); default: found.")
        var bedpeStrands: String?

        func validate() throws {
            if let bedpeStrands, StrandConvention(rawValue: bedpeStrands) == nil {
                throw ValidationError("--bedpe-strands is \"\(bedpeStrands)\"; use sides or reads.")
            }
        }

        func run() throws {
            var input = try CatalogueInput(
                reference: reference, tumor: tumor, unfilteredIsPass: unfilteredIsPass,
                bedpeStrands: bedpeStrands.flatMap(StrandConvention.init(rawValue:)), genes: genes)
            for path in inputs { try input.read(path) }
            input.notes.forEach { Console.error("note: \($0)") }
            try input.write(to: output)
        }
    }

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
        @Option(help: "Signatures that may contribute, joined by commas; default: all.") var allowed: String?
        @Option(
            help:
                "Draw each catalogue so many times again for the columns SAMPLE_lower and SAMPLE_upper (5th and 95th percentile)."
        )
        var bootstrap: Int?
        @Option(help: "The seed of the draws.") var seed: UInt64 = SignatureRefit.defaultSeed
        @Option(name: [.customShort("o"), .long], help: "Output file; default: standard output.") var output:
            String?

        func validate() throws {
            if let bootstrap, !(1...100_000).contains(bootstrap) {
                throw ValidationError("--bootstrap is \(bootstrap); give a number from 1 to 100000.")
            }
            guard SignatureRefit.Method(rawValue: method) != nil else {
                let all = SignatureRefit.Method.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--method is \"\(method)\"; use \(all).")
            }
        }

        func run() throws {
            var signatures = try Self.table(reference)
            if let allowed {
                signatures = try signatures.only(
                    allowed.split(separator: ",").map(String.init), file: reference)
            }
            let exposures = try SignatureRefit.refit(
                try Self.table(matrix), file: matrix, reference: signatures, referenceFile: reference,
                method: SignatureRefit.Method(rawValue: method) ?? .nnls, draws: bootstrap, seed: seed)
            try Console.write(exposures.text, to: output)
        }

        private static func table(_ path: String) throws -> LabeledMatrix {
            try LabeledMatrix(text: try LineReader.text(path: path), file: path)
        }
    }
}
