public import Biomarkers
public import Genome

/// The catalogue of one sample as a bar chart: how often each type of mutation occurs.
///
/// Bars stand in the order and the colors that the field uses, with the groups named above them. Each bar says its type and count where a
/// pointer rests on it, and the picture's description lists all of them.
public struct SpectrumPlot: Hashable, Sendable {
    /// The sample's name.
    public let sample: String
    /// What is counted.
    public let types: MutationTypes
    /// A count for each of the names of ``types``, in their order; finite, not negative.
    public let counts: [Double]

    /// The charts of a table, one a column, in its order.
    ///
    /// - Shape: the rows are the types of one kind of catalogue, each once, in any order; they are joined by name.
    /// - Throws: `InputError`: rows of no kind, counts that are negative, not finite or above 10¹⁵.
    public static func plots(_ matrix: LabeledMatrix, file: String) throws(InputError) -> [SpectrumPlot] {
        guard !matrix.rows.isEmpty, !matrix.columns.isEmpty else {
            throw InputError(
                file: file,
                problem: "the table is empty, a row a mutation type and a column a sample were expected",
                remedy: "Give a table as signatures matrix writes it.")
        }
        let types = try kind(matrix, file: file)
        let places = Dictionary(uniqueKeysWithValues: matrix.rows.enumerated().map { ($1, $0) })
        let order = types.names.compactMap { places[$0] }
        var plots: [SpectrumPlot] = []
        for (sample, column) in zip(matrix.columns, matrix.values) {
            for (row, count) in zip(matrix.rows, column) {
                try PlotNumber.require(count, row, sample, file)
            }
            plots.append(SpectrumPlot(sample: sample, types: types, counts: order.map { column[$0] }))
        }
        return plots
    }

    /// The kinds that have a picture: all but SBS384.
    public static let drawn = MutationTypes.allCases.filter { $0 != .sbs384 }

    /// The kind of a catalogue by the names of its rows; nil where it is none.
    static func kind(_ rows: [String]) -> MutationTypes? {
        let names = Set(rows)
        return drawn.first { names == Set($0.names) }
    }

    private static func kind(_ matrix: LabeledMatrix, file: String) throws(InputError) -> MutationTypes {
        if let kind = kind(matrix.rows) { return kind }
        let rows = Set(matrix.rows)
        let kinds = drawn.map(\.rawValue).joined(separator: ", ")
        let remedy = "Give a table as signatures matrix writes it, with a row for each mutation type."
        for types in drawn {
            let missing = types.names.filter { !rows.contains($0) }
            guard missing.count * 2 < types.names.count else { continue }
            if let first = missing.first {
                throw InputError(
                    file: file,
                    problem:
                        "\(missing.count) rows of \(types.rawValue) are missing, \"\(first)\" the first",
                    remedy: remedy)
            }
            let known = Set(types.names)
            let extra = matrix.rows.filter { !known.contains($0) }
            throw InputError(
                file: file,
                problem:
                    "\(extra.count) rows are none of \(types.rawValue), \"\(extra.first ?? "")\" the first",
                remedy: remedy)
        }
        throw InputError(
            file: file,
            problem:
                "the \(matrix.rows.count) rows, \"\(matrix.rows[0])\" the first, are the types of no known catalogue; one of \(kinds) was expected",
            remedy: remedy)
    }

    /// What is counted, in words.
    private var subject: String {
        switch types {
        case .sbs96, .sbs384: "single base substitutions"
        case .dbs78: "doublet base substitutions"
        case .id83: "small insertions and deletions"
        case .sv32: "rearrangements"
        case .cnv48: "copy-number segments"
        }
    }

    // MARK: Picture

    private static let left = 76.0
    private static let plotWidth = 1152.0
    private static let plotHeight = 240.0

    /// The picture, an SVG file.
    public var svg: String {
        let layout = SpectrumLayout(types)
        let values = Dictionary(uniqueKeysWithValues: zip(types.names, counts))
        let isWhole = counts.allSatisfy { $0 == $0.rounded() }
        let axis = AxisScale(maximum: counts.max() ?? 0, isWhole: isWhole)
        let hasHeadings = layout.sections.contains { !$0.heading.isEmpty }
        let hasCaptions = layout.sections.contains { !$0.caption.isEmpty }
        let labels = layout.sections.flatMap(\.groups).flatMap(\.bars).map(\.label)
        let labelHeight = (labels.map { SVGDocument.width(of: $0, size: 10) }.max() ?? 0) + 8
        let top = hasHeadings ? 92.0 : 68.0
        let bottom = top + Self.plotHeight
        let total = counts.reduce(0, +)
        let heading = ": \(subject) (\(types.rawValue)), total \(PlotNumber.grouped(total))"
        var picture = SVGDocument(
            width: Self.left + Self.plotWidth + 20,
            height: bottom + labelHeight + (hasCaptions ? 24 : 8), title: sample + heading,
            description: "A bar a mutation type.\n"
                + zip(types.names, counts).map { "\($0) \(PlotNumber.text($1))" }.joined(separator: "\n"))
        picture.heading(sample, heading)
        addAxis(axis, isWhole ? "Count" : "Value", top: top, to: &picture)
        let pitch = Self.plotWidth / Double(layout.count)
        var place = 0
        for section in layout.sections {
            let start = Self.left + pitch * Double(place)
            for group in section.groups {
                let edge = Self.left + pitch * Double(place), width = pitch * Double(group.bars.count)
                picture.rect(
                    "group", x: edge + 0.5, y: top - 24, width: width - 1, height: 20, fill: group.color)
                picture.text(
                    group.label, x: edge + width / 2, y: top - 9.5, size: 12, anchor: .middle, isBold: true,
                    fill: SVGDocument.ink(on: group.color))
                for bar in group.bars {
                    let count = values[bar.name] ?? 0, middle = Self.left + pitch * (Double(place) + 0.5)
                    let height = count / axis.end * Self.plotHeight
                    picture.rect(
                        "bar", x: middle - pitch * 0.35, y: bottom - height, width: pitch * 0.7,
                        height: height, fill: bar.color, stroke: layout.isOutlined ? "#444444" : nil,
                        title: "\(bar.name): \(PlotNumber.text(count))")
                    picture.text(
                        bar.label, x: middle + 3.5, y: bottom + 6, size: 10, anchor: .end, isUpright: true)
                    place += 1
                }
            }
            let end = Self.left + pitch * Double(place)
            if !section.heading.isEmpty {
                picture.text(section.heading, x: (start + end) / 2, y: top - 37, size: 12, anchor: .middle)
                picture.line(
                    "section", from: (start + 1, top - 30), to: (end - 1, top - 30), stroke: "#777777")
            }
            if !section.caption.isEmpty {
                picture.text(
                    section.caption, x: (start + end) / 2, y: bottom + labelHeight + 12, anchor: .middle)
            }
        }
        picture.line(
            "axis", from: (Self.left, bottom), to: (Self.left + Self.plotWidth, bottom), stroke: "#222222")
        return picture.text
    }

    private func addAxis(_ axis: AxisScale, _ name: String, top: Double, to picture: inout SVGDocument) {
        let bottom = top + Self.plotHeight
        for tick in axis.ticks {
            let y = bottom - tick / axis.end * Self.plotHeight
            picture.line(
                "grid", from: (Self.left, y), to: (Self.left + Self.plotWidth, y), stroke: "#E5E5E5")
            picture.text(PlotNumber.grouped(tick), x: Self.left - 6, y: y + 4, anchor: .end)
        }
        picture.line("axis", from: (Self.left, top), to: (Self.left, bottom), stroke: "#222222")
        picture.text(
            name, x: 18, y: (top + bottom) / 2, size: 12, anchor: .middle, isUpright: true)
    }
}

extension PlotNumber {
    /// Makes sure that a number can be drawn.
    static func require(
        _ value: Double, _ row: String, _ column: String, _ file: String
    ) throws(InputError) {
        guard value.isFinite, value >= 0, value <= most else {
            throw InputError(
                file: file, place: .record(row),
                problem: "\(column) is \(value), a number from 0 to 10^15 was expected",
                remedy: "Mend the cell.")
        }
    }
}
