import Foundation
import TestSupport
import Testing

/// `pgx`, and what `annotate` makes of it. Every patient is invented.
@Suite("Pharmacogenes")
struct PharmacogenesTests {
    private static let lengths38 = "##contig=<ID=chr1,length=248956422>\n"
    private static let lengths37 = "##contig=<ID=1,length=249250621>\n"

    private static func vcf(
        _ records: String, contigs: String = lengths38, sample: String = "N1", header: String = ""
    ) -> String {
        "##fileformat=VCFv4.2\n##FILTER=<ID=weak,Description=\"w\">\n" + contigs + header
            + "##INFO=<ID=END,Number=1,Type=Integer,Description=\"e\">\n"
            + "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n"
            + "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n"
            + "##ALT=<ID=NON_REF,Description=\"n\">\n"
            + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t\(sample)\n" + records
    }

    /// *2A on one copy, everything else of DPYD covered.
    private static let carrier = vcf(
        "chr1\t97000000\t.\tA\t<NON_REF>\t.\tPASS\tEND=97450057\tGT:DP\t0/0:30\n"
            + "chr1\t97450058\trs3918290\tC\tT\t.\tPASS\t.\tGT:DP\t0/1:31\n"
            + "chr1\t97450059\t.\tG\t<NON_REF>\t.\tPASS\tEND=97900000\tGT:DP\t0/0:30\n")

    private static func object(_ text: String) throws -> [String: [String: Any]] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [String: Any]])
    }

    @Test(
        "a carrier: bare JSON on standard output, the same from a file, compressed, as BCF, with an index, by -o"
    )
    func carrier() throws {
        let folder = try Folder()
        let file = try folder.write(Self.carrier, to: "g.vcf")
        let result = try Program.run(["pgx", file])
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        let calls = try Self.object(result.output)
        #expect(calls.keys.sorted() == ["DPYD", "NUDT15", "TPMT", "UGT1A1"])
        let dpyd = try #require(calls["DPYD"])
        #expect(dpyd["diplotypes"] as? [String] == ["Reference/c.1905+1G>A (*2A)"])
        #expect(
            dpyd["activityScore"] as? Double == 1
                && dpyd["phenotype"] as? String == "Intermediate Metabolizer")
        #expect(dpyd["isComplete"] as? Bool == true)
        let positions = try #require(dpyd["positions"] as? [[String: Any]])
        #expect(positions.count == 83)
        #expect(Set(positions.compactMap { $0["state"] as? String }) == ["variant", "reference"])
        // Nothing was read of TPMT, and nothing is said of it.
        #expect(calls["TPMT"]?["phenotype"] == nil && calls["TPMT"]?["diplotypes"] as? [String] == [])
        let out = folder.file("pgx.json")
        #expect(try Program.run(["pgx", "--germline", file, "-o", out, "--threads", "4"]).output.isEmpty)
        #expect(try String(contentsOfFile: out, encoding: .utf8) == result.output)
        #expect(try Program.run(["pgx", "-"], input: file).output == result.output)
        guard let bcftools = Tools.bcftools else { return }
        for (name, format) in [("g.vcf.gz", "z"), ("g.bcf", "b")] {
            _ = try Tools.run(bcftools, ["view", "-O", format, "-o", folder.file(name), file])
            #expect(try Program.run(["pgx", folder.file(name)]).output == result.output, "\(name)")
            _ = try Tools.run(bcftools, ["index", folder.file(name)])
            #expect(
                try Program.run(["pgx", folder.file(name)]).output == result.output, "\(name) with an index")
        }
    }

    @Test("a tumor sample is refused with 65, whatever says that it is one")
    func tumor() throws {
        let folder = try Folder()
        for (sample, header) in [("TUMOR", ""), ("T1", "##tumor_sample=T1\n"), ("P1-T", "")] {
            let file = try folder.write(
                Self.carrier.replacing("FORMAT\tN1", with: "FORMAT\t\(sample)").replacing(
                    "##ALT", with: header + "##ALT"), to: "\(sample).vcf")
            let result = try Program.run(["pgx", file])
            #expect(result.status == 65 && result.output.isEmpty, "\(sample) \(result.output.prefix(80))")
            #expect(
                result.errors.contains("is a tumor") && result.errors.contains("--normal"), "\(result.errors)"
            )
        }
        let named = try Program.run(["pgx", folder.file("P1-T.vcf"), "--normal", "P1-T"])
        #expect(named.status == 0, "the user's word overrules a name that only looks like a tumor's")
        let stated = try Program.run(["pgx", folder.file("T1.vcf"), "--normal", "T1"])
        #expect(stated.status == 65, "the header's statement is not overruled")
        let normal = try folder.write(Self.carrier, to: "n.vcf")
        #expect(try Program.run(["pgx", normal, "--tumor", "N1"]).status == 65)
    }

    @Test("the assembly: found, stated, contradicted, and not known")
    func assembly() throws {
        let folder = try Folder()
        let record = "chr1\t97450058\t.\tC\tT\t.\tPASS\t.\tGT\t0/1\n"
        let bare = try folder.write(Self.vcf(record, contigs: "##contig=<ID=chr1>\n"), to: "bare.vcf")
        #expect(
            try Program.run(["pgx", bare]).output.contains("*2A"), "REF at the gene's positions tells it")
        let none = try folder.write(
            Self.vcf("chr1\t5\t.\tC\tT\t.\tPASS\t.\tGT\t0/1\n", contigs: "##contig=<ID=chr1>\n"),
            to: "none.vcf")
        let unknown = try Program.run(["pgx", none])
        #expect(unknown.status == 65 && unknown.errors.contains("--assembly"))
        #expect(try Program.run(["pgx", none, "--assembly", "GRCh38"]).status == 0)
        let good = try folder.write(Self.carrier, to: "good.vcf")
        #expect(try Program.run(["pgx", good, "--assembly", "GRCh37"]).status == 65)
        let old = try folder.write(
            Self.vcf("1\t97915614\t.\tC\tT\t.\tPASS\t.\tGT\t0/1\n", contigs: Self.lengths37), to: "old.vcf")
        let result = try Program.run(["pgx", old])
        #expect(result.status == 0)
        let dpyd = try #require(try Self.object(result.output)["DPYD"])
        #expect(dpyd["diplotypes"] as? [String] == ["Reference/c.1905+1G>A (*2A)"])
        #expect(dpyd["isComplete"] as? Bool == false)
        let wrong = try folder.write(Self.vcf(record.replacing("C\tT", with: "G\tT")), to: "wrong.vcf")
        let mismatch = try Program.run(["pgx", wrong])
        #expect(mismatch.status == 65 && mismatch.errors.contains("chr1:97450058 G>T"), "\(mismatch.errors)")
        #expect(try Program.run(["pgx", folder.file("missing.vcf")]).status == 66)
        #expect(try Program.run(["pgx"]).status == 64)
    }

    @Test("published files give the published diplotypes", .enabled(if: TestData.isAvailable))
    func published() throws {
        let folder = "oncology/cpic/"
        let table = try String(
            contentsOfFile: TestData.path(folder + "expected_diplotypes.tsv"), encoding: .utf8)
        var rows = table.split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
        // What the names of the other files say.
        rows += [
            ["TPMT/het3a.vcf", "", "*1/*3A"], ["NUDT15/refref.vcf", "", "*1/*1"],
            ["NUDT15/s3ref.vcf", "", "*1/*3"],
            ["UGT1A1/s28het.vcf", "", "*1/*28"], ["DPYD/novariant.vcf", "", "Reference/Reference"],
            ["DPYD/c2846het.vcf", "", "Reference/c.2846A>T"],
            ["DPYD/c1679c1156.vcf", "", "c.1156G>T (*12)/c.1679T>G (*13)"],
        ]
        #expect(rows.count >= 8)
        for row in rows {
            let gene = String(row[0].prefix { $0 != "/" })
            let result = try Program.run([
                "pgx", TestData.path(folder + "test_vcf/" + row[0]), "--assembly", "GRCh38", "--genes", gene,
            ])
            #expect(result.status == 0, "\(row[0]): \(result.errors)")
            let call = try #require(try Self.object(result.output)[gene])
            #expect(call["diplotypes"] as? [String] == [row[2]], "\(row[0])")
        }
    }

    @Test(
        "annotate: the carrier is a finding with adverse evidence, no driver, not targetable"
    )
    func annotate() throws {
        let folder = try Folder()
        let file = try folder.write(Self.carrier, to: "g.vcf")
        var outputs: [[String: Data]] = []
        for threads in ["1", "4"] {
            let out = folder.file("out\(threads)")
            let result = try Program.run([
                "annotate", "--case", "C1", "--tumor-type", "COAD", "--germline", file, "-o", out,
                "--threads", threads,
            ])
            #expect(result.status == 0, "\(result.errors)")
            outputs.append(try Folder.contents(out))
        }
        #expect(outputs[0] == outputs[1])
        let json = try #require(outputs[0]["case.json"])
        let summary = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        let findings = try #require(summary["findings"] as? [[String: Any]])
        let finding = try #require(findings.first { $0["kind"] as? String == "pharmacogenetic" })
        #expect(findings.count == 1 && finding["gene"] as? String == "DPYD")
        #expect(finding["alteration"] as? String == "Reference/c.1905+1G>A (*2A)")
        #expect(
            finding["zygosity"] as? String == "heterozygous" && finding["origin"] as? String == "germline")
        #expect(finding["isDriver"] as? Bool == false && finding["targetable"] as? Bool == false)
        #expect(finding["tier"] as? String == "III")
        let evidence = try #require(finding["evidence"] as? [[String: Any]])
        #expect(evidence.compactMap { $0["id"] as? String }.sorted() == ["WA0408", "WA0409", "WA0410"])
        #expect(evidence.allSatisfy { $0["direction"] as? String == "adverse" })
        let call = try #require(finding["pharmacogene"] as? [String: Any])
        #expect(call["activityScore"] as? Double == 1 && (call["positions"] as? [Any])?.count == 1)
        let html = String(decoding: try #require(outputs[0]["report.html"]), as: UTF8.self)
        #expect(html.contains("Pharmacogenetics of the normal sample"))
        #expect(
            html.contains("Intermediate Metabolizer") && html.contains("The dose is decided by the clinic"))
        let table = String(decoding: try #require(outputs[0]["findings.tsv"]), as: UTF8.self)
        #expect(
            table.split(separator: "\n").count { $0.contains("\tpharmacogenetic\tgermline\tDPYD\t") } == 3)
        let script = """
            import json, sys, jsonschema
            jsonschema.Draft202012Validator(json.load(open(sys.argv[1]))).validate(json.load(open(sys.argv[2])))
            """
        let python = try Tools.run(
            "/usr/bin/env",
            [
                "python3", "-c", script, TestData.package.appending(path: "schema/case.schema.json").path,
                folder.file("out1") + "/case.json",
            ])
        #expect(python.status == 0, "\(python.errors)")
    }

    @Test(
        "annotate: a normal gene is no finding; one that is not covered is a warning; a tumor's file is not called"
    )
    func quiet() throws {
        let folder = try Folder()
        func run(_ text: String, _ more: [String] = []) throws -> [String: Any] {
            let file = try folder.write(text, to: "g.vcf"), out = folder.file("out")
            let arguments = [
                "annotate", "--case", "C1", "--tumor-type", "COAD", "--germline", file, "-o", out,
            ]
            #expect(try Program.run(arguments + more).status == 0)
            let data = try Data(contentsOf: URL(filePath: out + "/case.json"))
            return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        }
        func warnings(_ summary: [String: Any]) -> [String] {
            (summary["warnings"] as? [[String: String]] ?? []).filter { $0["code"] == "pharmacogenes" }
                .compactMap { $0["message"] }
        }
        let normal = try run(Self.carrier.replacing("0/1:31", with: "0/0:31"))
        #expect((normal["findings"] as? [Any])?.isEmpty == true && warnings(normal).isEmpty)
        let dpyd = (normal["pharmacogenes"] as? [String: [String: Any]])?["DPYD"]
        #expect(dpyd?["phenotype"] as? String == "Normal Metabolizer")
        let plain = try run(Self.vcf("chr1\t5000\t.\tC\tT\t.\tPASS\t.\tGT\t0/1\n"))
        #expect(warnings(plain).count == 1 && warnings(plain)[0].contains("not called"))
        let bed = try folder.write("chr1\t97000000\t97900000\n", to: "c.bed")
        let callable = try run(
            Self.vcf("chr1\t97450058\t.\tC\tT\t.\tPASS\t.\tGT\t1/1\n"), ["--callable", bed])
        let finding = (callable["findings"] as? [[String: Any]])?.first
        #expect(finding?["zygosity"] as? String == "homozygous" && warnings(callable).isEmpty)
        let tumor = try run(Self.carrier.replacing("FORMAT\tN1", with: "FORMAT\tTUMOR"))
        #expect(tumor["pharmacogenes"] == nil && warnings(tumor).count == 1)
        #expect((tumor["findings"] as? [Any])?.isEmpty == true)
    }

    @Test("match and kb query know the phenotype")
    func match() throws {
        let result = try Program.run([
            "match", "--tumor-type", "COAD", "--format", "tsv", "DPYD poor_metabolizer",
        ])
        #expect(result.status == 0)
        for drug in ["Fluorouracil", "Capecitabine", "Tegafur"] { #expect(result.output.contains(drug)) }
        #expect(!result.output.contains("WA0408"))
        #expect(
            try Program.run(["kb", "query", "--gene", "DPYD"]).output.contains(
                "DPYD intermediate_metabolizer"))
    }
}
