import Foundation
import TestSupport
import Testing

@Suite("signatures plot")
struct SignaturesPlotTests {
    private static let doublets =
        "AC>CA AC>CG AC>CT AC>GA AC>GG AC>GT AC>TA AC>TG AC>TT AT>CA AT>CC AT>CG AT>GA AT>GC AT>TA CC>AA CC>AG CC>AT CC>GA CC>GG CC>GT CC>TA CC>TG CC>TT CG>AT CG>GC CG>GT CG>TA CG>TC CG>TT CT>AA CT>AC CT>AG CT>GA CT>GC CT>GG CT>TA CT>TC CT>TG GC>AA GC>AG GC>AT GC>CA GC>CG GC>TA TA>AT TA>CG TA>CT TA>GC TA>GG TA>GT TC>AA TC>AG TC>AT TC>CA TC>CG TC>CT TC>GA TC>GG TC>GT TG>AA TG>AC TG>AT TG>CA TG>CC TG>CT TG>GA TG>GC TG>GT TT>AA TT>AC TT>AG TT>CA TT>CC TT>CG TT>GA TT>GC TT>GG"
        .split(separator: " ")

    private static func catalogue(_ samples: String, _ counts: String) -> String {
        "MutationType\t\(samples)\n" + doublets.map { "\($0)\t\(counts)\n" }.joined()
    }

    private static let segments =
        "chromosome\tstart\tend\ttotalCopyNumber\tminorCopyNumber\n1\t1\t248956422\t2\t0\n"

    @Test("a picture a sample and kind, and nothing beside them; the same bytes again")
    func pictures() throws {
        let folder = try Folder()
        let matrix = try folder.write(Self.catalogue("P/1\tP<2>", "1\t2"), to: "m.tsv")
        let exposures = try folder.write("Signature\tP1\nS1\t10\n", to: "e.tsv")
        let segments = try folder.write(Self.segments, to: "T1.tsv")
        let out = folder.file("deep/out")
        let arguments = [
            "signatures", "plot", "--matrix", matrix, "--exposures", exposures, "--segments", segments, "-o",
            out,
        ]
        let result = try Program.run(arguments)
        #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty, "\(result.errors)")
        let first = try Folder.contents(out)
        #expect(
            first.keys.sorted() == ["P1.exposures.svg", "P_1.DBS78.svg", "P_2_.DBS78.svg", "T1.segments.svg"])
        #expect(first.values.allSatisfy { String(decoding: $0, as: UTF8.self).hasSuffix("</svg>\n") })
        #expect(try Program.run(arguments).status == 0)
        #expect(try Folder.contents(out) == first)
    }

    @Test("tables from signatures matrix and refit are drawn as they are", .enabled(if: TestData.isAvailable))
    func chain() throws {
        let folder = try Folder()
        let maf = TestData.path("oncology/maf/um_tcga_gdc_vep_half.maf.gz")
        let reference = TestData.path("oncology/signatures/reference/COSMIC_v3.4_SBS_GRCh38.txt")
        let (out, exposures) = (folder.file("m"), folder.file("e.tsv"))
        for arguments in [
            ["matrix", "-o", out, maf],
            ["refit", "--matrix", out + "/SBS96.tsv", "--reference", reference, "-o", exposures],
            ["plot", "--matrix", out + "/SBS96.tsv", "--exposures", exposures, "-o", folder.file("p")],
        ] {
            let result = try Program.run(["signatures"] + arguments)
            #expect(result.status == 0, "\(result.errors)")
        }
        let header = try String(contentsOfFile: exposures, encoding: .utf8).prefix { $0 != "\n" }
        let samples = header.split(separator: "\t").dropFirst()
        #expect(samples.count > 10)
        #expect(
            try Folder.contents(folder.file("p")).keys.sorted()
                == samples.flatMap { ["\($0).SBS96.svg", "\($0).exposures.svg"] }.sorted())
    }

    private static let faults: [([String: String], [String], Int32, String)] = [
        (
            ["m.tsv": catalogue("P/1\tP:1", "1\t2")], ["--matrix", "m.tsv"], 65,
            "the pictures of samples \"P/1\" and \"P:1\" would both be P_1.DBS78.svg"
        ),
        (
            ["m.tsv": catalogue("P", "1"), "n.tsv": catalogue("P", "2")],
            ["--matrix", "m.tsv", "--matrix", "n.tsv"], 65, "m.tsv too"
        ),
        (["m.tsv": "Type\tP\nx\t1\n"], ["--matrix", "m.tsv"], 65, "of no known catalogue"),
        (["m.tsv": catalogue("P", "-1")], ["--matrix", "m.tsv"], 65, "P is \"-1\""),
        (["m.tsv": catalogue("P", "nan")], ["--matrix", "m.tsv"], 65, "P is \"nan\""),
        (["m.tsv": ""], ["--matrix", "m.tsv"], 65, "the file is empty"),
        (["m.tsv": "MutationType\tP\n"], ["--matrix", "m.tsv"], 65, "the table is empty"),
        (["e.tsv": catalogue("P", "1")], ["--exposures", "e.tsv"], 64, "with --matrix"),
        ([:], ["--matrix", "none.tsv"], 66, "none.tsv"),
        (["s.tsv": segments], ["--segments", "s.tsv", "--assembly", "GRCh37"], 0, ""),
        (
            ["s.tsv": segments.replacing("248956422", with: "1000")], ["--segments", "s.tsv"], 64,
            "Give --assembly"
        ),
        (
            ["s.tsv": segments.replacing("1\t1\t248956422", with: "2\t1\t243199373")],
            ["--segments", "s.tsv", "--assembly", "hg38"], 65, "chromosome 2 of GRCh38 has 242193529 bases"
        ),
        (["s.tsv": segments], ["--segments", "s.tsv", "--assembly", "mm10"], 64, "mm10"),
        (["s.tsv": segments], ["--segments", "s.tsv", "--sex", "f"], 64, "use female or male"),
        ([:], [], 64, "Nothing to draw"),
    ]

    @Test("faults end with a message and no picture", arguments: faults.indices)
    func errors(place: Int) throws {
        let (files, arguments, status, message) = Self.faults[place]
        let folder = try Folder()
        for (name, text) in files { _ = try folder.write(text, to: name) }
        let paths = arguments.map { $0.hasSuffix(".tsv") ? folder.file($0) : $0 }
        let result = try Program.run(["signatures", "plot"] + paths + ["-o", folder.file("out")])
        #expect(result.status == status, "\(result.errors)")
        #expect(message.isEmpty || result.errors.contains(message), "\(result.errors)")
        #expect(FileManager.default.fileExists(atPath: folder.file("out")) == (status == 0))
    }
}
