/// A fault in what the user gave: the file, the place, what is there and what was expected, what to do.
///
/// The command line alone prints it, on one line, and exits with ``exitCode``.
public struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where in the file the fault lies.
    public enum Place: Hashable, Sendable {
        /// The file as a whole.
        case file
        /// A line, 1-based.
        case line(Int)
        /// A record's key, such as `chr7:140753336 A>T`, or any other name of a part.
        case record(String)
    }

    /// How a failed run ends (sysexits).
    public enum Kind: Int32, Hashable, Sendable {
        /// Misuse of flags or keys: 64.
        case usage = 64
        /// Bad data: 65.
        case data = 65
        /// A missing or unreadable input: 66.
        case missing = 66
        /// A service such as a database is not there: 69.
        case service = 69
        /// An output cannot be created: 73.
        case output = 73
        /// Reading or writing failed half-way: 74.
        case io = 74
    }

    /// The file as the user wrote it.
    public var file: String
    /// The place in that file.
    public var place: Place
    /// What is there and what was expected.
    public var problem: String
    /// The next thing to do.
    public var remedy: String
    /// The class of fault, which decides the exit code.
    public var kind: Kind

    /// Creates an error; `problem` and `remedy` are sentences without a final stop in `problem`'s case.
    public init(
        file: String, place: Place = .file, problem: String, remedy: String, kind: Kind = .data
    ) {
        self.file = file
        self.place = place
        self.problem = problem
        self.remedy = remedy
        self.kind = kind
    }

    /// The exit code of a run that this error ends.
    public var exitCode: Int32 { kind.rawValue }

    /// One line: file, place, problem, remedy.
    public var description: String {
        let head =
            switch place {
            case .file: "\(file): "
            case .line(let line): "\(file):\(line): "
            case .record(let key): "\(file): \(key): "
            }
        let problemEnd = problem.hasSuffix(".") || problem.hasSuffix("?") ? "" : "."
        return head + problem + problemEnd + (remedy.isEmpty ? "" : " " + remedy)
    }
}
