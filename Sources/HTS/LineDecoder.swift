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
    private let decoder: VariantReader.Decoder
    private var scanner: LineScanner
    private var judge: LineJudge?

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
        self.decoder = decoder
        scanner = LineScanner(header)
        judge = unsafe LineJudge(header: parsed)
    }

    deinit {
        judge = nil
        // SAFETY: owned here; what borrows it is gone.
        unsafe bcf_hdr_destroy(parsed)
    }

    /// Fills `record` from a line without its end; false if the line is no record of this header.
    public func decode(_ line: [UInt8], into record: inout VCFRecord) -> Bool {
        var verdict = LineScanner.Verdict.doubtful
        record.fill(lineNumber: 0) { bytes, starts in
            bytes.append(contentsOf: line)
            verdict = scanner.scan(line.span, into: &starts)
            return VCFRecord.Scanned(position: scanner.position, layout: scanner.layoutNumber)
        }
        if verdict == .sound, decoder == .scanner { return true }
        if verdict == .doubtful || decoder == .htslib {
            guard record.isWellFormed, !line.contains(0), judge?.accepts(line) == true else { return false }
            scanner.tolerate(record)
        }
        if decoder == .htslib { judge?.write(into: &record) }
        return true
    }
}
