import Foundation
import Knowledge
import TestSupport

@testable import Pipeline

/// A source with tables made in a test; tumor types, genes, exons and countries are lent from the base that comes with the program.
struct PlantedBase {
    let folder: TemporaryFolder
    var path: String { folder.path("base") }
    var source: String { folder.path("base/local/1") }

    /// A base with one source `local 1` and a sound SOURCE.json that names no files.
    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: source, withIntermediateDirectories: true)
        try write("SOURCE.json", Self.json())
    }

    static func json(_ changes: [String: String?] = [:], files: String = "{}") -> String {
        var keys = [
            "source": "\"local\"", "version": "\"1\"", "title": "\"Invented rows\"", "origin": "\"a test\"",
            "licence": "\"none\"", "retrieved": "\"2026-11-01\"", "files": files,
        ]
        for (key, value) in changes { keys[key] = value }
        return "{"
            + keys.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
            + "}"
    }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: source + "/" + name))
    }

    /// A sound row of evidence.
    static let row = [
        "gene": "BRAF", "hgncId": "HGNC:1097", "criterion": "BRAF p.V600E", "tumorTypes": "MEL",
        "therapies": "Vemurafenib", "direction": "sensitive", "civic": "A", "amp": "I-A",
        "transcript": "ENST00000646891.2", "citations": "PMID:21639808", "status": "verified",
    ]

    /// A sound row in other words, so that no two rows of a test say the same.
    static func row(_ drug: String, _ changes: [String: String] = [:]) -> [String: String] {
        row.merging(["therapies": drug]) { $1 }.merging(changes) { $1 }
    }

    /// Writes `evidence.tsv`; rows get the ids T1, T2, … in lines 2, 3, … where they have none.
    func evidence(_ rows: [[String: String]]) throws {
        let lines = rows.enumerated().map { number, row in
            EvidenceRow.columns.map { row[$0] ?? ($0 == "id" ? "T\(number + 1)" : "") }.joined(
                separator: "\t")
        }
        try write(
            "evidence.tsv", ([EvidenceRow.columns.joined(separator: "\t")] + lines).map { $0 + "\n" }.joined()
        )
    }

    static let bundled = TestData.package.appending(path: "knowledgebase").path

    /// Tumor types, countries and roles of the bundled base, and a few of its genes.
    static let words: String = {
        let path = FileManager.default.temporaryDirectory.appending(path: "wgs-test-words-\(getpid())").path
        try? FileManager.default.removeItem(atPath: path)
        try? FileManager.default.copyItem(atPath: bundled, toPath: path)
        let genes: Set<Substring> = [
            "symbol", "BRAF", "BRCA1", "BRCA2", "EGFR", "KIT", "KRAS", "MET", "NRAS", "TERT",
        ]
        for version in (try? FileManager.default.contentsOfDirectory(atPath: path + "/genes")) ?? [] {
            let table = "\(path)/genes/\(version)/genes.tsv"
            let lines = (try? String(contentsOfFile: table, encoding: .utf8))?.split(separator: "\n") ?? []
            let chosen = lines.filter { genes.contains($0.prefix { $0 != "\t" }) }.joined(separator: "\n")
            try? (chosen + "\n").write(toFile: table, atomically: true, encoding: .utf8)
        }
        return path
    }()

    func validate() throws -> KnowledgeValidation {
        try KnowledgeValidation(KnowledgeValidation.Options(folders: [path], words: [Self.words]))
    }

    /// What is found, as `error 2 T1 GENE.UNKNOWN`, in the order in which it is told; that SOURCE.json names no files is left out.
    func found() throws -> [String] {
        try validate().problems.filter { $0.rule != .fileUnlisted }.map(\.short)
    }
}

extension KnowledgeProblem {
    /// Severity, line, id and rule.
    var short: String { "\(severity.rawValue) \(line ?? 0) \(id) \(rule.rawValue)" }
}
