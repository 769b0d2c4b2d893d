import Testing
import Variants

@testable import Pipeline

@Test("a record is repeated where one before it at its position has its alleles and a filter as good")
func repeatedRecords() throws {
    // Position, ALT, whether it passes, whether it was there.
    let rows: [(Int, String, Bool, Bool)] = [
        (0, "C", true, false), (0, "C", true, true), (5, "C", false, false), (5, "C", true, false),
        (5, "C", true, true), (5, "G", true, false), (5, "T", true, false), (5, "G", false, true),
        (5, "T", true, true), (6, "<DEL>", true, false), (6, "<DEL>", true, false), (7, "C", true, false),
        (6, "G", true, false),
    ]
    var repeated = RepeatedRecords()
    for (position, alternate, isPass, expected) in rows {
        let record = try #require(VCFRecord(line: "chr1\t\(position)\t.\tA\t\(alternate)\t.\t.\t."))
        let isRepeated = repeated.isRepeated(record, isPass: isPass)
        #expect(isRepeated == expected, "\(position) \(alternate)")
    }
    repeated.reset()
    let record = try #require(VCFRecord(line: "chr1\t6\t.\tA\tG\t.\t.\t."))
    let isRepeated = repeated.isRepeated(record, isPass: true)
    #expect(!isRepeated)
}
