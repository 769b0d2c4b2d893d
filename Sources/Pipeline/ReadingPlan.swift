internal import Biomarkers
internal import Cases
internal import Genome
internal import HTS
internal import Variants

/// Reads a case's somatic and germline calls, in one go or in parts at once.
struct ReadingPlan {
    /// One input: a file to read, or a MAF that was read already.
    enum Input {
        case file(FilePass)
        case judged(CasePipeline.PassResult)

        fileprivate var file: FilePass? {
            if case .file(let pass) = self { pass } else { nil }
        }
    }

    private struct Item: Sendable {
        let file: Int
        let pass: FilePass
        let part: FilePart?
    }

    private let somatic: Input?
    private let germline: Input?
    /// What the parts of each file came to, by the file's path and place.
    private var joined: [Int: FilePass.Result] = [:]

    init(somatic: Input?, germline: Input?) {
        self.somatic = somatic
        self.germline = germline
    }

    /// Reads the files in parts at once; a file that fails, or whose parts do not follow one another, is left to
    /// ``read()``, which then says what is wrong.
    mutating func readParts(threads: Int) async {
        let passes = [somatic?.file, germline?.file]
        var items: [Item] = []
        for (number, pass) in passes.enumerated() {
            guard let pass, let parts = try? pass.parts(threads: threads) else { continue }
            items += parts.map { Item(file: number, pass: pass, part: $0) }
        }
        var sums = passes.map { $0.map(FilePass.Sum.init) }
        do {
            try await orderedMap(items, width: threads) { item in
                (item.file, try item.pass.run(item.part))
            } emit: { file, result in
                sums[file]?.add(result)
            }
        } catch { return }
        for (number, sum) in sums.enumerated() { joined[number] = sum?.whole }
    }

    /// Reads what was not read in parts, and gives both files' results.
    ///
    /// - Throws: `InputError`.
    func read() throws -> (somatic: CasePipeline.PassResult?, germline: CasePipeline.PassResult?) {
        (try result(of: somatic, 0), try result(of: germline, 1))
    }

    private func result(of input: Input?, _ number: Int) throws -> CasePipeline.PassResult? {
        switch input {
        case nil: return nil
        case .judged(let result): return result
        case .file(let pass):
            let first = try joined[number] ?? pass.run(nil)
            // Whether `.` passes is known for certain only at the end of the file.
            guard let rule = pass.otherRule(first) else { return pass.finished(first) }
            let again = pass.with(rule)
            return again.finished(try again.run(nil))
        }
    }
}
