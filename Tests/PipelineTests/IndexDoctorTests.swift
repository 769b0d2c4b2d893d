import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Doctor and indexes", .enabled(if: Tools.canCompare))
struct IndexDoctorTests {
    private static let header = """
        ##fileformat=VCFv4.2
        ##contig=<ID=chr1,length=248956422>
        ##contig=<ID=chr2,length=242193529>
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO

        """

    /// A compressed file of records every so many bases, with its index.
    private static func indexed(
        _ folder: borrowing TemporaryFolder, _ name: String, records: Int, every step: Int
    ) throws -> String {
        var text = header
        for contig in ["chr1", "chr2"] {
            for number in 0..<records {
                text += "\(contig)\t\(100 + number * step)\t.\tA\tC\t.\tPASS\t.\n"
            }
        }
        let path = folder.path(name)
        _ = try Tools.bcftools("view", "-Oz", "-o", path, try folder.write(name + ".txt", text))
        _ = try Tools.bcftools("index", "-f", "-t", path)
        return path
    }

    @Test("an index is present, or unfit where it is damaged or another file's; the file stays usable")
    func states() throws {
        let folder = try TemporaryFolder()
        let path = try Self.indexed(folder, "own.vcf.gz", records: 400, every: 100)
        let other = try Self.indexed(folder, "other.vcf.gz", records: 4, every: 30_000)
        let empty = try Self.indexed(folder, "empty.vcf.gz", records: 0, every: 1)
        for fitting in [path, other, empty] {
            let found = Doctor.examine(fitting)
            #expect(found.index == "present" && found.problems.isEmpty, "\(found.text)")
        }
        let index = URL(filePath: path + ".tbi")
        for bytes in [try Data(contentsOf: URL(filePath: other + ".tbi")), Data("TBI".utf8), Data()] {
            try bytes.write(to: index)
            let found = Doctor.examine(path)
            #expect(found.index == "unfit" && found.usable && found.records == 800)
            #expect(found.problems.map(\.severity) == ["warning"], "\(found.text)")
            #expect(found.text.contains("is that of another file"))
        }
    }
}
