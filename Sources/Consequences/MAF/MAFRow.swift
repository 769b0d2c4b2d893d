public import Variants

/// One row of a MAF file: a variant of one tumor, annotated.
public struct MAFRow: Hashable, Sendable {
    /// Why a row has no variant.
    public enum Unjudged: String, Hashable, Sendable, CaseIterable {
        /// Reference_Allele or all tumor alleles are missing or no bases.
        case noAlleles = "alleles missing or not bases"
        /// The tumor alleles equal the reference.
        case noChange = "tumor alleles equal the reference"
    }

    /// The variant; nil where the row has no usable alleles, see ``unjudged``.
    ///
    /// Alleles are as in the file with `-` as the empty allele, so an indel has no anchor base.
    public var variant: Variant?
    /// Why there is no variant.
    public var unjudged: Unjudged?
    /// What it does, on the one transcript of the row.
    public var consequence: Consequence
    /// Variant_Classification, nil where the word is not known.
    public var classification: MAFClassification?
    /// Tumor_Sample_Barcode.
    public var tumorBarcode: String
    /// Matched_Norm_Sample_Barcode, empty if not said.
    public var normalBarcode: String
    /// Reads of the tumor.
    public var tumorCall: SampleCall
    /// Reads of the normal.
    public var normalCall: SampleCall
    /// FILTER names; empty where the column is missing, empty or `.`.
    public var filters: [String]
    /// NCBI_Build as written (`37`, `GRCh38`), empty if not said.
    public var assembly: String
    /// The bases around the variant's first base (GDC's `CONTEXT`: as many on each side), empty if not said.
    public var context: String
    /// The line in the file, 1-based.
    public var lineNumber: Int
}
