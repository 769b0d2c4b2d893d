// Which columns of a BEDPE table say what, and what its strands mean.
//
// The strands of BEDPE are used in two ways. For the sides of the junction, as in VCF, a deletion is + -, a duplication - +, and both sides
// of an inversion are alike (PCAWG's consensus, Lumpy, svtools). For the strands on which the joined sequence is read through the junction,
// a deletion is + + and a duplication - - (BRASS and the tables of the Cancer Genome Project, signature.tools.lib, SigProfiler). So the
// second strand is turned around between the two. Nothing in a row tells them apart; the rule is, in this order: what the caller says;
// the type column, if there is one, by most rows; the columns that BRASS alone writes; else the sides of the junction.

/// What the strands of a BEDPE table mean.
public enum StrandConvention: String, Hashable, Sendable, CaseIterable {
    /// The side that is kept: a deletion is + -.
    case sides
    /// The strand that is read: a deletion is + +.
    case reads

    /// The sides of the breakends.
    func sides(_ one: Breakend.Orientation, _ other: Breakend.Orientation)
        -> (Breakend.Orientation, Breakend.Orientation)
    {
        self == .sides ? (one, other) : (one, other.reversed)
    }
}

/// The columns of a BEDPE table.
struct BEDPELayout: Hashable, Sendable {
    let contigs: [Int]
    let starts: [Int]
    let ends: [Int]
    var strands: [Int]?
    var name: Int?
    var type: Int?
    var sample: Int?
    var filter: Int?
    var inserted: Int?
    let columnCount: Int
    /// Whether the columns are those that the Cancer Genome Project's programs write.
    var isOfBRASS = false

    /// The layout of named columns; nil where places are not named.
    init?(columns: [String]) {
        let names = columns.map {
            $0.lowercased().filter { $0 != "_" && $0 != "#" && $0 != " " && $0 != "-" }
        }
        func find(_ wanted: String...) -> Int? {
            for name in wanted { if let place = names.firstIndex(of: name) { return place } }
            return nil
        }
        guard let one = find("chrom1", "chr1", "chromosome1", "chra"),
            let other = find("chrom2", "chr2", "chromosome2", "chrb"),
            let start = find("start1", "pos1", "starta"), let otherStart = find("start2", "pos2", "startb")
        else { return nil }
        (contigs, starts) = ([one, other], [start, otherStart])
        ends = [find("end1", "enda") ?? start, find("end2", "endb") ?? otherStart]
        if let strand = find("strand1", "stranda"), let otherStrand = find("strand2", "strandb") {
            strands = [strand, otherStrand]
        }
        name = find("svid", "id", "id/name", "name", "uid")
        type = find("svclass", "svtype", "type", "class")
        sample = find("sample", "samplename", "sampleid", "tumorid")
        filter = find("filter")
        inserted = find("nontemplate", "insertedsequence", "insseq")
        columnCount = columns.count
        let marks = ["brassscore", "bkdist", "nontemplate", "brassnotation"]
        isOfBRASS =
            marks.contains(where: names.contains)
            || names == [
                "chrom1", "start1", "end1", "chrom2", "start2", "end2", "sample", "strand1", "strand2",
            ]
    }

    /// The layout of a table without column names, as BEDPE orders them.
    ///
    /// - Source: bedtools documentation, "BEDPE format".
    init?(row: [String]) {
        guard row.count >= 6, [1, 2, 4, 5].allSatisfy({ SegmentRow.whole(row[$0]) != nil }) else {
            return nil
        }
        (contigs, starts, ends) = ([0, 3], [1, 4], [2, 5])
        name = row.count > 6 ? 6 : nil
        if row.count > 9, [8, 9].allSatisfy({ ["+", "-"].contains(row[$0]) }) { strands = [8, 9] }
        if row.count > 10 { type = 10 }
        columnCount = row.count
    }

    /// Whether the columns look like BEDPE's.
    static func looksLikeBEDPE(columns: [String]) -> Bool {
        BEDPELayout(columns: columns) != nil
    }
}

/// The kind of junction that a word of a type column means; nil for one that is not known.
enum BEDPEType {
    /// The kind, and for an inversion its sides where the word tells them.
    static func kind(_ word: String) -> (kind: StructuralVariant.Kind, sides: Breakend.Orientation?)? {
        let name = word.lowercased().replacing("type:", with: "").filter { $0.isLetter || $0.isNumber }
        switch name {
        case "del", "deletion": return (.deletion, nil)
        case "dup", "duplication", "tandemduplication", "tandemdup", "td", "duptandem":
            return (.duplication, nil)
        case "h2hinv", "headtoheadinversion": return (.inversion, .plus)
        case "t2tinv", "tailtotailinversion": return (.inversion, .minus)
        case "inv", "inversion": return (.inversion, nil)
        case "tra", "translocation", "ctx", "interchrom", "interchromosomal":
            return (.translocation, nil)
        case "ins", "insertion": return (.insertion, nil)
        default: return nil
        }
    }
}
