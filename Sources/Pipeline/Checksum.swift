public import Genome
internal import HTS

/// SHA-256 of files and text, in lower-case hexadecimal.
public enum Checksum {
    /// The checksum of a file, read in pieces.
    public static func sha256(path: String) throws(InputError) -> String {
        try SHA256.hexadecimal(file: path)
    }

    /// The checksum of text in UTF-8.
    public static func sha256(text: String) -> String { SHA256.hexadecimal(Array(text.utf8)) }
}
