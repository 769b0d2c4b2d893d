import Foundation
import Variants

/// A VCF file in memory, for tests.
struct VCFText {
    let header: VCFHeader
    let records: [VCFRecord]

    init(_ text: String) {
        header = VCFHeader(text: text)
        records = text.split(separator: "\n").enumerated().compactMap { index, line in
            line.hasPrefix("#") ? nil : VCFRecord(line: line, lineNumber: index + 1)
        }
    }

    /// Reads a file, unpacking it if its name ends in `.gz`.
    init(path: String) throws {
        if path.hasSuffix(".gz") {
            self.init(try Tool.run("/usr/bin/env", ["gzip", "-dc", path]))
        } else {
            self.init(String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self))
        }
    }

    /// A file of made-up lines; tabs are written as blanks.
    static func made(meta: [String] = [], samples: [String] = [], lines: [String] = []) -> VCFText {
        let columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
        let head = columns + (samples.isEmpty ? [] : ["FORMAT"] + samples)
        let body = lines.map { $0.split(separator: " ").joined(separator: "\t") }
        return VCFText((meta + [head.joined(separator: "\t")] + body).joined(separator: "\n") + "\n")
    }
}

/// Programs that tests compare with.
enum Tool {
    struct Failure: Error { let status: Int32 }

    static let bcftools: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/bcftools" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Returns what the program writes to standard output.
    static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return String(decoding: data, as: UTF8.self)
    }

    /// Runs `body` with a folder that is removed afterwards.
    static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "variants-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}

/// A small generator of pseudo-random numbers (SplitMix64), the same on every machine.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
