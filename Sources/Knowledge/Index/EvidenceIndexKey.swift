internal import Consequences
internal import Genome

/// What rows are looked up by. Packed to bytes: the kind, then the parts with a NUL between them.
enum EvidenceIndexKey {
    /// Rows that name the gene, the most specific first.
    case naming(gene: String)
    /// Rows that any event in the gene may meet: all that ``residue(gene:codon:)`` does not hold.
    case event(gene: String)
    /// Rows that ask for a change of one codon.
    case residue(gene: String, codon: Int)
    /// Rows that a profile without any event may meet: those about a measure, or about what is absent.
    case withoutGene
    /// The alleles that rows list on a contig, and the rows of each.
    case alleles(Assembly, contig: String)
    /// Days on which a therapy was approved by an agency for some tumor type.
    case approval(agency: String, therapy: String)

    var bytes: [UInt8] {
        let parts: [String] =
            switch self {
            case .naming(let gene): ["n", gene]
            case .event(let gene): ["e", gene]
            case .residue(let gene, let codon): ["r", gene, String(codon)]
            case .withoutGene: ["w"]
            case .alleles(let assembly, let contig): ["a", assembly.rawValue, contig]
            case .approval(let agency, let therapy):
                ["p", agency, EvidenceRow.drugs(of: therapy).joined(separator: " + ")]
            }
        return Array(parts.joined(separator: "\0").utf8)
    }

    /// FNV-1a, folded.
    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ hash >> 32
    }
}

extension EvidenceRow {
    /// The keys under which a profile's events find the row; alleles apart.
    ///
    /// A change by residues can only be met by a change that alters one of these residues, whichever transcript counts
    /// them, so such rows need not be looked at for every event in their gene.
    var eventKeys: [EvidenceIndexKey] {
        switch criterion {
        case .protein(let gene, let change) where change.first > 0:
            return Set([change.first, change.last]).sorted().map { .residue(gene: gene, codon: $0) }
        case .codons(let gene, let codons, _):
            return Set(codons).sorted().map { .residue(gene: gene, codon: $0) }
        case .genomic: return []
        default:
            return (criterion.holdsWithoutEvent ? [.withoutGene] : [])
                + criterion.genes.map { .event(gene: $0) }
        }
    }
}

extension Criterion {
    /// Whether it can hold where nothing was found in any gene.
    fileprivate var holdsWithoutEvent: Bool {
        switch self {
        case .biomarker, .wildtype, .not: true
        case .and(let parts): parts.allSatisfy(\.holdsWithoutEvent)
        case .or(let parts): parts.contains(where: \.holdsWithoutEvent)
        default: false
        }
    }
}
