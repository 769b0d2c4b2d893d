import Foundation
import TestSupport
import Testing

/// Whole runs on small files made by hand: what reaches the findings, and what is told instead.
@Suite("Runs that match")
struct MatchingRunTests {
    private static let header = """
        ##fileformat=VCFv4.2
        ##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: Allele|Consequence|SYMBOL|Gene|Feature|BIOTYPE|CANONICAL|HGVSc|HGVSp">
        ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
        ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">
        ##FILTER=<ID=weak,Description="Weak">
        ##contig=<ID=7,length=159345973>
        ##tumor_sample=T
        ##normal_sample=N
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN\tT

        """

    private static func line(
        _ position: Int, _ change: (String, String), _ csq: String, filter: String = "PASS",
        normal: String = "40,0"
    ) -> String {
        "7\t\(position)\t.\t\(change.0)\t\(change.1)\t.\t\(filter)\tCSQ=\(change.1)|\(csq)\tGT:AD\t0/0:\(normal)\t0/1:60,40\n"
    }

    private static let braf =
        "missense_variant|BRAF|ENSG00000157764|ENST00000646891.2|protein_coding|YES|ENST00000646891.2:c.1799T>A|ENSP00000493543.1:p.Val600Glu"

    private static func met(_ term: String, _ name: String) -> String {
        "\(term)|MET|ENSG00000105976|ENST00000397752.8|protein_coding|YES|ENST00000397752.8:\(name)|"
    }

    private static func run(_ lines: [String], _ more: [String]) throws -> [String: Any] {
        let folder = try Folder()
        let vcf = try folder.write(header + lines.joined(), to: "somatic.vcf")
        let out = folder.file("out")
        let result = try Program.run(
            ["annotate", "--case", "C", "--assembly", "GRCh38", "--no-cache", "--somatic", vcf, "-o", out]
                + more)
        try #require(result.status == 0, "\(result.errors)")
        let data = try Data(contentsOf: URL(filePath: out + "/case.json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// Records on X take the way that takes alleles apart one by one, since sex is told by their genotypes.
    @Test("inherited records of several alleles are counted alike on every chromosome")
    func severalAlleles() throws {
        let records: [(reference: String, alternates: String, genotype: String, filter: String)] = [
            ("A", "C,G", "1/2", "PASS"), ("A", "C,G", "0/2", "PASS"), ("A", "C,G", "0/1", "weak"),
            ("A", "C,*", "1/2", "PASS"), ("AC", "A,ACT", "1|2", "PASS"), ("A", "C,<DEL>", "1/2", "PASS"),
            ("A", "A,C", "1/2", "PASS"), ("A", "R,C", "1/2", "PASS"), ("a", "c,G", "./.", "PASS"),
            ("A", "C,G", ".", "PASS"), ("AC", "GC,AT,GT", "2/3", "PASS"), ("A", "C,G", "2", "PASS"),
            ("A", "C,C", "1/2", "PASS"), ("A", "C,.", "1/1", "PASS"), ("ACAC", "A,ACACAC", "1/2", "PASS"),
        ]
        func counts(on contig: String) throws -> NSDictionary {
            let folder = try Folder()
            let lines = records.enumerated().map { number, record in
                "\(contig)\t\(10_000_001 + number * 10)\t.\t\(record.reference)\t\(record.alternates)\t.\t\(record.filter)\t.\tGT\t\(record.genotype)\n"
            }
            let vcf = try folder.write(
                """
                ##fileformat=VCFv4.2
                ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
                ##FILTER=<ID=weak,Description="Weak">
                ##ALT=<ID=DEL,Description="Deletion">
                ##contig=<ID=3,length=198295559>
                ##contig=<ID=X,length=156040895>
                #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN

                """ + lines.joined(), to: "germline.vcf")
            let result = try Program.run([
                "annotate", "--case", "C", "--assembly", "GRCh38", "--no-cache", "--tumor-type", "LUAD",
                "--germline-all", "--germline", vcf, "-o", folder.file("out"),
            ])
            try #require(result.status == 0, "\(result.errors)")
            let data = try Data(contentsOf: URL(filePath: folder.file("out/case.json")))
            let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            let all = try #require(object["counts"] as? [String: Any])
            return try #require(all["germline"] as? NSDictionary)
        }
        let plain = try counts(on: "3")
        #expect(plain == (try counts(on: "X")))
        #expect(plain["records"] as? Int == records.count)
    }

    private static func codes(_ object: [String: Any]) -> [String] {
        (object["warnings"] as? [[String: String]] ?? []).compactMap { $0["code"] }
    }

    @Test(
        "a change in the polypyrimidine tract before MET exon 14 is shown as probable; farther away it is nothing"
    )
    func tract() throws {
        func findings(_ position: Int, _ change: (String, String), _ csq: String) throws -> [[String: Any]] {
            let object = try Self.run([Self.line(position, change, csq)], ["--tumor-type", "LUAD"])
            return object["findings"] as? [[String: Any]] ?? []
        }
        let probable = try #require(
            try findings(
                116_771_844, ("T", "C"),
                Self.met(
                    "splice_region_variant&splice_polypyrimidine_tract_variant&intron_variant", "c.2888-5T>C")
            ).first)
        let items = try #require(probable["evidence"] as? [[String: Any]])
        #expect(items.count >= 2 && items.allSatisfy { $0["isProbable"] as? Bool == true })
        #expect(probable["targetable"] as? Bool == false && probable["isDriver"] as? Bool == false)
        #expect(try findings(116_771_819, ("C", "T"), Self.met("intron_variant", "c.2888-30C>T")).isEmpty)
        let skipped = try #require(
            try findings(
                116_771_980, ("TCAGAAGGTATATTTCAGTT", "T"),
                Self.met("splice_donor_variant", "c.3020_3028+10del")
            ).first)
        #expect(skipped["targetable"] as? Bool == true)
        #expect((skipped["evidence"] as? [[String: Any]])?.allSatisfy { $0["isProbable"] == nil } == true)
    }

    @Test("a record that stands twice counts once, and one that passes is not lost behind one that does not")
    func duplicates() throws {
        let pass = Self.line(140_753_336, ("A", "T"), Self.braf)
        let weak = Self.line(140_753_336, ("A", "T"), Self.braf, filter: "weak")
        for (lines, variants, dropped) in [
            ([pass, pass], 1, 1), ([weak, pass], 2, 0), ([pass, weak], 1, 1), ([pass, weak, pass], 1, 2),
        ] {
            let object = try Self.run(lines, ["--tumor-type", "MEL"])
            let counts = try #require((object["counts"] as? [String: Any])?["somatic"] as? [String: Any])
            #expect(counts["records"] as? Int == lines.count && counts["variants"] as? Int == variants)
            #expect(counts["pass"] as? Int == 1)
            #expect((counts["dropped"] as? [String: Int])?["duplicate"] ?? 0 == dropped)
            #expect((object["findings"] as? [Any])?.count == 1)
        }
    }

    @Test("an allele that the normal carries is told and not counted as the tumor's")
    func inherited() throws {
        for (normal, count, code) in [("20,20", 0, "filtered_match"), ("36,4", 1, "ambiguous_origin")] {
            let line = Self.line(140_753_336, ("A", "T"), Self.braf, normal: normal)
            let object = try Self.run([line], ["--tumor-type", "MEL"])
            #expect((object["findings"] as? [Any])?.count == count)
            #expect(Self.codes(object).contains(code), "\(Self.codes(object))")
        }
        let all = Self.line(140_753_336, ("A", "T"), Self.braf, normal: "20,20")
        let object = try Self.run([all], ["--tumor-type", "MEL", "--no-default-filters"])
        #expect((object["findings"] as? [Any])?.count == 1)
    }
}
