import Foundation
import Knowledge
import Pipeline
import TestSupport
import Testing

/// What an import wrote, loaded again beside the bundled base.
struct ImportedSource {
    let written: KnowledgeImport.Written
    let knowledge: KnowledgeBase
    /// The rows of the source.
    let rows: [EvidenceRow]
    /// The bytes of the files by name.
    let files: [String: Data]

    static let base = TestData.package.appending(path: "knowledgebase").path
    /// The bundled base.
    static let judge = Result { try KnowledgeLoader.load([base]).knowledge }

    /// Runs an import; where the rows are not `loaded` beside the base they are read alone, which is faster.
    init(
        isLoaded: Bool = true,
        _ run: (KnowledgeImport, _ output: String) throws -> KnowledgeImport.Written
    ) throws {
        let output = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: output) }
        let judge = try Self.judge.get()
        written = try run(KnowledgeImport(judge), output.path)
        let source = URL(filePath: written.folder).deletingLastPathComponent().lastPathComponent
        if isLoaded {
            let loaded = try KnowledgeLoader.load([Self.base, output.path])
            #expect(loaded.problems.isEmpty, "\(loaded.problems)")
            knowledge = loaded.knowledge
            rows = try knowledge.evidence.rows().filter { $0.source.hasPrefix("\(source) ") }
        } else {
            let path = written.folder + "/evidence.tsv"
            let table = try TSVTable(
                text: String(contentsOfFile: path, encoding: .utf8), file: path, required: EvidenceRow.columns
            )
            let parsed = EvidenceRow.parse(table, source: source, tumorTypes: judge.tumorTypes)
            #expect(parsed.problems.isEmpty, "\(parsed.problems)")
            (knowledge, rows) = (judge, parsed.rows)
        }
        #expect(rows.count == written.evidence.rows.count)
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: written.folder) {
            files[name] = try Data(contentsOf: URL(filePath: "\(written.folder)/\(name)"))
        }
        self.files = files
    }

    /// An import of files of these texts.
    init(
        _ texts: [(name: String, text: String)], isLoaded: Bool = false,
        _ run: (KnowledgeImport, _ inputs: [String], _ output: String) throws -> KnowledgeImport.Written
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "input-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = try texts.map { file in
            let path = folder.appending(path: file.name)
            try file.text.write(to: path, atomically: true, encoding: .utf8)
            return path.path
        }
        try self.init(isLoaded: isLoaded) { try run($0, paths, $1) }
    }

    /// A table of rows by column name; a column that a row lacks is empty.
    static func table(_ columns: [String], _ rows: [[String: String]]) -> String {
        ([columns] + rows.map { row in columns.map { row[$0] ?? "" } })
            .map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
    }

    /// Criteria of the rows, then reasons of what is none.
    var said: [String] { rows.map(\.criterion.description) + written.evidence.unexpressed.map(\.reason) }
}
