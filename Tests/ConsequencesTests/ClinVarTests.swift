import Consequences
import TestSupport
import Testing

@Suite("ClinVar variants", .enabled(if: TestData.isAvailable))
struct ClinVarTests {
    @Test("RefSeq: every c. and p. name that VEP gives, and ClinVar's own where all agree")
    func refseq() throws {
        var pack = try PackCaller(models: "refseq")
        var coding = Agreement(), protein = Agreement(), clinVar = Agreement()
        for row in try TestData.table("annotation/clinvar/expected.tsv") {
            let value = { (name: String) in row[name, default: ""] }
            let position = try #require(Int(value("pos")))
            let place =
                "  \(value("chrom")):\(position) \(value("ref"))>\(value("alt")) \(value("gene")) \(value("agreement"))"
            var proteins: Set<String> = []
            for name in value("vep115_refseq_hgvsc").split(separator: "|") where name != "." {
                let parts = name.split(separator: ":").map(String.init)
                let mine = pack.answer(value("chrom"), position, value("ref"), value("alt"), parts[0])
                coding.compare(mine?.coding ?? "no transcript", parts[1], place + " \(parts[0])")
                if let mine, !mine.protein.isEmpty { proteins.insert(mine.protein) }
            }
            let theirs = value("vep115_refseq_hgvsp").split(separator: "|").filter { $0 != "." }
                .map { String($0.drop { $0 != ":" }.dropFirst().replacing("%3D", with: "=")) }
            // Two new stops lie beyond the annotated one on the reverse strand; see `DIFFERENCES.md`.
            let isBeyondStop = ["21971114", "43057062"].contains(value("pos"))
            let shape = { (name: String) in isBeyondStop ? String(name.prefix { $0 != "f" }) : name }
            protein.compare(Set(proteins.map(shape)).sorted(), Set(theirs.map(shape)).sorted(), place)
            guard value("agreement") == "all_agree" else { continue }
            // ClinVar keeps every spelling that was ever given; one of a transcript's must be ours.
            var names: [String: Set<String>] = [:]
            for name in value("clinvar_c").split(separator: "|") {
                let parts = name.split(separator: ":").map(String.init)
                if parts.count == 2 { names[parts[0], default: []].insert(Self.current(parts[1])) }
            }
            for (id, spellings) in names where value("vep115_refseq_hgvsc").contains(id + ":") {
                let mine = pack.answer(value("chrom"), position, value("ref"), value("alt"), id)?.coding ?? ""
                clinVar.compare(
                    spellings.contains(mine) ? mine : spellings.sorted().joined(separator: "|"), mine,
                    place + " \(id)")
            }
        }
        print("  ClinVar: c. \(coding), p. \(protein), ClinVar's own \(clinVar)")
        for difference in (coding.differences + protein.differences + clinVar.differences).prefix(60) {
            print(difference)
        }
        #expect(coding.total > 250 && coding.differences == [])
        #expect(protein.total == 113 && protein.differences == [])
        #expect(clinVar.total > 90 && clinVar.differences == [])
    }

    @Test("MANE: terms and names equal VEP's")
    func mane() throws {
        var pack = try PackCaller(models: "mane_select")
        var agreement = Agreement()
        for row in try TestData.table("annotation/clinvar/peers.mane.tsv.gz") {
            let value = { (name: String) in row[name, default: "."] == "." ? "" : row[name, default: ""] }
            guard !value("vep_consequence").isEmpty, let position = Int(value("pos")),
                let mine = pack.answer(
                    value("chrom"), position, value("ref"), value("alt"), value("transcript"))
            else { continue }
            let bare = { (name: String) in
                name.split(separator: ":").last.map { String($0.replacing("%3D", with: "=")) } ?? ""
            }
            let theirs = Set(value("vep_consequence").split(separator: "&").map(String.init)).sorted()
            // GGC>AGT: VEP looks at the splice region of the last changed base alone; see `DIFFERENCES.md`.
            let isBlock = value("pos") == "241504044"
            let mineTerms = mine.terms.filter { !isBlock || $0 != "splice_region_variant" }.sorted()
            agreement.compare(
                [mineTerms.joined(separator: "&"), mine.coding, mine.protein],
                [theirs.joined(separator: "&"), bare(value("vep_hgvsc")), bare(value("vep_hgvsp"))],
                "  \(value("chrom")):\(position) \(value("gene"))")
        }
        print("  ClinVar on MANE: \(agreement)")
        for difference in agreement.differences { print(difference) }
        #expect(agreement.total > 110 && agreement.differences == [])
    }

    /// An older spelling without the deleted or doubled bases.
    private static func current(_ name: String) -> String {
        name.replacing(/(del|dup)(?:[ACGT]+|[0-9]+)/) { "\($0.output.1)" }
            .replacing(/delins/, with: "delins")
    }
}
