/// Columns that stand in line, for a terminal.
public enum TextTable {
    /// Lines of cells that are padded to the widest of their column; every row has as many cells.
    public static func lines(_ rows: [[String]], indent: String = "") -> [String] {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let padded = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            var line = indent + padded.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
