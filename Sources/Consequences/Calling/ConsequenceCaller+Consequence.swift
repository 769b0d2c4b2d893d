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

extension ConsequenceCaller {
    /// What changes that lie on one copy do together to a gene's transcripts, with names, for a few groups that are kept.
    ///
    /// Each transcript counts on which they act as one; where no intron lies between them they are one change of the
    /// contig, given as `merged`, and each transcript has its answer.
    public mutating func consequences(
        ofGroup edits: [VariantEdit], in gene: Int32, reportedOn number: Int, sequence: ContigSequence
    ) -> (all: [Consequence], reported: Consequence?, merged: VariantEdit?) {
        func group(_ number: Int) -> HaplotypeResolver.Group? {
            callHaplotype(edits, on: number, in: sequence).first { $0.members.count == edits.count }.map {
                HaplotypeResolver.Group(
                    transcript: number, firstTranscript: number, members: $0.members,
                    consequence: $0.consequence, edit: $0.edit)
            }
        }
        guard let first = group(number) else { return ([], nil, nil) }
        let merged = merged(first, in: sequence)
        var all: [Consequence] = []
        var reported: Consequence?
        for other in model.transcripts.indices where model.transcripts[other].gene == gene {
            let group = group(other)
            var found: Consequence
            if let merged {
                let called = call(merged, on: other, in: sequence)
                guard !called.terms.isEmpty else { continue }
                found = consequence(called, merged, in: sequence)
            } else if let group {
                found = consequence(group.consequence, group.edit, in: sequence)
            } else {
                continue
            }
            if let group {
                var name: [UInt8] = []
                let isNamed = writeTranscriptName(
                    of: group, group.members.map { edits[$0] }, in: sequence, to: &name)
                found.codingName = isNamed ? String(decoding: name, as: UTF8.self) : ""
            }
            all.append(found)
            if other == number { reported = found }
        }
        return (all, reported, merged)
    }
}
