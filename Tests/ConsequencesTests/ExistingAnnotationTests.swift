import Consequences
import Testing
import Variants

/// VEP's header line, made by hand after VEP 115's documentation.
private let vepLine =
    "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Consequence annotations from Ensembl VEP. Format: "
    + "Allele|Consequence|SYMBOL|Feature|BIOTYPE|EXON|HGVSc|HGVSp|Protein_position|Amino_acids|CANONICAL|MANE_SELECT"
    + "|gnomADg_AF|CLIN_SIG\">"
private let snpEffLine =
    "##INFO=<ID=ANN,Number=.,Type=String,Description=\"Functional annotations: 'Allele | Annotation | …'\">"
private let bcftoolsLine =
    "##INFO=<ID=BCSQ,Number=.,Type=String,Description=\"Local consequence annotation from BCFtools/csq\">"

private func header(_ lines: String...) -> VCFHeader {
    VCFHeader(
        text: (["##fileformat=VCFv4.2"] + lines + ["#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"]).joined(
            separator: "\n"))
}

private func record(_ reference: String, _ alternates: String, _ info: String, position: Int = 140_753_336)
    throws
    -> VCFRecord
{
    try #require(VCFRecord(line: "7\t\(position)\t.\t\(reference)\t\(alternates)\t.\tPASS\t\(info)"))
}

/// A VEP entry of a missense variant with another allele name.
private func entry(_ allele: String, _ feature: String = "ENST1", terms: String = "missense_variant")
    -> String
{
    "\(allele)|\(terms)|G|\(feature)|protein_coding|1/2|||||||" + "|"
}

@Test("VEP's CSQ gives names, transcript, exon, MANE and frequency")
func readsVEP() throws {
    let reader = try #require(ExistingAnnotation(header: header(vepLine)))
    #expect(reader.name == "CSQ")
    let row = try record(
        "A", "T",
        "CSQ=T|missense_variant&splice_region_variant|BRAF|ENST00000646891|protein_coding|15/18|"
            + "ENST00000646891.2:c.1799T>A|ENSP00000493543.1:p.Val600Glu|600|V/E|YES|NM_004333.6|4e-6|pathogenic&other,"
            + "T|synonymous_variant|BRAF|ENST9|protein_coding|2/9|ENST9.1:c.9G>A|ENSP9.1:p.Leu3%3D|3|L|||1e-5|"
    )
    let found = reader.consequences(for: row, alleleIndex: 1)
    #expect(
        found == [
            Consequence(
                gene: "BRAF", transcript: "ENST00000646891.2",
                terms: [.missenseVariant, .spliceRegionVariant],
                codingName: "c.1799T>A", proteinName: "p.Val600Glu", protein: "ENSP00000493543.1",
                proteinChange: ProteinChange(hgvs: "p.V600E"), exon: 15, isMANESelect: true, isCanonical: true
            ),
            Consequence(
                gene: "BRAF", transcript: "ENST9.1", terms: [.synonymousVariant], codingName: "c.9G>A",
                proteinName: "p.Leu3=", protein: "ENSP9.1", proteinChange: ProteinChange(hgvs: "p.L3="),
                exon: 2),
        ])
    #expect(reader.populationFrequency(for: row, alleleIndex: 1) == 1e-5)
    #expect(reader.clinicalSignificance(for: row, alleleIndex: 1) == ["pathogenic", "other"])
    #expect(reader.consequences(for: row, alleleIndex: 2).isEmpty)
    #expect(reader.consequences(for: try record("A", "T", "DP=3"), alleleIndex: 1).isEmpty)
}

@Test("without HGVS names VEP's residues and place give the change")
func readsResidues() throws {
    let reader = try #require(ExistingAnnotation(header: header(vepLine)))
    func change(_ residues: String, _ place: String, _ term: String) throws -> String? {
        let row = try record("A", "T", "CSQ=T|\(term)|G|E|protein_coding|1/2|||\(place)|\(residues)||||")
        return reader.consequences(for: row, alleleIndex: 1).first?.proteinChange?.shortName
    }
    #expect(try change("V/E", "600", "missense_variant") == "p.V600E")
    #expect(try change("R/*", "213", "stop_gained") == "p.R213*")
    #expect(try change("L/X", "414", "frameshift_variant") == "p.L414fs")
    #expect(try change("VK/EN", "600-601", "missense_variant") == "p.V600_K601delinsEN")
    #expect(try change("ELREA/-", "746-750", "inframe_deletion") == "p.E746_A750del")
    #expect(try change("A/AFQEA", "763", "inframe_insertion")?.hasSuffix("_764insFQEA") == true)
    #expect(try change("-/FQEA", "763-764", "inframe_insertion")?.hasSuffix("763_764insFQEA") == true)
    #expect(try change("", "", "intron_variant") == nil)
}

@Test(
    "VEP's allele names belong to their ALT",
    arguments: [
        // REF, ALT, names of each ALT in VEP's way.
        ("A", "T", ["T"]), ("A", "AT", ["T"]), ("AT", "A", ["-"]), ("AC", "GT", ["GT"]), ("ATG", "AC", ["C"]),
        ("A", "T,G", ["T", "G"]), ("A", "AT,ATT", ["T", "TT"]), ("A", "AT,G", ["AT", "G"]),
        ("AT", "A,ATT", ["-", "TT"]), ("AT", "A,*", ["-", "*"]), ("AT", "GT", ["GT"]),
        ("AT", "A,AC", ["-", "C"]),
        // Split after annotation: the former neighbor G kept the anchor in the name.
        ("A", "AT", ["AT"]),
    ])
func readsAlleleNames(reference: String, alternates: String, names: [String]) throws {
    let reader = try #require(ExistingAnnotation(header: header(vepLine)))
    let info = "CSQ=" + names.enumerated().map { entry($1, "ENST\($0 + 1)") }.joined(separator: ",")
    let row = try record(reference, alternates, info)
    for index in 1...names.count {
        let transcripts = reader.consequences(for: row, alleleIndex: index).map(\.transcript)
        #expect(transcripts == ["ENST\(index)"], "ALT \(index)")
    }
}

@Test("ALLELE_NUM decides where VEP wrote it")
func readsAlleleNumber() throws {
    let line =
        "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"VEP. Format: Allele|Consequence|SYMBOL|Feature|ALLELE_NUM\">"
    let reader = try #require(ExistingAnnotation(header: header(line)))
    let row = try record("A", "AT,C", "CSQ=x|intron_variant|G|E2|2,x|stop_gained|G|E1|1")
    #expect(reader.consequences(for: row, alleleIndex: 1).map(\.transcript) == ["E1"])
    #expect(reader.consequences(for: row, alleleIndex: 2).map(\.transcript) == ["E2"])
}

@Test("SnpEff's ANN is read by its fixed columns")
func readsSnpEff() throws {
    let reader = try #require(ExistingAnnotation(header: header(snpEffLine)))
    let row = try record(
        "TG", "T,TGG",
        "ANN=T|frameshift_variant|HIGH|MUTYH|ENSG1|transcript|ENST00000456914.7|protein_coding|14/16|c.1377delC|p.Thr460fs"
            + "|1455/1839|1377/1650|459/549||,"
            + "TGG|disruptive_inframe_insertion|MODERATE|MUTYH|ENSG1|transcript|ENST2.1|protein_coding|3/16|c.5dup|p.Lys2dup||||10|"
    )
    let first = reader.consequences(for: row, alleleIndex: 1)
    #expect(first.map(\.terms) == [[.frameshiftVariant]])
    #expect(first.first?.proteinChange == ProteinChange(hgvs: "p.T460fs"))
    #expect(first.first?.exon == 14)
    #expect(first.first?.transcript == "ENST00000456914.7")
    #expect(first.first?.codingName == "c.1377delC")
    #expect(reader.consequences(for: row, alleleIndex: 2).map(\.terms) == [[.inframeInsertion]])
}

@Test(
    "bcftools' BCSQ gives the change by the residues that differ",
    arguments: [
        ("missense", "600V>600E", "p.V600E", "p.Val600Glu"),
        ("missense", "669IT>669MI", "p.I669_T670delinsMI", "p.Ile669_Thr670delinsMetIle"),
        ("missense", "117MAT>117MVT", "p.A118V", "p.Ala118Val"),
        ("synonymous", "12L", "p.L12=", "p.Leu12="),
        ("stop_gained", "213R>213*", "p.R213*", "p.Arg213Ter"),
        ("stop_gained", "538YL>538*", "p.Y538_L539delins*", "p.Tyr538_Leu539delinsTer"),
        ("frameshift", "459STAMKK*>459SPP*", "p.T460fs", "p.Thr460fs"),
        ("inframe_deletion", "745KELREAT>745KT", "p.E746_A750del", "p.Glu746_Ala750del"),
        ("inframe_altering", "746ELREATS>746VS", "p.E746_T751delinsV", "p.Glu746_Thr751delinsVal"),
        ("stop_lost", "415*>415YIL*", "p.*415Yext", "p.Ter415Tyrext"),
        ("start_lost", "1M>1V", "p.M1V", "p.Met1Val"),
    ])
func readsBCSQ(term: String, residues: String, short: String, long: String) throws {
    let reader = try #require(ExistingAnnotation(header: header(bcftoolsLine)))
    let row = try record(
        "A", "T,G", "BCSQ=*\(term)|G|ENST1|protein_coding|+|\(residues)|140753336A>T,@140753330")
    let found = reader.consequences(for: row, alleleIndex: 1)
    #expect(found.map { $0.proteinChange?.shortName } == [short])
    #expect(found.map(\.proteinName) == [long])
    #expect(reader.consequences(for: row, alleleIndex: 2).isEmpty)
}

@Test("a compound change of bcftools belongs to each of its records")
func readsCompound() throws {
    let reader = try #require(ExistingAnnotation(header: header(bcftoolsLine)))
    let row = try record(
        "A", "T",
        "BCSQ=missense|KIT|E1|protein_coding|+|669IT>669MI|140753330C>G+140753336A>T,intron|KIT|E2|protein_coding"
    )
    #expect(reader.consequences(for: row, alleleIndex: 1).map(\.transcript) == ["E1", "E2"])
}

@Test("an inserted block of bcftools lies between two residues")
func readsInsertion() throws {
    let reader = try #require(ExistingAnnotation(header: header(bcftoolsLine)))
    let row = try record(
        "A", "T", "BCSQ=inframe_insertion|EGFR|E1|protein_coding|+|763A>763AFQEA|140753336A>T")
    let change = try #require(reader.consequences(for: row, alleleIndex: 1).first?.proteinChange)
    #expect(change.kind == .inframeInsertion && change.first == 763 && change.last == 764)
    #expect(change.alternate == "FQEA" && change.netLength == 4)
}

@Test("CSQ comes before ANN before BCSQ, and a tag may be named")
func choosesTag() {
    #expect(ExistingAnnotation(header: header(bcftoolsLine, snpEffLine, vepLine))?.name == "CSQ")
    #expect(ExistingAnnotation(header: header(bcftoolsLine, snpEffLine))?.name == "ANN")
    #expect(ExistingAnnotation(header: header(bcftoolsLine, vepLine), tag: "BCSQ")?.name == "BCSQ")
    #expect(ExistingAnnotation(header: header(vepLine), tag: "ANN") == nil)
    #expect(ExistingAnnotation(header: header()) == nil)
}

@Test("one consequence a gene is reported: MANE Select, canonical, coding, severity, name")
func reports() {
    func make(
        _ gene: String, _ transcript: String, _ term: SequenceOntologyTerm, mane: Bool = false,
        canonical: Bool = false,
        coding: Bool = true
    ) -> Consequence {
        Consequence(
            gene: gene, transcript: transcript, terms: [term], isMANESelect: mane, isCanonical: canonical,
            isProteinCoding: coding)
    }
    let mane = make("B", "E5", .synonymousVariant, mane: true)
    let canonical = make("B", "E4", .missenseVariant, canonical: true)
    let severe = make("B", "E3", .stopGained)
    let mild = make("B", "E2", .intronVariant)
    let noncoding = make("B", "E1", .spliceDonorVariant, coding: false)
    let other = make("A", "E9", .intronVariant)
    #expect(ExistingAnnotation.reported([noncoding, mild, severe, canonical, mane, other]) == [other, mane])
    #expect(ExistingAnnotation.reported([noncoding, mild, severe, canonical]) == [canonical])
    #expect(ExistingAnnotation.reported([noncoding, mild, severe]) == [severe])
    #expect(ExistingAnnotation.reported([noncoding, mild]) == [mild])
    #expect(
        ExistingAnnotation.reported([make("B", "E8", .intronVariant), make("B", "E7", .intronVariant)]).map(
            \.transcript) == ["E7"])
    #expect(ExistingAnnotation.reported([]).isEmpty)
}
