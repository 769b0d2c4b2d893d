internal import GeneModels

/// What a change does to the introns of a transcript.
///
/// Bases of an intron that decide, counted from its ends:
///
///     exon  … -3 -2 -1 │ +1 +2 │ +3 +4 +5 +6 +7 +8 …        … -17 … -8 … -3 │ -2 -1 │ 1 2 3 …  exon
///             region   │ donor │ donor region    region         tract        │ accep.│ region
///                                    5th               region: -8 … -3
///
/// - Source: Ensembl VEP 115, whose distances these are.
struct SpliceEffects: OptionSet {
    let rawValue: UInt16

    static let donor = Self(rawValue: 1)
    static let acceptor = Self(rawValue: 2)
    static let fifthBase = Self(rawValue: 4)
    static let donorRegion = Self(rawValue: 8)
    static let polypyrimidineTract = Self(rawValue: 16)
    static let region = Self(rawValue: 32)
    static let intronic = Self(rawValue: 64)
    /// In an intron so short that it stands for a frameshift of the model.
    static let frameshiftIntron = Self(rawValue: 128)

    /// Adds the effects of the bases `low..<high`, or of an insertion at `low`, on one intron.
    @inline(__always)
    mutating func add(_ low: Int, _ high: Int, intron: Int, to end: Int, isForward: Bool) {
        if low > intron &+ 17, high < end &- 17 {
            insert(.intronic)
            return
        }
        @inline(__always) func meets(_ from: Int, _ to: Int) -> Bool { high > from && low < to }
        let isInsertion = low == high
        if end &- intron <= 13, meets(intron, end) {
            insert(.frameshiftIntron)
            return
        }
        if meets(intron &+ 2, end &- 2) || (isInsertion && (low == intron &+ 2 || low == end &- 2)) {
            insert(.intronic)
        }
        let atStart = meets(intron, intron &+ 2)
        let atEnd = meets(end &- 2, end)
        if atStart { insert(isForward ? .donor : .acceptor) }
        if atEnd { insert(isForward ? .acceptor : .donor) }
        if isForward {
            if meets(intron &+ 4, intron &+ 5) { insert(.fifthBase) }
            if meets(intron &+ 2, intron &+ 6) { insert(.donorRegion) }
            if meets(end &- 17, end &- 2) || (isInsertion && low == end &- 2) {
                insert(.polypyrimidineTract)
            }
        } else {
            if meets(end &- 5, end &- 4) { insert(.fifthBase) }
            if meets(end &- 6, end &- 2) { insert(.donorRegion) }
            if meets(intron &+ 2, intron &+ 17) || (isInsertion && low == intron &+ 2) {
                insert(.polypyrimidineTract)
            }
        }
        guard !atStart, !atEnd else { return }
        if meets(intron &+ 2, intron &+ 8) || meets(end &- 8, end &- 2) || meets(intron &- 3, intron)
            || meets(end, end &+ 3)
            || (isInsertion
                && (low == intron || low == end || low == intron &+ 2 || low == end &- 2))
        {
            insert(.region)
        }
    }

    /// The terms; `touchesExon` tells whether the change touches or flanks an exon.
    @inline(__always)
    func terms(touchesExon: Bool) -> ConsequenceTerms {
        var terms: ConsequenceTerms = []
        if contains(.intronic) { terms.insert(.intronVariant) }
        guard rawValue & ~(Self.intronic.rawValue | Self.frameshiftIntron.rawValue) != 0 else { return terms }
        if contains(.acceptor) { terms.insert(.spliceAcceptorVariant) }
        if contains(.donor) { terms.insert(.spliceDonorVariant) }
        if contains(.fifthBase) {
            terms.insert(.spliceDonorFifthBaseVariant)
        } else if contains(.donorRegion) {
            terms.insert(.spliceDonorRegionVariant)
        }
        if contains(.polypyrimidineTract), !touchesExon { terms.insert(.splicePolypyrimidineTractVariant) }
        if contains(.region), isDisjoint(with: [.acceptor, .donor, .fifthBase, .donorRegion]) {
            terms.insert(.spliceRegionVariant)
        }
        return terms
    }
}
