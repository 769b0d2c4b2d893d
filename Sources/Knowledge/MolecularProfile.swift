public import Consequences
public import Genome
public import Variants

/// What was found in one patient, in the form on which criteria are evaluated.
public struct MolecularProfile: Sendable {
    /// One event.
    public struct Alteration: Sendable {
        /// What happened.
        public enum Event: Sendable {
            /// A small variant with its consequences on the gene's transcripts (empty without annotation). The
            /// variant is trimmed without anchor; nil where it was typed by its protein name.
            case smallVariant(Variant?, [Consequence])
            /// A change of dosage.
            case dosage(Criterion.DosageEvent)
            /// A gene broken by a rearrangement: whether the broken copy cannot work, and the whole exons that a deletion takes out.
            case disruption(isLossOfFunction: Bool, deletedExons: ClosedRange<Int>?)
            /// Two genes joined, 5' partner first.
            case fusion(fivePrime: String, threePrime: String)
            /// How well a pharmacogene works; with positions not covered the true function may be lower.
            case metabolizer(MetabolizerPhenotype, isComplete: Bool)
        }

        /// Names the event in results.
        public let id: Int
        /// Gene symbol; empty for a fusion or an allele without annotation.
        public let gene: String
        /// What happened.
        public let event: Event
        /// Whether it is inherited.
        public var isGermline: Bool
        /// Whether it is likely oncogenic (somatic) or pathogenic (germline) by itself.
        public let isLikelyOncogenic: Bool
        /// Whether the annotation of this allele is known at all.
        public let isAnnotated: Bool
        /// Whether no working copy of the gene is left.
        public var isBiallelic = Truth.undetermined

        /// Creates an alteration.
        public init(
            id: Int, gene: String, event: Event, isGermline: Bool = false, isLikelyOncogenic: Bool = false,
            isAnnotated: Bool = true
        ) {
            self.id = id
            self.gene = gene
            self.event = event
            self.isGermline = isGermline
            self.isLikelyOncogenic = isLikelyOncogenic
            self.isAnnotated = isAnnotated
        }
    }

    /// The assembly of the alleles; nil where unknown, and then no allele is matched.
    public var assembly: Assembly?
    /// Events.
    public var alterations: [Alteration]
    /// Values of measures by definition id, only those that were computed.
    public var values: [String: Double]
    /// Measures known by name alone (typed by hand, or called by a classifier).
    public var states: [Criterion.BiomarkerName: Truth]
    /// Whether dosage was measured of every gene.
    public var hasCopyNumber: Bool
    /// Genes of which the dosage was measured.
    public var dosageGenes = Set<String>()
    /// Whether inherited variants were looked for.
    public var hasGermline = false
    /// Whether fusions were looked for.
    public var hasFusions: Bool
    /// Genes whose sequence is known to have been seen well enough to call them unchanged.
    public var assessableGenes: Set<String>

    /// Creates a profile.
    public init(
        assembly: Assembly?, alterations: [Alteration], values: [String: Double] = [:],
        states: [Criterion.BiomarkerName: Truth] = [:], hasCopyNumber: Bool = false, hasFusions: Bool = false,
        assessableGenes: Set<String> = []
    ) {
        self.assembly = assembly
        self.alterations = alterations
        self.values = values
        self.states = states
        self.hasCopyNumber = hasCopyNumber
        self.hasFusions = hasFusions
        self.assessableGenes = assessableGenes
    }
}
