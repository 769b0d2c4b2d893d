public import Variants

/// The annotation that another tool left in a VCF file, and how to read it.
///
/// Three layouts are known, told apart by what the header says of the INFO tag:
///
/// - **VEP**, mostly `CSQ`: `Format: Allele|Consequence|…`, fields by name, in any order. The allele is named VEP's
///   way (`-` for a deletion) or by `ALLELE_NUM`.
/// - **SnpEff**, `ANN`: `'Allele | Annotation | …'`, sixteen fields. The allele is ALT.
/// - **bcftools csq**, `BCSQ`: `Consequence|gene|transcript|biotype|strand|amino_acid_change|dna_change`. The allele
///   is told by `dna_change` alone; an entry without it (an intron, a UTR) stands for all ALTs. An entry `@123`
///   says that the consequence, of several variants together, stands at the record of position 123; a `*` before
///   the term that a stop lies upstream. The FORMAT bitmask, which says whose haplotype it is, is not read.
///
/// Where a file has more than one, CSQ goes before ANN before BCSQ.
///
/// - Coordinates: `alleleIndex` is 1 for the first ALT, as in GT.
/// - Source: Ensembl VEP 115 output; "Variant annotations in VCF format" 1.0; bcftools 1.16 csq.
public struct ExistingAnnotation: Hashable, Sendable {
    /// Who wrote the annotation.
    public enum Source: String, Hashable, Sendable, CaseIterable {
        /// Ensembl VEP.
        case vep = "VEP"
        /// SnpEff.
        case snpEff = "SnpEff"
        /// bcftools csq.
        case bcftools = "bcftools csq"
    }

    /// The INFO tag, nil where the file has no consequences.
    public let tag: String?
    /// Who wrote it, nil where the file has no consequences.
    public let source: Source?
    /// The names of the fields between `|`, as the header gives them.
    public let fields: [String]
    /// The place of each field.
    let columns: [String: Int]
    /// Fields with population allele frequencies.
    let frequencyFields: [String]
    /// INFO tags with population allele frequencies.
    let frequencyTags: [String]

    /// The INFO tags that are read: the consequences, frequencies and ClinVar's significance.
    public var infoTags: Set<String> { Set(frequencyTags + ["CLNSIG"] + (tag.map { [$0] } ?? [])) }

    /// The annotation that a header declares; CSQ before ANN before BCSQ.
    public init(header: VCFHeader) {
        let tag = Self.tags(header).first
        self.init(header: header, known: tag)
    }

    /// The annotation in INFO tag `tag`; nil if the header does not declare it or its layout is none of the three.
    public init?(header: VCFHeader, tag: String) {
        guard header.info[tag].flatMap({ Self.layout(tag, $0.tagDescription) }) != nil else { return nil }
        self.init(header: header, known: tag)
    }

    /// The INFO tags of a header that hold consequences, in order of preference.
    public static func tags(_ header: VCFHeader) -> [String] {
        ["CSQ", "ANN", "BCSQ"].filter { tag in
            header.info[tag].flatMap { layout(tag, $0.tagDescription) } != nil
        }
    }

    private init(header: VCFHeader, known tag: String?) {
        let layout = tag.flatMap { tag in header.info[tag].flatMap { Self.layout(tag, $0.tagDescription) } }
        self.tag = tag
        source = layout?.source
        fields = layout?.fields ?? []
        columns = Dictionary(zip(fields, 0...), uniquingKeysWith: { first, _ in first })
        frequencyFields = fields.filter(Self.isFrequency)
        frequencyTags = header.info.keys.filter { $0 != tag && Self.isFrequency($0) }.sorted()
    }

    /// Reads a tag's Description.
    private static func layout(_ tag: String, _ description: String) -> (source: Source, fields: [String])? {
        if let start = description.firstRange(of: "Format:") {
            let fields = split(description[start.upperBound...])
            guard fields.count > 1 else { return nil }
            return fields.contains("Allele") || fields.contains("Feature")
                ? (.vep, fields) : fields[0].hasSuffix("Consequence") ? (.bcftools, bcftoolsFields) : nil
        }
        guard description.contains("Functional annotations") || tag == "ANN" else { return nil }
        let quoted = description.split(separator: "'", omittingEmptySubsequences: false)
        let fields = quoted.count > 1 ? split(quoted[1]) : []
        return (.snpEff, fields.count >= 11 ? fields : snpEffFields)
    }

    private static func split(_ text: Substring) -> [String] {
        text.split(separator: "|", omittingEmptySubsequences: false).map { part in
            String(part.filter { $0 != "\"" && $0 != "'" && $0 != "[" && $0 != "]" }).trimmed
        }
    }

    private static let bcftoolsFields = [
        "Consequence", "gene", "transcript", "biotype", "strand", "amino_acid_change", "dna_change",
    ]
    private static let snpEffFields = [
        "Allele", "Annotation", "Annotation_Impact", "Gene_Name", "Gene_ID", "Feature_Type", "Feature_ID",
        "Transcript_BioType", "Rank", "HGVS.c", "HGVS.p", "cDNA.pos / cDNA.length", "CDS.pos / CDS.length",
        "AA.pos / AA.length", "Distance", "ERRORS / WARNINGS / INFO",
    ]

    // MARK: Consequences

    /// The consequences of one ALT, in the order of the file; empty where there are none.
    ///
    /// - Parameter atPosition: the record at a position (0-based) of the same contig, for bcftools' `@` entries;
    ///   ``backReferences(in:)`` says which are needed. Without it such an entry gives nothing.
    public func consequences(
        for record: VCFRecord, alleleIndex: Int, atPosition: (Int) -> VCFRecord? = { _ in nil }
    ) -> [Consequence] {
        let entries = entries(for: record, alleleIndex: alleleIndex)
        switch source {
        case .vep: return entries.map(vepConsequence)
        case .snpEff: return entries.map(snpEffConsequence)
        case .bcftools:
            return bcftoolsConsequences(
                entries, of: record, alleleIndex: alleleIndex, atPosition: atPosition)
        case nil: return []
        }
    }

    /// All entries of a record, undivided by allele.
    func allEntries(_ record: VCFRecord) -> [AnnotationEntry] {
        guard let tag else { return [] }
        return record.infoList(tag).map {
            AnnotationEntry(
                values: Substring($0).split(separator: "|", omittingEmptySubsequences: false),
                columns: columns)
        }
    }

    /// The entries that speak of one ALT.
    func entries(for record: VCFRecord, alleleIndex: Int) -> [AnnotationEntry] {
        let alternates = record.alternates
        guard alleleIndex >= 1, alleleIndex <= alternates.count else { return [] }
        let entries = allEntries(record)
        guard source != .bcftools else { return entries }
        let numbers = entries.map { $0.ordinal("ALLELE_NUM") }
        // A record that was split after VEP ran still counts the alleles of the whole.
        if source == .vep, !numbers.isEmpty, numbers.allSatisfy({ $0 != nil && $0 ?? 0 <= alternates.count })
        {
            let chosen = zip(entries, numbers).filter { $1 == alleleIndex }.map(\.0)
            if alternates.count > 1 || entries.count == chosen.count { return chosen }
        }
        let names = entries.map { $0["Allele"] ?? "" }
        let wanted = AlleleName.candidates(
            reference: record.reference, alternates: alternates, index: alleleIndex - 1)
        for name in source == .snpEff ? [alternates[alleleIndex - 1]] : wanted {
            let chosen = zip(entries, names).filter { $1.uppercased() == name.uppercased() }.map(\.0)
            if !chosen.isEmpty { return chosen }
        }
        return alternates.count == 1 && Set(names).count == 1 ? entries : []
    }
}

extension String {
    /// The text without spaces at its ends.
    var trimmed: String {
        var part = self[...]
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }
}
