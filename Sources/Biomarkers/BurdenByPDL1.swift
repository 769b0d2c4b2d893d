/// The burden of a lung tumor and its PD-L1 side by side: together they tell more than either.
///
/// - Source: specification section 2.3 (Yu et al., JAMA Netw Open 2019;2:e196879). PD-L1 is the pathologist's: tumor proportion score.
public struct BurdenByPDL1: Codable, Hashable, Sendable {
    /// `high` or `low` by `tmb_panel_like` and 10 mutations/Mb, `unknown` where that is not told.
    public var burden: String
    /// Whether the burden's interval holds the cut-off.
    public var isBorderline: Bool
    /// The tumor proportion score, percent.
    public var tumorProportionScore: Int
    /// `>=50`, `1-49` or `<1`.
    public var group: String

    /// The place of a tumor in the table.
    public init(_ burden: MutationalBurden?, tumorProportionScore: Int) {
        self.burden = burden?.classification ?? "unknown"
        isBorderline = burden?.isBorderline ?? false
        self.tumorProportionScore = tumorProportionScore
        group = tumorProportionScore >= 50 ? ">=50" : tumorProportionScore >= 1 ? "1-49" : "<1"
    }
}
