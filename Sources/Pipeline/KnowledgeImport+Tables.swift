public import Genome
internal import HTS
internal import Knowledge

extension KnowledgeImport {
    /// Imports a user's own export of OncoKB: associations of the web page, `allActionableVariants.txt`, or annotated variants.
    ///
    /// The version is taken from `--release`, else from the checksum, as the exports tell none.
    ///
    /// - Throws: `InputError` for a file whose columns are of no known format.
    public func oncoKB(_ inputs: [String], to output: String) throws(InputError) -> Written {
        let files = try Files(inputs)
        return try write(
            try OncoKBExport(files.contents).evidence(tumorTypes: knowledge.tumorTypes) {
                knowledge.genes[$0]
            },
            Origin(
                source: "oncokb", title: "OncoKB: a user's own export", origin: "https://www.oncokb.org",
                licence: "OncoKB terms of use; not to be passed on", version: files.version),
            inputs: files.sums, to: output)
    }

    /// Imports the Cancer Genome Interpreter's biomarkers.
    ///
    /// - Throws: `InputError` for a file without one of the columns.
    public func cgi(_ inputs: [String], to output: String) throws(InputError) -> Written {
        let files = try Files(inputs)
        return try write(
            try CGITable(files.contents).evidence(tumorTypes: knowledge.tumorTypes) { knowledge.genes[$0] },
            Origin(
                source: "cgi", title: "Cancer Genome Interpreter: cancer biomarkers",
                origin: "https://www.cancergenomeinterpreter.org/biomarkers", licence: "CC0-1.0",
                version: files.version),
            inputs: files.sums, to: output)
    }

    /// What a user says of a table of their own.
    public struct Statement: Sendable {
        /// The name of the source: letters, digits, `.`, `-` and `_`.
        public var source: String
        /// Where the table comes from, and under which license it is used.
        public var origin: String, licence: String
        /// A title; the source's name where none is given.
        public var title: String?

        /// Creates a statement.
        public init(source: String, origin: String, licence: String, title: String? = nil) {
            (self.source, self.origin, self.licence, self.title) = (source, origin, licence, title)
        }
    }

    /// Imports a table with the columns of `evidence.tsv`, or some of them.
    ///
    /// - Shape: `fault` is told of each fault, in the order of lines.
    /// - Throws: `InputError` for a table with a fault; nothing is written then.
    public func table(
        _ input: String, _ statement: Statement, to output: String, fault: (InputError) -> Void = { _ in }
    ) throws(InputError) -> Written {
        guard Self.isName(statement.source) else {
            throw InputError(
                file: "--source",
                problem:
                    "the name is \"\(statement.source)\", letters, digits, \".\" and \"-\" were expected",
                remedy: "Give another.", kind: .usage)
        }
        let files = try Files([input])
        let own = try OwnEvidence(files.contents[0].bytes, file: input, tumorTypes: knowledge.tumorTypes) {
            knowledge.genes[$0]
        }
        own.problems.forEach(fault)
        if !own.problems.isEmpty {
            let count = own.problems.count
            throw InputError(
                file: input, problem: "\(count) fault\(count == 1 ? "" : "s"); nothing was written",
                remedy: "Mend the lines and import again.")
        }
        return try write(
            own.evidence,
            Origin(
                source: statement.source, title: statement.title ?? statement.source,
                origin: statement.origin, licence: statement.licence, version: files.version),
            inputs: files.sums, to: output)
    }
}
