internal import GeneModels

/// Which exons and introns of a transcript a change touches.
///
/// - Coordinates: exons and introns are counted from 0 by position; -1 for none.
struct ExonTouch {
    /// The last exon that starts at or before the change; -1 where all start after it.
    var last: Int
    var firstExon = -1
    var lastExon = -1
    var firstIntron = -1
    var lastIntron = -1
    /// Whether an exon is touched, or an insertion lies at its edge.
    var flanks = false

    @inline(__always)
    init(_ model: GeneModel, _ transcript: Transcript, _ low: Int, _ high: Int) {
        let first = Int(transcript.firstExon)
        let count = Int(transcript.exonCount)
        last = model.exonIndex(of: transcript, startingBefore: low)
        var index = max(last &- (low == high ? 1 : 0), 0)
        let reach = low == high ? 1 : 0
        while index < count {
            let exon = model.exons[first &+ index]
            if Int(exon.start) >= high &+ reach { break }
            if high > Int(exon.start), low < Int(exon.end) {
                if firstExon < 0 { firstExon = index }
                lastExon = index
                flanks = true
            } else if high &+ reach > Int(exon.start), low &- reach < Int(exon.end) {
                flanks = true
            }
            if index &+ 1 < count {
                let intronEnd = Int(model.exons[first &+ index &+ 1].start)
                if high > Int(exon.end), low < intronEnd {
                    if firstIntron < 0 { firstIntron = index }
                    lastIntron = index
                }
            }
            index &+= 1
        }
    }
}
