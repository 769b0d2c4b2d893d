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
        let transcript = model.transcripts[number]
        guard edit.isStandard, !edit.isEmpty, edit.start >= Int(transcript.start),
            edit.end <= Int(transcript.end),
            edit.isInsertion
                ? edit.start > Int(transcript.start) && edit.end < Int(transcript.end) : true
        else { return false }
        let strand = transcript.strand
        let moved = edit.on(strand)
        let isPoint = moved.kind == .insertion
        let low = isPoint ? moved.nameStart - 1 : moved.nameStart
        let high = isPoint ? moved.nameEnd : moved.nameEnd - 1
        guard low >= Int(transcript.start), high < Int(transcript.end) else { return false }
        out.append(UInt8(ascii: transcript.isCoding ? "c" : "n"))
        out.append(UInt8(ascii: "."))
        appendPosition(strand == .forward ? low : high, transcript, &out)
        if low != high {
            out.append(UInt8(ascii: "_"))
            appendPosition(strand == .forward ? high : low, transcript, &out)
        }
        appendChange(edit, moved, strand, sequence, &out)
        return true
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
        out.append(UInt8(ascii: isMitochondrial ? "m" : "g"))
        out.append(UInt8(ascii: "."))
        out.appendNumber(low)
        if low != high {
            out.append(UInt8(ascii: "_"))
            out.appendNumber(high)
        }
        appendChange(edit, moved, .forward, sequence, &out)
        return true
    }

    private func appendChange(
        _ edit: VariantEdit, _ moved: StrandEdit, _ strand: Strand, _ sequence: ContigSequence,
        _ out: inout [UInt8]
    ) {
        switch moved.kind {
        case .substitution:
            let code = sequence.code(at: moved.nameStart)
            out.append(BaseCode.letter(strand == .forward ? code : BaseCode.complement(code)))
            out.append(UInt8(ascii: ">"))
            appendAlternate(edit, moved, strand, &out)
        case .deletion: out.append(contentsOf: "del".utf8)
        case .duplication: out.append(contentsOf: "dup".utf8)
        case .inversion: out.append(contentsOf: "inv".utf8)
        case .insertion:
            out.append(contentsOf: "ins".utf8)
            appendAlternate(edit, moved, strand, &out)
        case .delins:
            out.append(contentsOf: "delins".utf8)
            appendAlternate(edit, moved, strand, &out)
        }
    }

    private func appendAlternate(
        _ edit: VariantEdit, _ moved: StrandEdit, _ strand: Strand, _ out: inout [UInt8]
    ) {
        let (skipped, cut) =
            strand == .forward ? (edit.leading, edit.trailing) : (edit.trailing, edit.leading)
        for index in skipped..<(edit.alternate.count - cut) {
            out.append(BaseCode.letter(edit.alternateCode(index, on: strand, rotation: moved.rotation)))
        }
    }

    /// Appends `76`, `-14`, `*6`, `76+1` and the like.
    func appendPosition(_ position: Int, _ transcript: Transcript, _ out: inout [UInt8]) {
        let first = Int(transcript.firstExon)
        let isForward = transcript.strand == .forward
        let index = model.exonIndex(of: transcript, startingBefore: position)
        let exon = model.exons[first + index]
        if position < Int(exon.end) {
            let inside = isForward ? position - Int(exon.start) : Int(exon.end) - 1 - position
            appendBase(Int(exon.offset) + inside, transcript, &out)
            return
        }
        let next = model.exons[first + index + 1]
        let fromLeft = position - Int(exon.end) + 1
        let fromRight = Int(next.start) - position
        let isLeft = fromLeft < fromRight || (fromLeft == fromRight && isForward)
        let near = isLeft ? exon : next
        // The near exon lies 5' of the intron where it is left on the forward or right on the reverse strand.
        let isFivePrime = isLeft == isForward
        appendBase(Int(near.offset) + (isFivePrime ? Int(near.length) - 1 : 0), transcript, &out)
        out.append(UInt8(ascii: isFivePrime ? "+" : "-"))
        out.appendNumber(isLeft ? fromLeft : fromRight)
    }

    private func appendBase(_ spliced: Int, _ transcript: Transcript, _ out: inout [UInt8]) {
        guard transcript.isCoding else { return out.appendNumber(spliced + 1) }
        if spliced >= Int(transcript.codingEnd) {
            out.append(UInt8(ascii: "*"))
            out.appendNumber(spliced - Int(transcript.codingEnd) + 1)
        } else if spliced < Int(transcript.codingStart) {
            out.appendNumber(spliced - Int(transcript.codingStart))
        } else {
            out.appendNumber(spliced - Int(transcript.codingStart) + 1)
        }
    }
}
