internal import GeneModels
internal import Genome

/// Reads a transcript's bases from 5' to 3', over introns and a slip of the ribosome, as codes of its own strand.
struct SplicedReader {
    private var exon: Int
    private var exonsLeft: Int
    private var position: Int
    private var remaining: Int
    private var untilSlip: Int
    private let slipLength: Int
    private let isForward: Bool

    /// A reader whose next base is `spliced`; ribosomal slippage counts only from `isCoding` on.
    @inline(__always)
    init(_ model: GeneModel, _ transcript: Transcript, at spliced: Int, isCoding: Bool) {
        let count = Int(transcript.exonCount)
        let index = model.exonIndex(of: transcript, holding: spliced)
        isForward = transcript.strand == .forward
        exon = Int(transcript.firstExon) &+ index
        exonsLeft = isForward ? count &- 1 &- index : index
        let inside = spliced &- Int(model.exons[exon].offset)
        remaining = Int(model.exons[exon].length) &- inside
        position =
            isForward
            ? Int(model.exons[exon].start) &+ inside : Int(model.exons[exon].end) &- 1 &- inside
        slipLength = Int(transcript.slipLength)
        untilSlip =
            isCoding && transcript.slipOffset >= 0
            ? Int(transcript.codingStart &+ transcript.slipOffset) &- spliced : -1
    }

    /// The next base, or nil past the transcript's end.
    @inline(__always)
    mutating func next(_ model: GeneModel, _ sequence: ContigSequence) -> UInt8? {
        if untilSlip >= 0 { slip(model) }
        while remaining <= 0 {
            guard exonsLeft > 0 else { return nil }
            exonsLeft &-= 1
            exon &+= isForward ? 1 : -1
            let next = model.exons[exon]
            remaining &+= Int(next.length)
            position = isForward ? Int(next.start) : Int(next.end) &- 1
        }
        let code = sequence.code(at: position)
        remaining &-= 1
        position &+= isForward ? 1 : -1
        return isForward ? code : BaseCode.complement(code)
    }

    private mutating func slip(_ model: GeneModel) {
        if untilSlip == 0 {
            position += isForward ? slipLength : -slipLength
            remaining -= slipLength
        }
        untilSlip -= 1
    }
}

extension Transcript {
    /// The code by which the transcript is read.
    @inline(__always)
    var geneticCode: GeneticCode { flags.contains(.mitochondrial) ? .mitochondrial : .standard }

    /// The spliced position of a coding base, counted from 0 without missing bases, slippage included.
    @inline(__always)
    func spliced(ofCoding offset: Int) -> Int {
        let plain = Int(codingStart) &+ offset
        return slipOffset >= 0 && offset >= Int(slipOffset) ? plain &+ Int(slipLength) : plain
    }

    /// The coding base at a spliced position; where the ribosome reads a base twice, the first reading.
    @inline(__always)
    func coding(ofSpliced position: Int) -> Int {
        let plain = position &- Int(codingStart)
        return slipOffset >= 0 && plain >= Int(slipOffset) ? plain &- Int(slipLength) : plain
    }
}
