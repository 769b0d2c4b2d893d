import Testing
import Variants

@Suite("Insertions and deletions to the left")
struct LeftRollTests {
    private static func roll(
        _ bases: String, at position: Int, in reference: String, limit: Int = .max
    ) -> (String, Int) {
        let letters = Array(reference.utf8)
        var (bases, position) = (Array(bases.utf8), position)
        LeftRoll.roll(&bases, at: &position, limit: limit) {
            letters.indices.contains($0) ? letters[$0] : nil
        }
        return (String(decoding: bases, as: UTF8.self), position)
    }

    @Test(
        "bases rotate with each step, up to the first base of the contig, a base that is not known, or the limit"
    )
    func cases() {
        #expect(Self.roll("A", at: 4, in: "GAAAAC") == ("A", 1))
        #expect(Self.roll("CA", at: 5, in: "TCACACG") == ("CA", 1))
        #expect(Self.roll("AC", at: 4, in: "TCACACG") == ("CA", 1))
        #expect(Self.roll("AA", at: 3, in: "AAAAC") == ("AA", 0))
        #expect(Self.roll("A", at: 4, in: "ANAAC") == ("A", 2))
        #expect(Self.roll("AC", at: 4, in: "TCACACG", limit: 2) == ("AC", 2))
        #expect(Self.roll("G", at: 3, in: "TCACACG") == ("G", 3))
        #expect(Self.roll("", at: 3, in: "TCA") == ("", 3))
    }

    @Test("the change stays the same, and cannot be written further left", arguments: 0..<50)
    func property(seed: UInt64) {
        var state = seed &* 6_364_136_223_846_793_005 &+ 1
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        let reference = (0..<40).map { _ in ["A", "C"][next(2)] }.joined()
        let start = 5 + next(25), length = 1 + next(6)
        let letters = Array(reference)
        let deleted = String(letters[start..<(start + length)])
        let (bases, position) = Self.roll(deleted, at: start, in: reference)
        func without(_ first: Int) -> String { String(letters[..<first] + letters[(first + length)...]) }
        #expect(without(position) == without(start), "seed \(seed)")
        #expect(String(letters[position..<(position + length)]) == bases, "seed \(seed)")
        #expect(position == 0 || without(position - 1) != without(start), "seed \(seed)")
    }
}
