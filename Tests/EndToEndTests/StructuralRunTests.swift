import Foundation
import TestSupport
import Testing

/// COLO829 with its published structural variants and segments; its small variants are written by hand, since the published file
/// cannot be had.
@Suite("Structural variants of COLO829", .enabled(if: TestData.isAvailable))
struct StructuralRunTests {
    static let variants = TestData.path("oncology/colo829_hartwig/tumor_sample.purple.sv.vcf")
    static let table = TestData.path("oncology/sv_cnv_matrices")

    /// The small variants with the promoter of TERT.
    static var calls: String {
        let promoter =
            "5\t1295228\t.\tG\tA\t.\tPASS\tCSQ=A|upstream_gene_variant|TERT|ENSG00000164362|ENST00000310581.5|protein_coding|YES||\tGT:AD\t0/0:40,0\t0/1:20,20\n7\t140453136"
        return CopyNumberRunTests.calls
            .replacing("##contig=<ID=7", with: "##contig=<ID=5,length=180915260>\n##contig=<ID=7")
            .replacing("7\t140453136", with: promoter)
    }

    static func run(
        _ more: [String], calls: String? = StructuralRunTests.calls, in folder: Folder? = nil
    ) throws -> (result: Program.Result, object: [String: Any]) {
        let folder = try folder ?? Folder()
        var arguments = [
            "annotate", "--case", "COLO829", "--tumor-type", "MEL", "--sex", "male", "--purity", "0.99",
            "--no-cache", "-o", folder.file("out"),
        ]
        if let calls { arguments += ["--somatic", try folder.write(calls, to: "somatic.vcf")] }
        let result = try Program.run(arguments + more)
        guard result.status == 0 else { return (result, [:]) }
        let data = try Data(contentsOf: URL(filePath: folder.file("out/case.json")))
        return (result, try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any]))
    }

    static func told(_ object: [String: Any], _ keys: String...) -> Set<String> {
        let findings = object["findings"] as? [[String: Any]] ?? []
        return Set(
            findings.map { finding in
                keys.map { key in
                    switch finding[key] {
                    case let text as String: text
                    case let flag as Bool: "\(key)=\(flag)"
                    default: "-"
                    }
                }.joined(separator: " ")
            })
    }

    @Test("all four published drivers, each with its reason; a panel would have missed two")
    func drivers() throws {
        let folder = try Folder()
        let panel = try folder.write("7\t140434396\t140624503\n10\t89622869\t89731687\n", to: "panel.bed")
        let (result, object) = try Self.run([
            "--structural", Self.variants, "--copy-number", CopyNumberRunTests.segments, "-g",
            CopyNumberRunTests.genes, "--ploidy", "3.10", "--panel", panel,
        ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            Self.told(object, "gene", "kind", "alteration", "biallelic", "isDriver", "isOutsidePanel") == [
                "BRAF smallVariant p.V600E - isDriver=true isOutsidePanel=false",
                "PTEN disruption deletion of exon 6 biallelic isDriver=true isOutsidePanel=false",
                "PTEN copyNumber homozygous deletion biallelic isDriver=true isOutsidePanel=false",
                "CDKN2A smallVariant p.A68fs biallelic isDriver=true isOutsidePanel=true",
                "TERT smallVariant promoter C228T - isDriver=true isOutsidePanel=true",
            ])
        let findings = object["findings"] as? [[String: Any]] ?? []
        // What can be done stands on top: the strongest evidence for this tumor type.
        let top = try #require((findings.first?["evidence"] as? [[String: Any]])?.first)
        #expect(findings.first?["gene"] as? String == "BRAF" && top["label"] as? String == "on")
        #expect((top["levels"] as? [String: Any])?["civic"] as? String == "A")
        let broken = try #require(findings.first { $0["kind"] as? String == "disruption" })
        let state = try #require(broken["disruptionState"] as? [String: Any])
        #expect(
            state["junction"] as? String == "10:89700299+ 10:89712341-" && state["exons"] as? String == "6")
        #expect(state["mate"] as? String == "paired" && (state["ids"] as? [String])?.count == 2)
        let counts = try #require((object["counts"] as? [String: Any])?["structural"] as? [String: Any])
        #expect(counts["records"] as? Int == 543 && counts["caller"] as? String == "ESVEE")
        #expect(
            counts["junctions"] as? [String: Int] == [
                "DEL": 179, "DUP": 20, "INV": 15, "INS": 24, "TRA": 16, "SGL": 35,
            ])
        #expect(counts["mates"] as? [String: Int] == ["paired": 254])
        let track = try #require(object["copyNumberTrack"] as? [String: Any])
        #expect((track["segments"] as? [Any])?.count == 211 && track["leftOut"] as? Int == 0)
        let missed = try #require(object["panel"] as? [String: Int])
        #expect(missed["inside"] == 3 && missed["outside"] == 2 && missed["driversOutside"] == 2)
        #expect(missed["bases"] == 298_925)
        let arms = try #require((object["biomarkers"] as? [String: Any])?["armEvents"] as? [String: Any])
        #expect(arms["codeletion1p19q"] as? String == "absent" && arms["gain7Loss10"] as? String == "absent")
    }

    @Test("findings.tsv has a row for each gene that is broken, and the cohort tells the gene's patients")
    func tables() throws {
        let folder = try Folder()
        let (result, _) = try Self.run(
            ["--structural", Self.variants, "-g", CopyNumberRunTests.genes], in: folder)
        #expect(result.status == 0, "\(result.errors)")
        let rows = try String(contentsOfFile: folder.file("out/findings.tsv"), encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
        let broken = try #require(rows.first { $0[2] == "disruption" })
        #expect(broken[3...6] == ["somatic", "PTEN", "deletion of exon 6", "10:89700299+ 10:89712341-"])
        #expect(broken[15] == "true" && broken.count == rows[0].count)
        let summary = try Program.run(["cohort", "summary", folder.file("out"), "--by", "gene"])
        let genes = summary.output.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        #expect(genes[0].prefix(3) == ["gene", "patients", "assessable"])
        #expect(genes.first { $0[0] == "PTEN" }?.prefix(3) == ["PTEN", "1", "1"], "\(summary.output)")
    }

    @Test("structural variants alone are a case; what they cannot tell is said")
    func alone() throws {
        let (result, object) = try Self.run(["--structural", Self.variants], calls: nil)
        #expect(result.status == 0, "\(result.errors)")
        let warnings = (object["warnings"] as? [[String: String]] ?? []).compactMap { $0["code"] }
        #expect(warnings.contains("structural_genes"))
        #expect((object["findings"] as? [Any])?.isEmpty == true)
        // Nothing else was looked at, so the case is no denominator.
        #expect((object["assessment"] as? [String: Any])?["isAssessable"] as? Bool == false)
    }

    @Test("the filters of small variants are told apart from junctions that do not pass")
    func filtered() throws {
        let folder = try Folder()
        let head = try String(contentsOfFile: Self.variants, encoding: .utf8).split(separator: "\n").filter {
            $0.hasPrefix("#")
        }.joined(separator: "\n")
        let format = "GT:AD:VF\t./.:30,0:0\t./.:30,20:20"
        let deletions = [("PASS", 89_700_299, 89_712_341), ("PON", 89_690_828, 89_693_000)]
        let lines = deletions.enumerated().map {
            index, call in
            "10\t\(call.1)\td\(index)\tA\t<DEL>\t.\t\(call.0)\tSVTYPE=DEL;END=\(call.2)\t\(format)"
        }
        let vcf = try folder.write(head + "\n" + lines.joined(separator: "\n") + "\n", to: "sv.vcf")
        let (result, object) = try Self.run(["--structural", vcf, "-g", CopyNumberRunTests.genes])
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            Self.told(object, "gene", "alteration", "biallelic").filter { $0.hasPrefix("PTEN") } == [
                "PTEN deletion of exon 6 unknown"
            ])
        // Without tumor cells to speak of.
        let hardly = try Self.run([
            "--structural", vcf, "--copy-number", CopyNumberRunTests.segments, "-g", CopyNumberRunTests.genes,
            "--purity", "1e-305",
        ]).result
        #expect(hardly.status == 0, "\(hardly.errors)")
        // In the normal too.
        let inherited = try folder.write(
            head + "\n" + lines[0].replacing("./.:30,0:0", with: "./.:15,15:15") + "\n", to: "both.vcf")
        let genotypes = lines[0].replacing("GT:AD:VF", with: "GT")
        func written(_ normal: String, _ tumor: String) throws -> String {
            let line = genotypes.split(separator: "\t").dropLast(2) + [normal[...], tumor[...]]
            return try folder.write(
                head + "\n" + line.joined(separator: "\t") + "\n",
                to: "genotypes-\(normal.replacing("/", with: "-"))-\(tumor.replacing("/", with: "-")).vcf")
        }
        for (path, code, isBroken) in [
            (inherited, "structural_normal", false), (try written("0/1", "0/1"), "structural_normal", false),
            (try written("0/0", "0/0"), "structural_tumor", false), (try written("0/0", "0/1"), "", true),
            (try written("./.", "./."), "", true),
        ] {
            let (_, found) = try Self.run(["--structural", path, "-g", CopyNumberRunTests.genes])
            #expect(Self.told(found, "gene").contains("PTEN") == isBroken)
            let warnings = (found["warnings"] as? [[String: String]] ?? []).compactMap { $0["code"] }
            #expect(code.isEmpty || warnings.contains(code))
        }
    }

    @Test("BEDPE: one sample, or the one that is named; what the strands mean is told")
    func bedpe() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.table + "/560-Breast").sorted()
            .filter { $0.hasSuffix(".bedpe") }
        let path = Self.table + "/560-Breast/" + (try #require(names.first))
        let (result, object) = try Self.run(["--structural", path, "--assembly", "GRCh37"], calls: nil)
        #expect(result.status == 0, "\(result.errors)")
        let counts = try #require((object["counts"] as? [String: Any])?["structural"] as? [String: Any])
        #expect(counts["format"] as? String == "BEDPE")
        #expect(counts["strands"] as? String == "reads: the columns are those of BRASS")
        let folder = try Folder()
        let head = "chrom1\tstart1\tend1\tchrom2\tstart2\tend2\tstrand1\tstrand2\tsample\n"
        let two = try folder.write(
            head + "1\t100\t101\t1\t900\t901\t+\t-\tA\n1\t100\t101\t1\t900\t901\t+\t-\tB\n", to: "two.bedpe")
        let refused = try Self.run(["--structural", two], calls: nil).result
        #expect(
            refused.status == 65 && refused.errors.contains("the table has 2 samples"), "\(refused.errors)")
        let named = try Self.run(["--structural", two, "--tumor", "B"], calls: nil)
        #expect(named.result.status == 0, "\(named.result.errors)")
        let own = (named.object["counts"] as? [String: Any])?["structural"] as? [String: Any]
        #expect(own?["junctions"] as? [String: Int] == ["DEL": 1])
    }

    @Test("another assembly, small variants as structural ones and a panel that is no BED are refused")
    func refused() throws {
        let folder = try Folder()
        let small = try folder.write(Self.calls, to: "small.vcf")
        let wrong = try Self.run(["--structural", small]).result
        #expect(
            wrong.status == 65 && wrong.errors.contains("Give small variants with --somatic"),
            "\(wrong.errors)")
        let other = try Self.run(["--structural", Self.variants, "--assembly", "GRCh38"], calls: nil).result
        #expect(other.status == 65, "\(other.errors)")
        for line in ["7\tx\ty\n", "7\t0\t\(Int.max)\n8\t0\t\(Int.max)\n"] {
            let panel = try folder.write(line, to: "panel.bed")
            let bed = try Self.run(["--structural", Self.variants, "--panel", panel]).result
            #expect(bed.status == 65 && bed.errors.contains("panel.bed:1"), "\(bed.errors)")
        }
        let strands = try Self.run(["--structural", Self.variants, "--bedpe-strands", "both"]).result
        #expect(strands.status == 64 && strands.errors.contains("sides or reads"), "\(strands.errors)")
    }

    @Test("doctor reads structural variants and BEDPE")
    func doctor() throws {
        let folder = try Folder()
        let good = try Program.run(["doctor", Self.variants])
        #expect(good.status == 0, "\(good.output)\(good.errors)")
        let vcf = try String(contentsOfFile: Self.variants, encoding: .utf8)
        let half = vcf.split(separator: "\n").filter { !$0.contains("\t741\t") }.joined(separator: "\n")
        let missing = try Program.run(["doctor", try folder.write(half + "\n", to: "half.vcf")])
        #expect(
            missing.output.contains("1 breakends name a mate that is not in the file"), "\(missing.output)")
        let head = "chrom1\tstart1\tend1\tchrom2\tstart2\tend2\tstrand1\tstrand2\n"
        let damaged = try folder.write(head + "1\tx\t1\t1\t9\t9\t+\t-\n", to: "damaged.bedpe")
        let told = try Program.run(["doctor", damaged])
        #expect(told.status == 65 && told.output.contains("BEDPE"), "\(told.output)\(told.errors)")
    }
}
