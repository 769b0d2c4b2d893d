import Foundation
import TestSupport
import Testing

@Suite("Errors and exit codes")
struct ExitCodeTests {
    private static let base = ["annotate", "--case", "C", "--tumor-type", "MEL", "--somatic"]

    @Test("misuse ends with 64 and says what to give")
    func misuse() throws {
        let folder = try Folder()
        for (arguments, words) in [
            (
                ["annotate", "-o", folder.file("x")],
                "case is missing. Give it in the case file or with --case."
            ),
            (["annotate", "--case", "C", "-o", folder.file("x")], "tumorType is missing"),
            (
                ["annotate", "--case", "C", "--tumor-type", "MEL", "-o", folder.file("x")],
                "--somatic, --germline, --structural or --copy-number"
            ),
            (["fly"], "Unexpected argument 'fly'"),
            (
                Self.base + ["a.vcf", "--fusions", "f.tsv", "-o", folder.file("x")],
                "this version does not read fusions input"
            ),
            (
                Self.base + ["a.vcf", "-g", "genes.gff3", "-o", folder.file("x")],
                "gene models are given without the reference genome"
            ),
            (["match", "--tumor-type", "LUAD", "EGFR codon 12"], "one alteration was expected"),
            (["match", "--tumor-type", "XYZZY", "TMB-H"], "Did you mean"),
        ] {
            let result = try Program.run(arguments)
            #expect(result.status == 64, "\(arguments): \(result.errors)")
            #expect(result.errors.contains(words), "\(result.errors)")
        }
    }

    @Test("a missing input ends with 66, bad data with 65, an output that is taken with 73")
    func codes() throws {
        let folder = try Folder()
        #expect(try Program.run(Self.base + [folder.file("none.vcf"), "-o", folder.file("x")]).status == 66)
        let broken = try folder.write(
            "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\tx\t.\tA\tT\t.\t.\t.\n",
            to: "broken.vcf")
        let result = try Program.run(Self.base + [broken, "-o", folder.file("x")])
        #expect(result.status == 65)
        #expect(
            result.errors.contains("broken.vcf:3: POS is \"x\", a number was expected."), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.file("x")))
        _ = try folder.write("mine", to: "taken")
        let taken = try Program.run(["annotate", "demo/cases/DEMO-06/case.yaml", "-o", folder.file("taken")])
        #expect(taken.status == 73)
        #expect(try String(contentsOfFile: folder.file("taken"), encoding: .utf8) == "mine")
    }

    @Test(
        "a record behind what an index can hold is named as the cause, without the name of a temporary file")
    func farRecord() throws {
        let folder = try Folder()
        let calls = try folder.write(
            "##fileformat=VCFv4.2\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
                + "1\t600000000\t.\tA\tT\t.\tPASS\t.\n", to: "far.vcf")
        let result = try Program.run(Self.base + [calls, "-o", folder.file("x")])
        #expect(result.status == 65)
        #expect(
            result.errors.contains("far.vcf: POS or END of a record lies behind base 536870912"),
            "\(result.errors)")
        #expect(!result.errors.contains(".tmp") && !FileManager.default.fileExists(atPath: folder.file("x")))
    }

    @Test("an unknown tumor type names the three nearest")
    func tumorType() throws {
        let folder = try Folder()
        let result = try Program.run(
            [
                "annotate", "demo/cases/DEMO-06/case.yaml", "--tumor-type", "Pancreatic Adenocarcinom", "-o",
                folder.file("x"),
            ])
        #expect(result.status == 65)
        #expect(result.errors.contains("PAAD (Pancreatic Adenocarcinoma)"), "\(result.errors)")
    }

    @Test("an unknown key of a case file is named with its line")
    func unknownKey() throws {
        let folder = try Folder()
        let path = try folder.write("case: C\ntumourType: MEL\n", to: "case.yaml")
        let result = try Program.run(["annotate", path, "-o", folder.file("x")])
        #expect(result.status == 65)
        #expect(result.errors.contains("case.yaml:2: key \"tumourType\" is unknown"), "\(result.errors)")
    }

    @Test("one sample needs --tumor-only, and then the burden is an upper bound")
    func tumorOnly() throws {
        let folder = try Folder()
        let text = """
            ##fileformat=VCFv4.2
            ##contig=<ID=chr7,length=159345973>
            ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">
            #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT1
            chr7\t140753336\t.\tA\tT\t.\tPASS\t.\tAD\t60,30

            """
        let path = try folder.write(text, to: "one.vcf")
        let refused = try Program.run(Self.base + [path, "-o", folder.file("x")])
        #expect(refused.status == 64 || refused.status == 65)
        #expect(refused.errors.contains("--tumor-only"), "\(refused.errors)")
        let result = try Program.run(Self.base + [path, "--tumor-only", "-o", folder.file("y")])
        #expect(result.status == 0, "\(result.errors)")
        let json = try String(contentsOfFile: folder.file("y") + "/case.json", encoding: .utf8)
        #expect(json.contains("tumor-only: an upper bound"))
        // Without annotation the listed allele still matches, by its place.
        #expect(json.contains("\"granularity\" : 10"))
    }

    @Test("messages come as JSON lines where they are asked for, and results never go among them")
    func messages() throws {
        let folder = try Folder()
        let result = try Program.run([
            "annotate", "demo/cases/DEMO-03/case.yaml", "--log-format", "json", "--progress", "always", "-o",
            folder.file("x"),
        ])
        #expect(result.output.isEmpty)
        let lines = result.errors.split(separator: "\n")
        #expect(lines.count == 5)
        for line in lines {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
            #expect(object?["message"]?.isEmpty == false)
        }
    }

    @Test("hotspots from standard input are read once")
    func hotspotsFromStandardInput() throws {
        let folder = try Folder()
        let calls = TestData.package.appending(path: "demo/cases/DEMO-01/somatic.vcf").path
        let table = try folder.write(
            "Hugo_Symbol\tAmino_Acid_Position\tReference_Amino_Acid\tVariant_Amino_Acid\tMutation_Count\n"
                + "BRAF\t600\tV\tE:500\t897\n", to: "hotspots.tsv")
        let read = try Program.run(
            Self.base + [calls, "--hotspots", table, "--report-date", "2026-01-01", "-o", folder.file("x")])
        let piped = try Program.run(
            Self.base + [calls, "--hotspots", "-", "--report-date", "2026-01-01", "-o", folder.file("y")],
            input: table)
        #expect(read.status == piped.status, "\(read.errors)\(piped.errors)")
        #expect(read.status == 0, "\(read.errors)")
        // The first lines tell the command.
        let tables = try ["x", "y"].map {
            try String(contentsOfFile: folder.file($0) + "/findings.tsv", encoding: .utf8)
                .split(separator: "\n").filter { !$0.hasPrefix("#") }
        }
        #expect(tables[0] == tables[1])
    }

    @Test("calls from standard input give the findings of the same file")
    func standardInput() throws {
        let folder = try Folder()
        let path = TestData.package.appending(path: "demo/cases/DEMO-01/somatic.vcf").path
        let result = try Program.run(
            Self.base + ["-", "--report-date", "2026-01-01", "-o", folder.file("x")], input: path)
        #expect(result.status == 0, "\(result.errors)")
        let table = try String(contentsOfFile: folder.file("x") + "/findings.tsv", encoding: .utf8)
        #expect(table.contains("p.V600E"))
        // The temporary copy leaves no trace that differs from run to run.
        let again = try Program.run(
            Self.base + ["-", "--report-date", "2026-01-01", "-o", folder.file("y")], input: path)
        #expect(again.status == 0)
        #expect(try Folder.contents(folder.file("x")) == Folder.contents(folder.file("y")))
    }
}

@Suite("Cheap checks between the inputs")
struct CrossCheckTests {
    private static func annotate(
        _ arguments: [String], _ folder: Folder, of demo: String = "DEMO-01"
    ) throws -> String {
        let out = folder.file("case")
        let result = try Program.run(["annotate", "demo/cases/\(demo)/case.yaml"] + arguments + ["-o", out])
        #expect(result.status == 0, "\(result.errors)")
        return result.errors
    }

    @Test("another patient's normal is a warning that stands first")
    func normal() throws {
        let folder = try Folder()
        let text = try Self.annotate(["--germline", "demo/cases/DEMO-02/germline.vcf"], folder)
        #expect(
            text.hasPrefix(
                "warning: normal_sample_differs: The normal is DEMO-01-N in the somatic file and DEMO-02-N"))
    }

    @Test("somatic calls that are heterozygous in the germline are a warning")
    func germlineCalls() throws {
        let folder = try Folder()
        let joint = try Self.joint("DEMO-01", folder)
        let text = try Self.annotate(
            ["--somatic", joint, "--tumor", "DEMO-01-T", "--normal", "DEMO-01-N"], folder)
        #expect(text.contains("somatic_is_germline"), "\(text)")
    }

    @Test("a call of both files is one hit of its gene")
    func oneHit() throws {
        let folder = try Folder()
        let joint = try Self.joint("DEMO-05", folder)
        let text = try Self.annotate(
            ["--somatic", joint, "--tumor", "DEMO-05-T", "--normal", "DEMO-05-N"], folder, of: "DEMO-05")
        #expect(text.contains("warning: also_germline: BRCA2 chr13:32340300 GT>G"), "\(text)")
        let data = try Data(contentsOf: URL(filePath: folder.file("case/case.json")))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let hrd = (object["biomarkers"] as? [String: Any])?["hrd"] as? [String: Any]
        let genes = hrd?["genes"] as? [[String: Any]] ?? []
        let gene = try #require(genes.first { $0["gene"] as? String == "BRCA2" })
        #expect(gene["status"] as? String == "unknown" && (gene["hits"] as? [String])?.count == 1)
    }

    /// The germline calls of a case, handed in as somatic ones of a joint file.
    private static func joint(_ demo: String, _ folder: Folder) throws -> String {
        let source = try String(
            contentsOf: TestData.package.appending(path: "demo/cases/\(demo)/germline.vcf"), encoding: .utf8)
        let lines = source.split(separator: "\n").map { line -> String in
            if line.hasPrefix("##") { return String(line) }
            return line + (line.hasPrefix("#") ? "\t\(demo)-T" : "\t0/1:20,20:0.5:40")
        }
        return try folder.write(lines.joined(separator: "\n") + "\n", to: "joint.vcf")
    }

    @Test("a stated sex that X contradicts is a warning")
    func sex() throws {
        let folder = try Folder()
        #expect(try Self.annotate(["--sex", "male"], folder).contains("sex_differs"))
        #expect(try !Self.annotate([], folder).contains("sex_differs"))
    }

    @Test("calls on one assembly are refused where another is stated")
    func assembly() throws {
        let folder = try Folder()
        let result = try Program.run(
            ["annotate", "demo/cases/DEMO-01/case.yaml", "--assembly", "GRCh37", "-o", folder.file("x")])
        #expect(result.status == 65)
        #expect(result.errors.contains("not GRCh37"), "\(result.errors)")
    }
}
