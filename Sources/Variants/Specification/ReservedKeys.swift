/// How many values a tag has.
enum ValueCount: Hashable, Sendable {
    /// So many.
    case count(Int)
    /// `A`: one for each ALT allele.
    case perAlternate
    /// `R`: one for each allele.
    case perAllele
    /// `G`: one for each genotype.
    case perGenotype
    /// `P` (4.4): one for each allele value in GT.
    case perGenotypeAllele
    /// `LA`, `LR`, `LG`, `M` (4.5): told by other fields of the sample.
    case local(String)
    /// `.`: any number.
    case unknown

    /// From a value of `Number`; nil for all else.
    init?(_ text: some StringProtocol) {
        switch text {
        case "A": self = .perAlternate
        case "R": self = .perAllele
        case "G": self = .perGenotype
        case "P": self = .perGenotypeAllele
        case "LA", "LR", "LG", "M": self = .local(String(text))
        case ".": self = .unknown
        default:
            guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text)
            else { return nil }
            self = .count(number)
        }
    }

    /// As `Number` spells it.
    var text: String {
        switch self {
        case .count(let number): String(number)
        case .perAlternate: "A"
        case .perAllele: "R"
        case .perGenotype: "G"
        case .perGenotypeAllele: "P"
        case .local(let name): name
        case .unknown: "."
        }
    }

    /// The first version that has it for FORMAT; INFO has the classic ones only.
    var firstVersion: SpecificationVersion {
        switch self {
        case .perAllele: .v42
        case .perGenotypeAllele: .v44
        case .local: .v45
        default: .v41
        }
    }
}

/// The type of a tag's values.
enum ValueType: String, Hashable, Sendable {
    case integer = "Integer"
    case float = "Float"
    case flag = "Flag"
    case character = "Character"
    case string = "String"
}

/// Number and Type of the keys that the specification reserves.
///
/// Source: VCF 4.1 and 4.2, sections 1.4.1, 1.4.2, 3 and 4; VCF 4.3 to 4.5, tables of sections 1.6.1, 1.6.2, 3 and 4.
enum ReservedKeys {
    /// A reserved key.
    struct Entry: Hashable, Sendable {
        /// Nil where the specification leaves it open.
        var number: ValueCount?
        /// Nil where the specification leaves it open.
        var type: ValueType?
        /// Whether it is one of the keys for structural variants, which callers declare as they like.
        var isStructural = false
        /// Whether a negative value has no meaning.
        var isNonNegative = false
    }

    /// The INFO keys of a version.
    static func info(_ version: SpecificationVersion) -> [String: Entry] {
        var keys: [String: Entry] = [
            "AA": .init(number: .count(1), type: .string),
            "AC": .init(number: .perAlternate, type: .integer, isNonNegative: true),
            "AF": .init(number: .perAlternate, type: .float),
            "AN": .init(number: .count(1), type: .integer, isNonNegative: true),
            "BQ": .init(number: .count(1), type: .float),
            "CIGAR": .init(number: .perAlternate, type: .string),
            "DP": .init(number: .count(1), type: .integer, isNonNegative: true),
            "END": .init(number: .count(1), type: .integer, isNonNegative: true),
            "MQ": .init(number: .count(1), type: .float),
            "MQ0": .init(number: .count(1), type: .integer, isNonNegative: true),
            "NS": .init(number: .count(1), type: .integer, isNonNegative: true),
            // Four integers from 4.3 on, one number in most files.
            "SB": .init(number: nil, type: .float),
        ]
        for flag in ["DB", "H2", "H3", "SOMATIC", "VALIDATED", "1000G"] {
            keys[flag] = .init(number: .count(0), type: .flag)
        }
        if version >= .v43 {
            for key in ["AD", "ADF", "ADR"] {
                keys[key] = .init(number: .perAllele, type: .integer, isNonNegative: true)
            }
        }
        return keys.merging(structuralInfo(version)) { own, _ in own }
    }

    private static func structuralInfo(_ version: SpecificationVersion) -> [String: Entry] {
        let rows: [(String, ValueCount, ValueType)] =
            [
                ("IMPRECISE", .count(0), .flag), ("NOVEL", .count(0), .flag), ("SVTYPE", .count(1), .string),
                ("HOMLEN", .unknown, .integer), ("HOMSEQ", .unknown, .string), ("BKPTID", .unknown, .string),
                ("MATEID", .unknown, .string), ("DPADJ", .unknown, .integer), ("CNADJ", .unknown, .integer),
                ("CICNADJ", .unknown, .integer), ("DGVID", .count(1), .string),
                ("DBVARID", .count(1), .string),
                ("DBRIPID", .count(1), .string), ("PARID", .count(1), .string), ("EVENT", .count(1), .string),
            ]
            + (version >= .v44
                ? [
                    ("SVLEN", .perAlternate, .integer), ("CIPOS", .unknown, .integer),
                    ("CIEND", .unknown, .integer), ("CILEN", .unknown, .integer),
                    ("CICN", .unknown, .float), ("CN", .perAlternate, .float),
                    ("SVCLAIM", .perAlternate, .string), ("EVENTTYPE", .perAlternate, .string),
                ]
                : [
                    ("SVLEN", .unknown, .integer), ("CIPOS", .count(2), .integer),
                    ("CIEND", .count(2), .integer), ("CILEN", .count(2), .integer),
                    ("CICN", .count(2), .integer), ("CN", .count(1), .integer),
                    ("MEINFO", .count(4), .string), ("METRANS", .count(4), .string),
                ])
        return Dictionary(
            rows.map { ($0.0, Entry(number: $0.1, type: $0.2, isStructural: true)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The FORMAT keys of a version.
    static func format(_ version: SpecificationVersion) -> [String: Entry] {
        var keys: [String: Entry] = [
            "GT": .init(number: .count(1), type: .string),
            "DP": .init(number: .count(1), type: .integer, isNonNegative: true),
            "FT": .init(number: .count(1), type: .string),
            "GL": .init(number: .perGenotype, type: .float),
            "PL": .init(number: .perGenotype, type: .integer, isNonNegative: true),
            "GP": .init(number: .perGenotype, type: .float),
            "GQ": .init(number: .count(1), type: .integer, isNonNegative: true),
            "HQ": .init(number: .count(2), type: .integer, isNonNegative: true),
            "PS": .init(number: .count(1), type: .integer, isNonNegative: true),
            "PQ": .init(number: .count(1), type: .integer, isNonNegative: true),
            "EC": .init(number: .perAlternate, type: .integer, isNonNegative: true),
            "MQ": .init(number: .count(1), type: .integer, isNonNegative: true),
            "CN": .init(number: .count(1), type: version >= .v44 ? .float : .integer, isStructural: true),
            "CNQ": .init(number: .count(1), type: .float, isStructural: true),
            "CNL": .init(number: version >= .v43 ? .perGenotype : .unknown, type: .float, isStructural: true),
            "NQ": .init(number: .count(1), type: .integer, isStructural: true),
            "HAP": .init(number: .count(1), type: .integer, isStructural: true),
            "AHAP": .init(number: .count(1), type: .integer, isStructural: true),
        ]
        if version <= .v42 { keys["GLE"] = .init(number: .unknown, type: .string) }
        guard version >= .v43 else { return keys }
        for key in ["AD", "ADF", "ADR"] {
            keys[key] = .init(number: .perAllele, type: .integer, isNonNegative: true)
        }
        keys["PP"] = .init(number: .perGenotype, type: .integer)
        keys["CNP"] = .init(number: .perGenotype, type: .float, isStructural: true)
        guard version >= .v44 else { return keys }
        keys["PSL"] = .init(number: .perGenotypeAllele, type: .string)
        keys["PSO"] = .init(number: .perGenotypeAllele, type: .integer)
        keys["PSQ"] = .init(number: .perGenotypeAllele, type: .integer)
        guard version >= .v45 else { return keys }
        keys["LEN"] = .init(number: .count(1), type: .integer, isNonNegative: true)
        keys["LAA"] = .init(number: .unknown, type: .integer)
        for (key, number, type) in [
            ("LAD", "LR", ValueType.integer), ("LADF", "LR", .integer), ("LADR", "LR", .integer),
            ("LEC", "LA", .integer), ("LGL", "LG", .float), ("LGP", "LG", .float), ("LPL", "LG", .integer),
            ("LPP", "LG", .integer),
        ] {
            keys[key] = .init(number: .local(number), type: type)
        }
        return keys
    }

    /// Declarations beside the reserved ones that callers in use write and that lose no meaning: the values read
    /// the same way.
    static func isTolerated(
        _ key: String, isFormat: Bool, number: ValueCount, type: ValueType, _ entry: Entry
    )
        -> Bool
    {
        if entry.isStructural { return true }
        let numberFits =
            entry.number == nil || entry.number == number || number == .unknown
            || (entry.number == .perGenotype && number == .count(3))
            || (["AD", "ADF", "ADR"].contains(key)) || (key == "AF" && number == .count(1))
        let typeFits =
            entry.type == nil || entry.type == type || (key == "SB" && type != .flag)
            || (["MQ", "BQ", "GQ", "PS", "PQ"].contains(key) && (type == .integer || type == .float))
            || (["GQ", "PS"].contains(key) && type == .string)
            || (key == "PL" && type == .float && number == .unknown)
        return numberFits && typeFits
    }
}
