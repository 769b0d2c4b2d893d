internal import Foundation
public import Genome

/// A file of which parts are read at any place; closed when let go.
public final class RandomAccessFile: Sendable {
    private let path: String
    private let descriptor: Int32
    /// How many bytes there were when it was opened.
    public let count: Int

    /// Opens a file.
    ///
    /// - Throws: `InputError` if it cannot be opened.
    public init(path: String) throws(InputError) {
        self.path = path
        // SAFETY: the path lives for the call.
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        // SAFETY: fstat fills our own struct.
        guard descriptor >= 0, unsafe fstat(descriptor, &status) == 0 else {
            count = 0
            throw InputError(
                file: path, problem: "the file cannot be read: \(FileSystem.text(ofError: errno))",
                remedy: "Check the path and its rights.", kind: .missing)
        }
        count = Int(status.st_size)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The bytes of a range; any number of tasks may read at once.
    ///
    /// - Throws: `InputError` of kind `.io` if it ends before, or reading fails.
    public func bytes(_ range: Range<Int>) throws(InputError) -> [UInt8] {
        let wanted = range.count
        // SAFETY: at most `wanted` bytes are written into room for as many, and the number written is told.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, used in
            while used < wanted {
                guard let start = buffer.baseAddress else { return }
                let read = unsafe pread(descriptor, start + used, wanted - used, range.lowerBound + used)
                if read < 0, errno == EINTR { continue }
                if read <= 0 { return }
                used += read
            }
        }
        guard bytes.count == wanted else {
            throw InputError(
                file: path, problem: "\(wanted) bytes at \(range.lowerBound) cannot be read",
                remedy: "Remove the file, or run with --no-cache; it is made anew.", kind: .io)
        }
        return bytes
    }
}
