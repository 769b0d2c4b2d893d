import Foundation
import Genome

/// Standard output and standard error.
enum Console {

    static func error(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Results go to standard output, or to a file that appears whole.
    static func write(_ text: String, to path: String?) throws(InputError) {
        do {
            if let path, path != "-" {
                try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
            } else {
                try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
            }
        } catch {
            throw InputError(
                file: path ?? "standard output",
                problem: "the output cannot be written: \(error.localizedDescription)",
                remedy: "Check the folder and its rights.", kind: path == nil ? .io : .output)
        }
    }
}
