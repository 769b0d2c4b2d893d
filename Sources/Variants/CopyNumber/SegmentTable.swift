public import Genome

/// A copy-number segment table as a value.
public struct SegmentTable: Hashable, Sendable {
    /// The file as the user wrote it.
    public let file: String
    /// What the table is.
    public let recognition: SegmentFormat.Recognition
    /// All segments, of all samples, in the order of the file.
    public let segments: [CopyNumberSegment]
    /// What was counted.
    public let tally: SegmentTally
    /// How contigs are named.
    public let contigStyles: ContigStyles

    /// Reads a table.
    ///
    /// - Shape: `lines` the bytes of each line, with or without its end. With `keepingSoundRows` a faulty row is left
    ///   out and counted in ``tally`` instead of ending the reading; CNVkit, for one, writes segments of no bin that
    ///   end before they start.
    /// - Throws: `InputError` at the first fault, or where no row is sound.
    public init(
        file: String, lines: some Sequence<some Collection<UInt8>>, keepingSoundRows: Bool = false
    ) throws(InputError) {
        var reader = SegmentReader(file: file)
        var segments: [CopyNumberSegment] = []
        for line in lines {
            do {
                if let segment = try reader.read(line) { segments.append(segment) }
            } catch {
                guard keepingSoundRows, reader.recognition != nil else { throw error }
            }
        }
        try reader.finish()
        if segments.isEmpty, let fault = reader.tally.faults.first { throw fault.first }
        guard let recognition = reader.recognition else {
            preconditionFailure("a finished segment table has no recognized header")
        }
        (self.file, self.recognition, self.segments) = (file, recognition, segments)
        (tally, contigStyles) = (reader.tally, reader.contigStyles)
    }

    /// Reads a table from text.
    ///
    /// - Throws: `InputError` at the first fault.
    public init(file: String, text: String, keepingSoundRows: Bool = false) throws(InputError) {
        try self.init(
            file: file, lines: text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false),
            keepingSoundRows: keepingSoundRows)
    }

    /// Sample names with their numbers of segments, by name; empty where the table names none.
    public var samples: [(name: String, segments: Int)] {
        let all = Dictionary(grouping: segments, by: \.sample).map { ($0.key, $0.value.count) }
        return all.count == 1 && all[0].0.isEmpty ? [] : all.sorted { $0.0 < $1.0 }
    }

    /// The segments of one sample, in the order of the file.
    ///
    /// - Shape: `sample` nil for a table of one sample or without a sample column.
    /// - Throws: `InputError` if the table has several samples and none was named, or not the named one.
    public func segments(of sample: String?) throws(InputError) -> [CopyNumberSegment] {
        let names = samples.map(\.name)
        if names.isEmpty { return segments }
        guard let sample else {
            guard names.count == 1 else {
                throw InputError(
                    file: file, problem: "the table has \(names.count) samples, a case has one",
                    remedy: "Name it with --tumor, for example --tumor \(names.last ?? "").")
            }
            return segments
        }
        guard names.contains(sample) else {
            let list = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
            throw InputError(
                file: file, problem: "no sample \"\(sample)\"; the table has \(list)",
                remedy: "Give one of them with --tumor.")
        }
        return segments.filter { $0.sample == sample }
    }

    /// What a reader of the table should know, warnings first.
    public var notes: [SegmentTally.Note] { tally.notes(recognition) }

    // MARK: The plain form

    /// The plain form of segments: place, total and minor copy number; NA where one is not known.
    ///
    /// - Coordinates: 1-based, closed, as the form asks for.
    /// - Shape: no segment is empty. Reading the text gives the same places and copy numbers.
    public static func plainText(_ segments: [CopyNumberSegment]) -> String {
        var text = "chromosome\tstart\tend\ttotalCopyNumber\tminorCopyNumber\n"
        for segment in segments {
            let range = segment.interval.range
            text += "\(segment.interval.contig)\t\(range.lowerBound + 1)\t\(range.upperBound)\t"
            text += "\(Self.text(segment.total))\t\(Self.text(segment.minor))\n"
        }
        return text
    }

    /// A number as the plain form writes it: the fewest digits that read back as the same value.
    static func text(_ value: Double?) -> String {
        guard let value else { return "NA" }
        return Int(exactly: value).map(String.init) ?? String(value)
    }
}
