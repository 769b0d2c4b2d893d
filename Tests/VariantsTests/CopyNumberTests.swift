import Genome
import Testing
import Variants

@Suite("Copy number of genes")
struct CopyNumberTests {
    static func segment(
        _ start: Int, _ end: Int, _ total: Double?, _ minor: Double? = nil, contig: String = "1"
    )
        -> CopyNumberSegment
    {
        CopyNumberSegment(
            interval: GenomicInterval(contig: Contig(contig), zeroBased: start..<end), total: total,
            minor: minor)
    }

    static let profile = CopyNumberProfile([
        segment(200, 300, 0.1, 0), segment(0, 100, 2, 1), segment(100, 200, 4, 1.5), segment(400, 500, nil),
        segment(500, 600, 3),
    ])

    @Test("a gene has the fewest and most copies of its exons and their mean")
    func gene() throws {
        let gene = try #require(Self.profile.copyNumber(of: [50..<60, 150..<180], on: Contig("1")))
        #expect((gene.minimum, gene.maximum, gene.minorMinimum) == (2, 4, 1))
        #expect(gene.mean == 3.5 && gene.coveredFraction == 1)
        let edge = try #require(Self.profile.copyNumber(of: [290..<310], on: Contig("1")))
        #expect(edge.coveredFraction == 0.5 && edge.minimum == 0.1)
        #expect(try #require(Self.profile.copyNumber(of: [550..<560], on: Contig("1"))).minorMinimum == nil)
    }

    @Test("what no segment covers, or has no number for, has no copy number")
    func gaps() {
        #expect(Self.profile.copyNumber(of: [320..<330], on: Contig("1")) == nil)
        #expect(Self.profile.copyNumber(of: [420..<430], on: Contig("1")) == nil)
        #expect(Self.profile.copyNumber(of: [0..<10], on: Contig("2")) == nil)
        #expect(Self.profile.segment(at: 420, on: Contig("1")) == nil)
        #expect(CopyNumberProfile([]).meanPloidy == nil && CopyNumberProfile([]).isWholeGenomeDoubled == nil)
    }

    @Test("segments that share a base are counted once there")
    func overlap() throws {
        let profile = CopyNumberProfile([Self.segment(0, 60, 2), Self.segment(50, 100, 4)])
        let gene = try #require(profile.copyNumber(of: [40..<80], on: Contig("1")))
        #expect(gene.mean == 3 && gene.coveredFraction == 1)
    }

    @Test(
        "the rules disagree as their authors mean them to",
        arguments: [
            (CopyNumberRule.ours, "ERBB2", 9.5, 3.1, false, CopyNumberRule.Event?.some(.amplification)),
            (.purple, "ERBB2", 9.5, 3.1, false, .amplification),
            (.pcgr, "ERBB2", 7, 3.1, false, .amplification),
            (.purple, "ERBB2", 7, 3.1, false, nil), (.ours, "ERBB2", 7, 3.1, false, .gain),
            (.ours, "ERBB2", 9.3, 3.1, false, .amplification), (.purple, "ERBB2", 9.3, 3.1, false, nil),
            (.ours, "ERBB2", 5.9, 1.5, false, .gain), (.ours, "AR", 6, 3.1, true, .amplification),
            (.purple, "AR", 4.8, 3.1, true, .amplification),
            (.ours, "PTEN", 0.49, 2, false, .homozygousDeletion),
            (.ours, "PTEN", 0.5, 2, false, .loss), (.pcgr, "PTEN", 0.49, 2, false, .homozygousDeletion),
            (.pcgr, "PTEN", 0.6, 2, false, .loss), (.ours, "AR", 1, 2, true, nil),
            (.ours, "TP53", 1.5, 2, false, nil),
        ])
    func rules(
        rule: CopyNumberRule, gene: String, copies: Double, ploidy: Double, isSingle: Bool,
        event: CopyNumberRule.Event?
    ) {
        let interval = GenomicInterval(contig: Contig("1"), zeroBased: 0..<10)
        let call = rule.call(
            gene,
            GeneCopyNumber(
                minimum: copies, maximum: copies, mean: copies, minorMinimum: 0, coveredFraction: 1,
                lowest: interval, highest: interval), ploidy: ploidy, isSingle: isSingle)
        #expect(call.event == event)
        #expect(call.rule.isEmpty == (event == nil))
    }

    @Test(
        "a part of BRAF may be amplified in PURPLE's rule, a part of ERBB2 not", arguments: ["BRAF", "ERBB2"])
    func partial(gene: String) {
        let interval = GenomicInterval(contig: Contig("1"), zeroBased: 0..<10)
        let copies = GeneCopyNumber(
            minimum: 2, maximum: 20, mean: 4, minorMinimum: 1, coveredFraction: 1, lowest: interval,
            highest: interval)
        let event = CopyNumberRule.purple.call(gene, copies, ploidy: 2, isSingle: false).event
        #expect((event == .amplification) == (gene == "BRAF"))
    }

    @Test(
        "the fraction of reads to expect, and back to copies",
        arguments: [
            (2.0, 1.0, 0.0, 0.3), (2, 2, 0, 0.6), (1, 1, 0, 0.429), (4, 1, 0, 0.188), (2, 1, 1, 0.5),
            (1, 1, 1, 0.714), (2, 2, 1, 0.8), (1, 0, 1, 0.286),
        ])
    func alleleFractions(copies: Double, mutated: Double, inherited: Double, expected: Double) throws {
        let dosage = AlleleDosage(purity: 0.6, tumorCopies: copies)
        let vaf = try #require(dosage.expectedVAF(mutated: mutated, inherited: inherited))
        #expect(abs(vaf - expected) < 0.000_501)
        let back = try #require(dosage.mutatedCopies(vaf: vaf, inherited: inherited))
        #expect(abs(back - mutated) < 1e-9)
    }

    @Test(
        "the probability that an allele is lost",
        arguments: [(0.0, 1.0), (0.25, 0.99995), (0.5, 0.5), (0.75, 0.00005), (1, 0)])
    func loss(minor: Double, expected: Double) {
        #expect(abs(AlleleDosage.lossProbability(minorCopies: minor) - expected) < 0.000_005)
    }

    @Test("all copies mutated and one allele lost is biallelic, one of two is not, no read is not")
    func biallelic() {
        func probability(_ copies: Double, _ minor: Double, _ variant: Double, _ reads: Int) -> Double {
            AlleleDosage.biallelicProbability(
                copies: copies, minorCopies: minor, variantCopies: variant, alternateReads: reads)
        }
        #expect(probability(2, 0, 2, 80) >= 0.5)
        #expect(probability(2, 1, 1, 40) < 0.5)
        #expect(probability(2, 0, 2, 0) == 0)
        #expect(probability(2, 0, 0.01, 1_000_000).isFinite)
    }
}
