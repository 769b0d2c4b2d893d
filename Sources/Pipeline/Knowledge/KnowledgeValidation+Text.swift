internal import Knowledge

extension KnowledgeValidation {
    /// Lines for a terminal: the problems, then what was checked.
    public var text: String {
        var lines = problems.map(\.text)
        for source in sources {
            let tables = source.rows.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            lines.append("\(source.name) \(source.version): \(tables.joined(separator: ", "))")
            if !source.notChecked.isEmpty {
                lines.append("  rows not checked: \(source.notChecked.joined(separator: ", "))")
            }
        }
        if !olderVersions.isEmpty {
            lines.append("older versions, not read and not checked: \(olderVersions.joined(separator: ", "))")
        }
        if let genome {
            lines.append(
                "\(genome.assembly): \(genome.allelesCompared) alleles compared, \(genome.allelesNotCompared) "
                    + "not (bases not in the FASTA), \(genome.allelesOfOtherAssembly) of the other assembly not checked"
            )
            lines.append(
                "  changes: \(genome.changesCompared) compared, \(genome.changesNotCalled) not called, "
                    + "\(genome.changesNotAsked) of criteria that name none")
            lines.append(
                "  residues: \(genome.residuesCompared) compared, \(genome.residuesNotCompared) not; "
                    + "exons and numberings: \(genome.exonsCompared) compared, \(genome.exonsNotCompared) not"
            )
        }
        func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
        lines.append("\(rows) rows, \(count(errors, "error")), \(count(warnings, "warning"))")
        return lines.joined(separator: "\n") + "\n"
    }

    /// A table, one line a problem.
    public var tsv: String {
        ([KnowledgeProblem.columns] + problems.map(\.cells)).map { $0.joined(separator: "\t") + "\n" }
            .joined()
    }
}
