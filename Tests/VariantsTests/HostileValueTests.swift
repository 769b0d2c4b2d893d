import Testing
import Variants

/// Values that a file may hold and no caller writes: found by the fuzz targets.
private func record(
    alternate: String = "C", filter: String = "PASS", info: String = ".", samples: String = ""
) throws -> VCFRecord {
    try #require(VCFRecord(line: "1\t12\t.\tA\t\(alternate)\t.\t\(filter)\t\(info)\(samples)"))
}

private let bare = VCFHeader(text: "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")

@Test("reads in INFO beyond 32 bits are missing")
func readsBeyond32Bits() throws {
    let depths = ReadDepthDecoder(header: bare)
    let large = try record(info: "DP4=9e18,9e18,9e18,9e18")
    #expect(depths.call(large, alleleIndex: 1, sample: -1) == SampleCall())
    let tagged = ReadDepthDecoder(header: bare, tumorTags: DepthTags(depth: "TDP"))
    let roles = SampleRoles(tumor: nil, normal: nil, decidedBy: "")
    #expect(tagged.tumorCall(try record(info: "TDP=9e18"), alleleIndex: 1, roles: roles).depth == nil)
}

@Test("a negative number of reads is missing")
func negativeReads() throws {
    let header = VCFHeader(
        text: "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"x\">\n"
            + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT\n")
    let call = ReadDepthDecoder(header: header).call(
        try record(samples: "\tAD\t-5,3"), alleleIndex: 1, sample: 0)
    #expect(call == SampleCall(depth: nil, alternateDepth: 3))
}

@Test("an ALT that the record has not got has no reads", arguments: [0, 2])
func noSuchAllele(index: Int) throws {
    let depths = ReadDepthDecoder(header: bare, tumorTags: DepthTags(depth: "TDP"))
    let roles = SampleRoles(tumor: nil, normal: nil, decidedBy: "")
    #expect(depths.tumorCall(try record(info: "TDP=9,9"), alleleIndex: index, roles: roles) == SampleCall())
    #expect(depths.normalCall(try record(info: "CDP=9"), alleleIndex: index, roles: roles) == SampleCall())
}

@Test(
    "ends at the edge of 64 bits are no near ends",
    arguments: [("<DEL>", "END=-9223372036854775808"), ("[1:-9223372036854775808[A", ".")])
func farEnds(alternate: String, info: String) throws {
    let header = VCFHeader(
        text: "##FORMAT=<ID=VF,Number=1,Type=Integer,Description=\"x\">\n"
            + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT\n")
    let breakend = try record(alternate: alternate, info: info, samples: "\tVF:REF:REFPAIR\t3:4:5")
    let call = ReadDepthDecoder(header: header).call(breakend, alleleIndex: 1, sample: 0)
    #expect(call.alternateDepth == 3)
    #expect(call.depth == 12)
}

@Test(
    "FILTER with a stray separator is read as htslib reads it",
    arguments: [
        ("PASS;", ["PASS"], true, false), (";PASS", ["PASS"], true, false), ("q10;", ["q10"], false, false),
        (";", [], false, true), (".;", [], false, true), ("PASS", ["PASS"], true, false),
    ])
func looseFilter(filter: String, names: [String], isPass: Bool, isUnfiltered: Bool) throws {
    let record = try record(filter: filter)
    #expect(record.filters == names)
    #expect(record.isPass == isPass)
    #expect((record.filterState == .unfiltered) == isUnfiltered)
}
