internal import Foundation
internal import Genome

/// A file that is read from its beginning to its end in pieces; closed when let go.
final class OpenFile {
    let path: String
    /// The size when it was opened; 0 for what is no regular file.
    let size: Int
    private let descriptor: Int32

    convenience init(path: String) throws(InputError) {
        // SAFETY: the path lives for the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        try self.init(descriptor: descriptor, name: path)
    }

    /// Takes over an open file; -1 is one that could not be opened.
    init(descriptor: Int32, name: String) throws(InputError) {
        self.descriptor = descriptor
        path = name
        guard descriptor >= 0 else {
            size = 0
            throw InputError(
                file: path, problem: "the file cannot be read", remedy: "Check the path and its rights.",
                kind: .missing)
        }
        var status = stat()
        // SAFETY: fstat fills our own struct.
        let isFile = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        size = isFile ? status.st_size : 0
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The next bytes: as many as asked for, or fewer at the end of the file.
    func read(upTo count: Int) throws(InputError) -> [UInt8] {
        var problem: Int32 = 0
        // SAFETY: at most count bytes are written into room for count, and the number written is told.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
            while used < count {
                guard let start = buffer.baseAddress else { return }
                let read = unsafe Foundation.read(descriptor, start + used, count - used)
                if read < 0, errno == EINTR { continue }
                if read < 0 { problem = errno }
                if read <= 0 { return }
                used += read
            }
        }
        guard problem == 0 else {
            throw InputError(
                file: path, problem: "reading failed: \(FileSystem.text(ofError: problem))",
                remedy: "Try again.",
                kind: problem == EISDIR ? .missing : .io)
        }
        return bytes
    }
}
