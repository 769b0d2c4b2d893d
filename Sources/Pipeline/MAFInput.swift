internal import Biomarkers
internal import Cases
internal import Consequences
internal import Genome
internal import HTS
internal import Knowledge
internal import Variants

/// Judges a somatic MAF.
///
/// A MAF may hold many samples; a case is one tumor, so the sample is named with `--tumor` where there are several.
enum MAFInput {
    /// Whether the path names a MAF, by its ending.
    static func isMAF(_ path: String) -> Bool {
        let lower = path.lowercased()
        return [".maf", ".maf.gz", ".maf.txt"].contains { lower.hasSuffix($0) }
    }

    /// The rows of a file, in its order.
    static func rows(_ path: String, visit: (MAFRow) throws -> Void) throws {
        let lines = try LineReader(path: path)
        var reader = MAFReader(file: CasePipeline.name(path))
        while let line = try lines.next() {
            if let row = try reader.read(line) { try visit(row) }
        }
        try reader.finish()
    }

    static func pass(
        _ path: String, request: CaseRequest, knowledge: KnowledgeBase
    ) throws -> CasePipeline.PassResult {
        let name = CasePipeline.name(path)
        var samples = Set<String>()
        var builds = Set<String>()
        var usesPass = false
        try rows(path) { row in
            samples.insert(row.tumorBarcode)
            if !row.assembly.isEmpty { builds.insert(row.assembly) }
            if row.filters == ["PASS"] { usesPass = true }
        }
        if let wanted = request.tumorSample, !samples.contains(wanted) {
            throw InputError(
                file: name, problem: "no sample \"\(wanted)\"; the file has \(samples.count) samples",
                remedy: "Give one of them with --tumor.")
        }
        guard samples.count <= 1 || request.tumorSample != nil else {
            throw InputError(
                file: name, problem: "the file has \(samples.count) tumor samples, a case has one",
                remedy: "Name it with --tumor, for example --tumor \(samples.min() ?? "").")
        }
        let assembly = try assembly(builds, stated: request.assembly, file: name)
        var judge = try Judge(request: request, knowledge: knowledge, assembly: assembly, usesPass: usesPass)
        let sample = request.tumorSample ?? samples.first ?? ""
        try rows(path) { row in
            if row.tumorBarcode == sample { try judge.add(row) }
        }
        return judge.result(sample: sample, file: name)
    }

    private static func assembly(
        _ builds: Set<String>, stated: Assembly?, file: String
    ) throws(InputError) -> Assembly? {
        let found = Set(builds.compactMap { Assembly(named: $0) })
        guard let only = found.first, found.count == 1 else { return stated }
        guard stated == nil || stated == only else {
            throw InputError(
                file: file,
                problem: "NCBI_Build is \(only.rawValue), --assembly says \(stated?.rawValue ?? "")",
                remedy: "Make them agree.")
        }
        return only
    }

    private struct CountedAllele: Hashable {
        let variant: Variant
        let isPass: Bool
    }

    /// Counts and keeps the rows of one sample.
    private struct Judge {
        let request: CaseRequest
        let interest: GenesOfInterest
        let drivers: DriverRule
        let assembly: Assembly?
        let usesPass: Bool
        var burden: BurdenCounter
        var tally = FileTally()
        var seen = BurdenFieldsSeen()
        var calls: [ObservedCall] = []
        var sketch = KeySketch(capacity: CallCollector.sketched)
        var normals = Set<String>()
        /// Alleles that were counted, each with whether it passed.
        private var alleles = Set<CountedAllele>()
        /// The contig of the last row, and the alleles that rows of the base list there.
        private var contig = Contig("")
        private var listed = ListedAlleles()

        init(request: CaseRequest, knowledge: KnowledgeBase, assembly: Assembly?, usesPass: Bool)
            throws(InputError)
        {
            self.request = request
            self.assembly = assembly
            self.usesPass = usesPass
            interest = GenesOfInterest(knowledge, assembly: assembly)
            drivers = try DriverRule(knowledge, request: request, assembly: assembly)
            burden = BurdenCounter(usesDefaultFilters: request.usesDefaultFilters)
        }

        mutating func add(_ row: MAFRow) throws(InputError) {
            tally.counts.records += 1
            if !row.normalBarcode.isEmpty { normals.insert(row.normalBarcode) }
            guard let variant = row.variant.map(\.withoutDashes)?.trimmed(keepingAnchor: false) else {
                tally.drop(row.unjudged == .noChange ? "reference_equals_alternate" : "invalid_allele")
                return
            }
            let isPass =
                row.filters == ["PASS"] || row.filters.isEmpty && (!usesPass || request.unfilteredIsPass)
            guard alleles.insert(.init(variant: variant, isPass: isPass)).inserted,
                isPass || !alleles.contains(.init(variant: variant, isPass: true))
            else {
                tally.drop("duplicate")
                return
            }
            tally.counts.variants += 1
            if isPass { tally.counts.pass += 1 }
            if isPass, variant.variantClass == .snv { sketch.insert(variant) }
            seen.add(call: row.tumorCall, normal: row.normalCall, frequency: nil)
            let allele = CallCollector.Allele(
                variant: variant, isPass: isPass, call: row.tumorCall, normal: row.normalCall,
                consequences: [row.consequence], frequency: nil, isAnnotated: true)
            burden.add(try BurdenVariant(allele, drivers: drivers))
            if variant.contig != contig {
                listed = try interest.alleles(on: variant.contig)
                contig = variant.contig
            }
            let consequence = row.consequence
            guard
                interest.contains(consequence.gene) && interest.canMatter(consequence)
                    || listed.contains(variant)
            else { return }
            var call = ObservedCall(
                variant: variant, locus: variant.key, origin: .somatic, call: row.tumorCall, isPass: isPass,
                filters: row.filters.isEmpty ? "." : row.filters.joined(separator: ";"))
            call.normal = row.normalCall
            call.gene = consequence.gene
            call.consequences = [consequence]
            call.reported = consequence
            call.isAnnotated = true
            calls.append(call)
        }

        func result(sample: String, file: String) -> CasePipeline.PassResult {
            var fields = BurdenFields()
            fields.hasAnnotation = true
            fields.hasTumorDepth = seen.hasDepth
            fields.hasTumorVAF = seen.hasVAF
            fields.hasNormal = seen.hasNormal
            let warning = CaseSummary.Warning(
                code: "maf_input",
                message:
                    "\(file): a MAF gives one transcript a variant and no VCF, so no annotated VCF is written."
            )
            return CasePipeline.PassResult(
                calls: calls, counts: tally.counts,
                samples: .init(
                    tumor: sample, normal: normals.count == 1 ? normals.first ?? "" : "",
                    decidedBy: request.tumorSample == nil ? "Tumor_Sample_Barcode" : "--tumor"),
                assembly: assembly, burden: burden, fields: fields, sketch: sketch,
                sexCheck: SexCheck(assembly: assembly), warnings: [warning], input: nil)
        }
    }
}

extension Variant {
    /// A MAF's `-` as the empty allele.
    fileprivate var withoutDashes: Variant {
        Variant(
            contig: contig, position: position, reference: reference == "-" ? "" : reference,
            alternate: alternate == "-" ? "" : alternate)
    }
}
