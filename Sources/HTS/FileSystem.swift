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

extension FileSystem {
    /// What a path leads to.
    public enum Kind: Hashable, Sendable {
        /// A file that can be read again from its beginning.
        case file
        /// A folder.
        case folder
        /// A pipe or a character device, which gives its bytes once.
        case stream
        /// A socket or a block device.
        case other
        /// Nothing.
        case missing
        /// It cannot be told: a folder above it may not be searched, or the file system failed.
        case unreachable
    }

    /// What a path leads to, through symbolic links.
    public static func kind(of path: String) -> Kind {
        var status = stat()
        // SAFETY: stat fills our own struct.
        guard unsafe stat(path, &status) == 0 else {
            return errno == ENOENT || errno == ENOTDIR ? .missing : .unreachable
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFIFO, S_IFCHR: return .stream
        default: return .other
        }
    }

    /// The path without symbolic links; nil if it leads to nothing.
    public static func realPath(of path: String) -> String? {
        // SAFETY: realpath gives a terminated string that is freed here.
        guard let found = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(found) }
        return unsafe String(cString: found)
    }

    /// The size of a regular file; nil for all else.
    static func size(of path: String) -> Int? {
        var status = stat()
        // SAFETY: stat fills our own struct.
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// The names in a folder, sorted.
    ///
    /// - Throws: `InputError` of kind `.missing` if it cannot be read.
    public static func names(in folder: String) throws(InputError) -> [String] {
        // SAFETY: the path lives for the call; the stream is closed below.
        guard let stream = unsafe opendir(folder) else {
            throw InputError(
                file: folder, problem: "the folder cannot be read: \(text(ofError: errno))",
                remedy: "Check the path and its rights.", kind: .missing)
        }
        defer { unsafe _ = closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            // SAFETY: d_name is terminated, and lives until the next call.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The system's words for an error number.
    static func text(ofError number: Int32) -> String {
        // SAFETY: the text is copied before another call can change it.
        unsafe String(cString: strerror(number))
    }
}
