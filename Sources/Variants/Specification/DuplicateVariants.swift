/// Finds a variant that stands in two records, also where they pad it differently.
///
/// Each pair of REF and ALT is trimmed of the bases that both end and begin with, and looked up among the variants at
/// or after the position of the current record; earlier ones cannot come again in a sorted file and are dropped.
/// Symbolic alleles and breakends may share a position and are not compared.
///
/// - Complexity: O(bases) a record; memory for the variants that reach beyond the current position.
struct DuplicateVariants: Sendable {
    private struct Key: Hashable {
        let position: Int
        let reference: [UInt8]
        let alternate: [UInt8]
    }

    /// More than this many open variants are not kept (an unsorted file keeps them open).
    static let maximumOpen = 10_000

    private var contig: ArraySlice<UInt8> = []
    private var open: [Key: Int] = [:]

    /// Takes one pair of bases and returns the line on which the same variant stood, if it did.
    mutating func add(
        contig: ArraySlice<UInt8>, position: Int, reference: ArraySlice<UInt8>, alternate: ArraySlice<UInt8>,
        line: Int
    ) -> Int? {
        if contig != self.contig {
            self.contig = ArraySlice(Array(contig))
            open.removeAll(keepingCapacity: true)
        }
        if open.count >= 64 { prune(before: position) }
        let key = Self.key(position, reference, alternate)
        if let first = open[key] { return first == line ? nil : first }
        open[key] = line
        return nil
    }

    private mutating func prune(before position: Int) {
        open = open.filter { $0.key.position >= position }
        if open.count >= Self.maximumOpen { open.removeAll(keepingCapacity: true) }
    }

    private static func key(_ position: Int, _ reference: ArraySlice<UInt8>, _ alternate: ArraySlice<UInt8>)
        -> Key
    {
        var reference = reference.map { $0 & 0xDF }[...]
        var alternate = alternate.map { $0 & 0xDF }[...]
        while let last = reference.last, last == alternate.last {
            reference.removeLast()
            alternate.removeLast()
        }
        var position = position
        while let first = reference.first, first == alternate.first {
            reference.removeFirst()
            alternate.removeFirst()
            position += 1
        }
        return Key(position: position, reference: Array(reference), alternate: Array(alternate))
    }
}
