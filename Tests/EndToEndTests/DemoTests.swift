import Foundation
import TestSupport
import Testing

@Suite("Demo cases, golden")
struct GoldenDemoTests {
    static let cases = (1...10).map { String(format: "DEMO-%02d", $0) }

    @Test("findings and warnings of a demo case stay as they are", arguments: cases)
    func demo(name: String) throws {
        let folder = try Folder()
        let out = folder.file(name)
        let result = try Program.run(["annotate", "demo/cases/\(name)/case.yaml", "-o", out])
        #expect(result.status == 0, "\(result.errors)")
        let table =
            try String(contentsOfFile: out + "/findings.tsv", encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n") + "\n"
        try expectGolden(table, "demo/\(name).findings.tsv")
        let json = try String(contentsOfFile: out + "/case.json", encoding: .utf8)
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        let warnings = (object?["warnings"] as? [[String: String]] ?? []).map {
            "\($0["code"] ?? ""): \($0["message"] ?? "")"
        }
        try expectGolden(warnings.joined(separator: "\n") + "\n", "demo/\(name).warnings.txt")
    }

    @Test("the cohort of the demo cases counts as it did")
    func cohort() throws {
        let folder = try Folder()
        var folders: [String] = []
        for name in Self.cases {
            folders.append(folder.file(name))
            #expect(
                try Program.run(["annotate", "demo/cases/\(name)/case.yaml", "-o", folder.file(name)]).status
                    == 0)
        }
        let summary = try Program.run(["cohort", "summary"] + folders)
        try expectGolden(summary.output, "demo/cohort.tsv")
        let byGene = try Program.run(["cohort", "summary", "--by", "indication", "--by", "gene"] + folders)
        try expectGolden(byGene.output, "demo/cohort-by-indication-gene.tsv")
        let page = folder.file("cohort.html")
        #expect(try Program.run(["cohort", "summary", "--format", "html", "-o", page] + folders).status == 0)
        let html = try String(contentsOfFile: page, encoding: .utf8)
        #expect(html.contains("<svg") && html.contains("<title"))
        #expect(!html.contains("<script") && !html.contains("src="), "the page must open without a network")
    }

    @Test("an invented trial is the access of the case that it takes, and counts in the cohort")
    func trial() throws {
        let folder = try Folder()
        let out = folder.file("DEMO-05")
        let bases = ["--knowledge-base", "knowledgebase", "--knowledge-base", "knowledgebase/examples"]
        let result = try Program.run(["annotate", "demo/cases/DEMO-05/case.yaml", "-o", out] + bases)
        #expect(result.status == 0, "\(result.errors)")
        let table = try String(contentsOfFile: out + "/findings.tsv", encoding: .utf8)
        let line = try #require(table.split(separator: "\n").first { $0.contains("EXAMPLE-0001") })
        #expect(line.contains("\ton\ttrial\t") && line.contains("\ttrue\tfalse\t"))
        let summary = try Program.run(["cohort", "summary", out]).output.split(separator: "\n")
        let header = try #require(summary.first { $0.hasPrefix("indication") }).split(
            separator: "\t", omittingEmptySubsequences: false)
        let row = try #require(summary.first { $0.hasPrefix("pancreatic") }).split(
            separator: "\t", omittingEmptySubsequences: false)
        #expect(row[try #require(header.firstIndex(of: "trial"))] == "1")
    }

    @Test("every case.json is valid by its schema, and keys of a broken one are named")
    func schema() throws {
        let folder = try Folder()
        for name in ["DEMO-01", "DEMO-03", "DEMO-04", "DEMO-05", "DEMO-09"] {
            let out = folder.file(name)
            #expect(try Program.run(["annotate", "demo/cases/\(name)/case.yaml", "-o", out]).status == 0)
            let script = """
                import json, sys, jsonschema
                schema = json.load(open(sys.argv[1])); value = json.load(open(sys.argv[2]))
                validator = jsonschema.Draft202012Validator(schema); validator.validate(value)
                value["findings"] = [{"id": "x"}]
                sys.exit(0 if list(validator.iter_errors(value)) else 3)
                """
            let status = try Self.python(
                script,
                [TestData.package.appending(path: "schema/case.schema.json").path, out + "/case.json"])
            #expect(status == 0)
        }
    }

    private static func python(_ script: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script] + arguments
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test("one and four threads, and a second run, give the same bytes")
    func sameBytes() throws {
        let folder = try Folder()
        var outputs: [[String: Data]] = []
        for (threads, place) in [("1", "a"), ("4", "b"), ("4", "a")] {
            let out = folder.file(place)
            let result = try Program.run([
                "annotate", "demo/cases/DEMO-05/case.yaml", "--threads", threads, "-o", out,
            ])
            #expect(result.status == 0, "\(result.errors)")
            outputs.append(try Folder.contents(out))
        }
        #expect(outputs[0] == outputs[1])
        #expect(outputs[0] == outputs[2])
        #expect(outputs[0].keys.contains("somatic.annotated.vcf.gz.tbi"))
    }

    @Test("a run that is killed at any point leaves the earlier folder whole")
    func killed() throws {
        let folder = try Folder()
        let out = folder.file("case")
        #expect(try Program.run(["annotate", "demo/cases/DEMO-04/case.yaml", "-o", out]).status == 0)
        let before = try Folder.contents(out)
        for step in 0..<20 {
            let process = Process()
            process.executableURL = URL(filePath: Program.path)
            process.arguments = ["annotate", "demo/cases/DEMO-04/case.yaml", "-o", out]
            process.currentDirectoryURL = TestData.package
            process.environment = ProcessInfo.processInfo.environment.merging(
                ["SOURCE_DATE_EPOCH": "1780000000"], uniquingKeysWith: { $1 })
            process.standardError = FileHandle.nullDevice
            try process.run()
            usleep(UInt32(step) * 15_000)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(try Folder.contents(out) == before, "killed after \(step * 15) ms")
        }
        // A later run clears what the killed ones left.
        #expect(try Program.run(["annotate", "demo/cases/DEMO-04/case.yaml", "-o", out]).status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(names.filter { $0.contains(".tmp-") }.isEmpty, "\(names)")
    }
}
