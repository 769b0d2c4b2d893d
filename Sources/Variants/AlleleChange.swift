import Genome

/// REF and ALT as bytes while they are trimmed and rolled.
///
/// - Coordinates: `position` 0-based, the first base of `reference`, or the insertion point if that is empty.
struct AlleleChange {
    var position: Int
    var reference: ArraySlice<UInt8>
    var alternate: ArraySlice<UInt8>

    init(position: Int, reference: [UInt8], alternate: [UInt8]) {
        self.position = position
        self.reference = reference[...]
        self.alternate = alternate[...]
    }

    /// Removes the shared suffix, then the shared prefix; with `keepingAnchor` neither allele becomes empty.
    mutating func trim(keepingAnchor: Bool) {
        let floor = keepingAnchor ? 1 : 0
        while reference.count > floor, alternate.count > floor, reference.last == alternate.last {
            reference.removeLast()
            alternate.removeLast()
        }
        while reference.count > floor, alternate.count > floor, reference.first == alternate.first {
            reference.removeFirst()
            alternate.removeFirst()
            position += 1
        }
    }

    /// Trims, rolls an indel left and anchors it.
    mutating func normalize(on contig: Contig, reference genome: inout some ReferenceSequence) throws {
        trim(keepingAnchor: false)
        guard reference.isEmpty != alternate.isEmpty else { return }
        try rollLeft(on: contig, genome: &genome)
        let end = position + reference.count
        if position > 0, let anchor = try genome.bases(of: contig, in: (position - 1)..<position)?.first {
            reference = [Bases.standard(anchor)] + reference
            alternate = [Bases.standard(anchor)] + alternate
            position -= 1
        } else if let anchor = try genome.bases(of: contig, in: end..<(end + 1))?.first {
            reference += [Bases.standard(anchor)]
            alternate += [Bases.standard(anchor)]
        }
    }

    /// Rolls a pure indel left: `b` + `…b` is `b…` one base earlier, so the sequence only rotates.
    private mutating func rollLeft(on contig: Contig, genome: inout some ReferenceSequence) throws {
        let unit = Array(reference.isEmpty ? alternate : reference)
        var steps = 0
        var window = AlleleNormalizer.window
        rolling: while position > 0 {
            let start = max(position - window, 0)
            guard let bases = try genome.bases(of: contig, in: start..<position),
                bases.count == position - start
            else { break }
            for base in bases.reversed() {
                guard Bases.standard(base) == unit[unit.count - 1 - steps % unit.count] else { break rolling }
                steps += 1
                position -= 1
            }
            window *= 2
        }
        let shift = steps % unit.count
        let rotated = unit.suffix(shift) + unit.dropLast(shift)
        if reference.isEmpty { alternate = rotated[...] } else { reference = rotated[...] }
    }

    func variant(on contig: Contig) -> Variant {
        Variant(
            contig: contig, position: position, reference: String(decoding: reference, as: UTF8.self),
            alternate: String(decoding: alternate, as: UTF8.self))
    }
}
