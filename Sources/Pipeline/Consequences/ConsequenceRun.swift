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
        /// Whether an earlier `CSQ` is kept as `CSQ_input`.
        public var keepsInput = false
        /// Bases up- and downstream of a transcript.
        public var distance = 5000
        /// Whether a bad line of the gene models is an error.
        public var isStrict = false
        /// Whether the read models are kept for the next run.
        public var usesCache = true
        /// Threads that compress.
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
        public var records = 0
        /// ALTs by what kept them from a consequence of their own.
        public var skipped: [String: Int] = [:]
        /// Records whose REF the reference has not.
        public var referenceMismatches = 0
        /// Sentences on the input.
        public var warnings: [String] = []

        mutating func skip(_ reason: String) { skipped[reason, default: 0] += 1 }
    }

    private let request: Request

    /// A run.
    public init(_ request: Request) { self.request = request }

    /// Does the work.
    ///
    /// - Throws: `InputError`.
    public func run() throws -> Report {
        let store = try GeneModelStore(
            path: request.genes, isStrict: request.isStrict, usesCache: request.usesCache)
        let fasta = try FastaReader(path: request.reference)
        try store.require(fasta, file: request.genes)
        let reader = try VariantReader(
            path: request.input, regions: request.regions, decoder: request.decoder)
        var annotator = RecordAnnotator(
            model: store.model, choice: TranscriptChoice(store.model), fasta: fasta,
            options: .init(
                printsAllTranscripts: request.printsAllTranscripts, keepsInput: request.keepsInput,
                distance: request.distance, replaces: reader.header.info[RecordAnnotator.tag] != nil))
        let writer = try VariantWriter(
            path: request.output, format: request.format,
            headerText: annotator.header(reader.headerText, adding: request.headerLines),
            threads: request.threads - 1)
        var record = VCFRecord()
        var line: [UInt8] = []
        while try reader.next(into: &record) {
            try annotator.annotate(record, into: &line)
            try writer.write(line: line)
        }
        try annotator.check()
        if reader.headerGaps.hasUndeclared(info: RecordAnnotator.tag) {
            throw InputError(
                file: CasePipeline.name(request.input),
                problem:
                    "records have CSQ in INFO and the header does not declare it; two would stand in one record",
                remedy: "Take it out with `bcftools annotate -x INFO/CSQ`, or declare it.")
        }
        try writer.close()
        var report = annotator.report
        report.warnings = reader.warnings.map { "\(CasePipeline.name(request.input)): \($0)" }
        if let text = store.warning(file: request.genes) { report.warnings.append(text) }
        report.warnings += annotator.warnings(
            input: CasePipeline.name(request.input), reference: CasePipeline.name(request.reference))
        return report
    }
}

/// Puts `CSQ` into the lines of records; belongs to one task.
struct RecordAnnotator {
    struct Options: Sendable {
        var printsAllTranscripts = false
        var keepsInput = false
        var distance = 5000
        /// Whether the header declares the field, so that records may have an earlier one.
        var replaces = false
    }

    static let tag = "CSQ", keptTag = "CSQ_input"

    private(set) var report = ConsequenceRun.Report()
    private(set) var caller: RecordCaller
    private let fasta: FastaReader
    private let keepsInput: Bool
    private let replaces: Bool
    private var writer: CSQWriter
    private var contig: [UInt8] = []
    private var isMitochondrial = false
    private var isStarted = false
    private var missingContigs: [String] = []
    private var contigsWithoutGenes: [String] = []
    private var firstMismatch = ""
    private var field: [UInt8] = []

    init(model: GeneModel, choice: TranscriptChoice, fasta: FastaReader, options: Options) {
        caller = RecordCaller(model: model, choice: choice, distance: options.distance)
        self.fasta = fasta
        keepsInput = options.keepsInput
        replaces = options.replaces
        writer = CSQWriter(printsAll: options.printsAllTranscripts)
    }

    /// Replaces `line` by the record's, with its consequences.
    mutating func annotate(_ record: VCFRecord, into line: inout [UInt8]) throws {
        if !isStarted || !record.spells(record.column(0), contig) { try enterContig(of: record) }
        report.records += 1
        field.removeAll(keepingCapacity: true)
        var skipped: [RecordCaller.Outcome] = []
        if !caller.hasSequence {
            report.skip("contig_not_in_reference")
        } else if !caller.referenceMatches(record) {
            // A name that rests on another base than the genome's would be wrong.
            report.referenceMismatches += 1
            if firstMismatch.isEmpty { firstMismatch = record.key }
        } else {
            if !caller.hasGenes { report.skip("contig_without_genes") }
            writer.write(record, contig: contig, isMitochondrial: isMitochondrial, by: &caller, to: &field) {
                outcome in
                if outcome == .none || outcome == .unknown { skipped.append(outcome) }
            }
        }
        for outcome in skipped { report.skip(outcome == .none ? "no_change" : "unknown_allele") }
        splice(record, into: &line)
    }

    /// Throws if the reference could not be read.
    func check() throws { try fasta.check() }

    private mutating func enterContig(of record: VCFRecord) throws {
        try fasta.check()
        isStarted = true
        contig = Array(record.bytes[record.column(0)])
        let name = Contig(record.contigName)
        isMitochondrial = name.isMitochondrial
        let sequence = try fasta.sequence(of: name)
        if sequence == nil, !missingContigs.contains(record.contigName) {
            missingContigs.append(record.contigName)
        }
        caller.enter(name, sequence: sequence)
        if sequence != nil, !caller.hasGenes, !contigsWithoutGenes.contains(record.contigName) {
            contigsWithoutGenes.append(record.contigName)
        }
    }

    /// The record's bytes with the field in INFO; an earlier `CSQ` goes or is renamed.
    private func splice(_ record: VCFRecord, into line: inout [UInt8]) {
        line.removeAll(keepingCapacity: true)
        let info = record.column(7), bytes = record.bytes
        let isMissing = record.spells(info, ".")
        guard replaces, record.hasInfo(Self.tag) else {
            line += bytes[..<(isMissing && !field.isEmpty ? info.lowerBound : info.upperBound)]
            if !field.isEmpty {
                if !isMissing { line.append(UInt8(ascii: ";")) }
                line += Self.assignment
                line += field
            }
            line += bytes[info.upperBound...]
            return
        }
        line += bytes[..<info.lowerBound]
        for part in record.split(info, by: UInt8(ascii: ";")) where !part.isEmpty {
            let isOld = bytes[part].starts(with: Self.assignment)
            if isOld, !keepsInput { continue }
            if line.count > info.lowerBound { line.append(UInt8(ascii: ";")) }
            if isOld {
                line += "\(Self.keptTag)=".utf8
                line += bytes[part].dropFirst(Self.assignment.count)
            } else {
                line += bytes[part]
            }
        }
        if !field.isEmpty {
            if line.count > info.lowerBound { line.append(UInt8(ascii: ";")) }
            line += Self.assignment
            line += field
        }
        if line.count == info.lowerBound { line.append(UInt8(ascii: ".")) }
        line += bytes[info.upperBound...]
    }

    private static let assignment = Array("CSQ=".utf8)

    /// The header with the field's declaration; an earlier one goes or is renamed.
    func header(_ text: String, adding lines: [String]) -> String {
        var all: [String] = []
        for line in text.split(separator: "\n").map(String.init) {
            if line.hasPrefix("##INFO=<ID=\(Self.tag),") {
                if keepsInput {
                    all.append(
                        "##INFO=<ID=\(Self.keptTag)," + line.dropFirst("##INFO=<ID=\(Self.tag),".count))
                }
            } else if line.hasPrefix("#CHROM") {
                all += [CSQWriter.headerLine] + lines + [line]
            } else {
                all.append(line)
            }
        }
        return all.joined(separator: "\n") + "\n"
    }

    private static func list(_ contigs: [String]) -> String {
        contigs.prefix(5).joined(separator: ", ") + (contigs.count > 5 ? " …" : "")
    }

    /// Sentences on what got no consequence.
    func warnings(input: String, reference: String) -> [String] {
        var all: [String] = []
        if report.referenceMismatches > 0 {
            all.append(
                "\(input): REF mismatch in \(report.referenceMismatches) records, the first is \(firstMismatch); they were "
                    + "written without consequences. Is \(reference) the genome they were called on?")
        }
        if !missingContigs.isEmpty {
            all.append(
                "\(input): \(report.skipped["contig_not_in_reference"] ?? 0) records lie on contigs that \(reference) "
                    + "lacks (\(Self.list(missingContigs))); they were written without consequences.")
        }
        if !contigsWithoutGenes.isEmpty {
            all.append(
                "\(input): \(report.skipped["contig_without_genes"] ?? 0) records lie on contigs of which the gene models "
                    + "have nothing (\(Self.list(contigsWithoutGenes))); they were written as intergenic.")
        }
        if let count = report.skipped["unknown_allele"] {
            all.append("\(input): \(count) ALTs are no bases and have no extent; they have no consequence.")
        }
        return all
    }
}
