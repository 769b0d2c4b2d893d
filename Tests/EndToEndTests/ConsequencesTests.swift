import Foundation
import TestSupport
import Testing

/// A genome of one contig with one gene, and calls in it.
///
///     1          11 14                                37          60                 200
///     TTTTTTTTTT|CCC|ATG GCC AAA GGG TTT CCC GAT TAA|GCTAGC …    |TTTT…
///                exon ┌ CDS: M   A   K   G   F   P   D   * ┐
private struct SmallWorld {
    let folder: Folder
    let fasta: String, genes: String, calls: String

    init(_ lines: [String], symbol: String = "ABC1", info: String = "") throws {
        folder = try Folder()
        let bases =
            "TTTTTTTTTTCCCATGGCCAAAGGGTTTCCCGATTAAGCTAGCTAGCTAGCTAGCTAGCTA"
            + String(repeating: "T", count: 140)
        var rows: [Substring] = []
        var rest = bases[...]
        while !rest.isEmpty {
            rows.append(rest.prefix(25))
            rest = rest.dropFirst(25)
        }
        fasta = try folder.write(">chr1\n" + rows.joined(separator: "\n") + "\n", to: "ref.fa")
        genes = try folder.write(
            """
            ##gff-version 3
            1\tt\tgene\t11\t60\t.\t+\t.\tID=gene:ENSG01;Name=\(symbol);biotype=protein_coding
            1\tt\tmRNA\t11\t60\t.\t+\t.\tID=transcript:ENST01;Parent=gene:ENSG01;biotype=protein_coding;version=2;tag=MANE_Select
            1\tt\texon\t11\t60\t.\t+\t.\tParent=transcript:ENST01
            1\tt\tCDS\t14\t37\t.\t+\t0\tID=CDS:ENSP01;Parent=transcript:ENST01;protein_id=ENSP01

            """, to: "genes.gff3")
        calls = try folder.write(
            """
            ##fileformat=VCFv4.2
            ##contig=<ID=chr1,length=200>
            ##contig=<ID=chr9,length=200>
            ##FILTER=<ID=q,Description="q">
            \(info)##INFO=<ID=END,Number=1,Type=Integer,Description="End">
            ##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">
            ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
            ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">
            #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tNORMAL\tTUMOR

            """ + lines.map { $0 + "\tGT:AD\t0/0:40,0\t0/1:30,20\n" }.joined(), to: "calls.vcf")
    }

    func run(_ arguments: [String], input: String? = nil) throws -> Program.Result {
        try Program.run(
            ["consequences", "-f", fasta, "-g", genes, "--no-cache", "--no-version"] + arguments, input: input
        )
    }
}

/// The CSQ entries of each record, as dictionaries.
private func entries(_ vcf: String) -> [[[String: String]]] {
    let lines = vcf.split(separator: "\n").map(String.init)
    let declaration = lines.first { $0.hasPrefix("##INFO=<ID=CSQ,") } ?? ""
    let format = declaration.components(separatedBy: "Format: ").last?.dropLast(2) ?? ""
    let fields = format.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    return lines.filter { !$0.hasPrefix("#") }.map { line in
        let info = line.split(separator: "\t")[7].split(separator: ";").first { $0.hasPrefix("CSQ=") }
        return info?.dropFirst(4).split(separator: ",").map { entry in
            let values = entry.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            #expect(values.count == fields.count)
            return Dictionary(zip(fields, values), uniquingKeysWith: { first, _ in first })
        } ?? []
    }
}

@Suite("consequences, from file to file")
struct ConsequencesTests {
    private static let lines = [
        "chr1\t18\t.\tC\tT\t.\tPASS\tDP=1", "chr1\t19\t.\tCA\tC\t.\tPASS\t.",
        "chr1\t20\t.\tA\tT,*\t.\tPASS\t.", "chr1\t190\t.\tT\tC\t.\tPASS\t.",
    ]

    @Test("on hg19's own mitochondrion no gene of the rCRS is called, and that is told")
    func mitochondrion() throws {
        let world = try SmallWorld([])
        let genes = try String(contentsOfFile: world.genes, encoding: .utf8).replacing(
            "\n1\t", with: "\nMT\t")
        _ = try world.folder.write(genes, to: "genes.gff3")
        let calls = try world.folder.write(
            """
            ##fileformat=VCFv4.2
            ##contig=<ID=chrM>
            #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
            chrM\t17\t.\tG\tA\t.\tPASS\t.

            """, to: "calls.vcf")
        let start = "TTTTTTTTTTCCCATGGCCAAAGGGTTTCCCGATTAAGCTAGCTAGCTAGCTAGCTAGCTA"
        for (length, symbol) in [(16_569, "ABC1"), (16_571, "")] {
            let bases = start + String(repeating: "T", count: length - start.count)
            _ = try world.folder.write(">chrM\n\(bases)\n", to: "ref.fa")
            try? FileManager.default.removeItem(atPath: world.fasta + ".fai")
            let result = try world.run([calls])
            #expect(result.status == 0, "\(result.errors)")
            #expect(entries(result.output).first?.first?["SYMBOL"] == symbol)
            #expect(result.errors.contains("NC_001807, 16571 bases") == symbol.isEmpty, "\(result.errors)")
        }
    }

    @Test("a region is not asked of an index that does not know the whole file")
    func foreignIndex() throws {
        let bgzip = try #require(Tools.find("bgzip")), tabix = try #require(Tools.find("tabix"))
        let lines = ["chr1\t14\t.\tA\tG\t.\tPASS\t.", "chr1\t20\t.\tA\tG\t.\tPASS\t."]
        let world = try SmallWorld(lines), short = try SmallWorld([lines[0]])
        for calls in [world.calls, short.calls] {
            _ = try Tools.run(bgzip, [calls])
            _ = try Tools.run(tabix, ["-p", "vcf", calls + ".gz"])
        }
        let arguments = ["-r", "chr1:15-30", world.calls + ".gz"]
        let result = try world.run(arguments)
        #expect(result.status == 0 && result.output.contains("chr1\t20\t"), "\(result.errors)")
        let index = world.calls + ".gz.tbi"
        try FileManager.default.removeItem(atPath: index)
        try FileManager.default.copyItem(atPath: short.calls + ".gz.tbi", toPath: index)
        try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: index)
        let refused = try world.run(arguments)
        #expect(
            refused.status == 65 && refused.errors.contains("the index does not fit the file"),
            "\(refused.errors)")
    }

    @Test("terms, names and columns of a missense, a shifted deletion, a nonsense and a call behind the gene")
    func terms() throws {
        let world = try SmallWorld(Self.lines)
        let result = try world.run(["--distance", "100", world.calls])
        #expect(result.status == 0, "\(result.errors)")
        let all = entries(result.output)
        #expect(all.map(\.count) == [1, 1, 1, 1])
        let missense = all[0][0]
        #expect(missense["Consequence"] == "missense_variant" && missense["IMPACT"] == "MODERATE")
        #expect(missense["SYMBOL"] == "ABC1" && missense["Feature"] == "ENST01.2" && missense["PICK"] == "1")
        #expect(missense["HGVSc"] == "ENST01.2:c.5C>T" && missense["HGVSp"] == "ENSP01:p.Ala2Val")
        #expect(
            missense["Amino_acids"] == "A/V" && missense["Codons"] == "gCc/gTc" && missense["EXON"] == "1/1")
        #expect(missense["HGVSg"] == "chr1:g.18C>T")
        let deletion = all[1][0]
        #expect(deletion["Allele"] == "-" && deletion["Consequence"] == "frameshift_variant")
        #expect(deletion["HGVSc"] == "ENST01.2:c.9del" && deletion["HGVS_OFFSET"] == "2")
        #expect(all[2][0]["Consequence"] == "stop_gained" && all[2][0]["HGVSp"] == "ENSP01:p.Lys3Ter")
        #expect(all[3][0]["Consequence"] == "intergenic_variant" && all[3][0]["SYMBOL"] == "")
    }

    @Test("bcftools reads our CSQ", .enabled(if: Tools.bcftools != nil))
    func splitVEP() throws {
        let world = try SmallWorld(Self.lines)
        let out = world.folder.file("out.vcf")
        let made = try world.run([world.calls, "-o", out])
        #expect(made.status == 0)
        let read = try Tools.bcftools("+split-vep", "-f", "%POS %Consequence %HGVSc\\n", "-d", out)
        #expect(read.lines.first == "18 missense_variant ENST01.2:c.5C>T", "\(read.errors)")
    }

    @Test("standard input to standard output, and all formats, give the same records")
    func formats() throws {
        let world = try SmallWorld(Self.lines)
        let expected = entries(try world.run([world.calls]).output)
        #expect(entries(try world.run(["-"], input: world.calls).output) == expected)
        for format in ["v", "z", "b", "u"] {
            let out = world.folder.file("out." + format)
            #expect(try world.run([world.calls, "-O", format, "-o", out]).status == 0)
            let again = try world.run([out, "--keep-input-csq"])
            #expect(entries(again.output) == expected, "\(again.errors)")
            #expect(again.output.contains("CSQ_input="))
        }
        let joined = try world.run([world.calls, "-Ov"])
        #expect(joined.status == 0 && entries(joined.output) == expected)
    }

    @Test(
        "BCF to BCF is what BCF to text to BCF is, at any number of threads",
        .enabled(if: Tools.bcftools != nil),
        arguments: [[], ["--keep-input-csq"], ["--ann"], ["--ann", "--all-transcripts"]])
    func binary(flags: [String]) throws {
        let info =
            "##INFO=<ID=CSQ,Number=.,Type=String,Description=\"Old\">\n##INFO=<ID=ANN,Number=1,Type=String,Description=\"Old\">\n"
            + "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"Phase set\">\n"
            + "##INFO=<ID=SVLEN,Number=A,Type=Integer,Description=\"Length\">\n"
        let world = try SmallWorld(Self.phased, info: info)
        let head = try String(contentsOfFile: world.calls, encoding: .utf8).replacing(
            "\tGT:AD\t0/0:40,0\t0/1:30,20", with: "")
        let text = try world.folder.write(head, to: "phased.vcf")
        let input = world.folder.file("in.bcf")
        #expect(try Tools.bcftools("view", "--no-version", "-Ob", "-o", input, text).status == 0)
        func lines(_ arguments: [String], format: String) throws -> [String] {
            let out = world.folder.file("out." + format)
            let result = try world.run(flags + arguments + ["-O", format, "-o", out])
            #expect(result.status == 0, "\(result.errors)")
            return try Tools.bcftools("view", "--no-version", out).lines
        }
        let expected = try lines([input], format: "v")
        #expect(expected.contains { $0.contains("|18_C/T+19_C/A|") })
        for format in ["u", "b"] {
            for threads in ["1", "2", "5"] {
                #expect(try lines([input, "--threads", threads], format: format) == expected)
            }
            #expect(try lines([input, "--decoder", "htslib"], format: format) == expected)
        }
    }

    private static let phased = [
        "chr1\t5\t.\tT\tA\t.\tPASS\tANN=old\tGT:AD:PS\t0/0:1,2:.\t./.",
        "chr1\t18\trs1\tC\tT\t50\tPASS\tCSQ=x|y;DP=3\tGT:PS\t0|0:.\t0|1:7",
        "chr1\t19\t.\tC\tA,*\t.\tq\tDP=3;CSQ=x\tGT:AD:PS\t0|0:.:.\t0|1:3,4,5:7",
        "chr1\t21\t.\tAA\tA\t.\t.\t.\tGT\t.\t0/1",
        "chr1\t22\t.\tA\t<DEL>,AT\t.\t.\tSVLEN=-9,.;END=31\tGT\t0/1\t1/2",
        "chr1\t30\t.\tG\tC\t.\t.\tDP=2\tGT\t1|0|1\t1",
        "chr9\t30\t.\tG\tC\t.\t.\tCSQ=z\tGT\t1\t1",
    ]

    @Test("REF that the genome has not, and a contig that it lacks, get no consequence and a warning")
    func mismatch() throws {
        let world = try SmallWorld([
            "chr1\t18\t.\tG\tT\t.\tPASS\t.", "chr9\t18\t.\tC\tT\t.\tPASS\t.",
            "chr1\t500\t.\tC\tT\t.\tPASS\t.",
        ])
        let result = try world.run([world.calls])
        #expect(result.status == 0)
        let all = entries(result.output)
        #expect(all[0].isEmpty && all[1].isEmpty && all[2].isEmpty)
        #expect(
            result.errors.contains(
                "calls.vcf: REF mismatch in 2 records, the first is chr1:18 G>T; they were written without consequences"
            ))
        #expect(result.errors.contains("1 records lie on contigs that ref.fa lacks (chr9)"))
    }

    @Test(
        "phased changes of one codon are told together, unphased ones as possible_mnv, each alone beside it")
    func haplotypes() throws {
        let world = try SmallWorld(["chr1\t17\t.\tG\tA\t.\tPASS\t.", "chr1\t18\t.\tC\tT\t.\tPASS\t."])
        let text = try String(contentsOfFile: world.calls, encoding: .utf8)
        func run(_ genotypes: [String], _ more: [String] = []) throws -> [[String: String]] {
            var lines = text.components(separatedBy: "0/0:40,0\t0/1:30,20")
            for index in 0..<2 { lines[index] += "0/0:40,0\t\(genotypes[index]):30,20" }
            let path = try world.folder.write(lines.joined(), to: "phased.vcf")
            let result = try world.run([path] + more)
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            return entries(result.output).map { $0[0] }
        }
        for genotypes in [["0|1", "0|1"], ["1/1", "1/1"], ["1/1", "0/1"]] {
            let both = try run(genotypes)
            #expect(both.map { $0["HGVSp"] } == ["ENSP01:p.Ala2Thr", "ENSP01:p.Ala2Val"])
            for entry in both {
                #expect(entry["HAPLOTYPE"] == "17_G/A+18_C/T", "\(genotypes)")
                #expect(entry["HAPLOTYPE_Consequence"] == "missense_variant")
                #expect(entry["HAPLOTYPE_HGVSc"] == "ENST01.2:c.4_5delinsAT")
                #expect(entry["HAPLOTYPE_HGVSp"] == "ENSP01:p.Ala2Ile" && entry["POSSIBLE_MNV"] == "")
            }
        }
        let open = try run(["0/1", "0/1"])
        #expect(open.map { $0["POSSIBLE_MNV"] } == ["18_C/T", "17_G/A"])
        #expect(open.allSatisfy { $0["HAPLOTYPE"] == "" })
        let apart = try run(["0|1", "1|0"])
        #expect(apart.allSatisfy { $0["HAPLOTYPE"] == "" && $0["POSSIBLE_MNV"] == "" })
        #expect(try run(["0|1", "0|1"], ["--threads", "3"]) == run(["0|1", "0|1"]))
    }

    @Test("--ann writes SnpEff's columns beside CSQ, most severe first; an earlier ANN goes or is renamed")
    func snpEffColumns() throws {
        let world = try SmallWorld(
            ["chr1\t17\t.\tG\tA,GT\t.\tPASS\tANN=A|x|old", "chr1\t150\t.\tT\tC\t.\tPASS\t."],
            info: "##INFO=<ID=ANN,Number=.,Type=String,Description=\"old\">\n")
        let result = try world.run(["--ann", "--distance", "50", world.calls])
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.count { $0.hasPrefix("##INFO=<ID=ANN,") } == 1 && !result.output.contains("old"))
        #expect(
            lines.contains { $0.contains("'Allele | Annotation | Annotation_Impact | Gene_Name | Gene_ID |") }
        )
        let values = lines.filter { !$0.hasPrefix("#") }.map { line in
            line.split(separator: "\t")[7].split(separator: ";").filter { $0.hasPrefix("ANN=") }
                .flatMap { $0.dropFirst(4).split(separator: ",") }.map(String.init)
        }
        #expect(
            values == [
                [
                    "A|missense_variant|MODERATE|ABC1|ENSG01|transcript|ENST01.2|protein_coding|1/1|c.4G>A|p.Ala2Thr|"
                        + "7/50|4/24|2/7||",
                    "GT|frameshift_variant|HIGH|ABC1|ENSG01|transcript|ENST01.2|protein_coding|1/1|c.4_5insT|"
                        + "p.Ala2ValfsTer9|7/50|4/24|2/7||",
                ],
                ["C|intergenic_region|MODIFIER" + String(repeating: "|", count: 13)],
            ])
        #expect(entries(result.output).map(\.count) == [2, 1])
        let kept = try world.run(["--ann", "--keep-input-csq", world.calls]).output
        #expect(kept.contains("##INFO=<ID=ANN_input,") && kept.contains("\tANN_input=A|x|old;CSQ="))
        // Without --ann an ANN of the input is the input's.
        #expect(try world.run([world.calls]).output.contains("\tANN=A|x|old;CSQ="))
    }

    @Test("names, symbols and contigs with characters that part fields are encoded")
    func specialNames() throws {
        let world = try SmallWorld(
            ["chr1\t17\t.\tG\tA\t.\tPASS\t.", "chr1\t18\t.\tC\t<DUP:a|b;c>\t.\tPASS\tEND=30"],
            symbol: "A%2CB%7CC%20D")
        let text = try world.run(["--ann", world.calls]).output
        let found = entries(text)
        #expect(found[0].map { $0["SYMBOL"] } == ["A%2CB%7CC%20D"])
        #expect(found[1].map { $0["Allele"] } == ["DUP:a%7Cb%3Bc"])
        #expect(text.contains("|A%2CB%7CC%20D|ENSG01|transcript|"))
    }

    @Test(
        "a declaration is known wherever its ID stands; gVCF's <NON_REF> does not change how alleles are written"
    )
    func declarations() throws {
        let world = try SmallWorld(
            ["chr1\t17\t.\tG\tGT,<NON_REF>\t.\tPASS\tCSQ=old", "chr1\t17\t.\tG\tgT\t.\tPASS\t."],
            info: "##INFO=<Number=.,ID=CSQ,Type=String,Description=\"old\">\n")
        let text = try world.run([world.calls]).output
        #expect(text.split(separator: "\n").count { $0.contains("ID=CSQ,") } == 1)
        #expect(entries(text).map { $0.map { $0["Allele"] } } == [["T"], ["T"]])
    }

    @Test("large alleles by their extent; other symbols are counted")
    func large() throws {
        let world = try SmallWorld([
            "chr1\t5\t.\tT\t<DEL>\t.\tPASS\tEND=80", "chr1\t20\t.\tA\t<DUP>\t.\tPASS\tEND=30",
            "chr1\t30\t.\tC\t<CNV>\t.\tPASS\tEND=80",
        ])
        let result = try world.run([world.calls])
        let all = entries(result.output)
        #expect(all[0].first?["Consequence"] == "transcript_ablation" && all[0].first?["Allele"] == "DEL")
        #expect(all[1].first?["Consequence"]?.contains("feature_elongation") == true)
        #expect(all[2].isEmpty && result.errors.contains("1 ALTs are no bases and have no extent"))
    }

    @Test("each symbolic ALT has the extent of its own SVLEN; one without extent is counted")
    func extents() throws {
        let world = try SmallWorld(
            [
                "chr1\t5\t.\tT\t<DEL>,<DUP>\t.\tPASS\tEND=80;SVLEN=75,3",
                "chr1\t5\t.\tT\t<DEL>\t.\tPASS\tDP=1",
                "chr1\t5\t.\tT\t<DEL>\t.\tPASS\tSVLEN=-9223372036854775808",
                "chr1\t5\t.\tT\t<DEL>\t.\tPASS\tEND=3",
                "chr1\t20\t.\tA\t<INS>\t.\tPASS\tDP=1",
            ], info: "##INFO=<ID=SVLEN,Number=A,Type=Integer,Description=\"Length\">\n")
        let result = try world.run([world.calls])
        let all = entries(result.output).map { $0.map { $0["Consequence"] ?? "" } }
        #expect(all.first == ["transcript_ablation", "upstream_gene_variant"])
        #expect(all[1].isEmpty && all[2].isEmpty && all[3].isEmpty)
        #expect(all[4].first?.contains("feature_elongation") == true)
        #expect(result.status == 0 && result.errors.contains("3 ALTs are no bases and have no extent"))
    }

    @Test("a REF that the genome has not is told of every kind of ALT, and a contig without genes is named")
    func foreignPlaces() throws {
        let world = try SmallWorld([
            "chr1\t5\t.\tG\t<DEL>\t.\tPASS\tEND=80", "chr1\t5\t.\tG\tG]chr1:30]\t.\tPASS\tDP=1",
            "chr1\t250\t.\tA\tT\t.\tPASS\tDP=1", "chr9\t5\t.\tA\tT\t.\tPASS\tDP=1",
        ])
        let bases = try String(contentsOfFile: world.fasta, encoding: .utf8)
        try (bases + ">chr9\n" + String(repeating: "A", count: 25) + "\n").write(
            toFile: world.fasta, atomically: true, encoding: .utf8)
        let result = try world.run([world.calls])
        let all = entries(result.output)
        #expect(all[0].isEmpty && all[1].isEmpty && all[2].isEmpty)
        #expect(all[3].first?["Consequence"] == "intergenic_variant")
        #expect(result.status == 0 && result.errors.contains("REF mismatch in 3 records"))
        #expect(
            result.errors.contains("1 records lie on contigs of which the gene models have nothing (chr9)"))
    }

    @Test("the cache gives the same bytes, also when it is damaged")
    func cache() throws {
        let world = try SmallWorld(Self.lines)
        let home = ["XDG_CACHE_HOME": world.folder.file("cache")]
        let command = ["consequences", "-f", world.fasta, "-g", world.genes, "--no-version", world.calls]
        let first = try Program.run(command, environment: home)
        let folder = world.folder.file("cache/wgs-annotate")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasPrefix("genes-")
        }
        #expect(names.count == 1)
        #expect(try Program.run(command, environment: home).output == first.output)
        for name in names {
            var bytes = [UInt8](try Data(contentsOf: URL(filePath: folder + "/" + name)))
            bytes[bytes.count / 2] ^= 0xFF
            try Data(bytes).write(to: URL(filePath: folder + "/" + name))
        }
        #expect(try Program.run(command, environment: home).output == first.output)
        #expect(first.status == 0)
    }

    @Test("gene models of another genome end the run, also from the cache and in annotate")
    func otherGenome() throws {
        let world = try SmallWorld(Self.lines)
        let own = try String(contentsOfFile: world.genes, encoding: .utf8)
        let home = ["XDG_CACHE_HOME": world.folder.file("cache")]
        let longer = try world.folder.write("##sequence-region 1 1 250\n" + own, to: "longer.gff3")
        let command = ["-f", world.fasta, "-g", longer]
        let case1 = ["annotate", "--case", "C", "--tumor-type", "PAAD", "--somatic", world.calls]
        let out = world.folder.file("out")
        for arguments in [
            ["consequences"] + command + [world.calls], ["consequences"] + command + [world.calls],
            case1 + command + ["-o", out],
        ] {
            let result = try Program.run(arguments, environment: home)
            #expect(result.status == 65)
            #expect(result.output.isEmpty)
            #expect(
                result.errors
                    == "error: longer.gff3: contig 1: ##sequence-region ends at 250, but the contig has 201 bases in ref.fa. "
                    + "Give gene models and a reference of the same assembly.\n")
        }
        let old = try world.folder.write("#!genome-build GRCh37.p13\n" + own, to: "old.gff3")
        let result = try Program.run(
            case1 + ["-f", world.fasta, "-g", old, "--assembly", "GRCh38", "-o", out], environment: home)
        #expect(result.status == 65)
        #expect(
            result.errors
                == "error: old.gff3: the gene models are of GRCh37 (it says \"genome-build GRCh37.p13\"), the case is of "
                + "GRCh38. Give gene models of GRCh38.\n")
        #expect(!FileManager.default.fileExists(atPath: out))
    }

    @Test("annotate calls consequences of its own with -f and -g")
    func annotate() throws {
        let world = try SmallWorld(Self.lines, symbol: "TP53")
        let out = world.folder.file("case")
        for threads in ["1", "2"] {
            let result = try Program.run([
                "annotate", "--case", "C", "--tumor-type", "PAAD", "--somatic", world.calls, "-f",
                world.fasta, "-g",
                world.genes, "--no-cache", "--threads", threads, "-o", out + threads,
            ])
            #expect(result.status == 0, "\(result.errors)")
        }
        let table = try String(contentsOfFile: out + "1/findings.tsv", encoding: .utf8)
        #expect(
            table.contains("TP53\tp.K3*\tchr1:20 A>T\tENST01.2:c.7A>T\tENSP01:p.Lys3Ter\tstop_gained"),
            "\(table)")
        for name in ["findings.tsv", "case.json"] {
            #expect(
                FileManager.default.contentsEqual(atPath: out + "1/" + name, andPath: out + "2/" + name),
                "\(name)")
        }
        let vcf = try Tools.run("/bin/gzip", ["-dc", out + "1/somatic.annotated.vcf.gz"]).text
        #expect(entries(vcf)[0].first?["HGVSp"] == "ENSP01:p.Ala2Val")
        #expect(vcf.contains("WGSA=T|TP53|p.K3*"))
        // The MAF read again gives the findings that it was written from.
        let again = try Program.run([
            "annotate", "--case", "C", "--tumor-type", "PAAD", "--somatic", out + "1/somatic.maf", "-o",
            out + "3",
        ])
        #expect(again.status == 0, "\(again.errors)")
        func findings(_ folder: String) throws -> [String] {
            try String(contentsOfFile: folder + "/findings.tsv", encoding: .utf8).split(separator: "\n")
                .filter { !$0.hasPrefix("#") }.map { row in
                    let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
                    return ([4, 5, 7, 10, 11, 14, 15, 16, 18].map { String(cells[$0]) }).joined(
                        separator: " ")
                }
        }
        #expect(try findings(out + "3") == findings(out + "1"))
    }

    /// Findings, warnings and variants of a definition of burden, by case.json.
    private static func annotated(
        _ world: SmallWorld, _ genotypes: [String], reads: [String]? = nil, normal: [String]? = nil,
        _ more: [String] = []
    ) throws -> (findings: [[String: Any]], warnings: [String], burden: [String: Int], folder: String) {
        var lines = try String(contentsOfFile: world.calls, encoding: .utf8)
            .components(separatedBy: "0/0:40,0\t0/1:30,20")
        for index in genotypes.indices {
            lines[index] += "0/0:\(normal?[index] ?? "40,0")\t\(genotypes[index]):\(reads?[index] ?? "30,20")"
        }
        let path = try world.folder.write(lines.joined(), to: "phased.vcf")
        let out = world.folder.file("case")
        try? FileManager.default.removeItem(atPath: out)
        let result = try Program.run(
            [
                "annotate", "--case", "C", "--tumor-type", "PAAD", "--somatic", path, "-f", world.fasta, "-g",
                world.genes, "--no-cache", "-o", out,
            ] + more)
        #expect(result.status == 0, "\(result.errors)")
        let data = try Data(contentsOf: URL(filePath: out + "/case.json"))
        let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let warnings = (json["warnings"] as? [[String: String]] ?? []).map {
            "\($0["code"] ?? ""): \($0["message"] ?? "")"
        }
        let tmb = (json["biomarkers"] as? [String: Any])?["tmb"] as? [[String: Any]] ?? []
        let burden = Dictionary(
            uniqueKeysWithValues: tmb.compactMap { entry in
                (entry["id"] as? String).flatMap { id in (entry["variants"] as? Int).map { (id, $0) } }
            })
        return (json["findings"] as? [[String: Any]] ?? [], warnings, burden, out)
    }

    @Test(
        "annotate makes one finding of somatic calls on one copy, and counts them once where their effect counts"
    )
    func phasedFindings() throws {
        // AAA to GAA is p.Lys3Glu, to AGA p.Lys3Arg, to GGA p.Lys3Gly.
        let world = try SmallWorld(
            ["chr1\t20\t.\tA\tG\t.\tPASS\t.", "chr1\t21\t.\tA\tG\t.\tPASS\t."], symbol: "TP53")
        let both = try Self.annotated(world, ["0|1", "0|1"])
        #expect(both.findings.map { $0["hgvsp"] as? String } == ["ENSP01:p.Lys3Gly"])
        #expect(both.findings[0]["locus"] as? String == "chr1:20 A>G + chr1:21 A>G")
        #expect(both.findings[0]["hgvsc"] as? String == "ENST01.2:c.7_8delinsGG")
        let members = both.findings[0]["haplotype"] as? [[String: Any]] ?? []
        #expect(members.map { $0["hgvsp"] as? String } == ["ENSP01:p.Lys3Glu", "ENSP01:p.Lys3Arg"])
        #expect(members.map { $0["locus"] as? String } == ["chr1:20 A>G", "chr1:21 A>G"])
        #expect(
            both.warnings.contains {
                $0.hasPrefix("phased_codon: phased.vcf: TP53: chr1:20 A>G and chr1:21 A>G lie on one copy")
                    && $0.contains("c.7_8delinsGG p.Lys3Gly")
            }, "\(both.warnings)")
        #expect(both.burden["tmb_missense"] == 1 && both.burden["tmb_genome_hmf"] == 2)
        let vcf = try Tools.run("/bin/gzip", ["-dc", both.folder + "/somatic.annotated.vcf.gz"]).text
        #expect(vcf.split(separator: "\n").count { $0.contains("WGSA=G|TP53|p.K3G") } == 2)
        let maf = try String(contentsOfFile: both.folder + "/somatic.maf", encoding: .utf8)
            .split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        #expect(maf.count == 3 && maf[2][0] == "TP53" && maf[2][4...6] == ["chr1", "20", "21"])
        #expect(maf[2][8...12] == ["Missense_Mutation", "DNP", "AA", "AA", "GG"] && maf[2].contains("p.K3G"))
        let first = try Data(contentsOf: URL(filePath: both.folder + "/case.json"))
        let again = try Self.annotated(world, ["0|1", "0|1"], ["--threads", "3"])
        #expect(try Data(contentsOf: URL(filePath: again.folder + "/case.json")) == first)

        let open = try Self.annotated(world, ["0/1", "0/1"])
        #expect(
            open.findings.compactMap { $0["hgvsp"] as? String }.sorted() == [
                "ENSP01:p.Lys3Arg", "ENSP01:p.Lys3Glu",
            ])
        #expect(
            open.warnings.contains {
                $0.hasPrefix("possible_mnv:") && $0.contains("they would be c.7_8delinsGG p.Lys3Gly")
            },
            "\(open.warnings)")
        #expect(open.burden["tmb_missense"] == 2)
        // Fractions that lie apart, or different copies, say that they are not one.
        for result in [
            try Self.annotated(world, ["0/1", "0/1"], reads: ["500,500", "900,100"]),
            try Self.annotated(world, ["0|1", "1|0"]),
        ] {
            #expect(result.findings.count == 2)
            #expect(
                !result.warnings.contains { $0.hasPrefix("possible_mnv") || $0.hasPrefix("phased_codon") },
                "\(result.warnings)")
        }
        // One that is also seen without the other stays beside the combined one.
        let subclone = try Self.annotated(world, ["0|1", "0|1"], reads: ["500,500", "900,100"])
        #expect(
            subclone.findings.compactMap { $0["hgvsp"] as? String }.sorted() == [
                "ENSP01:p.Lys3Glu", "ENSP01:p.Lys3Gly",
            ])
        #expect(
            subclone.warnings.contains { $0.contains("and chr1:20 A>G also alone") }, "\(subclone.warnings)")
    }

    @Test("a somatic change on the copy of an inherited one is the tumor's, by its own reads")
    func somaticOnInherited() throws {
        let world = try SmallWorld(
            ["chr1\t20\t.\tA\tG\t.\tPASS\t.", "chr1\t21\t.\tA\tG\t.\tPASS\t."], symbol: "TP53")
        let mixed = try Self.annotated(world, ["0|1", "0|1"], normal: ["500,500", "1000,0"])
        #expect(mixed.findings.map { $0["hgvsp"] as? String } == ["ENSP01:p.Lys3Gly"])
        #expect(
            mixed.warnings.contains { $0.contains("(chr1:20 A>G inherited: the normal has it)") },
            "\(mixed.warnings)")
        // AAA is Lys, and GAA as GAG is Glu: the tumor's third base adds nothing to what was inherited.
        let silent = try SmallWorld(
            ["chr1\t20\t.\tA\tG\t.\tPASS\t.", "chr1\t22\t.\tA\tG\t.\tPASS\t."], symbol: "TP53")
        let nothing = try Self.annotated(silent, ["0|1", "0|1"], normal: ["500,500", "1000,0"])
        #expect(!nothing.findings.contains { $0["hgvsp"] as? String == "ENSP01:p.Lys3Glu" })
        let inherited = try Self.annotated(world, ["0|1", "0|1"], normal: ["500,500", "500,500"])
        #expect(inherited.findings.isEmpty)
    }

    @Test("frameshifts of one haplotype that restore the frame are one finding")
    func restoredFrame() throws {
        // One base less in codon 2, one more in codon 4.
        let world = try SmallWorld(
            ["chr1\t17\t.\tGC\tG\t.\tPASS\t.", "chr1\t24\t.\tG\tGA\t.\tPASS\t."], symbol: "TP53")
        let both = try Self.annotated(world, ["0|1", "0|1"])
        #expect(both.findings.count == 1)
        #expect(
            both.findings.first?["consequence"] as? [String] == ["missense_variant"]
                || (both.findings.first?["hgvsp"] as? String)?.contains("fs") == false, "\(both.findings)")
        #expect(both.findings.first?["hgvsc"] as? String == "ENST01.2:c.[6del;11_12insA]", "\(both.findings)")
        let apart = try Self.annotated(world, ["0|1", "1|0"])
        #expect(
            apart.findings.count == 2
                && apart.findings.allSatisfy { ($0["hgvsp"] as? String)?.contains("fs") == true })
    }
}
