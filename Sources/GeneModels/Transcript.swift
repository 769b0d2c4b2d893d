public import Genome

/// A transcript of a ``GeneModel``: a plain value whose exons and names lie in the model's arrays.
///
///     contig      start                                                 end
///                 ├──exon──┤        ├────exon────┤          ├───exon───┤
///     spliced     0      offset of the second exon …                 length
///     coding           codingStart ├─────────────────────┤ codingEnd          in spliced bases
///
/// - Coordinates: 0-based, half-open; spliced positions run from 5' to 3'.
public struct Transcript: Hashable, Sendable {
    /// The stable id with version where the file gives one (`ENST00000646891.2`, `NM_004333.6`).
    public var id: NameReference
    /// The protein's id with version where the file gives one.
    public var proteinID: NameReference
    /// The biotype.
    public var biotype: NameReference
    /// The number of the gene.
    public var gene: Int32
    /// The first base on the contig.
    public var start: Int32
    /// The end on the contig.
    public var end: Int32
    /// The number of the first exon in ``GeneModel/exons``.
    public var firstExon: Int32
    /// How many exons there are.
    public var exonCount: Int32
    /// Bases of the spliced transcript.
    public var length: Int32
    /// The first coding base of the spliced transcript; equal to ``codingEnd`` where nothing is coding.
    public var codingStart: Int32
    /// The end of the coding bases of the spliced transcript, the stop codon included.
    public var codingEnd: Int32
    /// The leftmost coding base on the contig.
    public var codingRegionStart: Int32
    /// The end of the coding bases on the contig.
    public var codingRegionEnd: Int32
    /// The coding base, counted without slippage, before which the ribosome slips; -1 where it does not.
    public var slipOffset: Int32
    /// How many bases are left out (positive) or read again (negative) at ``slipOffset``.
    public var slipLength: Int32
    /// What is known about the transcript.
    public var flags: TranscriptFlags
    /// Bases of the first codon that the model lacks, 0 … 2.
    public var missingBases: UInt8
    /// The strand.
    public var strand: Strand

    /// Whether the transcript has coding sequence.
    @inlinable
    public var isCoding: Bool { codingEnd > codingStart }
    /// Whether this is the MANE Select transcript.
    public var isMANESelect: Bool { flags.contains(.maneSelect) }
    /// Whether this is a MANE Plus Clinical transcript.
    public var isMANEPlusClinical: Bool { flags.contains(.manePlusClinical) }
    /// Whether this is the Ensembl canonical transcript.
    public var isCanonical: Bool { flags.contains(.canonical) }
    /// The bases on the contig.
    public var range: Range<Int> { Int(start)..<Int(end) }
    /// The number of coding bases, slippage counted.
    @inlinable
    public var codingLength: Int { Int(codingEnd - codingStart - (slipOffset >= 0 ? slipLength : 0)) }
}

/// What is known about a transcript.
public struct TranscriptFlags: OptionSet, Hashable, Sendable {
    /// The bits, kept in cache files.
    public let rawValue: UInt32

    /// Flags of these bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// MANE Select.
    public static let maneSelect = TranscriptFlags(rawValue: 1 << 0)
    /// MANE Plus Clinical.
    public static let manePlusClinical = TranscriptFlags(rawValue: 1 << 1)
    /// Ensembl canonical, or RefSeq Select.
    public static let canonical = TranscriptFlags(rawValue: 1 << 2)
    /// The start of the coding sequence was not found.
    public static let codingStartNotFound = TranscriptFlags(rawValue: 1 << 3)
    /// The end of the coding sequence was not found.
    public static let codingEndNotFound = TranscriptFlags(rawValue: 1 << 4)
    /// The biotype is `protein_coding`.
    public static let proteinCoding = TranscriptFlags(rawValue: 1 << 5)
    /// A target of nonsense-mediated decay.
    public static let nonsenseMediatedDecay = TranscriptFlags(rawValue: 1 << 6)
    /// The mitochondrial genetic code applies.
    public static let mitochondrial = TranscriptFlags(rawValue: 1 << 7)
    /// At least one codon stands for selenocysteine.
    public static let selenocysteine = TranscriptFlags(rawValue: 1 << 8)
    /// The ribosome slips.
    public static let ribosomalSlippage = TranscriptFlags(rawValue: 1 << 9)
    /// The transcript's sequence is said to differ from the genome.
    public static let differsFromGenome = TranscriptFlags(rawValue: 1 << 10)
    /// A micro-RNA.
    public static let microRNA = TranscriptFlags(rawValue: 1 << 11)
    /// The stop codon is completed by the poly-A tail.
    public static let stopCompletedByTail = TranscriptFlags(rawValue: 1 << 12)
    /// Another exception than slippage, such as trans-splicing.
    public static let otherException = TranscriptFlags(rawValue: 1 << 13)
    /// At least one intron is so short that it stands for a frameshift of the model (13 bases or less).
    public static let hasFrameshiftIntron = TranscriptFlags(rawValue: 1 << 14)

    /// The names of the exceptions that are set, for messages.
    public var exceptionNames: [String] {
        let names: [(TranscriptFlags, String)] = [
            (.selenocysteine, "selenocysteine"), (.ribosomalSlippage, "ribosomal slippage"),
            (.differsFromGenome, "differs from the genome"),
            (.stopCompletedByTail, "stop codon completed by the poly-A tail"),
            (.otherException, "other exception"),
        ]
        return names.filter { contains($0.0) }.map(\.1)
    }
}
