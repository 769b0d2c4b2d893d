/// What was met while structural variants were read, counted.
public struct StructuralTally: Hashable, Sendable {
    /// Why an allele or a row gave no junction.
    public enum Obstacle: String, Error, Hashable, Sendable, CaseIterable {
        /// ALT is written in no known way.
        case unreadableAllele = "the allele is written in no known way"
        /// A symbol that tells of copies or of nothing.
        case noJunction = "the allele does not say what is joined to what"
        /// `SVCLAIM=D`.
        case depthOnly = "the record tells of depth alone, not of a junction"
        /// As many bases as before, or under 50 more or fewer without `SVTYPE`.
        case smallVariant = "the allele is a small variant"
        /// No END and no SVLEN.
        case noEnd = "the end is not told"
        /// END is not behind POS.
        case endBeforeStart = "the end is not behind the start"
        /// A breakend lies behind the length that the header gives its contig.
        case behindContig = "the end lies behind the end of its contig"
        /// No strands.
        case noOrientation = "the sides of the breakends are not told"
        /// Fewer than eight columns, no number in POS, a place that is no number.
        case malformed = "the line is damaged"
    }

    /// Something that gave no junction: the first, and how often.
    public struct Unread: Hashable, Sendable {
        /// Why.
        public let obstacle: Obstacle
        /// The first of them: a record's key or a row.
        public let first: String
        /// The line of the first, 0 where lines are not counted.
        public let line: Int
        /// How many.
        public internal(set) var count: Int
    }

    /// Records, or rows of a table.
    public internal(set) var records = 0
    /// What gave no junction, in the order in which it was met.
    public internal(set) var unread: [Unread] = []
    /// Pairs by name whose records do not name each other's places.
    public internal(set) var disagreeingMates = 0
    /// Junctions whose type as written is not the one that their sides give.
    public internal(set) var otherTypes = 0

    /// That an empty filter does not pass beside `PASS`; nil where there is no such thing to tell.
    public internal(set) var filterWarning: String?

    mutating func add(_ obstacle: Obstacle, _ text: @autoclosure () -> String, line: Int) {
        if let place = unread.firstIndex(where: { $0.obstacle == obstacle }) {
            unread[place].count += 1
        } else {
            unread.append(Unread(obstacle: obstacle, first: text(), line: line, count: 1))
        }
    }

    /// How many alleles or rows gave no junction.
    public var unreadCount: Int { unread.reduce(0) { $0 + $1.count } }
}

/// The structural variants of a file, and what was met while it was read.
public struct StructuralCalls: Hashable, Sendable {
    /// Each junction once, in the order of the file.
    public var variants: [StructuralVariant]
    /// What was counted.
    public var tally: StructuralTally

    /// Creates a value.
    public init(variants: [StructuralVariant], tally: StructuralTally) {
        (self.variants, self.tally) = (variants, tally)
    }

    /// The number of junctions of each kind, in the order of ``StructuralVariant/Kind``; kinds without any left out.
    public func counts(where isCounted: (StructuralVariant) -> Bool = { _ in true })
        -> [(kind: StructuralVariant.Kind, count: Int)]
    {
        StructuralVariant.Kind.allCases.compactMap { kind in
            let count = variants.count { $0.kind == kind && isCounted($0) }
            return count > 0 ? (kind, count) : nil
        }
    }

    /// The number of junctions that do not pass, by their filters as VCF joins them; `.` without any.
    public var filtered: [String: Int] {
        var counts: [String: Int] = [:]
        for variant in variants where !variant.isPass {
            counts[variant.filters.isEmpty ? "." : variant.filters.joined(separator: ";"), default: 0] += 1
        }
        return counts
    }

    /// The number of junctions whose mate is in this state.
    public func count(_ state: StructuralVariant.MateState) -> Int { variants.count { $0.mate == state } }
}
