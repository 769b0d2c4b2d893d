internal import Genome
internal import HTS

extension KnowledgeImport {
    /// The files of an import, read whole.
    struct Files {
        /// Their bytes by path, in the order in which they were given.
        private(set) var contents: [(name: String, bytes: [UInt8])] = []
        /// Their SHA-256 by name without folders, which would tell about the user.
        private(set) var sums: [String: String] = [:]

        /// - Throws: `InputError` for a file that is missing, stands twice or is no text.
        init(_ paths: [String]) throws(InputError) {
            for path in paths {
                let name = path.split(separator: "/").last.map(String.init) ?? path
                let bytes = try FileSystem.bytes(of: path)
                guard sums.updateValue(SHA256.hexadecimal(bytes), forKey: name) == nil else {
                    throw InputError(
                        file: path, problem: "a file \(name) was given already",
                        remedy: "Give each file once, or another name to one.", kind: .usage)
                }
                let isPacked = bytes.starts(with: [0x1F, 0x8B]) || bytes.starts(with: Array("PK".utf8))
                guard !isPacked, !bytes.contains(0) else {
                    throw InputError(
                        file: path,
                        problem: "the file is \(isPacked ? "packed" : "binary"), and text was expected",
                        remedy: isPacked ? "Unpack it." : "Give the table as text.")
                }
                contents.append((path, bytes))
            }
        }

        /// A version for tables that tell none: the beginning of their checksum.
        var version: String {
            let ordered = sums.values.sorted()
            let sum = ordered.count == 1 ? ordered[0] : Checksum.sha256(text: ordered.joined(separator: "\n"))
            return String(sum.prefix(12))
        }
    }
}
