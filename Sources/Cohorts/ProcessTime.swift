/// How many days samples took, and the time within which nine of ten were done.
///
/// Two quantiles are in use, and they differ for few samples, so both are given:
///
/// - **Nearest rank** is the ⌈*q n*⌉-th of the sorted times: a time that a sample really took, and the
///   shortest within which at least the fraction *q* was done. This one is reported.
/// - **Type 7** (R's default, `PERCENTILE` in spreadsheets) lies between two samples. With *h* = *q*(*n*−1),
///   it is *x* at ⌊*h*⌋ and the fraction of *h* on the way to the next, ranks counted from 0.
///
///       3 4 4 5 5 6 7 7 8 9 10 12 12 14 21     n = 15, q = 0.9
///                                 │  └ nearest rank: the 14th, 14
///                                 └──── type 7: h = 12.6, 12 + 0.6 · (14 − 12) = 13.2
///
/// Only samples that are done have a time; those still pending are not in these numbers and must be counted
/// beside them. Dates are not read here.
public struct ProcessTime: Codable, Hashable, Sendable {
    /// Calendar days of the samples that are done, sorted.
    public let days: [Int]
    /// Times below zero, which a wrong date makes: left out of the quantiles, to be listed as errors.
    public let negative: [Int]

    /// The fraction that is reported.
    ///
    /// - Source: the specification of the biomarkers, section 14.2.
    public static let reportedFraction = 0.9

    /// Process times in calendar days, in any order.
    public init(days: [Int]) {
        self.days = days.filter { $0 >= 0 }.sorted()
        negative = days.filter { $0 < 0 }.sorted()
    }

    /// The shortest time within which at least this fraction was done; nil for no samples.
    ///
    /// - Unit: days. A fraction outside 0 … 1 counts as the nearer end.
    public func nearestRank(_ fraction: Double = reportedFraction) -> Int? {
        guard !days.isEmpty else { return nil }
        // 0.07 · 100 is 7.000000000000001; without the allowance the rank would be one too high.
        let rank = (Self.clamped(fraction) * Double(days.count) - 1e-9).rounded(.up)
        return days[min(max(Int(rank), 1), days.count) - 1]
    }

    /// The quantile of type 7, which lies between two samples; nil for no samples.
    ///
    /// - Unit: days. A fraction outside 0 … 1 counts as the nearer end.
    /// - Source: Hyndman and Fan, Am Stat 1996;50:361, definition 7.
    public func type7(_ fraction: Double = reportedFraction) -> Double? {
        guard let last = days.last else { return nil }
        let place = Self.clamped(fraction) * Double(days.count - 1)
        let below = Int(place.rounded(.down))
        guard below + 1 < days.count else { return Double(last) }
        let step = Double(days[below + 1] - days[below])
        return Double(days[below]) + (place - Double(below)) * step
    }

    private static func clamped(_ fraction: Double) -> Double {
        fraction.isNaN ? 0 : min(max(fraction, 0), 1)
    }
}
