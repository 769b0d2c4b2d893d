public import Genome
public import Variants

/// The copy numbers of one sample along chromosomes 1 … 22, X and Y, at their true relative lengths.
///
/// Two steps are drawn for each segment: all copies, and those of the allele that has fewer. Stretches where one allele is lost are shaded
/// behind them (fewer than 0.5 copies of one allele, at least 0.5 of both together). X is judged in a woman alone and Y never: a
/// man has one copy of each to begin with. What lies above the axis' end is drawn at the end with a mark.
///
/// - Coordinates: as ``Variants/CopyNumberSegment``: 0-based, half-open; texts in the picture are 1-based and closed.
public struct CopyNumberPlot: Hashable, Sendable {
    /// The sample's name.
    public let sample: String
    /// The genome that positions refer to.
    public let assembly: Assembly
    /// Whether the person is a woman; false for a man and where it is not known.
    public let isFemale: Bool
    /// The segments that are drawn: on chromosomes 1 … 22, X, Y, with a total copy number, by place.
    public let segments: [CopyNumberSegment]
    /// How many segments lie on other contigs.
    public let otherContigs: Int
    /// How many segments have no total copy number.
    public let withoutTotal: Int

    /// A picture of segments in any order.
    ///
    /// - Throws: `InputError`: no segment has a place and a copy number, one ends beyond its chromosome, a copy number is not finite or above 10⁶.
    public init(
        sample: String, segments: [CopyNumberSegment], assembly: Assembly, isFemale: Bool, file: String
    ) throws(InputError) {
        (self.sample, self.assembly, self.isFemale) = (sample, assembly, isFemale)
        let placed = segments.filter { assembly.length(of: $0.interval.contig) != nil }
        self.segments = placed.filter { $0.total != nil }.sorted { $0.interval < $1.interval }
        otherContigs = segments.count - placed.count
        withoutTotal = placed.count - self.segments.count
        guard !self.segments.isEmpty else {
            throw InputError(
                file: file,
                problem: placed.isEmpty
                    ? "no segment lies on chromosomes 1 to 22, X or Y" : "no segment has a total copy number",
                remedy:
                    "Give a table with total copy numbers, which needs purity and ploidy: PURPLE, ASCAT, FACETS, or CNVkit's call."
            )
        }
        for segment in self.segments {
            let place = InputError.Place.line(segment.lineNumber)
            let length = assembly.length(of: segment.interval.contig) ?? 0
            // Some callers close the last segment one base behind the chromosome.
            guard segment.interval.range.upperBound <= length + 1, segment.interval.range.lowerBound >= 0
            else {
                throw InputError(
                    file: file, place: place,
                    problem:
                        "the segment ends at \(segment.interval.range.upperBound), chromosome \(segment.interval.contig) of \(assembly.rawValue) has \(length) bases",
                    remedy: "Give the segments' own assembly with --assembly.")
            }
            for value in [segment.total, segment.minor].compactMap({ $0 })
            where !(abs(value) <= Self.mostCopies) {
                throw InputError(
                    file: file, place: place,
                    problem: "a copy number is \(value), a number up to \(Int(Self.mostCopies)) was expected",
                    remedy: "Mend the row.")
            }
        }
    }

    private static let mostCopies = 1e6

    // MARK: What the segments say

    /// Whether one allele of a segment is lost; nil where that cannot be judged.
    func isLOH(_ segment: CopyNumberSegment) -> Bool? {
        guard segment.interval.contig.isAutosome || segment.interval.contig.humanNumber == 23 && isFemale,
            let total = segment.total, let minor = segment.minor
        else { return nil }
        return minor < 0.5 && total >= 0.5
    }

    /// Stretches where one allele is lost, by place; segments that touch are one stretch.
    var lostStretches: [GenomicInterval] {
        var stretches: [GenomicInterval] = []
        for segment in segments where isLOH(segment) == true {
            let (contig, range) = (segment.interval.contig, segment.interval.range)
            if let last = stretches.last, last.contig == contig, range.lowerBound <= last.range.upperBound {
                let end = max(last.range.upperBound, range.upperBound)
                stretches[stretches.count - 1] = GenomicInterval(
                    contig: contig, zeroBased: last.range.lowerBound..<end)
            } else {
                stretches.append(segment.interval)
            }
        }
        return stretches
    }

    /// Where the axis ends: the least whole number from 4 to 12 that all but a five-hundredth of the bases stay below.
    var axisEnd: Int {
        let bases = segments.reduce(0) { $0 + $1.interval.range.count }
        return (4...12).first { end in
            let above = segments.filter { ($0.total ?? 0) > Double(end) }
            return above.reduce(0) { $0 + $1.interval.range.count } * 500 <= bases
        } ?? 12
    }

    /// What the picture shows, as text; with up to 100 segments each of them.
    var description: String {
        func megabases(_ bases: Int) -> String { PlotNumber.text((Double(bases) / 1e4).rounded() / 100) }
        let judged = segments.filter { isLOH($0) != nil }
        let lost = judged.filter { isLOH($0) == true }.reduce(0) { $0 + $1.interval.range.count }
        var lines = [
            "Copy numbers along the genome, \(assembly.rawValue): \(segments.count) segments.",
            "Loss of heterozygosity on \(megabases(lost)) of \(megabases(judged.reduce(0) { $0 + $1.interval.range.count })) Mb of \(isFemale ? "chromosomes 1 to 22 and X" : "chromosomes 1 to 22").",
        ]
        let withoutMinor = segments.count { $0.minor == nil }
        if withoutMinor > 0 { lines.append("\(withoutMinor) segments have no minor copy number.") }
        if withoutTotal > 0 { lines.append("\(withoutTotal) segments without copy number are left out.") }
        if otherContigs > 0 { lines.append("\(otherContigs) segments on other contigs are left out.") }
        if segments.count <= 100 { lines += segments.map(Self.text) }
        return lines.joined(separator: "\n")
    }

    static func text(_ segment: CopyNumberSegment) -> String {
        let range = segment.interval.range
        return "\(segment.interval.contig):\(range.lowerBound + 1)-\(range.upperBound)"
            + " total \(segment.total.map(PlotNumber.text) ?? "unknown")"
            + " minor \(segment.minor.map(PlotNumber.text) ?? "unknown")"
    }
}
