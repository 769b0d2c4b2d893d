import Foundation
import Genome
import Knowledge
import TestSupport
import Testing

/// The names of one diplotype: a set of alleles for each copy, without order.
private func copies(_ diplotype: String) -> Set<[String]> {
    // A copy that stands twice is told apart by its place.
    let parts = diplotype.components(separatedBy: "/").map { part in
        part.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).components(separatedBy: "+")
            .map { name -> String in
                switch name.trimmingCharacters(in: .whitespaces) {
                case "ref": return "Reference"
                case "HapB3": return "c.1129-5923C>G, c.1236G>A (HapB3)"
                case "HapB3Intron": return "c.1129-5923C>G"
                case let name: return name
                }
            }.sorted()
    }
    return Set(parts.count == 2 && parts[0] == parts[1] ? [parts[0], parts[0] + ["twice"]] : parts)
}

/// `c.1905+1G>A (*2A)` has a plus of its own.
private func own(_ diplotype: String) -> Set<[String]> {
    copies(diplotype.replacing("c.1905+1G", with: "c.1905 1G").replacing(" + ", with: "+"))
}

@Suite("DPYD")
struct PharmacogeneTests {
    @Test("the table has every position and allele of the definition, and eight positions on GRCh37")
    func table() throws {
        let dpyd = try PharmacogeneSample.gene("DPYD")
        #expect(dpyd.positions.count == 83 && dpyd.alleles.count == 84)
        #expect(
            dpyd.alleles.count { $0.activity == 0 } == 21 && dpyd.alleles.count { $0.activity == 0.5 } == 7)
        #expect(dpyd.positions.count { $0.places[.grch37] != nil } == 8)
        for position in dpyd.positions {
            guard let old = position.places[.grch37], let new = position.places[.grch38] else { continue }
            #expect(old.position - new.position == 465_556, "\(position.rsid)")
            #expect((old.reference == new.reference) == (position.rsid != "rs1801265"), "\(position.rsid)")
        }
        // Each allele is told by a position of its own.
        #expect(Set(dpyd.alleles.map(\.changes)).count == 84)
    }

    /// Names by rsid, as in the specification's table.
    private static let a2 = "rs3918290", t2846 = "rs67376798", causal = "rs75017182", tag = "rs56038477"

    @Test(
        "the worked examples of the specification",
        arguments: [
            (["rs3918290": "0/1"], 1.0, "Intermediate Metabolizer"),
            (["rs67376798": "0/1"], 1.5, "Intermediate Metabolizer"),
            (["rs3918290": "0/1", "rs67376798": "0/1"], 0.5, "Poor Metabolizer"),
            (["rs75017182": "1/1", "rs56038477": "1/1"], 1.0, "Intermediate Metabolizer"),
            (["rs1801159": "1/1"], 2.0, "Normal Metabolizer"),
            (["rs3918290": "1|0", "rs67376798": "1|0"], 1.0, "Intermediate Metabolizer"),
            (["rs3918290": "1|0", "rs67376798": "0|1"], 0.5, "Poor Metabolizer"),
            (["rs3918290": "0/1", "rs67376798": "0/1", "rs115232898": "0/1"], 0.5, "Poor Metabolizer"),
            // Two copies of c.2846A>T, and of *2A and *13 together.
            (["rs67376798": "1/1"], 1.0, "Intermediate Metabolizer"),
            (["rs3918290": "1/1"], 0.0, "Poor Metabolizer"),
            (["rs3918290": "0/1", "rs55886062": "0/1"], 0.0, "Poor Metabolizer"),
            // The tag where the causal site is reference counts as normal.
            (["rs56038477": "0/1"], 2.0, "Normal Metabolizer"),
        ] as [([String: String], Double, String)])
    func worked(genotypes: [String: String], score: Double, phenotype: String) throws {
        let call = try PharmacogeneSample.whole("DPYD", genotypes).call()
        #expect(call.activityScore == score && call.phenotype == phenotype, "\(genotypes) \(call.diplotypes)")
        #expect(call.isComplete && call.notCovered.isEmpty)
    }

    @Test("the tag alone, with the causal site not covered, is HapB3 with a word of caution")
    func tagAlone() throws {
        let call = try PharmacogeneSample([try PharmacogeneSample.line(Self.tag, "0/1")]).call()
        #expect(call.activityScore == 1.5 && !call.isComplete)
        #expect(call.diplotypes == ["Reference/c.1129-5923C>G, c.1236G>A (HapB3)"])
        #expect(call.notes.contains { $0.contains("inferred from its tag") })
        #expect(call.notCovered.contains(Self.causal))
        // The intronic variant alone is an allele of its own, outside the first tier.
        let intron = try PharmacogeneSample.whole("DPYD", [Self.causal: "0/1"]).call()
        #expect(intron.diplotypes == ["Reference/c.1129-5923C>G"] && intron.activityScore == 1.5)
        #expect(intron.notes.contains { $0.contains("grade of the evidence") })
    }

    @Test("what is not phased is the worst case and says so; what phase cannot change is not")
    func worstCase() throws {
        let open = try PharmacogeneSample.whole("DPYD", [Self.a2: "0/1", Self.t2846: "0/1"]).call()
        #expect(open.isWorstCase && open.bestCaseScore == 1)
        #expect(open.diplotypes == ["c.1905+1G>A (*2A)/c.2846A>T"])
        #expect(open.notes.contains { $0.contains("enzyme test") })
        let cis = try PharmacogeneSample.whole("DPYD", [Self.a2: "1|0", Self.t2846: "1|0"]).call()
        #expect(!cis.isWorstCase && cis.bestCaseScore == nil)
        #expect(cis.diplotypes == ["Reference/[c.1905+1G>A (*2A) + c.2846A>T]"])
        #expect(cis.scoredDiplotype == "Reference/c.1905+1G>A (*2A)")
        let normal = try PharmacogeneSample.whole("DPYD", ["rs1801265": "0/1", Self.t2846: "0/1"]).call()
        #expect(!normal.isWorstCase && normal.activityScore == 1.5)
        let fixed = try PharmacogeneSample.whole("DPYD", [Self.a2: "0/1", Self.t2846: "1/1"]).call()
        #expect(!fixed.isWorstCase && fixed.activityScore == 0.5)
    }

    @Test("phase sets tell copies apart only within themselves; PGT and PID do as PS does")
    func phaseSets() throws {
        func call(_ first: String, _ second: String) throws -> PharmacogeneCall {
            try PharmacogeneSample([
                "chr1 97450058 C T PASS . \(first)", "chr1 97082391 T A PASS . \(second)",
            ]).call()
        }
        let one = try call("GT:PS 1|0:7", "GT:PS 1|0:7")
        #expect(one.activityScore == 1 && !one.isWorstCase)
        let two = try call("GT:PS 1|0:7", "GT:PS 1|0:8")
        #expect(two.activityScore == 0.5 && two.isWorstCase)
        let gatk = try call("GT:PGT:PID 0/1:0|1:9_A", "GT:PGT:PID 0/1:0|1:9_A")
        #expect(gatk.activityScore == 1 && !gatk.isWorstCase)
        #expect(gatk.positions.first { $0.rsid == Self.a2 }?.phaseSet == "9_A")
        // A third variant of unknown phase can only lower the score.
        var third = try PharmacogeneSample([
            "chr1 97450058 C T PASS . GT:PS 1|0:7", "chr1 97082391 T A PASS . GT:PS 1|0:7",
        ])
        try third.add(try PharmacogeneSample.line("rs115232898", "0/1"))
        let call = try third.call()
        #expect(call.activityScore == 0.5 && call.isWorstCase && call.bestCaseScore == 1)
    }

    @Test("without any covered position there is no score and no phenotype, and nothing is called normal")
    func nothing() throws {
        let call = try PharmacogeneSample(["chr1 97450100 C T 0/1"]).call()
        #expect(call.phenotype == nil && call.activityScore == nil && call.diplotypes.isEmpty)
        #expect(!call.isComplete && call.positions.allSatisfy { $0.state == .notCovered })
        #expect(call.notes.contains { $0.contains("--callable") })
    }

    @Test("one decisive position that is not covered is named, and normal is said with that alone")
    func gap() throws {
        let call = try PharmacogeneSample.whole("DPYD", [Self.a2: nil]).call()
        #expect(call.notCovered == [Self.a2] && !call.isComplete)
        #expect(call.notes.contains { $0.contains("1 of 28") && $0.contains("holds only if") })
        // c.1905C>G is of normal function: without it the call is complete.
        let other = try PharmacogeneSample.whole("DPYD", ["rs3918289": nil]).call()
        #expect(other.isComplete && other.positions.contains { $0.state == .notCovered })
    }
}

@Suite("What a file tells of pharmacogenes")
struct PharmacogeneSitesTests {
    private static let a2 = "rs3918290"

    @Test("a block of a gVCF covers to its END; what lies between blocks is not covered")
    func blocks() throws {
        let sample = try PharmacogeneSample([
            "chr1 97082000 G <NON_REF> PASS END=97082400 GT:DP:GQ 0/0:30:90",
            "chr1 97450000 A <*> PASS END=97450057 GT:MIN_DP:GQ 0/0:25:60",
            "chr1 97515787 A C,<NON_REF> PASS . GT:DP:GQ 0/1:28:99",
        ])
        #expect(try sample.position("rs67376798").state == .reference)
        #expect(try sample.position(Self.a2).state == .notCovered)
        #expect(try sample.position("rs55886062").state == .variant)
        #expect(try sample.call().diplotypes == ["Reference/c.1679T>G (*13)"])
    }

    @Test(
        "a block of few reads, of low quality or without genotype proves nothing",
        arguments: [
            "GT:DP 0/0:9", "GT:MIN_DP:DP 0/0:3:30", "GT:GQ 0/0:19", "GT:DP ./.:30", "DP 30", "GT:DP 0/.:30",
        ])
    func thin(sample: String) throws {
        let lines = ["chr1 97450000 A <NON_REF> PASS END=97450100 \(sample)"]
        let position = try PharmacogeneSample(lines).position(Self.a2)
        #expect(position.state == .notCovered && position.note != nil, "\(sample)")
        // Nor do callable regions overrule it.
        var other = try PharmacogeneSample(lines)
        other.callable = RegionSet([GenomicInterval(contig: Contig("1"), oneBased: 97_000_000...98_000_000)])
        #expect(try other.position(Self.a2).state == .notCovered, "\(sample)")
    }

    @Test("a record that is not there is reference in callable regions, and not covered elsewhere")
    func callable() throws {
        var sample = try PharmacogeneSample()
        sample.callable = RegionSet([
            GenomicInterval(contig: Contig("chr1"), oneBased: 97_000_000...97_450_058)
        ])
        #expect(try sample.position(Self.a2).state == .reference)
        #expect(try sample.position("rs55886062").state == .notCovered)
        sample.callable = RegionSet([
            GenomicInterval(contig: Contig("chr1"), oneBased: 97_000_000...97_450_057)
        ])
        #expect(try sample.position(Self.a2).state == .notCovered)
    }

    @Test(
        "genotypes that say half or too much",
        arguments: [
            ("0/.", PharmacogeneCall.State.notCovered, nil), ("./1", .variant, 1.0), ("1", .variant, 1.0),
            ("0", .notCovered, nil), ("./.", .notCovered, nil), ("0/0/1", .notCovered, nil),
            ("1/1", .variant, 0),
        ] as [(String, PharmacogeneCall.State, Double?)])
    func genotypes(text: String, state: PharmacogeneCall.State, score: Double?) throws {
        let sample = try PharmacogeneSample(["chr1 97450058 C T \(text)"])
        #expect(try sample.position(Self.a2).state == state)
        let call = try sample.call()
        #expect(call.activityScore == score)
        if text != "1/1" { #expect(call.notCovered.contains(Self.a2)) }
    }

    @Test("alternates of one line, or on lines of their own, in any order of copies")
    func multiallelic() throws {
        for lines in [
            ["chr1 97450058 C G,T 0/2"], ["chr1 97450058 C G 0/0", "chr1 97450058 C T 0/1"],
            ["chr1 97450058 CG TG,CA 0/1"], ["chr1 97450057 AC AT 0/1"],
        ] {
            #expect(
                try PharmacogeneSample(lines).call().diplotypes == ["Reference/c.1905+1G>A (*2A)"], "\(lines)"
            )
        }
        // Both copies carry a variant, one of which nobody knows.
        let other = try PharmacogeneSample(["chr1 97450058 C G,T 1/2"])
        #expect(try other.position(Self.a2).note?.contains("not in the definition") == true)
        #expect(try other.call().activityScore == 1)
        let ugt = [
            ["chr2 233760233 CAT CATAT,C,CATATAT 1/3"],
            ["chr2 233760233 C CAT 0/1", "chr2 233760233 C CATAT 1/0"],
        ]
        for lines in ugt {
            #expect(try PharmacogeneSample(lines).call("UGT1A1").diplotypes == ["*28/*37"], "\(lines)")
        }
    }

    @Test("both changes of a block substitution count, and a base within it that is not changed is reference")
    func substitution() throws {
        let sample = try PharmacogeneSample(["chr1 97450058 CG TC 0/1"])
        #expect(try sample.position(Self.a2).state == .variant)
        #expect(try sample.position("rs3918289").state == .variant)
        let wide = try PharmacogeneSample(["chr1 97450057 ACGT TCGA 0/1"])
        #expect(try wide.position(Self.a2).state == .reference)
    }

    @Test("a deletion over a position, and `*`, leave the copy unseen")
    func spanning() throws {
        for line in [
            "chr1 97450055 AAACGG A 0/1", "chr1 97450058 C * 0/1",
            "chr1 97450000 A <DEL> PASS END=97450100 GT 0/1",
        ] {
            let position = try PharmacogeneSample([line]).position(Self.a2)
            #expect(position.state == .notCovered && position.note != nil, "\(line)")
        }
    }

    @Test("an allele that does not pass its filter is neither variant nor reference")
    func filtered() throws {
        let sample = try PharmacogeneSample([
            "chr1 97450000 A <NON_REF> PASS END=97450100 GT 0/0", "chr1 97450058 C T weak . GT 0/1",
        ])
        let position = try sample.position(Self.a2)
        #expect(position.state == .notCovered && position.note?.contains("does not pass") == true)
    }

    @Test(
        "a deletion is found wherever in its repeat it is written; an indel that may be one is not passed over"
    )
    func shifted() throws {
        let seven = "c.295_298delTCAT (*7)"
        #expect(
            try PharmacogeneSample(["chr1 97740410 GATGA G 0/1"]).call().diplotypes == ["Reference/\(seven)"])
        let written = try PharmacogeneSample(["chr1 97740414 AATGA A 0/1"])
        #expect(try written.position("rs72549309").state == .notCovered)
        #expect(try written.position("rs72549309").note != nil)
        #expect(
            try PharmacogeneSample(["chr1 97450066 GG G 0/1"]).call().diplotypes == [
                "Reference/c.1898delC (*3)"
            ])
    }

    @Test("REF that is not the genome's is told, and the position not called")
    func mismatch() throws {
        let sample = try PharmacogeneSample(["chr1 97450058 A T 0/1"])
        let found = sample.sites.observations(of: try PharmacogeneSample.gene("DPYD"), callable: nil)
        #expect(found.mismatches.map(\.position) == [Self.a2] && found.mismatches.map(\.expected) == ["C"])
        #expect(try sample.position(Self.a2).state == .notCovered)
    }

    @Test("on GRCh37 the eight checked positions count, and no other; where REF is the variant it is called")
    func grch37() throws {
        let a2 = try PharmacogeneSample(["1 97915614 C T 0/1"], on: .grch37)
        #expect(try a2.call().diplotypes == ["Reference/c.1905+1G>A (*2A)"])
        #expect(try a2.position(Self.a2).locus == "chr1:97915614")
        #expect(try a2.position("rs72549303").note?.contains("not checked") == true)
        #expect(try a2.call().isComplete == false)
        // Often labelled *13 by mistake: it is *5, of normal function.
        let five = try PharmacogeneSample(["chr1 97981395 T C 1/1"], on: .grch37).call()
        #expect(five.diplotypes == ["c.1627A>G (*5)/c.1627A>G (*5)"] && five.activityScore == 2)
        let same = try PharmacogeneSample(["1 98348885 G . 0/0"], on: .grch37).call()
        #expect(same.diplotypes == ["c.85T>C (*9A)/c.85T>C (*9A)"] && same.activityScore == 2)
        let one = try PharmacogeneSample(["1 98348885 G A 0/1"], on: .grch37).call()
        #expect(one.diplotypes == ["Reference/c.85T>C (*9A)"])
        let none = try PharmacogeneSample(["1 98348885 G A 1/1"], on: .grch37)
        #expect(try none.position("rs1801265").state == .reference)
    }

    @Test("records in another order, or from parts of the file, give the same")
    func order() throws {
        let lines = try [
            PharmacogeneSample.line(Self.a2, "0/1"), PharmacogeneSample.line("rs67376798", "0/1"),
            PharmacogeneSample.line("rs1801159", "1/1"),
        ]
        let whole = try PharmacogeneSample(lines)
        var sites = try PharmacogeneSample([lines[2]]).sites
        sites.merge(try PharmacogeneSample([lines[1], lines[0]]).sites)
        let gene = try PharmacogeneSample.gene("DPYD")
        let observed = sites.observations(of: gene, callable: nil).observed
        #expect(PharmacogeneCaller(gene, assembly: .grch38).call(observed) == (try whole.call()))
    }
}

@Suite("UGT1A1, TPMT and NUDT15")
struct NamedPharmacogeneTests {
    @Test(
        "alleles of one or more changes, with and without phase",
        arguments: [
            ("TPMT", ["rs1800460": "0/1", "rs1142345": "0/1"], "*1/*3A", "Intermediate Metabolizer"),
            ("TPMT", ["rs1800460": "0|1", "rs1142345": "1|0"], "*3B/*3C", "Poor Metabolizer"),
            ("TPMT", ["rs1800460": "1/1", "rs1142345": "1/1"], "*3A/*3A", "Poor Metabolizer"),
            ("TPMT", ["rs1800460": "0/1", "rs1142345": "1/1"], "*3A/*3C", "Poor Metabolizer"),
            ("TPMT", ["rs1142345": "0/2"], "*1/*41", "Intermediate Metabolizer"),
            ("TPMT", ["rs1800462": "0/1"], "*1/*2", "Intermediate Metabolizer"),
            ("UGT1A1", ["rs3064744": "0/2"], "*1/*28", "Intermediate Metabolizer"),
            ("UGT1A1", ["rs3064744": "2/2", "rs887829": "1/1"], "*80+*28/*80+*28", "Poor Metabolizer"),
            ("UGT1A1", ["rs887829": "0/1"], "*1/*80", "Indeterminate"),
            ("UGT1A1", ["rs3064744": "0/1"], "*1/*36", "Normal Metabolizer"),
            ("UGT1A1", ["rs4148323": "1/1"], "*6/*6", "Poor Metabolizer"),
            ("NUDT15", ["rs746071566": "0/2", "rs116855232": "0/1"], "*1/*2", "Intermediate Metabolizer"),
            ("NUDT15", ["rs746071566": "0/2"], "*1/*6", "Indeterminate"),
            ("NUDT15", ["rs746071566": "0/1"], "*1/*9", "Intermediate Metabolizer"),
            ("NUDT15", ["rs116855232": "1/1"], "*3/*3", "Poor Metabolizer"),
        ] as [(String, [String: String], String, String)])
    func calls(gene: String, genotypes: [String: String], diplotype: String, phenotype: String) throws {
        let call = try PharmacogeneSample.whole(gene, genotypes).call(gene)
        #expect(call.diplotypes == [diplotype] && call.phenotype == phenotype, "\(genotypes) \(call)")
        #expect(call.isComplete && call.activityScore == nil)
    }

    @Test("the rare alternative of TPMT *1/*3A is named")
    func alternative() throws {
        let call = try PharmacogeneSample.whole("TPMT", ["rs1800460": "0/1", "rs1142345": "0/1"]).call("TPMT")
        #expect(call.notes.contains { $0.contains("*3B/*3C (Poor Metabolizer)") })
    }

    @Test(
        "on GRCh37 the checked positions are called",
        arguments: [
            ("UGT1A1", "2 234668879 C CAT 0/1", "*1/*28"), ("UGT1A1", "2 234669144 G A 0/1", "*1/*6"),
            ("TPMT", "6 18143955 C G 0/1", "*1/*2"), ("NUDT15", "13 48619855 C T 1/1", "*3/*3"),
        ])
    func grch37(gene: String, line: String, diplotype: String) throws {
        #expect(try PharmacogeneSample([line], on: .grch37).call(gene).diplotypes == [diplotype])
    }
}

@Suite("Pharmacogenes as CPIC publishes them", .enabled(if: TestData.isAvailable))
struct PublishedPharmacogeneTests {
    private static func text(_ name: String) throws -> String {
        try String(contentsOfFile: TestData.path("oncology/cpic/" + name), encoding: .utf8)
    }

    private static func json(_ name: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(filePath: TestData.path("oncology/cpic/" + name)))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// The rows of the table of combinations: genotypes by rsid, and the four cells with calls.
    private static func combinations() throws -> [(genotypes: [String: String], calls: [String])] {
        let lines = try text("dpyd_hapb3_cases.tsv").split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
        let names = Array(lines[2].prefix(7))
        return lines.dropFirst(3).filter { $0.count > 10 }.map { cells in
            (Dictionary(zip(names, cells), uniquingKeysWith: { $1 }), Array(cells[7...10]))
        }
    }

    private static func sample(_ genotypes: [String: String], separator: Character) throws
        -> PharmacogeneSample
    {
        let other = "rs186169810"
        let cells = genotypes.mapValues { text -> String? in
            text == "missing" ? nil : String(text.map { "|/".contains($0) ? separator : $0 })
        }
        var sample = try PharmacogeneSample.whole(
            "DPYD", cells.merging([other: String?.none]) { $1 })
        // c.1314A>G is none of the definition's alleles; it lies where c.1314T>G does.
        if let genotype = cells[other] ?? nil {
            try sample.add(
                try PharmacogeneSample.line(other, genotype, alternate: genotype.contains("1") ? "G" : "C"))
        }
        return sample
    }

    @Test("all published combinations of HapB3's positions with other alleles, phased and not")
    func combinations() throws {
        let rows = try Self.combinations()
        #expect(rows.count == 37)
        let values = Dictionary(
            try PharmacogeneSample.gene("DPYD").alleles.map { ($0.name, $0.activity ?? 1) },
            uniquingKeysWith: { $1 })
        func score(_ diplotype: String) -> Double {
            let parts = own(diplotype)
            let each = parts.map { $0.filter { $0 != "twice" }.map { values[$0] ?? -9 }.min() ?? -9 }
            return each.reduce(0, +)
        }
        for (genotypes, calls) in rows {
            let phased = try Self.sample(genotypes, separator: "|").call()
            #expect(own(phased.diplotypes[0]) == own(calls[0]), "\(genotypes) \(phased.diplotypes)")
            let lowest = calls[1].isEmpty ? calls[0] : calls[1]
            #expect(phased.activityScore == score(lowest), "\(genotypes)")
            if !calls[1].isEmpty {
                let scored = phased.scoredDiplotype ?? phased.diplotypes[0]
                #expect(own(scored) == own(calls[1]), "\(genotypes) \(scored)")
            }
            let open = try Self.sample(genotypes, separator: "/").call()
            if calls[2].isEmpty {
                #expect(open.diplotypes == phased.diplotypes, "\(genotypes)")
            } else {
                let wanted = calls[2].replacing(" (homozygous)", with: "").components(separatedBy: ", ")
                let found = Set(open.alleles.map(\.name))
                let names = wanted.filter { $0 != "ref" }.flatMap { copies($0).joined() }
                #expect(found == Set(names), "\(genotypes) \(found)")
            }
            let pair = calls[3].isEmpty ? lowest : calls[3]
            #expect(open.activityScore == score(pair), "\(genotypes) \(open.diplotypes)")
            if !calls[3].isEmpty {
                #expect(own(open.diplotypes[0]) == own(pair), "\(genotypes) \(open.diplotypes)")
            }
            // What is missing, or no allele of the definition, is told.
            let isGap = genotypes["rs75017182"] == "missing" || genotypes["rs186169810"] == "0/1"
            #expect(open.isComplete == !(isGap || genotypes["rs56038477"] == "missing"), "\(genotypes)")
        }
    }

    @Test("all diplotypes of DPYD have the published score and phenotype")
    func diplotypes() throws {
        let gene = try PharmacogeneSample.gene("DPYD")
        let caller = PharmacogeneCaller(gene, assembly: .grch38)
        let alleles = Dictionary(gene.alleles.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        let published = try #require(try Self.json("phenotype/DPYD.json")["diplotypes"] as? [[String: Any]])
        #expect(published.count == 3570)
        for row in published {
            let counts = try #require(row["diplotypekey"] as? [String: Int])
            let names = counts.sorted { $0.key < $1.key }.flatMap {
                Array(repeating: $0.key, count: $0.value)
            }
            var observed = gene.positions.map { _ in PharmacogeneObservation(copies: [0, 0]) }
            for (copy, name) in names.enumerated() {
                for (position, change) in try #require(alleles[name]).changes {
                    observed[position].copies[copy] = change
                }
            }
            for isPhased in [true, false] {
                for index in observed.indices { observed[index].isPhased = isPhased }
                let call = caller.call(observed)
                #expect(
                    call.activityScore == (row["activityScore"] as? String).flatMap { Double($0) }, "\(names)"
                )
                #expect(call.phenotype == row["phenotype"] as? String, "\(names)")
                #expect(call.diplotypes.count == 1)
                if isPhased {
                    #expect(own(call.diplotypes[0]) == own(names.joined(separator: "/")), "\(names)")
                }
            }
        }
    }

    @Test(
        "the diplotypes of the other genes have the published phenotype",
        arguments: ["NUDT15", "TPMT", "UGT1A1"])
    func named(name: String) throws {
        let gene = try PharmacogeneSample.gene(name)
        let caller = PharmacogeneCaller(gene, assembly: .grch38)
        let alleles = Dictionary(gene.alleles.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        let published = try #require(
            try Self.json("phenotype/\(name).json")["diplotypes"] as? [[String: Any]])
        for row in published {
            let counts = try #require(row["diplotypekey"] as? [String: Int])
            let names = counts.sorted { $0.key < $1.key }.flatMap {
                Array(repeating: $0.key, count: $0.value)
            }
            var observed = gene.positions.map { _ in PharmacogeneObservation(copies: [0, 0], isPhased: true) }
            for (copy, name) in names.enumerated() {
                for (position, change) in try #require(alleles[name]).changes {
                    observed[position].copies[copy] = change
                }
            }
            let call = caller.call(observed)
            #expect(call.phenotype == row["phenotype"] as? String, "\(names) \(call.diplotypes)")
            #expect(
                Set(call.diplotypes) == [names.joined(separator: "/")]
                    || Set(call.diplotypes) == [names.reversed().joined(separator: "/")])
        }
    }

    @Test("the tables say what the published definitions say")
    func definitions() throws {
        for gene in try PharmacogeneSample.genes.get() {
            let definition = try Self.json("definition/\(gene.gene)_translation.json")
            let variants = try #require(definition["variants"] as? [[String: Any]])
            #expect(
                gene.positions.map { $0.places[.grch38]?.position }
                    == variants.map { ($0["position"] as? Int).map { $0 - 1 } })
            #expect(
                gene.positions.map(\.alleles)
                    == variants.map { [$0["ref"] as? String ?? ""] + ($0["alts"] as? [String] ?? []) })
            let named = try #require(definition["namedAlleles"] as? [[String: Any]])
            #expect(gene.alleles.map(\.name) == named.map { $0["name"] as? String })
            for (allele, row) in zip(gene.alleles, named) where row["reference"] as? Bool == false {
                let bases = try #require(row["alleles"] as? [Any])
                let wanted = bases.enumerated().compactMap { index, base in
                    (base as? String).map { "\(index) \($0)" }
                }
                let own = allele.changes.map { "\($0.key) \(gene.positions[$0.key].alleles[$0.value])" }
                #expect(Set(own) == Set(wanted), "\(gene.gene) \(allele.name)")
            }
        }
    }
}
