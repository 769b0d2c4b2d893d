/// Names that a misspelled one may mean: the three nearest by edit distance, for messages.
///
/// A search goes through all names, so a name is searched once, and of many unknown names only the first are; the others are
/// told without a suggestion. The cost stays linear in the rows of a base.
struct NearestNames {
    /// The most names that are searched.
    static let limit = 100

    private let names: [(text: String, key: [UInt8])]
    private var known: [String: [String]] = [:]

    /// Names among which is searched.
    init(_ names: some Sequence<String>) {
        self.names = names.map { ($0, Array($0.lowercased().utf8)) }.sorted { $0.text < $1.text }
    }

    /// The nearest names, the first ones first; none where too many were searched before.
    mutating func nearest(to text: String) -> [String] {
        if let known = known[text] { return known }
        guard known.count < Self.limit else { return [] }
        let key = Array(text.lowercased().utf8)
        var best: [(distance: Int, name: String)] = []
        for name in names {
            // Names differ at least by their lengths.
            if best.count == 3, abs(name.key.count - key.count) >= best[2].distance { continue }
            let distance = EditDistance.between(key, name.key)
            guard best.count < 3 || distance < best[2].distance else { continue }
            best.insert((distance, name.text), at: best.firstIndex { $0.distance > distance } ?? best.count)
            if best.count > 3 { best.removeLast() }
        }
        let found = best.map(\.name)
        known[text] = found
        return found
    }

    /// `Did you mean A, B, C?`; empty without a suggestion.
    mutating func hint(_ text: String) -> String {
        let found = nearest(to: text)
        return found.isEmpty ? "" : "Did you mean \(found.joined(separator: ", "))?"
    }
}

/// How far texts are from each other.
enum EditDistance {
    /// Levenshtein distance of bytes.
    static func between(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for i in left.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in right.indices {
                let cost = diagonal + (left[i] == right[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(cost, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
