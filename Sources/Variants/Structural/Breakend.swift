public import Genome

/// One side of a junction: the last base that is kept, and on which side of it the kept sequence lies.
///
///     orientation +   ...ACGT|        bases up to `position` are kept
///     orientation -          |ACGT... bases from `position` on are kept
///
/// - Coordinates: ``position`` is 0-based and names the kept base next to the break; -1 stands before a contig's first base
///   (POS 0, a telomere).
/// - Source: VCF 4.4 specification, section 5.4.
public struct Breakend: Hashable, Sendable {
    /// The side of the break on which the kept sequence lies.
    public enum Orientation: String, Hashable, Sendable, CaseIterable {
        /// The bases to the left are kept.
        case plus = "+"
        /// The bases to the right are kept.
        case minus = "-"

        /// The other side.
        public var reversed: Orientation { self == .plus ? .minus : .plus }
    }

    /// The contig.
    public var contig: Contig
    /// The kept base next to the break, 0-based.
    public var position: Int
    /// On which side the kept sequence lies.
    public var orientation: Orientation

    /// A breakend at a 0-based position.
    public init(contig: Contig, position: Int, orientation: Orientation) {
        (self.contig, self.position, self.orientation) = (contig, position, orientation)
    }

    /// How far two breakends of one contig lie apart; nil on different contigs.
    public func distance(to other: Breakend) -> Int? {
        contig == other.contig ? abs(position - other.position) : nil
    }
}

extension Breakend: Comparable {
    /// Orders by contig and position; of two at one base the one that keeps the right comes first, as in a duplication.
    public static func < (left: Breakend, right: Breakend) -> Bool {
        let first = left.orientation == .minus ? 0 : 1, second = right.orientation == .minus ? 0 : 1
        return (left.contig, left.position, first) < (right.contig, right.position, second)
    }
}

extension Breakend: CustomStringConvertible {
    /// `7:140753336+`, 1-based.
    public var description: String { "\(contig):\(position + 1)\(orientation.rawValue)" }
}
