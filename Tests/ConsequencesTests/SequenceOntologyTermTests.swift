import Consequences
import Testing

@Test(
    "the more severe term sorts first",
    arguments: [
        (SequenceOntologyTerm.stopGained, SequenceOntologyTerm.missenseVariant),
        (.spliceAcceptorVariant, .spliceDonorVariant), (.spliceDonorVariant, .synonymousVariant),
        (.downstreamGeneVariant, .tfbsAblation), (.intergenicVariant, .sequenceVariant),
    ])
func severity(worse: SequenceOntologyTerm, milder: SequenceOntologyTerm) {
    #expect(worse < milder)
    #expect(!(milder < worse))
}

@Test("VEP's 41 terms are all there, each with an accession of its own")
func terms() {
    #expect(SequenceOntologyTerm.allCases.count == 41)
    #expect(Set(SequenceOntologyTerm.allCases.map(\.accession)).count == 41)
    for term in SequenceOntologyTerm.allCases {
        #expect(SequenceOntologyTerm(reading: term.rawValue) == term)
        #expect(term.accession.wholeMatch(of: /SO:000[0-9]{4}/) != nil)
    }
    #expect(SequenceOntologyTerm.allCases.filter { $0.impact == .high }.count == 10)
    #expect(SequenceOntologyTerm.allCases.filter { $0.impact == .moderate }.count == 5)
    #expect(SequenceOntologyTerm.allCases.filter { $0.impact == .low }.count == 8)
}

@Test(
    "names of SnpEff and bcftools are read",
    arguments: [
        ("missense", SequenceOntologyTerm.missenseVariant), ("frameshift", .frameshiftVariant),
        ("splice_region", .spliceRegionVariant), ("5_prime_utr", .fivePrimeUTRVariant),
        ("3_prime_utr", .threePrimeUTRVariant), ("intergenic", .intergenicVariant),
        ("start_lost", .startLost),
        ("coding_sequence", .codingSequenceVariant), ("inframe_altering", .proteinAlteringVariant),
        ("non_coding", .nonCodingTranscriptExonVariant), ("stop_retained", .stopRetainedVariant),
        ("splice_donor", .spliceDonorVariant), ("disruptive_inframe_deletion", .inframeDeletion),
        ("conservative_inframe_insertion", .inframeInsertion), ("exon_loss_variant", .transcriptAblation),
        ("initiator_codon_variant", .startLost), ("intergenic_region", .intergenicVariant),
    ])
func otherNames(name: String, term: SequenceOntologyTerm) {
    #expect(SequenceOntologyTerm(reading: name) == term)
}

@Test(
    "names that say nothing about a transcript are ignored",
    arguments: [
        "sequence_feature", "protein_protein_contact", "structural_interaction_variant",
        "bidirectional_gene_fusion",
        "", "nonsense",
    ])
func ignoredNames(name: String) {
    #expect(SequenceOntologyTerm(reading: name) == nil)
}

@Test("a joined list is read most severe first, each term once")
func joined() {
    #expect(
        SequenceOntologyTerm.list(reading: "intron_variant&sequence_feature&splice_donor_variant&intron")
            == [.spliceDonorVariant, .intronVariant])
}
