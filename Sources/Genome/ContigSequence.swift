/// The bases of one contig, or of a stretch of it, held in memory for random access.
///
/// Two bases share a byte, so that the longest human chromosome takes 125 MB. What lies outside reads as unknown.
///
/// - Coordinates: 0-based on the contig, whatever stretch is held.
public struct ContigSequence: Sendable {
    /// The first base held.
    public let start: Int
    /// How many bases are held.
    public let count: Int
    @usableFromInline let packed: [UInt8]

    /// The letters of a stretch that begins at `start`, in either case.
    public init(start: Int = 0, letters: some Collection<UInt8>) {
        self.start = start
        var packed: [UInt8] = []
        packed.reserveCapacity(letters.count / 2 + 1)
        var low: UInt8?
        var count = 0
        for letter in letters {
            let code = BaseCode.code(letter)
            if let first = low {
                packed.append(first | code << 4)
                low = nil
            } else {
                low = code
            }
            count += 1
        }
        if let low { packed.append(low | BaseCode.unknown << 4) }
        self.packed = packed
        self.count = count
    }

    /// The code of the base at `position`.
    @inlinable
    public func code(at position: Int) -> UInt8 {
        let offset = position &- start
        guard offset >= 0, offset < count else { return BaseCode.unknown }
        return packed[offset &>> 1] &>> UInt8(truncatingIfNeeded: (offset & 1) &<< 2) & 0xF
    }

    /// The positions held.
    public var range: Range<Int> { start..<(start + count) }
}
