/// The alleles of one sample, with phase.
///
/// - Shape: `alleles` in GT's order, 0 for REF, 1 … for ALT, nil for `.`; any ploidy from 1.
/// - Source: VCF 4.4 specification, section 1.6.2 (GT, PS); GATK documentation (PGT, PID).
public struct Genotype: Hashable, Sendable {
    /// One number per chromosome copy.
    public let alleles: [Int?]
    /// Whether the order of ``alleles`` tells the haplotypes; always so for one copy.
    public let isPhased: Bool
    /// The phase set (PS or PID); nil where phase holds for the whole contig or is not known.
    public let phaseSet: String?

    /// A genotype from its parts.
    public init(alleles: [Int?], isPhased: Bool, phaseSet: String? = nil) {
        self.alleles = alleles
        self.isPhased = isPhased || alleles.count == 1
        self.phaseSet = phaseSet
    }

    /// Parses GT text such as `0/1`, `1|2`, `.`, `1` or `0/0/1`; nil if it is none.
    ///
    /// It is phased if every separator is `|`. A leading separator, as VCF 4.4 allows, is taken too.
    public init?(text: some StringProtocol, phaseSet: String? = nil) {
        var alleles: [Int?] = []
        var digits: [UInt8] = []
        var isPhased = true
        func allele(_ bytes: [UInt8]) -> Int?? {
            if bytes == [UInt8(ascii: ".")] { return .some(nil) }
            guard let number = VCFRecord.integer(bytes[...]), number >= 0 else { return nil }
            return number
        }
        for (index, byte) in text.utf8.enumerated() {
            guard byte == UInt8(ascii: "/") || byte == UInt8(ascii: "|") else {
                digits.append(byte)
                continue
            }
            if byte == UInt8(ascii: "/") { isPhased = false }
            if index == 0 { continue }
            guard let value = allele(digits) else { return nil }
            alleles.append(value)
            digits.removeAll(keepingCapacity: true)
        }
        guard let value = allele(digits) else { return nil }
        self.init(alleles: alleles + [value], isPhased: isPhased, phaseSet: phaseSet)
    }

    /// One sample's genotype, with PS, or with GATK's PGT and PID where they spell the same alleles as GT.
    ///
    /// Nil if the record has no GT for the sample. A missing call (`./.`) is a genotype of missing alleles.
    public init?(_ record: VCFRecord, sample: Int) {
        guard let range = record.formatRange("GT", sample: sample),
            let genotype = Genotype(text: record.text(range))
        else { return nil }
        let phaseSet = record.format("PS", sample: sample)
        self.init(alleles: genotype.alleles, isPhased: genotype.isPhased, phaseSet: phaseSet)
        guard let id = record.format("PID", sample: sample), phaseSet == nil,
            let text = record.format("PGT", sample: sample), let phased = Genotype(text: text),
            phased.isPhased,
            phased.alleles.map({ $0 ?? -1 }).sorted() == genotype.alleles.map({ $0 ?? -1 }).sorted()
        else { return }
        self.init(alleles: phased.alleles, isPhased: true, phaseSet: id)
    }

    /// The number of chromosome copies called.
    public var ploidy: Int { alleles.count }
    /// Whether every allele is missing.
    public var isMissing: Bool { alleles.allSatisfy { $0 == nil } }
    /// Whether all copies have the same called allele; a haploid call is so too.
    public var isHomozygous: Bool { !alleles.contains(nil) && Set(alleles).count == 1 }
    /// Whether two copies have different called alleles.
    public var isHeterozygous: Bool { Set(alleles.compactMap { $0 }).count > 1 }
    /// The number of copies of an allele (0 is REF).
    public func copies(of allele: Int) -> Int { alleles.count { $0 == allele } }

    /// Whether `allele` lies on one haplotype with `otherAllele` of a genotype on the same contig; nil if the
    /// phase cannot tell.
    ///
    /// Homozygous beside anything is in cis. Two phased genotypes of one phase set are compared copy by copy.
    /// - Source: specification section 10.4.
    public func isInCis(_ allele: Int, with other: Genotype, _ otherAllele: Int) -> Bool? {
        guard copies(of: allele) > 0, other.copies(of: otherAllele) > 0 else { return false }
        let isFull = copies(of: allele) == ploidy || other.copies(of: otherAllele) == other.ploidy
        if isFull, ploidy == other.ploidy { return true }
        guard isPhased, other.isPhased, phaseSet == other.phaseSet, ploidy == other.ploidy else { return nil }
        return zip(alleles, other.alleles).contains { $0 == allele && $1 == otherAllele }
    }
}
