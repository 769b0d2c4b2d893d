// Reads VCF and BCF, one record after the other, into a record that is used again.
//
// Header, BGZF, index and BCF are htslib's. Of a text file each line is taken as bytes; htslib parses a copy of it,
// and its verdict decides whether the line is sound. A BCF record is written as a line of text, so that everything
// above sees one kind of record. With regions the index gives the lines.
//
//     VCF, VCF.gz ── hts_getline / tbx_itr_next ──┬─▶ VCFRecord
//                                                 └─▶ vcf_parse: sound?
//     BCF ────────── bcf_read / bcf_itr_next ───── vcf_format ─▶ VCFRecord
//
// Not done here: judging what the alleles mean, order of the records (see SortOrder).

internal import CHTS
internal import Foundation
public import Genome
public import Variants

/// Reads the records of a VCF, VCF.gz or BCF file, or of standard input.
///
/// One reader belongs to one task. Header gaps are tolerated and counted (``warnings``); a line that htslib refuses,
/// and a file that is cut off, are errors with file and place.
@safe public final class VariantReader {
    /// The file's format.
    public enum Format: String, Hashable, Sendable {
        /// Text.
        case vcf = "VCF"
        /// Binary.
        case bcf = "BCF"
    }

    /// The file's compression.
    public enum Compression: String, Hashable, Sendable {
        /// Plain.
        case none
        /// One gzip stream, which has no index.
        case gzip
        /// Blocks, as bgzip writes them.
        case bgzf
    }

    /// The file as the user wrote it.
    public let path: String
    /// The header.
    public let header: VCFHeader
    /// The header's text, with the `#CHROM` line.
    public let headerText: String
    /// Format of the file.
    public let format: Format
    /// Compression of the file.
    public let compression: Compression
    /// Whether an index lies beside the file.
    public let hasIndex: Bool
    /// Whether that index is older than the file.
    public let isIndexStale: Bool
    /// Records read.
    public private(set) var recordCount = 0

    private var handle: UnsafeMutablePointer<htsFile>
    private var htsHeader: UnsafeMutablePointer<bcf_hdr_t>
    private var record: UnsafeMutablePointer<bcf1_t>
    private var line = unsafe kstring_t()
    private var copy = unsafe kstring_t()
    private var gaps: HeaderGaps
    private var regions: RegionQuery?
    private var lastKey = ""
    private var isAtEnd = false

    /// Opens a file (`-` is standard input) and reads its header.
    ///
    /// - Throws: `InputError`: missing or unreadable (66), no VCF or BCF, cut off, or a region without usable index.
    public init(path: String, regions wanted: [GenomicInterval] = []) throws(InputError) {
        HTSVersion.silence()
        try InputFile.check(path)
        // SAFETY: hts_open copies path; the handle is closed in deinit or on the way out below.
        guard let handle = unsafe hts_open(path, "r") else {
            throw InputError(
                file: path, problem: "the file is no VCF or BCF, or is cut off in its first bytes",
                remedy: "Copy or make the file again.")
        }
        // SAFETY: the handle is open.
        guard let kind = unsafe hts_get_format(handle) else {
            preconditionFailure("an open file has no format")
        }
        // SAFETY: the description lives as long as the handle.
        let (exact, packing) = unsafe (kind.pointee.format, kind.pointee.compression)
        func fail(_ problem: String, _ remedy: String) -> InputError {
            // SAFETY: nobody uses the handle after this.
            unsafe _ = hts_close(handle)
            return InputError(file: path, problem: problem, remedy: remedy)
        }
        guard exact == CHTS.vcf || exact == CHTS.bcf else {
            // SAFETY: as above.
            throw fail(
                unsafe InputFile.describe(path, kind),
                "Give a VCF that begins with ##fileformat=VCF, or a BCF.")
        }
        // SAFETY: the handle is open and at its start.
        guard let header = unsafe bcf_hdr_read(handle) else {
            throw fail(
                "the header cannot be read to its #CHROM line",
                "The file may be cut off or its header damaged; make it again.")
        }
        var text = unsafe kstring_t()
        // SAFETY: text is freed below; header is valid.
        unsafe bcf_hdr_format(header, 0, &text)
        let headerText = unsafe String(cString: text.s)
        unsafe free(text.s)
        self.path = path
        self.header = VCFHeader(text: headerText)
        self.headerText = headerText
        self.format = exact == CHTS.bcf ? .bcf : .vcf
        self.compression = packing == CHTS.bgzf ? .bgzf : packing == CHTS.gzip ? .gzip : .none
        let index = InputFile.index(of: path)
        hasIndex = index != nil
        isIndexStale = index?.isStale ?? false
        gaps = HeaderGaps(self.header)
        unsafe self.handle = handle
        unsafe htsHeader = header
        // SAFETY: bcf_init returns NULL only without memory.
        guard let record = unsafe bcf_init() else { preconditionFailure("no memory for a record") }
        unsafe self.record = record
        if !wanted.isEmpty {
            guard let index else {
                throw InputError(
                    file: path, problem: "regions need an index, and there is none",
                    remedy: "Make one with `bcftools index \(path)`.")
            }
            guard !index.isStale else {
                throw InputError(
                    file: path, problem: "the index \(index.name) is older than the file",
                    remedy: "Make it again with `bcftools index -f \(path)`.")
            }
            unsafe regions = try RegionQuery(
                path: path, format: format, header: header, names: self.header, regions: wanted)
        }
    }

    deinit {
        // SAFETY: all of these are owned by this reader and not used after it.
        unsafe bcf_destroy(record)
        unsafe bcf_hdr_destroy(htsHeader)
        unsafe _ = hts_close(handle)
        unsafe free(line.s)
        unsafe free(copy.s)
    }

    /// Reads the next record; false at the end.
    ///
    /// - Throws: `InputError` for a line that is no VCF, damaged compression, or a file that is cut off.
    public func next(into target: inout VCFRecord) throws(InputError) -> Bool {
        guard !isAtEnd else { return false }
        let status: Int32
        if let regions {
            // SAFETY: handle, header and record are valid; the query belongs to this reader.
            status = unsafe regions.next(handle, record, &line)
        } else if format == .bcf {
            // SAFETY: as above.
            status = unsafe bcf_read(handle, htsHeader, record)
        } else {
            // SAFETY: KS_SEP_LINE is 2; line is a kstring that htslib grows.
            status = unsafe hts_getline(handle, 2, &line)
        }
        guard status >= 0, !isCutLine else {
            isAtEnd = true
            try checkEnd(min(status, isCutLine ? -2 : status))
            return false
        }
        if format == .bcf {
            try formatBCF()
        }
        // SAFETY: after a successful read line.s holds line.l bytes.
        let bytes = unsafe UnsafeRawBufferPointer(start: line.s, count: line.l)
        // SAFETY: handle is valid.
        let number = regions == nil && format == .vcf ? Int(unsafe handle.pointee.lineno) : 0
        target.fill(lineNumber: number) { buffer in
            // SAFETY: the bytes live until the next read, which is after this copy.
            unsafe buffer.append(contentsOf: bytes)
        }
        if format == .vcf {
            if target.bytes.isEmpty { return try next(into: &target) }
            try judge(target)
        }
        if let regions, regions.isRepeat(target.position) { return try next(into: &target) }
        gaps.note(target)
        recordCount += 1
        lastKey = "\(target.contigName):\(target.position + 1)"
        return true
    }

    /// Tags and contigs that records use and the header does not declare, one sentence each; a stale index.
    public var warnings: [String] {
        var all = gaps.warnings
        if isIndexStale, regions == nil { all.append("the index is older than the file and was not used") }
        return all
    }

    /// Header lines for what the records read so far use without declaration, as the specification types them.
    public var missingHeaderLines: [String] { gaps.headerLines }

    // MARK: Private

    /// Whether damage was met while the line was read: htslib gives what came before the damage as a whole line.
    private var isCutLine: Bool {
        // SAFETY: handle is valid; the shim gives NULL for a plain file.
        guard format == .vcf, let bgzf = unsafe chts_bgzf(handle) else { return false }
        // SAFETY: as above.
        return unsafe chts_has_failed(bgzf) != 0
    }

    private func formatBCF() throws(InputError) {
        // SAFETY: record was just read; line is a kstring that htslib grows; its end is cut to the line's.
        unsafe line.l = 0
        let status = unsafe vcf_format(htsHeader, record, &line)
        guard status == 0 else {
            throw InputError(
                file: path, place: place(0), problem: "a BCF record cannot be written as text",
                remedy: "The file is damaged; make it again.")
        }
    }

    /// Lets htslib parse a copy of the line.
    private func judge(_ target: VCFRecord) throws(InputError) {
        // SAFETY: copy is a kstring of our own; line holds line.l bytes.
        unsafe copy.l = 0
        unsafe kputsn(line.s, line.l, &copy)
        // SAFETY: vcf_parse changes copy and record, both ours.
        let status = unsafe vcf_parse(&copy, htsHeader, record)
        guard status < 0 || !target.isWellFormed else { return }
        throw InputError(
            file: path, place: place(target.lineNumber), problem: LineFault.describe(target, header),
            remedy: "Mend the line or make the file again; `bcftools view` stops there too.")
    }

    private func place(_ lineNumber: Int) -> InputError.Place {
        if lineNumber > 0 { return .line(lineNumber) }
        return lastKey.isEmpty ? .file : .record("after \(lastKey)")
    }

    private func checkEnd(_ status: Int32) throws(InputError) {
        let after = lastKey.isEmpty ? "before the first record" : "after \(lastKey)"
        guard status == -1 else {
            throw InputError(
                file: path, place: lastKey.isEmpty ? .file : .record("after \(lastKey)"),
                problem: "reading failed; the compressed data is damaged or cut off",
                remedy: "Copy or make the file again; `bgzip -t` tests it.")
        }
        // SAFETY: handle is valid; the shim gives NULL for a plain file.
        guard regions == nil, let bgzf = unsafe chts_bgzf(handle) else { return }
        // SAFETY: as above.
        if compression == .bgzf, unsafe chts_ends_with_marker(bgzf) == 0 {
            throw InputError(
                file: path, place: .record(after),
                problem: "the file ends without the BGZF end marker; it is probably cut off",
                remedy: "Copy or make the file again.")
        }
    }
}
