public import Genome

/// A table of tab-separated text with a header line; columns are found by name, never by position.
///
/// The file stays as it is, as bytes; the table holds where its cells end. Text is made for the cells that are asked
/// for, so a table of which few rows are needed costs one pass over its bytes.
public struct TSVTable: Sendable {
    /// A row of a table.
    public struct Row: Sendable {
        /// Its 1-based line number.
        public let line: Int
        /// Where its first cell begins in the file.
        fileprivate let start: Int
        /// The place of its first cell's end in ``TSVTable/ends``.
        fileprivate let first: Int
    }

    /// The file as the user wrote it, for messages.
    public let file: String
    /// Column names.
    public let columns: [String]
    /// Rows in the order of the file; every row has as many cells as there are columns.
    public let rows: [Row]
    private let bytes: [UInt8]
    /// Where each cell of the file ends.
    private let ends: [Int32]
    private let index: [String: Int]

    /// Reads text; see ``init(bytes:file:required:)``.
    public init(text: String, file: String, required: [String]) throws(InputError) {
        try self.init(bytes: Array(text.utf8), file: file, required: required)
    }

    /// Finds the rows of a file in UTF-8; lines that are empty or begin with `#` are passed over.
    ///
    /// - Throws: `InputError` if a column of `required` is missing, a column is named twice, or a row has another
    ///   number of cells than the header.
    /// - Complexity: O(*n*), *n* bytes.
    public init(bytes: [UInt8], file: String, required: [String]) throws(InputError) {
        try self.init(bytes: bytes, file: file, required: required) { (fault, _) throws(InputError) in
            throw fault
        }
    }

    /// As above, with a word on each fault; where it does not throw, a row with another number of cells is left out and a
    /// missing column reads as empty.
    ///
    /// - Throws: what `fault` throws, and `InputError` for a table without a header.
    init(
        bytes: [UInt8], file: String, required: [String],
        fault: (InputError, KnowledgeProblem.Rule) throws(InputError) -> Void
    ) throws(InputError) {
        guard bytes.count < Int(Int32.max) else {
            throw InputError(
                file: file, problem: "the table has \(bytes.count) bytes, less than 2147483647 were expected",
                remedy: "Divide it into several sources.")
        }
        let ends = Self.ends(bytes)
        var columns: [String]?
        var headerLine = 1
        var rows: [Row] = []
        var (number, start, first) = (0, 0, 0)
        for last in ends.indices {
            let end = Int(ends[last])
            guard end == bytes.count || bytes[end] == 0x0A else { continue }
            let row = Row(line: number + 1, start: start, first: first)
            let cells = last - first + 1
            (number, start, first) = (number + 1, end + 1, last + 1)
            let isEmpty = end == row.start || end == row.start + 1 && bytes[row.start] == 0x0D
            if isEmpty || bytes[row.start] == UInt8(ascii: "#") { continue }
            guard let columns else {
                columns = (row.first...last).map { place in
                    let begin = place == row.first ? row.start : Int(ends[place - 1]) + 1
                    return String(decoding: bytes[Self.cell(begin, Int(ends[place]), bytes)], as: UTF8.self)
                }
                headerLine = number
                rows.reserveCapacity(ends.count / cells)
                continue
            }
            guard cells == columns.count else {
                let error = InputError(
                    file: file, place: .line(number),
                    problem: "\(cells) cells where the header has \(columns.count)",
                    remedy: "Give every column a tab, also where the cell is empty.")
                try fault(error, .tableCells)
                continue
            }
            rows.append(row)
        }
        guard let columns else {
            throw InputError(
                file: file, problem: "the table is empty, a header line was expected",
                remedy: "Give the file again.")
        }
        var index: [String: Int] = [:]
        for (place, name) in columns.enumerated()
        where !name.isEmpty && index.updateValue(place, forKey: name) != nil {
            let error = InputError(
                file: file, place: .line(headerLine), problem: "column \"\(name)\" stands twice",
                remedy: "Remove one of them.")
            try fault(error, .tableHeader)
        }
        for missing in required where index[missing] == nil {
            let error = InputError(
                file: file, place: .line(headerLine),
                problem: "column \"\(missing)\" is missing; there are \(columns.joined(separator: ", "))",
                remedy: "Add it; the README of the knowledge base lists the columns.")
            try fault(error, .tableHeader)
        }
        self.file = file
        self.columns = columns
        self.rows = rows
        self.bytes = bytes
        self.ends = ends
        self.index = index
    }

    /// Where every cell of the file ends: its tabs and line ends, and the end of a last line without one.
    private static func ends(_ bytes: [UInt8]) -> [Int32] {
        var ends: [Int32] = []
        ends.reserveCapacity(bytes.count / 8)
        for place in bytes.indices where bytes[place] <= 0x0A {
            // Nearly every byte is above both.
            if bytes[place] >= 0x09 { ends.append(Int32(truncatingIfNeeded: place)) }
        }
        if let last = bytes.last, last != 0x0A { ends.append(Int32(bytes.count)) }
        return ends
    }

    /// The cell between two places; before a line end a carriage return is part of that.
    private static func cell(_ start: Int, _ end: Int, _ bytes: [UInt8]) -> Range<Int> {
        let isLast = end == bytes.count || bytes[end] == 0x0A
        return start..<(isLast && end > start && bytes[end - 1] == 0x0D ? end - 1 : end)
    }

    /// Where the cell of a row in a column stands in ``contents``; nil if there is no such column.
    func place(_ row: Row, _ column: Int?) -> Range<Int>? {
        guard let column else { return nil }
        let start = column == 0 ? row.start : Int(ends[row.first + column - 1]) + 1
        return Self.cell(start, Int(ends[row.first + column]), bytes)
    }

    /// The number of a column.
    func column(_ name: String) -> Int? { index[name] }

    /// The bytes of the file.
    var contents: [UInt8] { bytes }

    /// The cell of a row in a column, empty if there is no such column.
    public func cell(_ row: Row, _ column: String) -> String { cell(row, index[column]) }

    /// The cell of a row in a column of this number.
    func cell(_ row: Row, _ column: Int?) -> String {
        place(row, column).map { String(decoding: bytes[$0], as: UTF8.self) } ?? ""
    }

    /// The cell without white space at its ends.
    func trimmedCell(_ row: Row, _ column: String) -> String {
        place(row, index[column]).map { bytes[$0].trimmedText } ?? ""
    }

    /// The items of a cell, which are joined by `|`.
    public func items(_ row: Row, _ column: String) -> [String] {
        guard let place = place(row, index[column]), !place.isEmpty else { return [] }
        return bytes[place].split(separator: UInt8(ascii: "|")).map(\.trimmedText).filter { !$0.isEmpty }
    }
}

extension ArraySlice<UInt8> {
    /// The text in UTF-8 without white space at its ends.
    var trimmedText: String {
        var bytes = self
        while let first = bytes.first, first == 0x20 || 0x09...0x0D ~= first { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || 0x09...0x0D ~= last { bytes.removeLast() }
        let text = String(decoding: bytes, as: UTF8.self)
        // Beyond ASCII there is other white space.
        guard let first = bytes.first, let last = bytes.last, first | last >= 0x80 else { return text }
        var rest = Substring(text)
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}

extension String {
    /// The parts between a byte that is ASCII, also empty ones.
    func parts(between separator: UInt8) -> [String] {
        utf8.split(separator: separator, omittingEmptySubsequences: false).map { String(Substring($0)) }
    }
}
