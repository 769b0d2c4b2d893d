public import Genome

/// A junction of two places of the genome, or one side of a junction whose other side is not known.
///
/// - Shape: ``first`` is never behind ``second``, whichever record came first.
/// - Coordinates: 0-based, see ``Breakend``.
public struct StructuralVariant: Hashable, Sendable {
    /// What a junction does, by the sides and places of its breakends.
    ///
    /// - Source: specification section 7.1; hmftools, `StructuralVariantFactory`.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// + before -: what lies between is left out.
        case deletion = "DEL"
        /// - before +: what lies between stands twice.
        case duplication = "DUP"
        /// Both sides alike: a part is turned around.
        case inversion = "INV"
        /// + directly before -: bases are added.
        case insertion = "INS"
        /// Two contigs.
        case translocation = "TRA"
        /// The other side is not known.
        case single = "SGL"
    }

    /// What became of the mate of a breakend.
    public enum MateState: String, Hashable, Sendable {
        /// Both records are there.
        case paired
        /// Both records are there and one of them alone passes the filters.
        case filtered = "mate_filtered"
        /// A mate is named and not in the file.
        case missing = "mate_missing"
        /// No mate is named and none lies at the place; some callers write one record a junction.
        case unnamed
        /// The record holds the whole event, or it is a single breakend.
        case none
    }

    /// The breakend on the lower contig, at the lower position.
    public var first: Breakend
    /// The other breakend; nil for a single one.
    public var second: Breakend?
    /// The bases between the sides as they read on the forward strand of ``first``; nil where they are not known, empty for none.
    public var insertedSequence: String?
    /// The number of those bases; nil where it is not known.
    public var insertedLength: Int?
    /// The caller's names of the records, in the order of the file; without `.`.
    public var ids: [String] = []
    /// The caller's name of a larger event, empty without one.
    public var event = ""
    /// The type as the caller wrote it (SVTYPE, svclass), empty without one.
    public var statedType = ""
    /// FILTER of the records, in the order of the file, each name once.
    public var filters: [String] = []
    /// Whether a record of the junction passes.
    public var isPass = true
    /// The mate.
    public var mate = MateState.none
    /// Whether the caller does not know the exact bases.
    public var isImprecise = false
    /// Whether this is the second junction of an inversion that stands in one record; ``first`` and ``second`` keep the right side.
    public var isReciprocal = false
    /// Reads of the tumor.
    public var tumor = SampleCall()
    /// Reads of the normal.
    public var normal = SampleCall()
    /// Whether the tumor's genotype has the junction; nil where it does not say.
    public var isCarriedByTumor: Bool?
    /// Whether the normal's genotype has it; nil where it does not say.
    public var isCarriedByNormal: Bool?
    /// Tumor copies that have the junction as the caller fitted them; nil where it does not say.
    public var junctionCopies: Double?
    /// The sample, empty where the file names none.
    public var sample = ""
    /// The line of the first record, 0 where lines are not counted.
    public var lineNumber = 0

    /// A junction of two breakends in any order, or one breakend.
    ///
    /// - Shape: `inserted` as it reads on the forward strand of `one`.
    public init(_ one: Breakend, _ other: Breakend?, inserted: String? = "", insertedLength: Int? = nil) {
        let isTurned = other.map { $0 < one } ?? false
        if let other, isTurned {
            (first, second) = (other, one)
            insertedSequence = inserted.map {
                one.orientation == other.orientation ? Bases.reverseComplement($0) : $0
            }
        } else {
            (first, second, insertedSequence) = (one, other, inserted)
        }
        self.insertedLength = insertedLength ?? inserted?.utf8.count
    }

    /// Whether the normal has the junction: more than two of its reads, and more than 2 % of them; without reads by its genotype.
    ///
    /// - Source: specification section 8.1.
    public var isInNormal: Bool { normal.isFreeOfAlternate.map { !$0 } ?? isCarriedByNormal ?? false }

    /// Whether the tumor has no read of the junction, or without reads a genotype without it.
    public var isNotInTumor: Bool {
        if let reads = tumor.alternateDepth { return reads == 0 }
        return tumor.vaf.map { $0 == 0 } ?? (isCarriedByTumor == false)
    }

    /// What the junction does.
    public var kind: Kind {
        guard let second else { return .single }
        guard let distance = first.distance(to: second) else { return .translocation }
        switch (first.orientation, second.orientation) {
        case (.plus, .minus): return distance == 1 ? .insertion : .deletion
        case (.minus, .plus): return .duplication
        case (.plus, .plus), (.minus, .minus): return .inversion
        }
    }

    /// The distance of the breakends in bases; nil for translocations and single breakends.
    public var span: Int? { second.flatMap(first.distance(to:)) }

    /// The number of bases that are left out, stand twice, are turned or added; nil where there is none to tell.
    public var length: Int? {
        switch kind {
        case .deletion: span.map { $0 - 1 }
        case .duplication: span.map { $0 + 1 }
        case .inversion: span
        case .insertion: insertedLength
        case .translocation, .single: nil
        }
    }

    /// The bases that a deletion leaves out, a duplication doubles or an inversion turns; nil for all else.
    public var interval: GenomicInterval? {
        guard let second, first.contig == second.contig else { return nil }
        // The first base behind a side that keeps its left, and the kept base itself of one that keeps its right.
        func inside(_ end: Breakend) -> Int { end.orientation == .plus ? end.position + 1 : end.position }
        let (low, high) = (inside(first), inside(second))
        switch kind {
        case .deletion, .duplication, .inversion:
            return GenomicInterval(contig: first.contig, zeroBased: low..<max(low, high))
        case .insertion, .translocation, .single: return nil
        }
    }

    /// `DEL 10:89712340+ 10:89725231-`, 1-based: how messages name the junction.
    public var key: String {
        "\(kind.rawValue) \(first)" + (second.map { " \($0)" } ?? "")
    }
}
