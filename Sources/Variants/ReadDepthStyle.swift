/// One caller's way to write reads, in the order in which they are tried.
enum ReadDepthStyle: CaseIterable, Sendable {
    /// `AU CU GU TU`: tier-1 and tier-2 reads of each base.
    case strelkaBases
    /// `TAR`, `TIR`: reads for another allele than the indel, and for the indel.
    case strelkaIndel
    /// `RD`, and `AD` as one number.
    case varScan
    /// `RO`, and `AO` per ALT.
    case freeBayes
    /// `VF` or `BVF`, with `REF` and `REFPAIR`.
    case assembledBreakend
    /// `RR RV` of a precise call, else `DR DV`.
    case delly
    /// `PR` and `SR`, each REF and ALT.
    case manta
    /// `SU`: the pairs `PE` and split reads `SR`, one number each, for the junction.
    case lumpy
    /// `AD`: REF, then each ALT.
    case alleleDepths
    /// `VD` with `DP`.
    case varDict
    /// `NV` and `NR`, per ALT.
    case platypus
    /// `DP4` in FORMAT or INFO: REF forward and reverse, ALT forward and reverse.
    case loFreq
    /// The caller's own fraction, `AF`, `FA`, `VAF` or `FREQ`, with `DP`.
    case fractionOnly

    /// The allele and column asked for.
    struct Place {
        /// 1 for the first ALT.
        let allele: Int
        let alternates: Int
        let sample: Int
        let isOnlySample: Bool
    }

    /// Whether the header declares what the style needs.
    func isDeclared(in header: VCFHeader) -> Bool {
        func has(_ keys: String...) -> Bool { keys.allSatisfy { header.format[$0] != nil } }
        switch self {
        case .strelkaBases: return has("AU", "CU", "GU", "TU")
        case .strelkaIndel: return has("TIR")
        case .varScan: return has("RD", "AD")
        case .freeBayes: return has("AO")
        case .assembledBreakend: return has("REF") && (has("VF") || has("BVF"))
        case .delly: return has("DV") || has("RV")
        case .manta: return has("PR") || has("SR")
        case .lumpy: return has("SU")
        case .alleleDepths: return has("AD")
        case .varDict: return has("VD")
        case .platypus: return has("NV", "NR")
        case .loFreq: return has("DP4") || header.info["DP4"] != nil
        case .fractionOnly: return true
        }
    }

    /// The reads, or nil if the record has none in this style.
    func decode(_ record: VCFRecord, _ place: Place) -> SampleCall? {
        func integers(_ key: String) -> [Int?] { record.formatIntegers(key, sample: place.sample) }
        func integer(_ key: String) -> Int? { integers(key).first ?? nil }
        switch self {
        case .strelkaBases: return Self.strelkaBases(record, place)
        case .strelkaIndel:
            guard let alternate = integer("TIR") else { return nil }
            guard let reference = integer("TAR") else { return SampleCall(alternateDepth: alternate) }
            return SampleCall(alternate: alternate, depth: alternate + reference)
        case .varScan:
            let alternates = integers("AD")
            guard place.allele == 1, alternates.count == 1, let reference = integer("RD"),
                let alternate = alternates[0]
            else {
                return nil
            }
            return SampleCall(alternate: alternate, depth: reference + alternate)
        case .freeBayes:
            let alternates = integers("AO")
            guard alternates.count == place.alternates else { return nil }
            return SampleCall(reads: [integer("RO")] + alternates, allele: place.allele, depth: integer("DP"))
        case .assembledBreakend: return Self.assembledBreakend(record, place)
        case .delly:
            let keys = record.hasInfo("PRECISE") ? ("RR", "RV") : ("DR", "DV")
            guard let reference = integer(keys.0), let alternate = integer(keys.1) else { return nil }
            return SampleCall(alternate: alternate, depth: reference + alternate)
        case .manta:
            let pairs = integers("PR"), splits = integers("SR")
            guard pairs.count > place.allele || splits.count > place.allele else { return nil }
            let reads = (0...place.alternates).map { index -> Int? in
                let parts = [pairs, splits].filter { index < $0.count }.map { $0[index] }
                return parts.contains(nil) || parts.isEmpty ? nil : parts.reduce(0) { $0 + ($1 ?? 0) }
            }
            return SampleCall(reads: reads, allele: place.allele)
        case .lumpy:
            guard place.alternates == 1, let alternate = integer("SU"), alternate >= 0 else { return nil }
            return SampleCall(alternateDepth: alternate)
        case .alleleDepths:
            return Self.alleleDepths(record, place)
        case .varDict:
            let alternates = integers("VD")
            guard place.allele <= alternates.count, let alternate = alternates[place.allele - 1] else {
                return nil
            }
            return integer("DP").map { SampleCall(alternate: alternate, depth: $0) }
                ?? SampleCall(alternateDepth: alternate)
        case .platypus:
            let alternates = integers("NV"), depths = integers("NR")
            guard place.allele <= min(alternates.count, depths.count), let depth = depths[place.allele - 1],
                let alternate = alternates[place.allele - 1]
            else { return nil }
            return SampleCall(alternate: alternate, depth: depth)
        case .loFreq: return Self.loFreq(record, place)
        case .fractionOnly: return Self.fractionOnly(record, place)
        }
    }

    private static func alleleDepths(_ record: VCFRecord, _ place: Place) -> SampleCall? {
        guard let range = record.formatRange("AD", sample: place.sample) else { return nil }
        var count = 0, sum = 0
        var alternate: Int?
        var isMissing = false
        record.forEachInteger(in: range) { reads in
            if count == place.allele || count == 0 && place.alternates == 1 { alternate = reads }
            sum += reads ?? 0
            if reads == nil { isMissing = true }
            count += 1
        }
        var depth: Int? {
            record.formatRange("DP", sample: place.sample).flatMap { range in
                record.value(range.lowerBound..<record.end(of: range.lowerBound, in: range, at: 0x2C))
            }
        }
        guard let alternate, alternate >= 0 else { return nil }
        if count == 1, place.alternates == 1 {
            return depth.map { SampleCall(alternate: alternate, depth: max($0, alternate)) }
                ?? SampleCall(alternateDepth: alternate)
        }
        guard count == place.alternates + 1 else { return nil }
        guard isMissing else { return SampleCall(alternate: alternate, depth: sum) }
        return depth.map { SampleCall(alternate: alternate, depth: max(sum, $0)) }
            ?? SampleCall(alternateDepth: alternate)
    }

    private static func strelkaBases(_ record: VCFRecord, _ place: Place) -> SampleCall? {
        let range = record.split(record.column(4), by: UInt8(ascii: ","))[place.allele - 1]
        guard record.column(3).count == 1, range.count == 1 else { return nil }
        var depth = 0
        var alternate: Int?
        for (base, key) in [("A", "AU"), ("C", "CU"), ("G", "GU"), ("T", "TU")] {
            guard let reads = record.formatIntegers(key, sample: place.sample).first ?? nil else {
                return nil
            }
            depth += reads
            if record.text(range).uppercased() == base { alternate = reads }
        }
        return alternate.map { SampleCall(alternate: $0, depth: depth) }
    }

    private static func loFreq(_ record: VCFRecord, _ place: Place) -> SampleCall? {
        var reads = record.formatIntegers("DP4", sample: place.sample).compactMap { $0 }
        if reads.isEmpty, place.isOnlySample {
            reads = record.infoNumbers("DP4").compactMap { $0.flatMap { Int32(exactly: $0) } }.map { Int($0) }
        }
        guard reads.count == 4, place.alternates == 1 else { return nil }
        return SampleCall(alternate: reads[2] + reads[3], depth: reads.reduce(0, +))
    }

    private static func fractionOnly(_ record: VCFRecord, _ place: Place) -> SampleCall? {
        let depth = record.formatIntegers("DP", sample: place.sample).first ?? nil
        for key in ["AF", "FA", "VAF", "FREQ"] {
            let values = record.formatNumbers(key, sample: place.sample)
            guard values.count == place.alternates, let vaf = values[place.allele - 1] else { continue }
            return SampleCall(vaf: vaf, depth: depth.map(Double.init))
        }
        return depth.map { SampleCall(depth: $0) }
    }
}
