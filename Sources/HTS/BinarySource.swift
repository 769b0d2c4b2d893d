internal import CHTS
internal import Foundation
internal import Genome
internal import Variants

/// The records of a BCF file, each written as a line of VCF with the chosen fields; where they are to be written to BCF
/// again, with their bytes beside.
@safe struct BinarySource: ~Copyable {
    private let handle: UnsafeMutablePointer<htsFile>
    private let header: UnsafeMutablePointer<bcf_hdr_t>
    private let record: UnsafeMutablePointer<bcf1_t>
    /// Whether htslib has taken the record apart.
    private var isUnpacked = false
    private var names: HeaderNames
    private var layout = BinaryLayout()
    private var text = BinaryText()
    private var fields: FieldSelection
    /// Says which records are kept as they are; nil where none is to be.
    private var judge: BinaryJudge?
    /// INFO tags that are left out of what is kept.
    private var isLeftOut: [Bool] = []
    /// Contig and position of the last record that was read, for messages; -1 before the first.
    private var contig: Int32 = -1
    private var position: Int64 = -1

    /// Takes over an open file that stands behind its header, and borrows the header.
    init(
        owning handle: UnsafeMutablePointer<htsFile>, header: UnsafeMutablePointer<bcf_hdr_t>,
        fields: FieldSelection
    ) {
        unsafe self.handle = handle
        unsafe self.header = header
        // SAFETY: bcf_init returns NULL only without memory.
        guard let record = unsafe bcf_init() else { preconditionFailure("no memory for a record") }
        unsafe self.record = record
        self.fields = fields
        names = unsafe HeaderNames(header)
        names.choose(fields)
    }

    deinit {
        // SAFETY: both are owned here and not used after this.
        unsafe bcf_destroy(record)
        unsafe _ = hts_close(handle)
    }

    /// From now on a record that ``BinaryJudge`` vouches for comes with the chosen fields as text and with its bytes,
    /// without the INFO tags that are left out.
    mutating func keepBytes(_ fields: FieldSelection, leavingOut: [String]) {
        self.fields = fields
        names.choose(fields)
        text.reset()
        isLeftOut = names.texts.map(leavingOut.contains)
        judge = unsafe BinaryJudge(header, tags: names.texts)
    }

    /// Reads the next record, or the next of a region, into `target`.
    mutating func next(of query: RegionQuery?, into target: inout VCFRecord) -> TextInput.Outcome {
        if let query {
            // SAFETY: file and record are valid.
            let status = unsafe query.next(handle, record)
            guard status >= 0 else { return status == -1 ? .end : .damaged }
        } else {
            let outcome = read()
            guard outcome == .record else { return outcome }
        }
        guard unsafe layout.read(record, names) else { return .damaged }
        guard write(into: &target) else { return .refused }
        unsafe (contig, position) = (record.pointee.rid, record.pointee.pos)
        return .record
    }

    /// Where the last record lies, `chr7:140753336`; nil before the first.
    var place: String? {
        names.hasContig(contig) ? "\(names.contig(contig).text):\(position + 1)" : nil
    }

    /// Reads the bytes of the next record. They are looked at by ``BinaryLayout`` alone: what `bcf_read` looks at costs as much as
    /// the rest of it.
    private mutating func read() -> TextInput.Outcome {
        // SAFETY: the file is open; a BCF has blocks.
        guard let file = unsafe chts_bgzf(handle) else { return .damaged }
        if isUnpacked {
            unsafe bcf_clear(record)
            isUnpacked = false
        }
        let status = unsafe chts_read_head(file, record)
        guard status > 0 else { return status == 0 ? .end : .damaged }
        let (shared, individual) = unsafe (record.pointee.shared.l, record.pointee.indiv.l)
        return unsafe Self.read(shared, &record.pointee.shared, file)
            && Self.read(individual, &record.pointee.indiv, file) ? .record : .damaged
    }

    /// Reads as many bytes into a block; a length that is a mere claim takes no memory.
    @inline(__always)
    private static func read(_ count: Int, _ block: inout kstring_t, _ file: UnsafeMutablePointer<BGZF>)
        -> Bool
    {
        var have = 0
        repeat {
            let next = min(count, max(have * 2, 1 << 16))
            // SAFETY: the block is a kstring with room for `next` bytes, of which one is there always.
            guard unsafe ks_resize(&block, max(next, 1)) >= 0, let room = unsafe block.s,
                unsafe bgzf_read(file, room + have, next - have) == next - have
            else { return false }
            have = next
        } while have < count
        unsafe block.l = count
        return true
    }

    /// Goes to a place that an index names; false if the file cannot be read there.
    mutating func seek(to offset: UInt64) -> Bool {
        // SAFETY: the file is open; a wrong offset makes the next read fail.
        guard let file = unsafe chts_bgzf(handle) else { return false }
        return unsafe bgzf_seek(file, Int64(bitPattern: offset), SEEK_SET) == 0
    }

    /// Whether a BGZF file lacks the empty block at its end, seen without reading to it.
    var isCutOff: Bool {
        // SAFETY: the handle is open; its place is kept.
        guard let file = unsafe chts_bgzf(handle) else { return false }
        return unsafe bgzf_check_EOF(file) == 0
    }

    /// Whether the file ends with BGZF's end marker, or is not compressed.
    var endsWithMarker: Bool {
        // SAFETY: the handle is open.
        guard let file = unsafe chts_bgzf(handle) else { return true }
        return unsafe chts_ends_with_marker(file) != 0
    }

    /// Puts the record into `target`; false if it cannot be written as text.
    private mutating func write(into target: inout VCFRecord) -> Bool {
        if judge != nil {
            guard unsafe judge?.vouches(record, layout) == true else { return writeWhole(into: &target) }
            guard unsafe text.write(record, layout, names, into: &target) else {
                return writeWhole(into: &target)
            }
            keepBytes(in: &target)
            return true
        }
        if fields.isAll { return writeWhole(into: &target) }
        return unsafe text.write(record, layout, names, into: &target)
    }

    private mutating func writeWhole(into target: inout VCFRecord) -> Bool {
        isUnpacked = true
        return unsafe text.writeWhole(record, header, into: &target)
    }

    /// Puts the record's bytes into `target`, without what is left out.
    private func keepBytes(in target: inout VCFRecord) {
        let shared = unsafe BinaryBlock(record.pointee.shared),
            individual = unsafe BinaryBlock(record.pointee.indiv)
        var (length, fields) = (24 + shared.count, layout.info.count)
        for index in 0..<fields where isLeftOut[Int(layout.info[index].tag)] {
            let field = layout.info[index]
            length -= field.value.start + field.value.size - field.start
            fields -= 1
        }
        var bytes: [UInt8] = []
        swap(&bytes, &target.binary)
        unsafe BinaryRecord.append(
            [
                UInt32(truncatingIfNeeded: length), UInt32(truncatingIfNeeded: individual.count),
                UInt32(bitPattern: record.pointee.rid), UInt32(truncatingIfNeeded: record.pointee.pos),
                UInt32(truncatingIfNeeded: record.pointee.rlen), record.pointee.qual.bitPattern,
                UInt32(layout.alleles.count) << 16 | UInt32(fields),
                UInt32(layout.format.count) << 24 | UInt32(chts_sample_count(record)),
            ], to: &bytes)
        var start = 0
        if fields < layout.info.count {
            for index in 0..<layout.info.count where isLeftOut[Int(layout.info[index].tag)] {
                let field = layout.info[index]
                shared.append(start..<field.start, to: &bytes)
                start = field.value.start + field.value.size
            }
        }
        shared.append(start..<shared.count, to: &bytes)
        individual.append(0..<individual.count, to: &bytes)
        swap(&bytes, &target.binary)
    }
}
