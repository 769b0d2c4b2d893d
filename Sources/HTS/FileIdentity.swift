internal import Foundation
public import Genome

/// What a file was when a run began, to find out at its end whether it is the same still.
///
/// A file that grows, shrinks or is replaced while it is read gives results that belong to neither of its two states.
public struct FileIdentity: Hashable, Sendable {
    /// The path as it is opened.
    public let path: String
    /// The name for messages.
    public let name: String
    /// The size in bytes.
    public let size: Int
    private let device: UInt64
    private let inode: UInt64
    private let seconds: Int
    private let nanoseconds: Int

    /// The identity of a file now.
    ///
    /// - Throws: `InputError` of kind `.missing` if there is none, or it cannot be reached.
    public init(path: String, name: String? = nil) throws(InputError) {
        var status = stat()
        // SAFETY: stat fills our own struct.
        guard unsafe stat(path, &status) == 0 else {
            throw InputError(
                file: name ?? path, problem: "the file cannot be read: \(FileSystem.text(ofError: errno))",
                remedy: "Check the path and its rights.", kind: .missing)
        }
        self.path = path
        self.name = name ?? path
        size = Int(status.st_size)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        (seconds, nanoseconds) = (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
    }

    /// A word that another state of the file, or another file, does not have: place, size and time of the last write.
    public var key: String { "\(device)-\(inode)-\(size)-\(seconds).\(nanoseconds)" }

    /// Compares the file with what it was.
    ///
    /// - Throws: `InputError` of kind `.io` that says what changed.
    public func check() throws(InputError) {
        let change: String
        do {
            let now = try FileIdentity(path: path, name: name)
            if (now.device, now.inode) != (device, inode) {
                change = "another file has its name now"
            } else if now.size != size {
                change = "it had \(size) bytes at the start and has \(now.size) now"
            } else if (now.seconds, now.nanoseconds) != (seconds, nanoseconds) {
                change = "it was written to"
            } else {
                return
            }
        } catch {
            change = "it is gone"
        }
        throw InputError(
            file: name, problem: "the file changed while it was read: \(change)",
            remedy: "Wait until it is complete, then run again; nothing was written.", kind: .io)
    }
}
