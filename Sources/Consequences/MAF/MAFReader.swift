public import Genome

/// Reads the lines of a MAF file, one row at a time.
///
/// Lines that start with `#` are comments; the first other line names the columns, in any order and any case, so
/// that files of TCGA (`End_position`, `i_TumorVAF_WU`), cBioPortal and vcf2maf all read. `.`, `NA` and nothing are
/// a missing value.
///
///     var reader = MAFReader(file: "somatic.maf")
///     for line in lines { if let row = try reader.read(line) { … } }
///
/// - Coordinates: MAF is 1-based and closed. A deletion starts at Start_Position; an insertion lies between
///   Start_Position and End_Position.
/// - Source: Mutation Annotation Format 2.4; vcf2maf 1.6.
public struct MAFReader: Sendable {
    /// The file as the user wrote it, for messages.
    public let file: String
    /// Lines read, comments included.
    public private(set) var lineNumber = 0
    /// Rows read.
    public private(set) var rows = 0
    /// Rows without a usable variant, by reason.
    public private(set) var unjudged: [MAFRow.Unjudged: Int] = [:]
    private var columns: MAFColumns?

    /// A reader at the start of a file.
    public init(file: String) { self.file = file }

    /// Reads the next line; nil for a comment, an empty line and the header.
    ///
    /// - Throws: ``InputError`` with the line if a needed column is missing or a number is none.
    public mutating func read(_ line: some StringProtocol) throws(InputError) -> MAFRow? {
        lineNumber += 1
        var text = Substring(line)
        while text.last?.isNewline == true { text.removeLast() }
        if text.isEmpty || text.hasPrefix("#") { return nil }
        let values = text.split(separator: "\t", omittingEmptySubsequences: false)
        guard let columns else {
            columns = try MAFColumns(names: values, file: file, lineNumber: lineNumber)
            return nil
        }
        let row = try columns.row(values, lineNumber: lineNumber)
        rows += 1
        if let reason = row.unjudged { unjudged[reason, default: 0] += 1 }
        return row
    }

    /// Says that the lines are over.
    ///
    /// - Throws: ``InputError`` if there was no header.
    public func finish() throws(InputError) {
        guard columns == nil else { return }
        throw InputError(
            file: file, problem: "the file has no line of column names",
            remedy: "A MAF file starts with Hugo_Symbol and other names, separated by tabs.")
    }
}
