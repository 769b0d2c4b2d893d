/// Draws catalogues again: each as many mutations as the first, each mutation's type drawn by how often it occurs there. The same seed gives the same draws.
///
/// - Source: specification section 5.5. Types are drawn by Walker's alias method (Vose, IEEE Trans Softw Eng 1991;17:972).
struct Bootstrap {
    private let total: Int
    /// For each type the chance, as a part of 2⁵³, that a draw of its place stays there, and where it goes else.
    private let chances: [UInt64]
    private let others: [Int]
    private var state: UInt64

    /// Draws from a catalogue of whole numbers; those that are not are rounded.
    init(_ catalogue: [Double], seed: UInt64) {
        let counts = catalogue.map { $0.isFinite ? max(0, $0.rounded()) : 0 }
        let sum = counts.reduce(0, +)
        total = Int(min(sum, 1e9))
        state = seed
        let unit = Double(1 << 53)
        var chances = Array(repeating: UInt64(1 << 53), count: counts.count)
        var others = Array(counts.indices)
        var shares = counts.map { sum > 0 ? $0 * Double(counts.count) / sum : 0 }
        var small = shares.indices.filter { shares[$0] < 1 },
            large = shares.indices.filter { shares[$0] >= 1 }
        while let low = small.popLast(), let high = large.last {
            (chances[low], others[low]) = (UInt64(shares[low] * unit), high)
            shares[high] -= 1 - shares[low]
            if shares[high] < 1 {
                large.removeLast()
                small.append(high)
            }
        }
        (self.chances, self.others) = (chances, others)
    }

    /// Another catalogue.
    mutating func next() -> [Double] {
        var drawn = Array(repeating: 0.0, count: chances.count)
        guard !drawn.isEmpty else { return drawn }
        let count = UInt64(chances.count)
        for _ in 0..<total {
            let place = Int(random().multipliedFullWidth(by: count).high)
            drawn[random() >> 11 < chances[place] ? place : others[place]] += 1
        }
        return drawn
    }

    /// SplitMix64 (Steele et al., OOPSLA 2014).
    private mutating func random() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
