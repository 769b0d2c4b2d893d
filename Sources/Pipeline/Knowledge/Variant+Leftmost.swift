internal import Genome
internal import Variants

extension Variant {
    /// An insertion or deletion as far left as the bases allow, trimmed without anchor; all else as it is.
    func leftmost(in sequence: ContigSequence) -> Variant {
        let trimmed = trimmed(keepingAnchor: false)
        guard trimmed.reference.isEmpty || trimmed.alternate.isEmpty else { return trimmed }
        var bases = Array((trimmed.reference + trimmed.alternate).utf8)
        var position = trimmed.position
        LeftRoll.roll(&bases, at: &position) { place in
            let code = sequence.code(at: place)
            return place >= 0 && code < 4 ? BaseCode.letter(code) : nil
        }
        let text = String(decoding: bases, as: UTF8.self)
        return Variant(
            contig: contig, position: position, reference: trimmed.reference.isEmpty ? "" : text,
            alternate: trimmed.alternate.isEmpty ? "" : text)
    }

    /// `contig:position:REF:ALT` as cells have it, with the base before an insertion or deletion.
    func anchored(in sequence: ContigSequence) -> String {
        guard reference.isEmpty || alternate.isEmpty, position > 0 else {
            return "\(contig):\(position + 1):\(reference):\(alternate)"
        }
        let anchor = String(decoding: [BaseCode.letter(sequence.code(at: position - 1))], as: UTF8.self)
        return "\(contig):\(position):\(anchor)\(reference):\(anchor)\(alternate)"
    }
}
