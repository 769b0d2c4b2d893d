internal import Cases
internal import Consequences
internal import Genome
internal import HTS
internal import Knowledge
internal import Variants

/// What is known about a VCF before its calls are judged: roles, caller, filters, assembly, annotation.
///
/// The first records are read ahead (at most ``lookahead``), since the data help to tell tumor from normal and the
/// use of `PASS` shows only in the records. They are kept and judged with the rest, so the file is read once.
struct CallFile {
    /// Records read ahead.
    static let lookahead = 20_000

    let path: String
    let header: VCFHeader
    let roles: SampleRoles
    let depths: ReadDepthDecoder
    let annotation: ExistingAnnotation?
    let assembly: AssemblyEvidence
    var passRule: PassRule
    let contigStyle: Contig.Style?
}

/// Counts and observations over one file that do not depend on what the calls mean.
struct FileTally {
    var counts = CaseSummary.InputCounts()
    var filters = FilterUse()
    var unfilteredAccepted = 0
    var referenceMismatches = 0
    var contigsMissing = 0

    mutating func drop(_ reason: String) { counts.dropped[reason, default: 0] += 1 }
}

/// Takes the records of one file apart into calls, and keeps those that can become findings.
struct CallCollector {
    let file: CallFile
    let origin: Finding.Origin
    let interest: GenesOfInterest
    var tally = FileTally()
    var calls: [ObservedCall] = []
    var fields = BurdenFieldsSeen()
    var sketch = KeySketch(capacity: 1 << 20)
    var sexCheck: SexCheck
    private var normalizer = AlleleNormalizer()
    /// The last records of a file that bcftools csq annotated: it writes a compound change once and points back to it.
    private var recent: [VCFRecord] = []
    private static let maximumRecent = 64

    /// The most calls that are kept: a tumor with more is described by its counts.
    static let maximumCalls = 200_000
    private(set) var callsNotKept = 0

    init(_ file: CallFile, origin: Finding.Origin, interest: GenesOfInterest) {
        self.file = file
        self.origin = origin
        self.interest = interest
        sexCheck = SexCheck(assembly: file.assembly.assembly)
    }

    /// One allele as it was read.
    struct Allele {
        let variant: Variant
        let isPass: Bool
        let call: SampleCall
        let normal: SampleCall
        let consequences: [Consequence]
        let frequency: Double?
        let isAnnotated: Bool
    }

    /// Judges a record; `visit` sees each explicit allele.
    mutating func add(
        _ record: VCFRecord, reference: inout FastaReader?, visit: (Allele) -> Void
    ) throws {
        tally.counts.records += 1
        tally.filters.add(record)
        guard ContigStyles.counts(record.contigName, stated: file.contigStyle) else {
            tally.drop("other_contig_style")
            return
        }
        let normalized = try normalize(record, &reference)
        switch normalized.referenceCheck {
        case .referenceMismatch: tally.referenceMismatches += 1
        case .contigMissing: tally.contigsMissing += 1
        default: break
        }
        if file.annotation?.source == .bcftools {
            if recent.count == Self.maximumRecent { recent.removeFirst() }
            recent.append(record)
        }
        let isPass = file.passRule.isPass(record)
        if isPass, record.isUnfiltered { tally.unfilteredAccepted += 1 }
        let genotype = origin == .germline ? file.roles.normal.flatMap { Genotype(record, sample: $0) } : nil
        if let genotype { sexCheck.add(genotype, on: normalized.contig, position: record.position) }
        for outcome in normalized.outcomes {
            switch outcome {
            case .skipped(let reason, _): tally.drop(reason.rawValue)
            case .variant(let variant, let index):
                if let genotype, genotype.copies(of: index) == 0 {
                    // In the germline file an allele that this sample does not carry says nothing about the patient.
                    tally.drop(genotype.isMissing ? "genotype_missing" : "not_carried")
                    continue
                }
                tally.counts.variants += 1
                if isPass { tally.counts.pass += 1 }
                let trimmed = variant.trimmed(keepingAnchor: false)
                let allele = read(record, index, trimmed, isPass)
                if isPass, trimmed.variantClass == .snv,
                    origin == .somatic || genotype?.isHeterozygous == true
                {
                    sketch.insert(trimmed)
                }
                visit(allele)
                keep(allele, record, index, genotype)
            }
        }
    }

    private mutating func normalize(_ record: VCFRecord, _ reference: inout FastaReader?) throws
        -> NormalizedRecord
    {
        guard var fasta = reference else { return normalizer.outcomes(of: record) }
        defer { reference = fasta }
        return try normalizer.outcomes(of: record, reference: &fasta)
    }

    private mutating func read(_ record: VCFRecord, _ index: Int, _ variant: Variant, _ isPass: Bool)
        -> Allele
    {
        let call: SampleCall
        let normal: SampleCall
        if origin == .somatic {
            call = file.depths.tumorCall(record, alleleIndex: index, roles: file.roles)
            normal = file.depths.normalCall(record, alleleIndex: index, roles: file.roles)
        } else {
            call = file.depths.normalCall(record, alleleIndex: index, roles: file.roles)
            normal = SampleCall()
        }
        let earlier = recent
        let consequences =
            file.annotation?.consequences(
                for: record, alleleIndex: index,
                atPosition: { position in
                    earlier.last { $0.position == position && $0.contigName == record.contigName }
                }
            ) ?? []
        let frequency = file.annotation?.populationFrequency(for: record, alleleIndex: index)
        fields.add(call: call, normal: normal, frequency: frequency)
        return Allele(
            variant: variant, isPass: isPass, call: call, normal: normal, consequences: consequences,
            frequency: frequency,
            isAnnotated: !consequences.isEmpty)
    }

    private mutating func keep(_ allele: Allele, _ record: VCFRecord, _ index: Int, _ genotype: Genotype?) {
        var genes: [(gene: String, consequences: [Consequence])] = []
        let isListed = interest.isListed(allele.variant)
        if allele.isAnnotated {
            let byGene = Dictionary(grouping: allele.consequences, by: \.gene)
            for gene in byGene.keys.sorted() where interest.genes.contains(gene) {
                let consequences = byGene[gene] ?? []
                if isListed || consequences.contains(where: { $0.codingEffect.isNonSynonymous }) {
                    genes.append((gene, consequences))
                }
            }
            if genes.isEmpty, isListed, let first = allele.consequences.reported().first {
                genes = [(first.gene, byGene[first.gene] ?? [])]
            }
        } else if isListed {
            genes = [("", [])]
        }
        guard !genes.isEmpty else { return }
        let alternates = record.alternates
        let alternate = alternates.indices.contains(index - 1) ? alternates[index - 1] : "?"
        for (gene, consequences) in genes {
            var call = ObservedCall(
                variant: allele.variant,
                locus: "\(record.contigName):\(record.position + 1) \(record.reference)>\(alternate)",
                origin: origin,
                call: allele.call, isPass: allele.isPass,
                filters: record.filters.isEmpty ? "." : record.filters.joined(separator: ";"))
            call.gene = gene
            call.consequences = consequences
            call.reported = consequences.reported().first
            call.isAnnotated = allele.isAnnotated
            if origin == .germline {
                call.zygosity = genotype.map {
                    $0.copies(of: index) >= 2 || $0.ploidy == 1 ? "homozygous" : "heterozygous"
                }
                call.pathogenicity = Self.pathogenicity(
                    file.annotation?.clinicalSignificance(for: record, alleleIndex: index) ?? [])
                guard (call.pathogenicity?.class ?? 0) >= 4 else { continue }
            }
            guard calls.count < Self.maximumCalls else {
                callsNotKept += 1
                continue
            }
            calls.append(call)
        }
    }

    /// The ACMG class that the annotation's clinical significance gives; none where sources conflict.
    static func pathogenicity(_ terms: [String]) -> (class: Int, source: String)? {
        let terms = Set(terms.map { $0.lowercased() })
        if terms.contains(where: { $0.contains("conflicting") }) { return nil }
        let isBenign = terms.contains { $0.contains("benign") }
        let isPathogenic = terms.contains("pathogenic") || terms.contains("pathogenic/likely_pathogenic")
        let isLikely = terms.contains("likely_pathogenic")
        if isBenign { return nil }
        if isPathogenic { return (5, "ClinVar in the input's annotation") }
        return isLikely ? (4, "ClinVar in the input's annotation") : nil
    }
}

/// Which fields at least one call had.
struct BurdenFieldsSeen {
    var hasDepth = false
    var hasVAF = false
    var hasNormal = false
    var hasFrequency = false

    mutating func add(call: SampleCall, normal: SampleCall, frequency: Double?) {
        if call.depth != nil, call.alternateDepth != nil { hasDepth = true }
        if call.vaf != nil { hasVAF = true }
        if normal.vaf != nil || normal.alternateDepth != nil { hasNormal = true }
        if frequency != nil { hasFrequency = true }
    }
}

/// Genes and alleles that can become findings.
struct GenesOfInterest {
    let genes: Set<String>
    private let alleles: Set<Variant>
    private let byPlace: [Place: [Variant]]

    private struct Place: Hashable {
        let contig: Contig
        let position: Int
    }

    /// Genes of evidence rows and of the role and predisposition tables, and alleles that rows list on an assembly.
    init(_ knowledge: KnowledgeBase, assembly: Assembly?) {
        genes = Set(knowledge.rows.flatMap(\.criterion.genes)).union(knowledge.roles.keys).union(
            knowledge.predisposition)
        var alleles = Set<Variant>()
        if let assembly {
            for row in knowledge.rows {
                alleles.formUnion(row.alleles[assembly] ?? [])
                if case .genomic(assembly, let variant) = row.criterion {
                    alleles.insert(variant.trimmed(keepingAnchor: false))
                }
            }
        }
        self.alleles = alleles
        byPlace = Dictionary(grouping: alleles) { Place(contig: $0.contig, position: $0.position) }
    }

    /// Whether a row lists the allele, alone or as part of a longer substitution.
    func isListed(_ variant: Variant) -> Bool {
        if alleles.contains(variant) { return true }
        let length = variant.reference.utf8.count
        guard length > 1, length <= 50, variant.alternate.utf8.count == length else { return false }
        return variant.range.contains { position in
            byPlace[Place(contig: variant.contig, position: position)]?.contains { variant.covers($0) }
                ?? false
        }
    }
}
