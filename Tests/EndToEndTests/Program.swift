import Foundation
import TestSupport
import Testing

/// The built program, run as a user would.
enum Program {
    struct Result {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The binary beside the test bundle.
    static let path: String = {
        let arguments = CommandLine.arguments
        for candidate in [Bundle.main.bundlePath, (arguments[0] as NSString).deletingLastPathComponent] {
            let path = candidate + "/wgs-annotate"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        return TestData.package.appending(path: ".build/debug/wgs-annotate").path
    }()

    /// Runs with a fixed clock in the checkout.
    static func run(
        _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
    ) throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = TestData.package
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["SOURCE_DATE_EPOCH": "1780000000"].merging(environment) { $1 }, uniquingKeysWith: { $1 })
        let folder = try Folder()
        let out = folder.file("out"), err = folder.file("err")
        _ = FileManager.default.createFile(atPath: out, contents: nil)
        _ = FileManager.default.createFile(atPath: err, contents: nil)
        process.standardOutput = FileHandle(forWritingAtPath: out)
        process.standardError = FileHandle(forWritingAtPath: err)
        if let input { process.standardInput = FileHandle(forReadingAtPath: input) }
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: try String(contentsOfFile: out, encoding: .utf8),
            errors: try String(contentsOfFile: err, encoding: .utf8))
    }
}

/// A temporary folder that goes with the test.
final class Folder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "wgs-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func file(_ name: String) -> String { url.appending(path: name).path }

    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: url.appending(path: name))
        return file(name)
    }

    /// Names and contents of all files below a folder.
    static func contents(_ path: String) throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            found[name] = FileManager.default.contents(atPath: path + "/" + name)
        }
        return found
    }
}

/// Compares text with a golden file; with UPDATE_GOLDEN=1 a file that differs is written, and the test fails once.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let path = TestData.package.appending(path: "Tests/EndToEndTests/Cases/\(name)")
    let golden = try? String(contentsOf: path, encoding: .utf8)
    if golden != text, ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
        try FileManager.default.createDirectory(
            at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: path)
        Issue.record("golden file \(name) was written; read the difference", sourceLocation: sourceLocation)
        return
    }
    #expect(
        golden == text, "golden file \(name) differs; scripts/update-golden writes it",
        sourceLocation: sourceLocation)
}
