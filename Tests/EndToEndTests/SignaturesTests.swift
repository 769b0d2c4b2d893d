import Foundation
import TestSupport
import Testing

@Suite("signatures")
struct SignaturesCommandTests {
    @Test("exposures of a table go to a file, a row a signature; faults are told with the file")
    func refit() throws {
        let folder = try Folder()
        let matrix = try folder.write("MutationType\tP1\tP2\nb\t45\t0\na\t80\t0\nc\t75\t0\n", to: "m.tsv")
        let reference = try folder.write("Type\tS1\tS2\na\t0.7\t0.1\nb\t0.2\t0.3\nc\t0.1\t0.6\n", to: "s.tsv")
        let out = folder.file("e.tsv")
        let result = try Program.run([
            "signatures", "refit", "--matrix", matrix, "--reference", reference, "-o", out,
        ])
        #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
        let lines = try String(contentsOfFile: out, encoding: .utf8).split(separator: "\n")
        #expect(lines.first == "Signature\tP1\tP2")
        #expect(lines.dropFirst().map { $0.prefix(8) } == ["S1\t97.57", "S2\t104.2"])
        let other = try folder.write("Type\tS1\nx\t1\n", to: "x.tsv")
        let wrong = try Program.run(["signatures", "refit", "--matrix", matrix, "--reference", other])
        #expect(wrong.status == 65 && wrong.errors.contains("x.tsv") && wrong.errors.contains("\"b\""))
        let method = try Program.run([
            "signatures", "refit", "--matrix", matrix, "--reference", reference, "--method", "magic",
        ])
        #expect(method.status == 64)
    }

    /// The rows of a table that are not 0, with their column.
    private static func counts(_ path: String, column: Int = 1) throws -> [String: String] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
        var counts: [String: String] = [:]
        for line in lines {
            let cells = line.split(separator: "\t").map(String.init)
            if cells[column] != "0" { counts[cells[0]] = cells[column] }
        }
        return counts
    }

    @Test(
        "a VCF and its genome give the catalogues; filtered calls and the second pair's bases are not counted"
    )
    func matrix() throws {
        let folder = try Folder()
        //                              1         2         3         4
        //                     1234567890123456789012345678901234567890
        let fasta = try folder.write(">1\nGATCACAGTCAGCAGCAGTTTTTTGACCATTGATCCTAGA\n", to: "g.fa")
        let header =
            "##fileformat=VCFv4.2\n##FILTER=<ID=weak,Description=\"w\">\n##contig=<ID=1,length=40>\n"
            + "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"a\">\n"
            + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT1\n"
        func line(_ text: String, _ filter: String = "PASS", reads: Int = 20) -> String {
            let cells = text.split(separator: " ")
            return "1\t\(cells[0])\t.\t\(cells[1])\t\(cells[2])\t.\t\(filter)\t.\tGT:AD\t0/1:50,\(reads)\n"
        }
        let records =
            line("4 C T") + line("7 A G", "weak") + line("8 G T") + line("9 T CAG") + line("10 CAG C")
            + line("10 CAGC C")
            + line("24 T TT") + line("26 A G", reads: 5) + line("27 C T", reads: 50) + line("29 A G")
            + line("30 T C")
            + line("34 TCC T")
        let vcf = try folder.write(header + records, to: "t.vcf")
        let out = folder.file("out")
        let result = try Program.run(["signatures", "matrix", "-f", fasta, "-o", out, vcf])
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.errors.contains(
                "T1: 1 variants in no catalogue: bases replaced by others of another number"))
        // 4: TCA; 8: AGT is ACT on the other strand; 26 and 27 have unlike reads.
        #expect(
            try Self.counts(out + "/SBS96.tsv") == [
                "T[C>T]A": "1", "A[C>A]T": "1", "G[T>C]C": "1", "A[C>T]C": "1",
            ])
        #expect(try Self.counts(out + "/DBS78.tsv") == ["AT>GC": "1"])
        #expect(
            try Self.counts(out + "/ID83.tsv") == [
                "3:Del:R:2": "1", "1:Ins:T:5": "1", "2:Del:R:0": "2",
            ])

        let again = folder.file("again")
        let doubled = try folder.write(
            header + records.split(separator: "\n").map { "\($0)\n\($0)\n" }.joined(), to: "d.vcf")
        let once = try Program.run(["signatures", "matrix", "-f", fasta, "-o", again, doubled])
        #expect(
            once.status == 0 && once.errors.contains("d: 11 records stood in the file before and count once"))
        for name in ["SBS96", "DBS78", "ID83"] {
            #expect(try Self.counts("\(again)/\(name).tsv") == Self.counts("\(out)/\(name).tsv"))
        }

        let none = try folder.write(
            "chrom1\tstart1\tend1\tchrom2\tstart2\tend2\tstrand1\tstrand2\tFILTER\n1\t5\t6\t1\t9000\t9001\t+\t-\tlow\n",
            to: "none.bedpe")
        let junctions = try Program.run(["signatures", "matrix", "-o", again, none])
        #expect(
            junctions.status == 0
                && junctions.errors.contains("1 of 1 junctions left out by their filters: low 1"))
        let table = try String(contentsOfFile: again + "/SV32.tsv", encoding: .utf8).split(separator: "\n")
        #expect(table.first == "MutationType\tnone" && table.dropFirst().allSatisfy { $0.hasSuffix("\t0") })

        let without = try Program.run(["signatures", "matrix", "-o", out, vcf])
        #expect(without.status == 64 && without.errors.contains("-f"))
        let twice = try Program.run(["signatures", "matrix", "-f", fasta, "-o", out, vcf, vcf])
        #expect(twice.status == 65 && twice.errors.contains("T1"))
        let other = try folder.write(">1\n\(String(repeating: "A", count: 40))\n", to: "a.fa")
        let wrong = try Program.run(["signatures", "matrix", "-f", other, "-o", out, vcf])
        #expect(wrong.status == 65 && wrong.errors.contains("not the reference's bases"), "\(wrong.errors)")
    }

    @Test(
        "a MAF's CONTEXT gives the same counts as a plain count of its rows",
        .enabled(if: TestData.isAvailable))
    func context() throws {
        let folder = try Folder()
        let maf = TestData.path("oncology/maf/um_tcga_gdc_vep_half.maf.gz")
        let out = folder.file("out")
        let result = try Program.run(["signatures", "matrix", "-o", out, maf])
        #expect(result.status == 0, "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: out + "/ID83.tsv"))
        let text = try Tools.run("/bin/gzip", ["-dc", maf]).text
        var rows = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        let names = rows.removeFirst()
        func cell(_ row: [String], _ name: String) -> String { row[names.firstIndex(of: name) ?? 0] }
        var plain: [String: Int] = [:], places: [String: [Int]] = [:]
        for row in rows where cell(row, "Variant_Type") == "SNP" {
            let sample = cell(row, "Tumor_Sample_Barcode")
            places[sample + cell(row, "Chromosome"), default: []].append(
                Int(cell(row, "Start_Position")) ?? 0)
            plain[sample, default: 0] += 1
        }
        let pairs = places.values.reduce(0) { sum, all in
            sum + zip(all.sorted(), all.sorted().dropFirst()).count { $1 == $0 + 1 }
        }
        func total(_ file: String) throws -> Int {
            let lines = try String(contentsOfFile: out + "/" + file, encoding: .utf8).split(separator: "\n")
                .dropFirst()
            return lines.reduce(0) {
                $0 + $1.split(separator: "\t").dropFirst().reduce(0) { $0 + (Int($1) ?? 0) }
            }
        }
        let (single, double) = (try total("SBS96.tsv"), try total("DBS78.tsv"))
        #expect(double == pairs && single + 2 * double == plain.values.reduce(0, +))
    }

    @Test(
        "CNV48 of 51 tumors is SigProfilerMatrixGenerator's in every cell", .enabled(if: TestData.isAvailable)
    )
    func copyNumber() throws {
        let folder = try Folder()
        let out = folder.file("out")
        let table = TestData.path("oncology/sv_cnv_matrices/battenberg_subclones.tsv.gz")
        let result = try Program.run(["signatures", "matrix", "-o", out, table])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: out) == ["CNV48.tsv"])
        let expected = try Self.cells(
            TestData.path("oncology/sv_cnv_matrices/expected_battenberg.CNV48.matrix.tsv"))
        #expect(expected.count == 51)
        #expect(try Self.cells(out + "/CNV48.tsv") == expected)
    }

    @Test(
        "SV32: clusters, types and lengths of 50 tumors in every cell",
        .enabled(if: TestData.isAvailable),
        arguments: [("560-Breast", [String](), 29), ("PCAWG", ["--bedpe-strands", "reads"], 21)])
    func rearrangements(name: String, options: [String], count: Int) throws {
        let folder = try Folder()
        let source = TestData.path("oncology/sv_cnv_matrices/\(name)")
        let files = try FileManager.default.contentsOfDirectory(atPath: source).filter {
            $0.hasSuffix(".bedpe")
        }
        #expect(files.count == count)
        let result = try Program.run(
            ["signatures", "matrix", "-o", folder.file("out")] + options + files.map { "\(source)/\($0)" })
        #expect(result.status == 0, "\(result.errors)")
        let found = try Self.cells(folder.file("out/SV32.tsv"))
        // Made where clusters are lost, see Cases/rearrangements/README.md: both rows together.
        let expected = try Self.cells(
            TestData.path("oncology/sv_cnv_matrices/expected_\(name).SV32.matrix.tsv"))
        #expect(Set(found.keys) == Set(expected.keys))
        for (sample, cells) in expected {
            for (type, value) in cells where type.hasPrefix("non-") {
                let other = String(type.dropFirst(4))
                let own = found[sample] ?? [:]
                #expect(
                    (own[type] ?? 0) + (own[other] ?? 0) == value + (cells[other] ?? 0), "\(sample) \(type)")
            }
        }
        let clustered = try Self.cells(
            TestData.package.appending(
                path: "Tests/EndToEndTests/Cases/rearrangements/clustered-\(name.lowercased()).tsv"
            )
            .path)
        #expect(clustered.count == count)
        for (sample, cells) in clustered {
            let own = found[sample]?.filter { $0.key.hasPrefix("clustered") }
            #expect(own == cells, "\(sample)")
        }
    }

    @Test("SV32 of a VCF and of samples that have too many breakpoints", .enabled(if: TestData.isAvailable))
    func rearrangementFiles() throws {
        let folder = try Folder()
        let vcf = TestData.path("oncology/colo829_hartwig/tumor_sample.purple.sv.vcf")
        let result = try Program.run([
            "signatures", "matrix", "--tumor", "tumor_sample", "-o", folder.file("out"), vcf,
        ])
        #expect(result.status == 0, "\(result.errors)")
        let cells = try #require(try Self.cells(folder.file("out/SV32.tsv"))["tumor_sample"])
        // 16 translocations pass; deletions and others under a thousand bases have no type.
        #expect((cells["clustered_trans"] ?? 0) + (cells["non-clustered_trans"] ?? 0) == 16)
        let head = "chrom1\tstart1\tend1\tchrom2\tstart2\tend2\tstrand1\tstrand2\n"
        let rows = (0...10_000).map {
            "1\t\($0 * 9)\t\($0 * 9 + 1)\t1\t\($0 * 9 + 5000)\t\($0 * 9 + 5001)\t+\t-\n"
        }
        let many = try folder.write(head + rows.joined(), to: "many.bedpe")
        let refused = try Program.run(["signatures", "matrix", "-o", folder.file("more"), many])
        #expect(
            refused.status == 65 && refused.errors.contains("more than 20000 breakpoints"),
            "\(refused.errors)")
    }

    private static func cells(_ path: String) throws -> [String: [String: Double]] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: "\t").map(String.init)
        }
        var cells: [String: [String: Double]] = [:]
        for line in lines.dropFirst() {
            for (sample, value) in zip(lines[0], line).dropFirst() {
                cells[sample, default: [:]][line[0]] = Double(value)
            }
        }
        return cells
    }
}
