public import Genome

/// Where genes are transcribed, by strand, for substitutions by the strand of their pyrimidine.
///
/// - Source: SigProfilerMatrixGenerator (Bergstrom et al., BMC Genomics 2019;20:685): `T` where the pyrimidine stands on the transcribed (template) strand, `U` on
///   the other, `B` where genes of both strands overlap, `N` where there is none.
public struct TranscribedStrands: Sendable {
    /// The categories, in SigProfiler's order.
    static let categories = ["T", "U", "B", "N"]

    private let forward: RegionSet
    private let reverse: RegionSet

    /// The genes of both strands.
    public init(forward: RegionSet, reverse: RegionSet) {
        (self.forward, self.reverse) = (forward, reverse)
    }

    /// The place in ``categories`` of a base (0-based); `isPyrimidine` as the forward strand reads it.
    func category(_ contig: Contig, _ position: Int, isPyrimidine: Bool) -> Int {
        let base = GenomicInterval(contig: contig, zeroBased: position..<(position + 1))
        switch (forward.overlaps(base), reverse.overlaps(base)) {
        case (true, true): return 2
        case (false, false): return 3
        case (true, false): return isPyrimidine ? 1 : 0
        case (false, true): return isPyrimidine ? 0 : 1
        }
    }
}
