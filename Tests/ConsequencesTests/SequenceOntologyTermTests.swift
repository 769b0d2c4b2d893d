import Consequences
import Testing

@Test(
    "the more severe term sorts first",
    arguments: [
        (SequenceOntologyTerm.transcriptAblation, SequenceOntologyTerm.spliceAcceptorVariant),
        (.spliceAcceptorVariant, .spliceDonorVariant), (.spliceDonorVariant, .stopGained),
        (.stopGained, .frameshiftVariant), (.frameshiftVariant, .stopLost), (.stopLost, .startLost),
        (.startLost, .inframeInsertion), (.inframeInsertion, .inframeDeletion),
        (.inframeDeletion, .missenseVariant),
        (.missenseVariant, .proteinAlteringVariant), (.proteinAlteringVariant, .spliceRegionVariant),
        (.spliceDonorFifthBaseVariant, .spliceRegionVariant), (.spliceRegionVariant, .synonymousVariant),
        (.synonymousVariant, .fivePrimeUTRVariant), (.threePrimeUTRVariant, .intronVariant),
        (.intronVariant, .upstreamGeneVariant), (.downstreamGeneVariant, .intergenicVariant),
        (.stopGained, .missenseVariant), (.spliceDonorVariant, .synonymousVariant),
    ])
func severity(worse: SequenceOntologyTerm, milder: SequenceOntologyTerm) {
    #expect(worse < milder)
    #expect(!(milder < worse))
}

@Test(
    "impacts are VEP's",
    arguments: [
        (SequenceOntologyTerm.stopGained, SequenceOntologyTerm.Impact.high), (.frameshiftVariant, .high),
        (.spliceDonorVariant, .high), (.startLost, .high), (.transcriptAmplification, .high),
        (.inframeInsertion, .moderate), (.missenseVariant, .moderate), (.proteinAlteringVariant, .moderate),
        (.spliceDonorFifthBaseVariant, .low), (.spliceRegionVariant, .low), (.synonymousVariant, .low),
        (.stopRetainedVariant, .low), (.codingSequenceVariant, .modifier), (.fivePrimeUTRVariant, .modifier),
        (.intronVariant, .modifier), (.intergenicVariant, .modifier), (.upstreamGeneVariant, .modifier),
    ])
func impacts(term: SequenceOntologyTerm, impact: SequenceOntologyTerm.Impact) {
    #expect(term.impact == impact)
}

@Test("every term is read from its own name", arguments: SequenceOntologyTerm.allCases)
func readsItself(term: SequenceOntologyTerm) {
    #expect(SequenceOntologyTerm(reading: term.rawValue) == term)
}

@Test(
    "other tools' words are mapped",
    arguments: [
        ("missense", SequenceOntologyTerm.missenseVariant), ("frameshift", .frameshiftVariant),
        ("splice_region", .spliceRegionVariant), ("3_prime_utr", .threePrimeUTRVariant),
        ("non_coding", .nonCodingTranscriptExonVariant), ("inframe_altering", .proteinAlteringVariant),
        ("synonymous", .synonymousVariant), ("intron", .intronVariant),
        ("intergenic_region", .intergenicVariant),
        ("disruptive_inframe_deletion", .inframeDeletion),
        ("conservative_inframe_insertion", .inframeInsertion),
        ("initiator_codon_variant", .startRetainedVariant), ("stop_retained", .stopRetainedVariant),
    ])
func readsOthers(word: String, term: SequenceOntologyTerm) {
    #expect(SequenceOntologyTerm(reading: word) == term)
}

@Test("a word that is no consequence is not read", arguments: ["", "PASS", "coding_exon", "variant"])
func refusesWords(word: String) {
    #expect(SequenceOntologyTerm(reading: word) == nil)
}
