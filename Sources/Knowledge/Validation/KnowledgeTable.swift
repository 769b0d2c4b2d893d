public import Genome
public import Variants

/// A table of a source as it was found, and where.
public struct KnowledgeTable: Sendable {
    /// The source and the file.
    public let place: KnowledgePlace
    /// The day on which the source was retrieved, ISO 8601; empty where it is not told.
    public let retrieved: String
    /// Its rows; those with another number of cells than the header are left out.
    public let table: TSVTable
    /// Whether no column that is needed is missing.
    public let isWhole: Bool

    /// The table's name.
    public var name: String { place.table }

    /// Reads a table and tells what is wrong with its form; nil where it cannot be read at all.
    public init?(
        _ bytes: [UInt8], at place: KnowledgePlace, retrieved: String, problems: inout [KnowledgeProblem]
    ) {
        (self.place, self.retrieved) = (place, retrieved)
        if let line = Self.firstBadLine(bytes) {
            problems.append(
                KnowledgeProblem(
                    KnowledgeFault(
                        .tableEncoding, found: "the line is no UTF-8", expected: "text in UTF-8",
                        remedy: "Save the table in UTF-8."), place.row(line)))
        }
        let rules = TableRules.of(place.table)
        let required =
            switch place.table {
            case "evidence.tsv": EvidenceRow.columns
            case "trials.tsv": Trial.columns
            default: rules?.required.keys.sorted() ?? []
            }
        var found: [KnowledgeProblem] = []
        do throws(InputError) {
            table = try TSVTable(bytes: bytes, file: place.file, required: required) { error, rule in
                found.append(KnowledgeProblem(error, rule, place))
            }
        } catch {
            problems.append(KnowledgeProblem(error, .tableHeader, place))
            return nil
        }
        isWhole = !found.contains { $0.rule == .tableHeader }
        let known = Set(required).union(rules?.optional.keys.map(\.self) ?? [])
        if !TableRules.withoutRules.contains(place.table) {
            for column in table.columns where !known.contains(column) {
                found.append(
                    KnowledgeProblem(
                        KnowledgeFault(
                            .tableColumn, .warning, column: column,
                            found: "column \"\(column)\" is not known and not read",
                            expected: known.sorted().joined(separator: ", "),
                            remedy: "Check its name, or take it out."), place))
            }
        }
        problems += found
    }

    /// The alleles that a row lists in a column, as they are written; those that are none are left out.
    public func alleles(_ row: TSVTable.Row, _ column: String) -> [Variant] {
        table.items(row, column).compactMap { Variant(cell: $0) }
            .filter { $0.reference != $0.alternate }
    }

    /// The first line that is no UTF-8.
    private static func firstBadLine(_ bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }).map { $0 + 1 }
    }
}

extension KnowledgeProblem {
    /// A fault that another part of the program told, in a file of this place.
    public init(
        _ error: InputError, _ rule: Rule, _ place: KnowledgePlace, severity: Severity = .error
    ) {
        var place = place
        switch error.place {
        case .file: break
        case .line(let line): place.line = line
        case .record(let id): place.id = id
        }
        self.init(KnowledgeFault(rule, severity, found: error.problem, remedy: error.remedy), place)
    }
}
