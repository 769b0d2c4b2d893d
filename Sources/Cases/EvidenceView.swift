public import Genome
public import Knowledge

/// Sees a knowledge-base row from one patient: relation of the tumor types, label, access, tier.
///
/// Access bins are those of the country profile: the agency says whether a drug is approved, the payer whether it
/// is offered. A decision without a date, or dated after the report, does not count. A trial is `trial` where it recruits
/// in that country, else `none`.
public struct EvidenceView: Sendable {
    /// Approving agency and payer.
    public let country: KnowledgeBase.Country
    /// The day of the report, ISO 8601.
    public let date: String
    /// OncoTree code of the patient's tumor.
    public let tumorType: String
    private let knowledge: KnowledgeBase
    private var tumorTypes: TumorTypes { knowledge.tumorTypes }

    /// A view for one patient, country and day.
    public init(_ knowledge: KnowledgeBase, country: KnowledgeBase.Country, date: String, tumorType: String) {
        self.country = country
        self.date = date
        self.tumorType = tumorType
        self.knowledge = knowledge
    }

    /// The item that the board sees for a row that was met.
    ///
    /// - Throws: `InputError` where the index of the base cannot be read.
    public func item(_ match: EvidenceMatcher.Match) throws(InputError) -> Finding.Evidence {
        let row = match.row
        let relation = tumorTypes.relation(
            patient: tumorType, types: row.tumorTypes, excluded: row.excludedTumorTypes)
        let isExcluded = isExcluded(row)
        let isOnLabel = relation.relation == .same || relation.relation == .ancestor
        let approval = row.approval(by: country.agency, on: date)
        let decision = row.decision(of: country.payer, on: date)
        let isTrial = knowledge.trial(of: row) != nil
        return Finding.Evidence(
            source: row.source, id: row.id, therapies: row.therapies, direction: row.direction.rawValue,
            levels: Finding.Evidence.Levels(
                civic: row.civic, amp: row.amp, escat: row.escat, oncokb: row.oncokb, oxford: row.oxford,
                escatProposed: isExcluded ? nil : Self.proposedESCAT(row, relation.relation)),
            tumorType: relation.type, relation: relation.relation.rawValue, label: isOnLabel ? "on" : "off",
            access: try access(
                row, isOnLabel: isOnLabel, isPossible: relation.relation == .possible, isExcluded: isExcluded),
            granularity: match.granularity, isVerified: row.isVerified, citations: row.citations,
            criterion: row.criterion.description, path: path(to: relation, isExcluded: isExcluded),
            isContradicted: false, isProbable: match.isProbable ? true : nil, note: row.note,
            approvals: isTrial
                ? []
                : [approval?.description ?? "\(country.agency): no dated approval for these tumor types"],
            nationalDecisions: isTrial ? [] : [decision?.description ?? "\(country.payer): not_assessed"])
    }

    /// The item that the board sees, or nil for a trial of another tumor type, which would only be in the way.
    ///
    /// - Throws: `InputError` where the index of the base cannot be read.
    public func shown(_ match: EvidenceMatcher.Match) throws(InputError) -> Finding.Evidence? {
        let item = try item(match)
        guard knowledge.trial(of: match.row) != nil else { return item }
        return item.label == "on" || item.relation == "possible" ? item : nil
    }

    /// The ESCAT tiers that a row's CIViC and OncoKB levels come nearest to; nil where a curator entered one, or nothing can be
    /// proposed. Raters agree poorly on ESCAT, so it is never more than a proposal.
    ///
    /// - Source: the project's crosswalk of scales (specification 9.5); ESCAT: Mateo et al., Ann Oncol 2018 (PMC6158764).
    static func proposedESCAT(_ row: EvidenceRow, _ relation: TumorTypes.Relation) -> String? {
        guard row.escat.isEmpty, row.direction == .sensitive, relation != .possible else { return nil }
        let isSame = relation == .same || relation == .ancestor
        switch row.civic {
        case "A" where isSame: return row.oncokb == "2" ? "I-B/I-C" : "I-A/I-B/I-C"
        case "B" where isSame: return "II-A/II-B"
        case "A", "B": return "III-A"
        case "D", "E": return "IV-A/IV-B"
        default: return nil
        }
    }

    /// Whether the patient's type lies under an excluded one.
    private func isExcluded(_ row: EvidenceRow) -> Bool {
        let path = tumorTypes.path(of: tumorType)
        return row.excludedTumorTypes.contains { path.contains($0) }
    }

    private func access(
        _ row: EvidenceRow, isOnLabel: Bool, isPossible: Bool, isExcluded: Bool
    ) throws(InputError) -> String {
        guard row.direction == .sensitive, !isExcluded else { return "none" }
        if let trial = knowledge.trial(of: row) {
            return isOnLabel && trial.takesPatients(in: country.id) ? "trial" : "none"
        }
        if isOnLabel, row.approval(by: country.agency, on: date) != nil {
            let isPaid = row.decision(of: country.payer, on: date)?.status == "recommended"
            return isPaid ? "standard" : "approved_not_national"
        }
        if isPossible { return "none" }
        for therapy in row.therapies where try isApprovedAnywhere(therapy) { return "off_label" }
        return "none"
    }

    /// A combination is available if it is approved as such, or each of its drugs is.
    private func isApprovedAnywhere(_ therapy: String) throws(InputError) -> Bool {
        if try knowledge.evidence.isApproved(therapy, by: country.agency, on: date) { return true }
        let parts = EvidenceRow.drugs(of: therapy)
        guard parts.count > 1 else { return false }
        for part in parts where try !knowledge.evidence.isApproved(part, by: country.agency, on: date) {
            return false
        }
        return true
    }

    private func path(to relation: (relation: TumorTypes.Relation, type: String), isExcluded: Bool) -> String
    {
        let own = tumorTypes.path(of: tumorType)
        if isExcluded { return own.joined(separator: " → ") + " (excluded by the row)" }
        switch relation.relation {
        case .same: return tumorType
        case .ancestor:
            let end = own.firstIndex(of: relation.type) ?? own.count - 1
            return own[...end].joined(separator: " → ")
        case .possible:
            let below = tumorTypes.path(of: relation.type)
            let end = below.firstIndex(of: tumorType) ?? below.count - 1
            return below[...end].reversed().joined(separator: " ← ") + " (code too coarse to say)"
        case .other: return "\(own.joined(separator: " → ")) is not \(relation.type)"
        }
    }
}

extension Finding.Evidence {
    /// On-label for this tumor type with a level that counts: CIViC A or B, OncoKB 1, 2 or 3A, ESCAT I or II, or an
    /// approval for this tumor type.
    var isStrongOnLabel: Bool {
        guard label == "on" else { return false }
        return ["A", "B"].contains(levels.civic) || ["1", "2", "3A"].contains(levels.oncokb)
            || ["I", "II"].contains(levels.escat.prefix { $0 == "I" }) && !levels.escat.hasPrefix("III")
            || access == "standard" || access == "approved_not_national"
    }

    /// Sensitive, not contradicted, certain, and on-label or with a drug approved for another tumor type.
    public var isTargetable: Bool { isHopeful && (isStrongOnLabel || access == "off_label") }

    /// Sensitive, not contradicted, certain, and on-label.
    public var isTargetableOnLabel: Bool { isHopeful && isStrongOnLabel }

    private var isHopeful: Bool {
        direction == "sensitive" && !isContradicted && isProbable != true && granularity > 1
    }

    /// The AMP/ASCO/CAP tier that this item supports in this patient.
    ///
    /// On-label the row's own AMP level decides, else CIViC (A and B are tier I, C and D tier II). In another tumor
    /// type level A or B evidence is AMP level C, so tier II; weaker evidence leaves the finding in tier III.
    var tier: Finding.Tier {
        guard granularity > 1, isProbable != true else { return .three }
        if label == "on" {
            if levels.amp.hasPrefix("I-") { return .one }
            if levels.amp.hasPrefix("II-") { return .two }
            if isStrongOnLabel || ["R1"].contains(levels.oncokb) { return .one }
            return ["C", "D"].contains(levels.civic) ? .two : .three
        }
        guard relation == "other", access != "none" || direction != "sensitive" else { return .three }
        let isStrong = ["A", "B"].contains(levels.civic) || levels.amp.hasPrefix("I-")
        return isStrong && direction == "sensitive" ? .two : .three
    }

    /// Order in which the board reads: access, then tier, then specificity, then id.
    var sortKey: (Int, Int, Int, Int, String) {
        let accesses = ["standard", "approved_not_national", "off_label", "trial", "none"]
        let tiers: [Finding.Tier: Int] = [.one: 0, .two: 1, .three: 2, .four: 3]
        return (
            direction == "resistant" && label == "on" ? 0 : 1, accesses.firstIndex(of: access) ?? 9,
            tiers[tier] ?? 9,
            -granularity, id
        )
    }
}
