internal import CHTS
internal import Foundation
public import Genome

/// Reads bases of an indexed FASTA file, plain or in BGZF blocks.
///
/// Bases come in upper case. A stretch of ``window`` bases is kept, so that sorted access reads each part once.
@safe public final class FastaReader: ReferenceSequence {
    /// Bases fetched at a time.
    static let window = 1 << 18

    /// The file as the user wrote it.
    public let path: String
    private let index: OpaquePointer
    private var names: [Contig: (name: String, length: Int)] = [:]
    private let isPlain: Bool
    private var plain: (contig: Contig, sequence: ContigSequence)?
    private var current: FastaContig?
    private var cached: (contig: Contig, start: Int, bases: [UInt8])?

    /// Opens the file with its `.fai` (and `.gzi`), which is made if it is missing and the folder can be written.
    ///
    /// - Throws: `InputError`: missing file, or an index that is missing and cannot be made.
    public init(path: String) throws(InputError) {
        HTSVersion.silence()
        try InputFile.check(path)
        // SAFETY: path lives for the call; FAI_CREATE is 1; freed in deinit.
        guard let index = unsafe fai_load3(path, nil, nil, 1) else {
            throw InputError(
                file: path, problem: "the FASTA has no index .fai, and none can be made",
                remedy: "Make one with `samtools faidx \(path)`.", kind: .missing)
        }
        self.path = path
        isPlain = !FileManager.default.fileExists(atPath: path + ".gzi")
        unsafe self.index = index
        // SAFETY: the index is open; names live as long as it does and are copied.
        let count = unsafe faidx_nseq(index)
        for number in 0..<count {
            guard let name = unsafe faidx_iseq(index, number) else { continue }
            let text = unsafe String(cString: name)
            let length = unsafe faidx_seq_len(index, name)
            names[Contig(text)] = (text, Int(length))
        }
    }

    deinit {
        // SAFETY: owned here and not used after this.
        unsafe fai_destroy(index)
    }

    /// See `ReferenceSequence`.
    public func length(of contig: Contig) -> Int? { names[contig]?.length }

    /// See `ReferenceSequence`.
    ///
    /// - Throws: `InputError` if the file cannot be read.
    public func bases(of contig: Contig, in range: Range<Int>) throws -> [UInt8]? {
        guard let (name, length) = names[contig] else { return nil }
        let wanted = range.clamped(to: 0..<length)
        guard !wanted.isEmpty else { return [] }
        if let sequence = try plainSequence(of: contig) {
            let letters = wanted.map { BaseCode.letter(sequence.code(at: $0)) }
            try check()
            return letters
        }
        if let cached, cached.contig == contig, cached.start <= wanted.lowerBound,
            wanted.upperBound <= cached.start + cached.bases.count
        {
            return Array(
                cached.bases[(wanted.lowerBound - cached.start)..<(wanted.upperBound - cached.start)])
        }
        let start = max(0, wanted.lowerBound - 1024)
        let end = min(length, max(wanted.upperBound, start + Self.window))
        var count: hts_pos_t = 0
        // SAFETY: name lives for the call; the result is freed below; ends are 0-based and closed.
        guard let text = unsafe faidx_fetch_seq64(index, name, hts_pos_t(start), hts_pos_t(end - 1), &count),
            count > 0
        else {
            throw InputError(
                file: path, place: .record(name), problem: "bases cannot be read",
                remedy: "Index the file again.", kind: .io)
        }
        // SAFETY: text holds count bytes.
        var bases = unsafe [UInt8](UnsafeRawBufferPointer(start: text, count: Int(count)))
        unsafe free(text)
        for place in bases.indices
        where bases[place] >= UInt8(ascii: "a") && bases[place] <= UInt8(ascii: "z") {
            bases[place] -= 32
        }
        let slice = Array(bases[(wanted.lowerBound - start)..<min(wanted.upperBound - start, bases.count)])
        cached = (contig, start, bases)
        return slice
    }

    /// The contig of a plain file, kept while the same one is asked for; nil for a compressed file.
    private func plainSequence(of contig: Contig) throws -> ContigSequence? {
        if let plain, plain.contig == contig { return plain.sequence }
        guard isPlain, let (name, length) = names[contig],
            let place = try FastaPlace(name: name, fasta: path),
            let source = FastaContig(path: path, place)
        else { return nil }
        current = source
        let sequence = ContigSequence(source: source, count: length)
        plain = (contig, sequence)
        return sequence
    }

    /// Makes sure that the bases that ``sequence(of:)`` gave last could all be read.
    ///
    /// - Throws: `InputError` of kind `.io`.
    public func check() throws(InputError) {
        guard current?.hasFailed == true else { return }
        throw InputError(
            file: path, problem: "bases cannot be read; the file ends before its index says",
            remedy: "Index the file again with `samtools faidx`, or copy it again.", kind: .io)
    }

    /// The bases of a contig for random access; nil if it is not there.
    ///
    /// Of a plain file pieces are read as they are asked for; a compressed one is unpacked into memory.
    ///
    /// - Throws: `InputError` if the file or its index cannot be read.
    public func sequence(of contig: Contig) throws -> ContigSequence? {
        guard let (name, length) = names[contig] else { return nil }
        if let sequence = try plainSequence(of: contig) { return sequence }
        var packer = ContigSequence.Packer(capacity: length)
        var start = 0
        while start < length {
            let end = min(start + (1 << 20), length)
            guard let letters = try bases(of: contig, in: start..<end), letters.count == end - start else {
                throw InputError(
                    file: path, place: .record(name), problem: "bases cannot be read",
                    remedy: "Index the file again.", kind: .io)
            }
            packer.append(letters[...])
            start = end
        }
        return packer.finish()
    }
}
