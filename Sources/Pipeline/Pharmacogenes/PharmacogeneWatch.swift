internal import Genome
internal import HTS
internal import Knowledge
internal import Variants

/// Picks the records at pharmacogenes out of a file that is read anyway.
///
/// Most records lie elsewhere: they cost a comparison of positions.
struct PharmacogeneWatch: Sendable {
    private(set) var sites: PharmacogeneSites
    private let sample: Int
    private let contigStyle: Contig.Style?
    private var name: [UInt8] = []
    private var contig = Contig("")
    private var ranges: [Range<Int>] = []
    private let normalizer = AlleleNormalizer()
    private var outcomes: [AlleleOutcome] = []

    /// A watch over the genes' places on an assembly; `sample` is the normal's column.
    init(_ genes: [Pharmacogene], assembly: Assembly, sample: Int, contigStyle: Contig.Style?) {
        sites = PharmacogeneSites(genes, assembly: assembly)
        (self.sample, self.contigStyle) = (sample, contigStyle)
    }

    /// Adds the record if it tells of a place that is watched.
    mutating func add(_ record: VCFRecord, rule: PassRule, reference: FastaReader?) throws {
        if !record.spells(record.column(0), name) {
            name = Array(record.bytes[record.column(0)])
            contig = Contig(record.contigName)
            ranges =
                ContigStyles.counts(record.contigName, stated: contigStyle) ? sites.ranges(on: contig) : []
        }
        guard let first = ranges.first, let last = ranges.last, record.position >= 0,
            record.position < last.upperBound
        else { return }
        // Only a record without explicit ALT reaches beyond its REF.
        let column = record.column(4)
        let isStretch =
            column.isEmpty
            || [UInt8(ascii: "<"), UInt8(ascii: ".")].contains(record.bytes[column.lowerBound])
        let end = isStretch ? PharmacogeneSites.end(of: record) : record.position + record.column(3).count
        guard end > first.lowerBound else { return }
        var isAligned = false
        if var fasta = reference {
            let check = try normalizer.normalize(record, on: contig, reference: &fasta, into: &outcomes)
            isAligned = check == .matches
        } else {
            normalizer.normalize(record, on: contig, into: &outcomes)
        }
        sites.add(
            record, outcomes: outcomes, isAligned: isAligned || record.singleBases != nil, sample: sample,
            isPass: rule.isPass(record.filterState))
    }

    /// Adds what the part of the file that follows had.
    mutating func merge(_ other: PharmacogeneWatch) { sites.merge(other.sites) }
}
