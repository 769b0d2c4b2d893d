import Foundation
import TestSupport
import Testing

@Suite("Import of other bases")
struct KnowledgeImportTests {
    private static let base = TestData.package.appending(path: "knowledgebase").path

    @Test("an own table becomes a source that is matched beside the bundled base")
    func ownTable() throws {
        let folder = try Folder()
        let table = folder.file("own.tsv"), output = folder.file("imported")
        try
            ("id\tgene\tcriterion\ttumorTypes\ttherapies\tdirection\tcitations\n"
            + "OWN1\tBRAF\tBRAF p.V600E\tmelanoma\tInventinib\tsensitive\tPMID:1\n")
            .write(toFile: table, atomically: true, encoding: .utf8)
        let arguments = [
            "kb", "import", "tsv", table, "-o", output, "--knowledge-base", Self.base, "--release", "1",
        ]
        #expect(try Program.run(arguments).status == 64)
        let result = try Program.run(
            arguments + ["--source", "board", "--origin", "invented", "--license", "none"])
        #expect(
            result.status == 0 && result.output == "\(output)/board/1: 1 rows; 0 statements not expressed\n")
        let match = try Program.run([
            "match", "BRAF p.V600E", "--tumor-type", "MEL", "--knowledge-base", Self.base, "--knowledge-base",
            output,
        ])
        #expect(match.status == 0 && match.output.contains("OWN1"), "\(match.output)\(match.errors)")
    }

    @Test("each fault of an own table is on standard error; the run ends with 65 and writes nothing")
    func faults() throws {
        let folder = try Folder()
        let table = folder.file("own.tsv"), output = folder.file("imported")
        try
            ("id\tgene\tcriterion\ttumorTypes\ttherapies\tdirection\tcitations\n"
            + "OWN1\tBRAF\tBRAF V600E\tMEL\tInventinib\tsensitive\tPMID:1\n"
            + "OWN2\tBRAF\tBRAF p.V600E\tMEL\tInventinib\tgood\tPMID:1\n")
            .write(toFile: table, atomically: true, encoding: .utf8)
        let result = try Program.run([
            "kb", "import", "tsv", table, "-o", output, "--knowledge-base", Self.base, "--source", "board",
            "--origin", "invented", "--license", "none",
        ])
        #expect(result.status == 65)
        let lines = result.errors.split(separator: "\n").map(String.init)
        #expect(lines.count == 3)
        #expect(lines.first?.hasPrefix("error: \(table):2: criterion: ") == true)
        #expect(
            lines.last == "error: \(table): 2 faults; nothing was written. Mend the lines and import again.")
        #expect(!FileManager.default.fileExists(atPath: output))
    }

    @Test("a packed and a binary file are 65, and say what to do")
    func packed() throws {
        let folder = try Folder()
        for (bytes, problem) in [
            (Array("PK".utf8) + [3, 4, 0], "packed"), ([0x1F, 0x8B, 8], "packed"), ([65, 0, 66], "binary"),
        ] {
            let file = folder.file("biomarkers")
            try Data(bytes).write(to: URL(filePath: file))
            let result = try Program.run([
                "kb", "import", "cgi", file, "-o", folder.file("imported"), "--knowledge-base", Self.base,
            ])
            #expect(result.status == 65)
            #expect(result.errors.hasPrefix("error: \(file): the file is \(problem), and text was expected."))
        }
    }

    @Test("a file of another format is 65, a missing one 66", arguments: ["oncokb-tsv", "cgi", "civic"])
    func otherFiles(source: String) throws {
        let folder = try Folder()
        let table = folder.file("table.tsv")
        try "a\tb\n1\t2\n".write(toFile: table, atomically: true, encoding: .utf8)
        for (input, status) in [(table, 65), (folder.file("none.tsv"), 66)] {
            let result = try Program.run([
                "kb", "import", source, input, "-o", folder.file("imported"), "--knowledge-base", Self.base,
            ])
            #expect(result.status == status, "\(result.errors)")
            #expect(result.errors.hasPrefix("error: \(input):"))
        }
    }
}
