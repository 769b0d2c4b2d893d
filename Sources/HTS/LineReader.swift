internal import CHTS
internal import Foundation
public import Genome

/// Reads the lines of a text file, plain or gzip, for tables.
@safe public final class LineReader {
    /// The longest line that is read, in bytes.
    public static let maximumLength = 64 << 20

    /// The file as the user wrote it.
    public let path: String
    /// 1-based number of the last line.
    public private(set) var lineNumber = 0
    private let file: UnsafeMutablePointer<BGZF>
    private var line = unsafe kstring_t()

    /// Opens a file, `-` for standard input.
    ///
    /// - Throws: `InputError` of kind `.missing`.
    public init(path: String) throws(InputError) {
        HTSVersion.silence()
        try InputFile.check(path)
        // SAFETY: bgzf_open copies the path; closed in deinit.
        guard let file = unsafe bgzf_open(path, "r") else {
            throw InputError(
                file: path, problem: "the file cannot be read", remedy: "Check the path and its rights.",
                kind: .missing)
        }
        self.path = path
        unsafe self.file = file
    }

    deinit {
        // SAFETY: owned here.
        unsafe _ = bgzf_close(file)
        unsafe free(line.s)
    }

    /// Puts the next line, without its end, into `buffer`; false at the end of the file.
    ///
    /// - Throws: `InputError` as ``next()`` does.
    public func read(into buffer: inout [UInt8]) throws(InputError) -> Bool {
        guard try advance() else { return false }
        buffer.removeAll(keepingCapacity: true)
        unsafe buffer.append(contentsOf: bytes)
        if buffer.last == 0x0D { buffer.removeLast() }
        return true
    }

    /// The next line without its end, or nil at the end of the file.
    ///
    /// - Throws: `InputError` for damaged compression or a line beyond ``maximumLength``.
    public func next() throws(InputError) -> String? {
        guard try advance() else { return nil }
        let bytes = unsafe bytes
        var text = unsafe String(decoding: bytes, as: UTF8.self)
        if text.hasSuffix("\r") { text.removeLast() }
        return text
    }

    /// The bytes of ``line``; a byte order mark at the start of the file is no part of the text.
    private var bytes: Slice<UnsafeRawBufferPointer> {
        // SAFETY: line.s holds line.l bytes until the next line is read.
        let all = unsafe UnsafeRawBufferPointer(start: line.s, count: line.l)
        return unsafe lineNumber == 1 ? all.withoutMark : all[...]
    }

    /// Reads a line into ``line``; false at the end of the file.
    private func advance() throws(InputError) -> Bool {
        // SAFETY: line is a kstring that htslib grows.
        let status = unsafe bgzf_getline(file, 10, &line)
        if status == -1 { return false }
        lineNumber += 1
        // SAFETY: the file is open; htslib gives what came before damage as a whole line.
        guard status >= 0, unsafe chts_has_failed(file) == 0 else {
            throw InputError(
                file: path, place: .line(lineNumber), problem: "the compressed data is damaged or cut off",
                remedy: "Copy or make the file again.")
        }
        guard unsafe line.l <= Self.maximumLength else {
            throw InputError(
                file: path, place: .line(lineNumber),
                problem: "the line has \(unsafe line.l) bytes, at most 67108864 were expected",
                remedy: "Is this a text table?")
        }
        return true
    }

    /// The lines of a small file, each ended by a line feed.
    ///
    /// - Throws: As reading line by line.
    public static func text(path: String) throws(InputError) -> String {
        let lines = try LineReader(path: path)
        var text = ""
        while let line = try lines.next() { text += line + "\n" }
        return text
    }
}
