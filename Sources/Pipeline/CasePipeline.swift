internal import Biomarkers
public import Cases
internal import Consequences
internal import Foundation
internal import Genome
internal import HTS
public import Knowledge
internal import Variants

/// Takes one case from its inputs to a summary.
///
/// 1. Somatic and germline files are read side by side, each by its own reader, in bounded memory.
/// 2. Alleles are taken apart, normalized, counted, and those in genes of interest kept.
/// 3. Measures are computed, findings built, warnings gathered.
///
/// The result does not depend on the number of threads: each file is read in its own order.
public struct CasePipeline: Sendable {
    /// A summary and what is needed to write the annotated files.
    public struct Output: Sendable {
        /// Everything about the case.
        public var summary: CaseSummary
        /// Findings by trimmed allele, for the annotated VCF.
        var marks: AlleleMarks
        /// The somatic input, if it is a VCF or BCF.
        var somaticVCF: InputVCF?
        /// The germline input.
        var germlineVCF: InputVCF?
    }

    private let request: CaseRequest
    private let knowledge: KnowledgeBase
    private let program: String
    private let progress: @Sendable (ReadingProgress) -> Void

    /// A pipeline for one case; `program` is the name and version for the provenance, `progress` hears of every
    /// 65,536 records and of each file's end.
    public init(
        _ request: CaseRequest, knowledge: KnowledgeBase, program: String,
        progress: @escaping @Sendable (ReadingProgress) -> Void = { _ in }
    ) {
        self.request = request
        self.knowledge = knowledge
        self.program = program
        self.progress = progress
    }

    /// Reads and judges the case.
    ///
    /// - Throws: `InputError`.
    public func run(threads: Int, progress: @escaping @Sendable (String) -> Void = { _ in }) async throws
        -> Output
    {
        let identity = try identity()
        let country = try country(identity.country)
        async let checksums = checksums()
        let somaticResult: PassResult?
        let germlineResult: PassResult?
        if threads > 1, request.somatic != nil, request.germline != nil {
            async let somatic = somaticPass()
            async let germline = germlinePass()
            (somaticResult, germlineResult) = (try await somatic, try await germline)
        } else {
            (somaticResult, germlineResult) = (try somaticPass(), try germlinePass())
        }
        return try summarize(
            identity, country, somatic: somaticResult, germline: germlineResult, inputs: try await checksums)
    }

    // MARK: Reading

    struct PassResult: Sendable {
        var calls: [ObservedCall]
        var counts: CaseSummary.InputCounts
        var samples: CaseSummary.Samples
        var assembly: Assembly?
        var burden: BurdenCounter
        var fields: BurdenFields
        var sketch: KeySketch
        var sexCheck: SexCheck
        var warnings: [CaseSummary.Warning]
        /// The file for the annotated copy; nil for a MAF.
        var input: InputVCF?
    }

    private func somaticPass() throws -> PassResult? {
        guard let path = request.somatic else { return nil }
        if MAFInput.isMAF(path) { return try MAFInput.pass(path, request: request, knowledge: knowledge) }
        return try vcfPass(path, origin: .somatic)
    }

    private func germlinePass() throws -> PassResult? {
        guard let path = request.germline else { return nil }
        return try vcfPass(path, origin: .germline)
    }

    private func vcfPass(_ path: String, origin: Finding.Origin) throws -> PassResult {
        var mustRepeat: PassRule?
        while true {
            let result = try vcfPassOnce(path, origin: origin, rule: mustRepeat)
            if let rule = result.repeatWith, mustRepeat == nil {
                mustRepeat = rule
                continue
            }
            return result.pass
        }
    }

    private func vcfPassOnce(
        _ path: String, origin: Finding.Origin, rule: PassRule?
    ) throws -> (pass: PassResult, repeatWith: PassRule?) {
        var reader = try VariantReader(path: path)
        var (file, ahead, agreement) = try CallFileOpener(request: request, knowledge: knowledge).open(
            path, reader: &reader, origin: origin)
        if let rule { file.passRule = rule }
        var fasta = try request.reference.map { try FastaReader(path: $0) }
        let interest = GenesOfInterest(knowledge, assembly: file.assembly.assembly)
        var collector = CallCollector(file, origin: origin, interest: interest)
        var burden = BurdenCounter(usesDefaultFilters: request.usesDefaultFilters)
        let drivers = DriverRule(knowledge, request: request, assembly: file.assembly.assembly)
        var count = 0
        func take(_ record: VCFRecord) throws {
            try collector.add(record, reference: &fasta) { allele in
                if origin == .somatic { burden.add(BurdenVariant(allele, drivers: drivers)) }
            }
            count += 1
            if count & 0xFFFF == 0 {
                try Task.checkCancellation()
                progress(ReadingProgress(file: Self.name(path), records: count, notJudged: nil))
            }
        }
        for record in ahead { try take(record) }
        ahead = []
        var record = VCFRecord()
        while try reader.next(into: &record) { try take(record) }

        let notJudged = collector.tally.counts.dropped.values.reduce(0, +)
        progress(ReadingProgress(file: Self.name(path), records: count, notJudged: notJudged))
        let finalRule = collector.tally.filters.rule(unfilteredIsPass: request.unfilteredIsPass)
        let mustRepeat = finalRule != file.passRule && collector.tally.unfilteredAccepted > 0
        var warnings = reader.warnings.map {
            CaseSummary.Warning(code: "header_gap", message: "\(Self.name(path)): \($0)")
        }
        if let text = collector.tally.filters.warning(unfilteredIsPass: request.unfilteredIsPass) {
            warnings.append(.init(code: "filter_use", message: "\(Self.name(path)): \(text)"))
        }
        if collector.tally.referenceMismatches > 0 {
            warnings.append(
                .init(
                    code: "reference_mismatch",
                    message:
                        "\(Self.name(path)): REF mismatch in \(collector.tally.referenceMismatches) records "
                        + "(\(agreement)); they were counted and not left-aligned."))
        }
        if collector.tally.contigsMissing > 0 {
            warnings.append(
                .init(
                    code: "contig_not_in_reference",
                    message:
                        "\(Self.name(path)): \(collector.tally.contigsMissing) records lie on contigs that the "
                        + "reference lacks; they were counted and not left-aligned."))
        }
        if collector.callsNotKept > 0 {
            warnings.append(
                .init(
                    code: "calls_not_kept",
                    message:
                        "\(Self.name(path)): \(collector.callsNotKept) calls in genes of interest beyond the first "
                        + "\(CallCollector.maximumCalls) were counted but not matched."))
        }
        warnings += file.roles.warnings.map {
            .init(code: "sample_roles", message: "\(Self.name(path)): \($0)")
        }
        warnings += file.assembly.warnings.map {
            .init(code: "assembly", message: "\(Self.name(path)): \($0)")
        }
        if file.annotation == nil {
            warnings.append(
                .init(
                    code: "no_annotation",
                    message:
                        "\(Self.name(path)): no CSQ, ANN or BCSQ; only alleles that the knowledge base lists by "
                        + "position can match, and coding burdens are not computable."))
        }
        var fields = BurdenFields()
        fields.hasAnnotation = file.annotation != nil
        fields.hasTumorDepth = collector.fields.hasDepth
        fields.hasTumorVAF = collector.fields.hasVAF
        fields.hasNormal = collector.fields.hasNormal
        fields.hasPopulationFrequency = collector.fields.hasFrequency
        let samples = CaseSummary.Samples(
            tumor: SampleRoles.sampleName(column: file.roles.tumor, header: file.header) ?? "",
            normal: SampleRoles.sampleName(column: file.roles.normal, header: file.header) ?? "",
            decidedBy: file.roles.decidedBy, evidence: file.roles.evidence)
        let pass = PassResult(
            calls: collector.calls, counts: collector.tally.counts, samples: samples,
            assembly: file.assembly.assembly, burden: burden, fields: fields,
            sketch: collector.sketch, sexCheck: collector.sexCheck, warnings: warnings,
            input: InputVCF(path: path, missingHeaderLines: reader.missingHeaderLines))
        return (pass, mustRepeat ? finalRule : nil)
    }

    // MARK: Putting together

    private func summarize(
        _ identity: CaseSummary.Identity, _ country: KnowledgeBase.Country, somatic: PassResult?,
        germline: PassResult?, inputs: [Provenance.Source]
    ) throws -> Output {
        var identity = identity
        let assembly = somatic?.assembly ?? germline?.assembly
        identity.assembly = assembly?.rawValue ?? "unknown"
        var warnings = (somatic?.warnings ?? []) + (germline?.warnings ?? [])
        if let first = somatic?.assembly, let second = germline?.assembly, first != second {
            throw InputError(
                file: Self.name(request.germline ?? ""),
                problem: "the germline file is \(second.rawValue), the somatic file \(first.rawValue)",
                remedy: "Give both on the same assembly.")
        }
        warnings += crossChecks(somatic, germline)
        let burdens = burdens(somatic, identity)
        let biomarkers = biomarkers(burdens, somatic)
        var profile = MolecularProfile(assembly: assembly, alterations: [])
        for burden in burdens {
            guard let value = burden.value else { continue }
            // Without a normal a burden is an upper bound: it can say "not high", never "high".
            if identity.isTumorOnly, let cutoff = BurdenDefinition(rawValue: burden.id)?.cutoff,
                value >= cutoff
            {
                continue
            }
            profile.values[burden.id] = value
        }
        profile.assessableGenes = try assessableGenes(assembly)
        let view = EvidenceView(
            knowledge, country: country, date: request.date, tumorType: identity.tumorType.code)
        let built = FindingBuilder(knowledge, view: view).build(
            (somatic?.calls ?? []) + (germline?.calls ?? []), profile: profile,
            usesDepthFilters: request.usesDefaultFilters)
        warnings += built.warnings
        if request.callable != nil, request.callableMegabases == nil {
            warnings.append(
                .init(
                    code: "callable_denominator",
                    message:
                        "The callable regions are not cut down to coding sequence yet, so coding burdens divide by "
                        + "the assumed 34 Mb; give callableMegabases for your own number."))
        }
        if !request.usesDefaultFilters {
            warnings.append(
                .init(
                    code: "default_filters_off",
                    message: "Default filters were switched off with --no-default-filters."))
        }
        if !["thymic-epithelial", "primary-brain"].contains(identity.indication), let age = identity.age,
            age < 18
        {
            warnings.append(
                .init(code: "age", message: "The patient is \(age); the indications are for adults."))
        }
        let assessment = assessment(identity, somatic)
        if !assessment.isAssessable {
            warnings.append(
                .init(
                    code: "not_assessable",
                    message: "Not assessable: \(assessment.reasons.joined(separator: "; "))."))
        }
        let samples = CaseSummary.Samples(
            tumor: somatic?.samples.tumor ?? "",
            normal: somatic.map(\.samples.normal) ?? germline?.samples.normal ?? "",
            decidedBy: somatic?.samples.decidedBy ?? germline?.samples.decidedBy ?? "",
            evidence: somatic?.samples.evidence ?? germline?.samples.evidence ?? [])
        let provenance = Provenance(
            program: program, htslib: HTSVersion.string, command: request.command, inputs: inputs,
            sources: knowledge.sources.map { .init(name: $0.name, version: $0.version, sha256: $0.sha256) })
        let summary = CaseSummary(
            case: identity, samples: samples,
            counts: .init(somatic: somatic?.counts, germline: germline?.counts),
            biomarkers: biomarkers, findings: built.findings, nearMisses: built.nearMisses,
            warnings: Self.ordered(warnings), assessment: assessment, provenance: provenance)
        return Output(
            summary: summary, marks: AlleleMarks(built.findings),
            somaticVCF: somatic?.input, germlineVCF: germline?.input)
    }

    private func burdens(_ somatic: PassResult?, _ identity: CaseSummary.Identity) -> [MutationalBurden] {
        guard let somatic else { return [] }
        var context = BurdenCounter.Context(fields: somatic.fields)
        context.isTumorOnly = identity.isTumorOnly
        context.purity = identity.purity
        context.callableMegabases = request.callableMegabases
        return somatic.burden.results(context).map(Self.rounded)
    }

    private func biomarkers(_ burdens: [MutationalBurden], _ somatic: PassResult?) -> BiomarkerReport {
        let coding = burdens.first { $0.id == BurdenDefinition.codingAll.rawValue }
        let isHigh = (coding?.value ?? 0) >= 10
        let reason = somatic == nil ? "no somatic input" : "not computed by this version"
        return BiomarkerReport(
            tmb: burdens, msi: .init(reason: reason), hrd: .init(reason: reason),
            signatures: .init(reason: reason),
            hypermutation: .init(
                isHypermutated: isHigh, cause: "",
                evidence: isHigh
                    ? [
                        "tmb_coding_all \(coding?.value.map { String(($0 * 100).rounded() / 100) } ?? "") >= 10 mutations/Mb; cause not assessed"
                    ]
                    : []))
    }

    /// Genes whose span lies in the callable regions by nine tenths or more; GRCh38 only, as the gene table is.
    private func assessableGenes(_ assembly: Assembly?) throws -> Set<String> {
        guard let path = request.callable, assembly == .grch38 else { return [] }
        let callable = try CallableRegions(bed: path)
        return Set(knowledge.genes.filter { callable.fraction(of: $0.value.interval) >= 0.9 }.keys)
    }

    private func crossChecks(_ somatic: PassResult?, _ germline: PassResult?) -> [CaseSummary.Warning] {
        var warnings: [CaseSummary.Warning] = []
        if let somatic, let germline {
            if SampleNames.isSame(somatic.samples.normal, germline.samples.normal) == false {
                warnings.append(
                    .init(
                        code: "normal_sample_differs",
                        message: "The normal is \(somatic.samples.normal) in the somatic file and "
                            + "\(germline.samples.normal) in the germline file. Make sure both are this patient."
                    ))
            }
            if let fraction = somatic.sketch.overlapFraction(with: germline.sketch), fraction > 0.05 {
                let percent = (fraction * 1000).rounded() / 10
                warnings.append(
                    .init(
                        code: "somatic_is_germline",
                        message:
                            "\(percent) % of the somatic PASS SNVs are heterozygous germline calls. Was the right "
                            + "normal subtracted?"))
            }
        }
        if let germline, let sex = request.identity.sex, let text = germline.sexCheck.warning(stated: sex) {
            warnings.append(.init(code: "sex_differs", message: text + "."))
        }
        return warnings
    }

    private func assessment(_ identity: CaseSummary.Identity, _ somatic: PassResult?)
        -> CaseSummary.Assessment
    {
        var reasons: [String] = []
        if somatic == nil { reasons.append("no somatic input") }
        if let purity = identity.purity, purity < 0.2 { reasons.append("purity \(purity) is below 0.2") }
        return .init(isAssessable: reasons.isEmpty, reasons: reasons)
    }

    private func identity() throws(InputError) -> CaseSummary.Identity {
        var identity = request.identity
        if !request.tumorType.isEmpty {
            let types = knowledge.tumorTypes
            guard let type = types.resolve(request.tumorType) else {
                throw InputError(
                    file: "tumorType", problem: "tumor type \"\(request.tumorType)\" is unknown",
                    remedy: "Did you mean \(types.nearest(to: request.tumorType).joined(separator: ", "))?")
            }
            identity.tumorType = .init(code: type.code, name: type.name, path: types.path(of: type.code))
            identity.indication = types.indication(of: type.code)
        }
        if let stated = request.indication {
            identity.indication = stated
            identity.indicationSource = "stated"
        }
        return identity
    }

    private func country(_ id: String) throws(InputError) -> KnowledgeBase.Country {
        guard let country = knowledge.countries[id] else {
            throw InputError(
                file: "country", problem: "there is no profile \"\(id)\"",
                remedy: "Use \(knowledge.countries.keys.sorted().joined(separator: ", ")).")
        }
        return country
    }

    private func checksums() throws(InputError) -> [Provenance.Source] {
        var sources: [Provenance.Source] = []
        for (name, path) in [
            ("somatic", request.somatic), ("germline", request.germline), ("callable", request.callable),
            ("reference", request.reference),
        ] {
            guard let path, path != "-" else { continue }
            sources.append(
                .init(name: name, version: Self.name(path), sha256: try Checksum.sha256(path: path)))
        }
        return sources
    }

    /// The warnings that bear on a decision first, then the others, each kind by its text, none twice.
    private static func ordered(_ warnings: [CaseSummary.Warning]) -> [CaseSummary.Warning] {
        let first = [
            "not_assessable", "normal_sample_differs", "filtered_match", "annotation_disagrees",
            "somatic_is_germline", "sex_differs",
        ]
        return Set(warnings).sorted {
            (first.firstIndex(of: $0.code) ?? 99, $0.code, $0.message) < (
                first.firstIndex(of: $1.code) ?? 99, $1.code, $1.message
            )
        }
    }

    /// The file name without folders, which would tell on the user.
    static func name(_ path: String) -> String { (path as NSString).lastPathComponent }

    private static func rounded(_ burden: MutationalBurden) -> MutationalBurden {
        func six(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
        var burden = burden
        burden.value = burden.value.map(six)
        burden.interval95 = burden.interval95.map { $0.map(six) }
        return burden
    }
}
