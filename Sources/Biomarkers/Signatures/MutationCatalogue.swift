public import Genome
public import Variants

/// The mutations of one sample by their types, gathered in any order.
///
/// Single bases that stand beside each other, with fractions of reads that differ by at most 0.1 where both are known, are one change: two
/// are a doublet, more are in no catalogue. Their members are not counted as single bases too. Chromosomes 1 … 22, X and Y count.
public struct MutationCatalogue: Sendable {
    /// Why a variant is in no catalogue.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// On no nuclear chromosome.
        case otherContig = "other_contig"
        /// REF is not the reference's base.
        case referenceMismatch = "reference_mismatch"
        /// A base beside it is not known.
        case unknownContext = "unknown_context"
        /// Bases replaced by others of another number.
        case complex
        /// More than two bases in a row.
        case longerThanTwo = "longer_than_two"
        /// An insertion or deletion, and no reference was given.
        case noReference = "no_reference"
        /// A rearrangement that no type names: an insertion, a single breakend, or nearer than a thousand bases.
        case noType = "no_type"
        /// A segment without the copies of each allele.
        case noCopyNumber = "no_copy_number"
    }

    /// A single base, small and without references: a tumor may have a million.
    private struct Base: Sendable {
        var position: Int32
        /// 1 … 24.
        var contig: UInt8
        /// The bases before, at and behind the place, and the one put there.
        var letters: (UInt8, UInt8, UInt8, UInt8)
        /// NaN where it is not known.
        var vaf: Float

        /// Bases come by chromosome, position and the base put there.
        var order: UInt64 {
            UInt64(contig) << 40 | UInt64(UInt32(bitPattern: position)) << 8 | UInt64(letters.3)
        }
    }

    /// The largest difference of the fractions of reads of one change. Source: the project's specification, section 5.2.
    private static let largestDifference: Float = 0.1

    /// Chromosomes by their number.
    private static let contigs = ((1...22).map(String.init) + ["X", "Y"]).map { Contig($0) }

    private var bases: [Base] = []
    /// Whether they were added in their order, as a sorted file has them.
    private var isSorted = true
    private var lastOrder: UInt64 = 0
    private var counts: [MutationTypes: [String: Int]] = [:]
    /// The kinds of catalogue that the sample's files can fill.
    public let kinds: Set<MutationTypes>
    /// Variants on chromosomes that count, also those in no catalogue.
    public private(set) var variants = 0
    /// Variants in no catalogue, by reason.
    public private(set) var skipped: [Reason: Int] = [:]

    /// An empty catalogue.
    public init(_ kinds: Set<MutationTypes>) { self.kinds = kinds }

    /// Adds a variant, trimmed without anchor.
    ///
    /// - Shape: `base` gives the reference's letters in upper case (0-based), `N` where it is not known; nil where there is no reference, and then
    ///   `context` holds the base with its neighbors, if the file has them.
    public mutating func add(
        _ variant: Variant, vaf: Double?, context: [UInt8]? = nil, base: ((Int) -> UInt8)?
    ) {
        guard let number = variant.contig.humanNumber, number <= 24 else { return skip(.otherContig) }
        variants += 1
        let (reference, alternate) = (Array(variant.reference.utf8), Array(variant.alternate.utf8))
        if let base {
            for (offset, letter) in reference.enumerated() where base(variant.position + offset) != letter {
                return skip(.referenceMismatch)
            }
        }
        switch (reference.count, alternate.count) {
        case (1, 1):
            let own = base.map { base in (-1...1).map { base(variant.position + $0) } } ?? context
            guard let own else { return skip(.unknownContext) }
            guard own.count == 3, own[1] == reference[0] else { return skip(.referenceMismatch) }
            append(
                Base(
                    position: Int32(clamping: variant.position), contig: UInt8(number),
                    letters: (own[0], own[1], own[2], alternate[0]), vaf: vaf.map { Float($0) } ?? .nan))
        case (2, 2): count(.dbs78, MutationType.doublet(reference, to: alternate))
        case (let old, let new) where old == new: skip(.longerThanTwo)
        case (0, _), (_, 0):
            guard let base else { return skip(.noReference) }
            let isDeletion = alternate.isEmpty
            count(
                .id83,
                MutationType.indel(
                    isDeletion ? reference : alternate, isDeletion: isDeletion, at: variant.position,
                    base: base))
        default: skip(.complex)
        }
    }

    /// Adds a substitution of one base, and says whether its chromosome counts and REF is the reference's base.
    ///
    /// - Shape: `chromosome` 1 … 24, others count for nothing; `position` 0-based; `sequence` empty where the reference lacks the contig.
    @discardableResult
    public mutating func add(
        _ chromosome: Int, at position: Int, _ bases: (reference: UInt8, alternate: UInt8), vaf: Double?,
        in sequence: ContigSequence
    ) -> Bool {
        guard (1...24).contains(chromosome) else {
            skip(.otherContig)
            return false
        }
        variants += 1
        let codes = sequence.codes(around: position)
        guard BaseCode.letter(codes.own) == bases.reference else {
            skip(.referenceMismatch)
            return false
        }
        append(
            Base(
                position: Int32(clamping: position), contig: UInt8(chromosome),
                letters: (
                    BaseCode.letter(codes.before), bases.reference, BaseCode.letter(codes.behind),
                    bases.alternate
                ), vaf: vaf.map { Float($0) } ?? .nan))
        return true
    }

    /// Adds a segment; where it has several populations of cells, each of them.
    public mutating func add(_ segment: CopyNumberSegment) {
        guard let number = segment.interval.contig.humanNumber, number <= 24 else {
            return skip(.otherContig)
        }
        var states = segment.clones.map { (total: $0.total, minor: $0.minor) }
        if states.isEmpty, let total = segment.total, let minor = segment.minor { states = [(total, minor)] }
        guard !states.isEmpty else { return skip(.noCopyNumber) }
        for state in states {
            count(
                .cnv48,
                MutationTypes.copyNumber(
                    total: state.total, minor: state.minor, length: segment.interval.range.count - 1))
        }
    }

    /// Adds all rearrangements of the sample; clusters are found among them.
    ///
    /// - Returns: Whether there are few enough of them, see ``RearrangementClusters/mostBreakpoints``; if not, none is added.
    public mutating func add(_ rearrangements: [StructuralVariant]) -> Bool {
        // The second junction of an inversion is the same rearrangement.
        let own = rearrangements.filter { variant in
            !variant.isReciprocal
                && [variant.first, variant.second ?? variant.first].allSatisfy {
                    $0.contig.humanNumber.map { $0 <= 24 } == true
                }
        }
        let others = rearrangements.count { !$0.isReciprocal } - own.count
        if others > 0 { skipped[.otherContig, default: 0] += others }
        guard let clustered = RearrangementClusters.areClustered(own) else { return false }
        variants += own.count
        for (variant, isClustered) in zip(own, clustered) {
            guard let name = MutationTypes.rearrangement(variant, isClustered: isClustered) else {
                skip(.noType)
                continue
            }
            count(.sv32, name)
        }
        return true
    }

    /// The mutations of both.
    public func joined(_ other: MutationCatalogue) -> MutationCatalogue {
        var joined = self
        joined.bases += other.bases
        let areApart = bases.last.map { last in other.bases.first.map { last.order <= $0.order } ?? true }
        joined.isSorted = isSorted && other.isSorted && areApart ?? true
        joined.lastOrder = max(lastOrder, other.lastOrder)
        joined.variants += other.variants
        for (types, counts) in other.counts {
            joined.counts[types, default: [:]].merge(counts, uniquingKeysWith: +)
        }
        joined.skipped.merge(other.skipped, uniquingKeysWith: +)
        return joined
    }

    private mutating func append(_ base: Base) {
        let order = base.order
        if order < lastOrder { isSorted = false }
        lastOrder = order
        bases.append(base)
    }

    private mutating func skip(_ reason: Reason) { skipped[reason, default: 0] += 1 }

    private mutating func count(_ types: MutationTypes, _ name: String?) {
        guard let name else { return skip(.unknownContext) }
        counts[types, default: [:]][name, default: 0] += 1
    }

    /// Puts neighboring bases together, and tells single ones by strand where genes are given; nothing is added afterwards.
    public mutating func finish(strands: TranscribedStrands? = nil) {
        if !isSorted { bases.sort { $0.order < $1.order } }
        var singles = Array(repeating: 0, count: 96), stranded = Array(repeating: 0, count: 384)
        var start = 0
        for end in 1...max(1, bases.count) where !bases.isEmpty {
            if end < bases.count, Self.areOne(bases[end - 1], bases[end]) { continue }
            switch end - start {
            case 1: countSingle(bases[start], strands, &singles, &stranded)
            case 2:
                let run = bases[start..<end]
                count(.dbs78, MutationType.doublet(run.map(\.letters.1), to: run.map(\.letters.3)))
            default: skipped[.longerThanTwo, default: 0] += 1
            }
            start = end
        }
        bases = []
        for (types, found) in [(MutationTypes.sbs96, singles), (.sbs384, stranded)] {
            for (name, number) in zip(types.names, found) where number > 0 {
                counts[types, default: [:]][name, default: 0] += number
            }
        }
    }

    /// Counts a base that stands alone, by place: of a million each, names would cost more than the reading.
    private mutating func countSingle(
        _ base: Base, _ strands: TranscribedStrands?, _ singles: inout [Int], _ stranded: inout [Int]
    ) {
        let (five, own, three, new) = base.letters
        guard let found = MutationType.substitutionPlace(five, own, three, to: new) else {
            return skip(.unknownContext)
        }
        singles[found.place] += 1
        guard let strands else { return }
        let strand = strands.category(
            Self.contigs[Int(base.contig) - 1], Int(base.position), isPyrimidine: found.isPyrimidine)
        stranded[strand * 96 + found.place] += 1
    }

    private static func areOne(_ left: Base, _ right: Base) -> Bool {
        guard left.contig == right.contig, left.position + 1 == right.position else { return false }
        guard !left.vaf.isNaN, !right.vaf.isNaN else { return true }
        return abs(left.vaf - right.vaf) <= largestDifference + 1e-6
    }

    /// How often each type occurs, in the order of its names.
    public func values(_ types: MutationTypes) -> [Double] {
        types.names.map { Double(counts[types]?[$0] ?? 0) }
    }
}
