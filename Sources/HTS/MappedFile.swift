internal import Foundation
public import Genome

/// A file that is mapped into memory: only the pages that are looked at are read.
///
/// For files that are written once and given their name afterwards; one that is made shorter while it is mapped would end
/// the program.
public final class MappedFile: Sendable {
    private let address: UInt
    /// How many bytes there are.
    public let count: Int

    /// Maps a file.
    ///
    /// - Throws: `InputError` if it cannot be opened or mapped.
    public init(path: String) throws(InputError) {
        func fault() -> InputError {
            InputError(
                file: path, problem: "the file cannot be read: \(FileSystem.text(ofError: errno))",
                remedy: "Check the path and its rights.", kind: .missing)
        }
        // SAFETY: the path lives for the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault() }
        defer { close(descriptor) }
        var status = stat()
        // SAFETY: fstat fills our own struct.
        guard unsafe fstat(descriptor, &status) == 0 else { throw fault() }
        count = Int(status.st_size)
        guard count > 0 else {
            address = 0
            return
        }
        // SAFETY: a new mapping of as many bytes as the file has; undone in deinit.
        let start = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard unsafe start != MAP_FAILED else { throw fault() }
        address = UInt(bitPattern: start)
    }

    deinit {
        // SAFETY: the mapping of init, of which nothing is given out beyond a call.
        if count > 0 { _ = unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), count) }
    }

    /// A copy of the bytes of a range that lies inside.
    public func bytes(_ range: Range<Int>) -> [UInt8] {
        with(range) { span in
            unsafe [UInt8](unsafeUninitializedCapacity: span.count) { buffer, used in
                for index in span.indices { unsafe buffer.initializeElement(at: index, to: span[index]) }
                used = span.count
            }
        }
    }

    /// The checksum of the bytes of a range that lies inside.
    public func checksum(_ range: Range<Int>) -> UInt64 { with(range) { WordChecksum.sum($0) } }

    private func with<Result>(_ range: Range<Int>, _ body: (Span<UInt8>) -> Result) -> Result {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range outside the file")
        // SAFETY: the range lies in the mapping, which lives as long as self.
        let start = unsafe UnsafeRawPointer(bitPattern: address)?.advanced(by: range.lowerBound)
        let buffer = unsafe UnsafeRawBufferPointer(start: start, count: range.count)
        return withExtendedLifetime(self) { body(unsafe Span(_unsafeBytes: buffer)) }
    }
}
