/// A position as a name gives it: a base, or `?`.
public protocol HGVSPosition: Hashable, Sendable, CustomStringConvertible {
    /// Reads a position, or nil.
    init?(_ scanner: inout HGVSScanner)
    /// How many bases lie from this one to `other`, both counted; nil where that is not known.
    func length(to other: Self) -> Int?
}

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

/// One end of a change: a position, or a range in which it lies.
public enum HGVSPlace<Position: HGVSPosition>: Hashable, Sendable, CustomStringConvertible {
    /// At this position.
    case exactly(Position)
    /// Somewhere between two positions, `(4_6)`.
    case between(Position, Position)

    /// The place as HGVS writes it.
    public var description: String {
        switch self {
        case .exactly(let position): position.description
        case .between(let low, let high): "(\(low)_\(high))"
        }
    }
}

/// The stretch that a change covers.
public struct HGVSInterval<Position: HGVSPosition>: Hashable, Sendable, CustomStringConvertible {
    /// The first base.
    public var start: HGVSPlace<Position>
    /// The last base; equal to ``start`` for one base.
    public var end: HGVSPlace<Position>
    /// Whether the whole is in brackets.
    public var isUncertain: Bool

    /// A stretch from `start` to `end`, both counted.
    public init(_ start: Position, _ end: Position? = nil) {
        self.start = .exactly(start)
        self.end = .exactly(end ?? start)
        isUncertain = false
    }

    /// Reads an interval, or nil.
    init?(_ scanner: inout HGVSScanner) {
        guard let first = Self.place(&scanner) else { return nil }
        if scanner.peek == UInt8(ascii: "_"), scanner.peek(1) != nil {
            scanner.advance()
            guard let last = Self.place(&scanner) else { return nil }
            (start, end, isUncertain) = (first, last, false)
            return
        }
        switch first {
        case .exactly: (start, end, isUncertain) = (first, first, false)
        // `(1_10)` alone: one stretch, of which the ends are not sure.
        case .between(let low, let high): (start, end, isUncertain) = (.exactly(low), .exactly(high), true)
        }
    }

    private static func place(_ scanner: inout HGVSScanner) -> HGVSPlace<Position>? {
        guard scanner.skip("(") else { return Position(&scanner).map { .exactly($0) } }
        guard let low = Position(&scanner), scanner.skip("_"), let high = Position(&scanner),
            scanner.skip(")")
        else { return nil }
        return .between(low, high)
    }

    /// The interval as HGVS writes it.
    public var description: String {
        let text = start == end ? start.description : "\(start)_\(end)"
        return isUncertain ? "(\(text))" : text
    }

    /// The number of bases, where both ends are sure.
    var length: Int? {
        guard case .exactly(let first) = start, case .exactly(let last) = end else { return nil }
        return first.length(to: last)
    }
}
