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
        /// What gives the annotated files their consequences; nil where they are the input's.
        var consequences: AnnotatedVCF.Consequences?
    }

    let request: CaseRequest
    let knowledge: KnowledgeBase
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

    /// Reads and judges the case. With one thread nothing is suspended.
    ///
    /// - Throws: `InputError`.
    public func run(threads: Int) async throws -> Output {
        let identity = try identity()
        let country = try country(identity.country)
        let genes = try request.genes.map {
            try CallingGenes(path: $0, reference: request.reference, usesCache: request.usesCache)
        }
        try genes?.require(request.assembly, of: "the case")
        let calling = request.reference == nil ? nil : genes
        var plan = try ReadingPlan(somatic: somaticPass(calling), germline: germlinePass(calling))
        if threads > 1 {
            async let checksums = checksums()
            await plan.readParts(threads: threads)
            let passes = try plan.read()
            return try summarize(identity, country, passes, genes, inputs: try await checksums)
        }
        return try summarize(identity, country, try plan.read(), genes, inputs: try checksums())
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
        /// The part of `sketch` in the regions that a germline file is read in.
        var regionalSketch = KeySketch()
        var isRegional = false
        var sexCheck: SexCheck
        /// What the variants say together with the reference around them; nil where there was none.
        var profile: SomaticProfile?
        /// What the normal has at pharmacogenes; nil where they are not called.
        var pharmacogenes: PharmacogeneSites?
        /// What says that the germline file's sample is a tumor.
        var tumorReason: String?
        var warnings: [CaseSummary.Warning]
        /// The file for the annotated copy; nil for a MAF.
        var input: InputVCF?
    }

    private func somaticPass(_ genes: CallingGenes?) throws -> ReadingPlan.Input? {
        guard let path = request.somatic else { return nil }
        if MAFInput.isMAF(path) {
            return .judged(try MAFInput.pass(path, request: request, knowledge: knowledge))
        }
        return .file(try filePass(path, origin: .somatic, genes))
    }

    private func germlinePass(_ genes: CallingGenes?) throws -> ReadingPlan.Input? {
        try request.germline.map { .file(try filePass($0, origin: .germline, genes)) }
    }

    private func filePass(_ path: String, origin: Finding.Origin, _ genes: CallingGenes?) throws -> FilePass {
        let file = try CallFileOpener(request: request, knowledge: knowledge).open(path, origin: origin)
        let assembly = file.assembly.assembly
        try genes?.require(assembly, of: Self.name(path))
        let interest = GenesOfInterest(knowledge, assembly: assembly)
        let regions = try ReportableGermline(interest, knowledge, assembly: assembly)
        return FilePass(
            path: path,
            rules: CallCollector.Rules(
                file: file, origin: origin, interest: interest,
                drivers: try DriverRule(knowledge, request: request, assembly: assembly),
                usesDefaultFilters: request.usesDefaultFilters, regions: regions, genes: genes,
                pharmacogenes: origin == .germline ? watch(file) : nil),
            reference: request.reference, unfilteredIsPass: request.unfilteredIsPass,
            decoder: request.decoder,
            isRegional: origin == .germline && !request.readsAllGermline && !regions.isEmpty,
            progress: progress)
    }

    /// What watches the pharmacogenes of a germline file; nil where it has no normal, or the assembly is not known.
    private func watch(_ file: CallFile) -> PharmacogeneWatch? {
        guard let column = file.roles.normal, let assembly = file.assembly.assembly,
            !knowledge.pharmacogenes.isEmpty
        else { return nil }
        return PharmacogeneWatch(
            knowledge.pharmacogenes, assembly: assembly, sample: column, contigStyle: file.contigStyle)
    }

    // MARK: Putting together

    private func summarize(
        _ identity: CaseSummary.Identity, _ country: KnowledgeBase.Country,
        _ passes: (somatic: PassResult?, germline: PassResult?), _ genes: CallingGenes?,
        inputs: [Provenance.Source]
    ) throws -> Output {
        let (somatic, germline) = passes
        var identity = identity
        var assembly = somatic?.assembly ?? germline?.assembly ?? request.assembly
        var warnings = (somatic?.warnings ?? []) + (germline?.warnings ?? [])
        warnings += (genes?.warnings ?? []).map { .init(code: "gene_models", message: $0) }
        if genes != nil, request.reference == nil {
            warnings.append(
                .init(
                    code: "gene_models",
                    message:
                        "Gene models without the genome (-f) tell where genes lie; consequences are the input's own."
                ))
        }
        if let first = somatic?.assembly, let second = germline?.assembly, first != second {
            throw InputError(
                file: Self.name(request.germline ?? ""),
                problem: "the germline file is \(second.rawValue), the somatic file \(first.rawValue)",
                remedy: "Give both on the same assembly.")
        }
        warnings += crossChecks(somatic, germline)
        var structuralInput = request.structural.map {
            StructuralInput(path: $0, request: request, knowledge: knowledge)
        }
        let contents = try structuralInput?.contents(somatic?.samples)
        assembly = assembly ?? contents?.assembly
        identity.assembly = assembly?.rawValue ?? "unknown"
        let codingMegabases = try codingMegabases(genes)
        let burdens = burdens(somatic, identity, codingMegabases)
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
        let repeats = try microsatellites(
            somatic, burdens.first { $0.id == BurdenDefinition.codingAll.rawValue })
        profile.hasGermline = germline != nil
        let callable = try request.callable.map { path throws(InputError) in try RegionSet(bed: path) }
        if let callable {
            if let assessable = assessableGenes(callable, assembly, genes) {
                profile.assessableGenes = assessable
            } else {
                warnings.append(
                    .init(
                        code: "callable_genes",
                        message:
                            "Without gene models (-g) the places of genes are known on GRCh38 alone, so it is not told which genes are callable, "
                            + "and rows that ask for a gene's wild type are not met."))
            }
        }
        var copyNumber: CopyNumberInput.Result?
        if let path = request.copyNumber {
            var input = CopyNumberInput(path: path, request: request)
            copyNumber = try input.read(
                knowledge, genes: genes, assembly: assembly, sample: somatic?.samples.tumor ?? "")
            warnings += copyNumber?.warnings ?? []
            let scars = recombination(copyNumber, .init())
            if scars.status == .ok { profile.values["scar_sum"] = scars.sum.map(Double.init) }
        }
        var structural: StructuralInput.Result?
        if let contents {
            structural = try structuralInput?.read(
                contents, genes: genes, assembly: assembly, profile: copyNumber?.profile)
            warnings += structural?.warnings ?? []
        }
        let panel = try request.panel.map { path throws(InputError) in try RegionSet(bed: path) }
        let view = EvidenceView(
            knowledge, country: country, date: request.date, tumorType: identity.tumorType.code)
        let builder = FindingBuilder(
            knowledge, view: view, oncogenicity: try OncogenicityRule(request, knowledge, assembly: assembly),
            twoHits: TwoHitRule(
                profile: copyNumber?.profile, purity: identity.purity, isMale: identity.sex == "male"),
            panel: panel)
        let calls = (somatic?.calls ?? []) + (germline?.calls ?? [])
        let hits = try builder.hits(
            calls, dosages: copyNumber?.dosages ?? [], disruptions: structural?.disruptions ?? [],
            profile: profile, usesDepthFilters: request.usesDefaultFilters)
        let statuses = hits.geneStatuses
        let msi = repeats.joined(
            with: statuses.filter { HypermutationCause.repairGenes.contains($0.gene) })
        let samples = CaseSummary.Samples(
            tumor: somatic?.samples.tumor ?? structural?.samples.tumor ?? "",
            normal: somatic.map(\.samples.normal) ?? germline?.samples.normal ?? structural?.samples.normal
                ?? "",
            decidedBy: somatic?.samples.decidedBy ?? germline?.samples.decidedBy ?? structural?.samples
                .decidedBy
                ?? "",
            evidence: somatic?.samples.evidence ?? germline?.samples.evidence ?? structural?.samples.evidence
                ?? [])
        let biomarkers = try biomarkers(
            .init(
                burdens: burdens, somatic: somatic, msi: msi, statuses: statuses,
                copyNumber: copyNumber, structural: contents, tumor: request.tumorSample ?? samples.tumor,
                path: identity.tumorType.path))
        profile.states = states(biomarkers)
        let pharmacogenes = pharmacogenes(somatic, germline, callable: callable)
        warnings += pharmacogenes.warnings
        let built = try builder.build(hits, pharmacogenes: pharmacogenes.calls ?? [:], profile: profile)
        warnings += built.warnings
        if request.callable != nil, codingMegabases == nil {
            warnings.append(
                .init(
                    code: "callable_denominator",
                    message:
                        "Without gene models (-g) the callable regions cannot be cut down to coding sequence, so coding burdens "
                        + "divide by the assumed 34 Mb; give callableMegabases for your own number."))
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
        if let model = biomarkers.hrd.model, model.status == .lowConfidence {
            warnings.append(
                .init(
                    code: "hrdetect_sample",
                    message:
                        "\(Self.name(request.hrdetectFeatures ?? "")): \(model.statusReason); HRDetect does not count. "
                        + "Make sure that the row is this patient's, and name it as the tumor."))
        }
        let provenance = Provenance(
            program: program, htslib: HTSVersion.string, command: request.command, inputs: inputs,
            sources: knowledge.sources.map { .init(name: $0.name, version: $0.version, sha256: $0.sha256) })
        let summary = CaseSummary(
            case: identity, samples: samples,
            counts: .init(
                somatic: somatic?.counts, germline: germline?.counts, copyNumber: copyNumber?.counts,
                structural: structural?.counts),
            biomarkers: biomarkers, findings: built.findings, nearMisses: built.nearMisses,
            warnings: Self.ordered(warnings), assessment: assessment,
            panel: panel.map {
                .init(regions: $0.intervals.count, bases: $0.bases, findings: built.findings)
            }, copyNumberTrack: copyNumber.map { CopyNumberTrack($0.profile) },
            pharmacogenes: pharmacogenes.calls?.mapValues(\.withoutReference), provenance: provenance)
        return Output(
            summary: summary, marks: AlleleMarks(built.findings),
            somaticVCF: somatic?.input, germlineVCF: germline?.input,
            consequences: genes.flatMap { genes in
                request.reference.map {
                    .init(genes: genes, reference: $0, keepsInput: request.keepsInputCSQ)
                }
            })
    }

    private func burdens(
        _ somatic: PassResult?, _ identity: CaseSummary.Identity, _ codingMegabases: Double?
    ) -> [MutationalBurden] {
        guard let somatic else { return [] }
        var context = BurdenCounter.Context(fields: somatic.fields)
        context.isTumorOnly = identity.isTumorOnly
        context.purity = identity.purity
        context.callableMegabases = codingMegabases
        return somatic.burden.results(context).map(Self.rounded)
    }

    /// Genes whose span lies in the callable regions by nine tenths or more, by the gene table on GRCh38, else by the gene models; nil
    /// without either.
    private func assessableGenes(
        _ callable: RegionSet, _ assembly: Assembly?, _ genes: CallingGenes?
    ) -> Set<String>? {
        func isCallable(_ interval: GenomicInterval) -> Bool { callable.fraction(of: interval) >= 0.9 }
        if assembly == .grch38 {
            return Set(knowledge.genes.filter { isCallable($0.value.interval) }.keys)
        }
        guard let spans = genes?.spans else { return nil }
        return Set(spans.filter { $0.value.allSatisfy(isCallable) }.keys)
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
            let inherited = Set(germline.calls.map(\.variant))
            for call in somatic.calls where call.isPass && inherited.contains(call.variant) {
                warnings.append(
                    .init(
                        code: "also_germline",
                        message:
                            "\(call.gene) \(call.locus) is a call of the germline file too; both are one hit of the gene. "
                            + "It is inherited, or the normal holds tumor."))
            }
            let own = germline.isRegional ? somatic.regionalSketch : somatic.sketch
            if let fraction = own.overlapFraction(with: germline.sketch), fraction > 0.05 {
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
            ("reference", request.reference), ("genes", request.genes), ("hotspots", request.hotspots),
            ("copyNumber", request.copyNumber), ("structural", request.structural), ("panel", request.panel),
            ("signatures", request.signatures), ("allowedSignatures", request.allowedSignatures),
            ("chordModel", request.chordModel),
            ("hrdetectFeatures", request.hrdetectFeatures),
        ] {
            guard let path, path != "-" else { continue }
            sources.append(
                .init(
                    name: name, version: Self.name(path),
                    sha256: try Checksum.sha256(
                        path: path, usesCache: request.usesCache && ["reference", "genes"].contains(name))))
        }
        return sources
    }

    /// The warnings that bear on a decision first, then the others, each kind by its text, none twice.
    private static func ordered(_ warnings: [CaseSummary.Warning]) -> [CaseSummary.Warning] {
        let first = [
            "not_assessable", "normal_sample_differs", "filtered_match", "annotation_disagrees",
            "somatic_is_germline", "also_germline", "sex_differs",
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

extension OncogenicityRule {
    /// The rule that a case asks for, with the hotspots that it names and the promoters known on its assembly.
    ///
    /// - Throws: `InputError`.
    init(_ request: CaseRequest, _ knowledge: KnowledgeBase, assembly: Assembly?) throws(InputError) {
        var hotspots: HotspotTable?
        if let path = request.hotspots {
            var bytes: [UInt8] = []
            let reader = try LineReader(path: path)
            while let line = try reader.next() { bytes += Array(line.utf8) + [0x0A] }
            // One line alone is a table whose lines end with a carriage return.
            if reader.lineNumber == 1 { bytes.removeLast() }
            hotspots = try HotspotTable(bytes: bytes, file: CasePipeline.name(path))
        }
        self.init(
            roles: knowledge.roles, hotspots: hotspots, scale: request.oncogenicityScale,
            promoters: knowledge.promoters, assembly: assembly)
    }
}
