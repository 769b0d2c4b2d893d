// One REF and ALT, made ready once for all transcripts that it meets.
//
//     1. trim what both alleles share: the start first, then the end; alleles of one
//        length are taken as the block that was written, and trimmed for names alone
//     2. for each strand, move an insertion or deletion as far 3' as the genome allows (HGVS)
//     3. for each strand, say what HGVS calls it: substitution, del, dup, ins, inv, delins
//
//     genome       G A A A A C        deletion of the first A
//     forward      G A A A[A]C        moved 3 to the right
//     reverse      G[A]A A A C        not moved
//
// Terms are called at the trimmed place, names are printed at the moved place; both are the same for every transcript
// of a strand, so nothing of this is done again per transcript.
//
// Not done: rolling to the left; a caller's left-aligned record is taken as it stands.

public import Genome

/// A trimmed change of one contig, with its most 3' place on either strand.
///
/// - Coordinates: 0-based, half-open; bases are codes (``Genome/BaseCode``) of the forward strand.
/// - Shape: reused from record to record, so that nothing is allocated for each.
public struct VariantEdit: Sendable {
    /// The first changed base.
    public private(set) var start = 0
    /// The end of the changed bases; equal to ``start`` for an insertion.
    public private(set) var end = 0
    /// The new bases.
    private(set) var alternate: [UInt8] = []
    /// Whether the new bases are all `ACGT`.
    public private(set) var isStandard = true
    /// Bases of a block substitution that are the same in both alleles, at its start and its end.
    private(set) var leading = 0
    /// See ``leading``.
    private(set) var trailing = 0
    /// Whether ``alternate`` stands for spliced bases, so that the introns between are left as they are.
    private(set) var isSpliced = false
    /// The place and kind as HGVS describes it on the forward strand.
    private(set) var forward = StrandEdit()
    /// The same on the reverse strand.
    private(set) var reverse = StrandEdit()

    /// An edit that changes nothing.
    public init() {}

    /// How many bases are removed.
    @inlinable public var removed: Int { end - start }
    /// Whether the alleles are equal.
    public var isEmpty: Bool { removed == 0 && alternate.isEmpty }
    /// Whether more bases come than go.
    @inline(__always) var isLengthening: Bool { alternate.count > removed }
    /// Whether fewer bases come than go.
    @inline(__always) var isShortening: Bool { alternate.count < removed }
    @inline(__always) var isInsertion: Bool { start == end }

    /// The place and kind on a strand.
    @inline(__always)
    func on(_ strand: Strand) -> StrandEdit { strand == .forward ? forward : reverse }

    /// A base of the moved ALT as the strand reads it.
    @inline(__always)
    func alternateCode(_ index: Int, on strand: Strand, rotation: Int) -> UInt8 {
        let count = alternate.count
        if strand == .forward {
            let place = index &+ rotation
            return alternate[place < count ? place : place &- count]
        }
        let place = count &- 1 &- index &- rotation
        return BaseCode.complement(alternate[place >= 0 ? place : place &+ count])
    }

    /// Several changes of one haplotype as one: the spliced bases from the first to the last, exchanged for `bases`.
    ///
    /// `bases` are codes of the transcript's strand; introns between are left as they are, so the change is named as it
    /// stands and never moved.
    init(joining range: Range<Int>, spliced bases: [UInt8], on strand: Strand) {
        start = range.lowerBound
        end = range.upperBound
        alternate = strand == .forward ? bases : bases.reversed().map(BaseCode.complement)
        isStandard = bases.allSatisfy { $0 < 4 }
        isSpliced = true
        forward = StrandEdit(start: start, end: end, nameStart: start, nameEnd: end, kind: .delins)
        reverse = forward
    }

    /// The new bases as letters, read on a strand.
    public func letters(on strand: Strand) -> [UInt8] {
        alternate.indices.map { BaseCode.letter(alternateCode($0, on: strand, rotation: 0)) }
    }

    /// Takes the alleles of a record; `position` is the first base of REF, 0-based. REF is taken as it is
    /// (``Genome/ContigSequence/matches(_:)`` compares it).
    public mutating func set(
        position: Int, reference: ArraySlice<UInt8>, alternate letters: ArraySlice<UInt8>,
        in sequence: ContigSequence
    ) {
        if let old = reference.first, let new = letters.first, reference.count == 1, letters.count == 1,
            !Self.isSame(old, new)
        {
            return setBase(position, new)
        }
        var (low, high, newHigh) = (0, reference.count, letters.count)
        let (r, a) = (reference.startIndex, letters.startIndex)
        while low < high, low < newHigh, Self.isSame(reference[r + low], letters[a + low]) { low += 1 }
        while high > low, newHigh > low, Self.isSame(reference[r + high - 1], letters[a + newHigh - 1]) {
            high -= 1
            newHigh -= 1
        }
        (leading, trailing) = (0, 0)
        if high == newHigh, low < high, reference.count == letters.count {
            (leading, trailing) = (low, reference.count - high)
            (low, high, newHigh) = (0, reference.count, reference.count)
        }
        start = position + low
        end = position + high
        alternate.removeAll(keepingCapacity: true)
        isStandard = true
        isSpliced = false
        for index in low..<newHigh {
            let code = BaseCode.code(letters[a + index])
            if code > 3 { isStandard = false }
            alternate.append(code)
        }
        forward = moved(.forward, in: sequence)
        reverse = moved(.reverse, in: sequence)
    }

    /// One base for another, which most records are: nothing is to be trimmed or moved.
    private mutating func setBase(_ position: Int, _ letter: UInt8) {
        let code = BaseCode.code(letter)
        (leading, trailing) = (0, 0)
        (start, end) = (position, position + 1)
        if alternate.count == 1 { alternate[0] = code } else { alternate = [code] }
        isStandard = code < 4
        isSpliced = false
        forward = StrandEdit(start: start, end: end, nameStart: start, nameEnd: end)
        reverse = forward
    }

    private static func isSame(_ left: UInt8, _ right: UInt8) -> Bool {
        Bases.uppercase(left) == Bases.uppercase(right)
    }

    private func moved(_ strand: Strand, in sequence: ContigSequence) -> StrandEdit {
        var result = StrandEdit(start: start, end: end)
        if isInsertion != alternate.isEmpty {
            let shift = shift(strand, in: sequence)
            let step = strand == .forward ? shift : -shift
            result.shift = shift
            result.start += step
            result.end += step
            if isInsertion { result.rotation = shift % alternate.count }
        }
        result.nameStart = result.start + leading
        result.nameEnd = result.end - trailing
        result.kind = kind(&result, strand, in: sequence)
        return result
    }

    /// How far an insertion or deletion can move on a strand without a change of the result.
    private func shift(_ strand: Strand, in sequence: ContigSequence) -> Int {
        var shift = 0
        let unit = alternate.count
        while true {
            let (next, first): (UInt8, UInt8)
            if strand == .forward {
                next = sequence.code(at: end + shift)
                first = isInsertion ? alternate[shift % unit] : sequence.code(at: start + shift)
            } else {
                next = sequence.code(at: start - 1 - shift)
                first = isInsertion ? alternate[unit - 1 - shift % unit] : sequence.code(at: end - 1 - shift)
            }
            guard next == first, next < 4 else { return shift }
            shift += 1
        }
    }

    private func kind(_ edit: inout StrandEdit, _ strand: Strand, in sequence: ContigSequence) -> EditKind {
        if alternate.isEmpty { return .deletion }
        if isInsertion {
            let unit = alternate.count
            let first = strand == .forward ? edit.start - unit : edit.start
            for index in 0..<unit {
                let code =
                    strand == .forward
                    ? sequence.code(at: first + index)
                    : BaseCode.complement(sequence.code(at: first + unit - 1 - index))
                guard code == alternateCode(index, on: strand, rotation: edit.rotation), code < 4 else {
                    return .insertion
                }
            }
            edit.nameStart = first
            edit.nameEnd = first + unit
            return .duplication
        }
        guard removed == alternate.count else { return .delins }
        let changed = edit.nameEnd - edit.nameStart
        if changed == 1 { return .substitution }
        for index in 0..<changed
        where alternate[leading + index] != BaseCode.complement(sequence.code(at: edit.nameEnd - 1 - index)) {
            return .delins
        }
        return .inversion
    }
}

/// What HGVS calls a change of bases.
public enum EditKind: UInt8, Hashable, Sendable {
    /// `A>G`.
    case substitution
    /// `del`.
    case deletion
    /// `dup`.
    case duplication
    /// `ins`.
    case insertion
    /// `inv`.
    case inversion
    /// `delins`.
    case delins
}

/// A change at its most 3' place on one strand.
struct StrandEdit: Sendable {
    /// The changed bases on the contig.
    var start = 0
    var end = 0
    /// The bases that the name gives: as above, but for a duplication the ones that are doubled.
    var nameStart = 0
    var nameEnd = 0
    /// How far the change was moved.
    var shift = 0
    /// How far ALT is rotated by the move.
    var rotation = 0
    var kind = EditKind.substitution
}
