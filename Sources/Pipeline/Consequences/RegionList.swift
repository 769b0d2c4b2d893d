public import Genome
internal import HTS

/// Regions as bcftools takes them: `-r chr1,chr2:100-200,chr3:500-` or a BED file with `-R`.
public struct RegionList: Sendable {
    /// The regions, in the order given.
    public let intervals: [GenomicInterval]

    /// Regions of a text, or of a BED file; none where both are nil.
    ///
    /// - Throws: `InputError` for a region that cannot be read.
    public init(text: String?, bed: String?) throws(InputError) {
        var intervals: [GenomicInterval] = []
        for part in text?.split(separator: ",") ?? [] { intervals.append(try Self.interval(part)) }
        if let bed { intervals += try RegionSet(bed: bed).intervals }
        self.intervals = intervals
    }

    private static func interval(_ text: Substring) throws(InputError) -> GenomicInterval {
        let fault = InputError(
            file: "-r", problem: "\"\(text)\" is no region",
            remedy: "Write chr1, chr1:1000-2000 or chr1:1000-.",
            kind: .usage)
        guard let colon = text.lastIndex(of: ":") else {
            return GenomicInterval(contig: Contig(text), zeroBased: 0..<(1 << 31))
        }
        let ends = text[text.index(after: colon)...].split(separator: "-", omittingEmptySubsequences: false)
        let numbers = ends.map { Int($0.filter { $0 != "," }) }
        guard let start = numbers.first ?? nil, start >= 1, ends.count <= 2 else { throw fault }
        let contig = Contig(text[..<colon])
        if ends.count == 1 { return GenomicInterval(contig: contig, oneBased: start...start) }
        if ends[1].isEmpty { return GenomicInterval(contig: contig, zeroBased: (start - 1)..<(1 << 31)) }
        guard let end = numbers[1], end >= start else { throw fault }
        return GenomicInterval(contig: contig, oneBased: start...end)
    }
}
