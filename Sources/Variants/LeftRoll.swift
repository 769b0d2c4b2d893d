/// An insertion or deletion as far left as the same change can be written.
///
///     reference   G A A A C     AC taken out behind GAA     the base before equals the last one? A is not C: it stays
///                               A  taken out behind GAA     A is A: one step; and again; G is not A
///
/// With each step to the left the last base becomes the first, so the bases only rotate.
public enum LeftRoll {
    /// More steps than a run of any genome has, for callers that must not be held up by a made one.
    public static let longestRun = 100_000

    /// Rolls bases to the left while the base before them equals their last one.
    ///
    /// - Shape: `bases` taken out from `position` (0-based) on, or put in before it; `base` the reference's letter at a place, nil or a
    ///   letter that `bases` have not got where it is not known.
    /// - Complexity: O(*steps* + *bases*).
    public static func roll(
        _ bases: inout [UInt8], at position: inout Int, limit: Int = .max, base: (Int) throws -> UInt8?
    ) rethrows {
        let count = bases.count
        guard count > 0 else { return }
        let start = position
        var steps = 0
        while steps < limit, try base(start - 1 - steps) == bases[count - 1 - steps % count] { steps += 1 }
        position -= steps
        let turned = steps % count
        if turned > 0 { bases = Array(bases.suffix(turned) + bases.dropLast(turned)) }
    }
}
