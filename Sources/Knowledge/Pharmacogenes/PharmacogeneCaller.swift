public import Genome

// Which alleles does a patient have, and how well do both copies work?
//
// 1. What was seen at each position becomes hits: a named allele and the copies that it lies on.
// 2. Hits whose phase to each other is known form a block; a homozygous hit lies on both copies in any case.
//
//        copy 1   c.61C>T ── (block 1) ──  .        c.85T>C (homozygous)
//        copy 2     .     ──           ── c.2846A>T  c.85T>C              block 2: HapB3 on one copy, which is not known
//
// 3. Every way to lay the blocks is tried. A copy works as well as its worst allele; the score is the sum of both
//    copies, and the lowest score of all ways counts (the worst case). With nothing phased that is the sum of the two lowest
//    values; with everything phased there is one way.
// 4. The score has a phenotype. Genes without score go by the functions of both copies (see PharmacogeneCaller+Named).
//
// Not done: copy number of the gene, alleles that the definition does not list, doses.

/// Calls one pharmacogene from what was seen at its positions.
///
/// - Source: the project's specification, section 12; CPIC's alleles and values; PharmCAT's rules for DPYD (the lowest value of each
///   copy, HapB3 by its intronic position).
public struct PharmacogeneCaller: Sendable {
    let gene: Pharmacogene
    let assembly: Assembly?

    /// DPYD's HapB3: the intronic change that causes it, and the exonic one that goes with it.
    static let hapB3 = (causal: "rs75017182", tag: "rs56038477")

    /// A caller for a gene, whose places are told on `assembly`.
    public init(_ gene: Pharmacogene, assembly: Assembly?) { (self.gene, self.assembly) = (gene, assembly) }

    /// A named allele and where it lies.
    struct Hit: Hashable {
        let allele: Int
        /// For each copy.
        let copies: [Bool]
        let block: Block
    }

    /// Hits of one block keep their copies to each other.
    enum Block: Hashable, Comparable {
        /// On both copies.
        case fixed
        /// Of one phase set; without a name phased over the whole contig.
        case set(String)
        /// Of unknown phase.
        case alone(Int)
    }

    /// Calls the gene; `observed` has one element for each position.
    public func call(_ observed: [PharmacogeneObservation]) -> PharmacogeneCall {
        precondition(observed.count == gene.positions.count, "one observation for each position")
        var call = PharmacogeneCall(
            diplotypes: [], scoredDiplotype: nil, activityScore: nil, bestCaseScore: nil, phenotype: nil,
            isComplete: true, isWorstCase: false, alleles: [], notCovered: [],
            positions: zip(gene.positions, observed).map(position), notes: [])
        let decisive = gene.decisive
        for (index, observation) in observed.enumerated()
        where decisive.contains(index) && !observation.isComplete {
            call.notCovered.append(gene.positions[index].name)
        }
        call.isComplete = call.notCovered.isEmpty
        guard observed.contains(where: { $0.state != .notCovered }) else {
            call.notes.append(
                "No position of \(gene.gene) is known to be covered, so there is no call. A gVCF, or the callable regions "
                    + "(--callable), tell reference from not covered.")
            return call
        }
        if gene.alleles[0].activity != nil { score(observed, &call) } else { name(observed, &call) }
        noteGaps(decisive.count, &call)
        return call
    }

    private func position(
        _ position: Pharmacogene.Position, _ observed: PharmacogeneObservation
    ) -> PharmacogeneCall.Position {
        let place = assembly.flatMap { position.places[$0] }
        let bases = observed.copies.map { $0.map { position.alleles[$0] } ?? "." }
        return PharmacogeneCall.Position(
            rsid: position.rsid, locus: place.map { "chr\(position.contig):\($0.position + 1)" },
            state: observed.state,
            genotype: observed.copies.contains { $0 != nil }
                ? bases.joined(separator: observed.isPhased ? "|" : "/") : nil,
            phaseSet: observed.phaseSet,
            note: observed.note
                ?? (place == nil && assembly != nil
                    ? "its place on \(assembly?.rawValue ?? "") was not checked" : nil))
    }

    private func noteGaps(_ decisive: Int, _ call: inout PharmacogeneCall) {
        guard !call.isComplete else { return }
        let isNormal = !call.isNotable
        call.notes.append(
            "\(call.notCovered.count) of \(decisive) positions at which function can be reduced were not covered: "
                + (isNormal
                    ? "the phenotype holds only if none of them carries a variant."
                    : "the true function may be lower than this."))
    }

    // MARK: Activity score

    private func score(_ observed: [PharmacogeneObservation], _ call: inout PharmacogeneCall) {
        let hits = hits(observed, &call.notes)
        let blocks = Set(hits.map(\.block)).subtracting([.fixed]).sorted()
        call.alleles = found(hits)
        let limited = call.alleles.filter { ($0.activityValue ?? 1) < 1 && !$0.isFirstTier }.map(\.name)
        if !limited.isEmpty {
            call.notes.append(
                "\(limited.joined(separator: "; ")): CPIC's grade of the evidence is not in the table; look it up before a dose rests "
                    + "on it.")
        }
        var worst: (score: Double, pair: [Int])?
        var best = 0.0
        // Sixteen blocks are more than anybody has; beyond, what matters least stays where it was written.
        let free = Self.byWeight(blocks, hits, gene).prefix(16)
        for way in 0..<(1 << free.count) {
            let flipped = Set(free.enumerated().filter { way >> $0.offset & 1 == 1 }.map(\.element))
            let pair = lowest(hits, flipped: flipped)
            let score = pair.reduce(0) { $0 + activity($1) }
            best = max(best, score)
            let sorted = pair.sorted { rank($0) < rank($1) }
            if let worst,
                (worst.score, place(worst.pair[0]), place(worst.pair[1])) <= (
                    score, place(sorted[0]), place(sorted[1])
                )
            {
                continue
            }
            worst = (score, sorted)
        }
        guard let worst else { return }
        call.activityScore = worst.score
        call.phenotype = gene.phenotypes[String(worst.score)]
        let pair = diplotype(worst.pair.map { [$0] })
        guard blocks.count > 1 else {
            let copies = (0...1).map { copy in Set(hits.filter { $0.copies[copy] }.map(\.allele)).sorted() }
            call.diplotypes = [diplotype(copies.map { $0.isEmpty ? [0] : $0 })]
            if call.diplotypes != [pair] { call.scoredDiplotype = pair }
            return
        }
        call.diplotypes = [pair]
        let names = call.alleles.map { $0.copies == 2 ? "\($0.name) (homozygous)" : $0.name }
        call.isWorstCase = best > worst.score
        if call.isWorstCase {
            call.bestCaseScore = best
            call.notes.append(
                "Worst case: \(names.joined(separator: "; ")) are not phased and are taken to lie on different copies; on one copy "
                    + "the score would be up to \(best). The Dutch guideline (DPWG) then asks for an enzyme test."
            )
        } else {
            call.notes.append(
                "\(names.joined(separator: "; ")) are not all phased; the score does not depend on it.")
        }
    }

    /// The lowest allele of each copy, with some blocks' copies exchanged.
    private func lowest(_ hits: [Hit], flipped: Set<Block>) -> [Int] {
        (0...1).map { copy in
            hits.filter { $0.copies[flipped.contains($0.block) ? 1 - copy : copy] }.map(\.allele)
                .min { rank($0) < rank($1) } ?? 0
        }
    }

    private static func byWeight(_ blocks: [Block], _ hits: [Hit], _ gene: Pharmacogene) -> [Block] {
        func weight(_ block: Block) -> Double {
            hits.filter { $0.block == block }.map { gene.alleles[$0.allele].activity ?? 1 }.min() ?? 1
        }
        return blocks.sorted { (weight($0), $0) < (weight($1), $1) }
    }

    private func activity(_ allele: Int) -> Double { gene.alleles[allele].activity ?? 1 }

    /// The reference stands behind every variant, so that a variant of normal function is named before it.
    private func place(_ allele: Int) -> Int { allele == 0 ? Int.max : allele }

    private func rank(_ allele: Int) -> (Double, Int) { (activity(allele), place(allele)) }

    // MARK: Hits

    /// The named alleles of each position; HapB3's two positions speak together.
    private func hits(_ observed: [PharmacogeneObservation], _ notes: inout [String]) -> [Hit] {
        let causal = gene.positions.firstIndex { $0.rsid == Self.hapB3.causal }
        let tag = gene.positions.firstIndex { $0.rsid == Self.hapB3.tag }
        var hits: [Hit] = []
        for (index, observation) in observed.enumerated() where index != causal && index != tag {
            for (number, allele) in gene.alleles.enumerated() where allele.changes.count == 1 {
                guard let change = allele.changes[index] else { continue }
                let copies = observation.carries(change)
                if copies.contains(true) { hits.append(hit(number, copies, observation, index)) }
            }
            noteHalf(observation, index, &notes)
        }
        if let causal, let tag { hits += hapB3(observed, causal, tag, &notes) }
        return hits
    }

    private func noteHalf(_ observation: PharmacogeneObservation, _ index: Int, _ notes: inout [String]) {
        guard observation.hasVariant, !observation.isComplete else { return }
        notes.append(
            "\(gene.positions[index].name): one copy has the variant, the other was not seen; it counts as reference, and the true "
                + "function may be lower.")
    }

    private func hit(
        _ allele: Int, _ copies: [Bool], _ observation: PharmacogeneObservation, _ index: Int
    ) -> Hit {
        Hit(allele: allele, copies: copies, block: block(copies, observation, index))
    }

    private func block(_ copies: [Bool], _ observation: PharmacogeneObservation, _ index: Int) -> Block {
        if copies.allSatisfy(\.self) { return .fixed }
        guard observation.isPhased else { return .alone(index) }
        return .set(observation.phaseSet ?? "")
    }

    /// HapB3: the intronic position decides where it was seen; the exonic one stands for it only where it was not.
    private func hapB3(
        _ observed: [PharmacogeneObservation], _ causal: Int, _ tag: Int, _ notes: inout [String]
    ) -> [Hit] {
        guard let both = gene.alleles.firstIndex(where: { Set($0.changes.keys) == [causal, tag] }),
            let alone = gene.alleles.firstIndex(where: { Set($0.changes.keys) == [causal] })
        else { return [] }
        let (intron, exon) = (observed[causal], observed[tag])
        let (cause, marked) = (intron.carries(1), exon.carries(1))
        noteHalf(intron, causal, &notes)
        let isCausalSeen = intron.copies.contains { $0 != nil }
        guard isCausalSeen else {
            guard marked.contains(true) else { return [] }
            noteHalf(exon, tag, &notes)
            notes.append(
                "HapB3 is inferred from its tag \(Self.hapB3.tag) (c.1236G>A); the causal variant \(Self.hapB3.causal) "
                    + "(c.1129-5923C>G) was not seen.")
            return [hit(both, marked, exon, tag)]
        }
        if !exon.isComplete || !intron.isComplete {
            notes.append(
                "Of HapB3 only \(intron.isComplete ? Self.hapB3.causal : "a part of \(Self.hapB3.causal)") was covered."
            )
        }
        let (causes, marks) = (cause.count { $0 }, marked.count { $0 })
        if marks > causes {
            notes.append(
                "The tag \(Self.hapB3.tag) (c.1236G>A) stands on more copies than the causal variant \(Self.hapB3.causal), which "
                    + "decides: the tag alone counts as normal function.")
        }
        guard causes > 0 else { return [] }
        // Where both are phased to each other the copies are compared; otherwise they are taken to go together.
        let isComparable =
            block(cause, intron, causal) == .fixed || block(marked, exon, tag) == .fixed
            || intron.isPhased && exon.isPhased && intron.phaseSet == exon.phaseSet
        let together =
            isComparable ? zip(cause, marked).map { $0 && $1 } : cause.firstTrue(min(causes, marks))
        let rest = zip(cause, together).map { $0 && !$1 }
        // A homozygous cause is on both copies; which of them has the tag is for the exonic position to say.
        let guide = causes == 2 && marks == 1 ? (exon, tag) : (intron, causal)
        var hits: [Hit] = []
        for (allele, copies) in [(both, together), (alone, rest)] where copies.contains(true) {
            hits.append(hit(allele, copies, guide.0, guide.1))
        }
        return hits
    }

    /// The alleles of all hits, with their copies.
    private func found(_ hits: [Hit]) -> [PharmacogeneCall.Allele] {
        let copies = Dictionary(hits.map { ($0.allele, $0.copies.count { $0 }) }, uniquingKeysWith: +)
        return copies.keys.sorted().map { shown($0, copies: copies[$0] ?? 0) }
    }

    func shown(_ number: Int, copies: Int) -> PharmacogeneCall.Allele {
        let allele = gene.alleles[number]
        return .init(
            name: allele.name, copies: min(copies, 2), function: allele.function,
            activityValue: allele.activity, isFirstTier: allele.isFirstTier)
    }

    // MARK: Names

    /// `Reference/[c.61C>T + c.2846A>T]`: the reference first, then the copy with fewer alleles, then by the definition's order.
    func diplotype(_ copies: [[Int]]) -> String {
        copies.sorted { ($0.count, $0.first ?? 0, $0.last ?? 0) < ($1.count, $1.first ?? 0, $1.last ?? 0) }
            .map { alleles in
                let names = alleles.map { gene.alleles[$0].name }
                return names.count == 1 ? names[0] : "[\(names.joined(separator: " + "))]"
            }.joined(separator: "/")
    }
}

extension [Bool] {
    /// The first `count` of those that are true.
    fileprivate func firstTrue(_ count: Int) -> [Bool] {
        var left = count
        return map { element in
            guard element, left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
