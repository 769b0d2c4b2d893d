extension ArraySlice<UInt8> {
    /// The pieces between separators, empty ones too; never none. As `split`, for bytes alone, which is several times faster.
    func pieces(by separator: UInt8) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        let span = self.span
        var start = 0
        for index in span.indices where span[index] == separator {
            pieces.append(self[(startIndex + start)..<(startIndex + index)])
            start = index + 1
        }
        pieces.append(self[(startIndex + start)...])
        return pieces
    }

    /// Whether the bytes are those of `other`.
    func spells(_ other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        let (left, right) = (span, other.span)
        for index in left.indices where left[index] != right[index] { return false }
        return true
    }

    /// Whether this is a single `.`, which stands for a missing value.
    var isDot: Bool { count == 1 && first == UInt8(ascii: ".") }
}
