public import Biomarkers
internal import Consequences
public import Genome
public import Knowledge
internal import Variants

/// Makes findings of calls and measures: matches them to evidence, marks contradictions, decides driver, tier and
/// targetable.
///
/// 1. Calls that count become alterations of a profile, with the measures beside them.
/// 2. The matcher says which rows are met; each becomes an item as this patient sees it.
/// 3. A resistant item on-label contradicts sensitive items for the same drugs, unless on the same event the sensitive row is the
///    more specific one, or as specific and of a better tier.
/// 4. Driver, tier and targetable follow by the definitions in the design.
///
/// Calls that do not count are tried once more: where they would meet a row of granularity 8 or more, a
/// `filtered_match` warning is given, and no finding.
public struct FindingBuilder: Sendable {
    /// What came of it.
    public struct Output: Sendable {
        /// Findings in reading order.
        public var findings: [Finding] = []
        /// Rows that nearly matched, at most three a gene.
        public var nearMisses: [CaseSummary.NearMiss] = []
        /// Filtered matches and disagreements.
        public var warnings: [CaseSummary.Warning] = []
    }

    /// What counts as seen, and what it does to the copies of genes.
    public struct Hits: Sendable {
        fileprivate var calls: [ObservedCall]
        /// For each call.
        fileprivate var isPathogenic: [Bool]
        /// Somatic calls that do not count.
        fileprivate var filtered: [ObservedCall]
        fileprivate var dosages: [ObservedDosage]
        fileprivate var broken: [ObservedDisruption]
        fileprivate var usesDepthFilters: Bool
        fileprivate var statuses: [String: GeneStatus]

        /// Whether both copies are hit, by gene: those with a pathogenic call or no copy, and those of homologous recombination and
        /// mismatch repair.
        public var geneStatuses: [GeneStatus] { statuses.values.sorted { $0.gene < $1.gene } }
    }

    private let knowledge: KnowledgeBase
    private let view: EvidenceView
    private let matcher: EvidenceMatcher
    private let oncogenicity: OncogenicityRule
    private let twoHits: TwoHitRule
    private let panel: RegionSet?

    /// The genes whose loss of both copies makes homologous recombination fail.
    ///
    /// Source: the project's specification, section 4.8.
    public static let recombinationGenes = ["BRCA1", "BRCA2", "PALB2", "RAD51C", "RAD51D"]

    /// A builder for one patient's tumor type, country and day; `oncogenicity` by default with the base's gene roles alone; `panel` the
    /// regions of a panel that the findings are compared with.
    public init(
        _ knowledge: KnowledgeBase, view: EvidenceView, oncogenicity: OncogenicityRule? = nil,
        twoHits: TwoHitRule = TwoHitRule(profile: nil, purity: nil, isMale: false), panel: RegionSet? = nil
    ) {
        (self.twoHits, self.panel) = (twoHits, panel)
        self.knowledge = knowledge
        self.oncogenicity = oncogenicity ?? OncogenicityRule(roles: knowledge.roles)
        self.view = view
        matcher = EvidenceMatcher(knowledge, date: view.date)
    }

    /// Whether a truncated suppressor or a hotspot row makes this call a known driver (left out of the panel-like
    /// burden).
    ///
    /// - Throws: `InputError` where the index of the base cannot be read.
    public func isKnownDriver(_ call: ObservedCall, profile: MolecularProfile) throws(InputError) -> Bool {
        if oncogenicity.assess(call)?.isLikely == true { return true }
        return try matcher.isKnownHotspot(alteration(call, id: 0), in: profile)
    }

    /// Builds all findings; `profile` carries assembly, measures and what was assessed, its alterations are ignored.
    ///
    /// - Throws: `InputError` where the index of the base cannot be read.
    public func build(
        _ hits: Hits, pharmacogenes: [String: PharmacogeneCall] = [:], profile base: MolecularProfile
    ) throws(InputError) -> Output {
        var output = Output()
        let candidates = candidates(hits, pharmacogenes)
        var profile = base
        profile.alterations = candidates.map(\.alteration)
        profile.dosageGenes = Set(hits.dosages.filter { $0.copies.coveredFraction >= 0.9 }.map(\.gene))
        let result = try matcher.match(profile)

        var findings = candidates.map(\.finding)
        for (index, candidate) in candidates.enumerated() {
            let alteration = candidate.alteration
            // What a trial asks for says nothing about the alteration's part in the cancer.
            let isMatched = result.matches.contains {
                $0.alterations.contains(index) && $0.granularity >= 5 && !$0.isProbable
                    && knowledge.trial(of: $0.row) == nil
            }
            findings[index].isDriver =
                !alteration.isGermline && (alteration.isLikelyOncogenic || isMatched)
            if candidate.isHit, knowledge.roles[alteration.gene] != .oncogene {
                findings[index].biallelic = hits.statuses[alteration.gene]?.status.rawValue
            }
            findings[index].isOutsidePanel = candidate.places.flatMap(isOutside)
        }
        let genes = profile.alterations.map(\.gene)
        var genomeWide: [String: Finding] = [:]
        for match in result.matches {
            guard let item = try view.shown(match) else { continue }
            if match.alterations.isEmpty {
                let finding = Self.finding(of: match.row.criterion)
                genomeWide[finding.id, default: finding].evidence.append(item)
            }
            for index in owners(of: match, genes) { findings[index].evidence.append(item) }
        }
        findings += genomeWide.values
        findings = Self.concluded(findings)
        output.findings = findings.filter(Self.isReportable).sorted { Self.sortKey($0) < Self.sortKey($1) }
        output.findings = Self.withUniqueIds(output.findings)
        output.nearMisses = result.misses.map {
            .init(gene: $0.row.gene, evidence: $0.row.id, needed: $0.needed, seen: $0.seen)
        }
        output.warnings = try filteredWarnings(hits, profile: profile)
        output.warnings += Self.uncertain(hits.dosages) + Self.ambiguous(hits.calls)
        for disagreement in result.disagreements {
            let call = hits.calls[disagreement.alteration]
            output.warnings.append(
                .init(
                    code: "annotation_disagrees",
                    message:
                        "\(call.locus) is listed by \(disagreement.row.id) for \(disagreement.row.criterion), but "
                        + "the input's annotation says \(disagreement.seen); not matched."))
        }
        return output
    }

    /// What may be a finding, and what is matched of it.
    private struct Candidate {
        /// Its id is its place.
        var alteration: MolecularProfile.Alteration
        var finding: Finding
        /// Where it lies; nil for what no panel is asked about.
        var places: [GenomicInterval]?
        /// Whether it hits a copy of its gene, so that it is told whether both are hit.
        var isHit = false
    }

    /// All that counts: the calls first and in their order, then copies, disruptions and pharmacogenes.
    private func candidates(_ hits: Hits, _ pharmacogenes: [String: PharmacogeneCall]) -> [Candidate] {
        var all: [Candidate] = []
        for (call, isPathogenic) in zip(hits.calls, hits.isPathogenic) {
            var alteration = alteration(call, id: all.count)
            // Two changes of an oncogene mostly lie on one copy, and one is enough.
            if isPathogenic, knowledge.roles[call.gene] != .oncogene {
                alteration.isBiallelic = Self.truth(hits.statuses[call.gene])
            }
            all.append(
                Candidate(
                    alteration: alteration, finding: finding(call), places: [call.interval],
                    isHit: isPathogenic))
        }
        for dosage in hits.dosages where dosage.reasonNotUsable == nil {
            guard let alteration = alteration(dosage, id: all.count), let finding = Finding(dosage) else {
                continue
            }
            all.append(Candidate(alteration: alteration, finding: finding, places: [dosage.interval]))
        }
        for disruption in hits.broken {
            all.append(
                Candidate(
                    alteration: alteration(disruption, id: all.count, hits.statuses),
                    finding: Finding(disruption), places: disruption.places, isHit: disruption.isHit))
        }
        for (gene, call) in pharmacogenes.filter(\.value.isNotable).sorted(by: { $0.key < $1.key }) {
            all.append(
                Candidate(
                    alteration: MolecularProfile.Alteration(call, of: gene, id: all.count),
                    finding: Finding(call, of: gene)))
        }
        return all
    }

    /// Tells what counts of what was observed; `profile` carries the assembly.
    ///
    /// - Throws: `InputError` where the index of the base cannot be read.
    public func hits(
        _ calls: [ObservedCall], dosages: [ObservedDosage] = [], disruptions: [ObservedDisruption] = [],
        profile: MolecularProfile, usesDepthFilters: Bool
    ) throws(InputError) -> Hits {
        let usable = calls.filter { $0.reasonNotUsable(usesDepthFilters: usesDepthFilters) == nil }
        let broken = disruptions.filter {
            $0.disruption.isDisruptive && $0.reasonNotUsable(usesDepthFilters: usesDepthFilters) == nil
        }
        var isPathogenic: [Bool] = []
        for call in usable { isPathogenic.append(try self.isPathogenic(call, in: profile)) }
        return Hits(
            calls: usable, isPathogenic: isPathogenic,
            filtered: calls.filter {
                $0.origin == .somatic && $0.reasonNotUsable(usesDepthFilters: usesDepthFilters) != nil
            }, dosages: dosages, broken: broken, usesDepthFilters: usesDepthFilters,
            statuses: statuses(
                zip(usable, isPathogenic).filter(\.1).map(\.0), dosages, broken,
                tumorFractions: Self.tumorFractions(calls)))
    }

    /// The events that a match is shown under: those in the row's gene if there are any, else all.
    private func owners(of match: EvidenceMatcher.Match, _ genes: [String]) -> [Int] {
        let own = match.alterations.filter { genes[$0] == match.row.gene }
        return own.isEmpty ? match.alterations : own
    }

    private func alteration(_ call: ObservedCall, id: Int) -> MolecularProfile.Alteration {
        MolecularProfile.Alteration(
            id: id, gene: call.gene, event: .smallVariant(call.variant, call.consequences),
            isGermline: call.origin == .germline,
            isLikelyOncogenic: call.origin == .germline
                ? (call.pathogenicity?.class ?? 0) >= 4 : oncogenicity.assess(call)?.isLikely == true,
            isAnnotated: call.isAnnotated)
    }

    private func alteration(_ dosage: ObservedDosage, id: Int) -> MolecularProfile.Alteration? {
        let role = knowledge.roles[dosage.gene]
        let event: Criterion.DosageEvent
        var isLikely = false
        switch dosage.call.event {
        case .amplification: (event, isLikely) = (.amplification, role == .oncogene || role == .both)
        case .homozygousDeletion:
            (event, isLikely) = (.homozygousDeletion, role == .tumorSuppressor || role == .both)
        case .gain: event = .gain
        case .loss: event = .loss
        case nil: return nil
        }
        var alteration = MolecularProfile.Alteration(
            id: id, gene: dosage.gene, event: .dosage(event), isLikelyOncogenic: isLikely)
        if event == .homozygousDeletion { alteration.isBiallelic = .yes }
        return alteration
    }

    private func alteration(
        _ observed: ObservedDisruption, id: Int, _ statuses: [String: GeneStatus]
    ) -> MolecularProfile.Alteration {
        let disruption = observed.disruption
        let role = knowledge.roles[disruption.gene]
        var alteration = MolecularProfile.Alteration(
            id: id, gene: disruption.gene,
            event: .disruption(
                isLossOfFunction: observed.isHit, deletedExons: disruption.deletedExons),
            isLikelyOncogenic: observed.isHit && (role == .tumorSuppressor || role == .both))
        if observed.isHit, role != .oncogene {
            alteration.isBiallelic = Self.truth(statuses[disruption.gene])
        }
        return alteration
    }

    // MARK: Panel

    private func isOutside(_ places: [GenomicInterval]) -> Bool? {
        panel.map { panel in !places.contains(where: panel.overlaps) }
    }

    // MARK: Two hits

    /// A germline call of class 4 or 5, a somatic one that is likely oncogenic or known.
    private func isPathogenic(_ call: ObservedCall, in profile: MolecularProfile) throws(InputError) -> Bool {
        guard !call.gene.isEmpty else { return false }
        if call.origin == .germline { return (call.pathogenicity?.class ?? 0) >= 4 }
        return try isKnownDriver(call, profile: profile)
    }

    /// The fraction of the tumor's reads of each allele that the somatic file has, filtered or not.
    private static func tumorFractions(_ calls: [ObservedCall]) -> [Variant: Double] {
        var fractions: [Variant: Double] = [:]
        for call in calls where call.origin == .somatic && call.members.isEmpty {
            if let vaf = call.call.vaf { fractions[call.variant] = max(vaf, fractions[call.variant] ?? 0) }
        }
        return fractions
    }

    private func statuses(
        _ pathogenic: [ObservedCall], _ dosages: [ObservedDosage], _ broken: [ObservedDisruption],
        tumorFractions: [Variant: Double]
    ) -> [String: GeneStatus] {
        let hits = Dictionary(
            grouping: broken.filter { $0.isHit && knowledge.roles[$0.disruption.gene] != .oncogene },
            by: \.disruption.gene)
        let calls = Dictionary(grouping: pathogenic, by: \.gene)
        let copies = Dictionary(dosages.map { ($0.gene, $0) }, uniquingKeysWith: { first, _ in first })
        let deleted = dosages.filter { $0.call.event == .homozygousDeletion }.map(\.gene)
        var statuses: [String: GeneStatus] = [:]
        for gene in Set(calls.keys).union(deleted).union(hits.keys).union(Self.recombinationGenes)
            .union(HypermutationCause.repairGenes)
        {
            statuses[gene] = twoHits.status(
                of: gene, pathogenic: calls[gene] ?? [], dosage: copies[gene], broken: hits[gene] ?? [],
                tumorFractions: tumorFractions)
        }
        return statuses
    }

    private static func truth(_ status: GeneStatus?) -> Truth {
        switch status?.status {
        case .biallelic: .yes
        case .monoallelic, .some(.none): .no
        case .unknown, nil: .undetermined
        }
    }

    /// Somatic calls of which the normal has more reads than chance, but too few for an inherited variant.
    private static func ambiguous(_ calls: [ObservedCall]) -> [CaseSummary.Warning] {
        calls.filter { $0.normalStanding == .ambiguous }.map { call in
            .init(
                code: "ambiguous_origin",
                message:
                    "\(call.gene) \(call.locus): the normal has it in \(call.normalReads) reads: a mosaic, contamination, or tumor "
                    + "in the normal. It counts as somatic; look at the reads.")
        }
    }

    /// Amplifications and deletions that are not counted.
    private static func uncertain(_ dosages: [ObservedDosage]) -> [CaseSummary.Warning] {
        dosages.compactMap { dosage in
            guard let event = dosage.call.event, event == .amplification || event == .homozygousDeletion,
                let reason = dosage.reasonNotUsable
            else { return nil }
            return .init(
                code: "copy_number_uncertain",
                message:
                    "\(dosage.gene): \(event.rawValue.replacing("_", with: " ")) (\(dosage.call.rule)) is not counted: \(reason)."
            )
        }
    }

    private func finding(_ call: ObservedCall) -> Finding {
        let reported = call.reported
        let name = reported?.proteinChange?.shortName ?? ""
        let promoter = oncogenicity.promoterName(of: call).map { $0.isEmpty ? "" : "promoter \($0)" } ?? ""
        let alteration =
            [promoter, name, reported?.codingName ?? "", call.locus].first { !$0.isEmpty } ?? call.locus
        let place = "\(call.variant.contig)-\(call.variant.position + 1)"
        let change =
            call.variant.reference.isEmpty && call.variant.alternate.isEmpty
            ? "haplotype"
            : "\(call.variant.reference.isEmpty ? "ins" : call.variant.reference)-"
                + (call.variant.alternate.isEmpty ? "del" : call.variant.alternate)
        var finding = Finding(
            id: "\(call.origin.rawValue)-\(call.gene.isEmpty ? "allele" : call.gene)-\(place)-\(change)",
            kind: .smallVariant, origin: call.origin, gene: call.gene, alteration: alteration,
            locus: call.locus)
        if let reported {
            finding.transcript = reported.transcript.isEmpty ? nil : reported.transcript
            finding.hgvsc = Finding.name(reported.transcript, reported.codingName)
            finding.hgvsp = Finding.name(reported.protein, reported.proteinName)
            finding.consequence = reported.terms.map(\.rawValue)
        }
        finding.vaf = call.call.vaf.map { ($0 * 1e6).rounded() / 1e6 }
        finding.depth = call.call.depth
        if !call.members.isEmpty { finding.haplotype = call.members }
        finding.zygosity = call.zygosity
        finding.class = call.pathogenicity?.class
        finding.oncogenicity = oncogenicity.assess(call)
        finding.biallelic =
            call.origin == .germline
                || finding.oncogenicity?.isLikely == true && knowledge.roles[call.gene] != .oncogene
            ? "unknown" : nil
        return finding
    }

    /// The finding of a row that no event speaks for: a measure, or genes in which nothing was found.
    private static func finding(of criterion: Criterion) -> Finding {
        let name = criterion.measure?.rawValue ?? criterion.wildtypeName ?? criterion.description
        return Finding(
            id: "biomarker-\(name)", kind: .biomarker, origin: .somatic, gene: "", alteration: name, locus: ""
        )
    }

    // MARK: Conclusions

    /// Findings whose evidence is complete, with contradictions, tiers and targetable decided.
    static func concluded(_ findings: [Finding]) -> [Finding] {
        var findings = findings
        markContradictions(&findings)
        for index in findings.indices { conclude(&findings[index]) }
        return findings
    }

    private static func markContradictions(_ findings: inout [Finding]) {
        var resistant: [(finding: Int, drugs: [String], item: Finding.Evidence)] = []
        for (index, finding) in findings.enumerated() {
            for item in finding.evidence
            where item.direction == "resistant" && item.label == "on" && item.isProbable != true {
                resistant += item.therapies.map { (index, EvidenceRow.drugs(of: $0), item) }
            }
        }
        guard !resistant.isEmpty else { return }
        for index in findings.indices {
            for place in findings[index].evidence.indices
            where findings[index].evidence[place].direction == "sensitive" {
                let item = findings[index].evidence[place]
                let drugs = item.therapies.map(EvidenceRow.drugs)
                // All its drugs must be ruled out; one that remains keeps the item.
                findings[index].evidence[place].isContradicted = drugs.allSatisfy { own in
                    resistant.contains {
                        $0.drugs == own && ($0.finding != index || $0.item.outweighs(item))
                    }
                }
            }
        }
    }

    private static func conclude(_ finding: inout Finding) {
        finding.evidence.sort { $0.sortKey < $1.sortKey }
        // What a drug does to the patient says nothing about the tumor.
        guard finding.kind != .pharmacogenetic else { return }
        finding.targetable = finding.evidence.contains(where: \.isTargetable)
        let tiers = finding.evidence.filter { !$0.isContradicted }.map(\.tier)
        finding.tier = Finding.Tier.allCases.first { tiers.contains($0) } ?? .three
    }

    /// Germline calls are findings from class 4 on; somatic ones if driver, with evidence, or changing a protein.
    private static func isReportable(_ finding: Finding) -> Bool {
        if finding.kind == .pharmacogenetic { return true }
        if finding.origin == .germline {
            return (finding.class ?? 0) >= 4 || !finding.evidence.isEmpty && finding.class != nil
        }
        // More or fewer copies alone say little.
        if finding.kind == .copyNumber, ["gain", "loss"].contains(finding.alteration) {
            return !finding.evidence.isEmpty
        }
        return true
    }

    private static func sortKey(_ finding: Finding) -> (Int, String, Int, String, String, String) {
        (
            finding.targetable ? 0 : 1,
            String(repeating: "I", count: finding.tier == .four ? 4 : finding.tier.rawValue.count),
            finding.isDriver ? 0 : 1, finding.gene.isEmpty ? "~" : finding.gene, finding.locus, finding.id
        )
    }

    private static func withUniqueIds(_ findings: [Finding]) -> [Finding] {
        var seen: [String: Int] = [:]
        return findings.map { finding in
            var finding = finding
            let count = seen[finding.id, default: 0] + 1
            seen[finding.id] = count
            if count > 1 { finding.id += "-\(count)" }
            return finding
        }
    }

    // MARK: What did not match

    private func filteredWarnings(
        _ hits: Hits, profile: MolecularProfile
    ) throws(InputError) -> [CaseSummary.Warning] {
        let first = profile.alterations.count
        let alterations = hits.filtered.enumerated().map { alteration($1, id: first + $0) }
        var rows: [Int: [String]] = [:]
        for match in try matcher.filteredMatches(profile, filtered: alterations) {
            for id in match.alterations where id >= first {
                rows[id - first, default: []].append(match.row.id)
            }
        }
        return rows.keys.sorted().map { index in
            let call = hits.filtered[index]
            let name = call.reported?.proteinChange?.shortName ?? call.locus
            let reason = call.reasonNotUsable(usesDepthFilters: hits.usesDepthFilters) ?? ""
            return .init(
                code: "filtered_match",
                message:
                    "\(call.gene) \(name) at \(call.locus) would meet \((rows[index] ?? []).joined(separator: ", ")) "
                    + "but does not count: \(reason). Look at the reads before it is dismissed.")
        }
    }
}

extension Finding.Evidence {
    /// Whether this item speaks louder than another one on the same event: by a more specific row, or by one as specific of no lesser tier.
    fileprivate func outweighs(_ other: Self) -> Bool {
        let order = Finding.Tier.allCases
        return granularity > other.granularity
            || granularity == other.granularity
                && order.firstIndex(of: tier) ?? order.endIndex <= order.firstIndex(of: other.tier)
                    ?? order.endIndex
    }
}

extension Criterion {
    /// `KRAS, NRAS wild type`, where nothing else is asked.
    fileprivate var wildtypeName: String? {
        let parts: [Criterion]
        if case .and(let all) = self { parts = all } else { parts = [self] }
        var genes: [String] = []
        for part in parts {
            guard case .wildtype(let gene) = part else { return nil }
            genes.append(gene)
        }
        return genes.sorted().joined(separator: ", ") + " wild type"
    }

    /// The genome-wide measure that the criterion rests on, if it does.
    fileprivate var measure: BiomarkerName? {
        switch self {
        case .biomarker(let name, _, _): name
        case .and(let parts), .or(let parts): parts.lazy.compactMap(\.measure).first
        default: nil
        }
    }
}
