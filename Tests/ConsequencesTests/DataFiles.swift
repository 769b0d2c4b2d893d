import Foundation
import TestSupport

/// Reading of test data: plain text, gzip and tables with a header.
enum DataFiles {
    static func lines(_ name: String) throws -> [Substring] {
        let path = TestData.path(name)
        let text =
            name.hasSuffix(".gz")
            ? try output("gzip", ["-dc", path]) : try String(contentsOfFile: path, encoding: .utf8)
        return text.split(separator: "\n")
    }

    /// Rows by column name; comment lines before the header are left out.
    static func table(_ name: String) throws -> [[String: String]] {
        let rows = try lines(name).filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
        guard let header = rows.first else { return [] }
        return rows.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
    }

    /// What a program writes to standard output.
    static func output(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// Whether bcftools and its split-vep plugin are installed.
    static let hasSplitVEP = (try? output("bcftools", ["plugin", "-l"]).contains("split-vep")) ?? false
}
