import Cases
import Consequences
import Genome
import Knowledge
import Testing
import Variants

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
            let gene = String(r[1].split(separator: " ")[0])
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
        let knowledge = try knowledge(rows)
        let view = EvidenceView(
            knowledge, country: .init(id: "denmark", agency: "EMA", payer: "Council", language: "en"),
            date: date, tumorType: tumor)
        return try FindingBuilder(knowledge, view: view).build(
            calls, profile: MolecularProfile(assembly: .grch38, alterations: []), usesDepthFilters: true)
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
}
