// Which changes does a VCF line describe, and is this change the same as that one?
//
// One line may hold several ALTs, padding that no ALT needs, and an indel written at any place of a repeat. Each
// ALT is taken by itself:
//
//     1. set aside what is no explicit allele (`*`, `<DEL>`, breakends, odd letters), with a reason;
//     2. trim the shared suffix, then the shared prefix;
//     3. roll an indel left while the base before it equals its last base;
//     4. put one anchor base before it.
//
//     reference   G A A A A C        POS 4 AA>A     the last A removed
//                 0 1 2 3 4 5    ─▶  POS 1 GA>G     the same change, left-aligned
//
// At the first base of a contig there is nothing before the indel, so the base after it is the anchor. The result
// equals `bcftools norm -m- -f`, with alleles in upper case.
//
// Not done: merging records, splitting a block substitution into SNVs, moving symbolic alleles.

public import Genome

/// What became of one ALT of a record.
public enum AlleleOutcome: Hashable, Sendable {
    /// An explicit change, normalized; `alleleIndex` is its number in GT (1 is the first ALT).
    case variant(Variant, alleleIndex: Int)
    /// No explicit change, and why; `alleleIndex` as above (0 for a line without ALT).
    case skipped(SkipReason, alleleIndex: Int)

    /// Why an ALT is no ``Variant``; the raw value is the key under which it is counted.
    public enum SkipReason: String, Hashable, Sendable, CaseIterable {
        /// `*`: the base is gone by a deletion that another record describes.
        case spanningDeletion = "spanning_deletion"
        /// `<NON_REF>` or `<*>` of a gVCF: any other allele.
        case nonRefAllele = "non_ref_allele"
        /// `<DEL>`, `<DUP:TANDEM>` and the like.
        case symbolicAllele = "symbolic_allele"
        /// `G]17:198982]`, or a single breakend such as `G.`.
        case breakend
        /// `.`, or an empty ALT.
        case noAlternate = "no_alternate"
        /// Letters that are no nucleotide code, in REF or ALT.
        case invalidAllele = "invalid_allele"
        /// An ALT whose change itself is an ambiguity code (`R`, `Y` …).
        case iupacAllele = "iupac_allele"
        /// ALT spells the same bases as REF.
        case referenceEqualsAlternate = "reference_equals_alternate"
        /// POS 0, where only a breakend may lie.
        case invalidPosition = "invalid_position"
    }
}

/// How REF compares with the reference genome.
public enum ReferenceCheck: Hashable, Sendable {
    /// No reference was given.
    case unchecked
    /// REF is what the reference has, by ``Genome/BaseCode/fits(_:genome:)``.
    case matches
    /// The reference has `expected` there; the alleles are trimmed but not left-aligned.
    case referenceMismatch(expected: String)
    /// The reference has no such contig.
    case contigMissing
    /// REF ends beyond the contig.
    case beyondContigEnd
}

/// The outcomes of one record, one per ALT in file order.
public struct NormalizedRecord: Hashable, Sendable {
    /// The contig.
    public let contig: Contig
    /// One per ALT; one ``AlleleOutcome/SkipReason/noAlternate`` for a line without ALT.
    public let outcomes: [AlleleOutcome]
    /// How REF compares with the reference.
    public let referenceCheck: ReferenceCheck
}

/// Takes records apart into normalized variants.
///
/// - Source: Tan, Abecasis, Kang, Bioinformatics 2015;31:2202 (unique left-aligned, parsimonious form).
public struct AlleleNormalizer: Sendable {
    /// Bases fetched at a time while an indel rolls left; doubled for each further fetch.
    static let window = 100

    /// A normalizer.
    public init() {}

    /// Returns the outcomes without a reference: trimmed, not left-aligned.
    public func outcomes(of record: VCFRecord) -> NormalizedRecord {
        let contig = Contig(record.contigName)
        var outcomes: [AlleleOutcome] = []
        normalize(record, on: contig, into: &outcomes)
        return NormalizedRecord(contig: contig, outcomes: outcomes, referenceCheck: .unchecked)
    }

    /// Returns the outcomes, left-aligned against `reference`.
    ///
    /// - Throws: what `reference` throws.
    public func outcomes(
        of record: VCFRecord, reference: inout some ReferenceSequence
    ) throws -> NormalizedRecord {
        let contig = Contig(record.contigName)
        var outcomes: [AlleleOutcome] = []
        let check = try normalize(record, on: contig, reference: &reference, into: &outcomes)
        return NormalizedRecord(contig: contig, outcomes: outcomes, referenceCheck: check)
    }

    /// Replaces `outcomes` by those of a record on `contig`, without a reference: trimmed, not left-aligned.
    public func normalize(_ record: VCFRecord, on contig: Contig, into outcomes: inout [AlleleOutcome]) {
        outcomes.removeAll(keepingCapacity: true)
        if let single = single(record, on: contig) {
            outcomes.append(single)
            return
        }
        forEachAllele(of: record) { candidate in
            switch candidate {
            case .skip(let reason, let index): outcomes.append(.skipped(reason, alleleIndex: index))
            case .explicit(var change, let index):
                change.trim(keepingAnchor: true)
                outcomes.append(.variant(change.variant(on: contig), alleleIndex: index))
            }
        }
    }

    /// Replaces `outcomes` by those of a record on `contig`, left-aligned against `reference` where REF fits it.
    ///
    /// - Throws: what `reference` throws.
    public func normalize(
        _ record: VCFRecord, on contig: Contig, reference: inout some ReferenceSequence,
        into outcomes: inout [AlleleOutcome]
    ) throws -> ReferenceCheck {
        let check = try Self.check(record, on: contig, reference: &reference)
        normalize(record, on: contig, into: &outcomes)
        guard check == .matches, outcomes.count != 1 || record.column(3).count + record.column(4).count > 2
        else { return check }
        outcomes.removeAll(keepingCapacity: true)
        var failure: (any Error)?
        forEachAllele(of: record) { candidate in
            switch candidate {
            case .skip(let reason, let index): outcomes.append(.skipped(reason, alleleIndex: index))
            case .explicit(var change, let index):
                do { try change.normalize(on: contig, reference: &reference) } catch { failure = error }
                outcomes.append(.variant(change.variant(on: contig), alleleIndex: index))
            }
        }
        if let failure { throw failure }
        return check
    }

    /// The outcome of a record that replaces one base, which most do: nothing is to be trimmed or moved.
    private func single(_ record: VCFRecord, on contig: Contig) -> AlleleOutcome? {
        guard let bases = record.singleBases, let reference = Bases.text(bases.reference),
            let alternate = Bases.text(bases.alternate)
        else { return nil }
        let variant = Variant(
            contig: contig, position: record.position, reference: reference, alternate: alternate)
        return .variant(variant, alleleIndex: 1)
    }

    /// Returns how REF compares with the reference.
    ///
    /// - Throws: what `reference` throws.
    public static func check(
        _ record: VCFRecord, on contig: Contig, reference: inout some ReferenceSequence
    ) throws -> ReferenceCheck {
        let column = record.column(3)
        let start = record.position
        guard start >= 0 else { return .beyondContigEnd }
        guard let expected = try reference.bases(of: contig, in: start..<(start + column.count)) else {
            return .contigMissing
        }
        guard expected.count == column.count else { return .beyondContigEnd }
        let isEqual = zip(record.bytes[column], expected).allSatisfy {
            BaseCode.fits($0, genome: BaseCode.code($1))
        }
        return isEqual ? .matches : .referenceMismatch(expected: String(decoding: expected, as: UTF8.self))
    }

    // MARK: One allele at a time

    private enum Candidate {
        case explicit(AlleleChange, Int)
        case skip(AlleleOutcome.SkipReason, Int)
    }

    private func forEachAllele(of record: VCFRecord, _ body: (Candidate) -> Void) {
        guard record.alternateCount > 0 else {
            body(.skip(.noAlternate, 0))
            return
        }
        let reference = record.bytes[record.column(3)]
        let standard = reference.map(Bases.standard)
        let column = record.column(4)
        var start = column.lowerBound
        var index = 0
        while start <= column.upperBound {
            let end = record.end(of: start, in: column, at: UInt8(ascii: ","))
            let alternate = record.bytes[start..<end]
            start = end + 1
            index += 1
            if let reason = Self.reasonToSkip(reference: reference, alternate: alternate) {
                body(.skip(reason, index))
            } else if record.position < 0 {
                body(.skip(.invalidPosition, index))
            } else {
                body(
                    .explicit(
                        AlleleChange(
                            position: record.position, reference: standard,
                            alternate: alternate.map(Bases.standard)), index))
            }
        }
    }

    /// Why these alleles are no explicit change, or nil if they are one.
    static func reasonToSkip(
        reference: ArraySlice<UInt8>, alternate: ArraySlice<UInt8>
    ) -> AlleleOutcome.SkipReason? {
        guard let first = alternate.first, let last = alternate.last else { return .noAlternate }
        if alternate.count == 1, first == UInt8(ascii: "*") { return .spanningDeletion }
        if alternate.count == 1, first == UInt8(ascii: ".") { return .noAlternate }
        if first == UInt8(ascii: "<") {
            let isAny = alternate.elementsEqual("<NON_REF>".utf8) || alternate.elementsEqual("<*>".utf8)
            return isAny ? .nonRefAllele : .symbolicAllele
        }
        let brackets = [UInt8(ascii: "["), UInt8(ascii: "]")]
        if first == UInt8(ascii: ".") || last == UInt8(ascii: ".")
            || alternate.contains(where: brackets.contains)
        {
            return .breakend
        }
        if last == UInt8(ascii: ">") { return .symbolicAllele }
        guard !reference.isEmpty, reference.allSatisfy(Bases.isCode), alternate.allSatisfy(Bases.isCode)
        else {
            return .invalidAllele
        }
        var change = AlleleChange(
            position: 0, reference: reference.map(Bases.uppercase), alternate: alternate.map(Bases.uppercase))
        change.trim(keepingAnchor: false)
        if change.reference.isEmpty, change.alternate.isEmpty { return .referenceEqualsAlternate }
        return change.alternate.contains { Bases.standard($0) != $0 } ? .iupacAllele : nil
    }
}
