// Which column is the tumor?
//
// A ladder; the first rung with an answer decides:
//
//     1. the names on the command line
//     2. header lines     ##tumor_sample, ##normal_sample, ##SAMPLE, ##PEDIGREE, ##TUMOR
//     3. column names     TUMOR, TUMOUR, NORMAL
//     4. the data         one column's mean alternate fraction is five times the other's (VAFContrast)
//     5. name patterns    P1-T, P1_R, blood …: a tie-breaker, always with a warning
//
// Rungs 2 to 4 are all looked at: a file where they disagree is not guessed about, it is refused with everything that
// was found. One column alone may be anything, so tumor-only has to be asked for, unless the column is PCGR's, which
// holds tumor and normal at once.

public import Genome

/// The columns of tumor and normal, and how they were found.
///
/// - Source: specification section 1.1.
public struct SampleRoles: Hashable, Sendable {
    /// What the user says about the samples.
    public struct Request: Hashable, Sendable {
        /// The value of `--tumor`.
        public var tumor: String?
        /// The value of `--normal`.
        public var normal: String?
        /// Whether `--tumor-only` was given.
        public var isTumorOnly: Bool

        /// A request; nothing asked for by default.
        public init(tumor: String? = nil, normal: String? = nil, isTumorOnly: Bool = false) {
            self.tumor = tumor
            self.normal = normal
            self.isTumorOnly = isTumorOnly
        }
    }

    /// The tumor's column, 0 is the first sample; nil in a file without sample columns.
    public var tumor: Int?
    /// The normal's column; nil for tumor-only, a joined column, or no sample columns.
    public var normal: Int?
    /// Whether one column (or INFO alone) holds tumor and normal, as PCGR's input does.
    public var isJoined: Bool
    /// What decided: `--tumor`, `header line ##tumor_sample=T1` …
    public var decidedBy: String
    /// All that was found, in the order of the ladder.
    public var evidence: [String]
    /// What the user should look at.
    public var warnings: [String]

    /// Roles from their parts.
    public init(
        tumor: Int?, normal: Int?, isJoined: Bool = false, decidedBy: String, evidence: [String] = [],
        warnings: [String] = []
    ) {
        self.tumor = tumor
        self.normal = normal
        self.isJoined = isJoined
        self.decidedBy = decidedBy
        self.evidence = evidence
        self.warnings = warnings
    }

    /// Returns the roles of the columns of `file`.
    ///
    /// - Shape: `contrast` accumulated over the file's records, or nil where the data have not been read.
    /// - Throws: `InputError`: an unknown name, evidence that contradicts itself, a single column without
    ///   `--tumor-only`, or nothing that decides.
    public static func decide(
        file: String, header: VCFHeader, request: Request = Request(), contrast: VAFContrast? = nil
    ) throws(InputError) -> SampleRoles {
        let ladder = SampleLadder(file: file, header: header, request: request, contrast: contrast)
        return try ladder.decide()
    }

    /// The name of a role's sample: from the header where the column is only called `TUMOR` or `NORMAL`.
    public static func sampleName(column: Int?, header: VCFHeader) -> String? {
        guard let column, header.samples.indices.contains(column) else { return nil }
        let name = header.samples[column]
        guard SampleNames.role(named: name) != nil else { return name }
        let line = header.lines("SAMPLE").first { $0["ID"]?.uppercased() == name.uppercased() }
        if let real = line?["SampleName"], SampleNames.role(named: real) == nil { return real }
        return header.lines(name.uppercased()).lazy.compactMap { SampleNames.embeddedName($0) }.first ?? name
    }
}

/// Names of samples, and what they tell.
public enum SampleNames {
    /// The side of a tumor–normal pair.
    public enum Role: String, Hashable, Sendable {
        /// The tumor.
        case tumor
        /// The matched normal.
        case normal
    }

    /// The names as messages list them: of more than eight the first five, and how many follow.
    public static func shortened(_ names: [String]) -> [String] {
        names.count > 8 ? names.prefix(5) + ["\(names.count - 5) more"] : names
    }

    /// Whether two files name one sample; nil if a name is missing or says only the role (`NORMAL`).
    ///
    /// - Source: our own rule: compared without case and surrounding blanks, nothing else forgiven.
    public static func isSame(_ left: String?, _ right: String?) -> Bool? {
        guard let left = left.map(trimmed), let right = right.map(trimmed), !left.isEmpty, !right.isEmpty,
            role(named: left) == nil, role(named: right) == nil
        else { return nil }
        return left.lowercased() == right.lowercased()
    }

    /// The role that a name is exactly: `TUMOR`, `TUMOUR`, `NORMAL`, in any case.
    public static func role(named name: String) -> Role? {
        switch name.uppercased() {
        case "TUMOR", "TUMOUR": .tumor
        case "NORMAL": .normal
        default: nil
        }
    }

    /// The role that parts of a name hint at (`P1-T`, `P1_N2`, `blood3`), or nil.
    ///
    /// - Source: specification section 1.1, rung 5; `_N` and `-R` besides.
    public static func hint(in name: String) -> Role? {
        let lower = name.lowercased()
        if lower.contains("tumor") || lower.contains("tumour") { return .tumor }
        if ["normal", "germline", "blood"].contains(where: lower.contains) { return .normal }
        for part in lower.split(whereSeparator: { $0 == "-" || $0 == "_" }).dropFirst() {
            let letters = part.prefix { $0.isLetter }
            guard letters.count == 1, part.dropFirst().allSatisfy(\.isNumber) else { continue }
            if letters == "t" { return .tumor }
            if letters == "n" || letters == "r" { return .normal }
        }
        return nil
    }

    /// MuSE's `##TUMOR="Sample=NAME,File=…"`.
    static func embeddedName(_ line: VCFHeader.Line) -> String? {
        let value = line.value.filter { $0 != "\"" }
        return value.split(separator: ",").first { $0.hasPrefix("Sample=") }.map { String($0.dropFirst(7)) }
    }

    private static func trimmed(_ name: String) -> String {
        let start = name.drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
