/// Text as a value inside a list in a VCF's INFO: what has a meaning there is percent-encoded, as VCF 4.3 has it, and `|` too,
/// which parts the fields of `CSQ`, `ANN` and `WGSA`.
public enum InfoText {
    /// Whether the text can stand there as it is.
    @inlinable
    public static func isPlain(_ text: some Sequence<UInt8>) -> Bool { !text.contains(where: isSpecial) }

    /// Appends the text, encoded.
    @inlinable
    public static func append(_ text: some Sequence<UInt8>, to out: inout [UInt8]) {
        for byte in text {
            guard isSpecial(byte) else {
                out.append(byte)
                continue
            }
            out.append(UInt8(ascii: "%"))
            for digit in [byte >> 4, byte & 15] { out.append(digit < 10 ? 0x30 + digit : 0x37 + digit) }
        }
    }

    /// The text, encoded.
    public static func encoded(_ text: String) -> String {
        var out: [UInt8] = []
        append(text.utf8, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    @inlinable @inline(__always)
    static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, UInt8(ascii: "%"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="),
            UInt8(ascii: "|"):
            true
        default: false
        }
    }
}
