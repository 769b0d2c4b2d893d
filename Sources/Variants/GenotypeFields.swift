/// The alleles of one sample, with phase.
///
/// - Shape: alleles in GT's order, 0 for REF, 1 … for ALT, nil for `.`; any ploidy from 1.
/// - Source: VCF 4.4 specification, section 1.6.2 (GT, PS); GATK documentation (PGT, PID).
public struct Genotype: Hashable, Sendable {
    /// Whether the order of ``alleles`` tells the haplotypes; always so for one copy.
    public let isPhased: Bool
    /// The phase set (PS or PID); nil where phase holds for the whole contig or is not known.
    public let phaseSet: String?
    private let list: AlleleList

    /// A genotype from its parts.
    public init(alleles: [Int?], isPhased: Bool, phaseSet: String? = nil) {
        var list = AlleleList()
        for allele in alleles { list.append(allele) }
        self.init(list, isPhased: isPhased, phaseSet: phaseSet)
    }

    private init(_ list: AlleleList, isPhased: Bool, phaseSet: String?) {
        self.list = list
        self.isPhased = isPhased || list.count == 1
        self.phaseSet = phaseSet
    }

    /// Parses GT text such as `0/1`, `1|2`, `.`, `1` or `0/0/1`; nil if it is none.
    ///
    /// It is phased if every separator is `|`. A leading separator, as VCF 4.4 allows, is taken too.
    public init?(text: some StringProtocol, phaseSet: String? = nil) {
        let bytes = Array(text.utf8)
        self.init(bytes, bytes.indices, phaseSet: phaseSet)
    }

    private init?(_ bytes: [UInt8], _ range: Range<Int>, phaseSet: String?) {
        var list = AlleleList()
        var isPhased = true
        var start = range.lowerBound
        for index in range.lowerBound...range.upperBound {
            if index < range.upperBound {
                guard bytes[index] == UInt8(ascii: "/") || bytes[index] == UInt8(ascii: "|") else { continue }
                if bytes[index] == UInt8(ascii: "/") { isPhased = false }
                if index == range.lowerBound {
                    start = index + 1
                    continue
                }
            }
            if index == start + 1, bytes[start] == UInt8(ascii: ".") {
                list.append(nil)
            } else {
                guard let number = VCFRecord.integer(bytes, start..<index), number >= 0,
                    number <= AlleleList.maximum
                else { return nil }
                list.append(number)
            }
            start = index + 1
        }
        self.init(list, isPhased: isPhased, phaseSet: phaseSet)
    }

    /// The FORMAT tags that a genotype is read from.
    public static let tags: Set<String> = ["GT", "PS", "PGT", "PID"]

    /// One sample's genotype, with PS, or with GATK's PGT and PID where they spell the same alleles as GT.
    ///
    /// Nil if the record has no GT for the sample. A missing call (`./.`) is a genotype of missing alleles.
    public init?(_ record: borrowing VCFRecord, sample: Int) {
        guard let range = record.genotypeRange(sample: sample),
            let genotype = Genotype(record.bytes, range, phaseSet: nil)
        else { return nil }
        let phaseSet = record.format("PS", sample: sample)
        self.init(genotype.list, isPhased: genotype.isPhased, phaseSet: phaseSet)
        guard phaseSet == nil, let id = record.format("PID", sample: sample),
            let text = record.format("PGT", sample: sample), let phased = Genotype(text: text),
            phased.isPhased,
            phased.alleles.map({ $0 ?? -1 }).sorted() == genotype.alleles.map({ $0 ?? -1 }).sorted()
        else { return }
        self.init(phased.list, isPhased: true, phaseSet: id)
    }

    /// One number per chromosome copy.
    public var alleles: [Int?] { (0..<list.count).map { list[$0] } }
    /// The number of chromosome copies called.
    public var ploidy: Int { list.count }
    /// Whether every allele is missing.
    public var isMissing: Bool { list.count(of: nil) == list.count }
    /// Whether no allele is missing.
    public var isComplete: Bool { list.count(of: nil) == 0 }
    /// Whether all copies have the same called allele; a haploid call is so too.
    public var isHomozygous: Bool { isComplete && list.count(of: list[0]) == list.count }
    /// Whether two copies have different called alleles.
    public var isHeterozygous: Bool {
        guard let first = (0..<list.count).first(where: { list[$0] != nil }) else { return false }
        return list.count(of: list[first]) + list.count(of: nil) < list.count
    }
    /// The number of copies of an allele (0 is REF).
    public func copies(of allele: Int) -> Int { list.count(of: allele) }

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

/// How often one allele stands in a genotype, without the genotype itself.
public struct AlleleCopies: Hashable, Sendable {
    /// Chromosome copies called.
    public let ploidy: Int
    /// Copies of the allele asked for.
    public let copies: Int
    /// Copies of which nothing is known.
    public let missing: Int

    /// Counts the copies of `allele` in one sample's GT; nil if the record has no GT for the sample, or it is none.
    public init?(of allele: Int, in record: borrowing VCFRecord, sample: Int) {
        guard let range = record.genotypeRange(sample: sample) else { return nil }
        if range.count == 3 {
            // `0/1` and the like, as most are.
            let first = record.bytes[range.lowerBound] &- 0x30,
                second = record.bytes[range.lowerBound + 2] &- 0x30
            let between = record.bytes[range.lowerBound + 1]
            if first <= 9, second <= 9, between == UInt8(ascii: "/") || between == UInt8(ascii: "|") {
                copies = (Int(first) == allele ? 1 : 0) + (Int(second) == allele ? 1 : 0)
                (ploidy, missing) = (2, 0)
                return
            }
        }
        var ploidy = 0, copies = 0, missing = 0
        var number: Int?
        for index in range {
            let byte = record.bytes[index], digit = byte &- 0x30
            if digit <= 9 {
                number = min((number ?? 0) * 10 + Int(digit), Int(Int32.max))
            } else if byte == UInt8(ascii: ".") {
                guard number == nil else { return nil }
                missing += 1
                ploidy += 1
            } else {
                guard byte == UInt8(ascii: "/") || byte == UInt8(ascii: "|") else { return nil }
                if let number { (ploidy, copies) = (ploidy + 1, copies + (number == allele ? 1 : 0)) }
                number = nil
            }
        }
        if let number { (ploidy, copies) = (ploidy + 1, copies + (number == allele ? 1 : 0)) }
        guard ploidy > 0 else { return nil }
        (self.ploidy, self.copies, self.missing) = (ploidy, copies, missing)
    }

    /// Whether some called copies have the allele and others have another.
    public var isHeterozygous: Bool { copies > 0 && copies + missing < ploidy }
}

/// Allele numbers of one genotype; up to eight cost no memory of their own.
private struct AlleleList: Hashable, Sendable {
    /// The largest allele number.
    static let maximum = Int(Int32.max)

    private(set) var count = 0
    private var few = SIMD8<Int32>(repeating: 0)
    private var more: [Int32] = []

    /// nil is `.`.
    mutating func append(_ allele: Int?) {
        let code = Int32(allele ?? -1)
        if count < 8 { few[count] = code } else { more.append(code) }
        count += 1
    }

    subscript(_ index: Int) -> Int? {
        let code = index < 8 ? few[index] : more[index - 8]
        return code < 0 ? nil : Int(code)
    }

    func count(of allele: Int?) -> Int {
        let code = Int32(truncatingIfNeeded: allele ?? -1)
        var copies = 0
        for index in 0..<min(count, 8) where few[index] == code { copies += 1 }
        for other in more where other == code { copies += 1 }
        return copies
    }
}
