import ArgumentParser
import Foundation
import Genome
import HTS
import Pipeline

struct ConsequencesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consequences",
        abstract: "Give every variant its Sequence Ontology terms and HGVS names.",
        discussion: "wgs-annotate consequences -f GRCh38.fa -g MANE.gff3.gz in.vcf.gz -Oz -o out.vcf.gz")

    @Argument(help: "VCF or BCF; - is standard input.") var input = "-"
    @Option(
        name: [.customShort("f"), .customLong("fasta-ref"), .customLong("reference")],
        help: "Reference FASTA, plain or bgzip.")
    var reference: String
    @Option(
        name: [.customShort("g"), .customLong("gff-annot"), .customLong("genes")],
        help: "Gene models, GFF3 or GTF.")
    var genes: String
    @Option(name: .shortAndLong, help: "Output; - is standard output.") var output = "-"
    @Option(
        name: [.customShort("O", allowingJoined: true), .customLong("output-type")],
        help: "v VCF, z compressed VCF, b BCF, u uncompressed BCF.") var outputType = "v"
    @Option(name: .shortAndLong, help: "Regions: chr1, chr1:1000-2000, several joined by commas.")
    var regions: String?
    @Option(name: [.customShort("R"), .customLong("regions-file")], help: "Regions: BED file.")
    var regionsFile: String?
    @Flag(help: "An entry for every transcript, not only the reported one of each gene.") var allTranscripts =
        false
    @Flag(help: "Write SnpEff's ANN beside CSQ.") var ann = false
    @Flag(help: "Keep CSQ of the input as CSQ_input (with --ann also ANN as ANN_input).") var keepInputCsq =
        false
    @Option(help: "Bases up- and downstream of a transcript.") var distance = 5000
    @Flag(help: "A bad line in the gene models is an error.") var strict = false
    @Flag(help: "Do not keep the read gene models for the next run.") var noCache = false
    @Flag(help: "Leave version and command out of the header.") var noVersion = false
    @Option(help: "Threads; the result does not depend on it.") var threads = 1
    @Option(help: "Who takes VCF lines apart: scanner, or htslib (slower, for comparison).") var decoder =
        "scanner"

    func validate() throws {
        guard VariantWriter.Format(rawValue: outputType) != nil else {
            throw ValidationError("-O is \"\(outputType)\"; use v, z, b or u.")
        }
        guard (0...10_000_000).contains(distance) else {
            throw ValidationError("--distance is \(distance), 0 to 10000000 was expected.")
        }
        guard (1...1024).contains(threads) else {
            throw ValidationError("--threads is \(threads), 1 to 1024 was expected.")
        }
        if VariantReader.Decoder(rawValue: decoder) == nil {
            throw ValidationError("--decoder is \"\(decoder)\"; use scanner or htslib.")
        }
    }

    func run() async throws {
        var request = ConsequenceRun.Request(input: input, reference: reference, genes: genes)
        request.output = output
        request.format = VariantWriter.Format(rawValue: outputType) ?? .vcf
        request.regions = try RegionList(text: regions, bed: regionsFile).intervals
        request.printsAllTranscripts = allTranscripts
        request.makesAnnotations = ann
        request.keepsInput = keepInputCsq
        request.distance = distance
        request.isStrict = strict
        request.usesCache = !noCache
        request.threads = threads
        request.decoder = VariantReader.Decoder(rawValue: decoder) ?? .scanner
        if !noVersion {
            request.headerLines = [
                "##wgs-annotateVersion=wgs-annotate \(WGSAnnotate.version); htslib \(HTSVersion.string)",
                "##wgs-annotateCommand=\(RecordedCommand.text())",
            ]
        }
        let report = try await ConsequenceRun(request).run()
        for warning in report.warnings { Console.error("warning: \(warning)") }
    }
}
