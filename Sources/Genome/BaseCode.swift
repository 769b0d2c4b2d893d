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
}
