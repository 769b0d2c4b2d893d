/// Whether records come by position within a contig, and each contig in one block.
struct RecordOrder: Sendable {
    /// A break of the order.
    enum Fault: Hashable {
        /// The contig had its block before.
        case contig
        /// The position is before the one of the record above.
        case position(before: Int)
    }

    private var contig: ArraySlice<UInt8> = []
    private var position = 0
    private var closed: Set<ArraySlice<UInt8>> = []

    /// Whether a name is the contig of the last record.
    func isCurrent(_ name: ArraySlice<UInt8>) -> Bool { name == contig }

    /// Takes the next record.
    mutating func add(_ name: ArraySlice<UInt8>, _ position: Int?) -> Fault? {
        if name != contig {
            if !contig.isEmpty { closed.insert(contig) }
            contig = ArraySlice(Array(name))
            self.position = position ?? 0
            return closed.contains(contig) ? .contig : nil
        }
        guard let position else { return nil }
        defer { self.position = position }
        return position < self.position ? .position(before: self.position) : nil
    }
}
