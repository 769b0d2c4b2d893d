internal import Foundation
internal import Genome
internal import HTS
internal import Knowledge

/// One version of a source as it lies in its folder, read with all its faults and not only up to the first.
///
/// `KnowledgeLoader` reads the same files to use them and stops at what it cannot use.
struct SourceFolder {
    /// The folder.
    let path: String
    /// Name and version by SOURCE.json, by the folders' names where it does not tell them.
    private(set) var source: String, version: String
    /// Licence and day of retrieval; empty where they are not told.
    private(set) var licence = "", retrieved = ""
    /// The files that SOURCE.json names, with their checksums.
    private var files: [String: String] = [:]
    private var hasFiles = false

    /// Name and version.
    var name: String { "\(source) \(version)" }

    /// The sources of a folder: a base (`<source>/<version>/SOURCE.json`) with the newest version of each, one source
    /// (`<version>/SOURCE.json`), or one version.
    ///
    /// - Returns: also the older versions that nothing reads.
    /// - Throws: `InputError` of kind `.missing` where no source is there.
    static func all(
        in folder: String, _ problems: inout [KnowledgeProblem]
    ) throws(InputError) -> (newest: [SourceFolder], older: [SourceFolder]) {
        if hasSource(folder) { return ([try read(folder, &problems)], []) }
        let before = problems.count
        let names = try FileSystem.names(in: folder).filter { isFolder("\(folder)/\($0)") }
        var isBase = !names.contains { hasSource("\(folder)/\($0)") }
        for name in names where !isBase {
            isBase = try FileSystem.names(in: "\(folder)/\(name)").contains {
                hasSource("\(folder)/\(name)/\($0)")
            }
        }
        guard isBase else { return try versions(folder, &problems) }
        var newest: [SourceFolder] = []
        var older: [SourceFolder] = []
        for name in names {
            let found = try versions("\(folder)/\(name)", &problems)
            newest += found.newest
            older += found.older
        }
        guard !newest.isEmpty || problems.count > before else {
            throw InputError(
                file: folder, problem: "no source with a SOURCE.json is there",
                remedy: "Expected is <folder>/<source>/<version>/SOURCE.json.", kind: .missing)
        }
        return (newest, older)
    }

    private static func isFolder(_ path: String) -> Bool { FileSystem.kind(of: path) == .folder }

    private static func hasSource(_ path: String) -> Bool {
        FileSystem.kind(of: path + "/SOURCE.json") != .missing
    }

    /// The versions in a source's folder; tables that lie elsewhere in it are told.
    private static func versions(
        _ folder: String, _ problems: inout [KnowledgeProblem]
    ) throws(InputError) -> (newest: [SourceFolder], older: [SourceFolder]) {
        var found: [(folder: SourceFolder, problems: [KnowledgeProblem])] = []
        let names = try FileSystem.names(in: folder)
        for path in [folder] + names.map({ "\(folder)/\($0)" }) where isFolder(path) {
            if path != folder, hasSource(path) {
                var own: [KnowledgeProblem] = []
                found.append((try read(path, &own), own))
            } else if try FileSystem.names(in: path).contains(where: {
                $0.hasSuffix(".tsv") || $0 == "SOURCE.json"
            }) {
                problems.append(
                    KnowledgeProblem(
                        .error, .sourceMissing, source: "", file: path,
                        found: "tables or a SOURCE.json that nothing reads here",
                        expected: "<source>/<version>/SOURCE.json with the tables beside it",
                        remedy: "Move them, or take the folder out of the base."))
            }
        }
        let best = found.indices.max {
            (found[$0].folder.retrieved, found[$0].folder.version)
                < (found[$1].folder.retrieved, found[$1].folder.version)
        }
        guard let best else { return ([], []) }
        problems += found[best].problems
        return ([found[best].folder], found.indices.filter { $0 != best }.map { found[$0].folder })
    }

    // MARK: SOURCE.json

    private static func read(
        _ path: String, _ problems: inout [KnowledgeProblem]
    ) throws(InputError) -> SourceFolder {
        let parts = path.split(separator: "/").map(String.init)
        var folder = SourceFolder(path: path, source: parts.dropLast().last ?? "", version: parts.last ?? "")
        let bytes = try FileSystem.bytes(of: path + "/SOURCE.json")
        folder.take(bytes, &problems)
        return folder
    }

    private init(path: String, source: String, version: String) {
        (self.path, self.source, self.version) = (path, source, version)
    }

    private func problem(
        _ severity: KnowledgeProblem.Severity, _ rule: KnowledgeProblem.Rule, _ found: String,
        _ expected: String, _ remedy: String, file: String = "SOURCE.json"
    ) -> KnowledgeProblem {
        KnowledgeProblem(
            severity, rule, source: name, table: file, file: "\(path)/\(file)", found: found,
            expected: expected, remedy: remedy)
    }

    private mutating func take(_ bytes: [UInt8], _ problems: inout [KnowledgeProblem]) {
        let json = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]
        guard let json else {
            problems.append(
                problem(
                    .error, .sourceInvalid, "the file is no JSON object", "source, version and more",
                    "Mend the file."))
            return
        }
        let folders = (source, version)
        if let text = json["source"] as? String, !text.isEmpty { source = text }
        if let text = json["version"] as? String, !text.isEmpty { version = text }
        for key in ["source", "version"] where (json[key] as? String ?? "").isEmpty {
            problems.append(
                problem(.error, .sourceInvalid, "\"\(key)\" is missing or no text", "a text", "Add it."))
        }
        for key in ["title", "origin", "licence", "retrieved"] {
            guard let value = json[key] else {
                let rule: KnowledgeProblem.Rule = key == "licence" ? .sourceLicence : .sourceKey
                problems.append(
                    problem(.warning, rule, "\"\(key)\" is not told", "\(key) of the source", "Add it."))
                continue
            }
            if value is String { continue }
            problems.append(
                problem(.error, .sourceInvalid, "\"\(key)\" is no text", "a text", "Write it as text."))
        }
        licence = json["licence"] as? String ?? ""
        retrieved = json["retrieved"] as? String ?? ""
        if json["licence"] is String, licence.isEmpty {
            problems.append(
                problem(.warning, .sourceLicence, "the licence is empty", "the source's licence", "Add it."))
        }
        if !retrieved.isEmpty, !EvidenceRow.isDate(retrieved) {
            problems.append(
                problem(
                    .error, .sourceKey,
                    "\"retrieved\" is \"\(retrieved)\", by which the newest version is told",
                    "a day YYYY-MM-DD", "Write YYYY-MM-DD."))
        }
        for (key, said, name) in [("source", source, folders.0), ("version", version, folders.1)]
        where said != name && !name.isEmpty {
            problems.append(
                problem(
                    .warning, .sourceKey, "\"\(key)\" is \(said), the folder is named \(name)", name,
                    "Make them agree."))
        }
        switch json["files"] {
        case let named as [String: String]: (files, hasFiles) = (named, true)
        case nil:
            problems.append(
                problem(
                    .warning, .fileUnlisted,
                    "no checksums of files are told, so no change of a table is seen",
                    "\"files\" with the SHA-256 of each table", "Add them."))
        default:
            problems.append(
                problem(
                    .error, .sourceInvalid, "\"files\" is no object of texts", "SHA-256 by file name",
                    "Mend it."))
        }
    }

    // MARK: Tables

    /// The tables of the folder; files are compared with their checksums.
    func tables(_ problems: inout [KnowledgeProblem]) throws(InputError) -> [KnowledgeTable] {
        let there = try FileSystem.names(in: path).filter { $0.hasSuffix(".tsv") }
        for name in files.keys.sorted() where FileSystem.kind(of: "\(path)/\(name)") == .missing {
            problems.append(
                problem(
                    .error, .fileMissing, "SOURCE.json names \(name), which is not there", "the file",
                    "Restore the file, or take it out of SOURCE.json.", file: name))
        }
        for name in files.keys.sorted() where !name.hasSuffix(".tsv") {
            guard FileSystem.kind(of: "\(path)/\(name)") != .missing else { continue }
            compare(name, try Checksum.sha256(path: "\(path)/\(name)"), &problems)
        }
        var tables: [KnowledgeTable] = []
        for name in there {
            let bytes = try FileSystem.bytes(of: "\(path)/\(name)")
            compare(name, SHA256.hexadecimal(bytes), &problems)
            guard KnowledgeCheck.isKnown(table: name) else {
                problems.append(
                    problem(
                        .warning, .fileUnknown, "no table of this name is read",
                        "a table of the knowledge base's README", "Check its name.", file: name))
                continue
            }
            let place = KnowledgePlace(source: self.name, table: name, file: "\(path)/\(name)")
            let table = KnowledgeTable(bytes, at: place, retrieved: retrieved, problems: &problems)
            if let table { tables.append(table) }
        }
        return tables
    }

    private func compare(_ name: String, _ sum: String, _ problems: inout [KnowledgeProblem]) {
        guard let stated = files[name] else {
            guard hasFiles else { return }
            problems.append(
                problem(
                    .warning, .fileUnlisted, "SOURCE.json does not name the file, so no change of it is seen",
                    "its SHA-256 in \"files\"", "Add it.", file: name))
            return
        }
        guard stated != sum else { return }
        problems.append(
            problem(
                .error, .fileChecksum, "SHA-256 is \(sum)", stated,
                "Restore the file, or renew SOURCE.json if the change is meant.", file: name))
    }
}
