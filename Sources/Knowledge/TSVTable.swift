public import Genome

/// A table of tab-separated text with a header line; columns are found by name, never by position.
public struct TSVTable: Sendable {
    /// The file as the user wrote it, for messages.
    public let file: String
    /// Column names.
    public let columns: [String]
    /// Rows with their 1-based line number; every row has as many cells as there are columns.
    public let rows: [(line: Int, cells: [String])]
    private let index: [String: Int]

    /// Splits text into rows; lines that are empty or begin with `#` are passed over.
    ///
    /// - Throws: `InputError` if a column of `required` is missing, a column is named twice, or a row has another
    ///   number of cells than the header.
    public init(text: String, file: String, required: [String]) throws(InputError) {
        self.file = file
        var columns: [String]?
        var rows: [(line: Int, cells: [String])] = []
        var number = 0
        // Bytes, not characters: a line end or a tab is one byte in UTF-8.
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            let line = line.last == 0x0D ? line.dropLast() : line
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            let cells = line.split(separator: 0x09, omittingEmptySubsequences: false).map {
                String(Substring($0))
            }
            guard let header = columns else {
                columns = cells
                continue
            }
            guard cells.count == header.count else {
                throw InputError(
                    file: file, place: .line(number),
                    problem: "\(cells.count) cells where the header has \(header.count)",
                    remedy: "Give every column a tab, also where the cell is empty.")
            }
            rows.append((number, cells))
        }
        guard let columns else {
            throw InputError(
                file: file, problem: "the table is empty, a header line was expected",
                remedy: "Give the file again.")
        }
        var index: [String: Int] = [:]
        for (place, name) in columns.enumerated() where index.updateValue(place, forKey: name) != nil {
            throw InputError(
                file: file, place: .line(1), problem: "column \"\(name)\" stands twice",
                remedy: "Remove one of them.")
        }
        if let missing = required.first(where: { index[$0] == nil }) {
            throw InputError(
                file: file, place: .line(1),
                problem: "column \"\(missing)\" is missing; there are \(columns.joined(separator: ", "))",
                remedy: "Add it; the README of the knowledge base lists the columns.")
        }
        self.columns = columns
        self.rows = rows
        self.index = index
    }

    /// The cell of a row in a column, empty if there is no such column.
    public func cell(_ row: (line: Int, cells: [String]), _ column: String) -> String {
        index[column].map { row.cells[$0] } ?? ""
    }

    /// The items of a cell, which are joined by `|`.
    public func items(_ row: (line: Int, cells: [String]), _ column: String) -> [String] {
        cell(row, column).split(separator: "|").map { $0.trimmed }.filter { !$0.isEmpty }
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
