import Foundation

/// The command as it is recorded in outputs: file names without folders, and without what does not change results.
enum RecordedCommand {
    /// Flags that are left out together with their value.
    private static let omitted: Set<String> = ["--threads", "-o", "--output", "--progress", "--log-format"]

    static func text(_ arguments: [String] = CommandLine.arguments) -> String {
        var words = ["wgs-annotate"]
        var rest = arguments.dropFirst()
        while let word = rest.popFirst() {
            if omitted.contains(word) {
                rest = rest.dropFirst()
                continue
            }
            if let equals = word.firstIndex(of: "="), word.hasPrefix("--") {
                let flag = String(word[..<equals])
                if omitted.contains(flag) { continue }
                words.append(flag + "=" + name(String(word[word.index(after: equals)...])))
            } else {
                words.append(name(word))
            }
        }
        return words.joined(separator: " ")
    }

    /// A path becomes its last part, an open file that the shell numbered becomes `pipe`; other words stay.
    private static func name(_ word: String) -> String {
        if KeptStreams.isNumbered(word) { return "pipe" }
        return word.contains("/") ? (word as NSString).lastPathComponent : word
    }
}

/// The day and the moment of a run, from `SOURCE_DATE_EPOCH` where it is set.
enum Clock {
    static var now: Date {
        if let text = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"],
            let seconds = TimeInterval(text)
        {
            return Date(timeIntervalSince1970: seconds)
        }
        return Date()
    }

    /// ISO 8601 with seconds, UTC.
    static var timestamp: String { now.formatted(.iso8601) }

    /// ISO 8601 day, UTC.
    static var day: String { String(timestamp.prefix(10)) }
}
