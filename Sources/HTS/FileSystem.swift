internal import CHTS
internal import Foundation
public import Genome

/// File-system calls that Foundation does not have.
public enum FileSystem {
    /// Gives a file or folder a new name that is free; false on failure.
    public static func rename(_ old: String, to new: String) -> Bool {
        // SAFETY: both paths live for the call.
        unsafe Foundation.rename(old, new) == 0
    }

    /// Exchanges the names of two files or folders in one step, so that both exist at every moment.
    public static func exchange(_ first: String, _ second: String) -> Bool {
        // SAFETY: both paths live for the call.
        unsafe chts_exchange(first, second) == 0
    }

    /// Whether no process has this id any more.
    public static func isProcessGone(_ id: Int32) -> Bool { kill(id, 0) != 0 && errno == ESRCH }

    /// All bytes of a file.
    ///
    /// - Throws: `InputError` of kind `.missing` if it cannot be opened, of kind `.io` if reading fails.
    public static func bytes(of path: String) throws(InputError) -> [UInt8] {
        let file = try OpenFile(path: path)
        var bytes: [UInt8] = []
        // One byte more than the file has, so that the end is seen without another call.
        var room = max(file.size + 1, 1 << 12)
        while true {
            let piece = try file.read(upTo: room)
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
            if piece.count < room { return bytes }
            room = 1 << 16
        }
    }
}

/// A file that is read from its beginning to its end in pieces; closed when let go.
final class OpenFile {
    let path: String
    /// The size when it was opened; 0 for what is no regular file.
    let size: Int
    private let descriptor: Int32

    init(path: String) throws(InputError) {
        // SAFETY: the path lives for the call.
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0 else {
            size = 0
            throw InputError(
                file: path, problem: "the file cannot be read", remedy: "Check the path and its rights.",
                kind: .missing)
        }
        var status = stat()
        // SAFETY: fstat fills our own struct.
        size =
            unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? status.st_size : 0
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

extension FileSystem {
    /// The system's words for an error number.
    static func text(ofError number: Int32) -> String {
        // SAFETY: the text is copied before another call can change it.
        unsafe String(cString: strerror(number))
    }
}
