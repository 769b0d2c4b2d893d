public import Genome
internal import Variants

/// Evidence rows, compiled so that those which a patient's events may meet are found without reading the others.
///
/// Rows lie behind each other in the order of their ids; packed keys (gene, gene and codon, agency and therapy) are found by
/// open addressing. Nothing is read before it is asked for, so the cost of a case does not grow with rows that are not
/// about its events.
public struct EvidenceIndex: Sendable {
    private let source: any IndexBytes
    private let sections: [Range<Int>]
    /// What the index is called in messages.
    private let name: String
    /// How many rows there are.
    public let count: Int
    /// Genes that rows name.
    public let genes: PackedNames

    /// The version of the layout, and of what is understood of a table: a change of either makes older indexes void.
    public static let version = 6

    /// An index in memory of rows in any order; a later row wins on the same id. `span` tells where a gene lies.
    public init(_ rows: [EvidenceRow], span: @escaping (String) -> GenomicInterval? = { _ in nil }) {
        let last = Dictionary(rows.indices.map { (rows[$0].id, $0) }, uniquingKeysWith: { $1 })
        let order = last.sorted { $0.key < $1.key }.map(\.value)
        var builder = EvidenceIndexBuilder(rows, order: order, span: span)
        let bytes = builder.bytes()
        do {
            try self.init(bytes, name: "the index of the knowledge base")
        } catch {
            preconditionFailure("an index that was just built cannot be read: \(error)")
        }
    }

    /// The index whose bytes ``compiled()`` gave.
    ///
    /// - Throws: `InputError` if the bytes are no index of this version.
    public init(_ source: some IndexBytes, name: String) throws(InputError) {
        self.source = source
        self.name = name
        let damage = Self.damage(name)
        guard source.count >= EvidenceIndexBuilder.headerCount else { throw damage }
        let header = try source.bytes(0..<EvidenceIndexBuilder.headerCount)
        guard header.starts(with: EvidenceIndexBuilder.magic) else { throw damage }
        var input = ByteReader(header.dropFirst(EvidenceIndexBuilder.magic.count))
        do {
            guard try input.number(UInt32.self) == Self.version else { throw damage }
            count = Int(try input.number(UInt32.self))
            var sections: [Range<Int>] = []
            for _ in EvidenceIndexSection.allCases {
                guard let start = Int(exactly: try input.number(UInt64.self)),
                    let length = Int(exactly: try input.number(UInt64.self)),
                    // The sections follow each other without a gap.
                    start == sections.last?.upperBound ?? EvidenceIndexBuilder.headerCount,
                    length <= source.count - start
                else { throw damage }
                sections.append(start..<(start + length))
            }
            self.sections = sections
            var names = ByteReader(try source.bytes(sections[EvidenceIndexSection.genes.rawValue]))
            genes = try PackedNames(&names)
        } catch {
            throw damage
        }
        guard sections.last?.upperBound == source.count, self[.rowEnds].count == count * 8,
            self[.granularity].count == count,
            self[.slots].count.isMultiple(of: 4), (self[.slots].count / 4).nonzeroBitCount == 1
        else { throw damage }
    }

    /// The bytes of the index.
    ///
    /// - Throws: `InputError` where they cannot be read.
    public func compiled() throws(InputError) -> [UInt8] {
        Array(try source.bytes(0..<source.count))
    }

    // MARK: Rows

    /// A row by its number.
    ///
    /// - Throws: `InputError` where it cannot be read.
    public func row(_ number: Int) throws(InputError) -> EvidenceRow {
        let ends = try numbers(.rowEnds, max(number - 1, 0)..<(number + 1), UInt64.self)
        let (start, end) = (number == 0 ? 0 : Int(clamping: ends[0]), Int(clamping: ends[ends.count - 1]))
        guard start <= end, end <= self[.rows].count else { throw Self.damage(name) }
        let place = self[.rows].lowerBound
        var input = ByteReader(try source.bytes((place + start)..<(place + end)))
        do {
            return try EvidenceRow(&input)
        } catch {
            throw Self.damage(name)
        }
    }

    /// How specific a row's criterion is, 1 … 10.
    func granularity(_ number: Int) throws(InputError) -> Int {
        Int(try numbers(.granularity, number..<(number + 1), UInt8.self)[0])
    }

    /// All rows, by id.
    ///
    /// - Throws: `InputError` where they cannot be read.
    public func rows() throws(InputError) -> [EvidenceRow] {
        var rows: [EvidenceRow] = []
        for number in 0..<count { rows.append(try row(number)) }
        return rows
    }

    /// The rows whose criterion names a gene, by id.
    ///
    /// - Throws: `InputError` where they cannot be read.
    public func rows(naming gene: String) throws(InputError) -> [EvidenceRow] {
        var rows: [EvidenceRow] = []
        for number in try numbers(.naming(gene: gene)).sorted() { rows.append(try row(number)) }
        return rows
    }

    /// The numbers that stand under a key; none where the key does not occur.
    func numbers(_ key: EvidenceIndexKey) throws(InputError) -> [Int] {
        let wanted = key.bytes
        let hash = EvidenceIndexKey.hash(wanted)
        let size = self[.slots].count / 4
        var slot = Int(truncatingIfNeeded: hash) & (size - 1)
        for _ in 0..<size {
            let entry = Int(try numbers(.slots, slot..<(slot + 1), UInt32.self)[0])
            guard entry > 0 else { return [] }
            if let range = try range(ofKey: entry - 1, hash, wanted) {
                return try numbers(.numbers, range, UInt32.self).map { Int($0) }
            }
            slot = (slot + 1) & (size - 1)
        }
        return []
    }

    /// Where the numbers of a key stand if it is the wanted one.
    private func range(ofKey number: Int, _ hash: UInt64, _ wanted: [UInt8]) throws(InputError) -> Range<Int>?
    {
        let size = 16
        guard number < self[.keys].count / size else { throw Self.damage(name) }
        let first = max(number - 1, 0)
        let place = self[.keys].lowerBound
        var input = ByteReader(try source.bytes((place + first * size)..<(place + (number + 1) * size)))
        var (textStart, start) = (0, 0)
        do {
            if number > 0 {
                _ = try input.number(UInt64.self)
                textStart = Int(try input.number(UInt32.self))
                start = Int(try input.number(UInt32.self))
            }
            guard try input.number(UInt64.self) == hash else { return nil }
            let textEnd = Int(try input.number(UInt32.self))
            let end = Int(try input.number(UInt32.self))
            guard textStart <= textEnd, textEnd <= self[.keyText].count, start <= end else {
                throw Self.damage(name)
            }
            let text = self[.keyText].lowerBound
            guard try source.bytes((text + textStart)..<(text + textEnd)).elementsEqual(wanted) else {
                return nil
            }
            return start..<end
        } catch {
            throw Self.damage(name)
        }
    }

    // MARK: Alleles, spans and approvals

    /// The alleles that rows list on a contig of an assembly.
    ///
    /// - Throws: `InputError` where they cannot be read.
    public func alleles(_ assembly: Assembly, on contig: Contig) throws(InputError) -> ListedAlleles {
        guard let places = try listing(assembly, contig) else { return ListedAlleles() }
        var input = ByteReader(try source.bytes(places.alleles))
        do {
            return try ListedAlleles(contig: contig, &input)
        } catch {
            throw Self.damage(name)
        }
    }

    /// The same, each read where it is asked for; nil for none.
    ///
    /// - Throws: `InputError` where they cannot be read.
    public func alleleView(_ assembly: Assembly, on contig: Contig) throws(InputError) -> ListedAllelesView? {
        guard let places = try listing(assembly, contig) else { return nil }
        return try ListedAllelesView(contig: contig, source: source, places.alleles)
    }

    /// Where the genes that rows name lie, as far as the gene table has them: sorted, 0-based half-open.
    ///
    /// - Throws: `InputError` where they cannot be read.
    public func spans() throws(InputError) -> [Contig: [Range<Int>]] {
        var input = ByteReader(try source.bytes(self[.spans]))
        var spans: [Contig: [Range<Int>]] = [:]
        do {
            for _ in 0..<(try input.number(UInt32.self)) {
                let contig = Contig(try input.text())
                let count = Int(try input.number(UInt32.self))
                let starts = try input.numbers(Int32.self, count: count)
                let ends = try input.numbers(Int32.self, count: count)
                guard zip(starts, ends).allSatisfy({ $0 <= $1 }) else { throw ByteReader.Damage() }
                spans[contig] = zip(starts, ends).map { Int($0)..<Int($1) }
            }
        } catch {
            throw Self.damage(name)
        }
        return spans
    }

    /// Rows that list an allele which the call makes, alone or as part of a longer substitution.
    func rows(listing variant: Variant, _ assembly: Assembly) throws(InputError) -> [Int] {
        guard let places = try listing(assembly, variant.contig) else { return [] }
        let alleles = try ListedAllelesView(contig: variant.contig, source: source, places.alleles)
        var found: [Int] = []
        for number in try alleles.numbers(in: variant) {
            let start = number == 0 ? 0 : try numbers(in: places.rows, (number - 1)..<number)[0]
            let end = try numbers(in: places.rows, number..<(number + 1))[0]
            guard start <= end else { throw Self.damage(name) }
            found += try numbers(in: places.rows, (alleles.count + start)..<(alleles.count + end))
        }
        return found
    }

    /// Where the alleles of a contig stand, and the numbers of their rows.
    private func listing(_ assembly: Assembly, _ contig: Contig) throws(InputError)
        -> (alleles: Range<Int>, rows: Range<Int>)?
    {
        let places = try numbers(.alleles(assembly, contig: contig.name))
        guard places.count == 3 else { return nil }
        let section = self[.alleles]
        guard places[0] <= places[1], places[1] <= places[2], places[2] <= section.count else {
            throw Self.damage(name)
        }
        let (start, middle, end) = (
            section.lowerBound + places[0], section.lowerBound + places[1], section.lowerBound + places[2]
        )
        return (start..<middle, middle..<end)
    }

    /// Whether an agency had approved a single drug or a combination for any tumor type by a day (ISO 8601).
    ///
    /// - Throws: `InputError` where the index cannot be read.
    public func isApproved(_ therapy: String, by agency: String, on date: String) throws(InputError) -> Bool {
        let day = Int(EvidenceIndexBuilder.number(of: date))
        let days = try numbers(.approval(agency: agency, therapy: therapy))
        return stride(from: 0, to: days.count - 1, by: 2).contains { days[$0] <= day && day < days[$0 + 1] }
    }

    // MARK: Bytes

    private subscript(section: EvidenceIndexSection) -> Range<Int> { sections[section.rawValue] }

    private func numbers<Number: FixedWidthInteger>(
        _ section: EvidenceIndexSection, _ range: Range<Int>, _ type: Number.Type
    ) throws(InputError) -> [Number] {
        let size = Number.bitWidth / 8
        guard range.upperBound <= self[section].count / size else { throw Self.damage(name) }
        let place = self[section].lowerBound
        let bytes = try source.bytes((place + range.lowerBound * size)..<(place + range.upperBound * size))
        var input = ByteReader(bytes)
        do {
            return try input.numbers(type, count: range.count)
        } catch {
            throw Self.damage(name)
        }
    }

    private func numbers(in place: Range<Int>, _ range: Range<Int>) throws(InputError) -> [Int] {
        guard range.upperBound <= place.count / 4 else { throw Self.damage(name) }
        var input = ByteReader(
            try source.bytes(
                (place.lowerBound + range.lowerBound * 4)..<(place.lowerBound + range.upperBound * 4)))
        do {
            return try input.numbers(UInt32.self, count: range.count).map { Int($0) }
        } catch {
            throw Self.damage(name)
        }
    }

    private static func damage(_ name: String) -> InputError {
        InputError(
            file: name, problem: "the compiled knowledge base is damaged",
            remedy: "Remove the file, or run with --no-cache; it is made anew.", kind: .io)
    }
}
