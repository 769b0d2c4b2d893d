import Foundation
import TestSupport
import Testing

@Suite("Differences of two bases")
struct KnowledgeDiffTests {
    /// A copy of the bundled base's curated source whose evidence lines are changed.
    static func base(_ folder: Folder, _ name: String, _ edit: ([String]) -> [String]) throws -> String {
        let bundled = TestData.package.appending(path: "knowledgebase").path
        let copy = folder.file(name)
        try FileManager.default.copyItem(atPath: bundled, toPath: copy)
        let version = try #require(
            try FileManager.default.contentsOfDirectory(atPath: copy + "/curated").sorted().last)
        let source = copy + "/curated/\(version)"
        let path = source + "/evidence.tsv"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        try edit(lines).map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
        // Without checksums the tables are taken as they are.
        let json = try String(contentsOfFile: source + "/SOURCE.json", encoding: .utf8)
        let cut = try #require(json.range(of: ",\n  \"files\""))
        try (json[..<cut.lowerBound] + "\n}\n").write(
            toFile: source + "/SOURCE.json", atomically: true, encoding: .utf8)
        return copy
    }

    static func cell(_ lines: [String], _ line: Int, _ column: String, _ value: String) throws -> [String] {
        var lines = lines
        var cells = lines[line].split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        let names = lines[0].split(separator: "\t").map(String.init)
        cells[try #require(names.firstIndex(of: column))] = value
        lines[line] = cells.joined(separator: "\t")
        return lines
    }

    @Test("the planted changes are told, and nothing else")
    func planted() throws {
        let folder = try Folder()
        let old = try Self.base(folder, "old") { $0 }
        var ids: [String] = []
        let new = try Self.base(folder, "new") { lines in
            var lines = lines
            ids = [1, 2, 3].map { lines[$0].split(separator: "\t").map(String.init)[0] }
            lines = (try? Self.cell(lines, 1, "civic", "E")) ?? lines
            lines = (try? Self.cell(lines, 2, "note", "planted")) ?? lines
            var added = (try? Self.cell(lines, 3, "id", "ZZ0001")) ?? lines
            lines.append(added.remove(at: 3))
            lines.remove(at: 3)
            return lines
        }
        let same = try Program.run(["kb", "diff", old, old])
        #expect(
            same.status == 0 && same.output.hasSuffix(" 0 added, 0 removed, 0 changed\n"),
            "\(same.output)\(same.errors)")
        let result = try Program.run(["kb", "diff", old, new, "--format", "tsv"])
        #expect(result.status == 0, "\(result.errors)")
        let rows = result.output.split(separator: "\n").dropFirst().map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).prefix(4).joined(separator: " ")
        }
        #expect(
            Set(rows) == [
                "changed curated \(ids[0]) civic", "changed curated \(ids[1]) note",
                "removed curated \(ids[2]) ",
                "added curated ZZ0001 ",
            ])
        #expect(try Program.run(["kb", "diff", old, new, "--format", "tsv"]).output == result.output)
        let text = try Program.run(["kb", "diff", old, new]).output
        #expect(text.contains("1 added, 1 removed, 2 changed") && text.contains("~ curated \(ids[1]) note"))
        let json = try JSONSerialization.jsonObject(
            with: Data(try Program.run(["kb", "diff", old, new, "--format", "json"]).output.utf8))
        #expect(((json as? [String: Any])?["changes"] as? [Any])?.count == 4)
    }

    @Test("the loss of many rows is an alarm")
    func loss() throws {
        let folder = try Folder()
        let old = try Self.base(folder, "old") { $0 }
        let new = try Self.base(folder, "new") { Array($0.prefix($0.count * 9 / 10)) }
        let result = try Program.run(["kb", "diff", old, new])
        #expect(result.status == 65 && result.errors.contains("more than 5 %"), "\(result.errors)")
        #expect(result.output.contains("removed"))
        #expect(try Program.run(["kb", "diff", old, new, "--allow-loss"]).status == 0)
    }
}
