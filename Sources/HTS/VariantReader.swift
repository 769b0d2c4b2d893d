// Reads VCF and BCF, one record after the other, into a record that is used again.
//
// Header, BGZF, index and BCF are htslib's. Of a text file each line is taken as bytes and walked over once by our own
// scanner; a line that it does not vouch for is parsed by htslib, whose verdict counts. A BCF record is written as a
// line of text with the fields that were asked for, so that everything above sees one kind of record.
//
//     VCF, VCF.gz ── LineSource ───┬─ LineScanner: sound ────────┬─▶ VCFRecord
//                                  └─ doubtful ─▶ vcf_parse: sound┘
//     with --decoder htslib ─────────▶ vcf_parse ─▶ vcf_format ──┤
//     BCF ── BinaryLayout ─▶ the chosen fields as text ──────────┘  (with the record's bytes, if it goes to BCF again)
//
// With regions the index gives the records; with a part of a file the reader goes to its place and stops behind it.
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

    /// Who takes lines of text apart.
    public enum Decoder: String, Hashable, Sendable, CaseIterable {
        /// Our own scanner, with htslib for what it does not vouch for.
        case scanner
        /// htslib alone: each line is parsed whole and written anew.
        case htslib
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
    public var recordCount: Int { unsafe state.recordCount }
    /// What was met at the ends of the part that this reader was given; see ``FilePart``.
    public var edges: PartEdges { unsafe state.edges }

    let htsHeader: UnsafeMutablePointer<bcf_hdr_t>
    // SAFETY: a reader belongs to one task, and nothing that these call comes back to the reader.
    @exclusivity(unchecked) private var text: TextInput?
    @exclusivity(unchecked) private var binary: BinarySource?
    private var regions: RegionQuery?
    private let part: FilePart?

    private struct State {
        var recordCount = 0
        var edges = PartEdges()
        var isAtEnd = false
    }

    // SAFETY: as above.
    @exclusivity(unchecked) private var state = State()

    /// Opens a file (`-` is standard input) and reads its header.
    ///
    /// - Throws: `InputError`: missing or unreadable (66), no VCF or BCF, cut off, or a region without usable index.
    public init(
        path: String, regions wanted: [GenomicInterval] = [], part: FilePart? = nil,
        fields: FieldSelection = .all, decoder: Decoder = .scanner
    ) throws(InputError) {
        HTSVersion.silence()
        try InputFile.check(path)
        let opening = try InputOpening(path)
        let (format, compression) = (opening.format, opening.compression)
        let parsed: UnsafeMutablePointer<bcf_hdr_t>
        var lines: LineSource?
        if format == .bcf {
            let handle = unsafe try opening.binary()
            do {
                // SAFETY: the handle is open; BCF always has blocks.
                guard let file = unsafe chts_bgzf(handle) else { preconditionFailure("a BCF without blocks") }
                unsafe parsed = try HeaderText.parse(try HeaderText.read(file, name: path), file: path)
            } catch {
                unsafe _ = hts_close(handle)
                throw error
            }
            unsafe binary = unsafe BinarySource(owning: handle, header: parsed, fields: fields)
        } else {
            var source = try opening.lines()
            unsafe parsed = try HeaderText.parse(try HeaderText.read(&source, file: path), file: path)
            lines = consume source
        }
        unsafe htsHeader = parsed
        var formatted = unsafe kstring_t()
        // SAFETY: the text is freed below; the header is valid.
        unsafe bcf_hdr_format(parsed, 0, &formatted)
        headerText = unsafe formatted.s.map { unsafe String(cString: $0) } ?? ""
        unsafe free(formatted.s)
        header = VCFHeader(text: headerText)
        self.path = path
        self.format = format
        self.compression = compression
        self.part = part
        let index = InputFile.index(of: path)
        hasIndex = index != nil
        isIndexStale = index?.isStale ?? false
        if let lines = lines.take() {
            unsafe text = TextInput(
                lines, header: header, judge: unsafe LineJudge(header: parsed), decoder: decoder)
        }
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
            // What lies behind a cut would look like a stretch without records.
            let isCut = unsafe text?.lines.isCutOff ?? binary?.isCutOff ?? false
            guard !isCut else {
                throw InputError(
                    file: path, problem: "the file ends without the BGZF end marker; it is probably cut off",
                    remedy: "Copy or make the file again.")
            }
            unsafe regions = try RegionQuery(path: path, format: format, header: parsed, regions: wanted)
        }
        if let part, !seek(to: part.offset) {
            throw InputError(
                file: path, problem: "the index names a place that the file has not got",
                remedy: "Make it again with `bcftools index -f \(path)`.")
        }
    }

    deinit {
        // SAFETY: owned by this reader; what borrows it is gone.
        unsafe binary = nil
        unsafe text = nil
        unsafe bcf_hdr_destroy(htsHeader)
    }

    /// Reads the next record; false at the end.
    ///
    /// - Throws: `InputError` for a line that is no VCF, damaged compression, or a file that is cut off.
    public func next(into target: inout VCFRecord) throws(InputError) -> Bool {
        while unsafe !state.isAtEnd {
            guard try readOne(into: &target) else {
                unsafe state.isAtEnd = true
                return false
            }
            if let part {
                switch place(of: target, in: part) {
                case .before: continue
                case .behind:
                    unsafe state.isAtEnd = true
                    return false
                case .inside: break
                }
            } else if unsafe state.recordCount == 0 {
                unsafe state.edges.first = target.digest
            }
            if let regions, regions.isRepeat(target.position) { continue }
            unsafe text?.noteGaps(target)
            unsafe state.recordCount += 1
            return true
        }
        return false
    }

    /// Goes to a place that an index names; false if the file cannot be read there.
    func seek(to offset: UInt64) -> Bool {
        unsafe text?.seek(to: offset) ?? binary?.seek(to: offset) ?? false
    }

    /// Reads the record at hand, whatever part or regions were asked for.
    func readOne(into record: inout VCFRecord) throws(InputError) -> Bool {
        try format == .bcf ? nextBinary(into: &record) : nextLine(into: &record)
    }

    private enum Place { case before, inside, behind }

    /// Where a record lies; notes the part's edges.
    private func place(of record: VCFRecord, in part: FilePart) -> Place {
        let isContig = record.spells(record.column(0), part.contig)
        // The index may point before the first record of a piece.
        if isContig, let range = part.range, record.position < range.lowerBound { return .before }
        if unsafe state.edges.first == nil { unsafe state.edges.first = record.digest }
        if isContig, part.range?.contains(record.position) ?? true { return .inside }
        unsafe state.edges.behind = record.digest
        return .behind
    }

    /// Whether an index is there that fits the file by its age.
    public var canAskIndex: Bool { hasIndex && !isIndexStale && compression == .bgzf }

    /// Tags and contigs that records use and the header does not declare; those of a file's parts can be put together.
    public var headerGaps: HeaderGaps { unsafe text?.gaps ?? HeaderGaps(header) }

    /// Tags and contigs that records use and the header does not declare, one sentence each; a stale index.
    public var warnings: [String] {
        var all = headerGaps.warnings
        if isIndexStale, regions == nil { all.append("the index is older than the file and was not used") }
        return all
    }

    /// Header lines for what the records read so far use without declaration, as the specification types them.
    public var missingHeaderLines: [String] { headerGaps.headerLines }

    // MARK: Bytes

    /// The header's text with the numbers of its contigs and tags.
    public var numberedHeaderText: String {
        var text = unsafe kstring_t()
        defer { unsafe free(text.s) }
        // SAFETY: the header is valid; the text is freed above.
        unsafe bcf_hdr_format(htsHeader, 1, &text)
        return unsafe text.s.map { unsafe String(cString: $0) } ?? ""
    }

    /// Records of a BCF come with their bytes from now on, to be written by ``VariantWriter/write(fieldsOf:addedTo:)``; as text
    /// they have CHROM to ALT, FILTER and `fields` then. INFO tags that are left out are neither here nor there.
    ///
    /// Nothing changes unless the writer's header gives contigs and tags the same numbers. A record whose bytes are not as they
    /// would be written anew comes as whole text, and without bytes.
    public func keepBytes(for numbers: HeaderNumbers, fields: FieldSelection, leavingOut: [String]) {
        guard unsafe numbers.holds(HeaderNumbers(htsHeader)) else { return }
        unsafe binary?.keepBytes(fields, leavingOut: leavingOut)
    }

    // MARK: Text

    private func nextLine(into target: inout VCFRecord) throws(InputError) -> Bool {
        let outcome: TextInput.Outcome
        if let regions {
            outcome = unsafe text?.next(of: regions, into: &target) ?? .end
        } else {
            outcome = unsafe text?.next(into: &target) ?? .end
        }
        switch outcome {
        case .record: return true
        case .end:
            try checkEnd(hasMarker: unsafe text?.lines.endsWithMarker ?? true, behind: target)
            return false
        case .damaged: throw damaged(behind: target)
        case .tooLong:
            // Lines of a region have no numbers.
            let number = regions == nil ? unsafe text?.lineNumber ?? 0 : 0
            throw InputError(
                file: path, place: number > 0 ? .line(number + 1) : place(behind: target),
                problem: "the line is longer than \(LineSource.maximumLength) bytes",
                remedy: "Is this a VCF?")
        case .refused:
            throw InputError(
                file: path, place: target.lineNumber > 0 ? .line(target.lineNumber) : .record(target.key),
                problem: LineFault.describe(target, header),
                remedy: "Mend the line or make the file again; `bcftools view` stops there too.")
        }
    }

    // MARK: BCF

    private func nextBinary(into target: inout VCFRecord) throws(InputError) -> Bool {
        switch unsafe binary?.next(of: regions, into: &target) ?? .end {
        case .record: return true
        case .end:
            try checkEnd(hasMarker: unsafe binary?.endsWithMarker ?? true, behind: target)
            return false
        case .damaged, .tooLong: throw damaged(behind: target)
        case .refused:
            throw InputError(
                file: path, place: place(behind: target), problem: "a BCF record cannot be written as text",
                remedy: "The file is damaged; make it again.")
        }
    }

    // MARK: Faults

    /// Where a fault lies that was met behind the record at hand.
    private func place(behind record: VCFRecord) -> InputError.Place {
        guard recordCount > 0 else { return .record("before the first record") }
        // The reader's own note first: whoever takes records may give others to be filled.
        let place = unsafe binary?.place ?? text?.taker.scanner.place
        return .record("after \(place ?? "\(record.contigName):\(record.position + 1)")")
    }

    private func damaged(behind record: VCFRecord) -> InputError {
        InputError(
            file: path, place: recordCount == 0 ? .file : place(behind: record),
            problem: "reading failed; the compressed data is damaged or cut off",
            remedy: "Copy or make the file again; `bgzip -t` tests it.")
    }

    private func checkEnd(hasMarker: Bool, behind record: VCFRecord) throws(InputError) {
        guard regions == nil, compression == .bgzf, !hasMarker else { return }
        throw InputError(
            file: path, place: place(behind: record),
            problem: "the file ends without the BGZF end marker; it is probably cut off",
            remedy: "Copy or make the file again.")
    }
}
