/// Which columns of a segment table say what.
///
/// Names are listed as callers write them and compared as ``SegmentColumns`` does.
struct SegmentLayout: Hashable, Sendable {
    typealias Names = [String]

    let format: SegmentFormat
    let table: String
    /// Columns that tell the format, each with its other names; what is shown is the name as the caller writes it.
    let marks: [Mark]
    var isZeroBased = false
    /// Copies of both alleles.
    var total: Names = []
    /// Copies of one allele; with ``second`` they add up to the total.
    var first: Names = []
    /// Copies of the other allele, the minor one where the format says so.
    var second: Names = []
    /// Whether a table without copy numbers is one of this format.
    var copiesAreOptional = false
    /// Whether copy numbers are fitted, so that noise takes them below zero.
    var isFitted = false
    var logRatio: Names = []
    var bAlleleFraction: Names = []
    var probes: Names = []
    var heterozygousSites: Names = []
    var cellFraction: Names = []
    var startSupport: Names = []
    var endSupport: Names = []
    var method: Names = []

    struct Mark: Hashable, Sendable {
        let shown: String
        let names: Names

        init(_ shown: String, or others: String...) {
            self.shown = shown
            names = [shown] + others
        }
    }

    /// Format and table in a sentence.
    var title: String { format == .plain ? format.title : "\(format.rawValue) (\(table))" }

    static let contig: Names = ["chromosome", "chrom", "chr"]
    static let start: Names = ["start", "startpos", "Start_Position", "loc.start"]
    static let end: Names = ["end", "endpos", "End_Position", "loc.end"]
    /// In other tables `ID` may name the row.
    var sample: Names {
        let names = ["sample", "SampleID", "sample_name", "GDC_Aliquot", "Tumor_Sample_Barcode"]
        return format == .seg || format == .facets ? names + ["ID"] : names
    }

    /// The first and the second state of Battenberg's solution A.
    static let states: [(major: Names, minor: Names, fraction: Names)] = [
        (["nMaj1_A"], ["nMin1_A"], ["frac1_A"]), (["nMaj2_A"], ["nMin2_A"], ["frac2_A"]),
    ]

    static let all: [SegmentLayout] = [
        SegmentLayout(
            format: .plain, table: "plain form", marks: [Mark("totalCopyNumber"), Mark("minorCopyNumber")],
            total: ["totalCopyNumber"], second: ["minorCopyNumber"], isFitted: true),
        SegmentLayout(
            format: .purple, table: "purple.cnv.somatic.tsv", marks: [Mark("copyNumber"), Mark("bafCount")],
            total: ["copyNumber"], second: ["minorAlleleCopyNumber", "minorAllelePloidy"], isFitted: true,
            bAlleleFraction: ["observedBAF"], probes: ["depthWindowCount"], heterozygousSites: ["bafCount"],
            startSupport: ["segmentStartSupport"], endSupport: ["segmentEndSupport"], method: ["method"]),
        SegmentLayout(
            format: .purple, table: "purple.segment.tsv",
            marks: [Mark("tumorCopyNumber"), Mark("refNormalisedCopyNumber")],
            total: ["tumorCopyNumber"], second: ["minorAlleleCopyNumber", "minorAllelePloidy"],
            isFitted: true,
            bAlleleFraction: ["observedBAF"], probes: ["depthWindowCount"], heterozygousSites: ["bafCount"],
            startSupport: ["support"]),
        SegmentLayout(
            format: .ascat, table: "segments", marks: [Mark("nMajor"), Mark("nMinor")], first: ["nMajor"],
            second: ["nMinor"]),
        SegmentLayout(
            format: .ascat, table: "totals and B alleles", marks: [Mark("Tumour TCN"), Mark("Tumour BCN")],
            total: ["Tumour TCN"], second: ["Tumour BCN"]),
        SegmentLayout(
            format: .ascat, table: "allele-specific segments of the GDC",
            marks: [Mark("Copy_Number"), Mark("Major_Copy_Number"), Mark("Minor_Copy_Number")],
            total: ["Copy_Number"], first: ["Major_Copy_Number"], second: ["Minor_Copy_Number"]),
        SegmentLayout(
            format: .battenberg, table: "subclones.txt",
            marks: [Mark("nMaj1_A"), Mark("nMin1_A"), Mark("frac1_A")], logRatio: ["LogR"],
            bAlleleFraction: ["BAF"]),
        SegmentLayout(
            format: .facets, table: "cncf", marks: [Mark("tcn.em"), Mark("lcn.em")], total: ["tcn.em"],
            second: ["lcn.em"], logRatio: ["cnlr.median"], probes: ["num.mark"], heterozygousSites: ["nhet"],
            cellFraction: ["cf.em"]),
        SegmentLayout(
            format: .sequenza, table: "segments.txt", marks: [Mark("CNt"), Mark("A"), Mark("B")],
            total: ["CNt"], first: ["A"], second: ["B"], bAlleleFraction: ["Bf"], probes: ["N.ratio"],
            heterozygousSites: ["N.BAF"]),
        SegmentLayout(
            format: .cnvkit, table: ".cns", marks: [Mark("log2"), Mark("probes")], isZeroBased: true,
            total: ["cn"], first: ["cn1"], second: ["cn2"], copiesAreOptional: true, logRatio: ["log2"],
            bAlleleFraction: ["baf"], probes: ["probes"]),
        SegmentLayout(
            format: .seg, table: ".seg", marks: [Mark("seg.mean", or: "Segment_Mean")],
            logRatio: ["seg.mean", "Segment_Mean"], probes: ["num.mark", "Num_Probes", "num_markers"]),
        SegmentLayout(
            format: .scarHRD, table: "input of scarHRD",
            marks: [Mark("total_cn"), Mark("A_cn"), Mark("B_cn")],
            total: ["total_cn"], first: ["A_cn"], second: ["B_cn"]),
    ]
}

/// The column names of one table.
struct SegmentColumns: Hashable, Sendable {
    /// As they are written.
    let written: [String]
    private let places: [String: [Int]]

    init(_ written: [String]) {
        self.written = written
        places = Dictionary(grouping: written.indices) { Self.canonical(written[$0]) }
    }

    /// A name as names are compared.
    static func canonical(_ name: String) -> String {
        String(name.lowercased().filter { !$0.isWhitespace && !"_.\"#".contains($0) })
    }

    func has(_ name: String) -> Bool { places[Self.canonical(name)] != nil }

    /// Whether columns name contig, start and end.
    var hasPlace: Bool {
        [SegmentLayout.contig, SegmentLayout.start, SegmentLayout.end].allSatisfy { $0.contains(where: has) }
    }

    /// All columns with one of the names.
    func all(_ names: SegmentLayout.Names) -> [Int] { names.flatMap { places[Self.canonical($0)] ?? [] } }

    /// The columns that tell a layout, as written; nil if one is missing.
    func marks(of layout: SegmentLayout) -> [String]? {
        let found = layout.marks.compactMap { all($0.names).first }
        return found.count == layout.marks.count ? found.map { written[$0] } : nil
    }

    func missingMarks(of layout: SegmentLayout) -> [String] {
        layout.marks.filter { all($0.names).isEmpty }.map(\.shown)
    }
}
