/// One line of GFF3 or GTF, taken apart into the columns that gene models need.
///
/// Attributes are read in either dialect: `ID=transcript:ENST1;Parent=gene:ENSG1` or `gene_id "ENSG1"; tag "basic";`.
struct GFFLine {
    let bytes: ArraySlice<UInt8>
    let contig: Range<Int>
    let type: Range<Int>
    /// 1-based, closed.
    let first: Int
    let last: Int
    let strand: UInt8
    let phase: UInt8
    let attributes: Range<Int>

    /// Why a line cannot be read.
    enum Fault: Error {
        case columns(Int)
        case number(String, column: Int)
        case order(Int, Int)
    }

    init(_ bytes: ArraySlice<UInt8>) throws(Fault) {
        var columns: [Range<Int>] = []
        columns.reserveCapacity(9)
        var start = bytes.startIndex
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\t") && columns.count < 8 {
            columns.append(start..<index)
            start = index + 1
        }
        columns.append(start..<bytes.endIndex)
        guard columns.count == 9 else { throw .columns(columns.count) }
        self.bytes = bytes
        contig = columns[0]
        type = columns[2]
        first = try Self.number(bytes[columns[3]], column: 4)
        last = try Self.number(bytes[columns[4]], column: 5)
        guard first <= last else { throw .order(first, last) }
        strand = bytes[columns[6]].first ?? UInt8(ascii: ".")
        phase = columns[7].count == 1 ? bytes[columns[7].lowerBound] : UInt8(ascii: "?")
        attributes = columns[8]
    }

    /// The text of a range of bytes.
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Calls `body` with each attribute's key and value, escapes decoded.
    func forEachAttribute(_ body: (String, ArraySlice<UInt8>) -> Void) {
        var rest = bytes[attributes]
        while let end = Self.endOfAttribute(rest) {
            visit(rest[rest.startIndex..<end], body)
            rest = rest[min(end + 1, rest.endIndex)...]
            if rest.isEmpty { break }
        }
    }

    private func visit(_ attribute: ArraySlice<UInt8>, _ body: (String, ArraySlice<UInt8>) -> Void) {
        var attribute = attribute.drop { $0 == UInt8(ascii: " ") }
        while attribute.last == UInt8(ascii: " ") { attribute.removeLast() }
        let separators = [UInt8(ascii: "="), UInt8(ascii: " ")]
        guard let separator = attribute.firstIndex(where: separators.contains) else { return }
        let key = String(decoding: attribute[..<separator], as: UTF8.self)
        var value = attribute[(separator + 1)...]
        if value.first == UInt8(ascii: "\""), value.last == UInt8(ascii: "\""), value.count > 1 {
            value = value.dropFirst().dropLast()
        }
        body(key, Self.decoded(value))
    }

    /// The next `;` that is not inside quotes.
    private static func endOfAttribute(_ rest: ArraySlice<UInt8>) -> Int? {
        guard !rest.isEmpty else { return nil }
        var isQuoted = false
        for index in rest.indices {
            switch rest[index] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ";") where !isQuoted: return index
            default: break
            }
        }
        return rest.endIndex
    }

    private static func decoded(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard value.contains(UInt8(ascii: "%")) else { return value }
        var result: [UInt8] = []
        var index = value.startIndex
        while index < value.endIndex {
            if value[index] == UInt8(ascii: "%"), index + 2 < value.endIndex,
                let byte = UInt8(String(decoding: value[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                result.append(byte)
                index += 3
            } else {
                result.append(value[index])
                index += 1
            }
        }
        return result[...]
    }

    private static func number(_ digits: ArraySlice<UInt8>, column: Int) throws(Fault) -> Int {
        let text = String(decoding: digits, as: UTF8.self)
        guard let number = Int(text), (0..<Int(Int32.max)).contains(number) else {
            throw .number(text, column: column)
        }
        return number
    }
}
