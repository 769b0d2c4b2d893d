import Consequences
import Testing

@Test(
    "terms and protein change give the class of a criterion",
    arguments: [
        ("missense_variant&splice_region_variant", "p.V600E", ConsequenceClass.missense),
        ("inframe_deletion", "p.E746_A750del", .inframeDeletion),
        ("inframe_deletion", "p.L747_A750delinsP", .inframeDelins),
        ("protein_altering_variant", "p.I669_T670delinsMI", .missense),
        ("protein_altering_variant", "", .inframeDelins),
        ("inframe_insertion", "p.A767_V769dup", .inframeInsertion),
        ("stop_gained&inframe_insertion", "p.T125_Y126ins*", .nonsense),
        ("stop_gained", "p.R213*", .nonsense),
        ("frameshift_variant", "p.L414Sfs*42", .frameshift),
        ("frameshift_variant&start_lost", "p.M1?", .startLost),
        ("frameshift_variant&stop_lost", "p.*1864Cfs*4", .stopLost), ("start_lost", "p.M1?", .startLost),
        ("splice_donor_variant&coding_sequence_variant", "", .splice),
        ("splice_region_variant&intron_variant", "", .other),
        ("stop_retained_variant", "p.*189=", .synonymous), ("upstream_gene_variant", "", .promoter),
        ("5_prime_UTR_variant", "", .other), ("", "p.V600E", .missense), ("", "", .other),
        ("stop_lost", "p.*636Rext*13", .stopLost), ("synonymous_variant", "p.W24=", .synonymous),
    ])
func criterionClass(terms: String, name: String, expected: ConsequenceClass) {
    let consequence = Consequence(
        gene: "G", transcript: "T", terms: SequenceOntologyTerm.list(reading: terms),
        proteinChange: ProteinChange(hgvs: name))
    #expect(consequence.consequenceClass == expected)
}

@Test("nonsense, frameshift, splice and start lost are loss of function")
func lossOfFunction() {
    #expect(
        ConsequenceClass.allCases.filter(\.isLossOfFunction) == [.nonsense, .frameshift, .splice, .startLost])
}

@Test(
    "terms decide what counts for mutational burden",
    arguments: [
        ("missense_variant", true, true, true), ("splice_donor_variant&intron_variant", true, true, false),
        ("stop_gained&missense_variant", true, true, false), ("synonymous_variant", false, true, false),
        ("stop_retained_variant", false, true, false), ("coding_sequence_variant", false, true, false),
        ("splice_region_variant&intron_variant", false, false, false),
        ("protein_altering_variant", true, true, false),
        ("upstream_gene_variant", false, false, false), ("", false, false, false),
    ])
func codingEffect(terms: String, isNonSynonymous: Bool, isCoding: Bool, isMissense: Bool) {
    let effect = CodingEffect(terms: SequenceOntologyTerm.list(reading: terms))
    #expect(effect.isNonSynonymous == isNonSynonymous)
    #expect(effect.isCoding == isCoding)
    #expect(effect.isMissense == isMissense)
}

@Test("one consequence per gene is reported: MANE, canonical, coding, severity, id")
func reported() {
    func make(
        _ gene: String, _ id: String, _ term: SequenceOntologyTerm,
        _ change: (inout Consequence) -> Void = { _ in }
    )
        -> Consequence
    {
        var consequence = Consequence(gene: gene, transcript: id, terms: [term])
        change(&consequence)
        return consequence
    }
    let all = [
        make("BRAF", "T3", .stopGained),
        make("BRAF", "T2", .missenseVariant) { $0.isMANEPlusClinical = true },
        make("BRAF", "T1", .missenseVariant) { $0.isMANESelect = true },
        make("BRAF", "T0", .spliceDonorVariant) { $0.isCanonical = true },
        make("TP53", "T6", .intronVariant), make("TP53", "T5", .intronVariant),
        make("TP53", "T4", .stopGained) { $0.isProteinCoding = false },
        make("WRAP53", "T8", .upstreamGeneVariant), make("WRAP53", "T9", .missenseVariant),
    ]
    #expect(all.reported().map(\.transcript) == ["T1", "T9", "T5"])
    #expect(all.reversed().reported() == all.reported())
}
