internal import CHTS
internal import Foundation
internal import Genome
internal import Variants

/// The records of a BCF file, each written as a line of VCF with the chosen fields.
@safe struct BinarySource: ~Copyable {
    private let handle: UnsafeMutablePointer<htsFile>
    private let header: UnsafeMutablePointer<bcf_hdr_t>
    private let record: UnsafeMutablePointer<bcf1_t>
    private var text = unsafe kstring_t()
    /// Places of the chosen FORMAT fields in the record.
    private var chosen: [Int] = []
    private var middle = Middle()

    /// QUAL to FORMAT of the last record, which most records repeat when no INFO is asked for.
    private struct Middle {
        var filter: Int32 = -1
        var formatTags: [Int32] = []
        var text: [CChar] = []
        var starts: [Int] = []
        var layout = 0
    }
    private let isWhole: Bool
    /// By the number that the header gives a tag.
    private let isInfoChosen: [Bool]
    private let isFormatChosen: [Bool]
    private let genotypeTag: Int32
    private let unpacking: Int32

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
        isWhole = fields.isAll
        // SAFETY: the header is valid and its tags are numbered below the count; a gap has no name.
        let tags = unsafe (0..<chts_tag_count(header)).map { tag in
            unsafe chts_tag_name(header, tag).map { unsafe String(cString: $0) } ?? ""
        }
        isInfoChosen = tags.map(fields.info.contains)
        isFormatChosen = tags.map(fields.format.contains)
        genotypeTag = Int32(tags.firstIndex(of: "GT") ?? -1)
        unpacking =
            BCF_UN_STR | BCF_UN_FLT | (isInfoChosen.contains(true) ? BCF_UN_INFO : 0)
            | (isFormatChosen.contains(true) ? BCF_UN_FMT : 0)
    }

    deinit {
        // SAFETY: both are owned here and not used after this.
        unsafe bcf_destroy(record)
        unsafe _ = hts_close(handle)
        unsafe free(text.s)
    }

    /// Reads the next record, or the next of a region, into `target`.
    mutating func next(of query: RegionQuery?, into target: inout VCFRecord) -> TextInput.Outcome {
        // SAFETY: all three are valid.
        let status = unsafe query.map { unsafe $0.next(handle, record) } ?? bcf_read(handle, header, record)
        guard status >= 0 else { return status == -1 ? .end : .damaged }
        return write(into: &target) ? .record : .refused
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
        unsafe text.l = 0
        guard isWhole else { return writeChosen(into: &target) }
        // SAFETY: header and record are valid; text is a kstring that htslib grows.
        guard unsafe vcf_format(header, record, &text) == 0 else { return false }
        let bytes = unsafe UnsafeRawBufferPointer(start: text.s, count: text.l)
        // SAFETY: the bytes live until the next write, which is after this copy.
        target.fill(lineNumber: 0) { unsafe $0.append(contentsOf: bytes) }
        return true
    }

    private mutating func writeChosen(into target: inout VCFRecord) -> Bool {
        // SAFETY: header and record are valid; what is read below was unpacked here.
        guard unsafe bcf_unpack(record, unpacking) == 0, unsafe record.pointee.errcode == 0,
            let contig = unsafe bcf_seqname(header, record)
        else { return false }
        var isSound = true
        target.fill(lineNumber: 0) { bytes, starts in
            starts.append(0)
            unsafe kputs(contig, &text)
            column(&starts)
            unsafe kputll(record.pointee.pos + 1, &text)
            column(&starts)
            unsafe kputs(record.pointee.d.id, &text)
            column(&starts)
            writeAlleles(&starts)
            if !repeatMiddle(&starts) {
                let start = unsafe text.l, first = starts.count
                column(&starts)
                unsafe kputc(0x2E, &text)
                column(&starts)
                isSound = writeFilters()
                column(&starts)
                isSound = writeInfo() && isSound
                writeFormat(&starts)
                keepMiddle(from: start, starts[first...])
            }
            isSound = isSound && writeSamples(&starts)
            unsafe starts.append(text.l + 1)
            // SAFETY: text.s holds text.l bytes.
            unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: text.s, count: text.l))
            return unsafe VCFRecord.Scanned(position: Int(record.pointee.pos) + 1, layout: middle.layout)
        }
        return isSound
    }

    /// Ends a column.
    private mutating func column(_ starts: inout [Int]) {
        unsafe kputc(0x09, &text)
        unsafe starts.append(text.l)
    }

    private mutating func writeAlleles(_ starts: inout [Int]) {
        let count = unsafe Int(chts_allele_count(record))
        for allele in 0..<max(count, 2) {
            if allele == 1 { column(&starts) } else if allele > 1 { unsafe kputc(0x2C, &text) }
            if allele < count, let name = unsafe record.pointee.d.allele[allele] {
                unsafe kputs(name, &text)
            } else {
                unsafe kputc(0x2E, &text)
            }
        }
    }

    private mutating func writeFilters() -> Bool {
        let count = unsafe Int(record.pointee.d.n_flt)
        if count == 0 { unsafe kputc(0x2E, &text) }
        for filter in 0..<count {
            if filter > 0 { unsafe kputc(0x3B, &text) }
            let number = unsafe record.pointee.d.flt[filter]
            // SAFETY: bcf_read checks that the numbers are the header's; a read by region does not.
            guard isInfoChosen.indices.contains(Int(number)), let name = unsafe chts_tag_name(header, number)
            else { return false }
            unsafe kputs(name, &text)
        }
        return true
    }

    private mutating func writeInfo() -> Bool {
        let before = unsafe text.l
        if unpacking & BCF_UN_INFO != 0 {
            for index in 0..<Int(unsafe chts_info_count(record)) {
                let info = unsafe record.pointee.d.info + index
                let tag = unsafe Int(info.pointee.key)
                guard unsafe info.pointee.vptr != nil, isInfoChosen.indices.contains(tag), isInfoChosen[tag],
                    let name = unsafe chts_tag_name(header, Int32(tag))
                else { continue }
                if unsafe text.l > before { unsafe kputc(0x3B, &text) }
                unsafe kputs(name, &text)
                guard unsafe info.pointee.len > 0 else { continue }
                unsafe kputc(0x3D, &text)
                guard unsafe chts_format_info(info, &text) >= 0 else { return false }
            }
        }
        if unsafe text.l == before { unsafe kputc(0x2E, &text) }
        return true
    }

    private mutating func writeFormat(_ starts: inout [Int]) {
        chosen.removeAll(keepingCapacity: true)
        guard hasSamples else { return }
        column(&starts)
        let before = unsafe text.l
        for index in 0..<formatCount {
            guard let name = unsafe chosenTag(index) else { continue }
            chosen.append(index)
            if unsafe text.l > before { unsafe kputc(0x3A, &text) }
            unsafe kputs(name, &text)
        }
        if chosen.isEmpty { unsafe kputc(0x2E, &text) }
    }

    private var hasSamples: Bool { unsafe chts_sample_count(record) > 0 }

    /// The number of FORMAT fields that were unpacked.
    private var formatCount: Int {
        unpacking & BCF_UN_FMT == 0 ? 0 : Int(unsafe chts_format_count(record))
    }

    private mutating func writeSamples(_ starts: inout [Int]) -> Bool {
        guard hasSamples else { return true }
        for sample in 0..<(unsafe chts_sample_count(record)) {
            column(&starts)
            if chosen.isEmpty { unsafe kputc(0x2E, &text) }
            for place in chosen.indices {
                if place > 0 { unsafe kputc(0x3A, &text) }
                guard writeValue(chosen[place], sample) else { return false }
            }
        }
        return true
    }

    /// Appends what was kept if this record has the same; false if it has not.
    private mutating func repeatMiddle(_ starts: inout [Int]) -> Bool {
        guard middle.filter >= 0, unsafe record.pointee.d.n_flt == 1,
            unsafe record.pointee.d.flt[0] == middle.filter,
            formatCount == middle.formatTags.count
        else { return false }
        for index in middle.formatTags.indices
        where unsafe record.pointee.d.fmt[index].id != middle.formatTags[index] {
            return false
        }
        let base = unsafe text.l
        for start in middle.starts { starts.append(base + start) }
        unsafe middle.text.withUnsafeBufferPointer { unsafe _ = kputsn($0.baseAddress, $0.count, &text) }
        return true
    }

    /// Keeps what was just written for the records that follow.
    private mutating func keepMiddle(from start: Int, _ starts: ArraySlice<Int>) {
        middle = Middle()
        guard unpacking & BCF_UN_INFO == 0, unsafe record.pointee.d.n_flt == 1, hasSamples else { return }
        unsafe middle.filter = record.pointee.d.flt[0]
        middle.formatTags = (0..<formatCount).map { unsafe record.pointee.d.fmt[$0].id }
        // SAFETY: text.s holds text.l bytes.
        unsafe middle.text = Array(UnsafeBufferPointer(start: text.s + start, count: text.l - start))
        middle.starts = starts.map { $0 - start }
        middle.layout = FormatLayout.newNumber()
    }

    private mutating func writeValue(_ index: Int, _ sample: Int32) -> Bool {
        // SAFETY: the field was unpacked; each sample has n numbers of its type.
        let field = unsafe record.pointee.d.fmt + index
        let isGenotype = unsafe field.pointee.id == genotypeTag
        return unsafe chts_format_sample(field, sample, isGenotype ? 1 : 0, &text) >= 0
    }

    /// The name of a record's FORMAT field, if it is chosen and there.
    private func chosenTag(_ index: Int) -> UnsafePointer<CChar>? {
        let field = unsafe record.pointee.d.fmt + index
        let tag = unsafe Int(field.pointee.id)
        guard unsafe field.pointee.p != nil, isFormatChosen.indices.contains(tag), isFormatChosen[tag] else {
            return nil
        }
        return unsafe chts_tag_name(header, Int32(tag))
    }
}
