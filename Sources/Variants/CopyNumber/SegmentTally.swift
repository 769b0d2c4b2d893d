public import Genome

/// What was met while a segment table was read, counted.
public struct SegmentTally: Hashable, Sendable {
    /// Kinds of faults of a row.
    public enum FaultKind: String, Hashable, Sendable {
        /// A needed column is missing or stands twice.
        case columns
        /// Another number of cells than the header has.
        case cells
        /// A cell that is no number, position or name.
        case value
        /// The end lies before the start, or the start before the chromosome.
        case range
        /// A negative copy number.
        case negative
        /// The minor copy number is more than the total.
        case minor
        /// Total and alleles do not agree.
        case sum
        /// Fractions of populations do not add up to one.
        case fractions
    }

    /// A kind of fault in one column: the first, and how often.
    public struct Fault: Hashable, Sendable {
        /// The kind.
        public let kind: FaultKind
        /// The column as written, empty if the row as a whole is meant.
        public let column: String
        /// The first of them.
        public let first: InputError
        /// How many rows have it.
        public var count: Int
    }

    /// Something to know that is no fault.
    public struct Note: Hashable, Sendable {
        /// What is there.
        public let text: String
        /// What to do.
        public let remedy: String
        /// Whether the table says less than a case needs.
        public let isWarning: Bool
    }

    /// Segments read.
    public internal(set) var segments = 0
    /// Segments whose alleles were exchanged because the minor one was the larger.
    public internal(set) var swapped = 0
    /// Segments with a copy number that noise took below zero, kept as written.
    public internal(set) var belowZero = 0
    /// Segments without a total copy number.
    public internal(set) var withoutTotal = 0
    /// Segments with a total but without a minor copy number.
    public internal(set) var withoutMinor = 0
    /// Segments with two populations.
    public internal(set) var subclonal = 0
    /// Segments on a chromosome 23 or 24, read as X and Y.
    public internal(set) var numberedSexChromosomes = 0
    /// Segments with a log ratio below zero.
    public internal(set) var negativeLogRatios = 0
    /// Faults, in the order in which they were met.
    public internal(set) var faults: [Fault] = []

    mutating func add(_ segment: CopyNumberSegment, _ remarks: SegmentRowReader.Remarks) {
        segments += 1
        if segment.isSwapped { swapped += 1 }
        if remarks.isBelowZero { belowZero += 1 }
        if segment.total == nil { withoutTotal += 1 }
        if segment.total != nil, segment.minor == nil { withoutMinor += 1 }
        if segment.isSubclonal { subclonal += 1 }
        if remarks.isNumberedSexChromosome { numberedSexChromosomes += 1 }
        if (segment.measured.logRatio ?? 0) < 0 { negativeLogRatios += 1 }
    }

    mutating func add(_ fault: SegmentRowReader.Fault, _ error: InputError) {
        if let place = faults.firstIndex(where: { $0.kind == fault.kind && $0.column == fault.column }) {
            faults[place].count += 1
        } else {
            faults.append(Fault(kind: fault.kind, column: fault.column, first: error, count: 1))
        }
    }

    /// What a reader of the table should know, warnings first.
    public func notes(_ recognition: SegmentFormat.Recognition) -> [Note] {
        var notes: [Note] = []
        func note(_ count: Int, _ text: String, _ remedy: String = "Nothing is needed.", warns: Bool = false)
        {
            if count > 0 { notes.append(Note(text: text, remedy: remedy, isWarning: warns)) }
        }
        let isLogOnly = segments > 0 && withoutTotal == segments
        note(
            isLogOnly ? 1 : 0,
            "the table holds \(recognition.format == .seg ? "mean log ratios" : "log2 ratios") and no copy numbers, "
                + "which are not known without purity and ploidy",
            recognition.format == .cnvkit
                ? "Run `cnvkit.py call` with --purity and --ploidy, and --vcf for the alleles; give the .call.cns."
                : "Give the segments of a caller that fits purity and ploidy.", warns: true)
        note(
            recognition.format == .seg && segments > 0 && negativeLogRatios == 0 ? 1 : 0,
            "no value of \(recognition.columns[0]) is negative: these may be copy numbers; they are kept as log ratios",
            "If they are copy numbers, give the plain form.", warns: true)
        note(
            recognition.table == "purple.segment.tsv" ? 1 : 0,
            "purple.segment.tsv holds PURPLE's fit before smoothing, germline changes included",
            "Give purple.cnv.somatic.tsv.", warns: true)
        note(
            isLogOnly ? 0 : withoutTotal, "\(withoutTotal) of \(segments) segments have no total copy number",
            "They are not assessed.", warns: true)
        note(
            withoutMinor, "\(withoutMinor) of \(segments) segments have no minor copy number",
            "Loss of heterozygosity is not assessed there.", warns: true)
        note(swapped, "the minor copy number was more than half in \(swapped) segments: alleles exchanged")
        note(belowZero, "\(belowZero) segments have a fitted copy number just below zero, kept as written")
        note(subclonal, "\(subclonal) segments have two populations of cells")
        note(
            numberedSexChromosomes,
            "chromosomes 23 and 24 are read as X and Y (\(numberedSexChromosomes) segments)")
        note(
            recognition.format == .seg ? 1 : 0,
            "SEG does not name the base of the logarithm; 2 is usual, values are kept as written")
        return notes.filter(\.isWarning) + notes.filter { !$0.isWarning }
    }
}
