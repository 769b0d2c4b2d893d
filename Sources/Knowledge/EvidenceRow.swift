public import Genome
public import Variants

/// One fact of a knowledge base: a criterion, tumor types, drugs, a direction, levels, approvals, citations.
///
/// A row of `evidence.tsv`. Nothing is guessed: a cell that is not understood is an error with file and line.
public struct EvidenceRow: Hashable, Sendable {
    /// What the drug does when the criterion is met.
    public enum Direction: String, Hashable, Sendable, CaseIterable {
        /// Response is expected.
        case sensitive
        /// No response is expected.
        case resistant
        /// Less response is expected.
        case reduced
        /// A trial found no benefit.
        case noBenefit = "no_benefit"
        /// Harm is expected.
        case adverse
    }

    /// What a body decided on a date, such as `EMA:approved:2013-08-26`.
    public struct Decision: Hashable, Sendable, CustomStringConvertible {
        /// The authority or payer.
        public let body: String
        /// `approved`, `withdrawn`, `recommended`, `not_recommended`, …
        public let status: String
        /// ISO 8601; empty where nobody entered one, and then it does not count.
        public let date: String

        /// `EMA approved 2013-08-26`.
        public var description: String { date.isEmpty ? "\(body) \(status)" : "\(body) \(status) \(date)" }
    }

    /// The id, unique within its source.
    public let id: String
    /// The source's name and version.
    public let source: String
    /// The gene that the criterion turns on; empty for a biomarker.
    public let gene: String
    /// What is asked.
    public let criterion: Criterion
    /// OncoTree codes for which the fact holds.
    public let tumorTypes: [String]
    /// OncoTree codes for which it does not hold.
    public let excludedTumorTypes: [String]
    /// Drugs; `A + B` is a combination.
    public let therapies: [String]
    /// What the drug does.
    public let direction: Direction
    /// CIViC level A … E.
    public let civic: String
    /// AMP/ASCO/CAP level such as `I-A`.
    public let amp: String
    /// ESCAT tier.
    public let escat: String
    /// OncoKB level.
    public let oncokb: String
    /// Oxford level, with its column behind a space (`1b therapy`).
    public let oxford: String
    /// Authorities' approvals of these drugs for these tumor types.
    public let approvals: [Decision]
    /// Payers' decisions.
    public let nationalDecisions: [Decision]
    /// The transcript on which residues are counted.
    public let transcript: String
    /// Alleles that cause the change, by assembly.
    public let alleles: [Assembly: [Variant]]
    /// `yes`, `no` or empty: does the drug reach the brain?
    public let cnsPenetrant: String
    /// Citations.
    public let citations: [String]
    /// Whether a curator checked the row.
    public let isVerified: Bool
    /// The curator's words.
    public let note: String
    /// First day on which the fact holds, ISO 8601 or empty.
    public let validFrom: String
    /// Last day, ISO 8601 or empty.
    public let validTo: String

    /// Columns that `evidence.tsv` must have.
    public static let columns = [
        "id", "gene", "hgncId", "criterion", "tumorTypes", "excludedTumorTypes", "therapies", "direction",
        "civic",
        "amp", "escat", "oncokb", "oxford", "oxfordColumn", "approvals", "nationalDecisions", "transcript",
        "grch37", "grch38", "cnsPenetrant", "citations", "status", "note", "validFrom", "validTo",
    ]

    /// Whether the row holds on a day (ISO 8601).
    public func isValid(on date: String) -> Bool {
        (validFrom.isEmpty || validFrom <= date) && (validTo.isEmpty || date <= validTo)
    }

    /// Whether an authority had approved these drugs for these tumor types by a day. The latest dated statement
    /// counts, so a withdrawal ends an approval; one without a date never counts.
    public func approval(by agency: String, on date: String) -> Decision? {
        let latest = approvals.filter { $0.body == agency && !$0.date.isEmpty && $0.date <= date }
            .max { $0.date < $1.date }
        return latest?.status == "approved" ? latest : nil
    }

    /// The latest dated decision of a payer by a day.
    public func decision(of body: String, on date: String) -> Decision? {
        nationalDecisions.filter { $0.body == body && !$0.date.isEmpty && $0.date <= date }
            .max { $0.date < $1.date }
    }
}

extension EvidenceRow {
    /// The drugs of a therapy, sorted: `B + A` is the same as `A + B`.
    public static func drugs(of therapy: String) -> [String] { parts(of: therapy).sorted() }

    /// The drugs of a therapy in the order in which it names them.
    static func parts(of therapy: String) -> [String] {
        therapy.split(separator: "+").map { Array($0.utf8)[...].trimmedText }
    }
}
