internal import GeneModels
public import Genome

extension ConsequenceCaller {
    /// The consequence with its names as text, for a few variants that are kept; the hot path prints bytes.
    public mutating func consequence(
        _ called: TranscriptConsequence, _ edit: VariantEdit, in sequence: ContigSequence
    ) -> Consequence {
        let transcript = model.transcripts[Int(called.transcript)]
        let gene = model.genes[Int(transcript.gene)]
        var coding: [UInt8] = []
        _ = writeTranscriptName(of: edit, on: Int(called.transcript), in: sequence, to: &coding)
        var protein: [UInt8] = []
        _ = writeProteinName(of: called, edit, in: sequence, to: &protein)
        let name = String(decoding: protein, as: UTF8.self)
        return Consequence(
            gene: model.text(gene.symbol), transcript: model.text(transcript.id), terms: called.terms.list,
            codingName: String(decoding: coding, as: UTF8.self), proteinName: name,
            protein: model.text(transcript.proteinID), proteinChange: ProteinChange(hgvs: name),
            exon: called.firstExon > 0 ? Int(called.firstExon) : nil, isMANESelect: transcript.isMANESelect,
            isCanonical: transcript.isCanonical, isProteinCoding: transcript.flags.contains(.proteinCoding),
            isMANEPlusClinical: transcript.isMANEPlusClinical, geneID: model.text(gene.id),
            hgncID: model.text(gene.hgncID))
    }
}
