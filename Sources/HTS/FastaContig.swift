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

/// The bases of one contig of a plain FASTA file, read in pieces of 64 KB of which the last ones used are kept.
///
/// Belongs to one task.
// SAFETY: the pieces change when a base is asked for, so two tasks must not share one; each makes its own.
@safe final class FastaContig: BaseSource, @unchecked Sendable {
    private static let pieceBits = 16, slots = 64

    private let file: Int32
    private let place: FastaPlace
    /// Stands for a division by the bases of a line where it is exact for every position of the contig; else 0.
    private let reciprocal: UInt64
    // SAFETY: one task owns this, and nothing that reads a piece comes back to it.
    @exclusivity(unchecked) private var pieces: [UInt8]
    /// Which piece a slot holds, -1 for none, and how many bytes of it.
    @exclusivity(unchecked) private var held: [(piece: Int, count: Int)]
    /// Whether a piece could not be read, so that some bases were given as unknown.
    private(set) var hasFailed = false

    init?(path: String, _ place: FastaPlace) {
        // SAFETY: open copies the path; closed in deinit.
        file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        self.place = place
        let reciprocal: UInt64 = (1 << 40) / UInt64(place.lineBases) + 1
        let isExact = UInt64(place.length).multipliedReportingOverflow(by: reciprocal).overflow == false
        self.reciprocal =
            isExact && place.length.multipliedReportingOverflow(by: place.lineBases).partialValue < 1 << 40
            ? reciprocal : 0
        unsafe pieces = Array(repeating: 0, count: Self.slots << Self.pieceBits)
        unsafe held = Array(repeating: (-1, 0), count: Self.slots)
    }

    deinit { close(file) }

    func code(at position: Int) -> UInt8 {
        guard position >= 0, position < place.length else { return BaseCode.unknown }
        let line =
            reciprocal > 0 ? Int((UInt64(position) &* reciprocal) >> 40) : position / place.lineBases
        let offset = place.offset + line * place.lineBytes + position - line * place.lineBases
        let piece = offset >> Self.pieceBits
        let slot = piece & (Self.slots - 1)
        if unsafe held[slot].piece != piece { read(piece, into: slot) }
        let inside = offset & (1 << Self.pieceBits - 1)
        guard unsafe inside < held[slot].count else { return BaseCode.unknown }
        return unsafe BaseCode.code(pieces[slot << Self.pieceBits + inside])
    }

    private func read(_ piece: Int, into slot: Int) {
        let size = 1 << Self.pieceBits
        // SAFETY: the slot lies in the buffer and has room for a piece; a short read leaves the rest unknown.
        let count = unsafe pieces.withUnsafeMutableBytes { bytes in
            unsafe pread(file, bytes.baseAddress.map { unsafe $0 + slot * size }, size, off_t(piece * size))
        }
        if count <= 0 { hasFailed = true }
        unsafe held[slot] = (piece, max(count, 0))
    }
}
