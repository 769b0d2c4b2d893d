/// One line of a CIViC table.
struct CIViCItem {
    /// The smallest number of its evidence items, as `CIViC-EID01409`.
    var id: String
    private let cells: [String: String]
    private let hasProfiles: Bool
    private let numbers: [Int]

    init(_ cells: [String: String], hasProfiles: Bool) {
        (self.cells, self.hasProfiles) = (cells, hasProfiles)
        numbers = Self.list(cells["evidence_id"] ?? "").compactMap { Int($0) }.sorted()
        let digits = numbers.first.map(String.init) ?? "0"
        id = "CIViC-EID" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }

    /// Columns that tell a variant's place; in present releases they stand in the table of variants.
    static let placeColumns = [
        "chromosome", "start", "stop", "reference_bases", "variant_bases", "reference_build",
        "representative_transcript",
    ]

    private func cell(_ name: String) -> String {
        let text = EvidenceDraft.cell(cells[name] ?? "")
        return text == "NA" || text == "N/A" ? "" : text
    }

    private static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { Array($0.utf8)[...].trimmedText }.filter { !$0.isEmpty }
    }

    private var drugs: String { cell(hasProfiles ? "therapies" : "drugs") }

    private var profile: String {
        hasProfiles ? cell("molecular_profile") : "\(cell("gene")) \(cell("variant"))"
    }

    /// What the item says, for a list.
    var text: String {
        "\(profile) in \(cell("disease")): \(drugs), \(cell("evidence_direction")) "
            + "\(cell(hasProfiles ? "significance" : "clinical_significance")), level \(cell("evidence_level"))"
    }

    /// The row, and the variants of it that cannot be said.
    func draft(
        _ criteria: CIViCCriteria, _ types: TumorTypes, _ gene: (String) -> KnowledgeBase.Gene?
    ) throws(NotExpressed) -> (draft: EvidenceDraft, lost: [(name: String, reason: String)]) {
        guard !numbers.isEmpty else { throw NotExpressed("an item without a number") }
        let kind = cell("evidence_type"), status = cell("evidence_status")
        guard kind == "Predictive" else { throw NotExpressed("evidence of type \"\(kind)\"") }
        guard status.isEmpty || status == "accepted" else {
            throw NotExpressed("an item that is not accepted")
        }
        let direction = try direction()
        let codes = try tumorTypes(types)
        let therapies = try therapies()
        let level = cell("evidence_level")
        guard ["A", "B", "C", "D", "E"].contains(level) else { throw NotExpressed("no level of evidence") }
        var found = try criterion(criteria)
        if cell("variant_origin").contains("Germline") { found.criterion = found.criterion.inherited }
        if let unknown = found.criterion.genes.first(where: { gene($0) == nil }) {
            throw NotExpressed("gene \"\(unknown)\" is not in the gene table")
        }
        var draft = EvidenceDraft(id: id, criterion: found.criterion)
        draft.hgncId = gene(draft.gene)?.hgncId ?? ""
        (draft.tumorTypes, draft.therapies) = (codes, therapies)
        (draft.direction, draft.civic) = (direction, level)
        if case .protein = found.criterion {
            draft.grch37 = allele.map { [$0] } ?? []
            draft.transcript = RowTranscript.other(
                than: gene(draft.gene)?.transcript, cell("representative_transcript"))
        }
        draft.citations = numbers.map { "CIViC EID\($0)" } + citations
        let rating = cell("rating")
        var notes = [cell("disease")]
        if !rating.isEmpty { notes.append("trust in the source \(rating) of 5") }
        if cell("is_flagged").lowercased() == "true" { notes.append("flagged for review") }
        draft.note = notes.joined(separator: "; ")
        return (draft, found.lost)
    }

    private func criterion(_ criteria: CIViCCriteria) throws(NotExpressed) -> (
        criterion: Criterion, lost: [(name: String, reason: String)]
    ) {
        guard !hasProfiles else {
            return (try CIViCProfile.criterion(cell("molecular_profile"), criteria), [])
        }
        let gene = cell("gene")
        var parts: [Criterion] = []
        var lost: [(name: String, reason: String)] = []
        for name in Self.list(cell("variant")) {
            do throws(NotExpressed) {
                let part = try criteria.criterion(name, gene: gene)
                if !parts.contains(part) { parts.append(part) }
            } catch { lost.append((name, error.reason)) }
        }
        guard !parts.isEmpty else { throw NotExpressed(lost.first?.reason ?? "an item without a variant") }
        return (parts.count == 1 ? parts[0] : .or(parts), lost)
    }

    private func direction() throws(NotExpressed) -> EvidenceRow.Direction {
        let significance = cell(hasProfiles ? "significance" : "clinical_significance")
        switch (cell("evidence_direction"), significance) {
        case ("Supports", "Sensitivity/Response"): return .sensitive
        case ("Supports", "Resistance"): return .resistant
        case ("Supports", "Reduced Sensitivity"): return .reduced
        case ("Supports", "Adverse Response"): return .adverse
        case ("Does Not Support", "Sensitivity/Response"): return .noBenefit
        case (_, ""): throw NotExpressed("no significance")
        case ("Does Not Support", _): throw NotExpressed("evidence against \(significance.lowercased())")
        case ("", _): throw NotExpressed("no direction")
        default: throw NotExpressed("evidence for and against")
        }
    }

    private func therapies() throws(NotExpressed) -> [String] {
        let names = Self.list(drugs)
        guard !names.isEmpty else { throw NotExpressed("no drug") }
        switch cell(hasProfiles ? "therapy_interaction_type" : "drug_interaction_type") {
        case "Combination": return [names.joined(separator: " + ")]
        case "Substitutes": return names
        case "" where names.count == 1: return names
        case "": throw NotExpressed("several drugs whose relation is not told")
        case "Sequential": throw NotExpressed("drugs one after the other")
        default: throw NotExpressed("drugs together and as substitutes")
        }
    }

    /// OncoTree codes of diseases whose name and DOID the tree does not have.
    private static let diseases = [
        "ovarian cystadenocarcinoma": ["MOV", "SOC"], "ovarian serous cystadenocarcinoma": ["SOC"],
        "esophageal cancer": ["ESCA", "ESCC"], "esophageal carcinoma": ["ESCA", "ESCC"],
    ]

    private func tumorTypes(_ types: TumorTypes) throws(NotExpressed) -> [String] {
        let disease = cell("disease"), doid = cell("doid")
        if let digits = Int(doid), digits > 0 {
            for text in [
                "DOID:\(digits)", "DOID:" + String(repeating: "0", count: max(0, 7 - doid.count)) + doid,
            ] {
                if let type = types.resolve(text) { return [type.code] }
            }
        }
        let named = types.codes(named: disease)
        if !named.isEmpty { return named }
        if let codes = Self.diseases[disease.lowercased()], codes.allSatisfy({ types.type($0) != nil }) {
            return codes
        }
        throw NotExpressed("a tumor type that is not in the tree")
    }

    /// The one allele of a row about one variant.
    private var allele: String? {
        let reference = cell("reference_bases"), alternate = cell("variant_bases")
        guard cell("reference_build") == "GRCh37", !reference.isEmpty, !alternate.isEmpty,
            (reference + alternate).utf8.allSatisfy({ "ACGT".utf8.contains($0) }),
            let start = Int(cell("start")), let stop = Int(cell("stop")), start > 0,
            stop - start + 1 == reference.utf8.count, !cell("chromosome").isEmpty
        else { return nil }
        return "\(cell("chromosome")):\(start):\(reference):\(alternate)"
    }

    private var citations: [String] {
        let isASCO = cell("source_type") == "ASCO"
        return Self.list(cell(hasProfiles ? "citation_id" : "pubmed_id")).map {
            isASCO ? "ASCO:\($0)" : "PMID:\($0)"
        }
    }
}
