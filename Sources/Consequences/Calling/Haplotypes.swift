// Which variants lie on one copy of a chromosome?
//
//     GT 1|1, 1/1, 1        on every copy
//     GT 0|1 with PS 100    on the second copy of the block that begins at 100
//     GT 0/1, PGT 0|1 and PID 100_A_T   the same, as GATK writes it
//     GT 0/1                on one copy, it is not known which
//     GT /0|1, |1/0         VCF 4.4: each allele has the phase of the separator before it
//
// A variant on every copy is together with each other one: also with a heterozygous one of unknown phase, whose copy
// carries it too. Two of unknown phase may or may not be together; both are told alone, and that they may be one.
//
// Not done: more than two copies; the copies of a tumor.

internal import GeneModels
public import Genome

/// On which copies an allele lies.
public enum AllelePhase: Hashable, Sendable {
    /// On every copy: homozygous, or the only copy.
    case every
    /// On this copy (0 or 1) of a block of phased variants.
    case copy(Int, block: String)
    /// On one copy, not known which.
    case unphased
    /// On none: the genotype does not have the allele, or says nothing.
    case absent

    /// The phase of allele `index` (1 is the first ALT) in a sample's GT, with PS, or PGT and PID, where there are such fields.
    public init(
        genotype: some StringProtocol, allele index: Int, phaseSet: some StringProtocol = "",
        pgt: some StringProtocol = "",
        pid: some StringProtocol = ""
    ) {
        let copies = Self.copies(genotype)
        let having = copies.indices.filter { copies[$0] == index }
        guard !having.isEmpty else {
            self = .absent
            return
        }
        if having.count == copies.count {
            self = .every
            return
        }
        if copies.count == 2, Self.isPhased(having[0], in: genotype) {
            self = .copy(having[0], block: phaseSet == "." ? "" : String(phaseSet))
            return
        }
        // In PGT, 1 stands for the allele of this line.
        let place = Self.copies(pgt).firstIndex(of: 1)
        if let place, !pid.isEmpty, pid != ".", pgt.contains("|") {
            self = .copy(place, block: "PID " + pid)
        } else {
            self = .unphased
        }
    }

    /// Whether two alleles lie on one copy for certain.
    public func isTogether(with other: AllelePhase) -> Bool {
        switch (self, other) {
        case (.absent, _), (_, .absent): false
        case (.every, _), (_, .every): true
        default: self == other && self != .unphased
        }
    }

    /// Whether the allele at a place of a genotype is phased; the first of all has the others' phase where it has no sign of its own.
    private static func isPhased(_ place: Int, in genotype: some StringProtocol) -> Bool {
        let signs = genotype.filter { $0 == "|" || $0 == "/" }
        let hasOwn = genotype.first == signs.first
        if place == 0, !hasOwn { return !signs.contains("/") }
        return signs.dropFirst(hasOwn ? place : place - 1).first == "|"
    }

    private static func copies(_ genotype: some StringProtocol) -> [Int?] {
        genotype.split { $0 == "|" || $0 == "/" }.map { Int($0) }
    }
}

/// The copies that a list of variants makes.
public struct Haplotypes: Sendable {
    /// The numbers of the variants of each copy, in the order of the list; no list is a part of another.
    public private(set) var copies: [[Int]] = []

    /// The copies of variants with these phases.
    public init(_ phases: [AllelePhase]) {
        let everywhere = phases.indices.filter { phases[$0] == .every }
        var blocks: [AllelePhase] = []
        for phase in phases {
            if case .copy = phase, !blocks.contains(phase) { blocks.append(phase) }
        }
        for block in blocks {
            copies.append(phases.indices.filter { phases[$0] == block || phases[$0] == .every })
        }
        for index in phases.indices where phases[index] == .unphased {
            copies.append((everywhere + [index]).sorted())
        }
        if copies.isEmpty, !everywhere.isEmpty { copies = [everywhere] }
    }

    /// Whether two variants may lie on one copy or not: neither is on every copy, and no block holds both.
    public static func isOpen(_ left: AllelePhase, _ right: AllelePhase) -> Bool {
        switch (left, right) {
        case (.absent, _), (_, .absent), (.every, _), (_, .every): false
        case (.copy(_, let one), .copy(_, let other)): one != other
        default: true
        }
    }
}

extension ConsequenceCaller {
    /// Appends the `c.` name of a group: one `delins` where at most one base lies between its changes and no intron, as HGVS
    /// wants it of a codon, else `c.[34G>T;94G>A]` in the order of the transcript, with `separator` between the names.
    /// Returns false where one of them has no name.
    ///
    /// - Source: HGVS nomenclature, DNA delins: two variants that one base parts and that together change one residue.
    public func writeTranscriptName(
        of group: HaplotypeResolver.Group, _ members: [VariantEdit], in sequence: ContigSequence,
        separator: String = ";", to out: inout [UInt8]
    ) -> Bool {
        let edits = members.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        let areClose = zip(edits, edits.dropFirst()).allSatisfy { $1.start - $0.end <= 1 }
        if areClose, let whole = merged(group, in: sequence) {
            return writeTranscriptName(of: whole, on: group.transcript, in: sequence, to: &out)
        }
        var names: [String] = []
        let isForward = model.transcripts[group.transcript].strand == .forward
        for edit in isForward ? edits : edits.reversed() {
            var name: [UInt8] = []
            guard writeTranscriptName(of: edit, on: group.transcript, in: sequence, to: &name) else {
                return false
            }
            names.append(String(decoding: name, as: UTF8.self))
        }
        guard let first = names.first else { return false }
        out += "\(first.prefix(2))[\(names.map { $0.dropFirst(2) }.joined(separator: separator))]".utf8
        return true
    }

    /// A group's changes as one of the contig; nil where an intron lies between them.
    public func merged(_ group: HaplotypeResolver.Group, in sequence: ContigSequence) -> VariantEdit? {
        let range = group.edit.start..<group.edit.end
        guard Int(group.consequence.splicedEnd - group.consequence.splicedStart) + 1 == range.count else {
            return nil
        }
        var edit = VariantEdit()
        edit.set(
            position: range.lowerBound, reference: range.map { BaseCode.letter(sequence.code(at: $0)) }[...],
            alternate: group.edit.letters(on: .forward)[...], in: sequence)
        return edit
    }
}
