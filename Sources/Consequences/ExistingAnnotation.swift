// Consequences that VEP, SnpEff or bcftools csq already wrote into INFO, read by what the header says.
//
//     CSQ   VEP         Allele|Consequence|…      fields as the Description lists them after "Format: "
//     ANN   SnpEff      Allele|Annotation|…       sixteen fields, fixed by the ANN specification
//     BCSQ  bcftools    consequence|gene|transcript|biotype|strand|amino acids|DNA change
//
// Not done: calling consequences, or judging those that are there.

public import Variants

/// Reads the consequences of a record's alleles from its INFO field.
public struct ExistingAnnotation: Sendable {
    /// The tool's tag, in the order of preference.
    public enum Tag: String, Hashable, Sendable, CaseIterable {
        /// Ensembl VEP.
        case csq = "CSQ"
        /// SnpEff.
        case ann = "ANN"
        /// bcftools csq.
        case bcsq = "BCSQ"
    }

    /// The tag that is read.
    public let name: String
    private let tag: Tag
    private let fields: [String: Int]
    private let frequencyFields: [Int]
    private let frequencyTags: [String]

    /// The annotation that a header declares, CSQ before ANN before BCSQ; `tag` names another (in VEP's layout). Nil
    /// without one.
    public init?(header: VCFHeader, tag wanted: String? = nil) {
        let names = wanted.map { [$0] } ?? Tag.allCases.map(\.rawValue)
        guard let name = names.first(where: { header.info[$0] != nil }), let declared = header.info[name]
        else { return nil }
        self.name = name
        tag = Tag(rawValue: name) ?? .csq
        var columns: [String]
        switch tag {
        case .csq:
            guard let start = declared.tagDescription.firstRange(of: "Format:") else { return nil }
            columns = declared.tagDescription[start.upperBound...].split(
                separator: "|", omittingEmptySubsequences: false
            )
            .map { Self.trimmed($0) }
        case .ann: columns = Self.annColumns
        case .bcsq: columns = ["Consequence", "SYMBOL", "Feature", "BIOTYPE", "STRAND", "AA", "DNA"]
        }
        var fields: [String: Int] = [:]
        for (index, column) in columns.enumerated() where fields[column] == nil { fields[column] = index }
        self.fields = fields
        frequencyFields = columns.indices.filter { index in
            let column = columns[index].lowercased()
            return column == "max_af"
                || (column.hasPrefix("gnomad") && column.contains("af") && !column.contains("filter")
                    && !column.contains("flag"))
        }
        frequencyTags = header.info.keys.filter { key in
            let key = key.lowercased()
            return key.hasPrefix("gnomad") && key.contains("af") || key == "af_popmax" || key == "af_grpmax"
        }.sorted()
    }

    /// The consequences of one ALT (1 is the first), on every transcript, in file order.
    public func consequences(for record: VCFRecord, alleleIndex: Int) -> [Consequence] {
        entries(record, alleleIndex).compactMap { entry in
            switch tag {
            case .csq: vep(entry)
            case .ann: snpEff(entry)
            case .bcsq: bcftools(entry)
            }
        }
    }

    /// The largest population frequency of one ALT, 0 … 1; nil if none is given.
    public func populationFrequency(for record: VCFRecord, alleleIndex: Int) -> Double? {
        var largest: Double?
        func note(_ text: some StringProtocol) {
            for part in text.split(separator: "&") {
                if let value = VCFRecord.number(part), (0...1).contains(value) {
                    largest = max(largest ?? 0, value)
                }
            }
        }
        if tag == .csq, !frequencyFields.isEmpty {
            for entry in entries(record, alleleIndex) {
                for field in frequencyFields where field < entry.count { note(entry[field]) }
            }
        }
        for tag in frequencyTags {
            let values = record.infoList(tag)
            if values.count == 1 {
                note(values[0])
            } else if values.indices.contains(alleleIndex - 1) {
                note(values[alleleIndex - 1])
            }
        }
        return largest
    }

    /// ClinVar's terms for one ALT, from VEP's CLIN_SIG or the INFO tag CLNSIG.
    public func clinicalSignificance(for record: VCFRecord, alleleIndex: Int) -> [String] {
        if tag == .csq, let field = fields["CLIN_SIG"] {
            for entry in entries(record, alleleIndex) where field < entry.count && !entry[field].isEmpty {
                return entry[field].split(separator: "&").map { String($0) }
            }
        }
        let values = record.infoList("CLNSIG").flatMap {
            $0.split(whereSeparator: { $0 == "|" || $0 == "&" }).map(String.init)
        }
        return values.filter { $0 != "." }
    }

    /// One consequence a gene, the genes in alphabetical order: MANE Select, then canonical, protein-coding, the more
    /// severe, the transcript's name.
    public static func reported(_ consequences: [Consequence]) -> [Consequence] {
        let byGene = Dictionary(grouping: consequences, by: \.gene)
        return byGene.keys.sorted().compactMap { byGene[$0]?.min { precedes($0, $1) } }
    }

    private static func precedes(_ left: Consequence, _ right: Consequence) -> Bool {
        func key(_ c: Consequence) -> (Int, Int, Int, Int, String) {
            (
                c.isMANESelect ? 0 : 1, c.isCanonical ? 0 : 1, c.isProteinCoding ? 0 : 1,
                c.terms.first?.rank ?? 99,
                c.transcript
            )
        }
        return key(left) < key(right)
    }

    // MARK: Entries

    private func entries(_ record: VCFRecord, _ alleleIndex: Int) -> [[Substring]] {
        guard let range = record.infoRange(name) else { return [] }
        let alternates = record.alternates
        guard alternates.indices.contains(alleleIndex - 1) else { return [] }
        let text = record.text(range)
        let all = text.split(separator: ",").map {
            $0.split(separator: "|", omittingEmptySubsequences: false)
        }
        if tag == .bcsq { return all.filter { isBCSQ($0, record, alternates[alleleIndex - 1]) } }
        if let field = fields["ALLELE_NUM"] {
            return all.filter { $0.count > field && $0[field] == "\(alleleIndex)" }
        }
        let alternate = alternates[alleleIndex - 1]
        let names = tag == .ann ? [alternate] : Self.vepNames(record.reference, alternates, alternate)
        let field = fields["Allele"] ?? 0
        for name in names {
            let named = all.filter { $0.count > field && $0[field] == name }
            if !named.isEmpty { return named }
        }
        return []
    }

    /// How VEP names an ALT: without the base that REF and every ALT share at the start, `-` if nothing is left.
    ///
    /// A record with one ALT may have been split after VEP ran; then the names of its former neighbors decided, so the
    /// ALT as it stands comes second.
    static func vepNames(_ reference: String, _ alternates: [String], _ alternate: String) -> [String] {
        let explicit = alternates.filter { $0 != "*" && !$0.hasPrefix("<") }
        let isIndel = explicit.contains { $0.utf8.count != reference.utf8.count }
        guard isIndel, let first = reference.first, explicit.allSatisfy({ $0.first == first }) else {
            return [alternate]
        }
        let trimmed = alternate == "*" ? alternate : String(alternate.dropFirst())
        return [trimmed.isEmpty ? "-" : trimmed] + (alternates.count == 1 ? [alternate] : [])
    }

    private func isBCSQ(_ entry: [Substring], _ record: VCFRecord, _ alternate: String) -> Bool {
        guard !entry[0].hasPrefix("@") else { return false }
        guard entry.count > 6, !entry[6].isEmpty else { return true }
        // `140453136A>T`, several joined by `+` for a compound change.
        let wanted = "\(record.position + 1)\(record.reference)>\(alternate)"
        return entry[6].split(separator: "+").contains { $0 == wanted }
    }

    private func text(_ entry: [Substring], _ column: String) -> Substring {
        guard let index = fields[column], index < entry.count else { return "" }
        return entry[index]
    }

    private func vep(_ entry: [Substring]) -> Consequence? {
        let terms = Self.terms(text(entry, "Consequence"))
        guard !terms.isEmpty else { return nil }
        let (transcript, coding) = Self.split(Self.decoded(text(entry, "HGVSc")))
        let (protein, name) = Self.split(Self.decoded(text(entry, "HGVSp")))
        let feature = String(text(entry, "Feature"))
        let mane = text(entry, "MANE_SELECT")
        let isMANE = !mane.isEmpty || text(entry, "MANE").contains("MANE_Select")
        let biotype = text(entry, "BIOTYPE")
        return Consequence(
            gene: String(text(entry, "SYMBOL")), transcript: transcript.isEmpty ? feature : transcript,
            terms: terms,
            codingName: coding, proteinName: name,
            protein: protein.isEmpty ? String(text(entry, "ENSP")) : protein,
            proteinChange: ProteinChange(hgvs: name)
                ?? Self.change(text(entry, "Amino_acids"), text(entry, "Protein_position"), terms),
            exon: Int(text(entry, "EXON").prefix { $0.isNumber }), isMANESelect: isMANE,
            isCanonical: text(entry, "CANONICAL") == "YES" || text(entry, "PICK") == "1",
            isProteinCoding: biotype.isEmpty || biotype == "protein_coding"
                || biotype == "nonsense_mediated_decay")
    }

    private func snpEff(_ entry: [Substring]) -> Consequence? {
        let terms = Self.terms(text(entry, "Annotation"))
        guard !terms.isEmpty else { return nil }
        let name = Self.decoded(text(entry, "HGVS.p"))
        let biotype = text(entry, "Transcript_BioType").lowercased()
        return Consequence(
            gene: String(text(entry, "Gene_Name")), transcript: String(text(entry, "Feature_ID")),
            terms: terms,
            codingName: Self.decoded(text(entry, "HGVS.c")), proteinName: name,
            proteinChange: ProteinChange(hgvs: name),
            exon: biotype == "protein_coding" || biotype == "coding"
                ? Int(text(entry, "Rank").prefix { $0.isNumber }) : nil,
            isProteinCoding: biotype.isEmpty || biotype == "protein_coding" || biotype == "coding")
    }

    private func bcftools(_ entry: [Substring]) -> Consequence? {
        let first = entry[0].hasPrefix("*") ? entry[0].dropFirst() : entry[0]
        let terms = Self.terms(first)
        guard !terms.isEmpty else { return nil }
        let biotype = text(entry, "BIOTYPE")
        let change = Self.bcftoolsChange(text(entry, "AA"), terms)
        return Consequence(
            gene: String(text(entry, "SYMBOL")), transcript: String(text(entry, "Feature")), terms: terms,
            proteinName: change?.threeLetterName ?? "", proteinChange: change,
            isProteinCoding: biotype.isEmpty || biotype == "protein_coding")
    }

    // MARK: Parts

    private static func terms(_ text: Substring) -> [SequenceOntologyTerm] {
        Set(text.split(separator: "&").compactMap { SequenceOntologyTerm(reading: $0) }).sorted()
    }

    private static func split(_ name: String) -> (accession: String, name: String) {
        guard let colon = name.lastIndex(of: ":") else { return ("", name) }
        return (String(name[..<colon]), String(name[name.index(after: colon)...]))
    }

    private static func decoded(_ text: Substring) -> String {
        guard text.contains("%") else { return String(text) }
        return String(text).replacing("%3D", with: "=").replacing("%3B", with: ";").replacing(
            "%2C", with: ","
        )
        .replacing("%7C", with: "|").replacing("%26", with: "&")
    }

    /// The change from VEP's `V/E` and `600`, or `VK/EN` and `600-601`, for files without HGVS.
    private static func change(
        _ residues: Substring, _ position: Substring, _ terms: [SequenceOntologyTerm]
    ) -> ProteinChange? {
        guard let place = Int(position.prefix { $0.isNumber }), place > 0 else { return nil }
        if terms.contains(.frameshiftVariant) {
            return ProteinChange(
                kind: .frameshift, first: place, last: place,
                reference: String(residues.prefix(1).filter(\.isLetter)), alternate: "")
        }
        let parts = residues.split(separator: "/").map { $0 == "-" ? "" : String($0) }
        guard parts.count == 2, parts.allSatisfy({ !$0.contains("X") }) else { return nil }
        // `-/FQEA` at `763-764` lies before residue 764.
        return ProteinChange(replacing: parts[0], at: parts[0].isEmpty ? place + 1 : place, with: parts[1])
    }

    /// bcftools' `600V>600E`, `12*`, `117MAT>117M`.
    private static func bcftoolsChange(_ text: Substring, _ terms: [SequenceOntologyTerm]) -> ProteinChange? {
        let sides = text.split(separator: ">")
        guard let left = sides.first, let start = Int(left.prefix { $0.isNumber }), start > 0 else {
            return nil
        }
        let old = String(left.drop { $0.isNumber })
        guard sides.count == 2 else {
            return ProteinChange(
                kind: .synonymous, first: start, last: start + max(old.count, 1) - 1, reference: old,
                alternate: old)
        }
        let new = String(sides[1].drop { $0.isNumber })
        let shared = zip(old, new).prefix { $0 == $1 }.count
        let first = start + shared
        let residue = old.dropFirst(shared).first.map { String($0) } ?? ""
        if terms.contains(.frameshiftVariant) {
            // bcftools spells both proteins to their ends; the first residue that differs names the change.
            return ProteinChange(
                kind: .frameshift, first: first, last: first, reference: residue, alternate: "")
        }
        if terms.contains(.stopLost), residue == "*" {
            let replaced = new.dropFirst(shared).first.map { String($0) } ?? ""
            return ProteinChange(
                kind: .stopLost, first: first, last: first, reference: "*", alternate: replaced)
        }
        return ProteinChange(replacing: old, at: start, with: new)
    }

    private static func trimmed(_ text: Substring) -> String {
        String(
            text.drop { $0 == " " || $0 == "'" }.reversed().drop { $0 == " " || $0 == "\"" || $0 == "'" }
                .reversed())
    }

    /// Source: Variant annotations in VCF format, version 1.0 (the ANN field).
    private static let annColumns = [
        "Allele", "Annotation", "Annotation_Impact", "Gene_Name", "Gene_ID", "Feature_Type", "Feature_ID",
        "Transcript_BioType", "Rank", "HGVS.c", "HGVS.p", "cDNA", "CDS", "AA", "Distance", "Errors",
    ]
}
