import Consequences
import Genome
import Testing
import Variants

/// Values that a file may hold and no tool writes: found by the fuzz targets.
@Test(
    "a VEP protein position that is none gives no change",
    arguments: [
        ("-/EL", "9223372036854775807"), ("V/E", "9223372036854775807"), ("VL/-", "5-3"), ("V/E", "600-1"),
    ])
func hostileProteinPosition(residues: String, position: String) throws {
    let header = VCFHeader(
        text: "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Format: "
            + "Allele|Consequence|Protein_position|Amino_acids\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    )
    let record = try #require(
        VCFRecord(line: "1\t12\t.\tA\tC\t.\t.\tCSQ=C|missense_variant|\(position)|\(residues)"))
    let consequence = try #require(
        ExistingAnnotation(header: header).consequences(for: record, alleleIndex: 1).first)
    #expect(consequence.proteinChange == nil)
}

@Test("residues put before the first one replace it, and are not silent")
func beforeTheFirstResidue() throws {
    let header = VCFHeader(
        text:
            "##INFO=<ID=BCSQ,Number=.,Type=String,Description=\"Format: Consequence|gene|transcript|biotype|"
            + "strand|amino_acid_change|dna_change\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
    let record = try #require(
        VCFRecord(
            line: "1\t12\t.\tA\tC\t.\t.\tBCSQ=inframe_insertion|X|T|protein_coding|+|1M>1AM|12A>C"))
    let change = try #require(
        ExistingAnnotation(header: header).consequences(for: record, alleleIndex: 1).first?.proteinChange)
    #expect(change.threeLetterName == "p.Met1delinsAlaMet")
    #expect(change.kind == .startLost)
    #expect(ProteinChange(hgvs: change.threeLetterName) == change)
}

@Test("an old stop written X is a stop after > too; a stop within the old residues is no protein name")
func oldStops() {
    #expect(ProteinChange(hgvs: "W2>X") == ProteinChange(hgvs: "p.Trp2Ter"))
    #expect(ProteinChange(hgvs: "p.EE*EE5EEEEE") == nil)
}

@Test("start codons lost by the same residues are one change, however many old residues the name spells")
func startLostBySameResidues() throws {
    let spelled = try #require(ProteinChange(hgvs: "p.MEM1KEK"))
    let cut = try #require(ProteinChange(hgvs: spelled.threeLetterName))
    #expect(cut.isSameChange(as: spelled))
}

@Test("counts of a MAF lie within 32 bits, and more alternate reads than depth give no fraction")
func hostileCounts() throws {
    let names =
        "Hugo_Symbol\tChromosome\tStart_Position\tReference_Allele\tTumor_Seq_Allele2\tVariant_Classification\t"
        + "Tumor_Sample_Barcode\tt_depth\tt_ref_count\tt_alt_count"
    var reader = MAFReader(file: "somatic.maf")
    _ = try reader.read(names)
    let row = try #require(try reader.read("G\t7\t5\tA\tC\tRNA\tT\t3\t.\t9"))
    #expect(row.tumorCall == SampleCall(depth: 3, alternateDepth: 9))
    let error = #expect(throws: InputError.self) {
        try reader.read("G\t7\t5\tA\tC\tRNA\tT\t\t9e18\t9e18")
    }
    #expect(
        error?.description
            == "somatic.maf:3: t_alt_count is \"9e18\", not a number up to 2147483647. "
            + "Write . or nothing for a missing value.")
}
