/// Bases as small numbers: A 0, C 1, G 2, T 3, all else 4, so that a codon is a number below 64.
public enum BaseCode {
    /// The code of a letter that is no `ACGT`.
    public static let unknown: UInt8 = 4

    /// `ACGT`, the first letter lowest.
    @usableFromInline static let letters: UInt32 = 0x5447_4341

    /// The code of a letter, in either case; `U` counts as `T`.
    ///
    /// Bases come in no order that a processor could guess, so this has no branch that depends on which one it is: bits 1 and 2 of the
    /// letters are 0, 1, 3 and 2.
    @inlinable
    public static func code(_ letter: UInt8) -> UInt8 {
        let bits = letter &>> 1 & 3, code = bits ^ bits &>> 1
        if Self.letter(of: code) == letter & 0xDF { return code }
        return letter | 0x20 == UInt8(ascii: "u") ? 3 : unknown
    }

    /// The letter of a code below 4.
    @inlinable @inline(__always)
    static func letter(of code: UInt8) -> UInt8 {
        UInt8(truncatingIfNeeded: letters &>> (UInt32(code) &* 8))
    }

    /// The upper-case letter of a code, `N` for an unknown base.
    @inlinable
    public static func letter(_ code: UInt8) -> UInt8 {
        code < unknown ? letter(of: code) : UInt8(ascii: "N")
    }

    /// The code of the base on the other strand.
    @inlinable
    public static func complement(_ code: UInt8) -> UInt8 { code < unknown ? code ^ 3 : unknown }

    /// Whether a letter of REF, in either case, is what the genome has: the base itself, or an ambiguity code that stands
    /// for it. An unknown base of the genome fits every nucleotide code; what is no such code fits nothing.
    ///
    /// This is the one rule by which REF is compared with the genome.
    @inlinable
    public static func fits(_ letter: UInt8, genome: UInt8) -> Bool {
        let code = code(letter)
        if code < unknown { return code == genome || genome >= unknown }
        let bases = bases(letter)
        return genome < unknown ? bases &>> genome & 1 == 1 : bases != 0
    }

    /// The bases that an ambiguity code stands for, base *n* as bit *n*.
    ///
    /// Source: IUPAC-IUB recommendations 1984.
    @usableFromInline
    static func bases(_ letter: UInt8) -> UInt8 {
        switch letter | 0x20 {
        case UInt8(ascii: "r"): 0b0101
        case UInt8(ascii: "y"): 0b1010
        case UInt8(ascii: "s"): 0b0110
        case UInt8(ascii: "w"): 0b1001
        case UInt8(ascii: "k"): 0b1100
        case UInt8(ascii: "m"): 0b0011
        case UInt8(ascii: "b"): 0b1110
        case UInt8(ascii: "d"): 0b1101
        case UInt8(ascii: "h"): 0b1011
        case UInt8(ascii: "v"): 0b0111
        case UInt8(ascii: "n"): 0b1111
        default: 0
        }
    }
}
