import Consequences
import Foundation
import Genome
import TestSupport
import Testing
import Variants

private let names =
    "Hugo_Symbol\tChromosome\tStart_Position\tReference_Allele\tTumor_Seq_Allele1\tTumor_Seq_Allele2"
    + "\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short\tt_depth\tt_alt_count\tFILTER"

private func rows(_ lines: [String]) throws -> [MAFRow] {
    var reader = MAFReader(file: "somatic.maf")
    return try lines.compactMap { try reader.read($0) }
}

@Test(
    "an insertion lies after Start_Position, a deletion starts there",
    arguments: [
        ("A", "A", "C", 100, 99..<100, "A", "C"), ("-", "-", "CT", 100, 100..<100, "", "CT"),
        ("AG", "AG", "-", 100, 99..<101, "AG", ""), ("AAGA", "-", "CA", 100, 99..<103, "AAGA", "CA"),
        ("A", "C", "A", 100, 99..<100, "A", "C"), ("a", "A", "t", 100, 99..<100, "A", "T"),
    ])
func alleles(
    reference: String, one: String, two: String, start: Int, range: Range<Int>, old: String, new: String
) throws {
    let row = try #require(
        try rows([names, "G\tchr7\t\(start)\t\(reference)\t\(one)\t\(two)\tRNA\tT1\t\t\t\t"]).first)
    let variant = try #require(row.variant)
    #expect(variant.contig == Contig("7"))
    #expect(variant.range == range)
    #expect((variant.reference, variant.alternate) == (old, new))
}

@Test("a row tells gene, protein change, reads and filters")
func row() throws {
    let row = try #require(
        try rows([
            "#version 2.4", names.replacing("Start_Position", with: "Start_position"), "",
            "BRAF\t7\t140753336\tA\tA\tT\tMissense_Mutation\tT1\tp.V600E\t80\t20\tPASS\r",
        ]).first)
    #expect(row.consequence.gene == "BRAF")
    #expect(row.consequence.terms == [.missenseVariant])
    #expect(row.consequence.proteinName == "p.Val600Glu")
    #expect(row.consequence.proteinChange?.first == 600)
    #expect(row.tumorCall == SampleCall(depth: 80, alternateDepth: 20, vaf: 0.25))
    #expect(row.normalCall == SampleCall())
    #expect(row.filters == ["PASS"])
    #expect(row.tumorBarcode == "T1")
    #expect(row.lineNumber == 4)
}

@Test("rows without usable alleles are counted")
func unjudged() throws {
    var reader = MAFReader(file: "somatic.maf")
    for line in [
        names, "G\t7\t5\tA\tA\tA\tRNA\tT\t\t\t\t", "G\t7\t5\tA\t\tNA\tRNA\tT\t\t\t\t",
        "G\t7\t5\tA\tA\t<DEL>\tRNA\tT\t\t\t\t",
    ] {
        _ = try reader.read(line)
    }
    #expect(reader.rows == 3)
    #expect(reader.unjudged == [.noChange: 2, .noAlleles: 1])
}

@Test(
    "faults of the file are told with their line",
    arguments: [
        (
            ["Hugo_Symbol\tChromosome\tx"],
            "somatic.maf:1: no column Start_Position, Reference_Allele, Tumor_Seq_Allele2, Variant_Classification, "
                + "Tumor_Sample_Barcode among 3. The first line that is no comment must name the columns, separated by tabs."
        ),
        (
            [names, "G\t7\t5x\tA\tA\tC\tRNA\tT\t\t\t\t"],
            "somatic.maf:2: Start_Position is \"5x\", not a whole number. Write . or nothing for a missing value."
        ),
        (
            [names, "G\t7\t\tA\tA\tC\tRNA\tT\t\t\t\t"],
            "somatic.maf:2: Start_Position is \"\", not a 1-based position. Write . or nothing for a missing value."
        ),
        (
            ["#c", names, "G\t7\t5\tA\tA\tC\tRNA\tT\t\t-4\t\t"],
            "somatic.maf:3: t_depth is \"-4\", not a whole number. Write . or nothing for a missing value."
        ),
        (
            [names, "G\t7\t5"],
            "somatic.maf:2: the row has 3 columns, the header 12. Columns are separated by tabs; see whether the file is cut short."
        ),
    ])
func faults(lines: [String], message: String) {
    let error = #expect(throws: InputError.self) { try rows(lines) }
    #expect(error?.description == message)
}

@Test("a file without a header is a fault")
func noHeader() throws {
    var reader = MAFReader(file: "somatic.maf")
    _ = try reader.read("#version 2.4")
    #expect(throws: InputError.self) { try reader.finish() }
}

@Test("every classification has a term that gives it back", arguments: MAFClassification.allCases)
func classification(word: MAFClassification) {
    #expect(MAFClassification(reading: word.rawValue.uppercased()) == word)
    let lengths: (Int, Int) =
        switch word {
        case .frameShiftDeletion: (2, 1)
        case .inFrameDeletion: (4, 1)
        case .frameShiftInsertion: (1, 2)
        default: (1, 4)
        }
    #expect(
        MAFClassification(terms: [word.term()], referenceLength: lengths.0, alternateLength: lengths.1)
            == word)
}

@Suite("MAF files", .enabled(if: TestData.isAvailable))
struct MAFDataTests {
    private func read(_ file: String) throws -> (rows: [MAFRow], reader: MAFReader) {
        var reader = MAFReader(file: file)
        let rows = try DataFiles.lines("oncology/" + file).compactMap { try reader.read($0) }
        try reader.finish()
        return (rows, reader)
    }

    @Test(
        "every row of the public files is read",
        arguments: [
            ("maf/maftools_brca.maf.gz", 1913), ("maf/maftools_tcga_laml.maf.gz", 2207),
            ("maf/um_tcga_gdc_vep_half.maf.gz", 538), ("callers/vcf2maf_test.maf", 20),
            ("callers/vcf2maf_test_b38_output.maf", 25), ("tmb/glioma_msk_2018_data_mutations.maf", 1425),
        ])
    func all(file: String, count: Int) throws {
        let (rows, reader) = try read(file)
        #expect(rows.count == count)
        #expect(reader.unjudged.isEmpty)
        #expect(rows.allSatisfy { $0.classification != nil && !$0.tumorBarcode.isEmpty })
    }

    @Test("GDC's protein names, terms and classifications agree with each other")
    func gdc() throws {
        let (rows, _) = try read("maf/um_tcga_gdc_vep_half.maf.gz")
        let unread = rows.filter {
            !$0.consequence.proteinName.isEmpty && $0.consequence.proteinChange == nil
        }
        #expect(unread.map(\.consequence.proteinName) == [])
        #expect(rows.filter { $0.consequence.proteinChange != nil }.count > 500)
        let different = rows.compactMap { row -> String? in
            guard let variant = row.variant else { return "no variant" }
            let word = MAFClassification(
                terms: row.consequence.terms, referenceLength: variant.reference.utf8.count,
                alternateLength: variant.alternate.utf8.count)
            return word == row.classification
                ? nil : "\(row.consequence.terms) \(row.classification?.rawValue ?? "")"
        }
        #expect(different == [])
        #expect(rows.allSatisfy { $0.assembly == "GRCh38" && $0.tumorCall.vaf != nil })
    }

    @Test("TCGA's percentage is the allele fraction")
    func laml() throws {
        let row = try #require(try read("maf/maftools_tcga_laml.maf.gz").rows.first)
        #expect(row.tumorCall.vaf == 45.66 / 100)
        #expect(row.consequence.transcript == "NM_080282.3")
        #expect(row.consequence.proteinName == "p.Lys960Arg")
    }

    @Test("vcf2maf's rows are the alleles of the VCF")
    func vcf2maf() throws {
        let records = try DataFiles.lines("oncology/callers/vcf2maf_test_b38.vcf").filter {
            !$0.hasPrefix("#")
        }
        .compactMap { VCFRecord(line: $0) }
        let expected = records.map {
            Variant(
                contig: Contig($0.contigName), position: $0.position, reference: $0.reference,
                alternate: $0.alternates[0]
            ).trimmed(keepingAnchor: false)
        }
        let rows = try read("callers/vcf2maf_test_b38_output.maf").rows
        #expect(rows.compactMap { $0.variant }.sorted() == expected.sorted())
        for (row, record) in zip(rows, records) {
            #expect(row.tumorCall.depth == record.formatIntegers("DP", sample: 0).first ?? nil)
            #expect(row.tumorCall.alternateDepth == record.formatIntegers("AD", sample: 0).last ?? nil)
        }
    }

    @Test("cBioPortal's nonsynonymous burden comes out in 90 of 91 samples")
    func glioma() throws {
        let (rows, _) = try read("tmb/glioma_msk_2018_data_mutations.maf")
        let counts = Dictionary(
            grouping: rows.filter { $0.classification?.isNonSynonymous == true }, by: \.tumorBarcode
        )
        .mapValues(\.count)
        let samples = try DataFiles.table("oncology/tmb/glioma_msk_2018_data_clinical_sample.txt").compactMap
        { row in
            row["SAMPLE_ID"].flatMap { id in row["TMB_NONSYNONYMOUS"].flatMap { Double($0) }.map { (id, $0) }
            }
        }
        #expect(samples.count == 91)
        let equal = samples.filter { abs(Double(counts[$0.0] ?? 0) / 1.021743 - $0.1) < 0.001 * max(1, $0.1) }
        #expect(equal.count == 90)
    }
}
