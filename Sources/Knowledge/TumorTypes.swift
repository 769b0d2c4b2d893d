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
        /// OncoTree's main type, which groups types across the tree; may be empty.
        public let mainType: String
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

    private let types: [TumorType]
    /// Places in ``types`` by code.
    private let places: [String: Int]
    /// The place of each type's parent; nil for a root, and for a parent that is unknown.
    private let parents: [Int?]
    /// Indications by place.
    private let indications: [Int: String]
    /// Places by code, name, synonym and DOID in lower case.
    private let names: [String: Int]
    /// No path is longer.
    private static let maximumDepth = 32

    /// Codes of all types, sorted.
    public var codes: [String] { places.keys.sorted() }

    /// Builds the tree from the two tables.
    ///
    /// - Throws: `InputError` for a name that leads to two types, an unknown parent or a cycle.
    public init(types table: TSVTable, indications indicationTable: TSVTable) throws(InputError) {
        var types: [TumorType] = []
        var places: [String: Int] = [:]
        var names: [String: Int] = [:]
        names.reserveCapacity(4 * table.rows.count)
        places.reserveCapacity(table.rows.count)
        for row in table.rows {
            let type = TumorType(
                code: table.cell(row, "code"), name: table.cell(row, "name"),
                parent: table.cell(row, "parent"),
                tissue: table.cell(row, "tissue"), mainType: table.cell(row, "mainType"))
            let place = places[type.code] ?? types.count
            if place == types.count { types.append(type) } else { types[place] = type }
            places[type.code] = place
            func add(_ name: String, isName: Bool = false) throws(InputError) {
                let other = names.updateValue(place, forKey: Self.key(name))
                guard let other, other != place else { return }
                // OncoTree itself gives a few types the same name; their codes stay unique.
                names[Self.key(name)] = other
                guard !isName else { return }
                throw InputError(
                    file: table.file, place: .line(row.line),
                    problem: "\"\(name)\" leads to \(types[other].code) and to \(type.code)",
                    remedy: "Remove it from one of them.")
            }
            try add(type.code)
            try add(type.name, isName: true)
            for name in table.items(row, "synonyms") { try add(name) }
            for name in table.items(row, "doid") { try add(name) }
        }
        (self.types, self.places, self.names) = (types, places, names)
        parents = types.map { places[$0.parent] }
        var indications: [Int: String] = [:]
        var unknown: InputError?
        for row in indicationTable.rows {
            let code = indicationTable.cell(row, "code")
            if let place = places[code] {
                indications[place] = indicationTable.cell(row, "indication")
            } else if unknown == nil {
                unknown = InputError(
                    file: indicationTable.file, place: .line(row.line),
                    problem: "tumor type \"\(code)\" is unknown", remedy: "Use an OncoTree code.")
            }
        }
        self.indications = indications
        for row in table.rows {
            let code = table.cell(row, "code")
            guard let last = path(from: places[code]).last, types[last].parent.isEmpty else {
                throw InputError(
                    file: table.file, place: .line(row.line),
                    problem: "the ancestors of \(code) do not end at a root",
                    remedy: "Mend the parent column.")
            }
        }
        if let unknown { throw unknown }
    }

    /// The type that a code, a name, a synonym or a DOID means, or nil.
    public func resolve(_ text: String) -> TumorType? { names[Self.key(text)].map { types[$0] } }

    /// Codes of the types that a name means where it may be a main type of OncoTree: such a name stands for all types of its group,
    /// unless the tree has a type of this name with others below it. Empty where nothing has the name.
    ///
    /// - Complexity: O(*n*), *n* types, for a main type.
    func codes(ofTypeOrMainType text: String) -> [String] {
        let key = Self.key(text), place = names[key]
        if let place, types[place].mainType.lowercased() != key || parents.contains(place) {
            return [types[place].code]
        }
        let group = Set(types.indices.filter { types[$0].mainType.lowercased() == key && !key.isEmpty })
        let tops = group.filter { group.isDisjoint(with: path(from: parents[$0])) }
        return tops.isEmpty ? codes(named: text) : tops.map { types[$0].code }.sorted()
    }

    /// The type of a code.
    public func type(_ code: String) -> TumorType? { places[code].map { types[$0] } }

    /// The three names nearest to `text` by edit distance, with their codes, for a message.
    public func nearest(to text: String) -> [String] {
        func bytes(_ text: String) -> [UInt8] { Array(Self.key(text).utf8) }
        let key = bytes(text)
        return types.map { type in
            (
                min(EditDistance.between(key, bytes(type.code)), EditDistance.between(key, bytes(type.name))),
                type
            )
        }
        .sorted { ($0.0, $0.1.code) < ($1.0, $1.1.code) }
        .prefix(3).map { "\($0.1.code) (\($0.1.name))" }
    }

    /// Codes from the type up to its root.
    public func path(of code: String) -> [String] { path(from: places[code]).map { types[$0].code } }

    /// Places from one up to its root.
    private func path(from start: Int?) -> [Int] {
        var path: [Int] = []
        var next = start
        while let place = next, path.count < Self.maximumDepth {
            path.append(place)
            next = parents[place]
        }
        return path
    }

    /// The indication inherited by a type; empty where none of the five applies.
    public func indication(of code: String) -> String {
        for ancestor in path(from: places[code]) {
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

    private static func key(_ text: String) -> String { Array(text.utf8)[...].trimmedText.lowercased() }
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
