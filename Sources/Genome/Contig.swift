/// A chromosome or other sequence, under one name whatever style a file uses.
///
/// `chr7`, `7` and `NC_000007.14` are the same contig `7`; `chrM`, `M` and `NC_012920.1` are `MT`. A name
/// that is none of the human chromosomes is kept as it is, without a leading `chr` only if a number,
/// X, Y or M follows. Contigs sort as people list them: 1 … 22, X, Y, MT, then the rest by name.
public struct Contig: Hashable, Sendable, CustomStringConvertible {
    /// The canonical name.
    public let name: String

    /// The contig that a file calls `name`.
    public init(_ name: some StringProtocol) { self.name = Self.canonicalName(String(name)) }

    /// The canonical name.
    public var description: String { name }

    /// 1 … 22 for an autosome, 23 for X, 24 for Y, 25 for MT, nil for all else.
    public var humanNumber: Int? {
        switch name {
        case "X": return 23
        case "Y": return 24
        case "MT": return 25
        default:
            guard name.utf8.count <= 2, let number = Int(name), (1...22).contains(number) else { return nil }
            return number
        }
    }

    /// The nuclear chromosomes of man: 1 … 22, X, Y.
    public static let chromosomes = (1...22).map { Contig(String($0)) } + [Contig("X"), Contig("Y")]

    /// Whether this is one of the chromosomes 1 … 22.
    public var isAutosome: Bool { (humanNumber ?? 99) <= 22 }

    /// Whether this is the mitochondrial genome.
    public var isMitochondrial: Bool { name == "MT" }

    /// The naming convention of a contig name in a file.
    public enum Style: String, Hashable, Sendable, CaseIterable {
        /// `chr7`, `chrM`.
        case ucsc
        /// `7`, `MT`.
        case ensembl
        /// `NC_000007.14`.
        case refseq
        /// Not a human chromosome.
        case other
    }

    /// The style in which `name` is written.
    public static func style(of name: String) -> Style {
        guard Contig(name).humanNumber != nil else { return .other }
        if name.hasPrefix("NC_") { return .refseq }
        return name.lowercased().hasPrefix("chr") ? .ucsc : .ensembl
    }

    private static func canonicalName(_ name: String) -> String {
        if name.hasPrefix("NC_") {
            let digits = name.dropFirst(3).prefix { $0 != "." }
            guard digits.count == 6, let number = Int(digits) else { return name }
            switch number {
            case 1...22: return String(number)
            case 23: return "X"
            case 24: return "Y"
            case 12920: return "MT"
            default: return name
            }
        }
        let bare = name.lowercased().hasPrefix("chr") ? String(name.dropFirst(3)) : name
        switch bare {
        case "X", "x": return "X"
        case "Y", "y": return "Y"
        case "M", "MT", "m", "mt": return "MT"
        default:
            guard !bare.isEmpty, bare.utf8.count <= 2, bare.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }),
                let number = Int(bare), (1...22).contains(number), !bare.hasPrefix("0")
            else { return name }
            return bare
        }
    }
}

extension Contig: Comparable {
    /// Orders 1 … 22, X, Y, MT, then the rest by name.
    public static func < (left: Contig, right: Contig) -> Bool {
        switch (left.humanNumber, right.humanNumber) {
        case (let l?, let r?): l < r
        case (.some, nil): true
        case (nil, .some): false
        case (nil, nil): left.name < right.name
        }
    }
}
