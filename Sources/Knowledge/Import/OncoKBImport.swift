public import Genome

/// Makes evidence rows of a user's own export of OncoKB; see ``OncoKBTable`` for the formats.
///
/// - A line is a row. Of several alterations each carries the claim, so they are alternatives; those that cannot be said are told, as are
///   tumor types that are not in the tree.
/// - The level goes to the column `oncokb`; R1 and R2 are resistance. Levels of diagnosis, prognosis and of the FDA are not expressed.
/// - Lines that say the same, as of two annotated samples, are one row with the higher level.
public struct OncoKBExport: Sendable {
    private let claims: [OncoKBTable.Claim]

    /// Reads exports in UTF-8.
    ///
    /// - Throws: `InputError` for a table whose columns are of no known format.
    public init(_ files: [(name: String, bytes: [UInt8])]) throws(InputError) {
        var claims: [OncoKBTable.Claim] = []
        for file in files { claims += try OncoKBTable(file.bytes, file: file.name).claims }
        self.claims = claims
    }

    /// Evidence rows, and what could not be said in the grammar of criteria.
    public func evidence(
        tumorTypes: TumorTypes, gene: @escaping (String) -> KnowledgeBase.Gene?
    ) -> ImportedEvidence {
        let criteria = OncoKBCriteria(names: CIViCCriteria { gene($0) != nil })
        var drafts: [String: EvidenceDraft] = [:]
        var unexpressed = Set<ImportedEvidence.Unexpressed>()
        for claim in claims {
            let item = OncoKBItem(claim)
            do throws(NotExpressed) {
                let made = try item.draft(criteria, tumorTypes, gene)
                drafts[item.id] = drafts[item.id].map { OncoKBItem.merged($0, made.draft) } ?? made.draft
                for lost in made.lost {
                    unexpressed.insert(.init(id: item.id, reason: lost.reason, text: lost.text))
                }
            } catch {
                unexpressed.insert(.init(id: item.id, reason: error.reason, text: claim.text))
            }
        }
        return ImportedEvidence(rows: Array(drafts.values), unexpressed: Array(unexpressed))
    }
}

/// One line of an export.
struct OncoKBItem {
    private let claim: OncoKBTable.Claim
    private let level: OncoKBLevel?
    /// Made of what the line says but for its level, so that a level that changes is seen.
    let id: String

    init(_ claim: OncoKBTable.Claim) {
        self.claim = claim
        level = OncoKBLevel(claim.level)
        id = EvidenceDraft.id(
            "OncoKB",
            of: [
                claim.gene, claim.alterations.joined(separator: ", "), claim.cancerTypes, claim.drugs,
                level?.isResistance == true ? "resistant" : "sensitive",
            ])
    }

    /// The row, and the parts of it that cannot be said.
    func draft(
        _ criteria: OncoKBCriteria, _ types: TumorTypes, _ gene: (String) -> KnowledgeBase.Gene?
    ) throws(NotExpressed) -> (draft: EvidenceDraft, lost: [(text: String, reason: String)]) {
        if let problem = claim.problem { throw NotExpressed(problem) }
        guard let level else {
            throw NotExpressed(
                claim.level.isEmpty ? "no level of evidence" : "a level that is none of a therapy's")
        }
        let therapies = try therapies()
        let diseases = try OncoKBTumorTypes(claim.cancerTypes, types)
        let found = try criterion(criteria)
        if let unknown = found.criterion.genes.first(where: { gene($0) == nil }) {
            throw NotExpressed("gene \"\(unknown)\" is not in the gene table")
        }
        var draft = EvidenceDraft(id: id, criterion: found.criterion)
        draft.hgncId = gene(draft.gene)?.hgncId ?? ""
        (draft.tumorTypes, draft.excludedTumorTypes) = (diseases.codes, diseases.excluded)
        (draft.therapies, draft.oncokb) = (therapies, level.text)
        draft.direction = level.isResistance ? .resistant : .sensitive
        draft.transcript = RowTranscript.other(than: gene(draft.gene)?.transcript, claim.isoform)
        draft.citations = ["OncoKB"] + citations
        draft.note = "\(claim.alterations.joined(separator: ", ")) in \(claim.cancerTypes)"
        return (
            draft,
            found.lost + diseases.lost.map { ($0, "one of several tumor types: not in the tree") }
        )
    }

    /// Two rows that say the same.
    static func merged(_ first: EvidenceDraft, _ second: EvidenceDraft) -> EvidenceDraft {
        var draft = first
        if let one = OncoKBLevel(first.oncokb), let other = OncoKBLevel(second.oncokb), other > one {
            draft.oncokb = other.text
        }
        draft.citations += second.citations.filter { !first.citations.contains($0) }
        return draft
    }

    private func criterion(_ criteria: OncoKBCriteria) throws(NotExpressed) -> (
        criterion: Criterion, lost: [(text: String, reason: String)]
    ) {
        var parts: [Criterion] = []
        var lost: [(text: String, reason: String)] = []
        let gene = FormerSymbols.current(claim.gene)
        for name in claim.alterations {
            do throws(NotExpressed) {
                let part = try criteria.criterion(name, gene: gene)
                if !parts.contains(part) { parts.append(part) }
            } catch {
                lost.append((name, error.reason))
            }
        }
        if parts.isEmpty, !claim.proteinChange.isEmpty,
            let part = try? criteria.criterion(claim.proteinChange, gene: gene)
        {
            return (part, [])
        }
        guard !parts.isEmpty else { throw NotExpressed(lost.first?.reason ?? "no alteration") }
        return (
            parts.count == 1 ? parts[0] : .or(parts),
            lost.map { ("\(claim.gene) \($0.text)", "one of several alterations: \($0.reason)") }
        )
    }

    private func therapies() throws(NotExpressed) -> [String] {
        guard let items = BracketedList.items(claim.drugs, [","]) else {
            throw NotExpressed("a list that cannot be read")
        }
        let names = items.filter { $0 != "[NOT SPECIFIED]" }.map { item in
            item.parts(between: UInt8(ascii: "+")).map { Array($0.utf8)[...].trimmedText }
                .filter { !$0.isEmpty }.joined(separator: " + ")
        }.filter { !$0.isEmpty }
        guard !names.isEmpty else { throw NotExpressed("no drug") }
        return names
    }

    private var citations: [String] {
        let numbers = claim.pmids.split { $0 == "," || $0 == ";" }.map { Array($0.utf8)[...].trimmedText }
        let abstracts = claim.abstracts.split(separator: ";").map { Array($0.utf8)[...].trimmedText }
        return numbers.filter { !$0.isEmpty }.map { "PMID:\($0)" } + abstracts.filter { !$0.isEmpty }
    }
}

/// The cancer types of a line: main types and types of OncoTree by name or code, perhaps with exclusions.
struct OncoKBTumorTypes {
    private(set) var codes: [String] = []
    private(set) var excluded: [String] = []
    /// Names that are not in the tree.
    private(set) var lost: [String] = []

    /// OncoKB's words for groups of which OncoTree has none, with what they leave out.
    private static let groups = [
        "all tumors": ("ANY", ""), "all solid tumors": ("SOLID", ""), "all liquid tumors": ("ANY", "SOLID"),
    ]

    /// - Throws: ``NotExpressed`` where no type is known, or an excluded one is not.
    init(_ text: String, _ types: TumorTypes) throws(NotExpressed) {
        guard let items = BracketedList.items(text, [","]) else {
            throw NotExpressed("a list that cannot be read")
        }
        var bases: [String] = []
        for item in items {
            guard let parts = BracketedList.exclusion(item) else {
                throw NotExpressed("an exclusion that cannot be read")
            }
            bases.append(parts.base)
            let named = Self.resolved(parts.excluded, types)
            guard named.unknown.isEmpty else {
                throw NotExpressed("an excluded tumor type that is not in the tree")
            }
            for found in named.groups { Self.add(found.codes, to: &excluded) }
        }
        let named = Self.resolved(bases, types)
        lost = named.unknown
        for found in named.groups {
            Self.add(found.codes, to: &codes)
            Self.add(found.excluded, to: &excluded)
        }
        guard !codes.isEmpty else {
            throw NotExpressed(items.isEmpty ? "no tumor type" : "a tumor type that is not in the tree")
        }
        // What one group leaves out would be left out of the others too.
        guard named.groups.count == 1 || named.groups.allSatisfy(\.excluded.isEmpty) else {
            throw NotExpressed("all liquid tumors beside others")
        }
    }

    private static func add(_ more: [String], to list: inout [String]) {
        for code in more where !list.contains(code) { list.append(code) }
    }

    /// The types of names, and those of no type. A name may hold commas (`Glioma, NOS`), so the longest that is known counts.
    private static func resolved(_ names: [String], _ types: TumorTypes) -> (
        groups: [(codes: [String], excluded: [String])], unknown: [String]
    ) {
        var groups: [(codes: [String], excluded: [String])] = []
        var unknown: [String] = []
        var start = 0
        while start < names.count {
            var end = names.count
            var found: (codes: [String], excluded: [String])?
            while end > start, found == nil {
                let name = names[start..<end].joined(separator: ", ")
                if let group = Self.groups[name.lowercased()] {
                    found = ([group.0], group.1.isEmpty ? [] : [group.1])
                } else {
                    let codes = types.codes(ofTypeOrMainType: name)
                    if !codes.isEmpty { found = (codes, []) }
                }
                if found == nil { end -= 1 }
            }
            if let found { groups.append(found) } else { unknown.append(names[start]) }
            start = max(end, start + 1)
        }
        return (groups, unknown)
    }
}
