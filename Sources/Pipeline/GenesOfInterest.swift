internal import Biomarkers
internal import Consequences
internal import Genome
internal import Knowledge
internal import Variants

/// Genes and alleles that can become findings.
struct GenesOfInterest: Sendable {
    private let assembly: Assembly?
    private let evidence: EvidenceIndex
    /// Genes of the role and predisposition tables, and of repair.
    private let listed: Set<String>
    /// Genes of which rows ask for nothing but how the inherited copies work: changes in the tumor say nothing there.
    private let inheritedOnly: Set<String>
    /// Alleles that are known to switch a gene on, with its symbol.
    private let promoters: [(gene: String, allele: Variant)]
    private let skippable: SkippableExons

    /// Genes of evidence rows and of the role and predisposition tables, and alleles that rows list on an assembly.
    init(_ knowledge: KnowledgeBase, assembly: Assembly?) {
        self.assembly = assembly
        let evidence = knowledge.evidence
        self.evidence = evidence
        skippable = SkippableExons(knowledge)
        let listed = knowledge.predisposition.union(knowledge.roles.keys)
            .union(MicrosatelliteInstability.Fractions.genes)
        self.listed = listed
        inheritedOnly = Set(
            knowledge.pharmacogenes.map(\.gene).filter { gene in
                guard !listed.contains(gene), let rows = try? evidence.rows(naming: gene) else {
                    return false
                }
                return rows.allSatisfy { !$0.criterion.namesEvent(in: gene) }
            })
        promoters = knowledge.promoters.compactMap { promoter in
            assembly.flatMap { promoter.alleles[$0] }.map { (promoter.gene, $0) }
        }
    }

    /// Whether a consequence in one of these genes can matter: it changes the protein, or makes an exon be skipped that rows ask for.
    func canMatter(_ consequence: Consequence) -> Bool {
        consequence.codingEffect.isNonSynonymous || skippable.mayBeSkipped(by: consequence)
    }

    /// Whether a gene is one of them.
    func contains(_ gene: String) -> Bool {
        listed.contains(gene) || evidence.genes.contains(gene) && !inheritedOnly.contains(gene)
    }

    /// Where the genes lie that a gene table has: sorted, 0-based half-open, perhaps overlapping.
    ///
    /// - Throws: `InputError` where the index of the base cannot be read.
    func spans(_ table: GeneTable) throws(InputError) -> [Contig: [Range<Int>]] {
        var spans = try evidence.spans()
        for name in listed where !evidence.genes.contains(name) {
            guard let interval = table[name]?.interval else { continue }
            spans[interval.contig, default: []].append(interval.range)
        }
        return spans.mapValues {
            $0.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        }
    }

    /// The gene that an allele in front of it is known to switch on, if it is one of those.
    func promoterGene(of variant: Variant) -> String? {
        promoters.first { variant.covers($0.allele) }?.gene
    }

    /// The listed alleles of one contig.
    ///
    /// - Throws: `InputError` where the index of the base cannot be read.
    func alleles(on contig: Contig) throws(InputError) -> ListedAlleles {
        guard let assembly else { return ListedAlleles() }
        return try evidence.alleles(assembly, on: contig)
            .adding(promoters.map(\.allele).filter { $0.contig == contig }, on: contig)
    }
}
