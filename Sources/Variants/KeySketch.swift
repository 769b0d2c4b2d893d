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
// for each of B.

import Genome

/// A bounded, order-free sample of variants.
public struct KeySketch: Hashable, Sendable {
    /// The largest number of hashes kept.
    public let capacity: Int
    /// The smallest hashes seen, ascending, each once.
    private var hashes: [UInt64] = []
    /// Whether a hash was turned away, so that the sample is smaller than the set.
    private var isTruncated = false

    /// An empty sketch.
    public init(capacity: Int = 1 << 16) { self.capacity = max(capacity, 1) }

    /// The number of variants sampled.
    public var count: Int { hashes.count }

    /// Takes a normalized variant in; a variant already seen changes nothing.
    public mutating func insert(_ variant: Variant) {
        let hash = Self.hash(variant)
        if hashes.count == capacity, let last = hashes.last, hash > last {
            isTruncated = true
            return
        }
        let index = insertionPoint(hash)
        if index < hashes.count, hashes[index] == hash { return }
        hashes.insert(hash, at: index)
        if hashes.count > capacity {
            hashes.removeLast()
            isTruncated = true
        }
    }

    /// Whether the variant is in the sample.
    public func contains(_ variant: Variant) -> Bool {
        let hash = Self.hash(variant)
        let index = insertionPoint(hash)
        return index < hashes.count && hashes[index] == hash
    }

    /// The fraction of this sketch's variants that `other`'s set holds too; nil if no variant can be compared.
    ///
    /// - Unit: 0 … 1; exact where neither sketch is full, else an estimate over ``comparable(with:)`` variants.
    public func overlapFraction(with other: KeySketch) -> Double? {
        let total = comparable(with: other)
        guard total > 0 else { return nil }
        let shared = hashes.prefix(total).count { hash in
            let index = other.insertionPoint(hash)
            return index < other.hashes.count && other.hashes[index] == hash
        }
        return Double(shared) / Double(total)
    }

    /// How many of this sketch's variants lie where both samples are complete.
    public func comparable(with other: KeySketch) -> Int {
        guard other.isTruncated, let limit = other.hashes.last else { return hashes.count }
        return insertionPoint(limit == .max ? limit : limit + 1)
    }

    private func insertionPoint(_ hash: UInt64) -> Int {
        var low = 0
        var high = hashes.count
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// FNV-1a over the key's bytes, then MurmurHash3's finisher to spread it over all bits.
    static func hash(_ variant: Variant) -> UInt64 {
        var value: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        for byte in variant.contig.name.utf8 { mix(byte) }
        var position = UInt64(bitPattern: Int64(variant.position))
        for _ in 0..<8 {
            mix(UInt8(truncatingIfNeeded: position))
            position >>= 8
        }
        for byte in variant.reference.utf8 { mix(byte) }
        mix(UInt8(ascii: ">"))
        for byte in variant.alternate.utf8 { mix(byte) }
        value = (value ^ (value >> 33)) &* 0xff51_afd7_ed55_8ccd
        value = (value ^ (value >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return value ^ (value >> 33)
    }
}
