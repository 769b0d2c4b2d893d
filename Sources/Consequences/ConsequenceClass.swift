/// The class of a consequence that a criterion of the knowledge base asks for.
///
/// Source: the criterion grammar; the raw value is the word that criteria use.
public enum ConsequenceClass: String, Hashable, Sendable, CaseIterable, Codable {
    /// Amino acids replaced by as many.
    case missense
    /// Amino acids added.
    case inframeInsertion = "inframe_insertion"
    /// Amino acids removed.
    case inframeDeletion = "inframe_deletion"
    /// Amino acids replaced by more or fewer.
    case inframeDelins = "inframe_delins"
    /// A new stop.
    case nonsense
    /// The reading frame is lost.
    case frameshift
    /// One of the two intron bases at a splice site.
    case splice
    /// The start codon is lost.
    case startLost = "start_lost"
    /// The stop codon is lost.
    case stopLost = "stop_lost"
    /// Upstream of the gene; which bases count is a matter of the genome position.
    case promoter
    /// Coding, and the protein is the same.
    case synonymous
    /// All else.
    case other

    /// Whether the gene's product is taken to be lost: nonsense, frameshift, splice, start lost.
    ///
    /// The deletion of an exon or a gene and a disruption count as well, but are not seen here.
    public var isLossOfFunction: Bool {
        switch self {
        case .nonsense, .frameshift, .splice, .startLost: true
        default: false
        }
    }

    /// The class by the most severe term that has one; the protein change tells in-frame changes apart, because
    /// annotators call `p.Leu747_Ala750delinsPro` an inframe_deletion, and decides alone where there is no term.
    public init(_ consequence: Consequence) {
        let change = consequence.proteinChange
        for term in consequence.terms.sorted() {
            guard let found = Self(term, change) else { continue }
            self = found
            return
        }
        self = change.map { Self($0) } ?? .other
    }

    /// The class that a protein change alone says.
    public init(_ change: ProteinChange) {
        switch change.kind {
        case .missense: self = .missense
        case .inframeInsertion: self = .inframeInsertion
        case .inframeDeletion: self = .inframeDeletion
        case .inframeDelins: self = .inframeDelins
        case .nonsense: self = .nonsense
        case .frameshift: self = change.reference == "*" ? .stopLost : .frameshift
        case .startLost: self = .startLost
        case .stopLost: self = .stopLost
        case .synonymous: self = .synonymous
        }
    }

    private init?(_ term: SequenceOntologyTerm, _ change: ProteinChange?) {
        switch term {
        case .spliceAcceptorVariant, .spliceDonorVariant: self = .splice
        case .stopGained: self = .nonsense
        case .stopLost: self = .stopLost
        case .startLost: self = .startLost
        case .frameshiftVariant: self = Self.shifted(change)
        case .inframeInsertion: self = Self.inFrame(change) ?? .inframeInsertion
        case .inframeDeletion: self = Self.inFrame(change) ?? .inframeDeletion
        case .proteinAlteringVariant: self = Self.inFrame(change) ?? .inframeDelins
        case .missenseVariant: self = .missense
        case .synonymousVariant, .stopRetainedVariant, .startRetainedVariant: self = .synonymous
        case .upstreamGeneVariant: self = .promoter
        default: return nil
        }
    }

    /// A frameshift at the start codon loses the start, one in the stop codon the stop.
    private static func shifted(_ change: ProteinChange?) -> ConsequenceClass {
        switch change.map({ Self($0) }) {
        case .startLost: .startLost
        case .stopLost: .stopLost
        default: .frameshift
        }
    }

    private static func inFrame(_ change: ProteinChange?) -> ConsequenceClass? {
        switch change?.kind {
        case .missense: .missense
        case .inframeInsertion: .inframeInsertion
        case .inframeDeletion: .inframeDeletion
        case .inframeDelins: .inframeDelins
        default: nil
        }
    }
}

extension Consequence {
    /// The class that criteria ask for.
    public var consequenceClass: ConsequenceClass { ConsequenceClass(self) }
}
