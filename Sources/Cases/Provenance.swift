/// What made an output: program, command, inputs and sources. The date is not part of it (see provenance.json).
public struct Provenance: Codable, Hashable, Sendable {
    /// A file or a knowledge source that was read.
    public struct Source: Codable, Hashable, Sendable {
        /// The role, such as `somatic`, or the source's name.
        public var name: String
        /// File name without folders; for a knowledge source its version.
        public var version: String
        /// SHA-256 in hexadecimal.
        public var sha256: String

        /// Creates a source.
        public init(name: String, version: String, sha256: String) {
            self.name = name
            self.version = version
            self.sha256 = sha256
        }
    }

    /// `wgs-annotate 0.1.0`.
    public var program: String
    /// htslib's version.
    public var htslib: String
    /// The command with file names only, without threads, output place, progress and log format.
    public var command: String
    /// Input files.
    public var inputs: [Source]
    /// Knowledge sources.
    public var sources: [Source]

    /// Creates a provenance.
    public init(program: String, htslib: String, command: String, inputs: [Source], sources: [Source]) {
        self.program = program
        self.htslib = htslib
        self.command = command
        self.inputs = inputs
        self.sources = sources
    }
}
