/// A Sequence Ontology term for the consequence of a variant; a smaller one is more severe.
///
/// The cases stand in order of severity.
///
/// Source: Ensembl VEP 115 severity order and impacts.
public enum SequenceOntologyTerm: String, Hashable, Sendable, CaseIterable, Codable {
    /// The whole transcript is deleted.
    case transcriptAblation = "transcript_ablation"
    /// One of the last two intron bases is changed.
    case spliceAcceptorVariant = "splice_acceptor_variant"
    /// One of the first two intron bases is changed.
    case spliceDonorVariant = "splice_donor_variant"
    /// A codon becomes a stop.
    case stopGained = "stop_gained"
    /// The reading frame is lost.
    case frameshiftVariant = "frameshift_variant"
    /// The stop codon becomes an amino acid.
    case stopLost = "stop_lost"
    /// The start codon is changed.
    case startLost = "start_lost"
    /// The whole transcript is amplified.
    case transcriptAmplification = "transcript_amplification"
    /// The transcript becomes longer.
    case featureElongation = "feature_elongation"
    /// The transcript becomes shorter.
    case featureTruncation = "feature_truncation"
    /// Amino acids are added, the frame is kept.
    case inframeInsertion = "inframe_insertion"
    /// Amino acids are removed, the frame is kept.
    case inframeDeletion = "inframe_deletion"
    /// Another amino acid, the length is kept.
    case missenseVariant = "missense_variant"
    /// The protein changes in another way.
    case proteinAlteringVariant = "protein_altering_variant"
    /// The fifth intron base is changed.
    case spliceDonorFifthBaseVariant = "splice_donor_5th_base_variant"
    /// Exon bases 1 to 3 or intron bases 3 to 8 at a splice site.
    case spliceRegionVariant = "splice_region_variant"
    /// Intron bases 3 to 6 after a donor site.
    case spliceDonorRegionVariant = "splice_donor_region_variant"
    /// Intron bases 3 to 17 before an acceptor site.
    case splicePolypyrimidineTractVariant = "splice_polypyrimidine_tract_variant"
    /// The last codon of an incomplete model.
    case incompleteTerminalCodonVariant = "incomplete_terminal_codon_variant"
    /// The start codon is touched and kept.
    case startRetainedVariant = "start_retained_variant"
    /// The stop codon is touched and kept.
    case stopRetainedVariant = "stop_retained_variant"
    /// The same amino acid.
    case synonymousVariant = "synonymous_variant"
    /// In the coding sequence, effect unknown.
    case codingSequenceVariant = "coding_sequence_variant"
    /// In a mature micro-RNA.
    case matureMiRNAVariant = "mature_miRNA_variant"
    /// In the 5' untranslated region.
    case fivePrimeUTRVariant = "5_prime_UTR_variant"
    /// In the 3' untranslated region.
    case threePrimeUTRVariant = "3_prime_UTR_variant"
    /// In an exon of a non-coding transcript.
    case nonCodingTranscriptExonVariant = "non_coding_transcript_exon_variant"
    /// In an intron.
    case intronVariant = "intron_variant"
    /// In a transcript that is a target of nonsense-mediated decay.
    case nmdTranscriptVariant = "NMD_transcript_variant"
    /// In a non-coding transcript.
    case nonCodingTranscriptVariant = "non_coding_transcript_variant"
    /// In a coding transcript.
    case codingTranscriptVariant = "coding_transcript_variant"
    /// Within 5 kb before a transcript.
    case upstreamGeneVariant = "upstream_gene_variant"
    /// Within 5 kb after a transcript.
    case downstreamGeneVariant = "downstream_gene_variant"
    /// A transcription factor binding site is deleted.
    case tfbsAblation = "TFBS_ablation"
    /// A transcription factor binding site is amplified.
    case tfbsAmplification = "TFBS_amplification"
    /// In a transcription factor binding site.
    case tfBindingSiteVariant = "TF_binding_site_variant"
    /// A regulatory region is deleted.
    case regulatoryRegionAblation = "regulatory_region_ablation"
    /// A regulatory region is amplified.
    case regulatoryRegionAmplification = "regulatory_region_amplification"
    /// In a regulatory region.
    case regulatoryRegionVariant = "regulatory_region_variant"
    /// Between genes.
    case intergenicVariant = "intergenic_variant"
    /// A change, no more is known.
    case sequenceVariant = "sequence_variant"
}

extension SequenceOntologyTerm: Comparable {
    /// Whether the left term is more severe.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    /// 0 for the most severe term.
    var rank: Int { Self.ranks[self] ?? Self.allCases.count }

    private static let ranks = Dictionary(uniqueKeysWithValues: zip(allCases, 0...))
}
