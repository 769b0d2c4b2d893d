// Structural variants of a VCF file.
//
//     record ─▶ ALT ─▶ breakend         half a junction ─▶ BreakendPairing ─▶ junction
//                      <DEL>, bases …   junctions of its own (SymbolicJunctions)
//
// Records are added in the order of the file; the halves wait until all are there, as mates may stand anywhere.
//
// Not done: chains of junctions, and what caller or purpose a filter stands for.

internal import Genome

/// Reads the records of a structural-variant VCF; ``finish()`` pairs the mates.
public struct StructuralReader: Sendable {
    private let roles: SampleRoles
    private let depths: ReadDepthDecoder
    private let sample: String
    /// Where the header gives them.
    private let lengths: [Contig: Int]
    private var whole: [(order: Int, variant: StructuralVariant)] = []
    private var halves: [BreakendHalf] = []
    private var tally = StructuralTally()
    private var filterUse = FilterUse()
    private var order = 0

    /// No cell has as many copies of a junction.
    private static let mostCopies = 1e6

    /// The INFO tags that are read, besides those of ``ReadDepthDecoder``.
    public static let infoTags: Set<String> = [
        "CHR2", "CT", "END", "EVENT", "IMPRECISE", "INSLEN", "INV3", "INV5", "MATEID", "PARID", "POS2",
        "PURPLE_JCN", "STRANDS", "SVCLAIM", "SVINSLEN", "SVINSSEQ", "SVLEN", "SVTYPE",
    ]

    /// A reader for the records below `header`.
    public init(header: VCFHeader, roles: SampleRoles) {
        self.roles = roles
        depths = ReadDepthDecoder(header: header)
        sample = SampleRoles.sampleName(column: roles.tumor, header: header) ?? ""
        lengths = Dictionary(
            header.contigs.compactMap { contig in contig.length.map { (Contig(contig.name), $0) } },
            uniquingKeysWith: max)
    }

    /// Takes a record.
    public mutating func add(_ record: VCFRecord) {
        tally.records += 1
        guard record.isWellFormed else {
            tally.add(.malformed, record.key, line: record.lineNumber)
            return
        }
        filterUse.add(record.filterState)
        let alternates = record.column(4)
        guard record.alternateCount > 0 else {
            tally.add(.noJunction, record.key, line: record.lineNumber)
            return
        }
        for (index, range) in record.split(alternates, by: UInt8(ascii: ",")).enumerated() {
            add(record.bytes[range], index + 1, record)
        }
    }

    private mutating func add(_ alternate: ArraySlice<UInt8>, _ allele: Int, _ record: VCFRecord) {
        order += 1
        if let breakend = BreakendAllele(bytes: alternate) {
            if let mate = breakend.mate, isBehind(mate.oneBasedPosition - 1, Contig(mate.contigName)) {
                tally.add(.behindContig, record.key, line: record.lineNumber)
                return
            }
            halves.append(BreakendHalf(breakend, record, allele: allele, order: order))
            halves[halves.count - 1].facts = facts(record, allele)
            return
        }
        switch SymbolicJunctions(record: record, allele: allele).read(alternate) {
        case .success(let junctions):
            let sides = junctions.flatMap { [$0.first, $0.second].compactMap(\.self) }
            guard !sides.contains(where: { isBehind($0.position, $0.contig) }) else {
                tally.add(.behindContig, record.key, line: record.lineNumber)
                return
            }
            let facts = facts(record, allele)
            for junction in junctions { whole.append((order, facts.applied(to: junction))) }
        case .failure(let obstacle): tally.add(obstacle, record.key, line: record.lineNumber)
        }
    }

    /// Whether a place (0-based) lies behind the telomere, which follows the last base.
    private func isBehind(_ position: Int, _ contig: Contig) -> Bool {
        lengths[contig].map { position > $0 } ?? false
    }

    /// Pairs the mates and returns each junction once, in the order of the file.
    ///
    /// - Shape: with `unfilteredIsPass` an empty FILTER passes also where others say `PASS`.
    public func finish(unfilteredIsPass: Bool = false) -> StructuralCalls {
        var (tally, whole, halves) = (tally, whole, halves)
        // `isPass` holds FILTER PASS so far; whether an empty FILTER passes is known now.
        if filterUse.rule(unfilteredIsPass: unfilteredIsPass).acceptsUnfiltered {
            for index in whole.indices where whole[index].variant.filters.isEmpty {
                whole[index].variant.isPass = true
            }
            for index in halves.indices where halves[index].facts.filters.isEmpty {
                halves[index].facts.isPass = true
            }
        }
        var pairing = BreakendPairing(halves)
        let joined = pairing.join()
        tally.disagreeingMates = pairing.disagreeing
        let variants = (whole + joined).sorted {
            ($0.order, $0.variant.isReciprocal ? 1 : 0) < ($1.order, $1.variant.isReciprocal ? 1 : 0)
        }.map(\.variant)
        tally.filterWarning = filterUse.warning(unfilteredIsPass: unfilteredIsPass)
        tally.otherTypes = variants.count(where: Self.isOfOtherType)
        return StructuralCalls(variants: variants, tally: tally)
    }

    private static func isOfOtherType(_ variant: StructuralVariant) -> Bool {
        switch (variant.statedType.prefix { $0 != ":" }, variant.kind) {
        case ("BND", _), ("", _), ("SGL", .single), ("INF", .single), ("CTX", .translocation): false
        // An insertion may replace a base or two, and a tandem duplication may be written as one.
        case ("INS", .deletion): (variant.length ?? 0) > (variant.insertedLength ?? 0)
        case (let stated, let kind): stated != kind.rawValue
        }
    }

    /// Whether a sample's genotype has an allele; nil without a genotype or where a part of it is missing.
    private static func isCarried(_ record: VCFRecord, _ allele: Int, _ sample: Int?) -> Bool? {
        guard let genotype = sample.flatMap({ Genotype(record, sample: $0) }) else { return nil }
        if genotype.copies(of: allele) > 0 { return true }
        return genotype.isComplete ? false : nil
    }

    private func facts(_ record: VCFRecord, _ allele: Int) -> RecordFacts {
        RecordFacts(
            id: record.id == "." ? "" : record.id, event: record.info("EVENT") ?? "",
            statedType: record.info("SVTYPE") ?? "", filters: record.filters.filter { $0 != "PASS" },
            isPass: record.isPass, isImprecise: record.hasInfo("IMPRECISE"),
            tumor: depths.tumorCall(record, alleleIndex: allele, roles: roles),
            normal: depths.normalCall(record, alleleIndex: allele, roles: roles),
            isCarriedByTumor: Self.isCarried(record, allele, roles.tumor),
            isCarriedByNormal: Self.isCarried(record, allele, roles.normal),
            junctionCopies: record.infoNumbers("PURPLE_JCN").first.flatMap { $0 }
                .flatMap { abs($0) <= Self.mostCopies ? $0 : nil },
            sample: sample,
            lineNumber: record.lineNumber)
    }
}

/// What a record says besides its places.
struct RecordFacts: Sendable {
    var id = ""
    var event = ""
    var statedType = ""
    var filters: [String] = []
    var isPass = true
    var isImprecise = false
    var tumor = SampleCall()
    var normal = SampleCall()
    var isCarriedByTumor: Bool?
    var isCarriedByNormal: Bool?
    var junctionCopies: Double?
    var sample = ""
    var lineNumber = 0

    /// A junction with what its record says.
    func applied(to junction: StructuralVariant) -> StructuralVariant {
        var junction = junction
        junction.ids = id.isEmpty ? [] : [id]
        (junction.event, junction.statedType) = (event, statedType)
        (junction.filters, junction.isPass, junction.isImprecise) = (filters, isPass, isImprecise)
        (junction.tumor, junction.normal) = (tumor, normal)
        (junction.isCarriedByTumor, junction.isCarriedByNormal) = (isCarriedByTumor, isCarriedByNormal)
        (junction.junctionCopies, junction.sample) = (junctionCopies, sample)
        junction.lineNumber = lineNumber
        return junction
    }
}
