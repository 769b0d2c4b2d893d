public import Cases
internal import Knowledge

/// Counts of patients by one or two dimensions, of first biopsies only.
///
/// A patient stands in one group of most dimensions, but in one for each gene or therapy, so those groups do
/// not add up. `targetable` is about the patient: a TP53 group counts patients with TP53 who are targetable
/// by any finding.
public struct CohortTable: Codable, Hashable, Sendable {
    /// What patients are grouped by.
    public enum Dimension: String, Codable, Hashable, Sendable, CaseIterable {
        /// The indication.
        case indication
        /// The region.
        case region
        /// The month of receipt (`YYYY-MM`), else of the biopsy, else `unknown`.
        case month
        /// The tumor type's code.
        case tumorType = "tumor-type"
        /// Genes of drivers and targetable findings; a patient counts in each.
        case gene
        /// Drugs of targetable items; a patient counts in each.
        case therapy
    }

    /// One group.
    public struct Row: Codable, Hashable, Sendable {
        /// The group's values, in the order of the dimensions.
        public var keys: [String]
        /// Patients.
        public var patients: Int
        /// Patients with an assessable result.
        public var assessable: Int
        /// Targetable patients among them.
        public var targetable: Proportion
    }

    /// The dimensions.
    public var dimensions: [Dimension]
    /// Groups, sorted by their values.
    public var rows: [Row]

    /// Groups the first biopsies of patients.
    public init(cases: [CaseSummary], by dimensions: [Dimension]) {
        self.dimensions = dimensions
        var groups: [[String]: [CaseSummary]] = [:]
        for patient in CohortSummary.firstBiopsies(cases) {
            var keys: [[String]] = [[]]
            for dimension in dimensions {
                keys = keys.flatMap { key in Self.values(patient, dimension).map { key + [$0] } }
            }
            for key in keys { groups[key, default: []].append(patient) }
        }
        rows = groups.map { key, patients in
            let assessable = patients.filter(\.assessment.isAssessable)
            return Row(
                keys: key, patients: patients.count, assessable: assessable.count,
                targetable: Proportion(
                    count: assessable.count(where: \.isTargetable), total: assessable.count))
        }
        .sorted { $0.keys.lexicographicallyPrecedes($1.keys) }
    }

    private static func values(_ patient: CaseSummary, _ dimension: Dimension) -> [String] {
        switch dimension {
        case .indication:
            let known = Indication(rawValue: patient.case.indication)
            return [known?.rawValue ?? "none"]
        case .region: return [Self.known(patient.case.region) ?? "unknown"]
        case .month:
            return [month(patient.case.received) ?? month(patient.case.biopsy?.date) ?? "unknown"]
        case .tumorType: return [Self.known(patient.case.tumorType.code) ?? "unknown"]
        case .gene:
            let genes = Set(
                patient.findings.filter { $0.isDriver || $0.targetable }.map {
                    $0.gene.isEmpty ? $0.alteration : $0.gene
                })
            return genes.isEmpty ? ["none"] : genes.sorted()
        case .therapy:
            let drugs = Set(patient.findings.flatMap(\.evidence).filter(\.isTargetable).flatMap(\.therapies))
            return drugs.isEmpty ? ["none"] : drugs.sorted()
        }
    }

    private static func known(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    /// `YYYY-MM` of an ISO 8601 date; nil for anything else.
    private static func month(_ date: String?) -> String? {
        guard let date, date.count >= 7 else { return nil }
        let parts = date.prefix(7).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2], parts.allSatisfy({ $0.allSatisfy("0123456789".contains) }) else {
            return nil
        }
        return String(date.prefix(7))
    }

    /// Tab-separated text with a header.
    public var tsv: String {
        let header =
            dimensions.map(\.rawValue) + ["patients", "assessable", "targetable", "targetableWilson95"]
        let lines = rows.map { row in
            row.keys + [
                String(row.patients), String(row.assessable), String(row.targetable.count),
                CohortSummary.percent(row.targetable.wilson95),
            ]
        }
        return ([header] + lines).map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
    }
}
