/// Says quickly that a place of a contig is far from every exon, which most places are.
///
///     contig    ──────├─exon─┤────────────├──exon──┤───────
///     blocks    . . . # # # # . . . . . . # # # # # . . . .      a bit for 64 bases, margin included
///
/// - Coordinates: 0-based, half-open.
public struct ExonMap: Sendable {
    /// Splice sites with their surroundings reach 17 bases into an intron (the polypyrimidine tract).
    public static let margin = 20

    private static let blockBits = 6
    private var words: [UInt64] = []

    /// A map without exons.
    public init() {}

    /// The map of a contig's exons, those of all transcripts.
    public init(_ model: GeneModel, contig number: Int) {
        let transcripts = model.transcripts[model.transcripts(ofContig: number)]
        let end = transcripts.map(\.end).max() ?? 0
        words = Array(repeating: 0, count: (Int(end) + Self.margin) >> (Self.blockBits + 6) + 1)
        for transcript in transcripts {
            let first = Int(transcript.firstExon)
            for exon in model.exons[first..<(first + Int(transcript.exonCount))] {
                let low = max(Int(exon.start) - Self.margin, 0) >> Self.blockBits
                for block in low...((Int(exon.end) + Self.margin) >> Self.blockBits) {
                    words[block >> 6] |= 1 << UInt64(block & 63)
                }
            }
        }
    }

    /// Whether no exon lies within the margin of a range; true says so for certain, false does not say that there is one.
    public func isFar(_ range: Range<Int>) -> Bool {
        guard range.lowerBound >= 0 else { return false }
        for block in (range.lowerBound >> Self.blockBits)...(range.upperBound >> Self.blockBits) {
            guard block >> 6 < words.count else { return true }
            if words[block >> 6] >> UInt64(block & 63) & 1 == 1 { return false }
        }
        return true
    }
}
