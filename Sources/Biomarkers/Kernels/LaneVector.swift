/// A vector of Float64 whose sums are made sixteen terms at a time: four accumulators of four lanes, which do not wait for one another.
///
/// Each sum has a twin in ``ScalarKernels`` that adds in the same order, so both agree bit for bit:
///
///     lane        0 … 3   4 … 7   8 … 11   12 … 15
///     terms       0 … 15, then 16 … 31, …; the last sixteen are filled up with 0
///     sum         accumulators (0 + 1) + (2 + 3) lane by lane, then lanes (0 + 1) + (2 + 3)
///
/// A product and a sum, not `addProduct`, which calls the C library lane by lane on processors without fused instructions.
struct LaneVector: Sendable {
    private var fours: [SIMD4<Double>]
    private static let stride = 4

    /// A vector of these values.
    init(_ values: [Double]) {
        fours = Array(repeating: .zero, count: (values.count + 15) / 16 * Self.stride)
        for (place, value) in values.enumerated() { fours[place / 4][place % 4] = value }
    }

    /// Σ a·b; the vectors have the same length.
    func dot(_ other: LaneVector) -> Double { sum(other) { $0 * $1 } }

    /// Σ (a − b)²; the vectors have the same length.
    func squaredDistance(_ other: LaneVector) -> Double { sum(other) { ($0 - $1) * ($0 - $1) } }

    /// The sum of a term of both vectors over all lanes, inlined with its term.
    @inline(__always)
    private func sum(
        _ other: LaneVector, _ term: (SIMD4<Double>, SIMD4<Double>) -> SIMD4<Double>
    ) -> Double {
        let (left, right) = (fours.span, other.fours.span)
        let count = min(left.count, right.count)
        var sums = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
        var index = 0
        while index + Self.stride <= count {
            sums.0 += term(left[index], right[index])
            sums.1 += term(left[index + 1], right[index + 1])
            sums.2 += term(left[index + 2], right[index + 2])
            sums.3 += term(left[index + 3], right[index + 3])
            index += Self.stride
        }
        return Self.total((sums.0 + sums.1) + (sums.2 + sums.3))
    }

    private static func total(_ lanes: SIMD4<Double>) -> Double {
        (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
    }
}

/// The sums of ``LaneVector`` one term after the other.
enum ScalarKernels {
    /// Σ a·b.
    static func dot(_ left: [Double], _ right: [Double]) -> Double {
        sum(min(left.count, right.count)) { left[$0] * right[$0] }
    }

    /// Σ (a − b)².
    static func squaredDistance(_ left: [Double], _ right: [Double]) -> Double {
        sum(min(left.count, right.count)) { (left[$0] - right[$0]) * (left[$0] - right[$0]) }
    }

    @inline(__always)
    private static func sum(_ count: Int, _ term: (Int) -> Double) -> Double {
        var lanes = [Double](repeating: 0, count: 16)
        for index in 0..<count { lanes[index & 15] += term(index) }
        func four(_ lane: Int) -> Double {
            (lanes[lane] + lanes[lane + 4]) + (lanes[lane + 8] + lanes[lane + 12])
        }
        return (four(0) + four(1)) + (four(2) + four(3))
    }
}
