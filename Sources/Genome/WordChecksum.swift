/// A checksum against damage, not against intent: multiply and fold over words of 8 bytes.
public enum WordChecksum {
    /// The checksum of bytes.
    public static func sum(_ bytes: Span<UInt8>) -> UInt64 {
        var sum: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
        var index = 0
        while index + 8 <= bytes.count {
            var word: UInt64 = 0
            for offset in 0..<8 { word |= UInt64(bytes[index + offset]) << UInt64(offset * 8) }
            sum = (sum ^ word) &* 0xFF51_AFD7_ED55_8CCD
            sum ^= sum >> 32
            index += 8
        }
        while index < bytes.count {
            sum = (sum ^ UInt64(bytes[index])) &* 0xFF51_AFD7_ED55_8CCD
            sum ^= sum >> 32
            index += 1
        }
        return sum
    }
}
