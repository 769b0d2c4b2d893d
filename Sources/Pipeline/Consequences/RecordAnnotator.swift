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
/// - Shape: records of one contig, in order; lines stand one behind the other in ``bytes``, each with its line end. That of a
///   record that came with its bytes (``Variants/VCFRecord/binary``) has of INFO what is added, and ends there.
struct AnnotatedLines: Sendable {
    /// A change in coding bases that some samples carry.
    struct Change: Sendable {
        let line: Int
        let edit: VariantEdit
        /// The number of the ALT, 1 for the first.
        let allele: Int
        let carriers: [Carrier]
        /// Where the change stands in the line, by transcript.
        let entries: [CodingEntry]
    }

    var contig: [UInt8] = []
    var bytes: [UInt8] = []
    var ends: [Int] = []
    /// Bytes of records, empty for one that came as text alone, each of which has its end in the second list.
    var records: [UInt8] = [], recordEnds: [Int] = []
    var positions: [Int] = []
    var changes: [Change] = []
    var report = AnnotationReport()

    /// A line without its end.
    func line(_ index: Int) -> ArraySlice<UInt8> { lines(index..<(index + 1)).dropLast() }

    /// The bytes of a line's record.
    func record(_ index: Int) -> ArraySlice<UInt8> {
        records[(index > 0 ? recordEnds[index - 1] : 0)..<recordEnds[index]]
    }

    /// Lines with their ends; the range is not empty.
    func lines(_ range: Range<Int>) -> ArraySlice<UInt8> {
        bytes[(range.lowerBound > 0 ? ends[range.lowerBound - 1] : 0)..<ends[range.upperBound - 1]]
    }

    /// Lets go of the lines; memory and report stay.
    mutating func removeLines() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        records.removeAll(keepingCapacity: true)
        recordEnds.removeAll(keepingCapacity: true)
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
        /// `CSQ`, and `ANN` where it is asked for.
        let fields: [ConsequenceField]
        /// Those of them that records may have from an earlier run.
        let replaced: [ConsequenceField]

        /// Rules for a file with this header.
        ///
        /// - Throws: `InputError` if an earlier field was kept before and is to be kept again.
        init(
            model: GeneModel, choice: TranscriptChoice, reference: String, printsAllTranscripts: Bool = false,
            makesAnnotations: Bool = false, keepsInput: Bool, distance: Int = 5000, header: VCFHeader,
            isUndeclared: Bool = false, file: String
        ) throws(InputError) {
            (self.model, self.choice, self.reference) = (model, choice, reference)
            (self.printsAllTranscripts, self.keepsInput) = (printsAllTranscripts, keepsInput)
            self.distance = distance
            fields = makesAnnotations ? [.csq, .ann] : [.csq]
            replaced = fields.filter { header.info[$0.tag] != nil || $0 == .csq && isUndeclared }
            for field in replaced where keepsInput && header.info[field.keptTag] != nil {
                throw InputError(
                    file: file,
                    problem:
                        "\(field.tag) of the input is to be kept as \(field.keptTag), which it has already",
                    remedy: "Take it out with `bcftools annotate -x INFO/\(field.keptTag)`.")
            }
        }

        /// The header with the fields' declarations; earlier ones go or are renamed. One that goes leaves its number, where the
        /// header has them, to the one that follows it.
        func header(_ text: String, adding lines: [String]) -> String {
            var all: [String] = []
            var numbers: [ConsequenceField: Substring] = [:]
            for line in text.split(separator: "\n").map(String.init) {
                if let field = fields.first(where: { $0.declares(line) }) {
                    if keepsInput {
                        all.append(field.renamed(line))
                    } else {
                        numbers[field] = Self.number(of: line)
                    }
                } else if line.hasPrefix("#CHROM") {
                    all +=
                        fields.map { $0.headerLine.dropLast() + (numbers[$0] ?? "") + ">" } + lines + [line]
                } else {
                    all.append(line)
                }
            }
            return all.joined(separator: "\n") + "\n"
        }

        /// `,IDX=5` at the end of a header line.
        private static func number(of line: String) -> Substring? {
            guard let comma = line.lastIndex(of: ","), line.hasSuffix(">"),
                line[comma...].wholeMatch(of: /,IDX=[0-9]+>/) != nil
            else { return nil }
            return line[comma...].dropLast()
        }

        /// Whether tags of the input have the same name in the output: a field that is kept gets another.
        var keepsNames: Bool { !keepsInput || replaced.isEmpty }

        /// Has the reader keep the bytes of records, which go from BCF to BCF; what is looked at comes as text.
        func keepBytes(_ reader: VariantReader, for numbers: HeaderNumbers) {
            reader.keepBytes(
                for: numbers,
                fields: .chosen(info: ["END", "SVLEN"], format: ["GT", "PS", "PGT", "PID"]),
                leavingOut: replaced.map(\.tag))
        }

        /// A field that records have, that is to be replaced, and that the header does not declare; nil without one.
        func undeclaredField(_ gaps: HeaderGaps) -> String? {
            fields.map(\.tag).first { gaps.hasUndeclared(info: $0) }
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
                // The lines of many records are given on at once, which costs each of them less.
                if lines.bytes.count + lines.records.count >= 1 << 16 || !annotator.isAtContig(of: record) {
                    try queue.add(lines, to: writer)
                    lines.removeLines()
                }
                try annotator.annotate(record, into: &lines)
            }
            try annotator.check()
            try queue.add(lines, to: writer)
            try queue.finish(to: writer)
            lines.report.merge(queue.report)
            return lines.report
        }
    }

    private let rules: Rules
    private let fasta: FastaReader
    private var caller: RecordCaller
    private var writer: CSQWriter
    private var isMitochondrial = false
    private var contig: [UInt8] = []
    /// The contig's name as it stands in a field.
    private var encodedContig: [UInt8] = []
    private var isStarted = false
    private let firstOpening = ConsequenceField.csq.assignment
    private let opening = [UInt8(ascii: ";")] + ConsequenceField.csq.assignment

    init(_ rules: Rules) throws(InputError) {
        self.rules = rules
        fasta = try FastaReader(path: rules.reference)
        caller = RecordCaller(model: rules.model, choice: rules.choice, distance: rules.distance)
        writer = CSQWriter(
            printsAll: rules.printsAllTranscripts, makesAnnotations: rules.fields.contains(.ann))
    }

    /// Whether the record lies on the contig of the one before it.
    func isAtContig(of record: VCFRecord) -> Bool { isStarted && record.spells(record.column(0), contig) }

    /// Appends the record's line with its consequences; earlier ones go or are renamed.
    mutating func annotate(_ record: VCFRecord, into lines: inout AnnotatedLines) throws {
        if !isAtContig(of: record) { try enterContig(of: record) }
        if lines.contig != contig { lines.contig = contig }
        lines.report.records += 1
        let start = lines.bytes.count
        let canCall = canCall(record, &lines.report)
        let hasBytes = !record.binary.isEmpty
        let isFirst = hasBytes || rules.appendThroughInfo(record, to: &lines.bytes)
        if hasBytes { lines.bytes += record.bytes[..<record.column(7).lowerBound] }
        let hasEntries = canCall && addFields(record, isFirst: isFirst, to: &lines)
        let info = record.column(7)
        if isFirst, lines.bytes.count == start + info.lowerBound { lines.bytes.append(UInt8(ascii: ".")) }
        if hasBytes {
            lines.records += record.binary
        } else {
            lines.bytes += record.bytes[info.upperBound...]
        }
        lines.bytes.append(0x0A)
        lines.ends.append(lines.bytes.count)
        lines.recordEnds.append(lines.records.count)
        lines.positions.append(record.position)
        if hasEntries, record.sampleCount > 0 { addChanges(of: record, lineStart: start, to: &lines) }
    }

    /// Whether the reference has the contig, and at the record's place what REF says; takes note of what is amiss.
    ///
    /// `mutating`, though it changes nothing: this value would be copied for the call else.
    private mutating func canCall(_ record: VCFRecord, _ report: inout AnnotationReport) -> Bool {
        guard caller.hasSequence else {
            report.skip(.contigMissing)
            if !report.missingContigs.contains(record.contigName) {
                report.missingContigs.append(record.contigName)
            }
            return false
        }
        guard caller.sequence.matches(record) else {
            // A name that rests on another base than the genome's would be wrong.
            report.skip(.referenceMismatch)
            if report.firstMismatch == nil { report.firstMismatch = record.key }
            return false
        }
        if !caller.hasGenes { noteWithoutGenes(record, &report) }
        return true
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
        encodedContig.removeAll()
        InfoText.append(contig, to: &encodedContig)
        let name = Contig(record.contigName)
        isMitochondrial = name.isMitochondrial
        caller.enter(name, sequence: try fasta.sequence(of: name))
    }

    private mutating func addChanges(
        of record: VCFRecord, lineStart: Int, to lines: inout AnnotatedLines
    ) {
        let alternates = record.split(record.column(4), by: UInt8(ascii: ","))
        var allele = 0
        for entry in writer.codingEntries where entry.allele != allele {
            allele = entry.allele
            let carriers = record.carriers(of: allele)
            guard !carriers.isEmpty, alternates.indices.contains(allele - 1) else { continue }
            let entries = writer.codingEntries.filter { $0.allele == allele }.map { entry in
                var entry = entry
                entry.place -= lineStart
                return entry
            }
            var edit = caller.edit
            edit.set(
                position: record.position, reference: record.bytes[record.column(3)],
                alternate: record.bytes[alternates[allele - 1]], in: caller.sequence)
            lines.changes.append(
                AnnotatedLines.Change(
                    line: lines.ends.count - 1, edit: edit, allele: allele, carriers: carriers,
                    entries: entries))
        }
    }

    /// Appends the fields to INFO, of which nothing is there yet if they come first; nothing where no ALT has an entry.
    ///
    /// - Returns: whether there are entries of changes in coding bases.
    private mutating func addFields(_ record: VCFRecord, isFirst: Bool, to lines: inout AnnotatedLines)
        -> Bool
    {
        let before = lines.bytes.count
        lines.bytes += isFirst ? firstOpening : opening
        let start = lines.bytes.count
        var (unchanged, unknown) = (0, 0)
        writer.write(
            record, contig: encodedContig, isMitochondrial: isMitochondrial, by: &caller, to: &lines.bytes
        ) { outcome in
            if outcome == .none { unchanged += 1 }
            if outcome == .unknown { unknown += 1 }
        }
        for _ in 0..<unchanged { lines.report.skip(.noChange) }
        for _ in 0..<unknown { lines.report.skip(.unknownAllele) }
        if lines.bytes.count == start {
            lines.bytes.removeLast(start - before)
        } else if !writer.annotations.isEmpty {
            lines.bytes.append(UInt8(ascii: ";"))
            lines.bytes += ConsequenceField.ann.assignment
            lines.bytes += writer.annotations
        }
        return !writer.codingEntries.isEmpty
    }
}

extension RecordAnnotator.Rules {
    /// Appends the record's bytes to the end of INFO, without fields that are replaced.
    ///
    /// - Returns: whether a field that follows is INFO's first; a missing INFO is left out then.
    fileprivate func appendThroughInfo(_ record: VCFRecord, to line: inout [UInt8]) -> Bool {
        let info = record.column(7), bytes = record.bytes
        guard !replaced.contains(where: { record.hasInfo($0.tag) }) else {
            return appendKeptInfo(record, to: &line)
        }
        let isMissing = record.spells(info, ".")
        line += bytes[..<(isMissing ? info.lowerBound : info.upperBound)]
        return isMissing
    }

    private func appendKeptInfo(_ record: VCFRecord, to line: inout [UInt8]) -> Bool {
        let info = record.column(7), bytes = record.bytes
        line += bytes[..<info.lowerBound]
        let infoStart = line.count
        for part in record.split(info, by: UInt8(ascii: ";")) where !part.isEmpty {
            let earlier = replaced.first { bytes[part].starts(with: $0.assignment) }
            if earlier != nil, !keepsInput { continue }
            if line.count > infoStart { line.append(UInt8(ascii: ";")) }
            if let earlier {
                line += "\(earlier.keptTag)=".utf8
                line += bytes[part].dropFirst(earlier.assignment.count)
            } else {
                line += bytes[part]
            }
        }
        return line.count == infoStart
    }
}

/// An INFO field that holds consequences.
struct ConsequenceField: Hashable, Sendable {
    /// VEP's.
    static let csq = ConsequenceField("CSQ", headerLine: CSQWriter.headerLine)
    /// SnpEff's.
    static let ann = ConsequenceField("ANN", headerLine: CSQWriter.annotationHeaderLine)

    let tag: String
    /// What an earlier one is called where it is kept.
    let keptTag: String
    let headerLine: String
    /// `CSQ=`.
    let assignment: [UInt8]

    private init(_ tag: String, headerLine: String) {
        self.tag = tag
        self.headerLine = headerLine
        keptTag = "\(tag)_input"
        assignment = Array("\(tag)=".utf8)
    }

    /// Whether a header line declares it.
    func declares(_ line: String) -> Bool {
        line.hasPrefix("##INFO=<") && VCFHeader(text: line).info[tag] != nil
    }

    /// The declaration under the name of one that is kept.
    func renamed(_ line: String) -> String {
        line.replacing("ID=\(tag)", with: "ID=\(keptTag)", maxReplacements: 1)
    }
}
