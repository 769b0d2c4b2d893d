/// UTF-8's byte order mark, which some editors put before the text of a file.
public enum ByteOrderMark {
    /// Its bytes.
    public static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
}

extension Collection<UInt8> {
    /// Whether a byte order mark stands before the text.
    public var beginsWithMark: Bool { starts(with: ByteOrderMark.bytes) }

    /// The text without a byte order mark before it.
    public var withoutMark: SubSequence { dropFirst(beginsWithMark ? ByteOrderMark.bytes.count : 0) }
}
