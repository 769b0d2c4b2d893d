import Foundation
import HTS
import TestSupport
import Testing
import Variants

/// Every VCF of the outside data that stands for real or well-formed input.
let files: [String] = {
    guard TestData.isAvailable, let folder = TestData.folder else { return [] }
    let roots = [
        "oncology/callers", "oncology/pcgr", "oncology/colo829_hartwig", "annotation/bcftools",
        "annotation/htslib",
        "annotation/vcf2maf", "annotation/clinvar", "annotation/edge-grid",
        "annotation/hts-specs/vcf/4.2/passed",
        "annotation/hts-specs/examples",
    ]
    var found: [String] = []
    for root in roots {
        guard let paths = FileManager.default.enumerator(atPath: folder.appending(path: root).path) else {
            continue
        }
        for case let path as String in paths
        where [".vcf", ".vcf.gz", ".bcf"].contains(where: path.hasSuffix) {
            found.append("\(root)/\(path)")
        }
    }
    return found.sorted()
}()

/// Files that `bcftools query` of fixed columns reads to the end and we refuse, and why.
private let knownDifferences: [String: String] = [
    "oncology/callers/ICAMS_Strelka.SBS.GRCh37.s1.vcf.gz":
        "columns of no sample follow the samples; `bcftools view`, which looks at FORMAT, stops there too"
]

/// The rows that we read: CHROM, POS, REF, ALT.
func rows(_ path: String) throws -> [String] {
    let reader = try VariantReader(path: path)
    var record = VCFRecord()
    var rows: [String] = []
    while try reader.next(into: &record) {
        rows.append(
            [record.contigName, "\(record.position + 1)", record.reference, record.text(record.column(4))]
                .joined(separator: "\t"))
    }
    #expect(reader.recordCount == rows.count)
    return rows
}

@Test("the outside data are found", .enabled(if: Tools.canCompare))
func findsFiles() {
    #expect(files.count > 100)
}

@Test(
    "a file that bcftools reads to its end gives the same rows", .enabled(if: Tools.canCompare),
    arguments: files)
func sameRows(file: String) throws {
    let path = TestData.path(file)
    let expected = try Tools.bcftools("query", "-f", "%CHROM\\t%POS\\t%REF\\t%ALT\\n", path)
    guard expected.status == 0 else {
        // What bcftools refuses we refuse too.
        #expect(throws: (any Error).self) { try rows(path) }
        return
    }
    if knownDifferences[file] != nil {
        #expect(throws: (any Error).self) { try rows(path) }
        #expect(try Tools.bcftools("view", "-H", path).status != 0)
        return
    }
    #expect(try rows(path) == expected.lines)
}

@Test("a file and its BCF give the same lines", .enabled(if: Tools.canCompare), arguments: files)
func sameAsBCF(file: String) throws {
    let folder = try TemporaryFolder()
    let binary = folder.path("a.bcf")
    guard try Tools.bcftools("view", "--no-version", "-Ob", "-o", binary, TestData.path(file)).status == 0
    else { return }
    #expect(try rows(binary) == rows(TestData.path(file)))
    // Every column is as bcftools prints it.
    let text = try Tools.bcftools("view", "-H", binary)
    let reader = try VariantReader(path: binary)
    #expect(reader.format == .bcf && reader.compression == .bgzf)
    var record = VCFRecord()
    var lines: [String] = []
    while try reader.next(into: &record) { lines.append(String(decoding: record.bytes, as: UTF8.self)) }
    #expect(lines == text.lines)
}

@Test("the header's samples and contigs are bcftools'", .enabled(if: Tools.canCompare), arguments: files)
func sameSamples(file: String) throws {
    let expected = try Tools.bcftools("query", "-l", TestData.path(file))
    guard expected.status == 0 else { return }
    #expect(try VariantReader(path: TestData.path(file)).header.samples == expected.lines)
}
