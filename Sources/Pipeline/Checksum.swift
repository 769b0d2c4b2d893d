internal import Crypto
internal import Foundation
public import Genome

/// SHA-256 of files and text, in lower-case hexadecimal.
public enum Checksum {
    /// The checksum of a file, read in pieces of 1 MB.
    public static func sha256(path: String) throws(InputError) -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw InputError(
                file: path, problem: "the file cannot be read", remedy: "Check the path and its rights.",
                kind: .missing)
        }
        defer { try? handle.close() }
        var hash = SHA256()
        do {
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        } catch {
            throw InputError(
                file: path, problem: "reading failed: \(error.localizedDescription)", remedy: "Try again.",
                kind: .io)
        }
        return hex(hash.finalize())
    }

    /// The checksum of text in UTF-8.
    public static func sha256(text: String) -> String { hex(SHA256.hash(data: Data(text.utf8))) }

    private static func hex(_ digest: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
