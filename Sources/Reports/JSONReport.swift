public import Cases
internal import Foundation
public import Genome

/// JSON with sorted keys, so that equal values give equal bytes.
public enum JSONReport {
    /// Encodes a value, indented, with a final line end.
    public static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }

    /// Encodes a value on one line, without a line end.
    public static func line(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Decodes a case.json.
    ///
    /// - Throws: `InputError` that names the key that does not fit, or a version that this program does not know.
    public static func summary(_ data: [UInt8], file: String) throws(InputError) -> CaseSummary {
        struct Version: Decodable { var schemaVersion: Int }
        let data = Data(data)
        if let version = try? JSONDecoder().decode(Version.self, from: data), version.schemaVersion > 1 {
            throw InputError(
                file: file, problem: "schemaVersion is \(version.schemaVersion), this program knows 1",
                remedy: "Use a later wgs-annotate.")
        }
        do {
            return try JSONDecoder().decode(CaseSummary.self, from: data)
        } catch let error as DecodingError {
            throw InputError(
                file: file, place: .record(place(error)), problem: "the file is no case.json of this program",
                remedy: "Make it again with `wgs-annotate annotate`.")
        } catch {
            throw InputError(
                file: file, problem: "the file is no JSON",
                remedy: "Make it again with `wgs-annotate annotate`.")
        }
    }

    private static func place(_ error: DecodingError) -> String {
        let (path, key): ([any CodingKey], String) =
            switch error {
            case .keyNotFound(let key, let context): (context.codingPath, key.stringValue)
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context.codingPath, "")
            @unknown default: ([], "")
            }
        let names = path.map(\.stringValue) + (key.isEmpty ? [] : [key])
        return names.isEmpty ? "the document" : names.joined(separator: ".")
    }
}
