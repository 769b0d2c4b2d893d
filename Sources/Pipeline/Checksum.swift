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

    /// How long a file is kept that nobody uses.
    private static let keptFor: TimeInterval = 30 * 86_400

    /// Notes in the time of its last change that a file is used, at most once a day.
    static func noteUse(of path: String) {
        let manager = FileManager.default
        guard let date = changed(path), date.timeIntervalSinceNow < -86_400 else { return }
        try? manager.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
    }

    /// Removes the files beside `path` whose names begin with `prefix` and end as its does, of other versions than `current` or not used for
    /// thirty days.
    static func sweep(besides path: String, prefix: String, current: String) {
        let manager = FileManager.default
        let own = URL(filePath: path)
        let folder = own.deletingLastPathComponent().path
        for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? []
        where name.hasPrefix(prefix) && name.hasSuffix("." + own.pathExtension)
            && name != own.lastPathComponent
        {
            let file = "\(folder)/\(name)"
            guard let date = changed(file) else { continue }
            if !name.hasPrefix(current) || date.timeIntervalSinceNow < -keptFor {
                try? manager.removeItem(atPath: file)
            }
        }
    }

    /// When a regular file was changed last; nil for all else.
    private static func changed(_ path: String) -> Date? {
        let facts = try? FileManager.default.attributesOfItem(atPath: path)
        guard facts?[.type] as? FileAttributeType == .typeRegular else { return nil }
        return facts?[.modificationDate] as? Date
    }
}
