internal import Knowledge

/// One drug or combination with all that speaks for and against it in this patient, over all findings.
public struct TherapyLine: Codable, Hashable, Sendable {
    /// An item of evidence, by where it stands.
    public struct Reason: Codable, Hashable, Sendable {
        /// The finding's id.
        public var finding: String
        /// What people say: `BRAF p.V600E`, `TMB-H`.
        public var event: String
        /// The row's id.
        public var evidence: String
        /// What the row says of the drug: `sensitive`, `resistant`, `reduced`, `no_benefit`, `adverse`.
        public var direction: String
        /// AMP/ASCO/CAP tier that the item supports here.
        public var tier: Finding.Tier
        /// `on` or `off`.
        public var label: String
        /// True where the event only probably has the effect that the row asks for.
        public var isProbable: Bool?
    }

    /// Drugs as the best item writes them; those of a combination are joined by ` + `.
    public var therapy: String
    /// The best access that an item gives: `standard`, `approved_not_national`, `off_label`, `trial`, `none`.
    public var access: String
    /// Whether an item that counts speaks for it, and nothing contradicts that item.
    public var isTargetable: Bool
    /// What speaks for it, best first.
    public var supporting: [Reason]
    /// What speaks against it, best first.
    public var opposing: [Reason]

    /// The lines of a case: what can be given first by access, tier and specificity, then what is contradicted, then the rest.
    ///
    /// Left out is what speaks for a drug neither in this tumor type nor with a drug that can be had, and what speaks against it in another type.
    /// Harm that a drug does (`adverse`) stands beside every combination that has the drug; resistance to it alone does not.
    ///
    /// - Source: the project's specification, section 10.5 (one drug, one line with pros and cons).
    public static func lines(_ findings: [Finding]) -> [TherapyLine] {
        var items: [[String]: [(finding: Finding, item: Finding.Evidence, therapy: String)]] = [:]
        for finding in findings {
            for item in finding.evidence {
                guard item.label == "on" || item.direction == "sensitive" && item.access != "none" else {
                    continue
                }
                var seen = Set<[String]>()
                for therapy in item.therapies {
                    let drugs = EvidenceRow.drugs(of: therapy)
                    guard seen.insert(drugs).inserted else { continue }
                    items[drugs, default: []].append((finding, item, therapy))
                }
            }
        }
        let harmful = items.mapValues { $0.filter { $0.item.direction == "adverse" } }
            .filter { !$0.value.isEmpty }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        for (drugs, own) in items {
            for (part, harm) in harmful where part.count < drugs.count && Set(part).isSubset(of: drugs) {
                let told = Set(own.map(\.item.id))
                items[drugs, default: []] += harm.filter { !told.contains($0.item.id) }
            }
        }
        let lines = items.values.map { items -> (TherapyLine, Finding.Evidence) in
            // Findings stand in their order, so equal items do.
            let sorted = items.sorted { $0.item.sortKey < $1.item.sortKey }
            let reasons = sorted.map { Reason($0.finding, $0.item) }
            let helpful = sorted.filter { $0.item.direction == "sensitive" }
            let line = TherapyLine(
                therapy: (helpful.first ?? sorted[0]).therapy, access: helpful.first?.item.access ?? "none",
                isTargetable: sorted.contains { $0.item.isTargetable },
                supporting: reasons.filter { $0.direction == "sensitive" },
                opposing: reasons.filter { $0.direction != "sensitive" })
            return (line, (helpful.first ?? sorted[0]).item)
        }
        return lines.sorted { $0.0.order($0.1) < $1.0.order($1.1) }.map(\.0)
    }

    private func order(_ best: Finding.Evidence) -> (Int, Int, Int, Int, String) {
        let key = best.sortKey
        return (isTargetable ? 0 : supporting.isEmpty ? 2 : 1, key.1, key.2, key.3, therapy)
    }
}

extension TherapyLine.Reason {
    fileprivate init(_ finding: Finding, _ item: Finding.Evidence) {
        self.init(
            finding: finding.id,
            event: finding.gene.isEmpty ? finding.alteration : "\(finding.gene) \(finding.alteration)",
            evidence: item.id, direction: item.direction, tier: item.tier, label: item.label,
            isProbable: item.isProbable)
    }
}
