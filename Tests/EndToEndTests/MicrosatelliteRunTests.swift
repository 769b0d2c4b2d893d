import Foundation
import TestSupport
import Testing

@Suite("Microsatellite instability of a case")
struct MicrosatelliteRunTests {
    /// A contig with a run of eight A every 100 bases.
    private static let genome = String(
        repeating:
            "GCTCTCGTGCATCGATCAAAAAAAAGTCGTACGTAGCTACTGATCGTCATGCTGTCATCGTACGTGCATGTCAGTCATGCTAGCTGATCGCATCGTAGTC",
        count: 100)

    private static func run(_ indels: Int, _ more: [String] = [], reference: Bool = true) throws -> [String:
        Any]
    {
        let folder = try Folder()
        let fasta = try folder.write(">ctg1\n\(Self.genome)\n", to: "g.fa")
        var vcf =
            "##fileformat=VCFv4.2\n##contig=<ID=ctg1,length=\(genome.utf8.count)>\n"
            + "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">\n##tumor_sample=T\n##normal_sample=N\n"
            + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN\tT\n"
        for number in 0..<50 {
            let start = number * 100
            // One A of the run is gone: written at the base before it.
            if number < indels { vcf += "ctg1\t\(start + 17)\t.\tCA\tC\t.\tPASS\t.\tAD\t30,0\t20,10\n" }
            vcf += "ctg1\t\(start + 40)\t.\tC\tT\t.\tPASS\t.\tAD\t30,0\t20,10\n"
        }
        let input = try folder.write(vcf, to: "t.vcf")
        let bed = try folder.write("ctg1\t0\t10000\n", to: "c.bed")
        let out = folder.file("out")
        let result = try Program.run(
            [
                "annotate", "--case", "C", "--tumor-type", "COAD", "--somatic", input, "--callable", bed,
                "-o", out,
            ] + (reference ? ["-f", fasta] : []) + more)
        #expect(result.status == 0, "\(result.errors)")
        let data = try Data(contentsOf: URL(filePath: out + "/case.json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private static func msi(_ object: [String: Any]) -> [String: Any] {
        (object["biomarkers"] as? [String: Any])?["msi"] as? [String: Any] ?? [:]
    }

    @Test(
        "many indels at repeats are MSI and meet the rows that ask for it, the same for any number of threads"
    )
    func unstable() throws {
        for threads in ["1", "2"] {
            let object = try Self.run(40, ["--threads", threads])
            let msi = Self.msi(object)
            #expect(msi["classification"] as? String == "MSI" && msi["status"] as? String == "ok")
            #expect(msi["indels"] as? Int == 40 && msi["indelsPerMegabase"] as? Double == 4000)
            let findings = object["findings"] as? [[String: Any]] ?? []
            let found = findings.first { $0["alteration"] as? String == "MSI-H" }
            #expect((found?["evidence"] as? [Any])?.isEmpty == false)
        }
    }

    @Test("no indel or no reference is not computable, and neither is a match")
    func notComputable() throws {
        for object in [try Self.run(0), try Self.run(40, reference: false)] {
            let msi = Self.msi(object)
            #expect(msi["status"] as? String == "not_computable" && msi["classification"] == nil)
            let findings = object["findings"] as? [[String: Any]] ?? []
            #expect(!findings.contains { $0["alteration"] as? String == "MSI-H" })
        }
    }
}
