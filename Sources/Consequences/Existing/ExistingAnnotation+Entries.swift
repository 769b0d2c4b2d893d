extension ExistingAnnotation {
    /// One entry of VEP's CSQ.
    func vepConsequence(_ entry: AnnotationEntry) -> Consequence {
        let terms = SequenceOntologyTerm.list(reading: entry["Consequence"] ?? "")
        let coding = splitName(entry["HGVSc"] ?? ""), protein = splitName(entry["HGVSp"] ?? "")
        var (name, change) = readProteinName(protein.name)
        if name.isEmpty {
            change = entry["Amino_acids"].flatMap { residues in
                entry["Protein_position"].flatMap { ProteinChange(vep: residues, position: $0, terms: terms) }
            }
            name = change?.threeLetterName ?? ""
        }
        let isTranscript = entry["Feature_type"].map { $0 == "Transcript" } ?? true
        let mane = entry["MANE"] ?? ""
        return Consequence(
            gene: entry["SYMBOL"] ?? entry["HGNC"] ?? "",
            transcript: coding.id.isEmpty && isTranscript ? entry["Feature"] ?? "" : coding.id, terms: terms,
            codingName: coding.name, proteinName: name,
            protein: protein.id.isEmpty ? entry["ENSP"] ?? "" : protein.id, proteinChange: change,
            exon: entry.ordinal("EXON"),
            // Older releases wrote the RefSeq partner into MANE.
            isMANESelect: entry["MANE_SELECT"] != nil || mane.contains("MANE_Select")
                || mane.hasPrefix("NM_"),
            isCanonical: entry["CANONICAL"] == "YES" || entry["PICK"] == "1",
            isProteinCoding: entry["BIOTYPE"].map { $0 == "protein_coding" } ?? !name.isEmpty,
            isMANEPlusClinical: entry["MANE_PLUS_CLINICAL"] != nil || mane.contains("MANE_Plus_Clinical"),
            geneID: entry["Gene"] ?? "", hgncID: entry["HGNC_ID"] ?? "")
    }

    /// One entry of SnpEff's ANN.
    func snpEffConsequence(_ entry: AnnotationEntry) -> Consequence {
        let (name, change) = readProteinName(splitName(entry["HGVS.p"] ?? "").name)
        let isTranscript = entry["Feature_Type"].map { $0 == "transcript" } ?? true
        return Consequence(
            gene: entry["Gene_Name"] ?? "", transcript: isTranscript ? entry["Feature_ID"] ?? "" : "",
            terms: SequenceOntologyTerm.list(reading: entry["Annotation"] ?? ""),
            codingName: splitName(entry["HGVS.c"] ?? "").name, proteinName: name, proteinChange: change,
            // Rank counts introns as well for an intron variant.
            exon: entry["Annotation"]?.contains("intron_variant") == true ? nil : entry.ordinal("Rank"),
            // SnpEff writes "Coding" where the database does not say a biotype.
            isProteinCoding: entry["Transcript_BioType"].map { $0 == "protein_coding" || $0 == "Coding" }
                ?? !name.isEmpty, geneID: entry["Gene_ID"] ?? "")
    }
}

extension ProteinChange {
    /// The change that VEP's Amino_acids (`V/E`, `MAT/M`, `-/EL`, `S/X`) and Protein_position (`600`, `117-118`,
    /// `600/766`) say, for files without HGVSp; nil where the position is open (`?-12`).
    init?(vep residues: String, position: String, terms: [SequenceOntologyTerm]) {
        let parts = residues.split(separator: "/", omittingEmptySubsequences: false)
        let ends = position.prefix { $0 != "/" }.split(separator: "-").map {
            Int32($0).map { Int($0) }
        }
        guard let first = ends.first ?? nil, first > 0, let last = ends.last ?? nil, last >= first,
            let old = parts.first
        else {
            return nil
        }
        let new = parts.count == 2 ? parts[1] : old
        if terms.contains(.startLost) {
            self.init(kind: .startLost, first: 1, last: 1, reference: "M", alternate: "")
        } else if terms.contains(.frameshiftVariant), old.first != "-" {
            self.init(
                kind: .frameshift, first: first, last: first, reference: String(old.prefix(1)), alternate: "")
        } else if old == "-", last == first + 1 {
            self = .replacing([], first: last, last: first, with: new.utf8)
        } else if new == "-" {
            self = .replacing(old.utf8, first: first, last: last, with: [])
        } else if !new.contains("X"), old.utf8.count == last - first + 1 {
            self = .replacing(old.utf8, first: first, last: last, with: new.utf8)
        } else {
            return nil
        }
    }
}
