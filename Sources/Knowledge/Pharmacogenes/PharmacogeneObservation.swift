/// What was seen at one position of a pharmacogene.
public struct PharmacogeneObservation: Hashable, Sendable {
    /// For both copies the number of the position's allele; nil where it was not seen.
    public var copies: [Int?]
    /// Whether the order of `copies` tells the haplotypes.
    public var isPhased: Bool
    /// The phase set; nil where phase holds for the whole contig.
    public var phaseSet: String?
    /// Why a copy was not seen, or what else there is to say.
    public var note: String?

    /// An observation of two copies.
    public init(copies: [Int?], isPhased: Bool = false, phaseSet: String? = nil, note: String? = nil) {
        (self.copies, self.isPhased, self.phaseSet, self.note) = (copies, isPhased, phaseSet, note)
    }

    /// Nothing was seen.
    public static func unseen(_ note: String? = nil) -> Self { Self(copies: [nil, nil], note: note) }

    /// Whether both copies were seen.
    public var isComplete: Bool { copies.allSatisfy { $0 != nil } }
    /// Whether a copy differs from the reference of the definition.
    public var hasVariant: Bool { copies.contains { ($0 ?? 0) > 0 } }

    /// Variant, reference or not covered.
    public var state: PharmacogeneCall.State {
        hasVariant ? .variant : isComplete ? .reference : .notCovered
    }

    /// For each copy whether it has the allele.
    func carries(_ allele: Int) -> [Bool] { copies.map { $0 == allele } }
}
