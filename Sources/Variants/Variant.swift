public import Genome

/// One REF and one ALT at one place.
///
/// - Shape: explicit alleles in upper case; a symbolic allele is never a `Variant`. After
///   ``trimmed(keepingAnchor:)`` and left alignment two descriptions of one change are equal.
/// - Coordinates: ``position`` is 0-based, the first base of ``reference``.
public struct Variant: Hashable, Sendable {
    /// The contig.
    public let contig: Contig
    /// The first base of REF, 0-based.
    public let position: Int
    /// REF; may be empty only without anchor.
    public let reference: String
    /// ALT; may be empty only without anchor.
    public let alternate: String

    /// A variant from a 0-based position.
    public init(contig: Contig, position: Int, reference: String, alternate: String) {
        self.contig = contig
        self.position = position
        self.reference = reference
        self.alternate = alternate
    }

    /// A variant from VCF's 1-based POS.
    public init(contig: Contig, oneBased position: Int, reference: String, alternate: String) {
        self.init(contig: contig, position: position - 1, reference: reference, alternate: alternate)
    }

    /// The reference bases covered, 0-based half-open; empty for an insertion without anchor.
    public var range: Range<Int> { position..<(position + reference.utf8.count) }

    /// `7:140753336 A>T`, 1-based.
    public var key: String { "\(contig):\(position + 1) \(reference)>\(alternate)" }

    /// What kind of change this is once shared ends are trimmed.
    public enum Class: String, Hashable, Sendable {
        /// One base for one.
        case snv
        /// Two or more bases for as many.
        case mnv
        /// Bases added.
        case insertion
        /// Bases removed.
        case deletion
        /// Bases replaced by more or fewer.
        case delins
        /// REF equals ALT.
        case none
    }

    /// The class, by the trimmed alleles (spec: trim the suffix first, then the prefix).
    public var variantClass: Class {
        let trimmed = trimmed(keepingAnchor: false)
        switch (trimmed.reference.utf8.count, trimmed.alternate.utf8.count) {
        case (0, 0): return .none
        case (1, 1): return .snv
        case (0, _): return .insertion
        case (_, 0): return .deletion
        case (let r, let a): return r == a ? .mnv : .delins
        }
    }

    /// The same change without shared bases at the ends: suffix first, then prefix.
    ///
    /// With `keepingAnchor`, one base stays before an empty allele as VCF wants it.
    public func trimmed(keepingAnchor: Bool) -> Variant {
        var ref = reference.utf8[...], alt = alternate.utf8[...]
        if ref.count == 1, alt.count == 1, ref.first != alt.first { return self }
        let floor = keepingAnchor ? 1 : 0
        while ref.count > floor, alt.count > floor, let r = ref.last, r == alt.last {
            ref.removeLast()
            alt.removeLast()
        }
        var start = position
        while ref.count > floor, alt.count > floor, let r = ref.first, r == alt.first {
            ref.removeFirst()
            alt.removeFirst()
            start += 1
        }
        return Variant(
            contig: contig, position: start, reference: String(Substring(ref)),
            alternate: String(Substring(alt)))
    }
}

extension Variant: Comparable {
    /// Orders by contig, position, REF, ALT.
    public static func < (left: Variant, right: Variant) -> Bool {
        (left.contig, left.position, left.reference, left.alternate)
            < (right.contig, right.position, right.reference, right.alternate)
    }
}

/// Reads of one sample at one allele.
public struct SampleCall: Hashable, Sendable {
    /// Reads that decide the allele fraction (reference plus all alternates), or the caller's depth.
    public var depth: Int?
    /// Reads that support this ALT.
    public var alternateDepth: Int?
    /// Fraction of reads that support this ALT, 0 … 1.
    public var vaf: Double?

    /// A call; missing stays nil and is never 0, and a negative number of reads is missing.
    public init(depth: Int? = nil, alternateDepth: Int? = nil, vaf: Double? = nil) {
        self.depth = depth.flatMap { $0 >= 0 ? $0 : nil }
        self.alternateDepth = alternateDepth.flatMap { $0 >= 0 ? $0 : nil }
        self.vaf = vaf
    }

    /// Whether as good as no read supports the ALT: at most two, or at most 2 % of them; nil where there are no reads to tell.
    ///
    /// - Source: specification section 8.1, for a normal sample.
    public var isFreeOfAlternate: Bool? {
        if alternateDepth == nil, vaf == nil { return nil }
        return alternateDepth.map { $0 <= 2 } ?? false || vaf.map { $0 <= 0.02 } ?? false
    }
}
