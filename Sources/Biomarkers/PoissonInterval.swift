internal import Foundation

/// The exact interval of a Poisson mean from one count.
///
/// Lower end χ²(α/2; 2k)/2, upper end χ²(1 − α/2; 2k + 2)/2, which are quantiles of the gamma distribution with
/// shapes k and k + 1.
///
/// - Source: Garwood, Biometrika 1936;28:437.
public enum PoissonInterval {
    /// The 95 % interval of a count: (0, 3.69) for 0.
    public static func interval95(count: Int) -> (lower: Double, upper: Double) {
        let k = Double(max(count, 0))
        return (k == 0 ? 0 : gammaQuantile(0.025, shape: k), gammaQuantile(0.975, shape: k + 1))
    }

    /// The value below which a gamma variable of this shape and scale 1 lies with probability `p`.
    static func gammaQuantile(_ p: Double, shape: Double) -> Double {
        var low = 0.0
        var high = max(2 * shape, 10)
        while gammaProbability(high, shape: shape) < p { high *= 2 }
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if middle == low || middle == high { break }
            if gammaProbability(middle, shape: shape) < p { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The regularized lower incomplete gamma function P(a, x): a series below x = a + 1, a continued fraction
    /// (Lentz) above.
    static func gammaProbability(_ x: Double, shape a: Double) -> Double {
        guard x > 0 else { return 0 }
        let scale = exp(-x + a * log(x) - lgamma(a))
        if x < a + 1 {
            var term = 1 / a
            var sum = term
            var n = a
            while abs(term) > abs(sum) * 1e-17 {
                n += 1
                term *= x / n
                sum += term
            }
            return min(sum * scale, 1)
        }
        var b = x + 1 - a
        var c = 1e300
        var d = 1 / b
        var h = d
        for i in 1...100_000 {
            let an = -Double(i) * (Double(i) - a)
            b += 2
            d = an * d + b
            if abs(d) < 1e-300 { d = 1e-300 }
            c = b + an / c
            if abs(c) < 1e-300 { c = 1e-300 }
            d = 1 / d
            let delta = d * c
            h *= delta
            if abs(delta - 1) < 1e-16 { break }
        }
        return 1 - min(scale * h, 1)
    }
}
