import Pipeline
import Synchronization

/// The records so far and when the last progress line was written; shared by the readers of a run.
final class LastLine: Sendable {
    private struct State {
        var seconds = 0.0
        var records: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// Takes a report in. Returns the file's records so far if a line is due: at a file's end, or ten seconds after the
    /// last line.
    func add(_ progress: ReadingProgress, at now: Double) -> Int? {
        state.withLock { state in
            guard progress.notJudged == nil else { return progress.records }
            state.records[progress.file, default: 0] += progress.records
            guard now - state.seconds >= 10 else { return nil }
            state.seconds = now
            return state.records[progress.file]
        }
    }
}
