internal import Cases
internal import Genome
internal import HTS
internal import Variants

/// Findings by the allele that they rest on.
struct AlleleMarks: Sendable {
    private var findings: [String: [Finding]] = [:]
    /// Positions of findings, 0-based, so that most records are passed by without making a key.
    private var positions: Set<Int> = []

    /// Marks small-variant findings by their loci, each the record's key with one ALT.
    init(_ all: [Finding]) {
        for finding in all where finding.kind == .smallVariant {
            for locus in finding.haplotype?.map(\.locus) ?? [finding.locus] {
                findings[locus, default: []].append(finding)
                let place = locus.prefix { $0 != " " }.split(separator: ":").last.flatMap { Int($0) }
                positions.insert((place ?? 0) - 1)
            }
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
        guard positions.contains(record.position) else { return nil }
        let parts = record.alternates.flatMap { alternate in
            findings(record, alternate, origin: origin).map { finding in
                [
                    alternate, finding.gene, finding.alteration, finding.tier.rawValue,
                    finding.targetable ? "yes" : "no",
                    finding.evidence.map(\.id).joined(separator: "&"),
                ].map(InfoText.encoded).joined(separator: "|")
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: ",")
    }
}

/// A VCF or BCF that was judged, and the declarations that its header lacks; known once it was read to its end.
struct InputVCF: Sendable {
    let path: String
    let missingHeaderLines: [String]
    /// Where records are read and written; nil for all of them.
    var regions: ReportableGermline?
    /// What the MAF is written from, of somatic calls.
    var maf: SomaticMAF?
}

/// Writes an input again with the findings in INFO: every record, every byte else as it was.
enum AnnotatedVCF {
    /// What gives records their consequences.
    struct Consequences: Sendable {
        let genes: CallingGenes
        let reference: String
        let keepsInput: Bool

        func rules(_ header: VCFHeader, isUndeclared: Bool, file: String) throws -> RecordAnnotator.Rules {
            try RecordAnnotator.Rules(
                model: genes.model, choice: genes.choice, reference: reference, keepsInput: keepsInput,
                header: header, isUndeclared: isUndeclared, file: file)
        }
    }

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

    /// Writes `input`, or its reportable regions, to `output` (VCF in BGZF blocks, with an index if the records are in
    /// order). With more than one thread the others compress.
    ///
    /// - Returns: what is to be said of the file.
    static func write(
        input: InputVCF, output: String, marks: AlleleMarks, origin: Finding.Origin, provenance: Provenance,
        consequences: Consequences?, threads: Int
    ) throws -> [CaseSummary.Warning] {
        let asksIndex = try input.regions != nil && VariantReader(path: input.path, fields: .none).fitsIndex()
        let reader = try VariantReader(
            path: input.path, regions: asksIndex ? input.regions?.intervals ?? [] : [])
        var missing = input.missingHeaderLines
        let csq = ConsequenceField.csq
        let rules = try consequences?.rules(
            reader.header, isUndeclared: missing.contains(where: csq.declares),
            file: CasePipeline.name(input.path))
        if let place = missing.firstIndex(where: csq.declares), let rules {
            let line = missing.remove(at: place)
            if rules.keepsInput { missing.append(csq.renamed(line)) }
        }
        let headerText = rules?.header(reader.headerText, adding: []) ?? reader.headerText
        let writer = try VariantWriter(
            path: output, format: .vcfGzip,
            headerText: header(headerText, adding: missing + headerLines(provenance)), threads: threads - 1)
        var order = SortOrder()
        func isWanted(_ record: inout VCFRecord) -> Bool {
            if let regions = input.regions, !regions.contains(record) { return false }
            order.add(record)
            if let field = marks.field(record, origin: origin) ?? Self.oldField(record) {
                let line = splice(record, field)
                record.fill(lineNumber: record.lineNumber) { $0.append(contentsOf: line) }
            }
            return true
        }
        let name = CasePipeline.name(input.path)
        var warnings: [CaseSummary.Warning] = []
        if let rules {
            // The rest of the report was said when the calls were read.
            let report = try rules.annotate(reader, to: writer, prepare: isWanted)
            if let text = report.cutHaplotypesWarning(input: name) {
                warnings.append(.init(code: "haplotype", message: text))
            }
        } else {
            var record = VCFRecord()
            while try reader.next(into: &record) {
                guard isWanted(&record) else { continue }
                let line = record.bytes
                try writer.write(line: line.span)
            }
        }
        try close(writer, isSorted: order.isSorted, of: name)
        if !order.isSorted {
            warnings.append(
                .init(
                    code: "not_sorted",
                    message: "\(name): records are not in order of contig and position, so the annotated "
                        + "file has no index."))
        }
        return warnings
    }

    /// Closes the annotated file, with an index where its records are in order.
    private static func close(_ writer: VariantWriter, isSorted: Bool, of name: String) throws(InputError) {
        do {
            try writer.close(makesIndex: isSorted)
        } catch {
            guard isSorted, error.kind == .data else { throw error }
            throw InputError(
                file: name,
                problem:
                    "POS or END of a record lies behind base 536870912, which the index of the annotated file cannot hold",
                remedy: "Correct it; `doctor` names records behind the end of their contig.")
        }
    }

    /// An empty field where the record has one of an earlier run, which must not stay.
    private static func oldField(_ record: VCFRecord) -> String? { record.hasInfo(tag) ? "" : nil }

    /// The record's bytes with one more INFO field; an earlier one of the same name is replaced.
    static func splice(_ record: VCFRecord, _ field: String) -> [UInt8] {
        let info = record.column(7)
        var line = Array(record.bytes[..<info.lowerBound])
        for part in record.split(info, by: UInt8(ascii: ";")) where !part.isEmpty {
            let name =
                part.lowerBound..<(record.bytes[part].firstIndex(of: UInt8(ascii: "=")) ?? part.upperBound)
            if record.spells(name, tag) || record.spells(part, ".") { continue }
            line += record.bytes[part]
            line.append(UInt8(ascii: ";"))
        }
        if field.isEmpty {
            if line.count > info.lowerBound { line.removeLast() } else { line.append(UInt8(ascii: ".")) }
        } else {
            line += "\(tag)=\(field)".utf8
        }
        return line + record.bytes[info.upperBound...]
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
    private var seen = Set<[UInt8]>()
    private var contig: [UInt8] = []
    private var position = -1
    private(set) var isSorted = true

    mutating func add(_ record: VCFRecord) {
        if !record.spells(record.column(0), contig) || seen.isEmpty {
            contig = Array(record.bytes[record.column(0)])
            if !seen.insert(contig).inserted { isSorted = false }
            position = -1
        }
        if record.position < position { isSorted = false }
        position = record.position
    }
}
