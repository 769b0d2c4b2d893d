import Consequences
import Foundation
import TestSupport
import Testing

@Suite("Protein names of other tools", .enabled(if: TestData.isAvailable))
struct ProteinNameDataTests {
    /// Prints all names of a column that do not come back as they were, with digits and residues folded.
    private func differences(_ names: [String]) -> [String: Int] {
        var shapes: [String: Int] = [:]
        for name in names where name != "." && !name.isEmpty {
            let bare = name.split(separator: ":").last.map(String.init) ?? name
            let printed = ProteinChange(hgvs: name)?.threeLetterName
            if printed != bare {
                shapes[shape(bare) + (printed == nil ? "" : " -> " + shape(printed ?? "")), default: 0] += 1
            }
        }
        return shapes
    }

    private func shape(_ name: String) -> String {
        name.replacing(
            /(?:A(?:la|rg|sn|sp)|Cys|Gl[nuy]|His|Ile|L(?:eu|ys)|Met|P(?:he|ro)|Ser|T(?:hr|rp|yr)|Val)+/,
            with: "A"
        )
        .replacing(/[0-9]+/, with: "N")
    }

    @Test("VEP's names on the edge grid come back, but for three shapes")
    func grid() throws {
        let rows = try DataFiles.table("annotation/edge-grid/peers.tsv.gz")
        let names = rows.compactMap { $0["vep_hgvsp"] }
        #expect(names.filter { $0 != "." }.count > 1400)
        #expect(
            differences(names)
                == ["p.AN_?N": 4, "p.TerNdelinsTer -> p.TerN=": 1, "p.ANdelinsTer -> p.ANTer": 3])
    }

    @Test("VEP's names of ClinVar variants all come back")
    func clinVar() throws {
        let names = try DataFiles.table("annotation/clinvar/expected.tsv")
            .flatMap { ($0["vep115_refseq_hgvsp"] ?? ".").split(separator: "|").map(String.init) }
        #expect(names.count > 200)
        #expect(differences(names) == [:])
    }

    @Test("SnpEff's names are read and printed VEP's way; what is not read is listed")
    func snpEff() throws {
        let names = try DataFiles.table("annotation/edge-grid/peers.tsv.gz").compactMap { $0["snpeff_hgvsp"] }
        let unread = differences(names).filter { !$0.key.contains("->") }
        #expect(unread == ["p.ANdelins???": 26, "p.N": 4, "p.AN_ANdelinsA???": 2])
    }

    @Test("the grammar of the HGVS package is read, but for what is no change of residues")
    func grammar() throws {
        var unread: [String] = [], accepted: [String] = []
        for line in try DataFiles.lines("annotation/biocommons-hgvs/grammar_test.tsv") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count > 3, ["p_posedit", "p_typed_posedit", "p_variant"].contains(fields[0]) else {
                continue
            }
            let names = fields[3] == "list" ? fields[1].split(separator: "|").map(String.init) : [fields[1]]
            let expected = fields.count > 4 ? fields[4].split(separator: "|").map(String.init) : []
            for (index, name) in names.enumerated() {
                let change = ProteinChange(hgvs: name)
                if fields[2] == "True", change == nil { unread.append(name) }
                if fields[2] == "False", change != nil { accepted.append(name) }
                guard let change, expected.count == names.count else { continue }
                let wanted = expected[index].split(separator: ":").last.map(String.init) ?? ""
                let bare = wanted.filter { $0 != "(" && $0 != ")" }.replacing("p.", with: "")
                // HGVS writes fsTer for a stop not given, VEP's form is fs.
                #expect("p." + bare.trimmingEnd("fsTer", to: "fs") == change.threeLetterName)
            }
        }
        #expect(
            unread == ["0?", "0", "?", "NP_000001.1:p.Met1Valext-10", "NP_000040.1:p.Met1ext-12"])
        #expect(accepted == [])
    }

    @Test("the protein names of dbSNP and of the gauntlet are read")
    func genes() throws {
        var names = try DataFiles.lines("annotation/biocommons-hgvs/gauntlet").filter { $0.contains(":p.") }
            .map(String.init)
        for gene in ["ADRA2B", "NEFL", "ORAI1", "ZCCHC3"] {
            names += try DataFiles.table("annotation/biocommons-hgvs/gcp/\(gene)-dbSNP.tsv")
                .compactMap { $0["HGVSp"] }
        }
        let unread = names.filter { $0.contains("p.") && ProteinChange(hgvs: $0) == nil }
        #expect(names.filter { $0.contains("p.") }.count > 50)
        #expect(unread == [])
    }
}

extension String {
    fileprivate func trimmingEnd(_ suffix: String, to replacement: String) -> String {
        hasSuffix(suffix) ? dropLast(suffix.count) + replacement : self
    }
}
