internal import Foundation
public import Genome

/// Writes a new file of a folder that is not in place yet, piece by piece.
///
/// - Shape: bytes are gathered and written by the megabyte; what is gathered is lost without ``close()``.
public final class PartWriter {
    private let descriptor: Int32
    private let file: String
    private var gathered: [UInt8] = []
    private var isClosed = false

    /// Makes the file at `path`; `file` is its final name, for messages.
    ///
    /// - Throws: `InputError` of kind `.output` if it cannot be made.
    public init(path: String, file: String) throws(InputError) {
        // SAFETY: the path lives for the call; closed in close() or deinit.
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        self.file = file
        guard descriptor >= 0 else {
            throw FileSystem.failure(errno, file: file, doing: "the output cannot be created")
        }
    }

    deinit { if !isClosed { Foundation.close(descriptor) } }

    /// Appends bytes.
    ///
    /// - Throws: `InputError` of kind `.io`.
    public func write(_ bytes: some Sequence<UInt8>) throws(InputError) {
        gathered.append(contentsOf: bytes)
        if gathered.count >= 1 << 20 { try flush() }
    }

    /// Ends the file.
    ///
    /// - Throws: `InputError` of kind `.io`: some file systems tell a full disk only now.
    public func close() throws(InputError) {
        try flush()
        isClosed = true
        guard Foundation.close(descriptor) == 0 else { throw failed(errno) }
    }

    private func flush() throws(InputError) {
        if let number = FileSystem.write(gathered, to: descriptor) { throw failed(number) }
        gathered.removeAll(keepingCapacity: true)
    }

    private func failed(_ number: Int32) -> InputError {
        FileSystem.failure(number, file: file, doing: "writing failed", kind: .io)
    }
}
