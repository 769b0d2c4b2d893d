// Puts `CSQ` into the lines of records.
//
//     record ─▶ RecordAnnotator ─▶ AnnotatedLines ─▶ HaplotypeQueue ─▶ VariantWriter
//               each by itself     lines, changes    waits for what acts together
//
// The first step needs no other record, so stretches of a file are annotated at once (`ParallelAnnotation`); the second
// goes through all lines in order.

internal import Consequences
internal import GeneModels
internal import Genome
internal import HTS
internal import Variants

/// Lines of records with their consequences, and the changes in them that may act together with others.
///
/// - Shape: records of one contig, in order; lines stand one behind the other in ``bytes``, without line ends.
struct AnnotatedLines: Sendable {
    /// A change in coding bases that some samples carry.
    struct Change: Sendable {
        let line: Int
        let edit: VariantEdit
        let carriers: [Carrier]
        /// `25245350_C/A`.
        let name: String
        /// Where the change stands in the line, by transcript.
        let entries: [CodingEntry]
    }

    var contig: [UInt8] = []
    var bytes: [UInt8] = []
    var ends: [Int] = []
    var positions: [Int] = []
    var changes: [Change] = []
    var report = AnnotationReport()

    func line(_ index: Int) -> ArraySlice<UInt8> { bytes[(index > 0 ? ends[index - 1] : 0)..<ends[index]] }

    /// Lets go of the lines; memory and report stay.
    mutating func removeLines() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        positions.removeAll(keepingCapacity: true)
        changes.removeAll(keepingCapacity: true)
    }
}

/// Gives records their consequences, each by itself; belongs to one task.
struct RecordAnnotator {
    /// What is the same for all records of a file.
    struct Rules: Sendable {
        let model: GeneModel
        let choice: TranscriptChoice
        let reference: String
        let printsAllTranscripts: Bool
        let keepsInput: Bool
        let distance: Int
        /// Whether records may have an earlier `CSQ`.
        let replaces: Bool

        /// Rules for a file with this header.
        ///
        /// - Throws: `InputError` if an earlier `CSQ` was kept before and is to be kept again.
        init(
            model: GeneModel, choice: TranscriptChoice, reference: String, printsAllTranscripts: Bool = false,
            keepsInput: Bool, distance: Int = 5000, header: VCFHeader, isUndeclared: Bool = false,
            file: String
        ) throws(InputError) {
            (self.model, self.choice, self.reference) = (model, choice, reference)
            (self.printsAllTranscripts, self.keepsInput) = (printsAllTranscripts, keepsInput)
            self.distance = distance
            replaces = isUndeclared || header.info[RecordAnnotator.tag] != nil
            guard !keepsInput || !replaces || header.info[RecordAnnotator.keptTag] == nil else {
                throw InputError(
                    file: file,
                    problem:
                        "CSQ of the input is to be kept as \(RecordAnnotator.keptTag), which it has already",
                    remedy: "Take it out with `bcftools annotate -x INFO/\(RecordAnnotator.keptTag)`.")
            }
        }

        /// The header with the field's declaration; an earlier one goes or is renamed.
        func header(_ text: String, adding lines: [String]) -> String {
            var all: [String] = []
            for line in text.split(separator: "\n").map(String.init) {
                if line.hasPrefix("##INFO=<ID=\(tag),") {
                    if keepsInput {
                        all.append("##INFO=<ID=\(keptTag)," + line.dropFirst("##INFO=<ID=\(tag),".count))
                    }
                } else if line.hasPrefix("#CHROM") {
                    all += [CSQWriter.headerLine] + lines + [line]
                } else {
                    all.append(line)
                }
            }
            return all.joined(separator: "\n") + "\n"
        }

        /// Annotates all records of a reader, one after the other, and writes them; the writer stays open.
        ///
        /// `prepare` may change a record before, or leave it out.
        func annotate(
            _ reader: VariantReader, to writer: VariantWriter,
            prepare: (inout VCFRecord) -> Bool = { _ in true }
        ) throws -> AnnotationReport {
            var annotator = try RecordAnnotator(self)
            var queue = HaplotypeQueue(self)
            var lines = AnnotatedLines()
            var record = VCFRecord()
            while try reader.next(into: &record) {
                guard prepare(&record) else { continue }
                try annotator.annotate(record, into: &lines)
                try queue.add(lines, to: writer)
                lines.removeLines()
            }
            try annotator.check()
            try queue.finish(to: writer)
            lines.report.merge(queue.report)
            return lines.report
        }
    }

    static let tag = "CSQ", keptTag = "CSQ_input"

    private let rules: Rules
    private let fasta: FastaReader
    private var caller: RecordCaller
    private var writer: CSQWriter
    private var isMitochondrial = false
    private var contig: [UInt8] = []
    private var isStarted = false
    private var field: [UInt8] = []

    init(_ rules: Rules) throws(InputError) {
        self.rules = rules
        fasta = try FastaReader(path: rules.reference)
        caller = RecordCaller(model: rules.model, choice: rules.choice, distance: rules.distance)
        writer = CSQWriter(printsAll: rules.printsAllTranscripts)
    }

    /// Appends the record's line with its consequences.
    mutating func annotate(_ record: VCFRecord, into lines: inout AnnotatedLines) throws {
        if !isStarted || !record.spells(record.column(0), contig) { try enterContig(of: record) }
        if lines.contig != contig { lines.contig = contig }
        lines.report.records += 1
        field.removeAll(keepingCapacity: true)
        var hasEntries = false
        if !caller.hasSequence {
            lines.report.skip(.contigMissing)
            if !lines.report.missingContigs.contains(record.contigName) {
                lines.report.missingContigs.append(record.contigName)
            }
        } else if !caller.referenceMatches(record) {
            // A name that rests on another base than the genome's would be wrong.
            lines.report.skip(.referenceMismatch)
            if lines.report.firstMismatch == nil { lines.report.firstMismatch = record.key }
        } else {
            if !caller.hasGenes { noteWithoutGenes(record, &lines.report) }
            writer.write(
                record, contig: contig, isMitochondrial: isMitochondrial, by: &caller, to: &field
            ) { outcome in
                if outcome == .none { lines.report.skip(.noChange) }
                if outcome == .unknown { lines.report.skip(.unknownAllele) }
            }
            hasEntries = !writer.codingEntries.isEmpty
        }
        let place = splice(record, into: &lines.bytes)
        lines.ends.append(lines.bytes.count)
        lines.positions.append(record.position)
        if hasEntries, record.sampleCount > 0 { addChanges(of: record, fieldPlace: place, to: &lines) }
    }

    /// Throws if the reference could not be read.
    func check() throws { try fasta.check() }

    private func noteWithoutGenes(_ record: VCFRecord, _ report: inout AnnotationReport) {
        report.skip(.contigWithoutGenes)
        if !report.contigsWithoutGenes.contains(record.contigName) {
            report.contigsWithoutGenes.append(record.contigName)
        }
    }

    private mutating func enterContig(of record: VCFRecord) throws {
        try fasta.check()
        isStarted = true
        contig = Array(record.bytes[record.column(0)])
        let name = Contig(record.contigName)
        isMitochondrial = name.isMitochondrial
        caller.enter(name, sequence: try fasta.sequence(of: name))
    }

    private mutating func addChanges(
        of record: VCFRecord, fieldPlace: Int, to lines: inout AnnotatedLines
    ) {
        let alternates = record.alternates
        var allele = 0
        for entry in writer.codingEntries where entry.allele != allele {
            allele = entry.allele
            let carriers = record.carriers(of: allele)
            guard !carriers.isEmpty, alternates.indices.contains(allele - 1) else { continue }
            let entries = writer.codingEntries.filter { $0.allele == allele }.map { entry in
                var entry = entry
                entry.place += fieldPlace
                return entry
            }
            var edit = caller.edit
            edit.set(
                position: record.position, reference: record.bytes[record.column(3)],
                alternate: Array(alternates[allele - 1].utf8)[...], in: caller.sequence)
            lines.changes.append(
                AnnotatedLines.Change(
                    line: lines.ends.count - 1, edit: edit, carriers: carriers,
                    name: "\(record.position + 1)_\(record.reference)/\(alternates[allele - 1])",
                    entries: entries))
        }
    }

    /// Appends the record's bytes with the field in INFO; an earlier `CSQ` goes or is renamed.
    ///
    /// - Returns: where in the line the field's value begins.
    private func splice(_ record: VCFRecord, into line: inout [UInt8]) -> Int {
        let start = line.count
        let info = record.column(7), bytes = record.bytes
        let isMissing = record.spells(info, ".")
        guard rules.replaces, record.hasInfo(Self.tag) else {
            line += bytes[..<(isMissing && !field.isEmpty ? info.lowerBound : info.upperBound)]
            var place = 0
            if !field.isEmpty {
                if !isMissing { line.append(UInt8(ascii: ";")) }
                line += Self.assignment
                place = line.count - start
                line += field
            }
            line += bytes[info.upperBound...]
            return place
        }
        line += bytes[..<info.lowerBound]
        let infoStart = line.count
        for part in record.split(info, by: UInt8(ascii: ";")) where !part.isEmpty {
            let isOld = bytes[part].starts(with: Self.assignment)
            if isOld, !rules.keepsInput { continue }
            if line.count > infoStart { line.append(UInt8(ascii: ";")) }
            if isOld {
                line += "\(Self.keptTag)=".utf8
                line += bytes[part].dropFirst(Self.assignment.count)
            } else {
                line += bytes[part]
            }
        }
        var place = 0
        if !field.isEmpty {
            if line.count > infoStart { line.append(UInt8(ascii: ";")) }
            line += Self.assignment
            place = line.count - start
            line += field
        }
        if line.count == infoStart { line.append(UInt8(ascii: ".")) }
        line += bytes[info.upperBound...]
        return place
    }

    private static let assignment = Array("CSQ=".utf8)
}
