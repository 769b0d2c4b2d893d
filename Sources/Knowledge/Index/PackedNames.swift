/// Sorted names in one piece of memory.
public struct PackedNames: Sendable {
    private let ends: [UInt32]
    private let text: [UInt8]

    /// Names in any order.
    public init(_ names: some Sequence<String>) {
        var (ends, text): ([UInt32], [UInt8]) = ([], [])
        for name in names.map({ Array($0.utf8) }).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            text += name
            ends.append(UInt32(text.count))
        }
        (self.ends, self.text) = (ends, text)
    }

    init(_ input: inout ByteReader) throws(ByteReader.Damage) {
        let ends = try input.numbers(UInt32.self, count: Int(try input.number(UInt32.self)))
        text = Array(try input.piece())
        guard zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 }), ends.last ?? 0 == UInt32(text.count)
        else { throw ByteReader.Damage() }
        self.ends = ends
    }

    func encode(into out: inout ByteWriter) {
        out.put(UInt32(ends.count))
        for end in ends { out.put(end) }
        out.put(piece: text)
    }

    /// Whether a name is among them.
    ///
    /// - Complexity: O(log *n*).
    public func contains(_ name: String) -> Bool {
        var low = 0
        var high = ends.count
        while low < high {
            let middle = (low + high) / 2
            if bytes(middle).lexicographicallyPrecedes(name.utf8) { low = middle + 1 } else { high = middle }
        }
        return low < ends.count && bytes(low).elementsEqual(name.utf8)
    }

    private func bytes(_ number: Int) -> ArraySlice<UInt8> {
        text[(number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])]
    }
}

extension PackedNames: RandomAccessCollection {
    /// 0.
    public var startIndex: Int { 0 }
    /// How many there are.
    public var endIndex: Int { ends.count }
    /// A name.
    public subscript(number: Int) -> String { String(decoding: bytes(number), as: UTF8.self) }
}
