/// What one variant does to one transcript: a plain value, from which names are printed when asked for.
///
/// - Coordinates: positions are 1-based and count from 5' to 3'; 0 where the variant's end has none (an intron, beyond
///   the transcript). For an insertion the start is one more than the end, the bases on its two sides.
public struct TranscriptConsequence: Hashable, Sendable {
    /// The number of the transcript.
    public var transcript: Int32
    /// The terms.
    public var terms: ConsequenceTerms
    /// Bases between variant and transcript where it lies outside.
    public var distance: Int32 = 0
    /// Position in the spliced transcript.
    public var splicedStart: Int32 = 0
    /// Position in the spliced transcript.
    public var splicedEnd: Int32 = 0
    /// Position in the coding sequence.
    public var codingStart: Int32 = 0
    /// Position in the coding sequence.
    public var codingEnd: Int32 = 0
    /// First and last exon touched, 1-based, 0 for none.
    public var firstExon: UInt16 = 0
    /// Last exon touched.
    public var lastExon: UInt16 = 0
    /// First intron touched, 1-based, 0 for none.
    public var firstIntron: UInt16 = 0
    /// Last intron touched.
    public var lastIntron: UInt16 = 0
    /// Whether coding exon is touched or flanked, so that a protein name may exist.
    var touchesCodingExon = false
    /// Whether another codon stands where the start codon was.
    var changesStartCodon = false

    init(transcript: Int, terms: ConsequenceTerms = []) {
        self.transcript = Int32(transcript)
        self.terms = terms
    }

    /// Position in the protein.
    public var proteinStart: Int32 { codingStart > 0 ? (codingStart + 2) / 3 : 0 }
    /// Position in the protein.
    public var proteinEnd: Int32 { codingEnd > 0 ? (codingEnd + 2) / 3 : 0 }
}
