internal import Biomarkers
internal import Cases
internal import Consequences
internal import Genome
internal import HTS
internal import Knowledge
internal import Variants

/// Finds out what a VCF holds from its header and its first records.
struct CallFileOpener {
    let request: CaseRequest
    let knowledge: KnowledgeBase

    /// Reads ahead and decides.
    ///
    /// - Shape: `known` for structural variants, of which the samples of the other calls are known.
    /// - Throws: `InputError`.
    func open(
        _ path: String, origin: Finding.Origin, known: CaseSummary.Samples? = nil
    ) throws -> CallFile {
        let reader = try VariantReader(path: path, decoder: request.decoder)
        let header = reader.header
        let name = CasePipeline.name(path)
        var record = VCFRecord()
        var contrast = origin == .somatic && header.samples.count == 2 ? VAFContrast(header: header) : nil
        var filters = FilterUse()
        var styles = ContigStyles()
        var sample = ReferenceSample()
        var assembly = AssemblyEvidence(header: header)
        var places = HotspotPlaces(knowledge.evidence)
        var count = 0
        // Few records settle most files; more are read while something is open.
        var isSettled: Bool {
            count >= CallFile.shortLookahead && assembly.isSettledByHeader && filters.passed > 0
                && contrast?.isFull != false
        }
        while count < CallFile.lookahead, !isSettled, try reader.next(into: &record) {
            count += 1
            contrast?.add(record)
            filters.add(record.filterState)
            styles.add(record.contigName)
            if request.reference != nil { sample.add(record) }
            try places.add(record)
        }
        for contig in header.contigs where count == 0 { styles.add(contig.name) }
        assembly.add(hotspots: places.hotspots, records: places.records)
        let resolved = try assembly.resolve(stated: request.assembly, file: name)
        assembly.assembly = resolved
        var agreement = ""
        if let path = request.reference {
            var fasta = try FastaReader(path: path)
            let lengths = try header.compareLengths(with: CasePipeline.name(path), file: name) {
                fasta.length(of: $0)
            }
            if let lengths { assembly.warnings.append(lengths) }
            let result = try sample.agreement(with: &fasta)
            try result.require(file: name, fasta: CasePipeline.name(path), assembly: resolved)
            agreement = "\(result.differing) of \(result.compared) sampled"
        }
        let roles =
            try known.map { try structuralRoles(name, header, $0, contrast: contrast) }
            ?? roles(name, header, origin: origin, contrast: contrast)
        // Throws for a file that mixes styles without a word on which counts.
        _ = try styles.note(file: name, stated: request.contigStyle)
        let tags = DepthTags(vaf: request.tumorVAFTag, depth: request.tumorDepthTag)
        let annotation = try annotation(name, header)
        return CallFile(
            path: path, header: header, roles: roles,
            depths: ReadDepthDecoder(header: header, tumorTags: tags),
            annotation: annotation, assembly: assembly,
            passRule: filters.rule(unfilteredIsPass: request.unfilteredIsPass),
            contigStyle: request.contigStyle, agreement: agreement,
            fields: .chosen(
                info: ReadDepthDecoder.infoTags.union(annotation?.infoTags ?? []).union(tags.names)
                    .union(PharmacogeneSites.infoTags),
                format: ReadDepthDecoder.formatTags.union(Genotype.tags).union(tags.names)
                    .union(PharmacogeneSites.formatTags)))
    }

    /// Columns by the names that are known; one column alone is the tumor's.
    private func structuralRoles(
        _ name: String, _ header: VCFHeader, _ known: CaseSummary.Samples, contrast: VAFContrast?
    ) throws(InputError) -> SampleRoles {
        func column(_ wanted: String?) -> Int? {
            guard let wanted, !wanted.isEmpty else { return nil }
            return header.samples.indices.first { index in
                header.samples[index] == wanted
                    || SampleNames.isSame(SampleRoles.sampleName(column: index, header: header), wanted)
                        == true
            }
        }
        let wanted = request.tumorSample ?? known.tumor
        if header.samples.isEmpty {
            return SampleRoles(tumor: nil, normal: nil, decidedBy: "no sample columns")
        }
        if let tumor = column(wanted) {
            return SampleRoles(
                tumor: tumor, normal: column(request.normalSample ?? known.normal),
                decidedBy: request.tumorSample == nil ? "the samples of the somatic calls" : "--tumor",
                evidence: [wanted])
        }
        if header.samples.count == 1 {
            return SampleRoles(
                tumor: 0, normal: nil, decidedBy: "the only sample", evidence: [header.samples[0]],
                warnings: wanted.isEmpty
                    ? []
                    : ["the only sample, \(header.samples[0]), is taken as the tumor, which is \(wanted)"])
        }
        var roles = try SampleRoles.decide(
            file: name, header: header, request: .init(isTumorOnly: request.isTumorOnly), contrast: contrast)
        if !wanted.isEmpty {
            roles.warnings.append(
                "no sample is named \(wanted); there are \(SampleNames.shortened(header.samples).joined(separator: ", "))"
            )
        }
        return roles
    }

    private func roles(
        _ name: String, _ header: VCFHeader, origin: Finding.Origin, contrast: VAFContrast?
    ) throws(InputError) -> SampleRoles {
        guard origin == .germline else {
            return try SampleRoles.decide(
                file: name, header: header,
                request: .init(
                    tumor: request.tumorSample, normal: request.normalSample, isTumorOnly: request.isTumorOnly
                ),
                contrast: contrast)
        }
        // A germline file has one sample, or the normal among others.
        if let wanted = request.normalSample, let column = header.samples.firstIndex(of: wanted) {
            return SampleRoles(
                tumor: nil, normal: column, decidedBy: "--normal", evidence: ["--normal \(wanted)"])
        }
        if header.samples.count == 1 {
            var warnings: [String] = []
            if let wanted = request.normalSample {
                warnings.append("the only sample is \(header.samples[0]), the normal was named \(wanted)")
            }
            return SampleRoles(
                tumor: nil, normal: 0, decidedBy: "the only sample", evidence: [header.samples[0]],
                warnings: warnings)
        }
        if header.samples.isEmpty {
            return SampleRoles(tumor: nil, normal: nil, decidedBy: "no sample columns")
        }
        let pair = try SampleRoles.decide(
            file: name, header: header,
            request: .init(tumor: request.tumorSample, normal: request.normalSample))
        return SampleRoles(
            tumor: nil, normal: pair.normal, decidedBy: pair.decidedBy, evidence: pair.evidence,
            warnings: pair.warnings)
    }

    /// The annotation to read; nil where the file has none.
    private func annotation(_ name: String, _ header: VCFHeader) throws(InputError) -> ExistingAnnotation? {
        guard let tag = request.annotationTag else {
            let found = ExistingAnnotation(header: header)
            return found.source == nil ? nil : found
        }
        guard let found = ExistingAnnotation(header: header, tag: tag) else {
            let tags = ExistingAnnotation.tags(header)
            throw InputError(
                file: name, problem: "INFO tag \(tag) is not declared, or holds no consequences",
                remedy: tags.isEmpty
                    ? "The file has no annotation that can be read."
                    : "Give one of \(tags.joined(separator: ", ")) with --annotation-tag.")
        }
        return found
    }
}

/// REF bases at alleles that the knowledge base lists, where a file has records.
private struct HotspotPlaces {
    private let evidence: EvidenceIndex
    /// The listed alleles of the contigs that were met, of each assembly.
    private var listed: [Contig: [Assembly: ListedAllelesView]] = [:]
    private(set) var hotspots: [AssemblyEvidence.Hotspot] = []
    private(set) var records: [(contig: Contig, position: Int, reference: String)] = []

    /// The contig at hand as it is written, and a stretch of it in which nothing is listed on either assembly: records are mostly sorted.
    private var contig: [UInt8] = [], gap = 0..<0

    init(_ evidence: EvidenceIndex) { self.evidence = evidence }

    mutating func add(_ record: VCFRecord) throws(InputError) {
        let isKnown = record.spells(record.column(0), contig)
        if isKnown, gap.contains(record.position) { return }
        if !isKnown { contig = Array(record.bytes[record.column(0)]) }
        let own = Contig(record.contigName)
        var isListed = false
        let views = try views(own)
        gap = Int.min..<Int.max
        for assembly in Assembly.allCases {
            guard let view = views[assembly] else { continue }
            gap = gap.clamped(to: try view.gap(around: record.position))
            for allele in try gap.isEmpty ? view.alleles(at: record.position) : []
            where !allele.reference.isEmpty && !allele.alternate.isEmpty {
                isListed = true
                hotspots.append(
                    .init(
                        assembly: assembly, contig: own, position: allele.position,
                        reference: allele.reference))
            }
        }
        if isListed { records.append((own, record.position, record.reference)) }
    }

    private mutating func views(_ contig: Contig) throws(InputError) -> [Assembly: ListedAllelesView] {
        if let views = listed[contig] { return views }
        var views: [Assembly: ListedAllelesView] = [:]
        for assembly in Assembly.allCases { views[assembly] = try evidence.alleleView(assembly, on: contig) }
        listed[contig] = views
        return views
    }
}

/// Which calls the panel-like burden leaves out.
///
/// Shared, not copied: it holds all that findings are built with.
final class DriverRule: Sendable {
    private let builder: FindingBuilder
    private let profile: MolecularProfile
    private let genes: GenesOfInterest

    init(_ knowledge: KnowledgeBase, request: CaseRequest, assembly: Assembly?) throws(InputError) {
        let country =
            knowledge.countries.values.min { $0.id < $1.id }
            ?? .init(id: "", agency: "", payer: "", language: "en")
        builder = FindingBuilder(
            knowledge, view: EvidenceView(knowledge, country: country, date: request.date, tumorType: "ANY"),
            oncogenicity: try OncogenicityRule(request, knowledge, assembly: assembly))
        profile = MolecularProfile(assembly: assembly, alterations: [])
        genes = GenesOfInterest(knowledge, assembly: assembly)
    }

    func isKnownDriver(_ variant: Variant, _ consequences: [Consequence]) throws(InputError) -> Bool {
        for reported in consequences.reported() where genes.contains(reported.gene) {
            var call = ObservedCall(
                variant: variant, locus: "", origin: .somatic, call: SampleCall(), isPass: true,
                filters: "PASS")
            call.gene = reported.gene
            call.consequences = consequences.filter { $0.gene == reported.gene }
            call.reported = reported
            call.isAnnotated = true
            if try builder.isKnownDriver(call, profile: profile) { return true }
        }
        return false
    }
}

extension BurdenVariant {
    /// A call as the counters see it; effects are those of the most severe reported consequence.
    init(_ allele: CallCollector.Allele, drivers: DriverRule) throws(InputError) {
        self.init(
            isPass: allele.isPass, isMitochondrial: allele.variant.contig.isMitochondrial,
            length: max(allele.variant.reference.utf8.count, allele.variant.alternate.utf8.count),
            call: allele.call, normal: allele.normal, frequency: allele.frequency)
        isIndel = allele.variant.reference.utf8.count != allele.variant.alternate.utf8.count
        try setEffects(allele.variant, allele.consequences, drivers: drivers)
    }

    /// A call without consequences.
    init(
        isPass: Bool, isMitochondrial: Bool, length: Int, call: SampleCall, normal: SampleCall,
        frequency: Double?
    ) {
        self.init()
        self.isPass = isPass
        self.isMitochondrial = isMitochondrial
        self.length = length
        tumorDepth = call.depth
        tumorAlternateDepth = call.alternateDepth
        tumorVAF = call.vaf
        normalAlternateDepth = normal.alternateDepth
        normalVAF = normal.vaf
        populationFrequency = frequency
    }

    /// Sets the coding effects from consequences.
    mutating func setEffects(_ variant: Variant, _ consequences: [Consequence], drivers: DriverRule)
        throws(InputError)
    {
        guard !consequences.isEmpty else { return }
        let reported = consequences.reported()
        isCoding = reported.contains(where: \.codingEffect.isCoding)
        isNonsynonymous = reported.contains(where: \.codingEffect.isNonSynonymous)
        let worst = reported.filter(\.codingEffect.isCoding).min {
            ($0.terms.first ?? .sequenceVariant) < ($1.terms.first ?? .sequenceVariant)
        }
        isMissense = worst?.codingEffect.isMissense ?? false
        let worstAnywhere = consequences.filter(\.codingEffect.isCoding).min {
            ($0.terms.first ?? .sequenceVariant) < ($1.terms.first ?? .sequenceVariant)
        }
        isMissenseAnywhere = worstAnywhere?.codingEffect.isMissense ?? false
        if isCoding { isKnownDriver = try drivers.isKnownDriver(variant, consequences) }
    }
}
