public import Genome
public import Variants

/// An allele in front of a gene that is known to switch it on, such as TERT's at 124 and 146 bases before the start codon.
///
/// Annotators call these bases `upstream_gene_variant`, so they are known by their place in the genome alone.
public struct PromoterAllele: Hashable, Sendable {
    /// The gene's symbol.
    public let gene: String
    /// What people call the allele, such as `C228T`; empty without a name.
    public let name: String
    /// The allele on each assembly, trimmed without anchor.
    public let alleles: [Assembly: Variant]

    /// An allele of a gene.
    public init(gene: String, name: String = "", alleles: [Assembly: Variant]) {
        (self.gene, self.name, self.alleles) = (gene, name, alleles)
    }

    /// Columns that the table must have; alleles are `contig:position:REF:ALT`, 1-based, + strand.
    public static let columns = ["gene", "grch37", "grch38", "name"]

    /// The alleles of a table.
    ///
    /// - Throws: `InputError` for a row without an allele on either assembly.
    public static func parse(_ table: TSVTable) throws(InputError) -> [PromoterAllele] {
        var all: [PromoterAllele] = []
        for row in table.rows {
            func fault(_ problem: String, _ remedy: String) -> InputError {
                InputError(file: table.file, place: .line(row.line), problem: problem, remedy: remedy)
            }
            var alleles: [Assembly: Variant] = [:]
            for (assembly, column) in [(Assembly.grch37, "grch37"), (.grch38, "grch38")] {
                alleles[assembly] = try EvidenceRow.alleles(table.items(row, column), fault).first
            }
            guard !alleles.isEmpty, !table.cell(row, "gene").isEmpty else {
                throw fault("the row has no gene or no allele", "Give gene, grch37 and grch38.")
            }
            all.append(
                PromoterAllele(
                    gene: table.cell(row, "gene"), name: table.cell(row, "name"), alleles: alleles))
        }
        return all
    }
}
