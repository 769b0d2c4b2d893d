/// What a line of GFF3 or GTF is to a gene model.
enum FeatureKind: UInt8, Sendable {
    case gene
    case container
    case exon
    case coding
    case untranslated
    case stopCodon
    case selenocysteine

    /// The kind of a type (column 3), or nil for what no gene model needs.
    init?(type: String) {
        switch type {
        case "exon": self = .exon
        case "CDS": self = .coding
        case "five_prime_UTR", "three_prime_UTR", "five_prime_utr", "three_prime_utr", "UTR":
            self = .untranslated
        case "stop_codon": self = .stopCodon
        case "stop_codon_redefined_as_selenocysteine", "Selenocysteine": self = .selenocysteine
        case "gene", "pseudogene": self = .gene
        case "start_codon", "region", "chromosome", "scaffold", "supercontig", "contig", "biological_region",
            "cDNA_match", "match", "match_part", "intron", "sequence_feature", "enhancer", "silencer":
            return nil
        default: self = type.hasSuffix("_gene") ? .gene : .container
        }
    }

    /// Whether it is a part of a transcript.
    var isPiece: Bool { rawValue >= FeatureKind.exon.rawValue }
}
