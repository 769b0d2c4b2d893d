import Biomarkers
import Genome
import Testing
import Variants

@Suite("Events of chromosome arms")
struct ArmEventsTests {
    /// Whole chromosomes with `base` copies, and the arms that differ.
    static func events(_ changed: [String: [(share: Double, copies: Double)]], without missing: [String] = [])
        throws -> ArmEvents
    {
        var segments: [CopyNumberSegment] = []
        for number in 1...22 {
            let contig = Contig(String(number))
            let edges = try #require(Centromere.edges(.grch38, contig))
            let end = try #require(Assembly.grch38.length(of: contig))
            for (arm, range) in [("p", 0..<edges.shortArmEnd), ("q", (edges.longArmStart - 1)..<end)] {
                let name = "\(number)\(arm)"
                if missing.contains(name) { continue }
                var start = range.lowerBound
                for part in changed[name] ?? [(1, 2)] {
                    let stop = min(range.upperBound, start + Int(Double(range.count) * part.share))
                    segments.append(
                        CopyNumberSegment(
                            interval: GenomicInterval(contig: contig, zeroBased: start..<stop),
                            total: part.copies, minor: min(1, max(0, part.copies - 1))))
                    start = stop
                }
            }
        }
        return ArmEvents(CopyNumberProfile(segments), ploidy: 2, assembly: .grch38)
    }

    @Test("four fifths make an event, one fifth is none, between lies a part")
    func shares() throws {
        let events = try Self.events([
            "1p": [(0.81, 1), (0.19, 2)], "1q": [(0.5, 3), (0.5, 2)], "2p": [(0.19, 1), (0.81, 2)],
            "2q": [(0.9, 3), (0.1, 1)], "3p": [(0.7, 2)], "3q": [(1, 2.5)], "4q": [(1, 2.51)],
        ])
        let found = Dictionary(uniqueKeysWithValues: events.arms.map { ($0.arm, $0.event) })
        #expect(found["1p"] == .loss && found["1q"] == .partial && found["2p"] == .neutral)
        #expect(found["2q"] == .gain && found["3p"] == .notCovered)
        // Half a copy above the ploidy is no gain.
        #expect(found["3q"] == .neutral && found["4q"] == .gain)
        // The short arms of 13, 14, 15, 21 and 22 are not told.
        #expect(events.arms.count == 39 && found["13p"] == nil && found["13q"] == .neutral)
        let arm = try #require(events.arms.first)
        #expect(arm.lostFraction == 0.81 && arm.lohFraction == 0.81 && arm.meanCopyNumber == 1.19)
    }

    @Test("1p/19q and +7/-10 need both whole, and each arm covered")
    func pairs() throws {
        let loss = [(share: 1.0, copies: 1.0)], gain = [(share: 1.0, copies: 3.0)]
        #expect(try Self.events(["1p": loss, "19q": loss]).codeletion1p19q == .present)
        #expect(try Self.events(["1p": loss]).codeletion1p19q == .absent)
        #expect(try Self.events(["1p": loss], without: ["19q"]).codeletion1p19q == .undetermined)
        // What is absent in one arm is absent, whatever the other is.
        #expect(try Self.events([:], without: ["19q"]).codeletion1p19q == .absent)
        let both = ["7p": gain, "7q": gain, "10p": loss, "10q": loss]
        #expect(try Self.events(both).gain7Loss10 == .present)
        #expect(try Self.events(both.merging(["10p": [(0.5, 1), (0.5, 2)]]) { $1 }).gain7Loss10 == .absent)
    }
}
