public import Genome

/// Where the bytes of a compiled index lie: in memory, or in a file of which only the parts asked for are read.
public protocol IndexBytes: Sendable {
    /// How many bytes there are.
    var count: Int { get }

    /// The bytes of a range that lies inside.
    ///
    /// - Throws: `InputError` where they cannot be read, or are not those that were written.
    func bytes(_ range: Range<Int>) throws(InputError) -> ArraySlice<UInt8>
}

extension [UInt8]: IndexBytes {
    /// The bytes of a range.
    public func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { self[range] }
}

/// Writes numbers, text and lists one behind the other; numbers little-endian.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    mutating func put(_ number: some FixedWidthInteger) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    mutating func put(_ text: String) {
        put(UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func put(piece: [UInt8]) {
        put(UInt32(piece.count))
        bytes.append(contentsOf: piece)
    }

    mutating func put(_ texts: [String]) {
        put(UInt32(texts.count))
        for text in texts { put(text) }
    }

    mutating func put(contentsOf other: some Sequence<UInt8>) { bytes.append(contentsOf: other) }
}

/// Reads what a ``ByteWriter`` wrote; what does not fit is an error, never a trap.
struct ByteReader {
    /// Why bytes could not be read.
    struct Damage: Error {}

    private let bytes: ArraySlice<UInt8>
    private var place: Int

    init(_ bytes: ArraySlice<UInt8>) { (self.bytes, place) = (bytes, bytes.startIndex) }

    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws(Damage) -> Number {
        let size = Number.bitWidth / 8
        guard bytes.endIndex - place >= size else { throw Damage() }
        var number: Number = 0
        for index in 0..<size {
            number |=
                Number(truncatingIfNeeded: bytes[place + index]) &<< Number(truncatingIfNeeded: index &* 8)
        }
        place += size
        return number
    }

    mutating func numbers<Number: FixedWidthInteger>(_ type: Number.Type, count: Int) throws(Damage)
        -> [Number]
    {
        guard (bytes.endIndex - place) / (Number.bitWidth / 8) >= count else { throw Damage() }
        var numbers: [Number] = []
        numbers.reserveCapacity(count)
        let size = Number.bitWidth / 8
        let bytes = bytes
        var first = place
        for _ in 0..<count {
            var number: Number = 0
            for index in 0..<size {
                number |=
                    Number(truncatingIfNeeded: bytes[first &+ index])
                    &<< Number(truncatingIfNeeded: index &* 8)
            }
            numbers.append(number)
            first &+= size
        }
        place = first
        return numbers
    }

    mutating func piece() throws(Damage) -> ArraySlice<UInt8> {
        try bytes(count: Int(try number(UInt32.self)))
    }

    mutating func bytes(count: Int) throws(Damage) -> ArraySlice<UInt8> {
        guard bytes.endIndex - place >= count else { throw Damage() }
        defer { place += count }
        return bytes[place..<(place + count)]
    }

    mutating func text() throws(Damage) -> String { String(decoding: try piece(), as: UTF8.self) }

    mutating func texts() throws(Damage) -> [String] {
        var texts: [String] = []
        for _ in 0..<(try number(UInt32.self)) { texts.append(try text()) }
        return texts
    }
}
