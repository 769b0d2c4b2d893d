// How many reads support an ALT, in the words of each caller.
//
// A decoder is made once per header: the caller styles (ReadDepthStyle) whose tags are declared come first, the most
// specific before the others, then those that are not declared, since joined files use tags without declaring them.
// Each record is asked style by style until one has an answer. A value of `.` is missing and never 0; a fraction is
// computed from reads, and taken from the caller only where there are no reads.
//
// Not done: reads that support no allele (SV callers' unclear pairs), realignment, strand bias.

/// Where the user's own tags stand, in INFO or FORMAT.
public struct DepthTags: Hashable, Sendable {
    /// Fraction of alternate reads, 0 … 1 or percent with `%`.
    public var vaf: String?
    /// Depth.
    public var depth: String?

    /// The tags that are named.
    public var names: Set<String> { Set([vaf, depth].compactMap { $0 }) }

    /// Names of the tags; nil where the file has none.
    public init(vaf: String? = nil, depth: String? = nil) {
        self.vaf = vaf
        self.depth = depth
    }
}

/// Decodes read counts of one file.
///
/// - Unit: reads, or read pairs and split reads for structural variants; fractions 0 … 1.
/// - Source: specification section 1.2, which names the documentation of each caller.
public struct ReadDepthDecoder: Sendable {
    let styles: [ReadDepthStyle]
    private let tumorTags: DepthTags
    private let normalTags: DepthTags
    private let sampleCount: Int

    /// The FORMAT tags that any caller's style reads.
    public static let formatTags: Set<String> = [
        "AD", "ADC", "ADT", "AF", "AO", "AU", "BVF", "CU", "DP", "DP4", "DPC", "DPT", "DR", "DV", "FA",
        "FREQ", "GU",
        "NR", "NV", "PR", "RD", "REF", "REFPAIR", "RO", "RR", "RV", "SR", "SU", "TAR", "TIR", "TU", "VAF",
        "VD",
        "VF",
    ]

    /// The INFO tags that any caller's style reads.
    public static let infoTags: Set<String> = ["CDP", "CVAF", "DP4", "END", "PRECISE", "TDP", "TVAF"]

    /// A decoder for the records below `header`; tags of the user's own come before all styles.
    public init(header: VCFHeader, tumorTags: DepthTags = DepthTags(), normalTags: DepthTags = DepthTags()) {
        let specific = ReadDepthStyle.allCases.filter { $0 != .fractionOnly }
        styles =
            specific.filter { $0.isDeclared(in: header) } + specific.filter { !$0.isDeclared(in: header) }
            + [.fractionOnly]
        self.tumorTags = tumorTags
        self.normalTags = normalTags
        sampleCount = header.samples.count
    }

    /// Returns the reads of a sample column at one ALT (`alleleIndex` 1 is the first ALT).
    ///
    /// Depth is reference plus all alternate reads where the caller gives them apart, else the caller's depth; then
    /// the fraction is the caller's estimate. Everything is nil where the record says nothing.
    public func call(_ record: VCFRecord, alleleIndex: Int, sample: Int) -> SampleCall {
        let place = ReadDepthStyle.Place(
            allele: alleleIndex, alternates: record.alternateCount, sample: sample,
            isOnlySample: sampleCount <= 1)
        guard alleleIndex >= 1, alleleIndex <= place.alternates else { return SampleCall() }
        for style in styles {
            if let call = style.decode(record, place) { return call }
        }
        return SampleCall()
    }

    /// Returns the tumor's reads: the user's tags, the tumor's column, or PCGR's INFO tags `TVAF`, `TDP`.
    public func tumorCall(_ record: VCFRecord, alleleIndex: Int, roles: SampleRoles) -> SampleCall {
        guard alleleIndex >= 1, alleleIndex <= record.alternateCount else { return SampleCall() }
        let column = roles.tumor
        if let call = tagged(record, tumorTags, allele: alleleIndex, sample: column) { return call }
        if roles.isJoined || column == nil {
            let joined = Self.joined(
                record, allele: alleleIndex, sample: column, counts: "ADT", depth: "DPT",
                tags: DepthTags(vaf: "TVAF", depth: "TDP"))
            if let joined { return joined }
        }
        guard let column else { return tagless(record, alleleIndex) }
        return call(record, alleleIndex: alleleIndex, sample: column)
    }

    /// Returns the normal's reads: the user's tags, the normal's column, or PCGR's `CVAF`, `CDP`, `ADC`, `DPC`.
    public func normalCall(_ record: VCFRecord, alleleIndex: Int, roles: SampleRoles) -> SampleCall {
        guard alleleIndex >= 1, alleleIndex <= record.alternateCount else { return SampleCall() }
        if let call = tagged(record, normalTags, allele: alleleIndex, sample: roles.normal) { return call }
        if roles.isJoined || (roles.normal == nil && roles.tumor == nil) {
            return Self.joined(
                record, allele: alleleIndex, sample: roles.tumor, counts: "ADC", depth: "DPC",
                tags: DepthTags(vaf: "CVAF", depth: "CDP")) ?? SampleCall()
        }
        guard let column = roles.normal else { return SampleCall() }
        return call(record, alleleIndex: alleleIndex, sample: column)
    }

    /// A file without sample columns, such as LoFreq's, may still carry its reads in INFO.
    private func tagless(_ record: VCFRecord, _ allele: Int) -> SampleCall {
        sampleCount == 0 ? call(record, alleleIndex: allele, sample: -1) : SampleCall()
    }

    private func tagged(_ record: VCFRecord, _ tags: DepthTags, allele: Int, sample: Int?) -> SampleCall? {
        guard tags.vaf != nil || tags.depth != nil else { return nil }
        let vaf = tags.vaf.flatMap { Self.number(record, $0, allele: allele, sample: sample) }
        let depth = tags.depth.flatMap { Self.number(record, $0, allele: allele, sample: sample) }
        return vaf == nil && depth == nil ? nil : SampleCall(vaf: vaf, depth: depth)
    }

    /// A tag's number for one ALT, from the sample's FORMAT or from INFO; a list as long as the alleles holds REF.
    private static func number(_ record: VCFRecord, _ tag: String, allele: Int, sample: Int?) -> Double? {
        let inSample = sample.map { record.formatNumbers(tag, sample: $0) } ?? []
        let values = inSample.isEmpty ? record.infoNumbers(tag) : inSample
        switch values.count {
        case 1: return values[0]
        case record.alternateCount where allele <= values.count: return values[allele - 1]
        case record.alternateCount + 1 where allele < values.count: return values[allele]
        default: return nil
        }
    }

    /// PCGR's way: tumor and control in one column, or in INFO.
    private static func joined(
        _ record: VCFRecord, allele: Int, sample: Int?, counts: String, depth: String, tags: DepthTags
    ) -> SampleCall? {
        if let sample {
            let reads = record.formatIntegers(counts, sample: sample)
            if reads.count == record.alternateCount + 1, let call = SampleCall(reads: reads, allele: allele) {
                return call
            }
        }
        let vaf = tags.vaf.flatMap { number(record, $0, allele: allele, sample: nil) }
        let depth =
            sample.flatMap { number(record, depth, allele: allele, sample: $0) }
            ?? tags.depth.flatMap { number(record, $0, allele: allele, sample: nil) }
        return vaf == nil && depth == nil ? nil : SampleCall(vaf: vaf, depth: depth)
    }
}

extension SampleCall {
    /// A call from alternate and depth; the fraction is theirs, nil without reads.
    init(alternate: Int, depth: Int) {
        self.init(
            depth: depth, alternateDepth: alternate,
            vaf: depth > 0 && (0...depth).contains(alternate) ? Double(alternate) / Double(depth) : nil)
    }

    /// A call from reads per allele, REF first; nil if the ALT's are missing, or others with no depth to fall to.
    init?(reads: [Int?], allele: Int, depth: Int? = nil) {
        guard allele < reads.count, let alternate = reads[allele], alternate >= 0 else { return nil }
        let sum = reads.reduce(0) { $0 + ($1 ?? 0) }
        if reads.contains(nil) {
            guard let depth else {
                self.init(alternateDepth: alternate)
                return
            }
            self.init(alternate: alternate, depth: max(sum, depth))
        } else {
            self.init(alternate: alternate, depth: sum)
        }
    }

    /// A call from the caller's fraction and depth; the alternate reads are not made up.
    init(vaf: Double?, depth: Double?) {
        self.init(
            depth: depth.flatMap { Int32(exactly: $0.rounded()) }.map { Int($0) }, alternateDepth: nil,
            vaf: vaf.flatMap { (0...1).contains($0) ? $0 : nil })
    }
}
