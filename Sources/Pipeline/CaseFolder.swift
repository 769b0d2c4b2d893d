public import Cases
internal import Foundation
public import Genome
internal import HTS
internal import Reports

/// A folder of results that appears whole or not at all.
///
/// Files are written into a folder of a temporary name beside the final one. ``commit()`` gives it its name; where a
/// folder of ours is there already the two names are exchanged in one step (renameat2), and the old one is removed
/// after. A run that ends before leaves the old folder as it was.
public final class CaseFolder {
    /// The final path.
    public let path: String
    /// Where files are written until then.
    public let temporary: String

    /// Makes the temporary folder.
    ///
    /// - Throws: `InputError` of kind `.output` if the path holds something that is not ours, or cannot be made.
    public init(path: String) throws(InputError) {
        var final = path
        while final.count > 1, final.hasSuffix("/") { final.removeLast() }
        self.path = final
        // Where a folder above cannot be searched, making ours says why.
        if ![.missing, .unreachable].contains(FileSystem.kind(of: final)),
            FileSystem.kind(of: final + "/provenance.json") != .file
        {
            throw InputError(
                file: final, problem: "the path is taken by something that is no result of wgs-annotate",
                remedy: "Give another folder with -o, or move this one away.", kind: .output)
        }
        let url = URL(filePath: final)
        Self.removeLeftovers(of: url)
        temporary =
            url.deletingLastPathComponent()
            .appending(path: ".\(url.lastPathComponent).tmp-\(ProcessInfo.processInfo.processIdentifier)")
            .path
        try FileSystem.makeTemporaryFolder(temporary, for: final)
    }

    deinit { Temporaries.remove(temporary) }

    /// Where a file of this name is written.
    public func file(_ name: String) -> String { temporary + "/" + name }

    /// Writes a text file.
    ///
    /// - Throws: `InputError` of kind `.io`, or `.output` if it cannot be made.
    public func write(_ text: String, to name: String) throws(InputError) {
        try FileSystem.write(text, toPart: file(name), of: path + "/" + name)
    }

    /// Gives the folder its final name.
    ///
    /// - Throws: `InputError` of kind `.output`, or `.io` for a full or broken disk.
    public func commit() throws(InputError) {
        let isNew = FileSystem.kind(of: path) == .missing
        try Temporaries.keep(temporary, isExchanged: !isNew) { () throws(InputError) in
            guard isNew ? FileSystem.rename(temporary, to: path) : FileSystem.exchange(temporary, path) else {
                throw FileSystem.failure(file: path, doing: "the folder cannot be put in place")
            }
        }
        // Where names were exchanged this is the earlier result.
        Temporaries.remove(temporary)
    }

    /// The summary that a finished folder holds.
    ///
    /// - Throws: `InputError` for a folder without case.json, or one of another layout.
    public static func summary(in folder: String) throws(InputError) -> CaseSummary {
        let path = folder + "/case.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw InputError(
                file: path, problem: "the case cannot be read",
                remedy: "Give a folder that `annotate -o` wrote.", kind: .missing)
        }
        return try JSONReport.summary([UInt8](data), file: path)
    }

    /// Removes temporary folders of runs that were killed: those whose process is gone.
    private static func removeLeftovers(of url: URL) {
        let parent = url.deletingLastPathComponent()
        let prefix = ".\(url.lastPathComponent).tmp-"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
        where name.hasPrefix(prefix) {
            guard let process = Int32(name.dropFirst(prefix.count)), FileSystem.isProcessGone(process) else {
                continue
            }
            try? FileManager.default.removeItem(at: parent.appending(path: name))
        }
    }
}
