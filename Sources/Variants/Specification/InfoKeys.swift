/// The keys of INFO that were seen, each with what the header says of it: most records have the keys of the one before, in its order.
///
/// A key is found by what followed the key before it last time, else by its bytes.
struct InfoKeys: Sendable {
    /// A key of the file.
    struct Known: Sendable {
        let bytes: [UInt8]
        /// Nil where neither the header nor the specification knows the key.
        let tag: DeclaredTags.Tag?
        /// Whether the key by itself breaks no rule, so that it need not be looked at again.
        var isClean = false
        /// The number of the last record that has it.
        var record = 0
        /// The keys that followed it, the last one first.
        var next = (-1, -1)
    }

    /// More keys than this are not kept from one record to the next.
    private static let most = 4096

    private(set) var known: [Known] = []
    private var places: [[UInt8]: Int] = [:]
    private var record = 0
    private var last = -1
    private var first = -1

    /// Begins a record.
    mutating func start() {
        if known.count > Self.most { (known, places, first) = ([], [:], -1) }
        record += 1
        last = -1
    }

    /// The place of the next key of the record in ``known``, and whether the record has it already.
    mutating func next(_ key: ArraySlice<UInt8>, _ declared: [ArraySlice<UInt8>: DeclaredTags.Tag]) -> (
        place: Int, isRepeated: Bool
    ) {
        let guesses = last < 0 ? (first, -1) : known[last].next
        let place: Int
        if guesses.0 >= 0, key.spells(known[guesses.0].bytes) {
            place = guesses.0
        } else if guesses.1 >= 0, key.spells(known[guesses.1].bytes) {
            place = guesses.1
        } else {
            place = find(key, declared)
        }
        if last < 0 {
            first = place
        } else if known[last].next.0 != place {
            known[last].next = (place, known[last].next.0)
        }
        last = place
        if known[place].record == record { return (place, true) }
        known[place].record = record
        return (place, false)
    }

    /// Notes that a key breaks no rule.
    mutating func setClean(_ place: Int) { known[place].isClean = true }

    private mutating func find(_ key: ArraySlice<UInt8>, _ declared: [ArraySlice<UInt8>: DeclaredTags.Tag])
        -> Int
    {
        let bytes = Array(key)
        if let place = places[bytes] { return place }
        known.append(Known(bytes: bytes, tag: declared[key]))
        places[bytes] = known.count - 1
        return known.count - 1
    }
}
