internal import GeneModels
internal import Genome

// A block written across a whole intron:
//
//     genome       A T G C A│g t a a g│C A A T A A        the intron's bases are not the transcript's
//     block            G C A g t a a g C A > T T T g t a a g T T
//     exons            G C A           C A > T T T           T T

extension VariantEdit {
    /// Whether other bases are put in across a whole intron, so that more bases are removed than `span` holds.
    @inline(__always)
    func crossesIntron(_ span: EditSpan) -> Bool {
        removed &- (span.end &- span.start) != 0 && !alternate.isEmpty && span.isWhole && !isSpliced
    }

    /// What a block that crosses introns does to the exons: each new base stands for the one in its place. Nil where the
    /// block is not as long as what it replaces, since nothing says where its bases belong then.
    func exonsAlone(_ model: GeneModel, _ transcript: Transcript) -> VariantEdit? {
        guard alternate.count == removed else { return nil }
        var bases: [UInt8] = []
        for index in 0..<removed where model.splicedPosition(of: start + index, in: transcript) != nil {
            bases.append(alternate[index])
        }
        if transcript.strand == .reverse { bases = bases.reversed().map(BaseCode.complement) }
        return VariantEdit(joining: start..<end, spliced: bases, on: transcript.strand)
    }
}
