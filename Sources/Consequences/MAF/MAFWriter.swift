internal import Genome
public import Variants

/// Prints somatic calls as rows of a MAF file with vcf2maf's columns, as cBioPortal takes it.
///
/// - Source: Mutation Annotation Format 2.4; vcf2maf 1.6 for the columns from `HGVSc` on, for `HGVSp_Short` at splice sites and
///   for how alleles are written: without shared bases, `-` for none, an insertion between the two bases beside it.
public struct MAFWriter: Sendable {
    /// One call.
    public struct Call: Sendable {
        /// The change, trimmed without anchor.
        public var variant: Variant
        /// The contig as the input names it.
        public var contigName: String
        /// Everything that the change does; may be empty.
        public var consequences: [Consequence]
        /// Reads of the tumor and the normal.
        public var tumor = SampleCall(), normal = SampleCall()
        /// Reads with REF, where they are known.
        public var tumorReference: Int?, normalReference: Int?
        /// Whether no copy of the tumor has REF.
        public var isHomozygous = false
        /// The caller's filters, `PASS`, or `.`.
        public var filters = "."
        /// The record's identifiers, `rs121913529;COSM1`, or `.`.
        public var identifiers = "."

        /// A call without reads.
        public init(variant: Variant, contigName: String, consequences: [Consequence]) {
            self.variant = variant
            self.contigName = contigName
            self.consequences = consequences
        }
    }

    /// The columns, in order.
    public static let columns =
        [
            "Hugo_Symbol", "Entrez_Gene_Id", "Center", "NCBI_Build", "Chromosome", "Start_Position",
            "End_Position",
            "Strand", "Variant_Classification", "Variant_Type", "Reference_Allele", "Tumor_Seq_Allele1",
            "Tumor_Seq_Allele2", "dbSNP_RS", "dbSNP_Val_Status", "Tumor_Sample_Barcode",
            "Matched_Norm_Sample_Barcode", "Match_Norm_Seq_Allele1", "Match_Norm_Seq_Allele2",
            "Tumor_Validation_Allele1", "Tumor_Validation_Allele2", "Match_Norm_Validation_Allele1",
            "Match_Norm_Validation_Allele2", "Verification_Status", "Validation_Status", "Mutation_Status",
            "Sequencing_Phase", "Sequence_Source", "Validation_Method", "Score", "BAM_File", "Sequencer",
            "Tumor_Sample_UUID", "Matched_Norm_Sample_UUID", "HGVSc", "HGVSp", "HGVSp_Short", "Transcript_ID",
            "Exon_Number", "t_depth", "t_ref_count", "t_alt_count", "n_depth", "n_ref_count", "n_alt_count",
            "all_effects", "Allele", "Gene", "Feature", "Feature_type", "Consequence", "CANONICAL", "ENSP",
            "HGNC_ID", "FILTER", "vcf_id",
        ]

    private let build: String, tumor: String, normal: String

    /// A writer for one pair of samples; `build` is `GRCh37`, `GRCh38` or empty, `normal` empty without one.
    public init(build: String, tumor: String, normal: String) {
        (self.build, self.tumor, self.normal) = (build, tumor, normal)
    }

    /// The two lines before the rows.
    public static var header: String { "#version 2.4\n" + columns.joined(separator: "\t") + "\n" }

    /// The row of a call, with its line end.
    public func row(_ call: Call) -> String {
        let reported = call.consequences.reported().first
        let reference = call.variant.reference, alternate = call.variant.alternate
        let classification = MAFClassification(
            terms: reported?.terms ?? [.intergenicVariant], referenceLength: reference.utf8.count,
            alternateLength: alternate.utf8.count)
        var values: [String: String] = [
            "Hugo_Symbol": reported?.gene ?? "", "Entrez_Gene_Id": "0", "Center": ".", "NCBI_Build": build,
            "Chromosome": call.contigName, "Strand": "+", "Variant_Classification": classification.rawValue,
            "Reference_Allele": reference, "Tumor_Seq_Allele1": call.isHomozygous ? alternate : reference,
            "Tumor_Seq_Allele2": alternate, "Tumor_Sample_Barcode": tumor,
            "Matched_Norm_Sample_Barcode": normal,
            "Mutation_Status": "Somatic", "Allele": alternate, "FILTER": call.filters,
            "vcf_id": call.identifiers,
            "dbSNP_RS": call.identifiers.split { $0 == ";" || $0 == "," }.filter { $0.hasPrefix("rs") }
                .joined(separator: ","),
        ]
        if !normal.isEmpty {
            (values["Match_Norm_Seq_Allele1"], values["Match_Norm_Seq_Allele2"]) = (reference, reference)
        }
        for name in [
            "Reference_Allele", "Tumor_Seq_Allele1", "Tumor_Seq_Allele2", "Allele", "Match_Norm_Seq_Allele1",
            "Match_Norm_Seq_Allele2",
        ] where values[name]?.isEmpty == true {
            values[name] = "-"
        }
        if values["Hugo_Symbol"]?.isEmpty == true { values["Hugo_Symbol"] = "Unknown" }
        setPlace(call.variant, &values)
        setReads(call, &values)
        if let reported { setNames(reported, &values) }
        values["all_effects"] = call.consequences.map(Self.effect).joined(separator: ";")
        return Self.columns.map { Self.cell(values[$0] ?? "") }.joined(separator: "\t") + "\n"
    }

    private func setPlace(_ variant: Variant, _ values: inout [String: String]) {
        let (old, new) = (variant.reference.utf8.count, variant.alternate.utf8.count)
        // 1-based and closed; an insertion lies between two bases.
        let start = old == 0 ? variant.position : variant.position + 1
        values["Start_Position"] = String(start)
        values["End_Position"] = String(old == 0 ? start + 1 : start + old - 1)
        values["Variant_Type"] =
            old < new ? "INS" : old > new ? "DEL" : ["SNP", "DNP", "TNP"].dropFirst(old - 1).first ?? "ONP"
    }

    private func setReads(_ call: Call, _ values: inout [String: String]) {
        values["t_depth"] = call.tumor.depth.map(String.init)
        values["t_ref_count"] = call.tumorReference.map(String.init)
        values["t_alt_count"] = call.tumor.alternateDepth.map(String.init)
        values["n_depth"] = call.normal.depth.map(String.init)
        values["n_ref_count"] = call.normalReference.map(String.init)
        values["n_alt_count"] = call.normal.alternateDepth.map(String.init)
    }

    private func setNames(_ reported: Consequence, _ values: inout [String: String]) {
        values["HGVSc"] = Self.joined(reported.transcript, reported.codingName)
        values["HGVSp"] = reported.proteinName
        values["HGVSp_Short"] = Self.shortName(reported)
        values["Transcript_ID"] = reported.transcript
        values["Exon_Number"] = reported.exon.map(String.init)
        values["Gene"] = reported.geneID
        values["Feature"] = reported.transcript
        values["Feature_type"] = reported.transcript.isEmpty ? "" : "Transcript"
        values["Consequence"] = reported.terms.map(\.rawValue).joined(separator: ",")
        values["CANONICAL"] = reported.isCanonical ? "YES" : ""
        values["ENSP"] = reported.protein
        values["HGNC_ID"] = reported.hgncID
    }

    private static func joined(_ accession: String, _ name: String) -> String {
        accession.isEmpty || name.isEmpty ? name : "\(accession):\(name)"
    }

    /// `p.V600E`; at a splice site `p.X125_splice`, by the codon beside it.
    static func shortName(_ consequence: Consequence) -> String {
        let isSplice = consequence.terms.first.map {
            [.spliceAcceptorVariant, .spliceDonorVariant].contains($0)
        }
        if isSplice == true, consequence.codingName.hasPrefix("c.") {
            let digits = consequence.codingName.dropFirst(2).prefix { $0.isASCII && $0.isNumber }
            let position = consequence.codingName.hasPrefix("c.-") ? 1 : Int(digits)
            return position.map { "p.X\((max($0, 1) + 2) / 3)_splice" } ?? ""
        }
        return consequence.proteinChange?.oneLetterName ?? ""
    }

    private static func effect(_ consequence: Consequence) -> String {
        [
            consequence.gene, consequence.terms.map(\.rawValue).joined(separator: "&"),
            shortName(consequence),
            consequence.transcript, joined(consequence.transcript, consequence.codingName),
        ].joined(separator: ",")
    }

    /// Text without what parts columns and lines.
    private static func cell(_ text: String) -> String {
        text.utf8.contains { $0 < 0x20 } ? String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }) : text
    }
}
