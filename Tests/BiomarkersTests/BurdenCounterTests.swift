import Biomarkers
import Testing

@Suite("Tumor mutational burden")
struct BurdenCounterTests {
    /// Worked numbers of the specification: count, Mb, value, interval.
    @Test(
        "the exact Poisson interval agrees with worked numbers",
        arguments: [
            (412, 32.61, 12.63, 11.44, 13.92), (338, 32.61, 10.36, 9.29, 11.53), (12, 1.1, 10.9, 5.6, 19.1),
        ])
    func interval(count: Int, megabases: Double, value: Double, lower: Double, upper: Double) {
        let exact = PoissonInterval.interval95(count: count)
        let digits = megabases < 2 ? 0.05 : 0.005
        #expect(abs(Double(count) / megabases - value) <= digits)
        #expect(abs(exact.lower / megabases - lower) <= digits)
        #expect(abs(exact.upper / megabases - upper) <= digits)
    }

    @Test("no variants give an interval from 0 to 3.69")
    func zero() {
        let exact = PoissonInterval.interval95(count: 0)
        #expect(exact.lower == 0)
        #expect(abs(exact.upper - 3.688879454113936) < 1e-9)
    }

    @Test("phased changes that act as one are one variant where the effect counts, and leave no empty reason")
    func replaced() {
        var part = BurdenVariant()
        (part.isCoding, part.isNonsynonymous, part.isMissense, part.isMissenseAnywhere) = (
            true, true, true, true
        )
        (part.tumorDepth, part.tumorAlternateDepth, part.tumorVAF) = (40, 2, 0.3)
        var whole = part
        whole.tumorAlternateDepth = 8
        var counter = BurdenCounter(usesDefaultFilters: true)
        counter.add(part)
        counter.add(whole)
        counter.replace([part, whole], by: whole)
        var context = BurdenCounter.Context(fields: Self.allFields)
        context.callableMegabases = 1
        let results = Dictionary(uniqueKeysWithValues: counter.results(context).map { ($0.id, $0) })
        #expect(results["tmb_missense"]?.variants == 1 && results["tmb_missense"]?.dropped == [:])
        #expect(results["tmb_genome_hmf"]?.variants == 2 && results["tml_hmf"]?.variants == 1)
    }

    @Test("338 in 32.61 Mb is high and borderline, 412 is high and not")
    func borderline() {
        for (count, isBorderline) in [(338, true), (412, false)] {
            let burden = burdens(count: count)["tmb_nonsyn_gel"]
            #expect(burden?.classification == "high")
            #expect(burden?.isBorderline == isBorderline)
        }
    }

    @Test("a field that the input lacks is skipped, named, and lowers the confidence")
    func skippedFilter() {
        var fields = Self.allFields
        fields.hasTumorDepth = false
        let burden = burdens(count: 30, fields: fields)["tmb_coding_nonsyn"]
        #expect(burden?.status == .lowConfidence)
        #expect(burden?.filter.contains("skipped, field not in the input: tumor depth >= 10") == true)
    }

    @Test(
        "each default filter drops its variant and counts it",
        arguments: ["not_pass", "depth", "alternate_reads", "vaf", "population_frequency", "mitochondrial"])
    func filters(reason: String) {
        var variant = Self.nonsynonymous
        switch reason {
        case "not_pass": variant.isPass = false
        case "depth": variant.tumorDepth = 9
        case "alternate_reads": variant.tumorAlternateDepth = 2
        case "vaf": variant.tumorVAF = 0.0499
        case "population_frequency": variant.populationFrequency = 0.001
        default: variant.isMitochondrial = true
        }
        var counter = BurdenCounter(usesDefaultFilters: true)
        counter.add(variant)
        let result = counter.results(.init(fields: Self.allFields)).first { $0.id == "tmb_coding_nonsyn" }
        #expect(result?.variants == 0)
        #expect(result?.dropped == [reason: 1])
    }

    @Test("two of the normal's limits are alternatives: few reads or a small fraction is enough")
    func normal() {
        for (vaf, reads, isCounted) in [(0.03, 2, true), (0.02, 5, true), (0.03, 3, false)] {
            var variant = Self.nonsynonymous
            variant.normalVAF = vaf
            variant.normalAlternateDepth = reads
            var counter = BurdenCounter(usesDefaultFilters: true)
            counter.add(variant)
            let result = counter.results(.init(fields: Self.allFields)).first { $0.id == "tmb_coding_nonsyn" }
            #expect(result?.variants == (isCounted ? 1 : 0))
        }
    }

    @Test("the genome-wide burden divides by 2859 Mb")
    func genomeWide() {
        var counter = BurdenCounter(usesDefaultFilters: true)
        for _ in 0..<51_234 { counter.add(BurdenVariant()) }
        let result = counter.results(.init(fields: Self.allFields)).first { $0.id == "tmb_genome_hmf" }
        #expect(abs((result?.value ?? 0) - 17.92) < 0.005)
        #expect(result?.denominatorSource == "fixed")
    }

    @Test("without annotation a coding burden is not computable and has no value")
    func notAnnotated() {
        var fields = Self.allFields
        fields.hasAnnotation = false
        let burden = burdens(count: 5, fields: fields)["tmb_coding_nonsyn"]
        #expect(burden?.status == .notComputable)
        #expect(burden?.value == nil)
    }

    @Test("tumor-only without population frequencies gives no coding burden, with them an upper bound")
    func tumorOnly() {
        var fields = Self.allFields
        #expect(
            burdens(count: 30, fields: fields, isTumorOnly: true)["tmb_coding_nonsyn"]?.status
                == .lowConfidence)
        func classification(_ count: Int, isTumorOnly: Bool) -> String? {
            burdens(count: count, fields: fields, isTumorOnly: isTumorOnly)["tmb_panel_like"]?.classification
        }
        // An upper bound can say "low", never "high".
        #expect(
            classification(400, isTumorOnly: false) == "high" && classification(400, isTumorOnly: true) == nil
        )
        #expect(classification(30, isTumorOnly: true) == "low")
        fields.hasPopulationFrequency = false
        #expect(
            burdens(count: 30, fields: fields, isTumorOnly: true)["tmb_coding_nonsyn"]?.status
                == .notComputable)
    }

    @Test("known drivers do not count in the panel-like burden")
    func panelLike() {
        var variant = Self.nonsynonymous
        variant.isKnownDriver = true
        var counter = BurdenCounter(usesDefaultFilters: true)
        counter.add(variant)
        let results = counter.results(.init(fields: Self.allFields))
        #expect(results.first { $0.id == "tmb_panel_like" }?.variants == 0)
        #expect(results.first { $0.id == "tmb_coding_all" }?.variants == 1)
    }

    private static let nonsynonymous: BurdenVariant = {
        var variant = BurdenVariant()
        variant.isCoding = true
        variant.isNonsynonymous = true
        variant.isMissense = true
        variant.isMissenseAnywhere = true
        variant.tumorDepth = 60
        variant.tumorAlternateDepth = 20
        variant.tumorVAF = 0.33
        return variant
    }()

    private static let allFields: BurdenFields = {
        var fields = BurdenFields()
        fields.hasTumorDepth = true
        fields.hasTumorVAF = true
        fields.hasNormal = true
        fields.hasPopulationFrequency = true
        fields.hasAnnotation = true
        return fields
    }()

    private func burdens(
        count: Int, fields: BurdenFields = allFields, isTumorOnly: Bool = false
    ) -> [String: MutationalBurden] {
        var counter = BurdenCounter(usesDefaultFilters: true)
        for _ in 0..<count { counter.add(Self.nonsynonymous) }
        var context = BurdenCounter.Context(fields: fields)
        context.isTumorOnly = isTumorOnly
        return Dictionary(uniqueKeysWithValues: counter.results(context).map { ($0.id, $0) })
    }
}
