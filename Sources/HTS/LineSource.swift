internal import CHTS
internal import Foundation

/// The lines of a plain, gzip or BGZF file, each a view of memory that the next read uses again.
///
/// Works on htslib's blocks directly: a line that lies in one block is not copied, one that crosses blocks is put
/// together in a buffer of bounded size. A carriage return before the line end is not part of the line.
@safe struct LineSource: ~Copyable {
    /// The longest line that is read, in bytes; a longer one is a fault, not a reason to take memory.
    static let maximumLength = 64 << 20

    /// What became of a read.
    enum Outcome {
        /// A line is there.
        case line
        /// The file is at its end.
        case end
        /// Compressed data is damaged or cut off, or the file cannot be read.
        case damaged
        /// The line is longer than ``maximumLength``.
        case tooLong
    }

    private let file: UnsafeMutablePointer<BGZF>
    private var joined: [UInt8] = []
    private var start: UnsafePointer<UInt8>?
    private var length = 0
    private var isJoined = false
    /// Whether the block at hand, and what is read of the line, may hold a NUL byte; true where nobody looked.
    private var isBlockDoubtful = true
    private(set) var mayHoldZero = true
    /// 1-based number of the last line; counts from 1 again after ``seek(to:)``.
    private(set) var lineNumber = 0

    /// Takes over an open file.
    init(owning file: UnsafeMutablePointer<BGZF>) {
        unsafe self.file = file
    }

    deinit {
        // SAFETY: owned here and not used after this.
        unsafe _ = bgzf_close(file)
    }

    /// Reads the next line; its bytes are seen through ``withLine(_:)``.
    mutating func next() -> Outcome {
        isJoined = false
        while true {
            // SAFETY: the file is open; its block holds block_length bytes, of which block_offset are used.
            let available = unsafe Int(file.pointee.block_length) - Int(file.pointee.block_offset)
            guard available > 0 else {
                // SAFETY: as above; a failed read leaves errcode set, a read at the end a block of no length.
                guard unsafe bgzf_read_block(file) == 0, unsafe chts_has_failed(file) == 0 else {
                    return .damaged
                }
                guard unsafe file.pointee.block_length > 0 else {
                    guard isJoined else { return .end }
                    return finish()
                }
                isBlockDoubtful = holdsZero()
                continue
            }
            // SAFETY: the range lies in the block, see `available`.
            guard let block = unsafe file.pointee.uncompressed_block else { return .damaged }
            let base = unsafe block.assumingMemoryBound(to: UInt8.self) + Int(file.pointee.block_offset)
            let lineEnd = unsafe memchr(base, 0x0A, available)
            let count = unsafe lineEnd.map { unsafe UnsafeRawPointer(base).distance(to: $0) } ?? available
            unsafe consume(lineEnd == nil ? count : count + 1)
            if unsafe lineEnd != nil, !isJoined {
                unsafe start = UnsafePointer(base)
                length = count
                mayHoldZero = isBlockDoubtful
                return finish()
            }
            if !isJoined { joined.removeAll(keepingCapacity: true) }
            mayHoldZero = isBlockDoubtful || isJoined && mayHoldZero
            isJoined = true
            guard joined.count + count <= Self.maximumLength else { return .tooLong }
            // SAFETY: base holds count bytes.
            unsafe joined.append(contentsOf: UnsafeBufferPointer(start: base, count: count))
            if unsafe lineEnd != nil { return finish() }
        }
    }

    /// Gives the bytes of the last line, without its end; they live as long as the call.
    func withLine(_ body: (Span<UInt8>) -> Void) {
        if isJoined {
            body(joined.span.extracting(0..<length))
        } else {
            // SAFETY: start points to length bytes of the block, which stays until the next read.
            let line = unsafe UnsafeBufferPointer(start: start, count: length)
            unsafe body(line.span)
        }
    }

    /// Goes to a place that an index names; false if the file cannot be read there.
    mutating func seek(to offset: UInt64) -> Bool {
        lineNumber = 0
        isBlockDoubtful = true
        // SAFETY: the file is open; a wrong offset makes the next read fail, not the program.
        return unsafe bgzf_seek(file, Int64(bitPattern: offset), SEEK_SET) == 0
    }

    /// Whether the last block was the empty one that ends a BGZF file.
    var endsWithMarker: Bool {
        // SAFETY: the file is open.
        unsafe chts_ends_with_marker(file) != 0
    }

    /// Whether a BGZF file lacks the empty block at its end, seen without reading to it.
    var isCutOff: Bool {
        // SAFETY: the file is open; its place is kept.
        unsafe bgzf_check_EOF(file) == 0
    }

    /// Gives the open file to a query of htslib.
    mutating func withFile<Result>(_ body: (UnsafeMutablePointer<BGZF>) -> Result) -> Result {
        isBlockDoubtful = true
        return unsafe body(file)
    }

    /// Whether the block that was read holds a NUL byte: seen once for all of its lines.
    private func holdsZero() -> Bool {
        // SAFETY: the file is open; its block holds block_length bytes.
        guard let block = unsafe file.pointee.uncompressed_block else { return true }
        return unsafe memchr(block, 0, Int(file.pointee.block_length)) != nil
    }

    private mutating func consume(_ count: Int) {
        // SAFETY: the file is open; an emptied block is marked as htslib marks it, its bytes stay.
        unsafe file.pointee.block_offset += Int32(count)
        unsafe file.pointee.uncompressed_address += Int64(count)
        if unsafe file.pointee.block_offset >= file.pointee.block_length {
            unsafe file.pointee.block_offset = 0
            unsafe file.pointee.block_length = 0
        }
    }

    private mutating func finish() -> Outcome {
        lineNumber += 1
        if isJoined {
            length = joined.count
            if length > 0, joined[length - 1] == 0x0D { length -= 1 }
        } else if length > 0, let start = unsafe start, unsafe start[length - 1] == 0x0D {
            length -= 1
        }
        return .line
    }
}
