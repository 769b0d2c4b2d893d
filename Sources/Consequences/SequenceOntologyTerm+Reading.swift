extension SequenceOntologyTerm {
    /// The term that VEP, SnpEff or bcftools csq calls `name`, or nil for a name that says nothing about a
    /// transcript (`sequence_feature`, `gene_fusion`) or is not known.
    ///
    /// bcftools drops `_variant`; case does not matter. `initiator_codon_variant` reads as `start_lost`: SnpEff
    /// uses it where another codon that can start takes the place of ATG, which VEP and vcf2maf count as lost.
    public init?(reading name: some StringProtocol) {
        let name = name.lowercased()
        guard let term = Self.byName[name] ?? Self.byName[name + "_variant"] ?? Self.aliases[name] else {
            return nil
        }
        self = term
    }

    /// The terms of a list joined by `&`, `,` or `;`, each once, most severe first; unknown names are left out.
    public static func list(reading text: some StringProtocol) -> [Self] {
        let names = text.split { $0 == "&" || $0 == "," || $0 == ";" }
        return Set(names.compactMap { Self(reading: $0) }).sorted()
    }

    private static let byName = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) })

    /// Names of other tools that are not a term with or without `_variant`.
    private static let aliases: [String: Self] = [
        // SnpEff
        "exon_loss_variant": .transcriptAblation,
        "feature_ablation": .transcriptAblation,
        "conservative_inframe_insertion": .inframeInsertion,
        "disruptive_inframe_insertion": .inframeInsertion,
        "conservative_inframe_deletion": .inframeDeletion,
        "disruptive_inframe_deletion": .inframeDeletion,
        "conservative_missense_variant": .missenseVariant,
        "non_conservative_missense_variant": .missenseVariant,
        "rare_amino_acid_variant": .missenseVariant,
        "initiator_codon_variant": .startLost,
        "splice_branch_variant": .spliceRegionVariant,
        "5_prime_utr_premature_start_codon_gain_variant": .fivePrimeUTRVariant,
        "5_prime_utr_truncation": .fivePrimeUTRVariant,
        "3_prime_utr_truncation": .threePrimeUTRVariant,
        "exon_variant": .nonCodingTranscriptExonVariant,
        "exon_region": .nonCodingTranscriptExonVariant,
        "non_coding_exon_variant": .nonCodingTranscriptExonVariant,
        "nc_transcript_variant": .nonCodingTranscriptVariant,
        "mirna": .matureMiRNAVariant,
        "conserved_intron_variant": .intronVariant,
        "intragenic_variant": .intronVariant,
        "conserved_intergenic_variant": .intergenicVariant,
        "intergenic_region": .intergenicVariant,
        "regulatory_region": .regulatoryRegionVariant,
        "gene_variant": .sequenceVariant,
        "transcript_variant": .sequenceVariant,
        // bcftools csq
        "inframe_altering": .proteinAlteringVariant,
        "non_coding": .nonCodingTranscriptExonVariant,
    ]
}
