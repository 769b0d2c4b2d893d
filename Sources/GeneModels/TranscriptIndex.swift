// Which transcripts lie at a place of a contig?
//
// The transcripts of a contig are sorted by start, so those before a place are a prefix of the array. Two ways:
//
//     sweep     input sorted by position: a list of transcripts that are open, to which each new start is added and
//               from which each passed end is removed. A step costs what it reports.
//     tree      any order: the sorted array itself is read as a balanced search tree, and each node knows the
//               greatest end below it. O(log t + hits).
//
//     index   0   1   2   3   4   5   6         level 0: even indices, level 1: 1 5, level 2: 3
//             └─ 1 ─┘   └─ 5 ─┘
//                 └── 3 ──┘
//
// Not done: overlap with exons; the caller looks at these itself.

/// Finds the transcripts of one contig that overlap a range.
///
/// - Coordinates: 0-based, half-open; an empty range is an insertion point and meets a transcript it touches.
/// - Source: the implicit tree is that of Li and Rong, Bioinformatics 2021;37:1315.
public struct TranscriptIndex: Sendable {
    private let starts: [Int32]
    private let ends: [Int32]
    private let greatestEnds: [Int32]
    private let first: Int
    private let topLevel: Int
    /// Transcripts reach this much farther to both sides.
    private let reach: Int

    // The sweep.
    private var next = 0
    private var lastStart = Int.min
    private var open: [Int32] = []
    private var nearestEnd = Int.max

    /// An index of a contig's transcripts, each of which reaches `reach` bases farther to both sides.
    public init(_ model: GeneModel, contig number: Int, reach: Int = 0) {
        let range = model.transcripts(ofContig: number)
        first = range.lowerBound
        self.reach = reach
        starts = model.transcripts[range].map { Int32(clamping: Int($0.start) - reach) }
        ends = model.transcripts[range].map { Int32(clamping: Int($0.end) + reach) }
        var greatest = ends
        topLevel = Self.fill(&greatest, ends)
        greatestEnds = greatest
    }

    /// Gives each node the greatest end of its subtree; returns the level of the root.
    private static func fill(_ greatest: inout [Int32], _ ends: [Int32]) -> Int {
        let count = ends.count
        guard count > 0 else { return -1 }
        var lastIndex = (count - 1) & ~1
        var last = ends[lastIndex]
        var level = 1
        while 1 << level <= count {
            let half = 1 << (level - 1)
            for node in stride(from: (half << 1) - 1, to: count, by: half << 2) {
                let right = node + half < count ? greatest[node + half] : last
                greatest[node] = max(ends[node], greatest[node - half], right)
            }
            lastIndex = (lastIndex >> level) & 1 == 1 ? lastIndex - half : lastIndex + half
            if lastIndex < count { last = max(last, greatest[lastIndex]) }
            level += 1
        }
        return level - 1
    }

    // MARK: Sorted input

    /// Calls `body` with the number of each transcript that meets the range, in the order of the model, where
    /// ranges mostly come in ascending order of their starts; one that does not starts the sweep anew.
    @inlinable
    public mutating func sweep(_ range: Range<Int>, _ body: (Int) -> Void) {
        advance(to: range)
        for place in 0..<openCount where meets(place, range) { body(transcript(place)) }
    }

    /// How many transcripts are open at the sweep's place; see ``advance(to:)``.
    public var openCount: Int { open.count }

    /// The number of an open transcript.
    public func transcript(_ place: Int) -> Int { first + Int(open[place]) }

    /// Whether an open transcript meets the range.
    public func meets(_ place: Int, _ range: Range<Int>) -> Bool {
        let index = Int(open[place])
        return Int(starts[index]) <= range.upperBound && Int(ends[index]) >= range.lowerBound
    }

    /// Moves the sweep: all transcripts that meet `range` are open afterwards.
    public mutating func advance(to range: Range<Int>) {
        if range.lowerBound < lastStart { (next, nearestEnd) = restart() }
        lastStart = range.lowerBound
        if nearestEnd < range.lowerBound { close(before: range.lowerBound) }
        while next < starts.count, Int(starts[next]) <= range.upperBound {
            if Int(ends[next]) >= range.lowerBound {
                open.append(Int32(next))
                nearestEnd = min(nearestEnd, Int(ends[next]))
            }
            next += 1
        }
    }

    private mutating func restart() -> (Int, Int) {
        open.removeAll(keepingCapacity: true)
        return (0, Int.max)
    }

    private mutating func close(before position: Int) {
        var kept = 0
        nearestEnd = Int.max
        for place in open.indices {
            let end = Int(ends[Int(open[place])])
            guard end >= position else { continue }
            open[kept] = open[place]
            kept += 1
            nearestEnd = min(nearestEnd, end)
        }
        open.removeLast(open.count - kept)
    }

    // MARK: Any order

    /// Appends the numbers of the transcripts that meet the range, in the order of the model.
    public func find(_ range: Range<Int>, into found: inout [Int]) {
        guard topLevel >= 0 else { return }
        let begin = found.count
        search((1 << topLevel) - 1, topLevel, range, &found)
        if found.count - begin > 1 { found[begin...].sort() }
    }

    private func search(_ node: Int, _ level: Int, _ range: Range<Int>, _ found: inout [Int]) {
        if level <= 3 {
            let low = (node >> level) << level
            for index in low..<min(low + (1 << (level + 1)) - 1, starts.count) {
                guard Int(starts[index]) <= range.upperBound else { break }
                if Int(ends[index]) >= range.lowerBound { found.append(first + index) }
            }
            return
        }
        let half = 1 << (level - 1)
        let left = node - half
        if left >= starts.count || Int(greatestEnds[left]) >= range.lowerBound {
            search(left, level - 1, range, &found)
        }
        guard node < starts.count, Int(starts[node]) <= range.upperBound else { return }
        if Int(ends[node]) >= range.lowerBound { found.append(first + node) }
        search(node + half, level - 1, range, &found)
    }
}
