/// The header of a VCF or BCF file, as text and by its parts.
///
/// Parsed from the text that htslib gives for a header it accepted, so a line is taken as it stands: structured
/// lines (`##INFO=<ID=…>`) become definitions, every line is kept in ``lines`` in file order.
///
/// Source: VCF 4.4 specification, section 1.4.
public struct VCFHeader: Hashable, Sendable {
    /// A `##key=value` line; structured values are also given as pairs.
    public struct Line: Hashable, Sendable {
        /// The text before the first `=`, without `##`.
        public let key: String
        /// The text after it, as written.
        public let value: String
        /// The pairs of `<ID=…,…>`, unquoted, in order; empty for a plain value.
        public let fields: [(key: String, value: String)]

        /// The value of one of the pairs.
        public subscript(field: String) -> String? { fields.first { $0.key == field }?.value }

        /// The last value of a field that stands twice, as htslib reads declarations of INFO, FORMAT and FILTER.
        fileprivate func last(_ field: String) -> String? { fields.last { $0.key == field }?.value }

        /// Equal keys and values.
        public static func == (left: Line, right: Line) -> Bool {
            left.key == right.key && left.value == right.value
        }

        /// Hashes key and value.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(key)
            hasher.combine(value)
        }
    }

    /// One INFO or FORMAT tag as declared.
    public struct Tag: Hashable, Sendable {
        /// `Number`: a count, or `A`, `R`, `G`, `.`.
        public let number: String
        /// `Integer`, `Float`, `Flag`, `Character` or `String`.
        public let type: String
        /// Free text.
        public let tagDescription: String
    }

    /// Every `##` line in file order.
    public let lines: [Line]
    /// Sample columns in file order.
    public let samples: [String]
    /// Declared contigs in file order, with the length where it is given.
    public let contigs: [(name: String, length: Int?)]
    /// Declared INFO tags.
    public let info: [String: Tag]
    /// Declared FORMAT tags.
    public let format: [String: Tag]
    /// Declared FILTER names.
    public let filters: Set<String>

    /// Parses header text: `##` lines and the `#CHROM` line.
    public init(text: String) {
        var lines: [Line] = []
        var samples: [String] = []
        // Bytes, not characters: a line end or a tab is one byte, also before a combining mark.
        for raw in text.utf8.split(separator: 0x0A) {
            let raw = raw.last == 0x0D ? raw.dropLast() : raw
            if raw.starts(with: "##".utf8) {
                lines.append(Self.parseLine(raw.dropFirst(2)))
            } else if raw.starts(with: "#CHROM".utf8) {
                samples = raw.split(separator: 0x09, omittingEmptySubsequences: false).dropFirst(9).map {
                    String(Substring($0))
                }
            }
        }
        self.lines = lines
        self.samples = samples
        contigs = lines.filter { $0.key == "contig" }.compactMap { line in
            line["ID"].map { ($0, line["length"].flatMap { Int($0) }) }
        }
        info = Self.tags(lines, "INFO")
        format = Self.tags(lines, "FORMAT")
        filters = Set(lines.filter { $0.key == "FILTER" }.compactMap { $0.last("ID") })
    }

    /// Whether genotypes of the file's version may begin with the phase of their first allele (`/0|1`).
    ///
    /// - Source: VCF 4.4 specification, section 1.6.2.
    public var allowsLeadingPhase: Bool {
        let version = lines("fileformat").first?.value ?? ""
        return version.hasPrefix("VCFv4.") && Int(version.dropFirst(6)).map { $0 >= 4 } == true
    }

    /// The lines with this key.
    public func lines(_ key: String) -> [Line] { lines.filter { $0.key == key } }

    /// Equal lines and samples.
    public static func == (left: VCFHeader, right: VCFHeader) -> Bool {
        left.lines == right.lines && left.samples == right.samples
    }

    /// Hashes lines and samples.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(lines)
        hasher.combine(samples)
    }

    private static func tags(_ lines: [Line], _ key: String) -> [String: Tag] {
        var tags: [String: Tag] = [:]
        for line in lines where line.key == key {
            guard let id = line.last("ID"), !id.isEmpty, tags[id] == nil else { continue }
            tags[id] = Tag(
                number: line.last("Number") ?? ".", type: line.last("Type") ?? "String",
                tagDescription: line.last("Description") ?? "")
        }
        return tags
    }

    private static func parseLine(_ text: Substring.UTF8View) -> Line {
        guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else {
            return Line(key: String(Substring(text)), value: "", fields: [])
        }
        let key = String(Substring(text[..<equals]))
        let value = text[text.index(after: equals)...]
        let isStructured =
            value.first == UInt8(ascii: "<") && value.last == UInt8(ascii: ">") && value.count > 1
        return Line(
            key: key, value: String(Substring(value)),
            fields: isStructured ? parseFields(value.dropFirst().dropLast()) : [])
    }

    /// Splits `ID=x,Description="a, \"b\""` at commas outside quotes.
    ///
    /// As htslib does it, a quotation mark opens only at the start of a value, and is a letter further on; a comma between `<`
    /// and `>` is a letter too.
    private static func parseFields(_ text: Substring.UTF8View) -> [(key: String, value: String)] {
        var fields: [(key: String, value: String)] = []
        var key: [UInt8] = [], value: [UInt8] = []
        var isInKey = true, isAtStart = true, isQuoted = false, isEscaped = false, depth = 0
        func close() {
            if !key.isEmpty {
                fields.append((String(decoding: key, as: UTF8.self), String(decoding: value, as: UTF8.self)))
            }
            key = []
            value = []
            isInKey = true
            depth = 0
        }
        for byte in text {
            if isInKey {
                switch byte {
                case UInt8(ascii: "="): (isInKey, isAtStart) = (false, true)
                case UInt8(ascii: ","): close()
                default: key.append(byte)
                }
                continue
            }
            let isFirst = isAtStart
            isAtStart = false
            if isEscaped {
                value.append(byte)
                isEscaped = false
            } else if isQuoted {
                switch byte {
                case UInt8(ascii: "\\"): isEscaped = true
                case UInt8(ascii: "\""): isQuoted = false
                default: value.append(byte)
                }
            } else if isFirst, byte == UInt8(ascii: "\"") {
                isQuoted = true
            } else if byte == UInt8(ascii: ","), depth == 0 {
                close()
            } else {
                if byte == UInt8(ascii: "<") { depth += 1 }
                if byte == UInt8(ascii: ">") { depth = max(depth - 1, 0) }
                value.append(byte)
            }
        }
        close()
        return fields
    }
}
