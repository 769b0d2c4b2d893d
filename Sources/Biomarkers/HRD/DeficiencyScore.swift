public import Genome
internal import Variants

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// The logistic score of HRDetect from its six features. A research score: its signatures are those of 2016 and 2017, it was trained on whole genomes of breast
/// tumors, and patents may bear on its use.
///
/// - Source: Davies et al., Nat Med 2017;23:517; specification section 4.7.
public struct DeficiencyScore: Codable, Hashable, Sendable {
    /// `hrdetect_davies2017`.
    public var id = Self.name
    /// How far the score can be trusted.
    public var status: BiomarkerStatus
    /// Why the status is not `ok`.
    public var statusReason: String
    /// The features as given.
    public var features: [String: Double]
    /// The probability; nil where a feature is missing.
    public var probability: Double?

    /// The id of the score.
    public static let name = "hrdetect_davies2017"
    /// From this probability on a tumor counts as deficient.
    public static let cutoff = 0.7
    private static let intercept = -3.364

    /// The feature that is a share; the others are counts.
    private static let shareName = "del.mh.prop"

    /// A feature: the mean and the standard deviation of ln(x + 1) where it was trained, and its weight.
    private static let model: [(name: String, mean: Double, deviation: Double, weight: Double)] = [
        (shareName, 0.218, 0.090, 2.398), ("SNV3", 2.096, 3.555, 1.611), ("SV3", 1.260, 1.657, 1.153),
        ("SV5", 1.935, 1.483, 0.847), ("hrd", 2.195, 0.750, 0.667), ("SNV8", 4.390, 3.179, 0.091),
    ]

    /// The names of the features: the share of deletions with microhomology, mutations of SBS 3, rearrangements of signatures 3 and 5, HRD-LOH without the cap,
    /// mutations of SBS 8.
    public static let featureNames = model.map(\.name)

    /// The score of features by name; a missing one is not imputed.
    ///
    /// - Shape: the first a share 0 … 1, the others counts, 0 or more.
    public init(features: [String: Double]) {
        self.features = features.filter { Self.featureNames.contains($0.key) }
        let missing = Self.featureNames.filter { name in
            features[name].map { !$0.isFinite || $0 < 0 || name == Self.shareName && $0 > 1 } ?? true
        }
        guard missing.isEmpty else {
            (status, statusReason) = (.notComputable, "no value of \(missing.joined(separator: ", "))")
            return
        }
        var logit = Self.intercept
        for part in Self.model {
            logit += part.weight * (log((features[part.name] ?? 0) + 1) - part.mean) / part.deviation
        }
        probability = 1 / (1 + exp(-logit))
        (status, statusReason) = (.ok, "")
    }

    /// The features of one sample in a table with their names as columns.
    ///
    /// - Shape: `sample` chooses the row where the table has a column `sample` and several rows.
    /// - Throws: `InputError` for a table without the columns, without the sample, or with values that are no numbers.
    public init(text: String, file: String, sample: String) throws(InputError) {
        let rows = text.split(whereSeparator: \.isNewline).map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        func fault(_ line: Int, _ problem: String) -> InputError {
            InputError(
                file: file, place: .line(line), problem: problem,
                remedy:
                    "Give a table with the columns sample and \(Self.featureNames.joined(separator: ", ")), one row a sample."
            )
        }
        guard let head = rows.first, head.contains(where: Self.featureNames.contains) else {
            throw fault(1, "the columns are \(rows.first?.joined(separator: ", ").prefix(200) ?? "none")")
        }
        let names = head.firstIndex(of: "sample")
        let place: Int
        if rows.count == 2 {
            place = 1
        } else {
            guard let names,
                let found = rows.dropFirst().firstIndex(where: { $0.count > names && $0[names] == sample })
            else { throw fault(1, "\(rows.count - 1) rows, and none is of sample \"\(sample)\"") }
            place = found
        }
        guard rows[place].count == head.count else {
            throw fault(place + 1, "\(rows[place].count) values below \(head.count) names")
        }
        var features: [String: Double] = [:]
        for (name, cell) in zip(head, rows[place])
        where Self.featureNames.contains(name) && !["", "NA", "."].contains(cell) {
            guard let value = Double(cell), value.isFinite, value >= 0 else {
                throw fault(place + 1, "\(name) is \"\(cell)\", a number of 0 or more was expected")
            }
            guard name != Self.shareName || value <= 1 else {
                throw fault(place + 1, "\(name) is \"\(cell)\", a share from 0 to 1 was expected")
            }
            features[name] = value
        }
        self.init(features: features)
        if let names, status == .ok, SampleNames.isSame(rows[place][names], sample) == false {
            (status, statusReason) = (
                .lowConfidence,
                "the features are of \"\(rows[place][names])\", the tumor is \"\(sample)\""
            )
        }
    }
}
