/// The changes of one molecule that a `g.` or `m.` name gives.
public typealias GenomicName = NucleotideName<GenomicPosition>

/// A position of a genomic (`g.`) or mitochondrial (`m.`) name, 1-based.
public struct GenomicPosition: HGVSPosition {
    /// The base, 1-based; nil for `?`.
    public var base: Int?

    /// A base, 1-based; nil for `?`.
    public init(_ base: Int?) { self.base = base }

    /// See ``HGVSPosition``.
    public init?(_ scanner: inout HGVSScanner) {
        if scanner.skip("?") {
            base = nil
        } else {
            guard let number = scanner.number(), number > 0 else { return nil }
            base = number
        }
    }

    /// `76`, or `?`.
    public var description: String { base.map(String.init) ?? "?" }

    /// See ``HGVSPosition``.
    public func length(to other: Self) -> Int? {
        guard let base, let last = other.base else { return nil }
        return last - base + 1
    }
}
