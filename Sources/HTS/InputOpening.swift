internal import CHTS
internal import Genome
internal import Variants

/// A file or stream of calls that was opened and recognised; nothing of it is used up.
@safe struct InputOpening: ~Copyable {
    let format: VariantReader.Format
    let compression: VariantReader.Compression
    private let path: String
    private let file: UnsafeMutablePointer<hFILE>

    /// Opens a path, `-` for standard input.
    ///
    /// - Throws: `InputError` if it cannot be read, or is no VCF or BCF.
    init(_ path: String) throws(InputError) {
        // SAFETY: chts_hopen copies the path; the handle goes to a reader, or is closed on the way out below.
        guard let file = unsafe chts_hopen(path) else {
            throw InputError(
                file: path, problem: "the file cannot be opened", remedy: "Check the path and its rights.",
                kind: .missing)
        }
        var kind = unsafe htsFormat()
        // SAFETY: the handle is open; only its buffer is looked at.
        let status = unsafe hts_detect_format2(file, path, &kind)
        let (exact, packing) = unsafe (kind.format, kind.compression)
        guard status == 0, exact == CHTS.vcf || exact == CHTS.bcf else {
            let problem =
                status == 0
                ? unsafe InputFile.describe(path, &kind) : "the file is cut off in its first bytes"
            // SAFETY: nobody uses the handle after this.
            unsafe hclose_abruptly(file)
            throw InputError(
                file: path, problem: problem,
                remedy: "Give a VCF that begins with ##fileformat=VCF, or a BCF."
            )
        }
        self.path = path
        unsafe self.file = file
        format = exact == CHTS.bcf ? .bcf : .vcf
        compression = packing == CHTS.bgzf ? .bgzf : packing == CHTS.gzip ? .gzip : .none
    }

    /// The lines of the text.
    consuming func lines() throws(InputError) -> LineSource {
        // SAFETY: bgzf_hopen takes the handle over.
        guard let lines = unsafe bgzf_hopen(file, "r") else { throw cutOff }
        return unsafe LineSource(owning: lines)
    }

    /// htslib's handle for BCF.
    consuming func binary() throws(InputError) -> UnsafeMutablePointer<htsFile> {
        // SAFETY: hts_hopen takes the handle over and copies the path.
        guard let binary = unsafe hts_hopen(file, path, "r") else { throw cutOff }
        return unsafe binary
    }

    private var cutOff: InputError {
        InputError(
            file: path, problem: "the file is cut off in its first bytes",
            remedy: "Copy or make the file again.")
    }
}

/// Reads the text of a header, within bounds, and has htslib parse it.
enum HeaderText {
    /// The largest header that is read, in bytes.
    static let maximumLength = 64 << 20
    /// `IDX` may name this much more than there are lines: htslib takes memory for every number below it.
    static let maximumGap = 1 << 20

    /// The header's lines up to `#CHROM`, from the start of a text file.
    static func read(_ lines: inout LineSource, file: String) throws(InputError) -> [UInt8] {
        var text: [UInt8] = []
        while true {
            let outcome = lines.next()
            switch outcome {
            case .end, .damaged: throw unreadable(file, isDamaged: outcome == .damaged)
            case .tooLong:
                throw InputError(
                    file: file, place: .line(lines.lineNumber + 1),
                    problem: "a header line is longer than \(LineSource.maximumLength) bytes",
                    remedy: "Is this a VCF?")
            case .line: break
            }
            var isHeader = false, isColumns = false, isEmpty = false, isTabbed = false
            lines.withLine { line in
                isEmpty = line.isEmpty
                isHeader = !isEmpty && line[0] == UInt8(ascii: "#")
                isColumns = isHeader && line.count > 1 && line[1] != UInt8(ascii: "#")
                isTabbed = line.indices.contains { line[$0] == 0x09 }
                text.append(line)
            }
            text.append(0x0A)
            if isEmpty { continue }
            guard isHeader else { throw unreadable(file, isDamaged: false) }
            guard text.count <= maximumLength else { throw tooLarge(file) }
            guard isColumns else { continue }
            guard isTabbed else {
                throw InputError(
                    file: file, place: .line(lines.lineNumber),
                    problem: "the columns of the #CHROM line are not separated by tabs",
                    remedy: "Make the file again; an editor may have turned tabs into spaces.")
            }
            return text
        }
    }

    /// The header's text from the start of a BCF file.
    static func read(_ file: UnsafeMutablePointer<BGZF>, name: String) throws(InputError) -> [UInt8] {
        var start: [UInt8] = Array(repeating: 0, count: 9)
        // SAFETY: the buffer has nine bytes.
        let got = unsafe start.withUnsafeMutableBytes { unsafe bgzf_read(file, $0.baseAddress, 9) }
        guard got == 9, start[0..<3].elementsEqual("BCF".utf8), start[3] == 2 else {
            throw unreadable(name, isDamaged: got < 9)
        }
        let length = (5..<9).reversed().reduce(0) { $0 << 8 | Int(start[$1]) }
        guard length <= maximumLength else { throw tooLarge(name) }
        var text: [UInt8] = Array(repeating: 0, count: length)
        // SAFETY: the buffer has `length` bytes.
        let read = unsafe text.withUnsafeMutableBytes { unsafe bgzf_read(file, $0.baseAddress, $0.count) }
        guard read == length else { throw unreadable(name, isDamaged: true) }
        while text.last == 0 { text.removeLast() }
        return text
    }

    /// htslib's header of a text.
    ///
    /// - Throws: `InputError` if htslib refuses it, or a line would make it take memory without bound.
    static func parse(_ text: [UInt8], file: String) throws(InputError) -> UnsafeMutablePointer<bcf_hdr_t> {
        try check(text, file: file)
        // SAFETY: a header of our own; given to the caller, or destroyed below.
        guard let header = unsafe bcf_hdr_init("r") else { preconditionFailure("no memory for a header") }
        var copy = text + [0]
        // SAFETY: the text ends with NUL; htslib reads and cuts this copy.
        let status = unsafe copy.withUnsafeMutableBytes { bytes in
            unsafe bcf_hdr_parse(header, bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
        }
        guard status >= 0 else {
            unsafe bcf_hdr_destroy(header)
            if let name = repeatedSample(text) {
                throw InputError(
                    file: file, problem: "two columns of the #CHROM line have the sample name \"\(name)\"",
                    remedy: "Rename one with `bcftools reheader`.")
            }
            throw unreadable(file, isDamaged: false)
        }
        // SAFETY: the header is valid.
        guard unsafe chts_genotype_is_text(header) != 0 else {
            unsafe bcf_hdr_destroy(header)
            throw InputError(
                file: file,
                problem:
                    "##FORMAT GT is declared with another type than String; htslib reads other alleles then",
                remedy: "Correct the declaration to Number=1,Type=String with `bcftools reheader`.")
        }
        return unsafe header
    }

    /// The first name that two columns of samples have.
    private static func repeatedSample(_ text: [UInt8]) -> String? {
        var seen: Set<String> = []
        return VCFHeader(text: String(decoding: text, as: UTF8.self)).samples.first {
            !seen.insert($0).inserted
        }
    }

    private static func check(_ text: [UInt8], file: String) throws(InputError) {
        var lineNumber = 0
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            lineNumber += 1
            if let place = line.firstIndex(of: 0) {
                throw InputError(
                    file: file, place: .line(lineNumber),
                    problem:
                        "the header has a NUL byte at byte \(place - line.startIndex + 1), text was expected",
                    remedy: "Make the file again.")
            }
            guard let index = idx(line), index > lineNumber + maximumGap else { continue }
            throw InputError(
                file: file, place: .line(lineNumber),
                problem: "IDX=\(index) is far beyond the number of header lines",
                remedy: "Take IDX out of the header lines; they are numbered by their order.")
        }
    }

    /// The largest number behind a key `IDX`, at most 18 digits of it, as htslib reads both: the key in either case with spaces behind
    /// it; white space, a sign and zeros before the number. Quoted text counts too: where htslib takes a quoted value to end is no
    /// business of this.
    private static func idx(_ line: ArraySlice<UInt8>) -> Int? {
        guard line.count > 8, line.starts(with: "##".utf8) else { return nil }
        var largest: Int?
        for place in line.indices where line[place] == UInt8(ascii: "=") {
            var end = place
            while end > line.startIndex, line[end - 1] == UInt8(ascii: " ") { end -= 1 }
            guard end - line.startIndex > 3,
                zip(line[(end - 3)..<end], key).allSatisfy({ $0 | 0x20 == $1 })
            else { continue }
            let before = line[end - 4] | 0x20
            if (0x61...0x7A).contains(before) || (0x30...0x39).contains(before) || before == 0x7F { continue }
            let number = line[(place + 1)...].drop { lead.contains($0) }
            let digits = number.prefix { $0 >= 0x30 && $0 <= 0x39 }
            guard !digits.isEmpty else { continue }
            largest = max(
                largest ?? 0, digits.drop { $0 == 0x30 }.prefix(18).reduce(0) { $0 * 10 + Int($1 - 0x30) })
        }
        return largest
    }

    private static let key = Array("idx".utf8), lead = Array(" \t\u{B}\u{C}\r+\"".utf8)

    private static func unreadable(_ file: String, isDamaged: Bool) -> InputError {
        InputError(
            file: file, problem: "the header cannot be read to its #CHROM line",
            remedy: isDamaged
                ? "The file is cut off or damaged; copy or make it again."
                : "The file may be cut off or its header damaged; make it again.")
    }

    private static func tooLarge(_ file: String) -> InputError {
        InputError(
            file: file, problem: "the header is larger than \(maximumLength) bytes",
            remedy: "Is this a VCF or BCF? If so, take needless lines out of its header.")
    }
}
