internal import Biomarkers
internal import Cases
internal import Consequences
internal import Foundation
internal import GeneModels
internal import Genome
internal import HTS
internal import Knowledge
internal import Variants

/// Reads all records of one VCF or BCF, or those of the reportable genes, and judges them.
///
/// With an index, parts of the file can be read at once, each by its own reader, and added up in the order of the file.
/// The parts prove that they follow one another; where they do not, or one fails, the file is read again from its
/// start, so that the result and the message are those of one thread.
struct FilePass: Sendable {
    let path: String
    var rules: CallCollector.Rules
    let reference: String?
    let unfilteredIsPass: Bool
    let decoder: VariantReader.Decoder
    /// Whether only ``CallCollector/Rules/regions`` are read.
    let isRegional: Bool
    let progress: @Sendable (ReadingProgress) -> Void

    /// What was gathered, and what the reader noticed.
    struct Result: Sendable {
        var collector: CallCollector
        var gaps: HeaderGaps
        let isIndexStale: Bool
        let edges: PartEdges
    }

    /// The parts that can be read at once; nil alone stands for the whole.
    func parts(threads: Int) throws -> [FilePart?] {
        guard threads > 1, !isRegional else { return [nil] }
        let reader = try VariantReader(path: path, fields: .none)
        // bcftools csq points from one record of a contig to another.
        let canCut = threads > 4 && rules.file.annotation?.source != .bcftools
        // One part alone would rest on the index with nothing to prove it.
        // Changes of one haplotype act together along a gene's coding bases, which no cut may part.
        let genes = rules.genes.map { CodingRegions($0.model) }
        let found = reader.parts(cuts: canCut ? threads / 2 : 1) { contig, place in
            genes?.end(Contig(contig), around: place) ?? place
        }
        guard let parts = found, parts.count > 1 else { return [nil] }
        return parts
    }

    /// Reads a part, or the whole.
    func run(_ part: FilePart?) throws -> Result {
        let reader = try VariantReader(
            path: path, regions: try usableIntervals(), part: part, fields: rules.file.fields,
            decoder: decoder)
        let fasta = try reference.map { try FastaReader(path: $0) }
        var collector = CallCollector(rules)
        var record = VCFRecord()
        var count = 0
        while try reader.next(into: &record) {
            try collector.pharmacogenes?.add(record, rule: rules.file.passRule, reference: fasta)
            if isRegional, !rules.regions.isRead(record) { continue }
            try collector.add(record, reference: fasta)
            count += 1
            if count & 0xFFFF == 0 {
                try Task.checkCancellation()
                progress(ReadingProgress(file: name, records: 0x1_0000, notJudged: nil))
            }
        }
        try fasta?.check()
        try collector.finish()
        return Result(
            collector: collector, gaps: reader.headerGaps, isIndexStale: reader.isIndexStale,
            edges: reader.edges)
    }

    /// The results of a file's parts, added up as they come, in order.
    struct Sum {
        private let pass: FilePass
        private var result: Result?
        private var edges: [PartEdges] = []

        init(_ pass: FilePass) { self.pass = pass }

        mutating func add(_ part: Result) {
            edges.append(part.edges)
            guard result != nil else {
                result = part
                return
            }
            result?.collector.merge(part.collector)
            result?.gaps.merge(part.gaps)
        }

        /// The sum; nil if the parts do not hold the file's records, each once and all.
        var whole: Result? {
            edges.count == 1 || PartEdges.cover(edges, from: pass.firstRecord) ? result : nil
        }
    }

    /// The rule for FILTER that the whole file calls for, if it is another than the one used and matters.
    func otherRule(_ result: Result) -> PassRule? {
        let rule = result.collector.tally.filters.rule(unfilteredIsPass: unfilteredIsPass)
        return rule != rules.file.passRule && result.collector.tally.unfilteredAccepted > 0 ? rule : nil
    }

    /// The same with another rule for FILTER.
    func with(_ rule: PassRule) -> FilePass {
        var copy = self
        copy.rules.file.passRule = rule
        return copy
    }

    /// The result with what there is to say about the file.
    func finished(_ result: Result) -> CasePipeline.PassResult {
        let collector = result.collector, file = rules.file
        let notJudged = collector.tally.counts.dropped.values.reduce(0, +)
        progress(
            ReadingProgress(file: name, records: collector.tally.counts.records, notJudged: notJudged))
        var fields = BurdenFields()
        fields.hasAnnotation = file.annotation != nil || rules.genes != nil
        fields.hasTumorDepth = collector.fields.hasDepth
        fields.hasTumorVAF = collector.fields.hasVAF
        fields.hasNormal = collector.fields.hasNormal
        fields.hasPopulationFrequency = collector.fields.hasFrequency
        let samples = CaseSummary.Samples(
            tumor: SampleRoles.sampleName(column: file.roles.tumor, header: file.header) ?? "",
            normal: SampleRoles.sampleName(column: file.roles.normal, header: file.header) ?? "",
            decidedBy: file.roles.decidedBy, evidence: file.roles.evidence)
        var counts = collector.tally.counts
        if isRegional { counts.scope = "reportable genes" }
        return CasePipeline.PassResult(
            calls: collector.calls, counts: counts, samples: samples,
            assembly: file.assembly.assembly, burden: collector.burden, fields: fields,
            sketch: collector.sketch, regionalSketch: collector.regionalSketch, isRegional: isRegional,
            sexCheck: collector.sexCheck,
            profile: reference == nil ? nil : collector.profile,
            pharmacogenes: collector.pharmacogenes?.sites,
            tumorReason: rules.origin == .germline
                ? file.roles.normal.flatMap {
                    PharmacogeneInput.tumorReason(
                        file.header, column: $0,
                        named: file.roles.decidedBy == "--normal" ? file.header.samples[$0] : nil)
                } : nil,
            warnings: warnings(result),
            input: InputVCF(
                path: path, missingHeaderLines: result.gaps.headerLines,
                regions: isRegional ? rules.regions : nil,
                maf: rules.origin == .germline
                    ? nil
                    : SomaticMAF(
                        file: file, decoder: decoder, combined: collector.calls.filter { !$0.members.isEmpty }
                    )))
    }

    private var name: String { CasePipeline.name(path) }

    private var firstRecord: UInt64? {
        guard let reader = try? VariantReader(path: path, fields: rules.file.fields, decoder: decoder) else {
            return nil
        }
        var record = VCFRecord()
        _ = try? reader.next(into: &record)
        return reader.edges.first
    }

    /// The regions to ask the index for; none where all records are read, or there is no index to ask.
    private func usableIntervals() throws -> [GenomicInterval] {
        guard isRegional else { return [] }
        let reader = try VariantReader(path: path, fields: .none)
        guard reader.fitsIndex() else { return [] }
        // One region for what both ask for, so that no record comes twice.
        return RegionSet(rules.regions.intervals + (rules.pharmacogenes?.sites.intervals ?? [])).intervals
    }

    private func warnings(_ result: Result) -> [CaseSummary.Warning] {
        var warnings: [CaseSummary.Warning] = []
        func warn(_ code: String, _ text: String) {
            warnings.append(.init(code: code, message: "\(name): \(text)"))
        }
        let tally = result.collector.tally
        result.gaps.warnings.forEach { warn("header_gap", $0) }
        if result.isIndexStale { warn("header_gap", "the index is older than the file and was not used") }
        if let text = tally.filters.warning(unfilteredIsPass: unfilteredIsPass) { warn("filter_use", text) }
        if tally.referenceMismatches > 0 {
            warn(
                "reference_mismatch",
                "REF mismatch in \(tally.referenceMismatches) records (\(rules.file.agreement)); they were counted "
                    + "and not left-aligned.")
        }
        if tally.contigsMissing > 0 {
            warn(
                "contig_not_in_reference",
                "the reference lacks the contigs of \(tally.contigsMissing) of the records, which were counted and not "
                    + "left-aligned.")
        }
        if tally.inNormal > 0 {
            warn(
                "in_normal",
                "the normal has \(tally.inNormal) of the variants that pass too (more than two of its reads and over 2 %), which do not "
                    + "count in signatures and microsatellites.")
        }
        if rules.origin == .somatic, let blocks = tally.counts.dropped["non_ref_allele"] {
            warn(
                "gvcf",
                "\(blocks) alleles are <NON_REF>, so this is a gVCF, whose other calls nobody filtered yet. Give the caller's final calls."
            )
        }
        if result.collector.callsNotKept > 0 {
            warn(
                "calls_not_kept",
                "\(result.collector.callsNotKept) calls in genes of interest beyond the first "
                    + "\(CallCollector.maximumCalls) were counted but not matched.")
        }
        let haplotypes = result.collector.haplotypes
        haplotypes.warnings.forEach { warn($0.code, $0.message) }
        if haplotypes.isUnordered {
            warn(
                "not_sorted",
                "records are not in order of contig and position; changes of one haplotype were put together only where "
                    + "they stand near each other.")
        }
        if haplotypes.notResolved > 0 {
            warn(
                "haplotype",
                "\(haplotypes.notResolved) transcripts have more changes than are put together; each was told alone."
            )
        }
        rules.file.roles.warnings.forEach { warn("sample_roles", $0) }
        rules.file.assembly.warnings.forEach { warn("assembly", $0) }
        if rules.file.annotation == nil, rules.genes == nil {
            warn(
                "no_annotation",
                "no CSQ, ANN or BCSQ; only alleles that the knowledge base lists by position can match, and coding "
                    + "burdens are not computable.")
        }
        return warnings
    }
}
