import Cohorts
import Testing

@Suite("Process times")
struct ProcessTimeTests {
    @Test("the worked example of the specification, section 14.2, in any order")
    func worked() throws {
        let time = ProcessTime(days: [21, 3, 4, 4, 5, 5, 6, 7, 7, 8, 9, 10, 12, 12, 14])
        #expect(time.nearestRank() == 14)
        #expect(abs(try #require(time.type7()) - 13.2) < 1e-9)
    }

    @Test(
        "the ends and the middle",
        arguments: [(0.0, 1, 1.0), (0.07, 7, 7.93), (0.5, 50, 50.5), (0.9, 90, 90.1), (1.0, 100, 100.0)])
    func ends(fraction: Double, rank: Int, between: Double) throws {
        let time = ProcessTime(days: Array(1...100))
        #expect(time.nearestRank(fraction) == rank)
        #expect(abs(try #require(time.type7(fraction)) - between) < 1e-9)
    }

    @Test("one sample is every quantile, none has none")
    func few() {
        #expect(ProcessTime(days: [5]).nearestRank() == 5)
        #expect(ProcessTime(days: [5]).type7() == 5)
        #expect(ProcessTime(days: []).nearestRank() == nil)
        #expect(ProcessTime(days: []).type7() == nil)
    }

    @Test("a negative time is listed and not counted")
    func negative() {
        let time = ProcessTime(days: [4, -2, 3])
        #expect(time.days == [3, 4])
        #expect(time.negative == [-2])
        #expect(time.nearestRank(1) == 4)
    }
}
