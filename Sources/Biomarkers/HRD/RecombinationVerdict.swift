/// What scars and genes together say of homologous recombination, in words; never a bare yes.
///
/// - Source: specification sections 4.5 and 4.9. The cut-off of 42 is that of a panel test in ovarian and triple-negative breast cancer
///   (Telli et al., Clin Cancer Res 2016); repeat tests of one tissue scatter from 38 to 45.
public enum RecombinationVerdict {
    /// The sum of scars from which on a tumor counts as deficient in the panel test.
    public static let cutoff = 42
    /// Sums over which repeat tests of one tissue scatter.
    static let grey = 38...45

    /// The verdict.
    ///
    /// - Shape: `scarSum` nil where scars could not be counted; `genes` of recombination with their states.
    public static func text(scarSum: Int?, genes: [GeneStatus]) -> String {
        let hit = genes.filter { $0.status == .biallelic }.map(\.gene)
        let names = hit.joined(separator: ", ")
        let open = genes.filter { $0.status == .unknown }.map(\.gene)
        guard let scarSum else {
            return hit.isEmpty
                ? "not assessable: no scars were counted"
                : "gene only: both copies of \(names) are hit; no scars were counted"
        }
        let sum = "scar sum \(scarSum); the cut-off of \(cutoff) is borrowed from a panel test"
        let history = "Scars show history, not the present state."
        let unknown =
            open.isEmpty ? "" : " Not known is the state of \(open.joined(separator: ", "))."
        let untested = " Methylation of promoters (BRCA1, RAD51C) is not tested."
        if !hit.isEmpty {
            if scarSum >= cutoff { return "strong: both copies of \(names) are hit, \(sum). \(history)" }
            if grey.contains(scarSum) { return "grey: both copies of \(names) are hit, \(sum). \(history)" }
            return
                "gene only: both copies of \(names) are hit, without the scars (\(sum)). These contradict each other."
        }
        if scarSum > grey.upperBound {
            return
                "supported: \(sum); no gene is known to be hit on both copies.\(unknown)\(untested) \(history)"
        }
        if grey.contains(scarSum) {
            return
                "grey: \(sum), repeat tests scatter from \(grey.lowerBound) to \(grey.upperBound).\(unknown)\(untested)"
        }
        return "none: \(sum); no gene is known to be hit on both copies.\(unknown)\(untested)"
    }
}
