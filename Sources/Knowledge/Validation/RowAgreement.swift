// Which rows say the same twice, and which the opposite?
//
//     twice       one source, one criterion, the same tumor types, drugs and direction, at one time
//     opposite    one criterion and drug, tumor types of which one lies on or under the other and is excluded by
//                 neither, at one time: sensitive in one row, resistant or without benefit in the other
//
// Rows are put into groups by what must be equal, so that no two rows of different groups are ever compared. In a group
// the rows that speak for a drug are listed under each of their tumor types and under its ancestors; a row that
// speaks against it looks its own types up. Whether two spans of days meet is asked of a list sorted by the first day
// with the latest last day so far (`Spans`). The cost is linear in the rows, but for sorting.

/// Finds duplicates and contradictions among the rows of a base.
struct RowAgreement {
    /// What is kept of a row.
    private struct Fact {
        let id: String
        /// The number of the table, and the line.
        let table, line: Int32
        let criterion, types, excluded, therapies, levels: Int32
        let direction: EvidenceRow.Direction
        let first, last: UInt32
        var isReplaced = false
    }

    private struct DrugQuestion: Hashable {
        let criterion, drug: Int32
    }

    private struct Statement: Hashable {
        let source, criterion, types, excluded, therapies: Int32
        let direction: EvidenceRow.Direction
    }

    private struct Listing: Hashable {
        let type: String
        let excluded: Int32
    }

    private var tables: [KnowledgePlace] = []
    private var facts: [Fact] = []
    private var numbers: [String: Int32] = [:]
    private var texts: [String] = []
    private var questions: [DrugQuestion: [Int32]] = [:]
    /// The first row of each statement, and those that say it again.
    private var statements: [Statement: Int32] = [:]
    private var repetitions: [Int32: [Int32]] = [:]
    private var ids: [String: Int32] = [:]

    /// The number of a text, the same for equal ones.
    private mutating func number(_ text: String) -> Int32 {
        if let known = numbers[text] { return known }
        let number = Int32(texts.count)
        numbers[text] = number
        texts.append(text)
        return number
    }

    private func place(_ index: Int32) -> KnowledgePlace {
        let fact = facts[Int(index)]
        return tables[Int(fact.table)].row(Int(fact.line), id: fact.id)
    }

    /// Takes a row; gives the place of the row of another table that it replaces.
    mutating func add(_ row: EvidenceRow, at place: KnowledgePlace) -> KnowledgePlace? {
        let index = Int32(facts.count)
        var replaced: KnowledgePlace?
        if let other = ids.updateValue(index, forKey: row.id) {
            facts[Int(other)].isReplaced = true
            replaced = self.place(other)
        }
        if tables.last?.file != place.file {
            tables.append(KnowledgePlace(source: place.source, table: place.table, file: place.file))
        }
        let levels = [
            ("CIViC", row.civic), ("AMP", row.amp), ("ESCAT", row.escat), ("OncoKB", row.oncokb),
        ].filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }
        let drugs = Set(row.therapies.map(DrugNames.key(ofTherapy:))).sorted()
        let fact = Fact(
            id: row.id, table: Int32(tables.count - 1), line: Int32(clamping: place.line ?? 0),
            criterion: number(row.criterion.canonicalText),
            types: number(Set(row.tumorTypes).sorted().joined(separator: "|")),
            excluded: number(Set(row.excludedTumorTypes).sorted().joined(separator: "|")),
            therapies: number(drugs.joined(separator: "|")), levels: number(levels.joined(separator: ", ")),
            direction: row.direction,
            first: row.validFrom.isEmpty ? 0 : EvidenceIndexBuilder.number(of: row.validFrom),
            last: row.validTo.isEmpty ? .max : EvidenceIndexBuilder.number(of: row.validTo))
        facts.append(fact)
        let statement = Statement(
            source: number(place.source), criterion: fact.criterion, types: fact.types,
            excluded: fact.excluded, therapies: fact.therapies, direction: fact.direction)
        if let first = statements[statement] {
            repetitions[first, default: []].append(index)
        } else {
            statements[statement] = index
        }
        if Self.speaksFor(fact.direction) != nil {
            for drug in drugs {
                let question = DrugQuestion(criterion: fact.criterion, drug: number(drug))
                questions[question, default: []].append(index)
            }
        }
        return replaced
    }

    private static func speaksFor(_ direction: EvidenceRow.Direction) -> Bool? {
        switch direction {
        case .sensitive: true
        case .resistant, .noBenefit: false
        case .reduced, .adverse: nil
        }
    }

    /// What was found, in no order.
    func problems(_ types: TumorTypes) -> [KnowledgeProblem] {
        repetitions.flatMap { duplicates([$0.key] + $0.value) }
            + questions.flatMap { contradictions($0.key, $0.value, types) }
    }

    // MARK: Twice

    private func duplicates(_ group: [Int32]) -> [KnowledgeProblem] {
        let group = group.filter { !facts[Int($0)].isReplaced }
        guard group.count > 1 else { return [] }
        var open: Int32?
        var problems: [KnowledgeProblem] = []
        for index in group.sorted(by: { (facts[Int($0)].first, $0) < (facts[Int($1)].first, $1) }) {
            let fact = facts[Int(index)]
            if let open, facts[Int(open)].last >= fact.first {
                problems.append(duplicate(index, of: open))
                if facts[Int(open)].last >= fact.last { continue }
            }
            open = index
        }
        return problems
    }

    private func duplicate(_ index: Int32, of other: Int32) -> KnowledgeProblem {
        let fault = KnowledgeFault(
            .rowDuplicate, .warning,
            found:
                "the row says what row \(place(other).id) says: criterion, tumor types, therapies and "
                + "direction are the same",
            expected: "one row for one fact", remedy: "Join their citations in one row.")
        return KnowledgeProblem(fault, place(index))
    }

    // MARK: Opposite

    private func contradictions(
        _ question: DrugQuestion, _ group: [Int32], _ types: TumorTypes
    ) -> [KnowledgeProblem] {
        let group = group.filter { !facts[Int($0)].isReplaced }
        let against = group.filter { Self.speaksFor(facts[Int($0)].direction) == false }
        let pro = group.filter { Self.speaksFor(facts[Int($0)].direction) == true }
        guard !against.isEmpty, !pro.isEmpty else { return [] }
        // By a tumor type: rows that have it, and rows that have one under it (with that one).
        var there: [String: [Int32: Spans]] = [:]
        var under: [String: [Listing: Spans]] = [:]
        for index in pro {
            let fact = facts[Int(index)]
            for type in list(fact.types) {
                there[type, default: [:]][fact.excluded, default: Spans()].add(index, fact.first, fact.last)
                for ancestor in types.path(of: type).dropFirst() {
                    under[ancestor, default: [:]][
                        Listing(type: type, excluded: fact.excluded), default: Spans()
                    ].add(index, fact.first, fact.last)
                }
            }
        }
        for key in there.keys { there[key] = there[key]?.mapValues(\.sorted) }
        for key in under.keys { under[key] = under[key]?.mapValues(\.sorted) }
        return against.compactMap { index in
            let fact = facts[Int(index)]
            var found: Int32?
            func ask(_ spans: Spans, _ type: String, _ excluded: Int32) {
                let path = types.path(of: type)
                guard Set(path).isDisjoint(with: list(excluded) + list(fact.excluded)),
                    let other = spans.meeting(fact.first, fact.last)
                else { return }
                found = min(found ?? other, other)
            }
            for type in list(fact.types) {
                for ancestor in types.path(of: type) {
                    for (excluded, spans) in there[ancestor] ?? [:] { ask(spans, type, excluded) }
                }
                for (listing, spans) in under[type] ?? [:] { ask(spans, listing.type, listing.excluded) }
            }
            return found.map { contradiction(index, $0, texts[Int(question.drug)]) }
        }
    }

    private func list(_ number: Int32) -> [String] {
        texts[Int(number)].split(separator: "|").map(String.init)
    }

    private func contradiction(_ index: Int32, _ other: Int32, _ drug: String) -> KnowledgeProblem {
        func told(_ index: Int32) -> String {
            let fact = facts[Int(index)]
            let levels = texts[Int(fact.levels)].isEmpty ? "no level" : texts[Int(fact.levels)]
            return "\(fact.direction.rawValue) in \(texts[Int(fact.types)]) (\(levels))"
        }
        let fault = KnowledgeFault(
            .rowContradiction, .warning, column: "direction",
            found:
                "\(drug): \(told(index)), but row \(place(other).id) of \(place(other).source) says "
                + told(other),
            expected: "one direction for one criterion, drug and tumor type",
            remedy: "Check both; if both hold, let the criteria say what tells them apart.")
        return KnowledgeProblem(fault, place(index))
    }
}

/// Spans of days of rows, to find one that meets another span.
private struct Spans {
    private var all: [(index: Int32, first: UInt32, last: UInt32)] = []
    /// For each place in ``all`` the place up to it of the latest last day.
    private var latest: [Int] = []

    mutating func add(_ index: Int32, _ first: UInt32, _ last: UInt32) { all.append((index, first, last)) }

    /// The same, ready to be asked.
    var sorted: Spans {
        var spans = self
        spans.all.sort { ($0.first, $0.index) < ($1.first, $1.index) }
        spans.latest = []
        for place in spans.all.indices {
            let before = spans.latest.last ?? place
            spans.latest.append(spans.all[place].last > spans.all[before].last ? place : before)
        }
        return spans
    }

    /// A row whose span meets this one.
    func meeting(_ first: UInt32, _ last: UInt32) -> Int32? {
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            if all[middle].first <= last { low = middle + 1 } else { high = middle }
        }
        guard low > 0, all[latest[low - 1]].last >= first else { return nil }
        return all[latest[low - 1]].index
    }
}
