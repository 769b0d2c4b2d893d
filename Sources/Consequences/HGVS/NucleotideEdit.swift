/// What a nucleotide name says happens at its place.
public enum NucleotideEdit: Hashable, Sendable {
    /// `A>G`.
    case substitution(from: String, to: String)
    /// `=`.
    case identity
    /// `del`.
    case deletion
    /// `dup`.
    case duplication
    /// `inv`.
    case inversion
    /// `ins`.
    case insertion([InsertedPart])
    /// `delins`.
    case delins([InsertedPart])
    /// `TG[4]`, `[4]` or `[5_9]`.
    case repeated(unit: String, counts: ClosedRange<Int>)
    /// `copy2`, a private form that some laboratories use.
    case copies(Int)
    /// `con`, a gene conversion, with its source.
    case conversion(String)
    /// `?`.
    case unknown
}

/// A part of an inserted sequence.
public enum InsertedPart: Hashable, Sendable, CustomStringConvertible {
    /// These bases.
    case bases(String)
    /// So many unknown bases, `N[20]` or a number.
    case unknown(Int)
    /// Bases of the same reference, `4300_4320`, maybe `inv`.
    case range(String, isInverted: Bool)
    /// Bases of another reference, such as `NC_000004.12:g.1_100`.
    case other(String)

    /// The part as HGVS writes it.
    public var description: String {
        switch self {
        case .bases(let bases): bases
        case .unknown(let count): "N[\(count)]"
        case .range(let range, let isInverted): range + (isInverted ? "inv" : "")
        case .other(let text): text
        }
    }
}

/// One change of a nucleotide name: a place and what happens there.
public struct NucleotideChange<Position: HGVSPosition>: Hashable, Sendable, CustomStringConvertible {
    /// The place.
    public var interval: HGVSInterval<Position>
    /// What happens; nil for a name of a place alone.
    public var edit: NucleotideEdit?
    /// Whether the change is in brackets.
    public var isPredicted: Bool
    /// The old bases that a name spells after `del`, `dup` or `inv`, or before `=`: to be compared with the reference, but
    /// no part of the name any more, and not looked at by `==`.
    public var statedBases: String

    /// A change.
    public init(
        _ interval: HGVSInterval<Position>, _ edit: NucleotideEdit?, isPredicted: Bool = false,
        statedBases: String = ""
    ) {
        self.interval = interval
        self.edit = edit
        self.isPredicted = isPredicted
        self.statedBases = statedBases
    }

    /// Whether two names say the same.
    public static func == (left: Self, right: Self) -> Bool {
        left.interval == right.interval && left.edit == right.edit && left.isPredicted == right.isPredicted
    }

    /// See `==`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(interval)
        hasher.combine(edit)
    }

    /// The change in the current nomenclature, without deleted bases.
    public var description: String {
        let text = interval.description + (edit.map(Self.text) ?? "")
        return isPredicted ? "(\(text))" : text
    }

    private static func text(_ edit: NucleotideEdit) -> String {
        switch edit {
        case .substitution(let old, let new): "\(old)>\(new)"
        case .identity: "="
        case .deletion: "del"
        case .duplication: "dup"
        case .inversion: "inv"
        case .insertion(let parts): "ins" + text(parts)
        case .delins(let parts): "delins" + text(parts)
        case .repeated(let unit, let counts):
            counts.count == 1
                ? "\(unit)[\(counts.lowerBound)]" : "\(unit)[(\(counts.lowerBound)_\(counts.upperBound))]"
        case .copies(let count): "copy\(count)"
        case .conversion(let source): "con\(source)"
        case .unknown: "?"
        }
    }

    private static func text(_ parts: [InsertedPart]) -> String {
        parts.count == 1 ? parts[0].description : "[" + parts.map(\.description).joined(separator: ";") + "]"
    }
}

/// One or more changes of one molecule.
public struct NucleotideName<Position: HGVSPosition>: Hashable, Sendable, CustomStringConvertible {
    /// The changes; empty for `=`, no change at all.
    public var changes: [NucleotideChange<Position>]

    /// The name of some changes on one molecule.
    public init(_ changes: [NucleotideChange<Position>]) { self.changes = changes }

    /// The name of one change.
    public init(_ interval: HGVSInterval<Position>, _ edit: NucleotideEdit) {
        changes = [NucleotideChange(interval, edit)]
    }

    /// The name without its prefix.
    public var description: String {
        switch changes.count {
        case 0: "="
        case 1: changes[0].description
        default: "[" + changes.map(\.description).joined(separator: ";") + "]"
        }
    }
}
