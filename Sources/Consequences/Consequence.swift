/// What one variant does to one transcript, as our caller or an annotator before us found it.
public struct Consequence: Hashable, Sendable {
    /// Gene symbol, empty for intergenic.
    public var gene: String
    /// Transcript id with version where given.
    public var transcript: String
    /// Sequence Ontology terms, most severe first.
    public var terms: [SequenceOntologyTerm]
    /// `c.` or `n.` name without the transcript, empty if none.
    public var codingName: String
    /// `p.` name in three-letter form without the protein id and without brackets (`p.Val600Glu`), empty if none.
    public var proteinName: String
    /// Protein id with version where given.
    public var protein: String
    /// The protein change by residues, where ``proteinName`` could be read.
    public var proteinChange: ProteinChange?
    /// First exon touched, 1-based, where the annotation says so.
    public var exon: Int?
    /// Whether this is the MANE Select transcript.
    public var isMANESelect: Bool
    /// Whether this is the Ensembl canonical transcript, or the one the annotator picked.
    public var isCanonical: Bool
    /// Whether the transcript's biotype is protein coding (true when not said and a protein name is there).
    public var isProteinCoding: Bool

    /// Creates a consequence.
    public init(
        gene: String, transcript: String, terms: [SequenceOntologyTerm], codingName: String = "",
        proteinName: String = "", protein: String = "", proteinChange: ProteinChange? = nil, exon: Int? = nil,
        isMANESelect: Bool = false, isCanonical: Bool = false, isProteinCoding: Bool = true
    ) {
        self.gene = gene
        self.transcript = transcript
        self.terms = terms
        self.codingName = codingName
        self.proteinName = proteinName
        self.protein = protein
        self.proteinChange = proteinChange
        self.exon = exon
        self.isMANESelect = isMANESelect
        self.isCanonical = isCanonical
        self.isProteinCoding = isProteinCoding
    }
}

/// A protein change by residues: what criteria are matched on.
///
/// `first … last` are the altered residues of the reference protein, 1-based and closed, after trimming equal
/// ends; for an insertion they are the two residues on its sides.
public struct ProteinChange: Hashable, Sendable {
    /// The kind of change.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// One or more residues replaced by as many.
        case missense
        /// Residues added between two others, a duplication included.
        case inframeInsertion
        /// Residues removed.
        case inframeDeletion
        /// Residues replaced by more or fewer.
        case inframeDelins
        /// A new stop.
        case nonsense
        /// The reading frame is lost.
        case frameshift
        /// The first methionine is lost.
        case startLost
        /// The stop is lost and the protein extended.
        case stopLost
        /// No change of sequence.
        case synonymous
    }

    /// The kind.
    public var kind: Kind
    /// First altered residue, 1-based.
    public var first: Int
    /// Last altered residue, 1-based.
    public var last: Int
    /// One-letter residues of the reference from ``first`` to ``last`` where the name gives them, else the ends only.
    public var reference: String
    /// One-letter residues that replace or are inserted; `*` for a stop; empty for a deletion or where unknown.
    public var alternate: String

    /// Creates a change.
    public init(kind: Kind, first: Int, last: Int, reference: String, alternate: String) {
        self.kind = kind
        self.first = first
        self.last = last
        self.reference = reference
        self.alternate = alternate
    }
}
