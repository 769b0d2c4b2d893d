/// Makes evidence rows of CIViC's evidence items: the present releases' `ClinicalEvidenceSummaries.tsv`, and the table of 2020 with
/// one column for the gene and one for the variant, in which items of one gene, disease, drug and level were merged.
///
/// - An accepted predictive item is a row; it keeps its level, and its direction by what it supports. Evidence against sensitivity is
///   `no_benefit`, never resistance; evidence against resistance has no direction here and is not expressed.
/// - Of merged items each name alone carries the claim, so names are alternatives; those that cannot be said are told.
/// - Drugs given together are one combination, substitutes are alternatives.
/// - Tumor types are those of the disease's DOID, then of its name.
///
/// - Source: griffithlab/civic-docs, model of evidence; columns as in the releases.
public struct CIViCTable: Sendable {
    private let rows: [[String: String]]
    private let hasProfiles: Bool

    /// Reads a table in UTF-8; nil where it is none of the two.
    public init?(_ bytes: [UInt8]) {
        let table = QuotedTable(bytes)
        let common = [
            "disease", "doid", "evidence_type", "evidence_direction", "evidence_level", "evidence_id",
        ]
        let columns = Set(table.columns)
        hasProfiles = columns.contains("molecular_profile")
        let own =
            hasProfiles
            ? ["molecular_profile", "therapies", "therapy_interaction_type", "significance", "citation_id"]
            : ["gene", "variant", "drugs", "drug_interaction_type", "clinical_significance", "pubmed_id"]
        guard columns.isSuperset(of: common + own) else { return nil }
        rows = table.rows
    }

    /// How many items there are.
    public var count: Int { rows.count }

    /// Evidence rows, and what could not be said in the grammar of criteria.
    public func evidence(
        tumorTypes: TumorTypes, gene: @escaping (String) -> KnowledgeBase.Gene?
    ) -> ImportedEvidence {
        let criteria = CIViCCriteria { gene($0) != nil }
        var drafts: [EvidenceDraft] = []
        var unexpressed: [ImportedEvidence.Unexpressed] = []
        var ids: [String: Int] = [:]
        for row in rows {
            var item = CIViCItem(row, hasProfiles: hasProfiles)
            let number = ids[item.id, default: 0] + 1
            ids[item.id] = number
            if number > 1 { item.id += ".\(number)" }
            do throws(NotExpressed) {
                let made = try item.draft(criteria, tumorTypes, gene)
                drafts.append(made.draft)
                unexpressed += made.lost.map {
                    .init(id: item.id, reason: "one of several variants: \($0.reason)", text: $0.name)
                }
            } catch {
                unexpressed.append(.init(id: item.id, reason: error.reason, text: item.text))
            }
        }
        return ImportedEvidence(rows: drafts, unexpressed: unexpressed)
    }
}
