internal import Foundation

extension CohortSummary {
    /// One row an indication, tab-separated, always with the same columns.
    ///
    /// Shares and intervals are in percent, the expected one with one digit, intervals with two, p with four.
    /// A measure that was not computed says so; an interval, expectation or p value that does not exist is
    /// empty. `notAssessable` lists reasons as `reason=patients`, joined by `|`.
    public var tsv: String {
        let header = [
            "indication", "patients", "assessable", "driver", "targetable", "targetableOnLabel",
            "targetableWithoutTMB",
            "targetableWilson95", "targetableExact95", "expected", "expectedSource", "verdict", "pValue",
            "driverWilson95",
            "targetableOnLabelWilson95", "targetableWithoutTMBWilson95", "tierI", "tierII", "tierIII",
            "standard",
            "approvedNotNational", "offLabel", "trial", "labelOn", "labelOff", "germlineClass4or5", "dpyd",
            "tmbHigh", "msi",
            "hrd", "tierIV", "tierNone", "accessNone", "labelNone", "germlineAssessed", "tmbAssessed",
            "notAssessable",
        ]
        let lines = rows.map { row -> [String] in
            [
                row.indication, String(row.patients), String(row.assessable), String(row.driver.count),
                String(row.targetable.count), String(row.targetableOnLabel.count),
                String(row.targetableWithoutTMB.count),
                Self.percent(row.targetable.wilson95), Self.percent(row.targetable.exact95),
                row.expectation?.value.map { String(format: "%.1f", $0 * 100) } ?? "",
                row.expectation?.source ?? "", row.verdict,
                row.pValue.map { String(format: "%.4f", $0) } ?? "", Self.percent(row.driver.wilson95),
                Self.percent(row.targetableOnLabel.wilson95), Self.percent(row.targetableWithoutTMB.wilson95),
                String(row.tiers["I"] ?? 0), String(row.tiers["II"] ?? 0), String(row.tiers["III"] ?? 0),
                String(row.access["standard"] ?? 0), String(row.access["approved_not_national"] ?? 0),
                String(row.access["off_label"] ?? 0), String(row.trial), String(row.label["on"] ?? 0),
                String(row.label["off"] ?? 0),
                Self.count(row.germlineAssessed == 0 ? nil : row.germlineClass4or5), Self.count(row.dpyd),
                Self.count(row.tmbHigh?.count), Self.count(row.msi?.count), Self.count(row.hrd?.count),
                String(row.tiers["IV"] ?? 0), String(row.tiers["none"] ?? 0), String(row.access["none"] ?? 0),
                String(row.label["none"] ?? 0), String(row.germlineAssessed), String(row.tmbHigh?.total ?? 0),
                row.notAssessable.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                    .joined(separator: "|"),
            ]
        }
        return ([header] + lines).map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
    }

    /// `15.78-27.64`, in percent.
    public static func percent(_ interval: [Double]?) -> String {
        interval.map { String(format: "%.2f-%.2f", $0[0] * 100, $0[1] * 100) } ?? ""
    }

    private static func count(_ value: Int?) -> String { value.map { String($0) } ?? "not computed" }
}
