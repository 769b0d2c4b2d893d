internal import CHTS
public import Genome

/// SHA-256 (FIPS 180-4) of bytes that come in pieces.
///
/// Checksums say whether a file is the one that a report was made from. With the processor's SHA instructions a core
/// takes about 2 GB a second, without them 0.4 GB.
@safe public struct SHA256 {
    private var state: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB,
        0x5BE0_CD19,
    ]
    /// Bytes that do not fill a block of 64 yet.
    private var rest: [UInt8] = []
    private var count = 0

    private static let hasInstructions = chts_has_sha256_instructions() != 0

    /// Nothing taken in yet.
    public init() {}

    /// Takes in the next bytes.
    public mutating func update(_ bytes: [UInt8]) {
        count += bytes.count
        var start = 0
        if !rest.isEmpty {
            start = min(64 - rest.count, bytes.count)
            rest += bytes[..<start]
            guard rest.count == 64 else { return }
            compress(rest, from: 0, blocks: 1)
            rest = []
        }
        let blocks = (bytes.count - start) / 64
        if blocks > 0 { compress(bytes, from: start, blocks: blocks) }
        rest += bytes[(start + blocks * 64)...]
    }

    /// The checksum of all bytes, in lower-case hexadecimal.
    public func hexadecimal() -> String {
        var copy = self
        // A one bit, zeros up to 8 bytes short of a block, the length in bits.
        var padding: [UInt8] = [0x80]
        padding += Array(repeating: 0, count: (119 - count % 64) % 64)
        for shift in stride(from: 56, through: 0, by: -8) {
            padding.append(UInt8(truncatingIfNeeded: (count * 8) >> shift))
        }
        copy.update(padding)
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for word in copy.state {
            for shift in stride(from: 28, through: 0, by: -4) { text.append(digits[Int(word >> shift & 15)]) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The checksum of bytes at hand.
    public static func hexadecimal(_ bytes: [UInt8]) -> String {
        var sum = SHA256()
        sum.update(bytes)
        return sum.hexadecimal()
    }

    /// The checksum of a file, read in pieces.
    ///
    /// - Throws: `InputError` of kind `.missing` if it cannot be opened, of kind `.io` if reading fails.
    public static func hexadecimal(file path: String) throws(InputError) -> String {
        let file = try OpenFile(path: path)
        let room = min(max(file.size + 1, 1 << 12), 1 << 18)
        var sum = SHA256()
        while true {
            let piece = try file.read(upTo: room)
            sum.update(piece)
            if piece.count < room { return sum.hexadecimal() }
        }
    }

    private mutating func compress(_ bytes: [UInt8], from start: Int, blocks: Int) {
        precondition(start + blocks * 64 <= bytes.count)
        unsafe state.withUnsafeMutableBufferPointer { state in
            unsafe bytes.withUnsafeBufferPointer { bytes in
                guard let state = state.baseAddress, let bytes = bytes.baseAddress else { return }
                // SAFETY: state has 8 words; the blocks lie in bytes by the precondition.
                if Self.hasInstructions {
                    unsafe chts_sha256_instructions(state, bytes + start, blocks)
                } else {
                    unsafe chts_sha256_portable(state, bytes + start, blocks)
                }
            }
        }
    }
}
