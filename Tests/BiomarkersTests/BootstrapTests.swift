import Testing

@testable import Biomarkers

@Suite("Signatures of a case")
struct SignatureResultTests {
    @Test("signatures that explain nothing are not ok")
    func nothing() {
        let names = MutationTypes.sbs96.names
        let none = LabeledMatrix(
            corner: "Type", rows: names, columns: ["SBS1"], values: [names.map { _ in 0 }])
        let result = SignatureResult(names.map { _ in 10 }, .sbs96, reference: none)
        #expect(result.status == .lowConfidence && result.cosine == nil)
    }
}

@Suite("Catalogues drawn again")
struct BootstrapTests {
    @Test(
        "each draw has as many mutations, types occur as often as they should, the same seed gives the same")
    func draws() {
        let catalogue = [0.0, 100, 300, 0, 600, 1, 0, 24]
        var bootstrap = Bootstrap(catalogue, seed: 1), other = Bootstrap(catalogue, seed: 1)
        var sums = Array(repeating: 0.0, count: 8), squares = sums
        let rounds = 4000
        for _ in 0..<rounds {
            let drawn = bootstrap.next()
            #expect(drawn == other.next())
            #expect(drawn.reduce(0, +) == 1025 && drawn[0] == 0 && drawn[3] == 0)
            for type in drawn.indices {
                sums[type] += drawn[type]
                squares[type] += drawn[type] * drawn[type]
            }
        }
        for type in catalogue.indices {
            let share = catalogue[type] / 1025
            let (mean, variance) = (sums[type] / Double(rounds), 1025 * share * (1 - share))
            // Five standard errors of the mean, and the variance to a tenth.
            #expect(abs(mean - catalogue[type]) <= 5 * (variance / Double(rounds)).squareRoot())
            let found = squares[type] / Double(rounds) - mean * mean
            #expect(abs(found - variance) <= 0.1 * variance + 1e-9)
        }
        var none = Bootstrap([0, 0], seed: 1), empty = Bootstrap([], seed: 1)
        #expect(none.next() == [0, 0] && empty.next().isEmpty)
    }
}
