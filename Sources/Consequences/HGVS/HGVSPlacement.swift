// From a name back to alleles of the contig: `c.76A>T` on a transcript is which base, and what replaces it?
//
//     c.77-2 ─▶ spliced base of c.77 ─▶ contig ─▶ two bases towards 5'
//
// Positions before the first and after the last base of a transcript go on along the contig. Old bases that a name
// spells are compared with the reference; a name that does not fit has no alleles.
//
// Not done: uncertain places, repeats, bases of other references.

public import GeneModels
public import Genome

/// A change of the contig as a VCF record would hold it, though without an anchor base.
public struct PlacedAlleles: Hashable, Sendable {
    /// The first changed base, 0-based; for an insertion the base after it.
    public var position: Int
    /// The old bases as letters of the forward strand, maybe none.
    public var reference: [UInt8]
    /// The new bases as letters of the forward strand, maybe none.
    public var alternate: [UInt8]
}

extension NucleotideChange<GenomicPosition> {
    /// The alleles of this change on `sequence`, or nil where it is not one sure change that fits the bases.
    public func alleles(on sequence: ContigSequence) -> PlacedAlleles? {
        guard case .exactly(let first) = interval.start, case .exactly(let last) = interval.end,
            let low = first.base, let high = last.base, low <= high
        else { return nil }
        return alleles(from: low - 1, to: high, strand: .forward, sequence)
    }
}

extension NucleotideChange<CodingPosition> {
    /// The alleles of this change of transcript `number` on its contig, or nil where it is not one sure change that fits.
    public func alleles(ofTranscript number: Int, _ model: GeneModel, on sequence: ContigSequence)
        -> PlacedAlleles?
    {
        guard case .exactly(let first) = interval.start, case .exactly(let last) = interval.end,
            let left = first.place(inTranscript: number, model),
            let right = last.place(inTranscript: number, model)
        else { return nil }
        let strand = model.transcripts[number].strand
        let (low, high) = strand == .forward ? (left, right) : (right, left)
        guard low <= high else { return nil }
        return alleles(from: low, to: high + 1, strand: strand, sequence)
    }
}

extension CodingPosition {
    /// The 0-based place on the contig, or nil for an uncertain position.
    public func place(inTranscript number: Int, _ model: GeneModel) -> Int? {
        let transcript = model.transcripts[number]
        guard let base else { return nil }
        let (start, end) = (Int(transcript.codingStart), Int(transcript.codingEnd))
        let spliced: Int
        switch origin {
        case .stop: spliced = end + base - 1
        case .start: spliced = base < 0 ? start + base : start + base - 1
        }
        let step = transcript.strand == .forward ? 1 : -1
        let inside = min(max(spliced, 0), Int(transcript.length) - 1)
        let place = model.position(ofSpliced: inside, in: transcript) + step * (spliced - inside)
        switch offset {
        case nil: return place
        case .exactly(let distance): return place + step * distance
        case .somewhereAfter, .somewhereBefore: return nil
        }
    }
}

extension NucleotideChange {
    fileprivate func alleles(from low: Int, to high: Int, strand: Strand, _ sequence: ContigSequence)
        -> PlacedAlleles?
    {
        let old = (low..<high).map { BaseCode.letter(sequence.code(at: $0)) }
        guard fits(old, strand), let edit else { return nil }
        let after = strand == .forward ? high : low
        switch edit {
        case .identity: return PlacedAlleles(position: low, reference: old, alternate: old)
        case .substitution(let from, let to):
            guard old.count == 1, Self.oriented(from, strand) == old else { return nil }
            return PlacedAlleles(position: low, reference: old, alternate: Self.oriented(to, strand))
        case .deletion: return PlacedAlleles(position: low, reference: old, alternate: [])
        case .duplication: return PlacedAlleles(position: after, reference: [], alternate: old)
        case .inversion:
            return PlacedAlleles(
                position: low, reference: old, alternate: old.reversed().map(Bases.complement))
        case .insertion(let parts):
            guard high - low == 2, let new = Self.bases(parts, strand, sequence) else { return nil }
            return PlacedAlleles(position: low + 1, reference: [], alternate: new)
        case .delins(let parts):
            guard let new = Self.bases(parts, strand, sequence) else { return nil }
            return PlacedAlleles(position: low, reference: old, alternate: new)
        case .repeated, .copies, .conversion, .unknown: return nil
        }
    }

    private func fits(_ old: [UInt8], _ strand: Strand) -> Bool {
        statedBases.isEmpty || Self.oriented(statedBases, strand) == old
    }

    private static func oriented(_ bases: String, _ strand: Strand) -> [UInt8] {
        let letters = bases.uppercased().utf8.map { $0 == UInt8(ascii: "U") ? UInt8(ascii: "T") : $0 }
        return strand == .forward ? letters : letters.reversed().map(Bases.complement)
    }

    /// Inserted bases of the forward strand; ranges of a `g.` name are read from the contig.
    private static func bases(_ parts: [InsertedPart], _ strand: Strand, _ sequence: ContigSequence)
        -> [UInt8]?
    {
        var result: [UInt8] = []
        for part in strand == .forward ? parts : parts.reversed() {
            switch part {
            case .bases(let bases): result += oriented(bases, strand)
            case .range(let range, let isInverted):
                let ends = range.split(separator: "_").compactMap { Int($0) }
                guard Position.self == GenomicPosition.self, ends.count == 2, ends[0] > 0, ends[0] <= ends[1]
                else {
                    return nil
                }
                let letters = ((ends[0] - 1)..<ends[1]).map { BaseCode.letter(sequence.code(at: $0)) }
                result += isInverted ? letters.reversed().map(Bases.complement) : letters
            case .unknown, .other: return nil
            }
        }
        return result
    }
}
