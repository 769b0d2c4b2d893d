internal import CHTS
public import Genome

/// Reads the lines of a text file, plain or gzip, as the bytes that stand there.
///
/// Unlike ``LineReader`` it keeps carriage returns and bytes that are no UTF-8, tells whether the last line has an
/// end, and goes on after a line that is too long.
@safe public final class RawLineReader {
    /// What was read.
    public enum Outcome: Hashable, Sendable {
        /// A line.
        case line
        /// A line of more bytes than were asked for; its bytes were dropped.
        case tooLong
        /// The file ended before.
        case end
    }

    /// The longest line that is kept, in bytes.
    public static let maximumLength = 64 << 20

    /// The file as the user wrote it.
    public let path: String
    /// 1-based number of the last line.
    public private(set) var lineNumber = 0
    /// Whether the last line that was read has a line end.
    public private(set) var hasLineEnd = true

    private let file: UnsafeMutablePointer<BGZF>
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var start = 0
    private var end = 0

    /// Opens a file.
    ///
    /// - Throws: `InputError`: missing, unreadable or empty.
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
    }

    /// Reads the next line without its line feed into an emptied buffer.
    ///
    /// - Throws: `InputError` for damaged compression.
    public func next(into line: inout [UInt8], limit: Int = maximumLength) throws(InputError) -> Outcome {
        line.removeAll(keepingCapacity: true)
        var isTooLong = false
        var hasBytes = false
        while true {
            if start == end {
                guard try fill() else {
                    guard hasBytes else { return .end }
                    lineNumber += 1
                    hasLineEnd = false
                    return isTooLong ? .tooLong : .line
                }
            }
            hasBytes = true
            let feed = buffer[start..<end].firstIndex(of: 0x0A)
            let part = buffer[start..<(feed ?? end)]
            if line.count + part.count > limit {
                isTooLong = true
                line.removeAll(keepingCapacity: false)
            } else if !isTooLong {
                line.append(contentsOf: part)
            }
            start = feed.map { $0 + 1 } ?? end
            if feed != nil {
                lineNumber += 1
                hasLineEnd = true
                return isTooLong ? .tooLong : .line
            }
        }
    }

    /// Whether the uncompressed content begins so; asked before the first line is read.
    public func begins(with prefix: [UInt8]) throws(InputError) -> Bool {
        if start == end { _ = try fill() }
        return buffer[start..<end].starts(with: prefix)
    }

    private func fill() throws(InputError) -> Bool {
        let count = buffer.count
        // SAFETY: the buffer has room for count bytes; the file is open.
        let read = unsafe buffer.withUnsafeMutableBytes { unsafe bgzf_read(file, $0.baseAddress, count) }
        guard read >= 0 else {
            throw InputError(
                file: path, place: .line(lineNumber + 1),
                problem: "the compressed data is damaged or cut off",
                remedy: "Copy or make the file again.")
        }
        (start, end) = (0, Int(read))
        return read > 0
    }
}
