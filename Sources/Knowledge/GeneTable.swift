internal import Genome

/// Genes of tables by symbol. Tables stay as they are; a row is read when its gene is asked for.
///
/// Of the 19,300 genes of the MANE table a case needs a few hundred. Rows are found by open addressing over the
/// symbols' bytes; of several rows with one symbol the last that has a span counts.
public struct GeneTable: Sendable {
    /// One table and the columns that are read.
    private struct Source {
        let table: TSVTable
        let symbol, hgncId, contig, start, end, transcript: Int?

        init(_ table: TSVTable) {
            self.table = table
            symbol = table.column("symbol")
            hgncId = table.column("hgncId")
            contig = table.column("contig")
            start = table.column("start")
            end = table.column("end")
            transcript = table.column("ensemblTranscript")
        }

        /// The gene's span, 1-based; nil for a row without one.
        func span(_ row: TSVTable.Row) -> ClosedRange<Int>? {
            guard let first = Int(table.cell(row, start)), let last = Int(table.cell(row, end)), first >= 1,
                first <= last
            else { return nil }
            return first...last
        }

        func gene(_ row: TSVTable.Row) -> KnowledgeBase.Gene? {
            guard let span = span(row) else { return nil }
            return KnowledgeBase.Gene(
                hgncId: table.cell(row, hgncId),
                interval: GenomicInterval(contig: Contig(table.cell(row, contig)), oneBased: span),
                transcript: table.cell(row, transcript))
        }
    }

    /// A row of one of the tables.
    private struct Entry {
        let source: Int32
        let row: Int32
    }

    private var sources: [Source] = []
    private var entries: [Entry] = []
    /// Numbers in ``entries`` plus one, 0 for none; the length is a power of two.
    private var slots: [Int32] = []

    /// The columns that a table must have.
    public static let columns = ["symbol", "hgncId", "contig", "start", "end", "ensemblTranscript"]

    /// A table without genes.
    public init() {}

    /// Joins tables; a later row wins on the same symbol.
    public init(_ tables: [TSVTable]) {
        let rows = tables.reduce(0) { $0 + $1.rows.count }
        guard rows > 0 else { return }
        sources = tables.map(Source.init)
        entries.reserveCapacity(rows)
        var size = 1
        while size < 2 * rows { size *= 2 }
        slots = Array(repeating: 0, count: size)
        for (source, table) in tables.enumerated() {
            let symbol = sources[source].symbol
            for (number, row) in table.rows.enumerated() {
                let slot = slot(of: table.contents, table.place(row, symbol) ?? 0..<0)
                if slots[slot] == 0 {
                    entries.append(Entry(source: Int32(source), row: Int32(number)))
                    slots[slot] = Int32(entries.count)
                } else if sources[source].span(row) != nil {
                    entries[Int(slots[slot]) - 1] = Entry(source: Int32(source), row: Int32(number))
                }
            }
        }
    }

    /// The slot that holds the symbol in a range of bytes, or the free one where it would stand.
    private func slot(of bytes: [UInt8], _ range: Range<Int>) -> Int {
        // FNV-1a
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for place in range { hash = (hash ^ UInt64(bytes[place])) &* 0x100_0000_01B3 }
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
        while slots[slot] != 0, !isNamed(Int(slots[slot]) - 1, bytes, range) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private func isNamed(_ entry: Int, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let (table, own) = place(of: entry)
        guard own.count == range.count else { return false }
        for offset in 0..<own.count
        where table.contents[own.lowerBound + offset] != bytes[range.lowerBound + offset] {
            return false
        }
        return true
    }

    /// Where the symbol of an entry stands.
    private func place(of entry: Int) -> (table: TSVTable, range: Range<Int>) {
        let source = sources[Int(entries[entry].source)]
        let row = source.table.rows[Int(entries[entry].row)]
        return (source.table, source.table.place(row, source.symbol) ?? 0..<0)
    }

    private func gene(_ entry: Entry) -> KnowledgeBase.Gene? {
        let source = sources[Int(entry.source)]
        return source.gene(source.table.rows[Int(entry.row)])
    }

    /// Whether there are no tables.
    public var isEmpty: Bool { entries.allSatisfy { gene($0) == nil } }

    /// The number of genes; reads every row.
    public var count: Int { entries.count { gene($0) != nil } }

    /// The gene of a symbol.
    ///
    /// - Complexity: O(1).
    public subscript(symbol: String) -> KnowledgeBase.Gene? {
        guard !slots.isEmpty else { return nil }
        let bytes = Array(symbol.utf8)
        let found = slots[slot(of: bytes, bytes.indices)]
        return found == 0 ? nil : gene(entries[Int(found) - 1])
    }

    /// The genes that satisfy a condition; reads every row.
    public func filter(
        _ isIncluded: ((key: String, value: KnowledgeBase.Gene)) throws -> Bool
    ) rethrows -> [String: KnowledgeBase.Gene] {
        var chosen: [String: KnowledgeBase.Gene] = [:]
        for (number, entry) in entries.enumerated() {
            guard let gene = gene(entry) else { continue }
            let (table, range) = place(of: number)
            let name = String(decoding: table.contents[range], as: UTF8.self)
            if try isIncluded((name, gene)) { chosen[name] = gene }
        }
        return chosen
    }
}
