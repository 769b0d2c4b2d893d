internal import CHTS

/// Says of a BCF record whether its bytes may be given on as they are.
///
/// It vouches for a record that comes out the same when it is written as text and read again, which is what becomes of every
/// other record that ``BinaryLayout`` reads: the record's length is that of REF or END, each value is of its tag's declared
/// type, no text has letters that end a value or a column, and no vector ends before it begins.
struct BinaryJudge {
    /// What a tag is declared to hold; nothing else is vouched for.
    private enum Kind { case none, flag, integer, float, text }

    private let genotypeTag, endTag: Int32
    private let filters: [Bool]
    private let info: [Kind]
    private let format: [Kind]
    /// The record in which a FORMAT tag was last seen.
    private var seen: [Int]
    private var number = 0

    /// A judge by a header, which is read here.
    init(_ header: UnsafeMutablePointer<bcf_hdr_t>, tags: [String]) {
        func number(_ name: String) -> Int32 { Int32(tags.firstIndex(of: name) ?? -1) }
        (genotypeTag, endTag) = (number("GT"), number("END"))
        func kinds(_ column: Int32) -> [Kind] {
            // SAFETY: tags are numbered below the count.
            unsafe (0..<chts_tag_count(header)).map { tag in
                switch unsafe chts_tag_type(header, column, tag) {
                case BCF_HT_FLAG: .flag
                case BCF_HT_INT: .integer
                case BCF_HT_REAL: .float
                case BCF_HT_STR: .text
                default: .none
                }
            }
        }
        info = kinds(BCF_HL_INFO)
        format = kinds(BCF_HL_FMT)
        // SAFETY: as above.
        filters = unsafe (0..<chts_tag_count(header)).map {
            unsafe chts_tag_type(header, BCF_HL_FLT, $0) >= 0
        }
        seen = Array(repeating: 0, count: format.count)
    }

    /// Whether the record's bytes may be given on, with more fields behind the last one of INFO.
    mutating func vouches(_ record: UnsafeMutablePointer<bcf1_t>, _ layout: borrowing BinaryLayout) -> Bool {
        let samples = unsafe chts_sample_count(record)
        guard layout.isRegular, unsafe record.pointee.pos < Int64(Int32.max),
            samples == 0 || layout.format.count > 0,
            layout.info.count < 0xFF00
        else { return false }
        let shared = unsafe BinaryBlock(record.pointee.shared)
        guard isText(layout.id, shared) else { return false }
        for index in 0..<layout.alleles.count {
            let allele = layout.alleles[index]
            guard allele.count > 0, isText(allele, shared, stop: UInt8(ascii: ",")) else {
                return false
            }
        }
        for index in 0..<layout.filter.count {
            let number = Int(layout.filterNumber(shared, index))
            guard filters.indices.contains(number), filters[number] else { return false }
        }
        var length = Int64(layout.alleles[0].count)
        for index in 0..<layout.info.count {
            let field = layout.info[index]
            guard isInfo(field, shared) else { return false }
            // The bases that the record takes of the contig, by which an index finds it: those of REF, or up to END.
            if field.tag == endTag, field.value.count == 1, field.value.isInteger {
                let end = Int64(Self.integer(field.value, shared, field.value.start, 0))
                if unsafe end > record.pointee.pos { unsafe length = end - record.pointee.pos }
            }
        }
        guard unsafe record.pointee.rlen == length else { return false }
        guard samples > 0 else { return layout.format.count == 0 }
        number += 1
        let individual = unsafe BinaryBlock(record.pointee.indiv)
        for place in 0..<layout.format.count {
            let field = layout.format[place]
            let tag = Int(field.tag)
            guard format.indices.contains(tag), seen[tag] != number, field.value.count > 0 else {
                return false
            }
            seen[tag] = number
            if field.tag == genotypeTag {
                guard place == 0, isGenotype(field.value, individual, Int(samples), layout.alleles.count)
                else {
                    return false
                }
            } else if !isFormat(field.value, format[tag], individual, Int(samples)) {
                return false
            }
        }
        return true
    }

    @inline(__always)
    private func isInfo(_ field: BinaryLayout.Field, _ block: BinaryBlock) -> Bool {
        let tag = Int(field.tag), value = field.value
        guard info.indices.contains(tag) else { return false }
        switch info[tag] {
        case .none: return false
        case .flag: return value.count == 0
        case .text: return value.count > 0 && isText(value, block, stop: UInt8(ascii: ";"))
        case .integer, .float: return isFormat(value, info[tag], block, 1)
        }
    }

    private func isFormat(_ value: BinaryLayout.Value, _ kind: Kind, _ block: BinaryBlock, _ samples: Int)
        -> Bool
    {
        guard value.count > 0 else { return false }
        switch kind {
        case .none, .flag: return false
        case .integer:
            guard value.isInteger else { return false }
            if value.type == 3 {
                // Written as text, the last numbers of 32 bits would be out of range.
                for index in 0..<(samples * value.count) {
                    let number = Self.integer(value, block, value.start, index)
                    guard number > Int32.min + 7 || number <= Self.end else { return false }
                }
            }
            for sample in 0..<samples
            where Self.integer(value, block, value.start, sample * value.count) == Self.end {
                return false
            }
        case .float:
            guard value.type == 5 else { return false }
            for sample in 0..<samples
            where block.integer(value.start + sample * value.size, 3) == 0x7F80_0002 {
                return false
            }
        case .text:
            for sample in 0..<samples
            where !isSampleText(value, block, at: value.start + sample * value.count) {
                return false
            }
        }
        return true
    }

    private func isGenotype(
        _ value: BinaryLayout.Value, _ block: BinaryBlock, _ samples: Int, _ alleles: Int
    ) -> Bool {
        guard value.isInteger else { return false }
        for sample in 0..<samples {
            for index in 0..<value.count {
                let number = Self.integer(value, block, value.start, sample * value.count + index)
                if number == Self.end, index > 0 { break }
                guard number >= 0, number >> 1 <= alleles else { return false }
            }
        }
        return true
    }

    /// Letters of a value's whole length, other than `stop`.
    @inline(__always)
    private func isText(_ value: BinaryLayout.Value, _ block: BinaryBlock, stop: UInt8 = 0) -> Bool {
        guard value.count > 0 else { return true }
        guard value.isText, let letters = unsafe block.pointer(value.start..<(value.start + value.count))
        else { return false }
        for place in 0..<value.count {
            // SAFETY: as many letters lie there.
            let letter = unsafe letters.load(fromByteOffset: place, as: UInt8.self)
            guard letter > 0x20, letter != 0x7F, letter != stop else { return false }
        }
        return true
    }

    /// Letters up to a NUL, or what stands for a missing text.
    private func isSampleText(_ value: BinaryLayout.Value, _ block: BinaryBlock, at start: Int) -> Bool {
        guard value.type == 7 else { return false }
        for place in start..<(start + value.count) {
            let letter = block.byte(place)
            if letter == 0, place > start { return true }
            if letter == 0x07, place == start { continue }
            guard letter > 0x20, letter != 0x7F, letter != UInt8(ascii: ":") else { return false }
        }
        return true
    }

    private static let end = Int32.min + 1

    @inline(__always)
    private static func integer(_ value: BinaryLayout.Value, _ block: BinaryBlock, _ start: Int, _ index: Int)
        -> Int32
    {
        block.integer(start + index << (value.type - 1), value.type)
    }
}
