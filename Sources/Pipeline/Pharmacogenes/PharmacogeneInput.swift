internal import Cases
internal import Foundation
internal import Genome
internal import HTS
public import Knowledge
internal import Variants

/// Calls pharmacogenes from the germline file of a request, and from nothing else of it.
///
/// The assembly is the one stated or that the file tells; where it tells none, REF bases at the genes' own positions do. With an index
/// only the genes are read.
public struct PharmacogeneInput {
    private let request: CaseRequest
    private let knowledge: KnowledgeBase

    /// An input; `request` names the germline file.
    public init(_ request: CaseRequest, knowledge: KnowledgeBase) {
        (self.request, self.knowledge) = (request, knowledge)
    }

    /// The calls by gene, and what the user should look at.
    ///
    /// - Throws: `InputError`: a tumor sample, an assembly that is not known or another one, REF that is not the genome's.
    public func run() throws -> (calls: [String: PharmacogeneCall], warnings: [String]) {
        guard let path = request.germline else {
            throw InputError(
                file: "command line", problem: "the germline file is missing",
                remedy: "Give the VCF or BCF of the normal sample.", kind: .usage)
        }
        guard !knowledge.pharmacogenes.isEmpty else {
            throw InputError(
                file: "knowledgebase", problem: "no source has the tables of pharmacogenes",
                remedy: "Use the knowledge base that comes with the program as the first folder.",
                kind: .missing)
        }
        let file = try CallFileOpener(request: request, knowledge: knowledge).open(path, origin: .germline)
        let column = try normal(file)
        var assembly = try file.assembly.assembly ?? self.assembly(path)
        if assembly == nil { assembly = request.assembly }
        guard let assembly else {
            throw InputError(
                file: CasePipeline.name(path), problem: "nothing in the file tells GRCh37 from GRCh38",
                remedy: "Say which with --assembly.")
        }
        var watch = PharmacogeneWatch(
            knowledge.pharmacogenes, assembly: assembly, sample: column, contigStyle: file.contigStyle)
        var filters = FilterUse()
        try read(path, watch.sites.intervals) { record, fasta in
            filters.add(record.filterState)
            try watch.add(record, rule: file.passRule, reference: fasta)
        }
        // Whether `.` passes is known for certain only at the end of the file.
        let rule = filters.rule(unfilteredIsPass: request.unfilteredIsPass)
        if rule != file.passRule {
            watch = PharmacogeneWatch(
                knowledge.pharmacogenes, assembly: assembly, sample: column, contigStyle: file.contigStyle)
            try read(path, watch.sites.intervals) { record, fasta in
                try watch.add(record, rule: rule, reference: fasta)
            }
        }
        let callable = try request.callable.map { try RegionSet(bed: $0) }
        let result = Self.calls(knowledge, watch.sites, assembly, callable: callable)
        if let mismatch = result.mismatches.first {
            throw InputError(
                file: CasePipeline.name(path), place: .record(mismatch.key),
                problem:
                    "REF is not \(mismatch.expected), which \(assembly.rawValue) has at \(mismatch.position)",
                remedy: "Is the file of another assembly? Say so with --assembly.")
        }
        return (result.calls, file.roles.warnings + file.assembly.warnings)
    }

    /// The calls of all genes from what a file had at them.
    static func calls(
        _ knowledge: KnowledgeBase, _ sites: PharmacogeneSites, _ assembly: Assembly, callable: RegionSet?
    ) -> (calls: [String: PharmacogeneCall], mismatches: [PharmacogeneSites.Mismatch]) {
        var calls: [String: PharmacogeneCall] = [:]
        var mismatches: [PharmacogeneSites.Mismatch] = []
        for gene in knowledge.pharmacogenes {
            let found = sites.observations(of: gene, callable: callable)
            mismatches += found.mismatches
            calls[gene.gene] = PharmacogeneCaller(gene, assembly: assembly).call(found.observed)
        }
        return (calls, mismatches)
    }

    /// Why a column is a tumor's; nil where nothing says so. A name that only looks like a tumor's is overruled by `named`, the user's word.
    static func tumorReason(_ header: VCFHeader, column: Int, named: String?) -> String? {
        guard header.samples.indices.contains(column) else { return nil }
        let sample = header.samples[column]
        if let claim = SampleRoles.tumorClaim(on: column, of: header) { return claim }
        guard named != sample, SampleNames.hint(in: sample) == .tumor else { return nil }
        return "name pattern of \(sample)"
    }

    private func normal(_ file: CallFile) throws(InputError) -> Int {
        let name = CasePipeline.name(file.path)
        guard let column = file.roles.normal else {
            throw InputError(
                file: name, problem: "there is no sample of the normal", remedy: "Give its germline calls.")
        }
        let sample = file.header.samples[column]
        let reason =
            request.tumorSample == sample
            ? "--tumor \(sample)" : Self.tumorReason(file.header, column: column, named: request.normalSample)
        guard let reason else { return column }
        throw InputError(
            file: name,
            problem:
                "sample \(sample) is a tumor (\(reason)); pharmacogenetics is called from the normal sample alone",
            remedy:
                "Give the germline calls of the normal sample, and name it with --normal where the file has several."
        )
    }

    /// The assembly whose bases stand at the genes' positions; nil where they do not tell.
    private func assembly(_ path: String) throws -> Assembly? {
        var evidence: [AssemblyEvidence.Hotspot] = []
        var places: Set<Int> = []
        for gene in knowledge.pharmacogenes {
            for position in gene.positions {
                for (assembly, place) in position.places {
                    places.insert(place.position)
                    evidence.append(
                        .init(
                            assembly: assembly, contig: position.contig, position: place.position,
                            reference: place.reference))
                }
            }
        }
        var records: [(contig: Contig, position: Int, reference: String)] = []
        try read(path, []) { record, _ in
            guard places.contains(record.position) else { return }
            records.append((Contig(record.contigName), record.position, record.reference))
        }
        var found = AssemblyEvidence(header: VCFHeader(text: ""))
        found.add(hotspots: evidence, records: records)
        return found.assembly
    }

    private func read(
        _ path: String, _ intervals: [GenomicInterval], _ take: (VCFRecord, FastaReader?) throws -> Void
    ) throws {
        let fields = FieldSelection.chosen(
            info: PharmacogeneSites.infoTags, format: PharmacogeneSites.formatTags.union(Genotype.tags))
        let probe = try VariantReader(path: path, fields: .none)
        let reader = try VariantReader(
            path: path, regions: probe.canAskIndex && probe.fitsIndex() ? intervals : [], fields: fields,
            decoder: request.decoder)
        let fasta = try request.reference.map { try FastaReader(path: $0) }
        var record = VCFRecord()
        while try reader.next(into: &record) { try take(record, fasta) }
        try fasta?.check()
    }
}
