/// Bases of a reference genome.
public protocol ReferenceSequence {
    /// The upper-case bases of `range` (0-based, half-open, cut to the contig's ends), or nil if the contig is
    /// not there.
    mutating func bases(of contig: Contig, in range: Range<Int>) throws -> [UInt8]?

    /// The length of `contig`, or nil if it is not there.
    func length(of contig: Contig) -> Int?
}

/// A small genome held in memory, for tests and worked examples.
public struct InMemoryReference: ReferenceSequence, Sendable {
    private let contigs: [Contig: [UInt8]]

    /// A genome of the named sequences, in any case of letters.
    public init(_ sequences: [String: String]) {
        contigs = Dictionary(
            uniqueKeysWithValues: sequences.map { (Contig($0), Array($1.uppercased().utf8)) })
    }

    /// See ``ReferenceSequence``.
    public func bases(of contig: Contig, in range: Range<Int>) -> [UInt8]? {
        contigs[contig].map { Array($0[range.clamped(to: 0..<$0.count)]) }
    }

    /// See ``ReferenceSequence``.
    public func length(of contig: Contig) -> Int? { contigs[contig]?.count }
}
