public import Genome
public import Variants

/// Gathers the records of one sample that lie at pharmacogenes, and says what was seen at each position.
///
/// A position is reference where a record or a gVCF block says so (`0/0`), or where no record lies and the callable regions hold
/// it. What no record and no region tells is not covered. A record that does not pass, a missing genotype, thin reads and an allele
/// that the definition does not list leave a copy unseen, each with a note.
public struct PharmacogeneSites: Sendable {
    /// Reads and genotype quality below which `0/0` is no proof of the reference, where the record gives them: our own limits.
    public static let minimumDepth = 10, minimumQuality = 20

    /// INFO and FORMAT tags that are read beside the genotype's.
    public static let infoTags: Set<String> = ["END"], formatTags: Set<String> = ["DP", "MIN_DP", "GQ"]

    private struct Record: Sendable {
        let key: String
        let contig: Contig
        /// REF's bases, in upper case.
        let reference: String
        /// REF, or to END where the record tells of a stretch.
        let range: Range<Int>
        /// Explicit changes by allele number, trimmed without anchor; nil for alleles that are none.
        let variants: [Variant?]
        let genotype: Genotype?
        let isPass: Bool
        /// Why `0/0` proves nothing here.
        let thin: String?

        /// All bases that the record says something about.
        var reach: Range<Int> {
            variants.compactMap(\.self).reduce(range) {
                min($0.lowerBound, $1.range.lowerBound)..<max($0.upperBound, $1.range.upperBound)
            }
        }
    }

    /// A record whose REF is not what the definition has.
    public struct Mismatch: Hashable, Sendable {
        /// The record.
        public let key: String
        /// The position's name.
        public let position: String
        /// What the assembly has there.
        public let expected: String
    }

    private let assembly: Assembly
    private let spans: [Contig: [Range<Int>]]
    private var records: [Record] = []
    /// Whether indels were moved to the left.
    private var isAligned = true

    /// Sites of genes on an assembly.
    public init(_ genes: [Pharmacogene], assembly: Assembly) {
        self.assembly = assembly
        let intervals = genes.compactMap { $0.span(on: assembly) }
        spans = Dictionary(grouping: intervals, by: \.contig).mapValues { $0.map(\.range) }
    }

    /// Where records are looked at.
    public var intervals: [GenomicInterval] {
        spans.flatMap { contig, ranges in ranges.map { GenomicInterval(contig: contig, zeroBased: $0) } }
            .sorted()
    }

    /// Where records are looked at on one contig.
    public func ranges(on contig: Contig) -> [Range<Int>] { spans[contig] ?? [] }

    /// The end of the stretch that a record tells of, 0-based.
    public static func end(of record: VCFRecord) -> Int {
        let own = record.position + max(record.column(3).count, 1)
        guard let range = record.infoRange("END"), let end = record.integer(range) else { return own }
        return max(own, end)
    }

    /// Adds a record; `outcomes` are its alleles, left-aligned if `isAligned`.
    public mutating func add(
        _ record: VCFRecord, outcomes: [AlleleOutcome], isAligned: Bool, sample: Int, isPass: Bool
    ) {
        var variants = [Variant?](repeating: nil, count: record.alternateCount + 1)
        for case .variant(let variant, let index) in outcomes {
            variants[index] = variant.trimmed(keepingAnchor: false)
        }
        // Of a record with explicit alleles END is no stretch of reference.
        let end =
            variants.allSatisfy { $0 == nil }
            ? Self.end(of: record) : record.position + record.column(3).count
        let genotype = Genotype(record, sample: sample)
        records.append(
            Record(
                key: record.key, contig: Contig(record.contigName), reference: record.reference.uppercased(),
                range: record.position..<max(end, record.position + 1), variants: variants,
                genotype: genotype,
                isPass: isPass, thin: Self.thin(record, sample)))
        if !isAligned { self.isAligned = false }
    }

    private static func thin(_ record: VCFRecord, _ sample: Int) -> String? {
        for (tag, least) in [("MIN_DP", minimumDepth), ("DP", minimumDepth), ("GQ", minimumQuality)] {
            guard let value = record.formatIntegers(tag, sample: sample).first ?? nil else { continue }
            if value < least { return "\(tag) is \(value), \(least) was asked for" }
            if tag == "MIN_DP" { continue }
        }
        return nil
    }

    /// Adds what another part of the file had.
    public mutating func merge(_ other: PharmacogeneSites) {
        records += other.records
        isAligned = isAligned && other.isAligned
    }

    /// What was seen at each position of a gene, and records whose REF disagrees with the definition.
    public func observations(
        of gene: Pharmacogene, callable: RegionSet?
    ) -> (observed: [PharmacogeneObservation], mismatches: [Mismatch]) {
        var mismatches: [Mismatch] = []
        let observed = gene.positions.map { position -> PharmacogeneObservation in
            guard let place = position.places[assembly] else { return .unseen() }
            return observation(of: position, place, callable, &mismatches)
        }
        return (observed, mismatches)
    }

    // MARK: One position

    /// What one copy has.
    private enum Copy: Hashable {
        case unknown
        case reference
        case allele(Int)
        case other(String)
    }

    private func observation(
        of position: Pharmacogene.Position, _ place: Pharmacogene.Place, _ callable: RegionSet?,
        _ mismatches: inout [Mismatch]
    ) -> PharmacogeneObservation {
        let shift = position.isIndel && !isAligned ? Pharmacogene.margin : 0
        let window = (place.range.lowerBound - shift)..<(place.range.upperBound + shift)
        let near = records.filter { $0.contig == position.contig && $0.reach.overlaps(window) }
        var merged: [Copy] = [.unknown, .unknown]
        var guide: Genotype?
        var notes: [String] = []
        var covered: [Range<Int>] = []
        for record in near {
            if let expected = disagreement(record, place) {
                mismatches.append(Mismatch(key: record.key, position: position.name, expected: expected))
                return .unseen("REF of \(record.key) is not the genome's")
            }
            guard let genotype = record.genotype else {
                if record.range.overlaps(place.range) { notes.append("a record without genotype") }
                continue
            }
            let copies = copies(genotype, record, position, place)
            let isVariant = copies.contains { $0 != .reference && $0 != .unknown }
            guard isVariant || record.range.overlaps(place.range) else { continue }
            if !record.isPass {
                notes.append("\(record.key) does not pass its filters")
                // A doubtful variant takes away what another record says of the place.
                if isVariant { return .unseen(notes.joined(separator: "; ")) }
                continue
            }
            if let note = Self.note(genotype) { notes.append(note) }
            if isVariant {
                guard let joined = Self.joined(merged, copies, isPhased: genotype.isPhased) else {
                    return .unseen("records contradict each other at this place")
                }
                merged = joined
                guide = guide ?? genotype
            } else if copies.contains(.unknown) {
                for (index, copy) in copies.enumerated() where merged[index] == .unknown {
                    merged[index] = copy
                }
            } else if let thin = record.thin {
                notes.append(thin)
            } else {
                covered.append(record.range.clamped(to: place.decisive))
            }
        }
        let isVariant = merged.contains { $0 != .unknown && $0 != .reference }
        let needed = GenomicInterval(contig: position.contig, zeroBased: place.decisive)
        let isCovered =
            RegionSet(covered.map { GenomicInterval(contig: position.contig, zeroBased: $0) })
            .fraction(of: needed) == 1
        if !isVariant {
            let isCallable =
                near.allSatisfy { !$0.range.overlaps(place.range) }
                && callable?.fraction(of: needed) == 1
            if isCovered || isCallable { merged = [.reference, .reference] }
        }
        return observation(merged, guide, notes, position, place)
    }

    private func observation(
        _ merged: [Copy], _ guide: Genotype?, _ notes: [String], _ position: Pharmacogene.Position,
        _ place: Pharmacogene.Place
    ) -> PharmacogeneObservation {
        var notes = notes
        let reference = position.alleles.firstIndex(of: place.reference)
        let copies = merged.map { copy -> Int? in
            switch copy {
            case .unknown: return nil
            case .reference: return reference
            case .allele(let number): return number
            case .other(let text):
                notes.append("\(text) is not in the definition, and its effect is not known")
                return nil
            }
        }
        return PharmacogeneObservation(
            copies: copies, isPhased: guide?.isPhased == true && guide?.ploidy == 2,
            phaseSet: guide?.phaseSet,
            note: notes.isEmpty ? nil : notes.joined(separator: "; "))
    }

    /// The genome's bases at the place, if the record's REF says otherwise.
    private func disagreement(_ record: Record, _ place: Pharmacogene.Place) -> String? {
        let own = record.range.lowerBound..<(record.range.lowerBound + record.reference.utf8.count)
        let shared = own.clamped(to: place.range)
        guard !shared.isEmpty else { return nil }
        let seen = record.reference.utf8.dropFirst(shared.lowerBound - own.lowerBound).prefix(shared.count)
        let expected = place.reference.utf8.dropFirst(shared.lowerBound - place.range.lowerBound)
            .prefix(shared.count)
        // A letter of ambiguity says nothing.
        let isEqual = zip(seen, expected).allSatisfy { $0 == $1 || !"ACGT".utf8.contains($0) }
        return isEqual ? nil : place.reference
    }

    private static func note(_ genotype: Genotype) -> String? {
        if genotype.isMissing { return "the genotype is missing" }
        if genotype.ploidy == 1 { return "the genotype has one copy, two were expected" }
        if genotype.ploidy > 2 { return "the genotype has \(genotype.ploidy) copies, two were expected" }
        return genotype.isComplete ? nil : "one copy of the genotype is missing"
    }

    private func copies(
        _ genotype: Genotype, _ record: Record, _ position: Pharmacogene.Position, _ place: Pharmacogene.Place
    ) -> [Copy] {
        let alleles = genotype.alleles
        guard alleles.count <= 2 else { return [.unknown, .unknown] }
        let copies = alleles.map { number -> Copy in
            guard let number else { return .unknown }
            guard number > 0 else { return .reference }
            guard number < record.variants.count else { return .unknown }
            guard let variant = record.variants[number] else {
                return record.range.overlaps(place.range) ? .other("an allele of \(record.key)") : .reference
            }
            return copy(variant, record, position, place)
        }
        return copies.count == 2 ? copies : [copies[0], .unknown]
    }

    private func copy(
        _ variant: Variant, _ record: Record, _ position: Pharmacogene.Position, _ place: Pharmacogene.Place
    ) -> Copy {
        for (number, allele) in position.alleles.enumerated() where allele != place.reference {
            let wanted = Variant(
                contig: position.contig, position: place.position, reference: place.reference,
                alternate: allele
            ).trimmed(keepingAnchor: false)
            if variant.covers(wanted) { return .allele(number) }
        }
        let isSubstitution = variant.reference.utf8.count == variant.alternate.utf8.count
        guard position.isIndel else {
            guard variant.range.contains(place.position) else { return .reference }
            let own = variant.alternate.utf8.dropFirst(place.position - variant.position).first
            return isSubstitution && own == place.reference.utf8.first
                ? .reference : .other("\(record.key)")
        }
        if isSubstitution { return .reference }
        // An indel beside the place may be one of the definition's, written otherwise.
        let shift = isAligned ? 0 : Pharmacogene.margin
        let (start, end) = (place.range.lowerBound + 1 - shift, place.range.upperBound + shift)
        return variant.range.lowerBound <= end && variant.range.upperBound >= start
            ? .other("\(record.key)") : .reference
    }

    /// Two records of one place put together, as where ALTs stand on lines of their own; nil if they contradict each other.
    private static func joined(_ first: [Copy], _ second: [Copy], isPhased: Bool) -> [Copy]? {
        func join(_ second: [Copy]) -> [Copy]? {
            var joined: [Copy] = []
            for (one, other) in zip(first, second) {
                switch (one, other) {
                case (.unknown, let copy), (.reference, let copy): joined.append(copy)
                case (let copy, .unknown), (let copy, .reference): joined.append(copy)
                case (let copy, let same) where copy == same: joined.append(copy)
                default: return nil
                }
            }
            return joined
        }
        // A second variant on one copy of unknown phase lies on the other one.
        return join(second) ?? (isPhased ? nil : join(second.reversed()))
    }
}
