internal import Variants

/// Counts contigs and tags that records use and the header does not declare.
///
/// Names are looked up by a hash of their bytes, so that a declared name costs no string.
public struct HeaderGaps: Sendable {
    private let names: DeclaredNames
    private let columns: Int
    private var counts: [Gap: Int] = [:]
    /// Records with more columns than the header has.
    private var longRecords = 0
    private var lastFormat: ArraySlice<UInt8> = []

    private struct Gap: Hashable {
        let kind: String
        let name: String
    }

    init(_ header: VCFHeader) {
        names = DeclaredNames(header)
        columns = header.samples.isEmpty ? 8 : 9 + header.samples.count
    }

    mutating func note(_ record: VCFRecord) {
        if record.columnCount > columns { longRecords += 1 }
        let bytes = record.bytes
        if !names.contigs.contains(DeclaredNames.hash(bytes[record.column(0)])) {
            add("contig", record.column(0), record)
        }
        for part in record.split(record.column(6), by: UInt8(ascii: ";"))
        where !names.filters.contains(DeclaredNames.hash(bytes[part])) {
            add("FILTER", part, record)
        }
        for part in record.split(record.column(7), by: UInt8(ascii: ";")) where !part.isEmpty {
            let end = bytes[part].firstIndex(of: UInt8(ascii: "=")) ?? part.upperBound
            let key = part.lowerBound..<end
            if !names.info.contains(DeclaredNames.hash(bytes[key])), !bytes[key].elementsEqual(".".utf8) {
                add("INFO", key, record)
            }
        }
        let format = bytes[record.column(8)]
        if format != lastFormat || hasFormatGaps {
            lastFormat = format
            for part in record.split(record.column(8), by: UInt8(ascii: ":"))
            where !part.isEmpty && !names.format.contains(DeclaredNames.hash(bytes[part])) {
                add("FORMAT", part, record)
            }
        }
    }

    private var hasFormatGaps: Bool { counts.keys.contains { $0.kind == "FORMAT" } }

    /// Adds the counts of another part of the file.
    public mutating func merge(_ other: HeaderGaps) {
        counts.merge(other.counts) { $0 + $1 }
        longRecords += other.longRecords
    }

    private mutating func add(_ kind: String, _ range: Range<Int>, _ record: VCFRecord) {
        counts[Gap(kind: kind, name: record.text(range)), default: 0] += 1
    }

    /// Whether records use this INFO tag without a declaration.
    public func hasUndeclared(info tag: String) -> Bool { counts[Gap(kind: "INFO", name: tag)] != nil }

    /// One sentence a tag, sorted, and one for all contigs.
    public var warnings: [String] {
        let contigs = counts.filter { $0.key.kind == "contig" }
        var all: [String] = []
        if !contigs.isEmpty {
            let names = contigs.keys.map(\.name).sorted()
            let text =
                names.prefix(5).joined(separator: ", ")
                + (names.count > 5 ? " and \(names.count - 5) more" : "")
            all.append(
                Self.sentence(
                    "contig\(names.count == 1 ? "" : "s") \(text)", names.count, contigs.values.reduce(0, +)))
        }
        for (gap, count) in counts.sorted(by: { ($0.key.kind, $0.key.name) < ($1.key.kind, $1.key.name) })
        where gap.kind != "contig" {
            all.append(Self.sentence("\(gap.kind) tag \(Self.short(gap.name))", 1, count))
        }
        if longRecords > 0 {
            all.append(
                "\(longRecords) record\(longRecords == 1 ? " has" : "s have") more columns than the header, which "
                    + "has \(columns); those behind were not read")
        }
        return all
    }

    /// A name as messages have it; some lines have none, or what is none.
    private static func short(_ name: String) -> String {
        name.isEmpty ? "\"\"" : name.count <= 60 ? name : "\(name.prefix(57))..."
    }

    private static func sentence(_ what: String, _ number: Int, _ records: Int) -> String {
        "\(what) \(number == 1 ? "is" : "are") not declared in the header (\(records) record\(records == 1 ? "" : "s"))"
    }

    /// Declarations for the gaps, as the specification types reserved tags, else as strings.
    public var headerLines: [String] {
        counts.keys.sorted { ($0.kind, $0.name) < ($1.kind, $1.name) }.map { gap in
            switch gap.kind {
            case "contig": return "##contig=<ID=\(gap.name)>"
            case "FILTER": return "##FILTER=<ID=\(gap.name),Description=\"Not declared in the input\">"
            default:
                let type = ReservedTags.type(of: gap.name, in: gap.kind)
                return "##\(gap.kind)=<ID=\(gap.name),Number=\(type.number),Type=\(type.type),"
                    + "Description=\"Not declared in the input\">"
            }
        }
    }
}

/// Tags that the VCF specification reserves.
///
/// Source: VCF 4.4, tables 1 and 2.
enum ReservedTags {
    static func type(of name: String, in kind: String) -> (number: String, type: String) {
        let table = kind == "INFO" ? info : format
        return table[name] ?? (".", "String")
    }

    private static let info: [String: (number: String, type: String)] = [
        "AA": ("1", "String"), "AC": ("A", "Integer"), "AD": ("R", "Integer"), "ADF": ("R", "Integer"),
        "ADR": ("R", "Integer"), "AF": ("A", "Float"), "AN": ("1", "Integer"), "BQ": ("1", "Float"),
        "CIGAR": ("A", "String"), "CIEND": ("2", "Integer"), "CIPOS": ("2", "Integer"), "DB": ("0", "Flag"),
        "DP": ("1", "Integer"), "END": ("1", "Integer"), "H2": ("0", "Flag"), "H3": ("0", "Flag"),
        "IMPRECISE": ("0", "Flag"), "MATEID": (".", "String"), "MQ": ("1", "Float"), "MQ0": ("1", "Integer"),
        "NS": ("1", "Integer"), "SB": ("4", "Integer"), "SOMATIC": ("0", "Flag"), "SVLEN": (".", "Integer"),
        "SVTYPE": ("1", "String"), "VALIDATED": ("0", "Flag"), "1000G": ("0", "Flag"),
    ]
    private static let format: [String: (number: String, type: String)] = [
        "AD": ("R", "Integer"), "ADF": ("R", "Integer"), "ADR": ("R", "Integer"), "DP": ("1", "Integer"),
        "EC": ("A", "Integer"), "FT": ("1", "String"), "GL": ("G", "Float"), "GP": ("G", "Float"),
        "GQ": ("1", "Integer"), "GT": ("1", "String"), "HQ": ("2", "Integer"), "MQ": ("1", "Integer"),
        "PL": ("G", "Integer"), "PP": ("G", "Integer"), "PQ": ("1", "Integer"), "PS": ("1", "Integer"),
    ]
}
