internal import Genome
internal import HTS
internal import Knowledge

// A file of which every page has a checksum, so that parts can be read without reading all, and damage is seen:
//
//     8 bytes   "WGSAPAGE"
//     8 bytes   how many bytes the content has
//     8 x n     the checksum of each page of 4096 bytes, the last one shorter
//     8 bytes   the checksum of all before
//     …         the content
//
// Numbers are little-endian.

/// Such a file, mapped.
struct CheckedPages: IndexBytes {
    private static let magic = Array("WGSAPAGE".utf8)
    private static let pageSize = 4096

    private let file: MappedFile
    private let path: String
    private let start: Int
    let count: Int

    /// Maps a file and looks at its head; nil where there is none, or it is not as it was written.
    init?(path: String) {
        guard let file = try? MappedFile(path: path), file.count >= 24 else { return nil }
        self.file = file
        self.path = path
        let head = file.bytes(0..<16)
        guard head.starts(with: Self.magic), let count = Int(exactly: Self.number(head[8...])),
            count <= file.count
        else { return nil }
        let pages = (count + Self.pageSize - 1) / Self.pageSize
        start = 24 + pages * 8
        guard start + count == file.count,
            Self.number(file.bytes((start - 8)..<start)[...]) == file.checksum(0..<(start - 8))
        else { return nil }
        self.count = count
    }

    func bytes(_ range: Range<Int>) throws(InputError) -> [UInt8] {
        guard range.lowerBound >= 0, range.upperBound <= count else { throw damage }
        guard !range.isEmpty else { return [] }
        for page in range.lowerBound / Self.pageSize...(range.upperBound - 1) / Self.pageSize {
            let first = page * Self.pageSize
            let end = min(first + Self.pageSize, count)
            let sum = Self.number(file.bytes((16 + page * 8)..<(24 + page * 8))[...])
            guard file.checksum((start + first)..<(start + end)) == sum else { throw damage }
        }
        return file.bytes((start + range.lowerBound)..<(start + range.upperBound))
    }

    private var damage: InputError {
        InputError(
            file: path, problem: "the file of the cache is damaged",
            remedy: "Remove it, or run with --no-cache; it is made anew.", kind: .io)
    }

    /// The file that holds a content.
    static func file(_ content: [UInt8]) -> [UInt8] {
        var head = magic
        put(UInt64(content.count), into: &head)
        for first in stride(from: 0, to: content.count, by: pageSize) {
            let page = content.span.extracting(first..<min(first + pageSize, content.count))
            put(WordChecksum.sum(page), into: &head)
        }
        put(WordChecksum.sum(head.span), into: &head)
        return head + content
    }

    private static func put(_ number: UInt64, into bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
