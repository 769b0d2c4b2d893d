/// What a `p.` name says.
public struct ProteinName: Hashable, Sendable, CustomStringConvertible {
    /// What happens to the protein.
    public enum Effect: Hashable, Sendable {
        /// A change of residues.
        case change(ProteinChange)
        /// `p.=`: the protein is the same.
        case same
        /// `p.?`: not known.
        case unknown
        /// `p.0`: no protein.
        case none
        /// `p.0?`: probably no protein.
        case noneProbably
        /// `p.Met1ext-5`: the protein begins so many residues earlier, maybe with another first residue.
        case startExtension(newFirst: UInt8?, residues: Int)
    }

    /// What happens.
    public var effect: Effect
    /// Whether it stands in brackets: predicted, not seen in protein or RNA.
    public var isPredicted: Bool

    /// A protein name.
    public init(_ effect: Effect, isPredicted: Bool = false) {
        self.effect = effect
        self.isPredicted = isPredicted
    }

    /// The name that stands after `p.`, or nil if the text is none.
    init?(reading text: Substring) {
        var text = text
        isPredicted = text.hasPrefix("(") && text.hasSuffix(")")
        if isPredicted { text = text.dropFirst().dropLast() }
        switch text {
        case "=": effect = .same
        case "?" where !isPredicted: effect = .unknown
        case "0": effect = .none
        case "0?": effect = .noneProbably
        default:
            if let extension_ = Self.startExtension(text) {
                effect = extension_
            } else {
                guard !text.contains("("), let change = ProteinChange(hgvs: String(text)) else { return nil }
                effect = .change(change)
            }
        }
    }

    /// `Met1ext-12` or `Met1Valext-5`.
    private static func startExtension(_ text: Substring) -> Effect? {
        guard let place = text.firstRange(of: "ext-"), let residues = Int(text[place.upperBound...]) else {
            return nil
        }
        let head = text[..<place.lowerBound]
        for start in ["Met1", "M1"] where head.hasPrefix(start) {
            let new = head.dropFirst(start.count)
            if new.isEmpty { return .startExtension(newFirst: nil, residues: residues) }
            let letter = AminoAcid.letter(String(new)) ?? (new.utf8.count == 1 ? new.utf8.first : nil)
            guard let letter, AminoAcid.isResidue(letter) else { return nil }
            return .startExtension(newFirst: letter, residues: residues)
        }
        return nil
    }

    /// The name after `p.`, three letters a residue.
    public var description: String { isPredicted ? "(\(text))" : text }

    private var text: String {
        switch effect {
        case .change(let change):
            let name = change.threeLetterName.dropFirst(2)
            return change.edit == .frameshift && change.newStop == nil ? name + "Ter" : String(name)
        case .same: return "="
        case .unknown: return "?"
        case .none: return "0"
        case .noneProbably: return "0?"
        case .startExtension(let first, let residues):
            return "Met1" + (first.map(AminoAcid.threeLetters) ?? "") + "ext-\(residues)"
        }
    }
}
