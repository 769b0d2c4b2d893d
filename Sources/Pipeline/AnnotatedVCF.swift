internal import Cases
internal import Genome
internal import HTS
internal import Variants

/// Findings by the allele that they rest on.
struct AlleleMarks: Sendable {
    private var findings: [String: [Finding]] = [:]

    /// Marks small-variant findings by their locus, which is the record's key with one ALT.
    init(_ all: [Finding]) {
        for finding in all where finding.kind == .smallVariant {
            findings[finding.locus, default: []].append(finding)
        }
    }

    /// The findings of one ALT of a record.
    func findings(_ record: VCFRecord, _ alternate: String, origin: Finding.Origin) -> [Finding] {
        guard !findings.isEmpty else { return [] }
        let key = "\(record.contigName):\(record.position + 1) \(record.reference)>\(alternate)"
        return (findings[key] ?? []).filter { $0.origin == origin }
    }

    /// `Allele|Gene|Alteration|Tier|Targetable|EvidenceIds` for each finding, joined by commas; nil without one.
    func field(_ record: VCFRecord, origin: Finding.Origin) -> String? {
        let parts = record.alternates.flatMap { alternate in
            findings(record, alternate, origin: origin).map { finding in
                [
                    alternate, finding.gene, finding.alteration, finding.tier.rawValue,
                    finding.targetable ? "yes" : "no",
                    finding.evidence.map(\.id).joined(separator: "&"),
                ].map(Self.escaped).joined(separator: "|")
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: ",")
    }

    /// Text as a VCF 4.3 INFO value: characters with a meaning there are percent-encoded.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "%": out += "%25"
            case ";": out += "%3B"
            case "=": out += "%3D"
            case ",": out += "%2C"
            case "|": out += "%7C"
            case " ": out += "%20"
            case "\t", "\n", "\r": out += "%09"
            default: out.append(character)
            }
        }
        return out
    }
}

/// A VCF or BCF that was judged, and the declarations that its header lacks; known once it was read to its end.
struct InputVCF: Sendable {
    let path: String
    let missingHeaderLines: [String]
}

/// Writes an input again with the findings in INFO: every record, every byte else as it was.
enum AnnotatedVCF {
    static let tag = "WGSA"

    /// Lines that go into the header, before `#CHROM`.
    static func headerLines(_ provenance: Provenance) -> [String] {
        [
            "##INFO=<ID=\(tag),Number=.,Type=String,Description=\"Findings of wgs-annotate. Format: "
                + "Allele|Gene|Alteration|Tier|Targetable|EvidenceIds\">",
            "##wgs-annotateVersion=\(provenance.program); htslib \(provenance.htslib)",
            "##wgs-annotateCommand=\(provenance.command)",
        ]
            + provenance.sources.map { "##wgs-annotateSource=\($0.name) \($0.version) sha256:\($0.sha256)" }
            + ["##wgs-annotateNote=For research use; decisions belong to the board"]
    }

    /// Writes `input` to `output` (VCF in BGZF blocks, with an index if the records are in order). `keeps` chooses
    /// records.
    ///
    /// - Returns: whether an index could be made.
    static func write(
        input: InputVCF, output: String, marks: AlleleMarks, origin: Finding.Origin, provenance: Provenance,
        keeps: (VCFRecord) -> Bool
    ) throws -> Bool {
        let reader = try VariantReader(path: input.path)
        var record = VCFRecord()
        let lines = input.missingHeaderLines + headerLines(provenance)
        let writer = try VariantWriter(
            path: output, format: .vcfGzip, headerText: header(reader.headerText, adding: lines))
        var order = SortOrder()
        while try reader.next(into: &record) {
            guard keeps(record) else { continue }
            order.add(record)
            guard let field = marks.field(record, origin: origin) else {
                try writer.write(line: record.bytes)
                continue
            }
            try writer.write(line: splice(record, field))
        }
        try writer.close(makesIndex: order.isSorted)
        return order.isSorted
    }

    /// The record's bytes with one more INFO field; an earlier one of the same name is replaced.
    static func splice(_ record: VCFRecord, _ field: String) -> [UInt8] {
        let info = record.column(7)
        var kept = record.split(info, by: UInt8(ascii: ";")).map { record.text($0) }.filter {
            $0 != "." && $0 != tag && !$0.hasPrefix(tag + "=")
        }
        kept.append("\(tag)=\(field)")
        return Array(record.bytes[..<info.lowerBound]) + Array(kept.joined(separator: ";").utf8)
            + Array(record.bytes[info.upperBound...])
    }

    private static func header(_ text: String, adding lines: [String]) -> String {
        var all = text.split(separator: "\n").map(String.init).filter {
            !$0.hasPrefix("##INFO=<ID=\(tag),") && !$0.hasPrefix("##wgs-annotate")
        }
        let end = all.firstIndex { $0.hasPrefix("#CHROM") } ?? all.count
        all.insert(contentsOf: lines, at: end)
        return all.joined(separator: "\n") + "\n"
    }
}

/// Whether records come by contig, each contig once, and by position.
struct SortOrder {
    private var seen = Set<String>()
    private var contig = ""
    private var position = -1
    private(set) var isSorted = true

    mutating func add(_ record: VCFRecord) {
        let name = record.contigName
        if name != contig {
            if !seen.insert(name).inserted { isSorted = false }
            contig = name
            position = -1
        }
        if record.position < position { isSorted = false }
        position = record.position
    }
}
