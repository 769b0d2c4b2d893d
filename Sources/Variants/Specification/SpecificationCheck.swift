// Which rules of the VCF specification does a text break?
//
// The check is fed the lines of a file as they stand (htslib mends or drops bad header lines, so its header text
// will not do), first to last, and counts what is against a rule in a report:
//
//     ##fileformat=…     version, first line                     SpecificationCheck+Header
//     ##INFO=<…>         grammar (MetaLine), keys                SpecificationCheck+Meta
//                        Number, Type, reserved tags             SpecificationCheck+Tags
//                        filters, contigs, samples, URLs         SpecificationCheck+MetaKinds
//     #CHROM …           columns, samples                        SpecificationCheck+Header
//     records            fixed columns                           SpecificationCheck+Record
//                        INFO                                    SpecificationCheck+Info
//                        FORMAT and samples                      SpecificationCheck+Samples
//                        order, contiguity, duplicates           RecordOrder, DuplicateVariants
//
// Memory grows with the header, the contigs and the window of one position, not with the records.
// Not done here: whether REF is the reference's base, and whether an ID stands in more than one record.

internal import Genome

/// Checks the lines of a VCF against its specification.
public struct SpecificationCheck: Sendable {
    /// What was found so far.
    public private(set) var report = SpecificationReport()
    /// The version that the first line names; 4.2 where it names none.
    public internal(set) var version = SpecificationVersion.v42

    enum Stage { case start, header, records }
    var stage = Stage.start
    var line = 0
    var declared = DeclaredTags()
    var seenIDs: [String: [String: MetaLine]] = [:]
    var sampleColumns: Int?
    var hasFormatColumn = false
    var order = RecordOrder()
    var duplicates = DuplicateVariants()
    var format = FormatColumn()
    var infoKeys = InfoKeys()
    var blankLines: [Int] = []

    /// A check at the start of a file.
    public init() {}

    /// Checks the next line, given without its line feed; a carriage return at its end is part of the line end.
    ///
    /// - Complexity: O(*n*), *n* bytes of the line.
    public mutating func add(_ bytes: ArraySlice<UInt8>, line number: Int) {
        line = number
        var bytes = bytes
        if number == 1, bytes.beginsWithMark {
            found(.fileByteOrderMark, "the file begins with a byte order mark, ##fileformat was expected")
            bytes = bytes.withoutMark
        }
        if bytes.last == 0x0D { bytes = bytes.dropLast() }
        checkCharacters(bytes)
        switch stage {
        case .start:
            stage = .header
            addFirst(bytes)
        case .header: addHeader(bytes)
        case .records: addRecord(bytes)
        }
    }

    /// Notes a line that is too long to be looked at.
    public mutating func addTooLong(line number: Int, limit: Int) {
        line = number
        if stage == .start { stage = .header }
        found(.fileLineLength, "the line has more than \(limit) bytes")
    }

    /// Ends the file.
    public mutating func finish(endsWithLineEnd: Bool) {
        if stage != .records, line > 0 {
            found(.headerMissing, "the file ends without a #CHROM line")
        }
        if let first = blankLines.first {
            let last = line
            line = first
            found(.recordBlankEnd, "blank lines at the end of the file")
            line = last
        }
        if !endsWithLineEnd, line > 0 {
            found(.fileLastLineEnd, "the last line has no line end; the file may be cut off")
        }
    }

    // MARK: Report

    /// Counts a broken rule of the current line.
    mutating func found(
        _ rule: SpecificationRule, subject: ArraySlice<UInt8> = [], _ problem: @autoclosure () -> String
    ) {
        report.add(
            rule, subject: subject, line: line, isRecord: stage == .records, version: version,
            problem: problem)
    }

    /// Counts a broken rule of the current line, told apart by a name.
    mutating func found(_ rule: SpecificationRule, of subject: String, _ problem: @autoclosure () -> String) {
        found(rule, subject: ArraySlice(Array(subject.utf8)), problem())
    }

    private mutating func checkCharacters(_ bytes: ArraySlice<UInt8>) {
        let span = bytes.span
        var isASCII = true
        for index in span.indices {
            let byte = span[index]
            if byte < 0x20, byte != 0x09 {
                found(
                    .fileControlCharacter, subject: [byte],
                    "control character 0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16)) within the line")
            }
            if byte >= 0x80 { isASCII = false }
        }
        if !isASCII, String(validating: bytes, as: UTF8.self) == nil {
            found(.fileEncoding, "bytes that are no UTF-8")
        }
    }
}
