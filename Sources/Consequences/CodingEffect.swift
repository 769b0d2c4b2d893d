/// Whether a consequence counts for mutational burden.
///
/// Source: PCGR, the terms of its "coding and non-silent" and "coding and silent" sets; canonical splice sites are
/// in both, the wider splice region in neither.
public struct CodingEffect: Hashable, Sendable {
    private let terms: [SequenceOntologyTerm]

    /// The effect of the terms of one transcript.
    public init(terms: [SequenceOntologyTerm]) { self.terms = terms.sorted() }

    /// Stop gained or lost, start lost, frameshift, missense, canonical splice site, in-frame or protein altering.
    public var isNonSynonymous: Bool { terms.contains(where: Self.nonSynonymous.contains) }

    /// Non-synonymous, or in the coding sequence without a change of the protein.
    public var isCoding: Bool { isNonSynonymous || terms.contains(where: Self.silent.contains) }

    /// Whether the most severe term is missense.
    public var isMissense: Bool { terms.first == .missenseVariant }

    private static let nonSynonymous: Set<SequenceOntologyTerm> = [
        .stopGained, .stopLost, .startLost, .frameshiftVariant, .missenseVariant, .spliceAcceptorVariant,
        .spliceDonorVariant, .inframeInsertion, .inframeDeletion, .proteinAlteringVariant,
    ]
    private static let silent: Set<SequenceOntologyTerm> = [
        .synonymousVariant, .stopRetainedVariant, .startRetainedVariant, .incompleteTerminalCodonVariant,
        .codingSequenceVariant,
    ]
}

extension Consequence {
    /// Whether it counts for mutational burden.
    public var codingEffect: CodingEffect { CodingEffect(terms: terms) }
}
