// Reads and prints p. names.
//
//     p.Val600Glu  p.V600E  p.(Val600Glu)  NP_004324.2:p.Val600Glu     substitution
//     p.Glu746_Ala750del  p.Lys550dup  p.Ala763_Tyr764insPheGlnGluAla  p.Leu747_Thr751delinsPro
//     p.Arg213Ter  p.Arg213*  p.Leu414SerfsTer42  p.Leu414fs  p.Met1?  p.Ter636ArgextTer13  p.Trp24=
//
// A range is kept as its end residues; the residues between are not known from the name. Names that say nothing that
// can be matched (p.?, p.0) give nil.

extension ProteinChange {
    /// Reads a p. name in one- or three-letter form, with or without accession and brackets; nil if it is none that
    /// can be matched.
    ///
    /// Source: HGVS nomenclature 2024, protein recommendations.
    public init?(hgvs name: some StringProtocol) {
        var text = Substring(name)
        if let start = text.firstRange(of: "p.") { text = text[start.upperBound...] } else { return nil }
        if text.contains("%3D") { text = Substring(text.replacing("%3D", with: "=", maxReplacements: 1)) }
        // Brackets around the change, or around the name in `c.1799T>A (p.Val600Glu)`.
        if text.hasPrefix("(") { text = text.dropFirst() }
        if text.hasSuffix(")") { text = text.dropLast() }
        var scanner = Scanner(text)
        guard let first = scanner.residue() else { return nil }
        if let block = scanner.block(after: first) {
            guard let change = ProteinChange(replacing: block.old, at: block.start, with: block.new) else {
                return nil
            }
            self = change
            return
        }
        guard let start = scanner.number() else { return nil }
        var last = first, end = start
        if scanner.take("_") {
            guard let residue = scanner.residue(), let number = scanner.number(), number >= start else {
                return nil
            }
            (last, end) = (residue, number)
        }
        let ends = end == start ? String(first) : String(first) + String(last)
        func change(_ kind: Kind, _ alternate: String) -> ProteinChange {
            ProteinChange(kind: kind, first: start, last: end, reference: ends, alternate: alternate)
        }
        let rest = scanner.rest
        if rest == "=" {
            self = change(.synonymous, ends)
        } else if rest.contains("ext") {
            // `ArgextTer13`: the stop becomes Arg; `delextTer32` names no residue.
            var tail = Scanner(rest)
            let new = first == "*" ? tail.residue() : nil
            self = change(first == "*" ? .stopLost : .startLost, new.map { String($0) } ?? "")
        } else if rest.hasPrefix("delins") {
            guard let inserted = Scanner.residues(rest.dropFirst(6)) else { return nil }
            self = Self.delins(start, end, ends, inserted)
        } else if rest.hasPrefix("del") {
            // ClinVar's and CIViC's older names spell the deleted residues.
            let spelled = Scanner.residues(rest.dropFirst(3)) ?? (Int(rest.dropFirst(3)) != nil ? "" : nil)
            guard rest.count == 3 || spelled != nil else { return nil }
            self = change(.inframeDeletion, "")
        } else if rest.hasPrefix("dup") {
            guard rest.count == 3 || Scanner.residues(rest.dropFirst(3)) != nil else { return nil }
            // A copy after the range: an insertion between its last residue and the next.
            let copy = end == start ? String(first) : ""
            self = ProteinChange(
                kind: .inframeInsertion, first: start, last: end, reference: ends, alternate: "dup" + copy)
        } else if rest.hasPrefix("ins") {
            guard end == start + 1 else { return nil }
            let inserted = Scanner.residues(rest.dropFirst(3)) ?? (Int(rest.dropFirst(3)).map { "\($0)" })
            guard let inserted, !inserted.isEmpty else { return nil }
            self = change(.inframeInsertion, inserted)
        } else if rest.contains("fs") {
            guard end == start else { return nil }
            var tail = Scanner(rest)
            let new = tail.residue()
            guard tail.take("fs") else { return nil }
            self = change(.frameshift, new.map { String($0) } ?? "")
        } else if rest == "?" {
            guard first == "M", start == 1 else { return nil }
            self = change(.startLost, "")
        } else {
            guard end == start, let new = Scanner.residues(rest), new.count == 1 else { return nil }
            if first == "M", start == 1, new != "M" {
                self = change(.startLost, new)
            } else if new == "*" {
                self = change(first == "*" ? .synonymous : .nonsense, new)
            } else if first == "*" {
                self = change(.stopLost, new)
            } else {
                self = change(new == String(first) ? .synonymous : .missense, new)
            }
        }
    }

    /// A delins by lengths: as many residues stay a substitution of several residues.
    private static func delins(_ start: Int, _ end: Int, _ ends: String, _ inserted: String) -> ProteinChange
    {
        let length = end - start + 1
        var kind: Kind = inserted.count == length ? .missense : .inframeDelins
        if inserted.contains("*") { kind = ends.hasPrefix("*") ? .synonymous : .nonsense }
        if ends.hasSuffix("*"), !inserted.contains("*") { kind = .stopLost }
        return ProteinChange(kind: kind, first: start, last: end, reference: ends, alternate: inserted)
    }

    /// The change of the residues `old`, the first of them `start`, into `new`, without what both share at the ends.
    ///
    /// The start is trimmed first, so that an insertion lies as near to the protein's end as HGVS wants it.
    /// Nil if nothing is left to name: an insertion at the protein's start.
    init?(replacing old: String, at start: Int, with new: String) {
        var a = Array(old), b = Array(new), first = start
        var before: Character?
        while let x = a.first, x == b.first {
            before = x
            a.removeFirst()
            b.removeFirst()
            first += 1
        }
        while let x = a.last, x == b.last {
            a.removeLast()
            b.removeLast()
        }
        let (reference, alternate, last) = (String(a), String(b), first + a.count - 1)
        if a.isEmpty, b.isEmpty {
            self.init(
                kind: .synonymous, first: start, last: start + max(old.count, 1) - 1, reference: old,
                alternate: old)
        } else if a.isEmpty {
            guard first > 1 else { return nil }
            self.init(
                kind: .inframeInsertion, first: first - 1, last: first,
                reference: before.map { String($0) } ?? "",
                alternate: alternate)
        } else if a.count == 1, b.count == 1 {
            self.init(hgvs: "p.\(reference)\(first)\(alternate)")
        } else if b.isEmpty {
            self.init(kind: .inframeDeletion, first: first, last: last, reference: reference, alternate: "")
        } else {
            self = Self.delins(first, last, reference, alternate)
        }
    }

    /// Residues replaced one for one: those whose reference residue the name gives (both ends of a range).
    public var substitutions: [Substitution] {
        guard kind == .missense || kind == .nonsense || kind == .synonymous else { return [] }
        let length = last - first + 1
        let new = Array(alternate), old = Array(reference)
        if kind == .nonsense, length != new.count { return [] }
        guard new.count == length, let firstOld = old.first, let lastOld = old.last else { return [] }
        if length == 1 { return [Substitution(position: first, from: firstOld, to: new[0])] }
        var found: [Substitution] = []
        for offset in 0..<length {
            let from: Character? =
                old.count == length
                ? old[offset] : offset == 0 ? firstOld : offset == length - 1 ? lastOld : nil
            if let from { found.append(Substitution(position: first + offset, from: from, to: new[offset])) }
        }
        return found
    }

    /// One residue for another.
    public struct Substitution: Hashable, Sendable {
        /// 1-based.
        public let position: Int
        /// One letter.
        public let from: Character
        /// One letter.
        public let to: Character
    }

    /// Residues gained minus residues lost, for in-frame changes; 0 where it is not known.
    public var netLength: Int {
        switch kind {
        case .inframeDeletion: -(last - first + 1)
        case .inframeDelins: alternate.count - (last - first + 1)
        case .inframeInsertion:
            alternate.hasPrefix("dup") ? last - first + 1 : Int(alternate) ?? alternate.count
        default: 0
        }
    }

    /// The name as people say it, with one-letter residues: `p.V600E`, `p.E746_A750del`, `p.L414fs`.
    public var shortName: String { name { String($0) } }

    /// The name with three-letter residues: `p.Val600Glu`.
    public var threeLetterName: String { name { AminoAcids.threeLetter[$0] ?? "Xaa" } }

    private func name(_ spell: (Character) -> String) -> String {
        func place(_ residue: Character?, _ number: Int) -> String {
            (residue.map(spell) ?? "") + String(number)
        }
        let range =
            first == last
            ? place(reference.first, first)
            : place(reference.first, first) + "_" + place(reference.count > 1 ? reference.last : nil, last)
        let new = alternate.map(spell).joined()
        switch kind {
        case .synonymous: return "p.\(range)="
        case .missense, .nonsense:
            return first == last && alternate.count == 1 ? "p.\(range)\(new)" : "p.\(range)delins\(new)"
        case .inframeDeletion: return "p.\(range)del"
        case .inframeDelins: return "p.\(range)delins\(new)"
        case .inframeInsertion:
            return alternate.hasPrefix("dup")
                ? "p.\(range)dup" : "p.\(range)ins\(Int(alternate) != nil ? alternate : new)"
        case .frameshift: return "p.\(range)\(new)fs"
        case .startLost: return alternate.isEmpty ? "p.\(range)?" : "p.\(range)\(new)"
        case .stopLost:
            return first == last && alternate.count < 2 ? "p.\(range)\(new)ext" : "p.\(range)delins\(new)"
        }
    }

    private struct Scanner {
        var rest: Substring

        init(_ text: Substring) { rest = text }

        mutating func take(_ word: String) -> Bool {
            guard rest.hasPrefix(word) else { return false }
            rest = rest.dropFirst(word.count)
            return true
        }

        /// A residue in three letters, one letter, `Ter`, `*` or `X` (an old stop).
        mutating func residue() -> Character? {
            if rest.count >= 3, let letter = AminoAcids.oneLetter[String(rest.prefix(3))] {
                rest = rest.dropFirst(3)
                return letter
            }
            guard let letter = rest.first, "ACDEFGHIKLMNPQRSTVWYUX*".contains(letter) else { return nil }
            rest = rest.dropFirst()
            return letter == "X" ? "*" : letter
        }

        mutating func number() -> Int? {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let value = Int(digits), value > 0 else { return nil }
            rest = rest.dropFirst(digits.count)
            return value
        }

        /// SnpEff's `PheAla192AlaLys`, old and new residues spelled out, after the first of them was taken; nil, and
        /// nothing taken, for all else.
        mutating func block(after first: Character) -> (old: String, start: Int, new: String)? {
            var ahead = self
            var old = String(first)
            while let residue = ahead.residue() { old.append(residue) }
            guard old.count > 1, let start = ahead.number(), let new = Self.residues(ahead.rest) else {
                return nil
            }
            return (old, start, new)
        }

        static func residues(_ text: Substring) -> String? {
            var scanner = Scanner(text)
            var found = ""
            while !scanner.rest.isEmpty {
                guard let residue = scanner.residue() else { return nil }
                found.append(residue)
            }
            return found.isEmpty ? nil : found
        }
    }
}

/// One- and three-letter codes of amino acids. Source: IUPAC-IUB 1984; `Ter` and `*` are a stop.
enum AminoAcids {
    static let threeLetter: [Character: String] = [
        "A": "Ala", "C": "Cys", "D": "Asp", "E": "Glu", "F": "Phe", "G": "Gly", "H": "His", "I": "Ile",
        "K": "Lys",
        "L": "Leu", "M": "Met", "N": "Asn", "P": "Pro", "Q": "Gln", "R": "Arg", "S": "Ser", "T": "Thr",
        "V": "Val",
        "W": "Trp", "Y": "Tyr", "U": "Sec", "*": "Ter",
    ]
    static let oneLetter: [String: Character] = Dictionary(uniqueKeysWithValues: threeLetter.map { ($1, $0) })
}
