import Consequences
import Foundation
import GeneModels
import Genome
import TestSupport
import Testing

@Suite("Mutalyzer's normalized names", .enabled(if: TestData.isAvailable))
struct MutalyzerTests {
    private struct Row: Decodable {
        var input: String
        var normalized: String?
        var genomic: String?
        var protein_description: String?
        var to_test: Bool
    }

    private struct World {
        var caller: ConsequenceCaller
        var sequence: ContigSequence

        init?(_ accession: String) throws {
            let root = "annotation/mutalyzer/refs/\(accession)"
            guard FileManager.default.fileExists(atPath: TestData.path(root + ".fasta")) else { return nil }
            let lines = try TestData.lines(root + ".gff3")
            caller = ConsequenceCaller(
                model: try GFF3Parser.parse(Array(lines.joined(separator: "\n").utf8), file: accession).model)
            let bases = try TestData.lines(root + ".fasta").filter { !$0.hasPrefix(">") }.joined()
            sequence = ContigSequence(letters: bases.utf8)
        }

        /// The transcript that a selector means: its id, or a gene's first coding transcript.
        func transcript(_ selector: String) -> Int? {
            let model = caller.model
            if selector.isEmpty {
                let coding = model.transcripts.indices.filter { model.transcripts[$0].isCoding }
                return coding.count == 1 ? coding[0] : nil
            }
            return model.transcriptNumber(id: selector)
                ?? model.transcripts.indices.first {
                    let symbol = model.text(model.genes[Int(model.transcripts[$0].gene)].symbol)
                    return model.transcripts[$0].isCoding
                        && (selector == symbol || selector.hasPrefix(symbol + "_v"))
                }
        }
    }

    @Test("names are placed, called and named again as Mutalyzer normalizes them")
    func normalized() throws {
        let data = try Data(contentsOf: URL(filePath: TestData.path("annotation/mutalyzer/variants.m2.json")))
        var worlds: [String: World] = [:]
        var coding = Agreement(), genomic = Agreement(), protein = Agreement()
        var edit = VariantEdit()
        for row in try JSONDecoder().decode([Row].self, from: data) {
            guard row.to_test, let name = HGVSName(row.input) else { continue }
            let normalized = row.normalized.flatMap { HGVSName($0) }
            if worlds[name.reference] == nil { worlds[name.reference] = try World(name.reference) }
            guard var world = worlds[name.reference] else { continue }
            let number = world.transcript(name.selector)
            let alleles: PlacedAlleles?
            switch name.change {
            case .genomic(let change): alleles = change.changes.first?.alleles(on: world.sequence)
            case .coding(let change):
                alleles = number.flatMap {
                    change.changes.first?.alleles(ofTranscript: $0, world.caller.model, on: world.sequence)
                }
            default: alleles = nil
            }
            // Bases of other places of a transcript, uncertain places and several changes at once are not placed.
            guard let alleles else { continue }
            edit.set(
                position: alleles.position, reference: alleles.reference[...],
                alternate: alleles.alternate[...], in: world.sequence)
            var out: [UInt8] = []
            if case .coding(let expected)? = normalized?.change, expected.changes.count == 1, let number {
                _ = world.caller.writeTranscriptName(of: edit, on: number, in: world.sequence, to: &out)
                coding.compare(String(decoding: out, as: UTF8.self), "c.\(expected)", "  \(row.input)")
            }
            // Where the normalized name is genomic, the other genomic name of the table may be that of another row.
            var g = row.genomic ?? ""
            if case .genomic? = normalized?.change { g = row.normalized ?? "" }
            if case .genomic(let expected)? = HGVSName(g)?.change, expected.changes.count == 1 {
                out = []
                _ = world.caller.writeGenomicName(
                    of: edit, isMitochondrial: false, in: world.sequence, to: &out)
                genomic.compare(String(decoding: out, as: UTF8.self), "g.\(expected)", "  \(row.input)")
            }
            if let text = row.protein_description, case .protein(let expected)? = HGVSName(text)?.change,
                let number
            {
                let consequence = world.caller.call(edit, on: number, in: world.sequence)
                out = []
                _ = world.caller.writeProteinName(of: consequence, edit, in: world.sequence, to: &out)
                let theirs = ProteinName(expected.effect).description
                var mine = String(decoding: out.dropFirst(2), as: UTF8.self)
                // Mutalyzer says p.(=) for any silent change and p.? for any change of the start.
                if mine.hasSuffix("=") || mine.isEmpty { mine = "=" }
                if mine == "Met1?" { mine = "?" }
                protein.compare(mine, theirs, "  \(row.input)")
            }
        }
        print("  Mutalyzer: c. \(coding), g. \(genomic), p. \(protein)")
        for difference in coding.differences + genomic.differences + protein.differences { print(difference) }
        #expect(coding.total > 50 && coding.differences == [])
        #expect(genomic.total > 55 && genomic.differences == [])
        // An insertion in the stop codon is a frameshift in VEP's words, an extension in Mutalyzer's.
        #expect(protein.total > 30 && protein.differences.count == 1)
    }
}
