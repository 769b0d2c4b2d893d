internal import Consequences

/// Says CIViC's variant names in the grammar of criteria.
///
/// A name is a protein change (`V600E`), a codon (`V600`), an exon with a class, a change of dosage, a fusion with or without a
/// change (`EML4-ALK L1196M`), or a word. What a name leaves open (`LOSS`: of the gene or of its product?) is not expressed.
struct CIViCCriteria {
    /// Whether a symbol is a gene's.
    let isKnownGene: (String) -> Bool

    /// Words for a whole gene.
    private static func word(_ name: String, _ gene: String) -> Criterion? {
        switch name {
        case "MUTATION", "MUTATIONS", "ALTERATION": .anyEvent(gene: gene)
        case "AMPLIFICATION": .dosage(gene: gene, .amplification)
        case "DELETION": .dosage(gene: gene, .homozygousDeletion)
        case "LOSS-OF-FUNCTION", "DELETERIOUS MUTATION":
            .effect(gene: gene, class: .lossOfFunction, isBiallelic: false)
        case "BIALLELIC INACTIVATION": .effect(gene: gene, class: .lossOfFunction, isBiallelic: true)
        case "FRAMESHIFT MUTATION", "FRAMESHIFT TRUNCATION", "FRAMESHIFT":
            .effect(gene: gene, class: .frameshift, isBiallelic: false)
        case "ACTIVATING MUTATION", "GAIN-OF-FUNCTION", "ONCOGENIC MUTATION": .oncogenic(gene: gene)
        case "WILD TYPE", "WILDTYPE": .wildtype(gene: gene)
        case "FUSION", "FUSIONS", "REARRANGEMENT", "\(gene) FUSION", "\(gene) FUSIONS": anyFusion(gene)
        default: nil
        }
    }

    /// A fusion with any partner on either side.
    static func anyFusion(_ gene: String) -> Criterion {
        .or([.fusion(fivePrime: gene, threePrime: nil), .fusion(fivePrime: nil, threePrime: gene)])
    }

    /// The criterion of one variant of a gene.
    ///
    /// - Throws: ``NotExpressed`` with a reason.
    func criterion(_ name: String, gene: String) throws(NotExpressed) -> Criterion {
        var words = name.split(separator: " ")
        // R200W (c.598C>T): the protein's change says what is asked.
        if let last = words.last, words.count > 1, last.hasPrefix("(c."), last.hasSuffix(")") {
            words.removeLast()
        }
        let name = words.joined(separator: " ")
        let upper = name.uppercased()
        if let found = Self.word(upper, gene) ?? Self.residues(upper, gene) ?? Self.exon(upper, gene) {
            return found
        }
        if let found = try fusion(upper, gene) { return found }
        throw NotExpressed(Self.reason(upper))
    }

    // MARK: Residues

    /// A protein change (`V600E`, `D835H/Y`) or codons (`V600`, `G12/G13`), in capitals; nil where it is none.
    static func residues(_ name: String, _ gene: String) -> Criterion? {
        if let change = proteinChange(name, gene) { return change }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let codons = parts.compactMap(codon)
        if codons.count == parts.count { return .codons(gene: gene, codons: codons, class: .missense) }
        // D835H/Y: one change after the other.
        guard parts.count == 2, parts[1].utf8.count == 1, let first = proteinChange(parts[0], gene),
            let second = proteinChange(parts[0].dropLast() + parts[1], gene)
        else { return nil }
        return .or([first, second])
    }

    /// The codon of `V600`; nil where the name is none.
    static func codon(_ name: String) -> Int? {
        guard let residue = name.utf8.first, aminoAcids.contains(residue), name.utf8.count > 1,
            name.utf8.dropFirst().allSatisfy({ 0x30...0x39 ~= $0 })
        else { return nil }
        return Int(name.dropFirst()).flatMap { $0 > 0 ? $0 : nil }
    }

    private static let aminoAcids = Set("ACDEFGHIKLMNPQRSTVWY".utf8)

    private static func proteinChange(_ name: String, _ gene: String) -> Criterion? {
        let rest = name.dropFirst().drop { $0.isASCII && $0.isNumber }
        guard let residue = name.utf8.first, aminoAcids.contains(residue),
            rest.utf8.count < name.utf8.count - 1, !rest.isEmpty, !name.utf8.contains(UInt8(ascii: " "))
        else { return nil }
        var text = name
        for (from, to) in [
            ("DELINS", "delins"), ("DEL", "del"), ("INS", "ins"), ("DUP", "dup"), ("FS", "fs"),
        ]
        where !text.contains("delins") { text = replaced(text, from, to) }
        if rest == "X" { text = text.dropLast() + "*" }
        // The residues that a deletion or duplication takes stand behind it in older names; a frameshift is told by its first residue
        // alone, as criteria have it, without the residue that comes instead and its length.
        for end in ["del", "dup", "fs"] where !text.contains("delins") {
            let pieces = text.parts(around: end)
            if pieces.count == 2 { text = pieces[0] + end }
        }
        if text.hasSuffix("fs"), let last = text.dropLast(2).last, !last.isNumber {
            text = text.dropLast(3) + "fs"
        }
        guard let found = try? Criterion(parsing: "\(gene) p.\(text)"), case .protein = found else {
            return nil
        }
        return found
    }

    private static func replaced(_ text: String, _ word: String, _ other: String) -> String {
        let pieces = text.parts(around: word)
        return pieces.count == 2 ? pieces[0] + other + pieces[1] : text
    }

    // MARK: Exons

    /// Any change of the protein in an exon.
    static func anyChange(_ gene: String, exon: Int) -> Criterion {
        let kinds: [AlterationClass] = [
            .missense, .inframeDeletion, .inframeInsertion, .inframeDelins, .nonsense, .frameshift,
        ]
        return .or(kinds.map { .exon(gene: gene, exon: exon, class: $0) })
    }

    private static func exon(_ name: String, _ gene: String) -> Criterion? {
        let words = name.split(separator: " ").map(String.init)
        guard words.count >= 3, words[0] == "EXON", let exon = Int(words[1]), exon > 0 else { return nil }
        switch words[2...].joined(separator: " ") {
        case "SKIPPING MUTATION", "SKIPPING": return .exonSkipping(gene: gene, exon: exon)
        case "INSERTION": return .exon(gene: gene, exon: exon, class: .inframeInsertion)
        // Elsewhere a whole exon may be meant.
        case "DELETION" where gene == "EGFR" && exon == 19:
            return .exon(gene: gene, exon: exon, class: .inframeDeletion)
        case "FRAMESHIFT": return .exon(gene: gene, exon: exon, class: .frameshift)
        case "MUTATION": return anyChange(gene, exon: exon)
        default: return nil
        }
    }

    // MARK: Fusions

    private func fusion(_ name: String, _ gene: String) throws(NotExpressed) -> Criterion? {
        var words = name.split(separator: " ").map(String.init)
        guard let first = words.first else { return nil }
        let partners: Criterion
        if first == gene, words.count > 1, words[1] == "FUSION" {
            partners = Self.anyFusion(gene)
            words.removeFirst(2)
        } else {
            let sides =
                first.contains("::")
                ? first.parts(around: "::") : first.parts(between: UInt8(ascii: "-"))
            guard sides.count == 2 else { return nil }
            let symbols = sides.map { FormerSymbols.current($0) }
            guard symbols.contains(gene), symbols[0] != symbols[1] else { return nil }
            let isOpen = symbols.map { $0 == "V" || $0 == "?" }
            guard zip(symbols, isOpen).allSatisfy({ $1 || isKnownGene($0) }) else {
                throw NotExpressed("a fusion with a gene that is not in the gene table")
            }
            partners = .fusion(
                fivePrime: isOpen[0] ? nil : symbols[0], threePrime: isOpen[1] ? nil : symbols[1])
            words.removeFirst()
            if words.first == "FUSION" { words.removeFirst() }
        }
        guard !words.isEmpty else { return partners }
        guard words.count == 1, let change = Self.residues(words[0], gene) else {
            throw NotExpressed("a fusion of given exons, or with several changes")
        }
        return .and([partners, change])
    }

    // MARK: Reasons

    private static func reason(_ name: String) -> String {
        func has(_ words: String...) -> Bool { words.contains { name.contains($0) } }
        if has("EXPRESSION", "ISOFORM", "TRANSCRIPT", "SPLICE VARIANT") { return "expression or an isoform" }
        if has("METHYLATION") { return "methylation" }
        if has("SERUM", "PHOSPHORYLATION", "LOCALIZATION", "TRANSLOCATION") {
            return "a level, a place or a state of a protein"
        }
        if name.hasPrefix("RS"), name.dropFirst(2).first?.isNumber == true {
            return "a polymorphism by its rs number"
        }
        if has("POLYMORPHISM", "TANDEM", "*2", "*13", "*6") { return "an inherited allele" }
        if name == "ITD" || has("INTERNAL DUPLICATION") { return "an internal tandem duplication" }
        if name == "LOSS" || name == "LOH" || has("HETEROZYGOSITY", "COPY NUMBER") {
            return "a loss or a change of copy number of unknown kind"
        }
        if has("DOMAIN", "TKD", "LOOP") { return "a domain whose residues are not told" }
        return "a variant name that the grammar has no word for"
    }
}
