/// What scars, score and genes together say of homologous recombination, in words; never a bare yes.
///
/// - Source: specification sections 4.5, 4.7 and 4.9. The cut-off of 42 is that of a panel test in ovarian and triple-negative breast cancer
///   (Telli et al., Clin Cancer Res 2016); repeat tests of one tissue scatter from 38 to 45.
public enum RecombinationVerdict {
    /// The sum of scars from which on a tumor counts as deficient in the panel test.
    public static let cutoff = 42
    /// Sums over which repeat tests of one tissue scatter.
    static let grey = 38...45
    /// Probabilities that are neither.
    private static let greyProbability = 0.5..<DeficiencyScore.cutoff

    /// The verdict.
    ///
    /// - Shape: `scarSum` nil where scars could not be counted; `probability` HRDetect's; `genes` of recombination with their states.
    public static func text(
        scarSum: Int?, probability: Double? = nil, isUnstable: Bool = false, genes: [GeneStatus]
    ) -> String {
        if isUnstable {
            return "not assessable: microsatellite instability makes scars and score meaningless"
        }
        let hit = genes.filter { $0.status == .biallelic }.map(\.gene)
        let names = hit.joined(separator: ", ")
        let open = genes.filter { $0.status == .unknown }.map(\.gene)
        guard scarSum != nil || probability != nil else {
            return hit.isEmpty
                ? "not assessable: no scars were counted"
                : "gene only: both copies of \(names) are hit; no scars were counted"
        }
        var measures: [String] = []
        if let scarSum {
            measures.append("scar sum \(scarSum); the cut-off of \(cutoff) is borrowed from a panel test")
        }
        if let probability {
            let value = (probability * 1000).rounded() / 1000
            measures.append("HRDetect \(value), a research score with the cut-off \(DeficiencyScore.cutoff)")
        }
        let sum = measures.joined(separator: "; ")
        let history = "Scars show history, not the present state."
        let unknown =
            open.isEmpty ? "" : " Not known is the state of \(open.joined(separator: ", "))."
        let untested = " Methylation of promoters (BRCA1, RAD51C) is not tested."
        let isScored = probability.map { $0 >= DeficiencyScore.cutoff } ?? false
        let isGrey =
            scarSum.map(grey.contains) ?? false || probability.map(greyProbability.contains) ?? false
        let against =
            scarSum.map { $0 < grey.lowerBound } ?? false
            || probability.map { $0 < greyProbability.lowerBound } ?? false
        if !hit.isEmpty {
            if isScored || scarSum.map({ $0 >= cutoff }) ?? false {
                let contradiction = against ? " Sum and score contradict each other." : ""
                return "strong: both copies of \(names) are hit, \(sum).\(contradiction) \(history)"
            }
            if isGrey { return "grey: both copies of \(names) are hit, \(sum). \(history)" }
            return
                "gene only: both copies of \(names) are hit, without the scars (\(sum)). These contradict each other."
        }
        if isScored || scarSum.map({ $0 > grey.upperBound }) ?? false {
            let contradiction = against ? " Sum and score contradict each other." : ""
            return
                "supported: \(sum); no gene is known to be hit on both copies.\(contradiction)\(unknown)\(untested) \(history)"
        }
        if isGrey {
            return
                "grey: \(sum), repeat tests scatter from \(grey.lowerBound) to \(grey.upperBound).\(unknown)\(untested)"
        }
        return "none: \(sum); no gene is known to be hit on both copies.\(unknown)\(untested)"
    }
}
