internal import Cases
internal import Knowledge

extension HTMLReport {
    /// A row a pharmacogene: the notable ones with the drugs of their evidence, the others in short.
    static func pharmacogenes(_ summary: CaseSummary, _ words: ReportText) -> [[String: any TemplateValue]] {
        let findings = summary.findings.filter { $0.kind == .pharmacogenetic }
        return (summary.pharmacogenes ?? [:]).sorted { $0.key < $1.key }.map { gene, call in
            let evidence = findings.first { $0.gene == gene }?.evidence ?? []
            var cited: [String] = []
            for item in evidence.flatMap(\.citations) where !cited.contains(item) { cited.append(item) }
            let sites = call.positions.map { position in
                [position.rsid, position.locus ?? "", position.genotype ?? ""].filter { !$0.isEmpty }
                    .joined(separator: " ")
            }
            let open =
                call.phenotype != nil && !call.isComplete
                ? " (\(call.notCovered.count) \(words["notCovered"]))" : ""
            return [
                "gene": gene, "isNotable": call.isNotable,
                "diplotype": call.diplotypes.joined(separator: "; "), "sites": sites,
                "score": call.activityScore.map { String($0) } ?? "",
                "phenotype": (call.phenotype ?? words["notCalled"]) + open, "notes": call.notes,
                "drugs": evidence.map { item in
                    "\(item.therapies.joined(separator: ", ")): \(words[item.direction]) (\(item.id)"
                        + (item.isVerified ? ")" : ", \(words["unverified"]))")
                },
                "citations": cited.map(citation),
            ]
        }
    }
}
