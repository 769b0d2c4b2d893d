internal import Genome

/// The columns of one table that are read, and how a row becomes a segment.
struct SegmentRowReader: Hashable, Sendable {
    /// A fault of one row, without the file.
    struct Fault: Error {
        var kind: SegmentTally.FaultKind
        var column: String
        var problem: String
        var remedy: String
    }

    /// What a row gave that is worth a note.
    struct Remarks {
        var isBelowZero = false
        var isNumberedSexChromosome = false
        var contigName = ""
    }

    /// The last position that is taken; longer than any chromosome, and what BAM and BCF can hold.
    static let maximumPosition = Int(Int32.max)
    /// How far two ways of counting copies may differ: rounding to two digits.
    static let tolerance = 0.01
    /// A fitted value rounds to a negative number from here on.
    static let lowestFit = -0.5

    let layout: SegmentLayout
    let names: [String]
    let contig: Int
    let start: Int
    let end: Int
    let sample: Int?
    let total: Int?
    let first: Int?
    let second: Int?
    let logRatio: Int?
    let bAlleleFraction: Int?
    let probes: Int?
    let heterozygousSites: Int?
    let cellFraction: Int?
    let startSupport: Int?
    let endSupport: Int?
    let method: Int?
    /// Battenberg's columns: major, minor and fraction of the first state, then of the second.
    let states: [[Int]]

    init(_ layout: SegmentLayout, _ columns: SegmentColumns) throws(Fault) {
        func needed(_ names: SegmentLayout.Names, _ meaning: String) throws(Fault) -> Int {
            let found = columns.all(names)
            if found.count == 1 { return found[0] }
            guard found.isEmpty else {
                let both = found.map { columns.written[$0] }.joined(separator: " and ")
                throw Fault(
                    kind: .columns, column: meaning, problem: "columns \(both) both name the \(meaning)",
                    remedy: "Take one of them out.")
            }
            throw Fault(
                kind: .columns, column: meaning,
                problem: "a table of \(layout.title) without a column for the "
                    + "\(meaning) (\(names.joined(separator: ", "))); there are "
                    + columns.written.joined(separator: ", "),
                remedy: "Add the column, or give the table as the caller wrote it.")
        }
        func copies(_ names: SegmentLayout.Names, _ meaning: String) throws(Fault) -> Int? {
            if names.isEmpty || layout.copiesAreOptional && columns.all(names).isEmpty { return nil }
            return try needed(names, meaning)
        }
        func optional(_ names: SegmentLayout.Names) -> Int? { columns.all(names).first }
        self.layout = layout
        names = columns.written
        contig = try needed(SegmentLayout.contig, "chromosome")
        start = try needed(SegmentLayout.start, "start")
        end = try needed(SegmentLayout.end, "end")
        sample = optional(layout.sample)
        total = try copies(layout.total, "total copy number")
        first = try copies(layout.first, "copy number of one allele")
        second = try copies(layout.second, "minor copy number")
        logRatio = optional(layout.logRatio)
        bAlleleFraction = optional(layout.bAlleleFraction)
        probes = optional(layout.probes)
        heterozygousSites = optional(layout.heterozygousSites)
        cellFraction = optional(layout.cellFraction)
        startSupport = optional(layout.startSupport)
        endSupport = optional(layout.endSupport)
        method = optional(layout.method)
        var states: [[Int]] = []
        if layout.format == .battenberg {
            for (number, state) in zip(["first", "second"], SegmentLayout.states) {
                states.append([
                    try needed(state.major, "major copy number of the \(number) state"),
                    try needed(state.minor, "minor copy number of the \(number) state"),
                    try needed(state.fraction, "fraction of the \(number) state"),
                ])
            }
        }
        self.states = states
    }

    func read(_ cells: [String], line: Int) throws(Fault) -> (CopyNumberSegment, Remarks) {
        guard cells.count == names.count else { throw countFault(cells.count) }
        let row = SegmentRow(names: names, cells: cells)
        var remarks = Remarks()
        var segment = CopyNumberSegment(
            interval: try interval(row, &remarks), sample: row[sample] ?? "", lineNumber: line)
        segment.measured = try measured(row)
        if states.isEmpty {
            try addCopies(row, to: &segment, &remarks)
        } else {
            try addClones(row, to: &segment)
        }
        return (segment, remarks)
    }

    private func countFault(_ count: Int) -> Fault {
        Fault(
            kind: .cells, column: "", problem: "the row has \(count) cells, the header \(names.count)",
            remedy: count == names.count + 1
                ? "R writes row names without a header: write the table with row.names = FALSE."
                : "Columns are separated by tabs; see whether the file is cut short.")
    }

    // MARK: Place

    private func interval(_ row: SegmentRow, _ remarks: inout Remarks) throws(Fault) -> GenomicInterval {
        guard let name = row[contig] else {
            throw Fault(
                kind: .value, column: names[contig],
                problem: "\(names[contig]) is \"\(row.cells[contig])\", a chromosome was expected",
                remedy: "Mend the line.")
        }
        remarks.contigName = name
        let from = try position(row, start), to = try position(row, end)
        guard from <= to else {
            throw Fault(
                kind: .range, column: names[start],
                problem: "\(names[start]) \(from) is behind \(names[end]) \(to)",
                remedy: "Mend the line; see whether the columns are named the right way round.")
        }
        if layout.isZeroBased {
            guard from < to else {
                throw Fault(
                    kind: .range, column: names[start],
                    problem:
                        "\(names[start]) and \(names[end]) are both \(from), which is no base: positions of "
                        + "\(layout.format.title) are 0-based and half-open",
                    remedy: "Mend the line, or give the table as the caller wrote it.")
            }
        } else if from == 0 {
            throw Fault(
                kind: .range, column: names[start],
                problem: "\(names[start]) is 0, but positions of \(layout.format.title) count from 1",
                remedy: "See whether the table has 0-based positions; if so, add 1 to each start.")
        }
        return GenomicInterval(
            contig: Self.contig(name, &remarks), zeroBased: (layout.isZeroBased ? from : from - 1)..<to)
    }

    /// 23 and 24 are X and Y: tables of R programs number the chromosomes.
    private static func contig(_ name: String, _ remarks: inout Remarks) -> Contig {
        let bare = name.lowercased().hasPrefix("chr") ? name.dropFirst(3) : name[...]
        guard bare == "23" || bare == "24" else { return Contig(name) }
        remarks.isNumberedSexChromosome = true
        return Contig(bare == "23" ? "X" : "Y")
    }

    private func position(_ row: SegmentRow, _ column: Int) throws(Fault) -> Int {
        guard let text = row[column], let position = SegmentRow.whole(text),
            (0...Self.maximumPosition).contains(position)
        else { throw row.fault(column, "a position") }
        return position
    }

    // MARK: Copies

    private func addCopies(
        _ row: SegmentRow, to segment: inout CopyNumberSegment, _ remarks: inout Remarks
    ) throws(Fault) {
        let sum = try copies(row, total), one = try copies(row, first), other = try copies(row, second)
        if let sum, let one, let other, abs(sum - one - other) > Self.tolerance {
            throw Fault(
                kind: .sum, column: name(total),
                problem: "\(name(total)) is \(Self.text(sum)), but \(name(first)) \(Self.text(one)) and "
                    + "\(name(second)) \(Self.text(other)) are \(Self.text(one + other))",
                remedy: "Make the table again.")
        }
        segment.total = sum ?? one.flatMap { one in other.map { one + $0 } }
        segment.minor = other
        if first != nil, one == nil { segment.minor = nil }
        remarks.isBelowZero = [sum, one, other].contains { ($0 ?? 0) < 0 }
        guard let total = segment.total, let minor = segment.minor else { return }
        guard total - minor >= (layout.isFitted ? Self.lowestFit : -Self.tolerance) else {
            throw Fault(
                kind: .minor, column: name(second),
                problem:
                    "\(name(second)) \(Self.text(minor)) is more than the total copy number \(Self.text(total))",
                remedy: "See whether the columns are named the right way round.")
        }
        if minor > total - minor {
            segment.minor = total - minor
            segment.isSwapped = true
        }
    }

    private func addClones(_ row: SegmentRow, to segment: inout CopyNumberSegment) throws(Fault) {
        var total = 0.0, minor = 0.0, fractions = 0.0
        for state in states {
            let fraction = try row.number(state[2]) ?? 0
            guard fraction >= 0, fraction <= 1 + Self.tolerance else {
                throw row.fault(state[2], "a fraction from 0 to 1")
            }
            guard let one = try copies(row, state[0]), let other = try copies(row, state[1]) else {
                // No state was found, or there is no second.
                if state == states[0] { return }
                continue
            }
            total += fraction * (one + other)
            minor += fraction * other
            fractions += fraction
            segment.clones.append(.init(total: one + other, minor: min(one, other), fraction: fraction))
        }
        guard abs(fractions - 1) <= Self.tolerance else {
            throw Fault(
                kind: .fractions, column: names[states[0][2]],
                problem: "the fractions \(names[states[0][2]]) and \(names[states[1][2]]) add up to "
                    + "\(Self.text(fractions)), 1 was expected",
                remedy: "Make the table again.")
        }
        segment.total = total
        segment.minor = min(minor, total - minor)
        segment.isSwapped = minor > total - minor
    }

    /// No cell has as many copies; sums of more could be no numbers.
    private static let mostCopies = 1e6

    private func copies(_ row: SegmentRow, _ column: Int?) throws(Fault) -> Double? {
        guard let column, let value = try row.number(column) else { return nil }
        guard value <= Self.mostCopies else { throw row.fault(column, "a number of copies") }
        guard value >= 0 || layout.isFitted && value > Self.lowestFit else {
            throw Fault(
                kind: .negative, column: names[column],
                problem: "\(names[column]) is \(Self.text(value)), a copy number is not negative",
                remedy: "See whether the column holds log ratios; if so, name it seg.mean.")
        }
        return value
    }

    private func name(_ column: Int?) -> String { column.map { names[$0] } ?? "" }

    // MARK: Measurements

    private func measured(_ row: SegmentRow) throws(Fault) -> CopyNumberSegment.Measurements {
        var measured = CopyNumberSegment.Measurements()
        measured.logRatio = try row.number(logRatio)
        measured.probes = try row.count(probes)
        measured.heterozygousSites = try row.count(heterozygousSites)
        measured.cellFraction = try row.number(cellFraction)
        measured.bAlleleFraction = try row.number(bAlleleFraction)
        // PURPLE writes 0 where nothing was measured.
        if layout.format == .purple, measured.heterozygousSites == 0 { measured.bAlleleFraction = nil }
        measured.startSupport = row[startSupport] ?? ""
        measured.endSupport = row[endSupport] ?? ""
        measured.method = row[method] ?? ""
        return measured
    }

    /// A number without a needless fraction; no more digits than two ways of adding agree on.
    static func text(_ value: Double) -> String {
        let rounded = (value * 1e6).rounded() / 1e6
        return SegmentTable.text(rounded)
    }
}

/// The cells of one row.
struct SegmentRow {
    let names: [String]
    let cells: [String]

    /// The text of a cell; nil where the column or the value is missing.
    subscript(_ column: Int?) -> String? {
        guard let column else { return nil }
        switch cells[column] {
        case "", ".", "NA", "NaN", "nan": return nil
        default: return cells[column]
        }
    }

    func number(_ column: Int?) throws(SegmentRowReader.Fault) -> Double? {
        guard let column, let text = self[column] else { return nil }
        guard let number = Self.number(text) else { throw fault(column, "a number") }
        return number
    }

    func count(_ column: Int?) throws(SegmentRowReader.Fault) -> Int? {
        guard let column, let text = self[column] else { return nil }
        guard let count = Self.whole(text), count >= 0 else { throw fault(column, "a whole number") }
        return count
    }

    func fault(_ column: Int, _ expected: String) -> SegmentRowReader.Fault {
        let hasComma =
            Self.number(cells[column].replacing(",", with: ".")) != nil && cells[column].contains(",")
        return .init(
            kind: .value, column: names[column],
            problem: "\(names[column]) is \"\(cells[column])\", \(expected) was expected",
            remedy: hasComma
                ? "Write numbers with a decimal point and without separators."
                : "Mend the line; a missing value is NA, . or nothing.")
    }

    /// A number in decimal digits; nil for words such as `inf` and for hexadecimals.
    static func number(_ text: String) -> Double? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }) else {
            return nil
        }
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }

    /// A whole number, which R may write as `1e+06`.
    static func whole(_ text: String) -> Int? {
        Int(text) ?? number(text).flatMap { Int(exactly: $0) }
    }
}
