/// The bases of one contig, or of a stretch of it, for random access.
///
/// They are held in memory, two to a byte, so that the longest human chromosome takes 125 MB; or a ``BaseSource`` gives
/// them when they are asked for. What lies outside reads as unknown.
///
/// - Coordinates: 0-based on the contig, whatever stretch is held.
public struct ContigSequence: Sendable {
    /// The first base held.
    public let start: Int
    /// How many bases are held.
    public let count: Int
    @usableFromInline let packed: [UInt8]
    @usableFromInline let source: (any BaseSource)?

    /// The letters of a stretch that begins at `start`, in either case.
    public init(start: Int = 0, letters: some Collection<UInt8>) {
        var packer = Packer(start: start, capacity: letters.count)
        packer.append(ArraySlice(Array(letters)))
        self = packer.finish()
    }

    /// The bases that a source gives, from the contig's first on.
    public init(source: any BaseSource, count: Int) {
        start = 0
        self.count = count
        packed = []
        self.source = source
    }

    fileprivate init(start: Int, count: Int, packed: [UInt8]) {
        self.start = start
        self.count = count
        self.packed = packed
        source = nil
    }

    /// The code of the base at `position`.
    @inlinable
    public func code(at position: Int) -> UInt8 {
        let offset = position &- start
        guard offset >= 0, offset < count else { return BaseCode.unknown }
        // Bound to a name, the source would be retained and released for each base.
        if let code = source?.code(at: position) { return code }
        return packed[offset &>> 1] &>> UInt8(truncatingIfNeeded: (offset & 1) &<< 2) & 0xF
    }

    /// The codes of the base at `position` and of those beside it.
    public func codes(around position: Int) -> BaseTriple {
        if position > start, position < start + count - 1, let codes = source?.codes(around: position) {
            return codes
        }
        return (code(at: position - 1), code(at: position), code(at: position + 1))
    }

    /// The positions held.
    public var range: Range<Int> { start..<(start + count) }
}

extension ContigSequence {
    /// Packs the letters of a contig as they are read, line by line, so that they never lie in memory unpacked.
    public struct Packer: Sendable {
        private let start: Int
        private var packed: [UInt8] = []
        private var count = 0

        /// A packer of a stretch that begins at `start`; `capacity` is the number of letters to come, where it is known.
        public init(start: Int = 0, capacity: Int = 0) {
            self.start = start
            packed.reserveCapacity(capacity / 2 + 1)
        }

        /// Takes the next letters, in either case, without line ends.
        public mutating func append(_ letters: ArraySlice<UInt8>) {
            let span = letters.span
            var index = 0
            if count & 1 == 1, span.count > 0 {
                packed[packed.count - 1] = packed[packed.count - 1] & 0xF | BaseCode.code(span[0]) << 4
                index = 1
            }
            let codes = Self.codes
            packed.append(addingCapacity: (span.count - index + 1) / 2) { (out: inout OutputSpan<UInt8>) in
                while index + 1 < span.count {
                    out.append(codes[Int(span[index])] | codes[Int(span[index + 1])] &<< 4)
                    index += 2
                }
                if index < span.count { out.append(codes[Int(span[index])] | BaseCode.unknown << 4) }
            }
            count += span.count
        }

        /// The packed bases.
        public consuming func finish() -> ContigSequence {
            ContigSequence(start: start, count: count, packed: packed)
        }

        private static let codes: [UInt8] = (0...255).map { BaseCode.code(UInt8($0)) }
    }
}
