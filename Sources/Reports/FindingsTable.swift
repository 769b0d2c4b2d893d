public import Cases

/// findings.tsv: one row per finding and evidence item, one row for a finding without evidence.
public enum FindingsTable {
    /// The columns, in order.
    public static let columns = [
        "caseId", "findingId", "kind", "origin", "gene", "alteration", "locus", "hgvsc", "hgvsp",
        "consequence", "vaf",
        "depth", "copyNumber", "class", "tier", "driver", "targetable", "source", "evidenceId", "therapies",
        "direction",
        "civic", "amp", "escat", "oncokb", "oxford", "relation", "label", "access", "citations",
    ]

    /// The table with its provenance in `#` lines; lists are joined by `|`, missing is empty.
    public static func text(_ summary: CaseSummary) -> String {
        var lines = [
            "#program: \(summary.provenance.program); htslib \(summary.provenance.htslib)",
            "#command: \(summary.provenance.command)", "#assembly: \(summary.case.assembly)",
        ]
        lines += summary.provenance.sources.map { "#source: \($0.name) \($0.version) sha256:\($0.sha256)" }
        lines.append("#note: for research use; decisions belong to the board")
        lines.append(columns.joined(separator: "\t"))
        for finding in summary.findings {
            let own = cells(finding, summary.case.id)
            if finding.evidence.isEmpty { lines.append(row(own + Array(repeating: "", count: 13))) }
            for item in finding.evidence { lines.append(row(own + cells(item))) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func cells(_ finding: Finding, _ id: String) -> [String] {
        [
            id, finding.id, finding.kind.rawValue, finding.origin.rawValue, finding.gene, finding.alteration,
            finding.locus,
            finding.hgvsc ?? "", finding.hgvsp ?? "", finding.consequence.joined(separator: "|"),
            finding.vaf.map { String($0) } ?? "", finding.depth.map { String($0) } ?? "",
            finding.copyNumber.map { String($0) } ?? "", finding.class.map { String($0) } ?? "",
            finding.tier.rawValue,
            String(finding.isDriver), String(finding.targetable),
        ]
    }

    private static func cells(_ item: Finding.Evidence) -> [String] {
        [
            item.source, item.id, item.therapies.joined(separator: "|"), item.direction, item.levels.civic,
            item.levels.amp,
            item.levels.escat, item.levels.oncokb, item.levels.oxford, item.relation, item.label, item.access,
            item.citations.joined(separator: "|"),
        ]
    }

    private static func row(_ cells: [String]) -> String {
        cells.map { $0.replacing("\t", with: " ").replacing("\n", with: " ").replacing("\r", with: " ") }
            .joined(separator: "\t")
    }
}
