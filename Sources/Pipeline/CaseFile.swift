internal import Foundation
public import Genome
internal import Yams

/// The values of a case by key, as text: from a YAML file, from flags, or both, where the flag wins.
///
/// Keys are written with dots (`inputs.somatic`, `biopsy.number`); a list has several values.
public struct CaseFile: Hashable, Sendable {
    /// The file as the user wrote it; empty without one.
    public let file: String
    /// Values by key.
    public private(set) var values: [String: [String]]
    /// Keys whose paths are relative to the folder of the case file.
    private var keysFromFile: Set<String>

    /// Every key that a case file may have.
    public static let keys: Set<String> = [
        "case", "patient", "biopsy.number", "biopsy.date", "indication", "tumorType", "sex", "age", "region",
        "facility",
        "received", "released", "genomeEquivalents.germline", "genomeEquivalents.tumor",
        "genomeEquivalents.rna", "purity",
        "ploidy", "assembly", "reference", "genes", "knowledgeBase", "country", "language", "samples.tumor",
        "samples.normal", "tumorOnly", "inputs.somatic", "inputs.germline", "inputs.structural",
        "inputs.copyNumber", "copyNumberRule", "scarCompat", "bedpeStrands", "panel", "chordModel",
        "hrdetectFeatures",
        "inputs.fusions", "inputs.callable", "inputs.signatures", "allowedSignatures", "callableMegabases",
        "hotspots",
        "oncogenicityScale", "priorTherapies",
        "externalAssays.pdl1TPS", "externalAssays.mgmtMethylated", "consent.secondaryFindings",
    ]

    /// An empty case, for flags alone.
    public init() {
        file = ""
        values = [:]
        keysFromFile = []
    }

    /// Reads a YAML file.
    ///
    /// - Throws: `InputError` for a missing file, text that is no YAML, a key that is not known or stands twice, or a
    ///   value that is a map where a plain value was expected.
    public init(path: String) throws(InputError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw InputError(
                file: path, problem: "the case file cannot be read", remedy: "Check the path and its rights.",
                kind: .missing)
        }
        try self.init(bytes: [UInt8](data), file: path)
    }

    /// Reads YAML held in memory; `path` stands in messages, and its folder is that of relative paths.
    ///
    /// - Throws: `InputError` as ``init(path:)`` does.
    public init(bytes data: [UInt8], file path: String) throws(InputError) {
        file = path
        values = [:]
        keysFromFile = []
        guard data.count <= 1 << 20 else {
            throw InputError(
                file: path, problem: "the case file has \(data.count) bytes, at most 1048576 were expected",
                remedy: "Give a YAML case file.")
        }
        let data = Array(data.withoutMark)
        guard let text = String(validating: data, as: UTF8.self) else {
            throw InputError(
                file: path, problem: "the case file is not UTF-8 text", remedy: "Save it as UTF-8.")
        }
        if let fault = YAMLShape.fault(data) {
            throw InputError(
                file: path, place: .line(fault.line), problem: fault.problem,
                remedy: "See the example in the README.")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw Self.error(path, error)
        } catch {
            throw InputError(
                file: path, problem: "the file is no YAML: \(error)", remedy: "See the example in the README."
            )
        }
        guard let node, case .mapping(let mapping) = node else {
            throw InputError(
                file: path, problem: "the file holds no keys",
                remedy: "Begin with `case:`; see the example in the README.")
        }
        try read(mapping, prefix: "")
        keysFromFile = Set(values.keys)
    }

    /// Sets a key from a flag; nil or an empty list leaves it as it is.
    public mutating func override(_ key: String, _ new: [String]?) {
        guard let new, !new.isEmpty else { return }
        values[key] = new
        keysFromFile.remove(key)
    }

    /// The single value of a key.
    public subscript(key: String) -> String? { values[key]?.first }

    /// A path, relative to the case file's folder where it stands in the file.
    public func path(_ key: String) -> String? { self[key].map { resolve($0, key) } }

    /// Several paths.
    public func paths(_ key: String) -> [String] { (values[key] ?? []).map { resolve($0, key) } }

    private func resolve(_ path: String, _ key: String) -> String {
        guard keysFromFile.contains(key), !path.hasPrefix("/"), path != "-" else { return path }
        let folder = (file as NSString).deletingLastPathComponent
        return folder.isEmpty ? path : folder + "/" + path
    }

    private mutating func read(_ mapping: Node.Mapping, prefix: String) throws(InputError) {
        for (keyNode, value) in mapping {
            let line = keyNode.mark?.line ?? 1
            let key = prefix + (keyNode.string ?? "?")
            func fault(_ problem: String, _ remedy: String) -> InputError {
                InputError(file: file, place: .line(line), problem: problem, remedy: remedy)
            }
            switch value {
            case .mapping(let inner) where prefix.isEmpty && Self.keys.contains { $0.hasPrefix(key + ".") }:
                try read(inner, prefix: key + ".")
                continue
            case _ where !Self.keys.contains(key):
                throw fault(
                    "key \"\(key)\" is unknown", "Known keys: \(Self.keys.sorted().joined(separator: ", ")).")
            case .mapping, .alias:
                throw fault("\(key) holds keys where a plain value was expected", "Write `\(key): value`.")
            case .sequence(let items):
                let texts = items.compactMap(\.scalar?.string)
                guard texts.count == items.count else {
                    throw fault("\(key) holds more than plain values", "Write `\(key): [a, b]`.")
                }
                values[key] = texts
            case .scalar(let scalar):
                // `key:` without a value is the same as leaving it out.
                if scalar.string.isEmpty || scalar.string == "~" || scalar.string == "null" { continue }
                values[key] = [scalar.string]
            }
        }
    }

    private static func error(_ path: String, _ error: YamlError) -> InputError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            InputError(
                file: path, place: .line(mark.line), problem: "the file is no YAML: \(problem)",
                remedy: "See the example in the README.")
        case .duplicatedKeysInMapping(let keys, _):
            InputError(file: path, problem: "a key stands twice: \(keys)", remedy: "Remove one of them.")
        default:
            InputError(
                file: path, problem: "the file is no YAML: \(error)", remedy: "See the example in the README."
            )
        }
    }
}
