import Foundation

/// Programs that tests compare with, where they are installed.
public enum Tools {
    /// What a program left behind.
    public struct Output: Sendable {
        /// The exit code.
        public var status: Int32
        /// Standard output.
        public var text: String
        /// Standard error.
        public var errors: String

        /// Lines of standard output.
        public var lines: [String] {
            text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
        }
    }

    /// `bcftools`, or nil.
    public static let bcftools = find("bcftools")
    /// Whether `bcftools` and the outside data are there.
    public static var canCompare: Bool { bcftools != nil && TestData.isAvailable }

    /// The path of a program in `PATH`, or nil.
    public static func find(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program to its end; output goes through files, so it may be long.
    public static func run(_ program: String, _ arguments: [String]) throws -> Output {
        let folder = FileManager.default.temporaryDirectory
        let out = folder.appending(path: UUID().uuidString), err = folder.appending(path: UUID().uuidString)
        defer {
            try? FileManager.default.removeItem(at: out)
            try? FileManager.default.removeItem(at: err)
        }
        for file in [out, err] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        try process.run()
        process.waitUntilExit()
        return Output(
            status: process.terminationStatus,
            text: String(decoding: try Data(contentsOf: out), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: err), as: UTF8.self))
    }

    /// Runs `bcftools`.
    public static func bcftools(_ arguments: String...) throws -> Output {
        try run(bcftools ?? "/usr/bin/bcftools", arguments)
    }
}

extension TestData {
    /// The lines of a file of the outside data, unpacked if its name ends in `.gz`.
    public static func lines(_ name: String) throws -> [String] {
        if name.hasSuffix(".gz") { return try Tools.run("/bin/gzip", ["-dc", path(name)]).lines }
        return try String(contentsOfFile: path(name), encoding: .utf8).split(separator: "\n").map(String.init)
    }

    /// The rows of a table with a header, as dictionaries.
    public static func table(_ name: String) throws -> [[String: String]] {
        let lines = try lines(name).map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        guard let columns = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(zip(columns, $0), uniquingKeysWith: { first, _ in first }) }
    }
}

/// A folder that is removed when the last holder lets it go.
public final class TemporaryFolder: Sendable {
    /// The folder.
    public let url: URL

    /// Makes a new, empty folder.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "wgs-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of a file in it.
    public func path(_ name: String) -> String { url.appending(path: name).path }

    /// Writes a text file and returns its path.
    public func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: url.appending(path: name))
        return path(name)
    }
}

/// SplitMix64: the same numbers on every machine.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator; print the seed with what fails.
    public init(seed: UInt64) { state = seed }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
