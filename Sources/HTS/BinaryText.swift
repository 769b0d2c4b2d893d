internal import CHTS
internal import Foundation
internal import Variants

/// A BCF record as a line of VCF: CHROM to ALT, FILTER, and the chosen fields of INFO and FORMAT; QUAL is left out.
///
/// Numbers and letters are written from the record's bytes; what is rare (numbers with a point, texts that end early) is left to
/// htslib.
@safe struct BinaryText: ~Copyable {
    private var line = unsafe kstring_t()
    private var starts = Scratch(0)
    /// Of FORMAT's fields those that are written.
    private var chosen = Scratch(0)
    /// FORMAT of the last record, which most records repeat.
    private var formatTags = Scratch(Int32(0)), formatText = Scratch(UInt8(0))
    private var formatNumber = 0
    /// Where the next letter goes, and where the room ends.
    @safe private struct Pen {
        var place: UnsafeMutablePointer<UInt8>
        let end: UnsafeMutablePointer<UInt8>
    }

    deinit { unsafe free(line.s) }

    /// Forgets which fields were chosen.
    mutating func reset() { formatNumber = 0 }

    /// Writes a record of a layout into `target`; false if it cannot be written.
    mutating func write(
        _ record: UnsafeMutablePointer<bcf1_t>, _ layout: borrowing BinaryLayout,
        _ names: borrowing HeaderNames,
        into target: inout VCFRecord
    ) -> Bool {
        let shared = unsafe BinaryBlock(record.pointee.shared)
        let samples = unsafe Int(chts_sample_count(record))
        starts.resize(to: (samples > 0 ? 9 + samples : 8) + 1)
        unsafe line.l = 0
        let contig = unsafe names.contig(record.pointee.rid)
        // An allele is followed by one letter more, and has a byte more than letters; some are written as `.` twice.
        var pen = pen(room: contig.count + shared.count + 64)
        starts[0] = 0
        put(contig, &pen)
        column(1, &pen)
        let position = unsafe record.pointee.pos + 1
        put(number: UInt32(truncatingIfNeeded: position), &pen)
        column(2, &pen)
        guard put(layout.id, shared, at: layout.id.start, &pen) else { return false }
        column(3, &pen)
        guard putAlleles(shared, layout, &pen) else { return false }
        reserve(8, &pen)
        column(5, &pen)
        put(0x2E, &pen)
        column(6, &pen)
        putFilters(shared, layout, names, &pen)
        column(7, &pen)
        guard putInfo(shared, layout, names, &pen) else { return false }
        if samples > 0 {
            reserve(1, &pen)
            column(8, &pen)
            putFormat(layout, names, &pen)
            let individual = unsafe BinaryBlock(record.pointee.indiv)
            guard putSamples(samples, individual, layout, names, &pen) else { return false }
        }
        end(pen)
        unsafe starts[starts.count - 1] = line.l + 1
        target.fill(lineNumber: 0) { bytes, places in
            // SAFETY: line.s holds line.l bytes.
            unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: line.s, count: line.l))
            starts.append(to: &places)
            return VCFRecord.Scanned(position: Int(position), layout: samples > 0 ? formatNumber : 0)
        }
        return true
    }

    /// Writes a whole record as htslib does; false if it cannot be written.
    mutating func writeWhole(
        _ record: UnsafeMutablePointer<bcf1_t>, _ header: UnsafeMutablePointer<bcf_hdr_t>,
        into target: inout VCFRecord
    ) -> Bool {
        // SAFETY: header and record are valid; line is a kstring that htslib grows.
        unsafe line.l = 0
        guard unsafe vcf_format(header, record, &line) == 0 else { return false }
        let bytes = unsafe UnsafeRawBufferPointer(start: line.s, count: line.l)
        // SAFETY: the bytes live until the next write, which is after this copy.
        target.fill(lineNumber: 0) { unsafe $0.append(contentsOf: bytes) }
        return true
    }

    // MARK: Columns

    /// Ends a column; the next has the number.
    @inline(__always)
    private mutating func column(_ number: Int, _ pen: inout Pen) {
        put(0x09, &pen)
        starts[number] = length(pen)
    }

    @inline(__always)
    private mutating func putAlleles(
        _ block: BinaryBlock, _ layout: borrowing BinaryLayout, _ pen: inout Pen
    ) -> Bool {
        for index in 0..<layout.alleles.count {
            if index == 1 { column(4, &pen) } else if index > 1 { put(0x2C, &pen) }
            let allele = layout.alleles[index]
            guard put(allele, block, at: allele.start, &pen) else { return false }
        }
        if layout.alleles.count == 1 {
            column(4, &pen)
            put(0x2E, &pen)
        }
        return true
    }

    @inline(__always)
    private mutating func putFilters(
        _ block: BinaryBlock, _ layout: borrowing BinaryLayout, _ names: borrowing HeaderNames,
        _ pen: inout Pen
    ) {
        if layout.filter.count == 0 { put(0x2E, &pen) }
        for index in 0..<layout.filter.count {
            let name = names.tag(layout.filterNumber(block, index))
            reserve(name.count + 2, &pen)
            if index > 0 { put(0x3B, &pen) }
            put(name, &pen)
        }
        reserve(2, &pen)
    }

    @inline(__always)
    private mutating func putInfo(
        _ block: BinaryBlock, _ layout: borrowing BinaryLayout, _ names: borrowing HeaderNames,
        _ pen: inout Pen
    ) -> Bool {
        var isEmpty = true
        if names.readsInfo {
            for index in 0..<layout.info.count {
                let field = layout.info[index]
                guard names.isChosen(info: field.tag) else { continue }
                let name = names.tag(field.tag)
                reserve(name.count + 3, &pen)
                if !isEmpty { put(0x3B, &pen) }
                isEmpty = false
                put(name, &pen)
                guard field.value.count > 0 else { continue }
                put(0x3D, &pen)
                guard put(field.value, block, at: field.value.start, &pen) else { return false }
            }
        }
        reserve(2, &pen)
        if isEmpty { put(0x2E, &pen) }
        return true
    }

    @inline(__always)
    private mutating func putFormat(
        _ layout: borrowing BinaryLayout, _ names: borrowing HeaderNames, _ pen: inout Pen
    ) {
        if !isFormatKept(layout) { keepFormat(layout, names) }
        reserve(formatText.count + 1, &pen)
        // SAFETY: as many letters lie there, and the room was made.
        unsafe memcpy(pen.place, formatText.parts, formatText.count)
        unsafe pen.place += formatText.count
    }

    @inline(__always)
    private func isFormatKept(_ layout: borrowing BinaryLayout) -> Bool {
        guard formatNumber != 0, layout.format.count == formatTags.count else { return false }
        for index in 0..<formatTags.count where layout.format[index].tag != formatTags[index] { return false }
        return true
    }

    private mutating func keepFormat(_ layout: borrowing BinaryLayout, _ names: borrowing HeaderNames) {
        chosen.resize(to: 0)
        formatText.resize(to: 0)
        formatTags.resize(to: layout.format.count)
        for index in 0..<layout.format.count {
            let tag = layout.format[index].tag
            formatTags[index] = tag
            guard names.isChosen(format: tag) else { continue }
            chosen.append(index)
            if formatText.count > 0 { formatText.append(0x3A) }
            for letter in names.texts[Int(tag)].utf8 { formatText.append(letter) }
        }
        if chosen.count == 0 { formatText.append(0x2E) }
        formatNumber = FormatLayout.newNumber()
    }

    @inline(__always)
    private mutating func putSamples(
        _ samples: Int, _ block: BinaryBlock, _ layout: borrowing BinaryLayout,
        _ names: borrowing HeaderNames,
        _ pen: inout Pen
    ) -> Bool {
        for sample in 0..<samples {
            reserve(2, &pen)
            column(9 + sample, &pen)
            if chosen.count == 0 { put(0x2E, &pen) }
            for index in 0..<chosen.count {
                reserve(1, &pen)
                if index > 0 { put(0x3A, &pen) }
                let field = layout.format[chosen[index]]
                let start = field.value.start + sample * field.value.size
                guard
                    field.tag == names.genotypeTag
                        ? putGenotype(field.value, block, at: start, &pen)
                        : put(field.value, block, at: start, &pen)
                else { return false }
            }
        }
        return true
    }

    // MARK: Values

    /// Puts one vector, of FORMAT that of the sample whose numbers stand at `start`; false if it has no text.
    @inline(__always)
    private mutating func put(
        _ value: BinaryLayout.Value, _ block: BinaryBlock, at start: Int, _ pen: inout Pen
    )
        -> Bool
    {
        if value.isText { return putText(value, block, at: start, &pen) }
        guard value.isInteger, value.count > 0 else { return putOther(value, block, at: start, &pen) }
        // At most eleven letters and a comma.
        reserve(value.count * 12, &pen)
        var place = start
        for index in 0..<value.count {
            let number = block.integer(place, value.type)
            if number == Int32.min + 1 { break }
            if index > 0 { put(0x2C, &pen) }
            if number == Int32.min {
                put(0x2E, &pen)
            } else {
                if number < 0 { put(0x2D, &pen) }
                put(number: number.magnitude, &pen)
            }
            place += 1 << (Int(value.type) - 1)
        }
        return true
    }

    @inline(__always)
    private mutating func putText(
        _ value: BinaryLayout.Value, _ block: BinaryBlock, at start: Int, _ pen: inout Pen
    ) -> Bool {
        reserve(value.count + 2, &pen)
        // The bytes lie in the block, which is seen here.
        guard value.count > 0, let letters = unsafe block.pointer(start..<(start + value.count)) else {
            return putOther(value, block, at: start, &pen)
        }
        precondition(unsafe pen.end - pen.place >= value.count, "no room for a text")
        for place in 0..<value.count {
            // SAFETY: both have as many letters.
            let letter = unsafe letters.load(fromByteOffset: place, as: UInt8.self)
            guard letter != 0, letter != 0x07 else { return putOther(value, block, at: start, &pen) }
            unsafe pen.place[place] = letter
        }
        unsafe pen.place += value.count
        return true
    }

    /// Alleles of a genotype, of which every number is that of an allele with its phase.
    @inline(__always)
    private mutating func putGenotype(
        _ value: BinaryLayout.Value, _ block: BinaryBlock, at start: Int, _ pen: inout Pen
    ) -> Bool {
        guard value.type == 1 else { return putOther(value, block, at: start, isGenotype: true, &pen) }
        reserve(value.count * 4 + 1, &pen)
        let before = pen
        for index in 0..<value.count {
            let number = block.integer(start + index, 1)
            guard number >= 0 else {
                if number == Int32.min + 1, index > 0 { break }
                pen = before
                return putOther(value, block, at: start, isGenotype: true, &pen)
            }
            if index > 0 { put(number & 1 == 0 ? 0x2F : 0x7C, &pen) }
            if number < 2 { put(0x2E, &pen) } else { put(number: UInt32(number >> 1 - 1), &pen) }
        }
        if value.count == 0 { put(0x2E, &pen) }
        return true
    }

    /// Has htslib write a value.
    @inline(never)
    private mutating func putOther(
        _ value: BinaryLayout.Value, _ block: BinaryBlock, at start: Int, isGenotype: Bool = false,
        _ pen: inout Pen
    ) -> Bool {
        end(pen)
        let (count, type) = (Int32(value.count), Int32(value.type))
        // SAFETY: the pointer is to as many bytes; line is a kstring that htslib grows.
        let bytes = unsafe block.pointer(start..<(start + value.size))
        let status =
            isGenotype
            ? unsafe chts_format_genotype(count, type, bytes, &line)
            : unsafe bcf_fmt_array(&line, count, type, bytes)
        pen = self.pen(room: 64)
        return status >= 0
    }

    // MARK: Letters

    /// A pen behind what is written, with room.
    private mutating func pen(room: Int) -> Pen {
        // SAFETY: ks_resize returns below 0 only without memory; the room is that of the kstring.
        guard unsafe ks_resize(&line, line.l + room) >= 0, let text = unsafe line.s else {
            preconditionFailure("no memory for a line")
        }
        return unsafe text.withMemoryRebound(to: UInt8.self, capacity: line.m) {
            unsafe Pen(place: $0 + line.l, end: $0 + line.m)
        }
    }

    /// Makes what was written the line.
    @inline(__always)
    private mutating func end(_ pen: Pen) { unsafe line.l = length(pen) }

    @inline(__always)
    private func length(_ pen: Pen) -> Int {
        // SAFETY: the pen was made from the kstring's letters.
        unsafe UnsafeRawPointer(line.s.unsafelyUnwrapped).distance(to: UnsafeRawPointer(pen.place))
    }

    /// Makes room for letters.
    @inline(__always)
    private mutating func reserve(_ count: Int, _ pen: inout Pen) {
        if unsafe pen.end - pen.place < count {
            end(pen)
            pen = self.pen(room: count + 64)
        }
    }

    @inline(__always)
    private func put(_ letter: UInt8, _ pen: inout Pen) {
        precondition(unsafe pen.place < pen.end, "no room for a letter")
        // SAFETY: the place lies in the room.
        unsafe pen.place.pointee = letter
        unsafe pen.place += 1
    }

    @inline(__always)
    private func put(_ name: HeaderNames.Name, _ pen: inout Pen) {
        precondition(unsafe pen.end - pen.place >= name.count, "no room for a name")
        // SAFETY: the name has as many letters, and the room holds them.
        if let letters = unsafe name.letters { unsafe memcpy(pen.place, letters, name.count) }
        unsafe pen.place += name.count
    }

    @inline(__always)
    private func put(number: UInt32, _ pen: inout Pen) {
        if number < 10 { return put(0x30 + UInt8(truncatingIfNeeded: number), &pen) }
        let digits =
            number < 100_000
            ? (number < 1000 ? (number < 100 ? 2 : 3) : (number < 10_000 ? 4 : 5))
            : (number < 10_000_000
                ? (number < 1_000_000 ? 6 : 7)
                : (number < 100_000_000 ? 8 : number < 1_000_000_000 ? 9 : 10))
        precondition(unsafe pen.end - pen.place >= digits, "no room for a number")
        var (rest, place) = (number, digits)
        while place > 0 {
            place &-= 1
            // SAFETY: the places lie in the room.
            unsafe pen.place[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        unsafe pen.place += digits
    }
}
