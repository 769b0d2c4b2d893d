internal import Genome
internal import Variants

/// The columns of a MAF file, found by name.
struct MAFColumns: Sendable {
    private let places: [String: Int]
    private let count: Int
    private let file: String

    private static let required = [
        "Hugo_Symbol", "Chromosome", "Start_Position", "Reference_Allele", "Tumor_Seq_Allele2",
        "Variant_Classification", "Tumor_Sample_Barcode",
    ]

    init(names: [Substring], file: String, lineNumber: Int) throws(InputError) {
        places = Dictionary(zip(names.map { $0.lowercased() }, 0...), uniquingKeysWith: { first, _ in first })
        count = names.count
        self.file = file
        let missing = Self.required.filter { [places] in places[$0.lowercased()] == nil }
        guard missing.isEmpty else {
            throw InputError(
                file: file, place: .line(lineNumber),
                problem: "no column \(missing.joined(separator: ", ")) among \(count)",
                remedy: "The first line that is no comment must name the columns, separated by tabs.")
        }
    }

    func row(_ values: [Substring], lineNumber: Int) throws(InputError) -> MAFRow {
        guard values.count <= count, values.count >= Self.required.count else {
            throw InputError(
                file: file, place: .line(lineNumber),
                problem: "the row has \(values.count) columns, the header \(count)",
                remedy: "Columns are separated by tabs; see whether the file is cut short.")
        }
        let line = MAFLine(columns: self, values: values, lineNumber: lineNumber)
        let classification = line["Variant_Classification"].flatMap { MAFClassification(reading: $0) }
        let (variant, unjudged) = try line.variant()
        return MAFRow(
            variant: variant, unjudged: unjudged, consequence: line.consequence(classification),
            classification: classification, tumorBarcode: line["Tumor_Sample_Barcode"] ?? "",
            normalBarcode: line["Matched_Norm_Sample_Barcode"] ?? "", tumorCall: try line.call("t"),
            normalCall: try line.call("n"),
            filters: line["FILTER"]?.split { $0 == ";" || $0 == "," }.map(String.init) ?? [],
            assembly: line["NCBI_Build"] ?? "", context: line["CONTEXT"] ?? "", lineNumber: lineNumber)
    }

    fileprivate func place(_ name: String) -> Int? { places[name.lowercased()] }

    fileprivate func fault(_ lineNumber: Int, _ name: String, _ value: String, _ wanted: String) -> InputError
    {
        InputError(
            file: file, place: .line(lineNumber), problem: "\(name) is \"\(value)\", not \(wanted)",
            remedy: "Write . or nothing for a missing value.")
    }
}

/// The values of one line.
private struct MAFLine {
    let columns: MAFColumns
    let values: [Substring]
    let lineNumber: Int

    /// The value of the first of the columns that has one.
    subscript(_ names: String...) -> String? {
        for name in names {
            guard let place = columns.place(name), place < values.count else { continue }
            let value = values[place]
            if !value.isEmpty, value != ".", value != "NA" { return String(value) }
        }
        return nil
    }

    // MARK: Variant

    func variant() throws(InputError) -> (Variant?, MAFRow.Unjudged?) {
        guard let start = try count("Start_Position"), start > 0, start <= Int(Int32.max) else {
            throw columns.fault(
                lineNumber, "Start_Position", self["Start_Position"] ?? "", "a 1-based position")
        }
        guard let contig = self["Chromosome"], let reference = self["Reference_Allele"].flatMap(bases) else {
            return (nil, .noAlleles)
        }
        let alternates = [self["Tumor_Seq_Allele2"], self["Tumor_Seq_Allele1"]].compactMap {
            $0.flatMap(bases)
        }
        guard !alternates.isEmpty else { return (nil, .noAlleles) }
        guard let alternate = alternates.first(where: { $0 != reference }) else { return (nil, .noChange) }
        return (
            Variant(
                contig: Contig(contig), position: reference.isEmpty ? start : start - 1, reference: reference,
                alternate: alternate), nil
        )
    }

    /// The bases in upper case, empty for `-`; nil if they are none.
    private func bases(_ text: String) -> String? {
        let bases = text.allSatisfy { $0 == "-" } ? "" : text.uppercased()
        return bases.utf8.allSatisfy { "ACGTN".utf8.contains($0) } ? bases : nil
    }

    // MARK: Consequence

    func consequence(_ classification: MAFClassification?) -> Consequence {
        let coding = splitName(self["HGVSc"] ?? ""), protein = splitName(self["HGVSp"] ?? "")
        let short = self["HGVSp_Short", "Protein_Change", "Amino_Acid_Change", "AAChange"] ?? ""
        let long = readProteinName(protein.name)
        let read = long.change == nil ? readProteinName(splitName(short).name) : long
        var terms = SequenceOntologyTerm.list(reading: self["Consequence", "One_Consequence"] ?? "")
        if terms.isEmpty, let classification { terms = [classification.term(codingName: coding.name)] }
        let transcript = self["Transcript_ID", "i_transcript_name", "Annotation_Transcript"] ?? ""
        let mane = self["MANE_SELECT", "MANE"] ?? ""
        // vcf2maf writes p.X168_splice for a splice site, which is no protein name.
        let name = read.name.hasSuffix("_splice") ? "" : read.name
        return Consequence(
            gene: gene, transcript: transcript.isEmpty ? coding.id : transcript, terms: terms,
            codingName: coding.name, proteinName: name,
            protein: protein.id.isEmpty ? self["ENSP"] ?? "" : protein.id,
            proteinChange: read.change, exon: exon,
            isMANESelect: mane.hasPrefix("NM_") || mane.contains("Select"),
            isCanonical: true,
            isProteinCoding: self["BIOTYPE"].map { $0 == "protein_coding" }
                ?? CodingEffect(terms: terms).isCoding,
            isMANEPlusClinical: mane.contains("Plus_Clinical") || self["MANE_PLUS_CLINICAL"] != nil,
            geneID: self["Gene"] ?? "", hgncID: self["HGNC_ID"] ?? "")
    }

    private var gene: String {
        let symbol = self["Hugo_Symbol"] ?? ""
        return symbol == "Unknown" ? "" : symbol
    }

    private var exon: Int? {
        self["EXON", "Exon_Number"].flatMap { Int($0.prefix { $0.isASCII && $0.isNumber }) }
    }

    // MARK: Reads

    /// The reads of the sample whose columns start with `t` or `n`.
    func call(_ sample: String) throws(InputError) -> SampleCall {
        let alternate = try count("\(sample)_alt_count")
        let reference = try count("\(sample)_ref_count")
        var call = SampleCall(depth: try count("\(sample)_depth"), alternateDepth: alternate)
        if call.depth == nil, let alternate, let reference { call.depth = alternate + reference }
        if let alternate, let depth = call.depth {
            if depth > 0, alternate <= depth { call.vaf = Double(alternate) / Double(depth) }
        } else if sample == "t" {
            call.vaf = try fraction()
        }
        return call
    }

    /// A count, which may be written `54.0`.
    private func count(_ name: String) throws(InputError) -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Double(text), let count = Int(exactly: number), count >= 0 else {
            throw columns.fault(lineNumber, name, text, "a whole number")
        }
        // 32 bits, as in a VCF, so that sums cannot overflow.
        guard count <= Int(Int32.max) else {
            throw columns.fault(lineNumber, name, text, "a number up to \(Int32.max)")
        }
        return count
    }

    /// The allele fraction of files without read counts; TCGA's `i_TumorVAF_WU` is in percent.
    private func fraction() throws(InputError) -> Double? {
        for name in ["t_vaf", "tumor_f", "i_tumor_f", "tumor_vaf", "VAF", "i_TumorVAF_WU"] {
            guard let text = self[name] else { continue }
            let scale = name == "i_TumorVAF_WU" ? 100.0 : 1
            guard let number = Double(text), number >= 0, number <= scale else {
                throw columns.fault(
                    lineNumber, name, text, scale == 1 ? "a fraction from 0 to 1" : "a percentage")
            }
            return number / scale
        }
        return nil
    }
}
