internal import Foundation
public import Genome

extension FileSystem {
    /// Writes all bytes; the error number if that fails.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        unsafe bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count, let start = bytes.baseAddress {
                // SAFETY: the bytes from done on are in the buffer.
                let count = unsafe Foundation.write(descriptor, start + done, bytes.count - done)
                if count < 0, errno == EINTR { continue }
                if count < 0 { return errno }
                done += count
            }
            return nil
        }
    }

    /// Makes a folder and those above it that are missing. All are told to ``Temporaries``.
    ///
    /// - Throws: `InputError` that names `final`, what the folder is made for.
    public static func makeTemporaryFolder(
        _ path: String, for final: String, isPrivate: Bool = false
    ) throws(InputError) {
        var missing: [String] = []
        var parent = (path as NSString).deletingLastPathComponent
        while !parent.isEmpty, parent != "/", kind(of: parent) == .missing {
            missing.append(parent)
            parent = (parent as NSString).deletingLastPathComponent
        }
        let problem: Int32? = Temporaries.make(path, parents: missing) {
            for folder in missing.reversed() + [path] {
                // SAFETY: the path lives for the call.
                let status = unsafe mkdir(folder, isPrivate ? 0o700 : 0o777)
                guard status == 0 || errno == EEXIST && folder != path else { return errno }
            }
            return nil
        }
        guard let problem else { return }
        Temporaries.remove(path)
        throw failure(problem, file: final, doing: "the folder cannot be made")
    }

    /// Writes a file that appears whole under its name: under a temporary one beside it, then renamed. What is no
    /// regular file (a device, a pipe) is written to as it is.
    ///
    /// - Throws: `InputError` of kind `.output` if it cannot be made, of kind `.io` if writing fails.
    public static func write(_ text: String, toFile path: String) throws(InputError) {
        let kind = kind(of: path)
        guard kind == .file || kind == .missing else {
            try write(text, to: path, flags: O_WRONLY | O_TRUNC, file: path)
            return
        }
        // A symbolic link stays one.
        let final = kind == .file ? URL(filePath: path).resolvingSymlinksInPath().path : path
        let temporary = "\(final).tmp-\(getpid())"
        do throws(InputError) {
            try Temporaries.make(temporary) { () throws(InputError) in
                // SAFETY: the path lives for the call; a process of this number may have left one.
                unsafe _ = unlink(temporary)
                try write("", to: temporary, flags: O_WRONLY | O_CREAT | O_EXCL, file: path)
            }
            try write(text, to: temporary, flags: O_WRONLY | O_TRUNC, file: path)
            try Temporaries.keep(temporary) { () throws(InputError) in
                guard rename(temporary, to: final) else {
                    throw failure(errno, file: path, doing: "the file cannot be put in place")
                }
            }
        } catch {
            Temporaries.remove(temporary)
            throw error
        }
    }

    /// Copies what a stream (`-` is standard input) still gives into a new file.
    ///
    /// - Throws: `InputError` of kind `.missing` if it cannot be opened, of kind `.io` if reading or writing fails.
    public static func copyStream(_ path: String, to copy: String) throws(InputError) {
        let stream =
            try path == "-" ? OpenFile(descriptor: dup(STDIN_FILENO), name: "-") : OpenFile(path: path)
        // SAFETY: the path lives for the call.
        let descriptor = unsafe open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw failure(errno, file: copy, doing: "a temporary file cannot be made")
        }
        defer { close(descriptor) }
        while true {
            let piece = try stream.read(upTo: 1 << 20)
            if let number = write(piece, to: descriptor) {
                throw InputError(
                    file: path, problem: "the input cannot be kept: \(text(ofError: number))",
                    remedy: "Give a file, or name a folder with more room in $TMPDIR.", kind: .io)
            }
            if piece.count < 1 << 20 { return }
        }
    }

    /// Writes text to a file that is opened with flags; `file` is its name in messages.
    ///
    /// - Throws: `InputError` of kind `.output` if it cannot be opened, of kind `.io` if writing fails.
    static func write(_ text: String, to path: String, flags: Int32, file: String) throws(InputError) {
        // SAFETY: the path lives for the call.
        let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure(errno, file: file, doing: "the output cannot be created") }
        let problem = write(Array(text.utf8), to: descriptor)
        // Some file systems tell a full disk only now.
        let status = close(descriptor)
        if let number = problem ?? (status == 0 ? nil : errno) {
            throw failure(number, file: file, doing: "writing failed", kind: .io)
        }
    }

    /// Writes text to a new file of a folder that is not in place yet; `file` is its final name, for messages.
    ///
    /// - Throws: `InputError`.
    public static func write(_ text: String, toPart path: String, of file: String) throws(InputError) {
        try write(text, to: path, flags: O_WRONLY | O_CREAT | O_EXCL, file: file)
    }

    /// An output that failed: a full disk, a limit or a broken device is an I/O error, all else an output that cannot
    /// be created.
    static func failure(
        _ number: Int32, file: String, doing: String, kind: InputError.Kind = .output
    ) -> InputError {
        let isIO = [ENOSPC, EDQUOT, EFBIG, EIO, EPIPE].contains(number)
        return InputError(
            file: file, problem: "\(doing): \(text(ofError: number))",
            remedy: isIO || kind == .io
                ? "Make room or check the disk; nothing was left behind."
                : "Check the folder and its rights.",
            kind: isIO ? .io : kind)
    }

    /// The last system error as an output that failed.
    public static func failure(file: String, doing: String) -> InputError {
        failure(errno, file: file, doing: doing)
    }
}
