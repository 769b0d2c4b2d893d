// What do the alleles of a record do?
//
//     record ─▶ alleles: explicit bases   VariantEdit on each transcript that lies near
//                        <DEL>, <DUP> …   by their extent
//                        breakend         one place
//                        *, <*>, .        nothing by themselves
//
// Records mostly come in order, so the transcripts near a record are found by a sweep that goes on from the last one.
//
// Not done: several variants of one haplotype (`HaplotypeResolver`).

public import GeneModels
public import Genome
public import Variants

/// Calls the consequences of each ALT of a record; belongs to one task.
public struct RecordCaller: Sendable {
    /// What became of an ALT.
    public enum Outcome: Hashable, Sendable {
        /// Bases replaced; ``RecordCaller/found`` holds what they do, and ``RecordCaller/edit`` the change.
        case small
        /// A large or symbolic allele; `found` holds what it does.
        case large
        /// No change by itself: `*`, `<*>`, `.`.
        case none
        /// Letters that are no bases, or a symbol without an extent.
        case unknown
    }

    /// The caller, for names.
    public var caller: ConsequenceCaller
    /// The choice among a gene's transcripts.
    public let choice: TranscriptChoice
    /// The bases of the contig at hand.
    public private(set) var sequence = ContigSequence(letters: [])
    /// What the last ALT does, in the order of the model.
    public private(set) var found: [TranscriptConsequence] = []
    /// The change of the last ALT of explicit bases.
    public private(set) var edit = VariantEdit()
    /// Whether the reference has the contig at hand.
    public private(set) var hasSequence = false
    private var index: TranscriptIndex?
    private var exons = ExonMap()

    /// A caller for these transcripts, looking `distance` bases up- and downstream.
    public init(model: GeneModel, choice: TranscriptChoice, distance: Int = 5000) {
        caller = ConsequenceCaller(model: model)
        caller.upstreamDistance = distance
        caller.downstreamDistance = distance
        self.choice = choice
    }

    /// Goes to a contig; `sequence` is nil where the reference has not got it. hg19's own mitochondrion has none of the models' genes.
    public mutating func enter(_ contig: Contig, sequence: ContigSequence?) {
        hasSequence = sequence != nil
        self.sequence = sequence ?? ContigSequence(letters: [])
        let reach = max(caller.upstreamDistance, caller.downstreamDistance)
        let isOther = contig.isMitochondrial && caller.model.hasOtherMitochondrion(bases: self.sequence.count)
        let number = isOther ? nil : caller.model.contigNumber(contig)
        index = number.map { TranscriptIndex(caller.model, contig: $0, reach: reach) }
        exons = number.map { ExonMap(caller.model, contig: $0) } ?? ExonMap()
    }

    /// Whether alleles of bases at this place change no exon and no splice site for certain, so that all that ``found`` would
    /// hold is silent (``ConsequenceTerms/isSilent``).
    public func isFarFromExons(_ record: VCFRecord) -> Bool {
        exons.isFar(record.position..<(record.position + max(record.column(3).count, 1)))
    }

    /// The reported transcripts of each gene whose coding bases the last ALT changes, by number.
    public var reportedCodingTranscripts: [Int] {
        choice.reported(found, caller.model).filter { $0.codingStart > 0 && $0.codingEnd > 0 }
            .map { Int($0.transcript) }
    }

    /// One of ``found`` with names, for a few that are kept.
    public mutating func consequence(_ called: TranscriptConsequence) -> Consequence {
        caller.consequence(called, edit, in: sequence)
    }

    /// Whether the gene models have the contig at hand.
    public var hasGenes: Bool { index != nil }

    /// Calls the ALT in a byte range of the record; see ``found``. REF is taken as it is.
    public mutating func call(_ record: VCFRecord, alternate range: Range<Int>) -> Outcome {
        if !found.isEmpty { found.removeAll(keepingCapacity: true) }
        guard !range.isEmpty else { return .unknown }
        let bytes = record.bytes, first = bytes[range.lowerBound]
        if Self.isNoChange(record, range) { return .none }
        if first == UInt8(ascii: "<") { return callSymbol(record, range) }
        let column = record.column(3)
        for place in range where !Self.isBase(bytes[place]) {
            let isBreakend = Self.isBracket(bytes[place]) || bytes[place] == UInt8(ascii: ".")
            return isBreakend ? call(.breakend, record.position..<(record.position + 1)) : .unknown
        }
        for place in column where !Self.isBase(bytes[place]) { return .unknown }
        guard record.position >= 0 else { return .unknown }
        edit.set(
            position: record.position, reference: bytes[column], alternate: bytes[range], in: sequence)
        guard !edit.isEmpty else { return .none }
        guard index != nil else { return .small }
        index?.advance(to: edit.start..<edit.end)
        let count = index?.openCount ?? 0
        caller.memo.begin()
        defer { caller.memo.end() }
        for place in 0..<count where index?.meets(place, edit.start..<edit.end) == true {
            let number = index?.transcript(place) ?? 0
            let consequence = caller.call(edit, on: number, in: sequence)
            if !consequence.terms.isEmpty { found.append(consequence) }
        }
        return .small
    }

    /// Whether an ALT is no change by itself: `*`, `.`, `<*>`, `<NON_REF>`.
    static func isNoChange(_ record: VCFRecord, _ alternate: Range<Int>) -> Bool {
        guard let first = record.bytes[alternate].first else { return false }
        if alternate.count == 1 { return first == UInt8(ascii: "*") || first == UInt8(ascii: ".") }
        return first == UInt8(ascii: "<")
            && (record.spells(alternate, "<*>") || record.spells(alternate, "<NON_REF>"))
    }

    private mutating func callSymbol(_ record: VCFRecord, _ range: Range<Int>) -> Outcome {
        let symbol = record.text(range)
        guard record.position >= 0, let end = Self.end(of: symbol, at: range, in: record),
            let allele = LargeAllele(symbol: symbol, position: record.position + 1, end: end)
        else { return .unknown }
        return call(allele.kind, allele.range)
    }

    /// Where a symbolic ALT ends (VCF's END); nil where the record does not say. Insertions have no extent and need none.
    ///
    /// `SVLEN` has a value for each ALT, `END` is one for the record: that of the longest ALT.
    private static func end(of symbol: String, at range: Range<Int>, in record: VCFRecord) -> Int? {
        let column = record.column(4), position = record.position + 1
        if symbol.hasPrefix("<INS") { return position }
        let commas = record.bytes[column].count { $0 == UInt8(ascii: ",") }
        let number = record.bytes[column.lowerBound..<range.lowerBound].count { $0 == UInt8(ascii: ",") }
        let lengths = record.infoList("SVLEN")
        let length = number < lengths.count ? Int32(lengths[number]).map { Int($0.magnitude) } : nil
        let byLength = length.flatMap { $0 > 0 ? position + $0 : nil }
        let byEnd = record.info("END").flatMap { Int32($0) }.flatMap { $0 > position ? Int($0) : nil }
        return commas == 0 ? byEnd ?? byLength : byLength ?? byEnd
    }

    private mutating func call(_ kind: LargeAllele.Kind, _ range: Range<Int>) -> Outcome {
        guard let index else { return .large }
        var numbers: [Int] = []
        index.find(range, into: &numbers)
        for number in numbers {
            let consequence = caller.call(LargeAllele(kind, range), on: number)
            if !consequence.terms.isEmpty { found.append(consequence) }
        }
        return .large
    }

    private static func isBase(_ letter: UInt8) -> Bool {
        let upper = letter & 0xDF
        return upper == 0x41 || upper == 0x43 || upper == 0x47 || upper == 0x54 || Bases.isCode(letter)
    }

    private static func isBracket(_ letter: UInt8) -> Bool {
        letter == UInt8(ascii: "[") || letter == UInt8(ascii: "]")
    }
}

extension ContigSequence {
    /// Whether REF is what the reference has there, by ``Genome/BaseCode/fits(_:genome:)``; outside the contig only `N` fits.
    public func matches(_ record: VCFRecord) -> Bool {
        let column = record.column(3)
        if column.count == 1 {
            // Most records are one base that is the genome's.
            let code = BaseCode.code(record.bytes[column.lowerBound])
            if code < BaseCode.unknown, code == self.code(at: record.position) { return true }
        }
        for index in column {
            let letter = record.bytes[index], position = record.position + index - column.lowerBound
            let genome = code(at: position)
            guard BaseCode.fits(letter, genome: genome),
                genome < BaseCode.unknown || range.contains(position) || letter | 0x20 == UInt8(ascii: "n")
            else { return false }
        }
        return true
    }
}
