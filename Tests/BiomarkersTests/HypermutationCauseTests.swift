import Genome
import Testing

@testable import Biomarkers

@Suite("Causes of hypermutation")
struct HypermutationCauseTests {
    static func signatures(_ shares: [String: Double]) -> SignatureResult {
        var result = SignatureResult(reason: "none")
        result.exposures = shares.map {
            .init(
                signature: $0.key, mutations: $0.value * 1000, fraction: $0.value,
                interval90: [$0.value * 900, $0.value * 1100], isPresent: $0.value > 0.05)
        }.sorted { $0.mutations > $1.mutations }
        return result
    }

    @Test(
        "a cause is named where its evidence is there",
        arguments: [
            (9.9, ["SBS4": 0.9], false, ""), (20, ["SBS4": 0.9], false, "tobacco"),
            (20, ["SBS4": 0.1], false, ""),
            (20, ["SBS7a": 0.15, "SBS7b": 0.1], false, "UV light"),
            (20, ["SBS11": 0.6], false, "temozolomide"),
            (20, ["SBS2": 0.12, "SBS13": 0.1, "SBS4": 0.1], false, "APOBEC"),
            (20, ["SBS11": 0.04, "SBS5": 0.03], false, ""),
            (20, ["SBS5": 0.9], true, "mismatch repair"),
            (20, ["SBS15": 0.3], false, "mismatch repair"),
            (20, ["SBS11": 0.5, "SBS26": 0.25], false, "mismatch repair, temozolomide"),
        ])
    func causes(burden: Double, shares: [String: Double], isUnstable: Bool, cause: String) {
        var msi = MicrosatelliteInstability(reason: "")
        if isUnstable { (msi.classification, msi.indelsPerMegabase) = ("MSI", 20) }
        let found = HypermutationCause(
            burden: burden, msi: msi, hotspots: [], profile: nil, signatures: Self.signatures(shares)
        ).statement
        #expect(found.cause == cause && found.isHypermutated == (burden >= 10))
        #expect(found.evidence.isEmpty == (burden < 10))
    }

    @Test("signatures that make the catalogue badly name no cause")
    func badFit() {
        for name in ["SBS4", "SBS11", "SBS15"] {
            var signatures = Self.signatures([name: 0.9])
            (signatures.status, signatures.statusReason) = (.lowConfidence, "a cosine of 0.5 only")
            let found = HypermutationCause(
                burden: 20, msi: .init(reason: ""), hotspots: [], profile: nil, signatures: signatures
            ).statement
            #expect(found.isHypermutated && found.cause.isEmpty)
            #expect(found.evidence.contains { $0.contains("a cosine of 0.5 only") })
        }
    }

    @Test("a burden that is not computable or an upper bound says neither yes nor no")
    func notTold() {
        for (burden, isUpperBound, isTold) in [(nil, false, false), (20, true, false), (5, true, true)]
            as [(Double?, Bool, Bool)]
        {
            let found = HypermutationCause(
                burden: burden, msi: .init(reason: ""), hotspots: [], profile: nil,
                signatures: Self.signatures(["SBS4": 0.9]), isUpperBound: isUpperBound
            ).statement
            #expect(!found.isHypermutated && found.cause.isEmpty)
            #expect(found.evidence.contains { $0.hasPrefix("not told") } != isTold)
        }
    }

    @Test("POLE needs a hotspot and the pattern; either alone is told and named nothing")
    func pole() {
        func statement(_ hotspots: [String], _ counts: [(UInt8, UInt8, Int)], burden: Double = 200)
            -> BiomarkerReport.Hypermutation
        {
            var profile = SomaticProfile()
            for (from, to, count) in counts {
                let sequence = ContigSequence(start: 4, letters: [65, from, 65])
                for _ in 0..<count { profile.add(1, at: 5, (from, to), vaf: 0.3, in: sequence) }
            }
            return HypermutationCause(
                burden: burden, msi: .init(reason: ""), hotspots: hotspots, profile: profile,
                signatures: .init(reason: "none given")
            ).statement
        }
        let (c, a, t, g) = (UInt8(ascii: "C"), UInt8(ascii: "A"), UInt8(ascii: "T"), UInt8(ascii: "G"))
        let pattern = [(c, a, 300), (t, g, 60), (c, t, 640)]
        #expect(statement(["p.P286R"], pattern).cause == "POLE")
        #expect(statement([], pattern).cause.isEmpty)
        #expect(statement(["p.P286R"], [(c, t, 1000)]).cause.isEmpty)
        #expect(statement(["p.P286R"], pattern, burden: 99).cause.isEmpty)
        #expect(statement(["p.P286R"], pattern + [(c, g, 7)]).cause.isEmpty)
        #expect(statement(["p.V411L"], [(c, t, 9)]).evidence.contains { $0.contains("POLE p.V411L without") })
    }

    @Test("a gene of mismatch repair hit on both copies and stable repeats contradict each other")
    func contradiction() {
        var msi = MicrosatelliteInstability(reason: "")
        (msi.status, msi.classification) = (.ok, "MSS")
        let hit = GeneStatus(gene: "MSH6", status: .biallelic, hits: [], reason: "")
        let one = GeneStatus(gene: "MSH6", status: .monoallelic, hits: [], reason: "")
        #expect(msi.joined(with: [one]).classification == "MSS")
        let joined = msi.joined(with: [hit])
        #expect(
            joined.classification == "uncertain" && joined.isUnstable == nil
                && joined.statusReason.contains("MSH6"))
        msi.classification = "MSI"
        #expect(msi.joined(with: [hit]).classification == "MSI")
    }
}

@Suite("Shares of coding variants, and burden beside PD-L1")
struct BurdenPartsTests {
    @Test("coding insertions and deletions are told apart from substitutions")
    func fractions() throws {
        var counter = BurdenCounter(usesDefaultFilters: false)
        for number in 0..<30 {
            var variant = BurdenVariant()
            (variant.isCoding, variant.isIndel) = (number < 20, number.isMultiple(of: 4))
            counter.add(variant)
        }
        var fields = BurdenFields()
        fields.hasAnnotation = true
        var context = BurdenCounter.Context(fields: fields)
        context.callableMegabases = 2
        let burden = counter.results(context).first { $0.id == "tmb_coding_all" }
        let found = try #require(
            MicrosatelliteInstability.Fractions(
                burden, codingIndels: counter.codingIndels, alteredGenes: ["POLE"]))
        #expect(found.codingVariants == 20 && found.codingIndels == 5 && found.codingIndelFraction == 0.25)
        #expect(found.codingSubstitutionsPerMegabase == 7.5 && found.codingIndelsPerMegabase == 2.5)
        #expect(MicrosatelliteInstability.Fractions(nil, codingIndels: 0, alteredGenes: []) == nil)
    }

    @Test(
        "groups of the proportion score",
        arguments: [(0, "<1"), (1, "1-49"), (49, "1-49"), (50, ">=50"), (100, ">=50")])
    func groups(score: Int, group: String) {
        let found = BurdenByPDL1(nil, tumorProportionScore: score)
        #expect(found.group == group && found.burden == "unknown")
    }
}
