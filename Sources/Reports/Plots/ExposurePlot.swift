public import Biomarkers
public import Genome

/// How much each signature contributes to one sample, as bars, the longest first.
///
/// Where the table has intervals, a line shows each. Signatures that do not contribute are counted and not drawn.
public struct ExposurePlot: Hashable, Sendable {
    /// One signature's part.
    public struct Exposure: Hashable, Sendable {
        /// The signature's name.
        public let signature: String
        /// Mutations that it explains; finite, not negative.
        public let value: Double
        /// The interval of the value; nil where the table gives none.
        public let interval: ClosedRange<Double>?
    }

    /// The sample's name.
    public let sample: String
    /// All signatures, in the order of the table.
    public let exposures: [Exposure]

    /// The charts of a table of exposures, one a sample, in its order.
    ///
    /// - Shape: a row a signature, a column a sample; or the other way round where the first column is called `Samples`, as
    ///   SigProfilerAssignment writes it. Columns `lower` and `upper` are the interval of the only sample, `P1_lower` and `P1_upper`
    ///   (or with a point or a blank) that of `P1`.
    /// - Throws: `InputError`: rows that are mutation types, an interval without its sample or its other end, numbers that are negative, not
    ///   finite or above 10¹⁵.
    public static func plots(_ table: LabeledMatrix, file: String) throws(InputError) -> [ExposurePlot] {
        guard !table.rows.isEmpty, !table.columns.isEmpty else {
            throw InputError(
                file: file,
                problem: "the table is empty, a row a signature and a column a sample were expected",
                remedy: "Give a table as signatures refit writes it.")
        }
        if let kind = SpectrumPlot.kind(table.rows) {
            throw InputError(
                file: file,
                problem: "the rows are the mutation types of \(kind.rawValue), signatures were expected",
                remedy: "Give a catalogue with --matrix.", kind: .usage)
        }
        let table = ["sample", "samples"].contains(table.corner.lowercased()) ? transposed(table) : table
        for (column, values) in zip(table.columns, table.values) {
            for (row, value) in zip(table.rows, values) { try PlotNumber.require(value, row, column, file) }
        }
        let columns = try ExposureColumns(table.columns, file: file)
        var plots: [ExposurePlot] = []
        for sample in columns.samples {
            var exposures: [Exposure] = []
            for (place, signature) in table.rows.enumerated() {
                var interval: ClosedRange<Double>?
                if let (low, high) = sample.interval {
                    let (lower, upper) = (table.values[low][place], table.values[high][place])
                    guard lower <= upper else {
                        throw InputError(
                            file: file, place: .record(signature),
                            problem:
                                "\(table.columns[low]) \(lower) is above \(table.columns[high]) \(upper)",
                            remedy: "Mend the row.")
                    }
                    interval = lower...upper
                }
                exposures.append(
                    Exposure(
                        signature: signature, value: table.values[sample.value][place], interval: interval))
            }
            plots.append(ExposurePlot(sample: table.columns[sample.value], exposures: exposures))
        }
        return plots
    }

    private static func transposed(_ table: LabeledMatrix) -> LabeledMatrix {
        LabeledMatrix(
            corner: "Signature", rows: table.columns, columns: table.rows,
            values: table.rows.indices.map { row in table.values.map { $0[row] } })
    }

    // MARK: Picture

    private static let rowHeight = 20.0
    private static let plotWidth = 640.0
    private static let valueWidth = 150.0

    /// The picture, an SVG file.
    public var svg: String {
        let shown = exposures.enumerated().filter {
            $0.element.value > 0 || ($0.element.interval?.upperBound ?? 0) > 0
        }.sorted { ($1.element.value, $0.offset) < ($0.element.value, $1.offset) }.map(\.element)
        let total = exposures.reduce(0) { $0 + $1.value }
        let heading = ": exposures of signatures, total \(PlotNumber.grouped(total))"
        let rest = exposures.count - shown.count
        let note = "\(rest) of \(exposures.count) signatures contribute nothing."
        let widest = shown.map { SVGDocument.width(of: $0.signature, size: 12) }.max() ?? 0
        let left = min(max(widest, 40), 260) + 30
        let top = 58.0, bottom = top + Self.rowHeight * Double(shown.count)
        let ends = shown.map { max($0.value, $0.interval?.upperBound ?? 0) }
        let axis = AxisScale(
            maximum: ends.max() ?? 0, isWhole: exposures.allSatisfy { $0.value == $0.value.rounded() })
        var picture = SVGDocument(
            width: left + Self.plotWidth + Self.valueWidth, height: bottom + 44, title: sample + heading,
            description: description(shown, total, note))
        picture.heading(sample, heading)
        picture.text(note, x: 20, y: 44, fill: "#555555")
        if shown.isEmpty { return picture.text }
        for tick in axis.ticks {
            let x = left + tick / axis.end * Self.plotWidth
            picture.line("grid", from: (x, top), to: (x, bottom), stroke: "#E5E5E5")
            picture.text(PlotNumber.grouped(tick), x: x, y: bottom + 16, anchor: .middle)
        }
        picture.text("Exposure", x: left + Self.plotWidth / 2, y: bottom + 34, size: 12, anchor: .middle)
        for (place, exposure) in shown.enumerated() {
            let y = top + Self.rowHeight * Double(place)
            func x(_ value: Double) -> Double { left + value / axis.end * Self.plotWidth }
            picture.text(
                SVGDocument.cut(exposure.signature, to: left - 30, size: 12), x: left - 8, y: y + 14,
                size: 12,
                anchor: .end)
            picture.rect(
                "bar", x: left, y: y + 3, width: x(exposure.value) - left, height: Self.rowHeight - 6,
                fill: "#3B73AF", title: Self.text(exposure, total))
            if let interval = exposure.interval {
                let (low, high, middle) = (x(interval.lowerBound), x(interval.upperBound), y + 10)
                picture.line(
                    "interval", from: (low, middle), to: (high, middle), stroke: "#222222", width: 1.5)
                for end in [low, high] {
                    picture.line("cap", from: (end, y + 6), to: (end, y + 14), stroke: "#222222", width: 1.5)
                }
            }
            picture.text(
                PlotNumber.grouped(exposure.value) + Self.share(exposure.value, total), x: x(ends[place]) + 6,
                y: y + 14)
        }
        picture.line("axis", from: (left, top), to: (left, bottom), stroke: "#222222")
        return picture.text
    }

    private func description(_ shown: [Exposure], _ total: Double, _ note: String) -> String {
        let lines = shown.count > 100 ? [] : shown.map { Self.text($0, total) }
        return (["A bar a signature. " + note] + lines).joined(separator: "\n")
    }

    private static func text(_ exposure: Exposure, _ total: Double) -> String {
        var text = "\(exposure.signature): \(PlotNumber.text(exposure.value))" + share(exposure.value, total)
        if let interval = exposure.interval {
            text += ", \(PlotNumber.text(interval.lowerBound)) to \(PlotNumber.text(interval.upperBound))"
        }
        return text
    }

    /// ` (48.8 %)`
    private static func share(_ value: Double, _ total: Double) -> String {
        guard total > 0 else { return "" }
        return " (\(PlotNumber.text((value / total * 1000).rounded() / 10)) %)"
    }
}

/// Which columns of a table of exposures are samples, and which are the ends of their intervals.
struct ExposureColumns {
    struct Sample {
        let value: Int
        let interval: (lower: Int, upper: Int)?
    }

    private(set) var samples: [Sample] = []

    init(_ columns: [String], file: String) throws(InputError) {
        let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
        var ends = Set<Int>()
        var intervals: [Int: (lower: Int, upper: Int)] = [:]
        let bare = (places["lower"], places["upper"])
        if bare.0 != nil || bare.1 != nil {
            guard let lower = bare.0, let upper = bare.1 else {
                throw Self.fault(file, "one of the columns lower and upper is there, the other is not")
            }
            let others = columns.indices.filter { $0 != lower && $0 != upper }
            guard others.count == 1 else {
                throw Self.fault(
                    file,
                    "columns lower and upper stand beside \(others.count) others; one sample was expected")
            }
            ends = [lower, upper]
            intervals[others[0]] = (lower, upper)
        }
        for (place, name) in columns.enumerated() {
            for separator in ["_", ".", " "] {
                guard let lower = places["\(name)\(separator)lower"],
                    let upper = places["\(name)\(separator)upper"]
                else { continue }
                ends.formUnion([lower, upper])
                intervals[place] = (lower, upper)
            }
        }
        samples = columns.indices.filter { !ends.contains($0) }.map {
            Sample(value: $0, interval: intervals[$0])
        }
    }

    private static func fault(_ file: String, _ problem: String) -> InputError {
        InputError(
            file: file, problem: problem,
            remedy: "Name the columns of sample P1 P1, P1_lower and P1_upper.")
    }
}
