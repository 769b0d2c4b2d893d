// Which transcripts of a gene read the same coding sequence?
//
//     first       ├──┤     ├──▓▓▓┤   ├▓▓▓▓┤   ├▓▓──┤        ▓ coding
//     second          ├──────▓▓▓┤   ├▓▓▓▓┤   ├▓▓──┤        another start of transcription, all else alike
//
// A change of coding bases behind the start codon is the same change of codons and protein on both, so it is read and
// named once.

internal import GeneModels
internal import Genome

/// The transcripts of a model that are alike from the start codon to their end.
///
/// - Complexity: a transcript is compared once with those of its gene that came before.
struct CodingTwins: Sendable {
    /// By transcript, one more than its first twin's number; 0 where it was not asked for yet.
    private var known: [Int32] = []
    /// Of each gene the last transcript without an earlier twin, and of such a transcript the one before it; plus one.
    private var newest: [Int32] = []
    private var older: [Int32] = []

    /// The number of the first transcript that is alike, which may be the transcript itself.
    @inline(__always)
    mutating func first(of number: Int, _ model: GeneModel) -> Int32 {
        if number < known.count, known[number] > 0 { return known[number] &- 1 }
        return find(number, model)
    }

    private mutating func find(_ number: Int, _ model: GeneModel) -> Int32 {
        if known.isEmpty {
            known = Array(repeating: 0, count: model.transcripts.count)
            older = known
            newest = Array(repeating: 0, count: model.genes.count)
        }
        let gene = Int(model.transcripts[number].gene)
        var other = newest[gene]
        while other > 0 {
            if model.areAlike(number, Int(other) - 1) {
                known[number] = other
                return other - 1
            }
            other = older[Int(other) - 1]
        }
        older[number] = newest[gene]
        newest[gene] = Int32(number + 1)
        known[number] = Int32(number + 1)
        return Int32(number)
    }
}

extension GeneModel {
    /// Whether two transcripts of a gene have the same bases from the start codon to their end, read alike. Where the ribosome slips
    /// they are not compared.
    fileprivate func areAlike(_ one: Int, _ other: Int) -> Bool {
        let (a, b) = (transcripts[one], transcripts[other])
        guard a.isCoding, b.isCoding, a.strand == b.strand, a.codingRegionStart == b.codingRegionStart,
            a.codingRegionEnd == b.codingRegionEnd, a.codingLength == b.codingLength,
            a.missingBases == b.missingBases, a.slipOffset < 0, b.slipOffset < 0,
            a.length - a.codingEnd == b.length - b.codingEnd,
            a.flags.subtracting(.ofChoice) == b.flags.subtracting(.ofChoice)
        else { return false }
        return haveSameExons(a, b)
            && recodings(of: one).elementsEqual(recodings(of: other)) {
                $0.codon == $1.codon && $0.residue == $1.residue
            }
    }

    /// Whether the exons are the same from the transcripts' 3' end to the one that holds the start codon, of which the 3' end is.
    private func haveSameExons(_ a: Transcript, _ b: Transcript) -> Bool {
        for rank in 0..<Int(min(a.exonCount, b.exonCount)) {
            let (left, right): (Exon, Exon)
            if a.strand == .forward {
                left = exons[Int(a.firstExon + a.exonCount) - 1 - rank]
                right = exons[Int(b.firstExon + b.exonCount) - 1 - rank]
                guard left.end == right.end else { return false }
                if left.start <= a.codingRegionStart { return right.start <= a.codingRegionStart }
                guard left.start == right.start else { return false }
            } else {
                left = exons[Int(a.firstExon) + rank]
                right = exons[Int(b.firstExon) + rank]
                guard left.start == right.start else { return false }
                if left.end >= a.codingRegionEnd { return right.end >= a.codingRegionEnd }
                guard left.end == right.end else { return false }
            }
        }
        return false
    }

    private func recodings(of number: Int) -> [Recoding] {
        recodings.isEmpty ? [] : recodings.filter { Int($0.transcript) == number }
    }
}

extension TranscriptFlags {
    /// What decides which transcript is reported, not what a change does to it.
    fileprivate static let ofChoice: TranscriptFlags = [.maneSelect, .manePlusClinical, .canonical]
}

/// What a change does to the coding sequence of the last transcript that it was called on, and to transcripts as a whole, for the twins
/// that follow.
///
/// Holds for one change on one contig; ``RecordCaller`` says when it begins and ends.
struct CodingMemo: Sendable {
    private(set) var isOn = false
    private var twin: Int32 = -1
    private var whole: [(twin: Int32, consequence: TranscriptConsequence)] = []
    private var span = (start: -1, end: -1)
    private var terms: ConsequenceTerms = []

    mutating func begin() {
        (isOn, twin) = (true, -1)
        if !whole.isEmpty { whole.removeAll(keepingCapacity: true) }
    }

    mutating func end() { isOn = false }

    /// The terms that the coding sequence gives; nil where they are not known.
    @inline(__always)
    func terms(_ span: CodingSpan, twin: Int32) -> ConsequenceTerms? {
        self.twin == twin && self.span == (span.start, span.end) ? terms : nil
    }

    @inline(__always)
    func mayShare(_ span: CodingSpan) -> Bool { isOn && span.end >= 0 && span.start >= CodingTwins.firstBase }

    /// What the change does to a twin that was called; nil where none was.
    @inline(__always)
    func consequence(twin: Int32) -> TranscriptConsequence? {
        for known in whole where known.twin == twin { return known.consequence }
        return nil
    }

    mutating func keep(_ consequence: TranscriptConsequence, twin: Int32) {
        whole.append((twin, consequence))
    }

    mutating func keep(_ terms: ConsequenceTerms, _ span: CodingSpan, twin: Int32) {
        (self.twin, self.span, self.terms) = (twin, (span.start, span.end), terms)
    }
}

extension CodingTwins {
    /// The first coding base that twins share, 0-based: a change near the start codon may move bases before it, which are not alike.
    static let firstBase = 6
}

extension ConsequenceCaller {
    /// The first twin of a consequence's transcript where twins share its codons and protein; nil where each has its own.
    mutating func codingTwin(of consequence: TranscriptConsequence) -> Int32? {
        guard Int(consequence.codingStart) > CodingTwins.firstBase,
            Int(consequence.codingEnd) >= CodingTwins.firstBase, !consequence.changesStartCodon
        else { return nil }
        return twins.first(of: Int(consequence.transcript), model)
    }

    /// The first twin of a transcript where the change lies behind the start codon, so that all twins have the same consequence and the
    /// same `c.` name, but for numbers of exons and bases that are counted from before it; -1 elsewhere.
    @inline(__always)
    mutating func sharedTwin(_ number: Int, _ transcript: Transcript, _ edit: VariantEdit) -> Int32 {
        guard transcript.isCoding else { return -1 }
        if transcript.strand == .forward {
            let limit = Int(transcript.codingRegionStart) &+ CodingTwins.firstBase
            // A duplication is named by the bases before it.
            guard edit.start >= limit, edit.forward.nameStart > limit else { return -1 }
        } else {
            let limit = Int(transcript.codingRegionEnd) &- CodingTwins.firstBase
            guard edit.end <= limit, edit.reverse.nameEnd < limit else { return -1 }
        }
        return twins.first(of: number, model)
    }

    /// What a change does to a transcript, taken from what it does to a twin (``sharedTwin(_:_:_:)``).
    @inline(__always)
    func consequence(
        _ known: TranscriptConsequence, onTwin number: Int, _ transcript: Transcript
    ) -> TranscriptConsequence {
        let old = Int(known.transcript)
        let bases = transcript.codingStart &- model.transcripts[old].codingStart
        let exons = Int(transcript.exonCount &- model.transcripts[old].exonCount)
        var result = known
        result.transcript = Int32(number)
        if known.splicedStart > 0 { result.splicedStart &+= bases }
        if known.splicedEnd > 0 { result.splicedEnd &+= bases }
        if known.firstExon > 0 {
            result.firstExon = UInt16(clamping: Int(known.firstExon) &+ exons)
            result.lastExon = UInt16(clamping: Int(known.lastExon) &+ exons)
        }
        if known.firstIntron > 0 {
            result.firstIntron = UInt16(clamping: Int(known.firstIntron) &+ exons)
            result.lastIntron = UInt16(clamping: Int(known.lastIntron) &+ exons)
        }
        return result
    }
}

extension TranscriptConsequence {
    /// Whether twins share it where the change lies behind the start codon on the contig: in coding bases it may still touch the first ones.
    @inline(__always)
    var isShared: Bool {
        (codingStart == 0 || Int(codingStart) > CodingTwins.firstBase)
            && (codingEnd == 0 || Int(codingEnd) > CodingTwins.firstBase) && !changesStartCodon
    }
}
