internal import GeneModels
internal import Genome

/// The codons that a change touches, before and after, as residues.
///
///     coding bases   … A T G│C C A│G A A│ …          change:  C C>T at the codon in the middle
///     before                  P                      `reference`
///     after                   X   (T A: no codon)    `alternate`, `X` for bases left over
///
/// An insertion between two codons touches none, so that `reference` is empty.
struct CodingWindow: Sendable {
    /// The first codon, 0-based.
    private(set) var firstCodon = 0
    /// Residues before the change.
    private(set) var reference: [UInt8] = []
    /// Residues after the change.
    private(set) var alternate: [UInt8] = []
    /// Bases of the codons before the change.
    private(set) var referenceBases: [UInt8] = []
    /// Bases of the codons after the change.
    private(set) var alternateBases: [UInt8] = []
    /// Whether the first codon is the last one of an incomplete model.
    private(set) var isPartialCodon = false

    /// Reads the codons around `span`; `rotation` is that of the moved ALT.
    mutating func fill(
        _ span: CodingSpan, _ edit: VariantEdit, rotation: Int, number: Int, _ model: GeneModel,
        _ sequence: ContigSequence
    ) {
        let transcript = model.transcripts[number]
        let missing = Int(transcript.missingBases)
        let length = transcript.codingLength &+ missing
        let start = span.start / 3 &* 3
        let end = (span.end &+ 2) / 3 &* 3
        firstCodon = start / 3
        isPartialCodon = length &- start < 3 && length > start
        referenceBases.removeAll(keepingCapacity: true)
        alternateBases.removeAll(keepingCapacity: true)
        for _ in start..<max(start, min(missing, end)) { referenceBases.append(BaseCode.unknown) }
        let first = max(start, missing)
        var reader = SplicedReader(
            model, transcript, at: transcript.spliced(ofCoding: first &- missing), isCoding: true)
        let readEnd = min(end, length)
        var place = first
        while place < readEnd, let code = reader.next(model, sequence) {
            referenceBases.append(code)
            place &+= 1
        }
        let inserted = edit.alternate.count
        let before = span.start &- start
        for index in 0..<before { alternateBases.append(referenceBases[index]) }
        for index in 0..<inserted {
            alternateBases.append(edit.alternateCode(index, on: transcript.strand, rotation: rotation))
        }
        let after = span.end &- start
        if after < referenceBases.count {
            for index in after..<referenceBases.count { alternateBases.append(referenceBases[index]) }
        }
        let code = transcript.geneticCode
        Self.translate(referenceBases, with: code, into: &reference)
        Self.translate(alternateBases, with: code, into: &alternate)
        recode(number, model, length)
    }

    /// Puts residues where the genetic code does not apply: selenocysteine above all.
    private mutating func recode(_ number: Int, _ model: GeneModel, _ length: Int) {
        for index in reference.indices where reference[index] == AminoAcid.stop {
            let codon = firstCodon &+ index
            guard codon &* 3 &+ 3 < length,
                let residue = model.residue(ofStopCodon: codon, in: number, self, index)
            else { continue }
            reference[index] = residue
            if holds(index, at: index) {
                alternate[index] = residue
            } else if (alternateBases.count &- referenceBases.count) % 3 == 0 {
                // The codon is whole, moved by what was put in or left out before it.
                let moved = index &+ (alternateBases.count &- referenceBases.count) / 3
                if holds(index, at: moved) { alternate[moved] = residue }
            }
        }
    }

    /// Whether the bases of an old codon stand at the place of a new one.
    private func holds(_ index: Int, at moved: Int) -> Bool {
        let (old, new) = (index &* 3, moved &* 3)
        return moved >= 0 && new &+ 3 <= alternateBases.count
            && alternateBases[new..<(new &+ 3)] == referenceBases[old..<(old &+ 3)]
    }

    private static func translate(_ bases: [UInt8], with code: GeneticCode, into residues: inout [UInt8]) {
        residues.removeAll(keepingCapacity: true)
        var index = 0
        while index &+ 2 < bases.count {
            residues.append(code.residue(bases[index], bases[index &+ 1], bases[index &+ 2]))
            index &+= 3
        }
        if index < bases.count, !(residues.count == 1 && residues[0] == AminoAcid.stop) {
            residues.append(AminoAcid.unknown)
        }
    }
}

extension GeneModel {
    /// The residue of a stop codon inside the coding sequence: what the model says, or selenocysteine for TGA.
    fileprivate func residue(ofStopCodon codon: Int, in number: Int, _ window: CodingWindow, _ index: Int)
        -> UInt8?
    {
        if let residue = recoding(ofCodon: codon, inTranscript: number) { return residue }
        let bases = window.referenceBases[(index * 3)..<(index * 3 + 3)]
        return transcripts[number].flags.contains(.proteinCoding) && bases.elementsEqual([3, 2, 0])
            ? UInt8(ascii: "U") : nil
    }
}
