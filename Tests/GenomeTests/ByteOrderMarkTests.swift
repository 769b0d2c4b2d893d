import Genome
import Testing

@Suite struct ByteOrderMarkTests {
    @Test(
        "one mark before the text is taken off, and nothing else",
        arguments: [
            ([0xEF, 0xBB, 0xBF, 0x41], [0x41]), ([0xEF, 0xBB, 0x41], [0xEF, 0xBB, 0x41]), ([], []),
            ([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF], [0xEF, 0xBB, 0xBF]), ([0xEF, 0xBB, 0xBF], []),
            ([0x41, 0xEF, 0xBB, 0xBF], [0x41, 0xEF, 0xBB, 0xBF]),
        ] as [([UInt8], [UInt8])])
    func mark(bytes: [UInt8], text: [UInt8]) {
        #expect(Array(bytes.withoutMark) == text)
        #expect(bytes.beginsWithMark == (bytes.count > text.count))
    }
}
