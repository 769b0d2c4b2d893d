/// The catalogue of one kind of mutations, and the signatures that explain it where reference signatures were given.
public struct SignatureResult: Codable, Hashable, Sendable {
    /// What one signature contributes.
    public struct Exposure: Codable, Hashable, Sendable {
        /// The signature.
        public var signature: String
        /// Mutations.
        public var mutations: Double
        /// Their share of all mutations, 0 … 1.
        public var fraction: Double
        /// The 5th and 95th percentile of ``mutations`` over catalogues drawn again.
        public var interval90: [Double]
        /// Whether the 5th percentile is more than 5 % of the mutations.
        public var isPresent: Bool
    }

    /// How far the exposures can be trusted.
    public var status: BiomarkerStatus
    /// Why the status is not `ok`.
    public var statusReason: String
    /// How often each type occurs; nil where nothing could be counted.
    public var catalogue: [String: Int]?
    /// The mutations in the catalogue.
    public var mutations: Int?
    /// The cosine of the catalogue and what the exposures make; nil without reference signatures, as the next ones.
    public var cosine: Double?
    /// How signatures were chosen.
    public var method: String?
    /// Which of them could contribute, where a table says so for the tumor type: `LUAD: 12 of 86`.
    public var allowed: String?
    /// What contributes, the most first.
    public var exposures: [Exposure]?
    /// Mutations that no present signature explains.
    public var unassigned: Double?

    /// The fewest mutations of a catalogue that is refitted.
    ///
    /// Source: specification section 5.5.
    public static let fewest: [MutationTypes: Int] = [
        .sbs96: 200, .id83: 50, .dbs78: 25, .sv32: 30, .cnv48: 1,
    ]
    /// Signatures that are taken for artifacts of sequencing, with the share that calls for a warning.
    ///
    /// Source: specification section 5.6.
    static let artifacts = Set(
        (["27", "43", "95"] + (45...60).map(String.init)).map { "SBS\($0)" } + ["DBS14"])
    private static let artifactShare = 0.2
    private static let (lowCosine, fairCosine) = (0.85, 0.9)
    private static let draws = 200

    /// No catalogue, for this reason.
    public init(reason: String) { (status, statusReason) = (.notComputable, reason) }

    /// A catalogue without reference signatures of its kind, or with them; `allowed` are those that the tumor type may have.
    ///
    /// - Shape: `counts` in the order of the type's names; the rows of `reference` are those names.
    public init(
        _ counts: [Double], _ types: MutationTypes, reference: LabeledMatrix?,
        allowed: (tumorType: String, signatures: Set<String>)? = nil
    ) {
        let total = counts.reduce(0, +)
        catalogue = Dictionary(uniqueKeysWithValues: zip(types.names, counts.map { Int($0) }))
        mutations = Int(total)
        (status, statusReason) = (.ok, "")
        guard let reference else {
            (status, statusReason) = (.notComputable, "no reference signatures of this kind are given")
            return
        }
        let fewest = Self.fewest[types] ?? 1
        guard Int(total) >= fewest else {
            (status, statusReason) = (.lowCount, "\(Int(total)) mutations, at least \(fewest) needed")
            return
        }
        let others = allowed.map { Set(reference.columns).subtracting($0.signatures) } ?? []
        if let allowed {
            let whole = reference.columns.count
            self.allowed = "\(allowed.tumorType): \(whole - others.count) of \(whole)"
        }
        let own = reference.without(Self.artifacts.union(others))
        let refit = SignatureRefit(own)
        let fit = refit.fit(counts, .sparse)
        method = SignatureRefit.Method.sparse.rawValue
        cosine = fit.cosine.map { Self.rounded($0, 1e6) }
        let kept = fit.exposures.indices.filter { fit.exposures[$0] > 0 }
        let intervals = refit.intervals(counts, fit, draws: Self.draws, seed: SignatureRefit.defaultSeed)
        var found: [Exposure] = []
        for number in kept {
            let interval = [intervals[number].lower, intervals[number].upper]
            found.append(
                Exposure(
                    signature: own.columns[number], mutations: Self.rounded(fit.exposures[number], 1e3),
                    fraction: Self.rounded(fit.exposures[number] / total, 1e6),
                    interval90: interval.map { Self.rounded($0, 1e3) },
                    isPresent: interval[0] > 0.05 * total))
        }
        exposures = found.sorted { ($1.mutations, $0.signature) < ($0.mutations, $1.signature) }
        let present = found.filter(\.isPresent).reduce(0) { $0 + $1.mutations }
        unassigned = Self.rounded(max(0, total - present), 1e3)
        var reasons: [String] = []
        if cosine == nil {
            status = .lowConfidence
            reasons.append("the signatures explain none of the catalogue")
        }
        if let cosine, cosine < Self.fairCosine {
            reasons.append(
                "the signatures make the catalogue with a cosine of \(Self.rounded(cosine, 1e3)) only")
            if cosine < Self.lowCosine { status = .lowConfidence }
        }
        if let text = Self.artifactText(counts, reference.without(others.subtracting(Self.artifacts)), total)
        {
            status = .lowConfidence
            reasons.append(text)
        }
        statusReason = reasons.joined(separator: "; ")
    }

    private static func rounded(_ value: Double, _ scale: Double) -> Double {
        (value * scale).rounded() / scale
    }

    /// Whether artifacts, which take no part in the fit, would explain a fifth of the catalogue if they did.
    private static func artifactText(_ counts: [Double], _ reference: LabeledMatrix, _ total: Double)
        -> String?
    {
        let places = reference.columns.indices.filter { artifacts.contains(reference.columns[$0]) }
        guard !places.isEmpty else { return nil }
        let fit = SignatureRefit(reference).fit(counts, .sparse)
        let found = places.filter { fit.exposures[$0] > 0 }
        let share = found.reduce(0) { $0 + fit.exposures[$1] } / total
        guard share > artifactShare else { return nil }
        let names = found.map { reference.columns[$0] }.joined(separator: ", ")
        return "signatures of possible artifacts would explain \(Int((share * 100).rounded())) % (\(names))"
    }
}
