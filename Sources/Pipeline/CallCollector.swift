internal import Biomarkers
internal import Cases
internal import Consequences
internal import GeneModels
internal import Genome
internal import HTS
internal import Knowledge
internal import Variants

/// Takes the records of one file, or of a part of it, apart into calls, and keeps those that can become findings.
///
/// Most records are single bases far from everything that a row lists: their path makes no object and no text. What is
/// gathered is added up with ``merge(_:)``, so that a file may be read in parts.
struct CallCollector: Sendable {
    /// What is the same for every part of a file.
    struct Rules: Sendable {
        var file: CallFile
        let origin: Finding.Origin
        let interest: GenesOfInterest
        let drivers: DriverRule
        let usesDefaultFilters: Bool
        /// Where the germline file is read if not all of it is; somatic calls are compared with it there.
        let regions: ReportableGermline
        /// Where consequences are called; nil where they are the input's.
        let genes: CallingGenes?
        /// What is called from the normal's records at pharmacogenes; nil for the tumor's file.
        var pharmacogenes: PharmacogeneWatch?
    }

    /// The most calls that are kept: a tumor with more is described by its counts.
    static let maximumCalls = 200_000

    /// Bases that an insertion or deletion is looked for to the left of where it is written.
    static let farthestShift = 500

    /// Calls sampled of each file to compare the two.
    static let sketched = 1 << 15

    let rules: Rules
    private(set) var tally = FileTally()
    var calls: [ObservedCall] = []
    private(set) var callsNotKept = 0
    private(set) var fields = BurdenFieldsSeen()
    var burden: BurdenCounter
    var haplotypes = CaseHaplotypes()
    private(set) var sexCheck: SexCheck
    /// What somatic variants say together with the reference around them; empty without one.
    private(set) var profile = SomaticProfile()
    /// PASS single-base calls; for germline the heterozygous ones.
    private(set) var sketch = KeySketch(capacity: Self.sketched)
    /// Those of them that lie in ``Rules/regions``.
    private(set) var regionalSketch = KeySketch(capacity: Self.sketched)
    private(set) var contig = CurrentContig()
    private let normalizer = AlleleNormalizer()
    private var repeated = RepeatedRecords()
    /// The records at pharmacogenes; nil where none are called.
    var pharmacogenes: PharmacogeneWatch?
    /// Calls consequences; of no genes where they are the input's. Holds the reference's bases. Optional it would be copied with each use.
    var caller: RecordCaller
    /// Of the allele at hand: the reported transcripts whose coding bases it changes.
    private var codingTranscripts: [Int] = []
    private var outcomes: [AlleleOutcome] = []
    /// The last records of a file that bcftools csq annotated: it writes a compound change once and points back to it.
    private var recent: [VCFRecord] = []
    static let maximumRecent = 64

    init(_ rules: Rules) {
        self.rules = rules
        burden = BurdenCounter(usesDefaultFilters: rules.usesDefaultFilters)
        sexCheck = SexCheck(assembly: rules.file.assembly.assembly)
        caller = Self.caller(rules.genes)
        pharmacogenes = rules.pharmacogenes
    }

    /// Ends reading: puts together what waits, and lets go of what only reading needs.
    mutating func finish() throws(InputError) {
        try settleHaplotypes(before: .max)
        putHaplotypesInPlace()
        noteSharedCodons()
        caller = Self.caller(nil)
    }

    private static func caller(_ genes: CallingGenes?) -> RecordCaller {
        let model = genes?.model ?? GeneModel()
        return RecordCaller(model: model, choice: genes?.choice ?? TranscriptChoice(model))
    }

    /// Whether consequences are called here.
    private var callsConsequences: Bool { rules.genes != nil }

    /// Adds what was gathered from the part of the file that follows.
    mutating func merge(_ other: CallCollector) {
        tally.merge(other.tally)
        let room = min(Self.maximumCalls - calls.count, other.calls.count)
        calls += other.calls.prefix(room)
        callsNotKept += other.callsNotKept + other.calls.count - room
        fields.merge(other.fields)
        burden.merge(other.burden)
        sexCheck.merge(other.sexCheck)
        profile.merge(other.profile)
        if let more = other.pharmacogenes { pharmacogenes?.merge(more) }
        haplotypes.merge(other.haplotypes)
        sketch.merge(other.sketch)
        regionalSketch.merge(other.regionalSketch)
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

    /// What depends on the contig alone.
    struct CurrentContig {
        var name: [UInt8] = []
        var contig = Contig("")
        var isCounted = true
        var isX = false
        var isMitochondrial = false
        /// 1 … 24; 0 for all others.
        var number = 0
        var hash = ContigHash(Contig(""))
        var listed = ListedAlleles()
        var regions: [Range<Int>] = []
    }

    /// Judges a record.
    mutating func add(_ record: VCFRecord, reference: FastaReader?) throws {
        tally.counts.records += 1
        let filter = record.filterState
        tally.filters.add(filter)
        if !record.spells(record.column(0), contig.name) { try enterContig(of: record, reference) }
        guard contig.isCounted else {
            tally.drop("other_contig_style")
            return
        }
        if haplotypes.hasPassed(record.position) { try settleHaplotypes(before: record.position) }
        let isPass = rules.file.passRule.isPass(filter)
        guard !repeated.isRepeated(record, isPass: isPass) else {
            tally.drop("duplicate")
            return
        }
        if isPass, filter != .passed { tally.unfilteredAccepted += 1 }
        if isPass, rules.origin == .somatic, !contig.isMitochondrial, let reference {
            try addToProfile(record, reference)
        }
        let bases = record.singleBases
        if !contig.isX {
            let effect = effect(of: record, bases != nil, reference)
            if effect != .other {
                switch addPlain(record, bases, isPass) {
                case .counted:
                    if effect == .unkept, isPass { addToHaplotypes(record, 1) }
                    return
                case .dropped: return
                case .other: break
                }
            }
            if addPlainAlleles(record, isPass, reference) { return }
        }
        try normalize(record, reference)
        if rules.file.annotation?.source == .bcftools {
            if recent.count == Self.maximumRecent { recent.removeFirst() }
            recent.append(record)
        }
        let genotype =
            rules.origin == .germline
            ? rules.file.roles.normal.flatMap { Genotype(record, sample: $0) } : nil
        if contig.isX, let genotype {
            sexCheck.add(genotype, on: contig.contig, position: record.position)
        }
        for outcome in outcomes {
            switch outcome {
            case .skipped(let reason, _): tally.drop(reason.rawValue)
            case .variant(let variant, let index):
                if let genotype, genotype.copies(of: index) == 0 {
                    dropNotCarried(isMissing: genotype.isMissing)
                    continue
                }
                tally.counts.variants += 1
                if isPass { tally.counts.pass += 1 }
                try judge(record, index, variant.trimmed(keepingAnchor: false), isPass, genotype)
            }
        }
    }

    /// What became of a record that is no more than counted.
    private enum Plain { case counted, dropped, other }

    /// Judges a single base, insertion or deletion far from everything that a row lists, in a file without
    /// consequences: it is counted, and nothing else can come of it. `.other` if the record is none of these.
    private mutating func addPlain(
        _ record: VCFRecord, _ bases: (reference: UInt8, alternate: UInt8)?, _ isPass: Bool
    ) -> Plain {
        let length = max(record.column(3).count, record.column(4).count)
        // What is not left-aligned yet may lie farther to the left than it is written.
        let start = bases == nil ? max(record.position - Self.farthestShift, 0) : record.position
        guard !contig.listed.mayContain(start..<(record.position + length + 1)) else { return .other }
        var isSampled = isPass
        if rules.origin == .germline {
            guard let isHeterozygous = isCarriedHeterozygous(record, 1) else { return .dropped }
            isSampled = isPass && isHeterozygous
        }
        tally.counts.variants += 1
        if isPass { tally.counts.pass += 1 }
        if isSampled, let bases { sample(record.position, bases.reference, bases.alternate) }
        guard rules.origin == .somatic else { return .counted }
        let call = rules.file.depths.tumorCall(record, alleleIndex: 1, roles: rules.file.roles)
        let normal = rules.file.depths.normalCall(record, alleleIndex: 1, roles: rules.file.roles)
        fields.add(call: call, normal: normal, frequency: nil)
        burden.add(
            BurdenVariant(
                isPass: isPass, isMitochondrial: contig.isMitochondrial, length: length, call: call,
                normal: normal, frequency: nil))
        return .counted
    }

    /// Judges an inherited record of several alleles that are as those of ``addPlain(_:_:_:)``, or replace several bases; false if it is
    /// another one, of which nothing was counted.
    private mutating func addPlainAlleles(
        _ record: VCFRecord, _ isPass: Bool, _ reference: FastaReader?
    ) -> Bool {
        let from = record.column(3), column = record.column(4)
        let start = max(record.position - Self.farthestShift, 0)
        guard rules.origin == .germline, rules.file.annotation == nil, column.count > 2,
            record.bytes[column].contains(UInt8(ascii: ",")),
            !contig.listed.mayContain(start..<(record.position + max(from.count, column.count) + 1)),
            record.spellsBases, isGenome(record, reference)
        else { return false }
        let mayCall = isPass && callsConsequences && !caller.isFarFromExons(record)
        for (offset, range) in record.split(column, by: UInt8(ascii: ",")).enumerated() {
            guard let isHeterozygous = isCarriedHeterozygous(record, offset + 1) else { continue }
            tally.counts.variants += 1
            if isPass { tally.counts.pass += 1 }
            if isPass, isHeterozygous, let base = record.replacedBase(range) {
                sample(base.position, base.reference, base.alternate)
            }
            if mayCall, canCall(record, offset + 1) { addToHaplotypes(record, offset + 1) }
        }
        return true
    }

    /// Adds the alleles of a record to the profile of the tumor.
    ///
    /// `rules` is looked into in place: a copy of it, as a closure takes one, would cost a fifth of the reading.
    private mutating func addToProfile(_ record: VCFRecord, _ reference: FastaReader) throws {
        guard caller.hasSequence else { return }
        if let bases = record.singleBases {
            guard !isInNormal(record, 1) else { return }
            let vaf = rules.file.depths.tumorCall(record, alleleIndex: 1, roles: rules.file.roles).vaf
            profile.add(contig.number, at: record.position, bases, vaf: vaf, in: caller.sequence)
            return
        }
        let bases = record.reference.uppercased()
        for (offset, alternate) in record.alternates.enumerated() {
            let other = alternate.uppercased()
            guard bases != other, (bases + other).utf8.allSatisfy({ "ACGT".utf8.contains($0) }),
                !isInNormal(record, offset + 1)
            else { continue }
            let variant = Variant(
                contig: contig.contig, position: record.position, reference: bases, alternate: other
            ).trimmed(keepingAnchor: false)
            let vaf = rules.file.depths.tumorCall(
                record, alleleIndex: offset + 1, roles: rules.file.roles
            ).vaf
            profile.add(
                variant, longestAllele: max(bases.utf8.count, other.utf8.count), vaf: vaf,
                in: caller.sequence)
        }
        try reference.check()
    }

    /// Whether the default filters take an allele out of the profile, since the normal has it too: VarScan and VarDict write inherited
    /// variants as PASS.
    private mutating func isInNormal(_ record: VCFRecord, _ allele: Int) -> Bool {
        guard rules.usesDefaultFilters,
            rules.file.depths.normalCall(record, alleleIndex: allele, roles: rules.file.roles)
                .isFreeOfAlternate == false
        else { return false }
        tally.inNormal += 1
        return true
    }

    /// Whether the normal has an inherited allele beside another, false too where no genotype tells; nil, and counted as dropped, if it does
    /// not have it.
    private mutating func isCarriedHeterozygous(_ record: VCFRecord, _ allele: Int) -> Bool? {
        guard let column = rules.file.roles.normal,
            let carried = AlleleCopies(of: allele, in: record, sample: column)
        else { return false }
        guard carried.copies > 0 else {
            dropNotCarried(isMissing: carried.missing == carried.ploidy)
            return nil
        }
        return carried.isHeterozygous
    }

    /// In the germline file an allele that this sample does not carry says nothing about the patient.
    private mutating func dropNotCarried(isMissing: Bool) {
        tally.drop(isMissing ? "genotype_missing" : "not_carried")
    }

    /// What is known of a record before its alleles are taken apart.
    private enum Effect {
        /// It changes no coding sequence.
        case silent
        /// What it changes (``RecordCaller/found``) cannot make it a call that is kept: an inherited one is kept for its class, which
        /// the input's annotation alone gives. Only its neighbors in a gene may ask for it.
        case unkept
        /// All else.
        case other
    }

    /// Without annotation and gene models nothing could say that a record changes coding sequence, with gene models the caller
    /// does. Records of other shapes than those of ``addPlain(_:_:_:)``, and those with another REF than the genome's, are not looked at.
    private mutating func effect(
        of record: VCFRecord, _ isSingleBase: Bool, _ reference: FastaReader?
    ) -> Effect {
        guard rules.file.annotation == nil, isSingleBase || record.isPlainIndel, isGenome(record, reference)
        else { return .other }
        guard callsConsequences else { return .silent }
        guard caller.hasGenes else { return .other }
        if caller.isFarFromExons(record) { return .silent }
        guard caller.call(record, alternate: record.column(4)) == .small
        else { return .other }
        if caller.found.allSatisfy(\.terms.isSilent) { return .silent }
        return rules.origin == .germline ? .unkept : .other
    }

    /// Whether our own caller can say what the record does: reference and gene models have the contig, and REF is the genome's.
    private func isJudgedByCaller(_ record: VCFRecord) -> Bool {
        caller.hasSequence && caller.hasGenes && caller.sequence.matches(record)
    }

    /// Whether REF is the genome's, or there is no genome to compare it with.
    private func isGenome(_ record: VCFRecord, _ reference: FastaReader?) -> Bool {
        reference == nil || caller.hasSequence && caller.sequence.matches(record)
    }

    private mutating func enterContig(of record: VCFRecord, _ reference: FastaReader?) throws {
        try settleHaplotypes(before: .max)
        contig.name = Array(record.bytes[record.column(0)])
        contig.contig = Contig(record.contigName)
        contig.isCounted = ContigStyles.counts(record.contigName, stated: rules.file.contigStyle)
        contig.isX = contig.contig.humanNumber == 23
        contig.isMitochondrial = contig.contig.isMitochondrial
        contig.number = contig.contig.humanNumber.map { $0 <= 24 ? $0 : 0 } ?? 0
        contig.hash = ContigHash(contig.contig)
        contig.listed = try rules.interest.alleles(on: contig.contig)
        contig.regions = rules.regions.ranges(on: contig.contig)
        recent.removeAll()
        repeated.reset()
        guard let reference else { return }
        try reference.check()
        caller.enter(contig.contig, sequence: try reference.sequence(of: contig.contig))
    }

    private mutating func normalize(_ record: VCFRecord, _ reference: FastaReader?) throws {
        guard var fasta = reference else {
            normalizer.normalize(record, on: contig.contig, into: &outcomes)
            return
        }
        let check = try normalizer.normalize(
            record, on: contig.contig, reference: &fasta, into: &outcomes)
        switch check {
        case .referenceMismatch: tally.referenceMismatches += 1
        case .contigMissing: tally.contigsMissing += 1
        default: break
        }
    }

    private mutating func judge(
        _ record: VCFRecord, _ index: Int, _ variant: Variant, _ isPass: Bool, _ genotype: Genotype?
    ) throws(InputError) {
        if isPass, rules.origin == .somatic || genotype?.isHeterozygous == true { sample(variant) }
        let isListed = contig.listed.mayContain(variant.range) && contig.listed.contains(variant)
        // A germline call without annotation that no row lists says nothing more; only its neighbors in a gene may ask for it.
        if rules.origin == .germline, rules.file.annotation == nil, !isListed {
            if isPass, callsConsequences, canCall(record, index) { addToHaplotypes(record, index) }
            return
        }
        let allele = read(record, index, variant, isPass, isListed: isListed)
        let burdenVariant =
            rules.origin == .somatic ? try BurdenVariant(allele, drivers: rules.drivers) : nil
        if let burdenVariant { burden.add(burdenVariant) }
        let first = calls.count
        keep(allele, record, index, genotype, isListed: isListed)
        if isPass, !codingTranscripts.isEmpty {
            addToHaplotypes(
                allele, record, index, codingTranscripts, calls: first..<calls.count, burdenVariant)
        }
    }

    private mutating func sample(_ variant: Variant) {
        let reference = variant.reference.utf8, alternate = variant.alternate.utf8
        guard reference.count == 1, alternate.count == 1, let from = reference.first, let to = alternate.first
        else { return }
        sample(variant.position, from, to)
    }

    private mutating func sample(_ position: Int, _ reference: UInt8, _ alternate: UInt8) {
        let hash = contig.hash.hash(position: position, reference: reference, alternate: alternate)
        sketch.insert(hash)
        if contig.regions.contains(position: position) { regionalSketch.insert(hash) }
    }

    private mutating func read(
        _ record: VCFRecord, _ index: Int, _ variant: Variant, _ isPass: Bool, isListed: Bool
    ) -> Allele {
        let file = rules.file
        let call: SampleCall
        let normal: SampleCall
        if rules.origin == .somatic {
            call = file.depths.tumorCall(record, alleleIndex: index, roles: file.roles)
            normal = file.depths.normalCall(record, alleleIndex: index, roles: file.roles)
        } else {
            call = file.depths.normalCall(record, alleleIndex: index, roles: file.roles)
            normal = SampleCall()
        }
        codingTranscripts.removeAll(keepingCapacity: true)
        var consequences: [Consequence] = []
        var isJudged = false
        var frequency: Double?
        if let annotation = file.annotation {
            frequency = annotation.populationFrequency(for: record, alleleIndex: index)
        }
        if callsConsequences {
            let own = ownConsequences(of: record, index, isListed: isListed)
            isJudged = own != nil
            consequences = own ?? []
        } else if let annotation = file.annotation {
            let earlier = recent
            consequences = annotation.consequences(
                for: record, alleleIndex: index,
                atPosition: { position in earlier.last { $0.position == position } })
        }
        fields.add(call: call, normal: normal, frequency: frequency)
        // A listed allele near no gene of the models given is still that allele, as it is without models.
        return Allele(
            variant: variant, isPass: isPass, call: call, normal: normal, consequences: consequences,
            frequency: frequency,
            isAnnotated: !consequences.isEmpty || (!isListed && isJudged))
    }

    /// Calls one ALT (``RecordCaller/found``); false where the caller cannot judge it.
    private mutating func canCall(_ record: VCFRecord, _ index: Int) -> Bool {
        guard isJudgedByCaller(record) else { return false }
        let alternates = record.split(record.column(4), by: UInt8(ascii: ","))
        return alternates.indices.contains(index - 1)
            && caller.call(record, alternate: alternates[index - 1]) == .small
    }

    /// Our own consequences of one ALT, with names: of every transcript of a gene that it matters to; of all for an allele that
    /// a row lists. Nil where the caller cannot judge the record.
    private mutating func ownConsequences(of record: VCFRecord, _ index: Int, isListed: Bool)
        -> [Consequence]?
    {
        guard isJudgedByCaller(record) else { return nil }
        guard canCall(record, index) else { return [] }
        let model = caller.caller.model
        func gene(_ consequence: TranscriptConsequence) -> Int32 {
            model.transcripts[Int(consequence.transcript)].gene
        }
        codingTranscripts = caller.reportedCodingTranscripts
        let touched = Set(caller.found.filter { !$0.terms.isSilent }.map(gene))
        let wanted = caller.found.filter { isListed || touched.contains(gene($0)) }
        return wanted.map { caller.consequence($0) }
    }

    private mutating func keep(
        _ allele: Allele, _ record: VCFRecord, _ index: Int, _ genotype: Genotype?, isListed: Bool
    ) {
        let genes = genes(of: allele, isListed: isListed)
        guard !genes.isEmpty else { return }
        for (gene, consequences) in genes {
            var call = ObservedCall(
                variant: allele.variant,
                locus: Self.locus(record, index),
                origin: rules.origin,
                call: allele.call, isPass: allele.isPass,
                filters: record.filters.isEmpty ? "." : record.filters.joined(separator: ";"))
            call.gene = gene
            call.consequences = consequences
            call.reported = consequences.reported().first
            call.isAnnotated = allele.isAnnotated
            call.normal = allele.normal
            call.populationFrequency = allele.frequency
            call.hasPopulationFrequencies = rules.file.annotation?.hasPopulationFrequencies ?? false
            if rules.genes == nil, rules.origin == .somatic, let column = rules.file.roles.tumor {
                let phase = record.phase(ofAllele: index, sample: column)
                call.phase = phase == .absent ? .unphased : phase
            }
            if rules.origin == .germline {
                call.zygosity = genotype.map {
                    $0.copies(of: index) >= 2 || $0.ploidy == 1 ? "homozygous" : "heterozygous"
                }
                call.pathogenicity = Self.pathogenicity(
                    rules.file.annotation?.clinicalSignificance(for: record, alleleIndex: index) ?? [])
                guard (call.pathogenicity?.class ?? 0) >= 4 else { continue }
            }
            guard calls.count < Self.maximumCalls else {
                callsNotKept += 1
                continue
            }
            calls.append(call)
        }
    }

    /// `chr7:140753336 A>T`.
    static func locus(_ record: VCFRecord, _ index: Int) -> String {
        let alternates = record.alternates
        let alternate = alternates.indices.contains(index - 1) ? alternates[index - 1] : "?"
        return "\(record.contigName):\(record.position + 1) \(record.reference)>\(alternate)"
    }

    /// The genes of interest that a call may matter in, with its consequences there.
    func genes(of allele: Allele, isListed: Bool) -> [(gene: String, consequences: [Consequence])] {
        let promoter = isListed ? rules.interest.promoterGene(of: allele.variant) : nil
        guard allele.isAnnotated else { return isListed ? [(promoter ?? "", [])] : [] }
        let byGene = Dictionary(grouping: allele.consequences, by: \.gene)
        var genes: [(gene: String, consequences: [Consequence])] = []
        for gene in byGene.keys.sorted() where rules.interest.contains(gene) {
            let consequences = byGene[gene] ?? []
            if isListed || consequences.contains(where: rules.interest.canMatter) {
                genes.append((gene, consequences))
            }
        }
        if let promoter, !genes.contains(where: { $0.gene == promoter }) {
            genes.append((promoter, byGene[promoter] ?? []))
        }
        if genes.isEmpty, isListed, let first = allele.consequences.reported().first {
            genes = [(first.gene, byGene[first.gene] ?? [])]
        }
        return genes
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

extension [Range<Int>] {
    /// Whether a position lies in one of these sorted, disjoint ranges.
    func contains(position: Int) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].upperBound <= position { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].contains(position)
    }
}
