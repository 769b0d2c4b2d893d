internal import Variants

/// Counts a tumor's insertions and deletions at repeats.
///
/// One counts if its fraction of reads is 0.02 or more and its bases are a unit of 1 base that the reference repeats 5 times or more, or of 2 to 4 bases that it
/// repeats 4 times or more; copies are counted from the leftmost place of the same change, the deleted ones included.
///
/// - Source: PURPLE's `MicrosatelliteIndels` (hmftools), as the project's specification has it in section 3.1.
public struct MicrosatelliteCounter: Hashable, Sendable {
    /// The longest REF or ALT that is looked at, in bases.
    public static let longestAllele = 49
    private static let smallestFraction = 0.02

    /// Insertions and deletions with reads enough.
    public private(set) var indels = 0
    /// Those of them that count.
    public private(set) var atRepeats = 0
    /// Those that count, by the length of the unit (1 to 4).
    public private(set) var byUnit = [0, 0, 0, 0]
    /// Insertions among those that count.
    public private(set) var insertions = 0
    /// Insertions and deletions whose fraction of reads is not known; they are counted.
    public private(set) var withoutFraction = 0
    /// Those whose neighbors the reference does not know; they are not counted.
    public private(set) var unknown = 0

    /// Nothing counted.
    public init() {}

    /// Adds an insertion or a deletion.
    ///
    /// - Shape: `sequence` the bases put in before `position` (0-based) or taken out from there on; `base` the reference's letters, `N` where
    ///   they are not known.
    public mutating func add(
        _ sequence: [UInt8], isDeletion: Bool, at position: Int, vaf: Double?, base: (Int) -> UInt8
    ) {
        guard !sequence.isEmpty else { return }
        if let vaf {
            guard vaf >= Self.smallestFraction else { return }
        } else {
            withoutFraction += 1
        }
        var (sequence, position) = (sequence, position)
        LeftRoll.roll(&sequence, at: &position, limit: LeftRoll.longestRun, base: base)
        guard base(position - 1) != UInt8(ascii: "N"), base(position) != UInt8(ascii: "N") else {
            unknown += 1
            return
        }
        indels += 1
        let unit = Self.unit(of: sequence)
        guard unit <= 4 else { return }
        let needed = unit == 1 ? 5 : 4
        let isRepeated = (0..<(needed * unit)).allSatisfy { base(position + $0) == sequence[$0 % unit] }
        guard isRepeated else { return }
        atRepeats += 1
        byUnit[unit - 1] += 1
        if !isDeletion { insertions += 1 }
    }

    /// The length of the smallest unit that bases are made of: 2 for `ATAT`.
    static func unit(of sequence: [UInt8]) -> Int {
        (1...sequence.count).first { unit in
            sequence.count.isMultiple(of: unit)
                && sequence.indices.allSatisfy { sequence[$0] == sequence[$0 % unit] }
        } ?? sequence.count
    }

    /// Adds the counts of another part of the file.
    public mutating func merge(_ other: MicrosatelliteCounter) {
        indels += other.indels
        atRepeats += other.atRepeats
        for unit in byUnit.indices { byUnit[unit] += other.byUnit[unit] }
        insertions += other.insertions
        withoutFraction += other.withoutFraction
        unknown += other.unknown
    }
}
