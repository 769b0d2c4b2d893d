/// The strand of a contig that a feature is read from.
public enum Strand: UInt8, Hashable, Sendable, CaseIterable {
    /// The strand that reference files hold, `+`.
    case forward = 0
    /// The other strand, `-`.
    case reverse = 1

    /// `+` or `-` as a byte.
    public var symbol: UInt8 { self == .forward ? UInt8(ascii: "+") : UInt8(ascii: "-") }
}
