internal import GeneModels
public import Genome

extension ConsequenceCaller {
    /// Appends the `c.` or `n.` name of `edit` on a transcript, without the transcript's id; returns false where there
    /// is none, because the variant reaches beyond the transcript or its bases are not known.
    ///
    /// - Source: HGVS nomenclature 21: most 3' place, dup before ins, inv before delins.
    public func writeTranscriptName(
        of edit: VariantEdit, on number: Int, in sequence: ContigSequence, to out: inout [UInt8]
    ) -> Bool {
        guard let places = namePlaces(of: edit, on: number) else { return false }
        writeTranscriptName(of: edit, at: places, in: sequence, to: &out)
        return true
    }

    /// Where the `c.` or `n.` name of `edit` begins and ends on a transcript; nil where there is no name.
    func namePlaces(of edit: VariantEdit, on number: Int) -> NamePlaces? {
        let transcript = model.transcripts[number]
        guard edit.isStandard, !edit.isEmpty, edit.start + edit.leading >= Int(transcript.start),
            edit.end - edit.trailing <= Int(transcript.end),
            edit.isInsertion
                ? edit.start > Int(transcript.start) && edit.end < Int(transcript.end) : true
        else { return nil }
        let strand = transcript.strand
        let moved = edit.on(strand)
        let isPoint = moved.kind == .insertion
        let low = isPoint ? moved.nameStart - 1 : moved.nameStart
        let high = isPoint ? moved.nameEnd : moved.nameEnd - 1
        guard low >= Int(transcript.start), high < Int(transcript.end) else { return nil }
        let start = place(strand == .forward ? low : high, transcript)
        let end = low == high ? start : place(strand == .forward ? high : low, transcript)
        return NamePlaces(
            start: start, end: end, isRange: low != high, isCoding: transcript.isCoding, strand: strand)
    }

    /// Appends the name that begins and ends at these places.
    func writeTranscriptName(
        of edit: VariantEdit, at places: NamePlaces, in sequence: ContigSequence, to out: inout [UInt8]
    ) {
        let strand = places.strand
        let moved = edit.on(strand)
        let kind = moved.kind
        let code = kind == .substitution ? sequence.code(at: moved.nameStart) : 0
        let old = BaseCode.letter(strand == .forward ? code : BaseCode.complement(code))
        out.append(addingCapacity: 72) { (text: inout OutputSpan<UInt8>) in
            text.append(UInt8(ascii: places.isCoding ? "c" : "n"))
            text.append(UInt8(ascii: "."))
            places.start.write(to: &text)
            if places.isRange {
                text.append(UInt8(ascii: "_"))
                places.end.write(to: &text)
            }
            kind.write(old, to: &text)
        }
        appendAlternate(edit, moved, strand, &out)
    }

    /// Appends the `g.` name (`m.` on the mitochondrial contig) of `edit`, without the contig's accession.
    public func writeGenomicName(
        of edit: VariantEdit, isMitochondrial: Bool, in sequence: ContigSequence, to out: inout [UInt8]
    ) -> Bool {
        guard edit.isStandard, !edit.isEmpty else { return false }
        let moved = edit.on(.forward)
        let isPoint = moved.kind == .insertion
        let low = isPoint ? moved.nameStart : moved.nameStart + 1
        let high = isPoint ? moved.nameEnd + 1 : moved.nameEnd
        let kind = moved.kind
        let old = BaseCode.letter(kind == .substitution ? sequence.code(at: moved.nameStart) : 0)
        out.append(addingCapacity: 72) { (text: inout OutputSpan<UInt8>) in
            text.append(UInt8(ascii: isMitochondrial ? "m" : "g"))
            text.append(UInt8(ascii: "."))
            text.write(low)
            if low != high {
                text.append(UInt8(ascii: "_"))
                text.write(high)
            }
            kind.write(old, to: &text)
        }
        appendAlternate(edit, moved, .forward, &out)
        return true
    }

    @inline(__always)
    private func appendAlternate(
        _ edit: VariantEdit, _ moved: StrandEdit, _ strand: Strand, _ out: inout [UInt8]
    ) {
        guard moved.kind != .deletion, moved.kind != .duplication, moved.kind != .inversion else { return }
        let (skipped, cut) =
            strand == .forward ? (edit.leading, edit.trailing) : (edit.trailing, edit.leading)
        for index in skipped..<(edit.alternate.count &- cut) {
            out.append(BaseCode.letter(edit.alternateCode(index, on: strand, rotation: moved.rotation)))
        }
    }

    /// The place of a base of the contig, inside the transcript's range, as names count it.
    @inline(__always)
    func place(_ position: Int, _ transcript: Transcript) -> TranscriptPlace {
        let first = Int(transcript.firstExon)
        let isForward = transcript.strand == .forward
        let index = model.exonIndex(of: transcript, startingBefore: position)
        let exon = model.exons[first &+ index]
        if position < Int(exon.end) {
            let inside = isForward ? position &- Int(exon.start) : Int(exon.end) &- 1 &- position
            return TranscriptPlace(spliced: Int(exon.offset) &+ inside, offset: 0, transcript)
        }
        let next = model.exons[first &+ index &+ 1]
        let fromLeft = position &- Int(exon.end) &+ 1
        let fromRight = Int(next.start) &- position
        let isLeft = fromLeft < fromRight || (fromLeft == fromRight && isForward)
        let near = isLeft ? exon : next
        // The near exon lies 5' of the intron where it is left on the forward or right on the reverse strand.
        let isFivePrime = isLeft == isForward
        let distance = isLeft ? fromLeft : fromRight
        return TranscriptPlace(
            spliced: Int(near.offset) &+ (isFivePrime ? Int(near.length) &- 1 : 0),
            offset: isFivePrime ? distance : -distance, transcript)
    }
}

/// Where a `c.` or `n.` name begins and ends; with the change it makes the name.
struct NamePlaces: Equatable, Sendable {
    let start: TranscriptPlace
    let end: TranscriptPlace
    /// Whether both are written.
    let isRange: Bool
    let isCoding: Bool
    let strand: Strand
}

/// A place in a transcript as `c.` and `n.` names count it: `76`, `-14`, `*6`, `76+1`.
struct TranscriptPlace: Hashable, Sendable {
    /// What the count starts from.
    enum Origin: UInt8, Hashable, Sendable {
        /// The first base of the start codon, or of a non-coding transcript.
        case start
        /// The stop codon: `*1` follows it.
        case stop
    }

    let origin: Origin
    /// 1-based; negative before the start codon, never 0.
    let base: Int
    /// Bases into the intron; negative before the base.
    let offset: Int

    @inline(__always)
    init(spliced: Int, offset: Int, _ transcript: Transcript) {
        self.offset = offset
        let (start, end) = (Int(transcript.codingStart), Int(transcript.codingEnd))
        if start == end {
            (origin, base) = (.start, spliced &+ 1)
        } else if spliced >= end {
            (origin, base) = (.stop, spliced &- end &+ 1)
        } else {
            (origin, base) = (.start, spliced < start ? spliced &- start : spliced &- start &+ 1)
        }
    }

    @inline(__always)
    func write(to text: inout OutputSpan<UInt8>) {
        if origin == .stop { text.append(UInt8(ascii: "*")) }
        if base < 0 { text.append(UInt8(ascii: "-")) }
        text.write(abs(base))
        guard offset != 0 else { return }
        text.append(UInt8(ascii: offset > 0 ? "+" : "-"))
        text.write(abs(offset))
    }
}

extension EditKind {
    /// Appends the word of the change, for a substitution the old base and `>`.
    @inline(__always)
    func write(_ old: UInt8, to text: inout OutputSpan<UInt8>) {
        switch self {
        case .substitution:
            text.append(old)
            text.append(UInt8(ascii: ">"))
        case .deletion: text.write("del")
        case .duplication: text.write("dup")
        case .inversion: text.write("inv")
        case .insertion: text.write("ins")
        case .delins: text.write("delins")
        }
    }
}
