import Testing
import Variants

/// Records made by hand after the callers' header documentation, where no file of theirs is at hand.
@Suite struct ReadDepthsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let format: [String]
        let info: [String]
        let line: String
        let expected: [SampleCall]
        var testDescription: String { name }

        init(
            _ name: String, format: [String] = [], info: [String] = [], _ line: String,
            _ expected: [SampleCall]
        ) {
            (self.name, self.format, self.info, self.line, self.expected) = (
                name, format, info, line, expected
            )
        }
    }

    static func call(_ alternate: Int?, _ depth: Int?, _ vaf: Double? = nil) -> SampleCall {
        var computed = vaf
        if vaf == nil, let alternate, let depth, depth > 0 { computed = Double(alternate) / Double(depth) }
        return SampleCall(depth: depth, alternateDepth: alternate, vaf: computed)
    }

    static let cases: [Case] = [
        Case(
            "AD, two ALTs", format: ["AD:R", "DP:1"], "1 5 . A C,G . . . GT:AD:DP 1/2:2,48,50:90",
            [call(48, 100), call(50, 100)]),
        Case(
            "AD with a missing part falls to DP", format: ["AD:R", "DP:1"], "1 5 . A C . . . AD:DP .,21:54",
            [call(21, 54)]),
        Case("AD sums above DP", format: ["AD:R", "DP:1"], "1 5 . A C . . . AD:DP 30,30:50", [call(30, 60)]),
        Case(
            "AD missing: the caller's AF and DP", format: ["AD:R", "AF:A", "DP:1"],
            "1 5 . A C . . . AD:AF:DP .:0.25:40", [call(nil, 40, 0.25)]),
        Case(
            "all missing is not 0", format: ["AD:R", "DP:1"], "1 5 . A C . . . AD:DP .:.", [call(nil, nil)]),
        Case(
            "AD of no reads has no fraction", format: ["AD:R"], "1 5 . A C . . . AD 0,0",
            [SampleCall(depth: 0, alternateDepth: 0)]),
        Case(
            "AD list of another length is not guessed at", format: ["AD:."], "1 5 . A C . . . AD 5,6,7",
            [call(nil, nil)]),
        Case(
            "Mutect2 prefers AD to AF", format: ["AD:R", "AF:A"], "1 5 . A C . . . AD:AF 90,10:0.2",
            [call(10, 100)]),
        Case(
            "Strelka2 indel", format: ["TAR:2", "TIR:2", "DP:1"],
            "1 5 . AT A . . . DP:TAR:TIR 90:14,14:18,19", [call(18, 32)]),
        Case(
            "Strelka2 SNV", format: ["AU:2", "CU:2", "GU:2", "TU:2"],
            "1 5 . A C . . . AU:CU:GU:TU 56,57:20,22:1,1:0,9", [call(20, 77)]),
        Case(
            "VarScan2", format: ["RD:1", "AD:1", "FREQ:1"], "1 5 . A C . . . RD:AD:FREQ 59:56:48.7%",
            [call(56, 115)]),
        Case(
            "VarScan2 percent alone", format: ["FREQ:1", "DP:1"], "1 5 . A C . . . DP:FREQ 100:12.5%",
            [call(nil, 100, 0.125)]),
        Case(
            "FreeBayes", format: ["RO:1", "AO:A", "DP:1"], "1 5 . A C,G . . . RO:AO 70:20,10",
            [call(20, 100), call(10, 100)]),
        Case(
            "FreeBayes without RO", format: ["RO:1", "AO:A", "DP:1"], "1 5 . A C . . . DP:RO:AO 50:.:20",
            [call(20, 50)]),
        Case(
            "VarDict AD", format: ["VD:1", "AD:R", "DP:1"], "1 5 . A C . . . DP:VD:AD 104:20:80,20",
            [call(20, 100)]),
        Case("VarDict VD", format: ["VD:1", "DP:1"], "1 5 . A C . . . DP:VD 104:26", [call(26, 104)]),
        Case("LoFreq INFO", info: ["DP4:4"], "1 5 . A C . PASS DP=110;AF=0.1;DP4=45,45,5,5", [call(10, 100)]),
        Case(
            "Platypus", format: ["NV:A", "NR:A"], "1 5 . A C,G . . . NR:NV 40,50:10,5",
            [call(10, 40), call(5, 50)]),
        Case(
            "SAGE", format: ["AD:R", "AF:1", "DP:1", "RC_CNT:6"], "1 5 . A C . . . AD:AF:DP 60,20:0.25:80",
            [call(20, 80)]),
        Case(
            "Manta with pairs alone", format: ["PR:.", "SR:."], "1 5 . A <DEL> . . END=9 PR 43,4",
            [call(4, 47)]),
        Case(
            "Lumpy: pieces of evidence for the junction, none against", format: ["SU:1", "PE:1", "SR:1"],
            "1 5 . N <DEL> . . SVTYPE=DEL;END=905 GT:SU:PE:SR ./.:7:4:3", [SampleCall(alternateDepth: 7)]),
        Case(
            "Lumpy without evidence in a sample", format: ["SU:1", "PE:1", "SR:1"],
            "1 5 . N <DEL> . . SVTYPE=DEL;END=905 GT:SU:PE:SR ./.:0:0:0", [SampleCall(alternateDepth: 0)]),
        Case(
            "Lumpy genotyped by svtyper", format: ["SU:1", "PE:1", "SR:1", "RO:1", "AO:A"],
            "1 5 . N <DEL> . . SVTYPE=DEL;END=905 GT:SU:PE:SR:RO:AO 0/1:7:4:3:30:10", [call(10, 40)]),
        Case(
            "Delly precise", format: ["DR:1", "DV:1", "RR:1", "RV:1"],
            "1 5 . A <DEL> . . PRECISE DR:DV:RR:RV 1:2:15:5", [call(5, 20)]),
        Case(
            "Delly imprecise", format: ["DR:1", "DV:1", "RR:1", "RV:1"],
            "1 5 . A <DEL> . . IMPRECISE DR:DV:RR:RV 8:2:0:0", [call(2, 10)]),
        Case(
            "GRIDSS far deletion", format: gridss, "1 5 . A A[1:2005[ . . . REF:REFPAIR:VF:BVF 20:10:10:3",
            [call(10, 40)]),
        Case(
            "GRIDSS short deletion", format: gridss, "1 5 . A A[1:905[ . . . REF:REFPAIR:VF:BVF 20:10:10:3",
            [call(10, 30)]),
        Case(
            "GRIDSS short duplication", format: gridss,
            "1 5 . A ]1:905]A . . . REF:REFPAIR:VF:BVF 20:10:10:3", [call(10, 30)]),
        Case(
            "GRIDSS short inversion", format: gridss, "1 5 . A A]1:905] . . . REF:REFPAIR:VF:BVF 20:10:10:3",
            [call(10, 40)]),
        Case(
            "GRIDSS other contig", format: gridss, "1 5 . A A[2:905[ . . . REF:REFPAIR:VF:BVF 20:10:10:3",
            [call(10, 40)]),
        Case(
            "GRIDSS single breakend", format: gridss, "1 5 . A ATTC. . . . REF:REFPAIR:VF:BVF 20:10:0:10",
            [call(10, 40)]),
    ]
    static let gridss = ["REF:1", "REFPAIR:1", "VF:1", "BVF:1"]

    private func header(_ format: [String], info: [String] = []) -> [String] {
        func lines(_ kind: String, _ tags: [String]) -> [String] {
            tags.map { tag in
                let parts = tag.split(separator: ":")
                return "##\(kind)=<ID=\(parts[0]),Number=\(parts[1]),Type=Integer,Description=\"x\">"
            }
        }
        return lines("FORMAT", format) + lines("INFO", info)
    }

    @Test("reads are decoded in the caller's words", arguments: cases)
    func decode(example: Case) throws {
        let samples = example.line.split(separator: " ").count > 8 ? ["S"] : []
        let file = VCFText.made(
            meta: header(example.format, info: example.info), samples: samples, lines: [example.line])
        let record = try #require(file.records.first)
        let decoder = ReadDepthDecoder(header: file.header)
        for (index, expected) in example.expected.enumerated() {
            #expect(
                decoder.call(record, alleleIndex: index + 1, sample: samples.isEmpty ? -1 : 0) == expected)
        }
        #expect(decoder.call(record, alleleIndex: 9, sample: 0) == SampleCall())
        #expect(decoder.call(record, alleleIndex: 1, sample: 7).alternateDepth == nil || samples.isEmpty)
    }

    @Test("tags of the user's own come first, from FORMAT or INFO")
    func userTags() throws {
        let file = VCFText.made(
            meta: header(["AD:R"]), samples: ["S"],
            lines: ["1 5 . A C,G . . MYAF=0.1,0.3;MYDP=80 AD:XAF 90,5,5:12%"])
        let record = try #require(file.records.first)
        let roles = SampleRoles(tumor: 0, normal: nil, decidedBy: "test")
        let inInfo = ReadDepthDecoder(header: file.header, tumorTags: DepthTags(vaf: "MYAF", depth: "MYDP"))
        #expect(inInfo.tumorCall(record, alleleIndex: 2, roles: roles) == SampleCall(depth: 80, vaf: 0.3))
        let inFormat = ReadDepthDecoder(header: file.header, tumorTags: DepthTags(vaf: "XAF"))
        #expect(inFormat.tumorCall(record, alleleIndex: 1, roles: roles) == SampleCall(vaf: 0.12))
        let none = ReadDepthDecoder(header: file.header, tumorTags: DepthTags(vaf: "ABSENT"))
        #expect(none.tumorCall(record, alleleIndex: 1, roles: roles).alternateDepth == 5)
    }

    @Test("a file without columns has tumor and control in INFO, or nothing")
    func sitesOnly() throws {
        let file = VCFText.made(
            meta: header([], info: ["TVAF:1", "TDP:1", "CVAF:1", "CDP:1"]),
            lines: ["1 5 . A C . PASS TVAF=0.25;TDP=40;CVAF=0;CDP=30", "1 6 . A C . PASS ."])
        let roles = try SampleRoles.decide(file: "s.vcf", header: file.header)
        let decoder = ReadDepthDecoder(header: file.header)
        #expect(
            decoder.tumorCall(file.records[0], alleleIndex: 1, roles: roles)
                == SampleCall(depth: 40, vaf: 0.25))
        #expect(
            decoder.normalCall(file.records[0], alleleIndex: 1, roles: roles) == SampleCall(depth: 30, vaf: 0)
        )
        #expect(decoder.tumorCall(file.records[1], alleleIndex: 1, roles: roles) == SampleCall())
    }

    @Test(
        "the caller is named by its header",
        arguments: [
            ("##source=FilterMutectCalls\n##source=Mutect2", "Mutect2"), ("##source=strelka", "Strelka2"),
            ("##source=GenerateSVCandidates 1.6.0", "Manta"), ("##sageVersion=3.4", "SAGE"),
            ("##gridssVersion=2.13.2", "GRIDSS"), ("##source=VarDict_v1.8", "VarDict"),
            ("##source=freeBayes v1.3.6", "FreeBayes"), ("##source=lofreq call", "LoFreq"),
            ("##source=Platypus_Version_0.8.1", "Platypus"), ("##DeepVariant_version=1.5.0", "DeepVariant"),
            ("##source=HaplotypeCaller", "HaplotypeCaller"),
            ("##DRAGENCommandLine=<ID=dragen,Version=\"x\">", "DRAGEN"),
            ("##MuTect=\"analysis_type=MuTect\"", "MuTect"), ("##purpleVersion=4.1", "PURPLE"),
            ("##GATKCommandLine=<ID=Mutect2,CommandLine=\"x\">", "Mutect2"),
        ])
    func callers(text: String, expected: String) {
        #expect(VCFHeader(text: text).callerName == expected)
        #expect(VCFHeader(text: "##fileformat=VCFv4.2").callerName == nil)
    }
}
