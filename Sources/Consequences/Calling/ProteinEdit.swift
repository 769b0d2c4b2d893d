/// A protein change as plain numbers, from which the name is printed; the inserted residues lie with the caller.
///
/// - Coordinates: residues are 1-based and closed.
public struct ProteinEdit: Hashable, Sendable {
    /// How HGVS writes the change.
    var kind: ProteinChange.Edit
    var first: Int
    var last: Int
    var firstResidue: UInt8
    var lastResidue: UInt8
    /// The residue that a substitution, a frameshift or an extension gives; 0 for none.
    var newResidue: UInt8
    /// How far on the new stop lies; 0 for none.
    var newStop = 0

    init(
        kind: ProteinChange.Edit, first: Int, last: Int, firstResidue: UInt8, lastResidue: UInt8 = 0,
        newResidue: UInt8 = 0
    ) {
        self.kind = kind
        self.first = first
        self.last = last
        self.firstResidue = firstResidue
        self.lastResidue = lastResidue == 0 ? firstResidue : lastResidue
        self.newResidue = newResidue
    }
}

extension ProteinEdit {
    /// Appends `p.Val600Glu` and the like, without brackets; `inserted` are the new residues of an insertion or delins.
    func write(inserted: [UInt8], escapesEquals: Bool, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "p"))
        out.append(UInt8(ascii: "."))
        out.appendResidue(firstResidue)
        out.appendNumber(first)
        if last != first {
            out.append(UInt8(ascii: "_"))
            out.appendResidue(lastResidue)
            out.appendNumber(last)
        }
        switch kind {
        case .substitution: out.appendResidue(newResidue)
        case .deletion: out.append(contentsOf: "del".utf8)
        case .duplication: out.append(contentsOf: "dup".utf8)
        case .insertion:
            out.append(contentsOf: "ins".utf8)
            for residue in inserted { out.appendResidue(residue) }
        case .delins:
            out.append(contentsOf: "delins".utf8)
            for residue in inserted { out.appendResidue(residue) }
        case .frameshift:
            out.appendResidue(newResidue)
            out.append(contentsOf: "fsTer".utf8)
            appendStop(to: &out)
        case .extension:
            if newResidue == 0 { out.append(contentsOf: "del".utf8) } else { out.appendResidue(newResidue) }
            out.append(contentsOf: "extTer".utf8)
            appendStop(to: &out)
        case .identity: out.append(contentsOf: (escapesEquals ? "%3D" : "=").utf8)
        case .unknown: out.append(UInt8(ascii: "?"))
        }
    }

    private func appendStop(to out: inout [UInt8]) {
        if newStop == 0 { out.append(UInt8(ascii: "?")) } else { out.appendNumber(newStop) }
    }
}

extension [UInt8] {
    /// Appends a number in decimal digits.
    mutating func appendNumber(_ number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        if rest < 10 {
            append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest))
            return
        }
        let start = count
        while rest > 0 {
            append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        var (low, high) = (start, count &- 1)
        while low < high {
            swapAt(low, high)
            low &+= 1
            high &-= 1
        }
    }

    /// Appends the three letters of a residue.
    mutating func appendResidue(_ letter: UInt8) {
        let name = AminoAcid.bytes(letter)
        append(name.0)
        append(name.1)
        append(name.2)
    }
}
