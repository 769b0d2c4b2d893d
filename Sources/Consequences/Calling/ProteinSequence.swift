public import GeneModels
public import Genome

extension GeneModel {
    /// The residues of a transcript's protein, one letter each, with `*` for the stop at its end; empty where it codes for none.
    ///
    /// `X` stands where bases are unknown.
    public func protein(ofTranscript number: Int, in sequence: ContigSequence) -> [UInt8] {
        guard transcripts[number].isCoding else { return [] }
        var reader = ProteinReader(self, number: number, codon: 0, sequence)
        var residues: [UInt8] = []
        while let residue = reader.next() { residues.append(residue) }
        return residues
    }

    /// The number of an exon's first and last codon that it touches, and its last coding base (`c.`); nil where the transcript
    /// has no such exon (from 1, 5' first) or nothing of it is coding.
    ///
    /// A codon that an intron parts belongs to both exons. The stop counts as a residue.
    public func codingSpan(ofExon exon: Int, inTranscript number: Int) -> (
        residues: ClosedRange<Int>, lastBase: Int
    )? {
        let transcript = transcripts[number]
        let count = Int(transcript.exonCount)
        guard 1...max(count, 1) ~= exon, exon <= count, transcript.isCoding else { return nil }
        let index = transcript.strand == .forward ? exon - 1 : count - exon
        let part = exons[Int(transcript.firstExon) + index]
        let first = max(Int(part.offset), Int(transcript.codingStart))
        let end = min(Int(part.offset + part.length), Int(transcript.codingEnd))
        guard first < end else { return nil }
        let missing = Int(transcript.missingBases)
        let low = first - Int(transcript.codingStart) + missing,
            high = end - Int(transcript.codingStart) + missing
        return (low / 3 + 1...(high - 1) / 3 + 1, high)
    }
}
