extension OutputSpan<UInt8> {
    /// Appends a number that is not negative, in decimal digits.
    mutating func write(_ number: Int) {
        if number >= 100 { write(number / 100) }
        let rest = number >= 100 ? number % 100 : number
        if number >= 10 { append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest / 10)) }
        append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
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
