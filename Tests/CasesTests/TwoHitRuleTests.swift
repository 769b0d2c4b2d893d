import Biomarkers
import Genome
import Testing
import Variants

@testable import Cases
@testable import Consequences

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

    /// The inherited rows of the worked table at purity 0.6.
    @Test(
        "of an inherited variant the tumor's reads tell which allele is lost",
        arguments: [
            (2.0, 1.0, 0.5, GeneStatus.Status.monoallelic), (1, 0, 0.714, .biallelic),
            (2, 0, 0.8, .biallelic),
            (1, 0, 0.286, .none), (2, 0, 0.5, .monoallelic),
        ])
    func inherited(total: Double, minor: Double, vaf: Double, status: GeneStatus.Status) {
        let rule = TwoHitRule(profile: Self.profile(total, minor), purity: 0.6, isMale: false)
        let call = Self.call(.germline, vaf: 0.5)
        func told(_ fractions: [Variant: Double]) -> GeneStatus {
            rule.status(of: "TP53", pathogenic: [call], dosage: nil, tumorFractions: fractions)
        }
        let found = told([call.variant: vaf])
        #expect(found.status == status, "\(found)")
        // The reads of another allele tell nothing.
        let other = told([Self.call(position: 20).variant: vaf])
        #expect(other.status == (minor < 0.5 ? .unknown : .monoallelic), "\(other)")
    }

    static func broken(_ junction: StructuralVariant, copies: Double? = nil) -> ObservedDisruption {
        var junction = junction
        junction.junctionCopies = copies
        let disruption = GeneDisruption(
            gene: "TP53", transcript: "T", variant: junction,
            breaks: [.init(breakend: junction.first, exon: 1, isIntronic: false, region: .coding)],
            exons: 1...1, areWholeExons: false, reasonIntact: nil, leavesWholeCopy: false)
        return ObservedDisruption(disruption, profile: profile(2, 1), purity: nil, isMale: false)
    }

    static func junction(
        _ low: Int, _ high: Int, _ sides: (Breakend.Orientation, Breakend.Orientation) = (.plus, .minus),
        inserted: String = ""
    ) -> StructuralVariant {
        StructuralVariant(
            Breakend(contig: contig, position: low, orientation: sides.0),
            Breakend(contig: contig, position: high, orientation: sides.1), inserted: inserted)
    }

    static func change(_ position: Int, removed: Int, added: Int) -> ObservedCall {
        var call = call(vaf: nil)
        call.variant = Variant(
            contig: contig, position: position, reference: String(repeating: "A", count: removed),
            alternate: String(repeating: "C", count: added))
        return call
    }

    @Test(
        "what two records or two callers tell of one event is one hit",
        arguments: [
            // The same allele twice, and in both files.
            ([call(), call()], nil, 1, false), ([call(), call(.germline)], nil, 1, false),
            // A deletion of 60 bases, and one of the same length elsewhere.
            ([change(100, removed: 60, added: 0)], junction(99, 160), 1, false),
            ([change(104, removed: 60, added: 0)], junction(99, 160), 1, false),
            ([change(300, removed: 60, added: 0)], junction(99, 160), 2, true),
            ([change(100, removed: 1, added: 0)], junction(99, 160), 2, true),
            // An insertion told as a duplication, and as an insertion.
            ([change(160, removed: 0, added: 60)], junction(100, 159, (.minus, .plus)), 1, false),
            (
                [change(100, removed: 0, added: 60)],
                junction(99, 100, inserted: String(repeating: "C", count: 60)), 1, false
            ),
            // A single base beside a deletion, and a break that is joined to elsewhere.
            ([call(position: 98)], junction(99, 160), 2, true),
            ([change(100, removed: 60, added: 0)], junction(99, 160, (.plus, .plus)), 2, true),
        ] as [([ObservedCall], StructuralVariant?, Int, Bool)])
    func oneEvent(calls: [ObservedCall], junction: StructuralVariant?, hits: Int, isBiallelic: Bool) {
        let rule = TwoHitRule(profile: Self.profile(2, 1), purity: nil, isMale: false)
        let status = rule.status(
            of: "TP53", pathogenic: calls, dosage: nil, broken: junction.map { [Self.broken($0)] } ?? [])
        #expect(status.hits.count == hits && (status.status == .biallelic) == isBiallelic, "\(status)")
        let turned = rule.status(
            of: "TP53", pathogenic: calls.reversed(), dosage: nil,
            broken: junction.map { [Self.broken($0)] } ?? [])
        #expect(turned == status)
    }

    @Test("of several rearrangements none must have unknown copies, in whatever order they stand")
    func manyBreaks() {
        let one = Self.broken(Self.junction(99, 160), copies: 1), other = Self.broken(Self.junction(300, 500))
        let rule = TwoHitRule(profile: Self.profile(2, 1), purity: nil, isMale: false)
        for broken in [[one, other], [other, one]] {
            let status = rule.status(of: "TP53", pathogenic: [], dosage: nil, broken: broken)
            #expect(status.status == .unknown, "\(status)")
        }
    }
}
