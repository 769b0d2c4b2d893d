/// What an ALT allele is, by its bytes.
///
/// Source: VCF 4.2, section 1.4.1, VCF 4.3 and later, section 1.6.1, and the sections on breakends.
enum AlleleGrammar: Hashable {
    /// Bases A, C, G, T, N.
    case bases
    /// Bases with IUPAC codes among them.
    case ambiguous
    /// `*`: lost to an overlapping deletion.
    case overlapped
    /// `.`.
    case missing
    /// `<ID>`; the unspecified alleles `<*>` and `<NON_REF>` among them.
    case symbolic
    /// `]chr:pos]t` and its three siblings, or a single breakend `t.`, `.t`.
    case breakend
    /// None of these.
    case invalid

    init(_ allele: ArraySlice<UInt8>) {
        guard let first = allele.first, let last = allele.last else {
            self = .invalid
            return
        }
        if allele.allSatisfy(ValueGrammar.isBase) {
            self = .bases
        } else if allele.count == 1, first == UInt8(ascii: "*") {
            self = .overlapped
        } else if allele.count == 1, first == UInt8(ascii: ".") {
            self = .missing
        } else if first == UInt8(ascii: "<") {
            self = Self.isSymbol(allele) ? .symbolic : .invalid
        } else if allele.contains(UInt8(ascii: "[")) || allele.contains(UInt8(ascii: "]")) {
            self = Self.isPairedBreakend(allele) ? .breakend : .invalid
        } else if first == UInt8(ascii: ".") || last == UInt8(ascii: ".") {
            let bases = first == UInt8(ascii: ".") ? allele.dropFirst() : allele.dropLast()
            self = bases.allSatisfy(ValueGrammar.isBase) ? .breakend : .invalid
        } else if allele.allSatisfy({ ValueGrammar.isBase($0) || ValueGrammar.isAmbiguityCode($0) }) {
            self = .ambiguous
        } else {
            self = .invalid
        }
    }

    /// `<ID>` with an ID of printable characters other than white space, comma and angle brackets.
    private static func isSymbol(_ allele: ArraySlice<UInt8>) -> Bool {
        guard allele.count > 2, allele.last == UInt8(ascii: ">") else { return false }
        let id = allele.dropFirst().dropLast()
        return id.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"<>,".utf8.contains($0) }
            && (id.contains { ValueGrammar.isAlphanumeric($0) || $0 >= 0x80 } || id.elementsEqual("*".utf8))
    }

    /// `t[p[`, `t]p]`, `]p]t`, `[p[t` with p = contig:position.
    private static func isPairedBreakend(_ allele: ArraySlice<UInt8>) -> Bool {
        for bracket in [UInt8(ascii: "["), UInt8(ascii: "]")] {
            let parts = allele.split(separator: bracket, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let bases: ArraySlice<UInt8>
            switch (parts[0].isEmpty, parts[2].isEmpty) {
            case (false, true): bases = parts[0]
            case (true, false): bases = parts[2]
            default: continue
            }
            let areBases = bases.allSatisfy {
                ValueGrammar.isBase($0) || ValueGrammar.isAmbiguityCode($0)
            }
            // `.` stands for no base on this side (an insertion at the end of a contig).
            if areBases || bases.elementsEqual(".".utf8), isPlace(parts[1]) { return true }
        }
        return false
    }

    private static func isPlace(_ place: ArraySlice<UInt8>) -> Bool {
        guard let colon = place.lastIndex(of: UInt8(ascii: ":")), colon > place.startIndex else {
            return false
        }
        let digits = place[(colon + 1)...]
        guard !digits.isEmpty, digits.allSatisfy(ValueGrammar.isDigit) else { return false }
        var contig = place[..<colon]
        if contig.first == UInt8(ascii: "<") {
            guard contig.last == UInt8(ascii: ">"), contig.count > 2 else { return false }
            contig = contig.dropFirst().dropLast()
        }
        return contig.allSatisfy { $0 > 0x20 && !"<>[],".utf8.contains($0) }
    }
}
