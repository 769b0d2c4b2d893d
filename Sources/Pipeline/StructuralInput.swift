internal import Cases
internal import Consequences
internal import Genome
internal import HTS
internal import Knowledge
internal import Variants

/// Reads a case's structural variants and tells the genes of interest that they break.
struct StructuralInput {
    /// What came of it.
    struct Result: Sendable {
        var disruptions: [ObservedDisruption] = []
        var warnings: [CaseSummary.Warning] = []
        var counts: CaseSummary.StructuralCounts
        var samples: CaseSummary.Samples
    }

    /// A file's variants, with what was found out about the file.
    struct Contents: Sendable {
        var format: String
        var caller = ""
        var calls: StructuralCalls
        var strands: String?
        var assembly: Assembly?
        var samples = CaseSummary.Samples(tumor: "", normal: "", decidedBy: "")
        var notes: [String] = []
    }

    private let path: String
    private let name: String
    private let request: CaseRequest
    private let knowledge: KnowledgeBase
    private var warnings: [CaseSummary.Warning] = []

    init(path: String, request: CaseRequest, knowledge: KnowledgeBase) {
        (self.path, self.request, self.knowledge) = (path, request, knowledge)
        name = CasePipeline.name(path)
    }

    /// Finds the broken genes.
    ///
    /// - Throws: `InputError`: the variants or the gene models are of another assembly.
    mutating func read(
        _ contents: Contents, genes: CallingGenes?, assembly: Assembly?, profile: CopyNumberProfile?
    ) throws -> Result {
        if let own = contents.assembly, let assembly, own != assembly {
            throw InputError(
                file: name,
                problem: "the structural variants are \(own.rawValue), the case is \(assembly.rawValue)",
                remedy: "Give both on the same assembly.")
        }
        try genes?.require(contents.assembly ?? assembly, of: name)
        contents.notes.forEach { warn("structural_samples", $0) }
        let absent = contents.calls.variants.count { $0.isPass && $0.isNotInTumor }
        if absent > 0 {
            warn(
                "structural_tumor",
                "\(absent) junctions that pass are not in the tumor by its reads or genotype and do not count."
            )
        }
        if request.isTumorOnly {
            warn(
                "structural_tumor_only",
                "Without a normal sample inherited junctions cannot be told from somatic ones.")
        }
        let inherited = contents.calls.variants.count { $0.isPass && !$0.isNotInTumor && $0.isInNormal }
        if inherited > 0, request.usesDefaultFilters {
            warn(
                "structural_normal",
                "\(inherited) junctions that pass are in the normal too and do not count as somatic.")
        }
        warn(contents.calls)
        var disruptions: [ObservedDisruption] = []
        if let genes {
            let interest = GenesOfInterest(knowledge, assembly: contents.assembly ?? assembly)
            let caller = DisruptionCaller(genes.model) { interest.contains($0) }
            let balanced = BalancedInversions(contents.calls.variants)
            for variant in contents.calls.variants
            where !variant.isReciprocal && !balanced.isSecond(variant) {
                disruptions += caller.disruptions(variant, isBalanced: balanced.contains(variant)).map {
                    ObservedDisruption(
                        $0, profile: profile, purity: request.identity.purity,
                        isMale: request.identity.sex == "male")
                }
            }
        } else {
            warn(
                "structural_genes",
                "Without gene models (-g) it is not told which genes the variants break.")
        }
        return Result(
            disruptions: disruptions, warnings: warnings, counts: counts(contents, disruptions),
            samples: contents.samples)
    }

    private mutating func warn(_ code: String, _ message: String) {
        warnings.append(.init(code: code, message: "\(name): \(message)"))
    }

    private mutating func warn(_ calls: StructuralCalls) {
        for unread in calls.tally.unread {
            let place = unread.line > 0 ? "line \(unread.line), " : ""
            warn(
                "structural_unread",
                "\(unread.count) left out, the first is \(place)\(unread.first): \(unread.obstacle.rawValue)."
            )
        }
        if let warning = calls.tally.filterWarning { warn("structural_filter", warning + ".") }
        let (missing, filtered) = (calls.count(.missing), calls.count(.filtered))
        if missing > 0 {
            warn(
                "structural_mates", "\(missing) breakends name a mate that is not in the file; they are kept."
            )
        }
        if filtered > 0 {
            warn(
                "structural_mates",
                "of \(filtered) pairs one breakend passes the filters and the other does not; they are kept.")
        }
        if calls.tally.disagreeingMates > 0 {
            warn(
                "structural_mates",
                "\(calls.tally.disagreeingMates) pairs by name do not point to each other's places.")
        }
        if calls.tally.otherTypes > 0 {
            warn(
                "structural_types",
                "\(calls.tally.otherTypes) variants have another type than their breakends say; the breakends count."
            )
        }
    }

    private func counts(
        _ contents: Contents, _ disruptions: [ObservedDisruption]
    ) -> CaseSummary.StructuralCounts {
        func byKind(_ counts: [(kind: StructuralVariant.Kind, count: Int)]) -> [String: Int] {
            Dictionary(uniqueKeysWithValues: counts.map { ($0.kind.rawValue, $0.count) })
        }
        let calls = contents.calls
        let states = Dictionary(grouping: calls.variants.filter { $0.mate != .none }, by: \.mate)
        return .init(
            format: contents.format, caller: contents.caller, records: calls.tally.records,
            junctions: byKind(calls.counts()), pass: byKind(calls.counts { $0.isPass }),
            filtered: calls.filtered,
            mates: Dictionary(uniqueKeysWithValues: states.map { ($0.key.rawValue, $0.value.count) }),
            unread: Dictionary(
                uniqueKeysWithValues: calls.tally.unread.map { ($0.obstacle.rawValue, $0.count) }),
            strands: contents.strands,
            disruptions: disruptions.count {
                $0.disruption.isDisruptive
                    && $0.reasonNotUsable(usesDepthFilters: request.usesDefaultFilters) == nil
            })
    }

    // MARK: Files

    /// Reads the file; `samples` are those of the somatic calls, if there are any.
    ///
    /// - Throws: `InputError`: no structural variants, or samples that cannot be told apart.
    func contents(_ samples: CaseSummary.Samples?) throws -> Contents {
        try Self.isBEDPE(path) ? bedpe(samples) : vcf(samples)
    }

    private func vcf(_ samples: CaseSummary.Samples?) throws -> Contents {
        let file = try CallFileOpener(request: request, knowledge: knowledge)
            .open(path, origin: .somatic, known: samples ?? .init(tumor: "", normal: "", decidedBy: ""))
        let reader = try VariantReader(path: path, decoder: request.decoder)
        var variants = StructuralReader(header: file.header, roles: file.roles)
        var record = VCFRecord()
        while try reader.next(into: &record) {
            guard ContigStyles.counts(record.contigName, stated: file.contigStyle) else { continue }
            variants.add(record)
        }
        let calls = variants.finish(unfilteredIsPass: request.unfilteredIsPass)
        guard
            calls.tally.records == 0 || !calls.variants.isEmpty
                || calls.tally.unread.contains(where: \.isOfStructure)
        else {
            throw InputError(
                file: name, problem: "none of \(calls.tally.records) records is a structural variant",
                remedy: "Give small variants with --somatic.")
        }
        return Contents(
            format: "VCF", caller: file.header.callerName ?? "", calls: calls,
            assembly: file.assembly.assembly,
            samples: .init(
                tumor: SampleRoles.sampleName(column: file.roles.tumor, header: file.header) ?? "",
                normal: SampleRoles.sampleName(column: file.roles.normal, header: file.header) ?? "",
                decidedBy: file.roles.decidedBy, evidence: file.roles.evidence),
            notes: file.roles.warnings.map { $0 + "." })
    }

    private func bedpe(_ samples: CaseSummary.Samples?) throws -> Contents {
        let table = try Self.table(
            path, stated: request.bedpeStrands, unfilteredIsPass: request.unfilteredIsPass)
        _ = try table.contigStyles.note(file: name, stated: request.contigStyle)
        var calls = table.calls
        let names = table.samples
        let wanted = request.tumorSample ?? samples?.tumor ?? ""
        var notes: [String] = []
        if names.count > 1 {
            guard names.contains(wanted) else {
                throw InputError(
                    file: name, problem: "the table has \(names.count) samples, a case has one",
                    remedy: "Name it with --tumor, for example --tumor \(names[0]).")
            }
            calls.variants.removeAll { $0.sample != wanted }
        } else if let only = names.first, !wanted.isEmpty, SampleNames.isSame(only, wanted) == false {
            notes.append(
                "the variants are of \(only), the tumor is \(wanted). Make sure both are this patient's.")
        }
        let convention = table.convention.map { "\($0.rawValue): \(table.decidedBy)" } ?? table.decidedBy
        return Contents(
            format: "BEDPE", calls: calls, strands: convention,
            samples: .init(
                tumor: names.count > 1 ? wanted : names.first ?? "", normal: "", decidedBy: "the table"),
            notes: notes)
    }

    /// Reads a BEDPE table.
    ///
    /// - Throws: `InputError`.
    static func table(
        _ path: String, stated: StrandConvention? = nil, unfilteredIsPass: Bool = false
    ) throws -> BEDPETable {
        let lines = try RawLineReader(path: path)
        var all: [[UInt8]] = []
        var line: [UInt8] = []
        while true {
            switch try lines.next(into: &line) {
            case .line: all.append(line)
            case .end:
                return try BEDPETable(
                    file: CasePipeline.name(path), lines: all, stated: stated,
                    unfilteredIsPass: unfilteredIsPass)
            case .tooLong:
                throw InputError(
                    file: CasePipeline.name(path), place: .line(lines.lineNumber),
                    problem: "the line has more than \(RawLineReader.maximumLength) bytes",
                    remedy: "Is this a BEDPE table?")
            }
        }
    }

    /// Whether a file is BEDPE by its name or its column names; false for a stream, which can be read only once.
    static func isBEDPE(_ path: String) -> Bool {
        let lower = path.lowercased()
        if lower.hasSuffix(".bedpe") || lower.hasSuffix(".bedpe.gz") { return true }
        guard SpecificationPass.isRegularFile(path), let reader = try? RawLineReader(path: path) else {
            return false
        }
        var line: [UInt8] = []
        do {
            if try reader.begins(with: Array("BCF".utf8)) { return false }
            for _ in 0..<100 {
                guard try reader.next(into: &line, limit: 1 << 20) == .line else { return false }
                if line.starts(with: "##fileformat=".utf8) { return false }
                var columns = SegmentReader.cells(line, isFirst: reader.lineNumber == 1)
                if columns.isEmpty { continue }
                let isComment = columns[0].hasPrefix("#")
                columns[0] = String(columns[0].drop { $0 == "#" || $0 == " " })
                if BEDPETable.looksLikeBEDPE(columns: columns) { return true }
                if !isComment { return false }
            }
        } catch {
            return false
        }
        return false
    }
}

extension StructuralTally.Unread {
    /// Whether the allele is of a kind that structural-variant callers write.
    fileprivate var isOfStructure: Bool { obstacle != .smallVariant && obstacle != .malformed }
}
