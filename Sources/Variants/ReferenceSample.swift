public import Genome

/// A sample of REF alleles, evenly spread over a file of unknown length, to compare with a reference.
///
/// Keeps every record at first; each time it is full it drops every second one and takes half as many from then on.
///
/// - Shape: between 500 and 1,000 records of a file with more than 500, in memory.
/// - Source: specification section 1.3.
public struct ReferenceSample: Sendable {
    /// Records kept at most.
    static let capacity = 1000
    /// Share of differing REF alleles at which the file is refused.
    static let mismatchLimit = 0.01

    private struct Site: Sendable {
        let contig: Contig
        let position: Int
        let reference: [UInt8]
    }

    private var sites: [Site] = []
    private var stride = 1
    private var seen = 0

    /// An empty sample.
    public init() {}

    /// Takes the record in if it is its turn.
    public mutating func add(_ record: VCFRecord) {
        defer { seen += 1 }
        guard seen.isMultiple(of: stride), record.position >= 0 else { return }
        if sites.count == Self.capacity {
            sites = sites.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
            stride *= 2
            guard seen.isMultiple(of: stride) else { return }
        }
        let letters = Array(record.bytes[record.column(3)])
        sites.append(Site(contig: Contig(record.contigName), position: record.position, reference: letters))
    }

    /// How many sampled REF alleles were compared, and what came out.
    public struct Agreement: Hashable, Sendable {
        /// REF alleles compared.
        public var compared = 0
        /// REF alleles that differ, or lie beyond the contig's end.
        public var differing = 0
        /// Records whose contig the reference has not got.
        public var missingContigs = 0

        /// The differing share, 0 … 1; 0 where nothing was compared.
        public var share: Double { compared == 0 ? 0 : Double(differing) / Double(compared) }

        /// Refuses a file of another genome.
        ///
        /// - Throws: `InputError` if 1 % or more differ; `assembly` is the reference's, where it is known.
        public func require(file: String, fasta: String, assembly: Assembly?) throws(InputError) {
            if compared == 0, missingContigs > 0 {
                throw InputError(
                    file: file, problem: "none of \(missingContigs) records is on a contig of \(fasta)",
                    remedy: "Give the reference that the file was called on with -f.")
            }
            guard share >= ReferenceSample.mismatchLimit else { return }
            let remedy =
                switch assembly {
                case .grch38: "Is the file GRCh37? Say so with --assembly."
                case .grch37: "Is the file GRCh38? Say so with --assembly."
                case nil: "Give the reference that the file was called on with -f."
                }
            throw InputError(
                file: file, problem: "\(differing) of \(compared) REF bases differ from \(fasta)",
                remedy: remedy)
        }
    }

    /// Compares the sample with a reference; places where the reference has no base (`N`) are left out.
    ///
    /// - Throws: what `reference` throws.
    public func agreement(with reference: inout some ReferenceSequence) throws -> Agreement {
        var agreement = Agreement()
        for site in sites {
            let range = site.position..<(site.position + site.reference.count)
            guard let expected = try reference.bases(of: site.contig, in: range) else {
                agreement.missingContigs += 1
                continue
            }
            if !expected.isEmpty, expected.allSatisfy({ !Bases.isStandard($0) }) { continue }
            agreement.compared += 1
            let isEqual =
                expected.count == site.reference.count
                && zip(site.reference, expected).allSatisfy {
                    BaseCode.fits($0, genome: BaseCode.code($1))
                }
            if !isEqual { agreement.differing += 1 }
        }
        return agreement
    }
}
