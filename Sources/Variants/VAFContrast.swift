/// Tells tumor from normal by the data: somatic variants show in one column.
///
/// Takes the first 2,000 biallelic SNVs that pass and have depth 20 in both columns. A file that never uses `PASS`
/// is known as such only at its end, so records with `.` are summed beside those with `PASS`.
///
/// - Source: specification section 1.1, rung 4; the least number of SNVs is our own.
public struct VAFContrast: Sendable {
    /// SNVs taken at most.
    static let maximumVariants = 2000
    /// SNVs without which nothing is said.
    static let minimumVariants = 10
    /// Depth needed in both columns.
    static let minimumDepth = 20
    /// How many times the other's mean fraction makes a tumor.
    static let factor = 5.0

    private struct Sums: Sendable {
        var count = 0
        var fractions = [0.0, 0.0]
    }

    private let decoder: ReadDepthDecoder
    private let columns: [Int]
    private var passed = Sums()
    private var unfiltered = Sums()
    private var usesPass = false

    /// A contrast of two columns, by default the first two; nil if the file has not got them.
    public init?(header: VCFHeader, columns: (Int, Int) = (0, 1)) {
        let both = [columns.0, columns.1]
        guard columns.0 != columns.1, both.allSatisfy(header.samples.indices.contains) else { return nil }
        self.columns = both
        decoder = ReadDepthDecoder(header: header)
    }

    /// Whether more records change nothing.
    public var isFull: Bool { passed.count >= Self.maximumVariants }

    /// Takes a record in if it is one of those that count.
    public mutating func add(_ record: VCFRecord) {
        let filter = record.filterState, isPass = filter == .passed
        if isPass { usesPass = true }
        guard filter != .failed, record.column(3).count == 1, record.column(4).count == 1,
            record.alternateCount == 1, (isPass ? passed : unfiltered).count < Self.maximumVariants
        else { return }
        var fractions: [Double] = []
        for column in columns {
            let call = decoder.call(record, alleleIndex: 1, sample: column)
            guard let depth = call.depth, depth >= Self.minimumDepth, let vaf = call.vaf else { return }
            fractions.append(vaf)
        }
        func add(to sums: inout Sums) {
            sums.count += 1
            for index in fractions.indices { sums.fractions[index] += fractions[index] }
        }
        if isPass { add(to: &passed) } else { add(to: &unfiltered) }
    }

    private var sums: Sums { usesPass ? passed : unfiltered }

    /// SNVs taken.
    public var count: Int { sums.count }

    /// Mean fraction of alternate reads of the two columns, 0 … 1; nil without SNVs.
    public var means: (Double, Double)? {
        guard count > 0 else { return nil }
        return (sums.fractions[0] / Double(count), sums.fractions[1] / Double(count))
    }

    /// The tumor's column, or nil if the data do not tell.
    public var tumorColumn: Int? {
        guard count >= Self.minimumVariants, let means else { return nil }
        if means.0 > 0, means.0 >= Self.factor * means.1 { return columns[0] }
        if means.1 > 0, means.1 >= Self.factor * means.0 { return columns[1] }
        return nil
    }

    func text(samples: [String]) -> String {
        guard let means else { return "the data" }
        let parts = zip(columns, [means.0, means.1]).map { column, mean -> String in
            let thousandths = Int((mean * 1000).rounded())
            let digits = String(thousandths % 1000)
            let padded = String(repeating: "0", count: 3 - digits.count) + digits
            return "\(thousandths / 1000).\(padded) in \(samples[column])"
        }
        return "the data: mean alternate fraction of \(count) SNVs is " + parts.joined(separator: ", ")
    }
}
