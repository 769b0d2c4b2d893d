internal import Biomarkers
public import Cases
internal import Knowledge

/// Counts of patients by what was found, per indication, over many cases.
///
/// 1. Of several biopsies of one patient the first counts; the others are counted as left out. A case without
///    a patient is its own patient.
/// 2. Patients are split by indication; those outside the five stand under `none`, everybody under `all`.
/// 3. Within a row every count is over the assessable patients; the others appear with their reasons only. A
///    patient counts once in a count, however many findings there are.
/// 4. The published expectation of the indication is compared with the count by whose definition it was
///    published.
///
/// A measure that no case of a row had computed is nil, never 0, and has its own total: burdens, for
/// instance, may be missing from some of the assessable. Rows are not compared with each other, and `all`
/// is compared with no expectation.
public struct CohortSummary: Codable, Hashable, Sendable {
    /// One indication, `none` (no indication applies) or `all`.
    public struct Row: Codable, Hashable, Sendable {
        /// The indication.
        public var indication: String
        /// Patients.
        public var patients: Int
        /// Patients with an assessable result.
        public var assessable: Int
        /// Reasons why the others are not, with counts.
        public var notAssessable: [String: Int]
        /// A driver was found.
        public var driver: Proportion
        /// At least one targetable finding.
        public var targetable: Proportion
        /// At least one targetable finding on-label.
        public var targetableOnLabel: Proportion
        /// At least one targetable finding besides a high mutational burden.
        public var targetableWithoutTMB: Proportion
        /// The published expectation for this indication.
        public var expectation: Expectation?
        /// `consistent`, `above`, `below`, `unknown expectation`, `too few patients`, or empty without
        /// expectation.
        public var verdict: String
        /// The exact two-sided p value against the expectation.
        public var pValue: Double?
        /// Patients by their best tier; `none` without evidence.
        public var tiers: [String: Int]
        /// Patients by their best access bin over sensitive, uncontradicted items; `none` without one.
        public var access: [String: Int]
        /// Patients by the best label of a targetable item: `on`, `off`, `none`.
        public var label: [String: Int]
        /// Patients with a sensitive, uncontradicted item that leads to a trial, whatever else they have.
        public var trial: Int
        /// Patients with a germline finding of class 4 or 5; says something only of ``germlineAssessed``.
        public var germlineClass4or5: Int
        /// Assessable patients whose germline input was read.
        public var germlineAssessed: Int
        /// Patients with a pharmacogenetic DPYD finding; nil where DPYD was called of nobody and nobody has a pharmacogenetic finding,
        /// which is then no 0.
        public var dpyd: Int?
        /// Patients with a high burden (panel-like, else genome-wide); nil where none was computed.
        public var tmbHigh: Proportion?
        /// Patients with microsatellite instability, of those for whom it was told; nil where it was told of nobody.
        public var msi: Proportion?
        /// Patients with a scar sum of 42 or more, of those whose scars were counted; nil where nobody's were.
        public var hrd: Proportion?
    }

    /// The version of the layout.
    public var schemaVersion = 1
    /// Cases read.
    public var cases: Int
    /// Cases left out because an earlier biopsy of the patient counts.
    public var laterBiopsies: Int
    /// The five indications in their order, then `none` if there is one, then `all`.
    public var rows: [Row]

    /// Counts cases.
    public init(cases all: [CaseSummary], expectations: [Expectation]) {
        let patients = Self.firstBiopsies(all)
        cases = all.count
        laterBiopsies = all.count - patients.count
        var names = Indication.allCases.map(\.rawValue)
        if patients.contains(where: { !names.contains($0.case.indication) }) { names.append("none") }
        let known = Set(Indication.allCases.map(\.rawValue))
        rows = names.map { name in
            let own = patients.filter {
                (known.contains($0.case.indication) ? $0.case.indication : "none") == name
            }
            return Self.row(
                name, own, expectations.first { $0.indication == name && $0.measure == "targetable" })
        }
        rows.append(Self.row("all", patients, nil))
    }

    /// One case a patient: the lowest biopsy number, then the earliest date, then the id.
    public static func firstBiopsies(_ cases: [CaseSummary]) -> [CaseSummary] {
        func key(_ summary: CaseSummary) -> (Int, String, String) {
            (
                summary.case.biopsy?.number ?? 1,
                summary.case.biopsy?.date ?? summary.case.received ?? "9999",
                summary.case.id
            )
        }
        return Dictionary(grouping: cases, by: \.patientKey)
            .compactMap { patient, own in own.min { key($0) < key($1) }.map { (patient, $0) } }
            .sorted { $0.0 < $1.0 }.map(\.1)
    }

    private static func row(_ name: String, _ patients: [CaseSummary], _ expectation: Expectation?) -> Row {
        let assessable = patients.filter(\.assessment.isAssessable)
        func proportion(_ holds: (CaseSummary) -> Bool) -> Proportion {
            Proportion(count: assessable.count(where: holds), total: assessable.count)
        }
        var reasons: [String: Int] = [:]
        for patient in patients where !patient.assessment.isAssessable {
            for reason in patient.assessment.reasons { reasons[reason, default: 0] += 1 }
        }
        let targetable = proportion(\.isTargetable)
        let burdens = assessable.compactMap(\.isBurdenHigh)
        let unstable = assessable.compactMap(\.biomarkers.msi.isUnstable)
        let scars = assessable.compactMap(\.biomarkers.hrd.isScarSumHigh)
        var row = Row(
            indication: name, patients: patients.count, assessable: assessable.count, notAssessable: reasons,
            driver: proportion(\.hasDriver), targetable: targetable,
            targetableOnLabel: proportion(\.isTargetableOnLabel),
            targetableWithoutTMB: proportion(\.isTargetableWithoutTMB), expectation: expectation, verdict: "",
            pValue: nil,
            tiers: counts(assessable, \.bestTier), access: counts(assessable, \.bestAccess),
            label: counts(assessable, \.bestLabel),
            trial: assessable.count { $0.accessBins.contains("trial") },
            germlineClass4or5: assessable.count {
                $0.findings.contains { $0.origin == .germline && ($0.class ?? 0) >= 4 }
            },
            germlineAssessed: assessable.count { $0.counts.germline != nil }, dpyd: dpyd(assessable),
            tmbHigh: burdens.isEmpty ? nil : Proportion(count: burdens.count { $0 }, total: burdens.count),
            msi: unstable.isEmpty ? nil : Proportion(count: unstable.count { $0 }, total: unstable.count),
            hrd: scars.isEmpty ? nil : Proportion(count: scars.count { $0 }, total: scars.count))
        if let expectation {
            let compared: Proportion? =
                switch expectation.definition {
                case "targetable": row.targetable
                case "targetableOnLabel": row.targetableOnLabel
                case "targetableWithoutTMB": row.targetableWithoutTMB
                case "driver": row.driver
                default: nil
                }
            if let value = expectation.value, let compared {
                row.verdict = compared.verdict(against: value)?.rawValue ?? "too few patients"
                row.pValue =
                    compared.total < Proportion.minimumForVerdict
                    ? nil : (compared.binomialP(against: value) * 1e6).rounded() / 1e6
            } else {
                row.verdict = "unknown expectation"
            }
        }
        return row
    }

    private static func dpyd(_ patients: [CaseSummary]) -> Int? {
        let findings = patients.map { $0.findings.filter { $0.kind == .pharmacogenetic } }
        let isCalled = patients.contains { $0.pharmacogenes?["DPYD"]?.phenotype != nil }
        guard isCalled || findings.contains(where: { !$0.isEmpty }) else { return nil }
        return findings.count { $0.contains { $0.gene == "DPYD" } }
    }

    private static func counts(_ patients: [CaseSummary], _ value: (CaseSummary) -> String) -> [String: Int] {
        Dictionary(grouping: patients, by: value).mapValues(\.count)
    }
}

extension CaseSummary {
    /// What tells patients apart: the pseudonym, or the case where there is none.
    fileprivate var patientKey: String {
        self.case.patient.isEmpty ? "case " + self.case.id : self.case.patient
    }
    /// A somatic event is a driver.
    var hasDriver: Bool { findings.contains(where: \.isDriver) }
    /// At least one targetable finding.
    var isTargetable: Bool { findings.contains(where: \.targetable) }
    /// At least one finding with a targetable item that is on-label.
    var isTargetableOnLabel: Bool { findings.contains { $0.evidence.contains(where: \.isTargetableOnLabel) } }
    /// At least one targetable finding other than a high burden.
    var isTargetableWithoutTMB: Bool { findings.contains { $0.targetable && $0.alteration != "TMB-H" } }

    /// The panel-like burden's class, else the genome-wide one's; nil if neither was computed, and where an upper bound reaches the cut-off.
    var isBurdenHigh: Bool? {
        for id in ["tmb_panel_like", "tmb_genome_hmf"] {
            if let burden = biomarkers.tmb.first(where: { $0.id == id }), burden.value != nil {
                return burden.classification.map { $0 == "high" }
            }
        }
        return nil
    }

    /// The best tier among findings with evidence, or `none`.
    var bestTier: String {
        let tiers = Set(findings.filter { !$0.evidence.isEmpty && $0.kind != .pharmacogenetic }.map(\.tier))
        return Finding.Tier.allCases.first { tiers.contains($0) }?.rawValue ?? "none"
    }

    /// Access bins of sensitive, uncontradicted items; a criterion of granularity 1 is too unspecific to
    /// count.
    var accessBins: Set<String> {
        let items = findings.flatMap(\.evidence).filter {
            $0.direction == "sensitive" && !$0.isContradicted && $0.granularity > 1
        }
        return Set(items.map(\.access))
    }

    /// The best access bin, or `none`.
    var bestAccess: String {
        let bins = accessBins
        return ["standard", "approved_not_national", "off_label", "trial"].first { bins.contains($0) }
            ?? "none"
    }

    /// `on` if a targetable item is on-label, else `off` if there is one at all, else `none`.
    var bestLabel: String {
        let items = findings.flatMap(\.evidence).filter(\.isTargetable)
        if items.contains(where: { $0.label == "on" }) { return "on" }
        return items.isEmpty ? "none" : "off"
    }
}
