public import Genome
internal import HTS
public import Knowledge
internal import Variants

/// What `kb info` says: sources with their licences, and counts.
public struct KnowledgeInfo: Codable, Hashable, Sendable {
    /// One source.
    public struct Source: Codable, Hashable, Sendable {
        /// Name and version.
        public var name: String, version: String
        /// What it is, its licence, origin, date and checksum.
        public var title: String, licence: String, origin: String, retrieved: String, sha256: String
    }

    /// Sources in the order in which they were read.
    public var sources: [Source]
    /// Evidence rows, and how many a curator checked.
    public var rows: Int, verified: Int
    /// Rows by direction.
    public var directions: [String: Int]
    /// Genes named by rows, genes of the gene table, tumor types.
    public var genesWithEvidence: Int, genes: Int, tumorTypes: Int

    /// Counts a base.
    ///
    /// - Throws: `InputError` where its rows cannot be read.
    public init(_ knowledge: KnowledgeBase) throws(InputError) {
        let evidence = try knowledge.evidence.rows()
        sources = knowledge.sources.map {
            Source(
                name: $0.name, version: $0.version, title: $0.title, licence: $0.licence, origin: $0.origin,
                retrieved: $0.retrieved, sha256: $0.sha256)
        }
        rows = evidence.count
        verified = evidence.count(where: \.isVerified)
        directions = Dictionary(grouping: evidence, by: \.direction.rawValue).mapValues(\.count)
        genesWithEvidence = knowledge.evidence.genes.count
        genes = knowledge.genes.count
        tumorTypes = knowledge.tumorTypes.codes.count
    }

    /// Lines for a terminal.
    public var text: String {
        var lines = sources.map {
            "\($0.name) \($0.version): \($0.title)\n  licence: \($0.licence)\n  retrieved: \($0.retrieved)\n  sha256: \($0.sha256)"
        }
        let counts = directions.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(
            separator: ", ")
        lines.append("\(rows) evidence rows (\(counts)), \(verified) verified, on \(genesWithEvidence) genes")
        lines.append("\(tumorTypes) tumor types, \(genes) genes")
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Compares the REF bases that rows list with a reference genome.
public enum ReferenceCheckOfRows {
    /// Faults, alleles compared, and alleles on contigs or stretches that the FASTA does not have.
    public static func check(
        _ rows: [EvidenceRow], fasta path: String, assembly: Assembly
    ) throws -> (problems: [InputError], checked: Int, unchecked: Int) {
        let fasta = try FastaReader(path: path)
        var problems: [InputError] = []
        var checked = 0, unchecked = 0
        for row in rows {
            for variant in row.alleles[assembly] ?? [] where !variant.reference.isEmpty {
                guard let bases = try fasta.bases(of: variant.contig, in: variant.range),
                    bases.count == variant.reference.utf8.count, !bases.contains(UInt8(ascii: "N"))
                else {
                    unchecked += 1
                    continue
                }
                checked += 1
                let found = String(decoding: bases, as: UTF8.self)
                if found != variant.reference {
                    problems.append(
                        InputError(
                            file: row.source, place: .record(row.id),
                            problem:
                                "REF of \(variant.key) is \(variant.reference) but \(assembly.rawValue) has \(found)",
                            remedy: "Mend the allele."))
                }
            }
        }
        return (problems, checked, unchecked)
    }
}
