internal import Consequences

/// Says OncoKB's alterations in the grammar of criteria.
///
/// An alteration is a protein change (`V600E`), a codon (`V600`), a stretch of residues with a class (`762_823ins`), an exon with a
/// class, a fusion or a word, perhaps with exclusions (`Oncogenic Mutations {excluding V600E; V600K}`): a tumor that has an excluded
/// change does not meet the criterion, whatever else it has. Mutational burden is asked for by its name alone, as the exports give no cut-off.
///
/// - Source: names and their meaning as the tests of oncokb/oncokb have them (`FindRelevantAlterationsTest`): truncating mutations are
///   stops, frameshifts, splice changes, and deleted or broken genes.
struct OncoKBCriteria {
    /// CIViC's names, which are written alike.
    let names: CIViCCriteria

    /// The criterion of one alteration of a gene.
    ///
    /// - Throws: ``NotExpressed`` with a reason.
    func criterion(_ name: String, gene: String) throws(NotExpressed) -> Criterion {
        guard let parts = BracketedList.exclusion(name) else {
            throw NotExpressed("an exclusion that cannot be read")
        }
        let found = try plain(parts.base, gene)
        guard !parts.excluded.isEmpty else { return found }
        var all = [found]
        for item in parts.excluded { all.append(.not(try plain(item, gene))) }
        return .and(all)
    }

    private func plain(_ name: String, _ gene: String) throws(NotExpressed) -> Criterion {
        let bare = name.hasPrefix("p.") ? String(name.dropFirst(2)) : name
        let upper = bare.uppercased()
        if gene == "Other Biomarkers" { return try Self.biomarker(upper) }
        if let found = Self.word(upper, gene) { return found }
        if let found = try Self.stretch(upper, gene) { return found }
        if let found = try Self.exon(upper, gene) { return found }
        if upper.hasSuffix("SPLICE") { throw NotExpressed("a splice change that is named by a residue") }
        if ["DOMAIN", "CTD", "KDD"].contains(where: upper.contains) || upper.hasPrefix("VI") {
            throw NotExpressed("a rearrangement within the gene")
        }
        return try names.criterion(bare, gene: gene)
    }

    private static func biomarker(_ name: String) throws(NotExpressed) -> Criterion {
        switch name {
        case "MICROSATELLITE INSTABILITY-HIGH", "MSI-H":
            .biomarker(.msiHigh, definition: nil, minimum: nil)
        case "TUMOR MUTATIONAL BURDEN-HIGH", "TMB-H": .biomarker(.tmbHigh, definition: nil, minimum: nil)
        default: throw NotExpressed("a biomarker that the grammar has no word for")
        }
    }

    private static func word(_ name: String, _ gene: String) -> Criterion? {
        switch name {
        case "ONCOGENIC MUTATIONS", "GAIN-OF-FUNCTION MUTATIONS": .oncogenic(gene: gene)
        case "TRUNCATING MUTATIONS", "LOSS-OF-FUNCTION MUTATIONS":
            .effect(gene: gene, class: .lossOfFunction, isBiallelic: false)
        case "AMPLIFICATIONS": .dosage(gene: gene, .amplification)
        case "PROMOTER MUTATIONS", "PROMOTER": .effect(gene: gene, class: .promoter, isBiallelic: false)
        default: nil
        }
    }

    /// `762_823ins`: a stretch and what happens there; nil where the name is no such.
    private static func stretch(_ name: String, _ gene: String) throws(NotExpressed) -> Criterion? {
        let parts = name.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = Int(parts[0]), first > 0 else { return nil }
        let digits = parts[1].prefix { $0.isASCII && $0.isNumber }
        guard let last = Int(digits), first <= last else { return nil }
        func residues(_ kinds: [AlterationClass?]) -> Criterion {
            let all = kinds.map { Criterion.residues(gene: gene, range: first...last, class: $0) }
            return all.count == 1 ? all[0] : .or(all)
        }
        switch parts[1].dropFirst(digits.count) {
        case "MIS": return residues([.missense])
        case "INS": return residues([.inframeInsertion])
        case "DEL": return residues([.inframeDeletion])
        case "INDEL": return residues([.inframeDeletion, .inframeInsertion])
        case "TRUNC": return residues([.nonsense, .frameshift])
        case "MUT": return residues([nil])
        case "SPLICE" where gene == "MET" && first == 963 && last == 1010:
            return .exonSkipping(gene: gene, exon: 14)
        default: throw NotExpressed("a class of variants without a word in the grammar")
        }
    }

    /// `Exon 19 in-frame deletions`; nil where the name is no such.
    private static func exon(_ name: String, _ gene: String) throws(NotExpressed) -> Criterion? {
        let words = name.split(separator: " ").map(String.init)
        guard words.count > 2, words[0] == "EXON", let exon = Int(words[1]), exon > 0 else { return nil }
        var rest = words[2...].joined(separator: " ")
        if rest.hasSuffix("S") { rest.removeLast() }
        func change(_ kind: AlterationClass) -> Criterion { .exon(gene: gene, exon: exon, class: kind) }
        switch rest {
        case "IN-FRAME DELETION": return change(.inframeDeletion)
        case "IN-FRAME INSERTION", "INSERTION": return change(.inframeInsertion)
        case "MISSENSE MUTATION": return change(.missense)
        case "FRAMESHIFT MUTATION": return change(.frameshift)
        case "TRUNCATING MUTATION": return .or([change(.nonsense), change(.frameshift)])
        case "MUTATION": return CIViCCriteria.anyChange(gene, exon: exon)
        case "SKIPPING", "SKIPPING MUTATION", "SPLICE MUTATION":
            return .exonSkipping(gene: gene, exon: exon)
        // Elsewhere the loss of the exon may be meant.
        case "DELETION" where gene == "EGFR" && exon == 19: return change(.inframeDeletion)
        default: throw NotExpressed("an exon whose change is not told")
        }
    }
}
