internal import CHTS
internal import Foundation
internal import Genome

/// Where a contig stands in a plain FASTA file, from its `.fai`.
struct FastaPlace {

    let length: Int
    /// The file offset of the first base.
    let offset: Int
    let lineBases: Int
    let lineBytes: Int

    /// Bases that follow one another without lines.
    init(basesOnly length: Int) {
        (self.length, offset, lineBases, lineBytes) = (length, 0, max(length, 1), max(length, 1))
    }

    /// The contig's entry; nil if it has none. Offsets are those of a plain file.
    ///
    /// - Throws: `InputError` if the index cannot be read or says something impossible.
    init?(name: String, fasta: String) throws(InputError) {
        let index = try LineReader(path: fasta + ".fai")
        while let line = try index.next() {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.first.map(String.init) == name else { continue }
            let numbers = cells.dropFirst().compactMap { Int($0) }
            guard numbers.count >= 4, numbers[0] >= 0, numbers[1] >= 0, numbers[2] > 0,
                numbers[3] > numbers[2]
            else {
                throw InputError(
                    file: fasta + ".fai", place: .line(index.lineNumber),
                    problem: "the line is no index entry (name, length, offset, bases and bytes a line)",
                    remedy: "Index the FASTA again with `samtools faidx`.")
            }
            (length, offset, lineBases, lineBytes) = (numbers[0], numbers[1], numbers[2], numbers[3])
            return
        }
        return nil
    }
}

/// An index of htslib with its open FASTA file, and what became of reading it; closed with its last user.
// SAFETY: htslib's handle moves with each read; the reader that opened it and the contigs it gave belong to one task.
@safe final class FastaIndex: @unchecked Sendable {
    let pointer: OpaquePointer
    /// Whether a base could not be read, so that it was given as unknown.
    var hasFailed = false
    /// How often a piece, or several at once, were read.
    var readings = 0

    /// Takes over an open index.
    init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

    deinit {
        // SAFETY: owned here, and nobody holds this any more.
        unsafe fai_destroy(pointer)
    }
}

/// The bases of one contig of a FASTA file, read in pieces of 32 KB of which the last ones used are kept.
///
///     plain        pieces of the file, line ends and all; a position is found by the lines' length
///     compressed   pieces of the contig's bases, eight at a time, since each asks for a block to be unpacked anew
///
/// Belongs to one task.
// SAFETY: the pieces change when a base is asked for, so two tasks must not share one; each makes its own.
@safe final class FastaContig: BaseSource, @unchecked Sendable {
    private enum Storage {
        case plain(Int32)
        case compressed(name: String)
    }

    private static let pieceBits = 15, pieceSize = 1 << pieceBits, piecesAtOnce = 8
    /// How many pieces are kept: of a contig by itself, of a plain file, where they are cheap to read again, and of a compressed one; and
    /// where many contigs are kept. Powers of two.
    static let slots = 32, unpackedSlots = 128, fewSlots = 16

    private let index: FastaIndex
    private let storage: Storage
    private let place: FastaPlace
    private let slotMask: Int
    /// Stands for a division by the bases of a line where it is exact for every position of the contig; else 0.
    private let reciprocal: UInt64
    // SAFETY: one task owns this, and nothing that reads a piece comes back to it.
    @exclusivity(unchecked) private var pieces: [UInt8]
    /// Which piece a slot holds, -1 for none, and how many bytes of it.
    @exclusivity(unchecked) private var held: [(piece: Int, count: Int)]
    /// The part of a line that was read last: its first base and how many of them follow it in the same piece, and where they lie in
    /// ``pieces``. The next base mostly is one of them.
    @exclusivity(unchecked) private var line = (start: 0, count: 0, place: 0)

    /// A contig of a plain file; nil if the file cannot be opened.
    convenience init?(_ index: FastaIndex, path: String, _ place: FastaPlace, slots: Int) {
        // SAFETY: open copies the path; closed in deinit.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        self.init(index, .plain(file), place, slots: slots)
    }

    /// A contig of a file of either form, read by htslib.
    convenience init(_ index: FastaIndex, name: String, length: Int, slots: Int) {
        self.init(index, .compressed(name: name), FastaPlace(basesOnly: length), slots: slots)
    }

    private init(_ index: FastaIndex, _ storage: Storage, _ place: FastaPlace, slots: Int) {
        self.index = index
        self.storage = storage
        self.place = place
        slotMask = slots - 1
        let reciprocal: UInt64 = (1 << 40) / UInt64(place.lineBases) + 1
        let isExact = UInt64(place.length).multipliedReportingOverflow(by: reciprocal).overflow == false
        self.reciprocal =
            isExact && place.length.multipliedReportingOverflow(by: place.lineBases).partialValue < 1 << 40
            ? reciprocal : 0
        unsafe pieces = Array(repeating: 0, count: slots << Self.pieceBits)
        unsafe held = Array(repeating: (-1, 0), count: slots)
    }

    deinit {
        if case .plain(let file) = storage { close(file) }
    }

    func code(at position: Int) -> UInt8 {
        let inside = unsafe position &- line.start
        if unsafe inside >= 0 && inside < line.count {
            return unsafe BaseCode.code(pieces[line.place &+ inside])
        }
        return find(position)
    }

    func codes(around position: Int) -> BaseTriple {
        var inside = unsafe position &- line.start
        if unsafe inside < 1 || inside >= line.count &- 1 {
            _ = find(position)
            inside = unsafe position &- line.start
            // At an end of a line, a piece or the contig.
            guard unsafe inside > 0 && inside < line.count &- 1 else {
                return (code(at: position - 1), code(at: position), code(at: position + 1))
            }
        }
        let place = unsafe line.place &+ inside
        return unsafe (
            BaseCode.code(pieces[place &- 1]), BaseCode.code(pieces[place]), BaseCode.code(pieces[place &+ 1])
        )
    }

    private func find(_ position: Int) -> UInt8 {
        guard position >= 0, position < place.length else { return BaseCode.unknown }
        let line =
            reciprocal > 0 ? Int((UInt64(position) &* reciprocal) >> 40) : position / place.lineBases
        let offset = place.offset + line * place.lineBytes + position - line * place.lineBases
        let piece = offset >> Self.pieceBits
        let slot = piece & slotMask
        if unsafe held[slot].piece != piece { read(piece, into: slot) }
        let inside = offset & (Self.pieceSize - 1)
        guard unsafe inside < held[slot].count else {
            index.hasFailed = true
            return BaseCode.unknown
        }
        let column = position - line * place.lineBases
        let before = min(column, inside)
        let behind = unsafe min(
            place.lineBases - column, place.length - position, held[slot].count - inside)
        unsafe self.line = (
            position - before, before + behind, slot << Self.pieceBits + inside - before
        )
        return unsafe BaseCode.code(pieces[slot << Self.pieceBits + inside])
    }

    private func read(_ piece: Int, into slot: Int) {
        index.readings += 1
        unsafe line.count = 0
        switch storage {
        case .plain(let file):
            // SAFETY: the slot lies in the buffer and has room for a piece; a short read leaves the rest unknown.
            let count = unsafe pieces.withUnsafeMutableBytes { bytes in
                unsafe pread(
                    file, bytes.baseAddress.map { unsafe $0 + slot << Self.pieceBits }, Self.pieceSize,
                    off_t(piece << Self.pieceBits))
            }
            unsafe held[slot] = (piece, max(count, 0))
        case .compressed(let name): unpack(piece, name)
        }
    }

    /// Fills the aligned slots around a piece; what cannot be read is left empty.
    private func unpack(_ piece: Int, _ name: String) {
        let first = piece & ~(Self.piecesAtOnce - 1), slot = first & slotMask
        let start = first << Self.pieceBits
        let end = min(start + Self.piecesAtOnce << Self.pieceBits, place.length)
        var count: hts_pos_t = 0
        // SAFETY: name lives for the call; ends are 0-based and closed; the text is freed below.
        let text = unsafe faidx_fetch_seq64(index.pointer, name, hts_pos_t(start), hts_pos_t(end - 1), &count)
        let got = unsafe text == nil ? 0 : min(max(Int(count), 0), end - start)
        if let text = unsafe text {
            // SAFETY: text holds `got` bytes; the slots follow one another and have room for all pieces.
            unsafe pieces.withUnsafeMutableBytes { bytes in
                unsafe bytes.baseAddress?.advanced(by: slot << Self.pieceBits).copyMemory(
                    from: text, byteCount: got)
            }
            unsafe free(text)
        }
        for number in 0..<Self.piecesAtOnce {
            let rest = got - number << Self.pieceBits
            unsafe held[slot + number] = (first + number, min(max(rest, 0), Self.pieceSize))
        }
    }
}
