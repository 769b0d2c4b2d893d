internal import Genome
internal import HTS

extension RegionSet {
    /// Reads columns 1 to 3 of a BED (0-based, half-open); `track`, `browser` and `#` lines are passed over.
    ///
    /// - Throws: `InputError` for a line that is no region, and for a file without a base; no contig has more than 2³¹ bases.
    init(bed path: String) throws(InputError) {
        var intervals: [GenomicInterval] = []
        let reader = try LineReader(path: path)
        while let line = try reader.next() {
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix("track") || line.hasPrefix("browser") {
                continue
            }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count >= 3, let start = Int(cells[1]), let end = Int(cells[2]), start >= 0,
                start <= end, end <= Int(Int32.max)
            else {
                throw InputError(
                    file: CasePipeline.name(path), place: .line(reader.lineNumber),
                    problem: "the line is no BED region (contig, start, end, 0-based)",
                    remedy: "Mend the line.")
            }
            intervals.append(GenomicInterval(contig: Contig(cells[0]), zeroBased: start..<end))
        }
        self.init(intervals)
        guard bases > 0 else {
            throw InputError(
                file: CasePipeline.name(path), problem: "no region holds a base",
                remedy: "Give the regions as lines of contig, start and end, 0-based, with tabs.")
        }
    }
}
