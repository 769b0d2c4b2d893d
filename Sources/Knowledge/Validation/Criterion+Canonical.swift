extension Criterion {
    /// The criterion in one form for all that ask the same: parts of AND and OR sorted and each once, codons sorted.
    var canonicalText: String {
        switch self {
        case .codons(let gene, let codons, let kind):
            Criterion.codons(gene: gene, codons: Set(codons).sorted(), class: kind).description
        case .not(let inner): "NOT (\(inner.canonicalText))"
        case .origin(let origin, let leaf): "\(origin.rawValue)(\(leaf.canonicalText))"
        case .and: "(" + Set(conjuncts.map(\.canonicalText)).sorted().joined(separator: " AND ") + ")"
        case .or: "(" + Set(disjuncts.map(\.canonicalText)).sorted().joined(separator: " OR ") + ")"
        default: description
        }
    }

    private var conjuncts: [Criterion] {
        if case .and(let parts) = self { parts.flatMap(\.conjuncts) } else { [self] }
    }

    private var disjuncts: [Criterion] {
        if case .or(let parts) = self { parts.flatMap(\.disjuncts) } else { [self] }
    }

    /// All leaves, also those under a NOT.
    public var leaves: [Criterion] {
        switch self {
        case .and(let parts), .or(let parts): parts.flatMap(\.leaves)
        case .not(let inner), .origin(_, let inner): inner.leaves
        default: [self]
        }
    }
}
