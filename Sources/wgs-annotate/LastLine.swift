import Synchronization

/// When the last progress line was written; shared by the readers of a run.
final class LastLine: Sendable {
    private let seconds = Mutex(0.0)

    /// Whether ten seconds have passed since the last line; if so this is the last line.
    func isDue(at now: Double) -> Bool {
        seconds.withLock { last in
            guard now - last >= 10 else { return false }
            last = now
            return true
        }
    }
}
