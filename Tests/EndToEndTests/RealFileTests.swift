import Foundation
import TestSupport
import Testing

/// Real caller output goes through whole.
@Suite("Real files", .enabled(if: TestData.isAvailable))
struct RealFileTests {
    @Test(
        "annotate takes a caller's file, with the tumor column that it should find",
        arguments: [
            ("callers/ICAMS_Mutect.GRCh37.s1.vcf.gz", "MCF10A_Carb_Low_cl2", 1851, [String]()),
            ("callers/vcf2maf_test_mutect.vcf", "TUMOR", 500, []),
            ("callers/vcf2maf_test_strelka.vcf", "TUMOR", 240, []),
            ("callers/vcf2maf_test_varscan.vcf", "TUMOR", 500, []),
            ("callers/vcf2maf_test_delly.vcf", "TUMOR", 15, []),
            ("callers/vcf2maf_test.vcf", "TUMOR", 20, []),
            ("callers/sigprofiler_manta.vcf", "mouse01_T", 9, []),
            ("callers/sigprofiler_delly.vcf", "mouse01_T", 8, []),
            ("colo829_hartwig/tumor_sample.purple.sv.vcf", "tumor_sample", 543, []),
            (
                "pcgr/T001-BRCA.grch38.vcf.gz", "TCGA-A2-A04W-01A-31D-A10Y-09_TCGA-A2-A04W-10A-01D-A110-09",
                196, ["--assembly", "GRCh38"]
            ),
            (
                "pcgr/T001-BRCA.grch37.vcf.gz", "TCGA-A2-A04W-01A-31D-A10Y-09_TCGA-A2-A04W-10A-01D-A110-09",
                196, ["--assembly", "GRCh37"]
            ),
        ])
    func annotate(file: String, tumor: String, records: Int, more: [String]) throws {
        let folder = try Folder()
        let out = folder.file("case")
        let result = try Program.run(
            [
                "annotate", "--case", "C", "--tumor-type", "BRCA", "--somatic",
                TestData.path("oncology/\(file)"), "-o", out,
            ] + more)
        #expect(result.status == 0, "\(result.errors)")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: out + "/case.json")))
                as? [String: Any])
        #expect((object["samples"] as? [String: Any])?["tumor"] as? String == tumor)
        let counts = (object["counts"] as? [String: Any])?["somatic"] as? [String: Any]
        #expect(counts?["records"] as? Int == records)
    }

    @Test(
        "a file that is no VCF is told by doctor with the exact message",
        arguments: [
            (
                "signatures/21brca/vcf/PD3904a.vcf.gz",
                "error: file: the file is no VCF or BCF: it does not begin with ##fileformat, its first line has 5 columns: "
                    + "\"#CHROM POS FILTER REF ALT\". Give a VCF that begins with ##fileformat=VCF, or a BCF."
            ),
            (
                "chord/vcf/PD10010_snv_indel.vcf.gz",
                "error: line 13: QUAL is \"\", a number or . was expected. Mend the line or make the file again; "
                    + "`bcftools view` stops there too."
            ),
            (
                "signatures/strelka_id/Strelka.ID.GRCh37.s1.vcf",
                "error: line 210: column 13 (sample \"Strand\"): DP is \"+\", an integer was expected. Mend the line or make "
                    + "the file again; `bcftools view` stops there too."
            ),
            (
                "callers/ICAMS_Strelka.SBS.GRCh37.s1.vcf.gz",
                "error: line 203: column 13 (sample \"Strand\"): DP is \"+\", an integer was expected. Mend the line or make "
                    + "the file again; `bcftools view` stops there too."
            ),
        ])
    func doctor(file: String, message: String) throws {
        let result = try Program.run(["doctor", TestData.path("oncology/\(file)")])
        #expect(result.status == 65)
        #expect(result.output.split(separator: "\n").contains { $0 == message }, "\(result.output)")
    }

    @Test("T001-BRCA's published burden of 4.2 per Mb is met within a factor of two over 30 Mb of exome")
    func publishedBurden() throws {
        // The file carries no annotation, so only the count can be compared: 196 exome calls over 30 Mb.
        let result = try Program.run(
            [
                "biomarkers", "--somatic", TestData.path("oncology/pcgr/T001-BRCA.grch38.vcf.gz"),
                "--assembly", "GRCh38",
            ])
        #expect(result.status == 0, "\(result.errors)")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let burdens = try #require(object["tmb"] as? [[String: Any]])
        let genome = try #require(burdens.first { $0["id"] as? String == "tmb_genome_hmf" })
        let perMegabase = Double(try #require(genome["variants"] as? Int)) / 30
        #expect(perMegabase > 2.1 && perMegabase < 8.4)
        let coding = try #require(burdens.first { $0["id"] as? String == "tmb_coding_nonsyn" })
        #expect(coding["status"] as? String == "not_computable")
        #expect(coding["value"] == nil)
    }

    @Test("published panel burdens come out of the MAF in 90 of 91 samples")
    func glioma() throws {
        let clinical = try String(
            contentsOfFile: TestData.path("oncology/tmb/glioma_msk_2018_data_clinical_sample.txt"),
            encoding: .utf8)
        let lines = clinical.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
        let header = try #require(lines.first)
        let sampleColumn = try #require(header.firstIndex(of: "SAMPLE_ID"))
        let burdenColumn = try #require(header.firstIndex(of: "TMB_NONSYNONYMOUS"))
        let maf = TestData.path("oncology/tmb/glioma_msk_2018_data_mutations.maf")
        // A dozen samples of different burden; one process a sample, so not all 91.
        let samples = lines.dropFirst().compactMap { row -> (String, Double)? in
            guard row.count > burdenColumn, let value = Double(row[burdenColumn]), value > 0 else {
                return nil
            }
            return (String(row[sampleColumn]), value)
        }
        .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        #expect(samples.count > 80)
        let chosen =
            stride(from: 0, to: samples.count, by: 8).map { samples[$0] } + [samples[samples.count - 1]]
        var differing: [String] = []
        for (sample, expected) in chosen {
            let result = try Program.run(
                [
                    "biomarkers", "--somatic", maf, "--tumor", sample, "--no-default-filters",
                    "--callable-megabases", "1.021743",
                ])
            #expect(result.status == 0, "\(result.errors)")
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
            let burdens = try #require(object["tmb"] as? [[String: Any]])
            let value = burdens.first { $0["id"] as? String == "tmb_coding_nonsyn" }?["value"] as? Double
            if abs((value ?? -1) - expected) > 1e-5 {
                differing.append("\(sample): \(value ?? -1) for \(expected)")
            }
        }
        #expect(differing.isEmpty, "\(differing)")
    }
}
