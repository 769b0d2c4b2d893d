internal import CHTS
internal import Variants

/// A text file's lines as records: the scanner's verdict, htslib's where it is in doubt.
struct TextInput: ~Copyable {
    /// What became of a read.
    enum Outcome {
        case record
        case end
        case damaged
        case tooLong
        /// htslib refuses the line, or it is no text.
        case refused
    }

    private(set) var lines: LineSource
    private(set) var gaps: HeaderGaps
    private(set) var taker: LineTaker
    /// Whether the file is read from its start, so that lines have numbers.
    private var hasLineNumbers = true
    private var isUndeclared = false

    init(
        _ lines: consuming LineSource, header: VCFHeader, judge: LineJudge, decoder: VariantReader.Decoder
    ) {
        self.lines = lines
        gaps = HeaderGaps(header)
        taker = LineTaker(header, judge: judge, decoder: decoder)
    }

    /// Goes to a place that an index names; false if the file cannot be read there.
    mutating func seek(to offset: UInt64) -> Bool {
        hasLineNumbers = false
        return lines.seek(to: offset)
    }

    /// 1-based number of the last line, 0 after ``seek(to:)``.
    var lineNumber: Int { hasLineNumbers ? lines.lineNumber : 0 }

    /// Reads the next record.
    mutating func next(into target: inout VCFRecord) -> Outcome {
        while true {
            switch lines.next() {
            case .line: break
            case .end: return .end
            case .damaged: return .damaged
            case .tooLong: return .tooLong
            }
            var outcome = LineTaker.Outcome.refused
            lines.withLine { line in
                outcome = taker.take(line, number: lineNumber, mayHoldZero: lines.mayHoldZero, into: &target)
            }
            if target.bytes.isEmpty { continue }
            return noted(outcome)
        }
    }

    /// Reads the next record of a region; nil is an empty line.
    mutating func next(of query: RegionQuery, into target: inout VCFRecord) -> Outcome {
        while true {
            let status = unsafe lines.withFile { unsafe query.next($0) }
            guard status >= 0 else { return status == -1 ? .end : .damaged }
            guard query.lineLength <= LineSource.maximumLength else { return .tooLong }
            var outcome = LineTaker.Outcome.refused
            query.withLine { line in
                outcome = taker.take(line, number: 0, into: &target)
            }
            if target.bytes.isEmpty { continue }
            return noted(outcome)
        }
    }

    private mutating func noted(_ outcome: LineTaker.Outcome) -> Outcome {
        isUndeclared = outcome == .undeclared
        return outcome == .refused ? .refused : .record
    }

    /// Counts what the last record uses and the header does not declare; for a record that is given on.
    @inline(__always)
    mutating func noteGaps(_ record: VCFRecord) {
        if isUndeclared { gaps.note(record) }
    }
}
