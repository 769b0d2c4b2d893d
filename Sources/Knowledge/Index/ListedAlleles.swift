public import Genome
public import Variants

/// The alleles of one contig that rows list on one assembly, sorted; most calls are told apart by their place alone.
public struct ListedAlleles: SortedAlleles, Sendable {
    typealias Failure = Never

    private let contig: Contig
    private let positions: [Int32]
    /// Where the text of each allele ends in ``text`` (`ref>alt`), four bytes each: few are ever looked at.
    private let ends: ArraySlice<UInt8>
    private let text: ArraySlice<UInt8>

    /// No alleles.
    public init() { self.init(contig: Contig(""), []) }

    init(contig: Contig, _ alleles: [Variant]) {
        self.contig = contig
        var positions: [Int32] = []
        var ends = ByteWriter(), text = ByteWriter()
        for allele in alleles {
            positions.append(Int32(clamping: allele.position))
            text.put(contentsOf: "\(allele.reference)>\(allele.alternate)".utf8)
            ends.put(UInt32(text.bytes.count))
        }
        (self.positions, self.ends, self.text) = (positions, ends.bytes[...], text.bytes[...])
    }

    /// The alleles that ``encode(into:)`` wrote.
    init(contig: Contig, _ input: inout ByteReader) throws(ByteReader.Damage) {
        self.contig = contig
        let count = Int(try input.number(UInt32.self))
        positions = try input.numbers(Int32.self, count: count)
        ends = try input.bytes(count: 4 * count)
        text = try input.piece()
    }

    func encode(into out: inout ByteWriter) {
        out.put(UInt32(positions.count))
        for position in positions { out.put(position) }
        out.put(contentsOf: ends)
        out.put(piece: Array(text))
    }

    var count: Int { positions.count }

    func position(_ number: Int) -> Int { Int(positions[number]) }

    func allele(_ number: Int) -> Variant {
        let start = number == 0 ? 0 : end(number - 1)
        // A damaged index may have ends that do not follow each other; nothing is read beyond the text.
        return Variant(
            contig: contig, position: Int(positions[number]),
            alleles: text.prefix(end(number)).dropFirst(start))
    }

    private func end(_ number: Int) -> Int {
        let bytes = ends[(ends.startIndex + number * 4)...].prefix(4)
        return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// These alleles and others of the same contig.
    public func adding(_ others: [Variant], on contig: Contig) -> ListedAlleles {
        others.isEmpty ? self : ListedAlleles(contig: contig, ((0..<count).map(allele) + others).sorted())
    }

    /// Whether an allele that touches `range` (0-based; its first base counts always) may be listed.
    public func mayContain(_ range: Range<Int>) -> Bool {
        let first = index(from: range.lowerBound)
        return first < positions.count
            && (Int(positions[first]) == range.lowerBound || Int(positions[first]) < range.upperBound)
    }

    /// Whether the allele is listed, alone or as part of a longer substitution.
    public func contains(_ variant: Variant) -> Bool {
        mayContain(variant.range) && !numbers(in: variant).isEmpty
    }
}

/// The same without reading all of them: each is read where it is asked for.
public struct ListedAllelesView: SortedAlleles, Sendable {
    typealias Failure = InputError

    let contig: Contig
    let count: Int
    private let source: any IndexBytes
    private let place: Range<Int>

    /// The alleles that ``ListedAlleles/encode(into:)`` wrote at a place.
    init(contig: Contig, source: any IndexBytes, _ place: Range<Int>) throws(InputError) {
        (self.contig, self.source, self.place) = (contig, source, place)
        count = Int(try Self.number(source, place, 0))
    }

    func position(_ number: Int) throws(InputError) -> Int {
        Int(Int32(bitPattern: try Self.number(source, place, 4 + number * 4)))
    }

    func allele(_ number: Int) throws(InputError) -> Variant {
        let ends = 4 + count * 4
        let start = number == 0 ? 0 : Int(try Self.number(source, place, ends + (number - 1) * 4))
        let end = Int(try Self.number(source, place, ends + number * 4))
        let text = place.lowerBound + ends + count * 4 + 4
        guard start <= end, text + end <= place.upperBound else { throw Self.damage }
        let bases = try source.bytes((text + start)..<(text + end))
        return Variant(contig: contig, position: try position(number), alleles: bases)
    }

    /// The alleles that begin at a base (0-based).
    ///
    /// - Throws: `InputError` where they cannot be read.
    public func alleles(at position: Int) throws(InputError) -> [Variant] {
        var found: [Variant] = []
        var number = try index(from: position)
        while number < count, try self.position(number) == position {
            found.append(try allele(number))
            number += 1
        }
        return found
    }

    /// The stretch around a base (0-based) in which no allele begins; empty where one begins there.
    ///
    /// - Throws: `InputError` where it cannot be read.
    public func gap(around position: Int) throws(InputError) -> Range<Int> {
        let next = try index(from: position)
        let end = next < count ? try self.position(next) : Int.max
        let start = next > 0 ? try self.position(next - 1) + 1 : Int.min
        return end > position ? start..<end : position..<position
    }

    private static func number(
        _ source: any IndexBytes, _ place: Range<Int>, _ offset: Int
    ) throws(InputError) -> UInt32 {
        guard place.lowerBound + offset + 4 <= place.upperBound else { throw damage }
        let bytes = try source.bytes((place.lowerBound + offset)..<(place.lowerBound + offset + 4))
        return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static var damage: InputError {
        InputError(
            file: "the index of the knowledge base", problem: "the listed alleles are damaged",
            remedy: "Run with --no-cache; the index is made anew.", kind: .io)
    }
}

/// Alleles of one contig, sorted by their places.
protocol SortedAlleles {
    associatedtype Failure: Error

    /// How many there are.
    var count: Int { get }

    /// The first base of an allele, 0-based.
    func position(_ number: Int) throws(Failure) -> Int

    /// An allele, trimmed without anchor.
    func allele(_ number: Int) throws(Failure) -> Variant
}

extension SortedAlleles {
    /// The number of the first allele that begins at a base or behind it.
    func index(from position: Int) throws(Failure) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if try self.position(middle) < position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The numbers of the alleles that a call makes, alone or as part of a substitution of up to 50 bases.
    func numbers(in variant: Variant) throws(Failure) -> [Int] {
        let length = variant.reference.utf8.count
        let isSubstitution = length > 1 && length <= 50 && variant.alternate.utf8.count == length
        let end = isSubstitution ? variant.range.upperBound : variant.position + 1
        var found: [Int] = []
        var number = try index(from: variant.position)
        while number < count, try position(number) < end {
            let listed = try allele(number)
            if listed == variant || isSubstitution && variant.covers(listed) { found.append(number) }
            number += 1
        }
        return found
    }
}

extension Variant {
    /// A variant whose alleles are written `ref>alt`.
    fileprivate init(contig: Contig, position: Int, alleles: ArraySlice<UInt8>) {
        let middle = alleles.firstIndex(of: UInt8(ascii: ">")) ?? alleles.endIndex
        self.init(
            contig: contig, position: position,
            reference: String(decoding: alleles[..<middle], as: UTF8.self),
            alternate: String(decoding: alleles[middle...].dropFirst(), as: UTF8.self))
    }
}
