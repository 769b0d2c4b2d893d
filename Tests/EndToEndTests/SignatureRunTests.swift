import Biomarkers
import Foundation
import TestSupport
import Testing

@Suite("Signatures and deficiency of a case")
struct SignatureRunTests {
    /// A contig of random bases, and the single bases `ACA>AAA` and `TCG>TTG` on it.
    static let genome: [UInt8] = {
        var random = SeededGenerator(seed: 11)
        return (0..<40_000).map { _ in "ACGT".utf8.map { $0 }.randomElement(using: &random) ?? 65 }
    }()

    static func places(_ context: String) -> [Int] {
        let wanted = Array(context.utf8)
        return (1..<(genome.count - 1)).filter { Array(genome[($0 - 1)...($0 + 1)]) == wanted }
    }

    static func run(_ more: [String], one: Int, other: Int, deletions: Int = 0, inherited: Int = 0) throws
        -> (
            result: Program.Result, object: [String: Any]
        )
    {
        let folder = try Folder()
        let fasta = try folder.write(
            ">1\n" + String(decoding: genome, as: UTF8.self) + "\n", to: "g.fa")
        var lines: [(Int, String)] = []
        for (context, count, alternate) in [("ACA", one, "A"), ("TCG", other, "T")] {
            for place in places(context).prefix(count) {
                lines.append((place, "C\t\(alternate)"))
            }
        }
        for number in 0..<deletions {
            let place = 50 + number * 137
            let bases = String(decoding: genome[place..<(place + 6)], as: UTF8.self)
            lines.append((place, "\(bases)\t\(bases.prefix(1))"))
        }
        let head =
            "##fileformat=VCFv4.2\n##contig=<ID=1,length=\(genome.count)>\n##tumor_sample=T\n##normal_sample=N\n"
            + "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">\n"
            + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN\tT\n"
        let germline = Set(places("GCG").prefix(inherited))
        lines += germline.map { ($0, "C\tA") }
        let rows = lines.sorted { $0.0 < $1.0 }.map {
            "1\t\($0.0 + 1)\t.\t\($0.1)\t.\tPASS\t.\tAD\t\(germline.contains($0.0) ? "15,15" : "30,0")\t20,10\n"
        }
        let vcf = try folder.write(head + rows.joined(), to: "t.vcf")
        // Two signatures of one type each.
        let table = MutationTypes.sbs96.names.map { name in
            "\(name)\t\(name == "A[C>A]A" ? 1 : 0)\t\(name == "T[C>T]G" ? 1 : 0)\n"
        }
        let reference = try folder.write("Type\tSX\tSY\n" + table.reversed().joined(), to: "reference.tsv")
        let result = try Program.run(
            [
                "annotate", "--case", "C", "--tumor-type", "COAD", "--somatic", vcf, "-f", fasta,
                "--signatures",
                reference, "--callable-megabases", "3", "-o", folder.file("out"),
            ] + more)
        guard result.status == 0 else { return (result, [:]) }
        let data = try Data(contentsOf: URL(filePath: folder.file("out/case.json")))
        return (result, try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any]))
    }

    static func sbs(_ object: [String: Any]) throws -> [String: Any] {
        let biomarkers = try #require(object["biomarkers"] as? [String: Any])
        let signatures = try #require(biomarkers["signatures"] as? [String: Any])
        return try #require(signatures["sbs"] as? [String: Any])
    }

    @Test("what was put in comes out, with intervals, the same for any number of threads")
    func exposures() throws {
        var all: [NSDictionary] = []
        for threads in ["1", "2"] {
            let (result, object) = try Self.run(["--threads", threads], one: 150, other: 90)
            #expect(result.status == 0, "\(result.errors)")
            let sbs = try Self.sbs(object)
            let catalogue = try #require(sbs["catalogue"] as? [String: Int])
            #expect(catalogue.count == 96 && catalogue["A[C>A]A"] == 150 && catalogue["T[C>T]G"] == 90)
            #expect(sbs["status"] as? String == "ok" && sbs["mutations"] as? Int == 240)
            #expect(sbs["cosine"] as? Double == 1 && sbs["unassigned"] as? Double == 0)
            let exposures = try #require(sbs["exposures"] as? [[String: Any]])
            #expect(exposures.map { $0["signature"] as? String } == ["SX", "SY"])
            #expect(exposures.map { $0["mutations"] as? Double } == [150, 90])
            let interval = try #require(exposures[0]["interval90"] as? [Double])
            #expect(interval[0] < 150 && interval[1] > 150 && interval[0] > 120 && interval[1] < 180)
            all.append(sbs as NSDictionary)
        }
        #expect(all[0] == all[1])
    }

    @Test("with gene models single bases are counted by the strand that is transcribed")
    func strands() throws {
        let folder = try Folder()
        let fasta = try folder.write(">1\n" + String(repeating: "ACAGTGTTTT", count: 300) + "\n", to: "g.fa")
        var genes = "##gff-version 3\n"
        for (name, start, end, strand) in [("F", 101, 1000, "+"), ("R", 801, 1600, "-")] {
            for (type, fields) in [
                ("gene", "ID=gene:\(name);Name=\(name);biotype=protein_coding"),
                ("mRNA", "ID=transcript:T\(name);Parent=gene:\(name);biotype=protein_coding"),
                ("exon", "Parent=transcript:T\(name)"), ("CDS", "ID=CDS:\(name);Parent=transcript:T\(name)"),
            ] {
                genes +=
                    "1\tx\t\(type)\t\(start)\t\(end)\t.\t\(strand)\t\(type == "CDS" ? "0" : ".")\t\(fields)\n"
            }
        }
        let models = try folder.write(genes, to: "g.gff3")
        // The C of ACA and the G of AGT at four places: before all genes, in F, in both, in R.
        let rows = [2, 4, 202, 204, 902, 904, 1202, 1204].map {
            "1\t\($0)\t.\t\($0 % 10 == 2 ? "C\tA" : "G\tT")\t.\tPASS\t.\n"
        }
        let vcf = try folder.write(
            "##fileformat=VCFv4.2\n##contig=<ID=1,length=3000>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
                + rows.joined(), to: "t.vcf")
        let result = try Program.run([
            "signatures", "matrix", "-f", fasta, "-g", models, "-o", folder.file("out"), vcf,
        ])
        #expect(result.status == 0, "\(result.errors)")
        let lines = try String(contentsOfFile: folder.file("out/SBS384.tsv"), encoding: .utf8).split(
            separator: "\n")
        let counts = Dictionary(
            uniqueKeysWithValues: lines.dropFirst().map { line in
                let cells = line.split(separator: "\t").map(String.init)
                return (cells[0], Double(cells[1]) ?? -1)
            }
        ).filter { $0.value > 0 }
        // A G on the forward strand is a C on the other: ACT from AGT.
        #expect(
            counts == [
                "N:A[C>A]A": 1, "N:A[C>A]T": 1, "U:A[C>A]A": 1, "T:A[C>A]T": 1, "B:A[C>A]A": 1,
                "B:A[C>A]T": 1,
                "T:A[C>A]A": 1, "U:A[C>A]T": 1,
            ])
    }

    @Test("without a normal inherited variants are among the mutations, so nothing of them is ok")
    func tumorOnly() throws {
        let (result, object) = try Self.run(
            ["--tumor-only", "--tumor", "T"], one: 150, other: 90, deletions: 100)
        #expect(result.status == 0, "\(result.errors)")
        let sbs = try Self.sbs(object)
        #expect(sbs["status"] as? String == "low_confidence" && sbs["exposures"] != nil)
        #expect((sbs["statusReason"] as? String)?.contains("without a normal sample") == true)
    }

    @Test("a MAF with the genome says that the genome is not read beside it")
    func tableOfMutations() throws {
        let folder = try Folder()
        let fasta = try folder.write(
            ">1\n" + String(decoding: Self.genome, as: UTF8.self) + "\n", to: "g.fa")
        let maf = try folder.write(
            "Hugo_Symbol\tChromosome\tStart_Position\tEnd_Position\tReference_Allele\tTumor_Seq_Allele2\tTumor_Sample_Barcode\tVariant_Classification\n"
                + "X\t1\t5\t5\tA\tC\tT\tSilent\n", to: "t.maf")
        let result = try Program.run([
            "annotate", "--case", "C", "--tumor-type", "COAD", "--somatic", maf, "-f", fasta, "-o",
            folder.file("out"),
        ])
        #expect(result.status == 0, "\(result.errors)")
        let data = try Data(contentsOf: URL(filePath: folder.file("out/case.json")))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(
            (try Self.sbs(object)["statusReason"] as? String)?.hasSuffix("beside a MAF; give a VCF") == true)
    }

    @Test(
        "what passes and is in the normal too is not in the catalogue, and told; without default filters it is"
    )
    func inherited() throws {
        let (result, object) = try Self.run([], one: 150, other: 90, inherited: 40)
        #expect(result.errors.contains("in_normal: t.vcf: the normal has 40 of the variants that pass too"))
        var catalogue = try #require(try Self.sbs(object)["catalogue"] as? [String: Int])
        #expect(catalogue["A[C>A]A"] == 150 && catalogue["G[C>A]G"] == 0)
        let all = try Self.run(["--no-default-filters"], one: 150, other: 90, inherited: 40)
        catalogue = try #require(try Self.sbs(all.object)["catalogue"] as? [String: Int])
        #expect(catalogue["G[C>A]G"] == 40 && !all.result.errors.contains("in_normal"))
    }

    @Test("callable regions without a base are refused")
    func emptyRegions() throws {
        let folder = try Folder()
        let bed = try folder.write("#nothing\n1\t5\t5\n", to: "callable.bed")
        let result = try Self.run(["--callable", bed], one: 1, other: 1, deletions: 60).result
        #expect(
            result.status == 65 && result.errors.contains("callable.bed: no region holds a base"),
            "\(result.errors)")
    }

    @Test("a table says which signatures the tumor type may have, by the nearest type of which it speaks")
    func allowed() throws {
        let folder = try Folder()
        func run(_ rows: String) throws -> (result: Program.Result, object: [String: Any]) {
            let table = try folder.write("tumorType\tsignature\tprevalence\n" + rows, to: "allowed.tsv")
            return try Self.run(["--allowed-signatures", table], one: 150, other: 90, deletions: 100)
        }
        let free = try Self.sbs(try Self.run([], one: 150, other: 90, deletions: 100).object)
        let names = (free["exposures"] as? [[String: Any]] ?? []).compactMap { $0["signature"] as? String }
        try #require(names.count == 2 && free["allowed"] == nil)
        // Of the type itself before one above it; below a tenth a signature is not allowed; other types do not count.
        let rows =
            "SOLID\t\(names[1])\t\nColon Adenocarcinoma\t\(names[0])\t0.1\nCOAD\t\(names[1])\t0.09\nMEL\t\(names[1])\t1\n"
        let fitted = try Self.sbs(try run(rows).object)
        #expect(
            (fitted["exposures"] as? [[String: Any]])?.compactMap { $0["signature"] as? String } == [names[0]]
        )
        #expect((fitted["allowed"] as? String)?.hasPrefix("COAD: 1 of ") == true)
        let silent = try Self.sbs(try run("MEL\t\(names[1])\t1\n").object)
        #expect(silent["allowed"] == nil && (silent["exposures"] as? [Any])?.count == 2)
        for (rows, message) in [
            ("Coton\tS1\t\n", "\"Coton\" is no tumor type"), ("COAD\tS1\t2\n", "prevalence is \"2\""),
            ("COAD\tSBS99\t\n", "none of the signatures of COAD is in the reference: SBS99"),
        ] {
            let result = try run(rows).result
            #expect(result.status == 65 && result.errors.contains(message), "\(result.errors)")
        }
    }

    @Test("few mutations are counted and not fitted")
    func few() throws {
        let (_, object) = try Self.run([], one: 100, other: 99)
        let sbs = try Self.sbs(object)
        #expect(
            sbs["status"] as? String == "low_count" && sbs["exposures"] == nil
                && sbs["mutations"] as? Int == 199)
    }

    @Test(
        "CHORD's features stand in the case, a forest that cannot be used says why; HRDetect needs its six features"
    )
    func deficiency() throws {
        let folder = try Folder()
        let forest = try folder.write(
            "tree\tnode\tleft\tright\tfeature\tsplit\tstatus\tclass\n1\t1\t0\t0\t\t0\t-1\tBRCA2\n",
            to: "forest.tsv")
        let features = try folder.write(
            "del.mh.prop\tSNV3\tSV3\tSV5\thrd\tSNV8\n0.45\t2500\t60\t80\t18\t900\n", to: "features.tsv")
        let junctions = try folder.write(
            "chrom1\tstart1\tend1\tchrom2\tstart2\tend2\tstrand1\tstrand2\n1\t100\t101\t1\t9000\t9001\t-\t+\n",
            to: "sv.bedpe")
        let (result, object) = try Self.run(
            ["--chord-model", forest, "--hrdetect-features", features, "--structural", junctions], one: 100,
            other: 60, deletions: 120)
        #expect(result.status == 0, "\(result.errors)")
        let hrd = try #require((object["biomarkers"] as? [String: Any])?["hrd"] as? [String: Any])
        let chord = try #require(hrd["chord"] as? [String: Any])
        #expect(chord["hrStatus"] as? String == "HR_deficient" && chord["probability"] as? Double == 1)
        #expect(chord["hrdType"] as? String == "undetermined" && chord["status"] as? String == "low_count")
        let shares = try #require(chord["features"] as? [String: Double])
        #expect(shares["C.A"] == 0.625 && shares["C.T"] == 0.375 && shares["DUP_1e03_1e04_bp"] == 1)
        let model = try #require(hrd["model"] as? [String: Any])
        #expect((model["probability"] as? Double).map { abs($0 - 0.9994) < 1e-4 } == true)
        #expect((hrd["verdict"] as? String)?.hasPrefix("supported: HRDetect 0.999") == true)
        // Of another tumor the score is told and does not count.
        let others = try folder.write(
            "sample\tdel.mh.prop\tSNV3\tSV3\tSV5\thrd\tSNV8\nX\t0.45\t2500\t60\t80\t18\t900\n",
            to: "others.tsv")
        let unsure = try Self.run(["--hrdetect-features", others], one: 1, other: 1).object
        let codes = (unsure["warnings"] as? [[String: String]] ?? []).compactMap { $0["code"] }
        let doubted = (unsure["biomarkers"] as? [String: Any])?["hrd"] as? [String: Any]
        #expect(codes.contains("hrdetect_sample"))
        #expect((doubted?["verdict"] as? String)?.hasPrefix("not assessable") == true)
        let wrong = try Self.run(["--chord-model", features], one: 1, other: 1).result
        #expect(
            wrong.status == 65 && wrong.errors.contains("features.tsv:1: the columns are"), "\(wrong.errors)")
    }

    @Test("reference signatures with other rows are refused")
    func refused() throws {
        let folder = try Folder()
        let table = try folder.write("Type\tS1\nA>C\t1\n", to: "odd.tsv")
        let result = try Self.run(["--signatures", table], one: 1, other: 1).result
        #expect(result.status == 64 || result.status == 65, "\(result.errors)")
    }
}

@Suite("Refits with intervals")
struct RefitIntervalTests {
    @Test(
        "each sample has its interval, the same with the same seed; signatures that are not allowed take no part"
    )
    func intervals() throws {
        let folder = try Folder()
        let names = MutationTypes.sbs96.names
        let reference = names.enumerated().map {
            "\($1)\t\($0 < 48 ? 1.0 / 48 : 0)\t\($0 >= 48 ? 1.0 / 48 : 0)\n"
        }
        let catalogue = names.enumerated().map { "\($1)\t\($0 < 48 ? 10 : 2)\n" }
        let matrix = try folder.write("MutationType\tP1\n" + catalogue.joined(), to: "m.tsv")
        let signatures = try folder.write("Type\tA\tB\n" + reference.joined(), to: "s.tsv")
        func refit(_ more: [String]) throws -> Program.Result {
            try Program.run(["signatures", "refit", "--matrix", matrix, "--reference", signatures] + more)
        }
        let first = try refit(["--bootstrap", "200"])
        #expect(first.status == 0, "\(first.errors)")
        let rows = first.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        #expect(rows[0] == ["Signature", "P1", "P1_lower", "P1_upper"])
        let values = rows[1].dropFirst().compactMap(Double.init)
        #expect(abs(values[0] - 480) < 1e-6 && values[1] < 480 && values[2] > 480)
        #expect(try refit(["--bootstrap", "200"]).output == first.output)
        #expect(try refit(["--bootstrap", "200", "--seed", "7"]).output != first.output)
        let only = try refit(["--allowed", "B"]).output.split(separator: "\n")
        let share = only.last?.split(separator: "\t").last.flatMap { Double($0) } ?? 0
        #expect(only.count == 2 && abs(share - 96) < 1e-9)
        let unknown = try refit(["--allowed", "SBS99"])
        #expect(
            unknown.status == 64 && unknown.errors.contains("there is no column \"SBS99\""),
            "\(unknown.errors)")
        #expect(try refit(["--bootstrap", "0"]).status == 64)
    }
}
