import Foundation
import TestSupport
import Testing
import Variants

/// Callers' real files: the raw tags as `bcftools query` prints them, put together here by the caller's definition.
@Suite(.enabled(if: TestData.isAvailable && Tool.bcftools != nil))
struct CallerDepthTests {
    /// Alternate reads and depth, nil where the caller says nothing.
    struct Reads: Equatable { var alternate: Int?, depth: Int? }

    struct Source: CustomTestStringConvertible, Sendable {
        let file: String
        let caller: String?
        /// Raw tags, one bcftools expression each, without the brackets.
        let tags: [String]
        /// First ALT, whether the record is precise, tags → reads.
        let reads: @Sendable (VCFRecord, [String]) -> Reads
        var testDescription: String { file }
    }

    static func number(_ text: Substring?) -> Int? { text.flatMap { Int($0) } }
    static func list(_ text: String) -> [Int?] {
        text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    }

    /// `AD` of one ALT: the sum is the depth; with REF missing the caller's DP.
    static let alleleDepths: @Sendable (VCFRecord, [String]) -> Reads = { record, tags in
        let reads = list(tags[0])
        guard reads.count == record.alternateCount + 1, let alternate = reads[1] else {
            return Reads(alternate: nil, depth: Int(tags[1]))
        }
        let sum = reads.reduce(0) { $0 + ($1 ?? 0) }
        return Reads(alternate: alternate, depth: reads.contains(nil) ? Int(tags[1]) : sum)
    }

    static let sources: [Source] = [
        Source(
            file: "annotation/vcf2maf/test_mutect.vcf", caller: "MuTect", tags: ["AD", "DP"],
            reads: alleleDepths),
        Source(
            file: "annotation/vcf2maf/test_muse.vcf", caller: "MuSE", tags: ["AD", "DP"], reads: alleleDepths),
        Source(
            file: "oncology/callers/vcf2maf_test_mutect.vcf", caller: "MuTect", tags: ["AD", "DP"],
            reads: alleleDepths),
        Source(
            file: "oncology/callers/vcf2maf_test.vcf", caller: nil, tags: ["AD", "DP"], reads: alleleDepths),
        Source(
            file: "oncology/callers/vcf2maf_test_b38.vcf", caller: nil, tags: ["AD", "DP"],
            reads: alleleDepths),
        Source(
            file: "oncology/callers/ICAMS_Mutect.GRCh37.s1.vcf.gz", caller: "Mutect2", tags: ["AD", "DP"],
            reads: alleleDepths),
        Source(
            file: "oncology/callers/vcf2maf_test_strelka.vcf", caller: "Strelka2",
            tags: ["AU", "CU", "GU", "TU"], reads: strelka),
        Source(
            file: "annotation/vcf2maf/test_strelka.vcf", caller: "Strelka2", tags: ["AU", "CU", "GU", "TU"],
            reads: strelka),
        Source(
            file: "oncology/callers/ICAMS_Strelka.SBS.GRCh37.s1.vcf.gz", caller: "Strelka2",
            tags: ["AU", "CU", "GU", "TU"], reads: strelka),
        Source(
            file: "oncology/signatures/strelka_id/Strelka.ID.GRCh37.s1.vcf", caller: "Strelka2",
            tags: ["TIR{0}", "TAR{0}"]
        ) { _, tags in
            guard let alternate = Int(tags[0]), let other = Int(tags[1]) else { return Reads() }
            return Reads(alternate: alternate, depth: alternate + other)
        },
        Source(file: "oncology/callers/vcf2maf_test_varscan.vcf", caller: "VarScan2", tags: ["AD", "RD"]) {
            _, tags in
            guard let alternate = Int(tags[0]), let other = Int(tags[1]) else { return Reads() }
            return Reads(alternate: alternate, depth: alternate + other)
        },
        Source(
            file: "oncology/callers/sigprofiler_manta.vcf", caller: "Manta",
            tags: ["PR{0}", "PR{1}", "SR{0}", "SR{1}"]
        ) { _, tags in
            let values = tags.map { Int($0) }
            guard values[1] != nil || values[3] != nil else { return Reads() }
            return Reads(
                alternate: (values[1] ?? 0) + (values[3] ?? 0), depth: values.reduce(0) { $0 + ($1 ?? 0) })
        },
        Source(
            file: "oncology/callers/sigprofiler_delly.vcf", caller: "Delly", tags: ["DR", "DV", "RR", "RV"],
            reads: delly),
        Source(
            file: "oncology/callers/vcf2maf_test_delly.vcf", caller: "Delly", tags: ["DR", "DV", "RR", "RV"],
            reads: delly),
    ]

    static let strelka: @Sendable (VCFRecord, [String]) -> Reads = { record, tags in
        let tier1 = tags.map { Int($0.split(separator: ",")[0]) }
        guard let column = ["A", "C", "G", "T"].firstIndex(of: record.alternates[0]) else { return Reads() }
        return Reads(alternate: tier1[column], depth: tier1.reduce(0) { $0 + ($1 ?? 0) })
    }

    static let delly: @Sendable (VCFRecord, [String]) -> Reads = { record, tags in
        let values = tags.map { Int($0) ?? 0 }
        let pair = record.hasInfo("PRECISE") ? (values[2], values[3]) : (values[0], values[1])
        return Reads(alternate: pair.1, depth: pair.0 + pair.1)
    }

    @Test("depth and VAF are the caller's, in every record", arguments: sources)
    func everyRecord(source: Source) throws {
        let path = TestData.path(source.file)
        let file = try VCFText(path: path)
        #expect(file.header.callerName == source.caller)
        let decoder = ReadDepthDecoder(header: file.header)
        let expression = "[" + source.tags.map { "%\($0)" }.joined(separator: "\\t") + "\\n]"
        let samples = min(file.header.samples.count, 2)
        let rows = try Self.query(expression, file)
        try #require(rows.count == file.records.count * samples)
        var checked = 0
        for (index, record) in file.records.enumerated() {
            for sample in 0..<samples {
                // Indels, whose tags the header does not declare: see undeclaredTags.
                if source.tags[0] == "AU", !record.formatKeys.contains("AU") { continue }
                let want = source.reads(record, rows[index * samples + sample])
                let call = decoder.call(record, alleleIndex: 1, sample: sample)
                #expect(
                    Reads(alternate: call.alternateDepth, depth: call.depth) == want,
                    "\(record.key) \(sample)")
                guard let alternate = want.alternate, let depth = want.depth, depth > 0 else { continue }
                #expect(call.vaf == Double(alternate) / Double(depth), "\(record.key)")
                checked += 1
            }
        }
        #expect(checked > file.records.count / 2)
    }

    /// Rows of `bcftools query`, a row per record and sample; columns after the second sample are cut off, since
    /// some files carry annotation there.
    static func query(_ expression: String, _ file: VCFText) throws -> [[String]] {
        let bcftools = try #require(Tool.bcftools)
        let head = file.header.lines.map { "##\($0.key)=\($0.value)" }
        let columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"]
        let names = (columns + file.header.samples.prefix(2)).joined(separator: "\t")
        let body = file.records.map { $0.text(0..<$0.column(min($0.columnCount, 11) - 1).upperBound) }
        let text = (head + [names] + body).joined(separator: "\n") + "\n"
        return try Tool.withFolder { folder in
            let path = folder.appending(path: "in.vcf")
            try Data(text.utf8).write(to: path)
            let output = try Tool.run(bcftools, ["query", "-f", expression, path.path])
            return output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        }
    }

    @Test("a joined Strelka2 file's indels are decoded, though its header does not declare their tags")
    func undeclaredTags() throws {
        let file = try VCFText(path: TestData.path("oncology/callers/vcf2maf_test_strelka.vcf"))
        let decoder = ReadDepthDecoder(header: file.header)
        let indels = file.records.filter { $0.formatKeys.contains("TIR") }
        #expect(indels.count == 7)
        let tumor = indels.map { decoder.call($0, alleleIndex: 1, sample: 1) }
        #expect(tumor.map(\.alternateDepth) == [57, 32, 72, 40, 64, 25, 664])  // TIR, first number
        #expect(tumor.map(\.depth) == [76, 98, 96, 40, 64, 76, 4432])  // with TAR, first number
    }

    @Test("VarScan's own FREQ agrees to its two decimals")
    func varScanFrequency() throws {
        let file = try VCFText(path: TestData.path("oncology/callers/vcf2maf_test_varscan.vcf"))
        let decoder = ReadDepthDecoder(header: file.header)
        for record in file.records {
            for sample in 0..<2 {
                let call = decoder.call(record, alleleIndex: 1, sample: sample)
                guard let stated = record.formatNumbers("FREQ", sample: sample).first ?? nil,
                    let vaf = call.vaf
                else { continue }
                #expect(abs(stated - vaf) <= 0.0001, "\(record.key)")
            }
        }
    }

    @Test("ESVEE's INFO AF is the tumor's, REFPAIR left out of short events")
    func esvee() throws {
        let file = try VCFText(path: TestData.path("oncology/colo829_hartwig/tumor_sample.purple.sv.vcf"))
        #expect(file.header.callerName == "ESVEE")
        let decoder = ReadDepthDecoder(header: file.header)
        var checked = 0
        for record in file.records {
            let call = decoder.call(record, alleleIndex: 1, sample: 1)
            guard let stated = record.infoNumbers("AF").first ?? nil, let vaf = call.vaf else { continue }
            #expect(abs(stated - vaf) < 0.0011, "\(record.key) \(record.info("SVTYPE") ?? "")")
            checked += 1
        }
        #expect(checked > 500)
    }

    @Test("PCGR's joined column gives the tumor from ADT and the control's depth from DPC")
    func pcgr() throws {
        let path = TestData.path("oncology/pcgr/T001-BRCA.grch38.vcf.gz")
        let file = try VCFText(path: path)
        let roles = try SampleRoles.decide(file: "T001", header: file.header)
        #expect(roles.isJoined && roles.tumor == 0 && roles.normal == nil)
        let decoder = ReadDepthDecoder(header: file.header)
        let rows = try Self.query("%TVAF\\t%TDP[\\t%DPC\\t%ADT]\\n", file)
        #expect(rows.count == file.records.count)
        for (record, row) in zip(file.records, rows) {
            let tumor = decoder.tumorCall(record, alleleIndex: 1, roles: roles)
            let normal = decoder.normalCall(record, alleleIndex: 1, roles: roles)
            let vaf = try #require(tumor.vaf), stated = try #require(Double(row[0]))
            #expect(abs(vaf - stated) < 0.0001, "\(record.key)")
            let reads = Self.list(row[3])
            #expect(tumor.alternateDepth == reads[1] && tumor.depth == (reads[0] ?? 0) + (reads[1] ?? 0))
            let total = try #require(Int(row[1]))  // TDP counts reads of third alleles too
            #expect((tumor.depth ?? 0) <= total && (tumor.depth ?? 0) >= total - 20, "\(record.key)")
            #expect(normal.depth == Int(row[2]), "\(record.key)")
            #expect(normal.alternateDepth == nil, "\(record.key)")
        }
    }
}
