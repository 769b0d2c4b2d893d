/// A protein change by residues: what criteria are matched on.
///
/// `first … last` are the altered residues of the reference protein, 1-based and closed, after trimming equal
/// ends; for an insertion they are the two residues on its sides, for a duplication the residues that are doubled.
///
///     p.Val600Glu               missense          first 600  last 600  reference V   alternate E
///     p.Glu746_Ala750del        inframeDeletion   first 746  last 750  reference EA  alternate -
///     p.Ala763_Tyr764insPheGln  inframeInsertion  first 763  last 764  reference AY  alternate FQ
///     p.Ala767_Val769dup        inframeInsertion  first 767  last 769  reference AV  alternate -
///     p.Leu414SerfsTer42        frameshift        first 414  last 414  reference L   alternate S
///
/// A residue that the name does not give is `X`.
public struct ProteinChange: Hashable, Sendable {
    /// The kind of change.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// One or more residues replaced by as many.
        case missense
        /// Residues added between two others, a duplication included.
        case inframeInsertion
        /// Residues removed.
        case inframeDeletion
        /// Residues replaced by more or fewer.
        case inframeDelins
        /// A new stop.
        case nonsense
        /// The reading frame is lost.
        case frameshift
        /// The first methionine is lost.
        case startLost
        /// The stop is lost and the protein extended.
        case stopLost
        /// No change of sequence.
        case synonymous
    }

    /// How HGVS writes the change.
    public enum Edit: String, Hashable, Sendable, CaseIterable {
        /// `Val600Glu`.
        case substitution
        /// `del`.
        case deletion
        /// `dup`.
        case duplication
        /// `ins`.
        case insertion
        /// `delins`.
        case delins
        /// `fs`.
        case frameshift
        /// `ext`, at the end of the protein.
        case `extension`
        /// `=`.
        case identity
        /// `?`.
        case unknown
    }

    /// Where a frameshift or an extension ends.
    public enum NewStop: Hashable, Sendable {
        /// The new stop is the n-th codon: of the new frame for a frameshift, after the old stop for an extension.
        case after(Int)
        /// No stop in the new frame (`Ter?`).
        case notFound
    }

    /// The kind.
    public var kind: Kind
    /// First altered residue, 1-based; 0 for `p.=`.
    public var first: Int
    /// Last altered residue, 1-based; 0 for `p.=`.
    public var last: Int
    /// One-letter residues of the reference from ``first`` to ``last`` where the name gives them, else the ends only.
    public var reference: String
    /// One-letter residues that replace or are inserted; `*` for a stop; empty for a deletion or where unknown.
    public var alternate: String
    /// How the name is written.
    public var edit: Edit
    /// The new stop of a frameshift or an extension, where the name gives it.
    public var newStop: NewStop?

    /// Creates a change; `edit` is by default what the kind and the residues call for.
    public init(
        kind: Kind, first: Int, last: Int, reference: String, alternate: String, edit: Edit? = nil,
        newStop: NewStop? = nil
    ) {
        self.kind = kind
        self.first = first
        self.last = last
        self.reference = reference
        self.alternate = alternate
        self.newStop = newStop
        self.edit =
            edit ?? Self.defaultEdit(kind, isOneForOne: first == last && alternate.utf8.count == 1, alternate)
    }

    private static func defaultEdit(_ kind: Kind, isOneForOne: Bool, _ alternate: String) -> Edit {
        switch kind {
        case .missense, .nonsense: isOneForOne ? .substitution : .delins
        case .inframeInsertion: alternate.isEmpty ? .duplication : .insertion
        case .inframeDeletion: .deletion
        case .inframeDelins: .delins
        case .frameshift: .frameshift
        case .startLost: alternate.isEmpty ? .unknown : .substitution
        case .stopLost: .extension
        case .synonymous: .identity
        }
    }
}
