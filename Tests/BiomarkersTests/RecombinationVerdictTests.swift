import Biomarkers
import Foundation
import Testing

@Test("a case of an earlier version, without scars and genes, is read")
func earlierRecombination() throws {
    let text = #"{"status": "not_computable", "statusReason": "not computed by this version"}"#
    let report = try JSONDecoder().decode(
        BiomarkerReport.HomologousRecombination.self, from: Data(text.utf8))
    #expect(report.sum == nil && report.genes == nil && report.isScarSumHigh == nil)
}

@Test(
    "the verdict on recombination rests on scars and genes together",
    arguments: [
        (60, true, "strong"), (42, true, "strong"), (41, true, "grey"), (20, true, "gene only"),
        (46, false, "supported"), (45, false, "grey"), (38, false, "grey"), (37, false, "none"),
        (nil, true, "gene only"), (nil, false, "not assessable"),
    ])
func recombinationVerdict(sum: Int?, isHit: Bool, verdict: String) {
    let genes = [
        GeneStatus(gene: "BRCA1", status: isHit ? .biallelic : .monoallelic, hits: [], reason: ""),
        GeneStatus(gene: "PALB2", status: .unknown, hits: [], reason: ""),
    ]
    let text = RecombinationVerdict.text(scarSum: sum, genes: genes)
    #expect(text.hasPrefix("\(verdict):"), "\(text)")
    if !isHit, let sum { #expect(text.contains("PALB2") == (sum >= 0)) }
}

@Test(
    "HRDetect's score and instability count in the verdict",
    arguments: [
        (nil, 0.9, false, true, "strong"), (nil, 0.9, false, false, "supported"),
        (nil, 0.6, false, false, "grey"),
        (nil, 0.1, false, false, "none"), (20, 0.9, false, true, "strong"),
        (60, 0.9, true, true, "not assessable"),
    ])
func recombinationScore(
    sum: Int?, probability: Double, isUnstable: Bool, isHit: Bool, verdict: String
) {
    let genes = [GeneStatus(gene: "BRCA2", status: isHit ? .biallelic : .none, hits: [], reason: "")]
    let text = RecombinationVerdict.text(
        scarSum: sum, probability: probability, isUnstable: isUnstable, genes: genes)
    #expect(text.hasPrefix("\(verdict):"), "\(text)")
    #expect(text.contains("contradict") == (sum == 20))
}

@Test("only a verdict that says so makes a tumor deficient, and only one that says none makes it not so")
func recombinationState() {
    func state(_ sum: Int?, isHit: Bool = false, isUnstable: Bool = false) -> Bool? {
        var report = BiomarkerReport.HomologousRecombination(reason: "")
        report.verdict = RecombinationVerdict.text(
            scarSum: sum, isUnstable: isUnstable,
            genes: [GeneStatus(gene: "BRCA2", status: isHit ? .biallelic : .none, hits: [], reason: "")])
        return report.isDeficient
    }
    #expect(state(60) == true && state(42, isHit: true) == true)
    #expect(state(20) == false)
    for open in [
        state(42), state(nil), state(nil, isHit: true), state(20, isHit: true), state(60, isUnstable: true),
    ] {
        #expect(open == nil)
    }
}
