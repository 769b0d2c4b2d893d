internal import Genome
internal import Knowledge

/// Which signatures a tumor type may have, by a table that the user gives: none comes with the program.
///
/// The rows of the nearest type on the way from the patient's type up to the root count; rows with a prevalence below a tenth do not.
///
/// - Source: the project's specification, section 5.5 (signatures of at least 10 % of the tumors of a type).
struct AllowedSignatures {
    /// The signatures of one type.
    struct Choice {
        /// Its OncoTree code.
        var tumorType: String
        /// What may contribute.
        var signatures: Set<String>
    }

    private static let leastPrevalence = 0.1
    private let byType: [String: Set<String>]

    /// A table with the columns `tumorType`, `signature` and perhaps `prevalence` (0 … 1).
    ///
    /// - Throws: `InputError` for a missing column, a tumor type that is not known, or a prevalence that is none.
    init(text: String, file: String, _ types: TumorTypes) throws(InputError) {
        let table = try TSVTable(text: text, file: file, required: ["tumorType", "signature"])
        var byType: [String: Set<String>] = [:]
        for row in table.rows {
            let name = table.cell(row, "tumorType"), share = table.cell(row, "prevalence")
            guard let type = types.resolve(name) else {
                throw InputError(
                    file: file, place: .line(row.line), problem: "\"\(name)\" is no tumor type",
                    remedy: "The nearest are \(types.nearest(to: name).joined(separator: ", ")).")
            }
            guard share.isEmpty || Double(share).map({ 0...1 ~= $0 }) == true else {
                throw InputError(
                    file: file, place: .line(row.line),
                    problem: "prevalence is \"\(share)\", a fraction from 0 to 1 was expected",
                    remedy: "Write 0.25 for a quarter of the tumors, or leave it empty.")
            }
            guard Double(share) ?? 1 >= Self.leastPrevalence else { continue }
            byType[type.code, default: []].insert(table.cell(row, "signature"))
        }
        self.byType = byType
    }

    /// What a tumor may have whose type has this path to the root; nil where no row speaks of it.
    func choice(for path: [String]) -> Choice? {
        path.lazy.compactMap { code in byType[code].map { Choice(tumorType: code, signatures: $0) } }.first
    }
}
