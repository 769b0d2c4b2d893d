extension OutputSpan<UInt8> {
    /// Appends a number that is not negative, in decimal digits.
    mutating func write(_ number: Int) {
        guard number < 100_000_000 else {
            write(number / 100_000_000)
            return write(digits: Self.digits(number % 100_000_000), from: 0)
        }
        let digits = Self.digits(number)
        // Zeros at the start are not written; the last digit is.
        write(digits: digits, from: min(digits.trailingZeroBitCount / 8, 7))
    }

    /// The eight digits of a number below 10^8, the first one lowest: halved to four, two and one digit in all lanes at once.
    @inline(__always)
    private static func digits(_ number: Int) -> UInt64 {
        let number = UInt64(truncatingIfNeeded: number)
        let fours = number / 10_000 | (number % 10_000) << 32
        let hundreds = (fours &* 10_486) >> 20 & 0x7F_0000_007F
        let twos = hundreds | (fours &- hundreds &* 100) << 16
        let tens = (twos &* 103) >> 10 & 0x0F_000F_000F_000F
        return tens | (twos &- tens &* 10) << 8
    }

    @inline(__always)
    private mutating func write(digits: UInt64, from first: Int) {
        var rest = digits >> UInt64(first * 8)
        for _ in first..<8 {
            append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// Appends a word.
    @inline(__always)
    mutating func write(_ word: String) {
        for byte in word.utf8 { append(byte) }
    }

    /// Appends the three letters of a residue.
    mutating func writeResidue(_ letter: UInt8) {
        let name = AminoAcid.bytes(letter)
        append(name.0)
        append(name.1)
        append(name.2)
    }
}
