public import Genome

/// A gene of a ``GeneModel``.
///
/// - Coordinates: 0-based, half-open.
public struct Gene: Hashable, Sendable {
    /// The stable id with version where the file gives one (`ENSG00000157764.14`, `673`).
    public var id: NameReference
    /// The symbol, such as `BRAF`.
    public var symbol: NameReference
    /// The HGNC id, such as `HGNC:1097`.
    public var hgncID: NameReference
    /// The biotype, such as `protein_coding`.
    public var biotype: NameReference
    /// The number of the contig in ``GeneModel/contigs``.
    public var contig: Int32
    /// The first base.
    public var start: Int32
    /// The end.
    public var end: Int32
    /// The strand.
    public var strand: Strand
}

/// An exon; a transcript's exons lie together, sorted by position.
///
/// - Coordinates: 0-based, half-open; ``offset`` is the place of the exon's 5' base in the spliced transcript.
public struct Exon: Hashable, Sendable {
    /// The first base on the contig.
    public var start: Int32
    /// The end on the contig.
    public var end: Int32
    /// Bases of the spliced transcript before this exon.
    public var offset: Int32

    /// The number of bases.
    @inlinable
    public var length: Int32 { end - start }
}

/// A codon that is not read by the genetic code, such as selenocysteine's TGA.
public struct Recoding: Hashable, Sendable {
    /// The transcript.
    public var transcript: Int32
    /// The number of the codon, 0-based.
    public var codon: Int32
    /// The residue, one letter.
    public var residue: UInt8
}

/// A part of a transcript that is a product of its own, such as a mature micro-RNA.
public struct MatureRegion: Hashable, Sendable {
    /// The transcript.
    public var transcript: Int32
    /// The first base on the contig.
    public var start: Int32
    /// The end on the contig.
    public var end: Int32
}
