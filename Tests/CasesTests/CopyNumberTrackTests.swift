import Cases
import Genome
import Testing
import Variants

@Suite("The track of copy numbers")
struct CopyNumberTrackTests {
    private static func segment(_ start: Int, _ end: Int, _ total: Double?, _ minor: Double?)
        -> CopyNumberSegment
    {
        CopyNumberSegment(
            interval: GenomicInterval(contig: Contig("7"), zeroBased: start..<end), total: total, minor: minor
        )
    }

    @Test("neighbors of the same copies are one, gaps and changes part them, what is not known is not there")
    func joined() {
        let track = CopyNumberTrack(
            CopyNumberProfile([
                Self.segment(0, 10, 2.001, 1), Self.segment(10, 20, 1.999, 0.999), Self.segment(25, 30, 2, 1),
                Self.segment(30, 40, 2, nil), Self.segment(40, 50, nil, nil), Self.segment(50, 60, 3.456, 0),
            ]))
        let told = track.segments.map { segment in
            "\(segment.start)-\(segment.end) \(segment.total) \(segment.minor ?? -1)"
        }
        #expect(told == ["1-20 2.0 1.0", "26-30 2.0 1.0", "31-40 2.0 -1.0", "51-60 3.46 0.0"])
        #expect(track.leftOut == 0)
        #expect(track.values.map(\.interval.range) == [0..<20, 25..<30, 30..<40, 50..<60])
    }

    @Test("of too many segments the shortest are left out and counted")
    func many() {
        var segments: [CopyNumberSegment] = []
        for number in 0..<6000 {
            let start = number * 1000
            segments.append(Self.segment(start, start + (number < 1200 ? 10 : 900), Double(number % 2), 0))
        }
        let track = CopyNumberTrack(CopyNumberProfile(segments))
        #expect(track.segments.count == 4800 && track.leftOut == 1200)
    }
}
