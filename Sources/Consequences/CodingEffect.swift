/// What a consequence means for counting coding mutations.
///
/// Source: PCGR's sets of coding and non-synonymous terms, as the specification, section 2.1, gives them.
extension Consequence {
    private static let nonsynonymous: Set<SequenceOntologyTerm> = [
        .stopGained, .stopLost, .startLost, .frameshiftVariant, .missenseVariant, .spliceDonorVariant,
        .spliceAcceptorVariant, .inframeInsertion, .inframeDeletion, .proteinAlteringVariant,
    ]
    private static let silent: Set<SequenceOntologyTerm> = [
        .synonymousVariant, .stopRetainedVariant, .startRetainedVariant, .codingSequenceVariant,
        .incompleteTerminalCodonVariant,
    ]

    /// Stop gained or lost, start lost, frameshift, missense, canonical splice site, in-frame, protein-altering.
    public var isNonsynonymous: Bool { isProteinCoding && terms.contains { Self.nonsynonymous.contains($0) } }

    /// ``isNonsynonymous``, or a coding change that keeps the protein.
    public var isCoding: Bool { isNonsynonymous || isProteinCoding && terms.contains { Self.silent.contains($0) } }

    /// Whether the most severe term is missense.
    public var isMissense: Bool { isProteinCoding && terms.min() == .missenseVariant }
}
