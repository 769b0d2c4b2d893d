public import Genome
internal import Variants

extension EvidenceRow {
    /// Reads all rows of a table; every fault is reported, not only the first.
    public static func parse(
        _ table: TSVTable, source: String, tumorTypes: TumorTypes
    ) -> (rows: [EvidenceRow], problems: [InputError]) {
        var rows: [EvidenceRow] = []
        let problems = parse(table, source: source, tumorTypes: tumorTypes, into: &rows)
        return (rows, problems)
    }

    /// As above, with the rows behind those that are there; returns what is wrong.
    public static func parse(
        _ table: TSVTable, source: String, tumorTypes: TumorTypes, into rows: inout [EvidenceRow]
    ) -> [InputError] {
        var problems: [InputError] = []
        var reader = EvidenceRowReader(table, source: source, tumorTypes: tumorTypes)
        rows.reserveCapacity(rows.count + table.rows.count)
        for row in table.rows {
            if let parsed = reader.read(row) { rows.append(parsed) }
            problems += reader.faults.map {
                InputError(file: table.file, place: .line(row.line), problem: $0.found, remedy: $0.remedy)
            }
        }
        return problems
    }

    static func alleles(
        _ items: [String], _ fault: (String, String) -> InputError
    ) throws(InputError) -> [Variant] {
        var alleles: [Variant] = []
        for item in items {
            guard let allele = Variant(cell: item) else {
                throw fault(
                    "\"\(item)\" is not contig:position:ref:alt", "Write for example 7:140753336:A:T.")
            }
            alleles.append(allele.trimmed(keepingAnchor: false))
        }
        return alleles
    }

    /// Whether text is a calendar date YYYY-MM-DD.
    public static func isDate(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 10 else { return false }
        for (place, byte) in bytes.enumerated() {
            guard place == 4 || place == 7 ? byte == UInt8(ascii: "-") : 0x30...0x39 ~= byte else {
                return false
            }
        }
        func number(_ place: Int) -> Int { Int(bytes[place] - 0x30) * 10 + Int(bytes[place + 1] - 0x30) }
        let year = number(0) * 100 + number(2), month = number(5)
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return 1...12 ~= month && 1...days[month - 1] ~= number(8)
    }
}

extension Variant {
    /// An allele of a cell, `contig:position:ref:alt`, 1-based, as it is written; nil for other text.
    init?(cell item: String) {
        let parts = item.parts(between: UInt8(ascii: ":"))
        guard parts.count == 4, !parts[0].isEmpty, let position = Int(parts[1]), position > 0,
            (parts[2] + parts[3]).utf8.allSatisfy({ "ACGT".utf8.contains($0) }), !parts[2].isEmpty,
            !parts[3].isEmpty
        else { return nil }
        self.init(
            contig: Contig(parts[0]), oneBased: position, reference: parts[2], alternate: parts[3])
    }
}

/// Reads rows of `evidence.tsv`, and of `trials.tsv` what is matched, of each with all its faults.
struct EvidenceRowReader {
    /// Columns whose cells are one of a few words.
    private static let vocabularies = [
        ("civic", ["", "A", "B", "C", "D", "E"]),
        ("amp", ["", "I-A", "I-B", "II-C", "II-D", "III", "IV"]),
        ("oncokb", ["", "1", "2", "3A", "3B", "4", "R1", "R2"]),
        ("oxford", ["", "1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "4", "5"]),
        ("status", ["verified", "unverified"]),
        ("cnsPenetrant", ["", "yes", "no"]),
    ]

    private let table: TSVTable
    private let source: String
    private let types: TumorTypes
    private let isOfTrials: Bool
    private var lines: [String: Int] = [:]
    private var unknownTypes: [String: String] = [:]
    /// What is wrong with the row that was read last; with an error it is no row.
    private(set) var faults: [KnowledgeFault] = []

    init(_ table: TSVTable, source: String, tumorTypes: TumorTypes, isOfTrials: Bool = false) {
        (self.table, self.source, types, self.isOfTrials) = (table, source, tumorTypes, isOfTrials)
    }

    private mutating func add(
        _ rule: KnowledgeProblem.Rule, _ column: String, _ found: String, expected: String = "",
        _ remedy: String
    ) {
        faults.append(
            KnowledgeFault(rule, column: column, found: found, expected: expected, remedy: remedy))
    }

    /// What was understood of the row that was read last, with a measure for a criterion and a direction that were not.
    private(set) var draft: EvidenceRow?

    /// The row; nil where it has faults.
    mutating func read(_ row: TSVTable.Row) -> EvidenceRow? {
        faults.removeAll(keepingCapacity: true)
        let table = table
        func cell(_ name: String) -> String { table.trimmedCell(row, name) }
        let id = cell("id"), gene = cell("gene")
        if id.isEmpty {
            add(.rowID, "id", "the row has no id", expected: "an id of its own", "Give it one.")
        } else if let other = lines.updateValue(row.line, forKey: id) {
            add(.rowTwice, "id", "id \"\(id)\" stands in line \(other) already", "Give each row its own id.")
        }
        let criterion = criterion(cell("criterion"), gene)
        let direction = isOfTrials ? .sensitive : EvidenceRow.Direction(rawValue: cell("direction"))
        if direction == nil {
            let all = EvidenceRow.Direction.allCases.map(\.rawValue).joined(separator: ", ")
            add(
                .cellValue, "direction", "direction \"\(cell("direction"))\" is unknown",
                expected: "one of \(all)", "Use \(all).")
        }
        let tumorTypes = table.items(row, "tumorTypes"), excluded = table.items(row, "excludedTumorTypes")
        check(tumorTypes, excluded)
        let therapies = table.items(row, "therapies")
        if therapies.isEmpty {
            add(
                .cellValue, "therapies", "no therapy", expected: "drugs",
                "Name the drugs; a combination as \"A + B\".")
        }
        for (name, allowed) in Self.vocabularies where !allowed.contains(cell(name)) {
            let words = allowed.filter { !$0.isEmpty }.joined(separator: ", ")
            let choice = "one of \(words)\(allowed[0].isEmpty ? " or leave it empty" : "")"
            add(
                .cellValue, name, "\(name) is \"\(cell(name))\"", expected: "one of \(words)",
                "Use \(choice).")
        }
        let approvals = decisions(row, "approvals"), national = decisions(row, "nationalDecisions")
        let grch37 = alleles(row, "grch37"), grch38 = alleles(row, "grch38")
        let citations = table.items(row, "citations")
        let isVerified = cell("status") == "verified"
        if citations.isEmpty, isVerified || isOfTrials {
            add(
                .citationMissing, "citations", "no citation",
                expected: isOfTrials ? "the registry's page" : "a source for a verified row",
                "Cite a document or a PMID.")
        }
        let days = isOfTrials ? ["openFrom", "openTo"] : ["validFrom", "validTo"]
        for name in days where !cell(name).isEmpty && !EvidenceRow.isDate(cell(name)) {
            add(
                .cellValue, name, "\"\(cell(name))\" is no date", expected: "a day YYYY-MM-DD",
                "Write YYYY-MM-DD.")
        }
        let assumed = cell("oncokb").hasPrefix("R") ? EvidenceRow.Direction.resistant : .sensitive
        draft = EvidenceRow(
            id: id, source: source, gene: gene,
            criterion: criterion ?? .biomarker(.hrd, definition: nil, minimum: nil), tumorTypes: tumorTypes,
            excludedTumorTypes: excluded, therapies: therapies, direction: direction ?? assumed,
            civic: cell("civic"),
            amp: cell("amp"), escat: cell("escat"), oncokb: cell("oncokb"),
            oxford: [cell("oxford"), cell("oxfordColumn")].filter { !$0.isEmpty }.joined(separator: " "),
            approvals: approvals, nationalDecisions: national, transcript: cell("transcript"),
            alleles: [.grch37: grch37, .grch38: grch38], cnsPenetrant: cell("cnsPenetrant"),
            citations: citations, isVerified: isVerified, note: cell("note"), validFrom: cell(days[0]),
            validTo: cell(days[1]))
        return faults.isEmpty ? draft : nil
    }

    private mutating func criterion(_ text: String, _ gene: String) -> Criterion? {
        do {
            let criterion = try Criterion(parsing: text)
            let genes = criterion.genes
            if !gene.isEmpty, !genes.isEmpty, !genes.contains(gene) {
                add(
                    .geneCriterion, "gene",
                    "gene is \(gene) but the criterion names \(genes.joined(separator: ", "))",
                    expected: "a gene that the criterion names", "Make them agree.")
            }
            return criterion
        } catch {
            var fault = KnowledgeFault(
                .criterionSyntax, column: "criterion", found: "criterion: \(error)",
                expected: "the grammar of criteria", remedy: "See the grammar in the knowledge base's README."
            )
            (fault.criterion, fault.position) = (text, error.position)
            faults.append(fault)
            return nil
        }
    }

    private mutating func check(_ tumorTypes: [String], _ excluded: [String]) {
        if tumorTypes.isEmpty {
            add(
                .cellValue, "tumorTypes", "no tumor type", expected: "OncoTree codes",
                "Give OncoTree codes, SOLID or ANY.")
        }
        for (column, codes) in [("tumorTypes", tumorTypes), ("excludedTumorTypes", excluded)] {
            for code in codes where types.type(code) == nil {
                add(
                    .tumorUnknown, column, "tumor type \"\(code)\" is unknown", expected: "an OncoTree code",
                    hint(code))
            }
        }
    }

    /// What an unknown code may mean; each is searched once, and of many only the first.
    private mutating func hint(_ code: String) -> String {
        if let known = unknownTypes[code] { return known }
        var hint = "Use an OncoTree code, SOLID or ANY."
        if let type = types.resolve(code) {
            hint = "Write \(type.code)."
        } else if unknownTypes.count < NearestNames.limit {
            hint = "Did you mean \(types.nearest(to: code).joined(separator: ", "))?"
        }
        unknownTypes[code] = hint
        return hint
    }

    private mutating func decisions(_ row: TSVTable.Row, _ column: String) -> [EvidenceRow.Decision] {
        table.items(row, column).compactMap { item in
            let parts = item.parts(between: UInt8(ascii: ":"))
            guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty,
                parts[2].isEmpty || EvidenceRow.isDate(parts[2])
            else {
                add(
                    .cellValue, column, "\"\(item)\" is not body:status:date",
                    expected: "body:status:YYYY-MM-DD", "Write for example EMA:approved:2013-08-26.")
                return nil
            }
            return EvidenceRow.Decision(body: parts[0], status: parts[1], date: parts[2])
        }
    }

    private mutating func alleles(_ row: TSVTable.Row, _ column: String) -> [Variant] {
        table.items(row, column).compactMap { item in
            guard let allele = Variant(cell: item) else {
                add(
                    .cellValue, column, "\"\(item)\" is not contig:position:ref:alt",
                    expected: "contig:position:REF:ALT", "Write for example 7:140753336:A:T.")
                return nil
            }
            return allele.trimmed(keepingAnchor: false)
        }
    }
}
