public import Genome

/// How much each reference signature contributes to a sample's catalogue.
public struct SignatureRefit: Sendable {
    /// Which signatures may contribute.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        /// All of them: non-negative least squares.
        case nnls
        /// Those that the fit needs, found by taking away and adding: the search of SigProfilerAssignment, with its penalties.
        case sparse
        /// Those that are left when the smallest is taken away until the fit suffers: backward elimination of MutationalPatterns.
        case strict
    }

    /// The contributions to one sample.
    public struct Fit: Hashable, Sendable {
        /// Mutations by signature, in the order of the reference.
        public var exposures: [Double]
        /// Cosine of the catalogue and what the exposures make; nil for an empty catalogue.
        public var cosine: Double?
    }

    /// The loss of relative error from which on a signature is added, taken away, and taken away at the start.
    ///
    /// Source: SigProfilerAssignment's defaults (`nnls_add_penalty`, `nnls_remove_penalty`, `initial_remove_penalty`).
    private static let penalties = (add: 0.05, remove: 0.01, initial: 0.05)
    /// The fall of the cosine in one step at which `strict` stops. Source: MutationalPatterns `fit_to_signatures_strict`.
    private static let largestFall = 0.004
    /// Signatures of every cell, which `sparse` keeps.
    private static let background = ["SBS1", "SBS5"]
    /// Signatures of one process, of which `sparse` takes all or none at first.
    private static let groups = [
        ["SBS2", "SBS13"], ["SBS7a", "SBS7b", "SBS7c", "SBS7d"], ["SBS10a", "SBS10b"], ["SBS17a", "SBS17b"],
    ]

    private let solver: NonNegativeLeastSquares
    private let count: Int
    private let background: [Int]
    private let groups: [[Int]]

    /// A refit with reference signatures; catalogues have their rows in the same order.
    public init(_ reference: LabeledMatrix) {
        solver = NonNegativeLeastSquares(columns: reference.values)
        count = reference.columns.count
        let places = Dictionary(uniqueKeysWithValues: reference.columns.enumerated().map { ($1, $0) })
        background = Self.background.compactMap { places[$0] }
        groups = Self.groups.map { $0.compactMap { places[$0] } }
    }

    /// Fits one catalogue.
    public func fit(_ catalogue: [Double], _ method: Method) -> Fit {
        guard catalogue.contains(where: { $0 > 0 }) else {
            return Fit(exposures: Array(repeating: 0, count: count), cosine: nil)
        }
        let all = Array(0..<count)
        let exposures =
            switch method {
            case .nnls: solver.solve(catalogue, allowed: all)
            case .strict: strict(catalogue)
            case .sparse: solver.solve(catalogue, allowed: sparse(catalogue))
            }
        return Fit(exposures: exposures, cosine: Self.cosine(catalogue, solver.reconstruction(exposures)))
    }

    /// The seed of draws where none is given.
    public static let defaultSeed: UInt64 = 20_260_101

    /// The 5th and 95th percentile of what each signature contributes to catalogues drawn again. The signatures stay those of the fit.
    func intervals(
        _ catalogue: [Double], _ fit: Fit, draws: Int, seed: UInt64
    ) -> [(lower: Double, upper: Double)] {
        let kept = fit.exposures.indices.filter { fit.exposures[$0] > 0 }
        var bootstrap = Bootstrap(catalogue, seed: seed)
        var drawn = Array(repeating: [Double](), count: count)
        for _ in 0..<draws {
            let exposures = solver.solve(bootstrap.next(), allowed: kept)
            for number in kept { drawn[number].append(exposures[number]) }
        }
        return drawn.map { values in
            let sorted = values.sorted()
            return (Self.percentile(sorted, 0.05), Self.percentile(sorted, 0.95))
        }
    }

    /// Linear between the two nearest ranks.
    private static func percentile(_ sorted: [Double], _ share: Double) -> Double {
        guard let last = sorted.last else { return 0 }
        let place = share * Double(sorted.count - 1)
        let low = Int(place)
        guard low + 1 < sorted.count else { return last }
        return sorted[low] + (place - Double(low)) * (sorted[low + 1] - sorted[low])
    }

    /// The contributions to every sample of a table of catalogues.
    ///
    /// - Shape: with `draws` each sample has the columns `SAMPLE_lower` and `SAMPLE_upper` behind it.
    /// - Throws: `InputError` where the rows of the two tables differ.
    public static func refit(
        _ catalogues: LabeledMatrix, file: String, reference: LabeledMatrix, referenceFile: String,
        method: Method, draws: Int? = nil, seed: UInt64 = SignatureRefit.defaultSeed
    ) throws(InputError) -> LabeledMatrix {
        let joined = try reference.joined(to: catalogues.rows, file: referenceFile, other: file)
        let refit = SignatureRefit(joined)
        var columns: [String] = [], values: [[Double]] = []
        for (sample, catalogue) in zip(catalogues.columns, catalogues.values) {
            let fit = refit.fit(catalogue, method)
            columns.append(sample)
            values.append(fit.exposures)
            guard let draws else { continue }
            let intervals = refit.intervals(catalogue, fit, draws: draws, seed: seed)
            columns += ["\(sample)_lower", "\(sample)_upper"]
            values += [intervals.map(\.lower), intervals.map(\.upper)]
        }
        return LabeledMatrix(corner: "Signature", rows: reference.columns, columns: columns, values: values)
    }

    // MARK: Strict

    private func strict(_ catalogue: [Double]) -> [Double] {
        var kept = Array(0..<count)
        var exposures = solver.solve(catalogue, allowed: kept)
        kept.removeAll { exposures[$0] <= 0 }
        var cosine = Self.cosine(catalogue, solver.reconstruction(exposures)) ?? 0
        while kept.count > 1, let smallest = kept.min(by: { (exposures[$0], $0) < (exposures[$1], $1) }) {
            let fewer = kept.filter { $0 != smallest }
            let next = solver.solve(catalogue, allowed: fewer)
            let nextCosine = Self.cosine(catalogue, solver.reconstruction(next)) ?? 0
            guard cosine - nextCosine <= Self.largestFall else { break }
            (kept, exposures, cosine) = (fewer, next, nextCosine)
        }
        return exposures
    }

    // MARK: Sparse

    private func sparse(_ catalogue: [Double]) -> [Int] {
        let search = Search(solver: solver, catalogue: catalogue)
        let start = solver.solve(catalogue, allowed: Array(0..<count))
        var kept = search.thinned(
            (0..<count).filter { start[$0] > 0 }, keeping: [], penalty: Self.penalties.initial)
        kept = completed(Set(kept).union(background))
        var seen = Set<[Int]>()
        while seen.insert(kept).inserted {
            var error = search.error(kept)
            while let best = (0..<count).filter({ !kept.contains($0) })
                .map({ (set: completed(Set(kept).union([$0])), number: $0) })
                .map({ (error: search.error($0.set), number: $0.number, set: $0.set) })
                .min(by: { ($0.error, $0.number) < ($1.error, $1.number) }),
                error - best.error > Self.penalties.add
            {
                (kept, error) = (best.set, best.error)
            }
            kept = search.thinned(kept, keeping: background, penalty: Self.penalties.remove)
        }
        return kept
    }

    /// With a signature all of its group.
    private func completed(_ chosen: Set<Int>) -> [Int] {
        var chosen = chosen
        for group in groups where !chosen.isDisjoint(with: group) { chosen.formUnion(group) }
        return chosen.sorted()
    }

    /// cos(a, b); nil where one of them is 0.
    static func cosine(_ left: [Double], _ right: [Double]) -> Double? {
        let (left, right) = (LaneVector(left), LaneVector(right))
        let lengths = left.dot(left) * right.dot(right)
        return lengths > 0 ? left.dot(right) / lengths.squareRoot() : nil
    }
}

/// The relative errors of sets of signatures on one catalogue.
private struct Search {
    let solver: NonNegativeLeastSquares
    let catalogue: [Double]
    private let lanes: LaneVector

    init(solver: NonNegativeLeastSquares, catalogue: [Double]) {
        (self.solver, self.catalogue, lanes) = (solver, catalogue, LaneVector(catalogue))
    }

    /// |Se − d| / |d| of the best fit with these signatures.
    func error(_ chosen: [Int]) -> Double {
        let made = solver.reconstruction(solver.solve(catalogue, allowed: chosen))
        return (lanes.squaredDistance(LaneVector(made)) / lanes.dot(lanes)).squareRoot()
    }

    /// Takes the least missed signature away as long as the error grows by less than the penalty.
    func thinned(_ chosen: [Int], keeping kept: [Int], penalty: Double) -> [Int] {
        var chosen = chosen
        var last = error(chosen)
        while chosen.count > 1 {
            let best = chosen.filter { !kept.contains($0) }
                .map { number in (error: error(chosen.filter { $0 != number }), number: number) }
                .min { ($0.error, $0.number) < ($1.error, $1.number) }
            guard let best, best.error - last < penalty else { break }
            chosen.removeAll { $0 == best.number }
            last = best.error
        }
        return chosen
    }
}
