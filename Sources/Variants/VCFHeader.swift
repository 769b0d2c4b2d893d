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
        for raw in text.split(whereSeparator: \.isNewline) {
            if raw.hasPrefix("##") {
                lines.append(Self.parseLine(raw.dropFirst(2)))
            } else if raw.hasPrefix("#CHROM") {
                samples = raw.split(separator: "\t", omittingEmptySubsequences: false).dropFirst(9).map(
                    String.init)
            }
        }
        self.lines = lines
        self.samples = samples
        contigs = lines.filter { $0.key == "contig" }.compactMap { line in
            line["ID"].map { ($0, line["length"].flatMap { Int($0) }) }
        }
        info = Self.tags(lines, "INFO")
        format = Self.tags(lines, "FORMAT")
        filters = Set(lines.filter { $0.key == "FILTER" }.compactMap { $0["ID"] })
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
            guard let id = line["ID"], tags[id] == nil else { continue }
            tags[id] = Tag(
                number: line["Number"] ?? ".", type: line["Type"] ?? "String",
                tagDescription: line["Description"] ?? "")
        }
        return tags
    }

    private static func parseLine(_ text: Substring) -> Line {
        guard let equals = text.firstIndex(of: "=") else {
            return Line(key: String(text), value: "", fields: [])
        }
        let key = String(text[..<equals])
        let value = text[text.index(after: equals)...]
        guard value.hasPrefix("<"), value.hasSuffix(">") else {
            return Line(key: key, value: String(value), fields: [])
        }
        return Line(key: key, value: String(value), fields: parseFields(value.dropFirst().dropLast()))
    }

    /// Splits `ID=x,Description="a, \"b\""` at commas outside quotes.
    private static func parseFields(_ text: Substring) -> [(key: String, value: String)] {
        var fields: [(key: String, value: String)] = []
        var key = "", value = ""
        var isInKey = true, isQuoted = false, isEscaped = false
        func close() {
            if !key.isEmpty { fields.append((key, value)) }
            key = ""
            value = ""
            isInKey = true
        }
        for character in text {
            if isInKey {
                if character == "=" {
                    isInKey = false
                } else if character == "," {
                    close()
                } else {
                    key.append(character)
                }
            } else if isEscaped {
                value.append(character)
                isEscaped = false
            } else if isQuoted, character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == ",", !isQuoted {
                close()
            } else {
                value.append(character)
            }
        }
        close()
        return fields
    }
}
