/// What one gene of one patient came to: diplotypes, activity score, phenotype, and what was seen at each position.
public struct PharmacogeneCall: Codable, Hashable, Sendable {
    /// What is known of a position.
    public enum State: String, Codable, Hashable, Sendable {
        /// At least one copy differs from the definition's reference.
        case variant
        /// Both copies are as the definition's reference.
        case reference
        /// At least one copy was not seen, and no variant was.
        case notCovered = "not_covered"
    }

    /// One position of the definition.
    public struct Position: Codable, Hashable, Sendable {
        /// dbSNP's name; empty where it has none.
        public var rsid: String
        /// `chr1:97450058` on the file's assembly, 1-based; absent where the place is not known there.
        public var locus: String?
        /// Variant, reference or not covered.
        public var state: State
        /// Bases of both copies, `.` for one not seen: `C/T`, `C|T` where phased.
        public var genotype: String?
        /// The phase set, where there is one.
        public var phaseSet: String?
        /// Why it is not covered, or what else there is to say.
        public var note: String?
    }

    /// A named allele that was found.
    public struct Allele: Codable, Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Copies, 1 or 2.
        public var copies: Int
        /// CPIC's function; empty where it gives none.
        public var function: String
        /// 0, 0.5 or 1; absent in genes without a score.
        public var activityValue: Double?
        /// Whether it is in the first tier of AMP's recommendation.
        public var isFirstTier: Bool
    }

    /// The diplotype; where phase is not known that of the worst case.
    public var diplotypes: [String]
    /// The two alleles that the score is the sum of, where copies carry several.
    public var scoredDiplotype: String?
    /// Sum of both copies; absent where no position was seen, or the gene has no score.
    public var activityScore: Double?
    /// The score if the phase were the best one, where it is not known and that makes a difference.
    public var bestCaseScore: Double?
    /// CPIC's phenotype; absent where no position was seen.
    public var phenotype: String?
    /// Whether every position was seen at which an allele of reduced function differs.
    public var isComplete: Bool
    /// Whether the score rests on two variants being on different copies, which was not seen.
    public var isWorstCase: Bool
    /// Alleles found beside the reference, in the order of the definition.
    public var alleles: [Allele]
    /// Decisive positions that were not seen, by rsid or place.
    public var notCovered: [String]
    /// Every position of the definition.
    public var positions: [Position]
    /// What a reader has to know, one sentence each.
    public var notes: [String]

    /// `normal`, `intermediate`, `poor` … as criteria name it; nil without phenotype.
    public var phenotypeName: String? {
        phenotype.map { $0.lowercased().replacing(" ", with: "_") }
    }

    /// The call with those positions alone that differ from the reference.
    public var withoutReference: Self {
        var call = self
        call.positions.removeAll { $0.state != .variant }
        return call
    }

    /// Whether the board is told: a phenotype that is not normal, or an allele of reduced function.
    public var isNotable: Bool {
        guard let phenotype else { return false }
        return phenotype != "Normal Metabolizer"
    }
}
