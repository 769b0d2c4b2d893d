public import Cohorts
internal import Foundation

/// cohort.html: counts per indication with one chart and the numbers behind it.
public enum CohortReport {
    /// Renders a cohort; `sources` names what the counts rest on.
    public static func text(_ summary: CohortSummary, program: String, sources: [String]) -> String {
        let context: [String: any TemplateValue] = [
            "style": HTMLTemplates.style + chartStyle, "cases": summary.cases,
            "laterBiopsies": summary.laterBiopsies,
            "chart": chart(summary), "program": program, "sources": sources,
            "rows": summary.rows.map(row),
        ]
        return HTMLTemplate(page).render(context)
    }

    private static func row(_ row: CohortSummary.Row) -> [String: any TemplateValue] {
        let reasons = row.notAssessable.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
        return [
            "indication": row.indication, "patients": row.patients, "assessable": row.assessable,
            "reasons": reasons.joined(separator: "; "), "driver": cell(row.driver),
            "targetable": cell(row.targetable),
            "onLabel": cell(row.targetableOnLabel), "withoutTMB": cell(row.targetableWithoutTMB),
            "exact": range(row.targetable.exact95),
            "expected": row.expectation.map {
                $0.value.map { String(format: "%.0f %%", $0 * 100) } ?? "unknown"
            } ?? "–",
            "source": row.expectation?.source ?? "", "verdict": row.verdict,
            "tiers": counts(row.tiers, ["I", "II", "III", "none"]),
            "access": counts(
                row.access, ["standard", "approved_not_national", "off_label", "trial", "none"]),
            "label": counts(row.label, ["on", "off", "none"]),
            "germline": row.germlineAssessed == 0
                ? "not computed" : "\(row.germlineClass4or5) of \(row.germlineAssessed)",
            "dpyd": row.dpyd.map { String($0) } ?? "not computed",
            "tmb": row.tmbHigh.map { "\($0.count) of \($0.total)" } ?? "not computed",
            "msi": row.msi.map { "\($0.count) of \($0.total)" } ?? "not computed",
            "hrd": row.hrd.map { "\($0.count) of \($0.total)" } ?? "not computed",
            "isAll": row.indication == "all",
        ]
    }

    private static func cell(_ proportion: Proportion) -> String {
        guard let estimate = proportion.estimate else { return "0 of 0" }
        return
            "\(proportion.count) (\(String(format: "%.0f", estimate * 100)) %; \(range(proportion.wilson95)))"
    }

    private static func range(_ interval: [Double]?) -> String {
        interval.map { String(format: "%.0f–%.0f %%", $0[0] * 100, $0[1] * 100) } ?? "–"
    }

    private static func counts(_ values: [String: Int], _ order: [String]) -> String {
        let parts = order.compactMap { key in values[key].map { "\(key) \($0)" } }
        return parts.isEmpty ? "–" : parts.joined(separator: ", ")
    }

    /// One line an indication: the share found as a point with Wilson's interval, the expectation as a diamond.
    private static func chart(_ summary: CohortSummary) -> String {
        let left = 170.0, width = 620.0, step = 40.0
        let rows = summary.rows
        let height = Double(rows.count) * step + 46
        func x(_ fraction: Double) -> String { String(format: "%.1f", left + fraction * width) }
        var svg = "<svg viewBox=\"0 0 860 \(Int(height))\" role=\"img\" aria-labelledby=\"ct cd\">"
        svg += "<title id=\"ct\">Patients with a targetable finding, per indication</title>"
        svg +=
            "<desc id=\"cd\">Share with Wilson 95 % interval; a diamond marks the published expectation.</desc>"
        for tick in stride(from: 0, through: 100, by: 20) {
            let place = x(Double(tick) / 100)
            svg +=
                "<line class=\"grid\" x1=\"\(place)\" x2=\"\(place)\" y1=\"8\" y2=\"\(Int(height) - 30)\"/>"
            svg +=
                "<text class=\"axis\" x=\"\(place)\" y=\"\(Int(height) - 12)\" text-anchor=\"middle\">\(tick) %</text>"
        }
        for (index, row) in rows.enumerated() {
            let y = 26 + Double(index) * step
            svg +=
                "<text class=\"name\" x=\"\(Int(left) - 12)\" y=\"\(y + 4)\" text-anchor=\"end\">\(row.indication) (n=\(row.assessable))</text>"
            if let estimate = row.targetable.estimate, let interval = row.targetable.wilson95 {
                svg +=
                    "<g><title>\(row.indication): \(row.targetable.count) of \(row.targetable.total), \(range(interval))</title>"
                svg +=
                    "<line class=\"bar\" x1=\"\(x(interval[0]))\" x2=\"\(x(interval[1]))\" y1=\"\(y)\" y2=\"\(y)\"/>"
                svg += "<circle class=\"dot\" cx=\"\(x(estimate))\" cy=\"\(y)\" r=\"5.5\"/></g>"
            }
            if let value = row.expectation?.value {
                let place = left + value * width
                svg +=
                    "<path class=\"expected\" d=\"M\(place) \(y - 8)l7 8l-7 8l-7 -8z\"><title>expected \(Int((value * 100).rounded())) %</title></path>"
            }
        }
        return svg + "</svg>"
    }

    private static let chartStyle = """
        svg{width:100%;max-width:900px;height:auto}.grid{stroke:var(--line)}.axis,.name{fill:var(--dim);font-size:12px}.name{fill:var(--ink);font-size:13px}.bar{stroke:var(--hit);stroke-width:3}.dot{fill:var(--hit)}.expected{fill:none;stroke:var(--warn);stroke-width:2}tr.all td{font-weight:600;border-top:2px solid var(--ink)}
        """

    private static let page = """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Targetable findings per indication</title><style>{{{style}}}</style></head>
        <body>
        <header><p class="kind">Cohort</p><h1>Targetable findings per indication</h1>
        <p class="headline">{{cases}} cases{{#laterBiopsies}}; {{laterBiopsies}} later biopsies left out{{/laterBiopsies}}. The unit is the patient, the denominator those assessable.</p>
        <p class="note">For research use; decisions belong to the board.</p></header>
        <main>
        <section><h2>Found against expected</h2>{{{chart}}}<p class="note">Point and line: patients with a targetable finding and Wilson 95 % interval. Diamond: published expectation.</p>
        <table><caption>Count (share; Wilson 95 % interval) among assessable patients</caption><thead><tr><th>Indication</th><th class="n">Patients</th><th class="n">Assessable</th><th>Driver</th><th>Targetable</th><th>Exact 95 %</th><th>On-label</th><th>Without TMB</th><th>Expected</th><th>Verdict</th></tr></thead>
        <tbody>{{#rows}}<tr{{#isAll}} class="all"{{/isAll}}><td>{{indication}}</td><td class="n">{{patients}}</td><td class="n">{{assessable}}{{#reasons}}<br><small>{{reasons}}</small>{{/reasons}}</td><td>{{driver}}</td><td>{{targetable}}</td><td>{{exact}}</td><td>{{onLabel}}</td><td>{{withoutTMB}}</td><td>{{expected}}<br><small>{{source}}</small></td><td>{{verdict}}</td></tr>{{/rows}}</tbody></table></section>
        <section><h2>What was found</h2>
        <table><thead><tr><th>Indication</th><th>Best tier</th><th>Best access</th><th>Label</th><th class="n">Germline 4–5</th><th>TMB high</th><th>MSI</th><th>HRD</th><th>DPYD</th></tr></thead>
        <tbody>{{#rows}}<tr{{#isAll}} class="all"{{/isAll}}><td>{{indication}}</td><td>{{tiers}}</td><td>{{access}}</td><td>{{label}}</td><td class="n">{{germline}}</td><td>{{tmb}}</td><td>{{msi}}</td><td>{{hrd}}</td><td>{{dpyd}}</td></tr>{{/rows}}</tbody></table></section>
        <section><h2>Definitions</h2><ul>
        <li>Assessable: the somatic input was read whole, sample roles are decided, purity is absent or at least 0.2.</li>
        <li>Driver: a somatic event that is likely oncogenic, or that meets a knowledge-base row of granularity 5 or more.</li>
        <li>Targetable: an uncontradicted sensitive item that is on-label, or whose drug is approved for another tumor type.</li>
        <li>Verdict: whether Wilson's interval holds the expectation; none below ten patients.</li></ul></section>
        </main>
        <footer><p>{{program}}{{#sources}}<br>{{.}}{{/sources}}</p><p>For research use; decisions belong to the board.</p></footer>
        </body></html>

        """
}
