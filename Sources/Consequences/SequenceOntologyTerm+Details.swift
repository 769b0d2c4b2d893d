extension SequenceOntologyTerm {
    /// VEP's grade of a term.
    public enum Impact: String, Hashable, Sendable, CaseIterable {
        /// The protein is probably lost.
        case high = "HIGH"
        /// The protein is changed.
        case moderate = "MODERATE"
        /// The protein is probably the same.
        case low = "LOW"
        /// Outside coding sequence or unknown.
        case modifier = "MODIFIER"
    }

    /// VEP's grade of this term.
    public var impact: Impact {
        switch self {
        case .transcriptAblation, .spliceAcceptorVariant, .spliceDonorVariant, .stopGained,
            .frameshiftVariant, .stopLost, .startLost, .transcriptAmplification, .featureElongation,
            .featureTruncation:
            .high
        case .inframeInsertion, .inframeDeletion, .missenseVariant, .proteinAlteringVariant, .tfbsAblation:
            .moderate
        case .spliceDonorFifthBaseVariant, .spliceRegionVariant, .spliceDonorRegionVariant,
            .splicePolypyrimidineTractVariant, .incompleteTerminalCodonVariant, .startRetainedVariant,
            .stopRetainedVariant, .synonymousVariant:
            .low
        default: .modifier
        }
    }

    /// The ontology's accession, `SO:0001583`.
    public var accession: String {
        switch self {
        case .transcriptAblation: "SO:0001893"
        case .spliceAcceptorVariant: "SO:0001574"
        case .spliceDonorVariant: "SO:0001575"
        case .stopGained: "SO:0001587"
        case .frameshiftVariant: "SO:0001589"
        case .stopLost: "SO:0001578"
        case .startLost: "SO:0002012"
        case .transcriptAmplification: "SO:0001889"
        case .featureElongation: "SO:0001907"
        case .featureTruncation: "SO:0001906"
        case .inframeInsertion: "SO:0001821"
        case .inframeDeletion: "SO:0001822"
        case .missenseVariant: "SO:0001583"
        case .proteinAlteringVariant: "SO:0001818"
        case .spliceDonorFifthBaseVariant: "SO:0001787"
        case .spliceRegionVariant: "SO:0001630"
        case .spliceDonorRegionVariant: "SO:0002170"
        case .splicePolypyrimidineTractVariant: "SO:0002169"
        case .incompleteTerminalCodonVariant: "SO:0001626"
        case .startRetainedVariant: "SO:0002019"
        case .stopRetainedVariant: "SO:0001567"
        case .synonymousVariant: "SO:0001819"
        case .codingSequenceVariant: "SO:0001580"
        case .matureMiRNAVariant: "SO:0001620"
        case .fivePrimeUTRVariant: "SO:0001623"
        case .threePrimeUTRVariant: "SO:0001624"
        case .nonCodingTranscriptExonVariant: "SO:0001792"
        case .intronVariant: "SO:0001627"
        case .nmdTranscriptVariant: "SO:0001621"
        case .nonCodingTranscriptVariant: "SO:0001619"
        case .codingTranscriptVariant: "SO:0001968"
        case .upstreamGeneVariant: "SO:0001631"
        case .downstreamGeneVariant: "SO:0001632"
        case .tfbsAblation: "SO:0001895"
        case .tfbsAmplification: "SO:0001892"
        case .tfBindingSiteVariant: "SO:0001782"
        case .regulatoryRegionAblation: "SO:0001894"
        case .regulatoryRegionAmplification: "SO:0001891"
        case .regulatoryRegionVariant: "SO:0001566"
        case .intergenicVariant: "SO:0001628"
        case .sequenceVariant: "SO:0001060"
        }
    }
}
