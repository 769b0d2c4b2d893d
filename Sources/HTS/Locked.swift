internal import Foundation

// SAFETY: the value is touched by nobody but withLock, and by one at a time.
/// A value that several tasks use in turn.
///
/// `Synchronization.Mutex` does the same; on Linux the thread sanitizer does not see it and takes what it guards for a race.
@safe public final class Locked<Value: ~Copyable>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    /// Takes a value over.
    public init(_ value: consuming sending Value) { self.value = value }

    /// Gives the value to `body`, and to no other until that is done.
    public func withLock<Result: ~Copyable>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
