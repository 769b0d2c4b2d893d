internal import Foundation

/// Eight bytes at a time.
enum Words {
    /// The high bit of each byte of a word that is `byte`; above the first such byte there may be more.
    @inline(__always)
    static func places(of byte: UInt8, in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let difference = word ^ (UInt64(byte) &* ones)
        return (difference &- ones) & ~difference & 0x8080_8080_8080_8080
    }

    /// The high bit of each byte of a word that is `byte`, and no other bit.
    @inline(__always)
    static func allPlaces(of byte: UInt8, in word: UInt64) -> UInt64 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        let difference = word ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
        return ~((difference & low) &+ low | difference | low)
    }

    /// The decimal number that the first 1 … 8 bytes of a word spell; nil if one of them is no digit.
    @inline(__always)
    static func number(_ word: UInt64, digits: Int) -> Int? {
        // The bytes go to the top, and zeros come before them.
        let zeros: UInt64 = 0x3030_3030_3030_3030
        let shift = UInt64(64 - digits * 8)
        let text = word &<< shift | zeros & ~(UInt64.max &<< shift)
        let high: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
        guard text & high == zeros, (text &+ 0x0606_0606_0606_0606) & high == zeros else { return nil }
        // Pairs, then fours, then all eight: ten times the byte below and the byte itself.
        let pairs = ((text & 0x0F0F_0F0F_0F0F_0F0F) &* (10 << 8 + 1)) &>> 8
        let fours = ((pairs & 0x00FF_00FF_00FF_00FF) &* (100 << 16 + 1)) &>> 16
        return Int(((fours & 0x0000_FFFF_0000_FFFF) &* (10_000 << 32 + 1)) &>> 32)
    }
}

extension Span where Element == UInt8 {
    /// Eight bytes from a place, the first one lowest; the place is checked against the bounds.
    @inline(__always)
    func word(at place: Int) -> UInt64 {
        // SAFETY: the load checks its bounds, and every bit pattern is a number.
        unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    /// The place of the first `byte` in a range, or the range's end; quick where it is near.
    @inline(__always)
    func nearIndex(of byte: UInt8, in range: Range<Int>) -> Int {
        var place = range.lowerBound
        for _ in 0..<2 {
            guard place + 8 <= range.upperBound else { break }
            let found = Words.places(of: byte, in: word(at: place))
            if found != 0 { return place + found.trailingZeroBitCount / 8 }
            place += 8
        }
        return firstIndex(of: byte, in: place..<range.upperBound)
    }

    /// The place of the first `byte` in a range, or the range's end; the range is checked against the bounds.
    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range outside the line")
        return unsafe withUnsafeBufferPointer { buffer in
            // SAFETY: the range lies in the buffer, see above.
            guard let base = buffer.baseAddress,
                let found = unsafe memchr(base + range.lowerBound, Int32(byte), range.count)
            else { return range.upperBound }
            return unsafe UnsafeRawPointer(base).distance(to: found)
        }
    }

    /// Whether the bytes from a place are `other`'s.
    @inline(__always)
    func equals(_ other: Span<UInt8>, at place: Int) -> Bool {
        guard place + other.count <= count else { return false }
        var index = 0
        while index + 8 <= other.count {
            if word(at: place + index) != other.word(at: index) { return false }
            index += 8
        }
        // The last word overlaps the one before it.
        if index > 0, index < other.count {
            return word(at: place + other.count - 8) == other.word(at: other.count - 8)
        }
        while index < other.count {
            if self[place + index] != other[index] { return false }
            index += 1
        }
        return true
    }
}

extension [UInt8] {
    /// The bytes of a range of a span.
    init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        self = []
        reserveCapacity(range.count)
        for index in range { append(bytes[index]) }
    }

    /// Appends the bytes of a span.
    mutating func append(_ bytes: Span<UInt8>) {
        // SAFETY: the bytes live for the call.
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
