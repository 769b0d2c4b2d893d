import Genome
import Testing
import Variants

@Suite struct CallFiltersTests {
    private func use(_ filters: [String]) -> FilterUse {
        var use = FilterUse()
        for filter in filters {
            guard let record = VCFRecord(line: "1\t1\t.\tA\tC\t.\t\(filter)\t.") else { continue }
            use.add(record.filterState)
        }
        return use
    }

    @Test(
        "a point passes only where the file never says PASS, or the user says so",
        arguments: [
            ([".", "."], false, true), ([".", "q10"], false, true), (["PASS", "."], false, false),
            (["PASS", "."], true, true), (["q10", ""], false, true), (["PASS"], false, false),
        ])
    func unfiltered(filters: [String], told: Bool, expected: Bool) throws {
        let rule = use(filters).rule(unfilteredIsPass: told)
        let point = try #require(VCFRecord(line: "1\t1\t.\tA\tC\t.\t.\t."))
        let pass = try #require(VCFRecord(line: "1\t1\t.\tA\tC\t.\tPASS\t."))
        let failed = try #require(VCFRecord(line: "1\t1\t.\tA\tC\t.\tPASS;q10\t."))
        #expect(rule.isPass(point.filterState) == expected)
        #expect(rule.isPass(pass.filterState) && !rule.isPass(failed.filterState))
    }

    @Test("parts of a file add up, and a mixture is told")
    func merge() {
        var first = use(["PASS", "q10"])
        first.merge(use([".", "."]))
        #expect((first.passed, first.unfiltered, first.filtered) == (1, 2, 1))
        #expect(first.warning() == "FILTER is PASS in 1 records and . in 2; only PASS is counted")
        #expect(first.warning(unfilteredIsPass: true) == nil)
    }
}

@Suite struct KeySketchTests {
    private func variants(_ range: Range<Int>) -> [Variant] {
        range.map {
            Variant(contig: Contig("\($0 % 22 + 1)"), position: $0 * 97, reference: "A", alternate: "C")
        }
    }

    private func sketch(_ variants: some Sequence<Variant>, capacity: Int) -> KeySketch {
        var sketch = KeySketch(capacity: capacity)
        for variant in variants { sketch.insert(variant) }
        return sketch
    }

    @Test("small sets are compared exactly")
    func exact() {
        let somatic = sketch(variants(0..<100), capacity: 1000)
        let germline = sketch(variants(90..<500), capacity: 1000)
        #expect(somatic.overlapFraction(with: germline) == 0.1)
        #expect(somatic.comparable(with: germline) == 100)
        #expect(somatic.contains(variants(5..<6)[0]) && !somatic.contains(variants(100..<101)[0]))
        #expect(KeySketch().overlapFraction(with: germline) == nil)
        #expect(somatic.overlapFraction(with: KeySketch()) == 0)
    }

    @Test(
        "the sample depends on the variants, not on their order or number", arguments: [1, 2, 3] as [UInt64])
    func order(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let all = variants(0..<5000)
        let shuffled = (all + all.prefix(700)).shuffled(using: &random)
        #expect(sketch(all, capacity: 256) == sketch(shuffled, capacity: 256), "seed \(seed)")
        #expect(sketch(all, capacity: 256).count == 256)
    }

    @Test("large sets are estimated", arguments: [0.05, 0.3, 0.8])
    func estimate(fraction: Double) throws {
        let shared = Int(20_000 * fraction)
        let somatic = sketch(variants(0..<20_000), capacity: 4096)
        let germline = sketch(variants((20_000 - shared)..<60_000), capacity: 4096)
        let found = try #require(somatic.overlapFraction(with: germline))
        #expect(somatic.comparable(with: germline) > 800)
        #expect(abs(found - fraction) < 0.06)
    }
}

@Suite struct SexCheckTests {
    private func check(het: Int, hom: Int, assembly: Assembly? = .grch38) -> SexCheck {
        var check = SexCheck(assembly: assembly)
        let x = Contig("chrX")
        let position = 50_000_000
        for _ in 0..<het { check.add(Genotype(alleles: [0, 1], isPhased: false), on: x, position: position) }
        for _ in 0..<hom { check.add(Genotype(alleles: [1, 1], isPhased: false), on: x, position: position) }
        return check
    }

    @Test(
        "heterozygous genotypes on X mean two of it",
        arguments: [
            (1, 99, SexCheck.Call.male), (60, 40, .female), (20, 80, .unclear), (5, 5, .unclear),
            (30, 70, .female),
            (15, 85, .male),
        ])
    func call(het: Int, hom: Int, expected: SexCheck.Call) {
        #expect(check(het: het, hom: hom).call == expected)
    }

    @Test("REF, missing and pseudo-autosomal genotypes and other contigs are not counted; one copy is")
    func counted() {
        var check = SexCheck(assembly: .grch38)
        let het = Genotype(alleles: [0, 1], isPhased: false)
        check.add(het, on: Contig("X"), position: 1_000_000)
        check.add(het, on: Contig("X"), position: 155_800_000)
        check.add(het, on: Contig("7"), position: 50_000_000)
        check.add(Genotype(alleles: [0, 0], isPhased: false), on: Contig("X"), position: 50_000_000)
        check.add(Genotype(alleles: [nil, 1], isPhased: false), on: Contig("X"), position: 50_000_000)
        #expect((check.heterozygous, check.homozygous) == (0, 0))
        check.add(Genotype(alleles: [1], isPhased: true), on: Contig("X"), position: 50_000_000)
        #expect(check.homozygous == 1)
    }

    @Test("a stated sex that X contradicts is a warning")
    func stated() {
        let female = check(het: 60, hom: 40)
        #expect(female.warning(stated: "female") == nil)
        #expect(female.warning(stated: "unknown") == nil)
        #expect(check(het: 5, hom: 5).warning(stated: "male") == nil)
        #expect(
            female.warning(stated: "Male")
                == "stated sex is male, but 60 of 100 non-reference genotypes on X are heterozygous, as in a female"
        )
    }
}
