internal import Foundation

/// A count out of a total, with its intervals.
///
/// Counts here are small, often 0 or all, where the textbook's *p* ± 1.96 *s* is wrong. Two intervals are given:
///
/// - **Wilson** inverts the score test and is near 95 % on average. It is the one that verdicts go by.
/// - **Clopper–Pearson** inverts the exact binomial test, is never below 95 %, and so is wider. Its ends are
///   quantiles of beta distributions, found by halving 0 … 1 on the regularized incomplete beta function.
///
/// The p value against an expectation adds up the probabilities of all counts that are no more probable than
/// the one seen. Intervals are rounded to six digits, so that equal input gives equal bytes.
///
/// - Source: Wilson, JASA 1927;22:209; Clopper and Pearson, Biometrika 1934;26:404.
public struct Proportion: Codable, Hashable, Sendable {
    /// How many.
    public let count: Int
    /// Of how many.
    public let total: Int
    /// Wilson's 95 % interval as fractions; nil for a total of 0.
    public let wilson95: [Double]?
    /// The exact (Clopper–Pearson) 95 % interval as fractions; nil for a total of 0.
    public let exact95: [Double]?

    /// The 97.5 % quantile of the normal distribution.
    static let z = 1.959964
    /// Below this total no verdict is given.
    public static let minimumForVerdict = 10

    /// A proportion; `count` is at most `total`.
    public init(count: Int, total: Int) {
        precondition(count >= 0 && count <= total, "a count of \(count) out of \(total)")
        self.count = count
        self.total = total
        wilson95 = total == 0 ? nil : Self.wilson(count, total).map(Self.six)
        exact95 = total == 0 ? nil : Self.clopperPearson(count, total).map(Self.six)
    }

    /// The share, 0 … 1; nil for a total of 0.
    public var estimate: Double? { total == 0 ? nil : Double(count) / Double(total) }

    /// How the proportion stands to an expectation.
    public enum Verdict: String, Codable, Hashable, Sendable {
        /// The expectation lies in Wilson's interval.
        case consistent
        /// The interval lies above it.
        case above
        /// The interval lies below it.
        case below
    }

    /// The verdict against an expected fraction; nil for fewer than ten.
    public func verdict(against expected: Double) -> Verdict? {
        guard total >= Self.minimumForVerdict, let interval = wilson95 else { return nil }
        if expected < interval[0] { return .above }
        return expected > interval[1] ? .below : .consistent
    }

    /// The exact two-sided binomial p value: the sum of the probabilities that are at most that of `count`.
    public func binomialP(against expected: Double) -> Double {
        func probability(_ k: Int) -> Double {
            if expected <= 0 { return k == 0 ? 1 : 0 }
            if expected >= 1 { return k == total ? 1 : 0 }
            let n = Double(total), x = Double(k)
            let choose = lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1)
            return exp(choose + x * log(expected) + (n - x) * log(1 - expected))
        }
        let limit = probability(count) * (1 + 1e-7)
        return min(1, (0...total).map(probability).filter { $0 <= limit }.reduce(0, +))
    }

    private static func six(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }

    private static func wilson(_ count: Int, _ total: Int) -> [Double] {
        let n = Double(total), p = Double(count) / n
        let scale = 1 + z * z / n
        let center = (p + z * z / (2 * n)) / scale
        let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / scale
        return [max(0, center - half), min(1, center + half)]
    }

    private static func clopperPearson(_ count: Int, _ total: Int) -> [Double] {
        let k = Double(count), n = Double(total)
        return [
            count == 0 ? 0 : betaQuantile(0.025, k, n - k + 1),
            count == total ? 1 : betaQuantile(0.975, k + 1, n - k),
        ]
    }

    /// The value below which a beta variable lies with probability `p`, by bisection.
    private static func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
        var low = 0.0, high = 1.0
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if middle == low || middle == high { break }
            if incompleteBeta(middle, a, b) < p { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The regularized incomplete beta function, by its continued fraction (Lentz).
    private static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
        let logBeta: Double = lgamma(a) + lgamma(b) - lgamma(a + b)
        let front: Double = exp(a * log(x) + b * log(1 - x) - logBeta) / a
        var c = 1.0
        var d = 1 - (a + b) * x / (a + 1)
        d = 1 / (abs(d) < 1e-300 ? 1e-300 : d)
        var h = d
        for m in 1...10_000 {
            let i = Double(m)
            let even: Double = i * (b - i) * x / ((a + 2 * i - 1) * (a + 2 * i))
            let odd: Double = -(a + i) * (a + b + i) * x / ((a + 2 * i) * (a + 2 * i + 1))
            for numerator in [even, odd] {
                d = 1 + numerator * d
                d = 1 / (abs(d) < 1e-300 ? 1e-300 : d)
                c = 1 + numerator / c
                if abs(c) < 1e-300 { c = 1e-300 }
                h *= d * c
            }
            if abs(d * c - 1) < 1e-16 { break }
        }
        return front * h
    }
}
