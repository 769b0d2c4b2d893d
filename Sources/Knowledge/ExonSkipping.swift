public import Consequences

/// Whether a small change makes an exon be skipped, read off its `c.` name.
///
///     intron          │  exon                       │ intron
///     … -17 … -3 │ -2 -1 │ first           … last   │ +1 +2 │ …
///     probable     skipped                 skipped*   skipped
///
/// \* a substitution of the last base, where that base is known. A deletion counts where it takes an end of the exon with its
/// splice site, or the whole exon between its two introns; one that reaches into another exon does not. The exon's first base is not known, only
/// its residues: a base with `-` is the first one of an exon, one with `+` the last one, which is enough.
///
/// - Source: the project's specification, section 10.3.
struct ExonSkipping {
    /// What a change does to the exon.
    enum Verdict: Int, Comparable {
        /// Nothing that is known to skip it.
        case none
        /// It changes the polypyrimidine tract before the exon; RNA has to show the skipping.
        case probable
        /// The exon is skipped.
        case skipped

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// The exon's residues, a codon that an intron parts included.
    let residues: ClosedRange<Int>
    /// The last coding base (`c.`), where it is known.
    let lastBase: Int?

    /// Bases of the intron in front of the exon that its polypyrimidine tract ends with, as VEP counts it.
    private static let tract = 3...17

    func verdict(_ consequence: Consequence) -> Verdict {
        guard let name = HGVSName(consequence.codingName), case .coding(let coding) = name.change else {
            return .none
        }
        return coding.changes.map { verdict($0, breaksSite: AlterationClass.splice.contains(consequence)) }
            .max() ?? .none
    }

    private func verdict(_ change: NucleotideChange<CodingPosition>, breaksSite: Bool) -> Verdict {
        guard let edit = change.edit, edit != .identity,
            case .exactly(let first) = change.interval.start, case .exactly(let last) = change.interval.end,
            let start = Place(first), let end = Place(last)
        else { return .none }
        if breaksSite, isAtAcceptor(start, end) || isAtDonor(start, end) { return .skipped }
        if let lastBase, start.offset == 0, end.offset == 0, start.base <= lastBase, lastBase <= end.base,
            edit.keepsLength(of: change)
        {
            return .skipped
        }
        let isInTract =
            start.offset != 0 && isBefore(start) && isBefore(end) && Self.tract.contains(-end.offset)
        return isInTract && !breaksSite ? .probable : .none
    }

    /// The site before the exon is changed, by a change that lies in that intron or reaches from it into the exon or beyond.
    private func isAtAcceptor(_ start: Place, _ end: Place) -> Bool {
        guard start.offset != 0, isBefore(start) else { return false }
        if isBefore(end) { return end.offset == -1 || end.offset == -2 }
        return !isAfter(end) || end.offset != 0
    }

    /// The site behind the exon is changed, by a change that lies in that intron or reaches into it.
    private func isAtDonor(_ start: Place, _ end: Place) -> Bool {
        guard end.offset != 0, isAfter(end) else { return false }
        if isAfter(start) { return start.offset == 1 || start.offset == 2 }
        return !isBefore(start) || start.offset != 0
    }

    private func isBefore(_ place: Place) -> Bool {
        if place.residue < residues.lowerBound {
            return place.offset == 0 || place.offset > 0 && place.residue == residues.lowerBound - 1
        }
        return place.residue == residues.lowerBound && place.offset != 0
    }

    private func isAfter(_ place: Place) -> Bool {
        if place.residue > residues.upperBound {
            return place.offset == 0 || place.offset < 0 && place.residue == residues.upperBound + 1
        }
        return place.residue == residues.upperBound && place.offset != 0
    }

    /// A base of the coding sequence, and the distance into an intron from there.
    private struct Place {
        let base: Int
        let offset: Int

        var residue: Int { (base - 1) / 3 + 1 }

        /// Nil outside the coding sequence, and where anything is unknown.
        init?(_ position: CodingPosition) {
            guard position.origin == .start, let base = position.base, base > 0 else { return nil }
            self.base = base
            switch position.offset {
            case nil: offset = 0
            case .exactly(let distance)?: offset = distance
            case .somewhereAfter?, .somewhereBefore?: return nil
            }
        }
    }
}

/// The exons whose skipping a base asks for: those of which it knows the last coding base.
public struct SkippableExons: Sendable {
    private let exons: [String: [ExonSkipping]]
    private let numberings: [TranscriptNumbering]

    /// The exons of a base.
    public init(_ knowledge: KnowledgeBase) {
        var exons: [String: [ExonSkipping]] = [:]
        for (gene, ends) in knowledge.exonEnds {
            exons[gene] = ends.compactMap { exon, last in
                knowledge.exons[gene]?[exon].map { ExonSkipping(residues: $0, lastBase: last) }
            }
        }
        self.exons = exons
        numberings = knowledge.numberings
    }

    /// Whether a change probably or surely makes one of them be skipped, by the transcript that it is told on or one with other numbers.
    public func mayBeSkipped(by consequence: Consequence) -> Bool {
        guard let exons = exons[consequence.gene] else { return false }
        let told = [consequence] + numberings.compactMap { $0.renumbered(consequence) }
        return exons.contains { exon in told.contains { exon.verdict($0) != .none } }
    }
}

extension NucleotideEdit {
    /// A substitution of one base, or of as many as the change covers.
    fileprivate func keepsLength(of change: NucleotideChange<CodingPosition>) -> Bool {
        switch self {
        case .substitution, .inversion: return true
        case .delins(let parts):
            guard case .bases(let bases)? = parts.first, parts.count == 1,
                case .exactly(let first) = change.interval.start,
                case .exactly(let last) = change.interval.end
            else { return false }
            return first.length(to: last) == bases.utf8.count
        default: return false
        }
    }
}
