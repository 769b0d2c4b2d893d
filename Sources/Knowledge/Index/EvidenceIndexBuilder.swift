internal import Genome
internal import Variants

// A compiled index of evidence rows:
//
//     8 bytes     "WGSAEVID"
//     4 bytes     version of the layout, 4 bytes number of rows
//     10 x 16     where each section begins and how long it is
//     rowEnds     where each row ends in `rows`, 8 bytes a row; rows in the order of their ids
//     granularity one byte a row
//     rows        the rows (EvidenceRow+Codec)
//     slots       open addressing over packed keys, a power of two of 4-byte numbers; 0 is free, else the key's number + 1
//     keys        for each key: hash (8), where its text ends (4), where its numbers end (4)
//     keyText     the keys' text
//     numbers     4-byte numbers: rows; for approvals pairs of days; for alleles the place in `alleles` and its length
//     alleles     by assembly and contig: ListedAlleles, then for each allele where its rows end, then the rows
//     genes       PackedNames of all genes that rows name
//     spans       where the genes lie that the gene table has, by contig: starts and ends, sorted
//
// Numbers are little-endian.

/// Sections of the index, in their order.
enum EvidenceIndexSection: Int, CaseIterable {
    case rowEnds, granularity, rows, slots, keys, keyText, numbers, alleles, genes, spans
}

/// Compiles rows into the bytes of an index.
struct EvidenceIndexBuilder {
    static let magic = Array("WGSAEVID".utf8)
    static let headerCount = 16 + EvidenceIndexSection.allCases.count * 16
    /// The end of an approval that holds still.
    static let openEnd: UInt32 = 9999_99_99

    private let all: [EvidenceRow]
    private let order: [Int]
    /// Rows by id; a copy of them would take much memory.
    private var rows: LazyMapSequence<[Int], EvidenceRow> { order.lazy.map { [all] in all[$0] } }
    private let span: (String) -> GenomicInterval?
    private var numbers: [[UInt8]: [UInt32]] = [:]
    private var alleleBytes = ByteWriter()

    /// Rows, their places in the order of their ids, each id once, and where a gene lies.
    init(_ rows: [EvidenceRow], order: [Int], span: @escaping (String) -> GenomicInterval?) {
        (all, self.order, self.span) = (rows, order, span)
    }

    /// The index.
    mutating func bytes() -> [UInt8] {
        var genes: [String: [UInt32]] = [:]
        for (number, row) in rows.enumerated() {
            for key in row.eventKeys { numbers[key.bytes, default: []].append(UInt32(number)) }
            for gene in row.criterion.genes { genes[gene, default: []].append(UInt32(number)) }
        }
        let withEvent = genes.filter { gene, named in
            named.contains { rows[Int($0)].criterion.namesEvent(in: gene) }
        }
        let granularity: [UInt8] = rows.map { UInt8(clamping: $0.criterion.granularity) }
        for (gene, named) in genes {
            numbers[EvidenceIndexKey.naming(gene: gene).bytes] = named.sorted {
                (granularity[Int($1)], $0) < (granularity[Int($0)], $1)
            }
        }
        listAlleles()
        listApprovals()
        var (rowEnds, rowBytes, names) = (ByteWriter(), ByteWriter(), ByteWriter())
        for row in rows {
            row.encode(into: &rowBytes)
            rowEnds.put(UInt64(rowBytes.bytes.count))
        }
        PackedNames(genes.keys).encode(into: &names)
        let table = KeyTable(numbers)
        return Self.joined(
            rowCount: order.count,
            [
                rowEnds.bytes, granularity, rowBytes.bytes, table.slots.bytes, table.keys.bytes,
                table.text.bytes, table.numbers.bytes, alleleBytes.bytes, names.bytes,
                spans(withEvent.keys.compactMap(span)),
            ])
    }

    private static func joined(rowCount: Int, _ sections: [[UInt8]]) -> [UInt8] {
        var out = ByteWriter(capacity: headerCount + sections.reduce(0) { $0 + $1.count })
        out.put(contentsOf: magic)
        out.put(UInt32(EvidenceIndex.version))
        out.put(UInt32(rowCount))
        var place = headerCount
        for section in sections {
            out.put(UInt64(place))
            out.put(UInt64(section.count))
            place += section.count
        }
        for section in sections { out.put(contentsOf: section) }
        return out.bytes
    }

    private func spans(_ intervals: [GenomicInterval]) -> [UInt8] {
        var out = ByteWriter()
        let byContig = Dictionary(grouping: intervals, by: \.contig)
        out.put(UInt32(byContig.count))
        for contig in byContig.keys.sorted() {
            let ranges = (byContig[contig] ?? []).map(\.range)
                .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
            out.put(contig.name)
            out.put(UInt32(ranges.count))
            for range in ranges { out.put(Int32(clamping: range.lowerBound)) }
            for range in ranges { out.put(Int32(clamping: range.upperBound)) }
        }
        return out.bytes
    }

    /// The alleles that rows list, or ask for, by assembly and contig.
    private mutating func listAlleles() {
        for assembly in Assembly.allCases {
            var byContig: [Contig: [Variant: Set<UInt32>]] = [:]
            for (number, row) in rows.enumerated() {
                var alleles = row.alleles[assembly] ?? []
                if case .genomic(assembly, let variant) = row.criterion {
                    alleles.append(variant.trimmed(keepingAnchor: false))
                }
                for allele in alleles {
                    byContig[allele.contig, default: [:]][allele, default: []].insert(UInt32(number))
                }
            }
            for contig in byContig.keys.sorted() {
                let found = (byContig[contig] ?? [:]).sorted { $0.key < $1.key }
                let start = alleleBytes.bytes.count
                ListedAlleles(contig: contig, found.map(\.key)).encode(into: &alleleBytes)
                let middle = alleleBytes.bytes.count
                var end: UInt32 = 0
                for (_, rows) in found {
                    end += UInt32(rows.count)
                    alleleBytes.put(end)
                }
                for (_, rows) in found { for row in rows.sorted() { alleleBytes.put(row) } }
                numbers[EvidenceIndexKey.alleles(assembly, contig: contig.name).bytes] =
                    [start, middle, alleleBytes.bytes.count].map { UInt32($0) }
            }
        }
    }

    /// The days on which each therapy was approved, as pairs of the first day and the day on which it ended.
    private mutating func listApprovals() {
        var spans: [[UInt8]: [(first: UInt32, end: UInt32)]] = [:]
        for row in rows where !row.approvals.isEmpty {
            for agency in Set(row.approvals.map(\.body)) {
                let days = Set(row.approvals.filter { $0.body == agency && !$0.date.isEmpty }.map(\.date))
                    .sorted()
                for (place, day) in days.enumerated() where row.approval(by: agency, on: day) != nil {
                    let end = place + 1 < days.count ? Self.number(of: days[place + 1]) : Self.openEnd
                    for therapy in row.therapies {
                        let key = EvidenceIndexKey.approval(agency: agency, therapy: therapy).bytes
                        spans[key, default: []].append((Self.number(of: day), end))
                    }
                }
            }
        }
        for (key, spans) in spans {
            var joined: [(first: UInt32, end: UInt32)] = []
            for span in spans.sorted(by: { ($0.first, $0.end) < ($1.first, $1.end) }) {
                if let last = joined.last, last.end >= span.first {
                    joined[joined.count - 1].end = max(last.end, span.end)
                } else {
                    joined.append(span)
                }
            }
            numbers[key] = joined.flatMap { [$0.first, $0.end] }
        }
    }

    /// `2013-08-26` as 20130826.
    static func number(of date: String) -> UInt32 { UInt32(date.filter(\.isNumber)) ?? openEnd }
}

/// Packed keys with their numbers, to be found by open addressing.
private struct KeyTable {
    var slots = ByteWriter()
    var keys = ByteWriter()
    var text = ByteWriter()
    var numbers = ByteWriter()

    init(_ entries: [[UInt8]: [UInt32]]) {
        let sorted = entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        var size = 1
        while size < 2 * sorted.count { size *= 2 }
        var slots = [UInt32](repeating: 0, count: size)
        var count: UInt32 = 0
        for (number, entry) in sorted.enumerated() {
            let hash = EvidenceIndexKey.hash(entry.key)
            var slot = Int(truncatingIfNeeded: hash) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(number + 1)
            text.put(contentsOf: entry.key)
            for value in entry.value { numbers.put(value) }
            count += UInt32(entry.value.count)
            keys.put(hash)
            keys.put(UInt32(text.bytes.count))
            keys.put(count)
        }
        for slot in slots { self.slots.put(slot) }
    }
}
