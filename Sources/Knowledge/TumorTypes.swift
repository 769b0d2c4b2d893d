public import Genome

/// The tree of tumor types (OncoTree with the roots SOLID and ANY), its synonyms, and the five indications.
///
/// Rows of `tumor_types.tsv` and `indications.tsv`. A code, a name, a synonym, an old code or a DOID leads to one
/// type; an indication is inherited from the nearest listed ancestor.
public struct TumorTypes: Sendable {
    /// One type.
    public struct TumorType: Hashable, Sendable {
        /// OncoTree code.
        public let code: String
        /// English name.
        public let name: String
        /// Code of the parent; empty for a root.
        public let parent: String
        /// OncoTree's tissue.
        public let tissue: String
    }

    /// How a row's tumor type stands to the patient's.
    public enum Relation: String, Hashable, Sendable, CaseIterable {
        /// The same type.
        case same
        /// The row's type is above the patient's.
        case ancestor
        /// The row's type is below the patient's: the patient's code is too coarse to say.
        case possible
        /// Neither, or the patient's type is excluded.
        case other
    }

    private let types: [String: TumorType]
    private let indications: [String: String]
    private let names: [String: String]

    /// Codes of all types, sorted.
    public var codes: [String] { types.keys.sorted() }

    /// Builds the tree from the two tables.
    ///
    /// - Throws: `InputError` for a name that leads to two types, an unknown parent or a cycle.
    public init(types table: TSVTable, indications indicationTable: TSVTable) throws(InputError) {
        var types: [String: TumorType] = [:]
        var names: [String: String] = [:]
        for row in table.rows {
            let type = TumorType(
                code: table.cell(row, "code"), name: table.cell(row, "name"),
                parent: table.cell(row, "parent"),
                tissue: table.cell(row, "tissue"))
            types[type.code] = type
            for (kind, name) in [("code", type.code)] + [("name", type.name)]
                + (table.items(row, "synonyms") + table.items(row, "doid")).map({ ("synonym", $0) })
            {
                let key = Self.key(name)
                if let other = names[key], other != type.code {
                    // OncoTree itself gives a few types the same name; their codes stay unique.
                    if kind == "name" { continue }
                    throw InputError(
                        file: table.file, place: .line(row.line),
                        problem: "\"\(name)\" leads to \(other) and to \(type.code)",
                        remedy: "Remove it from one of them.")
                }
                names[key] = type.code
            }
        }
        var indications: [String: String] = [:]
        for row in indicationTable.rows {
            indications[indicationTable.cell(row, "code")] = indicationTable.cell(row, "indication")
        }
        (self.types, self.names, self.indications) = (types, names, indications)
        for row in table.rows {
            let code = table.cell(row, "code")
            guard path(of: code).last.map({ types[$0]?.parent == "" }) == true else {
                throw InputError(
                    file: table.file, place: .line(row.line),
                    problem: "the ancestors of \(code) do not end at a root",
                    remedy: "Mend the parent column.")
            }
        }
        for row in indicationTable.rows where types[indicationTable.cell(row, "code")] == nil {
            throw InputError(
                file: indicationTable.file, place: .line(row.line),
                problem: "tumor type \"\(indicationTable.cell(row, "code"))\" is unknown",
                remedy: "Use an OncoTree code.")
        }
    }

    /// The type that a code, a name, a synonym or a DOID means, or nil.
    public func resolve(_ text: String) -> TumorType? { names[Self.key(text)].flatMap { types[$0] } }

    /// The type of a code.
    public func type(_ code: String) -> TumorType? { types[code] }

    /// The three names nearest to `text` by edit distance, with their codes, for a message.
    public func nearest(to text: String) -> [String] {
        let key = Self.key(text)
        return types.values.map { type in
            (min(Self.distance(key, Self.key(type.code)), Self.distance(key, Self.key(type.name))), type)
        }
        .sorted { ($0.0, $0.1.code) < ($1.0, $1.1.code) }
        .prefix(3).map { "\($0.1.code) (\($0.1.name))" }
    }

    /// Codes from the type up to its root.
    public func path(of code: String) -> [String] {
        var path: [String] = []
        var code = code
        while let type = types[code], path.count < 32 {
            path.append(code)
            code = type.parent
        }
        return path
    }

    /// The indication inherited by a type; empty where none of the five applies.
    public func indication(of code: String) -> String {
        for ancestor in path(of: code) {
            if let indication = indications[ancestor] { return indication }
        }
        return ""
    }

    /// How a row's tumor types stand to the patient's: the best relation and the type that gives it.
    public func relation(
        patient: String, types rowTypes: [String], excluded: [String]
    ) -> (relation: Relation, type: String) {
        let path = path(of: patient)
        let isExcluded = excluded.contains { path.contains($0) }
        var best: (relation: Relation, type: String) = (.other, rowTypes.first ?? "")
        guard !isExcluded else { return best }
        for type in rowTypes {
            if type == patient { return (.same, type) }
            if path.contains(type) {
                // The nearest ancestor is the one to show.
                if best.relation != .ancestor || self.path(of: type).count > self.path(of: best.type).count {
                    best = (.ancestor, type)
                }
            } else if best.relation == .other, self.path(of: type).contains(patient) {
                best = (.possible, type)
            }
        }
        return best
    }

    private static func key(_ text: String) -> String { text.trimmed.lowercased() }

    /// Levenshtein distance.
    private static func distance(_ left: String, _ right: String) -> Int {
        let a = Array(left.utf8), b = Array(right.utf8)
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let cost = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(cost, row[j] + 1, diagonal + 1)
            }
        }
        return row[b.count]
    }
}

/// The five patient groups of the service, in the order in which they are reported.
public enum Indication: String, Hashable, Sendable, CaseIterable, Codable {
    /// Metastatic cancer, solid tumors.
    case metastaticSolid = "metastatic-solid"
    /// Metastatic or recurrent sarcoma.
    case sarcoma
    /// Pancreatic cancer.
    case pancreatic
    /// Thymic epithelial tumors.
    case thymicEpithelial = "thymic-epithelial"
    /// Primary brain tumors.
    case primaryBrain = "primary-brain"
}
