import Genome
import TestSupport
import Testing
import Variants

@testable import Knowledge

@Suite("The index of evidence")
struct EvidenceIndexTests {
    typealias Row = EvidenceMatcherTests.Row

    /// Rows of 40 genes: single residues, codons, whole genes, two genes, alleles and measures.
    static func rows(seed: UInt64) -> [Row] {
        var random = SeededGenerator(seed: seed)
        func number(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
        return (0..<400).map { place in
            let gene = "G\(number(40))", codon = 1 + number(60)
            let criterion =
                switch number(8) {
                case 0: "\(gene) p.V\(codon)E"
                case 1: "\(gene) p.V\(codon)_A\(codon + 2)del"
                case 2: "\(gene) codon \(codon),\(codon + 3) missense"
                case 3: "\(gene) residues \(codon)-\(codon + 9)"
                case 4: "\(gene) any"
                case 5: "\(gene) p.V\(codon)E AND G\(number(40)) p.V\(codon)E"
                case 6: "TMB-H"
                default: "g.GRCh38:7:\(100 + codon):A:T"
                }
            let isGene = criterion.hasPrefix("G")
            return Row(
                id: "R\(place)", gene: isGene ? gene : "", criterion: criterion,
                grch38: isGene && number(3) == 0 ? "7:\(200 + codon):C:G|7:\(300 + codon):A:T" : "")
        }
    }

    @Test("rows come back as they were put in; a later row wins on the same id")
    func roundTrip() throws {
        let knowledge = try EvidenceMatcherTests.knowledge(Self.rows(seed: 1))
        let rows = try knowledge.evidence.rows()
        #expect(rows.map(\.id) == rows.map(\.id).sorted() && rows.count == 400)
        #expect(try EvidenceIndex(rows.reversed() + rows).rows() == rows)
        let compiled = try knowledge.evidence.compiled()
        #expect(try EvidenceIndex(compiled, name: "index").rows() == rows)
        #expect(try EvidenceIndex(rows).compiled() == compiled)
        #expect(try EvidenceIndex([]).rows().isEmpty)
    }

    @Test("a gap between listed alleles holds every place without one, and no place with one")
    func gaps() throws {
        let evidence = try EvidenceMatcherTests.knowledge(Self.rows(seed: 3)).evidence
        let view = try #require(try evidence.alleleView(.grch38, on: Contig("7")))
        let listed = Set(try (0..<500).filter { !(try view.alleles(at: $0)).isEmpty })
        #expect(listed.count > 10)
        for position in 0..<500 {
            let gap = try view.gap(around: position)
            #expect(gap.isEmpty == listed.contains(position))
            guard !gap.isEmpty else { continue }
            #expect(gap.contains(position) && listed.allSatisfy { !gap.contains($0) })
            #expect(gap.upperBound == listed.filter { $0 > position }.min() ?? .max)
            #expect(gap.lowerBound == listed.filter { $0 < position }.max().map { $0 + 1 } ?? .min)
        }
    }

    @Test("a profile meets through the index what it meets where every row is looked at", arguments: 1...20)
    func candidates(seed: UInt64) throws {
        let knowledge = try EvidenceMatcherTests.knowledge(Self.rows(seed: seed))
        var random = SeededGenerator(seed: seed &* 77)
        func number(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
        let changes = ["p.Val#Glu", "p.Val#_Ala%del", "p.Val#fs", "p.Val#_Ala%delinsGluGluGlu"]
        var profile = EvidenceMatcherTests.profile([])
        profile.alterations = (0..<6).map { id in
            let codon = 1 + number(60)
            let name = changes[number(4)].replacing("#", with: "\(codon)").replacing(
                "%", with: "\(codon + 2)")
            let base = [100, 200, 300][number(3)] + codon
            let bases = [("A", "T"), ("C", "G"), ("AA", "TT")][number(3)]
            let gene = "G\(number(40))"
            return .init(
                id: id, gene: gene,
                event: .smallVariant(
                    Variant(
                        contig: Contig("7"), oneBased: base, reference: bases.0, alternate: bases.1),
                    [EvidenceMatcherTests.call(gene, name)]),
                isAnnotated: number(4) > 0)
        }
        profile.states[.tmbHigh] = .yes
        let found = try EvidenceMatcher(knowledge, date: "2026-01-01").match(profile)
        let met = try knowledge.evidence.rows().filter { row in
            CriterionEvaluator(
                row: row, profile: profile, exons: knowledge.exons, numberings: knowledge.numberings,
                oncogenic: []
            ).evaluate(row.criterion).truth == .yes
        }
        #expect(found.matches.map(\.row.id) == met.map(\.id))
        #expect(!met.isEmpty)
    }

    @Test("a cut or changed index is refused or read, never trusted beyond its ends")
    func damage() throws {
        let compiled = try EvidenceMatcherTests.knowledge(Self.rows(seed: 3)).evidence.compiled()
        for length in stride(from: 0, to: compiled.count, by: 997) {
            #expect(throws: InputError.self) {
                _ = try EvidenceIndex(Array(compiled[..<length]), name: "index").rows()
            }
        }
        var random = SeededGenerator(seed: 5)
        for _ in 0..<300 {
            var bytes = compiled
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                1 << UInt8.random(in: 0...7, using: &random)
            guard let index = try? EvidenceIndex(bytes, name: "index") else { continue }
            _ = try? index.rows()
            for gene in 0..<40 {
                _ = try? index.rows(naming: "G\(gene)")
                _ = try? index.numbers(.residue(gene: "G\(gene)", codon: 7))
            }
            _ = try? index.alleles(.grch38, on: Contig("7"))
            let variant = Variant(contig: Contig("7"), oneBased: 110, reference: "AA", alternate: "TT")
            _ = try? index.rows(listing: variant, .grch38)
        }
    }

    @Test("a drug is approved between the days of its documents")
    func approvals() throws {
        func row(_ id: String, _ therapies: String, _ approvals: String) -> String {
            [
                id, "", "", "TMB-H", "SOLID", "", therapies, "sensitive", "A", "", "", "", "", "", approvals,
                "", "", "", "", "", "PMID:1", "verified", "", "", "",
            ].joined(separator: "\t")
        }
        let text = [
            EvidenceRow.columns.joined(separator: "\t"),
            row("A", "X|X + Y", "EMA:approved:2020-01-01|EMA:withdrawn:2021-01-01|FDA:approved:2019-01-01"),
            row("B", "X", "EMA:approved:2020-06-01|EMA:withdrawn:2022-01-01"),
            row("C", "Z", "EMA:approved:|EMA:withdrawn:2022-01-01"),
        ].joined(separator: "\n")
        let types = try EvidenceMatcherTests.tumorTypes()
        let parsed = EvidenceRow.parse(
            try TSVTable(text: text, file: "evidence.tsv", required: EvidenceRow.columns), source: "test 1",
            tumorTypes: types)
        let index = EvidenceIndex(parsed.rows)
        for (therapy, agency, day) in [
            ("X", "EMA", "2019-12-31"), ("X", "EMA", "2020-01-01"), ("X", "EMA", "2021-12-31"),
            ("X", "EMA", "2022-01-01"), ("X + Y", "EMA", "2020-12-31"), ("X + Y", "EMA", "2021-01-01"),
            ("X", "FDA", "2026-01-01"), ("Z", "EMA", "2023-01-01"), ("W", "EMA", "2023-01-01"),
        ] {
            let plain = parsed.rows.contains {
                $0.therapies.contains(therapy) && $0.approval(by: agency, on: day) != nil
            }
            #expect(try index.isApproved(therapy, by: agency, on: day) == plain, "\(therapy) \(day)")
        }
    }
}
