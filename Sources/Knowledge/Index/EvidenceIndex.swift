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
    public static let version = 1

    /// An index in memory of rows in any order; a later row wins on the same id.
    public init(_ rows: [EvidenceRow]) {
        // Places are sorted, not rows, which are large.
        let last = Dictionary(rows.indices.map { (rows[$0].id, $0) }, uniquingKeysWith: { $1 })
        var builder = EvidenceIndexBuilder(last.sorted { $0.key < $1.key }.map { rows[$0.value] })
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
        var input = ByteReader(Array(header.dropFirst(EvidenceIndexBuilder.magic.count)))
        do {
            guard try input.number(UInt32.self) == Self.version else { throw damage }
            count = Int(try input.number(UInt32.self))
            var sections: [Range<Int>] = []
            for _ in EvidenceIndexSection.allCases {
                guard let start = Int(exactly: try input.number(UInt64.self)),
                    let length = Int(exactly: try input.number(UInt64.self)),
                    start <= source.count, length <= source.count - start
                else { throw damage }
                sections.append(start..<(start + length))
            }
            self.sections = sections
            var names = ByteReader(try source.bytes(sections[EvidenceIndexSection.genes.rawValue]))
            genes = try PackedNames(&names)
        } catch {
            throw damage
        }
        guard self[.rowEnds].count == count * 8, self[.granularity].count == count,
            self[.slots].count.isMultiple(of: 4), (self[.slots].count / 4).nonzeroBitCount == 1
        else { throw damage }
    }

    /// The bytes of the index.
    ///
    /// - Throws: `InputError` where they cannot be read.
    public func compiled() throws(InputError) -> [UInt8] { try source.bytes(0..<source.count) }

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
            guard try source.bytes((text + textStart)..<(text + textEnd)) == wanted else { return nil }
            return start..<end
        } catch {
            throw Self.damage(name)
        }
    }

    // MARK: Alleles and approvals

    /// The alleles that rows list on a contig of an assembly.
    ///
    /// - Throws: `InputError` where they cannot be read.
    public func alleles(_ assembly: Assembly, on contig: Contig) throws(InputError) -> ListedAlleles {
        try listing(assembly, contig)?.alleles ?? ListedAlleles()
    }

    /// Rows that list an allele which the call makes, alone or as part of a longer substitution.
    func rows(listing variant: Variant, _ assembly: Assembly) throws(InputError) -> [Int] {
        guard let (alleles, rows) = try listing(assembly, variant.contig) else { return [] }
        guard alleles.contains(variant) else { return [] }
        let ends = try numbers(in: rows, 0..<alleles.count)
        var found: [Int] = []
        for number in alleles.numbers(in: variant) {
            let start = number == 0 ? 0 : ends[number - 1]
            guard start <= ends[number] else { throw Self.damage(name) }
            found += try numbers(in: rows, (alleles.count + start)..<(alleles.count + ends[number]))
        }
        return found
    }

    /// The alleles of a contig, and where the numbers of their rows stand.
    private func listing(_ assembly: Assembly, _ contig: Contig) throws(InputError)
        -> (alleles: ListedAlleles, rows: Range<Int>)?
    {
        let places = try numbers(.alleles(assembly, contig: contig.name))
        guard places.count == 3 else { return nil }
        let section = self[.alleles]
        guard places[0] <= places[1], places[1] <= places[2], places[2] <= section.count else {
            throw Self.damage(name)
        }
        var input = ByteReader(
            try source.bytes((section.lowerBound + places[0])..<(section.lowerBound + places[1])))
        do {
            return (
                try ListedAlleles(contig: contig, &input),
                (section.lowerBound + places[1])..<(section.lowerBound + places[2])
            )
        } catch {
            throw Self.damage(name)
        }
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
        var numbers: [Number] = []
        do {
            for _ in range { numbers.append(try input.number(type)) }
        } catch {
            throw Self.damage(name)
        }
        return numbers
    }

    private func numbers(in place: Range<Int>, _ range: Range<Int>) throws(InputError) -> [Int] {
        guard range.upperBound <= place.count / 4 else { throw Self.damage(name) }
        var input = ByteReader(
            try source.bytes(
                (place.lowerBound + range.lowerBound * 4)..<(place.lowerBound + range.upperBound * 4)))
        var numbers: [Int] = []
        do {
            for _ in range { numbers.append(Int(try input.number(UInt32.self))) }
        } catch {
            throw Self.damage(name)
        }
        return numbers
    }

    private static func damage(_ name: String) -> InputError {
        InputError(
            file: name, problem: "the compiled knowledge base is damaged",
            remedy: "Remove the file, or run with --no-cache; it is made anew.", kind: .io)
    }
}
