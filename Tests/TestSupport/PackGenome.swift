import Genome

/// The regions of the pack of real genes: bases with their true place on the chromosomes.
public struct PackGenome: Sendable {
    /// One region.
    public struct Region: Sendable {
        /// The chromosome.
        public var contig: Contig
        /// The bases, at their place.
        public var sequence: ContigSequence
    }

    /// The regions, in the order of the file.
    public private(set) var regions: [Region] = []

    /// Reads the pack's FASTA, whose contigs are named `chrom:start-end`, 1-based.
    public init(assembly: String) throws {
        var name = ""
        var bases: [UInt8] = []
        for line in try TestData.lines("annotation/lrg-pack/regions.\(assembly).fa.gz") {
            if line.hasPrefix(">") {
                add(name, bases)
                name = String(line.dropFirst().prefix { $0 != " " })
                bases = []
            } else {
                bases += line.utf8
            }
        }
        add(name, bases)
    }

    private mutating func add(_ name: String, _ bases: [UInt8]) {
        let parts = name.split { $0 == ":" || $0 == "-" }
        guard parts.count == 3, let start = Int(parts[1]) else { return }
        regions.append(
            Region(contig: Contig(parts[0]), sequence: ContigSequence(start: start - 1, letters: bases)))
    }

    /// The region that holds a place, or nil.
    public func region(_ contig: Contig, _ position: Int) -> Region? {
        regions.first { $0.contig == contig && $0.sequence.range.contains(position) }
    }
}

extension ContigSequence {
    /// The letters from `start` on, with some replaced.
    public func replacing(_ letters: [Int: UInt8]) -> ContigSequence {
        ContigSequence(
            start: start, letters: range.map { letters[$0] ?? BaseCode.letter(code(at: $0)) })
    }
}
