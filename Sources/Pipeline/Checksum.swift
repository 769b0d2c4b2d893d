internal import Foundation
public import Genome
internal import HTS

/// SHA-256 of files and text, in lower-case hexadecimal.
public enum Checksum {
    /// The checksum of a file, read in pieces.
    public static func sha256(path: String) throws(InputError) -> String {
        try SHA256.hexadecimal(file: path)
    }

    /// The checksum of a large file that rarely changes, such as a reference genome: with `usesCache` it is taken from the cache
    /// if the file's place, size and time of the last write are those under which it was computed.
    public static func sha256(path: String, usesCache: Bool) throws(InputError) -> String {
        guard usesCache, let cache = Cache.file("sha256-\(try FileIdentity(path: path).key)") else {
            return try sha256(path: path)
        }
        if let data = FileManager.default.contents(atPath: cache), data.count == 64,
            data.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x66 })
        {
            return String(decoding: data, as: UTF8.self)
        }
        let sum = try sha256(path: path)
        Cache.keep(Data(sum.utf8), at: cache)
        return sum
    }

    /// The checksum of text in UTF-8.
    public static func sha256(text: String) -> String { SHA256.hexadecimal(Array(text.utf8)) }
}

/// Files that spare the next run some work, in `$XDG_CACHE_HOME/wgs-annotate` (default `~/.cache`).
enum Cache {
    /// The path of a file of this name; nil where there is no home for it.
    static func file(_ name: String) -> String? {
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? environment["HOME"].map { $0 + "/.cache" }
        return base.map { "\($0)/wgs-annotate/\(name)" }
    }

    /// Writes a file whole or not at all. One that cannot be written is no fault: the next run does the work again.
    static func keep(_ data: Data, at path: String) {
        let url = URL(filePath: path)
        try? FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? data.write(to: url, options: .atomic)
    }
}
