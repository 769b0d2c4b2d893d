/// The attributes of a line that gene models need, whichever source wrote them.
struct GFFAttributes {
    var id: ArraySlice<UInt8> = []
    var parents: [ArraySlice<UInt8>] = []
    var name: ArraySlice<UInt8> = []
    var symbol: ArraySlice<UInt8> = []
    var geneID: ArraySlice<UInt8> = []
    var geneVersion: ArraySlice<UInt8> = []
    var transcriptID: ArraySlice<UInt8> = []
    var transcriptVersion: ArraySlice<UInt8> = []
    var proteinID: ArraySlice<UInt8> = []
    var proteinVersion: ArraySlice<UInt8> = []
    var version: ArraySlice<UInt8> = []
    var biotype: ArraySlice<UInt8> = []
    var geneBiotype: ArraySlice<UInt8> = []
    var hgncID: ArraySlice<UInt8> = []
    var entrezID: ArraySlice<UInt8> = []
    var flags: TranscriptFlags = []
    var exceptions: ArraySlice<UInt8> = []
    var codeTable: ArraySlice<UInt8> = []
    var isStartPartial = false
    var isEndPartial = false

    init(_ line: GFFLine) {
        line.forEachAttribute { key, value in set(key, value) }
    }

    private mutating func set(_ key: String, _ value: ArraySlice<UInt8>) {
        switch key {
        case "ID": id = value
        case "Parent": parents = value.split(separator: UInt8(ascii: ","))
        case "Name": name = value
        case "gene_name", "gene": symbol = value
        case "gene_id": geneID = value
        case "gene_version": geneVersion = value
        case "transcript_id": transcriptID = value
        case "transcript_version": transcriptVersion = value
        case "protein_id": proteinID = value
        case "protein_version": proteinVersion = value
        case "version": version = value
        case "biotype", "transcript_type", "transcript_biotype": biotype = value
        case "gene_biotype", "gene_type": geneBiotype = value
        case "hgnc_id": hgncID = Self.hgnc(value)
        case "Dbxref", "db_xref": references(value)
        case "description": description(value)
        case "tag": tags(value)
        case "exception": exception(value)
        case "transl_except": exceptions = value
        case "transl_table": codeTable = value
        case "start_range": isStartPartial = true
        case "end_range": isEndPartial = true
        default: break
        }
    }

    private mutating func tags(_ value: ArraySlice<UInt8>) {
        for tag in value.split(separator: UInt8(ascii: ",")) {
            switch String(decoding: tag, as: UTF8.self) {
            case "MANE_Select", "MANE Select": flags.insert(.maneSelect)
            case "MANE_Plus_Clinical", "MANE Plus Clinical": flags.insert(.manePlusClinical)
            case "Ensembl_canonical", "RefSeq Select", "RefSeq_Select": flags.insert(.canonical)
            case "cds_start_NF": flags.insert(.codingStartNotFound)
            case "cds_end_NF": flags.insert(.codingEndNotFound)
            case "seleno": flags.insert(.selenocysteine)
            default: break
            }
        }
    }

    private mutating func references(_ value: ArraySlice<UInt8>) {
        for reference in value.split(separator: UInt8(ascii: ",")) {
            if reference.starts(with: "HGNC:".utf8) { hgncID = Self.hgnc(reference) }
            if reference.starts(with: "GeneID:".utf8) { entrezID = reference.dropFirst(7) }
        }
    }

    /// Ensembl's `… [Source:HGNC Symbol;Acc:HGNC:1100]`.
    private mutating func description(_ value: ArraySlice<UInt8>) {
        let text = String(decoding: value, as: UTF8.self)
        guard let source = text.firstRange(of: "[Source:HGNC Symbol;Acc:") else { return }
        hgncID = Self.hgnc(Array(text[source.upperBound...].prefix { $0 != "]" }.utf8)[...])
    }

    private mutating func exception(_ value: ArraySlice<UInt8>) {
        switch String(decoding: value, as: UTF8.self) {
        case "ribosomal slippage": flags.insert(.ribosomalSlippage)
        case "annotated by transcript or proteomic data", "mismatches in transcription",
            "unclassified transcription discrepancy":
            flags.insert(.differsFromGenome)
        default: flags.insert(.otherException)
        }
    }

    /// `HGNC:1100` for `1100`, `HGNC:1100` and `HGNC:HGNC:1100`.
    private static func hgnc(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let number = value.reversed().prefix { $0 != UInt8(ascii: ":") }.reversed()
        guard !number.isEmpty, number.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return [] }
        return ArraySlice("HGNC:".utf8) + number
    }
}

extension GFFAttributes {
    /// Whether the names came from `gene_id` and `transcript_id` alone.
    var isGTF: Bool { id.starts(with: "gtf:".utf8) }
    /// The key under which a GTF line's gene is found.
    var geneKey: ArraySlice<UInt8> { ArraySlice("gene:".utf8) + geneID }

    /// Gives a GTF line the ID and Parent that a GFF3 line has.
    mutating func adoptGTF(_ kind: FeatureKind) {
        guard !geneID.isEmpty || !transcriptID.isEmpty else { return }
        let transcriptKey = ArraySlice("transcript:".utf8) + transcriptID
        switch kind {
        case .gene: id = geneKey
        case .container: (id, parents) = (transcriptKey, [geneKey])
        default: (id, parents) = (ArraySlice("gtf:".utf8), [transcriptKey])
        }
    }

    /// The gene's id with version.
    var geneName: ArraySlice<UInt8> {
        let isGene = parents.isEmpty
        let id = geneID.isEmpty ? (entrezID.isEmpty ? (isGene ? Self.bare(self.id) : []) : entrezID) : geneID
        return Self.versioned(id, isGene && geneVersion.isEmpty ? version : geneVersion)
    }

    /// The transcript's id with version.
    var transcriptName: ArraySlice<UInt8> {
        let id = transcriptID.isEmpty ? Self.bare(self.id) : transcriptID
        return Self.versioned(
            id, transcriptVersion.isEmpty ? (parents.isEmpty ? [] : version) : transcriptVersion)
    }

    /// The protein's id with version.
    var proteinName: ArraySlice<UInt8> {
        let id = proteinID.isEmpty ? (isGTF ? [] : Self.bare(self.id)) : proteinID
        return Self.versioned(id, proteinVersion.isEmpty ? version : proteinVersion)
    }

    /// The biotype, which RefSeq says by the feature's type.
    func biotype(of kind: FeatureKind, type: String) -> ArraySlice<UInt8> {
        if !biotype.isEmpty { return biotype }
        if kind == .gene || type == "transcript" { return geneBiotype }
        switch type {
        case "mRNA": return ArraySlice("protein_coding".utf8)
        case "primary_transcript": return ArraySlice("miRNA".utf8)
        default: return ArraySlice(type.utf8)
        }
    }

    private static func versioned(_ id: ArraySlice<UInt8>, _ version: ArraySlice<UInt8>) -> ArraySlice<UInt8>
    {
        guard !version.isEmpty, !id.isEmpty else { return id }
        if let dot = id.lastIndex(of: UInt8(ascii: ".")), dot + 1 < id.endIndex,
            id[(dot + 1)...].allSatisfy({ $0 >= 48 && $0 <= 57 })
        {
            return id
        }
        return id + [UInt8(ascii: ".")] + version
    }

    /// An ID without `transcript:`, `gene-` and the like.
    private static func bare(_ id: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        for prefix in ["transcript:", "gene:", "CDS:", "rna-", "gene-", "cds-", "rna:", "mRNA:"]
        where id.starts(with: prefix.utf8) {
            return id.dropFirst(prefix.utf8.count)
        }
        return id
    }
}
