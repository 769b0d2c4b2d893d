internal import Consequences
public import Genome
public import Knowledge
internal import Variants

/// Points for and against a somatic small variant being oncogenic, with the codes behind them.
///
/// Codes that are computed: OVS1 (null variant in a suppressor), OS3, OM3 and OP3 (hotspots, from the user's table), OM2
/// (in-frame insertions and deletions, a lost stop of a suppressor), OP4 (in no population), SBVS1 and SBS1 (in more than
/// 5 % or 1 % of one), OS2 and OM3 together for an allele of the base's table of promoters, whose effect was shown and which recurs.
/// OS1, other OS2, OM1, OM4, OP1, OP2 and the other benign codes need sources that are not read, and count nothing.
///
/// - Source: Horak et al., Genet Med 2022;24:986 (PMC9081216), tables 2 and 3.
public struct OncogenicityRule: Sendable {
    /// Which points make which class.
    public enum Scale: String, Hashable, Sendable, CaseIterable {
        /// Oncogenic from 10, likely from 6, uncertain from 0, likely benign from -6.
        case published
        /// PCGR's: oncogenic from 9, likely from 5, and from 4 with three codes or more and none against.
        case pcgr
    }

    private let roles: [String: KnowledgeBase.Role]
    private let hotspots: HotspotTable?
    private let scale: Scale
    private let promoters: [String: [(name: String, allele: Variant)]]

    /// A rule; without a table of hotspots their codes are not given, without an assembly no promoter is known.
    public init(
        roles: [String: KnowledgeBase.Role], hotspots: HotspotTable? = nil, scale: Scale = .published,
        promoters: [PromoterAllele] = [], assembly: Assembly? = nil
    ) {
        let known = promoters.compactMap { promoter in
            assembly.flatMap { promoter.alleles[$0] }.map { (promoter.gene, (promoter.name, $0)) }
        }
        self.promoters = Dictionary(grouping: known, by: \.0).mapValues { $0.map(\.1) }
        self.roles = roles
        self.hotspots = hotspots
        self.scale = scale
    }

    /// What people call a call that is known to switch its gene on, such as `C228T`; nil for another call.
    func promoterName(of call: ObservedCall) -> String? {
        promoters[call.gene]?.first { call.variant.covers($0.allele) }?.name
    }

    /// The classification of a call; nil for a germline call, and for one of which neither the consequence is
    /// known nor that it switches on a gene.
    public func assess(_ call: ObservedCall) -> Finding.Oncogenicity? {
        guard call.origin == .somatic else { return nil }
        var codes: [(name: String, points: Int)] = []
        if promoterName(of: call) != nil {
            codes += [("OS2", 4), ("OM3", 2)]
        }
        guard let reported = call.reported else {
            return codes.isEmpty ? nil : summed(codes + population(call))
        }
        let role = roles[call.gene]
        let isNull = AlterationClass.lossOfFunction.includes(reported)
        if isNull, role == .tumorSuppressor || role == .both { codes.append(("OVS1", 8)) }
        if let hotspot = hotspot(call.gene, reported) { codes.append(hotspot) }
        if !codes.contains(where: { $0.name == "OVS1" }), changesLength(reported, role) {
            codes.append(("OM2", 2))
        }
        return summed(codes + population(call))
    }

    private func summed(_ codes: [(name: String, points: Int)]) -> Finding.Oncogenicity {
        let points = codes.reduce(0) { $0 + $1.points }
        return Finding.Oncogenicity(
            classification: classification(points, codes.map(\.points)), points: points,
            codes: codes.map(\.name))
    }

    private func hotspot(_ gene: String, _ reported: Consequence) -> (name: String, points: Int)? {
        guard let change = reported.proteinChange, change.kind == .missense, change.first == change.last,
            let counts = hotspots?.counts(
                gene: gene, residue: change.first, reference: change.reference, alternate: change.alternate),
            counts.change > 0
        else { return nil }
        if counts.change < 10 { return ("OP3", 1) }
        return counts.residue >= 50 ? ("OS3", 4) : ("OM3", 2)
    }

    private func changesLength(_ reported: Consequence, _ role: KnowledgeBase.Role?) -> Bool {
        guard let role else { return false }
        let inFrame: [AlterationClass] = [.inframeInsertion, .inframeDeletion, .inframeDelins]
        if inFrame.contains(where: { $0.includes(reported) }) { return true }
        return role != .oncogene && AlterationClass.stopLost.includes(reported)
    }

    private func population(_ call: ObservedCall) -> [(name: String, points: Int)] {
        guard let frequency = call.populationFrequency else {
            return call.hasPopulationFrequencies ? [("OP4", 1)] : []
        }
        if frequency > 0.05 { return [("SBVS1", -8)] }
        return frequency > 0.01 ? [("SBS1", -4)] : []
    }

    private func classification(_ points: Int, _ parts: [Int]) -> String {
        let isLifted =
            scale == .pcgr && points == 4 && parts.count >= 3 && parts.allSatisfy { $0 > 0 }
        let (oncogenic, likely) = scale == .pcgr ? (9, 5) : (10, 6)
        if points >= oncogenic { return "oncogenic" }
        if points >= likely || isLifted { return "likely_oncogenic" }
        if points >= 0 { return "uncertain" }
        return points >= -6 ? "likely_benign" : "benign"
    }
}

extension Finding.Oncogenicity {
    /// Whether it is likely oncogenic or better.
    public var isLikely: Bool { ["oncogenic", "likely_oncogenic"].contains(classification) }
}
