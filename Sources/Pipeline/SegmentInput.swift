internal import Foundation
internal import Genome
internal import HTS
internal import Variants

/// Recognizes and examines copy-number segment tables for ``Doctor``.
enum SegmentInput {
    /// How many lines may stand before the one that names the columns.
    private static let linesToTell = 100

    /// Whether a file begins like a segment table, known or nearly so; false for a stream, which can be read only once.
    static func isSegmentTable(_ path: String) -> Bool {
        guard SpecificationPass.isRegularFile(path), let reader = try? RawLineReader(path: path) else {
            return false
        }
        var line: [UInt8] = []
        do {
            if try reader.begins(with: Array("BCF".utf8)) { return false }
            for _ in 0..<linesToTell {
                guard try reader.next(into: &line, limit: 1 << 20) == .line else { return false }
                if line.starts(with: "##fileformat=".utf8) { return false }
                var columns = SegmentReader.cells(line, isFirst: reader.lineNumber == 1)
                if columns.isEmpty { continue }
                let isComment = columns[0].hasPrefix("#")
                columns[0] = String(columns[0].drop { $0 == "#" })
                if SegmentFormat.looksLikeSegments(columns: columns) { return true }
                if !isComment { return false }
            }
        } catch {
            return false
        }
        return false
    }

    /// Reads a table; faulty rows are left out and counted in its tally.
    ///
    /// - Throws: `InputError` where no row is sound.
    static func table(_ path: String) throws -> SegmentTable {
        let name = CasePipeline.name(path)
        let lines = try RawLineReader(path: path)
        var all: [[UInt8]] = []
        var line: [UInt8] = []
        while true {
            switch try lines.next(into: &line) {
            case .line: all.append(line)
            case .end: return try SegmentTable(file: name, lines: all, keepingSoundRows: true)
            case .tooLong:
                throw InputError(
                    file: name, place: .line(lines.lineNumber),
                    problem: "the line has more than \(RawLineReader.maximumLength) bytes",
                    remedy: "Is this a segment table?")
            }
        }
    }

    /// Reads a table whole and says what is in it and what is wrong.
    ///
    /// - Throws: `InputError` where reading cannot go on: the columns are of no format, the compression is damaged.
    static func examine(_ path: String, _ diagnosis: inout Doctor.Diagnosis) throws {
        diagnosis.format = "copy-number segments"
        diagnosis.compression = try compression(path)
        let lines = try RawLineReader(path: path)
        var reader = SegmentReader(file: CasePipeline.name(path))
        var segments: [CopyNumberSegment] = []
        var line: [UInt8] = []
        reading: while true {
            switch try lines.next(into: &line) {
            case .line: break
            case .end: break reading
            case .tooLong:
                throw InputError(
                    file: path, place: .line(lines.lineNumber),
                    problem: "the line has more than \(RawLineReader.maximumLength) bytes",
                    remedy: "Is this a text table?")
            }
            do {
                if let segment = try reader.read(line) { segments.append(segment) }
            } catch {
                // Without a header nothing can be read; a faulty row is counted and told below.
                guard reader.recognition != nil else { throw error }
            }
        }
        try reader.finish()
        guard let recognition = reader.recognition else { return }
        describe(recognition, segments, reader, &diagnosis)
    }

    private static func describe(
        _ recognition: SegmentFormat.Recognition, _ segments: [CopyNumberSegment], _ reader: SegmentReader,
        _ diagnosis: inout Doctor.Diagnosis
    ) {
        let format = recognition.format
        diagnosis.format = "\(format.rawValue) segments"
        diagnosis.caller = [.plain, .seg, .scarHRD].contains(format) ? "" : format.rawValue
        let faulty = reader.tally.faults.reduce(0) { $0 + $1.count }
        diagnosis.records = segments.count + faulty
        for fault in reader.tally.faults {
            var error = fault.first
            if fault.count > 1 { error.problem += "; \(fault.count) such rows" }
            diagnosis.fail(error)
        }
        let styles = reader.contigStyles
        diagnosis.contigStyle = styles.examples.count > 1 ? "mixed" : styles.style?.rawValue ?? "other"
        if styles.examples.count > 1 {
            diagnosis.warn(
                "file", "contig names of \(styles.examples.count) styles are mixed",
                "Name each contig in one style.")
        }
        let assembly = SegmentAssembly(segments)
        diagnosis.assembly = .init(
            value: assembly.assembly?.rawValue ?? "unknown", evidence: assembly.evidence)
        if let contig = assembly.beyondAll.first {
            diagnosis.warn(
                "chromosome \(contig)", "a segment ends behind the chromosome of every known assembly",
                "See whether the file belongs to a human genome.")
        }
        addSamples(segments, recognition, &diagnosis)
        for note in reader.tally.notes(recognition) where note.isWarning {
            diagnosis.warn("file", note.text, note.remedy)
        }
    }

    private static func addSamples(
        _ segments: [CopyNumberSegment], _ recognition: SegmentFormat.Recognition,
        _ diagnosis: inout Doctor.Diagnosis
    ) {
        let samples = Dictionary(grouping: segments, by: \.sample).sorted { $0.key < $1.key }
        let named = samples.filter { !$0.key.isEmpty }
        diagnosis.samples.evidence =
            [recognition.evidence] + named.map { "\($0.key): \($0.value.count) segments" }
        if samples.count == 1 {
            let name = samples[0].key
            diagnosis.samples.tumor = name
            diagnosis.samples.decidedBy = name.isEmpty ? "the table has no sample column" : "the only sample"
        } else if samples.count > 1 {
            let list = named.prefix(5).map(\.key).joined(separator: ", ") + (named.count > 5 ? ", …" : "")
            diagnosis.warn(
                "samples", "\(samples.count) samples in one file: \(list)", "Name one with --tumor.")
        }
        var overlaps = 0, bases = 0
        var first: GenomicInterval?
        for sample in samples {
            let coverage = SegmentCoverage(sample.value)
            overlaps += coverage.overlaps
            bases += coverage.overlappingBases
            first = first ?? coverage.firstOverlap
            if !coverage.isSorted { diagnosis.sorted = false }
        }
        if let first {
            diagnosis.warn(
                "\(first.contig):\(first.range.lowerBound + 1)",
                "\(overlaps) segments overlap others of their sample, by \(bases) bases",
                "Counts of genomic scars need segments that do not overlap.")
        }
    }

    /// `none`, `gzip` or `bgzf`, by the first bytes (RFC 1952; BGZF has an extra field `BC`).
    static func compression(_ path: String) throws -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { return "none" }
        defer { try? file.close() }
        let bytes = Array(try file.read(upToCount: 14) ?? Data())
        guard bytes.starts(with: [0x1F, 0x8B]) else { return "none" }
        return bytes.count == 14 && bytes[3] & 4 != 0 && bytes[12...13].elementsEqual("BC".utf8)
            ? "bgzf" : "gzip"
    }
}
