import Genome
import TestSupport
import Testing

@Suite("Packed bases")
struct ContigSequenceTests {
    @Test("codes come back, at their place; all else is unknown")
    func codes() {
        let sequence = ContigSequence(start: 10, letters: "acGTNRu".utf8)
        #expect(sequence.range == 10..<17)
        #expect((9...17).map { sequence.code(at: $0) } == [4, 0, 1, 2, 3, 4, 4, 3, 4])
        for position in 8...18 {
            let codes = sequence.codes(around: position)
            #expect(
                [codes.before, codes.own, codes.behind]
                    == (-1...1).map { sequence.code(at: position + $0) })
        }
        #expect(
            "ACGT".utf8.map { BaseCode.letter(BaseCode.complement(BaseCode.code($0))) } == Array("TGCA".utf8))
        #expect(BaseCode.complement(BaseCode.unknown) == BaseCode.unknown)
    }

    @Test("lines of any length give the same as the whole")
    func lines() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<50 {
            let letters = (0..<Int.random(in: 0...90, using: &generator)).map { _ in
                "ACGTN".utf8.randomElement(using: &generator) ?? 65
            }
            var packer = ContigSequence.Packer(start: 5)
            var rest = letters[...]
            while !rest.isEmpty {
                let line = rest.prefix(Int.random(in: 1...13, using: &generator))
                packer.append(line)
                rest = rest.dropFirst(line.count)
            }
            let sequence = packer.finish()
            #expect(sequence.range.map { BaseCode.letter(sequence.code(at: $0)) } == letters)
        }
    }
}
