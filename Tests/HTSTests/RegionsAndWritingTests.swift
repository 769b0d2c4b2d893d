import Foundation
import Genome
import HTS
import TestSupport
import Testing
import Variants

private func lines(_ path: String, regions: [GenomicInterval] = []) throws -> [String] {
    let reader = try VariantReader(path: path, regions: regions)
    var record = VCFRecord()
    var found: [String] = []
    while try reader.next(into: &record) { found.append(String(decoding: record.bytes, as: UTF8.self)) }
    return found
}

/// A sorted copy in which everything that records use is declared; bcftools sorts no undeclared contig.
private func sorted(_ file: String, _ folder: TemporaryFolder) throws -> String {
    let reader = try VariantReader(path: TestData.path(file))
    var record = VCFRecord()
    var body = ""
    while try reader.next(into: &record) { body += String(decoding: record.bytes, as: UTF8.self) + "\n" }
    var header = reader.headerText.split(separator: "\n").map(String.init)
    header.insert(contentsOf: reader.missingHeaderLines, at: header.count - 1)
    let declared = try folder.write("declared.vcf", header.joined(separator: "\n") + "\n" + body)
    let again = try VariantReader(path: declared)
    while try again.next(into: &record) {}
    #expect(again.warnings.isEmpty)
    let path = folder.path("sorted.vcf")
    let run = try Tools.bcftools("sort", "-Ov", "-o", path, declared)
    try #require(run.status == 0, "\(run.errors)")
    try FileManager.default.removeItem(atPath: declared)
    return path
}

/// A sorted, compressed, indexed copy with a complete header, as bcftools makes it.
private func indexed(_ file: String, _ folder: TemporaryFolder, type: String, index: String) throws -> String
{
    let path = folder.path(type == "b" ? "a.bcf" : "a.vcf.gz")
    try #require(try Tools.bcftools("view", "-O\(type)", "-o", path, try sorted(file, folder)).status == 0)
    try #require(try Tools.bcftools("index", "-f", index, path).status == 0)
    return path
}

private let regionFiles = [
    "oncology/callers/vcf2maf_test_strelka.vcf", "oncology/callers/ICAMS_Mutect.GRCh37.s1.vcf.gz",
    "annotation/edge-grid/grid.GRCh38.vcf.gz", "annotation/clinvar/clinvar.GRCh38.vcf",
    "oncology/callers/vcf2maf_test_delly.vcf",
]

@Test(
    "regions give the records that bcftools view -r gives", .enabled(if: Tools.canCompare),
    arguments: regionFiles,
    ["z -t", "z -c", "b -c"])
func sameRegions(file: String, kind: String) throws {
    let folder = try TemporaryFolder()
    let parts = kind.split(separator: " ").map(String.init)
    let path = try indexed(file, folder, type: parts[0], index: parts[1])
    let all = try lines(path)
    var random = SeededGenerator(seed: 11)
    for _ in 0..<12 {
        // One to three stretches that end at records, touch, overlap or lie between.
        var regions: [(name: String, range: ClosedRange<Int>)] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let line = try #require(all.randomElement(using: &random))
            let record = try #require(VCFRecord(line: line))
            let start = max(1, record.position + 1 - [0, 1, 50, 100_000].randomElement(using: &random)!)
            let length = [0, 1, 10, 1000, 10_000_000].randomElement(using: &random)!
            regions.append((record.contigName, start...(start + length)))
        }
        let text = regions.map { "\($0.name):\($0.range.lowerBound)-\($0.range.upperBound)" }.joined(
            separator: ",")
        let expected = try Tools.bcftools("view", "-H", "-r", text, path)
        #expect(expected.status == 0)
        let found = try lines(
            path, regions: regions.map { GenomicInterval(contig: Contig($0.name), oneBased: $0.range) })
        #expect(Set(found) == Set(expected.lines), "\(text)")
        #expect(found.count == Set(found).count || found.count == expected.lines.count, "\(text)")
    }
}

@Test("a contig is found under the file's own name", .enabled(if: Tools.bcftools != nil))
func findsOtherStyle() throws {
    let folder = try TemporaryFolder()
    let text = """
        ##fileformat=VCFv4.2
        ##contig=<ID=chr7>
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
        chr7\t100\t.\tA\tT\t.\tPASS\t.
        chr7\t200\t.\tACGT\tA\t.\tPASS\t.

        """
    let plain = try folder.write("a.vcf", text)
    #expect(try Tools.bcftools("view", "-Oz", "-o", folder.path("a.vcf.gz"), plain).status == 0)
    #expect(try Tools.bcftools("index", "-t", folder.path("a.vcf.gz")).status == 0)
    func count(_ name: String, _ range: ClosedRange<Int>) throws -> Int {
        try lines(folder.path("a.vcf.gz"), regions: [GenomicInterval(contig: Contig(name), oneBased: range)])
            .count
    }
    #expect(try count("7", 1...150) == 1)
    #expect(try count("NC_000007.14", 1...150) == 1)
    // The deletion reaches into the region from before it; in two regions it comes once.
    #expect(try count("chr7", 203...300) == 1)
    #expect(try count("8", 1...150) == 0)
    let both = [200...201, 203...210].map { GenomicInterval(contig: Contig("7"), oneBased: $0) }
    #expect(try lines(folder.path("a.vcf.gz"), regions: both).count == 1)
}

private let roundTripFiles =
    regionFiles + [
        "oncology/callers/vcf2maf_test_varscan.vcf", "oncology/pcgr/T001-BRCA.grch38.vcf.gz",
        "annotation/hts-specs/examples/sv44.vcf",
    ]

@Test(
    "what is written is read back by bcftools, with its index", .enabled(if: Tools.canCompare),
    arguments: roundTripFiles, VariantWriter.Format.allCases)
func roundTrip(file: String, format: VariantWriter.Format) throws {
    let folder = try TemporaryFolder()
    let sorted = try sorted(file, folder)
    let source = try VariantReader(path: sorted)
    let path = folder.path(
        ["v": "o.vcf", "z": "o.vcf.gz", "b": "o.bcf", "u": "o.u.bcf"][format.rawValue] ?? "o")
    let writer = try VariantWriter(path: path, format: format, headerText: source.headerText)
    var record = VCFRecord()
    while try source.next(into: &record) { try writer.write(line: record.bytes) }
    let isIndexed = format == .vcfGzip || format == .bcf
    #expect(!FileManager.default.fileExists(atPath: path))
    try writer.close(makesIndex: isIndexed)
    let own = try Tools.bcftools("view", "-H", path)
    #expect(own.status == 0, "\(own.errors)")
    #expect(own.lines == (try Tools.bcftools("view", "-H", sorted).lines))
    #expect(try rows(path) == rows(sorted))
    if isIndexed, let first = try rows(sorted).first {
        let columns = first.split(separator: "\t")
        let region = "\(columns[0]):\(columns[1])-\(columns[1])"
        let found = try Tools.bcftools("view", "-H", "-r", region, path)
        #expect(found.status == 0 && !found.lines.isEmpty, "\(found.errors)")
    }
    // Nothing temporary stays.
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter {
        $0.contains(".tmp")
    }
    #expect(left.isEmpty)
}

private let head = "##fileformat=VCFv4.2\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"

@Test("a writer that is let go leaves nothing behind", arguments: VariantWriter.Format.allCases)
func leavesNothing(format: VariantWriter.Format) throws {
    let folder = try TemporaryFolder()
    do {
        let writer = try VariantWriter(path: folder.path("o"), format: format, headerText: head)
        try writer.write(line: Array("1\t5\t.\tA\tC\t.\t.\t.".utf8))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
}

@Test("unsorted records have no index, and the message says so")
func refusesUnsorted() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("o.vcf.gz")
    let writer = try VariantWriter(path: path, format: .vcfGzip, headerText: head)
    for position in [500, 5] { try writer.write(line: Array("1\t\(position)\t.\tA\tC\t.\t.\t.".utf8)) }
    let error = #expect(throws: InputError.self) { try writer.close(makesIndex: true) }
    #expect(
        error?.description
            == "\(path): no index can be made; the records are not in order of contig and position. "
            + "Sort the input with `bcftools sort`.")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
}

@Test("an output in a folder that is not there is exit 73")
func refusesFolder() throws {
    let error = #expect(throws: InputError.self) {
        _ = try VariantWriter(path: "/no-such-folder/o.vcf", format: .vcf, headerText: head)
    }
    #expect(error?.exitCode == 73)
    #expect(
        error?.description
            == "/no-such-folder/o.vcf: the output cannot be created. Check the folder and its rights.")
}

@Test(
    "a pipe is written to and stays one; a link to a file stays a link",
    arguments: VariantWriter.Format.allCases)
func notReplaced(format: VariantWriter.Format) throws {
    let folder = try Scratch()
    let header = "##fileformat=VCFv4.2\n##contig=<ID=1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    let (pipe, out) = (folder.file("pipe"), folder.file("out"))
    #expect(try Tools.run("/bin/sh", ["-c", "mkfifo '\(pipe)'"]).status == 0)
    let reader = Process()
    reader.executableURL = URL(filePath: "/bin/sh")
    reader.arguments = ["-c", "timeout 20 cat '\(pipe)' > '\(out)'"]
    try reader.run()
    let file = try folder.write("old", to: "file"), link = folder.file("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    for path in [pipe, link] {
        let writer = try VariantWriter(path: path, format: format, headerText: header)
        try writer.write(line: Array("1\t5\t.\tA\tC\t.\t.\t.".utf8))
        try writer.close()
    }
    #expect(FileSystem.kind(of: pipe) == .stream)
    if FileSystem.kind(of: pipe) != .stream { reader.terminate() }
    reader.waitUntilExit()
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
    let written = try Data(contentsOf: URL(filePath: file))
    #expect(written.count > 50)
    #expect(try Data(contentsOf: URL(filePath: out)) == written)
}
