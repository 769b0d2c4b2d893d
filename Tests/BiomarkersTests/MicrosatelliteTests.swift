import Biomarkers
import Testing

@Suite("Microsatellites")
struct MicrosatelliteTests {
    static func counter(
        _ genome: String, _ sequence: String, isDeletion: Bool = true, at position: Int, vaf: Double? = 0.3
    ) -> MicrosatelliteCounter {
        let letters = Array(genome.utf8)
        var counter = MicrosatelliteCounter()
        counter.add(Array(sequence.utf8), isDeletion: isDeletion, at: position, vaf: vaf) {
            letters.indices.contains($0) ? letters[$0] : UInt8(ascii: "N")
        }
        return counter
    }

    @Test(
        "the worked contexts, wherever the change is written",
        arguments: [
            ("GAAAAAAAC", "A", true, 1, 1), ("GAAAAAAAC", "A", true, 7, 1), ("GAAAAC", "A", true, 1, 0),
            ("GAAAAAC", "A", true, 3, 1), ("GCACACAT", "CA", true, 1, 0), ("GCACACACAT", "CA", true, 1, 2),
            ("GCACACACAT", "CACA", true, 1, 2), ("TCAGCAGCAGCAGT", "CAG", false, 1, 3),
            ("TCAGCAGCAGCAGT", "GCA", false, 6, 3), ("GACGTTACGTTACGTTACGTTC", "ACGTT", true, 1, 0),
            ("GAAAAAAAC", "T", false, 3, 0),
        ])
    func contexts(genome: String, sequence: String, isDeletion: Bool, position: Int, unit: Int) {
        let counter = Self.counter(genome, sequence, isDeletion: isDeletion, at: position)
        #expect(counter.indels == 1 && counter.atRepeats == (unit > 0 ? 1 : 0))
        if unit > 0 { #expect(counter.byUnit[unit - 1] == 1) }
        #expect(counter.insertions == (unit > 0 && !isDeletion ? 1 : 0))
    }

    @Test("few reads do not count, and what the reference does not know is told apart")
    func reads() {
        #expect(Self.counter("GAAAAAAAC", "A", at: 1, vaf: 0.0199).indels == 0)
        #expect(Self.counter("GAAAAAAAC", "A", at: 1, vaf: 0.02).atRepeats == 1)
        let unknown = Self.counter("GAAAAAAAC", "A", at: 1, vaf: nil)
        #expect(unknown.atRepeats == 1 && unknown.withoutFraction == 1)
        #expect(Self.counter("NAAAAAAAC", "A", at: 1).unknown == 1)
    }

    static func judged(_ indels: Int, _ change: (inout MicrosatelliteInstability.Context) -> Void = { _ in })
        -> MicrosatelliteInstability
    {
        var counter = MicrosatelliteCounter()
        for _ in 0..<indels { counter.merge(Self.counter("GAAAAAAAC", "A", at: 1)) }
        var context = MicrosatelliteInstability.Context()
        context.callableMegabases = 10
        change(&context)
        return MicrosatelliteInstability(counter, context)
    }

    @Test("4 per megabase is unstable, 2.5 uncertain; a weak input is never called unstable")
    func classes() {
        #expect(Self.judged(40).classification == "MSI" && Self.judged(39).classification == "uncertain")
        #expect(Self.judged(25).classification == "uncertain" && Self.judged(24).classification == "MSS")
        #expect(Self.judged(40).indelsPerMegabase == 4 && Self.judged(40).status == .ok)
        #expect(Self.judged(40) { $0.purity = 0.1 }.classification == "uncertain")
        #expect(Self.judged(1) { $0.purity = 0.1 }.classification == "uncertain")
        let alone = Self.judged(40) { $0.isTumorOnly = true }
        #expect(alone.classification == "uncertain" && alone.status == .lowConfidence)
        let human = Self.judged(40) { $0.callableMegabases = nil }
        #expect(
            human.classification == "MSS" && human.megabases == 2859 && human.denominatorSource == "fixed")
    }

    @Test("no indel, masked repeats and an exome are not computable")
    func notComputable() {
        #expect(Self.judged(0).status == .notComputable && Self.judged(0).classification == nil)
        var masked = MicrosatelliteCounter()
        for _ in 0..<50 { masked.merge(Self.counter("GACGTACGT", "C", at: 2)) }
        #expect(MicrosatelliteInstability(masked, .init()).status == .notComputable)
        let exome = Self.judged(40) { $0.codingFraction = 0.5 }
        #expect(exome.status == .notComputable && exome.statusReason.contains("50 %"))
    }
}
