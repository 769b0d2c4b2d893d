/// Which numbers of copies are called an event.
///
/// - Source: specification section 6; PURPLE and PCGR as their code has it (hmftools; pcgr `main.py`, `cna.py`).
public enum CopyNumberRule: String, Hashable, Sendable, CaseIterable {
    /// This program's.
    case ours
    /// PURPLE's.
    case purple
    /// PCGR's absolute rule.
    case pcgr

    /// What happened to a gene.
    public enum Event: String, Hashable, Sendable {
        /// Many copies.
        case amplification
        /// More copies.
        case gain
        /// No copy left.
        case homozygousDeletion = "homozygous_deletion"
        /// One copy left.
        case loss
    }

    /// An event, or none, with the rule that fired.
    public struct Call: Hashable, Sendable {
        /// What happened; nil for neither many nor few copies.
        public var event: Event?
        /// The comparison that made the event, with its numbers; empty without one.
        public var rule: String
        /// Whether one allele is gone; nil where the minor copy number is not known or there is only one.
        public var isLossOfHeterozygosity: Bool?

        /// Creates a call.
        public init(event: Event?, rule: String, isLossOfHeterozygosity: Bool?) {
            (self.event, self.rule, self.isLossOfHeterozygosity) = (event, rule, isLossOfHeterozygosity)
        }
    }

    /// The longest stretch, in bases, that is a focal event.
    public static let focalLength = 10_000_000

    /// Genes of which an amplification of a part counts in PURPLE's rule.
    private static let partialGenes: Set<String> = [
        "BRAF", "EGFR", "CTNNB1", "CBL", "MET", "ALK", "PDGFRA",
    ]

    /// Calls a gene.
    ///
    /// - Shape: `ploidy` copies of the mean genome; `isSingle` for X and Y of a man, of which there is one copy: thresholds that rest on
    ///   the ploidy are halved there, and a single copy is neither a loss nor a loss of heterozygosity.
    public func call(_ gene: String, _ copies: GeneCopyNumber, ploidy: Double, isSingle: Bool) -> Call {
        let (event, rule) = event(gene, copies, isSingle ? ploidy / 2 : ploidy, isSingle)
        let isLost = isSingle ? nil : copies.minorMinimum.map { $0 < 0.5 }
        return Call(
            event: event, rule: rule,
            isLossOfHeterozygosity: event == .homozygousDeletion ? false : isLost)
    }

    private func event(
        _ gene: String, _ copies: GeneCopyNumber, _ ploidy: Double, _ isSingle: Bool
    ) -> (Event?, String) {
        let least = Self.text(copies.minimum)
        func relative(_ factor: Double) -> String {
            "\(Self.text(factor)) x ploidy (\(Self.text(factor * ploidy)))"
        }
        switch self {
        case .ours:
            if copies.minimum >= 3 * ploidy, copies.minimum >= 6 {
                return (.amplification, "minimum \(least) >= \(relative(3)) and >= 6")
            }
            if copies.minimum < 0.5 { return (.homozygousDeletion, "minimum \(least) < 0.5") }
            if copies.minimum >= 1.5 * ploidy { return (.gain, "minimum \(least) >= \(relative(1.5))") }
            if !isSingle, copies.minimum < 1.5, let minor = copies.minorMinimum, minor < 0.5 {
                return (.loss, "minimum \(least) < 1.5 and minor \(Self.text(minor)) < 0.5")
            }
        case .purple:
            if copies.minimum > 3 * ploidy { return (.amplification, "minimum \(least) > \(relative(3))") }
            if Self.partialGenes.contains(gene), copies.maximum > 3 * ploidy {
                return (
                    .amplification,
                    "maximum \(Self.text(copies.maximum)) > \(relative(3)), a part of the gene"
                )
            }
            if copies.minimum < 0.5 { return (.homozygousDeletion, "minimum \(least) < 0.5") }
        case .pcgr:
            if copies.minimum >= 5 { return (.amplification, "minimum \(least) >= 5") }
            if copies.minimum.rounded() == 0 { return (.homozygousDeletion, "minimum \(least) is 0") }
            if copies.minimum >= 3 { return (.gain, "minimum \(least) >= 3") }
            if !isSingle, copies.minimum.rounded() <= 1 { return (.loss, "minimum \(least) is 1") }
        }
        return (nil, "")
    }

    /// A number with at most two digits behind the point.
    static func text(_ value: Double) -> String {
        let hundredths = (value * 100).rounded() / 100
        return hundredths == hundredths.rounded() && abs(hundredths) < 1e9
            ? String(Int(hundredths)) : String(hundredths)
    }
}
