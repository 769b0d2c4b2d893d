internal import GeneModels
internal import Genome

/// Buffers in which a protein name is put together.
struct ProteinWindow: Sendable {
    var window = CodingWindow()
    var inserted: [UInt8] = []
}

/// The residues of a transcript's protein, read on demand.
struct ProteinReader {
    private var reader: SplicedReader
    private let model: GeneModel
    private let sequence: ContigSequence
    private let transcript: Transcript
    private let number: Int
    private var codon: Int
    private let codons: Int
    /// Bases of the first codon that the model lacks and that must be skipped.
    private var missing: Int

    /// A reader whose first residue is that of `codon`.
    init(_ model: GeneModel, number: Int, codon: Int, _ sequence: ContigSequence) {
        self.model = model
        self.sequence = sequence
        self.number = number
        self.codon = codon
        transcript = model.transcripts[number]
        let lacking = Int(transcript.missingBases)
        codons = (transcript.codingLength + lacking) / 3
        missing = codon == 0 ? lacking : 0
        let offset = max(codon * 3 - lacking, 0)
        reader = SplicedReader(model, transcript, at: transcript.spliced(ofCoding: offset), isCoding: true)
    }

    /// The next residue of the coding sequence, `*` for its stop; nil past its end.
    mutating func next() -> UInt8? {
        guard codon < codons else { return nil }
        var bases: (UInt8, UInt8, UInt8) = (4, 4, 4)
        if missing < 1 { bases.0 = reader.next(model, sequence) ?? 4 }
        if missing < 2 { bases.1 = reader.next(model, sequence) ?? 4 }
        bases.2 = reader.next(model, sequence) ?? 4
        missing = 0
        codon += 1
        var residue = transcript.geneticCode.residue(bases.0, bases.1, bases.2)
        if residue == AminoAcid.stop, codon < codons {
            residue =
                model.recoding(ofCodon: codon - 1, inTranscript: number)
                ?? (transcript.flags.contains(.proteinCoding) && bases == (3, 2, 0)
                    ? UInt8(ascii: "U") : residue)
        }
        return residue
    }

    /// The residue of one codon.
    static func residue(_ model: GeneModel, number: Int, codon: Int, _ sequence: ContigSequence) -> UInt8? {
        guard codon >= 0 else { return nil }
        var reader = ProteinReader(model, number: number, codon: codon, sequence)
        return reader.next()
    }
}

/// The residues of a transcript after a change, read on from the first touched codon into the 3' untranslated region.
struct EditedProteinReader {
    private var reader: SplicedReader
    private let model: GeneModel
    private let sequence: ContigSequence
    private let code: GeneticCode
    private let edit: VariantEdit
    private let strand: Strand
    private let rotation: Int
    private var before: Int
    private var inserted = 0
    private let transcript: Transcript
    private let after: Int
    private var hasJumped = false
    private var unknown: Int

    /// A reader from the first codon of `span` on.
    init(
        _ model: GeneModel, number: Int, span: CodingSpan, edit: VariantEdit, rotation: Int,
        _ sequence: ContigSequence
    ) {
        self.model = model
        self.sequence = sequence
        self.edit = edit
        self.rotation = rotation
        transcript = model.transcripts[number]
        code = transcript.geneticCode
        strand = transcript.strand
        let missing = Int(transcript.missingBases)
        let start = span.start / 3 * 3
        let first = max(start, missing)
        unknown = first - start
        before = span.start - first
        after = span.end - missing
        reader = SplicedReader(
            model, transcript, at: transcript.spliced(ofCoding: first - missing), isCoding: true)
    }

    private mutating func nextBase() -> UInt8? {
        if unknown > 0 {
            unknown -= 1
            return BaseCode.unknown
        }
        if before > 0 {
            before -= 1
            return reader.next(model, sequence)
        }
        if inserted < edit.alternate.count {
            inserted += 1
            return edit.alternateCode(inserted - 1, on: strand, rotation: rotation)
        }
        if !hasJumped {
            hasJumped = true
            let place = transcript.spliced(ofCoding: after)
            guard place < Int(transcript.length) else { return nil }
            reader = SplicedReader(model, transcript, at: place, isCoding: true)
        }
        return reader.next(model, sequence)
    }

    /// The next residue; nil where fewer than three bases are left.
    mutating func next() -> UInt8? {
        guard let first = nextBase(), let second = nextBase(), let third = nextBase() else { return nil }
        return code.residue(first, second, third)
    }
}
