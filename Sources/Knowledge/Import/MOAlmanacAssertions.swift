/// Makes evidence rows of the Molecular Oncology Almanac's flat table of assertions, `molecular-oncology-almanac.json`: one record an
/// assertion, with its feature, tumor type, drug and source.
///
/// 1. An assertion is a row, under its own id. Features are said as in the schema of statements (``MOAlmanacCriteria``).
/// 2. A feature of a gene alone is any variant of it, which is shown and decides no tier: the table does not say that the
///    variant must be oncogenic.
/// 3. `therapy_sensitivity` 1 is `sensitive`, 0 is `no_benefit`, `therapy_resistance` 1 is `resistant`. Assertions of prognosis alone,
///    and deprecated ones are told, as are inherited variants of a gene that need not be pathogenic.
/// 4. A label that approves is an approval without a day, as the table gives the day of the label, not of the approval; so it does not
///    count. The source's own grades are on none of the base's scales: they stand in the note.
/// 5. The tumor type is OncoTree's code. Where code and disease are of different branches of the tree, the assertion is told and no row.
///
/// - Source: fields as in vanallenlab/moalmanac-db.
public struct MOAlmanacAssertions: Sendable {
    /// The fields of a record; lists and objects are passed over.
    public typealias Record = [String: MOAlmanacRelease.Value]

    private let records: [Record]

    /// Creates a table of records.
    public init(_ records: [Record]) { self.records = records }

    /// Whether records are assertions.
    public static func areAssertions(_ records: [Record]) -> Bool {
        records.allSatisfy { $0["assertion_id"] != nil && $0["feature_type"] != nil }
    }

    /// The latest day on which a record was brought up to date; empty where none is told.
    public var date: String {
        records.compactMap { $0["last_updated"]?.text }.filter(EvidenceRow.isDate).max() ?? ""
    }

    /// Evidence rows, and what could not be said in the grammar of criteria.
    public func evidence(
        tumorTypes: TumorTypes, gene: @escaping (String) -> KnowledgeBase.Gene?
    ) -> ImportedEvidence {
        var drafts: [EvidenceDraft] = []
        var unexpressed: [ImportedEvidence.Unexpressed] = []
        for record in records {
            let assertion = MOAlmanacAssertion(record)
            do throws(NotExpressed) {
                drafts.append(try assertion.draft(tumorTypes, gene))
            } catch {
                unexpressed.append(.init(id: assertion.id, reason: error.reason, text: assertion.text))
            }
        }
        return ImportedEvidence(rows: drafts, unexpressed: unexpressed)
    }
}

/// One assertion.
struct MOAlmanacAssertion {
    private let record: MOAlmanacAssertions.Record

    init(_ record: MOAlmanacAssertions.Record) { self.record = record }

    private func text(_ name: String) -> String {
        Array(EvidenceDraft.cell(record[name]?.text ?? "").utf8)[...].trimmedText
    }

    /// `MOA-A00012`.
    var id: String { MOAlmanacImport.id("A", Int(text("assertion_id")) ?? 0) }

    /// What it says, for a list.
    var text: String {
        let feature = ["feature_type", "gene", "gene1", "gene2", "variant_annotation", "protein_change"]
            .map(text).filter { !$0.isEmpty }.joined(separator: " ")
        return "\(feature) in \(text("disease")): \(text("therapy_name")), \(text("predictive_implication"))"
    }

    /// - Throws: ``NotExpressed`` with a reason.
    func draft(
        _ types: TumorTypes, _ gene: (String) -> KnowledgeBase.Gene?
    ) throws(NotExpressed) -> EvidenceDraft {
        guard record["_deprecated"] != .truth(true) else { throw NotExpressed("a deprecated assertion") }
        let direction = try direction()
        let criterion = try criterion()
        if let unknown = criterion.genes.first(where: { gene($0) == nil }) {
            throw NotExpressed("gene \"\(unknown)\" is not in the gene table")
        }
        var draft = EvidenceDraft(id: id, criterion: criterion)
        draft.hgncId = gene(draft.gene)?.hgncId ?? ""
        draft.tumorTypes = try codes(types)
        draft.therapies = [text("therapy_name")]
        draft.direction = direction
        if case .protein = criterion.positiveLeaves.first {
            draft.grch37 = MOAlmanacCriteria.allele(biomarker).map { [$0] } ?? []
        }
        if text("source_type") == "FDA", text("predictive_implication") == "FDA-Approved",
            direction == .sensitive
        {
            draft.approvals = ["FDA:approved:"]
        }
        draft.citations = [citation]
        draft.note = [
            "predictive implication: \(text("predictive_implication"))", text("disease"), text("context"),
        ].filter { !$0.isEmpty }.joined(separator: "; ")
        return draft
    }

    private func direction() throws(NotExpressed) -> EvidenceRow.Direction {
        guard !text("therapy_name").isEmpty else {
            throw NotExpressed(
                text("favorable_prognosis").isEmpty ? "no drug" : "a prognosis, and no drug")
        }
        switch (text("therapy_sensitivity"), text("therapy_resistance"), text("adverse_event_risk")) {
        case ("1", "", ""): return .sensitive
        case ("0", "", ""): return .noBenefit
        case ("", "1", ""): return .resistant
        case ("", "", "1"): return .adverse
        default: throw NotExpressed("no direction, or several")
        }
    }

    private var citation: String {
        let pmid = text("pmid")
        if !pmid.isEmpty { return "PMID:\(pmid)" }
        let words = text("citation")
        return words.isEmpty ? "Molecular Oncology Almanac, assertion \(text("assertion_id"))" : words
    }

    // MARK: The feature

    private func criterion() throws(NotExpressed) -> Criterion {
        switch text("feature_type") {
        case "Germline Variant":
            let leaf = try MOAlmanacCriteria(genes: genes).criterion(biomarker)
            return .origin(.germline, leaf)
        case "Mutational Signature": throw NotExpressed("a mutational signature")
        case "Knockdown": throw NotExpressed("a gene switched off in the laboratory")
        case "Aneuploidy": throw NotExpressed("the doubling of the genome")
        case "Copy Number" where !text("cytoband").isEmpty && !isBand(text("cytoband")):
            throw NotExpressed("the copy number of a chromosome's arm")
        default: return try MOAlmanacCriteria(genes: genes).criterion(biomarker)
        }
    }

    /// Whether a place is narrower than an arm or a chromosome, such as `17p13`.
    private func isBand(_ place: String) -> Bool {
        guard let arm = place.firstIndex(where: { $0 == "p" || $0 == "q" }) else { return false }
        return place.index(after: arm) < place.endIndex
    }

    /// The symbols of the feature by numbers that the record of a biomarker can name.
    private var genes: [Int: String] {
        let symbols = [text("gene"), text("gene1"), text("gene2")].filter { !$0.isEmpty }
        return Dictionary(uniqueKeysWithValues: symbols.enumerated().map { ($0, FormerSymbols.current($1)) })
    }

    /// The feature as a biomarker of the schema of statements.
    private var biomarker: MOAlmanacRelease.Biomarker {
        var fields: [String: MOAlmanacRelease.Value] = ["_present": .truth(true)]
        for name in [
            "chromosome", "start_position", "end_position", "reference_allele", "alternate_allele",
            "protein_change", "variant_annotation", "exon", "direction", "rearrangement_type",
            "classification",
        ] where !text(name).isEmpty { fields[name] = .text(text(name)) }
        let symbols = genes.sorted { $0.key < $1.key }.map(\.value)
        var name = symbols.joined(separator: "::")
        switch text("feature_type") {
        case "Mutational Burden":
            fields["biomarker_type"] = .text("Tumor mutational burden")
            if case .number = record["mutations_per_mb"] {
                fields["minimum_mutations_per_megabase"] = record["mutations_per_mb"]
            }
        case "Microsatellite Stability":
            fields["biomarker_type"] = .text("Microsatellite Stability")
            fields["status"] = .text(
                text("status") == "MSI-High" ? "Microsatellite instability-high (MSI-H)" : text("status"))
        case "Rearrangement":
            fields["biomarker_type"] = .text("Rearrangement")
            // Without its partner a fusion is one with any, on either side.
            if symbols.count < 2 { fields["rearrangement_type"] = .text("Translocation") }
        case let kind:
            // An inherited change that is named is said as any other; a gene alone only where the variant must be pathogenic.
            let isNamed = kind == "Germline Variant" && !text("protein_change").isEmpty
            fields["biomarker_type"] = .text(isNamed ? "Somatic Variant" : kind)
            fields["requires_oncogenic"] = .truth(false)
            fields["requires_pathogenic"] = .truth(text("pathogenic") == "1")
            name = ""
        }
        return MOAlmanacRelease.Biomarker(
            id: 0, name: name, genes: genes.keys.sorted(),
            extensions: fields.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) })
    }

    // MARK: The tumor type

    /// Codes that the table gives to diseases of another kind: carcinomas of the peritoneum are no mesotheliomas, and acute leukemias no
    /// Burkitt lymphomas.
    private static let otherKinds: Set<[String]> = [
        ["PEMESO", "peritoneal carcinoma"], ["BL", "acute leukemia"],
    ]

    private func codes(_ types: TumorTypes) throws(NotExpressed) -> [String] {
        let code = text("oncotree_code"), disease = text("disease")
        let named = types.resolve(disease)
        let codes = code.isEmpty ? named.map { [$0.code] } ?? [] : types.codes(named: code)
        guard !codes.isEmpty else {
            throw NotExpressed(
                code.isEmpty && disease.isEmpty ? "no tumor type" : "a tumor type that is not in the tree")
        }
        guard let named, codes.count == 1, let type = types.type(codes[0]) else {
            guard !Self.otherKinds.contains([code, disease.lowercased()]) else { throw Self.disagreement }
            return codes
        }
        if isOneBranch(named.code, type.code, types) { return codes }
        // "Ovarian Cancer, Other" of ovarian cancer: the disease is what is meant, and more than the code says.
        guard type.name.lowercased().hasPrefix(disease.lowercased() + ",") else { throw Self.disagreement }
        return [type.code, named.code]
    }

    private static let disagreement = NotExpressed("a tumor type and a disease that disagree")

    private func isOneBranch(_ one: String, _ other: String, _ types: TumorTypes) -> Bool {
        types.path(of: one).contains(other) || types.path(of: other).contains(one)
    }
}
