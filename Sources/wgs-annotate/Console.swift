import Cases
import Foundation
import Genome
import HTS
import Pipeline
import Reports

/// Standard output and standard error.
enum Console {
    static func error(_ text: String) { StandardStreams.say(text) }

    /// Results go to standard output, or to a file that appears whole.
    static func write(_ text: String, to path: String?) throws(InputError) {
        if let path, path != "-" { return try FileSystem.write(text, toFile: path) }
        if let reason = StandardStreams.write(text) {
            throw InputError(
                file: "standard output", problem: "writing failed: \(reason)",
                remedy: "Check what reads it, or the disk that it goes to.", kind: .io)
        }
    }
}

/// Messages of a run on standard error, as text or as one JSON object a line.
struct Messages: Sendable {
    /// One message.
    private struct Line: Encodable {
        let level: String
        let code: String
        let message: String
    }

    private let isJSON: Bool
    private let showsProgress: Bool

    /// Messages as `--log-format` and `--progress` ask for them; `auto` shows progress on a terminal only.
    init(format: String, progress: String) {
        isJSON = format == "json"
        showsProgress =
            progress == "always" || progress == "auto" && isatty(FileHandle.standardError.fileDescriptor) == 1
    }

    func warn(_ warning: CaseSummary.Warning) { say("warning", warning.code, warning.message) }

    func info(_ text: String) { say("info", "", text) }

    /// The end of each file, and in between at most a line every ten seconds.
    func progress() -> @Sendable (ReadingProgress) -> Void {
        guard showsProgress else { return { _ in } }
        let start = Date()
        let last = LastLine()
        return { progress in
            let seconds = Date().timeIntervalSince(start)
            guard let total = last.add(progress, at: seconds) else { return }
            let rate = Int(Double(total) / max(seconds, 0.001))
            say("info", "progress", "\(progress.text(total: total)) (\(rate) a second)")
        }
    }

    private func say(_ level: String, _ code: String, _ text: String) {
        if isJSON, let line = try? JSONReport.line(Line(level: level, code: code, message: text)) {
            Console.error(line)
        } else if level == "warning" {
            Console.error("warning: \(code): \(text)")
        } else {
            Console.error(text)
        }
    }
}
