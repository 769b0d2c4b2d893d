import Foundation
import TestSupport
import Testing

@Suite("Callable genes")
struct CallableTests {
    /// The findings and warnings of a colorectal cancer without a mutation of KRAS and NRAS on GRCh37.
    private static func run(
        _ folder: borrowing Folder, bed: String, genes: String?
    ) throws -> (alterations: [String], warnings: [String]) {
        let calls = try folder.write(
            """
            ##fileformat=VCFv4.2
            ##contig=<ID=1,length=249250621>
            ##contig=<ID=12,length=133851895>
            ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">
            #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tNORMAL\tTUMOR
            1\t1000000\t.\tA\tC\t.\tPASS\t.\tAD\t40,0\t30,20

            """, to: "calls.vcf")
        var arguments = [
            "annotate", "--case", "C", "--tumor-type", "COAD", "--somatic", calls, "--callable",
            try folder.write(bed, to: "callable.bed"), "--report-date", "2026-11-01", "--no-vcf",
            "--no-cache",
            "-o", folder.file("out"),
        ]
        if let genes { arguments += ["-g", try folder.write(genes, to: "genes.gff3")] }
        let result = try Program.run(arguments)
        #expect(result.status == 0, "\(result.errors)")
        let data = try Data(contentsOf: URL(filePath: folder.file("out/case.json")))
        let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        func texts(_ list: String, _ key: String) -> [String] {
            (json[list] as? [[String: Any]] ?? []).compactMap { $0[key] as? String }
        }
        return (texts("findings", "alteration"), texts("warnings", "code"))
    }

    private static let models = [
        ("1", "NRAS", 115_247_090, 115_259_515), ("12", "KRAS", 25_357_723, 25_403_870),
    ]
    .map { contig, symbol, start, end in
        """
        \(contig)\tt\tgene\t\(start)\t\(end)\t.\t-\t.\tID=gene:G\(symbol);Name=\(symbol);biotype=protein_coding
        \(contig)\tt\tmRNA\t\(start)\t\(end)\t.\t-\t.\tID=transcript:T\(symbol);Parent=gene:G\(symbol);biotype=protein_coding
        \(contig)\tt\texon\t\(start)\t\(end)\t.\t-\t.\tParent=transcript:T\(symbol)

        """
    }.joined()

    @Test(
        "on GRCh37 gene models tell which genes are callable, and so which are wild type; without them a warning"
    )
    func grch37() throws {
        let folder = try Folder()
        let whole = "1\t115000000\t115300000\n12\t25000000\t25500000\n"
        let told = try Self.run(folder, bed: whole, genes: "##gff-version 3\n" + Self.models)
        #expect(
            told.alterations.contains("KRAS, NRAS wild type") && !told.warnings.contains("callable_genes"))
        let half = "1\t115000000\t115250000\n12\t25000000\t25500000\n"
        let partly = try Self.run(folder, bed: half, genes: "##gff-version 3\n" + Self.models)
        #expect(partly.alterations.isEmpty && !partly.warnings.contains("callable_genes"))
        let untold = try Self.run(folder, bed: whole, genes: nil)
        #expect(untold.alterations.isEmpty && untold.warnings.contains("callable_genes"))
    }
}
