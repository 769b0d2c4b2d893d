import Foundation
import TestSupport
import Testing

/// `scripts/test` in a folder of stubs, where every tool does nothing and succeeds.
@Suite("scripts/test")
struct ScriptTests {
    private func run(_ part: String, setup: String) throws -> (status: Int32, errors: String) {
        let folder = try Folder()
        for name in [
            "scripts", "demo/cases", "Sources", "Fuzzing/Corpus/a", ".build-fuzz/release", "Benchmarks",
            "bin",
        ] {
            try FileManager.default.createDirectory(
                at: folder.url.appending(path: name), withIntermediateDirectories: true)
        }
        let own = try String(
            contentsOf: TestData.package.appending(path: "scripts/test"), encoding: .utf8)
        var programs = ["scripts/test": own, "scripts/setup": "#!/bin/sh\n\(setup)\n"]
        for name in [
            "scripts/update-knowledge-tables", "demo/make-demo-cases", "Benchmarks/instructions",
            ".build-fuzz/release/fuzz", "bin/swift",
            "bin/git",
            "bin/python3",
        ] { programs[name] = "#!/bin/sh\nexit 0\n" }
        for (name, text) in programs {
            let path = try folder.write(text, to: name)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = [folder.file("scripts/test"), part]
        process.environment = ["PATH": folder.file("bin") + ":/usr/bin:/bin"]
        let errors = folder.file("errors")
        _ = FileManager.default.createFile(atPath: errors, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: errors)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, try String(contentsOfFile: errors, encoding: .utf8))
    }

    @Test("all passes where every part passes, and says which part this version has not")
    func passes() throws {
        let result = try run("all", setup: "exit 0")
        #expect(result.status == 0, "\(result.errors)")
        for part in ["address sanitizer", "thread sanitizer", "fuzz targets build", "benchmarks build"] {
            #expect(result.errors.contains("== \(part)"))
        }
        #expect(result.errors.contains("this version has no part slurm"))
    }

    @Test("packages that are missing for a long part end all with 69", arguments: ["--fuzz", "--benchmarks"])
    func missingPackages(argument: String) throws {
        let result = try run("all", setup: "[ \"$1\" != \(argument) ] || exit 69")
        #expect(result.status == 69, "\(result.errors)")
    }

    @Test("a part that this version has not is an error by name")
    func missingPart() throws {
        #expect(try run("slurm", setup: "exit 0").status == 69)
        #expect(try run("sluurm", setup: "exit 0").status == 64)
    }
}
