import Foundation
import Genome
import HTS
import Pipeline

/// Inputs that give their bytes once (standard input, pipes, devices), kept in files, since inputs are read more than
/// once. The files' names stand in outputs, so they are the same in every run.
struct KeptStreams {
    private let folder: String?

    /// Copies the streams among the inputs of a case, one after the other, and puts the copies in their place.
    ///
    /// - Throws: `InputError`: two inputs from one stream, a stream that fails, or no room for a copy.
    init(_ request: inout CaseRequest) throws(InputError) {
        let inputs: [(role: String, key: WritableKeyPath<CaseRequest, String?>)] = [
            ("somatic", \.somatic), ("germline", \.germline), ("callable", \.callable),
            ("copyNumber", \.copyNumber), ("structural", \.structural), ("panel", \.panel),
            ("signatures", \.signatures), ("allowedSignatures", \.allowedSignatures),
            ("chordModel", \.chordModel),
            ("hrdetectFeatures", \.hrdetectFeatures), ("hotspots", \.hotspots),
        ]
        if let reference = request.reference, FileSystem.kind(of: reference) == .stream {
            throw InputError(
                file: reference,
                problem: "the reference is a stream, a FASTA file with its index was expected",
                remedy: "Keep it in a file.", kind: .missing)
        }
        var streams: [String: String] = [:]
        for (role, key) in inputs {
            guard let path = request[keyPath: key] else { continue }
            guard path == "-" || FileSystem.kind(of: path) == .stream else { continue }
            guard streams.updateValue(role, forKey: path) == nil else {
                throw InputError(
                    file: path,
                    problem: path == "-" ? "both inputs come from standard input" : "two inputs come from it",
                    remedy: "Give one of them as a file.", kind: .usage)
            }
        }
        guard !streams.isEmpty else {
            folder = nil
            return
        }
        let root = FileManager.default.temporaryDirectory.path
        let folder = root + "/wgs-annotate-\(UUID().uuidString)"
        do throws(InputError) {
            try FileSystem.makeTemporaryFolder(folder, for: root, isPrivate: true)
            for (role, key) in inputs {
                guard let path = request[keyPath: key], streams[path] == role else { continue }
                var copy = folder + "/" + Self.name(path, role: role)
                if FileSystem.kind(of: copy) != .missing {
                    copy = "\(folder)/\(role)-\(Self.name(path, role: role))"
                }
                try FileSystem.copyStream(path, to: copy)
                // A MAF is known by its name, and a stream may have none.
                if role == "somatic", Self.beginsAsMAF(copy), FileSystem.rename(copy, to: copy + ".maf") {
                    copy += ".maf"
                }
                request[keyPath: key] = copy
            }
        } catch {
            Temporaries.remove(folder)
            throw error
        }
        self.folder = folder
    }

    /// Removes the copies.
    func remove() { folder.map(Temporaries.remove) }

    /// The name of a copy: the stream's own, but a number that the shell chose says nothing and may differ from run to
    /// run.
    private static func name(_ path: String, role: String) -> String {
        if path == "-" { return "standard-input" }
        return isNumbered(path) ? "\(role)-pipe" : (path as NSString).lastPathComponent
    }

    private static func beginsAsMAF(_ path: String) -> Bool {
        guard !path.hasSuffix(".maf"), let line = try? LineReader(path: path).next() else { return false }
        return line.hasPrefix("#version") || line.hasPrefix("Hugo_Symbol\t")
    }

    /// Whether a path is an open file of the process by its number, as `<(command)` gives one.
    static func isNumbered(_ path: String) -> Bool {
        path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/self/fd/")
    }
}

/// The inputs of a case as they were when the run began.
struct InputWatch {
    private let files: [FileIdentity]

    /// Takes down the files of a case. One that is not there is told where it is read.
    init(_ request: CaseRequest) {
        files = [
            request.somatic, request.germline, request.callable, request.reference, request.genes,
            request.copyNumber, request.structural, request.panel, request.signatures,
            request.allowedSignatures, request.chordModel,
            request.hrdetectFeatures, request.hotspots,
        ].compactMap { path in
            guard let path, FileSystem.kind(of: path) == .file else { return nil }
            return try? FileIdentity(path: path)
        }
    }

    /// Compares the files with what they were.
    ///
    /// - Throws: `InputError` of kind `.io` that names the file and what changed.
    func check() throws(InputError) {
        for file in files { try file.check() }
    }
}
