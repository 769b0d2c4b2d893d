import Genome
import Testing

@testable import Knowledge

@Suite("Criteria on phenotypes")
struct MetabolizerTests {
    private static func truth(
        _ text: String, _ found: MetabolizerPhenotype?, isComplete: Bool = true
    ) throws -> Truth {
        let knowledge = try EvidenceMatcherTests.knowledge([.init(gene: "DPYD", criterion: text)])
        var profile = MolecularProfile(assembly: .grch38, alterations: [])
        if let found {
            profile.hasGermline = true
            profile.alterations = [
                .init(
                    id: 0, gene: "DPYD", event: .metabolizer(found, isComplete: isComplete), isGermline: true)
            ]
        }
        let row = try knowledge.evidence.row(0)
        let evaluator = CriterionEvaluator(
            row: row, profile: profile, exons: [:], numberings: [], oncogenic: [])
        let truth = evaluator.evaluate(row.criterion).truth
        // The matcher finds the row by the event, and by nothing else.
        let matches = try EvidenceMatcher(knowledge, date: "2026-11-01").match(profile).matches
        #expect(matches.isEmpty == (truth != .yes || found == nil))
        return truth
    }

    @Test("a phenotype is met by itself; not called is undetermined, in NOT too")
    func called() throws {
        for wanted in MetabolizerPhenotype.allCases {
            for found in MetabolizerPhenotype.allCases {
                let truth = try Self.truth("DPYD \(wanted.rawValue)", found)
                #expect(truth == (wanted == found ? .yes : .no), "\(wanted) \(found)")
            }
            #expect(try Self.truth("DPYD \(wanted.rawValue)", nil) == .undetermined)
            #expect(try Self.truth("NOT DPYD \(wanted.rawValue)", nil) == .undetermined)
        }
        #expect(try Self.truth("GERMLINE(DPYD poor_metabolizer)", .poor) == .yes)
        #expect(try Self.truth("DPYD poor_metabolizer OR DPYD intermediate_metabolizer", .poor) == .yes)
        #expect(try Self.truth("DPYD poor_metabolizer AND NOT DPYD any", .poor) == .yes)
        #expect(try Self.truth("DPYD any", .poor) == .no, "a phenotype is no event of the tumor")
    }

    @Test("with positions not covered a lower phenotype, and a normal one, cannot be decided")
    func incomplete() throws {
        let cases: [(MetabolizerPhenotype, MetabolizerPhenotype, Truth)] = [
            (.intermediate, .intermediate, .yes), (.poor, .intermediate, .undetermined),
            (.normal, .intermediate, .undetermined), (.poor, .poor, .yes), (.intermediate, .poor, .no),
            (.normal, .normal, .undetermined), (.intermediate, .normal, .undetermined),
            (.poor, .normal, .undetermined), (.rapid, .normal, .no),
        ]
        for (wanted, found, truth) in cases {
            let text = "DPYD \(wanted.rawValue)"
            #expect(try Self.truth(text, found, isComplete: false) == truth, "\(wanted) \(found)")
        }
    }
}
