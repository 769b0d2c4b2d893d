import Cases
import Knowledge
import Pipeline
import Testing

/// Cases that every board knows to go wrong, typed by hand against the base that comes with the program.
@Suite("Tumor types and labels")
struct NamedMatchTests {
    private static func items(_ tumorType: String, _ alterations: String...) throws -> [Finding.Evidence] {
        let knowledge = try KnowledgeBaseTests.load()
        let country = try #require(knowledge.countries["denmark"])
        let type = try #require(knowledge.tumorTypes.resolve(tumorType))
        let view = EvidenceView(knowledge, country: country, date: "2026-11-01", tumorType: type.code)
        return try TypedMatch.findings(alterations, knowledge: knowledge, view: view).flatMap(\.evidence)
    }

    @Test("BRAF V600E in colorectal cancer is not on-label through the tissue-agnostic row that excludes it")
    func excluded() throws {
        let colorectal = try Self.items("COADREAD", "BRAF p.V600E")
        let agnostic = colorectal.filter { $0.tumorType == "SOLID" && $0.direction == "sensitive" }
        #expect(agnostic.map(\.therapies) == [["Dabrafenib + Trametinib"]])
        #expect(
            agnostic.allSatisfy { $0.label == "off" && $0.access == "none" && $0.path.contains("excluded") })
        // Its own combination is on-label, and the same row is elsewhere.
        #expect(colorectal.contains { $0.therapies == ["Encorafenib + Cetuximab"] && $0.label == "on" })
        let other = try Self.items("UCEC", "BRAF p.V600E")
        #expect(other.contains { $0.id == agnostic.first?.id && $0.label == "on" })
        let below = try Self.items("COAD", "BRAF p.V600E")
        #expect(below.contains { $0.id == agnostic.first?.id && $0.label == "off" && $0.access == "none" })
    }

    @Test("a drug whose label asks for an inherited change of BRCA2 is on-label for that alone")
    func inherited() throws {
        for (text, isOn) in [("GERMLINE(BRCA2 loss_of_function)", true), ("BRCA2 loss_of_function", false)] {
            let items = try Self.items("PAAD", text).filter { $0.therapies == ["Olaparib"] }
            #expect(items.contains { $0.label == "on" } == isOn, "\(text)")
            #expect(items.contains { $0.access == "off_label" })
        }
    }

    @Test("ERBB2 amplification outside of breast and stomach: their drugs are off-label there")
    func amplification() throws {
        for (type, isOn) in [("BRCA", true), ("PAAD", false), ("LUAD", false)] {
            let breast = try Self.items(type, "ERBB2 amplification").filter { $0.tumorType == "BRCA" }
            #expect(breast.count >= 3 && breast.allSatisfy { ($0.label == "on") == isOn }, "\(type)")
            #expect(
                breast.contains { $0.access == (isOn ? "approved_not_national" : "off_label") }, "\(type)")
        }
    }

    @Test(
        "KRAS G12C in colorectal cancer: the lung's drugs are off-label, its own combination on-label, antibodies ruled out"
    )
    func codon() throws {
        let items = try Self.items("COAD", "KRAS p.G12C")
        let sensitive = items.filter { $0.direction == "sensitive" }
        #expect(sensitive.first { $0.therapies == ["Sotorasib"] }?.label == "off")
        #expect(sensitive.first { $0.therapies == ["Adagrasib + Cetuximab"] }?.label == "on")
        let antibodies = items.first { $0.therapies == ["Cetuximab", "Panitumumab"] }
        #expect(antibodies?.direction == "resistant" && antibodies?.label == "on")
        let lung = try Self.items("LUAD", "KRAS p.G12C")
        #expect(lung.first { $0.therapies == ["Sotorasib"] }?.label == "on")
    }

    @Test(
        "an NTRK fusion with a resistance mutation: the drug that it resists is contradicted, the others stay"
    )
    func resistance() throws {
        let alone = try Self.items("BREAST", "ETV6::NTRK3")
        #expect(alone.allSatisfy { !$0.isContradicted } && !alone.contains { $0.direction == "resistant" })
        let both = try Self.items("BREAST", "ETV6::NTRK3", "NTRK3 p.G623R")
        for item in both where item.direction == "sensitive" && item.label == "on" {
            #expect(item.isContradicted == (item.therapies == ["Entrectinib"]), "\(item.therapies)")
        }
        #expect(both.contains { $0.direction == "resistant" && $0.therapies == ["Entrectinib"] })
        // Another change of the gene, or the mutation without the fusion, rules nothing out.
        #expect(try !Self.items("BREAST", "ETV6::NTRK3", "NTRK3 p.G623E").contains { $0.isContradicted })
        #expect(try Self.items("BREAST", "NTRK3 p.G623R").isEmpty)
    }

    @Test(
        "a metastasis in the brain is of its origin's type: rows for primary brain tumors are off-label, and the other way"
    )
    func brain() throws {
        let types = try KnowledgeBaseTests.load().tumorTypes
        func brainRows(_ type: String) throws -> [Finding.Evidence] {
            try Self.items(type, "BRAF p.V600E").filter {
                types.indication(of: $0.tumorType) == "primary-brain"
            }
        }
        #expect(types.indication(of: "MEL") == "metastatic-solid")
        #expect(try brainRows("MEL").count >= 2)
        #expect(try brainRows("MEL").allSatisfy { $0.label == "off" })
        #expect(try brainRows("GNG").contains { $0.label == "on" })
        #expect(
            try Self.items("GNG", "BRAF p.V600E").filter { $0.tumorType == "MEL" }.allSatisfy {
                $0.label == "off"
            })
    }

    @Test(
        "a code that is too coarse is possible, shown and never on-label; an unknown one has the three nearest"
    )
    func coarse() throws {
        let items = try Self.items("LUNG", "EGFR p.L858R").filter { $0.direction == "sensitive" }
        #expect(items.contains { $0.relation == "possible" })
        #expect(
            items.filter { $0.relation == "possible" }.allSatisfy { $0.label == "off" && $0.access == "none" }
        )
        let types = try KnowledgeBaseTests.load().tumorTypes
        #expect(types.resolve("LUADD") == nil && types.nearest(to: "LUADD").count == 3)
        #expect(types.nearest(to: "LUADD").first?.hasPrefix("LUAD ") == true)
    }
}
