public import Variants

/// What CHORD's forest looks at: shares of substitutions, of insertions and deletions, and of structural variants, each of its own kind's total.
///
/// - Source: Nguyen et al., Nat Commun 2020;11:5584; specification section 4.6.
public struct ChordFeatures: Hashable, Sendable {
    /// Shares by name, such as `C.A`, `del.mh.bimh.2.5` or `DUP_1e03_1e04_bp`; 0 where a kind has none.
    public let values: [String: Double]
    /// Single-base substitutions.
    public let substitutions: Int
    /// Insertions and deletions in a context.
    public let indels: Int
    /// Those of them at repeats.
    public let indelsAtRepeats: Int
    /// Deletions, duplications, inversions and translocations.
    public let rearrangements: Int

    private static let changes = ["C.A", "C.G", "C.T", "T.A", "T.C", "T.G"]
    private static let edges = ["0e00", "1e03", "1e04", "1e05", "1e06", "1e07", "Inf"]
    private static let classes =
        ["DEL", "DUP", "INV"].flatMap { kind in
            zip(edges, edges.dropFirst()).map { "\(kind)_\($0)_\($1)_bp" }
        } + ["TRA"]

    /// All names, in order.
    public static let names =
        changes
        + ["del.rep", "ins.rep", "del.mh.bimh.1", "del.mh.bimh.2.5", "ins.mh", "del.none", "ins.none"]
        + classes

    /// The features of contexts by name: `A[C>A]G` or `C.A`, those of ``IndelContexts``, and classes of rearrangements.
    public init(contexts: [String: Int]) {
        var counts: [String: Int] = [:]
        for (name, count) in contexts {
            if name.count == 7, name.contains("[") {
                let change = String(name.dropFirst(2).prefix(3)).replacing(">", with: ".")
                counts[change, default: 0] += count
            } else if Self.changes.contains(name) || Self.classes.contains(name) {
                counts[name, default: 0] += count
            } else if let merged = Self.indel(name) {
                counts[merged, default: 0] += count
            }
        }
        func total(_ names: some Sequence<String>) -> Int { names.reduce(0) { $0 + (counts[$1] ?? 0) } }
        let indelNames = Self.names.dropFirst(Self.changes.count).dropLast(Self.classes.count)
        (substitutions, indels) = (total(Self.changes), total(indelNames))
        rearrangements = total(Self.classes)
        indelsAtRepeats = (counts["del.rep"] ?? 0) + (counts["ins.rep"] ?? 0)
        var values: [String: Double] = [:]
        for (names, total) in [
            (Self.changes, substitutions), (Array(indelNames), indels), (Self.classes, rearrangements),
        ] {
            for name in names {
                values[name] = total > 0 ? Double(counts[name] ?? 0) / Double(total) : 0
            }
        }
        self.values = values
    }

    /// The features of somatic calls.
    ///
    /// - Shape: `substitutions` counts of `C.A` … `T.G`.
    public init(
        substitutions: [String: Int], indels: IndelContexts, rearrangements: [StructuralVariant]
    ) {
        var contexts = substitutions.merging(indels.counts, uniquingKeysWith: +)
        for variant in rearrangements {
            if let name = Self.name(of: variant) { contexts[name, default: 0] += 1 }
        }
        self.init(contexts: contexts)
    }

    private static func indel(_ name: String) -> String? {
        let parts = name.split(separator: ".")
        guard parts.count == 4, ["del", "ins"].contains(parts[0]) else { return nil }
        switch (parts[0], parts[1], parts[3]) {
        case ("del", "mh", "1"): return "del.mh.bimh.1"
        case ("del", "mh", _): return "del.mh.bimh.2.5"
        case (_, "rep", _), (_, "none", _), (_, "mh", _): return "\(parts[0]).\(parts[1])"
        default: return nil
        }
    }

    /// The class of a rearrangement, such as `DUP_1e03_1e04_bp`; nil for insertions and single breakends.
    static func name(of variant: StructuralVariant) -> String? {
        let kinds: [StructuralVariant.Kind: Int] = [.deletion: 0, .duplication: 1, .inversion: 2]
        if variant.kind == .translocation { return "TRA" }
        guard let kind = kinds[variant.kind], let span = variant.span, !variant.isReciprocal else {
            return nil
        }
        let limits = [1000, 10_000, 100_000, 1_000_000, 10_000_000]
        return classes[kind * 6 + limits.count { span >= $0 }]
    }

    /// Deletions with two homologous bases or more, of all insertions and deletions; and duplications of 1 to 100 kb, of all rearrangements. Shown beside
    /// a prediction, and in place of one: the two that speak most for deficiency.
    public var evidence: [String: Double] {
        let duplications = (values["DUP_1e03_1e04_bp"] ?? 0) + (values["DUP_1e04_1e05_bp"] ?? 0)
        return ["del.mh.bimh.2.5": values["del.mh.bimh.2.5"] ?? 0, "DUP_1kb_100kb": duplications]
    }
}
