/// Walks over the bytes of a name.
public struct HGVSScanner: Sendable {
    private var rest: ArraySlice<UInt8>

    /// A scanner at the start of a text.
    public init(_ text: some StringProtocol) { rest = ArraySlice(Array(text.utf8)) }

    /// Whether all is read.
    public var isAtEnd: Bool { rest.isEmpty }
    /// The next byte.
    public var peek: UInt8? { rest.first }
    /// What is left.
    var remaining: String { String(decoding: rest, as: UTF8.self) }

    /// The byte `distance` after the next one.
    func peek(_ distance: Int) -> UInt8? {
        let index = rest.startIndex + distance
        return index < rest.endIndex ? rest[index] : nil
    }

    /// Passes over one byte.
    public mutating func advance() { rest = rest.dropFirst() }

    /// Passes over a word if it comes next.
    public mutating func skip(_ word: String) -> Bool {
        guard rest.starts(with: word.utf8) else { return false }
        rest = rest.dropFirst(word.utf8.count)
        return true
    }

    /// A number of decimal digits, or nil.
    public mutating func number() -> Int? {
        let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard !digits.isEmpty, digits.count < 12 else { return nil }
        rest = rest.dropFirst(digits.count)
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// The longest run of bytes that fit, maybe empty.
    mutating func run(while fits: (UInt8) -> Bool) -> String {
        let run = rest.prefix(while: fits)
        rest = rest.dropFirst(run.count)
        return String(decoding: run, as: UTF8.self)
    }

    /// The bytes before `end`, which is passed over; nil if it does not come.
    mutating func upTo(_ end: UInt8) -> String? {
        guard let place = rest.firstIndex(of: end) else { return nil }
        let text = String(decoding: rest[..<place], as: UTF8.self)
        rest = rest[(place + 1)...]
        return text
    }
}
