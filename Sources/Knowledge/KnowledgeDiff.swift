internal import Genome
internal import Variants

/// What two bases tell apart: rows that came, rows that went, and cells that changed.
///
/// A row is the same where its source and id are, whatever the source's version.
///
/// - Source: specification section 10.8.
public struct KnowledgeDiff: Codable, Hashable, Sendable {
    /// What became of a row.
    public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        /// It is in the new base alone.
        case added
        /// It is in the old base alone.
        case removed
        /// A cell differs.
        case changed
    }

    /// One row that came or went, or one cell that changed.
    public struct Change: Codable, Hashable, Sendable {
        /// What became of it.
        public var kind: Kind
        /// The row's id.
        public var id: String
        /// The source without its version.
        public var source: String
        /// The cell, as the column is called; empty for a row that came or went.
        public var field: String
        /// What the old base says; for a row that went all that tells it.
        public var old: String
        /// What the new base says.
        public var new: String
    }

    /// The share of rows from which on their loss is an alarm.
    public static let alarmShare = 0.05

    /// Rows of the old base.
    public var oldRows: Int
    /// Rows of the new base.
    public var newRows: Int
    /// Changes by source, id and cell.
    public var changes: [Change]

    /// The share of the old rows that the new base does not have, 0 … 1.
    public var lostShare: Double {
        oldRows > 0 ? Double(changes.count { $0.kind == .removed }) / Double(oldRows) : 0
    }
    /// Whether so many rows vanished that the new base is more likely damaged than improved.
    public var isAlarming: Bool { lostShare > Self.alarmShare }

    /// The differences of two bases.
    public init(_ old: [EvidenceRow], _ new: [EvidenceRow]) {
        struct Key: Hashable {
            var source: String
            var id: String
        }
        func keyed(_ rows: [EvidenceRow]) -> [Key: EvidenceRow] {
            Dictionary(
                rows.map { (Key(source: $0.sourceName, id: $0.id), $0) },
                uniquingKeysWith: { _, last in last })
        }
        let (before, after) = (keyed(old), keyed(new))
        (oldRows, newRows) = (before.count, after.count)
        var changes: [Change] = []
        for key in Set(before.keys).union(after.keys) {
            func change(_ kind: Kind, _ field: String = "", _ old: String = "", _ new: String = "") -> Change
            {
                Change(kind: kind, id: key.id, source: key.source, field: field, old: old, new: new)
            }
            switch (before[key], after[key]) {
            case (let row?, nil): changes.append(change(.removed, "", row.summary))
            case (nil, let row?): changes.append(change(.added, "", "", row.summary))
            case (let old?, let new?):
                for (one, other) in zip(old.cells, new.cells) where one.text != other.text {
                    changes.append(change(.changed, one.name, one.text, other.text))
                }
            case (nil, nil): continue
            }
        }
        self.changes = changes.sorted {
            ($0.source, $0.id, $0.field, $0.kind.rawValue) < ($1.source, $1.id, $1.field, $1.kind.rawValue)
        }
    }

    /// How many rows are of a kind.
    public func rows(_ kind: Kind) -> Int {
        Set(changes.filter { $0.kind == kind }.map { [$0.source, $0.id] }).count
    }

    // MARK: Text

    /// The columns of ``tsv``.
    public static let columns = ["kind", "source", "id", "field", "old", "new"]

    /// A table, one line a change.
    public var tsv: String {
        let lines = changes.map { change in
            [change.kind.rawValue, change.source, change.id, change.field, change.old, change.new]
                .map { $0.replacing("\t", with: " ").replacing("\n", with: " ") }.joined(separator: "\t")
        }
        return ([Self.columns.joined(separator: "\t")] + lines).map { $0 + "\n" }.joined()
    }

    /// For reading.
    public var text: String {
        var lines = [
            "\(oldRows) rows before, \(newRows) after: \(rows(.added)) added, \(rows(.removed)) removed, \(rows(.changed)) changed"
        ]
        for change in changes {
            switch change.kind {
            case .added: lines.append("+ \(change.source) \(change.id): \(change.new)")
            case .removed: lines.append("- \(change.source) \(change.id): \(change.old)")
            case .changed:
                func told(_ text: String) -> String { text.isEmpty ? "(empty)" : text }
                lines.append(
                    "~ \(change.source) \(change.id) \(change.field): \(told(change.old)) -> \(told(change.new))"
                )
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension EvidenceRow {
    /// The source without its version.
    fileprivate var sourceName: String {
        source.split(separator: " ").dropLast().joined(separator: " ")
    }

    /// The criterion, the tumor types and what the drugs do.
    fileprivate var summary: String {
        "\(criterion), \(tumorTypes.joined(separator: "|")): \(therapies.joined(separator: "|")) \(direction.rawValue)"
    }

    /// What the row says, by column.
    fileprivate var cells: [(name: String, text: String)] {
        func list(_ items: [String]) -> String { items.joined(separator: "|") }
        func decisions(_ all: [Decision]) -> String {
            list(all.map { [$0.body, $0.status, $0.date].joined(separator: ":") })
        }
        func alleles(_ assembly: Assembly) -> String {
            list(
                (self.alleles[assembly] ?? []).map {
                    "\($0.contig):\($0.position + 1):\($0.reference):\($0.alternate)"
                })
        }
        return [
            ("gene", gene), ("criterion", criterion.description), ("tumorTypes", list(tumorTypes)),
            ("excludedTumorTypes", list(excludedTumorTypes)), ("therapies", list(therapies)),
            ("direction", direction.rawValue), ("civic", civic), ("amp", amp), ("escat", escat),
            ("oncokb", oncokb), ("oxford", oxford), ("approvals", decisions(approvals)),
            ("nationalDecisions", decisions(nationalDecisions)), ("transcript", transcript),
            ("grch37", alleles(.grch37)), ("grch38", alleles(.grch38)), ("cnsPenetrant", cnsPenetrant),
            ("citations", list(citations)), ("status", isVerified ? "verified" : "unverified"),
            ("note", note),
            ("validFrom", validFrom), ("validTo", validTo),
        ]
    }
}
