internal import Biomarkers
internal import Cases
internal import Consequences
internal import GeneModels
internal import Genome
internal import Knowledge
internal import Variants

/// A sample's PASS calls in coding bases, and what comes of those that lie together on a copy of a gene.
///
/// - Source: spec of the phased same-codon rule: same haplotype (PS, PGT and PID, or both homozygous) and one codon, or
///   frameshifts that restore the frame, are one change; without phase both are told alone, and that they may be one.
struct CaseHaplotypes: Sendable {
    /// A call that may act together with others.
    struct Member: Sendable {
        let allele: CallCollector.Allele
        let locus: String
        let edit: VariantEdit
        /// Where its calls stand among those kept; more than one where genes overlap.
        let calls: Range<Int>
        let burden: BurdenVariant?
    }

    /// Calls whose place a combined one takes, by their place among those kept.
    var replaced = Set<Int>()
    /// Combined calls, each with the place that it goes before.
    var combined: [(place: Int, call: ObservedCall)] = []
    private(set) var warnings: [CaseSummary.Warning] = []
    /// Whether calls that may act together came out of order.
    var isUnordered: Bool { isDisordered && next > 0 }
    private var isDisordered = false
    private(set) var notResolved = 0
    private var resolver = HaplotypeResolver()
    private var members: [Int: Member] = [:]
    private var replacedMembers = Set<Int>()
    private var next = 0
    private var contigs = ContigOrder()
    private var position = -1

    /// Whether nothing waits.
    var isEmpty: Bool { resolver.isEmpty }

    func hasPassed(_ position: Int) -> Bool { resolver.hasPassed(position) }

    /// Takes a change; one without a member is counted among its neighbors, and nothing is told of it.
    mutating func add(
        _ member: Member?, _ edit: VariantEdit, record: Int, position: Int, phase: AllelePhase,
        on transcripts: [Int], _ model: GeneModel
    ) {
        if position < self.position { isDisordered = true }
        self.position = position
        if let member { members[next] = member }
        resolver.add(
            next, edit, record: record, carriers: [Carrier(sample: 0, phase: phase)], on: transcripts, model)
        next += 1
    }

    /// Goes to a contig on which nothing waits.
    mutating func enter(_ contig: [UInt8]) {
        position = -1
        if !contigs.enter(contig) { isDisordered = true }
    }

    /// What acts together, and what may, on transcripts that end before `position`.
    mutating func close(before position: Int, _ caller: inout RecordCaller) -> HaplotypeResolver.Resolution {
        defer { notResolved = resolver.notResolved }
        return resolver.close(before: position, &caller.caller, in: caller.sequence)
    }

    func member(_ number: Int) -> Member? { members[number] }

    /// Marks a member as told together with others; false if it was before.
    mutating func replace(_ number: Int) -> Bool { replacedMembers.insert(number).inserted }

    mutating func warn(_ code: String, _ message: String) {
        warnings.append(.init(code: code, message: message))
    }

    /// Lets go of members that no transcript waits for.
    mutating func removePassed() {
        let first = resolver.firstWaiting ?? next
        members = members.filter { $0.key >= first }
        replacedMembers = replacedMembers.filter { $0 >= first }
    }

    mutating func merge(_ other: CaseHaplotypes) {
        warnings += other.warnings
        isDisordered = isDisordered || other.isDisordered
        next += other.next
        notResolved += other.notResolved
    }
}

extension CallCollector {
    /// Takes an inherited PASS change of which no call is kept, so that nothing is told of it and its neighbors
    /// (``warnOfGermline(_:on:)``, ``warnOfPair(_:_:on:)``); that there are too many of them, or out of order, is.
    mutating func addToHaplotypes(_ record: VCFRecord, _ index: Int) {
        let transcripts = caller.reportedCodingTranscripts
        guard !transcripts.isEmpty else { return }
        let phase = rules.file.roles.normal.map { record.phase(ofAllele: index, sample: $0) } ?? .unphased
        guard phase != .absent else { return }
        haplotypes.add(
            nil, caller.edit, record: tally.counts.records, position: record.position, phase: phase,
            on: transcripts, caller.caller.model)
    }

    /// Takes a PASS call in coding bases of these transcripts.
    mutating func addToHaplotypes(
        _ allele: Allele, _ record: VCFRecord, _ index: Int, _ transcripts: [Int], calls: Range<Int>,
        _ burden: BurdenVariant?
    ) {
        let column = rules.origin == .somatic ? rules.file.roles.tumor : rules.file.roles.normal
        var phase = column.map { record.phase(ofAllele: index, sample: $0) } ?? .unphased
        if phase == .absent {
            // A somatic call stands for itself, whatever the genotype of the tumor's column says.
            guard rules.origin == .somatic else { return }
            phase = .unphased
        }
        haplotypes.add(
            .init(
                allele: allele, locus: Self.locus(record, index), edit: caller.edit, calls: calls,
                burden: burden),
            caller.edit, record: tally.counts.records, position: record.position, phase: phase,
            on: transcripts, caller.caller.model)
    }

    /// Puts together what lies on one copy of transcripts that end before `position`.
    mutating func settleHaplotypes(before position: Int) throws(InputError) {
        if !haplotypes.isEmpty {
            let resolution = haplotypes.close(before: position, &caller)
            for group in resolution.groups {
                let numbers = group.members.sorted()
                let members = numbers.compactMap(haplotypes.member)
                guard members.count == numbers.count else { continue }
                if rules.origin == .somatic {
                    try combine(numbers, members, on: group.transcript)
                } else {
                    warnOfGermline(members, on: group.transcript)
                }
            }
            for pair in resolution.pairs {
                guard let left = haplotypes.member(pair.left), let right = haplotypes.member(pair.right)
                else {
                    continue
                }
                warnOfPair(left, right, on: pair.transcript)
            }
            haplotypes.removePassed()
        }
        if position == .max { haplotypes.enter(contig.name) }
    }

    /// The somatic calls of a group become one.
    private mutating func combine(
        _ numbers: [Int], _ members: [CaseHaplotypes.Member], on transcript: Int
    ) throws(InputError) {
        let found = consequences(of: members, on: transcript)
        guard let reported = found.reported else { return }
        let inherited = members.filter { isInherited($0.allele.normal) }
        guard
            inherited.isEmpty || inherited.count == members.count
                || proteinName(of: inherited, on: transcript) != reported.proteinName
        else { return }
        let variant =
            found.merged.map { Variant($0, on: contig.contig, in: caller.sequence) }
            ?? Variant(
                contig: contig.contig, position: members[0].allele.variant.position, reference: "",
                alternate: "")
        let allele = Allele(
            variant: variant, isPass: true, call: Self.least(members.map(\.allele.call)),
            normal: Self.least(members.map(\.allele.normal)), consequences: found.all,
            frequency: members.map(\.allele.frequency).min { ($0 ?? -1) < ($1 ?? -1) } ?? nil,
            isAnnotated: true)

        // A member seen in clearly more reads than the rest is also there without them.
        let isReplaced = members.map { $0.allele.call.isLike(allele.call) }
        var whole = try BurdenVariant(allele, drivers: rules.drivers)
        if found.merged == nil { whole.length = members.compactMap(\.burden?.length).max() ?? 1 }
        let parts = zip(numbers, zip(members, isReplaced)).compactMap { number, member in
            member.1 && haplotypes.replace(number) ? member.0.burden : nil
        }
        burden.replace(parts, by: whole)

        let isListed = contig.listed.mayContain(variant.range) && contig.listed.contains(variant)
        let symbol = reported.gene
        let places = members.map { member in member.calls.filter { calls[$0].gene == symbol } }
        for (place, isReplaced) in zip(places, isReplaced) where isReplaced {
            haplotypes.replaced.formUnion(place)
        }
        let isOfInterest = genes(of: allele, isListed: isListed).contains { $0.gene == symbol }
        let isKept = places.contains { !$0.isEmpty }
        if isOfInterest {
            var call = ObservedCall(
                variant: variant, locus: members.map(\.locus).joined(separator: " + "), origin: .somatic,
                call: allele.call, isPass: true, filters: "PASS")
            call.gene = symbol
            call.consequences = found.all
            call.reported = reported
            call.isAnnotated = true
            call.normal = allele.normal
            call.populationFrequency = allele.frequency
            call.members = members.map { member in
                Finding.Member(
                    locus: member.locus,
                    alone: member.allele.consequences.first { $0.transcript == reported.transcript },
                    vaf: member.allele.call.vaf)
            }
            haplotypes.combined.append((places.joined().first ?? calls.count, call))
        }
        guard isKept || isOfInterest else { return }
        let remaining = zip(members, isReplaced).filter { !$0.1 }.map(\.0.locus)
        haplotypes.warn(
            "phased_codon",
            "\(symbol): \(members.map(\.locus).joined(separator: " and ")) lie on one copy and act together as "
                + "\(Self.name(reported)); matched as one change"
                + (inherited.isEmpty || inherited.count == members.count
                    ? ""
                    : " (\(inherited.map(\.locus).joined(separator: " and ")) inherited: the normal has it)")
                + (remaining.isEmpty
                    ? "."
                    : ", and \(remaining.joined(separator: " and ")) also alone, for the reads without the rest.")
        )
    }

    private func isInherited(_ normal: SampleCall) -> Bool {
        ObservedCall.standing(ofNormal: normal) == .inherited
    }

    /// The protein name of one call or of several together; what the tumor adds to it is the tumor's.
    private mutating func proteinName(of members: [CaseHaplotypes.Member], on transcript: Int) -> String? {
        guard members.count == 1, let only = members.first else {
            return consequences(of: members, on: transcript).reported?.proteinName
        }
        let model = caller.caller.model
        let id = model.text(model.transcripts[transcript].id)
        return only.allele.consequences.first { $0.transcript == id }?.proteinName
    }

    /// What calls do together on a transcript and the others of its gene.
    private mutating func consequences(of members: [CaseHaplotypes.Member], on transcript: Int) -> (
        all: [Consequence], reported: Consequence?, merged: VariantEdit?
    ) {
        caller.caller.consequences(
            ofGroup: members.map(\.edit), in: caller.caller.model.transcripts[transcript].gene,
            reportedOn: transcript, sequence: caller.sequence)
    }

    private mutating func warnOfGermline(_ members: [CaseHaplotypes.Member], on transcript: Int) {
        guard members.contains(where: { !$0.calls.isEmpty }),
            let reported = consequences(of: members, on: transcript).reported
        else { return }
        haplotypes.warn(
            "phased_codon",
            "\(reported.gene): the inherited \(members.map(\.locus).joined(separator: " and ")) lie on one copy and act "
                + "together as \(Self.name(reported)); a class that was given to one of them alone may not hold."
        )
    }

    private mutating func warnOfPair(
        _ left: CaseHaplotypes.Member, _ right: CaseHaplotypes.Member, on transcript: Int
    ) {
        guard !left.calls.isEmpty || !right.calls.isEmpty,
            left.allele.call.isLike(right.allele.call)
        else { return }
        let model = caller.caller.model
        let together = consequences(of: [left, right], on: transcript).reported
        warnOfPair(
            gene: model.text(model.genes[Int(model.transcripts[transcript].gene)].symbol), left.locus,
            right.locus, together: together)
    }

    private mutating func warnOfPair(gene: String, _ left: String, _ right: String, together: Consequence?) {
        let name = together.map { "; on one copy they would be \(Self.name($0))" } ?? ""
        haplotypes.warn(
            "possible_mnv",
            "\(gene): \(left) and \(right) lie in one codon, and the file does not say whether on one copy\(name). "
                + "Both were told alone; look at the reads.")
    }

    /// Where consequences are the input's, which tell each record alone: says which somatic calls share a codon.
    mutating func noteSharedCodons() {
        guard rules.genes == nil, rules.origin == .somatic else { return }
        let placed = calls.filter { $0.isPass && $0.reported?.proteinChange != nil && !$0.gene.isEmpty }
            .sorted { ($0.variant, $0.gene) < ($1.variant, $1.gene) }
        for (index, left) in placed.enumerated() {
            for right in placed[(index + 1)...] {
                guard right.variant.contig == left.variant.contig,
                    right.variant.position - left.variant.position <= 2
                else { break }
                guard left.gene == right.gene, left.locus != right.locus,
                    left.reported?.transcript == right.reported?.transcript,
                    left.variant.variantClass == .snv, right.variant.variantClass == .snv,
                    left.variant.position != right.variant.position,
                    left.reported?.proteinChange?.first == right.reported?.proteinChange?.first
                else { continue }
                if left.phase.isTogether(with: right.phase) {
                    haplotypes.warn(
                        "phased_codon",
                        "\(left.gene): \(left.locus) and \(right.locus) lie on one copy and in one codon, but the input's "
                            + "annotation tells each alone: neither name is what the tumor makes. Give --reference and "
                            + "--genes to have them judged together.")
                } else if Haplotypes.isOpen(left.phase, right.phase), left.call.isLike(right.call) {
                    warnOfPair(gene: left.gene, left.locus, right.locus, together: nil)
                }
            }
        }
    }

    /// Puts the combined calls among those kept, in place of the first of their members.
    mutating func putHaplotypesInPlace() {
        guard !haplotypes.combined.isEmpty || !haplotypes.replaced.isEmpty else { return }
        var kept: [ObservedCall] = []
        var combined = haplotypes.combined.sorted { $0.place < $1.place }[...]
        for (place, call) in calls.enumerated() {
            while let first = combined.first, first.place <= place {
                kept.append(first.call)
                combined.removeFirst()
            }
            if !haplotypes.replaced.contains(place) { kept.append(call) }
        }
        calls = kept + combined.map(\.call)
        (haplotypes.combined, haplotypes.replaced) = ([], [])
    }

    private static func name(_ consequence: Consequence) -> String {
        let names = [consequence.codingName, consequence.proteinName].filter { !$0.isEmpty }
        return names.isEmpty
            ? consequence.terms.map(\.rawValue).joined(separator: "&") : names.joined(separator: " ")
    }

    /// The most reads that may have all members: those of the member that has least. A change of the tumor beside an inherited one
    /// is the tumor's.
    private static func least(_ calls: [SampleCall]) -> SampleCall {
        SampleCall(
            depth: calls.compactMap(\.depth).min(), alternateDepth: calls.compactMap(\.alternateDepth).min(),
            vaf: calls.compactMap(\.vaf).min())
    }
}

extension SampleCall {
    /// Whether two alleles may be in the same reads: fractions within 0.1, or within 1.96 standard errors of their
    /// difference; an unknown fraction speaks against nothing.
    func isLike(_ other: SampleCall) -> Bool {
        guard let one = vaf, let two = other.vaf else { return true }
        if abs(one - two) <= 0.1 { return true }
        guard let depth = depth, let otherDepth = other.depth, depth > 0, otherDepth > 0 else { return false }
        let variance = one * (1 - one) / Double(depth) + two * (1 - two) / Double(otherDepth)
        return abs(one - two) <= 1.96 * variance.squareRoot()
    }
}

extension Variant {
    /// A change of the contig, trimmed.
    init(_ edit: VariantEdit, on contig: Contig, in sequence: ContigSequence) {
        let reference = (edit.start..<edit.end).map { BaseCode.letter(sequence.code(at: $0)) }
        self = Variant(
            contig: contig, position: edit.start, reference: String(decoding: reference, as: UTF8.self),
            alternate: String(decoding: edit.letters(on: .forward), as: UTF8.self)
        ).trimmed(keepingAnchor: false)
    }
}
