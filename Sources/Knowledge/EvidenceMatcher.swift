internal import Consequences
internal import Variants

/// Finds the rows of a knowledge base that a patient's profile meets, and says why the others do not.
///
/// Candidates come from an index by gene, so the cost does not grow with rows of genes that are not altered.
/// Each candidate's criterion is evaluated in three-valued logic. A listed allele whose annotation says another
/// protein change is a disagreement, not a match.
public struct EvidenceMatcher: Sendable {
    /// A row that was met.
    public struct Match: Sendable {
        /// The row.
        public let row: EvidenceRow
        /// Events that speak for it, ascending; empty for a measure of the whole genome.
        public let alterations: [Int]
        /// How specific the met leaf is.
        public let granularity: Int
    }

    /// A row that was not met or could not be decided.
    public struct Miss: Sendable {
        /// The row.
        public let row: EvidenceRow
        /// `.no` or `.undetermined`.
        public let truth: Truth
        /// The leaf that failed.
        public let needed: String
        /// What was there instead.
        public let seen: String
    }

    /// A row whose allele was called but whose protein change the annotation does not confirm.
    public struct Disagreement: Sendable {
        /// The row.
        public let row: EvidenceRow
        /// The event.
        public let alteration: Int
        /// What the annotation says.
        public let seen: String
    }

    /// Everything that came of one profile.
    public struct Result: Sendable {
        /// Rows that were met, by id.
        public var matches: [Match] = []
        /// Rows that were not, by id.
        public var misses: [Miss] = []
        /// Rows whose allele and protein change disagree with the call.
        public var disagreements: [Disagreement] = []
        /// Somatic events known by a row of granularity 8 or more, or likely oncogenic by themselves.
        public var oncogenic: Set<Int> = []
    }

    private let knowledge: KnowledgeBase
    private let date: String

    /// A matcher over the rows that hold on a day (ISO 8601).
    public init(_ knowledge: KnowledgeBase, date: String) {
        self.knowledge = knowledge
        self.date = date
    }

    /// Evaluates every candidate row on a profile.
    public func match(_ profile: MolecularProfile) -> Result {
        var result = Result()
        let rows = candidates(profile)
        result.oncogenic = oncogenic(profile, rows)
        for row in rows {
            let evaluator = CriterionEvaluator(
                row: row, profile: profile, exons: knowledge.exons, numberings: knowledge.numberings,
                oncogenic: result.oncogenic)
            result.disagreements += disagreements(row, profile, evaluator)
            let outcome = evaluator.evaluate(row.criterion)
            if outcome.truth == .yes {
                result.matches.append(
                    Match(row: row, alterations: outcome.support.sorted(), granularity: outcome.granularity))
            } else if let failure = outcome.failures.first {
                result.misses.append(
                    Miss(row: row, truth: outcome.truth, needed: failure.needed, seen: failure.seen))
            }
        }
        return result
    }

    /// Rows of granularity 8 or more that would be met if `filtered` events counted too: never a match, never lost.
    public func filteredMatches(
        _ profile: MolecularProfile, filtered: [MolecularProfile.Alteration]
    ) -> [Match] {
        guard !filtered.isEmpty else { return [] }
        var widened = profile
        widened.alterations += filtered
        let ids = Set(filtered.map(\.id))
        return match(widened).matches.filter { $0.granularity >= 8 && !ids.isDisjoint(with: $0.alterations) }
    }

    /// Whether one small variant is known by a row of granularity 8 or more, whatever else the row asks.
    public func isKnownHotspot(_ alteration: MolecularProfile.Alteration, in profile: MolecularProfile)
        -> Bool
    {
        var single = profile
        single.alterations = [alteration]
        return !knownHotspots(single, candidates(single)).isEmpty
    }

    private func candidates(_ profile: MolecularProfile) -> [EvidenceRow] {
        var genes = Set<String>()
        var needsAlleles = false
        for alteration in profile.alterations {
            genes.insert(alteration.gene)
            if case .fusion(let five, let three) = alteration.event { genes.formUnion([five, three]) }
            if !alteration.isAnnotated { needsAlleles = true }
        }
        let rows = needsAlleles ? knowledge.rows : knowledge.candidates(genes: genes)
        return rows.filter { $0.isValid(on: date) }
    }

    private func oncogenic(_ profile: MolecularProfile, _ rows: [EvidenceRow]) -> Set<Int> {
        Set(profile.alterations.filter(\.isLikelyOncogenic).map(\.id)).union(knownHotspots(profile, rows))
    }

    /// Events that meet a positive leaf of granularity 8 or more of any row.
    private func knownHotspots(_ profile: MolecularProfile, _ rows: [EvidenceRow]) -> Set<Int> {
        var known = Set<Int>()
        for row in rows where row.criterion.granularity >= 8 {
            let evaluator = CriterionEvaluator(
                row: row, profile: profile, exons: knowledge.exons, numberings: knowledge.numberings,
                oncogenic: [])
            for leaf in row.criterion.positiveLeaves where leaf.granularity >= 8 {
                let outcome = evaluator.evaluate(leaf)
                if outcome.truth == .yes { known.formUnion(outcome.support) }
            }
        }
        return known
    }

    private func disagreements(
        _ row: EvidenceRow, _ profile: MolecularProfile, _ evaluator: CriterionEvaluator
    ) -> [Disagreement] {
        guard let assembly = profile.assembly, row.alleles[assembly]?.isEmpty == false else { return [] }
        let leaves = row.criterion.positiveLeaves.filter { $0.genes == [row.gene] && $0.granularity >= 7 }
        guard !leaves.isEmpty else { return [] }
        return profile.alterations.compactMap { alteration in
            guard alteration.isAnnotated,
                case .smallVariant(let variant?, let consequences) = alteration.event,
                evaluator.isRowAllele(variant)
            else { return nil }
            let isConfirmed = leaves.contains { evaluator.evaluate($0).support.contains(alteration.id) }
            guard !isConfirmed else { return nil }
            let names = evaluator.relevant(consequences).map { $0.proteinChange?.shortName ?? $0.codingName }
            let seen = alteration.gene == row.gene ? names.joined(separator: ", ") : "gene \(alteration.gene)"
            return Disagreement(
                row: row, alteration: alteration.id, seen: seen.isEmpty ? "no protein change" : seen)
        }
    }
}

extension Criterion {
    /// Leaves that are not under a NOT.
    var positiveLeaves: [Criterion] {
        switch self {
        case .and(let parts), .or(let parts): parts.flatMap(\.positiveLeaves)
        case .not, .wildtype: []
        default: [self]
        }
    }
}
