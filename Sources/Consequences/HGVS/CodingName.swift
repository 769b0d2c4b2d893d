/// The changes of one molecule that a `c.`, `n.` or `r.` name gives.
public typealias CodingName = NucleotideName<CodingPosition>

/// A position of a `c.`, `n.` or `r.` name: `76`, `-14`, `*6`, `76+1`, `77-?`.
public struct CodingPosition: HGVSPosition {
    /// What the count starts from.
    public enum Origin: Hashable, Sendable {
        /// The first base of the start codon; before it the count is negative.
        case start
        /// The base after the stop codon, `*1`.
        case stop
    }

    /// A distance into an intron.
    public enum Offset: Hashable, Sendable {
        /// So many bases; negative before the base.
        case exactly(Int)
        /// `+?`.
        case somewhereAfter
        /// `-?`.
        case somewhereBefore
    }

    /// What the count starts from.
    public var origin: Origin
    /// The base, 1-based; negative before the start codon, never 0; nil for `?`.
    public var base: Int?
    /// Where in an intron, or nil in an exon.
    public var offset: Offset?

    /// A position.
    public init(origin: Origin = .start, base: Int?, offset: Offset? = nil) {
        self.origin = origin
        self.base = base
        self.offset = offset
    }

    /// See ``HGVSPosition``.
    public init?(_ scanner: inout HGVSScanner) {
        if scanner.skip("?") {
            self.init(base: nil)
            return
        }
        let origin: Origin = scanner.skip("*") ? .stop : .start
        let isNegative = origin == .start && scanner.skip("-")
        guard let number = scanner.number(), number > 0 else { return nil }
        self.init(origin: origin, base: isNegative ? -number : number)
        guard let sign = scanner.peek, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return }
        scanner.advance()
        let isAfter = sign == UInt8(ascii: "+")
        if scanner.skip("?") {
            offset = isAfter ? .somewhereAfter : .somewhereBefore
        } else {
            guard let distance = scanner.number(), distance > 0 else { return nil }
            offset = .exactly(isAfter ? distance : -distance)
        }
    }

    /// The position as HGVS writes it.
    public var description: String {
        guard let base else { return "?" }
        let head = (origin == .stop ? "*" : "") + String(base)
        switch offset {
        case nil: return head
        case .exactly(let distance): return head + (distance > 0 ? "+" : "") + String(distance)
        case .somewhereAfter: return head + "+?"
        case .somewhereBefore: return head + "-?"
        }
    }

    /// See ``HGVSPosition``.
    public func length(to other: Self) -> Int? {
        guard let base, let last = other.base, origin == other.origin else { return nil }
        let jump = base < 0 && last > 0 ? 1 : 0
        switch (offset, other.offset) {
        case (nil, nil): return last - base + 1 - jump
        case (.exactly(let left)?, .exactly(let right)?) where base == last: return right - left + 1
        default: return nil
        }
    }
}
