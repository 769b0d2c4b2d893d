import Foundation
import Genome
import HTS
import TestSupport
import Testing
import Variants

/// A small VCF, made by hand.
private let small = """
    ##fileformat=VCFv4.2
    ##contig=<ID=chr1,length=248956422>
    ##contig=<ID=chr2,length=242193529>
    ##FILTER=<ID=q10,Description="Low">
    ##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
    ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN1\tT1
    chr1\t100\t.\tA\tC\t50\tPASS\tDP=10\tGT:DP\t0/0:5\t0/1:5
    chr1\t200\trs1\tAT\tA\t.\tq10\tDP=11\tGT:DP\t0/0:6\t0/1:7
    chr2\t300\t.\tG\tGA,T\t9.5\t.\t.\tGT:DP\t./.:.\t1/2:8

    """

/// The error that reading a file to its end gives, or nil.
private func fault(_ path: String, regions: [GenomicInterval] = []) -> InputError? {
    do {
        let reader = try VariantReader(path: path, regions: regions)
        var record = VCFRecord()
        while try reader.next(into: &record) {}
        return nil
    } catch {
        return error
    }
}

private func expect(
    _ error: InputError?, exit: Int32, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(error?.exitCode == exit, sourceLocation: sourceLocation)
    #expect(error?.description == text, sourceLocation: sourceLocation)
}

@Test("a missing path, a folder, an empty file are refused before they are opened")
func refusesPaths() throws {
    let folder = try TemporaryFolder()
    let missing = folder.path("none.vcf")
    expect(fault(missing), exit: 66, "\(missing): there is no such file. Check the path.")
    let itself = folder.url.path
    expect(fault(itself), exit: 66, "\(itself): this is a folder, a file was expected. Name the file in it.")
    let empty = try folder.write("empty.vcf", "")
    expect(fault(empty), exit: 65, "\(empty): the file is empty. Make it again.")
}

@Test("a table is told from a VCF by its first line")
func refusesTable() throws {
    let folder = try TemporaryFolder()
    let table = try folder.write("a.tsv", "Hugo_Symbol\tChromosome\tStart\nBRAF\t7\t140753336\n")
    expect(
        fault(table), exit: 65,
        "\(table): the file is no VCF or BCF: it does not begin with ##fileformat, its first line has 3 columns: "
            + "\"Hugo_Symbol Chromosome Start\". Give a VCF that begins with ##fileformat=VCF, or a BCF.")
}

@Test("a header without #CHROM is refused")
func refusesCutHeader() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.vcf", "##fileformat=VCFv4.2\n##contig=<ID=chr1>\n")
    expect(
        fault(file), exit: 65,
        "\(file): the header cannot be read to its #CHROM line. The file may be cut off or its header damaged; make "
            + "it again.")
}

@Test("a sample name that two columns have is named")
func refusesRepeatedSample() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.vcf", small.replacingOccurrences(of: "\tN1\tT1", with: "\tT1\tT1"))
    expect(
        fault(file), exit: 65,
        "\(file): two columns of the #CHROM line have the sample name \"T1\". Rename one with `bcftools reheader`."
    )
}

@Test("a header without records is a file of none")
func readsNoRecords() throws {
    let folder = try TemporaryFolder()
    let head = small.split(separator: "\n").filter { $0.hasPrefix("#") }.joined(separator: "\n") + "\n"
    #expect(try rows(try folder.write("a.vcf", head)).isEmpty)
}

@Test("Windows line ends, and a last line without end, change nothing")
func readsLineEnds() throws {
    let folder = try TemporaryFolder()
    let plain = try rows(try folder.write("a.vcf", small))
    #expect(plain.count == 3)
    #expect(try rows(try folder.write("b.vcf", small.replacingOccurrences(of: "\n", with: "\r\n"))) == plain)
    #expect(try rows(try folder.write("c.vcf", String(small.dropLast()))) == plain)
    #expect(try rows(try folder.write("d.vcf", small + "\n\n")) == plain)
}

@Test(
    "a line that is no record is an error with file and line",
    arguments: [
        ("chr1 100 . A C 50 PASS DP=10", "1 columns, at least 8 were expected (are they separated by tabs?)"),
        ("chr1\tabc\t.\tA\tC\t50\tPASS\tDP=10\tGT:DP\t0/0:5\t0/1:5", "POS is \"abc\", a number was expected"),
        ("chr1\t100\t.\tA\tC\t50\tPASS\tDP=10\tGT:DP\t0/0:5", "10 columns, the header has 11"),
        (
            "chr1\t100\t.\tA\tC\t5\tPASS\tDP=10\tGT:DP\t0/0:5\t0/1:x",
            "column 11 (sample \"T1\"): DP is \"x\", an integer was expected"
        ),
        (
            "chr1\t100\t.\tA\tC\t5\tPASS\tDP=10\tGT:DP\t0/0:5\t0/1:5:9",
            "column 11 (sample \"T1\") has 3 values, FORMAT names 2"
        ),
        (
            "chr1\t100\t.\tA\tC\t5\tPASS\tDP=10\tGT:DP\t0/0:5\t0/x:5",
            "column 11 (sample \"T1\"): GT is \"0/x\", numbers of alleles or . joined by / or | were expected"
        ),
        (
            "chr1\t100\t.\tA\tC\t5\tPASS\tDP=10\tGT:DP\t/0|1:5\t0/1:5",
            "column 10 (sample \"N1\"): GT is \"/0|1\", which begins with a phase, as VCF 4.4 and later allow; "
                + "##fileformat names another version"
        ),
        (
            "chr1\t100\t.\tA\tC\t5\tPASS\tDP=10\tGT" + String(repeating: ":DP", count: 255) + "\t0/1\t0/1",
            "FORMAT has 256 keys, htslib reads 255"
        ),
    ])
func refusesLines(line: String, problem: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.vcf", small + line + "\n")
    expect(
        fault(file), exit: 65,
        "\(file):12: \(problem). Mend the line or make the file again; `bcftools view` stops there too.")
}

private let damaged =
    "reading failed; the compressed data is damaged or cut off. Copy or make the file again; `bgzip -t` tests it."

/// A larger compressed file, so that damage can lie in its middle.
private func compressed(_ folder: TemporaryFolder, records: Int = 20_000) throws -> String {
    let head = small.split(separator: "\n").filter { $0.hasPrefix("#") }.joined(separator: "\n") + "\n"
    var random = SeededGenerator(seed: 7)
    let lines = (1...records).map { number in
        "chr1\t\(number * 10)\t.\tA\tC\t\(Int.random(in: 1...99, using: &random))\tPASS\tDP=10\tGT:DP\t0/0:5\t0/1:5\n"
    }
    let path = folder.path("big.vcf.gz")
    let writer = try VariantWriter(path: path, format: .vcfGzip, headerText: head)
    for line in lines { try writer.write(line: Array(line.utf8)) }
    try writer.close(makesIndex: true)
    return path
}

private func change(_ path: String, to name: String, in folder: TemporaryFolder, _ edit: (inout Data) -> Void)
    throws
    -> String
{
    var data = try Data(contentsOf: URL(filePath: path))
    edit(&data)
    try data.write(to: URL(filePath: folder.path(name)))
    return folder.path(name)
}

@Test("a compressed file cut in its middle is an error, not a short file")
func refusesTruncated() throws {
    let folder = try TemporaryFolder()
    let path = try compressed(folder)
    let cut = try change(path, to: "cut.vcf.gz", in: folder) { $0.removeLast($0.count / 2) }
    let error = try #require(fault(cut))
    #expect(error.exitCode == 65)
    #expect(error.description.hasPrefix("\(cut): after chr1:"))
    #expect(error.description.hasSuffix(": " + damaged), "\(error)")
}

@Test("a flipped byte is an error by the block's checksum", arguments: [0.3, 0.5, 0.8])
func refusesFlipped(share: Double) throws {
    let folder = try TemporaryFolder()
    let path = try compressed(folder)
    let flipped = try change(path, to: "flip.vcf.gz", in: folder) {
        $0[Int(Double($0.count) * share)] ^= 0x20
    }
    let error = try #require(fault(flipped))
    #expect(error.exitCode == 65)
    #expect(error.description.hasSuffix(": " + damaged), "\(error)")
}

@Test("a compressed file without its end marker is probably cut off")
func refusesMissingMarker() throws {
    let folder = try TemporaryFolder()
    let path = try compressed(folder)
    let cut = try change(path, to: "cut.vcf.gz", in: folder) { $0.removeLast(28) }
    expect(
        fault(cut), exit: 65,
        "\(cut): after chr1:200000: the file ends without the BGZF end marker; it is probably cut off. "
            + "Copy or make the file again.")
}

@Test("a fault lies behind the last record, whichever record is given to be filled")
func faultBehindOtherRecord() throws {
    let folder = try TemporaryFolder()
    let path = try compressed(folder)
    let cut = try change(path, to: "cut.vcf.gz", in: folder) { $0.removeLast(28) }
    let reader = try VariantReader(path: cut)
    var record = VCFRecord(), spare = VCFRecord()
    let error = #expect(throws: InputError.self) {
        while try reader.next(into: &record) { swap(&record, &spare) }
    }
    #expect(error?.place == .record("after chr1:200000"))
}

@Test("one gzip stream is read too, and has no end marker to miss")
func readsGzip() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write("a.vcf", small)
    #expect(try Tools.run("/bin/gzip", ["-k", plain]).status == 0)
    #expect(try VariantReader(path: plain + ".gz").compression == .gzip)
    #expect(try rows(plain + ".gz") == rows(plain))
    let cut = try change(plain + ".gz", to: "cut.vcf.gz", in: folder) { $0.removeLast(12) }
    #expect(fault(cut)?.exitCode == 65)
}

@Test("what the header does not declare is said once a tag, with counts")
func warnsOfGaps() throws {
    let folder = try TemporaryFolder()
    let text = """
        ##fileformat=VCFv4.2
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT1
        1\t1\t.\tA\tC\t.\tPASS\tDP=3;SOMATIC\tGT:XY\t0/1:4
        1\t2\t.\tA\tC\t.\tlow\tDP=3\tGT:XY\t0/1:4
        2\t3\t.\tA\tC\t.\tlow;bad\tDP=3\tGT:AD\t0/1:4,5

        """
    let reader = try VariantReader(path: try folder.write("a.vcf", text))
    #expect(reader.warnings.isEmpty)
    var record = VCFRecord()
    while try reader.next(into: &record) {}
    #expect(
        reader.warnings == [
            "contigs 1, 2 are not declared in the header (3 records)",
            "FILTER tag bad is not declared in the header (1 record)",
            "FILTER tag low is not declared in the header (2 records)",
            "FORMAT tag AD is not declared in the header (1 record)",
            "FORMAT tag GT is not declared in the header (3 records)",
            "FORMAT tag XY is not declared in the header (2 records)",
            "INFO tag DP is not declared in the header (3 records)",
            "INFO tag SOMATIC is not declared in the header (1 record)",
        ])
    #expect(
        reader.missingHeaderLines.contains(
            "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Not declared in the input\">"))
    #expect(
        reader.missingHeaderLines.contains(
            "##INFO=<ID=SOMATIC,Number=0,Type=Flag,Description=\"Not declared in the input\">"))
}

@Test("a name that is not declared is short in messages, and seen where it is empty")
func shortensNames() throws {
    let folder = try TemporaryFolder()
    let key = String(repeating: "K", count: 4000)
    let file = try folder.write(
        "a.vcf", small + "chr2\t400\t.\tA\tC\t5\tPASS\t\(key)=1;=3\tGT:DP\t0/0:5\t0/1:5\n")
    let reader = try VariantReader(path: file)
    var record = VCFRecord()
    while try reader.next(into: &record) {}
    #expect(
        reader.warnings == [
            "INFO tag \"\" is not declared in the header (1 record)",
            "INFO tag \(key.prefix(57))... is not declared in the header (1 record)",
        ])
}

@Test("a table that is cut off gives no half line", arguments: [3, 5, 9])
func refusesCutTable(tenths: Int) throws {
    let folder = try TemporaryFolder()
    let cut = try change(try compressed(folder), to: "cut.tsv.gz", in: folder) {
        $0.removeLast($0.count * tenths / 10)
    }
    let reader = try LineReader(path: cut)
    let error = #expect(throws: InputError.self) {
        while let line = try reader.next() {
            #expect(line.hasPrefix("#") || line.hasSuffix("\t0/1:5"))
        }
    }
    #expect(error?.problem == "the compressed data is damaged or cut off")
    #expect(error?.place == .line(reader.lineNumber))
}

@Test("regions need an index that is there and not older than the file")
func needsIndex() throws {
    let folder = try TemporaryFolder()
    let path = try compressed(folder, records: 100)
    let region = [GenomicInterval(contig: Contig("chr1"), oneBased: 1...500)]
    #expect(fault(path, regions: region) == nil)
    let old = Date(timeIntervalSinceNow: -86_400)
    try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: path + ".tbi")
    expect(
        fault(path, regions: region), exit: 65,
        "\(path): the index big.vcf.gz.tbi is older than the file. Make it again with `bcftools index -f \(path)`."
    )
    let reader = try VariantReader(path: path)
    #expect(reader.isIndexStale)
    #expect(reader.warnings == ["the index is older than the file and was not used"])
    try FileManager.default.removeItem(atPath: path + ".tbi")
    expect(
        fault(path, regions: region), exit: 65,
        "\(path): regions need an index, and there is none. Make one with `bcftools index \(path)`.")
    try Data("no index".utf8).write(to: URL(filePath: path + ".tbi"))
    expect(
        fault(path, regions: region), exit: 65,
        "\(path): the index cannot be read. Make it again with `bcftools index -f \(path)`.")
}
