extension ProteinChange {
    /// How many residues of the reference lie in `first … last`.
    public var referenceLength: Int { first == 0 ? 0 : last - first + 1 }

    /// Residues gained minus residues lost; nil where the end of the protein is new and its place is not known.
    public var netLength: Int? {
        switch (kind, edit) {
        case (.missense, _), (.synonymous, _): 0
        case (.inframeInsertion, .duplication): referenceLength
        case (.inframeInsertion, _): alternate.utf8.count
        case (.inframeDeletion, _): -referenceLength
        case (.inframeDelins, _): alternate.utf8.count - referenceLength
        case (.stopLost, .extension):
            if case .after(let count) = newStop { count } else { nil }
        case (.nonsense, _), (.frameshift, _), (.startLost, _), (.stopLost, _): nil
        }
    }

    /// The residues replaced one for one, where as many are gained as lost; `from` is nil where the name does not
    /// give it, equal residues are left out.
    ///
    /// `p.Ile669_Thr670delinsMetIle` gives 669 I→M and 670 T→I, so a criterion on T670I sees it.
    public var substitutions: [(position: Int, from: Character?, to: Character)] {
        guard kind == .missense || (kind == .nonsense && edit == .substitution) else { return [] }
        let isComplete = reference.count == referenceLength
        return zip(first..., alternate).compactMap { position, to in
            let from: Character? =
                if position == first {
                    reference.first
                } else if position == last {
                    reference.last
                } else if isComplete {
                    reference[reference.index(reference.startIndex, offsetBy: position - first)]
                } else {
                    nil
                }
            return from == to ? nil : (position, from, to)
        }
    }

    /// The residue after which residues are added, for an insertion or a duplication.
    public var insertedAfter: Int? {
        guard kind == .inframeInsertion else { return nil }
        return edit == .duplication ? last : first
    }

    /// Whether two names can stand for one protein: equal changes, or a duplication and an insertion of as many
    /// residues with the same ends at the same place (`A767_V769dup`, `V769_D770insASV`).
    ///
    /// The new stop of a frameshift is compared only where both names give it.
    public func isSameChange(as other: ProteinChange) -> Bool {
        if kind == .frameshift, other.kind == .frameshift {
            return first == other.first && reference == other.reference
                && (alternate.isEmpty || other.alternate.isEmpty || alternate == other.alternate)
                && (newStop == nil || other.newStop == nil || newStop == other.newStop)
        }
        if kind == .startLost, other.kind == .startLost {
            if edit == .unknown || other.edit == .unknown { return true }
            guard edit == other.edit else { return false }
        }
        guard let place = insertedAfter, place == other.insertedAfter, netLength == other.netLength else {
            return kind == other.kind && first == other.first && last == other.last
                && reference.first == other.reference.first && reference.last == other.reference.last
                && alternate == other.alternate
        }
        let mine = insertedResidues, theirs = other.insertedResidues
        return mine == theirs
            || ((mine.count < netLength ?? 0 || theirs.count < netLength ?? 0) && mine.first == theirs.first
                && mine.last == theirs.last)
    }

    /// The residues that an insertion adds; of a duplication those the name gives.
    private var insertedResidues: String { edit == .duplication ? reference : alternate }

    /// Residues `first … last` replaced by `alternate`, with equal ends trimmed (the shared start first, so that
    /// what is left lies as near the end of the protein as HGVS wants it) where all residues are given.
    ///
    /// What follows a stop in `alternate` is dropped.
    static func replacing(
        _ reference: some Sequence<UInt8>, first: Int, last: Int, with alternate: some Sequence<UInt8>
    ) -> ProteinChange {
        var old = ArraySlice(Array(reference)), new = ArraySlice(Array(alternate))
        if let stop = new.firstIndex(of: AminoAcid.stop) { new = new[...stop] }
        let whole = old
        var first = first, last = last
        var left = AminoAcid.unknown, right = AminoAcid.unknown
        if old.count == last - first + 1 {
            while let residue = old.first, residue == new.first {
                left = residue
                old.removeFirst()
                new.removeFirst()
                first += 1
            }
            // Nothing stands before the first residue, so what is put there replaces it.
            while let residue = old.last, residue == new.last, first > 1 || old.count > 1 || new.count == 1 {
                right = residue
                old.removeLast()
                new.removeLast()
                last -= 1
            }
            if old.isEmpty, new.isEmpty {
                return ProteinChange(
                    kind: .synonymous, first: first - whole.count, last: last, reference: text(whole),
                    alternate: "")
            }
        }
        if old.isEmpty {
            return ProteinChange(
                kind: new.contains(AminoAcid.stop) ? .nonsense : .inframeInsertion, first: first - 1,
                last: first, reference: text([left, right]), alternate: text(new), edit: .insertion)
        }
        let isOneForOne = last == first && new.count == 1
        return ProteinChange(
            kind: kind(of: old, count: last - first + 1, at: first, to: new), first: first, last: last,
            reference: text(old), alternate: text(new),
            edit: new.isEmpty ? .deletion : isOneForOne ? .substitution : .delins)
    }

    /// The kind of a trimmed replacement.
    private static func kind(of old: ArraySlice<UInt8>, count: Int, at first: Int, to new: ArraySlice<UInt8>)
        -> Kind
    {
        if new.contains(AminoAcid.stop) { return .nonsense }
        if old.contains(AminoAcid.stop) { return .stopLost }
        if first == 1, old.first == UInt8(ascii: "M"), new.first != UInt8(ascii: "M") { return .startLost }
        if new.isEmpty { return .inframeDeletion }
        return new.count == count ? .missense : .inframeDelins
    }

    private static func text(_ letters: some Sequence<UInt8>) -> String {
        String(decoding: Array(letters), as: UTF8.self)
    }
}
