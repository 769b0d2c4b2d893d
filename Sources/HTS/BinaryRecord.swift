// A BCF record as it stands in a file, in a buffer: what is added to it by those who put it there and give it on.
//
//     0  length of the shared part from CHROM on   16  length of REF      32   ID, ALT, FILTER, INFO
//     4  length of the part of the samples         20  QUAL               8 + shared length   FORMAT
//     8  CHROM                                     24  INFO fields, alleles
//     12 POS                                       28  samples, FORMAT fields
//
// Source: VCF 4.4 specification, section 6.3. All numbers have their lowest byte first, as those of the machine.

enum BinaryRecord {
    /// Appends the numbers before ID.
    @inline(__always)
    static func append(_ head: InlineArray<8, UInt32>, to bytes: inout [UInt8]) {
        // SAFETY: numbers of 32 bits are their bytes.
        unsafe head.span.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }
}

extension [UInt8] {
    /// Appends a number of 32 bits.
    @inline(__always)
    mutating func append(little number: UInt32) {
        append(UInt8(truncatingIfNeeded: number))
        append(UInt8(truncatingIfNeeded: number >> 8))
        append(UInt8(truncatingIfNeeded: number >> 16))
        append(UInt8(truncatingIfNeeded: number >> 24))
    }

    /// Puts a number of 32 bits at a place.
    @inline(__always)
    mutating func set(little number: UInt32, at place: Int) {
        for index in 0..<4 { self[place + index] = UInt8(truncatingIfNeeded: number >> UInt32(index * 8)) }
    }

    /// Appends a text with its type and length.
    mutating func append(text: Span<UInt8>) {
        let letters: UInt8 = 7
        if text.count < 15 {
            append(UInt8(text.count) << 4 | letters)
        } else {
            append(0xF0 | letters)
            append(typed: Int32(text.count))
        }
        append(text)
    }

    /// Appends a number with its type, the smallest that holds it; not below 0.
    mutating func append(typed number: Int32) {
        switch number {
        case ...0x7F:
            append(0x11)
            append(UInt8(number))
        case ...0x7FFF:
            append(0x12)
            append(UInt8(number & 0xFF))
            append(UInt8(number >> 8))
        default:
            append(0x13)
            append(little: UInt32(number))
        }
    }
}

extension Span<UInt8> {
    /// The number of 32 bits at a place.
    func little(at place: Int) -> UInt32 {
        var number: UInt32 = 0
        for index in 0..<4 { number |= UInt32(self[place + index]) << UInt32(index * 8) }
        return number
    }
}
