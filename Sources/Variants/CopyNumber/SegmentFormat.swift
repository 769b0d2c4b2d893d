public import Genome

/// The kinds of segment tables, told apart by the names of their columns.
///
/// Positions are 1-based and closed in all of them but CNVkit's. White space, `_`, `.`, case and quotes in a column's
/// name do not count, so `Start_position`, `start.pos` and `startpos` are one name: programs that pass tables on
/// change these.
public enum SegmentFormat: String, Hashable, Sendable, CaseIterable {
    /// The plain form: `chromosome start end totalCopyNumber minorCopyNumber`, 1-based, closed.
    case plain
    /// PURPLE.
    ///
    /// `purple.cnv.somatic.tsv` covers each chromosome from 1 to its last base without gaps; `copyNumber` and
    /// `minorAlleleCopyNumber` (`minorAllelePloidy` in older versions) are fitted and not whole. A fit may be a little
    /// below zero. Where `bafCount` is 0 the minor copy number is inferred from neighbors, and `observedBAF` is 0
    /// without a measurement: it is read as missing. `purple.segment.tsv` holds the fit before smoothing.
    ///
    /// - Source: hmftools, PURPLE README, "Copy Number File" and "Allele specific copy number inferring".
    case purple = "PURPLE"
    /// ASCAT: whole numbers of two alleles, one row a segment and sample.
    ///
    /// `nMajor` and `nMinor` as the R package gives them; or the totals and B alleles of the Cancer Genome Project
    /// (`Tumour TCN`, `Tumour BCN`; X and Y are 23 and 24, and B may be the larger one); or the three columns of the
    /// Genomic Data Commons (`Copy_Number`, `Major_Copy_Number`, `Minor_Copy_Number`). Ends are positions of SNPs, so
    /// there are gaps between neighbors.
    ///
    /// - Source: ASCAT documentation, `ascat.runAscat`, value `segments`; GDC documentation, copy number variation.
    case ascat = "ASCAT"
    /// Battenberg: two populations where one state does not explain a segment.
    ///
    /// A state is a pair such as `nMaj1_A nMin1_A`, with the fraction `frac1_A` of the tumor's cells; the second is NA
    /// with fraction 0 (or NA) where one explains all. Only solution A counts; B to F are equivalents. `ntot` is
    /// "not the total copy number of this segment" and is not read. The first state may be that of fewer cells.
    /// Positions are those of SNPs, 1-based; the README's "BED format" means the order of the columns.
    ///
    /// - Source: Battenberg README, "Description of the output".
    case battenberg = "Battenberg"
    /// FACETS (`cncf`): `tcn.em` and the lesser `lcn.em`, which is NA with too few heterozygous sites.
    ///
    /// `cf.em` is the share of all cells, so it is at most the purity where something changed. X is written 23. The
    /// values without `.em` are a first guess and not read; `mafR` is a squared log odds ratio, no allele fraction.
    ///
    /// - Source: FACETS manual, `emcncf` and `fitcncf` ("the lcn value will be NA").
    case facets = "FACETS"
    /// Sequenza (`segments.txt`): `CNt`, `A`, `B`, where `A` is the larger; names are in quotes as R writes them.
    ///
    /// `depth.ratio` is a ratio, not its logarithm, and is not read as one. `Bf` is folded down (0 … 0.5).
    ///
    /// - Source: Sequenza vignette, "segments".
    case sequenza = "Sequenza"
    /// CNVkit (`.cns`, `.call.cns`): 0-based, half-open as BED; `log2`, and after `call` also `cn`, `cn1`, `cn2`.
    ///
    /// `cn1` is the larger. Without `cn` the total copy number is not known. A table of bins (`.cnr`) has no column
    /// `probes` and is none of segments.
    ///
    /// - Source: CNVkit documentation, "File formats" ("genomic coordinates are 0-indexed") and "call".
    case cnvkit = "CNVkit"
    /// SEG, the output of circular binary segmentation: a mean log ratio and no copy number.
    ///
    /// The format names neither the base of the logarithm (2 is usual, 10 occurs) nor whether it is one: some files
    /// hold copy numbers instead, told only by the lack of negative values. Chromosomes may be numbers up to 24.
    ///
    /// - Source: DNAcopy manual, `segment`; IGV documentation, "SEG"; CNVkit documentation, `import-seg`.
    case seg = "SEG"
    /// The input of scarHRD: `total_cn`, `A_cn`, `B_cn`, where either allele may be the larger.
    ///
    /// - Source: scarHRD README, "Input file example".
    case scarHRD

    /// The name in a sentence.
    var title: String { self == .plain ? "the plain form" : rawValue }

    /// What was recognized, and why.
    public struct Recognition: Hashable, Sendable {
        /// The kind of table.
        public let format: SegmentFormat
        /// The table's usual name, such as `purple.cnv.somatic.tsv`.
        public let table: String
        /// The columns that decided, as they are written.
        public let columns: [String]
        let layout: SegmentLayout

        /// A sentence for a log: `PURPLE (purple.cnv.somatic.tsv), told by the columns copyNumber, bafCount`.
        public var evidence: String {
            "\(layout.title), told by the columns \(columns.joined(separator: ", "))"
        }
    }

    /// Recognizes a table by its column names.
    ///
    /// - Throws: `InputError` if the columns are those of no format or of two; it lists what was found.
    public static func recognize(
        columns: [String], file: String, line: Int
    ) throws(InputError) -> Recognition {
        let names = SegmentColumns(columns)
        var found: [Recognition] = []
        for layout in SegmentLayout.all where !found.contains(where: { $0.format == layout.format }) {
            guard let marks = names.marks(of: layout) else { continue }
            found.append(
                Recognition(format: layout.format, table: layout.table, columns: marks, layout: layout))
        }
        if found.count == 1 { return found[0] }
        let list = columns.isEmpty ? "none" : columns.joined(separator: ", ")
        guard found.isEmpty else {
            let both = found.map { "\($0.format.title) (\($0.columns.joined(separator: ", ")))" }
            throw InputError(
                file: file, place: .line(line),
                problem:
                    "the columns are those of \(found.count) formats: \(both.joined(separator: " and "))",
                remedy: "Take out the columns of the one that does not count.")
        }
        throw InputError(
            file: file, place: .line(line),
            problem: "the columns are those of no known segment table: \(Self.shortened(list))",
            remedy: Self.remedy(names, columns: columns))
    }

    /// Whether the columns look like those of a segment table, known or nearly so.
    public static func looksLikeSegments(columns: [String]) -> Bool {
        let names = SegmentColumns(columns)
        return SegmentLayout.all.contains { names.marks(of: $0) != nil }
            || names.hasPlace
                && SegmentLayout.all.contains { names.missingMarks(of: $0).count < $0.marks.count }
    }

    private static func remedy(_ names: SegmentColumns, columns: [String]) -> String {
        let plain = "the plain form has chromosome, start, end, totalCopyNumber, minorCopyNumber"
        if columns.count == 1, columns[0].contains(",") || columns[0].contains(";") {
            return "Separate the columns by tabs; \(plain)."
        }
        if names.has("log2"), names.has("weight"), !names.has("probes") {
            return "These may be CNVkit's bins (.cnr); give its segments (.cns)."
        }
        let near = SegmentLayout.all.filter { names.missingMarks(of: $0).count < $0.marks.count }
            .min { names.missingMarks(of: $0).count < names.missingMarks(of: $1).count }
        guard let near else { return "The first line must name the columns; \(plain)." }
        let missing = names.missingMarks(of: near).joined(separator: ", ")
        return "Nearest is \(near.title), without \(missing); \(plain)."
    }

    private static func shortened(_ text: String) -> String {
        text.count <= 300 ? text : text.prefix(300) + " …"
    }
}
