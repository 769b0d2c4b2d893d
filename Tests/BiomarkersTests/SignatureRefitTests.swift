import Biomarkers
import Foundation
import Genome
import TestSupport
import Testing

@Suite("Refit of signatures")
struct SignatureRefitTests {
    static let reference = LabeledMatrix(
        corner: "Type", rows: ["a", "b", "c"], columns: ["S1", "S2"],
        values: [[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]])

    @Test("the worked example", arguments: SignatureRefit.Method.allCases)
    func worked(method: SignatureRefit.Method) throws {
        let fit = SignatureRefit(Self.reference).fit([80, 45, 75], method)
        #expect(abs(fit.exposures[0] - 97.57) < 0.005 && abs(fit.exposures[1] - 104.26) < 0.005)
        #expect(abs(try #require(fit.cosine) - 0.9985) < 0.000_05)
    }

    @Test("an empty catalogue has no exposures; a negative one is never given")
    func edges() throws {
        let refit = SignatureRefit(Self.reference)
        for method in SignatureRefit.Method.allCases {
            let empty = refit.fit([0, 0, 0], method)
            #expect(empty.exposures == [0, 0] && empty.cosine == nil)
            let one = refit.fit([0.7, 0.2, 0.1], method)
            #expect(one.exposures.allSatisfy { $0 >= 0 } && abs(one.exposures[0] - 1) < 1e-9)
        }
    }

    @Test(
        "the solution meets the conditions of Karush, Kuhn and Tucker, also with equal columns",
        arguments: 1...40)
    func conditions(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let rows = Int.random(in: 3...30, using: &random), count = Int.random(in: 1...25, using: &random)
        func numbers() -> [Double] {
            (0..<rows).map { _ in Bool.random(using: &random) ? 0 : Double.random(in: 0...1, using: &random) }
        }
        var columns = (0..<count).map { _ in numbers() }
        if count > 2 { columns[count - 1] = columns[0] }
        let target = numbers().map { $0 * 1000 }
        let solver = NonNegativeLeastSquares(columns: columns)
        let solution = solver.solve(target, allowed: Array(0..<count))
        let rest = zip(target, solver.reconstruction(solution)).map { $0 - $1 }
        for (column, value) in zip(columns, solution) {
            let gradient = zip(column, rest).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(value >= 0 && gradient < 1e-5)
            if value > 1e-6 { #expect(abs(gradient) < 1e-5) }
        }
    }

    @Test(
        "tables are joined by name; what does not fit is told with its place",
        arguments: [
            ("T\tx\na\t1\na\t2\n", "row \"a\" stands twice"),
            ("T\tx\tx\na\t1\t2\n", "column \"x\" stands twice"),
            ("T\tx\na\t-1\n", "not negative"), ("T\tx\na\tnan\n", "not negative"), ("T\tx\na\n", "1 cells"),
            ("", "empty"), ("T\tx\n", "empty"), ("T\n", "1 columns"),
        ])
    func faults(text: String, problem: String) {
        let error = #expect(throws: InputError.self) { try LabeledMatrix(text: text, file: "m.tsv") }
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }

    @Test("rows in another order, SIGNAL's two columns and CR line ends give the same")
    func joined() throws {
        let one = try LabeledMatrix(text: "T\tx\nA[C>A]A\t1\nA[C>A]C\t2\n", file: "one")
        let other = try LabeledMatrix(
            text: "\u{FEFF}Type\tSubType\tx\r\nC>A\tACC\t2\r\nC>A\tACA\t1\r\n", file: "other")
        #expect(try other.joined(to: one.rows, file: "other", other: "one").values == one.values)
        let error = #expect(throws: InputError.self) {
            try other.joined(to: ["A[C>A]A"], file: "o", other: "p")
        }
        #expect(error?.description.contains("A[C>A]C") == true)
        #expect(try LabeledMatrix(text: one.text, file: "again") == one)
    }

    // MARK: Published results

    static func table(_ name: String) throws -> LabeledMatrix {
        let path = TestData.path("oncology/signatures/\(name)")
        return try LabeledMatrix(text: try String(contentsOfFile: path, encoding: .utf8), file: name)
    }

    @Test("MutationalPatterns' exposures of nine genomes", .enabled(if: TestData.isAvailable))
    func mutationalPatterns() throws {
        let expected = try Self.table("mutationalpatterns/snv_refit_contribution.tsv")
        let cosmic = try Self.table("reference/COSMIC_v3.2_SBS_GRCh37.txt")
        let kept = cosmic.columns.indices.filter { expected.rows.contains(cosmic.columns[$0]) }
        let reference = LabeledMatrix(
            corner: "Type", rows: cosmic.rows, columns: kept.map { cosmic.columns[$0] },
            values: kept.map { cosmic.values[$0] })
        let found = try SignatureRefit.refit(
            try Self.table("mutationalpatterns/mut_mat_data.tsv"), file: "m", reference: reference,
            referenceFile: "r", method: .nnls
        ).joined(to: expected.rows, file: "found", other: "expected")
        #expect(found.rows.count == 60 && found.columns.count == 9 && found.columns == expected.columns)
        let difference = zip(found.values, expected.values).flatMap { zip($0, $1).map { abs($0 - $1) } }.max()
        #expect(try #require(difference) < 1e-6)
    }

    @Test(
        "SigProfilerAssignment's exposures", .enabled(if: TestData.isAvailable),
        arguments: [
            ("21brca/21BRCA.SBS96", "SBS_GRCh37", "21brca/", "21BRCA_SBS96_v3.4_GRCh37"),
            ("21brca/21BRCA.SBS96", "SBS_GRCh37", "21brca/", "21BRCA_SBS96_v3.2_GRCh37"),
            ("21brca/21BRCA.DBS78", "DBS_GRCh37", "21brca/", "21BRCA_DBS78_v3.4_GRCh37"),
            ("textinput/Samples_ID", "ID_GRCh37", "textinput/", "TextInput_ID83_v3.4_GRCh37"),
            ("textinput/Samples_CNV", "CN_GRCh37", "textinput/", "TextInput_CNV48_v3.4_GRCh37"),
            ("textinput/Samples_SV", "SV_GRCh38", "textinput/", "TextInput_SV32_v3.4_GRCh38"),
        ])
    func assignment(matrix: String, reference: String, folder: String, expected name: String) throws {
        let version = name.contains("v3.2") ? "v3.2" : "v3.4"
        let found = try SignatureRefit.refit(
            try Self.table("\(matrix).tsv"), file: "m",
            reference: try Self.table("reference/COSMIC_\(version)_\(reference).txt"), referenceFile: "r",
            method: .sparse)
        // There a row is a sample.
        let expected = try Self.table("\(folder)expected_sigprofilerassignment1.1.5_\(name).tsv")
        var close = 0
        for (row, sample) in expected.rows.enumerated() {
            let own = found.values[try #require(found.columns.firstIndex(of: sample))]
            let theirs = try found.rows.map { signature in
                expected.values[try #require(expected.columns.firstIndex(of: signature))][row]
            }
            let dot = zip(own, theirs).reduce(0) { $0 + $1.0 * $1.1 }
            let lengths = [own, theirs].map { $0.reduce(0) { $0 + $1 * $1 } }
            if dot / (lengths[0] * lengths[1]).squareRoot() >= 0.9 { close += 1 }
            let (mine, other) = (own.reduce(0, +), theirs.reduce(0, +))
            for (signature, pair) in zip(found.rows, zip(own, theirs)) {
                #expect(pair.0 <= 0.15 * mine || pair.1 > 0, "\(sample) \(signature)")
                #expect(pair.1 <= 0.15 * other || pair.0 > 0, "\(sample) \(signature)")
            }
        }
        #expect(Double(close) >= 0.8 * Double(expected.rows.count), "\(close) of \(expected.rows.count)")
    }
}
