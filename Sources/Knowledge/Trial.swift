public import Genome

/// A clinical trial that a tumor's alterations may lead to.
///
/// A row of `trials.tsv`. Its criterion and tumor types are matched as those of an evidence row are; what comes of it is an item whose
/// access is `trial` while the trial recruits in the report's country. It has no level of evidence, so by itself it makes a finding
/// neither a driver nor targetable. Age and earlier lines are shown to the board, not matched.
public struct Trial: Hashable, Sendable {
    /// Whether patients can enter, in the words of the field.
    public enum Recruitment: String, Hashable, Sendable, CaseIterable {
        /// Not open yet.
        case notYetRecruiting = "not_yet_recruiting"
        /// Open to patients.
        case recruiting
        /// Under way, closed to new patients.
        case activeNotRecruiting = "active_not_recruiting"
        /// Halted for now.
        case suspended
        /// Ended as planned.
        case completed
        /// Ended early.
        case terminated
        /// Given up before the first patient.
        case withdrawn
    }

    /// The registry's id, such as `NCT…` or an EU CT number.
    public let id: String
    /// The source's name and version.
    public let source: String
    /// Title.
    public let title: String
    /// `1`, `1/2`, `2`, `2/3`, `3` or `4`; empty if not told.
    public let phase: String
    /// Whether patients can enter.
    public let recruitment: Recruitment
    /// Country profiles in which there is a site, such as `denmark`.
    public let countries: [String]
    /// Sites, in words.
    public let sites: [String]
    /// Youngest and oldest age in whole years; nil without a limit.
    public let minimumAge: Int?, maximumAge: Int?
    /// Earlier lines of treatment, in words; empty if not told.
    public let earlierLines: String

    /// Columns that `trials.tsv` must have.
    public static let columns = [
        "id", "title", "phase", "recruitment", "countries", "sites", "criterion", "tumorTypes",
        "excludedTumorTypes", "therapies", "earlierLines", "minimumAge", "maximumAge", "openFrom", "openTo",
        "citations", "status",
    ]

    /// Whether the trial takes patients in a country, by the profile's id.
    public func takesPatients(in country: String) -> Bool {
        recruitment == .recruiting && countries.contains(country)
    }

    /// What the board reads: title, phase, whether it recruits, limits and sites.
    public var summary: String {
        var parts = [phase.isEmpty ? "phase not told" : "phase \(phase)"]
        parts.append(recruitment.rawValue.split(separator: "_").joined(separator: " "))
        if let minimumAge { parts.append("from \(minimumAge) years") }
        if let maximumAge { parts.append("to \(maximumAge) years") }
        if !earlierLines.isEmpty { parts.append(earlierLines) }
        parts.append(sites.isEmpty ? countries.joined(separator: ", ") : sites.joined(separator: ", "))
        return "\(title) (\(parts.filter { !$0.isEmpty }.joined(separator: "; ")))"
    }
}

extension Trial {
    /// A trial and the row by which it is matched.
    public typealias Entry = (trial: Trial, row: EvidenceRow)

    /// Reads all trials of a table; every fault is reported, not only the first.
    public static func parse(
        _ table: TSVTable, source: String, tumorTypes: TumorTypes
    ) -> (trials: [Entry], problems: [InputError]) {
        var trials: [Entry] = []
        var problems: [InputError] = []
        var lines: [String: Int] = [:]
        for row in table.rows {
            do throws(InputError) {
                let trial = try Trial(row, table, source: source)
                if let other = lines.updateValue(row.line, forKey: trial.id) {
                    throw InputError(
                        file: table.file, place: .line(row.line),
                        problem: "trial \"\(trial.id)\" stands in line \(other) already",
                        remedy: "Give each trial one row.")
                }
                let matched = try EvidenceRow(trial, row, table, tumorTypes: tumorTypes)
                trials.append((trial, matched))
            } catch {
                problems.append(error)
            }
        }
        return (trials, problems)
    }

    private init(_ row: TSVTable.Row, _ table: TSVTable, source: String) throws(InputError) {
        func cell(_ name: String) -> String { table.trimmedCell(row, name) }
        func fault(_ problem: String, _ remedy: String) -> InputError {
            InputError(file: table.file, place: .line(row.line), problem: problem, remedy: remedy)
        }
        func age(_ name: String) throws(InputError) -> Int? {
            let text = cell(name)
            guard let years = Int(text), 0...150 ~= years else {
                if text.isEmpty { return nil }
                throw fault("\(name) is \"\(text)\"", "Give whole years, or leave it empty.")
            }
            return years
        }
        self.source = source
        id = cell("id")
        title = cell("title")
        guard !id.isEmpty, !title.isEmpty else {
            throw fault("the trial has no id or no title", "Give it the registry's.")
        }
        phase = cell("phase")
        guard ["", "1", "1/2", "2", "2/3", "3", "4"].contains(phase) else {
            throw fault("phase is \"\(phase)\"", "Use 1, 1/2, 2, 2/3, 3 or 4, or leave it empty.")
        }
        guard let recruitment = Recruitment(rawValue: cell("recruitment")) else {
            throw fault(
                "recruitment \"\(cell("recruitment"))\" is unknown",
                "Use \(Recruitment.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        self.recruitment = recruitment
        countries = table.items(row, "countries")
        guard !countries.isEmpty else {
            throw fault("no country", "Name the country profiles with a site, such as denmark.")
        }
        sites = table.items(row, "sites")
        earlierLines = cell("earlierLines")
        minimumAge = try age("minimumAge")
        maximumAge = try age("maximumAge")
        if let minimumAge, let maximumAge, minimumAge > maximumAge {
            throw fault("the ages \(minimumAge) to \(maximumAge) admit nobody", "Put the lower one first.")
        }
    }
}

extension EvidenceRow {
    /// The row by which a trial is matched: no levels and no approvals; it holds while the trial is open.
    ///
    /// AMP/ASCO/CAP counts a criterion of inclusion in a trial as level C, so `II-C`.
    fileprivate init(
        _ trial: Trial, _ row: TSVTable.Row, _ table: TSVTable, tumorTypes types: TumorTypes
    ) throws(InputError) {
        func cell(_ name: String) -> String { table.trimmedCell(row, name) }
        func fault(_ problem: String, _ remedy: String) -> InputError {
            InputError(file: table.file, place: .line(row.line), problem: problem, remedy: remedy)
        }
        let criterion: Criterion
        do {
            criterion = try Criterion(parsing: cell("criterion"))
        } catch {
            throw fault("criterion: \(error)", "See the grammar in the knowledge base's README.")
        }
        let included = table.items(row, "tumorTypes"), excluded = table.items(row, "excludedTumorTypes")
        guard !included.isEmpty else { throw fault("no tumor type", "Give OncoTree codes, SOLID or ANY.") }
        for code in included + excluded where types.type(code) == nil {
            throw fault(
                "tumor type \"\(code)\" is unknown",
                "Did you mean \(types.nearest(to: code).joined(separator: ", "))?")
        }
        let therapies = table.items(row, "therapies"), citations = table.items(row, "citations")
        guard !therapies.isEmpty, !citations.isEmpty else {
            throw fault("no therapy or no citation", "Name the drugs, and the registry's page.")
        }
        let dates = [cell("openFrom"), cell("openTo")]
        for date in dates where !date.isEmpty && !Self.isDate(date) {
            throw fault("\"\(date)\" is no date", "Write YYYY-MM-DD.")
        }
        guard ["verified", "unverified"].contains(cell("status")) else {
            throw fault("status is \"\(cell("status"))\"", "Use verified or unverified.")
        }
        self.init(
            id: trial.id, source: trial.source, gene: criterion.genes.first ?? "", criterion: criterion,
            tumorTypes: included, excludedTumorTypes: excluded, therapies: therapies,
            direction: .sensitive, civic: "", amp: "II-C", escat: "", oncokb: "", oxford: "", approvals: [],
            nationalDecisions: [], transcript: "", alleles: [:], cnsPenetrant: "", citations: citations,
            isVerified: cell("status") == "verified", note: trial.summary, validFrom: dates[0],
            validTo: dates[1])
    }
}
