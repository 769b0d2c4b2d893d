internal import Genome
internal import Knowledge
internal import Variants

/// Genes and alleles that can become findings.
struct GenesOfInterest: Sendable {
    let genes: Set<String>
    private let byContig: [Contig: ListedAlleles]

    /// Genes of evidence rows and of the role and predisposition tables, and alleles that rows list on an assembly.
    init(_ knowledge: KnowledgeBase, assembly: Assembly?) {
        genes = Set(knowledge.rows.flatMap(\.criterion.genes)).union(knowledge.roles.keys).union(
            knowledge.predisposition)
        var alleles = Set<Variant>()
        if let assembly {
            for row in knowledge.rows {
                alleles.formUnion(row.alleles[assembly] ?? [])
                if case .genomic(assembly, let variant) = row.criterion {
                    alleles.insert(variant.trimmed(keepingAnchor: false))
                }
            }
        }
        byContig = Dictionary(grouping: alleles, by: \.contig).mapValues { ListedAlleles($0) }
    }

    /// The listed alleles of one contig.
    func alleles(on contig: Contig) -> ListedAlleles { byContig[contig] ?? ListedAlleles([]) }

    /// Whether a row lists the allele, alone or as part of a longer substitution.
    func isListed(_ variant: Variant) -> Bool { alleles(on: variant.contig).contains(variant) }
}

/// The alleles of one contig that rows list; most calls are told apart by their place alone.
struct ListedAlleles: Sendable {
    private let sorted: [Variant]
    private let positions: [Int]

    init(_ alleles: [Variant]) {
        sorted = alleles.sorted()
        positions = sorted.map(\.position)
    }

    /// Whether an allele that touches `range` (0-based; its first base counts always) may be listed.
    func mayContain(_ range: Range<Int>) -> Bool {
        let first = index(from: range.lowerBound)
        return first < positions.count
            && (positions[first] == range.lowerBound || positions[first] < range.upperBound)
    }

    /// Whether the allele is listed, alone or as part of a longer substitution.
    func contains(_ variant: Variant) -> Bool {
        guard mayContain(variant.range) else { return false }
        let length = variant.reference.utf8.count
        let isSubstitution = length > 1 && length <= 50 && variant.alternate.utf8.count == length
        for listed in sorted[index(from: variant.position)...] {
            if listed == variant { return true }
            if listed.position > variant.position {
                guard isSubstitution, listed.position < variant.range.upperBound else { return false }
            }
            if isSubstitution, variant.covers(listed) { return true }
        }
        return false
    }

    private func index(from position: Int) -> Int {
        var low = 0
        var high = positions.count
        while low < high {
            let middle = (low + high) / 2
            if positions[middle] < position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
