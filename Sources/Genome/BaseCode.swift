/// Bases as small numbers: A 0, C 1, G 2, T 3, all else 4, so that a codon is a number below 64.
public enum BaseCode {
    /// The code of a letter that is no `ACGT`.
    public static let unknown: UInt8 = 4

    /// The code of a letter, in either case; `U` counts as `T`.
    @inlinable
    public static func code(_ letter: UInt8) -> UInt8 {
        switch letter | 0x20 {
        case UInt8(ascii: "a"): 0
        case UInt8(ascii: "c"): 1
        case UInt8(ascii: "g"): 2
        case UInt8(ascii: "t"), UInt8(ascii: "u"): 3
        default: unknown
        }
    }

    /// The upper-case letter of a code, `N` for an unknown base.
    @inlinable
    public static func letter(_ code: UInt8) -> UInt8 {
        switch code {
        case 0: UInt8(ascii: "A")
        case 1: UInt8(ascii: "C")
        case 2: UInt8(ascii: "G")
        case 3: UInt8(ascii: "T")
        default: UInt8(ascii: "N")
        }
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
