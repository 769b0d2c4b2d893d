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
    private var scanner: LineScanner
    private let judge: LineJudge
    private let decoder: VariantReader.Decoder
    /// Whether the file is read from its start, so that lines have numbers.
    private var hasLineNumbers = true

    init(
        _ lines: consuming LineSource, header: VCFHeader, judge: LineJudge, decoder: VariantReader.Decoder
    ) {
        self.lines = lines
        gaps = HeaderGaps(header)
        scanner = LineScanner(header)
        self.judge = judge
        self.decoder = decoder
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
            var verdict = LineScanner.Verdict.doubtful
            lines.withLine { line in
                target.fill(lineNumber: lineNumber) { bytes, starts in
                    bytes.append(line)
                    verdict = scanner.scan(line, into: &starts)
                    return scanned
                }
            }
            if target.bytes.isEmpty { continue }
            return judged(verdict, &target)
        }
    }

    /// Reads the next record of a region; nil is an empty line.
    mutating func next(of query: RegionQuery, into target: inout VCFRecord) -> Outcome {
        while true {
            let status = unsafe lines.withFile { unsafe query.next($0) }
            guard status >= 0 else { return status == -1 ? .end : .damaged }
            var verdict = LineScanner.Verdict.doubtful
            query.withLine { line in
                target.fill(lineNumber: 0) { bytes, starts in
                    bytes.append(line)
                    verdict = scanner.scan(line, into: &starts)
                    return scanned
                }
            }
            if target.bytes.isEmpty { continue }
            return judged(verdict, &target)
        }
    }

    /// What the scanner knows of the last line.
    private var scanned: VCFRecord.Scanned {
        VCFRecord.Scanned(position: scanner.position, layout: scanner.layoutNumber)
    }

    private mutating func judged(_ verdict: LineScanner.Verdict, _ target: inout VCFRecord) -> Outcome {
        if verdict == .sound, decoder == .scanner { return .record }
        if verdict == .doubtful || decoder == .htslib {
            guard target.isWellFormed, !target.bytes.contains(0), judge.accepts(target.bytes) else {
                return .refused
            }
            scanner.tolerate(target)
        }
        if verdict != .sound || decoder == .htslib { gaps.note(target) }
        if decoder == .htslib { judge.write(into: &target) }
        return .record
    }
}
