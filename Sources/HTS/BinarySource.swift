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
    private var text = unsafe kstring_t()
    private var layout = BinaryLayout()
    /// Places of the chosen FORMAT fields in the record.
    private var chosen: [Int] = []
    private var kept = Kept()

    /// FILTER and FORMAT of the last record as text, which most records repeat.
    private struct Kept {
        var filter: Int32 = -1
        var filterText: [CChar] = []
        var formatTags: [Int32] = []
        var formatText: [CChar] = []
        var layout = 0
    }

    /// Names of tags by their numbers.
    private let tags: [String]
    private var fields: FieldSelection
    /// By the number that the header gives a tag.
    private var isInfoChosen: [Bool] = []
    private var isFormatChosen: [Bool] = []
    private var readsInfo = false, readsFormat = false
    private let genotypeTag: Int32
    /// Says which records are kept as they are; nil where none is to be.
    private var judge: BinaryJudge?
    /// INFO tags that are left out of what is kept.
    private var isLeftOut: [Bool] = []

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
        tags = unsafe HeaderNumbers(header).tags
        genotypeTag = Int32(tags.firstIndex(of: "GT") ?? -1)
        choose(fields)
    }

    deinit {
        // SAFETY: both are owned here and not used after this.
        unsafe bcf_destroy(record)
        unsafe _ = hts_close(handle)
        unsafe free(text.s)
    }

    private mutating func choose(_ fields: FieldSelection) {
        self.fields = fields
        isInfoChosen = tags.map(fields.info.contains)
        isFormatChosen = tags.map(fields.format.contains)
        kept = Kept()
        readsInfo = isInfoChosen.contains(true)
        readsFormat = isFormatChosen.contains(true)
    }

    /// From now on a record that ``BinaryJudge`` vouches for comes with the chosen fields as text and with its bytes,
    /// without the INFO tags that are left out.
    mutating func keepBytes(_ fields: FieldSelection, leavingOut: [String]) {
        choose(fields)
        isLeftOut = tags.map(leavingOut.contains)
        judge = unsafe BinaryJudge(header, tags: tags)
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
        if judge != nil {
            guard unsafe layout.read(record, info: true, format: true),
                unsafe judge?.vouches(record, layout) == true,
                writeChosen(into: &target)
            else { return writeWhole(into: &target) }
            keepBytes(in: &target)
            return true
        }
        if fields.isAll { return writeWhole(into: &target) }
        return unsafe layout.read(record, info: readsInfo, format: readsFormat) && writeChosen(into: &target)
    }

    private mutating func writeWhole(into target: inout VCFRecord) -> Bool {
        // SAFETY: header and record are valid; text is a kstring that htslib grows.
        unsafe text.l = 0
        guard unsafe vcf_format(header, record, &text) == 0 else { return false }
        let bytes = unsafe UnsafeRawBufferPointer(start: text.s, count: text.l)
        // SAFETY: the bytes live until the next write, which is after this copy.
        target.fill(lineNumber: 0) { unsafe $0.append(contentsOf: bytes) }
        return true
    }

    /// Puts the record's bytes into `target`, without what is left out.
    private func keepBytes(in target: inout VCFRecord) {
        let shared = unsafe BinaryBlock(record.pointee.shared),
            individual = unsafe BinaryBlock(record.pointee.indiv)
        var (length, fields) = (24 + shared.count, layout.info.count)
        for field in layout.info where isLeftOut[Int(field.tag)] {
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
            for field in layout.info where isLeftOut[Int(field.tag)] {
                shared.append(start..<field.start, to: &bytes)
                start = field.value.start + field.value.size
            }
        }
        shared.append(start..<shared.count, to: &bytes)
        individual.append(0..<individual.count, to: &bytes)
        swap(&bytes, &target.binary)
    }

    private mutating func writeChosen(into target: inout VCFRecord) -> Bool {
        // SAFETY: header and record are valid; a contig's number is checked.
        guard unsafe record.pointee.errcode == 0, let contig = unsafe bcf_seqname(header, record) else {
            return false
        }
        let shared = unsafe BinaryBlock(record.pointee.shared)
        var isSound = true
        target.fill(lineNumber: 0) { bytes, starts in
            starts.append(0)
            unsafe kputs(contig, &text)
            column(&starts)
            unsafe kputll(record.pointee.pos + 1, &text)
            column(&starts)
            isSound = write(layout.id, shared, at: layout.id.start)
            column(&starts)
            isSound = writeAlleles(shared, &starts) && isSound
            column(&starts)
            unsafe kputc(0x2E, &text)
            column(&starts)
            isSound = writeFilters(shared) && isSound
            column(&starts)
            isSound = writeInfo(shared) && isSound
            if hasSamples {
                column(&starts)
                writeFormat()
            }
            isSound = isSound && writeSamples(&starts)
            unsafe starts.append(text.l + 1)
            // SAFETY: text.s holds text.l bytes.
            unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: text.s, count: text.l))
            return unsafe VCFRecord.Scanned(position: Int(record.pointee.pos) + 1, layout: kept.layout)
        }
        return isSound
    }

    /// Ends a column.
    private mutating func column(_ starts: inout [Int]) {
        unsafe kputc(0x09, &text)
        unsafe starts.append(text.l)
    }

    /// Writes one vector, of FORMAT that of the sample whose numbers stand at `start`; false if it has no text.
    @inline(__always)
    private mutating func write(_ value: BinaryLayout.Value, _ block: BinaryBlock, at start: Int) -> Bool {
        guard value.count > 0, value.type >= 1, value.type <= 3 else {
            return unsafe writeOther(value, block.pointer(start..<(start + value.size)))
        }
        var place = start
        for index in 0..<value.count {
            let number = block.integer(place, value.type)
            if number == Int32.min + 1 { break }
            if index > 0 { unsafe kputc(0x2C, &text) }
            if number == Int32.min { unsafe kputc(0x2E, &text) } else { unsafe kputw(number, &text) }
            place += 1 << (Int(value.type) - 1)
        }
        return true
    }

    private mutating func writeOther(_ value: BinaryLayout.Value, _ start: UnsafeMutableRawPointer?) -> Bool {
        // SAFETY: the pointer is to as many bytes.
        if value.type == 7, value.count > 0, let start = unsafe start,
            unsafe memchr(start, 0, value.count) == nil,
            unsafe memchr(start, 0x07, value.count) == nil
        {
            return unsafe kputsn(start.assumingMemoryBound(to: CChar.self), value.count, &text) >= 0
        }
        return unsafe bcf_fmt_array(&text, Int32(value.count), Int32(value.type), start) >= 0
    }

    private mutating func writeAlleles(_ block: BinaryBlock, _ starts: inout [Int]) -> Bool {
        let count = layout.alleles.count
        var isSound = true
        for allele in 0..<max(count, 2) {
            if allele == 1 { column(&starts) } else if allele > 1 { unsafe kputc(0x2C, &text) }
            guard allele < count else {
                unsafe kputc(0x2E, &text)
                continue
            }
            let value = layout.alleles[allele]
            let letter = value.count == 1 && value.type == 7 ? block.byte(value.start) : 0
            if letter > 0x20 {
                unsafe kputc(Int32(letter), &text)
            } else {
                isSound = write(value, block, at: value.start) && isSound
            }
        }
        return isSound
    }

    private func filter(_ block: BinaryBlock, _ index: Int) -> Int32 {
        block.integer(layout.filter.start + index << (Int(layout.filter.type) - 1), layout.filter.type)
    }

    private mutating func writeFilters(_ block: BinaryBlock) -> Bool {
        let count = layout.filter.count
        if count == 0 { unsafe kputc(0x2E, &text) }
        guard count == 0 || (1...3).contains(layout.filter.type) else { return false }
        if count == 1, kept.filter >= 0, filter(block, 0) == kept.filter {
            append(kept.filterText)
            return true
        }
        let start = unsafe text.l
        for index in 0..<count {
            if index > 0 { unsafe kputc(0x3B, &text) }
            let number = filter(block, index)
            // SAFETY: bcf_read checks that the numbers are the header's; a read by region does not.
            guard tags.indices.contains(Int(number)), let name = unsafe chts_tag_name(header, number)
            else { return false }
            unsafe kputs(name, &text)
        }
        if count == 1 { (kept.filter, kept.filterText) = (filter(block, 0), written(from: start)) }
        return true
    }

    /// What was written to the text from a place on.
    private func written(from start: Int) -> [CChar] {
        // SAFETY: text.s holds text.l bytes.
        unsafe Array(UnsafeBufferPointer(start: text.s + start, count: text.l - start))
    }

    private mutating func append(_ letters: [CChar]) {
        unsafe letters.withUnsafeBufferPointer { unsafe _ = kputsn($0.baseAddress, $0.count, &text) }
    }

    private mutating func writeInfo(_ block: BinaryBlock) -> Bool {
        let before = unsafe text.l
        if readsInfo {
            for field in layout.info {
                let tag = Int(field.tag), value = field.value
                guard isInfoChosen.indices.contains(tag), isInfoChosen[tag],
                    let name = unsafe chts_tag_name(header, field.tag)
                else { continue }
                if unsafe text.l > before { unsafe kputc(0x3B, &text) }
                unsafe kputs(name, &text)
                guard value.count > 0 else { continue }
                unsafe kputc(0x3D, &text)
                guard write(value, block, at: value.start) else { return false }
            }
        }
        if unsafe text.l == before { unsafe kputc(0x2E, &text) }
        return true
    }

    private mutating func writeFormat() {
        if isFormatKept { return append(kept.formatText) }
        chosen.removeAll(keepingCapacity: true)
        let start = unsafe text.l
        for index in layout.format.indices {
            guard let name = unsafe chosenTag(layout.format[index].tag) else { continue }
            chosen.append(index)
            if unsafe text.l > start { unsafe kputc(0x3A, &text) }
            unsafe kputs(name, &text)
        }
        if chosen.isEmpty { unsafe kputc(0x2E, &text) }
        kept.formatTags = layout.format.map(\.tag)
        kept.formatText = written(from: start)
        kept.layout = FormatLayout.newNumber()
    }

    /// Whether the record has the FORMAT of the last one that was written out.
    private var isFormatKept: Bool {
        guard kept.layout != 0, layout.format.count == kept.formatTags.count else { return false }
        for index in kept.formatTags.indices where layout.format[index].tag != kept.formatTags[index] {
            return false
        }
        return true
    }

    private var hasSamples: Bool { unsafe chts_sample_count(record) > 0 }

    private mutating func writeSamples(_ starts: inout [Int]) -> Bool {
        guard hasSamples else { return true }
        let block = unsafe BinaryBlock(record.pointee.indiv)
        for sample in 0..<(unsafe Int(chts_sample_count(record))) {
            column(&starts)
            if chosen.isEmpty { unsafe kputc(0x2E, &text) }
            for place in chosen.indices {
                if place > 0 { unsafe kputc(0x3A, &text) }
                let field = layout.format[chosen[place]], value = field.value
                let start = value.start + sample * value.size
                if field.tag != genotypeTag {
                    guard write(value, block, at: start) else { return false }
                    continue
                }
                // SAFETY: the pointer is to as many bytes.
                guard
                    unsafe chts_format_genotype(
                        Int32(value.count), Int32(value.type), block.pointer(start..<(start + value.size)),
                        &text) >= 0
                else { return false }
            }
        }
        return true
    }

    /// The name of a FORMAT tag, if it is chosen and there.
    private func chosenTag(_ number: Int32) -> UnsafePointer<CChar>? {
        let tag = Int(number)
        guard isFormatChosen.indices.contains(tag), isFormatChosen[tag] else { return nil }
        return unsafe chts_tag_name(header, number)
    }
}
