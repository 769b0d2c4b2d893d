internal import CHTS
internal import Foundation
internal import Variants

/// htslib's own parser: says whether it accepts a line, and what it read.
///
/// It adds names that the header lacks to the header, as htslib does.
@safe final class LineJudge {
    private let header: UnsafeMutablePointer<bcf_hdr_t>
    private let record: UnsafeMutablePointer<bcf1_t>
    private var line = unsafe kstring_t()

    /// A judge that borrows a header, which must live longer.
    init(header: UnsafeMutablePointer<bcf_hdr_t>) {
        unsafe self.header = header
        // SAFETY: bcf_init returns NULL only without memory.
        guard let record = unsafe bcf_init() else { preconditionFailure("no memory for a record") }
        unsafe self.record = record
        // Without memory that an earlier line left, htslib 1.16 refuses a line whose samples are all empty.
        // SAFETY: the buffer is the header's own, which htslib grows and frees.
        unsafe _ = ks_resize(&header.pointee.mem, 64)
    }

    deinit {
        // SAFETY: both are owned here and not used after this.
        unsafe bcf_destroy(record)
        unsafe free(line.s)
    }

    /// Whether htslib reads the line without an error.
    func accepts(_ bytes: [UInt8]) -> Bool {
        // SAFETY: line is a kstring of our own, which vcf_parse changes.
        unsafe line.l = 0
        unsafe bytes.withUnsafeBytes { raw in
            unsafe _ = kputsn(raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count, &line)
        }
        return unsafe vcf_parse(&line, header, record) >= 0
    }

    /// Puts the record that htslib read into `target`, written anew.
    func write(into target: inout VCFRecord) {
        // SAFETY: header and record are valid; line is a kstring that htslib grows.
        unsafe line.l = 0
        guard unsafe vcf_format(header, record, &line) == 0 else { return }
        let bytes = unsafe UnsafeRawBufferPointer(start: line.s, count: line.l)
        // SAFETY: the bytes live until the next call, which is after this copy.
        target.fill(lineNumber: target.lineNumber) { unsafe $0.append(contentsOf: bytes) }
    }
}

extension VCFRecord {
    /// A digest of the bytes.
    var digest: UInt64 { DeclaredNames.hash(bytes) }
}
