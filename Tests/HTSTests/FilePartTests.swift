import Foundation
import Genome
import HTS
import TestSupport
import Testing
import Variants

/// A sorted file of three contigs, with an index.
private func generated(_ folder: TemporaryFolder, seed: UInt64, binary: Bool = false) throws -> String {
    var random = SeededGenerator(seed: seed)
    let path = folder.path(binary ? "\(seed).bcf" : "\(seed).vcf.gz")
    let lengths = ["chr1": 3_000_000, "chr2": 500_000, "chrX": 1_000_000]
    let names = ["chr1", "chr2", "chrX"]
    let header =
        "##fileformat=VCFv4.2\n"
        + names.map { "##contig=<ID=\($0),length=\(lengths[$0] ?? 0)>\n" }.joined()
        + "##INFO=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    let writer = try VariantWriter(path: path, format: binary ? .bcf : .vcfGzip, headerText: header)
    for name in names {
        var position = 0
        while true {
            // A wide gap now and then leaves stretches without a record.
            position += Int.random(
                in: 1...(Int.random(in: 0..<40, using: &random) == 0 ? 90_000 : 700), using: &random)
            guard position < lengths[name] ?? 0 else { break }
            try writer.write(line: "\(name)\t\(position)\t.\tA\tC\t.\tPASS\tDP=\(position % 90)".utf8)
        }
    }
    try writer.close(makesIndex: true)
    return path
}

/// The keys of the records, in all and by part, with each part's edges.
private func keys(_ path: String, _ part: FilePart? = nil) throws -> (keys: [String], edges: PartEdges) {
    let reader = try VariantReader(path: path, part: part)
    var record = VCFRecord()
    var keys: [String] = []
    while try reader.next(into: &record) { keys.append(record.key) }
    return (keys, reader.edges)
}

@Suite("Parts of a file")
struct FilePartTests {
    @Test(
        "the parts of a file hold its records, each once and in order",
        arguments: [1, 2, 3, 7, 40], [false, true])
    func cover(cuts: Int, binary: Bool) throws {
        let folder = try TemporaryFolder()
        let path = try generated(folder, seed: UInt64(cuts), binary: binary)
        let whole = try keys(path)
        let parts = try #require(try VariantReader(path: path).parts(cuts: cuts))
        #expect(cuts == 1 ? parts.count == 3 : parts.count > 3)
        let read = try parts.map { try keys(path, $0) }
        #expect(read.flatMap(\.keys) == whole.keys)
        #expect(PartEdges.cover(read.map(\.edges), from: whole.edges.first))
        #expect(!PartEdges.cover(read.dropFirst().map(\.edges), from: whole.edges.first))
        #expect(!PartEdges.cover(read.dropLast().map(\.edges), from: whole.edges.first))
        if read.count > 3 {
            #expect(!PartEdges.cover((read[..<1] + read[2...]).map(\.edges), from: whole.edges.first))
        }
    }

    @Test("an index of another file does not pass for this one's")
    func foreignIndex() throws {
        let folder = try TemporaryFolder()
        let path = try generated(folder, seed: 1), other = try generated(folder, seed: 2)
        try FileManager.default.removeItem(atPath: path + ".tbi")
        try FileManager.default.copyItem(atPath: other + ".tbi", toPath: path + ".tbi")
        try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path + ".tbi")
        #expect(try !VariantReader(path: path).fitsIndex() && VariantReader(path: other).fitsIndex())
        let whole = try keys(path)
        let parts = try #require(try VariantReader(path: path).parts())
        let read = parts.map { try? keys(path, $0) }
        #expect(
            read.contains { $0 == nil }
                || !PartEdges.cover(read.map { $0?.edges ?? PartEdges() }, from: whole.edges.first))
    }

    @Test(
        "an index that knows a part of the file alone does not fit", arguments: [false, true])
    func partialIndex(binary: Bool) throws {
        let folder = try TemporaryFolder()
        let path = try generated(folder, seed: 4, binary: binary)
        #expect(try VariantReader(path: path).fitsIndex())
        let index = binary ? ".csi" : ".tbi"
        let kept = folder.path("kept" + index)
        try FileManager.default.copyItem(atPath: path + index, toPath: kept)
        let lines = try keys(path).keys.count
        for (name, first, last) in [("grown", 0, 3), ("begins earlier", 3, 0)] {
            // The index of a file that lacks the last, or the first, records is laid beside the whole one.
            let short = folder.path(name + (binary ? ".bcf" : ".vcf.gz"))
            let whole = try VariantReader(path: path)
            let writer = try VariantWriter(
                path: short, format: binary ? .bcf : .vcfGzip, headerText: whole.headerText)
            var record = VCFRecord()
            var number = 0
            while try whole.next(into: &record) {
                number += 1
                if number > first, number <= lines - last { try writer.write(line: record.bytes) }
            }
            try writer.close(makesIndex: true)
            #expect(try VariantReader(path: short).fitsIndex())
            try FileManager.default.removeItem(atPath: path + index)
            try FileManager.default.copyItem(atPath: short + index, toPath: path + index)
            try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path + index)
            #expect(try !VariantReader(path: path).fitsIndex(), "\(name)")
        }
    }

    @Test("an index fits where a contig of the header has no record", arguments: [false, true])
    func emptyContig(binary: Bool) throws {
        let folder = try TemporaryFolder()
        let path = folder.path(binary ? "a.bcf" : "a.vcf.gz")
        let writer = try VariantWriter(
            path: path, format: binary ? .bcf : .vcfGzip,
            headerText: """
                ##fileformat=VCFv4.2
                ##contig=<ID=MT,length=16569>
                ##contig=<ID=1,length=1000>
                ##contig=<ID=2,length=1000>
                ##contig=<ID=3,length=1000>
                ##contig=<ID=4,length=1000>
                #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO

                """)
        for contig in ["1", "3"] {
            for place in 1...9 { try writer.write(line: "\(contig)\t\(place)\t.\tA\tC\t.\t.\t.".utf8) }
        }
        try writer.close(makesIndex: true)
        #expect(try VariantReader(path: path).fitsIndex())
        let cut = folder.path("b" + (binary ? ".bcf" : ".vcf.gz")), index = binary ? ".csi" : ".tbi"
        try FileManager.default.copyItem(atPath: path, toPath: cut)
        let short = try VariantWriter(
            path: cut, format: binary ? .bcf : .vcfGzip,
            headerText: try VariantReader(path: path).headerText)
        for place in 1...9 { try short.write(line: "1\t\(place)\t.\tA\tC\t.\t.\t.".utf8) }
        try short.close(makesIndex: true)
        try FileManager.default.removeItem(atPath: path + index)
        try FileManager.default.copyItem(atPath: cut + index, toPath: path + index)
        try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path + index)
        #expect(try !VariantReader(path: path).fitsIndex())
    }

    @Test("undeclared names are counted once each, however many parts a file is read in")
    func gaps() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a.vcf.gz")
        let writer = try VariantWriter(
            path: path, format: .vcfGzip,
            headerText: "##fileformat=VCFv4.2\n##contig=<ID=1,length=9000>\n##contig=<ID=2,length=9000>\n"
                + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
        for contig in 1...2 {
            for position in 1...300 {
                try writer.write(line: "\(contig)\t\(position * 30)\t.\tA\tC\t.\tPASS\tXX=1".utf8)
            }
        }
        try writer.close(makesIndex: true)
        for cuts in [1, 4] {
            let parts = try #require(try VariantReader(path: path).parts(cuts: cuts))
            var gaps: HeaderGaps?
            for part in parts {
                let reader = try VariantReader(path: path, part: part)
                var record = VCFRecord()
                while try reader.next(into: &record) {}
                if gaps == nil { gaps = reader.headerGaps } else { gaps?.merge(reader.headerGaps) }
            }
            #expect(gaps?.warnings == ["INFO tag XX is not declared in the header (600 records)"])
        }
    }

    @Test("there are no parts without an index, or with one older than the file")
    func noParts() throws {
        let folder = try TemporaryFolder()
        let path = try generated(folder, seed: 3)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path + ".tbi")
        #expect(try VariantReader(path: path).parts() == nil)
        try FileManager.default.removeItem(atPath: path + ".tbi")
        #expect(try VariantReader(path: path).parts() == nil)
    }

    @Test(
        "regions of a file that is cut off are an error, not a stretch without records",
        arguments: [false, true])
    func cutOff(binary: Bool) throws {
        let folder = try TemporaryFolder()
        let path = try generated(folder, seed: 4, binary: binary)
        let index = path + (binary ? ".csi" : ".tbi")
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes.removeLast(28)
        try bytes.write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: index)
        let first = GenomicInterval(contig: Contig("chr1"), oneBased: 1...2000)
        let failure = #expect(throws: InputError.self) { try VariantReader(path: path, regions: [first]) }
        #expect(failure?.problem == "the file ends without the BGZF end marker; it is probably cut off")
    }
}
