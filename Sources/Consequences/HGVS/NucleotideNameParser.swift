/// Reads the part of a nucleotide name after `c.` and the like.
///
///     name     := "=" | change | "[" change { ";" change } "]"
///     change   := interval [ edit ] | "(" interval edit ")"                       (the last for RNA only)
///     interval := place [ "_" place ]
///     place    := position | "(" position "_" position ")"
///     edit     := base ">" base | [bases] "=" | "del" [old] [ "ins" inserted ] | "dup" [old] | "inv" [old]
///               | "ins" inserted | [unit] "[" number "]" | "copy" number | "con" name | "?"
///     old      := bases | number
///     inserted := part | "[" part { ";" part } "]"
///     part     := bases | position "_" position [ "inv" ] | number | accession ":" …
struct NucleotideNameParser<Position: HGVSPosition> {
    private var scanner: HGVSScanner
    private let isRNA: Bool

    init(_ text: some StringProtocol, isRNA: Bool = false) {
        scanner = HGVSScanner(text)
        self.isRNA = isRNA
    }

    /// The name, or nil if the text is none.
    mutating func name() -> NucleotideName<Position>? {
        if scanner.remaining == "=" { return NucleotideName([]) }
        var changes: [NucleotideChange<Position>] = []
        if scanner.peek == UInt8(ascii: "[") {
            scanner.advance()
            repeat {
                guard let change = change() else { return nil }
                changes.append(change)
            } while scanner.skip(";")
            guard scanner.skip("]") else { return nil }
        } else {
            guard let change = change() else { return nil }
            changes = [change]
        }
        return scanner.isAtEnd ? NucleotideName(changes) : nil
    }

    private mutating func change() -> NucleotideChange<Position>? {
        let saved = scanner
        if let interval = HGVSInterval<Position>(&scanner), let change = edit(interval) { return change }
        scanner = saved
        guard isRNA, scanner.skip("("), let interval = HGVSInterval<Position>(&scanner),
            var change = edit(interval),
            change.edit != nil, scanner.skip(")")
        else { return nil }
        change.isPredicted = true
        return change
    }

    private mutating func edit(_ interval: HGVSInterval<Position>) -> NucleotideChange<Position>? {
        if scanner.skip("del") { return deletion(interval) }
        if scanner.skip("dup") { return stated(interval, .duplication) }
        if scanner.skip("inv") { return stated(interval, .inversion) }
        if scanner.skip("ins") {
            return inserted().map { NucleotideChange(interval, .insertion($0)) }
        }
        if scanner.skip("copy") { return scanner.number().map { NucleotideChange(interval, .copies($0)) } }
        if scanner.skip("con") {
            let source = scanner.run { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "]") }
            return source.contains(":") ? NucleotideChange(interval, .conversion(source)) : nil
        }
        if scanner.skip("?") { return NucleotideChange(interval, .unknown) }
        return bases(interval)
    }

    private mutating func deletion(_ interval: HGVSInterval<Position>) -> NucleotideChange<Position>? {
        guard let old = old(interval) else { return nil }
        guard scanner.skip("ins") else {
            return NucleotideChange(interval, .deletion, statedBases: old)
        }
        guard let parts = inserted() else { return nil }
        // `delAinsT` is a substitution.
        if old.utf8.count == 1, parts.count == 1, case .bases(let new) = parts[0], new.utf8.count == 1 {
            return NucleotideChange(interval, .substitution(from: old, to: new))
        }
        return NucleotideChange(interval, .delins(parts), statedBases: old)
    }

    private mutating func stated(_ interval: HGVSInterval<Position>, _ edit: NucleotideEdit)
        -> NucleotideChange<Position>?
    {
        old(interval).map { NucleotideChange(interval, edit, statedBases: $0) }
    }

    /// Old bases, or their number, which must fit the interval; empty where the name gives none.
    private mutating func old(_ interval: HGVSInterval<Position>) -> String? {
        if let count = scanner.number() {
            if let length = interval.length, length != count { return nil }
            return ""
        }
        guard let bases = sequence() else { return "" }
        if let length = interval.length, length != bases.utf8.count { return nil }
        return bases
    }

    private mutating func bases(_ interval: HGVSInterval<Position>) -> NucleotideChange<Position>? {
        let bases = sequence() ?? ""
        if scanner.skip(">") {
            guard bases.utf8.count == 1, let new = sequence(), new.utf8.count == 1 else { return nil }
            return NucleotideChange(interval, .substitution(from: bases, to: new))
        }
        if scanner.skip("=") { return NucleotideChange(interval, .identity, statedBases: bases) }
        if scanner.skip("[") {
            let isRange = scanner.skip("(")
            guard let low = scanner.number() else { return nil }
            var high = low
            if isRange {
                guard scanner.skip("_"), let number = scanner.number(), number >= low, scanner.skip(")")
                else {
                    return nil
                }
                high = number
            }
            return scanner.skip("]")
                ? NucleotideChange(interval, .repeated(unit: bases, counts: low...high)) : nil
        }
        return bases.isEmpty ? NucleotideChange(interval, nil) : nil
    }

    private mutating func inserted() -> [InsertedPart]? {
        guard scanner.skip("[") else { return part().map { [$0] } }
        var parts: [InsertedPart] = []
        repeat {
            guard let part = part() else { return nil }
            if case .bases(let new) = part, case .bases(let old)? = parts.last {
                parts[parts.count - 1] = .bases(old + new)
            } else {
                parts.append(part)
            }
        } while scanner.skip(";")
        return scanner.skip("]") ? parts : nil
    }

    private mutating func part() -> InsertedPart? {
        let saved = scanner
        if let low = Position(&scanner), scanner.skip("_"), let high = Position(&scanner) {
            return .range("\(low)_\(high)", isInverted: scanner.skip("inv"))
        }
        scanner = saved
        if let count = scanner.number() { return .unknown(count) }
        if scanner.skip("N["), let count = scanner.number(), scanner.skip("]") { return .unknown(count) }
        scanner = saved
        let text = scanner.run {
            $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: ")")
        }
        if text.contains(":") { return .other(text) }
        scanner = saved
        return sequence().map { .bases($0) }
    }

    /// Bases, in upper case for DNA and as they are written for RNA; nil where none come.
    private mutating func sequence() -> String? {
        let letters = Array(
            (isRNA ? "ACGURYSWKMBDHVNacgurryswkmbdhvn" : "ACGTRYSWKMBDHVNacgtryswkmbdhvn").utf8)
        // `c`, `d` and `i` begin words as well; a word is never taken for bases.
        let words = ["dup", "del", "inv", "ins", "con", "copy"]
        guard !words.contains(where: { scanner.remaining.hasPrefix($0) }) else { return nil }
        var text = ""
        while let byte = scanner.peek, letters.contains(byte),
            !words.contains(where: { scanner.remaining.hasPrefix($0) })
        {
            text.append(Character(UnicodeScalar(byte)))
            scanner.advance()
        }
        if text.isEmpty { return nil }
        return isRNA ? text : text.uppercased()
    }
}
