public import Genome

/// Compares the sex that the X chromosome shows with the sex that was stated.
///
/// Counts germline genotypes on X outside the pseudo-autosomal regions: one X cannot be heterozygous there.
///
/// - Shape: records of a germline file, the normal's column.
/// - Source: our own cut-offs; two X chromosomes show about three heterozygous in five non-reference genotypes, one
///   X shows none but errors.
public struct SexCheck: Hashable, Sendable {
    /// What the genotypes show.
    public enum Call: String, Hashable, Sendable {
        /// One X.
        case male
        /// Two X.
        case female
        /// Too few genotypes, or between.
        case unclear
    }

    /// Genotypes needed for an answer.
    static let minimumGenotypes = 20
    /// Heterozygous share of non-reference genotypes, at most, of one X.
    static let maleCeiling = 0.15
    /// Heterozygous share, at least, of two X.
    static let femaleFloor = 0.3

    /// A stretch of X outside the pseudo-autosomal regions of either build that holds far more genotypes than are
    /// needed, 0-based; read where not all of X is.
    public static let window = 100_000_000..<110_000_000

    /// Heterozygous genotypes counted.
    public private(set) var heterozygous = 0
    /// Homozygous or haploid non-reference genotypes counted.
    public private(set) var homozygous = 0
    private let excluded: [Range<Int>]

    /// A check; without an assembly the pseudo-autosomal regions of both builds are left out.
    public init(assembly: Assembly?) {
        excluded = assembly.map(\.pseudoautosomalX) ?? Assembly.allCases.flatMap(\.pseudoautosomalX)
    }

    /// Counts a genotype; `position` is 0-based.
    public mutating func add(_ genotype: Genotype, on contig: Contig, position: Int) {
        guard contig.humanNumber == 23, genotype.isComplete,
            !excluded.contains(where: { $0.contains(position) })
        else { return }
        if genotype.isHeterozygous {
            heterozygous += 1
        } else if genotype.copies(of: 0) == 0 {
            homozygous += 1
        }
    }

    /// Adds the counts of another part of the file.
    public mutating func merge(_ other: SexCheck) {
        heterozygous += other.heterozygous
        homozygous += other.homozygous
    }

    /// What the counts show.
    public var call: Call {
        let total = heterozygous + homozygous
        guard total >= Self.minimumGenotypes else { return .unclear }
        let share = Double(heterozygous) / Double(total)
        if share <= Self.maleCeiling { return .male }
        return share >= Self.femaleFloor ? .female : .unclear
    }

    /// A warning where the stated sex (`male`, `female`) is another than the one shown; nil otherwise.
    public func warning(stated: String) -> String? {
        guard let stated = Call(rawValue: stated.lowercased()), stated != .unclear, call != .unclear,
            call != stated
        else { return nil }
        return "stated sex is \(stated.rawValue), but \(heterozygous) of \(heterozygous + homozygous) "
            + "non-reference genotypes on X are heterozygous, as in a \(call.rawValue)"
    }
}
