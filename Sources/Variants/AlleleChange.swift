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

    /// Rolls a pure indel left.
    private mutating func rollLeft(on contig: Contig, genome: inout some ReferenceSequence) throws {
        var unit = Array(reference.isEmpty ? alternate : reference)
        var bases: [UInt8] = []
        var start = position
        var window = AlleleNormalizer.window
        try LeftRoll.roll(&unit, at: &position) { place in
            if place < start {
                let first = max(start - window, 0)
                guard place >= 0, let found = try genome.bases(of: contig, in: first..<start),
                    found.count == start - first
                else { return nil }
                (bases, start) = (found, first)
                window *= 2
            }
            return Bases.standard(bases[place - start])
        }
        if reference.isEmpty { alternate = unit[...] } else { reference = unit[...] }
    }

    func variant(on contig: Contig) -> Variant {
        Variant(
            contig: contig, position: position, reference: String(decoding: reference, as: UTF8.self),
            alternate: String(decoding: alternate, as: UTF8.self))
    }
}
