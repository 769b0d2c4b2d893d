import Foundation
import TestSupport
import Testing

/// COLO829 with its published segments; its small variants are written by hand, since the published file cannot be had.
@Suite("Copy number of COLO829", .enabled(if: TestData.isAvailable))
struct CopyNumberRunTests {
    static let segments = TestData.path("oncology/colo829_hartwig/tumor_sample.purple.cnv.somatic.tsv")
    static let genes = TestData.path("annotation/lrg-pack/ensembl.GRCh37.gff3.gz")

    static let calls = """
        ##fileformat=VCFv4.2
        ##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: Allele|Consequence|SYMBOL|Gene|Feature|BIOTYPE|CANONICAL|HGVSc|HGVSp">
        ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
        ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">
        ##contig=<ID=7,length=159138663>
        ##contig=<ID=9,length=141213431>
        ##tumor_sample=COLO829T
        ##normal_sample=COLO829R
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tCOLO829R\tCOLO829T
        7\t140453136\t.\tA\tT\t.\tPASS\tCSQ=T|missense_variant|BRAF|ENSG00000157764|ENST00000288602.6|protein_coding|YES|ENST00000288602.6:c.1799T>A|ENSP00000288602.6:p.Val600Glu\tGT:AD\t0/0:40,0\t0/1:67,133
        9\t21971153\t.\tCCG\tC\t.\tPASS\tCSQ=-|frameshift_variant|CDKN2A|ENSG00000147889|ENST00000304494.5|protein_coding|YES|ENST00000304494.5:c.203_204del|ENSP00000307101.5:p.Ala68GlyfsTer51\tGT:AD\t0/0:40,0\t0/1:1,99

        """

    private static func run(_ more: [String]) throws -> (result: Program.Result, object: [String: Any]) {
        let folder = try Folder()
        let vcf = try folder.write(calls, to: "somatic.vcf")
        let out = folder.file("out")
        let result = try Program.run(
            [
                "annotate", "--case", "COLO829", "--tumor-type", "MEL", "--sex", "male", "--purity", "0.99",
                "--somatic", vcf, "--no-cache", "-o", out,
            ] + more)
        guard result.status == 0 else { return (result, [:]) }
        let data = try Data(contentsOf: URL(filePath: out + "/case.json"))
        return (result, try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any]))
    }

    @Test("drivers, both hits, ploidy and doubling are the published ones", arguments: ["ours", "purple"])
    func colo829(rule: String) throws {
        let (result, object) = try Self.run([
            "--copy-number", Self.segments, "-g", Self.genes, "--ploidy", "3.10", "--copy-number-rule", rule,
        ])
        #expect(result.status == 0, "\(result.errors)")
        let warnings = object["warnings"] as? [[String: String]] ?? []
        #expect(warnings.compactMap { $0["code"] } == ["gene_models"])
        let findings = try #require(object["findings"] as? [[String: Any]])
        let told = findings.map { finding in
            [
                finding["gene"] as? String ?? "", finding["alteration"] as? String ?? "",
                finding["biallelic"] as? String ?? "", (finding["isDriver"] as? Bool)?.description ?? "",
            ].joined(separator: " ")
        }
        #expect(
            Set(told) == [
                "BRAF p.V600E  true", "PTEN homozygous deletion biallelic true",
                "CDKN2A p.A68fs biallelic true",
            ])
        let pten = try #require(findings.first { $0["gene"] as? String == "PTEN" })
        // PURPLE's driver catalogue: copies 0.0 to 2.0158.
        let state = try #require(pten["copyNumberState"] as? [String: Any])
        #expect(state["minimum"] as? Double == 0 && state["maximum"] as? Double == 2.0158)
        #expect(state["isFocal"] as? Bool == true && state["length"] as? Int == 12_041)
        let counts = try #require((object["counts"] as? [String: Any])?["copyNumber"] as? [String: Any])
        #expect(counts["format"] as? String == "PURPLE" && counts["segments"] as? Int == 222)
        #expect(counts["isWholeGenomeDoubled"] as? Bool == true)
        #expect(counts["ploidy"] as? Double == 3.1 && counts["meanPloidy"] as? Double == 3.0406)
    }

    @Test(
        "without a ploidy the mean of the segments is used and told; without genes nothing is called, and that is told"
    )
    func told() throws {
        let (_, object) = try Self.run(["--copy-number", Self.segments])
        let codes = (object["warnings"] as? [[String: String]] ?? []).compactMap { $0["code"] }
        #expect(codes.contains("ploidy_assumed") && codes.contains("copy_number_genes"))
        #expect(
            (object["findings"] as? [[String: Any]])?.contains { $0["kind"] as? String == "copyNumber" }
                == false)
    }

    @Test("segments of another sample are told")
    func otherSample() throws {
        let folder = try Folder()
        let table = try folder.write(
            "sample\tchr\tstartpos\tendpos\tnMajor\tnMinor\nOTHER\t7\t1\t159138663\t1\t1\n", to: "ascat.tsv")
        let (result, object) = try Self.run(["--copy-number", table])
        #expect(result.status == 0, "\(result.errors)")
        let warnings = object["warnings"] as? [[String: String]] ?? []
        #expect(
            warnings.contains {
                $0["code"] == "copy_number_sample" && $0["message"]?.contains("OTHER") == true
            })
    }

    @Test("segments of another assembly, of log ratios alone, of no table, and an unknown rule are refused")
    func refused() throws {
        let folder = try Folder()
        let wrong = try folder.write(
            "chromosome\tstart\tend\ttotalCopyNumber\tminorCopyNumber\n7\t1\t159345973\t2\t1\n",
            to: "grch38.tsv")
        let beyond = try Self.run(["--copy-number", wrong]).result
        #expect(
            beyond.status == 65 && beyond.errors.contains("of GRCh37 has 159138663 bases"), "\(beyond.errors)"
        )
        let ratios = try Self.run(["--copy-number", TestData.path("oncology/callers/cnvkit_cl_seq.cns")])
            .result
        #expect(ratios.status == 65 && ratios.errors.contains("log ratios"), "\(ratios.errors)")
        let none = try Self.run(["--copy-number", try folder.write("a\tb\n1\t2\n", to: "x.tsv")]).result
        #expect(none.status == 65)
        #expect(try Self.run(["--copy-number", folder.file("missing.tsv")]).result.status == 66)
        let rule = try Self.run(["--copy-number", Self.segments, "--copy-number-rule", "gistic"]).result
        #expect(rule.status == 64 && rule.errors.contains("ours, purple, pcgr"))
    }
}
