internal import CHTS
internal import Foundation

/// File-system calls that Foundation does not have.
public enum FileSystem {
    /// Gives a file or folder a new name that is free; false on failure.
    public static func rename(_ old: String, to new: String) -> Bool {
        // SAFETY: both paths live for the call.
        unsafe Foundation.rename(old, new) == 0
    }

    /// Exchanges the names of two files or folders in one step, so that both exist at every moment.
    public static func exchange(_ first: String, _ second: String) -> Bool {
        // SAFETY: both paths live for the call.
        unsafe chts_exchange(first, second) == 0
    }

    /// Whether no process has this id any more.
    public static func isProcessGone(_ id: Int32) -> Bool { kill(id, 0) != 0 && errno == ESRCH }
}
