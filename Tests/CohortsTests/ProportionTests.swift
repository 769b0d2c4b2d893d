import Cohorts
import Testing

@Suite("Proportions")
struct ProportionTests {
    /// The worked table of the specification, section 14.1, in percent.
    struct Worked: Sendable, CustomTestStringConvertible {
        let count: Int
        let total: Int
        let wilson: [Double]
        let exact: [Double]
        let expected: Double
        let p: Double
        var testDescription: String { "\(count)/\(total)" }
    }

    @Test(
        "intervals and p agree with the worked table",
        arguments: [
            Worked(
                count: 38, total: 180, wilson: [15.78, 27.64], exact: [15.39, 27.81], expected: 0.2,
                p: 0.709),
            Worked(
                count: 5, total: 40, wilson: [5.46, 26.11], exact: [4.19, 26.80], expected: 0.2, p: 0.322),
            Worked(
                count: 31, total: 52, wilson: [46.07, 71.84], exact: [45.10, 72.99], expected: 0.5, p: 0.212),
            Worked(
                count: 3, total: 60, wilson: [1.71, 13.70], exact: [1.04, 13.92], expected: 0.1, p: 0.279),
            Worked(
                count: 12, total: 12, wilson: [75.75, 100], exact: [73.54, 100], expected: 0.5, p: 0.0005),
            Worked(count: 0, total: 7, wilson: [0, 35.43], exact: [0, 40.96], expected: 0, p: 1),
        ])
    func worked(_ row: Worked) throws {
        let proportion = Proportion(count: row.count, total: row.total)
        let wilson = try #require(proportion.wilson95)
        let exact = try #require(proportion.exact95)
        try #require(wilson.count == 2 && exact.count == 2)
        for end in 0..<2 {
            #expect(abs(wilson[end] * 100 - row.wilson[end]) < 0.006)
            #expect(abs(exact[end] * 100 - row.exact[end]) < 0.006)
        }
        #expect(abs(proportion.binomialP(against: row.expected) - row.p) < 0.0006)
    }

    @Test("fewer than ten give no verdict, others by Wilson's interval")
    func verdicts() {
        #expect(Proportion(count: 0, total: 7).verdict(against: 0.5) == nil)
        #expect(Proportion(count: 38, total: 180).verdict(against: 0.2) == .consistent)
        #expect(Proportion(count: 12, total: 12).verdict(against: 0.5) == .above)
        #expect(Proportion(count: 0, total: 40).verdict(against: 0.2) == .below)
    }

    @Test("no patients give no interval")
    func empty() {
        #expect(Proportion(count: 0, total: 0).wilson95 == nil)
        #expect(Proportion(count: 0, total: 0).estimate == nil)
    }
}
