import Foundation
import Genome
import TestSupport
import Testing
import Variants

@testable import Biomarkers

@Suite("CHORD")
struct ChordTests {
    static func table(_ name: String) throws -> [String: [String: String]] {
        let text = try String(contentsOfFile: TestData.path("oncology/chord/\(name)"), encoding: .utf8)
        let rows = text.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        // R leaves out the name of the first column.
        let names = rows[0].count < rows[1].count ? ["sample"] + rows[0] : rows[0]
        return Dictionary(
            uniqueKeysWithValues: rows.dropFirst().map {
                ($0[0], Dictionary(uniqueKeysWithValues: zip(names, $0)))
            })
    }

    static func contexts(_ sample: String) throws -> [String: Int] {
        let table = try table("contexts/\(sample)_contexts.txt")
        return try #require(table[sample]).compactMapValues { Int($0) }
    }

    @Test(
        "features and prediction are the published ones", .enabled(if: TestData.isAvailable),
        arguments: ["PD3905", "PD10010"])
    func published(sample: String) throws {
        let features = ChordFeatures(contexts: try Self.contexts(sample))
        let published = try Self.table("expected_features.tsv")
        let expected = try #require(published[sample])
        var compared = 0
        for (name, text) in expected where name != "sample" {
            let value = try #require(Double(text))
            #expect(abs((features.values[name] ?? .nan) - value) < 1e-14, "\(name)")
            compared += 1
        }
        #expect(compared == 12)
        let lines = try TestData.lines("oncology/chord/chord_rf_trees.tsv.gz").joined(separator: "\n")
        let forest = try ChordForest(text: lines, file: "trees.tsv")
        #expect(forest.count == 500)
        let predictions = try Self.table("expected_chord_pred.tsv")
        let told = try #require(predictions[sample])
        let found = ChordPrediction(features, forest: forest, hasRearrangements: true, fewestIndels: 50)
        func number(_ name: String) throws -> Double {
            let text = try #require(told[name])
            return try #require(Double(text))
        }
        #expect(abs((found.probabilityBRCA1 ?? .nan) - (try number("p_BRCA1"))) < 1e-6)
        #expect(abs((found.probabilityBRCA2 ?? .nan) - (try number("p_BRCA2"))) < 1e-6)
        #expect(abs((found.probability ?? .nan) - (try number("p_hrd"))) < 1e-6)
        #expect(found.hrStatus == told["hr_status"] && found.hrdType == told["hrd_type"])
    }

    @Test(
        "rearrangements of the published files fall into the published classes",
        .enabled(if: TestData.isAvailable), arguments: ["PD3905", "PD10010"])
    func rearrangements(sample: String) throws {
        let expected = try Self.contexts(sample)
        var found: [String: Int] = [:]
        for line in try TestData.lines("oncology/chord/vcf/\(sample)_sv.vcf.gz") where !line.hasPrefix("#") {
            let cells = line.split(separator: "\t").map(String.init)
            let info = Dictionary(
                cells[7].split(separator: ";").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
                    .filter { $0.count == 2 }.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
            // The records have no ALT; type and places stand in INFO.
            let sides: [String: (Breakend.Orientation, Breakend.Orientation)] = [
                "DEL": (.plus, .minus), "DUP": (.minus, .plus), "INV": (.plus, .plus), "TRA": (.plus, .plus),
            ]
            guard let type = info["SVTYPE"], let side = sides[type], let end = info["END"].flatMap(Int.init),
                let start = Int(cells[1])
            else { continue }
            let variant = StructuralVariant(
                Breakend(contig: Contig(cells[0]), position: start - 1, orientation: side.0),
                Breakend(contig: Contig(info["CHR2"] ?? ""), position: end - 1, orientation: side.1))
            let name = try #require(ChordFeatures.name(of: variant))
            found[name, default: 0] += 1
        }
        #expect(!found.isEmpty)
        for (name, count) in expected where name.hasPrefix("D") && name.hasSuffix("bp") || name == "TRA" {
            #expect(found[name] ?? 0 == count, "\(name)")
        }
    }

    @Test(
        "insertions and deletions by their context",
        arguments: [
            // The worked examples: what follows the bases decides.
            ("GACGA", "CAGT", "CAACGG", true, "del.mh.bimh.2"),
            ("GACGG", "TTTA", "TTTATTGC", true, "del.rep.len.4"),
            ("GACGA", "GACTC", "GTTTTT", true, "del.mh.bimh.1"),
            ("CCCCC", "GA", "GTTTT", true, "del.none.len.2"),
            ("CCCCG", "A", "AAAC", true, "del.rep.len.1"), ("CCCCG", "A", "CCC", false, "ins.none.len.1"),
            ("CCCCG", "AT", "ATC", false, "ins.rep.len.2"),
            ("GGGGG", "ACGTACT", "ACTTT", false, "ins.mh.bimh.2"),
            // Bases before count too: the same change written farther left.
            ("GGGTA", "CCTA", "GGG", true, "del.mh.bimh.2"),
            // Fifty bases twice are a microhomology.
            (
                "GGGGG", String(repeating: "ACGTT", count: 10), String(repeating: "ACGTT", count: 10) + "GG",
                true, "del.mh.bimh.5"
            ),
            ("NNNNN", "A", "CCC", true, nil), ("CCCCC", "A", "NNN", true, nil),
        ])
    func contexts(before: String, bases: String, after: String, isDeletion: Bool, name: String?) {
        let letters = Array((before + (isDeletion ? bases : "") + after).utf8)
        let found = IndelContexts.name(
            of: Array(bases.utf8), isDeletion: isDeletion, at: before.utf8.count
        ) { letters.indices.contains($0) ? letters[$0] : UInt8(ascii: "N") }
        #expect(found == name)
    }

    static let head = ChordForest.columns.joined(separator: "\t") + "\n"

    @Test(
        "a damaged forest is refused",
        arguments: [
            ("", "the forest has no trees"), ("tree\tnode\n", "the columns are tree\tnode"),
            (
                head + "1\t1\t2\t3\tC.A\t0.5\t1\t\n1\t2\t0\t0\t\t0\t-1\tnone\n",
                "node 3 of tree 1 is not there"
            ),
            (head + "1\t1\t1\t2\tC.A\t0.5\t1\t\n", "node 1 leads back to node 1"),
            (head + "1\t1\t2\t3\tX.Y\t0.5\t1\t\n", "the feature \"X.Y\" is not one of CHORD's"),
            (head + "1\t1\t2\t3\tC.A\tnan\t1\t\n", "the line is no node"),
            (head + "1\t2\t0\t0\t0\t0\t-1\tnone\n", "out of order"),
            (head + "1\t1\t0\t0\t0\t0\t-1\tBRCA3\n", "the class is \"BRCA3\""),
        ])
    func damaged(text: String, problem: String) {
        #expect {
            try ChordForest(text: text, file: "trees.tsv")
        } throws: { ($0 as? InputError)?.problem.contains(problem) == true }
    }

    @Test("too few indels, instability, no structural variants and no forest are told, never a number")
    func undetermined() throws {
        let forest = try ChordForest(text: Self.head + "1\t1\t0\t0\t0\t0\t-1\tBRCA2\n", file: "t")
        func told(_ contexts: [String: Int], forest: ChordForest?, hasRearrangements: Bool = true)
            -> ChordPrediction
        {
            ChordPrediction(
                ChordFeatures(contexts: contexts), forest: forest, hasRearrangements: hasRearrangements)
        }
        let few = told(["del.none.len.1": 99], forest: forest)
        #expect(few.status == .notComputable && few.hrStatus == "undetermined" && few.probability == nil)
        #expect(told(["del.rep.len.1": 14_001], forest: forest).statusReason.contains("instability"))
        #expect(told(["del.none.len.1": 100], forest: forest, hasRearrangements: false).probability == nil)
        let none = told(["del.none.len.1": 100], forest: nil)
        #expect(none.status == .notComputable && none.hrStatus == nil && none.features["del.none"] == 1)
        let type = told(["del.none.len.1": 100, "TRA": 29], forest: forest)
        #expect(type.hrStatus == "HR_deficient" && type.hrdType == "undetermined" && type.status == .lowCount)
        #expect(told(["del.none.len.1": 100, "TRA": 30], forest: forest).hrdType == "BRCA2_type")
    }
}

@Suite("HRDetect")
struct DeficiencyScoreTests {
    @Test(
        "the score of its six features",
        arguments: [
            ([0.45, 2500, 60, 80, 18, 900], 0.9994), ([0.25, 400, 5, 10, 10, 500], 0.3559),
            ([0.30, 0, 0, 20, 14, 200], 0.0525), ([0.15, 0, 0, 5, 3, 300], 0.000323),
        ])
    func worked(values: [Double], probability: Double) throws {
        let features = Dictionary(uniqueKeysWithValues: zip(DeficiencyScore.featureNames, values))
        let found = try #require(DeficiencyScore(features: features).probability)
        #expect(abs(found / probability - 1) < 2e-3)
        let line = values.map { "\($0)" }.joined(separator: "\t")
        let text = DeficiencyScore.featureNames.joined(separator: "\t") + "\n" + line + "\n"
        #expect(try DeficiencyScore(text: text, file: "f.tsv", sample: "").probability == found)
    }

    @Test("a missing feature is not imputed; of several samples the named one is taken")
    func missing() throws {
        let none = DeficiencyScore(features: ["SNV3": 1])
        #expect(
            none.probability == nil && none.statusReason == "no value of del.mh.prop, SV3, SV5, hrd, SNV8")
        let head = "sample\t" + DeficiencyScore.featureNames.joined(separator: "\t") + "\n"
        let text = head + "A\t0.45\t2500\t60\t80\t18\t900\nB\t0.15\t0\t0\t5\tNA\t300\n"
        #expect(try DeficiencyScore(text: text, file: "f", sample: "A").probability ?? 0 > 0.99)
        #expect(try DeficiencyScore(text: text, file: "f", sample: "B").statusReason == "no value of hrd")
        for (wrong, problem) in [
            (text, "none is of sample"), (head + "A\t1\n", "2 values below 7 names"),
            (head + "A\t-1\t0\t0\t0\t0\t0\n", "del.mh.prop is \"-1\""), ("a\tb\n", "the columns are a, b"),
            // A share in percent.
            (head + "A\t45\t0\t0\t0\t0\t0\n", "del.mh.prop is \"45\", a share from 0 to 1"),
        ] {
            #expect {
                try DeficiencyScore(text: wrong, file: "f", sample: "C")
            } throws: { ($0 as? InputError)?.problem.contains(problem) == true }
        }
        let percent = Dictionary(uniqueKeysWithValues: DeficiencyScore.featureNames.map { ($0, 45.0) })
        #expect(DeficiencyScore(features: percent).statusReason == "no value of del.mh.prop")
    }

    @Test("features of one sample that is not the tumor are not trusted")
    func otherSample() throws {
        let text =
            "sample\t" + DeficiencyScore.featureNames.joined(separator: "\t")
            + "\nA\t0.45\t2500\t60\t80\t18\t900\n"
        for (sample, status) in [("A", BiomarkerStatus.ok), ("", .ok), ("TUMOR", .ok), ("B", .lowConfidence)]
        {
            let score = try DeficiencyScore(text: text, file: "f", sample: sample)
            #expect(score.status == status, "\(sample): \(score.statusReason)")
        }
    }
}
