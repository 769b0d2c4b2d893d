internal import Foundation
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

/// Such a file, of which pages are read when they are asked for. Those that were looked at are kept, up to 16 MB.
///
/// Read, not mapped: a page fault costs ten times a read of 4 KB, and a file that is cut short is an error then, not the end of the program.
struct CheckedPages: IndexBytes {
    private static let magic = Array("WGSAPAGE".utf8)
    private static let pageSize = 4096
    private static let mostKept = 4096
    /// Ranges of more pages are read in one go and not kept.
    private static let longRange = 8

    private let file: RandomAccessFile
    private let path: String
    /// The checksums of the pages, eight bytes each.
    private let sums: ArraySlice<UInt8>
    private let start: Int
    private let kept = Locked<[Int: [UInt8]]>([:])
    let count: Int

    /// Opens a file and looks at its head; nil where there is none, or it is not as it was written.
    init?(path: String) {
        guard let file = try? RandomAccessFile(path: path), file.count >= 24,
            let head = try? file.bytes(0..<16), head.starts(with: Self.magic),
            let count = Int(exactly: Self.number(head[8...])), count <= file.count
        else { return nil }
        let pages = (count + Self.pageSize - 1) / Self.pageSize
        start = 24 + pages * 8
        guard start + count == file.count, let whole = try? file.bytes(0..<start),
            Self.number(whole[(start - 8)...]) == WordChecksum.sum(whole.span.extracting(0..<(start - 8)))
        else { return nil }
        (self.file, self.path, self.count) = (file, path, count)
        sums = whole[16..<(start - 8)]
    }

    func bytes(_ range: Range<Int>) throws(InputError) -> ArraySlice<UInt8> {
        guard range.lowerBound >= 0, range.upperBound <= count else { throw damage }
        guard !range.isEmpty else { return [] }
        let pages = range.lowerBound / Self.pageSize..<(range.upperBound - 1) / Self.pageSize + 1
        if pages.count > Self.longRange {
            let bytes = try read(pages)
            let first = range.lowerBound - pages.lowerBound * Self.pageSize
            return bytes[first..<(first + range.count)]
        }
        var bytes: [UInt8] = []
        for page in pages {
            let place = page * Self.pageSize
            let own = try self.page(page)
            if pages.count == 1 { return own[(range.lowerBound - place)..<(range.upperBound - place)] }
            bytes += own[max(0, range.lowerBound - place)..<min(own.count, range.upperBound - place)]
        }
        return bytes[...]
    }

    private func page(_ page: Int) throws(InputError) -> [UInt8] {
        if let bytes = kept.withLock({ $0[page] }) { return bytes }
        let bytes = try read(page..<(page + 1))
        kept.withLock { if $0.count < Self.mostKept { $0[page] = bytes } }
        return bytes
    }

    /// Pages, each compared with its checksum.
    private func read(_ pages: Range<Int>) throws(InputError) -> [UInt8] {
        let first = pages.lowerBound * Self.pageSize
        let bytes = try file.bytes((start + first)..<(start + min(pages.upperBound * Self.pageSize, count)))
        for page in pages {
            let place = page * Self.pageSize - first
            let own = bytes.span.extracting(place..<min(place + Self.pageSize, bytes.count))
            guard WordChecksum.sum(own) == Self.number(sums[(sums.startIndex + page * 8)...]) else {
                throw damage
            }
        }
        return bytes
    }

    private var damage: InputError {
        InputError(
            file: path, problem: "the file of the cache is damaged",
            remedy: "Remove it, or run with --no-cache; it is made anew.", kind: .io)
    }

    /// The file that holds a content.
    static func file(_ content: [UInt8]) -> Data {
        var head = magic
        put(UInt64(content.count), into: &head)
        for first in stride(from: 0, to: content.count, by: pageSize) {
            let page = content.span.extracting(first..<min(first + pageSize, content.count))
            put(WordChecksum.sum(page), into: &head)
        }
        put(WordChecksum.sum(head.span), into: &head)
        var file = Data(capacity: head.count + content.count)
        file.append(contentsOf: head)
        file.append(contentsOf: content)
        return file
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
