internal import Variants

/// Tells a record that stands in a file more than once, as files of several callers put together have it, so that it counts once.
///
/// Records are the same where position, REF and ALT are; of a contig's records those of one position stand together. The first one counts, but
/// one that passes does not yield to one that did not.
struct RepeatedRecords {
    private var position = -1
    private var seen: [(alleles: UInt64, isPass: Bool)] = []

    /// Forgets what was seen, for the next contig.
    mutating func reset() {
        position = -1
        seen.removeAll(keepingCapacity: true)
    }

    /// Whether the record was there before; it is remembered. Symbolic alleles are told apart by more than their alleles and never repeated.
    mutating func isRepeated(_ record: VCFRecord, isPass: Bool) -> Bool {
        let alleles = Self.hash(record)
        guard position == record.position else {
            position = record.position
            seen.removeAll(keepingCapacity: true)
            seen.append((alleles, isPass))
            return false
        }
        if seen.contains(where: { $0.alleles == alleles && ($0.isPass || !isPass) }) {
            return !Self.isSymbolic(record)
        }
        seen.append((alleles, isPass))
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
