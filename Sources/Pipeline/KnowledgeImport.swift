internal import Foundation
internal import Genome
internal import HTS
public import Knowledge
internal import Reports

/// Writes what was imported as a source of a knowledge base: `<folder>/<source>/<version>/` with `evidence.tsv`, `unexpressed.tsv`
/// and `SOURCE.json`. The same input gives the same bytes.
public struct KnowledgeImport: Sendable {
    /// Where the source came from.
    struct Origin {
        let source, title, origin, licence: String
        /// Its version where none is given.
        let version: String
    }

    private struct SourceFile: Encodable {
        let source, version, title, origin, licence: String
        let retrieved: String?
        let files, inputs: [String: String]
        let rows, unexpressed: Int
    }

    /// The version to write; nil takes what the input tells.
    public var version: String?
    /// The day on which the input was retrieved, ISO 8601.
    public var retrieved: String?
    /// The tree of tumor types and the genes that rows may name.
    public let knowledge: KnowledgeBase

    /// An import that is judged by a base.
    public init(_ knowledge: KnowledgeBase) { self.knowledge = knowledge }

    /// What was written.
    public struct Written: Sendable {
        /// The source's folder.
        public let folder: String
        /// The rows, and what is none.
        public let evidence: ImportedEvidence

        /// Counts for the terminal.
        public var text: String {
            let left = evidence.unexpressed.count
            var lines = [
                "\(folder): \(evidence.rows.count) rows; \(left) statement\(left == 1 ? "" : "s") not expressed"
            ]
            lines += evidence.counts.map { "\($0.count)\t\($0.reason)" }
            return lines.joined(separator: "\n") + "\n"
        }
    }

    /// Checks the rows as the loader would and writes the source into a folder of sources.
    func write(
        _ evidence: ImportedEvidence, _ origin: Origin, inputs: [String: String], to output: String
    ) throws(InputError) -> Written {
        let version = version ?? origin.version
        guard Self.isName(version) else {
            throw InputError(
                file: output,
                problem: "version is \"\(version)\", letters, digits, \".\" and \"-\" were expected",
                remedy: "Give one with --release.", kind: .usage)
        }
        let folder = "\(output)/\(origin.source)/\(version)"
        let table = evidence.table, unexpressed = evidence.unexpressedTable
        let parsed = EvidenceRow.parse(
            try TSVTable(text: table, file: folder + "/evidence.tsv", required: EvidenceRow.columns),
            source: origin.source, tumorTypes: knowledge.tumorTypes)
        if let problem = parsed.problems.first { throw problem }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw InputError(
                file: folder, problem: "the folder cannot be made", remedy: "Check the path and its rights.",
                kind: .output)
        }
        let source = SourceFile(
            source: origin.source, version: version, title: origin.title, origin: origin.origin,
            licence: origin.licence, retrieved: retrieved,
            files: [
                "evidence.tsv": Checksum.sha256(text: table),
                "unexpressed.tsv": Checksum.sha256(text: unexpressed),
            ], inputs: inputs, rows: evidence.rows.count, unexpressed: evidence.unexpressed.count)
        guard let json = try? JSONReport.text(source) else {
            preconditionFailure("text and numbers are always JSON")
        }
        try FileSystem.write(table, toFile: folder + "/evidence.tsv")
        try FileSystem.write(unexpressed, toFile: folder + "/unexpressed.tsv")
        try FileSystem.write(json, toFile: folder + "/SOURCE.json")
        return Written(folder: folder, evidence: evidence)
    }

    /// Whether a text can name a folder of a source or version.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix(".") && text.utf8.allSatisfy(isNameByte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Whether a gene is in the base's gene table; any is where there is none.
    func isKnown(_ gene: String) -> Bool { knowledge.genes.isEmpty || knowledge.genes[gene] != nil }
}
