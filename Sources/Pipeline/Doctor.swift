internal import Consequences
internal import Foundation
internal import Genome
internal import HTS
internal import Variants

/// Reads a file whole and says what is wrong with it, or would go wrong.
public enum Doctor {
    /// What was found in one file.
    public struct Diagnosis: Codable, Hashable, Sendable {
        /// The assembly and how it was told.
        public struct AssemblyFinding: Codable, Hashable, Sendable {
            /// `GRCh37`, `GRCh38` or `unknown`.
            public var value = "unknown"
            /// What says so.
            public var evidence: [String] = []
        }

        /// Which columns are tumor and normal.
        public struct SampleFinding: Codable, Hashable, Sendable {
            /// Name of the tumor column, empty where undecided.
            public var tumor = ""
            /// Name of the normal column.
            public var normal = ""
            /// What decided.
            public var decidedBy = ""
            /// What was seen on the way.
            public var evidence: [String] = []
        }

        /// One fault.
        public struct Problem: Codable, Hashable, Sendable {
            /// `error` or `warning`.
            public var severity: String
            /// File, line or record.
            public var place: String
            /// What is there and what was expected.
            public var problem: String
            /// What to do.
            public var remedy: String
            /// The rule of the VCF specification that is broken, if it is one: `INFO.TYPE`.
            public var rule: String?
        }

        /// The file as the user wrote it.
        public var path: String
        /// `VCF`, `BCF`, `MAF`, `BEDPE`, a segment table such as `PURPLE segments`, or `unknown`.
        public var format = "unknown"
        /// `none`, `gzip` or `bgzf`.
        public var compression = "none"
        /// The assembly.
        public var assembly = AssemblyFinding()
        /// `ucsc`, `ensembl`, `refseq`, `mixed` or `other`.
        public var contigStyle = "other"
        /// The caller, empty if not told.
        public var caller = ""
        /// Sample columns.
        public var samples = SampleFinding()
        /// Records read.
        public var records = 0
        /// Whether records come by contig and position.
        public var sorted = true
        /// `none`, `present` or `stale`.
        public var index = "none"
        /// The consequence annotation: `CSQ`, `ANN`, `BCSQ`, or empty.
        public var annotation = ""
        /// Faults, in the order in which they were met.
        public var problems: [Problem] = []
        /// Whether every record could be read.
        public var usable = true
        /// The exit code that this file asks for.
        var exitCode: Int32 = 0

        private enum CodingKeys: String, CodingKey {
            case path, format, compression, assembly, contigStyle, caller, samples, records, sorted, index,
                annotation
            case problems, usable
        }

        init(path: String) { self.path = path }

        mutating func warn(_ place: String, _ problem: String, _ remedy: String) {
            problems.append(Problem(severity: "warning", place: place, problem: problem, remedy: remedy))
        }

        mutating func fail(_ error: InputError) {
            let place =
                switch error.place {
                case .file: "file"
                case .line(let line): "line \(line)"
                case .record(let key): key
                }
            problems.append(
                Problem(severity: "error", place: place, problem: error.problem, remedy: error.remedy))
            usable = false
            exitCode = max(exitCode, error.kind == .missing ? 66 : 65)
        }

        /// Takes what is against the specification, errors first; of each the place is its first line.
        mutating func add(_ report: SpecificationReport, isText: Bool) {
            let sorted =
                report.violations.filter { $0.severity == .error }
                + report.violations.filter { $0.severity == .warning }
            for violation in sorted {
                let unit = isText ? "line" : violation.isRecord ? "record" : "header line"
                problems.append(
                    Problem(
                        severity: violation.severity.rawValue, place: "\(unit) \(violation.line)",
                        problem: violation.text, remedy: violation.rule.remedy, rule: violation.rule.id))
            }
            if report.hasErrors {
                usable = false
                exitCode = max(exitCode, 65)
            }
        }

        /// Lines for a terminal; faults begin with `warning:` or `error:`.
        public var text: String {
            var lines = [
                "\(path): \(format), compression \(compression), \(records) records, \(sorted ? "sorted" : "not sorted"), "
                    + "index \(index)"
            ]
            let roles =
                samples.tumor.isEmpty && samples.normal.isEmpty
                ? (samples.decidedBy.isEmpty ? "undecided" : "not named (\(samples.decidedBy))")
                : "tumor \(samples.tumor.isEmpty ? "-" : samples.tumor), normal "
                    + "\(samples.normal.isEmpty ? "-" : samples.normal) (\(samples.decidedBy))"
            lines.append(
                "  assembly \(assembly.value); contigs \(contigStyle); caller \(caller.isEmpty ? "not told" : caller)"
            )
            lines.append("  samples: \(roles)")
            lines.append("  annotation: \(annotation.isEmpty ? "none" : annotation)")
            for problem in problems {
                lines.append("\(problem.severity): \(problem.place): \(problem.problem). \(problem.remedy)")
            }
            lines.append(usable ? "\(path): usable" : "\(path): not usable")
            return lines.joined(separator: "\n") + "\n"
        }
    }

    /// The exit code for several files: 0, 65, or 66 if one is missing.
    public static func exitCode(_ all: [Diagnosis]) -> Int32 { all.map(\.exitCode).max() ?? 0 }

    /// Examines a file.
    public static func examine(_ path: String) -> Diagnosis {
        var diagnosis = Diagnosis(path: path)
        do {
            if MAFInput.isMAF(path) {
                try examineMAF(path, &diagnosis)
            } else if StructuralInput.isBEDPE(path) {
                try StructuralInput.examine(path, &diagnosis)
            } else if SegmentInput.isSegmentTable(path) {
                try SegmentInput.examine(path, &diagnosis)
            } else {
                try examineVCF(path, &diagnosis)
            }
        } catch let error as InputError {
            diagnosis.fail(error)
        } catch {
            diagnosis.fail(InputError(file: path, problem: "\(error)", remedy: "Make the file again."))
        }
        return diagnosis
    }

    private static func examineVCF(_ path: String, _ diagnosis: inout Diagnosis) throws {
        // The text as it stands comes first: where htslib refuses the file, the rule says why.
        let textCheck = try SpecificationPass.check(path)
        if let textCheck { diagnosis.add(textCheck.report, isText: true) }
        let reader = try VariantReader(path: path)
        let header = reader.header
        var binaryCheck =
            reader.format == .bcf ? SpecificationPass.start(header: reader.headerText) : nil
        defer {
            if let binaryCheck { diagnosis.add(binaryCheck.report, isText: false) }
        }
        diagnosis.format = reader.format.rawValue
        diagnosis.compression = reader.compression.rawValue
        diagnosis.index = indexState(reader)
        diagnosis.caller = header.callerName ?? ""
        diagnosis.annotation = ExistingAnnotation.tags(header).first ?? ""
        let assembly = AssemblyEvidence(header: header)
        var contrast = VAFContrast(header: header)
        var styles = ContigStyles()
        var filters = FilterUse()
        var order = SortOrder()
        var record = VCFRecord()
        var firstUnsorted = ""
        var structural = StructuralReader(
            header: header, roles: SampleRoles(tumor: nil, normal: nil, decidedBy: ""))
        defer { diagnosis.records = reader.recordCount }
        while try reader.next(into: &record) {
            if contrast?.isFull == false { contrast?.add(record) }
            styles.add(record.contigName)
            filters.add(record.filterState)
            if record.infoRange("SVTYPE") != nil { structural.add(record) }
            binaryCheck?.add(record.bytes[...], line: reader.recordCount)
            if order.isSorted {
                order.add(record)
                if !order.isSorted { firstUnsorted = record.key }
            }
        }
        diagnosis.sorted = order.isSorted
        diagnosis.assembly = .init(value: assembly.assembly?.rawValue ?? "unknown", evidence: assembly.notes)
        assembly.warnings.forEach { diagnosis.warn("header", $0, "Say which with --assembly.") }
        diagnosis.contigStyle = styles.examples.count > 1 ? "mixed" : styles.style?.rawValue ?? "other"
        if styles.examples.count > 1 {
            diagnosis.warn(
                "file", "contig names of \(styles.examples.count) styles are mixed",
                "Say which counts with --contig-style.")
        }
        let isChecked = textCheck != nil || binaryCheck != nil
        if isChecked, reader.isIndexStale {
            diagnosis.warn(
                "file", "the index is older than the file and was not used",
                "Make it again with `bcftools index -f`.")
        }
        if diagnosis.index == "unfit" {
            diagnosis.warn(
                "file", "the index cannot be read, or is that of another file; no region can be asked for",
                "Make it again with `bcftools index -f`.")
        }
        for text in reader.warnings where !isChecked {
            diagnosis.warn("header", text, "Nothing is needed; declare it to be exact.")
        }
        if !order.isSorted, !diagnosis.problems.contains(where: { $0.rule?.hasPrefix("ORDER.") == true }) {
            diagnosis.warn(
                firstUnsorted, "records are not in order of contig and position",
                "Sort with `bcftools sort` for an index.")
        }
        StructuralInput.note(structural.finish(), &diagnosis)
        if let text = filters.warning() {
            diagnosis.warn("file", text, "Say what . means with --unfiltered-is-pass.")
        }
        do {
            let roles = try SampleRoles.decide(file: path, header: header, contrast: contrast)
            diagnosis.samples = .init(
                tumor: SampleRoles.sampleName(column: roles.tumor, header: header) ?? "",
                normal: SampleRoles.sampleName(column: roles.normal, header: header) ?? "",
                decidedBy: roles.decidedBy,
                evidence: roles.evidence)
            roles.warnings.forEach { diagnosis.warn("samples", $0, "Name them with --tumor and --normal.") }
        } catch {
            diagnosis.warn("samples", error.problem, error.remedy)
        }
    }

    /// `none`, `stale` where it is older than the file, `unfit` where it does not know the file's records, else `present`.
    private static func indexState(_ reader: VariantReader) -> String {
        guard reader.hasIndex else { return "none" }
        if reader.isIndexStale { return "stale" }
        guard reader.canAskIndex else { return "present" }
        // What is wrong with a record is told below.
        return (try? VariantReader.indexKnowsRecords(of: reader.path)) ?? false ? "present" : "unfit"
    }

    private static func examineMAF(_ path: String, _ diagnosis: inout Diagnosis) throws {
        diagnosis.format = "MAF"
        diagnosis.annotation = "Variant_Classification"
        var samples = Set<String>()
        var builds = Set<String>()
        var records = 0
        defer { diagnosis.records = records }
        try MAFInput.rows(path) { row in
            samples.insert(row.tumorBarcode)
            if !row.assembly.isEmpty { builds.insert(row.assembly) }
            records += 1
        }
        let found = Set(builds.compactMap { Assembly(named: $0) })
        diagnosis.assembly = .init(
            value: found.count == 1 ? found.first?.rawValue ?? "unknown" : "unknown",
            evidence: builds.sorted().map { "NCBI_Build \($0)" })
        if samples.count == 1 {
            diagnosis.samples = .init(tumor: samples.first ?? "", decidedBy: "Tumor_Sample_Barcode")
        } else {
            diagnosis.warn("samples", "\(samples.count) tumor samples in one file", "Name one with --tumor.")
        }
    }
}
