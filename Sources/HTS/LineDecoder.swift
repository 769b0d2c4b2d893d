internal import CHTS
internal import Foundation
public import Genome
public import Variants

/// Takes lines of VCF apart that come from no file, by either decoder.
///
/// Belongs to one task.
@safe public final class LineDecoder {
    /// The header.
    public let header: VCFHeader
    private let parsed: UnsafeMutablePointer<bcf_hdr_t>
    private var taker: LineTaker?
    private var hasDecoded = false

    /// A decoder of the lines below a header, which ends with its `#CHROM` line.
    ///
    /// - Throws: `InputError` for a header that htslib refuses or that would take memory without bound.
    public init(headerText: String, decoder: VariantReader.Decoder = .scanner) throws(InputError) {
        HTSVersion.silence()
        unsafe parsed = try HeaderText.parse(Array(headerText.utf8), file: "header")
        var text = unsafe kstring_t()
        // SAFETY: the text is freed below; the header is valid.
        unsafe bcf_hdr_format(parsed, 0, &text)
        header = VCFHeader(text: unsafe text.s.map { unsafe String(cString: $0) } ?? "")
        unsafe free(text.s)
        taker = LineTaker(header, judge: unsafe LineJudge(header: parsed), decoder: decoder)
    }

    private init(like other: LineDecoder, _ taker: LineTaker) {
        // SAFETY: the other's header is valid; htslib returns NULL only without memory.
        guard let copy = unsafe bcf_hdr_dup(other.parsed) else {
            preconditionFailure("no memory for a header")
        }
        unsafe parsed = copy
        header = other.header
        self.taker = unsafe LineTaker(taker, judge: LineJudge(header: parsed))
    }

    /// Another decoder of the same header, made faster than by reading the header again.
    ///
    /// - Precondition: This one has decoded no line, since htslib adds the names of a line to its header.
    public func fresh() -> LineDecoder {
        precondition(!hasDecoded, "a decoder that has seen lines is not fresh")
        guard let taker else { preconditionFailure("a decoder without its parts") }
        return LineDecoder(like: self, taker)
    }

    deinit {
        taker = nil
        // SAFETY: owned here; what borrows it is gone.
        unsafe bcf_hdr_destroy(parsed)
    }

    /// Fills `record` from a line without its end; false if the line is no record of this header.
    public func decode(_ line: [UInt8], into record: inout VCFRecord) -> Bool {
        hasDecoded = true
        return (taker?.take(line.span, number: 0, into: &record) ?? .refused) != .refused
    }
}

/// The scanner, and htslib's parser for the lines that it does not vouch for.
struct LineTaker {
    /// What became of a line.
    enum Outcome {
        /// A record that uses declared names alone.
        case declared
        /// A record that uses a name that the header lacks.
        case undeclared
        /// htslib refuses the line, or it is no text.
        case refused
    }

    private(set) var scanner: LineScanner
    private let judge: LineJudge
    private let decoder: VariantReader.Decoder
    /// Whether a genotype may begin with a phase, which htslib before 1.22 refuses.
    private let hasLeadingPhase: Bool

    init(_ header: VCFHeader, judge: LineJudge, decoder: VariantReader.Decoder) {
        scanner = LineScanner(header)
        hasLeadingPhase = header.allowsLeadingPhase
        self.judge = judge
        self.decoder = decoder
    }

    /// As `other`, with a judge of its own.
    init(_ other: LineTaker, judge: LineJudge) {
        scanner = other.scanner
        decoder = other.decoder
        hasLeadingPhase = other.hasLeadingPhase
        self.judge = judge
    }

    /// Fills `record` from a line, which may be empty, without its end.
    mutating func take(
        _ line: Span<UInt8>, number: Int, mayHoldZero: Bool = true, into record: inout VCFRecord
    ) -> Outcome {
        var verdict = LineScanner.Verdict.doubtful
        record.fill(lineNumber: number) { bytes, starts in
            bytes.append(line)
            verdict = scanner.scan(line, mayHoldZero: mayHoldZero, into: &starts)
            return VCFRecord.Scanned(position: scanner.position, layout: scanner.layoutNumber)
        }
        if verdict == .sound, decoder == .scanner { return .declared }
        if verdict == .doubtful || decoder == .htslib {
            guard record.isWellFormed, !record.bytes.contains(0),
                judge.accepts(hasLeadingPhase ? record.bytesWithoutLeadingPhase : record.bytes)
            else { return .refused }
            scanner.tolerate(record)
        }
        if decoder == .htslib { judge.write(into: &record) }
        return verdict == .sound ? .declared : .undeclared
    }
}

extension VCFRecord {
    /// The line with genotypes such as `/0|1` and `|1` written `0|1` and `1`.
    fileprivate var bytesWithoutLeadingPhase: [UInt8] {
        var places: [Int] = []
        for sample in 0..<sampleCount {
            guard let range = genotypeRange(sample: sample), range.count > 1,
                bytes[range.lowerBound] == UInt8(ascii: "|") || bytes[range.lowerBound] == UInt8(ascii: "/")
            else { continue }
            places.append(range.lowerBound)
        }
        guard !places.isEmpty else { return bytes }
        var copy = bytes
        for place in places.reversed() { copy.remove(at: place) }
        return copy
    }
}
