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
    /// Reads all rows of a table; every fault is reported, not only the first.
    public static func parse(
        _ table: TSVTable, source: String, tumorTypes: TumorTypes
    ) -> (rows: [EvidenceRow], problems: [InputError]) {
        var rows: [EvidenceRow] = []
        var problems: [InputError] = []
        var lines: [String: Int] = [:]
        for row in table.rows {
            do throws(InputError) {
                let parsed = try EvidenceRow(row, table, source: source, tumorTypes: tumorTypes)
                if let other = lines.updateValue(row.line, forKey: parsed.id) {
                    throw fault(
                        table, row.line, "id \"\(parsed.id)\" stands in line \(other) already",
                        "Give each row its own id.")
                }
                rows.append(parsed)
            } catch {
                problems.append(error)
            }
        }
        return (rows, problems)
    }

    /// Columns whose cells are one of a few words.
    private static let vocabularies = [
        ("civic", ["", "A", "B", "C", "D", "E"]),
        ("amp", ["", "I-A", "I-B", "II-C", "II-D", "III", "IV"]),
        ("oncokb", ["", "1", "2", "3A", "3B", "4", "R1", "R2"]),
        ("oxford", ["", "1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "4", "5"]),
        ("status", ["verified", "unverified"]),
        ("cnsPenetrant", ["", "yes", "no"]),
    ]

    private static func fault(_ table: TSVTable, _ line: Int, _ problem: String, _ remedy: String)
        -> InputError
    {
        InputError(file: table.file, place: .line(line), problem: problem, remedy: remedy)
    }

    private init(
        _ row: TSVTable.Row, _ table: TSVTable, source: String, tumorTypes types: TumorTypes
    ) throws(InputError) {
        func cell(_ name: String) -> String { table.trimmedCell(row, name) }
        func fault(_ problem: String, _ remedy: String) -> InputError {
            Self.fault(table, row.line, problem, remedy)
        }
        self.source = source
        id = cell("id")
        guard !id.isEmpty else { throw fault("the row has no id", "Give it one.") }
        gene = cell("gene")
        criterion = try Self.criterion(cell("criterion"), fault)
        guard gene.isEmpty || criterion.genes.isEmpty || criterion.genes.contains(gene) else {
            throw fault(
                "gene is \(gene) but the criterion names \(criterion.genes.joined(separator: ", "))",
                "Make them agree.")
        }
        guard let direction = Direction(rawValue: cell("direction")) else {
            throw fault(
                "direction \"\(cell("direction"))\" is unknown",
                "Use \(Direction.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        self.direction = direction
        (tumorTypes, excludedTumorTypes) = try Self.tumorTypes(row, table, known: types, fault)
        therapies = table.items(row, "therapies")
        guard !therapies.isEmpty else {
            throw fault("no therapy", "Name the drugs; a combination as \"A + B\".")
        }
        civic = cell("civic")
        amp = cell("amp")
        escat = cell("escat")
        oncokb = cell("oncokb")
        oxford = [cell("oxford"), cell("oxfordColumn")].filter { !$0.isEmpty }.joined(separator: " ")
        for (name, allowed) in Self.vocabularies {
            let value = cell(name)
            guard !allowed.contains(value) else { continue }
            throw fault(
                "\(name) is \"\(value)\"",
                "Use one of \(allowed.filter { !$0.isEmpty }.joined(separator: ", "))\(allowed[0].isEmpty ? " or leave it empty" : "")."
            )
        }
        approvals = try Self.decisions(table.items(row, "approvals"), fault)
        nationalDecisions = try Self.decisions(table.items(row, "nationalDecisions"), fault)
        transcript = cell("transcript")
        alleles = [
            .grch37: try Self.alleles(table.items(row, "grch37"), fault),
            .grch38: try Self.alleles(table.items(row, "grch38"), fault),
        ]
        cnsPenetrant = cell("cnsPenetrant")
        citations = table.items(row, "citations")
        guard !citations.isEmpty else { throw fault("no citation", "Cite a document or a PMID.") }
        isVerified = cell("status") == "verified"
        note = cell("note")
        validFrom = cell("validFrom")
        validTo = cell("validTo")
        for date in [validFrom, validTo] where !date.isEmpty && !Self.isDate(date) {
            throw fault("\"\(date)\" is no date", "Write YYYY-MM-DD.")
        }
    }

    static func criterion(
        _ text: String, _ fault: (String, String) -> InputError
    ) throws(InputError) -> Criterion {
        do {
            return try Criterion(parsing: text)
        } catch {
            throw fault("criterion: \(error)", "See the grammar in the knowledge base's README.")
        }
    }

    /// The codes for which a fact holds and does not hold, each known and the first not empty.
    static func tumorTypes(
        _ row: TSVTable.Row, _ table: TSVTable, known types: TumorTypes,
        _ fault: (String, String) -> InputError
    ) throws(InputError) -> (included: [String], excluded: [String]) {
        let included = table.items(row, "tumorTypes"), excluded = table.items(row, "excludedTumorTypes")
        guard !included.isEmpty else {
            throw fault("no tumor type", "Give OncoTree codes, SOLID or ANY.")
        }
        for code in included + excluded where types.type(code) == nil {
            throw fault(
                "tumor type \"\(code)\" is unknown",
                "Did you mean \(types.nearest(to: code).joined(separator: ", "))?")
        }
        return (included, excluded)
    }

    private static func decisions(
        _ items: [String], _ fault: (String, String) -> InputError
    ) throws(InputError) -> [Decision] {
        var decisions: [Decision] = []
        for item in items {
            let parts = item.parts(between: UInt8(ascii: ":"))
            guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty, parts[2].isEmpty || isDate(parts[2])
            else {
                throw fault(
                    "\"\(item)\" is not body:status:date", "Write for example EMA:approved:2013-08-26.")
            }
            decisions.append(Decision(body: parts[0], status: parts[1], date: parts[2]))
        }
        return decisions
    }

    /// The drugs of a therapy, sorted: `B + A` is the same as `A + B`.
    public static func drugs(of therapy: String) -> [String] {
        therapy.split(separator: "+").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }.sorted()
    }

    static func alleles(
        _ items: [String], _ fault: (String, String) -> InputError
    ) throws(InputError) -> [Variant] {
        var alleles: [Variant] = []
        for item in items {
            let parts = item.parts(between: UInt8(ascii: ":"))
            guard parts.count == 4, let position = Int(parts[1]), position > 0,
                (parts[2] + parts[3]).utf8.allSatisfy({ "ACGT".utf8.contains($0) }), !parts[2].isEmpty,
                !parts[3].isEmpty
            else {
                throw fault(
                    "\"\(item)\" is not contig:position:ref:alt", "Write for example 7:140753336:A:T.")
            }
            alleles.append(
                Variant(
                    contig: Contig(parts[0]), oneBased: position, reference: parts[2], alternate: parts[3]
                )
                .trimmed(keepingAnchor: false))
        }
        return alleles
    }

    /// Whether text is a calendar date YYYY-MM-DD.
    static func isDate(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 10 else { return false }
        for (place, byte) in bytes.enumerated() {
            guard place == 4 || place == 7 ? byte == UInt8(ascii: "-") : 0x30...0x39 ~= byte else {
                return false
            }
        }
        func number(_ place: Int) -> UInt8 { (bytes[place] - 0x30) * 10 + bytes[place + 1] - 0x30 }
        return 1...12 ~= number(5) && 1...31 ~= number(8)
    }
}
