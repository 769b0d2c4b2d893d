internal import Foundation
internal import Synchronization

/// The temporary files and folders of this run: whoever makes one says so here, so that an end by a signal removes it.
///
/// A path is taken down before it is made. It is either removed, or kept by giving it its final name: under the lock, so that
/// no folder is put in place of which a part was removed.
public enum Temporaries {
    private struct State: Sendable {
        /// Paths that are removed with all that is in them; for each the folders that were made only to hold it, the
        /// deepest first, which are removed if nothing is in them.
        var paths: [String: [String]] = [:]
    }

    private static let state = Mutex(State())

    /// Makes a path by `make`, and takes it down together with the folders that are made only to hold it, the deepest
    /// first. Under the lock, so that nothing is made after all was removed.
    public static func make<Made: ~Copyable, Failure: Error>(
        _ path: String, parents: [String] = [], _ make: () throws(Failure) -> sending Made
    ) throws(Failure) -> sending Made {
        try state.withLock { state throws(Failure) in
            state.paths[path] = parents
            return try make()
        }
    }

    /// Removes a path, whether it was made or not, and its parents where they are empty then.
    public static func remove(_ path: String) {
        state.withLock { state in
            guard let parents = state.paths.removeValue(forKey: path) else { return }
            _ = delete(path)
            delete(emptyFolders: parents)
        }
    }

    /// Gives a path its final name by `rename`; where that fails the path stays a temporary one. If the names were
    /// exchanged, what was replaced has the temporary one, and still has to be removed.
    public static func keep<Failure: Error>(
        _ path: String, isExchanged: Bool = false, rename: () throws(Failure) -> Void
    ) throws(Failure) {
        try state.withLock { state throws(Failure) in
            try rename()
            state.paths[path] = isExchanged ? [] : nil
        }
    }

    /// Waits for ever if the run is being ended by a signal, so that no other message comes between.
    public static func waitIfEnding() { state.withLock { _ in } }

    /// Removes everything and calls `end` with the paths that could not be removed; nothing else is done after that.
    static func removeAll(_ end: ([String]) -> Never) -> Never {
        state.withLock { state -> Never in
            // Other threads may still be making files in a folder that is being removed.
            for _ in 0..<20 {
                for (path, parents) in state.paths where delete(path) {
                    delete(emptyFolders: parents)
                    state.paths[path] = nil
                }
                if state.paths.isEmpty { break }
                usleep(10_000)
            }
            end(state.paths.keys.sorted())
        }
    }

    /// Removes a path with all that is in it; true if nothing is there then.
    private static func delete(_ path: String) -> Bool {
        // SAFETY: the path lives for the call.
        if unsafe unlink(path) == 0 || errno == ENOENT { return true }
        try? FileManager.default.removeItem(atPath: path)
        return unsafe access(path, F_OK) != 0
    }

    /// Removes folders that hold nothing.
    private static func delete(emptyFolders folders: [String]) {
        // SAFETY: the path lives for the call; rmdir leaves a folder that holds something.
        for folder in folders { unsafe _ = rmdir(folder) }
    }
}
