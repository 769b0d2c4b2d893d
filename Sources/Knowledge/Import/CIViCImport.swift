public import Genome

/// Makes evidence rows of CIViC's evidence items: the present releases' `ClinicalEvidenceSummaries.tsv`, and the table of 2020 with
/// one column for the gene and one for the variant, in which items of one gene, disease, drug and level were merged.
///
/// - An accepted predictive item is a row; it keeps its level, and its direction by what it supports. Evidence against sensitivity is
///   `no_benefit`, never resistance; evidence against resistance has no direction here and is not expressed.
/// - Of merged items each name alone carries the claim, so names are alternatives; those that cannot be said are told.
/// - Drugs given together are one combination, substitutes are alternatives.
/// - Tumor types are those of the disease's DOID, then of its name.
/// - A present release's `VariantSummaries.tsv` beside the items gives alleles and transcripts to profiles of one variant; its
///   `MolecularProfileSummaries.tsv` says whether the files are of one release.
///
/// - Source: griffithlab/civic-docs, model of evidence; columns as in the releases (griffithlab/civic-v2, TSV formatters).
public struct CIViCTable: Sendable {
    private var rows: [[String: String]] = []
    private var hasProfiles = false

    /// What a table of a release is, by its columns.
    private enum Kind {
        case items, itemsOf2020, variants, profiles

        init?(_ columns: Set<String>) {
            let item: Set = [
                "disease", "doid", "evidence_type", "evidence_direction", "evidence_level", "evidence_id",
            ]
            let kinds: [(Kind, Set<String>)] = [
                (
                    .items,
                    item.union([
                        "molecular_profile", "therapies", "therapy_interaction_type", "significance",
                        "citation_id",
                    ])
                ),
                (
                    .itemsOf2020,
                    item.union([
                        "gene", "variant", "drugs", "drug_interaction_type", "clinical_significance",
                        "pubmed_id",
                    ])
                ),
                (.variants, Set(["single_variant_molecular_profile_id"] + CIViCItem.placeColumns)),
                (.profiles, ["name", "molecular_profile_id", "variant_ids"]),
            ]
            guard let found = kinds.first(where: { columns.isSuperset(of: $0.1) }) else { return nil }
            self = found.0
        }
    }

    /// Reads the files of a release, in UTF-8 and any order.
    ///
    /// - Throws: `InputError` for a file that is no table of CIViC's, for none or several with evidence items, and for files that give
    ///   one profile different names.
    public init(_ files: [(name: String, bytes: [UInt8])]) throws(InputError) {
        var items: (file: String, table: QuotedTable)?
        var variants: [String: [String: String]] = [:]
        var profiles: [String: (name: String, file: String)] = [:]
        for file in files {
            let table = try QuotedTable(file.bytes, file: file.name)
            switch Kind(Set(table.columns)) {
            case .items?, .itemsOf2020?:
                if let items {
                    throw InputError(
                        file: file.name, problem: "evidence items were given already as \(items.file)",
                        remedy: "Give the files of one release.", kind: .usage)
                }
                items = (file.name, table)
                hasProfiles = table.columns.contains("molecular_profile")
            case .variants?:
                for row in table.rows {
                    variants[row["single_variant_molecular_profile_id"] ?? ""] =
                        row.filter { CIViCItem.placeColumns.contains($0.key) }
                }
            case .profiles?:
                for row in table.rows {
                    profiles[row["molecular_profile_id"] ?? ""] = (row["name"] ?? "", file.name)
                }
            case nil:
                throw InputError(
                    file: file.name, problem: "the header is none of CIViC's evidence items",
                    remedy:
                        "Give a release's ClinicalEvidenceSummaries.tsv, with molecular_profile and evidence_id."
                )
            }
        }
        guard let items else {
            throw InputError(
                file: files.map(\.name).joined(separator: ", "), problem: "no evidence items among the files",
                remedy: "Give a release's ClinicalEvidenceSummaries.tsv too.", kind: .usage)
        }
        for row in items.table.rows {
            let id = row["molecular_profile_id"] ?? ""
            let name = row["molecular_profile"] ?? ""
            if let other = profiles[id], other.name != name {
                throw InputError(
                    file: items.file, place: .record("molecular profile \(id)"),
                    problem: "the name is \"\(name)\", and \"\(other.name)\" in \(other.file)",
                    remedy: "Give the files of one release.")
            }
            rows.append(row.merging(variants[id] ?? [:]) { own, _ in own })
        }
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
