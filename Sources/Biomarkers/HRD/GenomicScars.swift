public import Genome
public import Variants

/// Three counts of genomic scars of failed homologous recombination: HRD-LOH, telomeric allelic imbalance (TAI), large-scale
/// transitions (LST).
///
/// Copies are rounded to whole numbers (half away from zero), X and Y are left out, neighbors with equal copies are one. A length is end
/// minus start, as in the literature.
///
/// - Source: Abkevich et al., Br J Cancer 2012 (LOH); Birkbak et al., Cancer Discov 2012 (TAI); Popova et al., Cancer Res 2012 (LST), as scarHRD
///   counts them (`calc.hrd.R`, `calc.ai_new.R`, `calc.lst.R`).
public struct GenomicScars: Hashable, Sendable {
    /// How regions of lost heterozygosity are joined before they are counted.
    public enum Compatibility: String, Hashable, Sendable, CaseIterable {
        /// Whatever the copies of the allele that is left, as scarHRD does.
        case cap
        /// Only with equal copies of it, as signature.tools.lib does.
        case nocap
    }

    /// A segment that a count rests on; a transition has two.
    public struct Segment: Codable, Hashable, Sendable {
        /// `LOH`, `TAI` or `LST`.
        public var scar: String
        /// The chromosome.
        public var contig: String
        /// First base, 1-based.
        public var start: Int
        /// Last base, 1-based; of a transition that of the second segment.
        public var end: Int
        /// Of a transition the last base of the first segment.
        public var breakpoint: Int?
    }

    /// Regions of lost heterozygosity of more than 15 Mb that are no whole chromosome.
    public private(set) var lossOfHeterozygosity = 0
    /// Imbalances that reach a telomere and not the centromere.
    public private(set) var telomericImbalance = 0
    /// Breaks between two segments of 10 Mb or more on one arm.
    public private(set) var largeScaleTransitions = 0
    /// What each count rests on, by chromosome.
    public private(set) var segments: [Segment] = []
    /// The fraction of the autosomes that the segments cover, 0 … 1; what is not covered has scars that are not seen.
    public private(set) var coveredFraction = 0.0

    /// The sum of the three.
    public var sum: Int { lossOfHeterozygosity + telomericImbalance + largeScaleTransitions }

    /// Why scars cannot be counted.
    public enum Obstacle: Error, Hashable, Sendable {
        /// No autosome has segments.
        case noSegments
        /// The copies of an allele are not known in so many segments.
        case minorUnknown(Int)
        /// Segments overlap by more than a shared base.
        case overlap(GenomicInterval)
    }

    /// Counts the scars of one sample; segments in any order.
    public init(
        _ segments: [CopyNumberSegment], assembly: Assembly, compatibility: Compatibility = .cap
    ) throws(Obstacle) {
        let autosomes = segments.filter { $0.interval.contig.isAutosome }
        guard !autosomes.isEmpty else { throw .noSegments }
        let unknown = autosomes.count { $0.major == nil }
        guard unknown == 0 else { throw .minorUnknown(unknown) }
        coveredFraction =
            Double(SegmentCoverage(autosomes).coveredBases)
            / Double(assembly.chromosomeLengths.prefix(22).reduce(0, +))
        let byContig = Dictionary(grouping: autosomes, by: \.interval.contig)
        for contig in byContig.keys.sorted() {
            let sorted = (byContig[contig] ?? []).sorted { $0.interval < $1.interval }
            for (left, right) in zip(sorted, sorted.dropFirst())
            where right.interval.range.lowerBound < left.interval.range.upperBound - 1 {
                throw .overlap(right.interval)
            }
            guard let edges = Centromere.edges(assembly, contig) else { continue }
            let stretches = Stretch.joined(sorted.map(Stretch.init))
            countLosses(stretches, contig, compatibility)
            countImbalances(stretches, contig, edges)
            countTransitions(stretches, contig, edges)
        }
    }

    // MARK: Counts

    private mutating func countLosses(_ all: [Stretch], _ contig: Contig, _ compatibility: Compatibility) {
        // A chromosome that lost heterozygosity whole says nothing on recombination.
        guard all.contains(where: { $0.minor != 0 }) else { return }
        var stretches = all
        if compatibility == .cap {
            for index in stretches.indices { stretches[index].major = min(1, stretches[index].major) }
            stretches = Stretch.joined(stretches)
        }
        for stretch in stretches where stretch.minor == 0 && stretch.major > 0 && stretch.length > 15_000_000
        {
            lossOfHeterozygosity += 1
            add("LOH", contig, stretch)
        }
    }

    private mutating func countImbalances(
        _ all: [Stretch], _ contig: Contig, _ edges: (shortArmEnd: Int, longArmStart: Int)
    ) {
        let stretches = Stretch.joined(all.filter { $0.length >= 1_000_000 })
        guard stretches.count > 1, let first = stretches.first, let last = stretches.last else { return }
        var bases: [Int: Int] = [:]
        for stretch in stretches where stretch.total > 0 {
            bases[stretch.total, default: 0] += stretch.length
        }
        guard let main = bases.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) })?.key else { return }
        func isImbalanced(_ stretch: Stretch) -> Bool {
            if main == 1 || main.isMultiple(of: 2) { return stretch.major != stretch.minor }
            return !(stretch.total == main && stretch.minor != 0)
        }
        for stretch in [
            isImbalanced(first) && first.end < edges.shortArmEnd ? first : nil,
            isImbalanced(last) && last.start > edges.longArmStart ? last : nil,
        ].compactMap(\.self) {
            telomericImbalance += 1
            add("TAI", contig, stretch)
        }
    }

    private mutating func countTransitions(
        _ all: [Stretch], _ contig: Contig, _ edges: (shortArmEnd: Int, longArmStart: Int)
    ) {
        guard all.count > 1 else { return }
        var short = Stretch.joined(all.filter { $0.start <= edges.shortArmEnd })
        if !short.isEmpty { short[short.count - 1].end = edges.shortArmEnd }
        var long = Stretch.joined(all.filter { $0.end >= edges.longArmStart })
        if !long.isEmpty { long[0].start = edges.longArmStart }
        for arm in [short, long] {
            let smooth = Stretch.smoothed(arm)
            for (left, right) in zip(smooth, smooth.dropFirst())
            where left.length >= 10_000_000 && right.length >= 10_000_000
                && right.start - left.end < 3_000_000
            {
                largeScaleTransitions += 1
                segments.append(
                    Segment(
                        scar: "LST", contig: contig.name, start: left.start, end: right.end,
                        breakpoint: left.end))
            }
        }
    }

    private mutating func add(_ scar: String, _ contig: Contig, _ stretch: Stretch) {
        segments.append(Segment(scar: scar, contig: contig.name, start: stretch.start, end: stretch.end))
    }
}

/// Bases with one number of copies of each allele; 1-based, closed.
private struct Stretch {
    var start: Int
    var end: Int
    var major: Int
    var minor: Int

    init(_ segment: CopyNumberSegment) {
        start = segment.interval.range.lowerBound + 1
        end = segment.interval.range.upperBound
        // Beyond a million copies the number does not matter.
        func whole(_ value: Double?) -> Int { Int(min(max(value ?? 0, 0), 1e6).rounded()) }
        let pair = [whole(segment.major), whole(segment.minor)]
        (major, minor) = (max(pair[0], pair[1]), min(pair[0], pair[1]))
    }

    var length: Int { end - start }
    var total: Int { major + minor }

    /// Neighbors with equal copies as one.
    static func joined(_ stretches: [Stretch]) -> [Stretch] {
        var joined: [Stretch] = []
        for stretch in stretches {
            if let last = joined.last, last.major == stretch.major, last.minor == stretch.minor {
                joined[joined.count - 1].end = max(last.end, stretch.end)
            } else {
                joined.append(stretch)
            }
        }
        return joined
    }

    /// Without stretches of less than 3 Mb: the first one is taken out and what then are equal neighbors joined, until none is left.
    static func smoothed(_ stretches: [Stretch]) -> [Stretch] {
        var stretches = stretches
        var place = 0
        while let short = stretches[place...].firstIndex(where: { $0.length < 3_000_000 }) {
            stretches.remove(at: short)
            if short > 0, short < stretches.count, stretches[short - 1].major == stretches[short].major,
                stretches[short - 1].minor == stretches[short].minor
            {
                stretches[short - 1].end = max(stretches[short - 1].end, stretches[short].end)
                stretches.remove(at: short)
            }
            place = max(0, min(short - 1, stretches.count))
        }
        return stretches
    }
}
