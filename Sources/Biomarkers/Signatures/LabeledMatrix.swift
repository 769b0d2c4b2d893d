public import Genome

/// A table of numbers whose rows and columns have names: a catalogue (mutation types by samples), reference signatures (mutation types by
/// signatures), or exposures (signatures by samples). Rows are joined by name, never by place.
public struct LabeledMatrix: Hashable, Sendable {
    /// The name of the first column, such as `MutationType`.
    public let corner: String
    /// Row names, each once.
    public let rows: [String]
    /// Column names, each once.
    public let columns: [String]
    /// The numbers of each column, in the order of ``rows``.
    public let values: [[Double]]

    /// Creates a table; every column has as many numbers as there are rows.
    public init(corner: String, rows: [String], columns: [String], values: [[Double]]) {
        (self.corner, self.rows, self.columns, self.values) = (corner, rows, columns, values)
    }

    /// Reads tab-separated text with a header line; CR line ends, a byte-order mark, empty and `#` lines are allowed. Where the header begins with
    /// `Type` and `SubType` (SIGNAL's form: `C>A`, `ACA`) the row is named `A[C>A]A`.
    ///
    /// - Throws: `InputError` with the line: a number that is none or negative, a name that stands twice, another number of cells.
    public init(text: String, file: String) throws(InputError) {
        var corner = ""
        var rows: [String] = []
        var columns: [String]?
        var values: [[Double]] = []
        var seen = Set<String>()
        var names = 1
        for (number, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        {
            func fault(_ problem: String, _ remedy: String) -> InputError {
                InputError(file: file, place: .line(number + 1), problem: problem, remedy: remedy)
            }
            var bytes = line
            if bytes.last == 0x0D { bytes.removeLast() }
            if number == 0 { bytes = bytes.withoutMark }
            if bytes.isEmpty || bytes.first == UInt8(ascii: "#") { continue }
            let cells = bytes.split(separator: 0x09, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
            guard let known = columns else {
                if cells.count > 1, cells[1].lowercased() == "subtype" { names = 2 }
                guard cells.count > names else {
                    throw fault(
                        "the header has \(cells.count) columns, a name and at least one number were expected",
                        "Give a table with tabs between its columns.")
                }
                var once = Set<String>()
                for name in cells.dropFirst(names) where !once.insert(name).inserted {
                    throw fault("column \"\(name)\" stands twice", "Give each column its own name.")
                }
                (corner, columns) = (cells[0], Array(cells.dropFirst(names)))
                values = Array(repeating: [], count: cells.count - names)
                continue
            }
            guard cells.count == known.count + names else {
                throw fault(
                    "\(cells.count) cells where the header has \(known.count + names)",
                    "Give every column a number.")
            }
            let name = names == 2 ? Self.name(cells[0], cells[1]) : cells[0]
            guard seen.insert(name).inserted else {
                throw fault("row \"\(name)\" stands twice", "Give each row once.")
            }
            rows.append(name)
            for (column, cell) in cells.dropFirst(names).enumerated() {
                guard let value = Double(cell), value.isFinite, value >= 0 else {
                    throw fault(
                        "\(known[column]) is \"\(cell)\", a number that is not negative was expected",
                        "Mend the cell.")
                }
                values[column].append(value)
            }
        }
        guard let columns, !rows.isEmpty else {
            throw InputError(
                file: file, problem: "the table is empty, a header and rows were expected",
                remedy: "Give a table with tabs between its columns.")
        }
        self.init(corner: corner, rows: rows, columns: columns, values: values)
    }

    /// `C>A` in `ACA` is `A[C>A]A`.
    private static func name(_ type: String, _ context: String) -> String {
        guard type.utf8.count == 3, context.utf8.count == 3, let first = context.first,
            let last = context.last
        else { return "\(type) \(context)" }
        return "\(first)[\(type)]\(last)"
    }

    /// The same table with its rows in another order.
    ///
    /// - Throws: `InputError` that names a row which one of them has and the other has not.
    public func joined(to order: [String], file: String, other: String) throws(InputError) -> LabeledMatrix {
        let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1, $0) })
        func fault(_ row: String, _ here: String, _ there: String) -> InputError {
            InputError(
                file: here, problem: "row \"\(row)\" is missing, which \(there) has",
                remedy: "Give tables of the same mutation types (SBS96, DBS78, ID83, …), named alike.")
        }
        var indices: [Int] = []
        for name in order {
            guard let place = places[name] else { throw fault(name, file, other) }
            indices.append(place)
        }
        let wanted = Set(order)
        if let extra = rows.first(where: { !wanted.contains($0) }) { throw fault(extra, other, file) }
        return LabeledMatrix(
            corner: corner, rows: order, columns: columns,
            values: values.map { column in indices.map { column[$0] } })
    }

    /// The table with some columns alone, in its own order.
    ///
    /// - Throws: `InputError` for a name that is no column.
    public func only(_ names: [String], file: String) throws(InputError) -> LabeledMatrix {
        if let unknown = names.first(where: { !columns.contains($0) }) {
            throw InputError(
                file: file, problem: "there is no column \"\(unknown)\"",
                remedy:
                    "The columns are \(columns.prefix(8).joined(separator: ", "))\(columns.count > 8 ? " …" : "").",
                kind: .usage)
        }
        return without(Set(columns).subtracting(names))
    }

    /// The table without some columns.
    func without(_ names: Set<String>) -> LabeledMatrix {
        let kept = columns.indices.filter { !names.contains(columns[$0]) }
        return LabeledMatrix(
            corner: corner, rows: rows, columns: kept.map { columns[$0] }, values: kept.map { values[$0] })
    }

    /// Tab-separated text; numbers with the fewest digits that read back as the same value.
    public var text: String {
        var lines = [([corner] + columns).joined(separator: "\t")]
        for (row, name) in rows.enumerated() {
            lines.append(([name] + values.map { Self.text($0[row]) }).joined(separator: "\t"))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}
