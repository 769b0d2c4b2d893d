/// The words of a MAF file's Variant_Classification column.
///
/// Source: Mutation Annotation Format 2.4, and vcf2maf's mapping of Sequence Ontology terms.
public enum MAFClassification: String, Hashable, Sendable, CaseIterable {
    /// A deletion out of frame.
    case frameShiftDeletion = "Frame_Shift_Del"
    /// An insertion out of frame.
    case frameShiftInsertion = "Frame_Shift_Ins"
    /// A deletion in frame.
    case inFrameDeletion = "In_Frame_Del"
    /// An insertion in frame.
    case inFrameInsertion = "In_Frame_Ins"
    /// Another amino acid.
    case missenseMutation = "Missense_Mutation"
    /// A new stop.
    case nonsenseMutation = "Nonsense_Mutation"
    /// A lost stop.
    case nonstopMutation = "Nonstop_Mutation"
    /// The same amino acid.
    case silent = "Silent"
    /// One of the two intron bases at a splice site.
    case spliceSite = "Splice_Site"
    /// Near a splice site.
    case spliceRegion = "Splice_Region"
    /// The start codon.
    case translationStartSite = "Translation_Start_Site"
    /// 5' untranslated.
    case fivePrimeUTR = "5'UTR"
    /// 3' untranslated.
    case threePrimeUTR = "3'UTR"
    /// Upstream of the gene.
    case fivePrimeFlank = "5'Flank"
    /// Downstream of the gene.
    case threePrimeFlank = "3'Flank"
    /// An intron.
    case intron = "Intron"
    /// Between genes.
    case intergenic = "IGR"
    /// A non-coding transcript.
    case rna = "RNA"
    /// Anything else on a panel.
    case targetedRegion = "Targeted_Region"

    /// The classification that a file calls `name`, older words included; nil for a word that says nothing.
    public init?(reading name: some StringProtocol) {
        switch name.lowercased() {
        case "start_codon_snp", "start_codon_del", "start_codon_ins": self = .translationStartSite
        case "stop_codon_del", "stop_codon_ins", "read-through", "readthrough": self = .nonstopMutation
        case "de_novo_start_inframe", "de_novo_start_outofframe": self = .fivePrimeUTR
        case "lincrna", "non-coding_transcript": self = .rna
        case "synonymous_mutation": self = .silent
        case let lower:
            guard let known = Self.byName[lower] else { return nil }
            self = known
        }
    }

    private static let byName = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) })

    /// Whether it counts for cBioPortal's TMB_NONSYNONYMOUS: all but silent, intron, UTR, flank, IGR and RNA.
    public var isNonSynonymous: Bool {
        switch self {
        case .silent, .intron, .fivePrimeUTR, .threePrimeUTR, .fivePrimeFlank, .threePrimeFlank, .intergenic,
            .rna:
            false
        default: true
        }
    }

    /// The term that stands for it; `codingName` tells an acceptor site (`c.442-1G>A`) from a donor, which is also
    /// the answer where nothing does.
    public func term(codingName: String = "") -> SequenceOntologyTerm {
        switch self {
        case .frameShiftDeletion, .frameShiftInsertion: .frameshiftVariant
        case .inFrameDeletion: .inframeDeletion
        case .inFrameInsertion: .inframeInsertion
        case .missenseMutation: .missenseVariant
        case .nonsenseMutation: .stopGained
        case .nonstopMutation: .stopLost
        case .silent: .synonymousVariant
        case .spliceSite: codingName.contains("-") ? .spliceAcceptorVariant : .spliceDonorVariant
        case .spliceRegion: .spliceRegionVariant
        case .translationStartSite: .startLost
        case .fivePrimeUTR: .fivePrimeUTRVariant
        case .threePrimeUTR: .threePrimeUTRVariant
        case .fivePrimeFlank: .upstreamGeneVariant
        case .threePrimeFlank: .downstreamGeneVariant
        case .intron: .intronVariant
        case .intergenic: .intergenicVariant
        case .rna: .nonCodingTranscriptExonVariant
        case .targetedRegion: .sequenceVariant
        }
    }

    /// The word that vcf2maf gives to the most severe term of a variant with alleles of these lengths.
    public init(terms: [SequenceOntologyTerm], referenceLength: Int, alternateLength: Int) {
        let isDeletion = referenceLength > alternateLength
        let isInFrame = (referenceLength - alternateLength).isMultiple(of: 3)
        switch terms.min() {
        case .spliceAcceptorVariant, .spliceDonorVariant, .transcriptAblation: self = .spliceSite
        case .stopGained: self = .nonsenseMutation
        case .frameshiftVariant: self = isDeletion ? .frameShiftDeletion : .frameShiftInsertion
        case .proteinAlteringVariant where !isInFrame:
            self = isDeletion ? .frameShiftDeletion : .frameShiftInsertion
        case .proteinAlteringVariant: self = isDeletion ? .inFrameDeletion : .inFrameInsertion
        case .stopLost: self = .nonstopMutation
        case .startLost: self = .translationStartSite
        case .inframeInsertion: self = .inFrameInsertion
        case .inframeDeletion: self = .inFrameDeletion
        case .missenseVariant, .codingSequenceVariant: self = .missenseMutation
        case .transcriptAmplification, .intronVariant: self = .intron
        case .spliceRegionVariant, .spliceDonorRegionVariant, .spliceDonorFifthBaseVariant,
            .splicePolypyrimidineTractVariant:
            // vcf2maf ranks an unchanged codon above the splice region, VEP below.
            let isSilent = terms.contains(.synonymousVariant) || terms.contains(.stopRetainedVariant)
            self = isSilent ? .silent : .spliceRegion
        case .incompleteTerminalCodonVariant, .synonymousVariant, .stopRetainedVariant, .startRetainedVariant,
            .nmdTranscriptVariant:
            self = .silent
        case .matureMiRNAVariant, .nonCodingTranscriptExonVariant, .nonCodingTranscriptVariant: self = .rna
        case .fivePrimeUTRVariant: self = .fivePrimeUTR
        case .threePrimeUTRVariant: self = .threePrimeUTR
        case .tfBindingSiteVariant, .regulatoryRegionVariant, .intergenicVariant: self = .intergenic
        case .upstreamGeneVariant: self = .fivePrimeFlank
        case .downstreamGeneVariant: self = .threePrimeFlank
        default: self = .targetedRegion
        }
    }
}
