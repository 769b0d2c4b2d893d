internal import Genome
internal import HTS
internal import Knowledge
internal import Variants

/// Where germline calls are read and written by default: genes of interest, and a stretch of X that tells the sex.
///
/// The gene table is on GRCh38; on another assembly there are no regions and the whole file is read.
struct ReportableGermline: Sendable {
    /// Bases read on each side of a gene.
    static let margin = 5000
    /// Genes: sorted, disjoint, 0-based.
    private var genes: [Contig: [Range<Int>]] = [:]
    private var all: [Contig: [Range<Int>]] = [:]

    init(_ interest: GenesOfInterest, _ knowledge: KnowledgeBase, assembly: Assembly?) throws(InputError) {
        guard assembly == .grch38 else { return }
        genes = try interest.spans(knowledge.genes).mapValues { spans in
            Self.joined(
                spans.map { max(0, $0.lowerBound - Self.margin)..<($0.upperBound + Self.margin) })
        }
        all = genes
        all[Contig("X"), default: []].append(SexCheck.window)
        all = all.mapValues(Self.joined)
    }

    /// Whether there are none, and all of the file counts.
    var isEmpty: Bool { genes.isEmpty }

    /// What is read on a contig: sorted, disjoint, 0-based.
    func ranges(on contig: Contig) -> [Range<Int>] { all[contig] ?? [] }

    /// All that is read.
    var intervals: [GenomicInterval] {
        all.flatMap { contig, ranges in ranges.map { GenomicInterval(contig: contig, zeroBased: $0) } }
            .sorted()
    }

    /// Whether a record's REF touches what is read.
    func isRead(_ record: VCFRecord) -> Bool { Self.touches(record, all) }

    /// Whether a record's REF touches a gene that is reported.
    func contains(_ record: VCFRecord) -> Bool { Self.touches(record, genes) }

    private static func touches(_ record: VCFRecord, _ places: [Contig: [Range<Int>]]) -> Bool {
        guard let ranges = places[Contig(record.contigName)] else { return false }
        let end = record.position + max(record.column(3).count, 1)
        // The first range that ends behind the record; they are sorted and disjoint.
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= record.position { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound < end
    }

    private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = joined.last, last.upperBound >= range.lowerBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }
}
