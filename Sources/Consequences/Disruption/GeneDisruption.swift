internal import Genome
public import Variants

/// What a structural variant does to one transcript: where it breaks it, and which exons it takes or doubles.
///
/// - Source: specification section 7.2; LINX README, "Annotation of breakends with potential gene impact".
public struct GeneDisruption: Hashable, Sendable {
    /// A breakend inside the transcript.
    public struct Break: Hashable, Sendable {
        /// The breakend.
        public var breakend: Breakend
        /// The exon, or the exon before the intron, counted from 1 at the 5' end.
        public var exon: Int
        /// Whether the break lies in an intron, behind ``exon``.
        public var isIntronic: Bool
        /// The part of the transcript.
        public var region: Region

        /// `intron 5` or `exon 3`.
        public var place: String { "\(isIntronic ? "intron" : "exon") \(exon)" }
    }

    /// A part of a transcript.
    public enum Region: String, Hashable, Sendable {
        /// Before the coding sequence.
        case fivePrimeUTR = "5' UTR"
        /// The coding sequence with its introns.
        case coding
        /// Behind the coding sequence.
        case threePrimeUTR = "3' UTR"
        /// A transcript without coding sequence.
        case noncoding = "non-coding"
    }

    /// The gene's symbol.
    public var gene: String
    /// The transcript with its version.
    public var transcript: String
    /// The variant.
    public var variant: StructuralVariant
    /// Breakends inside the transcript, in the order of ``variant``; at least one.
    public var breaks: [Break]
    /// Exons that a deletion, duplication or insertion touches, counted from the 5' end; nil for none and for other kinds.
    public var exons: ClosedRange<Int>?
    /// Whether each of these exons is touched whole.
    public var areWholeExons: Bool
    /// Why the transcript is not disrupted; nil where it is.
    public var reasonIntact: String?
    /// Whether the variant leaves a whole copy of the gene beside the broken one.
    public var leavesWholeCopy: Bool

    /// Whether the transcript is disrupted.
    public var isDisruptive: Bool { reasonIntact == nil }
    /// Whether the copy of the gene that has the variant cannot work.
    public var isLossOfFunction: Bool { isDisruptive && !leavesWholeCopy }

    /// Whole exons that a deletion between introns takes out; nil for all else.
    public var deletedExons: ClosedRange<Int>? {
        variant.kind == .deletion && areWholeExons && breaks.count == 2 && breaks.allSatisfy(\.isIntronic)
            ? exons : nil
    }

    /// What happens, in words: `deletion of exon 6`, `inversion with a break in intron 4`.
    public var summary: String {
        let names: [StructuralVariant.Kind: String] = [
            .deletion: "deletion", .duplication: "duplication", .inversion: "inversion",
            .insertion: "insertion",
            .translocation: "translocation", .single: "single breakend",
        ]
        let name = names[variant.kind] ?? ""
        if let exons {
            let part =
                exons.count == 1
                ? "exon \(exons.lowerBound)" : "exons \(exons.lowerBound)-\(exons.upperBound)"
            return "\(name) \(variant.kind == .insertion ? "in" : areWholeExons ? "of" : "in") \(part)"
        }
        let places = breaks.map(\.place)
        let both = places.count == 2 && places[0] != places[1] ? places.joined(separator: " and ") : places[0]
        return variant.kind == .single ? "\(name) in \(both)" : "\(name) with a break in \(both)"
    }
}
