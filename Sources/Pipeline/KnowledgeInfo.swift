public import Genome
internal import HTS
public import Knowledge

/// What `kb info` says: sources with their licences, and counts.
public struct KnowledgeInfo: Codable, Hashable, Sendable {
    /// One source.
    public struct Source: Codable, Hashable, Sendable {
        /// Name and version.
        public var name: String, version: String
        /// What it is, its licence, origin, date and checksum.
        public var title: String, licence: String, origin: String, retrieved: String, sha256: String
        /// Rows by table.
        public var tables: [String: Int]
    }

    /// Sources in the order in which they were read.
    public var sources: [Source]
    /// Evidence rows, and how many a curator checked.
    public var rows: Int, verified: Int
    /// Rows by direction.
    public var directions: [String: Int]
    /// Genes named by rows, genes of the gene table, tumor types.
    public var genesWithEvidence: Int, genes: Int, tumorTypes: Int
    /// Sources whose licence is not told.
    public var warnings: [String]

    /// Counts a base, and the tables of its folders.
    ///
    /// - Throws: `InputError` where its rows or tables cannot be read.
    public init(_ knowledge: KnowledgeBase, folders: [String]) throws(InputError) {
        let evidence = try knowledge.evidence.rows()
        var tables: [String: [String: Int]] = [:]
        var ignored: [KnowledgeProblem] = []
        for folder in folders {
            for source in try SourceFolder.all(in: folder, &ignored).newest {
                tables[source.name] = Dictionary(
                    try source.tables(&ignored).map { ($0.name, $0.table.rows.count) },
                    uniquingKeysWith: { $1 })
            }
        }
        sources = knowledge.sources.map {
            Source(
                name: $0.name, version: $0.version, title: $0.title, licence: $0.licence, origin: $0.origin,
                retrieved: $0.retrieved, sha256: $0.sha256, tables: tables["\($0.name) \($0.version)"] ?? [:])
        }
        warnings = sources.filter { $0.licence.isEmpty || $0.licence == "not stated" }.map {
            "\($0.name) \($0.version) tells no licence; whether it may be used and passed on is not known"
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
        func told(_ text: String) -> String { text.isEmpty ? "not stated" : text }
        var lines = sources.map { source in
            let rows = source.tables.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            return "\(source.name) \(source.version): \(source.title)\n  licence: \(told(source.licence))\n"
                + "  origin: \(told(source.origin))\n  retrieved: \(told(source.retrieved))\n"
                + "  rows: \(rows.isEmpty ? "none" : rows.joined(separator: ", "))\n  sha256: \(source.sha256)"
        }
        lines += warnings.map { "warning: \($0)" }
        let counts = directions.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(
            separator: ", ")
        lines.append("\(rows) evidence rows (\(counts)), \(verified) verified, on \(genesWithEvidence) genes")
        lines.append("\(tumorTypes) tumor types, \(genes) genes")
        return lines.joined(separator: "\n") + "\n"
    }
}
