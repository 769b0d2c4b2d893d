internal import Genome
public import Variants

/// The alleles of one contig that rows list on one assembly, sorted; most calls are told apart by their place alone.
public struct ListedAlleles: Sendable {
    /// The longest substitution that is looked through for listed ones.
    private static let longestSubstitution = 50

    private let contig: Contig
    private let positions: [Int32]
    /// Where the text of each allele ends in ``text``: `ref>alt`.
    private let ends: [UInt32]
    private let text: [UInt8]

    /// No alleles.
    public init() { self.init(contig: Contig(""), []) }

    init(contig: Contig, _ alleles: [Variant]) {
        self.contig = contig
        var (positions, ends, text): ([Int32], [UInt32], [UInt8]) = ([], [], [])
        for allele in alleles {
            positions.append(Int32(clamping: allele.position))
            text += Array("\(allele.reference)>\(allele.alternate)".utf8)
            ends.append(UInt32(text.count))
        }
        (self.positions, self.ends, self.text) = (positions, ends, text)
    }

    /// The alleles that ``encode(into:)`` wrote.
    init(contig: Contig, _ input: inout ByteReader) throws(ByteReader.Damage) {
        self.contig = contig
        let count = Int(try input.number(UInt32.self))
        var (positions, ends): ([Int32], [UInt32]) = ([], [])
        for _ in 0..<count { positions.append(try input.number(Int32.self)) }
        for _ in 0..<count { ends.append(try input.number(UInt32.self)) }
        text = Array(try input.text().utf8)
        guard zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 }), ends.last ?? 0 == UInt32(text.count)
        else { throw ByteReader.Damage() }
        (self.positions, self.ends) = (positions, ends)
    }

    func encode(into out: inout ByteWriter) {
        out.put(UInt32(positions.count))
        for position in positions { out.put(position) }
        for end in ends { out.put(end) }
        out.put(String(decoding: text, as: UTF8.self))
    }

    /// How many there are.
    public var count: Int { positions.count }

    /// An allele, trimmed without anchor.
    subscript(number: Int) -> Variant {
        let start = number == 0 ? 0 : Int(ends[number - 1])
        let bases = text[start..<Int(ends[number])]
        let middle = bases.firstIndex(of: UInt8(ascii: ">")) ?? bases.endIndex
        return Variant(
            contig: contig, position: Int(positions[number]),
            reference: String(decoding: bases[..<middle], as: UTF8.self),
            alternate: String(decoding: bases[middle...].dropFirst(), as: UTF8.self))
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

    /// The listed alleles that begin at a base.
    public func alleles(at position: Int) -> [Variant] {
        var found: [Variant] = []
        var number = index(from: position)
        while number < positions.count, Int(positions[number]) == position {
            found.append(self[number])
            number += 1
        }
        return found
    }

    /// The listed alleles that a call makes, alone or as part of a longer substitution, by their number.
    func numbers(in variant: Variant) -> [Int] {
        let length = variant.reference.utf8.count
        let isSubstitution =
            length > 1 && length <= Self.longestSubstitution && variant.alternate.utf8.count == length
        let end = isSubstitution ? variant.range.upperBound : variant.position + 1
        var found: [Int] = []
        var number = index(from: variant.position)
        while number < positions.count, Int(positions[number]) < end {
            let listed = self[number]
            if listed == variant || isSubstitution && variant.covers(listed) { found.append(number) }
            number += 1
        }
        return found
    }

    private func index(from position: Int) -> Int {
        var low = 0
        var high = positions.count
        while low < high {
            let middle = (low + high) / 2
            if Int(positions[middle]) < position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
