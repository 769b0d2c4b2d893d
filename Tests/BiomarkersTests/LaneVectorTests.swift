import TestSupport
import Testing

@testable import Biomarkers

@Suite("Vectors in lanes")
struct LaneVectorTests {
    @Test("lanes and scalars agree bit for bit at every length, with large and small values")
    func twins() {
        var random = SeededGenerator(seed: 7)
        func vector(_ count: Int) -> [Double] {
            (0..<count).map { _ in
                Double.random(in: -1...1, using: &random)
                    * ([1e-9, 1, 1e12].randomElement(using: &random) ?? 1)
            }
        }
        for count in 0...131 {
            let left = vector(count), right = vector(count)
            let lanes = (LaneVector(left), LaneVector(right))
            #expect(lanes.0.dot(lanes.1).bitPattern == ScalarKernels.dot(left, right).bitPattern)
            #expect(
                lanes.0.squaredDistance(lanes.1).bitPattern
                    == ScalarKernels.squaredDistance(left, right).bitPattern)
        }
    }

    @Test("sums are the sums")
    func worked() {
        #expect(LaneVector([1, 2, 3, 4, 5]).dot(LaneVector([2, 3, 4, 5, 6])) == 70)
        let whole = LaneVector((1...20).map(Double.init))
        #expect(whole.squaredDistance(LaneVector(Array(repeating: 0, count: 20))) == 2870)
        #expect(LaneVector([]).dot(LaneVector([])) == 0)
    }
}
