public import Genome

/// Where the coding bases of genes begin and end, overlapping genes as one, introns included.
///
/// - Coordinates: 0-based, half-open.
public struct CodingRegions: Sendable {
    private var regions: [Contig: [Range<Int>]] = [:]

    /// The regions of all transcripts.
    public init(_ model: GeneModel) {
        for number in model.contigs.indices {
            var joined: [Range<Int>] = []
            let ranges = model.transcripts[model.transcripts(ofContig: number)].filter(\.isCoding)
                .map { Int($0.codingRegionStart)..<Int($0.codingRegionEnd) }
                .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
            for range in ranges {
                if let last = joined.last, range.lowerBound <= last.upperBound {
                    joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
                } else {
                    joined.append(range)
                }
            }
            regions[Contig(model.text(model.contigs[number].name))] = joined
        }
    }

    /// The first position from `position` on at which no region is parted.
    public func end(_ contig: Contig, around position: Int) -> Int {
        regions[contig]?.first { $0.lowerBound < position && position < $0.upperBound }?.upperBound
            ?? position
    }
}
