/// An ALT allele in breakend notation; parsing and printing are inverse.
///
/// | text | this side | the mate's side |
/// |---|---|---|
/// | `t[p[` | + | - |
/// | `t]p]` | + | + |
/// | `]p]t` | - | + |
/// | `[p[t` | - | - |
/// | `t.` | + | not known |
/// | `.t` | - | not known |
///
/// The contig of p ends at the last colon, as names such as `HLA-A*01:01` hold colons; a contig of the assembly file keeps its
/// angle brackets.
///
/// - Source: VCF 4.4 specification, section 5.4.
public struct BreakendAllele: Hashable, Sendable {
    /// Where the mate lies.
    public struct Mate: Hashable, Sendable {
        /// The contig as written.
        public var contigName: String
        /// 1-based as written; 0 is a telomere.
        public var oneBasedPosition: Int
        /// On which side of the mate's break its kept sequence lies.
        public var orientation: Breakend.Orientation

        /// Creates a place.
        public init(contigName: String, oneBasedPosition: Int, orientation: Breakend.Orientation) {
            (self.contigName, self.oneBasedPosition) = (contigName, oneBasedPosition)
            self.orientation = orientation
        }
    }

    /// On which side of this break the kept sequence lies.
    public var orientation: Breakend.Orientation
    /// The letters t: the replaced base with the inserted ones, or `.` for none.
    public var bases: String
    /// The mate's place; nil for a single breakend.
    public var mate: Mate?

    /// Creates an allele.
    public init(orientation: Breakend.Orientation, bases: String, mate: Mate?) {
        (self.orientation, self.bases, self.mate) = (orientation, bases, mate)
    }

    /// Parses an ALT allele; nil where it is none in breakend notation.
    public init?(_ text: some StringProtocol) { self.init(bytes: Array(text.utf8)[...]) }

    init?(bytes: ArraySlice<UInt8>) {
        guard AlleleGrammar(bytes) == .breakend else { return nil }
        func text(_ part: ArraySlice<UInt8>) -> String { String(decoding: part, as: UTF8.self) }
        let open = UInt8(ascii: "["), close = UInt8(ascii: "]"), dot = UInt8(ascii: ".")
        guard let bracket = bytes.first(where: { $0 == open || $0 == close }) else {
            orientation = bytes.first == dot ? .minus : .plus
            bases = text(orientation == .minus ? bytes.dropFirst() : bytes.dropLast())
            mate = nil
            return
        }
        let parts = bytes.split(separator: bracket, omittingEmptySubsequences: false)
        guard parts.count == 3, let colon = parts[1].lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let digits = parts[1][(colon + 1)...]
        guard digits.count == 1 || digits.first != UInt8(ascii: "0"),
            let position = VCFRecord.integer(digits), position <= Int(Int32.max)
        else { return nil }
        orientation = parts[0].isEmpty ? .minus : .plus
        bases = text(parts[0].isEmpty ? parts[2] : parts[0])
        mate = Mate(
            contigName: text(parts[1][..<colon]), oneBasedPosition: position,
            orientation: bracket == open ? .minus : .plus)
    }

    /// The bases between the two sides as they read on this record's forward strand; empty for none.
    ///
    /// - Shape: `referenceLength` the number of bases of REF, which stand at the kept end of ``bases``.
    public func insertedBases(referenceLength: Int) -> String {
        guard bases != "." else { return "" }
        let all = bases.uppercased().utf8
        let kept = min(referenceLength, all.count)
        let rest = orientation == .plus ? all.dropFirst(kept) : all.dropLast(kept)
        return String(decoding: Array(rest), as: UTF8.self)
    }
}

extension BreakendAllele: CustomStringConvertible {
    /// The allele as ALT writes it.
    public var description: String {
        guard let mate else { return orientation == .plus ? "\(bases)." : ".\(bases)" }
        let bracket = mate.orientation == .minus ? "[" : "]"
        let place = "\(bracket)\(mate.contigName):\(mate.oneBasedPosition)\(bracket)"
        return orientation == .plus ? bases + place : place + bases
    }
}
