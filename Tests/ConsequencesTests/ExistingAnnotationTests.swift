import Consequences
import TestSupport
import Testing
import Variants

/// Hand-made headers and records in the layouts of VEP and SnpEff; no tool wrote them.
private let vepFields =
    "Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|EXON|HGVSc|HGVSp|Existing_variation"
    + "|CANONICAL|MANE_SELECT|MANE_PLUS_CLINICAL|HGNC_ID|gnomADe_AF|gnomADg_NFE_AF|MAX_AF|MAX_AF_POPS|CLIN_SIG"
private let vepHeader = header(
    "CSQ", "Consequence annotations from Ensembl VEP. Format: \(vepFields)",
    more:
        "##INFO=<ID=CLNSIG,Number=.,Type=String,Description=\"x\">\n##INFO=<ID=AF_popmax,Number=A,Type=Float,Description=\"x\">"
)
private let snpEffHeader = header(
    "ANN",
    "Functional annotations: 'Allele | Annotation | Annotation_Impact | Gene_Name | Gene_ID | Feature_Type | Feature_ID"
        + " | Transcript_BioType | Rank | HGVS.c | HGVS.p | cDNA.pos / cDNA.length | CDS.pos / CDS.length"
        + " | AA.pos / AA.length | Distance | ERRORS / WARNINGS / INFO' ")

private func header(_ tag: String, _ description: String, more: String = "") -> VCFHeader {
    VCFHeader(
        text: """
            ##fileformat=VCFv4.2
            ##INFO=<ID=\(tag),Number=.,Type=String,Description="\(description)">
            \(more)
            #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
            """)
}

private func record(_ reference: String, _ alternate: String, _ info: String, id: String = ".") throws
    -> VCFRecord
{
    try #require(VCFRecord(line: "7\t140753336\t\(id)\t\(reference)\t\(alternate)\t.\tPASS\t\(info)"))
}

@Test("VEP's entry is read by the header's field names")
func vepEntry() throws {
    let annotation = ExistingAnnotation(header: vepHeader)
    #expect(annotation.source == .vep)
    #expect(annotation.tag == "CSQ")
    let record = try record(
        "A", "T",
        "DP=9;CSQ=T|missense_variant&splice_region_variant|MODERATE|BRAF|ENSG00000157764|Transcript|ENST00000646891|protein_coding"
            + "|15/18|ENST00000646891.2:c.1799T>A|ENSP00000493543.1:p.Val600Glu|rs113488022&COSV56056643|YES"
            + "|NM_004333.6||HGNC:1097|0.00001|0.00003&0.00002|0.0004|gnomADe_NFE|pathogenic&likely_pathogenic",
        id: "rs113488022")
    let consequence = try #require(annotation.consequences(for: record, alleleIndex: 1).first)
    #expect(
        consequence
            == Consequence(
                gene: "BRAF", transcript: "ENST00000646891.2",
                terms: [.missenseVariant, .spliceRegionVariant],
                codingName: "c.1799T>A", proteinName: "p.Val600Glu", protein: "ENSP00000493543.1",
                proteinChange: ProteinChange(
                    kind: .missense, first: 600, last: 600, reference: "V", alternate: "E"),
                exon: 15, isMANESelect: true, isCanonical: true, isProteinCoding: true,
                geneID: "ENSG00000157764",
                hgncID: "HGNC:1097"))
    #expect(annotation.populationFrequency(for: record, alleleIndex: 1) == 0.0004)
    #expect(
        annotation.clinicalSignificance(for: record, alleleIndex: 1) == ["pathogenic", "likely_pathogenic"])
    #expect(annotation.existingIDs(for: record, alleleIndex: 1) == ["rs113488022", "COSV56056643"])
}

@Test("VEP's escapes are resolved")
func vepEscapes() throws {
    let record = try record(
        "G", "A",
        "CSQ=A|synonymous_variant|LOW|G|||T|protein_coding|1/1|T.1:c.72G>A|P.1:p.Trp24%3D|||||||||||")
    let consequence = try #require(
        ExistingAnnotation(header: vepHeader).consequences(for: record, alleleIndex: 1).first)
    #expect(consequence.proteinName == "p.Trp24=")
    #expect(consequence.proteinChange?.kind == .synonymous)
}

@Test(
    "entries go to the ALT that VEP named",
    arguments: [
        ("A", "T,C", ["T", "C"]), ("AG", "A,AGG", ["-", "GG"]), ("AG", "A", ["-"]), ("A", "AT", ["T"]),
        ("AG", "A,TG", ["A", "TG"]), ("AG", "A,*", ["-", "*"]), ("ACT", "TTT,A", ["TTT", "A"]),
        ("AC", "GT", ["GT"]),
        ("ACC", "ACT,AC", ["CT", "C"]),
    ])
func vepAlleles(reference: String, alternates: String, names: [String]) throws {
    let entries = names.map { "\($0)|intron_variant|MODIFIER|gene_\($0)||||||||" }.joined(separator: ",")
    let record = try record(reference, alternates, "CSQ=\(entries)")
    let annotation = ExistingAnnotation(header: vepHeader)
    for (index, name) in names.enumerated() {
        #expect(annotation.consequences(for: record, alleleIndex: index + 1).map(\.gene) == ["gene_\(name)"])
    }
    #expect(annotation.consequences(for: record, alleleIndex: names.count + 1).isEmpty)
    #expect(annotation.consequences(for: record, alleleIndex: 0).isEmpty)
}

@Test("a record that was split after VEP ran takes the entries of its own ALT only")
func splitAfterVEP() throws {
    let annotation = ExistingAnnotation(header: vepHeader)
    let one = try record("A", "C", "CSQ=T|stop_gained||ONE||||||||,C|intron_variant||TWO||||||||")
    #expect(annotation.consequences(for: one, alleleIndex: 1).map(\.gene) == ["TWO"])
    let other = try record("AGG", "A", "CSQ=-|stop_gained||ONE||||||||,TT|intron_variant||TWO||||||||")
    #expect(annotation.consequences(for: other, alleleIndex: 1).map(\.gene) == ["ONE"])
}

@Test("ALLELE_NUM decides where it is given, and not in a record that was split")
func alleleNumber() throws {
    let annotation = ExistingAnnotation(
        header: header(
            "CSQ", "Consequence annotations from Ensembl VEP. Format: Allele|Consequence|SYMBOL|ALLELE_NUM"))
    let whole = try record("AGG", "AG,A", "CSQ=x|intron_variant|ONE|1,y|intron_variant|TWO|2")
    #expect(annotation.consequences(for: whole, alleleIndex: 1).map(\.gene) == ["ONE"])
    #expect(annotation.consequences(for: whole, alleleIndex: 2).map(\.gene) == ["TWO"])
    let split = try record("A", "C", "CSQ=T|intron_variant|ONE|1,C|intron_variant|TWO|2")
    #expect(annotation.consequences(for: split, alleleIndex: 1).map(\.gene) == ["TWO"])
}

@Test(
    "without HGVSp the residues and their position are read",
    arguments: [
        ("missense_variant", "V/E", "600/766", "p.Val600Glu"),
        ("inframe_deletion", "MAT/M", "117-119", "p.Ala118_Thr119del"),
        ("inframe_insertion", "-/EL", "117-118", "p.Xaa117_Xaa118insGluLeu"),
        ("frameshift_variant", "S/X", "414", "p.Ser414fs"),
        ("synonymous_variant", "W", "24", "p.Trp24="), ("start_lost", "M/V", "1", "p.Met1?"),
        ("stop_gained", "R/*", "213", "p.Arg213Ter"), ("inframe_deletion", "EL/-", "?-12", ""),
    ])
func residueFields(terms: String, residues: String, position: String, name: String) throws {
    let annotation = ExistingAnnotation(
        header: header("vep", "Format: Allele|Consequence|SYMBOL|Protein_position|Amino_acids"))
    #expect(annotation.source == nil)
    let named = try #require(
        ExistingAnnotation(
            header: header("vep", "Format: Allele|Consequence|SYMBOL|Protein_position|Amino_acids"),
            tag: "vep"))
    let record = try record("A", "T", "vep=T|\(terms)|G|\(position)|\(residues)")
    #expect(named.consequences(for: record, alleleIndex: 1).map(\.proteinName) == [name])
}

@Test("SnpEff's entry is read")
func snpEffEntry() throws {
    let annotation = ExistingAnnotation(header: snpEffHeader)
    #expect(annotation.source == .snpEff)
    let record = try record(
        "A", "T,C",
        "ANN=T|missense_variant|MODERATE|BRAF|ENSG00000157764|transcript|ENST00000646891.2|protein_coding|15/18|c.1799T>A"
            + "|p.Val600Glu|2025/6459|1799/2301|600/766||,C|intron_variant|MODIFIER|BRAF|ENSG00000157764|transcript"
            + "|ENST00000646891.2|protein_coding|14/17|c.1799+7T>G||||||,C|sequence_feature|LOW|BRAF||domain|x||||||||||"
    )
    let first = annotation.consequences(for: record, alleleIndex: 1)
    #expect(first.map(\.proteinName) == ["p.Val600Glu"])
    #expect(first.map(\.transcript) == ["ENST00000646891.2"])
    #expect(first.map(\.exon) == [15])
    #expect(first.map(\.isProteinCoding) == [true])
    let second = annotation.consequences(for: record, alleleIndex: 2)
    #expect(second.map(\.codingName) == ["c.1799+7T>G", ""])
    #expect(second.map(\.terms) == [[.intronVariant], []])
    #expect(second.map(\.transcript) == ["ENST00000646891.2", ""])
    #expect(second.map(\.exon) == [nil, nil])
}

@Test("CSQ goes before ANN before BCSQ, and a tag can be named")
func preference() throws {
    let lines = [
        (
            "BCSQ",
            "Haplotype-aware consequence annotation. Format: Consequence|gene|transcript|biotype|strand|x|y"
        ),
        ("ANN", "Functional annotations: 'Allele | Annotation'"),
        ("CSQ", "Format: Allele|Consequence|SYMBOL"),
    ].map { "##INFO=<ID=\($0),Number=.,Type=String,Description=\"\($1)\">" }
    for (count, tag) in zip(1...3, ["BCSQ", "ANN", "CSQ"]) {
        let header = VCFHeader(text: lines.prefix(count).joined(separator: "\n"))
        #expect(ExistingAnnotation(header: header).tag == tag)
    }
    let all = VCFHeader(text: lines.joined(separator: "\n"))
    #expect(ExistingAnnotation.tags(all) == ["CSQ", "ANN", "BCSQ"])
    #expect(ExistingAnnotation(header: all, tag: "BCSQ")?.source == .bcftools)
    #expect(ExistingAnnotation(header: all, tag: "XYZ") == nil)
    #expect(ExistingAnnotation(header: VCFHeader(text: "")).source == nil)
}

@Test("VEP written into ANN is read as VEP's")
func vepInANN() {
    #expect(ExistingAnnotation(header: header("ANN", "Format: Allele|Consequence|SYMBOL")).source == .vep)
}

@Test("without CSQ frequency and significance come from INFO, each ALT at its place")
func infoFacts() throws {
    let annotation = ExistingAnnotation(header: vepHeader)
    let record = try record(
        "A", "T,C", "AF_popmax=0.2,0.01;CLNSIG=Pathogenic/Likely_pathogenic|_drug_response")
    #expect(annotation.populationFrequency(for: record, alleleIndex: 1) == 0.2)
    #expect(annotation.populationFrequency(for: record, alleleIndex: 2) == 0.01)
    #expect(annotation.populationFrequency(for: record, alleleIndex: 3) == nil)
    #expect(
        annotation.clinicalSignificance(for: record, alleleIndex: 1)
            == ["pathogenic", "likely_pathogenic", "drug_response"])
    let bare = try VCFRecordTests.bare()
    #expect(annotation.populationFrequency(for: bare, alleleIndex: 1) == nil)
    #expect(annotation.existingIDs(for: bare, alleleIndex: 1) == [])
}

private enum VCFRecordTests {
    static func bare() throws -> VCFRecord { try record("A", "T", ".") }
}

@Test("damaged entries never stop the reader", arguments: 1...10 as ClosedRange<UInt64>)
func damaged(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = [
        "T", "-", "|", "||", "&", "%", "%3", "@", "@9223372036854775807", "@-1", "99999999999999999999V>1E",
        "1V>", ">",
        "p.Val600Glu", "p.V9999999999E", "c.", ":", "600/", "-", "1M", "*", "..", "missense", "=",
        "start_lost", ",", "/", "9223372036854775807",
    ]
    let bcftools = header("BCSQ", "x. Format: Consequence|gene|transcript|biotype|strand|a|d")
    for (header, tag) in [(vepHeader, "CSQ"), (snpEffHeader, "ANN"), (bcftools, "BCSQ")] {
        let annotation = ExistingAnnotation(header: header)
        #expect(annotation.tag == tag)
        for _ in 0..<300 {
            let text = (0..<20).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let record = try record("A", "T,AC", "\(tag)=\(text)")
            for index in -1...3 {
                let found = annotation.consequences(for: record, alleleIndex: index) { _ in record }
                #expect(found.isEmpty || (1...2).contains(index))
                _ = annotation.populationFrequency(for: record, alleleIndex: index)
            }
            _ = ProteinChange(hgvs: text)
        }
    }
}
