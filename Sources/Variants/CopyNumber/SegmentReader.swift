public import Genome

/// Reads the lines of a copy-number segment table, one segment at a time.
///
/// The first line that is no comment names the columns, by which the format is recognized; a commented line before
/// it may do so too (`#chromosome`). Rows may come in any order. `NA`, `.` and nothing are a missing value, never 0.
///
///     var reader = SegmentReader(file: "tumor.purple.cnv.somatic.tsv")
///     for line in lines { if let segment = try reader.read(line) { … } }
///     try reader.finish()
///
/// After a fault in a row the next line can be read; the fault is counted in ``tally``.
public struct SegmentReader: Sendable {
    /// The file as the user wrote it, for messages.
    public let file: String
    /// Lines read.
    public private(set) var lineNumber = 0
    /// What the table is, once its header was read.
    public private(set) var recognition: SegmentFormat.Recognition?
    /// What was counted.
    public private(set) var tally = SegmentTally()
    /// How contigs are named.
    public private(set) var contigStyles = ContigStyles()
    private var rowReader: SegmentRowReader?

    /// A reader at the start of a file.
    public init(file: String) { self.file = file }

    /// Reads the next line; nil for a comment, an empty line and the header.
    ///
    /// - Shape: `line` the bytes of a line, with or without its end.
    /// - Throws: `InputError` with the line: the columns are of no format, or a value is wrong.
    public mutating func read(_ line: some Collection<UInt8>) throws(InputError) -> CopyNumberSegment? {
        lineNumber += 1
        let cells = Self.cells(line, isFirst: lineNumber == 1)
        guard let rowReader else {
            try readHeader(cells)
            return nil
        }
        if cells.isEmpty || cells[0].hasPrefix("#") { return nil }
        do {
            let (segment, remarks) = try rowReader.read(cells, line: lineNumber)
            tally.add(segment, remarks)
            contigStyles.add(remarks.contigName)
            return segment
        } catch {
            let input = inputError(error)
            tally.add(error, input)
            throw input
        }
    }

    /// Says that the lines are over.
    ///
    /// - Throws: `InputError` if there was no header, or no row below it.
    public func finish() throws(InputError) {
        guard recognition != nil else {
            throw InputError(
                file: file, problem: "the file has no line of column names",
                remedy:
                    "A segment table names its columns, such as chromosome, start, end, totalCopyNumber, minorCopyNumber."
            )
        }
        guard tally.segments > 0 || !tally.faults.isEmpty else {
            throw InputError(
                file: file, problem: "the table has column names but no segment",
                remedy: "See whether the file is cut short; a caller covers the genome.")
        }
    }

    private mutating func readHeader(_ cells: [String]) throws(InputError) {
        if cells.isEmpty { return }
        var columns = cells
        if columns[0].hasPrefix("#") {
            columns[0] = String(columns[0].drop { $0 == "#" })
            // A comment, unless it names columns.
            guard columns.count > 2, SegmentFormat.looksLikeSegments(columns: columns) else { return }
        }
        let found = try SegmentFormat.recognize(columns: columns, file: file, line: lineNumber)
        do {
            rowReader = try SegmentRowReader(found.layout, SegmentColumns(columns))
        } catch {
            throw inputError(error)
        }
        recognition = found
    }

    private func inputError(_ fault: SegmentRowReader.Fault) -> InputError {
        InputError(file: file, place: .line(lineNumber), problem: fault.problem, remedy: fault.remedy)
    }

    /// The cells of a line without the quotes that R sets around words; none for an empty line.
    public static func cells(_ line: some Collection<UInt8>, isFirst: Bool) -> [String] {
        var bytes = isFirst ? Array(line.withoutMark) : Array(line)
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        if bytes.isEmpty { return [] }
        return bytes.split(separator: 0x09, omittingEmptySubsequences: false).map { cell in
            let blank: (UInt8) -> Bool = { $0 == 0x20 }
            var cell = cell.drop(while: blank)
            while let last = cell.last, blank(last) { cell.removeLast() }
            if cell.count > 1, cell.first == 0x22, cell.last == 0x22 { cell = cell.dropFirst().dropLast() }
            return String(decoding: cell, as: UTF8.self)
        }
    }
}
