internal import Consequences

/// Says the alterations of the Cancer Genome Interpreter's biomarkers in the grammar of criteria.
///
///     alteration = item { ";" item }                     all of them; an item without a gene is of the one before
///     item       = gene ":" list                         by its type: MUT, CNA (amp, del), BIA (both copies), EXPR
///                | gene "::consequence::" term ":" list | gene "::wildtype:."
///                | gene "__" ( gene | "." )               a fusion; which partner is in front is not told
///     list       = change { "," change }                 any of them
///     change     = "." | "L858R" | "G719." | ".12." | "A30" | "449-514"
///
/// `.` is any change that is likely oncogenic, or any of the term's class. What is left open is not expressed.
///
/// - Source: the table itself; its column `Biomarker` says the same in words.
struct CGICriteria {
    /// The criterion of a line, and the alternatives of it that cannot be said.
    typealias Said = (criterion: Criterion, lost: [(text: String, reason: String)])

    /// - Throws: ``NotExpressed`` with a reason.
    func criterion(_ alteration: String, types: String, biomarker: String) throws(NotExpressed) -> Said {
        let items = alteration.split(separator: ";").map { Array($0.utf8)[...].trimmedText }
        var kinds = types.split(separator: ";").map { Array($0.utf8)[...].trimmedText }
        guard !items.isEmpty, !kinds.isEmpty else { throw NotExpressed("no alteration") }
        if kinds.count == 1 { kinds = Array(repeating: kinds[0], count: items.count) }
        guard kinds.count == items.count else { throw NotExpressed("alterations and types of other number") }
        var parts: [Criterion] = []
        var lost: [(text: String, reason: String)] = []
        var gene = ""
        for (item, kind) in zip(items, kinds) {
            let said = try self.item(item, kind, biomarker, &gene)
            parts.append(said.criterion)
            lost += said.lost
        }
        return (parts.count == 1 ? parts[0] : .and(parts), lost)
    }

    private func item(
        _ item: String, _ kind: String, _ biomarker: String, _ gene: inout String
    ) throws(NotExpressed) -> Said {
        let sides = item.parts(around: "__")
        if kind == "FUS" || sides.count == 2 { return (try fusion(sides), []) }
        var list = item
        var term = ""
        if item.contains(":") {
            let parts = item.parts(between: UInt8(ascii: ":"))
            gene = FormerSymbols.current(parts[0])
            list = parts[parts.count - 1]
            term = parts.dropFirst().dropLast().filter { !$0.isEmpty && $0 != "consequence" }
                .joined(separator: ":")
        }
        guard !gene.isEmpty else { throw NotExpressed("an alteration without a gene") }
        switch (kind, list) {
        case ("CNA", "amp"): return (.dosage(gene: gene, .amplification), [])
        case ("CNA", "del"): return (.dosage(gene: gene, .homozygousDeletion), [])
        case ("BIA", "."): return (.effect(gene: gene, class: .lossOfFunction, isBiallelic: true), [])
        case ("EXPR", _): throw NotExpressed("expression")
        case ("MUT", ".") where term == "wildtype": return (.wildtype(gene: gene), [])
        case ("MUT", _): return try changes(list, term, biomarker, gene)
        default: throw NotExpressed("an alteration of type \"\(kind)\" that the grammar has no word for")
        }
    }

    private func fusion(_ sides: [String]) throws(NotExpressed) -> Criterion {
        guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
            throw NotExpressed("a fusion whose genes are not told")
        }
        let genes = sides.map(FormerSymbols.current)
        guard genes[0] != genes[1] else { throw NotExpressed("a rearrangement within the gene") }
        guard genes[0] != "." else { throw NotExpressed("a fusion whose genes are not told") }
        guard genes[1] != "." else { return CIViCCriteria.anyFusion(genes[0]) }
        return .or([
            .fusion(fivePrime: genes[0], threePrime: genes[1]),
            .fusion(fivePrime: genes[1], threePrime: genes[0]),
        ])
    }

    /// Classes of consequences; two where the term means either.
    private static let classes: [String: [AlterationClass]] = [
        "missense_variant": [.missense], "frameshift_variant": [.frameshift], "stop_gained": [.nonsense],
        "inframe_insertion": [.inframeInsertion], "inframe_deletion": [.inframeDeletion],
        "inframe_variant": [.inframeInsertion, .inframeDeletion], "promoters_core": [.promoter],
    ]

    private func changes(
        _ list: String, _ term: String, _ biomarker: String, _ gene: String
    ) throws(NotExpressed) -> Said {
        if term == "skipping_mutation", gene == "MET", list == "963-1010" {
            return (.exonSkipping(gene: gene, exon: 14), [])
        }
        guard let kinds: [AlterationClass?] = term.isEmpty ? [nil] : Self.classes[term] else {
            throw NotExpressed("a consequence that the grammar has no word for")
        }
        var parts: [Criterion] = []
        var lost: [(text: String, reason: String)] = []
        for change in list.split(separator: ",") {
            let change = Array(change.utf8)[...].trimmedText
            let found = kinds.compactMap { Self.change(change, $0, biomarker, gene) }
            for part in found where !parts.contains(part) { parts.append(part) }
            if found.isEmpty {
                lost.append(("\(gene) \(change)", "one of several variants: \(Self.reason)"))
            }
        }
        guard !parts.isEmpty else { throw NotExpressed(Self.reason) }
        return (parts.count == 1 ? parts[0] : .or(parts), lost)
    }

    private static let reason = "a change that the grammar has no word for"

    private static func change(
        _ text: String, _ kind: AlterationClass?, _ biomarker: String, _ gene: String
    ) -> Criterion? {
        if text == "." {
            if let kind { return .effect(gene: gene, class: kind, isBiallelic: false) }
            return biomarker.contains("oncogenic mutation") ? .oncogenic(gene: gene) : nil
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        if ends.count == 2, ends[0] > 0, ends[0] <= ends[1] {
            return .residues(gene: gene, range: ends[0]...ends[1], class: kind)
        }
        if let codon = codon(text) { return .codons(gene: gene, codons: [codon], class: kind ?? .missense) }
        guard kind == nil, let found = CIViCCriteria.residues(text.uppercased(), gene), case .protein = found
        else { return nil }
        return found
    }

    /// The codon of `G719.`, `.12.` and `A30`.
    private static func codon(_ text: String) -> Int? {
        var rest = text[...]
        if let first = rest.first, first == "." || first.isUppercase {
            rest.removeFirst()
        } else {
            return nil
        }
        if rest.last == "." { rest.removeLast() }
        guard rest.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let codon = Int(rest), codon > 0 else {
            return nil
        }
        return codon
    }
}
