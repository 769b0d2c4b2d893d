// What do several variants on one haplotype do to a transcript together?
//
//     haplotype      A T G│C C A│G C A│A A G            C C A G>C  and, four bases on,  A>T
//                             [- - -]  ^
//     together       A T G│C C T│A A G                  one residue lost, one kept: not what either says alone
//
// Coding variants are put in the order of the transcript and joined to groups. A group goes on while
//
//     - the next variant touches a codon that the group touches,
//     - an insertion just behind the group brings as many bases as the group took, or
//     - the frame is shifted, until it is restored
//
// and each group of two or more is called as one change of the spliced bases. What the variants do outside coding
// sequence is kept from the single calls; the single calls themselves stay with the caller's user.
//
// Not done: variants that overlap each other on one haplotype; the later one is left alone.

internal import GeneModels
public import Genome

/// Variants of one haplotype that act on a transcript together.
public struct HaplotypeConsequence: Sendable {
    /// The numbers of the variants in the list that was given, in the order of the transcript.
    public var members: [Int]
    /// What they do together; for one variant, what it does alone.
    public var consequence: TranscriptConsequence
    /// The change that stands for all of them.
    public var edit: VariantEdit
}

extension ConsequenceCaller {
    /// Returns what the variants of one haplotype do to a transcript: each variant is in one group, and a group of one
    /// has the single answer.
    ///
    /// - Shape: `edits` in any order.
    /// - Complexity: O(*v* log *v*) for *v* variants, plus the bases between those that are joined.
    public mutating func callHaplotype(_ edits: [VariantEdit], on number: Int, in sequence: ContigSequence)
        -> [HaplotypeConsequence]
    {
        var result = callJoined(edits, on: number, in: sequence)
        let joined = Set(result.flatMap(\.members))
        for (index, edit) in edits.enumerated() where !joined.contains(index) {
            result.append(
                HaplotypeConsequence(
                    members: [index], consequence: call(edit, on: number, in: sequence), edit: edit))
        }
        return result.sorted { $0.members.min() ?? 0 < $1.members.min() ?? 0 }
    }

    /// The groups of two and more of ``callHaplotype(_:on:in:)`` alone.
    mutating func callJoined(_ edits: [VariantEdit], on number: Int, in sequence: ContigSequence)
        -> [HaplotypeConsequence]
    {
        let transcript = model.transcripts[number]
        let coding = edits.enumerated().compactMap { HaplotypeMember($0, $1, model, transcript) }
            .sorted { ($0.span.start, $0.span.end, $0.index) < ($1.span.start, $1.span.end, $1.index) }
        return HaplotypeMember.groups(coding).filter { $0.count > 1 }.map {
            call($0, on: number, in: sequence)
        }
    }

    /// Whether two variants touch one codon of a transcript: unphased, they may be one change (`possible_mnv`).
    public func shareCodon(_ left: VariantEdit, _ right: VariantEdit, on number: Int) -> Bool {
        let transcript = model.transcripts[number]
        let spans = [left, right].map {
            CodingSpan(EditSpan(model, transcript, from: $0.start, to: $0.end), transcript)
        }
        guard transcript.isCoding, spans[0].isWhole, spans[1].isWhole else { return false }
        let (first, second) = spans[0].start <= spans[1].start ? (spans[0], spans[1]) : (spans[1], spans[0])
        return first.end <= second.start && second.start / 3 <= (max(first.end, first.start + 1) - 1) / 3
    }

    private mutating func call(
        _ group: [HaplotypeMember], on number: Int, in sequence: ContigSequence
    ) -> HaplotypeConsequence {
        let transcript = model.transcripts[number]
        let singles = group.map { call($0.edit, on: number, in: sequence) }
        let edit = joined(group, transcript, sequence)
        var consequence = TranscriptConsequence(transcript: number)
        let touched = ExonTouch(model, transcript, edit.start, edit.end)
        var span = group[0].spliced
        span.end = group[group.count - 1].spliced.end
        consequence.splicedStart = Int32(span.start + 1)
        consequence.splicedEnd = Int32(span.end)
        coding(edit, transcript, number, touched, span, [], sequence, &consequence)
        if shiftsFrameBeforeStop(group) {
            consequence.terms.subtract([.inframeInsertion, .inframeDeletion, .proteinAlteringVariant])
            consequence.terms.insert(.frameshiftVariant)
        }
        for single in singles {
            consequence.terms.formUnion(single.terms.subtracting(.codingTerms))
            for (low, high) in [(single.firstExon, single.lastExon)] where low > 0 {
                consequence.firstExon = consequence.firstExon == 0 ? low : min(consequence.firstExon, low)
                consequence.lastExon = max(consequence.lastExon, high)
            }
        }
        return HaplotypeConsequence(members: group.map(\.index), consequence: consequence, edit: edit)
    }

    /// Whether the frame is shifted where the first new stop lies, so that what follows does not restore it.
    private func shiftsFrameBeforeStop(_ group: [HaplotypeMember]) -> Bool {
        guard let stop = window.alternate.firstIndex(of: AminoAcid.stop),
            !window.reference.contains(AminoAcid.stop)
        else { return false }
        let end = (window.firstCodon + stop + 1) * 3
        var shift = 0
        for member in group where member.span.start + shift < end { shift += member.lengthChange }
        return shift % 3 != 0
    }

    /// The spliced bases from the first to the last member, with all changes made.
    private func joined(_ group: [HaplotypeMember], _ transcript: Transcript, _ sequence: ContigSequence)
        -> VariantEdit
    {
        var bases: [UInt8] = []
        var place = group[0].spliced.start
        for member in group {
            if place < member.spliced.start {
                var reader = SplicedReader(model, transcript, at: place, isCoding: false)
                for _ in place..<member.spliced.start {
                    bases.append(reader.next(model, sequence) ?? BaseCode.unknown)
                }
            }
            for index in member.edit.alternate.indices {
                bases.append(member.edit.alternateCode(index, on: transcript.strand, rotation: 0))
            }
            place = member.spliced.end
        }
        let low = group.map(\.edit.start).min() ?? 0
        let high = group.map(\.edit.end).max() ?? 0
        return VariantEdit(joining: low..<high, spliced: bases, on: transcript.strand)
    }
}

/// A coding variant of a haplotype.
struct HaplotypeMember {
    let index: Int
    let place: HaplotypePlace
    let edit: VariantEdit

    var span: CodingSpan { place.span }
    var spliced: EditSpan { place.spliced }
    var lengthChange: Int { place.lengthChange }

    /// A member, or nil for a change that does not lie in coding bases whole.
    init?(_ index: Int, _ edit: VariantEdit, _ model: GeneModel, _ transcript: Transcript) {
        guard let place = HaplotypePlace(edit, model, transcript) else { return nil }
        self.place = place
        self.index = index
        self.edit = edit
    }

    /// Members in the order of the transcript, joined to groups.
    static func groups(_ members: [HaplotypeMember]) -> [[HaplotypeMember]] {
        var groups: [[HaplotypeMember]] = []
        var end = 0
        var shift = 0
        var lastCodon = -1
        for member in members where member.span.start >= end {
            let fills = shift < 0 && member.span.start <= (lastCodon + 1) * 3 && member.lengthChange == -shift
            if let last = groups.indices.last, shift % 3 != 0 || fills || member.span.start / 3 <= lastCodon {
                groups[last].append(member)
            } else {
                groups.append([member])
                shift = 0
                lastCodon = -1
            }
            shift += member.lengthChange
            end = member.span.end
            lastCodon = max(lastCodon, member.place.lastCodon)
        }
        return groups
    }
}

/// Where a coding variant lies in a transcript, and by how much it changes its length.
struct HaplotypePlace {
    let span: CodingSpan
    let spliced: EditSpan
    let lengthChange: Int

    /// A place, or nil for a change that does not lie in coding bases whole.
    init?(_ edit: VariantEdit, _ model: GeneModel, _ transcript: Transcript) {
        spliced = EditSpan(model, transcript, from: edit.start, to: edit.end)
        guard spliced.isWhole, edit.isStandard else { return nil }
        span = CodingSpan(spliced, transcript)
        guard span.isWhole else { return nil }
        lengthChange = edit.alternate.count - (span.end - span.start)
    }

    /// Whether some of these changes may act together: two touch one codon, or one has another length than what it replaces.
    static func mayJoin(_ places: [HaplotypePlace]) -> Bool {
        guard places.count > 1 else { return false }
        let sorted = places.sorted { $0.span.start < $1.span.start }
        return sorted.contains { $0.lengthChange != 0 }
            || zip(sorted, sorted.dropFirst()).contains { $1.span.start / 3 <= $0.lastCodon }
    }

    /// The last codon touched; an insertion between two codons touches neither.
    var lastCodon: Int {
        if span.start == span.end { return span.start % 3 == 0 ? span.start / 3 - 1 : span.start / 3 }
        return (span.end - 1) / 3
    }
}

extension ConsequenceTerms {
    /// The terms that the codons decide.
    static let codingTerms: ConsequenceTerms = [
        .stopGained, .frameshiftVariant, .stopLost, .startLost, .inframeInsertion, .inframeDeletion,
        .missenseVariant, .proteinAlteringVariant, .incompleteTerminalCodonVariant, .startRetainedVariant,
        .stopRetainedVariant, .synonymousVariant, .codingSequenceVariant,
    ]
}
