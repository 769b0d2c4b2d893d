internal import CHTS
internal import Foundation

/// What the surroundings may do to a run: signals that end it, a closed pipe, a file-size limit, closed streams.
public enum Interruption {
    private static let names: [Int32: String] = [SIGTERM: "SIGTERM", SIGINT: "SIGINT", SIGHUP: "SIGHUP"]

    /// Prepares the process; called first in a program, before any other thread is there.
    ///
    /// SIGTERM, SIGINT and SIGHUP are blocked in all threads but one, which waits for them, removes the ``Temporaries``
    /// and ends with 128 + the signal. A signal that the starting process chose to ignore (`nohup`) stays ignored.
    /// Writing to a closed pipe, or beyond a limit of file size, is an error of that write and nothing more.
    public static func watch() {
        // A file that is opened must never get the number of a stream that was closed. Each is opened the wrong way
        // round, so that using it is an error still.
        for (stream, mode) in [
            (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
        ]
        where fcntl(stream, F_GETFD) < 0 {
            // SAFETY: the path is static; the lowest free number is the stream's.
            unsafe _ = open("/dev/null", mode)
        }
        _ = signal(SIGPIPE, SIG_IGN)
        _ = signal(SIGXFSZ, SIG_IGN)
        var wanted = endSignals()
        // SAFETY: a set of our own.
        unsafe _ = pthread_sigmask(SIG_BLOCK, &wanted, nil)
        var thread = pthread_t()
        // SAFETY: the thread takes no argument and never returns.
        let status = unsafe pthread_create(&thread, nil, { _ in Interruption.wait() }, nil)
        // Without the thread the signals have to end the process in their usual way.
        if status != 0 { unsafe _ = pthread_sigmask(SIG_UNBLOCK, &wanted, nil) }
    }

    /// The signals that ask the process to end and are not ignored.
    private static func endSignals() -> sigset_t {
        var signals = sigset_t()
        // SAFETY: a set of our own.
        unsafe sigemptyset(&signals)
        for number in names.keys where chts_is_ignored(number) == 0 { unsafe sigaddset(&signals, number) }
        return signals
    }

    /// Waits for one of the signals, and ends the process.
    private static func wait() -> Never {
        var wanted = endSignals()
        var number: Int32 = 0
        // SAFETY: a set and a number of our own.
        while unsafe sigwait(&wanted, &number) != 0 {}
        Temporaries.removeAll { left in
            let rest =
                left.isEmpty
                ? "nothing was left behind" : "\(left.joined(separator: ", ")) could not be removed"
            StandardStreams.say("error: interrupted by \(names[number] ?? "signal \(number)"); \(rest).")
            _exit(128 + number)
        }
    }
}

/// Standard output and standard error, written without a buffer.
public enum StandardStreams {
    /// Writes text to standard output; the reason if it fails.
    public static func write(_ text: String) -> String? {
        FileSystem.write(Array(text.utf8), to: STDOUT_FILENO).map(FileSystem.text(ofError:))
    }

    /// Writes a line to standard error. Where that cannot be done there is nobody to be told.
    public static func say(_ text: String) {
        _ = FileSystem.write(Array((text + "\n").utf8), to: STDERR_FILENO)
    }
}
