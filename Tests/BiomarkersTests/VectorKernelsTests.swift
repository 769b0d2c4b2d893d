import TestSupport
import Testing

@testable import Biomarkers

@Suite("Vector kernels")
struct VectorKernelsTests {
    @Test("lanes and scalars agree bit for bit at every length, with large, small and unequal vectors")
    func twins() {
        var random = SeededGenerator(seed: 7)
        func vector(_ count: Int) -> [Double] {
            (0..<count).map { _ in
                Double.random(in: -1...1, using: &random) * [1e-9, 1, 1e12].randomElement(using: &random)!
            }
        }
        for count in 0...131 {
            let left = vector(count), right = vector(max(0, count - (count % 3)))
            let factor = Double.random(in: -2...2, using: &random)
            #expect(
                VectorKernels.dot(left, right).bitPattern == ScalarKernels.dot(left, right).bitPattern)
            #expect(
                VectorKernels.squaredDistance(left, right).bitPattern
                    == ScalarKernels.squaredDistance(left, right).bitPattern)
            var (one, other) = (left, left)
            VectorKernels.add(right, times: factor, to: &one)
            ScalarKernels.add(right, times: factor, to: &other)
            #expect(one.map(\.bitPattern) == other.map(\.bitPattern))
        }
    }

    @Test("sums are the sums")
    func worked() {
        #expect(VectorKernels.dot([1, 2, 3, 4, 5], [2, 3, 4, 5, 6]) == 70)
        #expect(VectorKernels.squaredDistance([1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 0]) == 55)
        #expect(VectorKernels.dot([], []) == 0)
        var target = [1.0, 1, 1, 1, 1]
        VectorKernels.add([1, 2, 3, 4, 5], times: 2, to: &target)
        #expect(target == [3, 5, 7, 9, 11])
    }
}
