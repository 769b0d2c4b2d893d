// What does a large allele, of which only the extent is known, do to a transcript?
//
//     <DEL>   over the whole transcript   transcript_ablation
//             over a part                 feature_truncation, and what it takes: coding sequence, UTR, splice sites …
//     <DUP>   over the whole transcript   transcript_amplification
//             inside                      feature_elongation, and what it doubles
//     <INS>   inside                      feature_elongation
//     <INV>   an end inside               feature_truncation; wholly inside an intron: intron_variant
//     breakend                            one place: feature_truncation where it falls into the transcript
//
// Terms of the parts follow from the extent alone, never from bases. Not done: what the new sequence is.

internal import GeneModels
internal import Genome

/// A large or symbolic allele: what happens to which bases.
///
/// - Coordinates: 0-based, half-open, without the anchor base; empty for an insertion.
public struct LargeAllele: Hashable, Sendable {
    /// What happens.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// `<DEL>`, or a copy number loss.
        case deletion = "DEL"
        /// `<DUP>`, or a copy number gain.
        case duplication = "DUP"
        /// `<INV>`.
        case inversion = "INV"
        /// `<INS>`.
        case insertion = "INS"
        /// One side of a breakend.
        case breakend = "BND"
    }

    /// What happens.
    public var kind: Kind
    /// The bases it happens to.
    public var range: Range<Int>

    /// A large allele.
    public init(_ kind: Kind, _ range: Range<Int>) {
        self.kind = kind
        self.range = range
    }

    /// The allele of a symbolic ALT such as `<DEL>`, `<DUP:TANDEM>` or `<INS:ME:ALU>`, at VCF's POS (the base before, 1-based) and
    /// END; nil for a symbol of another kind (`<CNV>` says neither gain nor loss, `<*>` nothing).
    public init?(symbol: some StringProtocol, position: Int, end: Int) {
        let inner = symbol.drop { $0 == "<" }.prefix { $0 != ">" && $0 != ":" }
        guard position >= 0, let kind = Kind(rawValue: String(inner)), kind != .breakend else { return nil }
        self.kind = kind
        range = kind == .insertion ? position..<position : position..<max(position, end)
    }
}

extension ConsequenceCaller {
    /// Returns what a large allele does to the transcript with this number; no terms where it lies too far away.
    public func call(_ allele: LargeAllele, on number: Int) -> TranscriptConsequence {
        let transcript = model.transcripts[number]
        var result = TranscriptConsequence(transcript: number)
        let (low, high) = (allele.range.lowerBound, allele.range.upperBound)
        guard high > Int(transcript.start), low < Int(transcript.end) else {
            outside(low, high, isInsertion: low == high, transcript, &result)
            return result
        }
        let coversAll = low <= Int(transcript.start) && high >= Int(transcript.end)
        switch allele.kind {
        case .deletion where coversAll:
            result.terms = .transcriptAblation
            return result
        case .duplication where coversAll:
            result.terms = .transcriptAmplification
            return result
        case .inversion where coversAll:
            result.terms = transcript.isCoding ? .codingTranscriptVariant : .nonCodingTranscriptVariant
            return result
        default: parts(allele, transcript, &result)
        }
        return result
    }

    private func parts(_ allele: LargeAllele, _ transcript: Transcript, _ result: inout TranscriptConsequence)
    {
        let (low, high) = (allele.range.lowerBound, allele.range.upperBound)
        let touched = ExonTouch(model, transcript, low, high)
        numberParts(touched, transcript, &result)
        let isInside = low >= Int(transcript.start) && high <= Int(transcript.end)
        let isInIntron = !touched.flanks
        switch allele.kind {
        case .deletion: result.terms.insert(.featureTruncation)
        case .inversion, .breakend: if !isInside || !isInIntron { result.terms.insert(.featureTruncation) }
        case .insertion: result.terms.insert(.featureElongation)
        case .duplication: if isInside { result.terms.insert(.featureElongation) }
        }
        if allele.kind == .deletion || allele.kind == .inversion {
            var effects: SpliceEffects = []
            add(low, high, transcript, touched, &effects)
            result.terms.formUnion(
                effects.terms(touchesExon: touched.flanks).intersection([
                    .spliceDonorVariant, .spliceAcceptorVariant,
                ]))
        }
        if touched.firstIntron >= 0 { result.terms.insert(.intronVariant) }
        if transcript.isCoding {
            exonParts(low, high, transcript, touched, &result)
        } else {
            result.terms.insert(
                touched.firstExon >= 0 ? .nonCodingTranscriptExonVariant : .nonCodingTranscriptVariant)
        }
        if transcript.flags.contains(.nonsenseMediatedDecay) { result.terms.insert(.nmdTranscriptVariant) }
    }

    private func exonParts(
        _ low: Int, _ high: Int, _ transcript: Transcript, _ touched: ExonTouch,
        _ result: inout TranscriptConsequence
    ) {
        guard touched.firstExon >= 0 else { return }
        let isForward = transcript.strand == .forward
        let (left, right) = (Int(transcript.codingRegionStart), Int(transcript.codingRegionEnd))
        for index in touched.firstExon...touched.lastExon {
            let exon = model.exons[Int(transcript.firstExon) + index]
            let (start, end) = (max(low, Int(exon.start)), min(high, Int(exon.end)))
            if start < left { result.terms.insert(isForward ? .fivePrimeUTRVariant : .threePrimeUTRVariant) }
            if end > right { result.terms.insert(isForward ? .threePrimeUTRVariant : .fivePrimeUTRVariant) }
            if end > left, start < right { result.terms.insert(.codingSequenceVariant) }
        }
        guard result.terms.contains(.codingSequenceVariant), result.terms.contains(.featureTruncation) else {
            return
        }
        // The first and last three coding bases, which an intron may part.
        let coding = Int(transcript.codingStart)..<Int(transcript.codingEnd)
        if !transcript.flags.contains(.codingStartNotFound),
            touches(low..<high, coding.prefix(3), of: transcript)
        {
            result.terms.insert(.startLost)
        }
        if !transcript.flags.contains(.codingEndNotFound),
            touches(low..<high, coding.suffix(3), of: transcript)
        {
            result.terms.insert(.stopLost)
        }
    }

    private func touches(_ range: Range<Int>, _ spliced: Range<Int>, of transcript: Transcript) -> Bool {
        spliced.contains { range.contains(model.position(ofSpliced: $0, in: transcript)) }
    }
}
