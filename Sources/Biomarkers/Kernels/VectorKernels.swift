/// Sums over vectors of Float64, four lanes at a time.
///
/// Each has a twin in ``ScalarKernels`` that adds in the same order, so both agree bit for bit:
///
///     lane        0   1   2   3
///     terms       0   1   2   3
///                 4   5   6   7   …
///     rest        8   9
///     sum         (lane 0 + lane 1) + (lane 2 + lane 3)
enum VectorKernels {
    /// Σ a·b over the shorter length.
    static func dot(_ left: [Double], _ right: [Double]) -> Double {
        let count = min(left.count, right.count)
        var lanes = SIMD4<Double>.zero
        var index = 0
        while index + 4 <= count {
            lanes += four(left, index) * four(right, index)
            index += 4
        }
        var lane = 0
        while index < count {
            lanes[lane] += left[index] * right[index]
            (lane, index) = (lane + 1, index + 1)
        }
        return sum(lanes)
    }

    /// Σ (a − b)² over the shorter length.
    static func squaredDistance(_ left: [Double], _ right: [Double]) -> Double {
        let count = min(left.count, right.count)
        var lanes = SIMD4<Double>.zero
        var index = 0
        while index + 4 <= count {
            let difference = four(left, index) - four(right, index)
            lanes += difference * difference
            index += 4
        }
        var lane = 0
        while index < count {
            let difference = left[index] - right[index]
            lanes[lane] += difference * difference
            (lane, index) = (lane + 1, index + 1)
        }
        return sum(lanes)
    }

    /// target += factor · values, over the shorter length.
    static func add(_ values: [Double], times factor: Double, to target: inout [Double]) {
        let count = min(values.count, target.count)
        var index = 0
        while index + 4 <= count {
            let sum = four(target, index) + four(values, index) * factor
            (target[index], target[index + 1]) = (sum[0], sum[1])
            (target[index + 2], target[index + 3]) = (sum[2], sum[3])
            index += 4
        }
        while index < count {
            target[index] += values[index] * factor
            index += 1
        }
    }

    @inline(__always)
    private static func four(_ values: [Double], _ index: Int) -> SIMD4<Double> {
        SIMD4(values[index], values[index + 1], values[index + 2], values[index + 3])
    }

    @inline(__always)
    private static func sum(_ lanes: SIMD4<Double>) -> Double {
        (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
    }
}

/// The sums of ``VectorKernels`` one term after the other.
enum ScalarKernels {
    /// Σ a·b over the shorter length.
    static func dot(_ left: [Double], _ right: [Double]) -> Double {
        sum(min(left.count, right.count)) { left[$0] * right[$0] }
    }

    /// Σ (a − b)² over the shorter length.
    static func squaredDistance(_ left: [Double], _ right: [Double]) -> Double {
        sum(min(left.count, right.count)) { (left[$0] - right[$0]) * (left[$0] - right[$0]) }
    }

    /// target += factor · values, over the shorter length.
    static func add(_ values: [Double], times factor: Double, to target: inout [Double]) {
        for index in 0..<min(values.count, target.count) { target[index] += values[index] * factor }
    }

    private static func sum(_ count: Int, _ term: (Int) -> Double) -> Double {
        var lanes = [0.0, 0, 0, 0]
        for index in 0..<count { lanes[index % 4] += term(index) }
        return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
    }
}
