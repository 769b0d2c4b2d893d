import Testing

@testable import Knowledge

@Suite("Criteria")
struct CriterionTests {
    @Test(
        "text and value are inverse",
        arguments: [
            "BRAF p.V600E", "KRAS codon 12 missense", "KRAS codon 12,13", "EGFR exon 19 inframe_deletion",
            "MET exon 14 skipping", "FGFR2 residues 481-770 missense", "BRCA2 loss_of_function",
            "BRCA2 loss_of_function biallelic", "ERBB2 amplification", "CDKN2A homozygous_deletion",
            "PIK3CA oncogenic", "DPYD poor_metabolizer", "GERMLINE(DPYD intermediate_metabolizer)",
            "DPYD poor_metabolizer OR NOT TPMT normal_metabolizer",
            "TP53 any", "EML4::ALK", "ALK::*", "*::ALK", "TMB-H(tmb_panel_like >= 10)",
            "TMB-H(tmb_coding_all >= 9.5)",
            "MSI-H", "HRD", "MGMT-methylated",
            "GERMLINE(BRCA2 loss_of_function) OR SOMATIC(BRCA2 loss_of_function biallelic)",
            "NOT GERMLINE(g.GRCh38:5:1295113:G:A)", "1p/19q-codeleted AND IDH1 p.R132H", "WILDTYPE(KRAS)",
            "NOT KRAS codon 12 missense", "g.GRCh38:5:1295113:G:A",
            "*::NRG1 AND WILDTYPE(KRAS)", "BRAF p.V600E OR BRAF p.V600K",
            "(BRAF p.V600E OR BRAF p.V600K) AND NOT (KRAS oncogenic AND NRAS oncogenic)",
            "EGFR p.A763_Y764insFQEA",
            "KIT p.V560del", "EGFR p.E746_A750del",
        ])
    func roundTrip(text: String) throws {
        let criterion = try Criterion(parsing: text)
        #expect(criterion.description == text)
        #expect(try Criterion(parsing: criterion.description) == criterion)
    }

    @Test(
        "text that is no criterion is named",
        arguments: [
            "", "GERMLINE(BRCA2)", "GERMLINE(TMB-H)", "GERMLINE(BRCA1 any AND BRCA2 any)",
            "GERMLINE(SOMATIC(BRCA1 any))", "SOMATIC(DPYD poor_metabolizer)", "DPYD slow_metabolizer",
            "GERMLINE(BRCA2 any", "GERMLINE()", "GERMLINE(WILDTYPE(BRCA2))", "BRAF", "BRAF p.?",
            "BRAF codon x", "EGFR exon 19", "(BRAF p.V600E", "BRAF p.V600E AND",
            "TMB-H(x > 3)",
            "*::*", "BRAF p.V600E BRAF p.V600K", "NOT", "g.GRCh38:5:x:G:A", "BRAF flies", "EGFR residues 9-3",
        ])
    func faults(text: String) {
        #expect(throws: CriterionError.self) { try Criterion(parsing: text) }
    }

    @Test(
        "the character is told at which the word begins that was not understood",
        arguments: [
            ("", 1), ("BRAF", 5), ("BRAF p.V600E AND", 17), ("BRAF codon x", 12), ("(BRAF any", 10),
            ("BRAF banana", 6), ("TMB-H(a > 3)", 1), ("  BRAF  any x", 13), ("KRAS any OR \u{C6} any", 13),
            ("KRAS any OR BRAF exon 15 mis", 26),
        ])
    func positions(text: String, position: Int) {
        let error = #expect(throws: CriterionError.self) { try Criterion(parsing: text) }
        #expect(error?.position == position)
    }

    @Test("what asks the same has one canonical form")
    func canonical() throws {
        func text(_ criterion: String) throws -> String { try Criterion(parsing: criterion).canonicalText }
        let forms = [
            "KRAS codon 12,13 AND (BRAF any OR NRAS any)", "(NRAS any OR BRAF any) AND KRAS codon 13,12",
            "(BRAF any OR (NRAS any OR BRAF any)) AND KRAS codon 12,13,12 AND KRAS codon 12,13",
        ]
        #expect(Set(try forms.map(text)).count == 1)
        #expect(try text("BRAF any AND NRAS any") != text("BRAF any OR NRAS any"))
        #expect(try text("EML4::ALK") != text("ALK::EML4"))
    }

    @Test("deep nesting ends with an error, not a crash")
    func depth() {
        let text = String(repeating: "(", count: 5000) + "MSI-H" + String(repeating: ")", count: 5000)
        #expect(throws: CriterionError.self) { try Criterion(parsing: text) }
    }

    @Test("random criteria survive print and parse")
    func property() throws {
        var random = Seeded(state: 42)
        for _ in 0..<2000 {
            let criterion = try random.criterion(depth: 3)
            #expect(try Criterion(parsing: criterion.description) == criterion, "seed 42: \(criterion)")
        }
    }

    @Test("Kleene's tables hold for all pairs")
    func kleene() {
        let order: [Truth] = [.no, .undetermined, .yes]
        for (i, left) in order.enumerated() {
            #expect(!left == order[2 - i])
            for (j, right) in order.enumerated() {
                #expect((left && right) == order[min(i, j)])
                #expect((left || right) == order[max(i, j)])
            }
        }
    }
}

/// A small seeded generator (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func criterion(depth: Int) throws -> Criterion {
        let leaves = [
            "KRAS p.G12D", "KRAS codon 12 missense", "DPYD poor_metabolizer", "*::ALK", "MSI-H",
            "ERBB2 amplification",
            "WILDTYPE(KRAS)",
        ]
        if depth == 0 || Int.random(in: 0..<3, using: &self) == 0 {
            return try Criterion(parsing: leaves.randomElement(using: &self) ?? "MSI-H")
        }
        switch Int.random(in: 0..<3, using: &self) {
        case 0: return .not(try criterion(depth: depth - 1))
        case 1: return try join(depth, isAnd: true)
        default: return try join(depth, isAnd: false)
        }
    }

    /// Parts of the same kind would print as one list, so they are not nested directly.
    private mutating func join(_ depth: Int, isAnd: Bool) throws -> Criterion {
        var parts: [Criterion] = []
        while parts.count < 2 {
            let part = try criterion(depth: depth - 1)
            switch (part, isAnd) {
            case (.and, true), (.or, false): continue
            default: parts.append(part)
            }
        }
        return isAnd ? .and(parts) : .or(parts)
    }
}
