/// A position as a name gives it: a base, or `?`.
public protocol HGVSPosition: Hashable, Sendable, CustomStringConvertible {
    /// Reads a position, or nil.
    init?(_ scanner: inout HGVSScanner)
    /// How many bases lie from this one to `other`, both counted; nil where that is not known.
    func length(to other: Self) -> Int?
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
