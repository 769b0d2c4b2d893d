internal import CHTS
internal import Foundation
public import Genome

/// Writes lines of VCF as text, BGZF or BCF, with an index.
///
/// A file is written under a temporary name beside its own and renamed by ``close()``; a writer that is let go
/// without `close` leaves nothing behind. What is no regular file (a device, a pipe) is written to as it is.
@safe public final class VariantWriter {
    /// Formats, as `-O v|z|b|u` names them.
    public enum Format: String, Hashable, Sendable, CaseIterable {
        /// Plain text.
        case vcf = "v"
        /// Text in BGZF blocks.
        case vcfGzip = "z"
        /// BCF in BGZF blocks.
        case bcf = "b"
        /// BCF without compression.
        case bcfUncompressed = "u"
    }

    private let path: String
    /// Where the file is in the end, and under which name it is written.
    private let target, temporary: String
    /// Whether the output is written to as it is: standard output, a device, a pipe.
    private let isInPlace: Bool
    private let format: Format
    private var text: UnsafeMutablePointer<BGZF>?
    private var binary: UnsafeMutablePointer<htsFile>?
    private var header: UnsafeMutablePointer<bcf_hdr_t>?
    private var record: UnsafeMutablePointer<bcf1_t>?
    private var line = unsafe kstring_t()
    // SAFETY: a writer belongs to one task, and nothing that it calls comes back to it.
    @exclusivity(unchecked) private var buffer: [UInt8] = []
    // SAFETY: as above.
    @exclusivity(unchecked) private var addedTags: [(name: [UInt8], number: Int32)] = []
    private var isClosed = false

    /// Opens the output (`-` is standard output) and writes the header, which ends with its `#CHROM` line.
    ///
    /// `threads` more threads compress while the caller goes on.
    ///
    /// - Throws: `InputError` of kind `.output` if it cannot be created.
    public init(path: String, format: Format, headerText: String, threads: Int = 0) throws(InputError) {
        HTSVersion.silence()
        self.path = path
        self.format = format
        let kind = FileSystem.kind(of: path)
        isInPlace = path == "-" || kind != .file && kind != .missing
        // A symbolic link stays one.
        target = kind == .file ? FileSystem.realPath(of: path) ?? path : path
        temporary = isInPlace ? path : target + ".tmp-\(ProcessInfo.processInfo.processIdentifier)"
        func fail() -> InputError {
            let error = FileSystem.failure(file: path, doing: "the output cannot be created")
            remove()
            guard error.kind == .output else { return error }
            return InputError(
                file: path, problem: "the output cannot be created",
                remedy: "Check the folder and its rights.", kind: .output)
        }
        #if os(Linux)
        // Who reads a pipe of 1 MB is woken less often than at the 64 KB that it has by itself. What is no pipe, or may not be one of
        // that size, stays as it is. 1031 is F_SETPIPE_SZ, which is a macro of GNU's own.
        if path == "-" { _ = fcntl(STDOUT_FILENO, 1031, 1 << 20) }
        #endif
        if !isInPlace {
            for name in [temporary, temporary + indexSuffix] { Temporaries.make(name) {} }
        }
        switch format {
        case .vcf, .vcfGzip:
            // SAFETY: bgzf_open copies the path; "wu" writes without compression.
            guard let file = unsafe bgzf_open(temporary, format == .vcf ? "wu" : "w") else { throw fail() }
            unsafe text = file
            // SAFETY: the file is open; 256 blocks are htslib's own choice. Without threads it compresses itself.
            if threads > 0, format == .vcfGzip { unsafe _ = bgzf_mt(file, Int32(threads), 256) }
            unsafe buffer.append(contentsOf: headerText.utf8)
            if !headerText.hasSuffix("\n") { unsafe buffer.append(0x0A) }
        case .bcf, .bcfUncompressed:
            // SAFETY: hts_open copies its arguments; all is freed in deinit.
            guard let file = unsafe hts_open(temporary, format == .bcf ? "wb" : "wbu") else { throw fail() }
            unsafe binary = file
            // SAFETY: the file is open, nothing was written yet. Without threads it compresses itself.
            if threads > 0, format == .bcf { unsafe _ = hts_set_threads(file, Int32(threads)) }
            // SAFETY: a header and a record of our own.
            unsafe header = bcf_hdr_init("r")
            unsafe record = bcf_init()
            var copy = Array(headerText.utf8CString)
            // SAFETY: bcf_hdr_parse reads, and cuts, our own copy.
            let status = unsafe copy.withUnsafeMutableBufferPointer {
                unsafe bcf_hdr_parse(header, $0.baseAddress)
            }
            guard status >= 0, unsafe bcf_hdr_write(file, header) == 0 else {
                throw InputError(
                    file: path, problem: "the header cannot be written",
                    remedy: "Check the header of the input.")
            }
        }
    }

    deinit {
        unsafe free(line.s)
        // SAFETY: owned here; each is destroyed once.
        if let record = unsafe record { unsafe bcf_destroy(record) }
        if let header = unsafe header { unsafe bcf_hdr_destroy(header) }
        if !isClosed {
            if let text = unsafe text { unsafe _ = bgzf_close(text) }
            if let binary = unsafe binary { unsafe _ = hts_close(binary) }
        }
        remove()
    }

    /// What an index is called behind the name of its file.
    private var indexSuffix: String { format == .vcfGzip ? ".tbi" : ".csi" }

    /// Removes what was not given its name.
    private func remove() {
        guard !isInPlace else { return }
        Temporaries.remove(temporary)
        Temporaries.remove(temporary + indexSuffix)
    }

    /// Writes one line of VCF, with or without its line end.
    ///
    /// - Throws: `InputError` of kind `.io` if writing fails, of kind `.data` if the line is no record (BCF).
    public func write(line bytes: some Collection<UInt8>) throws(InputError) {
        try write(line: Array(bytes).span)
    }

    /// Writes one line of VCF, with or without its line end.
    ///
    /// - Throws: as above.
    public func write(line bytes: Span<UInt8>) throws(InputError) {
        guard unsafe text != nil else { return try writeBinary(bytes) }
        unsafe buffer.append(bytes)
        if unsafe buffer.last != 0x0A { unsafe buffer.append(0x0A) }
        if unsafe buffer.count >= 1 << 16 { try flush() }
    }

    /// Writes lines of VCF, each with its line end.
    ///
    /// - Throws: as above.
    public func write(lines bytes: Span<UInt8>) throws(InputError) {
        guard unsafe text == nil else {
            // Many lines are given on as they are.
            guard bytes.count < 1 << 15 else {
                try flush()
                // SAFETY: the bytes live for the call.
                guard unsafe bytes.bytes.withUnsafeBytes({ unsafe put($0) }) else { throw failure() }
                return
            }
            unsafe buffer.append(bytes)
            if unsafe buffer.count >= 1 << 16 { try flush() }
            return
        }
        var start = 0
        while start < bytes.count {
            let end = bytes.firstIndex(of: 0x0A, in: start..<bytes.count)
            try writeBinary(bytes.extracting(start..<end))
            start = end + 1
        }
    }

    /// The numbers of contigs and tags in what is written; nil of text.
    public var numbers: HeaderNumbers? {
        unsafe header.map { unsafe HeaderNumbers($0) }
    }

    /// Writes a record of BCF (``VCFRecord/binary``) with the INFO fields of a line behind its own. The line ends with INFO, and
    /// its fields are declared as text.
    ///
    /// - Throws: `InputError` of kind `.io` if writing fails, of kind `.data` if a field is not declared.
    public func write(fieldsOf line: Span<UInt8>, addedTo record: Span<UInt8>) throws(InputError) {
        let start = unsafe buffer.count
        let individual = 8 + Int(record.little(at: 0))
        var fields = record.little(at: 24)
        unsafe buffer.append(record.extracting(0..<individual))
        var place = 0
        for _ in 0..<7 { place = line.firstIndex(of: 0x09, in: place..<line.count) + 1 }
        while place < line.count {
            let end = line.firstIndex(of: UInt8(ascii: ";"), in: place..<line.count)
            let equals = line.firstIndex(of: UInt8(ascii: "="), in: place..<end)
            if equals < end {
                unsafe buffer.append(typed: try number(of: line.extracting(place..<equals)))
                unsafe buffer.append(text: line.extracting((equals + 1)..<end))
                fields += 1
            }
            place = end + 1
        }
        unsafe buffer.set(little: UInt32(buffer.count - start - 8), at: start)
        unsafe buffer.set(little: fields, at: start + 24)
        unsafe buffer.append(record.extracting(individual..<record.count))
        if unsafe buffer.count >= 1 << 16 { try flush() }
    }

    /// The header's number of a tag; the few that are added are remembered.
    private func number(of tag: Span<UInt8>) throws(InputError) -> Int32 {
        for known in unsafe addedTags
        where known.name.count == tag.count && tag.equals(known.name.span, at: 0) {
            return known.number
        }
        let name = Array(tag, 0..<tag.count)
        let text = String(decoding: name, as: UTF8.self)
        // SAFETY: the header is open for this format; the name lives for the call.
        let number = unsafe bcf_hdr_id2int(header, BCF_DT_ID, text)
        guard number >= 0 else {
            throw InputError(
                file: path, problem: "a line cannot be written as BCF", remedy: "Write VCF with -O z.")
        }
        unsafe addedTags.append((name, number))
        return number
    }

    private func writeBinary(_ bytes: Span<UInt8>) throws(InputError) {
        try flush()
        // SAFETY: line is a kstring of our own; the bytes live for the call.
        unsafe line.l = 0
        unsafe bytes.bytes.withUnsafeBytes { raw in
            unsafe _ = kputsn(raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count, &line)
        }
        // SAFETY: header, record and file are open.
        guard unsafe vcf_parse(&line, header, record) == 0 else {
            throw InputError(
                file: path, problem: "a line cannot be written as BCF", remedy: "Write VCF with -O z.")
        }
        errno = 0
        guard unsafe bcf_write(binary, header, record) == 0 else { throw failure() }
    }

    /// Writes what is left, closes, gives the file its name, and makes an index for a compressed file.
    ///
    /// - Throws: `InputError` of kind `.io`.
    public func close(makesIndex: Bool = false) throws(InputError) {
        guard !isClosed else { return }
        if let text = unsafe text {
            try flush()
            isClosed = true
            // SAFETY: the handle is not used after this.
            guard unsafe bgzf_close(text) == 0 else { throw failure() }
        } else if let binary = unsafe binary {
            try flush()
            isClosed = true
            // SAFETY: as above.
            guard unsafe hts_close(binary) == 0 else { throw failure() }
        }
        guard !isInPlace else { return }
        if makesIndex {
            errno = 0
            // SAFETY: the path lives for the call; 14 is the usual CSI bin size.
            let status =
                format == .vcfGzip ? unsafe chts_build_tbi(temporary) : unsafe bcf_index_build(temporary, 14)
            guard status == 0 else {
                if [ENOSPC, EDQUOT, EFBIG, EIO].contains(errno) { throw failure() }
                remove()
                throw InputError(
                    file: path,
                    problem: "no index can be made; the records are not in order of contig and position",
                    remedy: "Sort the input with `bcftools sort`.")
            }
        }
        for end in makesIndex ? ["", indexSuffix] : [""] {
            try Temporaries.keep(temporary + end) { () throws(InputError) in
                // SAFETY: both paths live for the call.
                guard unsafe rename(temporary + end, target + end) == 0 else { throw failure() }
            }
        }
    }

    private func flush() throws(InputError) {
        guard unsafe !buffer.isEmpty else { return }
        // SAFETY: the buffer lives for the call.
        guard unsafe buffer.withUnsafeBytes({ unsafe put($0) }) else { throw failure() }
        unsafe buffer.removeAll(keepingCapacity: true)
    }

    /// Gives bytes on to the file; false if writing fails.
    private func put(_ bytes: UnsafeRawBufferPointer) -> Bool {
        // SAFETY: a BCF that is written has blocks.
        guard let file = unsafe text ?? binary.flatMap({ unsafe chts_bgzf($0) }) else { return false }
        // SAFETY: the caller's bytes live for the call.
        return unsafe bgzf_write(file, bytes.baseAddress, bytes.count) == bytes.count
    }

    private func failure() -> InputError {
        if errno == 0, format == .bcf || format == .bcfUncompressed {
            return InputError(
                file: path, problem: "a record uses a contig or tag that the header does not declare",
                remedy: "Declare it, or write VCF with -O z.")
        }
        // SAFETY: errno's text is static.
        let reason = unsafe String(cString: strerror(errno))
        return InputError(
            file: path, problem: "writing failed: \(reason)",
            remedy: "Make room or check the disk; nothing was left behind.", kind: .io)
    }
}
