// Which chromosome arms are gained or lost whole?
//
//     arm        p ├──────────────┤ centromere ├───────────────────┤ q
//     segments     3   3   2   3                 1       1     1
//                  gained on 88 %: gain          lost on 100 %: loss
//
// A base is gained where the total copy number is more than half a copy above the ploidy, lost where it is as much below. An arm has the
// event that four fifths of its covered bases have; below one fifth of each it is neutral, else partial. Arms of which segments cover less than
// four fifths are not told, nor are the short arms of 13, 14, 15, 21 and 22, which hold next to no unique sequence.
//
// Not done: which copy came first, events below an arm's length.

public import Genome
public import Variants

/// Gains and losses of whole arms, and the two pairs of them that name brain tumors.
///
/// - Source: Taylor et al., Cancer Cell 2018;33:676 (four fifths and one fifth); WHO classification 2021 (1p/19q codeletion of
///   oligodendroglioma; +7/-10 of glioblastoma).
public struct ArmEvents: Codable, Hashable, Sendable {
    /// What happened to an arm.
    public enum Event: String, Codable, Hashable, Sendable {
        /// More copies than the ploidy.
        case gain
        /// Fewer copies than the ploidy.
        case loss
        /// A part is gained or lost.
        case partial
        /// As many copies as the ploidy.
        case neutral
        /// Segments cover too little.
        case notCovered = "not_covered"
    }

    /// Whether a pair of events is there.
    public enum Presence: String, Codable, Hashable, Sendable {
        /// Both whole arms, or chromosomes.
        case present
        /// One of them at least is not altered whole.
        case absent
        /// An arm is not covered.
        case undetermined
    }

    /// One arm.
    public struct Arm: Codable, Hashable, Sendable {
        /// `1p`.
        public var arm: String
        /// What happened.
        public var event: Event
        /// The share of the arm that segments cover, 0 … 1.
        public var coveredFraction: Double
        /// The mean of the total copy number; absent where nothing is covered.
        public var meanCopyNumber: Double?
        /// The share of the covered bases with more copies.
        public var gainedFraction: Double?
        /// The share of the covered bases with fewer copies.
        public var lostFraction: Double?
        /// The share of the covered bases where one allele is gone; absent where a segment does not say.
        public var lohFraction: Double?
    }

    /// Autosomal arms with unique sequence, in their order.
    public var arms: [Arm]
    /// Whether 1p and 19q are both lost.
    public var codeletion1p19q: Presence
    /// Whether chromosome 7 is gained and chromosome 10 lost, each whole.
    public var gain7Loss10: Presence

    /// The shares from which on an arm is altered, and below which it is not.
    private static let (altered, unaltered) = (0.8, 0.2)
    private static let acrocentric: Set<Int> = [13, 14, 15, 21, 22]

    /// The events of a profile.
    ///
    /// - Shape: `ploidy` copies of the mean genome.
    public init(_ profile: CopyNumberProfile, ploidy: Double, assembly: Assembly) {
        var arms: [Arm] = []
        for number in 1...22 {
            let contig = Contig(String(number))
            guard let edges = Centromere.edges(assembly, contig), let end = assembly.length(of: contig) else {
                continue
            }
            let segments = profile.segments(on: contig)
            if !Self.acrocentric.contains(number) {
                arms.append(Self.arm("\(number)p", 0..<edges.shortArmEnd, segments, ploidy))
            }
            arms.append(Self.arm("\(number)q", (edges.longArmStart - 1)..<end, segments, ploidy))
        }
        self.arms = arms
        let events = Dictionary(uniqueKeysWithValues: arms.map { ($0.arm, $0.event) })
        func presence(_ wanted: [(arm: String, event: Event)]) -> Presence {
            let found = wanted.map { (events[$0.arm] ?? .notCovered, $0.event) }
            if found.contains(where: { $0.0 != $0.1 && $0.0 != .notCovered }) { return .absent }
            return found.contains { $0.0 == .notCovered } ? .undetermined : .present
        }
        codeletion1p19q = presence([("1p", .loss), ("19q", .loss)])
        gain7Loss10 = presence([("7p", .gain), ("7q", .gain), ("10p", .loss), ("10q", .loss)])
    }

    private static func arm(
        _ name: String, _ range: Range<Int>, _ segments: [CopyNumberSegment], _ ploidy: Double
    ) -> Arm {
        var (covered, gained, lost, withoutAllele, end) = (0, 0, 0, 0, range.lowerBound)
        var sum = 0.0
        var isMinorKnown = true
        for segment in segments {
            guard let total = segment.total else { continue }
            let part = segment.interval.range.clamped(to: range)
            // A base that two segments cover is counted once.
            let count = max(0, part.upperBound - max(part.lowerBound, end))
            if count == 0 { continue }
            end = part.upperBound
            covered += count
            sum += total * Double(count)
            if total > ploidy + 0.5 { gained += count }
            if total < ploidy - 0.5 { lost += count }
            if let minor = segment.minor {
                if minor < 0.5 { withoutAllele += count }
            } else {
                isMinorKnown = false
            }
        }
        func share(_ count: Int) -> Double? {
            covered > 0 ? (Double(count) / Double(covered) * 1e4).rounded() / 1e4 : nil
        }
        let coverage = Double(covered) / Double(range.count)
        let event: Event
        if coverage < altered {
            event = .notCovered
        } else if Double(gained) >= altered * Double(covered) {
            event = .gain
        } else if Double(lost) >= altered * Double(covered) {
            event = .loss
        } else {
            event = Double(gained + lost) < unaltered * Double(covered) ? .neutral : .partial
        }
        return Arm(
            arm: name, event: event, coveredFraction: (coverage * 1e4).rounded() / 1e4,
            meanCopyNumber: covered > 0 ? (sum / Double(covered) * 1e4).rounded() / 1e4 : nil,
            gainedFraction: share(gained), lostFraction: share(lost),
            lohFraction: isMinorKnown ? share(withoutAllele) : nil)
    }
}
