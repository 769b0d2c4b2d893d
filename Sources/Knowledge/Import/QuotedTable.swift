internal import Genome

/// A tab-separated table whose cells may stand in quotation marks, with `""` for one of them, tabs and line ends within.
///
/// Lines in front of the header that begin with `#` are passed over.
struct QuotedTable {
    /// Column names.
    let columns: [String]
    /// Rows by column name, in the order of the file; a cell that a short row lacks is empty.
    let rows: [[String: String]]
    /// The number of the first row that has fewer cells than the header.
    let firstShortRow: Int?

    /// Reads UTF-8 with or without a byte-order mark, and any line ends.
    ///
    /// - Throws: `InputError` for a quotation mark that is not closed, and a row with more cells than the header.
    init(_ bytes: [UInt8], file: String) throws(InputError) {
        var lines: [[String]] = []
        var line: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var place = bytes.withoutMark.startIndex
        func endCell() {
            line.append(String(decoding: cell, as: UTF8.self))
            cell = []
        }
        func endLine() {
            endCell()
            if line != [""] { lines.append(line) }
            line = []
        }
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if isQuoted {
                guard byte == UInt8(ascii: "\"") else {
                    cell.append(byte)
                    continue
                }
                if place < bytes.count, bytes[place] == byte {
                    cell.append(byte)
                    place += 1
                } else {
                    isQuoted = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\"") where cell.isEmpty: isQuoted = true
            case UInt8(ascii: "\t"): endCell()
            case 0x0A: endLine()
            case 0x0D: break
            default: cell.append(byte)
            }
        }
        guard !isQuoted else {
            throw InputError(
                file: file, problem: "a quotation mark is not closed before the end of the file",
                remedy: "Download it again, or remove the mark.")
        }
        if !cell.isEmpty || !line.isEmpty { endLine() }
        lines = Array(lines.drop { $0[0].hasPrefix("#") })
        let columns = lines.first ?? []
        self.columns = columns
        if let place = lines.firstIndex(where: { $0.count > columns.count }) {
            throw InputError(
                file: file, place: .record("record \(place)"),
                problem: "\(lines[place].count) cells where the header has \(columns.count)",
                remedy: "Remove the tab that is too much.")
        }
        firstShortRow = lines.firstIndex { $0.count < columns.count }
        rows = lines.dropFirst().map { cells in
            Dictionary(zip(columns, cells), uniquingKeysWith: { first, _ in first })
        }
    }
}
