public import Consequences
public import Genome
public import Variants

/// A gene that a somatic rearrangement breaks, and how many copies it leaves whole.
public struct ObservedDisruption: Sendable {
    /// Fewer whole copies than this are none.
    ///
    /// Source: specification section 7.2 (LINX, homozygous disruption).
    public static let wholeCopy = 0.5

    private static let mostCopies = 1e6

    /// What breaks, and where.
    public var disruption: GeneDisruption
    /// Tumor copies in which the gene is whole or broken; nil where no segment says.
    public var copies: Double?
    /// Tumor copies that have the junction, as the caller fitted them or by the fraction of reads; nil where neither is known.
    public var junctionCopies: Double?

    /// A disruption with the copies of its place.
    ///
    /// - Shape: `purity` above 0 where it is known; without it the junction's copies are the caller's alone.
    public init(
        _ disruption: GeneDisruption, profile: CopyNumberProfile?, purity: Double?, isMale: Bool
    ) {
        self.disruption = disruption
        let ends = disruption.breaks.map(\.breakend)
        // The side with more copies tells how many may be whole.
        func total(_ step: Int) -> Double? {
            ends.compactMap { end in
                let behind = end.orientation == .plus ? step : -step
                return profile?.segment(at: end.position + behind, on: end.contig)?.total
            }.max()
        }
        let kept = total(0)
        // The bases that a duplication keeps at its ends are those that it doubles; the gene's copies are told beyond them.
        copies = disruption.variant.kind == .duplication ? total(1) : kept
        junctionCopies = disruption.variant.junctionCopies
        if junctionCopies == nil, let purity, purity > 0, let kept, let vaf = disruption.variant.tumor.vaf {
            let isSingle = isMale && ends.allSatisfy { [23, 24].contains($0.contig.humanNumber) }
            junctionCopies = AlleleDosage(
                purity: purity, tumorCopies: kept, normalCopies: isSingle ? 1 : 2
            ).mutatedCopies(vaf: vaf)
        }
        // Next to no tumor cells tell nothing of their copies.
        if let copies = junctionCopies, abs(copies) > Self.mostCopies { junctionCopies = nil }
    }

    /// Whether the rearrangement is a hit of its gene: the broken copy cannot work. A single breakend, whose other side nobody knows, is none.
    public var isHit: Bool { disruption.isLossOfFunction && disruption.variant.kind != .single }

    /// Copies of the gene without the junction; nil where either number is not known.
    public var undisruptedCopies: Double? {
        guard let copies, let junctionCopies else { return nil }
        return max(0, copies - junctionCopies)
    }

    /// The kept bases at the breaks of the gene.
    public var places: [GenomicInterval] {
        disruption.breaks.map {
            let position = max(0, $0.breakend.position)
            return GenomicInterval(contig: $0.breakend.contig, zeroBased: position..<(position + 1))
        }
    }

    /// Why ``undisruptedCopies`` is not known.
    var reasonUnknown: String {
        copies == nil
            ? "the copies of the broken place are not known"
            : "neither the purity with the junction's reads nor its copies are known"
    }

    /// The disruption as a hit of its gene.
    var name: String { "\(disruption.summary) (somatic)" }

    /// Why the junction does not count as seen, or nil if it does. With `usesDepthFilters` reads and fraction must reach the default
    /// limits of small variants where they are known, and the normal must not have it.
    public func reasonNotUsable(usesDepthFilters: Bool) -> String? {
        let variant = disruption.variant
        guard variant.isPass else {
            return "FILTER \(variant.filters.isEmpty ? "." : variant.filters.joined(separator: ";"))"
        }
        if variant.isNotInTumor { return "the tumor does not have it" }
        guard usesDepthFilters else { return nil }
        if let reads = variant.tumor.alternateDepth, reads < 3 {
            return "\(reads) alternate reads, at least 3 needed"
        }
        if let vaf = variant.tumor.vaf, vaf < 0.05 {
            return "VAF \((vaf * 1000).rounded() / 1000), at least 0.05 needed"
        }
        return variant.isInNormal ? "the normal has it too" : nil
    }
}

extension Finding {
    /// The rearrangement behind a finding of kind `disruption`.
    public struct DisruptionState: Codable, Hashable, Sendable {
        /// A breakend in the gene.
        public struct Break: Codable, Hashable, Sendable {
            /// `10:89700299+`, 1-based, with the side that is kept.
            public var locus: String
            /// `intron 5` or `exon 3`.
            public var place: String
            /// `5' UTR`, `coding`, `3' UTR` or `non-coding`.
            public var region: String
        }

        /// `DEL`, `DUP`, `INV`, `INS`, `TRA` or `SGL`.
        public var type: String
        /// Both breakends, in and outside the gene.
        public var junction: String
        /// Breakends in the gene.
        public var breaks: [Break]
        /// Exons touched by a deletion, duplication or insertion, such as `6` or `2-7`.
        public var exons: String?
        /// Bases between the two sides; absent where they are not known.
        public var insertedSequence: String?
        /// Whether the broken copy cannot work.
        public var isLossOfFunction: Bool
        /// Tumor copies that have the junction.
        public var junctionCopies: Double?
        /// Tumor copies without it.
        public var undisruptedCopies: Double?
        /// `paired`, `mate_filtered`, `mate_missing`, `unnamed` or `none`.
        public var mate: String
        /// The caller's names of the records.
        public var ids: [String]
    }

    /// A finding on a broken gene.
    init(_ observed: ObservedDisruption) {
        let (disruption, variant) = (observed.disruption, observed.disruption.variant)
        let ends = [variant.first] + (variant.second.map { [$0] } ?? [])
        let place = ends.map { "\($0.contig)-\($0.position + 1)" }.joined(separator: "-")
        let junction = ends.map(\.description).joined(separator: " ")
        self.init(
            id: "somatic-\(disruption.gene)-\(variant.kind.rawValue)-\(place)", kind: .disruption,
            origin: .somatic,
            gene: disruption.gene, alteration: disruption.summary, locus: junction)
        transcript = disruption.transcript
        vaf = variant.tumor.vaf.map { ($0 * 1e6).rounded() / 1e6 }
        depth = variant.tumor.depth
        func rounded(_ value: Double?) -> Double? { value.map { ($0 * 1e4).rounded() / 1e4 } }
        disruptionState = DisruptionState(
            type: variant.kind.rawValue, junction: junction,
            breaks: disruption.breaks.map {
                .init(locus: $0.breakend.description, place: $0.place, region: $0.region.rawValue)
            },
            exons: disruption.exons.map {
                $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
            },
            insertedSequence: variant.insertedSequence.flatMap { $0.isEmpty ? nil : $0 },
            isLossOfFunction: observed.isHit,
            junctionCopies: rounded(observed.junctionCopies),
            undisruptedCopies: rounded(observed.undisruptedCopies), mate: variant.mate.rawValue,
            ids: variant.ids)
    }
}
