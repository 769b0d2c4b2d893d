public import Genome
public import Variants

/// What somatic small variants and the reference around them say together, gathered in parts and in any order: microsatellites, types of mutations, contexts of
/// insertions and deletions. Variants that pass the filters on chromosomes 1 … 22, X and Y.
public struct SomaticProfile: Sendable {
    /// The six substitutions by the pyrimidine, as CHORD names them.
    public static let substitutionNames = ["C.A", "C.G", "C.T", "T.A", "T.C", "T.G"]
    /// The fraction of reads below which a pile-up of one substitution may be an artifact.
    public static let lowFraction = 0.1

    /// Insertions and deletions at repeats.
    public private(set) var microsatellites = MicrosatelliteCounter()
    /// The types of mutations.
    public private(set) var catalogue = MutationCatalogue([.sbs96, .dbs78, .id83])
    /// Insertions and deletions by their context.
    public private(set) var contexts = IndelContexts()
    /// Single bases by substitution, in the order of ``substitutionNames``; those of doublets too.
    public private(set) var substitutions = [0, 0, 0, 0, 0, 0]
    /// Those of them with less than ``lowFraction`` of the reads.
    public private(set) var lowSubstitutions = [0, 0, 0, 0, 0, 0]

    /// Nothing gathered.
    public init() {}

    /// Single-base substitutions.
    public var singleBases: Int { substitutions.reduce(0, +) }

    /// Counts by name.
    public var substitutionCounts: [String: Int] {
        Dictionary(uniqueKeysWithValues: zip(Self.substitutionNames, substitutions))
    }

    /// Adds a substitution of one base.
    ///
    /// - Shape: `chromosome` 1 … 24, others count for nothing; `position` 0-based.
    public mutating func add(
        _ chromosome: Int, at position: Int, _ bases: (reference: UInt8, alternate: UInt8), vaf: Double?,
        in sequence: ContigSequence
    ) {
        guard catalogue.add(chromosome, at: position, bases, vaf: vaf, in: sequence),
            let place = MutationType.substitution(bases.reference, to: bases.alternate)?.place
        else { return }
        substitutions[place] += 1
        if let vaf, vaf < Self.lowFraction { lowSubstitutions[place] += 1 }
    }

    /// Adds any variant, trimmed without anchor.
    ///
    /// - Shape: `longestAllele` the bases of REF or ALT as written, whichever are more.
    public mutating func add(
        _ variant: Variant, longestAllele: Int, vaf: Double?, in sequence: ContigSequence
    ) {
        let (removed, added) = (Array(variant.reference.utf8), Array(variant.alternate.utf8))
        if removed.count == 1, added.count == 1 {
            return add(
                variant.contig.humanNumber ?? 0, at: variant.position, (removed[0], added[0]), vaf: vaf,
                in: sequence)
        }
        let base = { BaseCode.letter(sequence.code(at: $0)) }
        catalogue.add(variant, vaf: vaf, base: base)
        guard removed.isEmpty != added.isEmpty else { return }
        let isDeletion = added.isEmpty
        let bases = isDeletion ? removed : added
        if longestAllele <= MicrosatelliteCounter.longestAllele {
            microsatellites.add(bases, isDeletion: isDeletion, at: variant.position, vaf: vaf, base: base)
        }
        guard variant.contig.humanNumber.map({ $0 <= 24 }) == true else { return }
        contexts.add(bases, isDeletion: isDeletion, at: variant.position, base: base)
    }

    /// Adds what was gathered from another part.
    public mutating func merge(_ other: SomaticProfile) {
        microsatellites.merge(other.microsatellites)
        catalogue = catalogue.joined(other.catalogue)
        contexts.merge(other.contexts)
        for place in substitutions.indices {
            substitutions[place] += other.substitutions[place]
            lowSubstitutions[place] += other.lowSubstitutions[place]
        }
    }
}
