// Which two breakend records are one junction?
//
//     1. MATEID, else PARID names the mate's ID; of several records with that ID the one that lies where ALT points
//     2. EVENT holds exactly two records that are not paired yet, and each points to the other's contig with its side
//     3. each points to within ten bases of the other
//
// A pair is one junction, from the places of both records. A record without its mate stays, and says so.

internal import Genome

/// One breakend record, waiting for its mate.
struct BreakendHalf: Sendable {
    let own: Breakend
    /// Where ALT points; nil for a single breakend.
    let mate: Breakend?
    let inserted: String
    /// The ID of the mate; empty if none is named.
    let mateID: String
    let order: Int
    var facts = RecordFacts()

    init(_ allele: BreakendAllele, _ record: VCFRecord, allele number: Int, order: Int) {
        own = Breakend(
            contig: Contig(record.contigName), position: record.position, orientation: allele.orientation)
        mate = allele.mate.map {
            Breakend(
                contig: Contig($0.contigName), position: $0.oneBasedPosition - 1, orientation: $0.orientation)
        }
        inserted = allele.insertedBases(referenceLength: record.column(3).count)
        let names = ["MATEID", "PARID"].lazy.map { record.infoList($0) }.first { !$0.isEmpty && $0 != ["."] }
        let isEach = (names?.count ?? 0) == record.alternateCount
        let name = names.map { isEach ? $0[number - 1] : $0[0] } ?? ""
        mateID = name == "." ? "" : name
        self.order = order
    }

    /// Whether the two point to each other, give or take `slack` bases.
    func pointsBack(_ other: BreakendHalf, slack: Int) -> Bool {
        func fits(_ target: Breakend?, _ place: Breakend) -> Bool {
            guard let target, target.orientation == place.orientation,
                let distance = target.distance(to: place)
            else { return false }
            return distance <= slack
        }
        return fits(mate, other.own) && fits(other.mate, own)
    }
}

/// Pairs breakend records.
struct BreakendPairing {
    /// How far a record may lie from where its mate points.
    static let slack = 10

    private let halves: [BreakendHalf]
    private var partner: [Int?]
    /// Pairs by name of which one does not point to the other.
    private(set) var disagreeing = 0

    init(_ halves: [BreakendHalf]) {
        self.halves = halves
        partner = Array(repeating: nil, count: halves.count)
    }

    /// Each junction once, with its place in the file.
    mutating func join() -> [(order: Int, variant: StructuralVariant)] {
        pairByName()
        pairByEvent()
        pairByPlace()
        var joined: [(order: Int, variant: StructuralVariant)] = []
        for (index, half) in halves.enumerated() {
            if let other = partner[index] {
                if other > index { joined.append((half.order, junction(half, halves[other]))) }
            } else {
                joined.append((half.order, alone(half)))
            }
        }
        return joined
    }

    // MARK: Pairing

    private mutating func pairByName() {
        var named: [String: [Int]] = [:]
        for (index, half) in halves.enumerated() where !half.facts.id.isEmpty {
            named[half.facts.id, default: []].append(index)
        }
        for (index, half) in halves.enumerated()
        where partner[index] == nil && half.mate != nil && !half.mateID.isEmpty {
            let candidates = (named[half.mateID] ?? []).prefix(Self.sameName)
                .filter { $0 != index && partner[$0] == nil && halves[$0].mate != nil }
            if let exact = candidates.first(where: { half.pointsBack(halves[$0], slack: Self.slack) }) {
                pair(index, exact)
            } else if candidates.count == 1, [half.facts.id, ""].contains(halves[candidates[0]].mateID) {
                disagreeing += 1
                pair(index, candidates[0])
            }
        }
    }

    /// How many records with one ID are looked at.
    private static let sameName = 1000

    private mutating func pairByEvent() {
        var events: [String: [Int]] = [:]
        for (index, half) in halves.enumerated()
        where partner[index] == nil && half.mate != nil && half.mateID.isEmpty && !half.facts.event.isEmpty {
            events[half.facts.event, default: []].append(index)
        }
        for pairs in events.values where pairs.count == 2 {
            if halves[pairs[0]].pointsBack(halves[pairs[1]], slack: .max) { pair(pairs[0], pairs[1]) }
        }
    }

    private mutating func pairByPlace() {
        let open = halves.indices.filter { partner[$0] == nil && halves[$0].mate != nil }
        var places = OpenPlaces(open.map { ($0, halves[$0]) })
        for index in open where partner[index] == nil {
            places.remove(index)
            guard let other = places.nearest(to: halves[index], slack: Self.slack) else { continue }
            places.remove(other)
            pair(index, other)
        }
    }

    private mutating func pair(_ one: Int, _ other: Int) {
        partner[one] = other
        partner[other] = one
    }

    // MARK: Junctions

    private func junction(_ one: BreakendHalf, _ other: BreakendHalf) -> StructuralVariant {
        let isSame = one.own.orientation != other.own.orientation
        let fromOther = isSame ? other.inserted : Bases.reverseComplement(other.inserted)
        var junction = one.facts.applied(
            to: StructuralVariant(
                one.own, other.own, inserted: one.inserted.isEmpty ? fromOther : one.inserted))
        if !other.facts.id.isEmpty { junction.ids.append(other.facts.id) }
        for name in other.facts.filters where !junction.filters.contains(name) {
            junction.filters.append(name)
        }
        junction.mate = one.facts.isPass == other.facts.isPass ? .paired : .filtered
        junction.isPass = one.facts.isPass || other.facts.isPass
        junction.isImprecise = one.facts.isImprecise || other.facts.isImprecise
        if junction.tumor == SampleCall() { junction.tumor = other.facts.tumor }
        if junction.normal == SampleCall() { junction.normal = other.facts.normal }
        junction.isCarriedByTumor = junction.isCarriedByTumor ?? other.facts.isCarriedByTumor
        junction.isCarriedByNormal = junction.isCarriedByNormal ?? other.facts.isCarriedByNormal
        junction.junctionCopies = junction.junctionCopies ?? other.facts.junctionCopies
        return junction
    }

    private func alone(_ half: BreakendHalf) -> StructuralVariant {
        var junction = half.facts.applied(
            to: StructuralVariant(half.own, half.mate, inserted: half.inserted))
        if half.mate != nil { junction.mate = half.mateID.isEmpty ? .unnamed : .missing }
        return junction
    }
}
