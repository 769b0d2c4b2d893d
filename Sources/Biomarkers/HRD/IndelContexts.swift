internal import Variants

/// Insertions and deletions by their sequence context, as CHORD counts them.
///
/// `copies` are those of the bases in themselves and what follows; `homology` is how many of their first bases follow them, or of their last
/// bases stand before them, the larger of the two. Two copies make a repeat (under 50 bases) or a microhomology; else two homologous bases, or one of a
/// change of four bases or more, make a microhomology; all else is none of them. Written to the left as VCF is.
///
/// - Source: Nguyen et al., Nat Commun 2020;11:5584; hmftools `chord`; specification section 4.6.
public struct IndelContexts: Hashable, Sendable {
    /// How often each context occurs, such as `del.mh.bimh.2` or `ins.rep.len.1`; the last number stands for it and more.
    public private(set) var counts: [String: Int] = [:]
    /// Those whose neighbors the reference does not know; they are in no context.
    public private(set) var unknown = 0

    /// Nothing counted.
    public init() {}

    /// The sum of all contexts.
    public var total: Int { counts.values.reduce(0, +) }

    /// The insertions and deletions at repeats.
    public var atRepeats: Int { counts.reduce(0) { $0 + ($1.key.contains(".rep.") ? $1.value : 0) } }

    /// Adds bases put in before `position` (0-based) or taken out from there on.
    ///
    /// - Shape: `base` gives the reference's letters, `N` where they are not known.
    public mutating func add(
        _ sequence: [UInt8], isDeletion: Bool, at position: Int, base: (Int) -> UInt8
    ) {
        guard let name = Self.name(of: sequence, isDeletion: isDeletion, at: position, base: base) else {
            unknown += 1
            return
        }
        counts[name, default: 0] += 1
    }

    /// Adds the counts of another part of the file.
    public mutating func merge(_ other: IndelContexts) {
        counts.merge(other.counts, uniquingKeysWith: +)
        unknown += other.unknown
    }

    static func name(
        of written: [UInt8], isDeletion: Bool, at writtenPosition: Int, base: (Int) -> UInt8
    ) -> String? {
        let length = written.count
        guard length > 0 else { return nil }
        var (sequence, position) = (written, writtenPosition)
        LeftRoll.roll(&sequence, at: &position, limit: LeftRoll.longestRun, base: base)
        let flank = isDeletion ? position + length : position
        guard base(position - 1) != UInt8(ascii: "N"), base(flank) != UInt8(ascii: "N") else { return nil }
        let right = sequence.indices.prefix { base(flank + $0) == sequence[$0] }.count
        let left = sequence.indices.prefix { base(position - 1 - $0) == sequence[length - 1 - $0] }.count
        let homology = max(right, left)
        let kind = isDeletion ? "del" : "ins"
        if right == length, length < 50 { return "\(kind).rep.len.\(min(length, 5))" }
        if right == length || homology >= 2 || homology >= 1 && length >= 4 {
            return "\(kind).mh.bimh.\(min(homology, 5))"
        }
        return "\(kind).none.len.\(min(length, 5))"
    }
}
