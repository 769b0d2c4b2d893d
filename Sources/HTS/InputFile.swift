internal import CHTS
internal import Foundation
internal import Genome

/// What can be said of a file before htslib opens it.
enum InputFile {
    /// An index beside a file.
    struct Index {
        let name: String
        let isStale: Bool
    }

    /// Throws if the path is no readable file; `-` and pipes are taken as they are.
    static func check(_ path: String) throws(InputError) {
        guard path != "-" else { return }
        let problem: (String, String)
        switch FileSystem.kind(of: path) {
        case .file, .stream:
            // SAFETY: the path lives for the call.
            guard unsafe access(path, R_OK) == 0 else {
                problem = ("the file cannot be read", "Check its rights.")
                break
            }
            guard FileSystem.size(of: path) != 0 else {
                throw InputError(file: path, problem: "the file is empty", remedy: "Make it again.")
            }
            return
        case .folder: problem = ("this is a folder, a file was expected", "Name the file in it.")
        case .other: problem = ("this is a socket or a device, a file was expected", "Name a file.")
        case .missing: problem = ("there is no such file", "Check the path.")
        case .unreachable: problem = ("the file cannot be reached", "Check the rights of its folders.")
        }
        throw InputError(file: path, problem: problem.0, remedy: problem.1, kind: .missing)
    }

    /// The index beside a file, and whether it is older.
    static func index(of path: String) -> Index? {
        for name in [path + ".csi", path + ".tbi"] where FileManager.default.fileExists(atPath: name) {
            let own = modified(name), file = modified(path)
            return Index(name: (name as NSString).lastPathComponent, isStale: own < file)
        }
        return nil
    }

    /// When the file itself changed, also behind links.
    private static func modified(_ path: String) -> Date {
        let file = URL(filePath: path).resolvingSymlinksInPath().path
        return ((try? FileManager.default.attributesOfItem(atPath: file)[.modificationDate]) as? Date)
            ?? .distantPast
    }

    /// What a file is that is no VCF: by its first line where that is text, else by htslib's word.
    static func describe(_ path: String, _ kind: UnsafePointer<htsFormat>) -> String {
        if path != "-", let start = FileHandle(forReadingAtPath: path)?.readData(ofLength: 3) {
            let marks: [[UInt8]] = [ByteOrderMark.bytes, [0xFF, 0xFE], [0xFE, 0xFF]]
            if marks.contains(where: { start.starts(with: $0) }) {
                return
                    "the file begins with a byte order mark, ##fileformat was expected; save it as plain UTF-8"
            }
        }
        if path != "-", let line = try? LineReader(path: path).next(), !line.isEmpty,
            line.unicodeScalars.prefix(200).allSatisfy({
                $0.value >= 32 && $0.value != 0xFFFD || $0.value == 9
            })
        {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            let start = columns.prefix(5).joined(separator: " ").prefix(50)
            return
                "the file is no VCF or BCF: it does not begin with ##fileformat, its first line has \(columns.count) "
                + "column\(columns.count == 1 ? "" : "s"): \"\(start)\""
        }
        // SAFETY: hts_format_description returns a string that the caller frees.
        guard let text = unsafe hts_format_description(kind) else { return "the file is no VCF or BCF" }
        defer { unsafe free(text) }
        return "the file is no VCF or BCF; htslib takes it for \(unsafe String(cString: text))"
    }
}
