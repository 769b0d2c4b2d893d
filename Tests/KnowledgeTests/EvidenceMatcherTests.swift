import Consequences
import Genome
import Testing
import Variants

@testable import Knowledge

@Suite("Matching")
struct EvidenceMatcherTests {
    static let types = """
        code\tname\tparent\ttissue\tsynonyms\tdoid
        ANY\tAny\t\t\t\t
        SOLID\tSolid tumor\tANY\t\t\t
        LUNG\tLung\tSOLID\tLung\t\t
        NSCLC\tNon-Small Cell Lung Cancer\tLUNG\tLung\tnon-small cell lung cancer\tDOID:3908
        LUAD\tLung Adenocarcinoma\tNSCLC\tLung\t\t
        BOWEL\tBowel\tSOLID\tBowel\t\t
        COADREAD\tColorectal Adenocarcinoma\tBOWEL\tBowel\t\t
        COAD\tColon Adenocarcinoma\tCOADREAD\tBowel\t\t
        SKIN\tSkin\tSOLID\tSkin\t\t
        MEL\tMelanoma\tSKIN\tSkin\t\t
        """
    static let indications = "code\tindication\tnote\nSOLID\tmetastatic-solid\t\n"

    static func tumorTypes() throws -> TumorTypes {
        try TumorTypes(
            types: TSVTable(text: types, file: "types", required: ["code"]),
            indications: TSVTable(text: indications, file: "indications", required: ["code"]))
    }

    struct Row {
        var id = "R1"
        var gene: String
        var criterion: String
        var types = "SOLID"
        var excluded = ""
        var direction = "sensitive"
        var transcript = ""
        var grch38 = ""
    }

    static func knowledge(_ rows: [Row]) throws -> KnowledgeBase {
        let lines = rows.map { row in
            [
                row.id, row.gene, "", row.criterion, row.types, row.excluded, "Drug", row.direction, "A",
                "I-A", "", "", "", "",
                "", "", row.transcript, "", row.grch38, "", "PMID:1", "verified", "", "", "",
            ].joined(separator: "\t")
        }
        let text = ([EvidenceRow.columns.joined(separator: "\t")] + lines).joined(separator: "\n")
        let types = try tumorTypes()
        let parsed = EvidenceRow.parse(
            try TSVTable(text: text, file: "evidence.tsv", required: EvidenceRow.columns), source: "test 1",
            tumorTypes: types)
        #expect(parsed.problems.isEmpty, "\(parsed.problems)")
        var knowledge = KnowledgeBase(
            rows: parsed.rows, tumorTypes: types,
            exons: ["EGFR": [19: 729...761, 20: 762...823], "MET": [14: 963...1010]],
            numberings: [
                .init(transcript: "ENST00000646891", other: "ENST00000644969", firstResidue: 439, offset: 40),
                .init(transcript: "ENST00000397752", other: "NM_001127500", firstResidue: 755, offset: 18),
                .init(
                    transcript: "ENST00000646891", other: "ENST00000288602.11", firstResidue: 439, offset: 40),
            ])
        knowledge.exonEnds = ["MET": [14: 3028]]
        return knowledge
    }

    static func call(
        _ gene: String, _ protein: String, _ terms: [SequenceOntologyTerm] = [.missenseVariant],
        coding: String = "",
        transcript: String = "", isMANE: Bool = true
    ) -> Consequence {
        Consequence(
            gene: gene, transcript: transcript, terms: terms, codingName: coding, proteinName: protein,
            proteinChange: ProteinChange(hgvs: protein), isMANESelect: isMANE)
    }

    static func profile(_ calls: [Consequence], variant: Variant? = nil) -> MolecularProfile {
        MolecularProfile(
            assembly: .grch38,
            alterations: calls.enumerated().map {
                .init(id: $0, gene: $1.gene, event: .smallVariant(variant, [$1]))
            })
    }

    static func matches(_ row: Row, _ profile: MolecularProfile) throws -> Bool {
        try !EvidenceMatcher(try knowledge([row]), date: "2026-01-01").match(profile).matches.isEmpty
    }

    struct Vector: Sendable, CustomTestStringConvertible {
        let gene: String
        let criterion: String
        let protein: String
        var terms: [SequenceOntologyTerm] = [.missenseVariant]
        var coding = ""
        let isMatch: Bool
        var testDescription: String { "\(criterion) against \(protein)\(coding) is \(isMatch)" }
    }

    @Test(
        "criteria match by residues",
        arguments: [
            Vector(gene: "BRAF", criterion: "BRAF p.V600E", protein: "p.Val600Glu", isMatch: true),
            Vector(gene: "BRAF", criterion: "BRAF p.V600E", protein: "p.Val600Lys", isMatch: false),
            Vector(gene: "BRAF", criterion: "BRAF p.V600E", protein: "p.Lys601Glu", isMatch: false),
            Vector(
                gene: "KIT", criterion: "KIT p.T670I", protein: "p.Ile669_Thr670delinsMetIle", isMatch: true),
            Vector(
                gene: "KIT", criterion: "KIT p.T670I", protein: "p.Ile669_Thr670delinsMetVal", isMatch: false),
            Vector(gene: "KRAS", criterion: "KRAS codon 12 missense", protein: "p.Gly12Asp", isMatch: true),
            Vector(gene: "KRAS", criterion: "KRAS codon 12 missense", protein: "p.Gly13Asp", isMatch: false),
            Vector(
                gene: "KRAS", criterion: "KRAS codon 12 missense", protein: "p.Gly12=",
                terms: [.synonymousVariant], isMatch: false),
            Vector(
                gene: "EGFR", criterion: "EGFR exon 19 inframe_deletion", protein: "p.Glu746_Ala750del",
                terms: [.inframeDeletion], isMatch: true),
            Vector(
                gene: "EGFR", criterion: "EGFR exon 19 inframe_deletion", protein: "p.Leu747_Thr751delinsPro",
                terms: [.proteinAlteringVariant], isMatch: true),
            Vector(
                gene: "EGFR", criterion: "EGFR exon 19 inframe_deletion", protein: "p.Leu747Pro",
                isMatch: false),
            Vector(
                gene: "EGFR", criterion: "EGFR exon 19 inframe_deletion", protein: "p.Asp770_Asn771insGly",
                terms: [.inframeInsertion], isMatch: false),
            Vector(
                gene: "EGFR", criterion: "EGFR exon 20 inframe_insertion", protein: "p.Ala767_Val769dup",
                terms: [.inframeInsertion], isMatch: true),
            Vector(
                gene: "EGFR", criterion: "EGFR exon 20 inframe_insertion",
                protein: "p.Ala763_Tyr764insPheGlnGluAla", terms: [.inframeInsertion], isMatch: true),
            Vector(
                gene: "EGFR", criterion: "EGFR exon 20 inframe_insertion", protein: "p.Thr790Met",
                isMatch: false),
            Vector(
                gene: "MET", criterion: "MET exon 14 skipping", protein: "", terms: [.spliceDonorVariant],
                coding: "c.3028+1G>T", isMatch: true),
            Vector(
                gene: "MET", criterion: "MET exon 14 skipping", protein: "", terms: [.spliceAcceptorVariant],
                coding: "c.2888-2A>G", isMatch: true),
            Vector(
                gene: "MET", criterion: "MET exon 14 skipping", protein: "", terms: [.spliceDonorVariant],
                coding: "c.2887+1G>T", isMatch: false),
            // The last base of exon 14 counts, the one before and the first of exon 15 do not.
            Vector(
                gene: "MET", criterion: "MET exon 14 skipping", protein: "p.Asp1010Asn", coding: "c.3028G>A",
                isMatch: true),
            Vector(
                gene: "MET", criterion: "MET exon 14 skipping", protein: "p.Asp1010Ala", coding: "c.3029A>C",
                isMatch: false),
            Vector(
                gene: "MET", criterion: "MET exon 14 skipping", protein: "", terms: [.frameshiftVariant],
                coding: "c.3028del", isMatch: false),
            // GTF2I counts one residue differently on two transcripts; the row names both.
            Vector(
                gene: "GTF2I", criterion: "GTF2I p.L404H OR GTF2I p.L424H", protein: "p.Leu424His",
                isMatch: true),
            Vector(
                gene: "GTF2I", criterion: "GTF2I p.L404H OR GTF2I p.L424H", protein: "p.Leu404His",
                isMatch: true),
            Vector(
                gene: "BRCA2", criterion: "BRCA2 loss_of_function", protein: "p.Ser1982ArgfsTer22",
                terms: [.frameshiftVariant], isMatch: true),
            Vector(
                gene: "BRCA2", criterion: "BRCA2 loss_of_function", protein: "p.Ser1982Arg", isMatch: false),
            Vector(
                gene: "BRCA2", criterion: "BRCA2 loss_of_function biallelic", protein: "p.Ser1982ArgfsTer22",
                terms: [.frameshiftVariant], isMatch: false),
            Vector(
                gene: "TP53", criterion: "TP53 codon 175 missense AND NOT TP53 p.R175H",
                protein: "p.Arg175His", isMatch: false),
            Vector(
                gene: "TP53", criterion: "TP53 codon 175 missense AND NOT TP53 p.R175H",
                protein: "p.Arg175Cys", isMatch: true),
        ])
    func vectors(_ vector: Vector) throws {
        let profile = Self.profile([
            Self.call(vector.gene, vector.protein, vector.terms, coding: vector.coding)
        ])
        #expect(
            try Self.matches(Row(gene: vector.gene, criterion: vector.criterion), profile) == vector.isMatch)
    }

    @Test("residues are counted on the row's transcript, not on another of the gene")
    func transcripts() throws {
        let row = Row(gene: "BRAF", criterion: "BRAF p.V600E", transcript: "ENST00000646891.2")
        let own = Self.call("BRAF", "p.Val600Glu", transcript: "ENST00000646891.2")
        let other = Self.call("BRAF", "p.Val640Glu", transcript: "ENST00000644969.2", isMANE: false)
        var profile = Self.profile([own])
        profile.alterations = [.init(id: 0, gene: "BRAF", event: .smallVariant(nil, [other, own]))]
        #expect(try Self.matches(row, profile))
        // A V600E counted on a transcript where it is another residue must not match while the row's own is there.
        let trap = Self.call("BRAF", "p.Val600Glu", transcript: "ENST00000644969.2", isMANE: false)
        let real = Self.call("BRAF", "p.Val560Glu", transcript: "ENST00000646891.2")
        profile.alterations = [.init(id: 0, gene: "BRAF", event: .smallVariant(nil, [trap, real]))]
        #expect(try !Self.matches(row, profile))
    }

    @Test("an allele without annotation matches by its place alone, also inside a longer substitution")
    func alleles() throws {
        let row = Row(gene: "BRAF", criterion: "BRAF p.V600E", grch38: "7:140753336:A:T")
        let variant = Variant(contig: Contig("chr7"), oneBased: 140_753_336, reference: "A", alternate: "T")
        var profile = MolecularProfile(
            assembly: .grch38,
            alterations: [.init(id: 0, gene: "", event: .smallVariant(variant, []), isAnnotated: false)])
        #expect(try Self.matches(row, profile))
        profile.assembly = .grch37
        #expect(try !Self.matches(row, profile))
        let promoter = Row(gene: "", criterion: "g.GRCh38:5:1295113:G:A")
        let block = Variant(contig: Contig("5"), oneBased: 1_295_113, reference: "GG", alternate: "AA")
        profile = MolecularProfile(
            assembly: .grch38,
            alterations: [
                .init(
                    id: 0, gene: "TERT",
                    event: .smallVariant(block, [Self.call("TERT", "", [.upstreamGeneVariant])]))
            ])
        #expect(try Self.matches(promoter, profile))
    }

    @Test("a listed allele whose annotation says another change is a disagreement, not a match")
    func disagreement() throws {
        let row = Row(gene: "BRAF", criterion: "BRAF p.V600E", grch38: "7:140753336:A:T")
        let variant = Variant(contig: Contig("7"), oneBased: 140_753_336, reference: "A", alternate: "T")
        let profile = Self.profile([Self.call("BRAF", "p.Val640Glu")], variant: variant)
        let result = try EvidenceMatcher(try Self.knowledge([row]), date: "2026-01-01").match(profile)
        #expect(result.matches.isEmpty)
        #expect(result.disagreements.map(\.seen) == ["p.V640E"])
    }

    @Test(
        "a row is met on a transcript that counts its residues with a known offset, where the reference residue fits",
        arguments: [
            ("BRAF", "p.V600E", "ENST00000646891.2", "ENST00000644969.3", "p.Val640Glu", true),
            ("BRAF", "p.V600E", "ENST00000646891.2", "ENST00000646891.2", "p.Val600Glu", true),
            ("BRAF", "p.V600E", "ENST00000646891.2", "ENST00000644969.3", "p.Val600Glu", false),
            ("BRAF", "p.V600E", "ENST00000646891.2", "ENST00000644969.3", "p.Ala640Glu", false),
            ("BRAF", "p.V600E", "ENST00000646891.2", "ENST00000644969.3", "p.Val300Glu", false),
            // One id, two proteins: only the version says which.
            ("BRAF", "p.V600E", "ENST00000646891.2", "ENST00000288602.11", "p.Val640Glu", true),
            ("BRAF", "p.V600E", "ENST00000646891.2", "ENST00000288602.6", "p.Val600Glu", true),
            ("BRAF", "p.V600E", "ENST00000646891.2", "ENST00000288602.6", "p.Val640Glu", false),
            ("MET", "p.D1228N", "ENST00000397752.8", "NM_001127500.3", "p.Asp1246Asn", true),
            ("MET", "p.D1228N", "ENST00000397752.8", "NM_001127500.3", "p.Asp1228Asn", false),
        ])
    func numbering(
        gene: String, change: String, transcript: String, called: String, protein: String, isMet: Bool
    ) throws {
        let row = Row(gene: gene, criterion: "\(gene) \(change)", transcript: transcript)
        let profile = Self.profile([Self.call(gene, protein, transcript: called, isMANE: false)])
        #expect(try Self.matches(row, profile) == isMet)
    }

    @Test(
        "MET exon 14 is skipped on whichever transcript the change is counted",
        arguments: [
            ("c.3082+1G>T", true), ("c.3082G>A", true), ("c.2942-2A>G", true), ("c.3028+1G>T", false),
        ])
    func skippedElsewhere(coding: String, isMet: Bool) throws {
        let row = Row(gene: "MET", criterion: "MET exon 14 skipping", transcript: "ENST00000397752.8")
        let isSplice = coding.contains("+") || coding.contains("-")
        let call = Self.call(
            "MET", "", isSplice ? [.spliceDonorVariant] : [.missenseVariant], coding: coding,
            transcript: "NM_001127500.3", isMANE: false)
        #expect(try Self.matches(row, Self.profile([call])) == isMet)
    }

    @Test(
        "MET exon 14 is skipped where a deletion takes an end of it or the whole; its polypyrimidine tract makes that probable",
        arguments: [
            // Deletions that reach from the exon into an intron, or lie in the intron and take the site.
            ("c.3020_3028+10del", "donor", "skipped"), ("c.3027_3028+1delinsA", "donor", "skipped"),
            ("c.3028+1_3028+9del", "donor", "skipped"), ("c.2888-20_2900del", "acceptor", "skipped"),
            ("c.2888-20_2888-1del", "acceptor", "skipped"), ("c.2887+40_3029-60del", "both", "skipped"),
            ("c.2888-1_2888insT", "", "none"), ("c.3028+5_3028+9del", "", "none"),
            // The last base by more than one base, of the same length or not.
            ("c.3027_3028delinsTT", "", "skipped"), ("c.3027_3028del", "", "none"),
            // Other exons and what reaches into them.
            ("c.2700_2900del", "acceptor", "none"), ("c.3029-2A>G", "acceptor", "none"),
            ("c.2887+1G>T", "donor", "none"), ("c.2880_2887+5del", "donor", "none"),
            ("c.3000_3100del", "donor", "none"),
            // The tract: 3 to 17 bases before the exon, alone or with bases farther away.
            ("c.2888-3C>G", "", "probable"), ("c.2888-17T>G", "", "probable"), ("c.2888-18T>G", "", "none"),
            ("c.2888-30_2888-5del", "", "probable"), ("c.2888-12_2888-11insA", "", "probable"),
            ("c.2888-40_2888-20del", "", "none"), ("c.3029-10del", "", "none"),
            ("c.2888-5=", "", "none"), ("c.*14-5del", "", "none"), ("c.2888-?_2888-5del", "", "none"),
        ])
    func skippedByDeletion(coding: String, site: String, expected: String) throws {
        let row = Row(gene: "MET", criterion: "MET exon 14 skipping")
        let terms: [SequenceOntologyTerm] =
            switch site {
            case "donor": [.spliceDonorVariant]
            case "acceptor": [.spliceAcceptorVariant]
            case "both": [.spliceAcceptorVariant, .spliceDonorVariant]
            default: [.intronVariant]
            }
        let profile = Self.profile([Self.call("MET", "", terms, coding: coding)])
        let matcher = EvidenceMatcher(try Self.knowledge([row]), date: "2026-01-01")
        let matches = try matcher.match(profile).matches
        #expect(matches.map(\.isProbable) == (expected == "none" ? [] : [expected == "probable"]))
    }

    @Test("a row about what is absent is met where nothing was found at all, if the genes were seen")
    func absence() throws {
        let rows = [
            Row(id: "A", gene: "KRAS", criterion: "WILDTYPE(KRAS) AND WILDTYPE(NRAS)"),
            Row(id: "B", gene: "KRAS", criterion: "WILDTYPE(KRAS) AND BRAF p.V600E"),
            Row(id: "C", gene: "KRAS", criterion: "WILDTYPE(KRAS) OR BRAF p.V600E"),
        ]
        let matcher = EvidenceMatcher(try Self.knowledge(rows), date: "2026-01-01")
        var profile = Self.profile([])
        #expect(try matcher.match(profile).matches.isEmpty)
        profile.assessableGenes = ["KRAS"]
        #expect(try matcher.match(profile).matches.map(\.row.id) == ["C"])
        profile.assessableGenes = ["KRAS", "NRAS"]
        #expect(try matcher.match(profile).matches.map(\.row.id) == ["A", "C"])
        profile.alterations = Self.profile([Self.call("BRAF", "p.Val600Glu")]).alterations
        #expect(try matcher.match(profile).matches.map(\.row.id) == ["A", "B", "C"])
    }

    @Test(
        "a row that asks for an inherited change is met by none of the tumor, and undetermined where nobody looked"
    )
    func origin() throws {
        let rows = [
            Row(id: "G", gene: "BRCA2", criterion: "GERMLINE(BRCA2 loss_of_function)"),
            Row(id: "S", gene: "BRCA2", criterion: "SOMATIC(BRCA2 loss_of_function)"),
            Row(id: "X", gene: "BRCA2", criterion: "BRCA2 loss_of_function"),
        ]
        let matcher = EvidenceMatcher(try Self.knowledge(rows), date: "2026-01-01")
        for isGermline in [false, true] {
            let call = Self.call("BRCA2", "p.Ser1982ArgfsTer22", [.frameshiftVariant])
            var profile = MolecularProfile(
                assembly: .grch38,
                alterations: [
                    .init(id: 0, gene: "BRCA2", event: .smallVariant(nil, [call]), isGermline: isGermline)
                ])
            profile.hasGermline = true
            let result = try matcher.match(profile)
            #expect(result.matches.map(\.row.id) == (isGermline ? ["G", "X"] : ["S", "X"]))
            let miss = try #require(result.misses.first)
            #expect(miss.truth == .no && miss.seen == (isGermline ? "it is inherited" : "it is of the tumor"))
            profile.hasGermline = false
            guard !isGermline else { continue }
            for row in try Self.knowledge(rows).evidence.rows() where row.id == "G" {
                let evaluator = CriterionEvaluator(
                    row: row, profile: profile, exons: [:], numberings: [], oncogenic: [])
                #expect(evaluator.evaluate(row.criterion).truth == .undetermined)
            }
        }
    }

    @Test("a change of many residues meets the rows inside it, and takes no time by its length")
    func longChanges() throws {
        let row = Row(gene: "BRAF", criterion: "BRAF residues 600-601")
        for last in [601, 5000, 999_999_999] {
            let call = Self.call("BRAF", "p.Ala2_Ala\(last)del", [.inframeDeletion])
            #expect(try Self.matches(row, Self.profile([call])))
        }
        let codon = Row(gene: "BRAF", criterion: "BRAF codon 600")
        let call = Self.call("BRAF", "p.Ala2_Ala999999999del", [.inframeDeletion])
        #expect(try Self.matches(codon, Self.profile([call])))
    }

    @Test("what was not measured is undetermined and never a match")
    func undetermined() throws {
        let rows = [
            Row(id: "A", gene: "ERBB2", criterion: "ERBB2 amplification"),
            Row(id: "B", gene: "ALK", criterion: "*::ALK"),
            Row(id: "C", gene: "", criterion: "TMB-H(tmb_panel_like >= 10)"),
            Row(id: "D", gene: "KRAS", criterion: "WILDTYPE(KRAS)"),
        ]
        let calls = ["ERBB2", "ALK", "KRAS"].map { Self.call($0, "p.Ala1Val") }
        let knowledge = try Self.knowledge(rows)
        #expect(
            try EvidenceMatcher(knowledge, date: "2026-01-01").match(Self.profile(calls)).matches.isEmpty)
        for row in try knowledge.evidence.rows() {
            let evaluator = CriterionEvaluator(
                row: row, profile: Self.profile(calls), exons: [:], numberings: [], oncogenic: [])
            #expect(evaluator.evaluate(row.criterion).truth == .undetermined, "\(row.id)")
        }
    }

    @Test("WILDTYPE is false with a known hotspot, true only in an assessable gene")
    func wildtype() throws {
        let rows = [
            Row(id: "A", gene: "KRAS", criterion: "WILDTYPE(KRAS)"),
            Row(id: "B", gene: "KRAS", criterion: "KRAS p.G12D"),
        ]
        let matcher = EvidenceMatcher(try Self.knowledge(rows), date: "2026-01-01")
        var profile = Self.profile([Self.call("KRAS", "p.Gly12Asp")])
        profile.assessableGenes = ["KRAS"]
        #expect(try matcher.match(profile).matches.map(\.row.id) == ["B"])
        profile.alterations = [
            .init(id: 0, gene: "KRAS", event: .smallVariant(nil, [Self.call("KRAS", "p.Lys180Arg")]))
        ]
        #expect(try matcher.match(profile).matches.map(\.row.id) == ["A"])
    }

    @Test("a burden is held against the row's own definition and cut-off")
    func burden() throws {
        let row = Row(gene: "", criterion: "TMB-H(tmb_panel_like >= 10)")
        var profile = Self.profile([])
        profile.values["tmb_panel_like"] = 9.99
        #expect(try !Self.matches(row, profile))
        profile.values["tmb_panel_like"] = 10
        #expect(try Self.matches(row, profile))
    }

    @Test(
        "tumor types relate by ancestry",
        arguments: [
            ("LUAD", "LUAD", "", TumorTypes.Relation.same), ("LUAD", "NSCLC", "", .ancestor),
            ("LUAD", "SOLID", "", .ancestor),
            ("LUNG", "NSCLC", "", .possible), ("MEL", "NSCLC", "", .other),
            ("COAD", "SOLID", "COADREAD", .other),
            ("MEL", "SOLID", "COADREAD", .ancestor),
        ])
    func relations(patient: String, row: String, excluded: String, expected: TumorTypes.Relation) throws {
        let relation = try Self.tumorTypes().relation(
            patient: patient, types: [row], excluded: excluded.isEmpty ? [] : [excluded])
        #expect(relation.relation == expected)
    }

    @Test("a type is found by code, name, synonym and DOID; an unknown one has neighbors")
    func names() throws {
        let types = try Self.tumorTypes()
        for name in ["NSCLC", "nsclc", "Non-Small Cell Lung Cancer", "DOID:3908"] {
            #expect(types.resolve(name)?.code == "NSCLC")
        }
        #expect(types.resolve("Lung Adenocarcinom") == nil)
        #expect(types.nearest(to: "Lung Adenocarcinom").first == "LUAD (Lung Adenocarcinoma)")
    }
}
