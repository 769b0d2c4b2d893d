extension ProteinChange {
    /// The change that an HGVS protein name describes; nil for what is uncertain (`p.?`, `p.0`), for more than one
    /// change, and for what is no protein name.
    ///
    /// Reads one- and three-letter names, with or without an accession, `p.`, brackets and URL escapes, and the
    /// old forms `X` for a stop, `fs` without a length and `delELREA` with the deleted residues.
    public init?(hgvs name: String) {
        var text = Substring(name.percentDecoded.filter { !$0.isWhitespace })
        if let colon = text.lastIndex(of: ":") { text = text[text.index(after: colon)...] }
        if text.hasPrefix("p.") { text = text.dropFirst(2) }
        if text.hasPrefix("("), text.hasSuffix(")") { text = text.dropFirst().dropLast() }
        var parser = ProteinNameParser(text)
        guard let change = parser.change(), parser.isAtEnd else { return nil }
        self = change
    }
}

/// Reads the part of a protein name after `p.`, from left to right.
///
///     change    := "=" | place "=" | place edit | residues number residues        (the last is SnpEff's)
///     place     := residue number [ "_" residue number ]
///     edit      := residue | "del" … | "dup" … | "ins" residues | "delins" residues | [residue] "fs" stop
///                | [residue | "del"] "ext" stop | "?"
///     stop      := [ ("Ter" | "*" | "X") [ number | "?" ] ]
struct ProteinNameParser {
    /// Numbers of more digits are not read: no protein is that long.
    private static let digitLimit = 9

    private var rest: ArraySlice<UInt8>
    /// Whether residues have three letters; nil until the first one is read.
    private var isThreeLetter: Bool?

    init(_ text: Substring) { rest = ArraySlice(Array(text.utf8)) }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func change() -> ProteinChange? {
        if rest.elementsEqual("=".utf8) {
            rest = []
            return ProteinChange(kind: .synonymous, first: 0, last: 0, reference: "", alternate: "")
        }
        let old = residues()
        guard let start = old.first, let first = number(), first > 0 else { return nil }
        if old.count > 1 { return changeOfNeighbors(old, first) }
        guard skip("_") else { return single(start, first) }
        guard let end = residue(), let last = number(), last > first else { return nil }
        return range(start, first, end, last)
    }

    /// SnpEff's `LysLys55AsnGlu`.
    private mutating func changeOfNeighbors(_ old: [UInt8], _ first: Int) -> ProteinChange? {
        let new = residues()
        guard new.count == old.count || new.last == AminoAcid.stop, !old.dropLast().contains(AminoAcid.stop)
        else { return nil }
        let last = first + old.count - 1
        // The name of the trimmed change must read as well.
        guard String(last).count <= Self.digitLimit else { return nil }
        return .replacing(old, first: first, last: last, with: new)
    }

    private mutating func range(_ start: UInt8, _ first: Int, _ end: UInt8, _ last: Int) -> ProteinChange? {
        if skip("=") {
            return ProteinChange(
                kind: .synonymous, first: first, last: last, reference: text([start, end]), alternate: "")
        }
        if skip("delins") || skip(">") { return replacement([start, end], first, last) }
        if skip("ins") {
            let new = residues()
            guard last == first + 1, !new.isEmpty else { return nil }
            let kept = new.prefix(through: new.firstIndex(of: AminoAcid.stop) ?? new.count - 1)
            return ProteinChange(
                kind: kept.last == AminoAcid.stop ? .nonsense : .inframeInsertion, first: first, last: last,
                reference: text([start, end]), alternate: text(kept), edit: .insertion)
        }
        return deletionOrDuplication([start, end], first, last)
    }

    private mutating func single(_ start: UInt8, _ first: Int) -> ProteinChange? {
        let old = isThreeLetter != true && start == AminoAcid.unknown ? AminoAcid.stop : start
        if skip("=") {
            return ProteinChange(
                kind: .synonymous, first: first, last: first, reference: text([start]), alternate: "")
        }
        if skip("?") {
            guard first == 1 else { return nil }
            return ProteinChange(
                kind: .startLost, first: 1, last: 1, reference: text([start]), alternate: "")
        }
        if skip("delins") || skip(">") { return replacement([start], first, first) }
        if old == AminoAcid.stop, skip("delext") { return endExtension(first, []) }
        if rest.starts(with: "del".utf8) || rest.starts(with: "dup".utf8) {
            return deletionOrDuplication([start], first, first)
        }
        let new = rest.starts(with: "fs".utf8) || rest.starts(with: "ext".utf8) ? nil : residue()
        if skip("fs") { return frameshift(old, first, new) }
        if old == AminoAcid.stop, skip("ext") { return endExtension(first, new.map { [$0] } ?? []) }
        guard var new, isAtEnd else { return nil }
        if isThreeLetter != true, new == AminoAcid.unknown { new = AminoAcid.stop }
        return .replacing([old], first: first, last: first, with: [new])
    }

    private mutating func replacement(_ old: [UInt8], _ first: Int, _ last: Int) -> ProteinChange? {
        var new = residues()
        if new == [AminoAcid.unknown], isThreeLetter != true { new = [AminoAcid.stop] }
        return new.isEmpty ? nil : .replacing(old, first: first, last: last, with: new)
    }

    private mutating func deletionOrDuplication(_ ends: [UInt8], _ first: Int, _ last: Int) -> ProteinChange?
    {
        let isDuplication = skip("dup")
        guard isDuplication || skip("del") else { return nil }
        var old = ends
        if !isAtEnd {
            // The residues or their number may follow; they must fit.
            let spelled = residues()
            if spelled.isEmpty {
                guard number() == last - first + 1 else { return nil }
            } else {
                guard spelled.count == last - first + 1, spelled.first == ends.first,
                    spelled.last == ends.last
                else { return nil }
                old = spelled
            }
        }
        if isDuplication {
            return ProteinChange(
                kind: .inframeInsertion, first: first, last: last, reference: text(old), alternate: "")
        }
        let isStart = first == 1 && old.first == UInt8(ascii: "M")
        return ProteinChange(
            kind: isStart ? .startLost : old.last == AminoAcid.stop ? .stopLost : .inframeDeletion,
            first: first,
            last: last, reference: text(old), alternate: "", edit: .deletion)
    }

    private mutating func frameshift(_ old: UInt8, _ first: Int, _ new: UInt8?) -> ProteinChange? {
        guard let stop = newStop() else { return nil }
        if new == AminoAcid.stop {
            return .replacing([old], first: first, last: first, with: [AminoAcid.stop])
        }
        return ProteinChange(
            kind: first == 1 && old == UInt8(ascii: "M") ? .startLost : .frameshift, first: first,
            last: first,
            reference: text([old]), alternate: new.map { text([$0]) } ?? "", edit: .frameshift,
            newStop: stop)
    }

    private mutating func endExtension(_ first: Int, _ new: [UInt8]) -> ProteinChange? {
        var stop: ProteinChange.NewStop?
        let saved = (rest, isThreeLetter)
        let tail = residues()
        if tail.count > 1, tail.last == AminoAcid.stop, isAtEnd {
            stop = .after(tail.count)
        } else {
            (rest, isThreeLetter) = saved
            guard let read = newStop() else { return nil }
            stop = read
        }
        return ProteinChange(
            kind: .stopLost, first: first, last: first, reference: "*", alternate: text(new), newStop: stop)
    }

    /// `Ter42`, `*42`, `X?` or nothing; nil for anything else.
    private mutating func newStop() -> ProteinChange.NewStop?? {
        if isAtEnd { return .some(nil) }
        guard skip("Ter") || skip("*") || skip("X") else { return nil }
        if isAtEnd { return .some(nil) }
        if skip("?") { return .notFound }
        return number().map { .after($0) }
    }

    // MARK: Words

    private mutating func residues() -> [UInt8] {
        var letters: [UInt8] = []
        while let letter = residue() { letters.append(letter) }
        return letters
    }

    /// The next residue; names must not mix one- and three-letter residues, but for stops.
    private mutating func residue() -> UInt8? {
        guard let byte = rest.first else { return nil }
        if let letter = AminoAcid.letter(text(rest.prefix(3))) {
            guard letter == AminoAcid.stop || isThreeLetter != false else { return nil }
            if letter != AminoAcid.stop { isThreeLetter = true }
            rest = rest.dropFirst(3)
            return letter
        }
        guard AminoAcid.isResidue(byte) else { return nil }
        if isThreeLetter == true {
            guard byte == AminoAcid.stop || byte == AminoAcid.unknown else { return nil }
            rest = rest.dropFirst()
            return AminoAcid.stop
        }
        if byte != AminoAcid.stop { isThreeLetter = false }
        rest = rest.dropFirst()
        return byte
    }

    private mutating func number() -> Int? {
        let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard !digits.isEmpty, digits.count <= Self.digitLimit else { return nil }
        rest = rest.dropFirst(digits.count)
        return Int(text(digits))
    }

    private mutating func skip(_ word: String) -> Bool {
        guard rest.starts(with: word.utf8) else { return false }
        rest = rest.dropFirst(word.utf8.count)
        return true
    }

    private func text(_ letters: some Sequence<UInt8>) -> String {
        String(decoding: Array(letters), as: UTF8.self)
    }
}
