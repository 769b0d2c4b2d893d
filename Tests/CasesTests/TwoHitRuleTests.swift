import Biomarkers
import Consequences
import Genome
import Testing
import Variants

@testable import Cases

@Suite("Two hits")
struct TwoHitRuleTests {
    static let contig = Contig("17")

    static func profile(_ total: Double?, _ minor: Double?, contig: Contig = contig) -> CopyNumberProfile {
        CopyNumberProfile([
            CopyNumberSegment(
                interval: GenomicInterval(contig: contig, zeroBased: 0..<1000), total: total, minor: minor)
        ])
    }

    static func call(
        _ origin: Finding.Origin = .somatic, vaf: Double? = 0.3, zygosity: String? = nil, position: Int = 10,
        contig: Contig = contig, phase: AllelePhase = .unphased
    ) -> ObservedCall {
        var call = ObservedCall(
            variant: Variant(contig: contig, position: position, reference: "A", alternate: "T"),
            locus: "17:\(position + 1) A>T", origin: origin, call: SampleCall(depth: 100, vaf: vaf),
            isPass: true, filters: "PASS")
        call.gene = "TP53"
        call.zygosity = zygosity
        call.phase = phase
        if origin == .germline { call.pathogenicity = (5, "ClinVar") }
        return call
    }

    static func dosage(_ event: CopyNumberRule.Event?, isLOH: Bool? = false, length: Int = 500)
        -> ObservedDosage
    {
        let interval = GenomicInterval(contig: contig, zeroBased: 0..<length)
        return ObservedDosage(
            gene: "TP53", interval: interval,
            copies: GeneCopyNumber(
                minimum: 0, maximum: 0, mean: 0, minorMinimum: 0, coveredFraction: 1, lowest: interval,
                highest: interval),
            call: .init(event: event, rule: "rule", isLossOfHeterozygosity: isLOH), stretch: interval,
            basis: "whole gene")
    }

    struct Vector: Sendable {
        var calls: [ObservedCall]
        var profile: CopyNumberProfile?
        var dosage: ObservedDosage?
        var purity: Double? = 0.6
        var isMale = false
        var status: GeneStatus.Status
    }

    /// The worked table of the specification at purity 0.6, and what surrounds it.
    static let vectors: [Vector] = [
        Vector(calls: [call(vaf: 0.3)], profile: profile(2, 1), status: .monoallelic),
        Vector(calls: [call(vaf: 0.6)], profile: profile(2, 0), status: .biallelic),
        Vector(calls: [call(vaf: 0.429)], profile: profile(1, 0), status: .biallelic),
        Vector(calls: [call(vaf: 0.188)], profile: profile(4, 2), status: .monoallelic),
        // One allele is lost, but only one of the two copies left has the variant.
        Vector(calls: [call(vaf: 0.3)], profile: profile(2, 0), status: .monoallelic),
        Vector(calls: [call(vaf: 0.6)], profile: profile(2, 0), purity: nil, status: .unknown),
        Vector(calls: [call(vaf: nil)], profile: profile(2, 0), status: .unknown),
        Vector(calls: [call()], profile: profile(2, nil), status: .unknown),
        Vector(calls: [call()], profile: nil, status: .unknown),
        Vector(calls: [call(position: 5000)], profile: profile(2, 1), status: .unknown),
        // Which allele of an inherited variant is lost shows in the tumor's reads alone.
        Vector(calls: [call(.germline, vaf: 0.5)], profile: profile(1, 0), status: .unknown),
        Vector(calls: [call(.germline, vaf: 0.5)], profile: profile(2, 1), status: .monoallelic),
        Vector(calls: [call(.germline, zygosity: "homozygous")], profile: nil, status: .biallelic),
        Vector(calls: [call(.germline), call(position: 20)], profile: nil, status: .biallelic),
        Vector(calls: [call(), call(position: 20)], profile: nil, status: .biallelic),
        Vector(
            calls: [call(phase: .copy(0, block: "1")), call(position: 20, phase: .copy(1, block: "1"))],
            profile: profile(2, 1), status: .biallelic),
        Vector(
            calls: [call(phase: .copy(0, block: "1")), call(position: 20, phase: .copy(0, block: "1"))],
            profile: profile(2, 1), status: .monoallelic),
        Vector(calls: [], profile: profile(0, 0), dosage: dosage(.homozygousDeletion), status: .biallelic),
        Vector(
            calls: [], profile: profile(0, 0), dosage: dosage(.homozygousDeletion, length: 20_000_000),
            status: .none),
        Vector(calls: [], profile: profile(1, 0), dosage: dosage(.loss, isLOH: true), status: .none),
        Vector(calls: [], profile: nil, status: .unknown),
        Vector(
            calls: [call(vaf: 0.6, contig: Contig("X"))], profile: profile(1, 0, contig: Contig("X")),
            isMale: true,
            status: .biallelic),
    ]

    @Test("a gene's two copies", arguments: vectors.indices)
    func status(number: Int) {
        let vector = Self.vectors[number]
        let rule = TwoHitRule(profile: vector.profile, purity: vector.purity, isMale: vector.isMale)
        let status = rule.status(of: "TP53", pathogenic: vector.calls, dosage: vector.dosage)
        #expect(status.status == vector.status, "\(status)")
        #expect(!status.reason.isEmpty)
    }
}
