internal import Variants

/// Tells a record that stands in a file more than once, as files of several callers put together have it, so that it counts once.
///
/// Records are the same where position, REF and ALT are; of a contig's records those of one position stand together. The first one counts, but
/// one that passes does not yield to one that did not.
struct RepeatedRecords {
    private var position = Int.min
    private typealias Seen = (alleles: UInt64, isPass: Bool)
    /// The first record of the position, which mostly is the only one, and those after it.
    private var first: Seen = (0, false)
    private var others: [Seen] = []

    /// Forgets what was seen, for the next contig.
    mutating func reset() {
        position = .min
        others.removeAll(keepingCapacity: true)
    }

    /// Whether the record was there before; it is remembered. Symbolic alleles are told apart by more than their alleles and never repeated.
    mutating func isRepeated(_ record: VCFRecord, isPass: Bool) -> Bool {
        let alleles = Self.hash(record)
        guard position == record.position else {
            position = record.position
            first = (alleles, isPass)
            if !others.isEmpty { others.removeAll(keepingCapacity: true) }
            return false
        }
        func isSame(_ seen: Seen) -> Bool { seen.alleles == alleles && (seen.isPass || !isPass) }
        if isSame(first) || others.contains(where: isSame) { return !Self.isSymbolic(record) }
        others.append((alleles, isPass))
        return false
    }

    /// FNV-1a of REF, a tab and ALT as they are written.
    private static func hash(_ record: VCFRecord) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for place in record.column(3).lowerBound..<record.column(4).upperBound {
            hash = (hash ^ UInt64(record.bytes[place])) &* 0x100_0000_01B3
        }
        return hash
    }

    private static func isSymbolic(_ record: VCFRecord) -> Bool {
        record.bytes[record.column(4)].contains(UInt8(ascii: "<"))
    }
}
