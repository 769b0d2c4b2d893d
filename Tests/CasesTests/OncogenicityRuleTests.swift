import Cases
import Consequences
import Genome
import Knowledge
import Testing
import Variants

@Suite("Oncogenicity by points")
struct OncogenicityRuleTests {
    private static func rule(_ scale: OncogenicityRule.Scale = .published) throws -> OncogenicityRule {
        let table = """
            Hugo_Symbol\tAmino_Acid_Position\tMutation_Count\tReference_Amino_Acid\tVariant_Amino_Acid
            ONC\t600\t897\tV:897\tE:833|R:4
            ONC\t10\t30\tA:30\tT:12

            """
        return OncogenicityRule(
            roles: ["ONC": .oncogene, "SUP": .tumorSuppressor, "TWO": .both],
            hotspots: try HotspotTable(bytes: Array(table.utf8), file: "hotspots.tsv"), scale: scale)
    }

    private static func call(
        _ gene: String, _ protein: String, _ term: SequenceOntologyTerm, frequency: Double? = nil,
        hasFrequencies: Bool = false
    ) -> ObservedCall {
        var call = ObservedCall(
            variant: Variant(contig: Contig("1"), oneBased: 5, reference: "A", alternate: "T"),
            locus: "1:5 A>T",
            origin: .somatic, call: SampleCall(), isPass: true, filters: "PASS")
        call.gene = gene
        call.reported = Consequence(
            gene: gene, transcript: "T", terms: [term], proteinName: protein,
            proteinChange: ProteinChange(hgvs: protein))
        call.populationFrequency = frequency
        call.hasPopulationFrequencies = hasFrequencies
        return call
    }

    @Test(
        "codes, points and class",
        arguments: [
            ("SUP", "p.Arg2Ter", SequenceOntologyTerm.stopGained, ["OVS1"], 8, "likely_oncogenic"),
            ("TWO", "p.Arg2SerfsTer4", .frameshiftVariant, ["OVS1"], 8, "likely_oncogenic"),
            ("SUP", "", .spliceDonorVariant, ["OVS1"], 8, "likely_oncogenic"),
            ("ONC", "p.Arg2Ter", .stopGained, [], 0, "uncertain"),
            ("OTHER", "p.Arg2Ter", .stopGained, [], 0, "uncertain"),
            ("ONC", "p.Val600Glu", .missenseVariant, ["OS3"], 4, "uncertain"),
            ("ONC", "p.Val600Arg", .missenseVariant, ["OP3"], 1, "uncertain"),
            ("ONC", "p.Val600Trp", .missenseVariant, [], 0, "uncertain"),
            ("ONC", "p.Ala10Thr", .missenseVariant, ["OM3"], 2, "uncertain"),
            ("ONC", "p.Gly10Thr", .missenseVariant, [], 0, "uncertain"),
            ("ONC", "p.Lys5del", .inframeDeletion, ["OM2"], 2, "uncertain"),
            ("SUP", "p.Ter9TrpextTer3", .stopLost, ["OM2"], 2, "uncertain"),
            ("ONC", "p.Ter9TrpextTer3", .stopLost, [], 0, "uncertain"),
            ("OTHER", "p.Lys5del", .inframeDeletion, [], 0, "uncertain"),
        ])
    func codes(
        gene: String, protein: String, term: SequenceOntologyTerm, codes: [String], points: Int, name: String
    ) throws {
        let found = try #require(try Self.rule().assess(Self.call(gene, protein, term)))
        #expect(found.codes == codes && found.points == points && found.classification == name, "\(found)")
    }

    @Test(
        "population frequencies, where the annotation has them",
        arguments: [
            (nil, false, [], 4), (nil, true, ["OP4"], 5), (0.005, true, [], 4), (0.02, true, ["SBS1"], 0),
            (0.06, true, ["SBVS1"], -4),
        ] as [(Double?, Bool, [String], Int)])
    func population(frequency: Double?, hasFrequencies: Bool, more: [String], points: Int) throws {
        let call = Self.call(
            "ONC", "p.Val600Glu", .missenseVariant, frequency: frequency, hasFrequencies: hasFrequencies)
        let found = try #require(try Self.rule().assess(call))
        #expect(found.codes == ["OS3"] + more && found.points == points)
        #expect(found.classification == (points < 0 ? "likely_benign" : "uncertain"))
        // PCGR takes 5 points for likely.
        #expect(try Self.rule(.pcgr).assess(call)?.isLikely == (points == 5))
    }

    @Test("a germline call, and one of unknown consequence, is not classified")
    func none() throws {
        var call = Self.call("SUP", "p.Arg2Ter", .stopGained)
        call.origin = .germline
        #expect(try Self.rule().assess(call) == nil)
        call.origin = .somatic
        call.reported = nil
        #expect(try Self.rule().assess(call) == nil)
    }
}
