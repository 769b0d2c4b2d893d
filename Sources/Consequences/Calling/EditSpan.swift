internal import GeneModels
internal import Genome

/// Where a range of the contig lies in a transcript.
///
/// The 5' and the 3' end are looked up apart: an end in an intron, or beyond the transcript, has no place.
///
/// - Coordinates: spliced positions are 0-based, half-open; an insertion at the edge of an exon has its place there.
struct EditSpan {
    /// The first base, or -1.
    var start = -1
    /// The end, or -1.
    var end = -1

    /// Whether both ends have a place.
    @inline(__always) var isWhole: Bool { start >= 0 && end >= 0 }

    @inline(__always)
    init(_ model: GeneModel, _ transcript: Transcript, from low: Int, to high: Int) {
        if low == high {
            insert(model, transcript, at: low)
            return
        }
        let isForward = transcript.strand == .forward
        let first = model.splicedPosition(of: isForward ? low : high &- 1, in: transcript) ?? -1
        if high &- low == 1 {
            start = first
            end = first < 0 ? -1 : first &+ 1
            return
        }
        start = first
        if let last = model.splicedPosition(of: isForward ? high &- 1 : low, in: transcript) {
            end = last &+ 1
        }
    }

    /// From 1-based positions as a ``TranscriptConsequence`` holds them, 0 for none.
    init(spliced first: Int, _ last: Int) {
        start = first - 1
        end = last > 0 ? last : -1
    }

    /// The same where the exon of `low` is known.
    @inline(__always)
    init(_ model: GeneModel, _ transcript: Transcript, from low: Int, to high: Int, _ touched: ExonTouch) {
        guard high &- low == 1 else {
            self = EditSpan(model, transcript, from: low, to: high)
            return
        }
        guard touched.firstExon >= 0 else { return }
        let exon = model.exons[Int(transcript.firstExon) &+ touched.firstExon]
        let isForward = transcript.strand == .forward
        start = Int(exon.offset) &+ (isForward ? low &- Int(exon.start) : Int(exon.end) &- high)
        end = start &+ 1
    }

    private mutating func insert(_ model: GeneModel, _ transcript: Transcript, at point: Int) {
        let isForward = transcript.strand == .forward
        if let after = model.splicedPosition(of: isForward ? point : point - 1, in: transcript) {
            (start, end) = (after, after)
        } else if let before = model.splicedPosition(of: isForward ? point - 1 : point, in: transcript) {
            (start, end) = (before + 1, before + 1)
        }
    }
}

/// A span in coding bases, missing bases of the first codon counted.
struct CodingSpan {
    /// The first base, or -1 where it is not coding.
    var start = -1
    /// The end, or -1 where the last base is not coding.
    var end = -1

    /// Whether both ends are coding.
    @inline(__always) var isWhole: Bool { start >= 0 && end >= 0 }

    @inline(__always)
    init(_ span: EditSpan, _ transcript: Transcript) {
        let (low, high) = (Int(transcript.codingStart), Int(transcript.codingEnd))
        let missing = Int(transcript.missingBases)
        if span.start == span.end {
            guard span.start > low, span.start < high else { return }
        }
        if span.start >= low, span.start < high {
            start = transcript.coding(ofSpliced: span.start) &+ missing
        }
        if span.end > low, span.end <= high {
            end =
                span.start == span.end
                ? start : transcript.coding(ofSpliced: span.end &- 1) &+ 1 &+ missing
        }
    }
}
