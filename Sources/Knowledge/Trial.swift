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
        var reader = TrialReader(table, source: source, tumorTypes: tumorTypes)
        for row in table.rows {
            if let entry = reader.read(row) { trials.append(entry) }
            problems += reader.faults.map {
                InputError(file: table.file, place: .line(row.line), problem: $0.found, remedy: $0.remedy)
            }
        }
        return (trials, problems)
    }
}

/// Reads rows of `trials.tsv`, of each with all its faults: what is matched by the rules of evidence, the rest here.
struct TrialReader {
    private let table: TSVTable
    private let source: String
    private var matched: EvidenceRowReader
    /// What is wrong with the row that was read last; with an error it is no trial.
    private(set) var faults: [KnowledgeFault] = []
    /// What was understood of the row that was read last, see ``EvidenceRowReader/draft``.
    var draft: EvidenceRow? { matched.draft }

    init(_ table: TSVTable, source: String, tumorTypes: TumorTypes) {
        (self.table, self.source) = (table, source)
        matched = EvidenceRowReader(table, source: source, tumorTypes: tumorTypes, isOfTrials: true)
    }

    /// The trial; nil where it has faults.
    mutating func read(_ row: TSVTable.Row) -> Trial.Entry? {
        let matchedRow = matched.read(row)
        faults = matched.faults
        let table = table
        func cell(_ name: String) -> String { table.trimmedCell(row, name) }
        let phases = ["", "1", "1/2", "2", "2/3", "3", "4"]
        let words = Trial.Recruitment.allCases.map(\.rawValue)
        let title = cell("title"), phase = cell("phase"), countries = table.items(row, "countries")
        let openFrom = cell("openFrom"), openTo = cell("openTo")
        if title.isEmpty { add("title", "the trial has no title", "Give it the registry's.") }
        if !phases.contains(phase) {
            add("phase", "phase is \"\(phase)\"", "Use 1, 1/2, 2, 2/3, 3 or 4, or leave it empty.")
        }
        let recruitment = Trial.Recruitment(rawValue: cell("recruitment"))
        if recruitment == nil {
            add(
                "recruitment", "recruitment \"\(cell("recruitment"))\" is unknown",
                "Use \(words.joined(separator: ", ")).")
        }
        if countries.isEmpty {
            add("countries", "no country", "Name the country profiles with a site, such as denmark.")
        }
        let minimum = age("minimumAge", cell("minimumAge")), maximum = age("maximumAge", cell("maximumAge"))
        if let minimum, let maximum, minimum > maximum {
            add(
                "maximumAge", "the ages \(minimum) to \(maximum) admit nobody", "Put the lower one first.")
        }
        if EvidenceRow.isDate(openFrom), EvidenceRow.isDate(openTo), openTo < openFrom {
            add("openTo", "openTo \(openTo) is before openFrom \(openFrom)", "Mend the dates.", .dateOrder)
        }
        guard faults.isEmpty, let matchedRow, let recruitment else { return nil }
        let trial = Trial(
            id: matchedRow.id, source: source, title: title, phase: phase, recruitment: recruitment,
            countries: countries, sites: table.items(row, "sites"), minimumAge: minimum,
            maximumAge: maximum, earlierLines: cell("earlierLines"))
        return (trial, EvidenceRow(trial, matchedRow))
    }

    private mutating func add(
        _ column: String, _ found: String, _ remedy: String, _ rule: KnowledgeProblem.Rule = .cellValue
    ) {
        faults.append(KnowledgeFault(rule, column: column, found: found, remedy: remedy))
    }

    private mutating func age(_ column: String, _ text: String) -> Int? {
        if let years = Int(text), 0...150 ~= years { return years }
        if !text.isEmpty {
            add(column, "\(column) is \"\(text)\"", "Give whole years, or leave it empty.")
        }
        return nil
    }
}

extension EvidenceRow {
    /// The row by which a trial is matched: no levels and no approvals; it holds while the trial is open.
    ///
    /// AMP/ASCO/CAP counts a criterion of inclusion in a trial as level C, so `II-C`.
    fileprivate init(_ trial: Trial, _ row: EvidenceRow) {
        self.init(
            id: trial.id, source: trial.source, gene: row.criterion.genes.first ?? "",
            criterion: row.criterion, tumorTypes: row.tumorTypes,
            excludedTumorTypes: row.excludedTumorTypes, therapies: row.therapies,
            direction: .sensitive, civic: "", amp: "II-C", escat: "", oncokb: "", oxford: "", approvals: [],
            nationalDecisions: [], transcript: "", alleles: [:], cnsPenetrant: "", citations: row.citations,
            isVerified: row.isVerified, note: trial.summary, validFrom: row.validFrom, validTo: row.validTo)
    }
}
