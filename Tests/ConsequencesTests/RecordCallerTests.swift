import Consequences
import GeneModels
import Genome
import Testing
import Variants

@Suite("Records and their REF")
struct RecordCallerTests {
    private struct OneContig: ReferenceSequence {
        let letters: [UInt8]

        func length(of contig: Contig) -> Int? { letters.count }

        mutating func bases(of contig: Contig, in range: Range<Int>) -> [UInt8]? {
            Array(letters[range.clamped(to: 0..<letters.count)])
        }
    }

    @Test(
        "the caller and the normalizer have one rule for REF",
        arguments: [
            ("A", true), ("a", true), ("C", false), ("R", true), ("Y", false), ("N", true), ("ACGT", true),
            ("MSKW", true), ("ACGTR", true), ("ACGTN", true), ("ACGTAT", true), ("ACGTAr", false),
            ("VDBH", false),
            ("RYRYNs", false), ("RYRYNk", true), ("U", false), ("*", false), ("ACGT.", false),
        ])
    func rule(reference: String, matches: Bool) throws {
        // The fifth base of the genome is unknown.
        let genome = Array("acgtNT".utf8)
        let record = try #require(VCFRecord(line: "1\t1\t.\t\(reference)\tG\t.\t.\t."))
        let model = GeneModel()
        var caller = RecordCaller(model: model, choice: TranscriptChoice(model))
        caller.enter(Contig("1"), sequence: ContigSequence(letters: genome))
        #expect(caller.sequence.matches(record) == matches)
        var source = OneContig(letters: genome)
        let check = try AlleleNormalizer.check(record, on: Contig("1"), reference: &source)
        #expect((check == .matches) == matches)
        var sample = ReferenceSample()
        sample.add(record)
        #expect(try sample.agreement(with: &source).differing == (matches ? 0 : 1))
    }

    @Test("bases outside the contig are not there")
    func outside() throws {
        let model = GeneModel()
        var caller = RecordCaller(model: model, choice: TranscriptChoice(model))
        caller.enter(Contig("1"), sequence: ContigSequence(letters: Array("ACGT".utf8)))
        for (reference, matches) in [("T", true), ("TA", false), ("TR", false), ("TN", true)] {
            let record = try #require(VCFRecord(line: "1\t4\t.\t\(reference)\tG\t.\t.\t."))
            #expect(caller.sequence.matches(record) == matches, "\(reference)")
        }
    }
}
