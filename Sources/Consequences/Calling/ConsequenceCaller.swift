// What does a variant do to a transcript?
//
//     1. outside       upstream or downstream, or nothing
//     2. introns       splice and intron terms, by distance from the edges (`SpliceEffects`)
//     3. exons         UTR terms, terms of non-coding transcripts
//     4. coding bases  the touched codons before and after the change (`CodingWindow`), then start, stop, frame
//
// The result is a plain value with a bit for each term; text is printed from it when asked for (`CodingName`,
// `ProteinNamer`). Terms follow Ensembl VEP 115; where they do not, `Tests/EndToEndTests/DIFFERENCES.md` says why.
//
// The caller reuses its buffers, so a task has one of its own. It reads the contig's bases through `ContigSequence`
// and holds none itself.
//
// Not done: the effect of several variants together (`HaplotypeCaller`), large alleles without bases
// (`LargeAlleleCaller`).

public import GeneModels
public import Genome

/// Calls the consequences of small variants on transcripts.
///
/// - Complexity: O(log *e*) for *e* exons, plus the bases of the variant.
/// - Source: Sequence Ontology; term rules of Ensembl VEP 115.
public struct ConsequenceCaller: Sendable {
    /// The genes and transcripts.
    public let model: GeneModel
    /// How far before a transcript a variant is upstream of it.
    public var upstreamDistance = 5000
    /// How far after a transcript a variant is downstream of it.
    public var downstreamDistance = 5000
    var window = CodingWindow()
    var proteinWindow = ProteinWindow()
    var twins = CodingTwins()
    var memo = CodingMemo()

    /// A caller for these transcripts.
    public init(model: GeneModel) { self.model = model }

    /// Returns what `edit` does to the transcript with this number; no terms where it lies too far away.
    public mutating func call(_ edit: VariantEdit, on number: Int, in sequence: ContigSequence)
        -> TranscriptConsequence
    {
        let transcript = model.transcripts[number]
        let twin = memo.isOn ? sharedTwin(number, transcript, edit) : -1
        guard twin >= 0 else { return call(edit, transcript, number, in: sequence) }
        if let known = memo.consequence(twin: twin) { return consequence(known, onTwin: number, transcript) }
        let result = call(edit, transcript, number, in: sequence)
        if result.isShared { memo.keep(result, twin: twin) }
        return result
    }

    private mutating func call(
        _ edit: VariantEdit, _ transcript: Transcript, _ number: Int, in sequence: ContigSequence
    ) -> TranscriptConsequence {
        var result = TranscriptConsequence(transcript: number)
        let (low, high) = (edit.start, edit.end)
        guard high > Int(transcript.start), low < Int(transcript.end) else {
            outside(low, high, isInsertion: edit.isInsertion, transcript, &result)
            return result
        }
        if low <= Int(transcript.start), high >= Int(transcript.end), edit.isShortening {
            result.terms = .transcriptAblation
            return result
        }
        let touched = ExonTouch(model, transcript, low, high)
        let effects = spliceEffects(edit, transcript, touched, sequence)
        result.terms = effects.terms(touchesExon: touched.flanks)
        numberParts(touched, transcript, &result)
        let span = EditSpan(model, transcript, from: low, to: high, touched)
        result.splicedStart = span.start < 0 ? 0 : Int32(span.start &+ 1)
        result.splicedEnd = span.end < 0 ? 0 : Int32(span.end)
        if transcript.isCoding {
            untranslated(edit, transcript, touched, span, effects, &result)
            coding(edit, transcript, number, touched, span, effects, sequence, &result)
            if result.terms.isEmpty { result.terms = .codingTranscriptVariant }
        } else {
            nonCoding(edit, transcript, number, touched, &result)
        }
        if transcript.flags.contains(.nonsenseMediatedDecay) { result.terms.insert(.nmdTranscriptVariant) }
        return result
    }

    func outside(
        _ low: Int, _ high: Int, isInsertion: Bool, _ transcript: Transcript,
        _ result: inout TranscriptConsequence
    ) {
        let isForward = transcript.strand == .forward
        let isBefore = high <= Int(transcript.start)
        let gap = isBefore ? Int(transcript.start) - high : low - Int(transcript.end)
        let isUpstream = isBefore == isForward
        guard gap < (isUpstream ? upstreamDistance : downstreamDistance) else { return }
        result.distance = Int32(isInsertion ? max(gap, 0) : gap + 1)
        result.terms = isUpstream ? .upstreamGeneVariant : .downstreamGeneVariant
    }

    private func spliceEffects(
        _ edit: VariantEdit, _ transcript: Transcript, _ touched: ExonTouch, _ sequence: ContigSequence
    ) -> SpliceEffects {
        var effects: SpliceEffects = []
        guard transcript.exonCount > 1 else { return effects }
        if edit.removed > 1, edit.alternate.count == edit.removed {
            var from = -1
            for index in 0...edit.removed {
                let differs =
                    index < edit.removed
                    && edit.alternate[index] != sequence.code(at: edit.start + index)
                if differs, from < 0 { from = index }
                if !differs, from >= 0 {
                    add(edit.start + from, edit.start + index, transcript, touched, &effects)
                    from = -1
                }
            }
        } else {
            add(edit.start, edit.end, transcript, touched, &effects)
        }
        return effects
    }

    @inline(__always)
    func add(
        _ low: Int, _ high: Int, _ transcript: Transcript, _ touched: ExonTouch,
        _ effects: inout SpliceEffects
    ) {
        let first = Int(transcript.firstExon)
        let isForward = transcript.strand == .forward
        var index = max(touched.last, 0)
        // The intron before an exon matters up to three bases into the exon.
        if index > 0, low < Int(model.exons[first &+ index].start) &+ 3 { index &-= 1 }
        while index &+ 1 < Int(transcript.exonCount) {
            let start = Int(model.exons[first &+ index].end)
            if start &- 3 > high { break }
            effects.add(
                low, high, intron: start, to: Int(model.exons[first &+ index &+ 1].start),
                isForward: isForward)
            index &+= 1
        }
    }

    func numberParts(
        _ touched: ExonTouch, _ transcript: Transcript, _ result: inout TranscriptConsequence
    ) {
        let count = Int(transcript.exonCount)
        if touched.firstExon >= 0 {
            let (low, high) = (touched.firstExon, touched.lastExon)
            let isForward = transcript.strand == .forward
            result.firstExon = UInt16(clamping: isForward ? low &+ 1 : count &- high)
            result.lastExon = UInt16(clamping: isForward ? high &+ 1 : count &- low)
        }
        if touched.firstIntron >= 0 {
            let (low, high) = (touched.firstIntron, touched.lastIntron)
            let isForward = transcript.strand == .forward
            result.firstIntron = UInt16(clamping: isForward ? low &+ 1 : count &- 1 &- high)
            result.lastIntron = UInt16(clamping: isForward ? high &+ 1 : count &- 1 &- low)
        }
    }

    private func untranslated(
        _ edit: VariantEdit, _ transcript: Transcript, _ touched: ExonTouch, _ span: EditSpan,
        _ effects: SpliceEffects, _ result: inout TranscriptConsequence
    ) {
        guard touched.flanks, touched.firstExon >= 0 || span.start >= 0 || effects.contains(.frameshiftIntron)
        else {
            return
        }
        let (low, high) = (edit.start, edit.end)
        let (left, right) = (Int(transcript.codingRegionStart), Int(transcript.codingRegionEnd))
        let isBefore = Int(transcript.start) < left && (low < left || (edit.isInsertion && low == left))
        let isAfter = Int(transcript.end) > right && (high > right || (edit.isInsertion && low == right))
        let isForward = transcript.strand == .forward
        if isBefore { result.terms.insert(isForward ? .fivePrimeUTRVariant : .threePrimeUTRVariant) }
        if isAfter { result.terms.insert(isForward ? .threePrimeUTRVariant : .fivePrimeUTRVariant) }
    }

    private func nonCoding(
        _ edit: VariantEdit, _ transcript: Transcript, _ number: Int, _ touched: ExonTouch,
        _ result: inout TranscriptConsequence
    ) {
        if transcript.flags.contains(.microRNA),
            model.matureRegions.contains(where: {
                Int($0.transcript) == number && edit.end > Int($0.start) && edit.start < Int($0.end)
            })
        {
            result.terms.insert(.matureMiRNAVariant)
        } else if touched.firstExon >= 0 {
            result.terms.insert(.nonCodingTranscriptExonVariant)
        } else {
            result.terms.insert(.nonCodingTranscriptVariant)
        }
    }
}
