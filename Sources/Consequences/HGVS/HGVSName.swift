// Names of the Human Genome Variation Society as values.
//
//     NG_012337.1(NM_003002.2):c.274_276delinsTA
//     └─reference ┘└─selector─┘ │ └── changes ──┘
//                             kind
//
// Text is read by `HGVSName(_:)` and written by `description`, in the nomenclature of 2024: three letters a residue, no
// deleted or doubled bases, `Ter` for a stop. Reading what was written gives the same value. Older spellings (`delA`,
// `del3`, `delAinsT`, one-letter residues, `fs*5`) are read and written anew.
//
// Not done: alleles in trans, mosaics, chimeras (`[…];[…]`, `=/`, `//`), and what is not sure of being one change.

/// A full variant name.
public struct HGVSName: Hashable, Sendable, CustomStringConvertible {
    /// What the positions of a name count, and what they say.
    public enum Change: Hashable, Sendable {
        /// `g.`.
        case genomic(GenomicName)
        /// `m.`.
        case mitochondrial(GenomicName)
        /// `c.`.
        case coding(CodingName)
        /// `n.`.
        case nonCoding(CodingName)
        /// `r.`.
        case rna(CodingName)
        /// `p.`.
        case protein(ProteinName)
    }

    /// The reference sequence, such as `NM_004333.6`; empty where the name has none.
    public var reference: String
    /// The transcript, protein or gene in brackets behind it; empty for none.
    public var selector: String
    /// What changes.
    public var change: Change

    /// A name.
    public init(reference: String, selector: String = "", _ change: Change) {
        self.reference = reference
        self.selector = selector
        self.change = change
    }

    /// The name that a text gives, or nil if it is none; a text without reference is read as well.
    ///
    /// A text that can be read, but whose name would be read as another one when it is written, is none.
    public init?(_ text: some StringProtocol) {
        guard let name = HGVSName(reading: text), HGVSName(reading: name.description) == name else {
            return nil
        }
        self = name
    }

    private init?(reading text: some StringProtocol) {
        var body = Substring(String(text).percentDecoded.filter { !$0.isWhitespace })
        // No name has a percent sign; one left over would be decoded again when the name is read the next time.
        guard !body.contains("%") else { return nil }
        reference = ""
        selector = ""
        if let colon = Self.colon(body) {
            guard let (accession, inner) = Self.reference(body[..<colon]) else { return nil }
            (reference, selector) = (accession, inner)
            body = body[body.index(after: colon)...]
        }
        guard let dot = body.firstIndex(of: "."), body.distance(from: body.startIndex, to: dot) == 1,
            let change = Self.change(body[..<dot], body[body.index(after: dot)...])
        else { return nil }
        self.change = change
    }

    /// The colon after the reference, not one inside an inserted sequence.
    private static func colon(_ text: Substring) -> Substring.Index? {
        let end = text.firstIndex(of: "[") ?? text.endIndex
        guard let colon = text[..<end].firstIndex(of: ":") else { return nil }
        if text.dropFirst().hasPrefix(".") { return nil }
        return colon
    }

    private static func reference(_ text: Substring) -> (accession: String, selector: String)? {
        var scanner = HGVSScanner(text)
        guard let accession = accession(&scanner) else { return nil }
        if scanner.isAtEnd { return (accession, "") }
        guard scanner.skip("("), let inner = scanner.upTo(UInt8(ascii: ")")), scanner.isAtEnd, !inner.isEmpty,
            inner.utf8.allSatisfy(isWord)
        else { return nil }
        return (accession, inner)
    }

    /// `NM_004333.6`, `LRG_199t1`, `ENST00000288602.11`, `U14680.1`.
    static func accession(_ scanner: inout HGVSScanner) -> String? {
        func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
        func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
        guard let first = scanner.peek, isLetter(first) else { return nil }
        var text = scanner.run { isLetter($0) || isDigit($0) }
        if scanner.peek == UInt8(ascii: "_") {
            scanner.advance()
            let rest = scanner.run { isLetter($0) || isDigit($0) }
            guard !rest.isEmpty else { return nil }
            text += "_" + rest
        }
        if scanner.peek == UInt8(ascii: ".") {
            scanner.advance()
            guard let version = scanner.number() else { return nil }
            text += ".\(version)"
        }
        return text
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39
            || [UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-")].contains(byte)
    }

    private static func change(_ kind: Substring, _ text: Substring) -> Change? {
        var genomic = NucleotideNameParser<GenomicPosition>(text)
        var transcript = NucleotideNameParser<CodingPosition>(text, isRNA: kind == "r")
        switch kind {
        case "g": return genomic.name().map { .genomic($0) }
        case "m": return genomic.name().map { .mitochondrial($0) }
        case "c": return transcript.name().map { .coding($0) }
        case "n":
            guard let name = transcript.name(), name.changes.allSatisfy({ !$0.interval.usesCodons }) else {
                return nil
            }
            return .nonCoding(name)
        case "r": return transcript.name().map { .rna($0) }
        case "p": return ProteinName(reading: text).map { .protein($0) }
        default: return nil
        }
    }

    /// The name in the current nomenclature.
    public var description: String {
        let head = reference.isEmpty ? "" : reference + (selector.isEmpty ? "" : "(\(selector))") + ":"
        return switch change {
        case .genomic(let name): head + "g.\(name)"
        case .mitochondrial(let name): head + "m.\(name)"
        case .coding(let name): head + "c.\(name)"
        case .nonCoding(let name): head + "n.\(name)"
        case .rna(let name): head + "r.\(name)"
        case .protein(let name): head + "p.\(name)"
        }
    }
}

extension HGVSInterval<CodingPosition> {
    /// Whether a position counts from the stop codon, which `n.` has not.
    fileprivate var usesCodons: Bool {
        [start, end].contains { place in
            switch place {
            case .exactly(let position): position.origin == .stop
            case .between(let low, let high): low.origin == .stop || high.origin == .stop
            }
        }
    }
}
