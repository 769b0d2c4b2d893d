internal import Genome
internal import Variants

/// Checks the tables beside `evidence.tsv`: each cell by its column's rule, each row once, and what rows say of each other.
struct TableCheck {
    private let table: KnowledgeTable
    private let rules: TableRules
    private var lines: [[String]: Int] = [:]
    private(set) var problems: [KnowledgeProblem] = []

    /// A check of a table; nil for one without rules.
    init?(_ table: KnowledgeTable) {
        guard let rules = TableRules.of(table.name) else { return nil }
        (self.table, self.rules) = (table, rules)
    }

    mutating func run(_ vocabulary: inout KnowledgeVocabulary) {
        let columns = rules.required.merging(rules.optional) { $1 }.sorted { $0.key < $1.key }
            .filter { table.table.columns.contains($0.key) }
        if table.name == "tumor_types.tsv" { checkTree() }
        for row in table.table.rows {
            for (column, rule) in columns { check(row, column, rule, &vocabulary) }
            checkCitations(row)
            checkMeaning(row, vocabulary)
            let key = rules.key.map { cell(row, $0) }
            if let other = lines.updateValue(row.line, forKey: key) {
                add(
                    row,
                    KnowledgeFault(
                        .rowTwice, found: "\(key.joined(separator: " ")) stands in line \(other) already",
                        expected: "one row for each \(rules.key.joined(separator: " and "))",
                        remedy: "Remove one of them."))
            }
        }
    }

    /// Parents that are there, and names that lead to one type each.
    private mutating func checkTree() {
        let codes = Set(table.table.rows.map { cell($0, "code") })
        var owners: [String: String] = [:]
        for row in table.table.rows {
            let code = cell(row, "code"), parent = cell(row, "parent")
            if !parent.isEmpty, !codes.contains(parent) {
                add(row, tree("parent", "parent \"\(parent)\" is no code of the table", "a code, or nothing"))
            }
            let names = table.table.items(row, "synonyms") + table.table.items(row, "doid")
            for (name, isName) in [(code, false), (cell(row, "name"), true)] + names.map({ ($0, false) }) {
                guard let owner = owners[name.lowercased()], owner != code else {
                    owners[name.lowercased()] = code
                    continue
                }
                // OncoTree itself gives a few types the same name; their codes stay unique.
                if isName { continue }
                add(
                    row,
                    tree("synonyms", "\"\(name)\" leads to \(owner) and to \(code)", "a name of one type"))
            }
        }
    }

    private func tree(_ column: String, _ found: String, _ expected: String) -> KnowledgeFault {
        KnowledgeFault(.tumorTree, column: column, found: found, expected: expected, remedy: "Mend the row.")
    }

    private func cell(_ row: TSVTable.Row, _ column: String) -> String {
        table.table.trimmedCell(row, column)
    }

    private mutating func add(_ row: TSVTable.Row, _ fault: KnowledgeFault) {
        let id = cell(row, table.table.columns.contains("gene") ? "gene" : rules.key[0])
        problems.append(KnowledgeProblem(fault, table.place.row(row.line, id: id)))
    }

    private mutating func check(
        _ row: TSVTable.Row, _ column: String, _ rule: TableRules.Cell, _ words: inout KnowledgeVocabulary
    ) {
        let text = cell(row, column)
        if table.table.cell(row, column) != text {
            // Most tables are read as they stand, so that a blank makes another name.
            add(row, value(column, "\"\(table.table.cell(row, column))\" has white space at an end", text))
            return
        }
        switch rule {
        case .text: break
        case .filled:
            if text.isEmpty { add(row, value(column, "\(column) is empty", "a value")) }
        case .word(let allowed):
            guard !allowed.contains(text) else { return }
            let all = allowed.map { $0.isEmpty ? "nothing" : $0 }.joined(separator: ", ")
            add(row, value(column, "\(column) is \"\(text)\"", "one of \(all)"))
        case .integer(let first, let isOptional):
            if text.isEmpty, isOptional { return }
            if let number = Int(text), number >= first { return }
            let from = first == .min ? "" : " from \(first) on"
            add(row, value(column, "\(column) is \"\(text)\"", "a whole number\(from)"))
        case .fraction:
            guard !text.isEmpty, Double(text).map({ (0...1).contains($0) }) != true else { return }
            add(row, value(column, "\(column) is \"\(text)\"", "a fraction from 0 to 1"))
        case .gene:
            if text.isEmpty {
                add(row, value(column, "\(column) is empty", "a gene"))
            } else if let fault = words.fault(ofGene: text, column: column, .table) {
                add(row, fault)
            }
        case .identifier:
            guard !text.isEmpty, !KnowledgeVocabulary.isIdentifier(text) else { return }
            add(row, value(column, "\"\(text)\" is no HGNC id", "HGNC: and a number"))
        case .alleles:
            for item in table.table.items(row, column) where Variant(cell: item) == nil {
                add(row, value(column, "\"\(item)\" is no allele", "contig:position:REF:ALT"))
            }
        case .tumorType:
            guard words.tumorTypes.type(text) == nil else { return }
            add(
                row,
                KnowledgeFault(
                    .tumorUnknown, column: column, found: "tumor type \"\(text)\" is unknown",
                    expected: "an OncoTree code",
                    remedy: "Did you mean \(words.tumorTypes.nearest(to: text).joined(separator: ", "))?"))
        }
    }

    private func value(_ column: String, _ found: String, _ expected: String) -> KnowledgeFault {
        KnowledgeFault(.cellValue, column: column, found: found, expected: expected, remedy: "Mend the cell.")
    }

    private mutating func checkCitations(_ row: TSVTable.Row) {
        let column = table.name == "expectations.tsv" ? "source" : "citations"
        guard table.table.columns.contains(column), table.table.columns.contains("status") else { return }
        let citations = table.table.items(row, column), isVerified = cell(row, "status") == "verified"
        for fault in Citations.faults(citations, isVerified: isVerified, column: column) { add(row, fault) }
    }

    /// What cells of a row say together.
    private mutating func checkMeaning(_ row: TSVTable.Row, _ vocabulary: KnowledgeVocabulary) {
        func ordered(_ first: String, _ last: String) {
            guard let low = Double(cell(row, first)), let high = Double(cell(row, last)), low > high else {
                return
            }
            add(row, value(last, "\(first) is \(cell(row, first)) and \(last) \(cell(row, last))", "no less"))
        }
        switch table.name {
        case "exons.tsv": ordered("firstResidue", "lastResidue")
        case "genes.tsv", "plus_clinical.tsv": ordered("start", "end")
        case "expectations.tsv": ordered("low", "high")
        case "promoters.tsv":
            if cell(row, "grch37").isEmpty, cell(row, "grch38").isEmpty {
                add(row, value("grch38", "the row has no allele", "an allele on an assembly"))
            }
            for column in ["grch37", "grch38"] where table.table.items(row, column).count > 1 {
                add(
                    row, value(column, "\(column) has several alleles", "one allele, the others are not read")
                )
            }
        default: break
        }
        if ["exons.tsv", "numbering.tsv"].contains(table.name) {
            let transcript = cell(row, "transcript"), gene = cell(row, "gene")
            if let owner = vocabulary.gene(ofTranscript: transcript), owner != gene {
                add(
                    row,
                    KnowledgeFault(
                        .transcriptGene, column: "transcript",
                        found: "\(transcript) is a transcript of \(owner)",
                        expected: "one of \(gene)", remedy: "Mend the gene or the transcript."))
            }
        }
    }
}

/// Citations of a row.
enum Citations {
    /// What is wrong with them: none at all, or a PMID, PMCID or DOI that is none.
    static func faults(_ items: [String], isVerified: Bool, column: String = "citations") -> [KnowledgeFault]
    {
        if items.isEmpty {
            return [
                KnowledgeFault(
                    .citationMissing, isVerified ? .error : .warning, column: column, found: "no citation",
                    expected: isVerified ? "a source for a verified row" : "a source",
                    remedy: "Cite a document or a PMID.")
            ]
        }
        return items.compactMap { item in
            isSound(item)
                ? nil
                : KnowledgeFault(
                    .citationForm, column: column, found: "\"\(item)\" is no citation",
                    expected:
                        "PMID: and a number without leading zero, PMC and a number, doi:10.…, or a document's name",
                    remedy: "Write for example PMID:21639808.")
        }
    }

    /// Whether an identifier is one by its form; names of documents are any text that is no bare number.
    private static func isSound(_ item: String) -> Bool {
        let upper = item.uppercased()
        if upper.hasPrefix("PMID") {
            guard item.hasPrefix("PMID:") else { return false }
            return isNumber(item.dropFirst(5), atMost: 8)
        }
        if upper.hasPrefix("PMC"), let next = upper.dropFirst(3).first, next.isNumber || next == ":" {
            return item.hasPrefix("PMC") && isNumber(item.dropFirst(3), atMost: 9)
        }
        if upper.hasPrefix("DOI") {
            return item.hasPrefix("doi:10.") && item.dropFirst(7).contains("/") && !item.contains(" ")
        }
        return !item.utf8.allSatisfy { 0x30...0x39 ~= $0 }
    }

    private static func isNumber(_ text: Substring, atMost digits: Int) -> Bool {
        1...digits ~= text.utf8.count && text.first != "0" && text.utf8.allSatisfy { 0x30...0x39 ~= $0 }
    }
}
