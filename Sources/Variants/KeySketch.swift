// How many of the somatic calls are in the germline file too, without holding either file in memory.
//
// Each variant gets a hash that is the same on every machine. A sketch keeps the `capacity` smallest hashes it has
// seen: a sample that depends on the variants alone, not on their order, so two sketches sample the same corner of
// all possible variants and can be compared there.
//
//     hashes of A    |x x  xx x| · · ·          kept up to a's largest
//     hashes of B    |xx x|· · · · · · · · ·    kept up to b's largest
//                    └────┘ compared
//
// A much larger B narrows the corner until few of A are left. Then sketch A first and ask ``KeySketch/contains(_:)``
// for each of B. New hashes are gathered and sorted in only now and then, so that taking one in costs next to nothing.

public import Genome

/// A bounded, order-free sample of variants.
public struct KeySketch: Sendable {
    /// The largest number of hashes kept.
    public let capacity: Int
    /// The smallest hashes seen when they were last sorted, ascending, each once; behind them the new ones.
    private var hashes: [UInt64] = []
    private var sortedCount = 0
    /// The largest hash that is still taken in.
    private var limit = UInt64.max
    /// Whether a hash was turned away, so that the sample is smaller than the set.
    private var isTruncated = false

    /// An empty sketch.
    public init(capacity: Int = 1 << 16) { self.capacity = max(capacity, 1) }

    /// The number of variants sampled.
    public var count: Int { settled.hashes.count }

    /// Takes a normalized variant in; a variant already seen changes nothing.
    public mutating func insert(_ variant: Variant) { insert(Self.hash(variant)) }

    /// Takes the hash of a normalized variant in; see ``ContigHash``.
    public mutating func insert(_ hash: UInt64) {
        guard hash <= limit else {
            isTruncated = true
            return
        }
        hashes.append(hash)
        if hashes.count - sortedCount >= max(capacity, 1024) { settle() }
    }

    /// Takes all of another sketch of the same capacity in.
    public mutating func merge(_ other: KeySketch) {
        isTruncated = isTruncated || other.isTruncated
        limit = min(limit, other.limit)
        for hash in other.hashes { insert(hash) }
    }

    /// Whether the variant is in the sample.
    public func contains(_ variant: Variant) -> Bool {
        let sorted = settled.hashes, hash = Self.hash(variant)
        let index = Self.insertionPoint(hash, in: sorted)
        return index < sorted.count && sorted[index] == hash
    }

    /// The fraction of this sketch's variants that `other`'s set holds too; nil if no variant can be compared.
    ///
    /// - Unit: 0 … 1; exact where neither sketch is full, else an estimate over ``comparable(with:)`` variants.
    public func overlapFraction(with other: KeySketch) -> Double? {
        let own = settled, others = other.settled
        let total = Self.comparable(own, others)
        guard total > 0 else { return nil }
        let shared = own.hashes.prefix(total).count { hash in
            let index = Self.insertionPoint(hash, in: others.hashes)
            return index < others.hashes.count && others.hashes[index] == hash
        }
        return Double(shared) / Double(total)
    }

    /// How many of this sketch's variants lie where both samples are complete.
    public func comparable(with other: KeySketch) -> Int { Self.comparable(settled, other.settled) }

    private static func comparable(_ own: KeySketch, _ other: KeySketch) -> Int {
        guard other.isTruncated, let limit = other.hashes.last else { return own.hashes.count }
        return insertionPoint(limit == .max ? limit : limit + 1, in: own.hashes)
    }

    /// This sketch with all its hashes sorted.
    private var settled: KeySketch {
        var copy = self
        copy.settle()
        return copy
    }

    private mutating func settle() {
        guard sortedCount < hashes.count else { return }
        sort()
        var kept = 0
        for hash in hashes where kept == 0 || hashes[kept - 1] != hash {
            hashes[kept] = hash
            kept += 1
        }
        if kept > capacity { isTruncated = true }
        hashes.removeLast(hashes.count - min(kept, capacity))
        sortedCount = hashes.count
        if hashes.count == capacity, isTruncated { limit = min(limit, hashes[capacity - 1]) }
    }

    /// Sorts the hashes. They lie evenly below the largest one, so most of the way is to put each into one of many drawers.
    private mutating func sort() {
        let largest = hashes.max() ?? 0, bits = 12
        guard hashes.count > 1 << bits else { return hashes.sort() }
        let shift = UInt64(max(64 - largest.leadingZeroBitCount - bits, 0))
        var ends = Array(repeating: 0, count: 1 << bits)
        for hash in hashes { ends[Int(hash &>> shift)] += 1 }
        var sum = 0
        for drawer in ends.indices { (ends[drawer], sum) = (sum, sum + ends[drawer]) }
        var drawers = Array(repeating: UInt64(0), count: hashes.count)
        for hash in hashes {
            let drawer = Int(hash &>> shift)
            drawers[ends[drawer]] = hash
            ends[drawer] += 1
        }
        var start = 0
        for end in ends {
            drawers[start..<end].sort()
            start = end
        }
        hashes = drawers
    }

    private static func insertionPoint(_ hash: UInt64, in hashes: [UInt64]) -> Int {
        var low = 0
        var high = hashes.count
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low
    }

    static func hash(_ variant: Variant) -> UInt64 {
        ContigHash(variant.contig).hash(
            position: variant.position, reference: variant.reference.utf8, alternate: variant.alternate.utf8)
    }
}

extension KeySketch: Hashable {
    /// Equal samples.
    public static func == (left: KeySketch, right: KeySketch) -> Bool {
        let left = left.settled, right = right.settled
        return left.capacity == right.capacity && left.hashes == right.hashes
            && left.isTruncated == right.isTruncated
    }

    /// Hashes the sample.
    public func hash(into hasher: inout Hasher) { hasher.combine(settled.hashes) }
}

/// Hashes of the variants on one contig, the same on every machine.
///
/// FNV-1a over the contig's name, position and alleles, then MurmurHash3's finisher to spread it over all bits.
public struct ContigHash: Sendable {
    private let start: UInt64

    /// Hashes for one contig.
    public init(_ contig: Contig) {
        start = contig.name.utf8.reduce(0xcbf2_9ce4_8422_2325) { Self.mix($0, $1) }
    }

    /// The hash of trimmed alleles at a 0-based position.
    public func hash(
        position: Int, reference: some Sequence<UInt8>, alternate: some Sequence<UInt8>
    ) -> UInt64 {
        var value = at(position)
        for byte in reference { value = Self.mix(value, byte) }
        value = Self.mix(value, UInt8(ascii: ">"))
        for byte in alternate { value = Self.mix(value, byte) }
        return Self.finished(value)
    }

    /// The hash of a single base replaced, in upper case.
    public func hash(position: Int, reference: UInt8, alternate: UInt8) -> UInt64 {
        let value = Self.mix(Self.mix(at(position), reference), UInt8(ascii: ">"))
        return Self.finished(Self.mix(value, alternate))
    }

    private func at(_ position: Int) -> UInt64 {
        var value = start
        var rest = UInt64(bitPattern: Int64(position))
        for _ in 0..<8 {
            value = Self.mix(value, UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
        return value
    }

    private static func mix(_ value: UInt64, _ byte: UInt8) -> UInt64 {
        (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }

    private static func finished(_ hash: UInt64) -> UInt64 {
        var value = hash
        value = (value ^ (value >> 33)) &* 0xff51_afd7_ed55_8ccd
        value = (value ^ (value >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return value ^ (value >> 33)
    }
}
