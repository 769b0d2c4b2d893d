internal import Genome
internal import Variants

/// What can be said of an allele without the reference genome.
enum AlleleForm {
    /// What is wrong with the alleles of a row.
    static func faults(
        _ row: EvidenceRow, _ table: KnowledgeTable, _ line: TSVTable.Row
    ) -> [KnowledgeFault] {
        var faults: [KnowledgeFault] = []
        for assembly in Assembly.allCases {
            let column = assembly == .grch37 ? "grch37" : "grch38"
            for item in table.table.items(line, column) {
                guard let allele = Variant(cell: item) else { continue }
                if let fault = fault(allele, assembly, column: column) { faults.append(fault) }
            }
        }
        for case .genomic(let assembly, let allele) in row.criterion.leaves {
            if let fault = fault(allele, assembly, column: "criterion") { faults.append(fault) }
        }
        let listed = Assembly.allCases.filter { row.alleles[$0]?.isEmpty == false }
        if listed.count == 1, let only = listed.first {
            let missing = Assembly.allCases.first { $0 != only }?.rawValue ?? ""
            faults.append(
                KnowledgeFault(
                    .alleleAssembly, .warning, column: only == .grch37 ? "grch38" : "grch37",
                    found: "the row lists alleles on \(only.rawValue) alone",
                    expected: "those on \(missing) too",
                    remedy: "Add them; without annotation a call on \(missing) does not meet the row."))
        }
        return faults
    }

    /// What is wrong with an allele's place or its bases.
    private static func fault(_ allele: Variant, _ assembly: Assembly, column: String) -> KnowledgeFault? {
        func fault(_ rule: KnowledgeProblem.Rule, _ found: String, _ expected: String, _ remedy: String)
            -> KnowledgeFault
        {
            KnowledgeFault(rule, column: column, found: found, expected: expected, remedy: remedy)
        }
        if allele.reference == allele.alternate {
            return fault(
                .cellValue, "\(allele.key) changes nothing", "another ALT than REF", "Mend the allele.")
        }
        guard allele.contig.humanNumber != nil else {
            return fault(
                .allelePosition, "contig \"\(allele.contig)\" of \(allele.key) is none of man's",
                "1 to 22, X, Y or MT", "Mend the contig.")
        }
        if let length = assembly.length(of: allele.contig), allele.range.upperBound > length {
            return fault(
                .allelePosition, "\(allele.key) lies behind the end of its contig",
                "at most \(length) on \(assembly.rawValue)", "Mend the position, or the assembly.")
        }
        return nil
    }
}
