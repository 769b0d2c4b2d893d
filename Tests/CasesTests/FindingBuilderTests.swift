import Biomarkers
import Cases
import Genome
import Knowledge
import Testing
import Variants

@testable import Consequences

@Suite("Findings")
struct FindingBuilderTests {
    private static let types = """
        code\tname\tparent\ttissue\tsynonyms\tdoid
        ANY\tAny\t\t\t\t
        SOLID\tSolid\tANY\t\t\t
        NSCLC\tLung cancer\tSOLID\t\t\t
        LUAD\tLung adenocarcinoma\tNSCLC\t\t\t
        MEL\tMelanoma\tSOLID\t\t\t
        COAD\tColon\tSOLID\t\t\t
        """

    /// Rows: id, criterion, types, excluded, therapy, direction, civic, amp, approvals, decisions.
    private static func knowledge(_ rows: [[String]]) throws -> KnowledgeBase {
        let types = try TumorTypes(
            types: TSVTable(text: types, file: "t", required: []),
            indications: TSVTable(text: "code\tindication\nSOLID\tmetastatic-solid", file: "i", required: []))
        let lines = rows.map { r in
            let gene = r[1].hasPrefix("WILDTYPE") ? "" : String(r[1].split(separator: " ")[0])
            return [
                r[0], gene, "", r[1], r[2], r[3], r[4], r[5], r[6], r[7], "", "", "", "", r[8], r[9], "", "",
                "", "", "PMID:1",
                "verified", "", "", "",
            ].joined(separator: "\t")
        }
        let table = try TSVTable(
            text: ([EvidenceRow.columns.joined(separator: "\t")] + lines).joined(separator: "\n"), file: "e",
            required: [])
        let parsed = EvidenceRow.parse(table, source: "s 1", tumorTypes: types)
        #expect(parsed.problems.isEmpty, "\(parsed.problems)")
        return KnowledgeBase(rows: parsed.rows, tumorTypes: types, roles: ["TP53": .tumorSuppressor])
    }

    private static func build(
        _ rows: [[String]], _ calls: [ObservedCall], tumor: String = "LUAD", date: String = "2024-06-01"
    ) throws -> FindingBuilder.Output {
        try builder(knowledge(rows), tumor: tumor, date: date).build(calls)
    }

    private static func builder(
        _ knowledge: KnowledgeBase, tumor: String = "LUAD", date: String = "2024-06-01",
        twoHits: TwoHitRule = TwoHitRule(profile: nil, purity: nil, isMale: false)
    ) -> FindingBuilder {
        let view = EvidenceView(
            knowledge, country: .init(id: "denmark", agency: "EMA", payer: "Council", language: "en"),
            date: date, tumorType: tumor)
        return FindingBuilder(knowledge, view: view, twoHits: twoHits)
    }

    private static func call(
        _ gene: String, _ protein: String, _ term: SequenceOntologyTerm = .missenseVariant,
        isPass: Bool = true,
        depth: Int = 80, vaf: Double = 0.3, position: Int = 100
    ) -> ObservedCall {
        var call = ObservedCall(
            variant: Variant(contig: Contig("7"), position: position, reference: "A", alternate: "T"),
            locus: "chr7:\(position + 1) A>T", origin: .somatic,
            call: SampleCall(depth: depth, alternateDepth: Int(Double(depth) * vaf), vaf: vaf),
            isPass: isPass,
            filters: isPass ? "PASS" : "weak_evidence")
        let consequence = Consequence(
            gene: gene, transcript: "T1", terms: [term], proteinName: protein,
            proteinChange: ProteinChange(hgvs: protein),
            isMANESelect: true)
        call.gene = gene
        call.consequences = [consequence]
        call.reported = consequence
        call.isAnnotated = true
        return call
    }

    private static let approved = [
        "R1", "EGFR p.L858R", "NSCLC", "", "Erlotinib", "sensitive", "A", "I-A", "EMA:approved:2011-08-24",
        "",
    ]

    @Test(
        "a lost function is a broken gene's; a single breakend, joined to nobody knows what, says nothing of it"
    )
    func singleBreakend() throws {
        let row = ["R1", "TP53 loss_of_function", "NSCLC", "", "A", "sensitive", "A", "I-A", "", ""]
        let deletion = TwoHitRuleTests.junction(99, 160)
        for (junction, isLost) in [(deletion, true), (StructuralVariant(deletion.first, nil), false)] {
            let profile = MolecularProfile(assembly: .grch38, alterations: [])
            let builder = try Self.builder(Self.knowledge([row]))
            let hits = try builder.hits(
                [], disruptions: [TwoHitRuleTests.broken(junction)], profile: profile, usesDepthFilters: true)
            let finding = try #require(try builder.build(hits, profile: profile).findings.first)
            #expect(finding.kind == .disruption && finding.disruptionState?.isLossOfFunction == isLost)
            #expect(finding.evidence.isEmpty != isLost && finding.isDriver == isLost)
            let status = hits.geneStatuses.first { $0.gene == "TP53" }
            #expect((status != nil) == isLost)
        }
    }

    @Test(
        "an approved drug is on-label, targetable, tier I; a recommendation makes it standard, a later date does not count"
    )
    func access() throws {
        var row = Self.approved
        let calls = [Self.call("EGFR", "p.Leu858Arg")]
        var finding = try #require(try Self.build([row], calls).findings.first)
        #expect(finding.evidence[0].access == "approved_not_national")
        #expect(finding.targetable && finding.isDriver && finding.tier == .one)
        row[9] = "Council:recommended:2020-01-01"
        finding = try #require(try Self.build([row], calls).findings.first)
        #expect(finding.evidence[0].access == "standard")
        finding = try #require(try Self.build([row], calls, date: "2010-01-01").findings.first)
        #expect(finding.evidence[0].access == "none")
        row[8] = "EMA:approved:2011-08-24|EMA:withdrawn:2015-01-01"
        finding = try #require(try Self.build([row], calls).findings.first)
        #expect(finding.evidence[0].access == "none", "a withdrawal ends an approval")
        row[8] = "EMA:approved:"
        finding = try #require(try Self.build([row], calls).findings.first)
        #expect(finding.evidence[0].access == "none", "an approval without a date does not count")
    }

    @Test("a drug approved for another type is off-label and targetable; an excluded type is not")
    func offLabel() throws {
        let calls = [Self.call("EGFR", "p.Leu858Arg")]
        let other = try #require(try Self.build([Self.approved], calls, tumor: "MEL").findings.first)
        #expect(other.evidence[0].label == "off" && other.evidence[0].access == "off_label")
        #expect(other.targetable && !other.evidence[0].isTargetableOnLabel && other.tier == .two)
        var agnostic = Self.approved
        agnostic[2] = "SOLID"
        agnostic[3] = "COAD"
        let excluded = try #require(try Self.build([agnostic], calls, tumor: "COAD").findings.first)
        #expect(excluded.evidence[0].label == "off" && excluded.evidence[0].access == "none")
        #expect(!excluded.targetable)
        #expect(other.evidence[0].levels.escatProposed == "III-A")
        #expect(excluded.evidence[0].levels.escatProposed == nil)
        let coarse = try #require(try Self.build([Self.approved], calls, tumor: "SOLID").findings.first)
        #expect(coarse.evidence[0].levels.escatProposed == nil)
        #expect(coarse.evidence[0].relation == "possible" && !coarse.targetable)
    }

    @Test("a resistance marks the same drug contradicted, on another event too, and never deletes it")
    func contradiction() throws {
        let resistant = ["R2", "EGFR p.T790M", "NSCLC", "", "Erlotinib", "resistant", "A", "I-A", "", ""]
        let calls = [Self.call("EGFR", "p.Leu858Arg"), Self.call("EGFR", "p.Thr790Met", position: 50)]
        let findings = try Self.build([Self.approved, resistant], calls).findings
        let sensitive = try #require(findings.first { $0.alteration == "p.L858R" })
        #expect(sensitive.evidence.map(\.isContradicted) == [true])
        #expect(!sensitive.targetable && sensitive.isDriver)
        let alone = try #require(try Self.build([Self.approved, resistant], [calls[0]]).findings.first)
        #expect(alone.targetable)
    }

    @Test("one line for each drug says what speaks for it and what against, what can be given first")
    func therapyLines() throws {
        let rows = [
            Self.approved,
            ["R2", "EGFR p.T790M", "NSCLC", "", "Erlotinib", "resistant", "A", "I-A", "", ""],
            [
                "R3", "EGFR p.T790M", "NSCLC", "", "Drug C", "sensitive", "A", "I-A",
                "EMA:approved:2011-08-24", "",
            ],
            ["R4", "EGFR p.T790M", "NSCLC", "", "Drug D", "resistant", "B", "", "", ""],
            ["R5", "EGFR p.T790M", "MEL", "", "Drug E", "sensitive", "B", "", "EMA:approved:2011-08-24", ""],
            ["R6", "EGFR p.T790M", "MEL", "", "Drug F|Drug D", "sensitive", "B", "", "", ""],
            [
                "R7", "EGFR p.L858R", "NSCLC", "", "Drug B + Drug A|Drug A + Drug B", "sensitive", "B", "",
                "", "",
            ],
        ]
        let calls = [Self.call("EGFR", "p.Leu858Arg"), Self.call("EGFR", "p.Thr790Met", position: 50)]
        let lines = TherapyLine.lines(try Self.build(rows, calls).findings)
        let told = lines.map { line in
            let reasons = [line.supporting, line.opposing].map { $0.map(\.evidence).joined(separator: ",") }
            return "\(line.therapy) \(line.access) \(line.isTargetable) +\(reasons[0]) -\(reasons[1])"
        }
        #expect(
            told == [
                "Drug C approved_not_national true +R3 -", "Drug E off_label true +R5 -",
                "Drug B + Drug A none true +R7 -", "Erlotinib approved_not_national false +R1 -R2",
                "Drug D none false + -R4",
            ])
        #expect(lines[3].opposing.map(\.event) == ["EGFR p.T790M"])
    }

    @Test("harm that a drug does stands beside every combination that has it; resistance does not")
    func harm() throws {
        let rows = [
            ["R1", "EGFR p.L858R", "NSCLC", "", "Drug A + Drug B", "sensitive", "B", "", "", ""],
            ["R2", "EGFR p.L858R", "NSCLC", "", "Drug B + Drug C + Drug A", "sensitive", "B", "", "", ""],
            ["R3", "EGFR p.L858R", "NSCLC", "", "Drug AB", "sensitive", "B", "", "", ""],
            ["R4", "EGFR p.T790M", "NSCLC", "", "Drug A", "adverse", "A", "", "", ""],
            ["R5", "EGFR p.T790M", "NSCLC", "", "Drug C", "resistant", "B", "", "", ""],
            ["R6", "EGFR p.T790M", "NSCLC", "", "Drug C + Drug B", "adverse", "A", "", "", ""],
        ]
        let calls = [Self.call("EGFR", "p.Leu858Arg"), Self.call("EGFR", "p.Thr790Met", position: 50)]
        let against = TherapyLine.lines(try Self.build(rows, calls).findings).reduce(into: [:]) {
            $0[$1.therapy] = $1.opposing.map(\.evidence).sorted().joined(separator: ",")
        }
        #expect(
            against == [
                "Drug A + Drug B": "R4", "Drug B + Drug C + Drug A": "R4,R6", "Drug AB": "", "Drug A": "R4",
                "Drug C": "R5",
                "Drug C + Drug B": "R6",
            ])
    }

    @Test(
        "on the same event weaker evidence of resistance does not contradict stronger, unless its row is more specific"
    )
    func weakContradiction() throws {
        let calls = [Self.call("EGFR", "p.Leu858Arg")]
        for (criterion, level, isContradicted) in [
            ("EGFR p.L858R", "D", false), ("EGFR p.L858R", "B", true), ("EGFR oncogenic", "A", false),
        ] {
            let resistant = ["R2", criterion, "NSCLC", "", "Erlotinib", "resistant", level, "", "", ""]
            let finding = try #require(try Self.build([Self.approved, resistant], calls).findings.first)
            let sensitive = try #require(finding.evidence.first { $0.id == "R1" })
            #expect(sensitive.isContradicted == isContradicted, "\(criterion) \(level)")
            #expect(finding.evidence.count == (criterion.hasSuffix("oncogenic") ? 1 : 2))
        }
        var wide = Self.approved
        wide[1] = "EGFR codon 858 missense"
        let specific = ["R2", "EGFR p.L858R", "NSCLC", "", "Erlotinib", "resistant", "D", "", "", ""]
        let finding = try #require(try Self.build([wide, specific], calls).findings.first)
        #expect(finding.evidence.first { $0.id == "R1" }?.isContradicted == true)
    }

    @Test(
        "an allele that the normal has as an inherited one is no somatic finding; fewer reads are told and count",
        arguments: [
            (40, 20, "filtered_match"), (40, 10, "filtered_match"), (40, 9, "ambiguous_origin"),
            (14, 7, "ambiguous_origin"), (40, 2, ""), (300, 6, ""), (100, 3, "ambiguous_origin"), (0, 0, ""),
        ])
    func normalReads(depth: Int, reads: Int, code: String) throws {
        var call = Self.call("EGFR", "p.Leu858Arg")
        call.normal = SampleCall(
            depth: depth, alternateDepth: reads, vaf: depth == 0 ? nil : Double(reads) / Double(depth))
        let output = try Self.build([Self.approved], [call])
        #expect(output.warnings.map(\.code) == (code.isEmpty ? [] : [code]))
        #expect(output.findings.isEmpty == (code == "filtered_match"))
        if let message = output.warnings.first?.message { #expect(message.contains("\(reads) of \(depth)")) }
    }

    @Test("genes in which nothing was found are a finding of their own where a row asks for that")
    func wildtype() throws {
        let row = [
            "R1", "WILDTYPE(KRAS) AND WILDTYPE(NRAS)", "NSCLC", "", "Drug", "sensitive", "A", "I-A", "", "",
        ]
        let knowledge = try Self.knowledge([row])
        let view = EvidenceView(
            knowledge, country: .init(id: "denmark", agency: "EMA", payer: "Council", language: "en"),
            date: "2024-06-01", tumorType: "LUAD")
        var profile = MolecularProfile(assembly: .grch38, alterations: [])
        let builder = FindingBuilder(knowledge, view: view)
        #expect(try builder.build([], profile: profile).findings.isEmpty)
        profile.assessableGenes = ["KRAS", "NRAS"]
        let finding = try #require(try builder.build([], profile: profile).findings.first)
        #expect(finding.alteration == "KRAS, NRAS wild type" && finding.kind == .biomarker)
        #expect(finding.targetable && !finding.isDriver && finding.tier == .one)
        let typed = try TypedMatch.findings(
            ["WILDTYPE(KRAS)", "WILDTYPE(NRAS)"], knowledge: knowledge, view: view)
        #expect(typed.map(\.evidence.count) == [1, 1])
        #expect(
            try TypedMatch.findings(["WILDTYPE(KRAS)"], knowledge: knowledge, view: view).map(
                \.evidence.count)
                == [0])
    }

    @Test("the drugs of an approved combination are the same in any order")
    func combination() throws {
        let approved = [
            "R1", "EGFR p.T790M", "MEL", "", "Drug A + Drug B", "sensitive", "A", "I-A",
            "EMA:approved:2011-08-24", "",
        ]
        let other = ["R2", "EGFR p.L858R", "NSCLC", "", "Drug B + Drug A", "sensitive", "C", "", "", ""]
        let finding = try #require(
            try Self.build([approved, other], [Self.call("EGFR", "p.Leu858Arg")]).findings.first)
        #expect(finding.evidence.map(\.access) == ["off_label"])
    }

    @Test("a change that probably skips an exon is shown, and counts for nothing")
    func probable() throws {
        let row = [
            "R1", "MET exon 14 skipping", "NSCLC", "", "Drug", "sensitive", "A", "I-A",
            "EMA:approved:2011-08-24", "",
        ]
        var knowledge = try Self.knowledge([row])
        knowledge.exons = ["MET": [14: 963...1010]]
        for (coding, term, isProbable) in [
            ("c.2888-5C>G", SequenceOntologyTerm.splicePolypyrimidineTractVariant, true),
            ("c.2888-2A>G", .spliceAcceptorVariant, false),
        ] {
            var call = Self.call("MET", "", term)
            call.consequences[0].codingName = coding
            call.reported = call.consequences[0]
            let output = try Self.builder(knowledge).build([call])
            let finding = try #require(output.findings.first)
            #expect(finding.evidence.map(\.isProbable) == [isProbable ? true : nil])
            #expect(finding.targetable != isProbable && finding.isDriver != isProbable)
            #expect(finding.tier == (isProbable ? .three : .one))
        }
    }

    @Test("a filtered or shallow hotspot is a warning, never a finding, never lost")
    func filtered() throws {
        for call in [
            Self.call("EGFR", "p.Leu858Arg", isPass: false),
            Self.call("EGFR", "p.Leu858Arg", depth: 9, vaf: 0.5),
            Self.call("EGFR", "p.Leu858Arg", vaf: 0.04),
        ] {
            let output = try Self.build([Self.approved], [call])
            #expect(output.findings.isEmpty)
            #expect(output.warnings.map(\.code) == ["filtered_match"])
        }
        let other = try Self.build([Self.approved], [Self.call("EGFR", "p.Ala1Val", isPass: false)])
        #expect(other.warnings.isEmpty)
    }

    @Test("a truncated suppressor is likely oncogenic by OVS1 and so a driver, a missense there is not")
    func driver() throws {
        let null = try #require(
            try Self.build([], [Self.call("TP53", "p.Arg213Ter", .stopGained)]).findings.first)
        #expect(null.isDriver && null.oncogenicity?.points == 8 && !null.targetable && null.tier == .three)
        let missense = try #require(try Self.build([], [Self.call("TP53", "p.Arg200Lys")]).findings.first)
        #expect(!missense.isDriver)
    }

    @Test("near misses say what was needed and what was seen")
    func nearMisses() throws {
        let misses = try Self.build([Self.approved], [Self.call("EGFR", "p.Leu858Gln")]).nearMisses
        #expect(misses.map(\.needed) == ["EGFR p.L858R"])
        #expect(misses.map(\.seen) == ["p.L858Q (missense)"])
    }

    private static func dosage(
        _ gene: String, _ copies: Double, minor: Double = 0, event: CopyNumberRule.Event?, covered: Double = 1
    ) -> ObservedDosage {
        let interval = GenomicInterval(contig: Contig("7"), zeroBased: 0..<1000)
        return ObservedDosage(
            gene: gene, interval: interval,
            copies: GeneCopyNumber(
                minimum: copies, maximum: copies, mean: copies, minorMinimum: minor, coveredFraction: covered,
                lowest: interval, highest: interval),
            call: .init(event: event, rule: "rule", isLossOfHeterozygosity: minor < 0.5), stretch: interval,
            basis: "whole gene")
    }

    private static func build(
        _ rows: [[String]], _ calls: [ObservedCall], _ dosages: [ObservedDosage], profile: CopyNumberProfile?
    ) throws -> FindingBuilder.Output {
        let twoHits = TwoHitRule(profile: profile, purity: 0.9, isMale: false)
        return try builder(knowledge(rows), twoHits: twoHits).build(calls, dosages)
    }

    @Test("amplification meets its row and a row on gain; a gain meets no row on amplification")
    func amplification() throws {
        let rows = [
            ["R1", "ERBB2 amplification", "NSCLC", "", "Drug", "sensitive", "B", "I-B", "", ""],
            ["R2", "ERBB2 gain", "NSCLC", "", "Drug", "sensitive", "C", "", "", ""],
            ["R3", "MET amplification", "NSCLC", "", "Drug", "sensitive", "B", "I-B", "", ""],
        ]
        let built = try Self.build(
            rows, [], [Self.dosage("ERBB2", 12, event: .amplification), Self.dosage("MET", 2, event: nil)],
            profile: nil)
        let finding = try #require(built.findings.first)
        #expect(built.findings.count == 1 && finding.kind == .copyNumber && finding.isDriver)
        #expect(finding.evidence.map(\.id) == ["R1", "R2"] && finding.copyNumber == 12)
        let gained = try Self.build(rows, [], [Self.dosage("ERBB2", 5, event: .gain)], profile: nil)
        #expect(gained.findings.map(\.alteration) == ["gain"])
        #expect(gained.findings.first?.evidence.map(\.id) == ["R2"])
        #expect(
            try Self.build(rows, [], [Self.dosage("KRAS", 5, event: .gain)], profile: nil).findings.isEmpty)
    }

    @Test("a deletion of a suppressor is a driver and a loss of function of both copies")
    func deletion() throws {
        let rows = [
            ["R1", "TP53 loss_of_function biallelic", "NSCLC", "", "Drug", "sensitive", "B", "I-B", "", ""]
        ]
        let deleted = Self.dosage("TP53", 0.1, event: .homozygousDeletion)
        let finding = try #require(try Self.build(rows, [], [deleted], profile: nil).findings.first)
        #expect(finding.isDriver && finding.biallelic == "biallelic" && finding.evidence.map(\.id) == ["R1"])
        let uncovered = Self.dosage("TP53", 0.1, event: .homozygousDeletion, covered: 0.5)
        let output = try Self.build(rows, [], [uncovered], profile: nil)
        #expect(output.findings.isEmpty && output.warnings.map(\.code) == ["copy_number_uncertain"])
    }

    @Test("a biallelic row is met where the other allele is lost and all copies have the variant, else not")
    func biallelic() throws {
        let rows = [
            ["R1", "TP53 loss_of_function biallelic", "NSCLC", "", "Drug", "sensitive", "B", "I-B", "", ""]
        ]
        for (minor, vaf, isMet) in [(0.0, 0.9, true), (1.0, 0.45, false), (0.0, 0.45, false)] {
            let profile = CopyNumberProfile([
                CopyNumberSegment(
                    interval: GenomicInterval(contig: Contig("7"), zeroBased: 0..<1000), total: 2,
                    minor: minor)
            ])
            let call = Self.call("TP53", "p.Arg213Ter", .stopGained, vaf: vaf)
            let finding = try #require(try Self.build(rows, [call], [], profile: profile).findings.first)
            #expect(finding.evidence.isEmpty != isMet, "minor \(minor), VAF \(vaf)")
            #expect(finding.biallelic == (isMet ? "biallelic" : "monoallelic"))
        }
        let unknown = try #require(
            try Self.build(rows, [Self.call("TP53", "p.Arg213Ter", .stopGained)], [], profile: nil).findings
                .first)
        #expect(unknown.evidence.isEmpty && unknown.biallelic == "unknown")
    }
}

extension FindingBuilder {
    fileprivate func build(
        _ calls: [ObservedCall], _ dosages: [ObservedDosage] = [],
        profile: MolecularProfile = MolecularProfile(assembly: .grch38, alterations: [])
    ) throws -> Output {
        try build(
            hits(calls, dosages: dosages, profile: profile, usesDepthFilters: true), profile: profile)
    }
}
