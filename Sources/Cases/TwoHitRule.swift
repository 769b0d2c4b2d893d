public import Biomarkers
internal import Consequences
internal import Genome
public import Variants

/// Says whether both copies of a gene are hit, from its pathogenic calls, rearrangements and the copies of their places.
///
/// 1. No copy left, or none that a rearrangement leaves whole: both are.
/// 2. Two pathogenic calls that are not shown to lie on one copy: both are.
/// 3. One pathogenic somatic call where the other allele is lost: both are if the call's reads say that all copies have it.
/// 4. One pathogenic call where both alleles are there: one is.
///
/// Whether the lost allele of an inherited variant was the healthy one shows in the tumor's reads alone, which the somatic file gives where it has the
/// same allele, filtered or not; without them it is not known, and a call is never joined with a loss by its gene's name. Several rearrangements of one gene count as one hit, as they mostly are
/// parts of one event. So do records of one allele, whether in one file twice or in the somatic and the germline file, and a deletion or
/// insertion that callers of small and of structural variants both tell.
///
/// - Source: specification sections 7.2 and 8.4.
public struct TwoHitRule: Sendable {
    private let profile: CopyNumberProfile?
    private let purity: Double?
    private let isMale: Bool

    /// A rule; nil for copies or purity that are not known.
    public init(profile: CopyNumberProfile?, purity: Double?, isMale: Bool) {
        (self.profile, self.purity, self.isMale) = (profile, purity, isMale)
    }

    /// The status of a gene.
    ///
    /// - Shape: `pathogenic` the calls in the gene that are likely oncogenic, known, or of class 4 or 5; `tumorFractions` of the tumor's reads by allele, for
    ///   inherited variants.
    public func status(
        of gene: String, pathogenic: [ObservedCall], dosage: ObservedDosage?,
        broken: [ObservedDisruption] = [], tumorFractions: [Variant: Double] = [:]
    ) -> GeneStatus {
        let all = broken
        let pathogenic = Self.distinct(pathogenic)
        let broken = all.filter { junction in !pathogenic.contains { Self.isSame($0, junction) } }
        var hits = pathogenic.map(Self.name) + broken.map(\.name)
        func status(_ status: GeneStatus.Status, _ reason: String) -> GeneStatus {
            GeneStatus(gene: gene, status: status, hits: hits, reason: reason)
        }
        if let dosage, dosage.call.event == .homozygousDeletion, dosage.reasonNotUsable == nil {
            hits.append("homozygous deletion")
            return status(.biallelic, "no copy is left (\(dosage.call.rule))")
        }
        if let worst = all.filter({ $0.undisruptedCopies != nil })
            .min(by: { ($0.undisruptedCopies ?? 0) < ($1.undisruptedCopies ?? 0) }),
            let whole = worst.undisruptedCopies, whole < ObservedDisruption.wholeCopy
        {
            return status(
                .biallelic, "the rearrangement leaves \(Self.text(whole)) whole copies, fewer than 0.5")
        }
        if pathogenic.contains(where: { $0.zygosity == "homozygous" }) {
            return status(.biallelic, "an inherited variant is on both copies")
        }
        if pathogenic.count > 1, !areOnOneCopy(pathogenic) {
            return status(.biallelic, "two hits that are not shown to lie on one copy")
        }
        if !pathogenic.isEmpty, !broken.isEmpty {
            return status(.biallelic, "two hits that are not shown to lie on one copy")
        }
        if let open = broken.first(where: { $0.undisruptedCopies == nil }) {
            return status(.unknown, open.reasonUnknown)
        }
        if let whole = broken.compactMap(\.undisruptedCopies).min() {
            return status(.monoallelic, "the rearrangement leaves \(Self.text(whole)) whole copies")
        }
        guard let call = pathogenic.first else {
            if dosage?.call.isLossOfHeterozygosity == true {
                hits.append("one allele lost")
                return status(.none, "one allele is lost and the other has no pathogenic call")
            }
            return dosage == nil
                ? status(.unknown, "no pathogenic call; the gene's copies are not known")
                : status(.none, "no pathogenic call, no deletion")
        }
        return single(call, tumorFractions[call.variant], status) { hits.append($0) }
    }

    private func single(
        _ call: ObservedCall, _ tumorFraction: Double?,
        _ status: (GeneStatus.Status, String) -> GeneStatus, _ hit: (String) -> Void
    ) -> GeneStatus {
        guard let segment = profile?.segment(at: call.variant.position, on: call.variant.contig),
            let copies = segment.total
        else { return status(.unknown, "the copies of the variant's place are not known") }
        let isSingle = isMale && [23, 24].contains(call.variant.contig.humanNumber)
        let text = Self.text
        if !isSingle {
            guard let minor = segment.minor else {
                return status(.unknown, "the copies of the other allele are not known")
            }
            guard minor < 0.5 else {
                return status(
                    .monoallelic, "both alleles are there (\(text(copies)) copies, minor \(text(minor)))")
            }
            hit("one allele lost")
        }
        guard call.origin == .somatic else {
            return isSingle
                ? status(.biallelic, "the only copy has the inherited variant")
                : inherited(copies, tumorFraction, status)
        }
        guard let purity, purity > 0, let vaf = call.call.vaf,
            let mutated = AlleleDosage(
                purity: purity, tumorCopies: copies, normalCopies: isSingle ? 1 : 2
            ).mutatedCopies(vaf: vaf)
        else { return status(.unknown, "the purity or the variant's fraction of reads is not known") }
        let share = "\(text(mutated)) of \(text(copies)) copies have the variant"
        return mutated >= copies - 0.5 ? status(.biallelic, share) : status(.monoallelic, share)
    }

    /// An inherited variant where one allele is lost: which of the two, the tumor's reads tell.
    private func inherited(
        _ copies: Double, _ tumorFraction: Double?, _ status: (GeneStatus.Status, String) -> GeneStatus
    ) -> GeneStatus {
        guard let tumorFraction, let purity, purity > 0,
            let mutated = AlleleDosage(purity: purity, tumorCopies: copies)
                .mutatedCopies(vaf: tumorFraction, inherited: 1)
        else {
            return status(
                .unknown,
                "one allele is lost; whether it was the healthy one shows in tumor reads and purity, which are not both given"
            )
        }
        let share = "\(Self.text(max(0, mutated))) of \(Self.text(copies)) copies have the inherited variant"
        if mutated >= copies - 0.5 { return status(.biallelic, "\(share); the healthy allele is lost") }
        if mutated < 0.5 { return status(.none, "\(share); the allele that has it is lost") }
        return status(.monoallelic, share)
    }

    /// Each allele once; of one that was inherited and is seen in the tumor too, the inherited call.
    private static func distinct(_ calls: [ObservedCall]) -> [ObservedCall] {
        struct Allele: Hashable {
            let variant: Variant
            let members: [Finding.Member]
        }
        var places: [Allele: Int] = [:]
        var found: [ObservedCall] = []
        for call in calls {
            let allele = Allele(variant: call.variant, members: call.members)
            if let place = places[allele] {
                if call.origin == .germline, found[place].origin != .germline { found[place] = call }
            } else {
                places[allele] = found.count
                found.append(call)
            }
        }
        return found
    }

    /// How far the places and lengths of one event may differ between callers.
    private static let slack = 10

    /// Whether a call and a rearrangement are one deletion, duplication or insertion, told by two callers.
    private static func isSame(_ call: ObservedCall, _ broken: ObservedDisruption) -> Bool {
        let (change, junction) = (call.variant, broken.disruption.variant)
        guard change.reference.utf8.count != change.alternate.utf8.count,
            let second = junction.second
        else { return false }
        let isNear = [junction.first, second].contains { end in
            end.contig == change.contig
                && [change.range.lowerBound, change.range.upperBound].contains {
                    abs($0 - end.position) <= slack
                }
        }
        guard isNear else { return false }
        let added = junction.insertedLength ?? 0
        let length: Int
        switch junction.kind {
        case .deletion: length = added - (junction.length ?? 0)
        case .duplication: length = added + (junction.length ?? 0)
        // The length of an insertion may not be known; its place is enough.
        case .insertion where junction.insertedLength == nil:
            return change.alternate.utf8.count > change.reference.utf8.count
        case .insertion: length = added
        case .inversion, .translocation, .single: return false
        }
        return abs(change.alternate.utf8.count - change.reference.utf8.count - length) <= slack
    }

    /// Whether all calls are shown to lie on one copy.
    private func areOnOneCopy(_ calls: [ObservedCall]) -> Bool {
        guard let first = calls.first, case .copy = first.phase else { return false }
        return calls.allSatisfy { $0.phase == first.phase && $0.origin == first.origin }
    }

    private static func name(_ call: ObservedCall) -> String {
        let name =
            [call.reported?.proteinChange?.shortName ?? "", call.reported?.codingName ?? "", call.locus]
            .first { !$0.isEmpty } ?? call.locus
        let `class` = call.pathogenicity.map { ", class \($0.class)" } ?? ""
        return "\(name) (\(call.origin.rawValue)\(`class`))"
    }

    private static func text(_ value: Double) -> String { String((value * 100).rounded() / 100) }
}
