public import Consequences

extension AlterationClass {
    /// Whether a consequence belongs to this class.
    public func includes(_ consequence: Consequence) -> Bool { contains(consequence) }

    /// Whether a consequence belongs to this class.
    ///
    /// The protein change decides where there is one, else the Sequence Ontology terms. A delins belongs to
    /// `inframe_deletion` where residues are lost on balance and to `inframe_insertion` where they are gained.
    func contains(_ consequence: Consequence) -> Bool {
        let kind = consequence.proteinChange?.kind
        let terms = consequence.terms
        switch self {
        case .missense: return kind == .missense || (kind == nil && terms.contains(.missenseVariant))
        case .inframeInsertion:
            return kind == .inframeInsertion || (kind == .inframeDelins && consequence.netLength > 0)
                || (kind == nil && terms.contains(.inframeInsertion))
        case .inframeDeletion:
            return kind == .inframeDeletion || (kind == .inframeDelins && consequence.netLength < 0)
                || (kind == nil && terms.contains(.inframeDeletion))
        case .inframeDelins: return kind == .inframeDelins
        case .nonsense: return kind == .nonsense || terms.contains(.stopGained)
        case .frameshift: return kind == .frameshift || terms.contains(.frameshiftVariant)
        case .splice: return terms.contains(.spliceDonorVariant) || terms.contains(.spliceAcceptorVariant)
        case .startLost: return kind == .startLost || terms.contains(.startLost)
        case .stopLost: return kind == .stopLost || terms.contains(.stopLost)
        case .promoter: return terms.contains(.upstreamGeneVariant)
        case .lossOfFunction:
            let parts: [AlterationClass] = [.nonsense, .frameshift, .splice, .startLost]
            return parts.contains { $0.contains(consequence) }
        }
    }

    /// The classes of a consequence in words, for a trace.
    static func names(of consequence: Consequence) -> String {
        let names = allCases.filter { $0 != .lossOfFunction && $0.contains(consequence) }.map(\.rawValue)
        return names.isEmpty
            ? consequence.terms.first?.rawValue ?? "no consequence" : names.joined(separator: "+")
    }
}

extension Consequence {
    /// Residues gained minus residues lost.
    fileprivate var netLength: Int { (proteinChange?.netLength ?? nil) ?? 0 }
}
