extension OutputSpan<UInt8> {
    /// Appends a number that is not negative, in decimal digits.
    mutating func write(_ number: Int) {
        var digits = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
        var rest = UInt(number)
        var first = digits.count
        repeat {
            first -= 1
            digits[first] &+= UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        for place in first..<digits.count { append(digits[place]) }
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
