public import Consequences
public import Genome
public import Variants

extension EvidenceRow {
    /// Whether what an allele does is what the criterion asks of the row's gene: the allele meets at least one leaf on a change
    /// of sequence that is not under a NOT.
    ///
    /// - Shape: `consequence` is the allele's, on the transcript on which the row counts residues.
    /// - Returns: nil where the criterion asks for nothing that a consequence alone answers, such as `oncogenic`.
    public func isMet(
        by consequence: Consequence, of allele: Variant, on assembly: Assembly,
        _ vocabulary: KnowledgeVocabulary
    ) -> Bool? {
        let leaves = criterion.positiveLeaves.filter { $0.genes == [gene] }
        guard !leaves.isEmpty, leaves.allSatisfy(\.isAnsweredByConsequence) else { return nil }
        let profile = MolecularProfile(
            assembly: assembly,
            alterations: [
                .init(
                    id: 0, gene: gene,
                    event: .smallVariant(allele.trimmed(keepingAnchor: false), [consequence]))
            ])
        let evaluator = CriterionEvaluator(
            row: self, profile: profile, exons: vocabulary.exons, exonEnds: vocabulary.exonEnds,
            numberings: [], oncogenic: [])
        // Whether both copies are hit is not asked of one allele.
        return leaves.contains { evaluator.evaluate($0).truth != .no }
    }
}

extension Criterion {
    fileprivate var isAnsweredByConsequence: Bool {
        switch self {
        case .protein, .codons, .exon, .exonSkipping, .residues, .effect: true
        default: false
        }
    }
}
