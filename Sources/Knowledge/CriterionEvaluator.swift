internal import Consequences
internal import Genome
public import Variants

/// Evaluates one row's criterion on one patient's profile.
///
/// Leaves are tested against alterations by residues and alleles, never by comparing names. Residues are counted
/// on the row's own transcript where the annotation has it, else on one whose offset is known, else on MANE Select, else on the first transcript
/// that the annotation gives for the gene. A missing measurement gives `undetermined`, never false.
struct CriterionEvaluator {
    /// What a criterion came to.
    struct Outcome {
        /// Whether it holds.
        var truth: Truth
        /// The most specific leaf that speaks for it.
        var granularity = 0
        /// Events that speak for it.
        var support: Set<Int> = []
        /// Leaves that failed: what was needed and what was seen.
        var failures: [(needed: String, seen: String)] = []
    }

    let row: EvidenceRow
    var profile: MolecularProfile
    let exons: [String: [Int: ClosedRange<Int>]]
    /// The last coding base (`c.`) of an exon, where it is known.
    var exonEnds: [String: [Int: Int]] = [:]
    let numberings: [TranscriptNumbering]
    /// Events that are likely oncogenic, or known by a row of granularity 8 or more.
    let oncogenic: Set<Int>
    /// Whether a change that probably makes an exon be skipped counts as one that does.
    var countsProbable = false

    func evaluate(_ criterion: Criterion) -> Outcome {
        switch criterion {
        case .and(let parts):
            return parts.map(evaluate).reduce(into: Outcome(truth: .yes)) {
                $0.join($1, truth: $0.truth && $1.truth)
            }
        case .or(let parts): return either(parts.map(evaluate))
        case .not(let inner):
            let outcome = evaluate(inner)
            let seen = outcome.truth == .yes ? "it is there" : "cannot be decided"
            return Outcome(
                truth: !outcome.truth, granularity: 1, support: [],
                failures: outcome.truth == .no ? [] : [(criterion.description, seen)])
        case .origin(let origin, let leaf): return evaluate(leaf, from: origin, criterion)
        case .wildtype(let gene): return wildtype(gene, criterion)
        case .biomarker(let name, let definition, let minimum):
            return biomarker(name, definition: definition, minimum: minimum, criterion)
        case .fusion, .dosage: return structural(criterion)
        case .metabolizer(let gene, let phenotype): return metabolizer(gene, phenotype, criterion)
        case .genomic(let assembly, let variant): return genomic(assembly, variant, criterion)
        default: return smallVariant(criterion)
        }
    }

    // MARK: Leaves

    /// A leaf on the events of one origin alone; where inherited variants were not looked for, it cannot be decided.
    private func evaluate(_ leaf: Criterion, from origin: Criterion.Origin, _ criterion: Criterion) -> Outcome
    {
        var part = self
        part.profile.alterations.removeAll { $0.isGermline != (origin == .germline) }
        var outcome = part.evaluate(leaf)
        guard outcome.truth != .yes else { return outcome }
        if origin == .germline, !profile.hasGermline {
            outcome.truth = .undetermined
            outcome.failures = [(criterion.description, "inherited variants not measured")]
        } else {
            let other = evaluate(leaf)
            let seen =
                other.truth == .yes
                ? "it is \(origin == .germline ? "of the tumor" : "inherited")" : outcome.failures.first?.seen
            outcome.failures = [(criterion.description, seen ?? "not found")]
        }
        return outcome
    }

    private func smallVariant(_ leaf: Criterion) -> Outcome {
        guard let gene = leaf.genes.first else { return Outcome(truth: .no) }
        var outcome = Outcome(truth: .no)
        var seen: [String] = []
        for alteration in profile.alterations {
            let verdict: Truth
            var granularity = leaf.granularity
            switch alteration.event {
            case .smallVariant(let variant, let consequences):
                if !alteration.isAnnotated {
                    guard gene == row.gene, let variant, isRowAllele(variant) else { continue }
                    (verdict, granularity) = (.yes, 10)
                } else {
                    guard alteration.gene == gene else { continue }
                    verdict = test(leaf, alteration, relevant(consequences))
                }
                if verdict != .yes { seen.append(describe(alteration, consequences)) }
            case .dosage(let event):
                guard alteration.gene == gene else { continue }
                if case .effect(_, .lossOfFunction, _) = leaf, event == .homozygousDeletion {
                    verdict = .yes
                } else {
                    verdict = leaf == .anyEvent(gene: gene) ? .yes : .no
                    // More or fewer copies are no answer to a question about a change of sequence.
                    if event == .amplification || event == .homozygousDeletion { seen.append(event.rawValue) }
                }
            case .disruption(let isLossOfFunction, let exons):
                guard alteration.gene == gene else { continue }
                verdict = test(leaf, alteration, isLossOfFunction: isLossOfFunction, exons)
                if verdict != .yes { seen.append("a rearrangement that breaks the gene") }
            case .fusion, .metabolizer: continue
            }
            outcome.truth = outcome.truth || verdict
            if verdict != .no {
                outcome.support.insert(alteration.id)
                outcome.granularity = max(outcome.granularity, granularity)
            }
        }
        if outcome.truth != .yes {
            outcome.failures = [
                (
                    leaf.description,
                    seen.isEmpty ? "no alteration of \(gene)" : seen.sorted().joined(separator: ", ")
                )
            ]
        }
        return outcome
    }

    private func test(
        _ leaf: Criterion, _ alteration: MolecularProfile.Alteration, _ consequences: [Consequence]
    ) -> Truth {
        switch leaf {
        case .protein(_, let wanted):
            return Truth(
                consequences.contains { $0.proteinChange.map { wanted.isContained(in: $0) } ?? false })
        case .codons(_, let codons, let kind):
            return Truth(
                consequences.contains { consequence in
                    guard let change = consequence.proteinChange, change.kind != .synonymous else {
                        return false
                    }
                    return codons.contains { change.alters($0) } && (kind?.contains(consequence) ?? true)
                })
        case .residues(_, let range, let kind):
            return Truth(
                consequences.contains { consequence in
                    guard let change = consequence.proteinChange, change.kind != .synonymous else {
                        return false
                    }
                    return change.first <= range.upperBound && change.last >= range.lowerBound
                        && (kind?.contains(consequence) ?? true)
                })
        case .exon(let gene, let exon, let kind):
            return Truth(consequences.contains { isIn($0, exon: exon, of: gene) && kind.contains($0) })
        case .exonSkipping(let gene, let exon):
            return Truth(consequences.contains { skips($0, exon: exon, of: gene) })
        case .effect(_, let kind, let isBiallelic):
            guard consequences.contains(where: { kind.contains($0) }) else { return .no }
            return isBiallelic ? alteration.isBiallelic : .yes
        case .oncogenic: return Truth(alteration.isLikelyOncogenic)
        case .anyEvent: return .yes
        default: return .no
        }
    }

    private func test(
        _ leaf: Criterion, _ alteration: MolecularProfile.Alteration, isLossOfFunction: Bool,
        _ exons: ClosedRange<Int>?
    ) -> Truth {
        switch leaf {
        case .effect(_, .lossOfFunction, let isBiallelic):
            guard isLossOfFunction else { return .no }
            return isBiallelic ? alteration.isBiallelic : .yes
        case .exonSkipping(_, let exon): return Truth(exons == exon...exon)
        case .oncogenic: return Truth(alteration.isLikelyOncogenic)
        case .anyEvent: return .yes
        default: return .no
        }
    }

    private func genomic(_ assembly: Assembly, _ variant: Variant, _ leaf: Criterion) -> Outcome {
        guard let own = profile.assembly, own == assembly else {
            return Outcome(
                truth: .undetermined,
                failures: [
                    (
                        leaf.description,
                        "the calls are on \(profile.assembly?.rawValue ?? "an unknown assembly")"
                    )
                ])
        }
        let wanted = variant.trimmed(keepingAnchor: false)
        let hits = profile.alterations.filter {
            if case .smallVariant(let found?, _) = $0.event { found.covers(wanted) } else { false }
        }
        guard !hits.isEmpty else {
            return Outcome(truth: .no, failures: [(leaf.description, "the allele is not called")])
        }
        return Outcome(truth: .yes, granularity: 10, support: Set(hits.map(\.id)))
    }

    private func structural(_ leaf: Criterion) -> Outcome {
        let hits = profile.alterations.filter { alteration in
            switch (leaf, alteration.event) {
            case (.fusion(let five, let three), .fusion(let foundFive, let foundThree)):
                (five == nil || five == foundFive) && (three == nil || three == foundThree)
            case (.dosage(let gene, let wanted), .dosage(let found)):
                gene == alteration.gene && wanted.includes(found)
            default: false
            }
        }
        if !hits.isEmpty {
            return Outcome(truth: .yes, granularity: leaf.granularity, support: Set(hits.map(\.id)))
        }
        let isMeasured =
            if case .dosage(let gene, _) = leaf {
                profile.hasCopyNumber || profile.dosageGenes.contains(gene)
            } else { profile.hasFusions }
        let what = if case .fusion = leaf { "fusions" } else { "copy number" }
        return Outcome(
            truth: isMeasured ? .no : .undetermined,
            failures: [(leaf.description, isMeasured ? "not found" : "\(what) not measured")])
    }

    /// A phenotype; where positions were not covered a lower one, or a normal one, cannot be decided.
    private func metabolizer(_ gene: String, _ wanted: MetabolizerPhenotype, _ leaf: Criterion) -> Outcome {
        for alteration in profile.alterations where alteration.gene == gene {
            guard case .metabolizer(let found, let isComplete) = alteration.event else { continue }
            let isOpen = !isComplete && (wanted == .normal || found.isAbove(wanted))
            if found == wanted, !isOpen {
                return Outcome(truth: .yes, granularity: leaf.granularity, support: [alteration.id])
            }
            let seen = found.rawValue + (isComplete ? "" : ", with positions not covered")
            return Outcome(truth: isOpen ? .undetermined : .no, failures: [(leaf.description, seen)])
        }
        return Outcome(
            truth: .undetermined, failures: [(leaf.description, "\(gene) was not measured")])
    }

    private func biomarker(
        _ name: Criterion.BiomarkerName, definition: String?, minimum: Double?, _ leaf: Criterion
    ) -> Outcome {
        if profile.states[name] == .yes { return Outcome(truth: .yes, granularity: 3) }
        if let definition, let minimum, let value = profile.values[definition] {
            guard value < minimum else { return Outcome(truth: .yes, granularity: 3) }
            let hundredths = (value * 100).rounded() / 100
            return Outcome(truth: .no, failures: [(leaf.description, "\(definition) is \(hundredths)")])
        }
        let state = profile.states[name] ?? .undetermined
        return Outcome(
            truth: state,
            failures: [(leaf.description, state == .no ? "not \(name.rawValue)" : "not computed")])
    }

    private func wildtype(_ gene: String, _ leaf: Criterion) -> Outcome {
        let altered = profile.alterations.filter {
            $0.gene == gene && !$0.isGermline && oncogenic.contains($0.id)
        }
        if !altered.isEmpty {
            let seen = altered.map { alteration in
                switch alteration.event {
                case .smallVariant(_, let consequences): describe(alteration, consequences)
                case .disruption: "a rearrangement that breaks the gene"
                case .dosage, .fusion, .metabolizer: "a change of dosage"
                }
            }
            return Outcome(truth: .no, failures: [(leaf.description, seen.sorted().joined(separator: ", "))])
        }
        if profile.assessableGenes.contains(gene) { return Outcome(truth: .yes, granularity: 2) }
        return Outcome(
            truth: .undetermined,
            failures: [(leaf.description, "no callable regions given, so \(gene) cannot be called wild type")]
        )
    }

    private func either(_ outcomes: [Outcome]) -> Outcome {
        var joined = Outcome(truth: .no)
        for outcome in outcomes {
            let truth = joined.truth || outcome.truth
            // Only the parts that make it true speak for it.
            if outcome.truth == .yes || joined.truth != .yes, outcome.truth != .no {
                if outcome.truth == .yes, joined.truth != .yes {
                    joined = Outcome(truth: truth, failures: joined.failures)
                }
                joined.support.formUnion(outcome.support)
                joined.granularity = max(joined.granularity, outcome.granularity)
            }
            joined.truth = truth
            joined.failures += outcome.failures
        }
        if joined.truth == .yes { joined.failures = [] }
        return joined
    }

    // MARK: Residues and alleles

    /// The consequences on the transcript on which the row counts residues.
    func relevant(_ consequences: [Consequence]) -> [Consequence] {
        let wanted = row.transcript.prefix { $0 != "." }
        if !wanted.isEmpty {
            let own = consequences.filter { $0.transcript.prefix { $0 != "." } == wanted }
            if !own.isEmpty { return own }
            for numbering in numberings where numbering.transcript == wanted {
                let renumbered = consequences.compactMap(numbering.renumbered)
                if !renumbered.isEmpty { return renumbered }
            }
        }
        for isChosen in [\Consequence.isMANESelect, \Consequence.isCanonical] {
            let chosen = consequences.filter { $0[keyPath: isChosen] }
            if !chosen.isEmpty { return chosen }
        }
        return consequences.first.map { [$0] } ?? []
    }

    /// Whether a call is one of the alleles that the row lists for the profile's assembly.
    func isRowAllele(_ variant: Variant) -> Bool {
        guard let assembly = profile.assembly else { return false }
        return row.alleles[assembly]?.contains(variant) ?? false
    }

    private func isIn(_ consequence: Consequence, exon: Int, of gene: String) -> Bool {
        guard let residues = exons[gene]?[exon] else { return consequence.exon == exon }
        guard let change = consequence.proteinChange else { return false }
        return change.first <= residues.upperBound && change.last >= residues.lowerBound
    }

    private func skips(_ consequence: Consequence, exon: Int, of gene: String) -> Bool {
        guard let residues = exons[gene]?[exon] else { return false }
        let verdict = ExonSkipping(residues: residues, lastBase: exonEnds[gene]?[exon]).verdict(consequence)
        return verdict == .skipped || countsProbable && verdict == .probable
    }

    private func describe(_ alteration: MolecularProfile.Alteration, _ consequences: [Consequence]) -> String
    {
        guard let consequence = relevant(consequences).first else { return "an allele without annotation" }
        let name = consequence.proteinChange?.shortName ?? consequence.codingName
        return "\(name.isEmpty ? "an alteration" : name) (\(AlterationClass.names(of: consequence)))"
    }
}

extension CriterionEvaluator.Outcome {
    fileprivate mutating func join(_ other: Self, truth: Truth) {
        self.truth = truth
        granularity = max(granularity, other.granularity)
        support.formUnion(other.support)
        failures += other.failures
    }
}

extension ProteinChange {
    /// Whether `found` is this change, or contains it residue by residue where lengths are equal.
    func isContained(in found: ProteinChange) -> Bool {
        if isSameChange(as: found) { return true }
        if kind == .frameshift, alternate.isEmpty {
            return found.kind == .frameshift && first == found.first
                && reference.first == found.reference.first
        }
        let wanted = substitutions, there = found.substitutions
        guard !wanted.isEmpty, found.kind == .missense || found.kind == .nonsense else { return false }
        return wanted.allSatisfy { one in
            there.contains {
                $0.position == one.position && $0.to == one.to && ($0.from == nil || $0.from == one.from)
            }
        }
    }

    /// Whether the residue at `codon` is altered; an insertion alters neither neighbor.
    func alters(_ codon: Int) -> Bool {
        guard first <= codon, codon <= last, kind != .inframeInsertion else { return false }
        let substitutions = substitutions
        return substitutions.isEmpty || substitutions.contains { $0.position == codon && $0.from != $0.to }
    }
}

extension Criterion.DosageEvent {
    /// Whether an event meets this one: many copies are more, and no copy is fewer.
    func includes(_ found: Self) -> Bool {
        self == found || self == .gain && found == .amplification
            || self == .loss && found == .homozygousDeletion
    }
}

extension Variant {
    /// Whether this call makes the wanted change, alone or as part of a multi-base substitution.
    public func covers(_ wanted: Variant) -> Bool {
        if self == wanted { return true }
        guard contig == wanted.contig, reference.utf8.count == alternate.utf8.count,
            wanted.reference.utf8.count == wanted.alternate.utf8.count,
            position <= wanted.position, range.upperBound >= wanted.range.upperBound
        else { return false }
        let offset = wanted.position - position
        let length = wanted.reference.utf8.count
        return reference.utf8.dropFirst(offset).prefix(length).elementsEqual(wanted.reference.utf8)
            && alternate.utf8.dropFirst(offset).prefix(length).elementsEqual(wanted.alternate.utf8)
    }
}
