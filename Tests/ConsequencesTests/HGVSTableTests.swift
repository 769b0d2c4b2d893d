import Consequences
import Foundation
import TestSupport
import Testing

@Suite("Tables of HGVS names", .enabled(if: TestData.isAvailable))
struct HGVSTableTests {
    /// How a fragment of the grammar table becomes a name, and how much of the name is the frame.
    private static let frames: [String: (before: String, after: String)] = [
        "accn": ("", ":g.1A>T"),
        "def_c_interval": ("c.", "del"), "def_c_pos": ("c.", "A>T"), "c_interval": ("c.", "del"),
        "c_pos": ("c.", "A>T"), "def_g_interval": ("g.", "del"), "def_g_pos": ("g.", "A>T"),
        "g_interval": ("g.", "del"), "g_pos": ("g.", "A>T"), "def_m_interval": ("m.", "del"),
        "def_m_pos": ("m.", "A>T"), "m_interval": ("m.", "del"), "m_pos": ("m.", "A>T"),
        "def_n_interval": ("n.", "del"), "def_n_pos": ("n.", "A>T"), "n_interval": ("n.", "del"),
        "n_pos": ("n.", "A>T"), "def_r_interval": ("r.", "del"), "def_r_pos": ("r.", "a>u"),
        "r_interval": ("r.", "del"), "r_pos": ("r.", "a>u"), "uncertain_g_interval": ("g.", "del"),
        "uncertain_c_interval": ("c.", "del"), "uncertain_n_interval": ("n.", "del"),
        "dna_con": ("g.1", ""), "dna_del": ("g.(1_?)_9", ""), "dna_delins": ("g.(1_?)_9", ""),
        "dna_dup": ("g.(1_?)_9", ""), "dna_edit": ("g.(1_?)_9", ""), "dna_ident": ("g.1", ""),
        "dna_ins": ("g.1_2", ""),
        "dna_inv": ("g.1_9", ""), "dna_subst": ("g.1", ""), "dna_copy": ("g.1_9", ""),
        "pro_dup": ("p.Ala3", ""), "pro_fs": ("p.Ala3", ""),
        "c_posedit": ("c.", ""), "g_posedit": ("g.", ""), "m_posedit": ("m.", ""), "n_posedit": ("n.", ""),
        "p_posedit": ("p.", ""), "p_posedit_special": ("p.", ""), "c_typed_posedit": ("", ""),
        "g_typed_posedit": ("", ""), "m_typed_posedit": ("", ""), "n_typed_posedit": ("", ""),
        "p_typed_posedit": ("", ""), "r_typed_posedit": ("", ""), "hgvs_variant": ("", ""),
        "c_variant": ("", ""),
        "g_variant": ("", ""), "m_variant": ("", ""), "n_variant": ("", ""), "p_variant": ("", ""),
        "r_variant": ("", ""),
    ]

    @Test("the grammar table: what is a name, and how it is written")
    func grammar() throws {
        var validity = Agreement(), text = Agreement(), identity = Agreement()
        for line in try TestData.lines("annotation/biocommons-hgvs/grammar_test.tsv")
        where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count > 3, let frame = Self.frames[fields[0]] else { continue }
            let isList = fields[3] == "list"
            let inputs = isList ? fields[1].split(separator: "|").map(String.init) : [fields[1]]
            let expected =
                fields.count > 4 && !fields[4].isEmpty
                ? fields[4].split(separator: "|").map(String.init) : inputs
            for (index, input) in inputs.enumerated() {
                // A position of two bases is none, but makes a name in the frame.
                if fields[0].hasSuffix("_pos"), input == "11_12" { continue }
                let name = HGVSName(frame.before + input + frame.after)
                validity.compare(name != nil, fields[2].lowercased() == "true", "  \(fields[0]) \(input)")
                guard let name, fields[2] == "True" else { continue }
                identity.compare(HGVSName(name.description), name, "  \(fields[0]) \(input)")
                if expected.count == inputs.count, !fields[4...].isEmpty || fields.count == 4,
                    expected[index] != "None"
                {
                    text.compare(
                        name.description, frame.before + expected[index] + frame.after,
                        "  \(fields[0]) \(input)")
                }
            }
        }
        print("  grammar: valid \(validity), written \(text), identity \(identity)")
        for difference in validity.differences + text.differences + identity.differences { print(difference) }
        #expect(validity.fraction >= 0.995 && text.fraction >= 0.995 && identity.fraction == 1)
    }

    @Test("the gauntlet and four genes: read, and the same after writing and reading")
    func gauntlet() throws {
        var names = try TestData.lines("annotation/biocommons-hgvs/gauntlet").filter { !$0.hasPrefix("#") }
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.contains(":") }
        for gene in ["ADRA2B", "NEFL", "ORAI1", "ZCCHC3"] {
            for row in try TestData.table("annotation/biocommons-hgvs/gcp/\(gene)-dbSNP.tsv")
            where row["id", default: "#"].hasPrefix("#") == false {
                names += ["HGVSg", "HGVSc", "HGVSp"].compactMap { row[$0] }.filter { $0.contains(":") }
            }
        }
        for line in try TestData.lines("annotation/cdot/clinvar_hgvs_100.tsv") {
            names += line.split(separator: "\t").map(String.init)
        }
        #expect(names.count > 400)
        for text in names {
            let name = HGVSName(text)
            if name == nil { print("  not read: \(text)") }
            #expect(name != nil, "\(text)")
            if let name { #expect(HGVSName(name.description) == name, "\(text)") }
        }
    }

    @Test("Mutalyzer's names: read and written as it normalizes them, where only the spelling differs")
    func mutalyzer() throws {
        struct Row: Decodable {
            var input: String
            var normalized: String?
            var genomic: String?
            var protein_description: String?
            var coding_protein_descriptions: [[String]]?
        }
        let data = try Data(contentsOf: URL(filePath: TestData.path("annotation/mutalyzer/variants.m2.json")))
        var identity = Agreement()
        for row in try JSONDecoder().decode([Row].self, from: data) {
            let names =
                [row.normalized, row.genomic, row.protein_description].compactMap { $0 }
                + (row.coding_protein_descriptions ?? []).flatMap { $0 }
            for text in names where !text.isEmpty {
                identity.compare(HGVSName(text)?.description, text, "  \(row.input)")
            }
        }
        print("  Mutalyzer: written as read \(identity)")
        for difference in identity.differences { print(difference) }
        #expect(identity.total > 200 && identity.fraction >= 0.995)
    }
}
