/// Sequence Ontology terms of one variant on one transcript, one bit each: the set without an allocation.
///
/// Bits stand in order of severity, the most severe lowest, so that the worst term is the lowest bit.
public struct ConsequenceTerms: OptionSet, Hashable, Sendable {
    /// The bits.
    public var rawValue: UInt64

    /// A set of these bits.
    @inlinable
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The set of one term.
    public init(_ term: SequenceOntologyTerm) { rawValue = 1 << UInt64(term.rank) }

    /// The set of some terms.
    public init(_ terms: some Sequence<SequenceOntologyTerm>) {
        rawValue = terms.reduce(0) { $0 | 1 << UInt64($1.rank) }
    }

    /// The terms, most severe first.
    public var list: [SequenceOntologyTerm] {
        SequenceOntologyTerm.allCases.enumerated().filter { rawValue >> UInt64($0.offset) & 1 == 1 }.map(
            \.element)
    }

    /// The place of the most severe term in the order of severity; 64 where there is none.
    public var severity: Int { rawValue.trailingZeroBitCount }

    /// Whether none of the terms touches coding sequence or a splice site: introns, UTR, non-coding and flanking bases.
    public var isSilent: Bool { severity > Self.codingSequenceVariant.severity }

    /// The most severe term.
    public var mostSevere: SequenceOntologyTerm? {
        isEmpty ? nil : SequenceOntologyTerm.allCases[severity]
    }

    /// Appends the names joined by `&`, most severe first.
    public func write(to out: inout [UInt8]) {
        var rest = rawValue
        while rest != 0 {
            let index = rest.trailingZeroBitCount
            out.append(contentsOf: Self.names[index])
            rest &= rest &- 1
            if rest != 0 { out.append(UInt8(ascii: "&")) }
        }
    }

    private static let names: [[UInt8]] = SequenceOntologyTerm.allCases.map { Array($0.rawValue.utf8) }
}

extension ConsequenceTerms {
    static let transcriptAblation = Self(rawValue: 1 << 0)
    static let spliceAcceptorVariant = Self(rawValue: 1 << 1)
    static let spliceDonorVariant = Self(rawValue: 1 << 2)
    static let stopGained = Self(rawValue: 1 << 3)
    static let frameshiftVariant = Self(rawValue: 1 << 4)
    static let stopLost = Self(rawValue: 1 << 5)
    static let startLost = Self(rawValue: 1 << 6)
    static let transcriptAmplification = Self(rawValue: 1 << 7)
    static let featureElongation = Self(rawValue: 1 << 8)
    static let featureTruncation = Self(rawValue: 1 << 9)
    static let inframeInsertion = Self(rawValue: 1 << 10)
    static let inframeDeletion = Self(rawValue: 1 << 11)
    static let missenseVariant = Self(rawValue: 1 << 12)
    static let proteinAlteringVariant = Self(rawValue: 1 << 13)
    static let spliceDonorFifthBaseVariant = Self(rawValue: 1 << 14)
    static let spliceRegionVariant = Self(rawValue: 1 << 15)
    static let spliceDonorRegionVariant = Self(rawValue: 1 << 16)
    static let splicePolypyrimidineTractVariant = Self(rawValue: 1 << 17)
    static let incompleteTerminalCodonVariant = Self(rawValue: 1 << 18)
    static let startRetainedVariant = Self(rawValue: 1 << 19)
    static let stopRetainedVariant = Self(rawValue: 1 << 20)
    static let synonymousVariant = Self(rawValue: 1 << 21)
    static let codingSequenceVariant = Self(rawValue: 1 << 22)
    static let matureMiRNAVariant = Self(rawValue: 1 << 23)
    static let fivePrimeUTRVariant = Self(rawValue: 1 << 24)
    static let threePrimeUTRVariant = Self(rawValue: 1 << 25)
    static let nonCodingTranscriptExonVariant = Self(rawValue: 1 << 26)
    static let intronVariant = Self(rawValue: 1 << 27)
    static let nmdTranscriptVariant = Self(rawValue: 1 << 28)
    static let nonCodingTranscriptVariant = Self(rawValue: 1 << 29)
    static let codingTranscriptVariant = Self(rawValue: 1 << 30)
    static let upstreamGeneVariant = Self(rawValue: 1 << 31)
    static let downstreamGeneVariant = Self(rawValue: 1 << 32)
    static let intergenicVariant = Self(rawValue: 1 << 39)
    static let sequenceVariant = Self(rawValue: 1 << 40)
}
