// Is this line a record that htslib would accept, and where are its columns?
//
// htslib's parser fills every INFO and FORMAT field. This one only walks over the bytes once:
//
//     chr1  8410  rs1  A  G  476  PASS  AC=1;DP=29  GT:AD:DP  0/1:12,17:29
//     └──────── columns: the next tab ────────┘  └ keys known? ┘ └ kept while its bytes repeat
//                                                                 └ characters fit the declared types?
//
// The verdict is one-sided. `sound` is said only where htslib accepts the line for certain; all else is `doubtful` and
// goes to htslib's own parser, which decides. So both decoders accept the same lines, and only the rare line pays.
//
// Not done here: values (VCFRecord looks them up by key), and faults that htslib does not see (Specification).

internal import Variants

/// Finds the columns of lines and vouches for those that need no second look.
struct LineScanner {
    /// What was found out about a line.
    enum Verdict {
        /// htslib accepts it, and everything that it uses is declared.
        case sound
        /// As sound, but it uses a name that is not declared and that htslib accepted before.
        case undeclared
        /// htslib must be asked.
        case doubtful
    }

    /// What the characters of one FORMAT field may be.
    private enum Field { case genotype, integer, float, text, other }

    /// The most FORMAT keys that htslib takes.
    static let mostFields = 255

    private let sampleCount: Int
    private let names: DeclaredNames
    private let format: [String: VCFHeader.Tag]
    /// Undeclared names that htslib accepted, by their hash; each kind apart, as it takes names in one place that it refuses in another.
    private struct ToleratedNames {
        var contigs: Set<UInt64> = [], filters: Set<UInt64> = [], info: Set<UInt64> = [],
            format: Set<UInt64> = []
    }

    private var tolerated = ToleratedNames()
    private var isContigDeclared = true, isFilterDeclared = true, isLayoutDeclared = true
    private var isInfoDeclared = true
    private var infoKeys = KeySequence()
    private var contig = KeptBytes()
    private var filter = KeptBytes()
    private var layout = KeptBytes()
    /// Stands for the bytes of ``layout``; see ``FormatLayout``.
    private var keptNumber = 0
    /// The same if the last line has that FORMAT; 0 if it was not looked at.
    private(set) var layoutNumber = 0
    /// POS of the last line, 1-based, if it is well-formed.
    private(set) var position: Int?
    private var fields: [Field] = []
    /// Whether ``contig`` and ``position`` are those of the last line.
    private var isPlaced = false

    /// Where the last line lies, `chr7:140753336`; nil where its contig or POS was doubtful.
    var place: String? {
        guard isPlaced, let position, let contig = contig.text else { return nil }
        return "\(contig):\(position)"
    }

    init(_ header: VCFHeader) {
        sampleCount = header.samples.count
        names = DeclaredNames(header)
        format = header.format
    }

    /// Appends the start of each column and one past the line's end plus one, and judges the line.
    mutating func scan(_ line: Span<UInt8>, mayHoldZero: Bool, into starts: inout [Int]) -> Verdict {
        position = nil
        isPlaced = false
        layoutNumber = 0
        let expected = sampleCount == 0 ? 8 : 9 + sampleCount
        var place = 0
        // Room is asked for once, not for each column. Those before INFO are short and end several in eight bytes.
        starts.append(addingCapacity: expected + 1) { (out: inout OutputSpan<Int>) in
            out.append(0)
            var block = 0
            while block + 8 <= line.count, out.count < 8 {
                var tabs = Words.allPlaces(of: 0x09, in: line.word(at: block))
                while tabs != 0, out.count < 8 {
                    place = block + tabs.trailingZeroBitCount / 8 + 1
                    out.append(place)
                    tabs &= tabs &- 1
                }
                block += 8
            }
            while place <= line.count, !out.isFull {
                place = line.nearIndex(of: 0x09, in: place..<line.count) + 1
                out.append(place)
            }
        }
        while place <= line.count {
            place = line.nearIndex(of: 0x09, in: place..<line.count) + 1
            starts.append(place)
        }
        guard starts.count == expected + 1,
            !mayHoldZero || line.firstIndex(of: 0, in: 0..<line.count) == line.count
        else { return .doubtful }
        func column(_ index: Int) -> Range<Int> { starts[index]..<(starts[index + 1] - 1) }

        // htslib counts alleles and INFO keys in 16 bits.
        position = Self.position(line, column(1))
        guard position != nil, column(4).count < 65_535, column(7).count < 65_535, !column(2).isEmpty,
            !column(3).isEmpty, !column(4).isEmpty,
            !column(5).isEmpty, isContig(line, column(0)), isFilter(line, column(6)),
            isInfo(line, column(7))
        else { return .doubtful }
        isPlaced = true
        let isDeclared = isContigDeclared && isFilterDeclared && isInfoDeclared
        guard sampleCount > 0 else { return isDeclared ? .sound : .undeclared }
        guard isLayout(line, column(8)) else { return .doubtful }
        layoutNumber = keptNumber
        for sample in 0..<sampleCount where !isSample(line, column(9 + sample)) { return .doubtful }
        return isDeclared && isLayoutDeclared ? .sound : .undeclared
    }

    /// Takes note that htslib accepted a doubtful line: the names in it need no second look.
    mutating func tolerate(_ record: VCFRecord) {
        let bytes = record.bytes
        tolerated.contigs.insert(DeclaredNames.hash(bytes[record.column(0)]))
        for part in record.split(record.column(6), by: UInt8(ascii: ";")) where !part.isEmpty {
            tolerated.filters.insert(DeclaredNames.hash(bytes[part]))
        }
        // A column that is `.` holds no names, and `.` among names is a fault.
        func isName(_ part: Range<Int>) -> Bool { !part.isEmpty && !record.spells(part, ".") }
        for part in record.split(record.column(7), by: UInt8(ascii: ";")) where isName(part) {
            tolerated.info.insert(DeclaredNames.hash(bytes[part].prefix { $0 != UInt8(ascii: "=") }))
        }
        // Without samples htslib does not look at FORMAT.
        guard sampleCount > 0 else { return }
        for part in record.split(record.column(8), by: UInt8(ascii: ":")) where isName(part) {
            tolerated.format.insert(DeclaredNames.hash(bytes[part]))
        }
    }

    // MARK: Columns

    private static func position(_ line: Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard range.count >= 1, range.count <= 9 else { return nil }
        // The last eight digits at once, one before them by itself.
        let start = max(range.upperBound - 8, range.lowerBound)
        if start + 8 <= line.count,
            let rest = Words.number(line.word(at: start), digits: range.upperBound - start)
        {
            guard start > range.lowerBound else { return rest }
            let digit = line[range.lowerBound] &- 0x30
            return digit <= 9 ? Int(digit) &* 100_000_000 &+ rest : nil
        }
        var number = 0
        for index in range {
            let digit = line[index] &- 0x30
            guard digit <= 9 else { return nil }
            number = number &* 10 &+ Int(digit)
        }
        return number
    }

    private mutating func isContig(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        if contig.equals(line, range) { return true }
        let hash = DeclaredNames.hash(line, range)
        isContigDeclared = names.contigs.contains(hash)
        guard isContigDeclared || tolerated.contigs.contains(hash) else {
            contig = KeptBytes()
            return false
        }
        contig = KeptBytes(line, range)
        return true
    }

    private mutating func isFilter(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        if filter.equals(line, range) { return true }
        var start = range.lowerBound
        isFilterDeclared = true
        filter = KeptBytes()
        while start <= range.upperBound {
            let end = line.firstIndex(of: UInt8(ascii: ";"), in: start..<range.upperBound)
            let hash = DeclaredNames.hash(line, start..<end)
            if !names.filters.contains(hash) { isFilterDeclared = false }
            guard end > start, names.filters.contains(hash) || tolerated.filters.contains(hash) else {
                return false
            }
            start = end + 1
        }
        filter = KeptBytes(line, range)
        return true
    }

    private mutating func isInfo(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        isInfoDeclared = true
        if range.count == 1, line[range.lowerBound] == UInt8(ascii: ".") { return true }
        let limit = range.upperBound
        var start = range.lowerBound
        guard start < limit else { return false }
        var previous = 0
        while start < limit {
            if let known = infoKeys.next(line, start, after: &previous) {
                start =
                    known.hasValue
                    ? line.nearIndex(of: UInt8(ascii: ";"), in: known.end..<limit) + 1 : known.end
                continue
            }
            let (hash, end) = DeclaredNames.key(line, start, limit)
            guard end > start else { return false }
            if names.info.contains(hash) {
                infoKeys.learn(line, start..<end, limit, after: &previous)
            } else {
                guard tolerated.info.contains(hash) else { return false }
                isInfoDeclared = false
            }
            let hasValue = end < limit && line[end] == UInt8(ascii: "=")
            start = hasValue ? line.nearIndex(of: UInt8(ascii: ";"), in: end..<limit) + 1 : end + 1
        }
        return true
    }

    // MARK: Samples

    private mutating func isLayout(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        if layout.equals(line, range) { return true }
        fields.removeAll(keepingCapacity: true)
        layout = KeptBytes()
        keptNumber = 0
        isLayoutDeclared = true
        var start = range.lowerBound
        while start <= range.upperBound {
            guard fields.count < Self.mostFields else { return false }
            let end = line.firstIndex(of: UInt8(ascii: ":"), in: start..<range.upperBound)
            let key = Array(line, start..<end)
            let name = String(decoding: key, as: UTF8.self)
            let type = format[name]?.type
            if type == nil {
                guard tolerated.format.contains(DeclaredNames.hash(key)) else { return false }
                isLayoutDeclared = false
            }
            // htslib takes an undeclared field for text.
            switch type ?? "String" {
            case _ where name == "GT": fields.append(.genotype)
            case "Integer": fields.append(.integer)
            case "Float": fields.append(.float)
            case "String", "Character": fields.append(.text)
            default: fields.append(.other)
            }
            start = end + 1
        }
        layout = KeptBytes(line, range)
        keptNumber = FormatLayout.newNumber()
        return true
    }

    private func isSample(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let end = range.upperBound
        guard range.lowerBound < end else { return false }
        var place = range.lowerBound
        for field in fields {
            let after: Int?
            switch field {
            case .genotype: after = Self.genotype(line, place, end)
            case .integer: after = Self.list(line, place, end, Self.integer)
            case .float: after = Self.list(line, place, end, Self.float)
            case .text: after = line.firstIndex(of: UInt8(ascii: ":"), in: place..<end)
            case .other: after = nil
            }
            guard let after else { return false }
            if after == end { return true }
            guard line[after] == UInt8(ascii: ":") else { return false }
            place = after + 1
        }
        return false
    }

    /// Where a genotype ends: numbers of up to three digits or `.`, between `/` or `|`.
    private static func genotype(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        var place = start
        while true {
            let first = place
            if place < end, line[place] == UInt8(ascii: ".") {
                place += 1
            } else {
                while place < end, line[place] &- 0x30 <= 9 { place += 1 }
                guard place > first, place - first <= 3 else { return nil }
            }
            guard place < end, line[place] == UInt8(ascii: "/") || line[place] == UInt8(ascii: "|") else {
                return place
            }
            place += 1
        }
    }

    /// Where a comma-separated list ends; `item` says where one item does.
    @inline(__always)
    private static func list(
        _ line: Span<UInt8>, _ start: Int, _ end: Int, _ item: (Span<UInt8>, Int, Int) -> Int?
    ) -> Int? {
        var place = start
        while true {
            if place < end, line[place] == UInt8(ascii: ".") {
                place += 1
                // A number may not begin with a point here: htslib takes that for a missing value.
                if place < end, line[place] &- 0x30 <= 9 { return nil }
            } else {
                guard let after = item(line, place, end) else { return nil }
                place = after
            }
            guard place < end, line[place] == UInt8(ascii: ",") else { return place }
            place += 1
        }
    }

    private static func integer(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        var place = start
        if place < end, line[place] == UInt8(ascii: "-") { place += 1 }
        let first = place
        while place < end, line[place] &- 0x30 <= 9 { place += 1 }
        return place > first && place - first <= 9 ? place : nil
    }

    private static func float(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        var place = start
        if place < end, line[place] == UInt8(ascii: "-") { place += 1 }
        var digits = 0
        while place < end, line[place] &- 0x30 <= 9 { (place, digits) = (place + 1, digits + 1) }
        if digits > 0, place < end, line[place] == UInt8(ascii: ".") {
            place += 1
            while place < end, line[place] &- 0x30 <= 9 { (place, digits) = (place + 1, digits + 1) }
        }
        guard digits > 0, digits <= 15 else { return nil }
        guard place < end, line[place] | 0x20 == UInt8(ascii: "e") else { return place }
        place += 1
        if place < end, line[place] == UInt8(ascii: "-") || line[place] == UInt8(ascii: "+") { place += 1 }
        let first = place
        while place < end, line[place] &- 0x30 <= 9 { place += 1 }
        return place > first && place - first <= 2 ? place : nil
    }
}

/// The bytes of a column, to be compared with those of the next line.
private struct KeptBytes {
    private var bytes: [UInt8] = []
    /// The bytes, or the first eight of them, and which bits of a word are theirs.
    private var word: UInt64 = 0, mask: UInt64 = 0

    init() {}

    /// The bytes as text; nil if there are none.
    var text: String? { bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }

    init(_ line: Span<UInt8>, _ range: Range<Int>) {
        bytes = Array(line, range)
        let count = min(bytes.count, 8)
        for index in 0..<count {
            word |= UInt64(bytes[index]) << UInt64(index * 8)
            mask |= 0xFF << UInt64(index * 8)
        }
    }

    func equals(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count == bytes.count, range.lowerBound + 8 <= line.count else {
            return !bytes.isEmpty && bytes.count == range.count
                && line.equals(bytes.span, at: range.lowerBound)
        }
        guard line.word(at: range.lowerBound) & mask == word else { return false }
        return bytes.count <= 8 ? !bytes.isEmpty : line.equals(bytes.span, at: range.lowerBound)
    }
}

/// Declared INFO keys in the order in which they follow one another, to know the next one by two comparisons.
///
/// Callers write their keys in one order with few turns (`DB` or not, rank sums of heterozygous calls or not), so each
/// key remembers the two that came behind it last. A key is compared with the `=` or `;` behind it, which no tab can
/// stand for: one that is found ends within the column.
private struct KeySequence {
    private struct Key {
        /// The first eight bytes and the next eight, and which bits of them are the key's.
        var word: UInt64, mask: UInt64, word2: UInt64, mask2: UInt64
        /// Bytes with the `=` or `;`.
        var length: Int
        var hasValue: Bool
        var next: Int32 = 0, other: Int32 = 0
    }

    /// The first one stands for the start of the column, and is no line's start.
    private var keys = [Key(word: 1, mask: 0, word2: 0, mask2: 0, length: 0, hasValue: false)]

    /// Where the key at `start` and the `=` or `;` behind it end, if it is one of those that followed `previous`, which it
    /// then becomes.
    @inline(__always)
    func next(_ line: Span<UInt8>, _ start: Int, after previous: inout Int) -> (end: Int, hasValue: Bool)? {
        guard start + 24 <= line.count else { return nil }
        let word = line.word(at: start), from = keys[previous]
        var number = Int(from.next)
        if !isKey(number, line, start, word) {
            number = Int(from.other)
            guard isKey(number, line, start, word) else { return nil }
        }
        previous = number
        return (start + keys[number].length, keys[number].hasValue)
    }

    @inline(__always)
    private func isKey(_ number: Int, _ line: Span<UInt8>, _ start: Int, _ word: UInt64) -> Bool {
        let key = keys[number]
        guard word & key.mask == key.word else { return false }
        return key.length <= 8 || line.word(at: start + 8) & key.mask2 == key.word2
    }

    /// Remembers that the declared key in a range followed `previous`, which it then becomes.
    mutating func learn(_ line: Span<UInt8>, _ range: Range<Int>, _ limit: Int, after previous: inout Int) {
        let length = range.count + 1
        guard range.upperBound < limit, length <= 16, range.lowerBound + 24 <= line.count else {
            previous = 0
            return
        }
        func mask(_ bytes: Int) -> UInt64 {
            bytes <= 0 ? 0 : bytes >= 8 ? .max : (1 << UInt64(bytes * 8)) - 1
        }
        let masks = (mask(length), mask(length - 8))
        let words = (
            line.word(at: range.lowerBound) & masks.0, line.word(at: range.lowerBound + 8) & masks.1
        )
        var number =
            keys.firstIndex { $0.length == length && $0.word == words.0 && $0.word2 == words.1 } ?? 0
        if number == 0 {
            number = keys.count
            keys.append(
                Key(
                    word: words.0, mask: masks.0, word2: words.1, mask2: masks.1, length: length,
                    hasValue: line[range.upperBound] == UInt8(ascii: "=")))
        }
        keys[previous].other = keys[previous].next
        keys[previous].next = Int32(number)
        previous = number
    }
}

/// The names that a header declares, by a hash of their bytes.
struct DeclaredNames {
    let contigs: HashSet
    let filters: HashSet
    let info: HashSet
    let format: HashSet

    init(_ header: VCFHeader) {
        contigs = HashSet(header.contigs.map { Self.hash($0.name.utf8) })
        filters = HashSet(header.filters.union(["PASS", "."]).map { Self.hash($0.utf8) })
        info = HashSet(header.info.keys.map { Self.hash($0.utf8) })
        format = HashSet(header.format.keys.map { Self.hash($0.utf8) })
    }

    /// A hash of a name, taken eight bytes at a time.
    static func hash(_ bytes: some Collection<UInt8>) -> UInt64 {
        var hash = seed
        var word: UInt64 = 0
        var filled: UInt64 = 0
        for byte in bytes {
            word |= UInt64(byte) << filled
            filled += 8
            if filled == 64 {
                hash = mix(hash, word)
                (word, filled) = (0, 0)
            }
        }
        return mix(hash, word)
    }

    static func hash(_ line: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var hash = seed
        var start = range.lowerBound
        while start + 8 <= range.upperBound {
            hash = mix(hash, line.word(at: start))
            start += 8
        }
        var word: UInt64 = 0
        for index in (start..<range.upperBound).reversed() { word = word << 8 | UInt64(line[index]) }
        return mix(hash, word)
    }

    /// The hash of the name that begins at `start` and ends before `=`, `;` or `limit`, and where it ends.
    static func key(_ line: Span<UInt8>, _ start: Int, _ limit: Int) -> (hash: UInt64, end: Int) {
        var hash = seed
        var place = start
        while place + 8 <= limit {
            let word = line.word(at: place)
            let stops =
                Words.places(of: UInt8(ascii: "="), in: word) | Words.places(of: UInt8(ascii: ";"), in: word)
            if stops != 0 {
                let count = stops.trailingZeroBitCount / 8
                let kept = count == 0 ? 0 : word & (UInt64.max >> UInt64(64 - count * 8))
                return (mix(hash, kept), place + count)
            }
            hash = mix(hash, word)
            place += 8
        }
        var end = place
        while end < limit, line[end] != UInt8(ascii: "="), line[end] != UInt8(ascii: ";") { end += 1 }
        return (Self.hash(line, start..<end), end)
    }

    private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
        return product ^ product >> 29
    }

    /// A set of hashes with open addressing.
    struct HashSet {
        private var slots: [UInt64]
        private let mask: Int

        init(_ hashes: [UInt64]) {
            var size = 16
            while size < hashes.count * 4 { size *= 2 }
            slots = Array(repeating: 0, count: size)
            mask = size - 1
            for hash in hashes where !contains(hash) {
                var place = Self.start(hash) & mask
                while slots[place] != 0 { place = (place + 1) & mask }
                slots[place] = hash | 1
            }
        }

        func contains(_ hash: UInt64) -> Bool {
            var place = Self.start(hash) & mask
            while slots[place] != 0 {
                if slots[place] == hash | 1 { return true }
                place = (place + 1) & mask
            }
            return false
        }

        private static func start(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 20) }
    }
}
