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
        out.append(addingCapacity: 64 + inserted.count * 3) { (text: inout OutputSpan<UInt8>) in
            text.write("p.")
            text.writeResidue(firstResidue)
            text.write(first)
            if last != first {
                text.append(UInt8(ascii: "_"))
                text.writeResidue(lastResidue)
                text.write(last)
            }
            writeChange(inserted, escapesEquals, &text)
        }
    }

    private func writeChange(_ inserted: [UInt8], _ escapesEquals: Bool, _ text: inout OutputSpan<UInt8>) {
        switch kind {
        case .substitution: text.writeResidue(newResidue)
        case .deletion: text.write("del")
        case .duplication: text.write("dup")
        case .insertion, .delins:
            text.write(kind == .insertion ? "ins" : "delins")
            for residue in inserted { text.writeResidue(residue) }
        case .frameshift:
            text.writeResidue(newResidue)
            text.write("fsTer")
            writeStop(&text)
        case .extension:
            if newResidue == 0 { text.write("del") } else { text.writeResidue(newResidue) }
            text.write("extTer")
            writeStop(&text)
        case .identity: text.write(escapesEquals ? "%3D" : "=")
        case .unknown: text.append(UInt8(ascii: "?"))
        }
    }

    private func writeStop(_ text: inout OutputSpan<UInt8>) {
        if newStop == 0 { text.append(UInt8(ascii: "?")) } else { text.write(newStop) }
    }
}
