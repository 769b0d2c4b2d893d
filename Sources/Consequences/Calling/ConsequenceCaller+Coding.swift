internal import GeneModels
internal import Genome

extension ConsequenceCaller {
    /// Adds the terms of the coding sequence.
    mutating func coding(
        _ edit: VariantEdit, _ transcript: Transcript, _ number: Int, _ touched: ExonTouch, _ span: EditSpan,
        _ effects: SpliceEffects, _ sequence: ContigSequence, _ result: inout TranscriptConsequence
    ) {
        let (left, right) = (Int(transcript.codingRegionStart), Int(transcript.codingRegionEnd))
        let reach = edit.isInsertion ? 1 : 0
        guard touched.flanks, edit.end &+ reach > left, edit.start &- reach < right else { return }
        result.touchesCodingExon = true
        let codingSpan = CodingSpan(span, transcript)
        result.codingStart = codingSpan.start < 0 ? 0 : Int32(codingSpan.start &+ 1)
        result.codingEnd = codingSpan.end < 0 ? 0 : Int32(codingSpan.end)
        let isShared = memo.mayShare(codingSpan)
        let twin = isShared ? twins.first(of: number, model) : -1
        if isShared, let terms = memo.terms(codingSpan, twin: twin) {
            result.terms.formUnion(terms)
            return
        }
        var facts = CodingFacts()
        var edit = edit
        var hasPlaces = true
        if edit.crossesIntron(span) {
            if let exons = edit.exonsAlone(model, transcript) { edit = exons } else { hasPlaces = false }
        }
        if codingSpan.isWhole, hasPlaces, edit.isStandard || edit.alternate.isEmpty {
            window.fill(codingSpan, edit, rotation: 0, number: number, model, sequence)
            facts.hasWindow = true
        }
        facts.lengthChange =
            edit.alternate.count
            &- (codingSpan.isWhole && hasPlaces ? codingSpan.end &- codingSpan.start : edit.removed)
        facts.isWhole = codingSpan.isWhole
        start(edit, transcript, span, sequence, &facts)
        stop(edit, transcript, span, codingSpan, sequence, &facts)
        result.changesStartCodon = facts.overlapsStart && (facts.changesStart || facts.improvesStart)
        var terms = facts.terms(window)
        if facts.isUnknown(window), isInCoding(edit, transcript, touched, codingSpan, effects) {
            terms.insert(.codingSequenceVariant)
        }
        result.terms.formUnion(terms)
        if isShared, !result.changesStartCodon { memo.keep(terms, codingSpan, twin: twin) }
    }

    /// Whether coding bases are touched, be it in part.
    private func isInCoding(
        _ edit: VariantEdit, _ transcript: Transcript, _ touched: ExonTouch, _ span: CodingSpan,
        _ effects: SpliceEffects
    ) -> Bool {
        if span.start >= 0 || span.end >= 0 { return true }
        let low = max(edit.start, Int(transcript.codingRegionStart))
        let high = min(edit.end, Int(transcript.codingRegionEnd))
        if effects.contains(.frameshiftIntron), edit.isInsertion ? low <= high : low < high { return true }
        guard touched.firstExon >= 0, low < high else { return false }
        return (touched.firstExon...touched.lastExon).contains {
            let exon = model.exons[Int(transcript.firstExon) + $0]
            return high > Int(exon.start) && low < Int(exon.end)
        }
    }

    /// Compares the start codon before and after.
    private func start(
        _ edit: VariantEdit, _ transcript: Transcript, _ span: EditSpan, _ sequence: ContigSequence,
        _ facts: inout CodingFacts
    ) {
        let first = Int(transcript.codingStart)
        guard span.isWhole, !transcript.flags.contains(.codingStartNotFound),
            span.start == span.end
                ? span.start > first && span.start < first &+ 3
                : span.end > first && span.start < first &+ 3
        else { return }
        let edited = EditedTranscript(edit, transcript, span, model, sequence)
        var (old, new): (UInt8, UInt8) = (0, 0)
        for index in 0..<3 {
            old = old << 2 | min(edited.referenceCode(at: first &+ index), 3)
            new = new << 2 | min(edited.code(at: first &+ index), 3)
        }
        guard StartCodon.isKnown(old, transcript.geneticCode) else { return }
        facts.overlapsStart = true
        facts.changesStart = new != old && new != StartCodon.atg
        facts.improvesStart = new != old && new == StartCodon.atg
        facts.keepsCoding = edited.keepsAll(from: first)
    }

    /// Compares the codon at the place of the stop before and after.
    private func stop(
        _ edit: VariantEdit, _ transcript: Transcript, _ span: EditSpan, _ codingSpan: CodingSpan,
        _ sequence: ContigSequence, _ facts: inout CodingFacts
    ) {
        let end = Int(transcript.codingEnd)
        guard span.isWhole, edit.isStandard || edit.alternate.count != edit.removed,
            !transcript.flags.contains(.codingEndNotFound), span.end >= end &- 3,
            span.start < end
        else { return }
        facts.isBeforeStop = span.start == span.end && span.start == end &- 3
        guard span.start == span.end ? span.start > end &- 3 : span.end > end &- 3 else { return }
        facts.overlapsStop = true
        guard codingSpan.start >= 0 else {
            facts.changesStop = false
            facts.overlapsStop = false
            return
        }
        let edited = EditedTranscript(edit, transcript, span, model, sequence)
        let residue = transcript.geneticCode.residue(
            edited.code(at: end &- 3), edited.code(at: end &- 2), edited.code(at: end &- 1))
        facts.changesStop = residue != AminoAcid.stop
        // A deletion of whole codons may bring a stop behind the stop codon to a place before it.
        let shift = edit.alternate.count - (span.end - span.start)
        guard facts.changesStop, shift < 0, shift % 3 == 0 else { return }
        facts.changesStop = !stride(from: end - 6, through: span.start - 2, by: -3).contains {
            transcript.geneticCode.residue(
                edited.code(at: $0), edited.code(at: $0 + 1), edited.code(at: $0 + 2))
                == AminoAcid.stop
        }
    }
}

/// A transcript's spliced bases with one change made.
struct EditedTranscript {
    private let edit: VariantEdit
    private let transcript: Transcript
    private let span: EditSpan
    private let model: GeneModel
    private let sequence: ContigSequence

    init(
        _ edit: VariantEdit, _ transcript: Transcript, _ span: EditSpan, _ model: GeneModel,
        _ sequence: ContigSequence
    ) {
        self.edit = edit
        self.transcript = transcript
        self.span = span
        self.model = model
        self.sequence = sequence
    }

    /// The base at a spliced position before the change.
    func referenceCode(at position: Int) -> UInt8 {
        guard position >= 0, position < Int(transcript.length) else { return BaseCode.unknown }
        let code = sequence.code(at: model.position(ofSpliced: position, in: transcript))
        return transcript.strand == .forward ? code : BaseCode.complement(code)
    }

    /// The base at a spliced position after the change.
    func code(at position: Int) -> UInt8 {
        if position < span.start { return referenceCode(at: position) }
        let inside = position - span.start
        if inside < edit.alternate.count {
            return edit.alternateCode(inside, on: transcript.strand, rotation: 0)
        }
        return referenceCode(at: span.end + inside - edit.alternate.count)
    }

    /// Whether the bases from `first` on are all there after the change, if at another place.
    func keepsAll(from first: Int) -> Bool {
        let count = edit.alternate.count
        for back in 0..<max(span.end - first, 0) {
            let after =
                back < count
                ? edit.alternateCode(count - 1 - back, on: transcript.strand, rotation: 0)
                : referenceCode(at: span.start - 1 - (back - count))
            if after != referenceCode(at: span.end - 1 - back) || after > 3 { return false }
        }
        return true
    }
}

/// Codons that translation starts at.
///
/// A model that begins with another codon lacks its start, whether its source says so or not.
///
/// - Source: near-cognate starts seen in human genes; NCBI genetic code 2 for mitochondria.
enum StartCodon {
    /// `ATG` as a number.
    static let atg: UInt8 = 0b00_11_10

    /// Whether a codon, as a number, can start translation: ATG, CTG, GTG, TTG, ACG; in mitochondria ATN and GTG.
    static func isKnown(_ codon: UInt8, _ code: GeneticCode) -> Bool {
        switch codon {
        case atg, 0b01_11_10, 0b10_11_10, 0b11_11_10, 0b00_01_10: true
        default: codon >> 2 == atg >> 2 && code.readsTGA
        }
    }
}
