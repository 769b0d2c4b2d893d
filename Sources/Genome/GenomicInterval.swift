/// A stretch of one contig.
///
/// Stored 0-based and half-open; may be empty. VCF, GFF3 and HGVS text is 1-based and closed.
public struct GenomicInterval: Hashable, Sendable {
    /// The contig.
    public let contig: Contig
    /// The bases, 0-based, half-open.
    public let range: Range<Int>

    /// From a 0-based, half-open range such as columns 2 and 3 of BED.
    public init(contig: Contig, zeroBased range: Range<Int>) { (self.contig, self.range) = (contig, range) }

    /// From a 1-based, closed pair such as columns 4 and 5 of GFF3.
    public init(contig: Contig, oneBased range: ClosedRange<Int>) {
        self.init(contig: contig, zeroBased: (range.lowerBound - 1)..<range.upperBound)
    }
}

extension GenomicInterval: Comparable {
    /// Orders by contig, start, end.
    public static func < (left: GenomicInterval, right: GenomicInterval) -> Bool {
        (left.contig, left.range.lowerBound, left.range.upperBound)
            < (right.contig, right.range.lowerBound, right.range.upperBound)
    }
}
