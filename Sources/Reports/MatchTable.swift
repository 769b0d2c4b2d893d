public import Cases

/// The results of `match` for a terminal and as a table.
public enum MatchTable {
    private static let columns = ["therapy", "effect", "levels", "label", "access", "relation", "row"]

    /// Aligned columns, one block an alteration.
    public static func text(_ findings: [Finding], tumorType: String) -> String {
        var blocks: [String] = ["\(tumorType)"]
        for finding in findings {
            var lines = [
                "\(finding.alteration): tier \(finding.tier.rawValue), \(finding.targetable ? "targetable" : "not targetable")"
            ]
            if finding.evidence.isEmpty {
                lines.append("  no evidence in the knowledge base")
            } else {
                lines += TextTable.lines([columns] + finding.evidence.map(cells), indent: "  ")
            }
            blocks.append(lines.joined(separator: "\n"))
        }
        blocks.append("For research use; decisions belong to the board.")
        return blocks.joined(separator: "\n\n") + "\n"
    }

    /// One row an alteration and item.
    public static func tsv(_ findings: [Finding]) -> String {
        let header = ["alteration", "tier", "targetable"] + columns
        let rows = findings.flatMap { finding in
            let own = [finding.alteration, finding.tier.rawValue, String(finding.targetable)]
            return finding.evidence.isEmpty
                ? [own + columns.map { _ in "" }] : finding.evidence.map { own + cells($0) }
        }
        return ([header] + rows).map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
    }

    private static func cells(_ item: Finding.Evidence) -> [String] {
        let levels = [("AMP", item.levels.amp), ("CIViC", item.levels.civic)].filter { !$0.1.isEmpty }
            .map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        return [
            item.therapies.joined(separator: ", "),
            item.direction + (item.isContradicted ? " (contradicted)" : "")
                + (item.isProbable == true ? " (probable)" : ""), levels,
            item.label, item.access, "\(item.relation): \(item.path)",
            item.id + (item.isVerified ? "" : " (unverified)"),
        ]
    }
}
