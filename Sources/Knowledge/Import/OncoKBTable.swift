internal import Genome

/// One of the tables that OncoKB and its annotator write, each recognized by its columns.
///
/// | table | columns |
/// |---|---|
/// | associations of the web page "Actionable Genes" | Level, Gene, Alterations, Cancer Types, Drugs (for therapeutic implications only) |
/// | `allActionableVariants.txt` | Hugo Symbol or Gene, Alteration, Cancer Type, Level, Drugs(s), perhaps Protein Change, Isoform, PMIDs for drug, Abstracts for drug |
/// | annotated variants, copy numbers and fusions | HUGO_SYMBOL (or GENE1 and GENE2), ALTERATION or HGVSP_SHORT or FUSION, ONCOTREE_CODE or CANCER_TYPE, LEVEL_1, LEVEL_2 … |
///
/// Names are compared without regard to capitals. Of annotated variants nothing is kept that tells of a sample.
///
/// - Source: column names as oncokb/oncokb-public, oncokb/oncokb and oncokb/oncokb-annotator write them.
struct OncoKBTable {
    /// What a line says: alterations of a gene, tumor types, a level and drugs.
    struct Claim {
        var gene = ""
        /// Names that each carry the claim.
        var alterations: [String] = []
        /// The one alteration in other words, such as `762_823ins` of an insertion in exon 20.
        var proteinChange = ""
        var cancerTypes = "", level = "", drugs = ""
        var isoform = "", pmids = "", abstracts = ""
        /// Why the line is no claim.
        var problem: String?

        /// What it says, for a list.
        var text: String {
            "\(gene) \(alterations.joined(separator: ", ")) in \(cancerTypes): \(drugs), level \(level)"
        }
    }

    /// What the lines say, in the order of the file.
    let claims: [Claim]

    private static let drugColumns = ["drugs (for therapeutic implications only)", "drugs"]
    private static let alterationColumns = [
        "alteration", "hgvsp_short", "amino_acid_change", "aa_change", "fusion",
    ]

    /// - Throws: `InputError` for a table that is none of these.
    init(_ bytes: [UInt8], file: String) throws(InputError) {
        let table = try QuotedTable(bytes, file: file)
        let columns = Dictionary(
            table.columns.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
        let levels = table.columns.filter { name in
            let name = name.uppercased()
            return name.hasPrefix("LEVEL_")
                && !["LEVEL_DX", "LEVEL_PX", "LEVEL_FDA"].contains(where: name.hasPrefix)
        }
        func has(_ names: String...) -> Bool { names.allSatisfy { columns[$0] != nil } }
        if has("level", "gene", "alterations", "cancer types") {
            guard Self.drugColumns.contains(where: { columns[$0] != nil }) else {
                throw InputError(
                    file: file, place: .line(1), problem: "the table has no column of drugs",
                    remedy: "Download the associations with therapeutic levels chosen.")
            }
            claims = table.rows.map { Self.association($0, columns) }
        } else if has("alteration", "cancer type", "level", "drugs(s)") && (has("hugo symbol") || has("gene"))
        {
            claims = table.rows.map { Self.actionable($0, columns) }
        } else if levels.contains(where: { OncoKBLevel($0) != nil }),
            has("hugo_symbol") || has("hugo_gene_symbol") || has("gene1", "gene2")
        {
            // The annotator adds cells at the end of a row: behind a short one they would stand in other columns.
            if let row = table.firstShortRow {
                throw InputError(
                    file: file, place: .record("record \(row)"),
                    problem: "there are fewer cells than columns, so levels cannot be told apart",
                    remedy: "Give every column a tab, and annotate again.")
            }
            claims = table.rows.flatMap { Self.annotated($0, columns, levels) }
        } else {
            throw InputError(
                file: file, place: .line(1),
                problem:
                    "the columns \(table.columns.prefix(8).joined(separator: ", ")) are of no known table",
                remedy: "Expected are Level, Gene, Alterations, Cancer Types and Drugs (for therapeutic "
                    + "implications only); or Hugo Symbol, Alteration, Cancer Type, Level and Drugs(s); or "
                    + "HUGO_SYMBOL, ALTERATION, ONCOTREE_CODE and LEVEL_1, LEVEL_2, ...")
        }
    }

    /// The first of some columns that has text.
    private static func cell(_ row: [String: String], _ columns: [String: String], _ names: String...)
        -> String
    {
        cell(row, columns, names)
    }

    private static func cell(_ row: [String: String], _ columns: [String: String], _ names: [String])
        -> String
    {
        for name in names {
            let text = EvidenceDraft.cell(columns[name].flatMap { row[$0] } ?? "")
            let trimmed = Array(text.utf8)[...].trimmedText
            if !trimmed.isEmpty, trimmed != "NA", trimmed != "NULL" { return trimmed }
        }
        return ""
    }

    private static func association(_ row: [String: String], _ columns: [String: String]) -> Claim {
        var claim = Claim()
        claim.gene = cell(row, columns, "gene")
        let names = cell(row, columns, "alterations")
        if let items = BracketedList.items(names, [","]) {
            claim.alterations = items
        } else {
            (claim.alterations, claim.problem) = ([names], "a list that cannot be read")
        }
        claim.cancerTypes = cell(row, columns, "cancer types")
        claim.level = cell(row, columns, "level")
        claim.drugs = cell(row, columns, drugColumns)
        return claim
    }

    private static func actionable(_ row: [String: String], _ columns: [String: String]) -> Claim {
        var claim = Claim()
        claim.gene = cell(row, columns, "hugo symbol", "gene")
        claim.alterations = [cell(row, columns, "alteration")].filter { !$0.isEmpty }
        claim.proteinChange = cell(row, columns, "protein change")
        claim.cancerTypes = cell(row, columns, "cancer type")
        claim.level = cell(row, columns, "level")
        claim.drugs = cell(row, columns, "drugs(s)")
        claim.isoform = cell(row, columns, "isoform", "grch38 isoform", "grch37 isoform")
        claim.pmids = cell(row, columns, "pmids for drug")
        claim.abstracts = cell(row, columns, "abstracts for drug")
        return claim
    }

    /// A claim for each level that has drugs.
    private static func annotated(
        _ row: [String: String], _ columns: [String: String], _ levels: [String]
    ) -> [Claim] {
        var claim = Claim()
        claim.gene = cell(row, columns, "hugo_symbol", "hugo_gene_symbol")
        claim.alterations = [cell(row, columns, alterationColumns)].filter { !$0.isEmpty }
        let partners = [cell(row, columns, "gene1"), cell(row, columns, "gene2")]
        if claim.gene.isEmpty, !partners.contains("") {
            claim.gene = partners[0]
            // The annotator asks for both orders, so which partner is in front is not told.
            claim.alterations = [
                "\(partners[0])-\(partners[1]) fusion", "\(partners[1])-\(partners[0]) fusion",
            ]
            if partners[0] == partners[1] { claim.problem = "a rearrangement within the gene" }
        }
        if cell(row, columns, "mutation_status").uppercased() == "GERMLINE" {
            claim.problem = "a germline variant"
        }
        claim.cancerTypes = cell(row, columns, "oncotree_code", "cancer_type")
        return levels.compactMap { level in
            claim.level = level
            claim.drugs = cell(row, columns, level.lowercased())
            return claim.drugs.isEmpty ? nil : claim
        }
    }
}

/// A therapeutic level of OncoKB, of the present scale.
///
/// - Source: OncoKB's levels; 2A and 2B of older releases are 2 and 3B (the project's specification, section 9.2).
struct OncoKBLevel: Hashable, Comparable {
    /// As in the column `oncokb`.
    let text: String

    /// The highest first, as OncoKB ranks them.
    private static let ranked = ["R1", "1", "2", "3A", "3B", "4", "R2"]

    /// `1`, `2A`, `LEVEL_R1`; nil for what is no therapeutic level.
    init?(_ name: String) {
        var name = name.uppercased()
        for prefix in ["LEVEL_", "LEVEL "] where name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
        let present = ["2A": "2", "2B": "3B"][name] ?? name
        guard Self.ranked.contains(present) else { return nil }
        text = present
    }

    /// Whether it speaks of resistance.
    var isResistance: Bool { text.hasPrefix("R") }

    static func < (left: Self, right: Self) -> Bool {
        (ranked.firstIndex(of: left.text) ?? 0) > (ranked.firstIndex(of: right.text) ?? 0)
    }
}
