internal import Consequences
public import Genome
internal import Variants

/// Finds the rows of a knowledge base that a patient's profile meets, and says why the others do not.
///
/// Candidates come from the index by allele, codon and gene, so the cost does not grow with rows that the events cannot
/// meet. Each candidate's criterion is evaluated in three-valued logic. A listed allele whose annotation says another
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
        /// Whether only a change that probably has the effect speaks for it, so that it is shown but not counted.
        public var isProbable = false
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
        /// Of each altered gene the most specific rows that were not, though something in their genes was found.
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

    /// How many misses of a gene are told.
    private static let missLimit = 3

    /// Evaluates every candidate row on a profile.
    ///
    /// - Throws: `InputError` where the index of the base cannot be read.
    public func match(_ profile: MolecularProfile) throws(InputError) -> Result {
        var result = Result()
        let candidates = try candidates(profile)
        let rows = try rows(candidates)
        result.oncogenic = Set(profile.alterations.filter(\.isLikelyOncogenic).map(\.id))
            .union(knownHotspots(profile, rows))
        for row in rows {
            let evaluator = evaluator(row, profile, oncogenic: result.oncogenic)
            result.disagreements += disagreements(row, profile, evaluator)
            if let match = match(row, evaluator) { result.matches.append(match) }
        }
        result.misses = try misses(profile, candidates, oncogenic: result.oncogenic)
        return result
    }

    private func match(_ row: EvidenceRow, _ evaluator: CriterionEvaluator) -> Match? {
        var evaluator = evaluator
        for isProbable in row.criterion.asksForSkipping ? [false, true] : [false] {
            evaluator.countsProbable = isProbable
            let outcome = evaluator.evaluate(row.criterion)
            guard outcome.truth == .yes else { continue }
            return Match(
                row: row, alterations: outcome.support.sorted(), granularity: outcome.granularity,
                isProbable: isProbable)
        }
        return nil
    }

    private func evaluator(_ row: EvidenceRow, _ profile: MolecularProfile, oncogenic: Set<Int>)
        -> CriterionEvaluator
    {
        CriterionEvaluator(
            row: row, profile: profile, exons: knowledge.exons, exonEnds: knowledge.exonEnds,
            numberings: knowledge.numberings,
            oncogenic: oncogenic)
    }

    /// Rows of the altered genes that nothing meets: first those about an altered codon, then the most specific.
    private func misses(
        _ profile: MolecularProfile, _ candidates: [Int], oncogenic: Set<Int>
    ) throws(InputError) -> [Miss] {
        let evidence = knowledge.evidence
        var near: [Int] = []
        for number in candidates where try evidence.granularity(number) >= 8 { near.append(number) }
        var misses: [Miss] = []
        var seen = Set<Int>()
        // More or fewer copies alone are no event of which the board is told.
        var told = profile
        told.alterations.removeAll { alteration in
            switch alteration.event {
            case .dosage(.gain), .dosage(.loss), .metabolizer: true
            default: false
            }
        }
        for gene in Self.genes(told).sorted() {
            let named = try evidence.numbers(.naming(gene: gene))
            var count = 0
            for number in near.filter(Set(named).contains) + named where count < Self.missLimit {
                guard seen.insert(number).inserted else { continue }
                let row = try evidence.row(number)
                // A change in the tumor never nearly meets how a pharmacogene's inherited copies work.
                guard row.gene == gene, row.isValid(on: date), row.criterion.namesEvent(in: gene) else {
                    continue
                }
                let outcome = evaluator(row, profile, oncogenic: oncogenic).evaluate(row.criterion)
                guard outcome.truth != .yes, let failure = outcome.failures.first,
                    // "No alteration of X" and "X was not measured" are no near misses.
                    !failure.seen.hasPrefix("no alteration of"),
                    outcome.truth == .no || !failure.seen.hasSuffix("not measured")
                else { continue }
                misses.append(
                    Miss(row: row, truth: outcome.truth, needed: failure.needed, seen: failure.seen))
                count += 1
            }
        }
        return misses
    }

    /// Rows of granularity 8 or more that would be met if `filtered` events counted too: never a match, never lost.
    ///
    /// - Throws: `InputError` where the index of the base cannot be read.
    public func filteredMatches(
        _ profile: MolecularProfile, filtered: [MolecularProfile.Alteration]
    ) throws(InputError) -> [Match] {
        guard !filtered.isEmpty else { return [] }
        var widened = profile
        widened.alterations += filtered
        let ids = Set(filtered.map(\.id))
        return try match(widened).matches.filter {
            $0.granularity >= 8 && !$0.isProbable && !ids.isDisjoint(with: $0.alterations)
        }
    }

    /// Whether one small variant is known by a row of granularity 8 or more, whatever else the row asks.
    ///
    /// - Throws: `InputError` where the index of the base cannot be read.
    public func isKnownHotspot(
        _ alteration: MolecularProfile.Alteration, in profile: MolecularProfile
    ) throws(InputError) -> Bool {
        var single = profile
        single.alterations = [alteration]
        var specific: [Int] = []
        for number in try candidates(single) where try knowledge.evidence.granularity(number) >= 8 {
            specific.append(number)
        }
        return !knownHotspots(single, try rows(specific)).isEmpty
    }

    // MARK: Candidates

    /// Genes in which something was found.
    private static func genes(_ profile: MolecularProfile) -> Set<String> {
        var genes = Set<String>()
        for alteration in profile.alterations {
            genes.insert(alteration.gene)
            if case .fusion(let five, let three) = alteration.event { genes.formUnion([five, three]) }
        }
        genes.remove("")
        return genes
    }

    /// The numbers of all rows that the profile may meet, ascending.
    private func candidates(_ profile: MolecularProfile) throws(InputError) -> [Int] {
        let evidence = knowledge.evidence
        var numbers = Set(try evidence.numbers(.withoutGene))
        for gene in Self.genes(profile) { numbers.formUnion(try evidence.numbers(.event(gene: gene))) }
        for alteration in profile.alterations {
            // A lost exon may meet a row of any granularity.
            if case .disruption = alteration.event {
                numbers.formUnion(try evidence.numbers(.naming(gene: alteration.gene)))
            }
            guard case .smallVariant(let variant, let consequences) = alteration.event else { continue }
            if let variant, let assembly = profile.assembly {
                numbers.formUnion(try evidence.rows(listing: variant, assembly))
            }
            guard let codons = codons(consequences) else {
                numbers.formUnion(try evidence.numbers(.naming(gene: alteration.gene)))
                continue
            }
            for codon in codons {
                numbers.formUnion(try evidence.numbers(.residue(gene: alteration.gene, codon: codon)))
            }
        }
        return numbers.sorted()
    }

    /// The longest change whose codons are looked up one by one.
    private static let longestChange = 1000

    /// The codons that a call alters, on whichever transcript rows may count them; nil where they are many.
    private func codons(_ consequences: [Consequence]) -> Set<Int>? {
        var codons = Set<Int>()
        for consequence in consequences {
            let counted = [consequence] + knowledge.numberings.compactMap { $0.renumbered(consequence) }
            for change in counted.compactMap(\.proteinChange) {
                guard change.last - change.first < Self.longestChange else { return nil }
                codons.formUnion(change.first...change.last)
            }
        }
        return codons
    }

    /// The rows of these numbers that hold on the day.
    private func rows(_ numbers: [Int]) throws(InputError) -> [EvidenceRow] {
        var rows: [EvidenceRow] = []
        for number in numbers {
            let row = try knowledge.evidence.row(number)
            if row.isValid(on: date) { rows.append(row) }
        }
        return rows
    }

    /// Events that meet a positive leaf of granularity 8 or more of any row.
    private func knownHotspots(_ profile: MolecularProfile, _ rows: [EvidenceRow]) -> Set<Int> {
        var known = Set<Int>()
        for row in rows where row.criterion.granularity >= 8 && knowledge.trial(of: row) == nil {
            let evaluator = evaluator(row, profile, oncogenic: [])
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
        case .origin(_, let leaf): [leaf]
        case .not, .wildtype: []
        default: [self]
        }
    }

    /// Whether a leaf asks for a skipped exon.
    fileprivate var asksForSkipping: Bool {
        positiveLeaves.contains { if case .exonSkipping = $0 { true } else { false } }
    }
}
