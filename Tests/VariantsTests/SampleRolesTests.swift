import Genome
import TestSupport
import Testing
import Variants

@Suite struct SampleRolesTests {
    private func roles(
        _ samples: [String], _ meta: [String] = [], request: SampleRoles.Request = SampleRoles.Request(),
        vafs: [(Double, Double)] = []
    ) throws -> SampleRoles {
        let format = ["##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"x\">"]
        let lines = vafs.enumerated().map { index, pair in
            let reads = [pair.0, pair.1].map { "\(100 - Int($0 * 100)),\(Int($0 * 100))" }
            return "1 \(index + 1) . A C . PASS . AD \(reads.joined(separator: " "))"
        }
        let file = VCFText.made(meta: meta + format, samples: samples, lines: lines)
        var contrast = VAFContrast(header: file.header)
        for record in file.records { contrast?.add(record) }
        return try SampleRoles.decide(
            file: "t.vcf", header: file.header, request: request, contrast: contrast)
    }

    private func message(_ body: () throws -> SampleRoles) -> String {
        do {
            return "tumor \(try body().tumor ?? -1)"
        } catch { return "\(error)" }
    }

    @Test(
        "header lines decide before column names of no meaning",
        arguments: [
            ["##tumor_sample=B", "##normal_sample=A"], ["##tumor_sample=B"], ["##normal_sample=A"],
            ["##PEDIGREE=<Derived=B,Original=A>"], ["##SAMPLE=<ID=TUMOR,SampleName=B>"],
            ["##SAMPLE=<ID=NORMAL,SampleName=A,Individual=x>"], ["##TUMOR=\"Sample=B,File=x.bam\""],
        ])
    func headerLines(meta: [String]) throws {
        let found = try roles(["A", "B"], meta)
        #expect(found.tumor == 1 && found.normal == 0)
        #expect(found.decidedBy.hasPrefix("header line ##"))
        #expect(found.warnings.isEmpty)
    }

    @Test("column names TUMOR, TUMOUR and NORMAL decide", arguments: ["TUMOR", "TUMOUR", "tumor"])
    func columnNames(name: String) throws {
        let pair = try roles(["NORMAL", name])
        #expect(pair.tumor == 1 && pair.normal == 0)
        let wide = try roles(["NORMAL", name, "Transcript", "Strand"])
        #expect(wide.tumor == 1 && wide.normal == 0)
        #expect(try roles([name, "X9"]).normal == 1)
    }

    @Test("the data decide where names do not")
    func data() throws {
        let found = try roles(["A", "B"], vafs: Array(repeating: (0.01, 0.4), count: 10))
        #expect(found.tumor == 1 && found.normal == 0)
        #expect(found.decidedBy == "the data: mean alternate fraction of 10 SNVs is 0.010 in A, 0.400 in B")
        let few = message { try roles(["A", "B"], vafs: Array(repeating: (0.01, 0.4), count: 9)) }
        let near = message { try roles(["A", "B"], vafs: Array(repeating: (0.1, 0.4), count: 50)) }
        let undecided =
            "t.vcf: nothing tells which of A, B is the tumor and which its normal. "
            + "Give the names with --tumor and --normal."
        #expect(few == undecided)
        #expect(near == undecided)
    }

    @Test(
        "name patterns break a tie, with a warning",
        arguments: [["P1-N", "P1-T"], ["blood", "x"], ["P_R", "P_T2"]])
    func patterns(samples: [String]) throws {
        let found = try roles(samples)
        #expect(found.tumor == 1 && found.normal == 0)
        #expect(found.warnings == ["tumor and normal were told apart by their names alone"])
    }

    @Test("names given by flag win, and evidence against them is a warning")
    func explicit() throws {
        let request = SampleRoles.Request(tumor: "NORMAL")
        let found = try roles(["NORMAL", "TUMOR"], request: request)
        #expect(found.tumor == 0 && found.normal == 1 && found.decidedBy == "--tumor")
        #expect(found.warnings.count == 2)
        #expect(try roles(["A", "B", "C"], request: .init(tumor: "C", normal: "A")).normal == 0)
        #expect(try roles(["A", "B"], request: .init(tumor: "B", isTumorOnly: true)).normal == nil)
    }

    @Test("an unknown name is answered with those there are")
    func unknownName() {
        let text = message { try roles(["T01", "N01"], request: .init(tumor: "T-01")) }
        #expect(text == "t.vcf: no sample \"T-01\"; the file has T01 and N01. Give one of them with --tumor.")
    }

    @Test("a contradiction is refused with all that was found")
    func contradiction() {
        let text = message { try roles(["NORMAL", "TUMOR"], ["##tumor_sample=NORMAL"]) }
        #expect(
            text == "t.vcf: what tells tumor and normal apart contradicts itself: "
                + "NORMAL is the tumor by header line ##tumor_sample=NORMAL; "
                + "NORMAL is the normal by column name NORMAL; TUMOR is the tumor by column name TUMOR. "
                + "Give the names with --tumor and --normal.")
        let data = message { try roles(["NORMAL", "TUMOR"], vafs: Array(repeating: (0.5, 0.01), count: 12)) }
        #expect(data.contains("mean alternate fraction of 12 SNVs is 0.500 in NORMAL, 0.010 in TUMOR"))
    }

    @Test("one column is tumor-only, which has to be asked for")
    func tumorOnly() throws {
        let text = message { try roles(["A"]) }
        #expect(
            text
                == "t.vcf: the only sample is A, and there is no normal to compare with. Say so with --tumor-only."
        )
        let found = try roles(["A"], request: .init(isTumorOnly: true))
        #expect(found.tumor == 0 && found.normal == nil && !found.isJoined)
        let normal = message { try roles(["NORMAL"], request: .init(isTumorOnly: true)) }
        #expect(normal.hasPrefix("t.vcf: the only sample, NORMAL, is the normal: column name NORMAL."))
    }

    @Test("three columns without a word need names")
    func manyColumns() throws {
        #expect(message { try roles(["A", "B", "C"]) }.contains("nothing tells which of A, B, C"))
        #expect(
            message { try roles(["A", "B", "C"], ["##tumor_sample=A"]) }
                .contains("A is the tumor by header line ##tumor_sample=A tells which"))
        #expect(
            message { try roles(["A", "B", "C"], request: .init(tumor: "A")) }
                == "t.vcf: the normal of \"A\" is not named. Give --normal or --tumor-only.")
        #expect(try roles(["A", "B", "C"], ["##tumor_sample=A", "##normal_sample=C"]).normal == 2)
    }

    @Test("a file without columns has no roles, and is read all the same")
    func noColumns() throws {
        let found = try roles([])
        #expect(found.tumor == nil && found.normal == nil && !found.isJoined)
    }

    @Test("the sample's real name is found behind NORMAL")
    func realName() {
        let tcga = VCFText.made(meta: ["##SAMPLE=<ID=NORMAL,SampleName=P1-N>"], samples: ["NORMAL", "TUMOR"])
        #expect(SampleRoles.sampleName(column: 0, header: tcga.header) == "P1-N")
        let muse = VCFText.made(meta: ["##NORMAL=\"Sample=P2-N,File=x\""], samples: ["TUMOR", "NORMAL"])
        #expect(SampleRoles.sampleName(column: 1, header: muse.header) == "P2-N")
        #expect(SampleRoles.sampleName(column: 0, header: muse.header) == "TUMOR")
    }

    @Test("normals are compared by name unless it says only the role")
    func sameName() {
        #expect(SampleNames.isSame("P1-N", " p1-n ") == true)
        #expect(SampleNames.isSame("P1-N", "P2-N") == false)
        #expect(SampleNames.isSame("NORMAL", "P2-N") == nil)
        #expect(SampleNames.isSame(nil, "P2-N") == nil)
    }

    @Test(
        "callers' real files give the tumor's column", .enabled(if: TestData.isAvailable),
        arguments: [
            ("oncology/callers/ICAMS_Mutect.GRCh37.s1.vcf.gz", 0),
            ("oncology/callers/vcf2maf_test_strelka.vcf", 1),
            ("oncology/callers/ICAMS_Strelka.SBS.GRCh37.s1.vcf.gz", 1),
            ("oncology/callers/vcf2maf_test_varscan.vcf", 1), ("oncology/callers/vcf2maf_test.vcf", 0),
            ("annotation/vcf2maf/test_muse.vcf", 0), ("annotation/vcf2maf/test_mutect.vcf", 1),
            ("oncology/callers/sigprofiler_manta.vcf", 1), ("oncology/callers/sigprofiler_delly.vcf", 0),
            ("oncology/callers/vcf2maf_test_delly.vcf", 0), ("oncology/pcgr/cpsr_example.vcf.gz", 0),
        ])
    func realFiles(path: String, tumor: Int) throws {
        let file = try VCFText(path: TestData.path(path))
        var contrast = VAFContrast(header: file.header)
        for record in file.records { contrast?.add(record) }
        let found = try SampleRoles.decide(file: path, header: file.header, contrast: contrast)
        #expect(found.tumor == tumor, "\(found)")
    }
}
