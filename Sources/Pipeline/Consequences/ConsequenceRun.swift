internal import Consequences
internal import Foundation
internal import GeneModels
public import Genome
public import HTS
internal import Variants

/// Gives every record of a file its consequences: VCF or BCF in, the same records out with `CSQ` in INFO.
public struct ConsequenceRun: Sendable {
    /// What is asked for.
    public struct Request: Sendable {
        /// The calls, `-` for standard input.
        public var input: String
        /// The reference, FASTA.
        public var reference: String
        /// Gene models, GFF3 or GTF.
        public var genes: String
        /// Where the result goes, `-` for standard output.
        public var output = "-"
        /// The result's format.
        public var format = VariantWriter.Format.vcf
        /// Only records in these regions.
        public var regions: [GenomicInterval] = []
        /// Whether every transcript gets an entry.
        public var printsAllTranscripts = false
        /// Whether SnpEff's `ANN` is written beside `CSQ`.
        public var makesAnnotations = false
        /// Whether an earlier `CSQ` is kept as `CSQ_input`, and an earlier `ANN` that is replaced as `ANN_input`.
        public var keepsInput = false
        /// Bases up- and downstream of a transcript.
        public var distance = 5000
        /// Whether a bad line of the gene models is an error.
        public var isStrict = false
        /// Whether the read models are kept for the next run.
        public var usesCache = true
        /// Tasks that annotate; with more than one, as many threads compress.
        public var threads = 1
        /// Header lines on this run; empty with `--no-version`.
        public var headerLines: [String] = []
        /// Who takes lines of text apart.
        public var decoder = VariantReader.Decoder.scanner

        /// A request for one file.
        public init(input: String, reference: String, genes: String) {
            (self.input, self.reference, self.genes) = (input, reference, genes)
        }
    }

    /// What was seen, for the messages at the end.
    public struct Report: Sendable {
        /// Records read.
        public let records: Int
        /// Sentences on the input.
        public let warnings: [String]
    }

    private let request: Request

    /// A run.
    public init(_ request: Request) { self.request = request }

    /// Does the work.
    ///
    /// - Throws: `InputError`.
    public func run() async throws -> Report {
        let store = try GeneModelStore(
            path: request.genes, isStrict: request.isStrict, usesCache: request.usesCache)
        let fasta = try FastaReader(path: request.reference)
        try store.require(fasta, file: request.genes)
        let reader = try VariantReader(
            path: request.input, regions: request.regions, decoder: request.decoder)
        if !request.regions.isEmpty { try requireFittingIndex() }
        let name = CasePipeline.name(request.input)
        let lengths = try reader.header.compareLengths(with: CasePipeline.name(fasta.path), file: name) {
            fasta.length(of: $0)
        }
        let annotation = try RecordAnnotator.Rules(
            model: store.model, choice: TranscriptChoice(store.model), reference: request.reference,
            printsAllTranscripts: request.printsAllTranscripts, makesAnnotations: request.makesAnnotations,
            keepsInput: request.keepsInput, distance: request.distance, header: reader.header, file: name)
        let keepsBytes =
            reader.format == .bcf && [.bcf, .bcfUncompressed].contains(request.format)
            && annotation.keepsNames
            && request.decoder == .scanner
        let writer = try VariantWriter(
            path: request.output, format: request.format,
            headerText: annotation.header(
                keepsBytes ? reader.numberedHeaderText : reader.headerText, adding: request.headerLines),
            threads: request.threads > 1 ? request.threads : 0)
        if keepsBytes, let numbers = writer.numbers { annotation.keepBytes(reader, for: numbers) }
        var warnings = store.warnings(file: request.genes, reference: fasta)
        if let lengths { warnings.append("\(name): \(lengths)") }
        let seen: AnnotationReport
        let readerWarnings: [String]
        let undeclared: String?
        if request.threads > 1 {
            let stream = ParallelAnnotation(reader, writer, annotation)
            (seen, readerWarnings, undeclared) = try await stream.run(threads: request.threads)
        } else {
            seen = try annotation.annotate(reader, to: writer)
            readerWarnings = reader.warnings
            undeclared = annotation.undeclaredField(reader.headerGaps)
            if undeclared == nil { try writer.close() }
        }
        if let undeclared {
            throw InputError(
                file: name,
                problem:
                    "records have \(undeclared) in INFO and the header does not declare it; two would stand in one record",
                remedy: "Take it out with `bcftools annotate -x INFO/\(undeclared)`, or declare it.")
        }
        warnings = readerWarnings.map { "\(name): \($0)" } + warnings
        warnings += seen.warnings(input: name, reference: CasePipeline.name(request.reference))
        return Report(records: seen.records, warnings: warnings)
    }

    /// Throws if the index does not know all records of the file; those would be missing without a word.
    private func requireFittingIndex() throws {
        if try VariantReader.indexKnowsRecords(of: request.input) { return }
        throw InputError(
            file: request.input, problem: "the index does not fit the file; it may be another file's",
            remedy: "Make it again with `bcftools index -f \(request.input)`.")
    }
}
