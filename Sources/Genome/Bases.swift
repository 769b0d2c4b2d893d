/// Nucleotide letters as bytes.
///
/// Source: IUPAC-IUB recommendations 1984 (ambiguity codes).
public enum Bases {
    /// The letter in upper case; other bytes unchanged.
    public static func uppercase(_ base: UInt8) -> UInt8 { base >= 0x61 && base <= 0x7A ? base - 0x20 : base }

    /// `A`, `C`, `G` or `T` in upper case, `N` for every other byte.
    @inlinable
    public static func standard(_ base: UInt8) -> UInt8 {
        let upper = base & 0xDF
        return upper == BaseCode.letter(BaseCode.code(base)) ? upper : UInt8(ascii: "N")
    }

    /// The letter `A`, `C`, `G` or `T` as text; nil for every other byte.
    public static func text(_ base: UInt8) -> String? {
        switch base {
        case UInt8(ascii: "A"): "A"
        case UInt8(ascii: "C"): "C"
        case UInt8(ascii: "G"): "G"
        case UInt8(ascii: "T"): "T"
        default: nil
        }
    }

    /// Whether the byte is one of `ACGT`, in either case.
    public static func isStandard(_ base: UInt8) -> Bool { standard(base) != UInt8(ascii: "N") }

    /// Whether the byte is `ACGTUN` or an ambiguity code, in either case.
    public static func isCode(_ base: UInt8) -> Bool { codes.contains(uppercase(base)) }

    /// The base of the other strand; `N` for what is no standard base.
    public static func complement(_ base: UInt8) -> UInt8 {
        switch standard(base) {
        case UInt8(ascii: "A"): UInt8(ascii: "T")
        case UInt8(ascii: "C"): UInt8(ascii: "G")
        case UInt8(ascii: "G"): UInt8(ascii: "C")
        case UInt8(ascii: "T"): UInt8(ascii: "A")
        default: UInt8(ascii: "N")
        }
    }

    /// Bases as the other strand reads them, in upper case; `N` for what is no standard base.
    public static func reverseComplement(_ bases: String) -> String {
        String(decoding: bases.utf8.reversed().map(complement), as: UTF8.self)
    }

    private static let codes = Array("ACGTUNRYSWKMBDHV".utf8)
}
