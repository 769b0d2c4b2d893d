internal import Genome
internal import Synchronization

/// One line of a VCF file, as bytes with the places of its columns.
///
/// A reader fills the same record again and again, so nothing is copied until a column is asked for. INFO and
/// FORMAT are looked up by key in the bytes; a value of a type other than expected reads as missing, never as 0.
///
/// - Coordinates: ``position`` is 0-based; the text's POS is 1-based.
/// - Source: VCF 4.4 specification, section 1.6.
public struct VCFRecord: Hashable, Sendable {
    /// The line without its line end.
    public private(set) var bytes: [UInt8]
    /// Start of each column, then one past the end of the line plus one.
    @usableFromInline private(set) var starts: [Int]
    /// The keys of FORMAT, kept while its bytes repeat from record to record.
    private var layout = FormatLayout()
    /// POS, 0-based; -1 for a telomere (POS 0).
    public private(set) var position: Int
    /// Whether the line has its eight fixed columns and a numeric POS.
    public private(set) var isWellFormed: Bool
    /// 1-based line number in the file, 0 where there is none (BCF, a region of an indexed file).
    public var lineNumber: Int

    /// The record as it stands in a BCF file, where a reader was asked to keep it; ``bytes`` are a part of it as text then.
    package var binary: [UInt8] = []

    /// An empty record for a reader to fill.
    public init() {
        bytes = []
        starts = []
        position = -1
        isWellFormed = false
        lineNumber = 0
    }

    /// A record of one line of text, for tests and for small inputs; nil if it has fewer than eight columns or
    /// POS is not a number.
    public init?(line: some StringProtocol, lineNumber: Int = 0) {
        self.init()
        fill(lineNumber: lineNumber) { bytes in
            bytes.append(contentsOf: line.utf8)
            while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        }
        guard isWellFormed else { return nil }
    }

    /// Replaces the content: `write` appends the line's bytes to an emptied buffer that keeps its memory.
    public mutating func fill(lineNumber: Int, _ write: (inout [UInt8]) -> Void) {
        fill(lineNumber: lineNumber) { bytes, starts in
            write(&bytes)
            // A carriage return before it belongs to a value: htslib keeps it, and readers of files have taken line ends off.
            if bytes.last == 0x0A { bytes.removeLast() }
            starts.append(0)
            for index in bytes.indices where bytes[index] == 0x09 { starts.append(index + 1) }
            starts.append(bytes.count + 1)
            return Scanned()
        }
    }

    /// What whoever filled a record knows of it already.
    package struct Scanned {
        /// POS, 1-based, if the line has its eight fixed columns and POS is a number.
        package var position: Int?
        /// A number that stands for the bytes of FORMAT, from ``FormatLayout/newNumber()``; 0 for none.
        package var layout = 0

        /// Nothing is known.
        package init(position: Int? = nil, layout: Int = 0) {
            self.position = position
            self.layout = layout
        }
    }

    /// Replaces the content: `write` appends the line's bytes, and to the second buffer where each column starts and
    /// one past the end of the line plus one.
    package mutating func fill(
        lineNumber: Int, columns write: (inout [UInt8], inout [Int]) -> Scanned
    ) {
        bytes.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        if !binary.isEmpty { binary.removeAll(keepingCapacity: true) }
        self.lineNumber = lineNumber
        let scanned = write(&bytes, &starts)
        if let known = scanned.position {
            isWellFormed = true
            position = known - 1
        } else {
            let number = columnCount > 1 ? Self.integer(bytes, column(1)) : nil
            isWellFormed = columnCount >= 8 && number.map { $0 >= 0 } ?? false
            position = (number ?? 0) - 1
        }
        guard columnCount > 8, scanned.layout == 0 || scanned.layout != layout.number else { return }
        if !spells(column(8), layout.bytes) { layout = FormatLayout(Array(bytes[column(8)])) }
        layout.number = scanned.layout
    }

    /// The number of columns.
    public var columnCount: Int { max(starts.count - 1, 0) }

    /// The byte range of a column, 0-based; empty if there is no such column.
    @inlinable
    public func column(_ index: Int) -> Range<Int> {
        guard index >= 0, index + 1 < starts.count else { return 0..<0 }
        return starts[index]..<(starts[index + 1] - 1)
    }

    /// The text of a byte range.
    public func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// CHROM as written.
    public var contigName: String { text(column(0)) }
    /// ID, `.` where missing.
    public var id: String { text(column(2)) }
    /// REF as written.
    public var reference: String { text(column(3)) }
    /// ALT alleles as written; empty for `.`.
    public var alternates: [String] {
        let range = column(4)
        if isMissing(range) { return [] }
        return split(range, by: UInt8(ascii: ",")).map(text)
    }
    /// The number of ALT alleles; 0 for `.`.
    public var alternateCount: Int {
        let range = column(4)
        if range.isEmpty || isMissing(range) { return 0 }
        var count = 1
        for index in range where bytes[index] == UInt8(ascii: ",") { count += 1 }
        return count
    }
    /// FILTER names; empty for `.`.
    public var filters: [String] {
        let range = column(6)
        if isMissing(range) { return [] }
        // As htslib reads it, `q10;` is one name.
        let names = split(range, by: UInt8(ascii: ";")).filter { !$0.isEmpty }.map(text)
        return names == ["."] ? [] : names
    }
    /// What FILTER says: `PASS` alone, nothing (`.`, or empty against the specification), or the name of a filter.
    public var filterState: FilterState {
        let range = column(6), start = range.lowerBound
        if range.count == 4, bytes[start] == 0x50, bytes[start + 1] == 0x41, bytes[start + 2] == 0x53,
            bytes[start + 3] == 0x53
        {
            return .passed
        }
        if range.isEmpty || isMissing(range) { return .unfiltered }
        // One that begins or ends with the separator, against the specification.
        let separator = UInt8(ascii: ";")
        guard bytes[start] == separator || bytes[range.upperBound - 1] == separator else { return .failed }
        let names = filters
        return names.isEmpty ? .unfiltered : names == ["PASS"] ? .passed : .failed
    }
    /// Whether FILTER is `PASS` alone.
    public var isPass: Bool { filterState == .passed }
    /// REF and ALT of a record that replaces one base by one other, in upper case; nil for all other records.
    public var singleBases: (reference: UInt8, alternate: UInt8)? {
        let from = column(3), to = column(4)
        guard from.count == 1, to.count == 1, position >= 0 else { return nil }
        let reference = Bases.standard(bytes[from.lowerBound])
        let alternate = Bases.standard(bytes[to.lowerBound])
        let other = UInt8(ascii: "N")
        return reference == alternate || reference == other || alternate == other
            ? nil : (reference, alternate)
    }

    /// Whether REF and the only ALT are of different length and spell nothing but `ACGT`: an insertion or deletion that
    /// is neither symbolic nor ambiguous.
    public var isPlainIndel: Bool {
        let from = column(3), to = column(4)
        guard from.count != to.count, !from.isEmpty, !to.isEmpty, position >= 0 else { return false }
        for index in from.lowerBound..<to.upperBound where index != from.upperBound {
            if !Bases.isStandard(bytes[index]) { return false }
        }
        return true
    }

    /// Whether REF and each ALT spell nothing but `ACGT`, and no ALT is REF.
    public var spellsBases: Bool {
        let from = column(3), to = column(4)
        guard position >= 0, !from.isEmpty, !to.isEmpty else { return false }
        for index in from where !Bases.isStandard(bytes[index]) { return false }
        var start = to.lowerBound
        while start <= to.upperBound {
            var end = start, isSame = true
            while end < to.upperBound, bytes[end] != UInt8(ascii: ",") {
                guard Bases.isStandard(bytes[end]) else { return false }
                let place = from.lowerBound + end - start
                if place >= from.upperBound || (bytes[end] ^ bytes[place]) & 0xDF != 0 { isSame = false }
                end += 1
            }
            guard end > start, !(isSame && end - start == from.count) else { return false }
            start = end + 1
        }
        return true
    }

    /// The one base that an ALT of bases replaces, and by which, in upper case; nil if it does something else.
    public func replacedBase(_ alternate: Range<Int>) -> (position: Int, reference: UInt8, alternate: UInt8)?
    {
        let from = column(3)
        guard alternate.count == from.count else { return nil }
        var found: Int?
        for offset in 0..<from.count {
            let left = Bases.uppercase(bytes[from.lowerBound + offset])
            guard left != Bases.uppercase(bytes[alternate.lowerBound + offset]) else { continue }
            guard found == nil else { return nil }
            found = offset
        }
        return found.map { offset in
            (
                position + offset, Bases.uppercase(bytes[from.lowerBound + offset]),
                Bases.uppercase(bytes[alternate.lowerBound + offset])
            )
        }
    }

    /// The number of sample columns.
    public var sampleCount: Int { max(columnCount - 9, 0) }

    /// `chr7:140753336 A>T`: how messages name this record, 1-based, as the file writes it.
    public var key: String { "\(contigName):\(text(column(1))) \(reference)>\(text(column(4)))" }

    // MARK: INFO

    /// The byte range of an INFO value; empty range for a flag, nil if the key is not there.
    public func infoRange(_ key: String) -> Range<Int>? {
        let range = column(7)
        let length = key.utf8.count
        var start = range.lowerBound
        while start < range.upperBound {
            let after = start + length
            if after <= range.upperBound, spells(start..<after, key) {
                if after == range.upperBound || bytes[after] == UInt8(ascii: ";") { return after..<after }
                if bytes[after] == UInt8(ascii: "=") {
                    return (after + 1)..<end(of: after, in: range, at: UInt8(ascii: ";"))
                }
            }
            start = end(of: start, in: range, at: UInt8(ascii: ";")) + 1
        }
        return nil
    }

    /// Whether INFO has the key, as a flag or with a value.
    public func hasInfo(_ key: String) -> Bool { infoRange(key) != nil }

    /// The text of an INFO value; nil if missing or `.`.
    public func info(_ key: String) -> String? {
        guard let range = infoRange(key) else { return nil }
        let value = text(range)
        return value == "." ? nil : value
    }

    /// The comma-separated parts of an INFO value; empty if missing.
    public func infoList(_ key: String) -> [String] {
        infoRange(key).map { split($0, by: UInt8(ascii: ",")).map(text) } ?? []
    }

    /// The comma-separated numbers of an INFO value; a part that is `.` or no number is nil.
    public func infoNumbers(_ key: String) -> [Double?] { infoList(key).map { Self.number($0) } }

    // MARK: FORMAT

    /// The FORMAT keys.
    public var formatKeys: [String] {
        columnCount > 8 ? split(column(8), by: UInt8(ascii: ":")).map(text) : []
    }

    /// The byte range of one sample's value of a FORMAT key; nil if the key is not there or the trailing field
    /// was dropped.
    public func formatRange(_ key: String, sample: Int) -> Range<Int>? {
        layout.index(of: key).flatMap { formatRange($0, sample: sample) }
    }

    /// As ``formatRange(_:sample:)`` of `GT`, which is asked for of most records.
    public func genotypeRange(sample: Int) -> Range<Int>? {
        layout.genotype.flatMap { formatRange($0, sample: sample) }
    }

    @inline(__always)
    private func formatRange(_ index: Int, sample: Int) -> Range<Int>? {
        guard sample >= 0, sample < sampleCount else { return nil }
        let colon = UInt8(ascii: ":"), values = column(9 + sample)
        var start = values.lowerBound
        for _ in 0..<index {
            start = end(of: start, in: values, at: colon)
            guard start < values.upperBound else { return nil }
            start += 1
        }
        return start..<end(of: start, in: values, at: colon)
    }

    /// The text of one sample's value; nil if missing or `.`.
    public func format(_ key: String, sample: Int) -> String? {
        guard let range = formatRange(key, sample: sample) else { return nil }
        let value = text(range)
        return value == "." || value.isEmpty ? nil : value
    }

    /// The comma-separated parts of one sample's value; empty if missing.
    public func formatList(_ key: String, sample: Int) -> [String] {
        formatRange(key, sample: sample).map { split($0, by: UInt8(ascii: ",")).map(text) } ?? []
    }

    /// The comma-separated integers of one sample's value; `.`, text, or a number beyond 32 bits is nil.
    public func formatIntegers(_ key: String, sample: Int) -> [Int?] {
        formatRange(key, sample: sample).map { split($0, by: UInt8(ascii: ",")).map { value($0) } } ?? []
    }

    /// The comma-separated numbers of one sample's value; `.` or text is nil.
    public func formatNumbers(_ key: String, sample: Int) -> [Double?] {
        formatList(key, sample: sample).map { Self.number($0) }
    }

    /// The integer of a field: 32 bits, as the specification has it, so that sums cannot overflow.
    func value(_ range: Range<Int>) -> Int? {
        guard range.count <= 11, let number = integer(range), abs(number) <= Int(Int32.max) else {
            return nil
        }
        return number
    }

    /// Gives each comma-separated integer of a byte range; nil for `.`, text, or a number beyond 32 bits.
    func forEachInteger(in range: Range<Int>, _ body: (Int?) -> Void) {
        let end = range.upperBound
        var index = range.lowerBound
        while true {
            let isNegative = index < end && bytes[index] == UInt8(ascii: "-")
            if isNegative || index < end && bytes[index] == UInt8(ascii: "+") { index += 1 }
            let start = index
            var number = 0
            while index < end, bytes[index] &- 0x30 <= 9 {
                number = number &* 10 &+ Int(bytes[index] &- 0x30)
                index += 1
            }
            let isWhole = index == end || bytes[index] == UInt8(ascii: ",")
            if isWhole, index > start, index - start <= 10, number <= Int(Int32.max) {
                body(isNegative ? -number : number)
            } else {
                index = self.end(of: index, in: range, at: UInt8(ascii: ","))
                body(nil)
            }
            guard index < end else { return }
            index += 1
        }
    }

    // MARK: Bytes

    /// The parts of a byte range between separators.
    public func split(_ range: Range<Int>, by separator: UInt8) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        split(range, by: separator, into: &parts)
        return parts
    }

    /// Replaces `parts` by the parts of a byte range between separators; its memory stays.
    public func split(_ range: Range<Int>, by separator: UInt8, into parts: inout [Range<Int>]) {
        if range.count == 1, parts.count == 1, bytes[range.lowerBound] != separator {
            // One letter after one letter, as most ALTs are.
            parts[0] = range
            return
        }
        parts.removeAll(keepingCapacity: true)
        var start = range.lowerBound
        for index in range where bytes[index] == separator {
            parts.append(start..<index)
            start = index + 1
        }
        parts.append(start..<range.upperBound)
    }

    /// Whether a byte range spells `text`.
    public func spells(_ range: Range<Int>, _ text: String) -> Bool {
        let wanted = text.utf8.span
        guard range.count == wanted.count else { return false }
        for index in wanted.indices where bytes[range.lowerBound + index] != wanted[index] { return false }
        return true
    }

    /// Whether a byte range has these bytes.
    public func spells(_ range: Range<Int>, _ wanted: [UInt8]) -> Bool {
        guard range.count == wanted.count else { return false }
        for index in wanted.indices where bytes[range.lowerBound + index] != wanted[index] { return false }
        return true
    }

    /// Where the part that begins at `start` ends: the next separator, or the end of `range`.
    func end(of start: Int, in range: Range<Int>, at separator: UInt8) -> Int {
        var index = start
        while index < range.upperBound, bytes[index] != separator { index += 1 }
        return index
    }

    /// Whether a byte range is `.`.
    func isMissing(_ range: Range<Int>) -> Bool {
        range.count == 1 && bytes[range.lowerBound] == UInt8(ascii: ".")
    }

    /// The integer that a byte range spells (optional sign, digits only), or nil; nil also on overflow.
    public func integer(_ range: Range<Int>) -> Int? { Self.integer(bytes, range) }

    /// The integer that bytes spell (optional sign, digits only), or nil; nil also on overflow.
    public static func integer(_ bytes: ArraySlice<UInt8>) -> Int? { integer(bytes, bytes.indices) }

    /// The integer that a range of bytes spells (optional sign, digits only), or nil; nil also on overflow.
    static func integer<Bytes: RandomAccessCollection>(_ bytes: Bytes, _ range: Range<Int>) -> Int?
    where Bytes.Element == UInt8, Bytes.Index == Int {
        var start = range.lowerBound
        guard start < range.upperBound else { return nil }
        let isNegative = bytes[start] == UInt8(ascii: "-")
        if isNegative || bytes[start] == UInt8(ascii: "+") { start += 1 }
        guard start < range.upperBound, range.upperBound - start <= 18 else { return nil }
        var value = 0
        for index in start..<range.upperBound {
            let digit = bytes[index] &- 0x30
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return isNegative ? -value : value
    }

    /// The finite number that text spells, with an optional final `%` read as hundredths; nil for all else.
    public static func number(_ text: some StringProtocol) -> Double? {
        if text.hasSuffix("%") { return Double(text.dropLast()).flatMap { $0.isFinite ? $0 / 100 : nil } }
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
}

/// The keys of one FORMAT column, each as its first eight bytes and its length.
package struct FormatLayout: Hashable, Sendable {
    private static let last = Atomic(0)

    /// A number that no other layout of this run has.
    package static func newNumber() -> Int { last.add(1, ordering: .relaxed).newValue }

    let bytes: [UInt8]
    /// The number that a reader gave to these bytes last.
    var number = 0
    private let keys: [Key]
    /// The place of `GT` among the keys.
    private(set) var genotype: Int?

    private struct Key: Hashable, Sendable {
        let word: UInt64
        let range: Range<Int>
    }

    init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
        var keys: [Key] = []
        var start = 0
        for index in 0...bytes.count where index == bytes.count || bytes[index] == UInt8(ascii: ":") {
            keys.append(Key(word: Self.word(bytes.span.extracting(start..<index)), range: start..<index))
            start = index + 1
        }
        self.keys = keys
        genotype = index(of: "GT")
    }

    func index(of key: String) -> Int? {
        let wanted = key.utf8.span
        let word = Self.word(wanted)
        for (index, key) in keys.enumerated() where key.word == word && key.range.count == wanted.count {
            guard wanted.count > 8 else { return index }
            if wanted.indices.allSatisfy({ bytes[key.range.lowerBound + $0] == wanted[$0] }) { return index }
        }
        return nil
    }

    private static func word(_ bytes: Span<UInt8>) -> UInt64 {
        var word: UInt64 = 0
        for index in (0..<min(bytes.count, 8)).reversed() { word = word << 8 | UInt64(bytes[index]) }
        return word
    }
}
