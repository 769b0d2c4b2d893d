internal import Foundation
public import Genome
internal import HTS
internal import Knowledge

extension KnowledgeImport {
    /// Imports a release of the Molecular Oncology Almanac in its schema of statements and propositions, or its flat table of assertions.
    ///
    /// - Shape: `inputs` are folders with the release's JSON files, or those files; or the one file of the flat table, which is
    ///   recognized by its records.
    /// - Throws: `InputError` for a table that is missing, stands twice or cannot be read.
    public func moalmanac(_ inputs: [String], to output: String) throws(InputError) -> Written {
        if let written = try assertions(inputs, to: output) { return written }
        var files: [String: String] = [:]
        for input in inputs {
            var paths = [input]
            if FileSystem.kind(of: input) == .folder {
                paths = try FileSystem.names(in: input).filter { $0.hasSuffix(".json") }.map {
                    "\(input)/\($0)"
                }
            }
            for path in paths {
                let name = (path as NSString).lastPathComponent
                if let other = files.updateValue(path, forKey: name) {
                    throw InputError(
                        file: path, problem: "\(name) was given already as \(other)",
                        remedy: "Give the files of one release.", kind: .usage)
                }
            }
        }
        var sums: [String: String] = [:]
        func table<Record: Decodable>(_ name: String) throws(InputError) -> [Record] {
            guard let path = files[name] else {
                throw InputError(
                    file: inputs.joined(separator: ", "), problem: "\(name) is not among the files",
                    remedy: "Give the folder \"referenced\" of a release of moalmanac-db, or the flat "
                        + "molecular-oncology-almanac.json.", kind: .missing)
            }
            let bytes = try FileSystem.bytes(of: path)
            sums[name] = SHA256.hexadecimal(bytes)
            do {
                return try JSONDecoder().decode([Record].self, from: Data(bytes))
            } catch let error as DecodingError {
                throw InputError(
                    file: path, place: Self.place(error),
                    problem: "the file is no list of records of this table",
                    remedy: "Give the files of a release of moalmanac-db, schema \"referenced\".")
            } catch {
                throw InputError(file: path, problem: "the file is no JSON", remedy: "Download it again.")
            }
        }
        var release = MOAlmanacRelease()
        release.agents = try table("agents.json")
        release.biomarkers = try table("biomarkers.json")
        release.genes = try table("genes.json")
        release.diseases = try table("diseases.json")
        release.documents = try table("documents.json")
        release.indications = try table("indications.json")
        release.propositions = try table("propositions.json")
        release.statements = try table("statements.json")
        release.therapies = try table("therapies.json")
        release.therapyGroups = try table("therapy_groups.json")
        release.urls = try table("urls.json")
        return try write(
            release.evidence(tumorTypes: knowledge.tumorTypes, isKnownGene: isKnown),
            Origin(
                source: "moalmanac", title: "Molecular Oncology Almanac: authorities' indications",
                origin: "https://github.com/vanallenlab/moalmanac-db (referenced)", licence: "GPL-2.0",
                version: release.date),
            inputs: sums, to: output)
    }

    /// The flat table; nil where the input is none.
    private func assertions(_ inputs: [String], to output: String) throws(InputError) -> Written? {
        guard inputs.count == 1, FileSystem.kind(of: inputs[0]) == .file else { return nil }
        let files = try Files(inputs)
        guard
            let records = try? JSONDecoder().decode(
                [MOAlmanacAssertions.Record].self, from: Data(files.contents[0].bytes)),
            !records.isEmpty, MOAlmanacAssertions.areAssertions(records)
        else { return nil }
        let table = MOAlmanacAssertions(records)
        return try write(
            table.evidence(tumorTypes: knowledge.tumorTypes) { knowledge.genes[$0] },
            Origin(
                source: "moalmanac-assertions", title: "Molecular Oncology Almanac: assertions",
                origin: "https://github.com/vanallenlab/moalmanac-db (flat)", licence: "GPL-2.0",
                version: table.date),
            inputs: files.sums, to: output)
    }

    private static func place(_ error: DecodingError) -> InputError.Place {
        let path =
            switch error {
            case .keyNotFound(let key, let context): context.codingPath + [key]
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            @unknown default: [any CodingKey]()
            }
        let text = path.map { $0.intValue.map { "record \($0 + 1)" } ?? $0.stringValue }.joined(
            separator: ", ")
        return text.isEmpty ? .file : .record(text)
    }
}
