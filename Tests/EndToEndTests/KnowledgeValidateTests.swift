import Foundation
import TestSupport
import Testing

@Suite("kb validate and kb info")
struct KnowledgeValidateTests {
    /// The bundled base with a changed evidence table, and without checksums of that source.
    static func base(_ folder: Folder, _ edit: ([String]) throws -> [String]) throws -> String {
        try KnowledgeDiffTests.base(folder, "base") { (try? edit($0)) ?? $0 }
    }

    /// A FASTA with one contig, and a gene model on it.
    static func genome(_ folder: Folder) throws -> (fasta: String, genes: String) {
        let bases =
            "CCCCCCCCCCATGGTGAAAGTAAGTCCCCCCCCTTTTCCCCAGGGGTTTGATTAACCCCCCCCCC"
        let fasta = try folder.write(">1\n\(bases)\n", to: "small.fa")
        let attributes = "ID=transcript:ENST00000646891;Parent=gene:G1;biotype=protein_coding;version=2"
        let parts = ["11\t19", "44\t55"].flatMap { place in
            ["exon", "CDS"].map {
                "1\tx\t\($0)\t\(place)\t.\t+\t\($0 == "CDS" ? "0" : ".")\tID=\($0)1;Parent=transcript:ENST00000646891"
            }
        }
        let lines =
            [
                "##gff-version 3", "1\tx\tgene\t11\t55\t.\t+\t.\tID=gene:G1;Name=BRAF;biotype=protein_coding",
                "1\tx\tmRNA\t11\t55\t.\t+\t.\t\(attributes)",
            ] + parts
        return (fasta, try folder.write(lines.joined(separator: "\n") + "\n", to: "small.gff3"))
    }

    @Test("the bundled base passes with warnings: exit 0")
    func bundled() throws {
        let result = try Program.run(["kb", "validate", "knowledgebase"])
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        #expect(result.output.contains(" rows, 0 errors, "))
        #expect(try Program.run(["kb", "validate"]).output == result.output)
        #expect(
            try Program.run(["kb", "validate", "--knowledge-base", "knowledgebase"]).output == result.output)
    }

    @Test("planted errors end with 65, and the formats tell the same problems")
    func planted() throws {
        let folder = try Folder()
        let base = try Self.base(folder) { lines in
            let first = try KnowledgeDiffTests.cell(lines, 3, "direction", "good")
            return try KnowledgeDiffTests.cell(first, 5, "criterion", "BRAF p.V600E OR")
        }
        let text = try Program.run(["kb", "validate", base])
        #expect(text.status == 65 && text.errors.isEmpty, "\(text.errors)")
        #expect(text.output.contains(":4: ") && text.output.contains("[CELL.VALUE] direction \"good\""))
        #expect(text.output.contains("    BRAF p.V600E OR\n                   ^\n"))
        let tsv = try Program.run(["kb", "validate", base, "--format", "tsv"])
        let rows = tsv.output.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        #expect(tsv.status == 65 && rows[0].prefix(3) == ["severity", "rule", "source"])
        #expect(
            rows.filter { $0[0] == "error" }.map { "\($0[5]) \($0[1])" } == [
                "4 CELL.VALUE", "6 CRITERION.SYNTAX",
            ])
        let json = try Program.run(["kb", "validate", base, "--format", "json"])
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(json.status == 65 && object?["errors"] as? Int == 2)
        #expect((object?["problems"] as? [Any])?.count == rows.count - 1)
        #expect(try Program.run(["kb", "validate", base, "--format", "json"]).output == json.output)
    }

    @Test("a FASTA's assembly is told by its contigs or by --assembly, and alleles are called")
    func genome() throws {
        let folder = try Folder()
        let (fasta, genes) = try Self.genome(folder)
        let base = try Self.base(folder) { lines in
            let first = try KnowledgeDiffTests.cell(lines, 1, "grch38", "1:15:T:A")
            return try KnowledgeDiffTests.cell(first, 1, "criterion", "BRAF p.V2K")
        }
        let untold = try Program.run(["kb", "validate", base, "-f", fasta])
        #expect(untold.status == 64 && untold.errors.contains("Give --assembly GRCh37 or GRCh38"))
        let result = try Program.run(["kb", "validate", base, "-f", fasta, "-g", genes, "--assembly", "hg38"])
        #expect(result.status == 65, "\(result.errors)")
        #expect(
            result.output.contains(
                "[ALLELE.CHANGE] 1:15 T>A makes p.V2E, c.5T>A (missense_variant) on ENST00000646891.2; "
                    + "expected BRAF p.V2K."), "\(result.output)")
        #expect(result.output.contains("GRCh38: 1 alleles compared, "))
        let missing = try Program.run(["kb", "validate", base, "-f", folder.file("none.fa")])
        #expect(missing.status == 66)
        #expect(try Program.run(["kb", "validate", folder.file("none")]).status == 66)
        #expect(try Program.run(["kb", "validate", base, "--format", "xml"]).status == 64)
    }

    @Test("an unverified row without a citation is a warning, and the base can be used")
    func uncited() throws {
        let folder = try Folder()
        let base = try Self.base(folder) { lines in
            let first = try KnowledgeDiffTests.cell(lines, 1, "citations", "")
            return try KnowledgeDiffTests.cell(first, 1, "status", "unverified")
        }
        let result = try Program.run(["kb", "validate", base])
        #expect(result.status == 0 && result.output.contains("[CITATION.MISSING]"), "\(result.output)")
        #expect(try Program.run(["kb", "query", "--gene", "BRAF", "--knowledge-base", base]).status == 0)
    }

    @Test("kb info tells licence, origin, version, day and rows of each source; no licence is a warning")
    func info() throws {
        let text = try Program.run(["kb", "info", "--knowledge-base", "knowledgebase"])
        #expect(text.status == 0 && !text.output.contains("warning:"))
        for part in [
            "  licence: ", "  origin: ", "  retrieved: 20", "  rows: genes.tsv 19299, plus_clinical.tsv 74",
        ] {
            #expect(text.output.contains(part), "\(part)")
        }
        let folder = try Folder()
        let base = try Self.base(folder) { $0 }
        let version = try #require(
            try FileManager.default.contentsOfDirectory(atPath: base + "/curated").first)
        let path = "\(base)/curated/\(version)/SOURCE.json"
        let json = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            .filter { !$0.contains("\"licence\"") }.joined(separator: "\n")
        try json.write(toFile: path, atomically: true, encoding: .utf8)
        let bare = try Program.run(["kb", "info", "--knowledge-base", base])
        #expect(
            bare.status == 0
                && bare.output.contains("warning: curated \(version) tells no licence"), "\(bare.output)")
        let object = try JSONSerialization.jsonObject(
            with: Data(
                try Program.run(["kb", "info", "--knowledge-base", base, "--format", "json"]).output.utf8))
        #expect(((object as? [String: Any])?["warnings"] as? [Any])?.count == 1)
        #expect(try Program.run(["kb", "validate", base]).output.contains("[SOURCE.LICENCE]"))
        #expect(try Program.run(["kb", "info", "--format", "tsv"]).status == 64)
    }
}
