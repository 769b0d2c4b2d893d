extension SequenceOntologyTerm: Comparable {
    /// How severe VEP calls a term.
    public enum Impact: String, Hashable, Sendable {
        /// Probably disruptive.
        case high = "HIGH"
        /// Might change the protein's effectiveness.
        case moderate = "MODERATE"
        /// Mostly harmless.
        case low = "LOW"
        /// Hard to predict.
        case modifier = "MODIFIER"
    }

    private static let ranks: [SequenceOntologyTerm: Int] = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

    /// 0 for the most severe.
    public var rank: Int { Self.ranks[self] ?? Self.allCases.count }

    /// A smaller term is more severe.
    public static func < (left: SequenceOntologyTerm, right: SequenceOntologyTerm) -> Bool { left.rank < right.rank }

    /// VEP's impact.
    public var impact: Impact {
        switch self {
        case _ where self <= .featureTruncation: .high
        case _ where self <= .proteinAlteringVariant: .moderate
        case _ where self <= .synonymousVariant: .low
        default: .modifier
        }
    }

    /// Reads a term as VEP, SnpEff or bcftools csq writes it; nil for a word that is no consequence.
    ///
    /// bcftools drops `_variant`; SnpEff has finer terms, which are mapped to the Sequence Ontology term above them.
    public init?(reading text: some StringProtocol) {
        let text = String(text)
        if let term = Self(rawValue: text) {
            self = term
        } else if let term = Self(rawValue: text + "_variant") {
            self = term
        } else if let term = Self.others[text] {
            self = term
        } else {
            return nil
        }
    }

    private static let others: [String: SequenceOntologyTerm] = [
        "5_prime_utr": .fivePrimeUTRVariant, "3_prime_utr": .threePrimeUTRVariant,
        "non_coding": .nonCodingTranscriptExonVariant, "splice_acceptor": .spliceAcceptorVariant,
        "inframe_altering": .proteinAlteringVariant, "intergenic": .intergenicVariant, "intergenic_region": .intergenicVariant,
        "conservative_inframe_insertion": .inframeInsertion, "disruptive_inframe_insertion": .inframeInsertion,
        "conservative_inframe_deletion": .inframeDeletion, "disruptive_inframe_deletion": .inframeDeletion,
        "exon_loss_variant": .transcriptAblation, "exon_loss": .transcriptAblation,
        "initiator_codon_variant": .startRetainedVariant, "start_retained": .startRetainedVariant,
        "stop_retained": .stopRetainedVariant, "5_prime_UTR_premature_start_codon_gain_variant": .fivePrimeUTRVariant,
        "5_prime_UTR_truncation": .fivePrimeUTRVariant, "3_prime_UTR_truncation": .threePrimeUTRVariant,
        "non_coding_exon_variant": .nonCodingTranscriptExonVariant, "nc_transcript_variant": .nonCodingTranscriptVariant,
        "upstream_gene": .upstreamGeneVariant, "downstream_gene": .downstreamGeneVariant, "coding": .codingSequenceVariant,
    ]
}
