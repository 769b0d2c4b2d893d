/// A human reference assembly.
public enum Assembly: String, Hashable, Sendable, CaseIterable {
    /// GRCh37, also called hg19 (whose nuclear chromosomes are the same).
    case grch37 = "GRCh37"
    /// GRCh38, also called hg38.
    case grch38 = "GRCh38"

    /// The assembly that people call `name` (`GRCh37`, `hg19`, `b37`, `hs37d5`, `GRCh38`, `hg38`), or nil.
    public init?(named name: String) {
        switch name.lowercased() {
        case "grch37", "hg19", "b37", "hs37", "hs37d5", "37": self = .grch37
        case "grch38", "hg38", "hs38", "38": self = .grch38
        default: return nil
        }
    }

    /// The assembly that a path, a name or a sentence mentions, or nil where it mentions none or both.
    public init?(mentionedIn text: String) {
        let lower = text.lowercased()
        let isOld = ["grch37", "hg19", "b37", "hs37"].contains(where: lower.contains)
        let isNew = ["grch38", "hg38", "hs38", "b38"].contains(where: lower.contains)
        guard isOld != isNew else { return nil }
        self = isOld ? .grch37 : .grch38
    }

    /// Length in bases of chromosomes 1 … 22, X, Y (index 0 … 23).
    ///
    /// Source: Genome Reference Consortium, assembly reports of GRCh37 and GRCh38.
    public var chromosomeLengths: [Int] {
        switch self {
        case .grch37:
            [
                249_250_621, 243_199_373, 198_022_430, 191_154_276, 180_915_260, 171_115_067, 159_138_663,
                146_364_022, 141_213_431, 135_534_747, 135_006_516, 133_851_895, 115_169_878, 107_349_540,
                102_531_392, 90_354_753, 81_195_210, 78_077_248, 59_128_983, 63_025_520, 48_129_895,
                51_304_566, 155_270_560, 59_373_566,
            ]
        case .grch38:
            [
                248_956_422, 242_193_529, 198_295_559, 190_214_555, 181_538_259, 170_805_979, 159_345_973,
                145_138_636, 138_394_717, 133_797_422, 135_086_622, 133_275_309, 114_364_328, 107_043_718,
                101_991_189, 90_338_345, 83_257_441, 80_373_285, 58_617_616, 64_444_167, 46_709_983,
                50_818_468, 156_040_895, 57_227_415,
            ]
        }
    }

    /// The length of `contig`, or nil if it is not a nuclear chromosome.
    public func length(of contig: Contig) -> Int? {
        guard let number = contig.humanNumber, number <= 24 else { return nil }
        return chromosomeLengths[number - 1]
    }

    /// The parts of X that pair with Y, 0-based half-open.
    ///
    /// Source: Genome Reference Consortium, pseudo-autosomal regions 1 and 2.
    public var pseudoautosomalX: [Range<Int>] {
        switch self {
        case .grch37: [60_000..<2_699_520, 154_931_043..<155_260_560]
        case .grch38: [10_000..<2_781_479, 155_701_382..<156_030_895]
        }
    }
}
