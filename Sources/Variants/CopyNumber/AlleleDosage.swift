internal import Foundation

/// How many tumor copies carry an allele, from its reads, the purity and the copies of its place.
///
/// - Source: specification section 8.4; P(LOH) and P(biallelic) as PURPLE has them (hmftools `SomaticPurityEnrichment`).
public struct AlleleDosage: Hashable, Sendable {
    /// The fraction of tumor cells, above 0, at most 1.
    public var purity: Double
    /// Copies of the place in a tumor cell.
    public var tumorCopies: Double
    /// Copies of the place in a normal cell: 2, or 1 on X and Y of a man.
    public var normalCopies: Double

    /// The dosage of a place.
    public init(purity: Double, tumorCopies: Double, normalCopies: Double = 2) {
        (self.purity, self.tumorCopies, self.normalCopies) = (purity, tumorCopies, normalCopies)
    }

    private var copies: Double { purity * tumorCopies + (1 - purity) * normalCopies }

    /// The fraction of reads to expect where `mutated` tumor copies carry the allele and `inherited` of the normal cell's (0 for a
    /// somatic one, 1 for a heterozygous germline one). Nil where no copy is left.
    public func expectedVAF(mutated: Double, inherited: Double = 0) -> Double? {
        guard copies > 0 else { return nil }
        return (purity * mutated + (1 - purity) * inherited) / copies
    }

    /// How many tumor copies carry an allele with this fraction of the tumor sample's reads. Nil without tumor cells.
    public func mutatedCopies(vaf: Double, inherited: Double = 0) -> Double? {
        guard purity > 0 else { return nil }
        return (vaf * copies - (1 - purity) * inherited) / purity
    }

    /// The probability that one allele is lost, from its number of copies.
    public static func lossProbability(minorCopies: Double) -> Double {
        1 - 1 / (1 + exp(-40 * (minorCopies - 0.5)))
    }

    /// The probability that no copy without the variant is left, from its copies and its reads.
    ///
    /// - Shape: `variantCopies` as ``mutatedCopies(vaf:inherited:)`` gives, above 0.
    public static func biallelicProbability(
        copies: Double, minorCopies: Double, variantCopies: Double, alternateReads: Int
    ) -> Double {
        guard alternateReads > 0, variantCopies > 0 else { return 0 }
        let loss = lossProbability(minorCopies: minorCopies)
        let threshold = min(copies - 0.5, max(1.4, copies - 0.8))
        let reads = (threshold / variantCopies * Double(alternateReads)).rounded(.down)
        let givenLoss = 1 - poissonTail(upTo: reads, mean: Double(alternateReads))
        let prior = max(loss, 0.02)
        let givenNone = prior / ((1 - givenLoss) + prior)
        return loss * givenLoss + (1 - loss) * givenNone
    }

    /// P(X <= k) of a Poisson variable.
    private static func poissonTail(upTo count: Double, mean: Double) -> Double {
        guard count >= 0 else { return 0 }
        // Beyond twenty deviations nothing is left.
        guard count < mean + 20 * mean.squareRoot() + 20 else { return 1 }
        var sum = 0.0
        for k in 0...Int(count) {
            sum += exp(Double(k) * log(mean) - mean - lgamma(Double(k) + 1))
        }
        return min(1, sum)
    }
}
