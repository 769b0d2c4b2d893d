internal import Variants

/// The types of mutations of each catalogue, named and ordered as SigProfilerMatrixGenerator has them.
public enum MutationTypes: String, Hashable, Sendable, CaseIterable {
    /// Single bases with their neighbors.
    case sbs96 = "SBS96"
    /// The same by the strand that is transcribed.
    case sbs384 = "SBS384"
    /// Pairs of neighboring bases.
    case dbs78 = "DBS78"
    /// Insertions and deletions.
    case id83 = "ID83"
    /// Rearrangements by clusters, kind and length.
    case sv32 = "SV32"
    /// Segments by copies, heterozygosity and length.
    case cnv48 = "CNV48"

    /// The names, in order.
    public var names: [String] {
        switch self {
        case .sbs96: Self.substitutions
        case .sbs384:
            TranscribedStrands.categories.flatMap { strand in Self.substitutions.map { "\(strand):\($0)" } }
        case .dbs78: Self.doublets
        case .id83: Self.indels
        case .sv32: Self.rearrangements
        case .cnv48: Self.copyNumbers
        }
    }

    private static let bases = ["A", "C", "G", "T"]

    private static let substitutions = bases.flatMap { five in
        ["C>A", "C>G", "C>T", "T>A", "T>C", "T>G"].flatMap { change in
            bases.map { three in "\(five)[\(change)]\(three)" }
        }
    }

    /// Source: Bergstrom et al., BMC Genomics 2019 (PMC6717374), supplement; of both strands' names one is used.
    private static let doublets = [
        ("AC", "CA CG CT GA GG GT TA TG TT"), ("AT", "CA CC CG GA GC TA"),
        ("CC", "AA AG AT GA GG GT TA TG TT"),
        ("CG", "AT GC GT TA TC TT"), ("CT", "AA AC AG GA GC GG TA TC TG"), ("GC", "AA AG AT CA CG TA"),
        ("TA", "AT CG CT GC GG GT"), ("TC", "AA AG AT CA CG CT GA GG GT"),
        ("TG", "AA AC AT CA CC CT GA GC GT"),
        ("TT", "AA AC AG CA CC CG GA GC GG"),
    ].flatMap { from, to in to.split(separator: " ").map { "\(from)>\($0)" } }

    private static let indels: [String] = {
        var names: [String] = []
        for kind in ["Del", "Ins"] {
            for base in ["C", "T"] { names += (0...5).map { "1:\(kind):\(base):\($0)" } }
        }
        for kind in ["Del", "Ins"] {
            for length in 2...5 { names += (0...5).map { "\(length):\(kind):R:\($0)" } }
        }
        for length in 2...5 { names += (1...(length == 5 ? 5 : length - 1)).map { "\(length):Del:M:\($0)" } }
        return names
    }()
}

extension MutationTypes {
    private static let lengths = ["0-100kb", "100kb-1Mb", "1Mb-10Mb", "10Mb-40Mb", ">40Mb"]

    /// Source: Steele et al., Nature 2022;606:984.
    fileprivate static let copyNumbers =
        ["0-100kb", "100kb-1Mb", ">1Mb"].map { "0:homdel:\($0)" }
        + ["1", "2", "3-4", "5-8", "9+"].flatMap { total in lengths.map { "\(total):LOH:\($0)" } }
        + ["2", "3-4", "5-8", "9+"].flatMap { total in lengths.map { "\(total):het:\($0)" } }

    /// The type of a segment: `3-4:het:1Mb-10Mb`.
    ///
    /// - Shape: `total` and `minor` copies, rounded half away from zero; `length` end minus start.
    static func copyNumber(total: Double, minor: Double, length: Int) -> String {
        func whole(_ value: Double) -> Int { Int(min(max(value, 0), 1e6).rounded()) }
        let copies = whole(total)
        let place = [100_000, 1_000_000, 10_000_000, 40_000_000].count { length > $0 }
        guard copies > 0 else { return "0:homdel:" + (place > 1 ? ">1Mb" : lengths[place]) }
        let group =
            switch copies {
            case 1, 2: String(copies)
            case 3, 4: "3-4"
            case 5...8: "5-8"
            default: "9+"
            }
        // A single copy has no other allele, whatever was rounded up.
        return "\(group):\(whole(minor) == 0 || copies == 1 ? "LOH" : "het"):\(lengths[place])"
    }
}

/// Names of single mutations.
enum MutationType {
    private static let complements: [UInt8: UInt8] = [0x41: 0x54, 0x43: 0x47, 0x47: 0x43, 0x54: 0x41]
    private static let doublets = Set(MutationTypes.dbs78.names)

    /// The bases of the other strand; nil where one is none of A, C, G, T.
    private static func complement(_ bases: [UInt8]) -> [UInt8]? {
        var other: [UInt8] = []
        for base in bases.reversed() {
            guard let complement = complements[base] else { return nil }
            other.append(complement)
        }
        return other
    }

    private static func text(_ bases: some Sequence<UInt8>) -> String {
        String(decoding: Array(bases), as: UTF8.self)
    }

    /// 0 … 3 for A, C, G, T.
    private static func code(_ base: UInt8) -> Int? {
        switch base {
        case UInt8(ascii: "A"): 0
        case UInt8(ascii: "C"): 1
        case UInt8(ascii: "G"): 2
        case UInt8(ascii: "T"): 3
        default: nil
        }
    }

    /// The place of a substitution among C>A, C>G, C>T, T>A, T>C, T>G, by the strand of the pyrimidine; nil where a base is not known.
    static func substitution(_ from: UInt8, to: UInt8) -> (place: Int, isPyrimidine: Bool)? {
        guard let one = code(from), let other = code(to), one != other else { return nil }
        let isPyrimidine = !one.isMultiple(of: 2)
        let (own, new) = isPyrimidine ? (one, other) : (3 - one, 3 - other)
        return ((own == 1 ? 0 : 3) + new - (new > own ? 1 : 0), isPyrimidine)
    }

    /// The place among ``MutationTypes/sbs96`` of a base with its neighbors and the base put there, by the strand of the pyrimidine; nil where a base is not known.
    static func substitutionPlace(
        _ five: UInt8, _ own: UInt8, _ three: UInt8, to alternate: UInt8
    ) -> (place: Int, isPyrimidine: Bool)? {
        guard let (change, isPyrimidine) = substitution(own, to: alternate), let left = code(five),
            let right = code(three)
        else { return nil }
        let (first, last) = isPyrimidine ? (left, right) : (3 - right, 3 - left)
        return (first * 24 + change * 4 + last, isPyrimidine)
    }

    /// `AC>CA` for two bases and the two put there; nil where a base is not known or stays.
    static func doublet(_ reference: [UInt8], to alternate: [UInt8]) -> String? {
        guard reference.count == 2, alternate.count == 2, reference[0] != alternate[0],
            reference[1] != alternate[1],
            let from = complement(reference), let to = complement(alternate)
        else { return nil }
        for name in ["\(text(reference))>\(text(alternate))", "\(text(from))>\(text(to))"]
        where doublets.contains(name) {
            return name
        }
        return nil
    }

    /// `2:Del:M:1` for bases taken out or put in at a place; nil where a base that decides is not known.
    ///
    /// - Shape: `sequence` the bases taken out or put in; they begin at `position` (0-based) of the reference, or are put in before it.
    ///   `base` gives the reference's letters, `N` outside.
    /// - Source: Alexandrov et al., Nature 2020, and SigProfilerMatrixGenerator; written to the left as VCF is.
    static func indel(
        _ sequence: [UInt8], isDeletion: Bool, at position: Int, base: (Int) -> UInt8
    ) -> String? {
        var sequence = sequence, position = position
        guard !sequence.isEmpty, sequence.allSatisfy({ complements[$0] != nil }) else { return nil }
        LeftRoll.roll(&sequence, at: &position, limit: LeftRoll.longestRun, base: base)
        let length = sequence.count
        let flank = isDeletion ? position + length : position
        guard complements[base(position - 1)] != nil, complements[base(flank)] != nil else { return nil }
        var copies = 0
        while copies < 5, (0..<length).allSatisfy({ base(flank + copies * length + $0) == sequence[$0] }) {
            copies += 1
        }
        let kind = isDeletion ? "Del" : "Ins"
        if length == 1 {
            let letter =
                sequence[0] == UInt8(ascii: "G")
                ? "C" : sequence[0] == UInt8(ascii: "A") ? "T" : text(sequence)
            return "1:\(kind):\(letter):\(copies)"
        }
        let size = min(length, 5)
        if isDeletion, copies == 0 {
            let right = (0..<(length - 1)).prefix { base(flank + $0) == sequence[$0] }.count
            if right > 0 { return "\(size):Del:M:\(min(right, 5))" }
        }
        return "\(size):\(kind):R:\(copies)"
    }
}
