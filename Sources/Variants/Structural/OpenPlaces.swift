internal import Genome

/// Breakend records without a mate, to be asked which lies nearest to where another points.
///
/// Records of one pair of contigs and sides are sorted by their place and then by where they point. A search looks at each base within
/// the slack by bisection, so many records at one place cost no more than one.
struct OpenPlaces {
    private struct Key: Hashable {
        let contig: Contig
        let orientation: Breakend.Orientation
        let mateContig: Contig
        let mateOrientation: Breakend.Orientation

        init(_ own: Breakend, _ mate: Breakend) {
            (contig, orientation) = (own.contig, own.orientation)
            (mateContig, mateOrientation) = (mate.contig, mate.orientation)
        }
    }

    private struct Entry {
        let position: Int
        let matePosition: Int
        let index: Int
    }

    private var lists: [Key: [Entry]] = [:]
    /// For each entry of a list the next one that is still there.
    private var next: [Key: [Int]] = [:]
    private var places: [Int: (key: Key, place: Int)] = [:]

    init(_ halves: [(index: Int, half: BreakendHalf)]) {
        for (index, half) in halves {
            guard let mate = half.mate else { continue }
            lists[Key(half.own, mate), default: []].append(
                Entry(position: half.own.position, matePosition: mate.position, index: index))
        }
        for (key, list) in lists {
            let sorted = list.sorted {
                ($0.position, $0.matePosition, $0.index) < ($1.position, $1.matePosition, $1.index)
            }
            lists[key] = sorted
            next[key] = Array(0...sorted.count)
            for (place, entry) in sorted.enumerated() { places[entry.index] = (key, place) }
        }
    }

    /// Takes a record out.
    mutating func remove(_ index: Int) {
        guard let (key, place) = places[index] else { return }
        next[key]?[place] = place + 1
    }

    /// The record that points to `half` and lies where it points, both within `slack` bases; of equals the first in the file.
    mutating func nearest(to half: BreakendHalf, slack: Int) -> Int? {
        guard let target = half.mate else { return nil }
        let key = Key(target, half.own)
        guard let list = lists[key] else { return nil }
        var best: (distance: Int, index: Int)?
        for position in (target.position - slack)...(target.position + slack) {
            var from = half.own.position - slack
            while let place = firstOpen(key, list, position, from), list[place].position == position,
                list[place].matePosition <= half.own.position + slack
            {
                let entry = list[place]
                let distance =
                    abs(position - target.position) + abs(entry.matePosition - half.own.position)
                if best.map({ (distance, entry.index) < $0 }) ?? true { best = (distance, entry.index) }
                from = entry.matePosition + 1
            }
        }
        return best?.index
    }

    /// The first entry still there at or behind a place.
    private mutating func firstOpen(_ key: Key, _ list: [Entry], _ position: Int, _ mate: Int) -> Int? {
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if (list[middle].position, list[middle].matePosition) < (position, mate) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        var place = low
        var passed: [Int] = []
        while let following = next[key]?[place], following != place {
            passed.append(place)
            place = following
        }
        for old in passed { next[key]?[old] = place }
        return place < list.count ? place : nil
    }
}
