internal import CHTS
internal import Foundation
public import Genome

/// Reads bases of an indexed FASTA file, plain or in BGZF blocks.
///
/// Bases are read in pieces as they are asked for, and come in upper case, `N` for all but `ACGT`. Of a file that is asked for
/// in the order of its contigs the pieces of one contig are kept (1 MB, of a compressed file 4 MB); once a contig is asked for again after
/// another, fewer pieces of many contigs are, so that calls in any order do not read everything anew (24 MB).
@safe public final class FastaReader: ReferenceSequence {
    /// The file as the user wrote it.
    public let path: String
    let index: FastaIndex
    private var names: [Contig: (name: String, length: Int)] = [:]
    private let isPlain: Bool

    private struct Open {
        let sequence: ContigSequence
        var lastUse: Int
    }

    private static let limit = 48
    private var open: [Contig: Open] = [:]
    private var current: Contig?
    private var left: Set<Contig> = []
    /// Whether a contig was asked for again after another.
    private var isUnordered = false
    private var clock = 0

    /// Opens the file with its `.fai` (and `.gzi`), which is made if it is missing and the folder can be written.
    ///
    /// - Throws: `InputError`: missing file, or an index that is missing and cannot be made.
    public init(path: String) throws(InputError) {
        HTSVersion.silence()
        try InputFile.check(path)
        // SAFETY: path lives for the call; FAI_CREATE is 1; freed by its owner.
        guard let index = unsafe fai_load3(path, nil, nil, 1) else {
            throw InputError(
                file: path, problem: "the FASTA has no index .fai, and none can be made",
                remedy: "Make one with `samtools faidx \(path)`.", kind: .missing)
        }
        self.path = path
        isPlain = !FileManager.default.fileExists(atPath: path + ".gzi")
        if !isPlain { try Self.requireWhole(path) }
        self.index = unsafe FastaIndex(index)
        // SAFETY: the index is open; names live as long as it does and are copied.
        let count = unsafe faidx_nseq(index)
        for number in 0..<count {
            guard let name = unsafe faidx_iseq(index, number) else { continue }
            let text = unsafe String(cString: name)
            let length = unsafe faidx_seq_len(index, name)
            names[Contig(text)] = (text, Int(length))
        }
    }

    /// See `ReferenceSequence`.
    public func length(of contig: Contig) -> Int? { names[contig]?.length }

    /// See `ReferenceSequence`.
    ///
    /// - Throws: `InputError` if the file cannot be read.
    public func bases(of contig: Contig, in range: Range<Int>) throws -> [UInt8]? {
        guard let sequence = try sequence(of: contig) else { return nil }
        let letters = range.clamped(to: 0..<sequence.count).map { BaseCode.letter(sequence.code(at: $0)) }
        try check()
        return letters
    }

    /// The bases of a contig for random access, read as they are asked for; nil if it is not there.
    ///
    /// - Throws: `InputError` if the file or its index cannot be read.
    public func sequence(of contig: Contig) throws -> ContigSequence? {
        if let held = open[contig], contig == current { return held.sequence }
        guard let (name, length) = names[contig] else { return nil }
        if !isUnordered, left.contains(contig) {
            isUnordered = true
            open.removeAll()
        }
        clock += 1
        current.map { _ = left.insert($0) }
        current = contig
        if open[contig] == nil {
            if isUnordered { removeOldest() } else { open.removeAll() }
            let sequence = ContigSequence(source: try source(name, length), count: length)
            open[contig] = Open(sequence: sequence, lastUse: clock)
        }
        open[contig]?.lastUse = clock
        return open[contig]?.sequence
    }

    /// Makes sure that all bases that ``sequence(of:)`` gave so far could be read.
    ///
    /// - Throws: `InputError` of kind `.io`.
    public func check() throws(InputError) {
        guard index.hasFailed else { return }
        throw InputError(
            file: path,
            problem: "bases cannot be read; the file is damaged, or ends before its index says",
            remedy: "Index the file again with `samtools faidx`, or copy it again.", kind: .io)
    }

    /// Makes sure that a compressed file is as long as its `.gzi` says and ends as one does: htslib aborts on one that was
    /// cut off.
    private static func requireWhole(_ path: String) throws(InputError) {
        // Count of entries, then for each its offset in the file and in the text, 8 bytes little-endian.
        let entries = FileManager.default.contents(atPath: path + ".gzi") ?? Data()
        let lastBlock =
            entries.count < 24
            ? 0 : entries.suffix(16).prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        let end = [UInt8](
            [
                0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0xFF, 6, 0, 0x42, 0x43, 2, 0, 0x1B, 0, 3, 0, 0, 0, 0, 0, 0,
                0, 0, 0,
            ])
        if let file = FileHandle(forReadingAtPath: path), let size = try? file.seekToEnd(),
            size >= UInt64(end.count),
            (try? file.seek(toOffset: size - UInt64(end.count))) != nil,
            let tail = try? file.readToEnd(), [UInt8](tail) == end, lastBlock < size
        {
            return
        }
        throw InputError(
            file: path, problem: "the compressed FASTA is cut off, or its .gzi belongs to another file",
            remedy: "Copy it again, or remove the .gzi; `bgzip -t` tests the file.", kind: .io)
    }

    private func source(_ name: String, _ length: Int) throws(InputError) -> FastaContig {
        if isPlain, let place = try FastaPlace(name: name, fasta: path),
            let source = FastaContig(
                index, path: path, place, slots: isUnordered ? FastaContig.fewSlots : FastaContig.slots)
        {
            return source
        }
        return FastaContig(
            index, name: name, length: length,
            slots: isUnordered ? FastaContig.fewSlots : FastaContig.unpackedSlots)
    }

    private func removeOldest() {
        guard open.count >= Self.limit, let oldest = open.min(by: { $0.value.lastUse < $1.value.lastUse })
        else {
            return
        }
        open[oldest.key] = nil
    }
}
