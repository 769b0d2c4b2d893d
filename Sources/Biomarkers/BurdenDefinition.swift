/// The definitions of tumor mutational burden that are computed side by side.
///
/// There is no single definition: each has its own numerator, filter and denominator, and a value of one must not
/// be held against the cut-off of another.
public enum BurdenDefinition: String, Hashable, Sendable, CaseIterable {
    /// PASS SNV and indel below 50 bases with a non-synonymous effect over 32.61 Mb. Source: Genomics England.
    case nonsynonymousGEL = "tmb_nonsyn_gel"
    /// All coding SNV and indel, synonymous ones too. Source: PCGR's default; panel style, Chalmers 2017.
    case codingAll = "tmb_coding_all"
    /// Coding SNV and indel that change the protein or a splice site. Source: PCGR.
    case codingNonsynonymous = "tmb_coding_nonsyn"
    /// Missense only. Source: PCGR.
    case missense = "tmb_missense"
    /// All PASS small variants with VAF of at least 0.05 over 2859 Mb. Source: PURPLE.
    case genomeHMF = "tmb_genome_hmf"
    /// The number of missense variants with VAF of at least 0.05. Source: PURPLE.
    case loadHMF = "tml_hmf"
    /// Coding SNV and indel without known drivers and truncated suppressors. Source: the rule of Chalmers 2017.
    case panelLike = "tmb_panel_like"

    /// The value from which a tumor counts as high; nil without a published cut-off.
    public var cutoff: Double? {
        switch self {
        case .nonsynonymousGEL, .genomeHMF, .panelLike: 10
        case .loadHMF: 140
        case .codingAll, .codingNonsynonymous, .missense: nil
        }
    }

    /// Whether the default filters apply; the others use only the filter of their source.
    public var usesDefaultFilters: Bool {
        switch self {
        case .codingAll, .codingNonsynonymous, .missense, .panelLike: true
        case .nonsynonymousGEL, .genomeHMF, .loadHMF: false
        }
    }

    /// Whether consequences are needed.
    public var needsAnnotation: Bool { self != .genomeHMF }

    /// The denominator in Mb that the definition fixes; nil where it is the callable coding sequence.
    public var fixedMegabases: Double? {
        switch self {
        case .nonsynonymousGEL: 32.61
        case .genomeHMF: 2859
        default: nil
        }
    }
}

/// One small somatic variant as the counters see it.
public struct BurdenVariant: Hashable, Sendable {
    /// The caller's filter says PASS.
    public var isPass = true
    /// On the mitochondrial genome.
    public var isMitochondrial = false
    /// Longest allele in bases, after trimming.
    public var length = 1
    /// Reads at the site in the tumor.
    public var tumorDepth: Int?
    /// Reads with the allele in the tumor.
    public var tumorAlternateDepth: Int?
    /// Fraction of tumor reads with the allele.
    public var tumorVAF: Double?
    /// Reads with the allele in the normal.
    public var normalAlternateDepth: Int?
    /// Fraction of normal reads with the allele.
    public var normalVAF: Double?
    /// Largest population frequency; nil where the variant is not in the resource.
    public var populationFrequency: Double?
    /// An insertion, a deletion, or both of other lengths.
    public var isIndel = false
    /// Coding, synonymous included.
    public var isCoding = false
    /// Coding and not synonymous, or at a canonical splice site.
    public var isNonsynonymous = false
    /// Missense on the reported transcript.
    public var isMissense = false
    /// Missense as worst coding effect over all transcripts.
    public var isMissenseAnywhere = false
    /// A known driver hotspot, or a truncation of a tumor suppressor.
    public var isKnownDriver = false

    /// A PASS SNV without depths or consequence.
    public init() {}
}

/// Which fields the input has at all: a filter on a field that it lacks is skipped and named.
public struct BurdenFields: Hashable, Sendable {
    /// Tumor depth and alternate reads.
    public var hasTumorDepth = false
    /// Tumor allele fraction.
    public var hasTumorVAF = false
    /// Normal reads or allele fraction.
    public var hasNormal = false
    /// Population frequencies.
    public var hasPopulationFrequency = false
    /// Consequences.
    public var hasAnnotation = false

    /// An input with none of them.
    public init() {}
}
