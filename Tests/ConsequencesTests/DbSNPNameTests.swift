import Consequences
import Foundation
import GeneModels
import Genome
import TestSupport
import Testing

@Suite("dbSNP names of four genes", .enabled(if: TestData.isAvailable))
struct DbSNPNameTests {
    private struct Identity: Decodable {
        var tx_ac: String
        var cds_start_i: Int
        var cds_end_i: Int
    }
    private struct Call: Decodable {
        var `func`: String
        var args: [Argument]
        var result: Result

        enum Argument: Decodable {
            case text(String)
            case other

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                self = (try? container.decode(String.self)).map { .text($0) } ?? .other
            }
        }

        enum Result: Decodable {
            case text(String)
            case identity(Identity)
            case other

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let text = try? container.decode(String.self) {
                    self = .text(text)
                } else {
                    self = (try? container.decode(Identity.self)).map { .identity($0) } ?? .other
                }
            }
        }
    }

    /// Transcripts as contigs of their own, by accession.
    private func worlds() throws -> [String: (ConsequenceCaller, ContigSequence)] {
        var bases: [String: String] = [:], coding: [String: Identity] = [:]
        for line in try TestData.lines("annotation/biocommons-hgvs/uta-and-sequence-cache.subset.jsonl.gz") {
            let call = try JSONDecoder().decode(Call.self, from: Data(line.utf8))
            if call.func == "get_seq", call.args.count == 1, case .text(let name) = call.args[0],
                case .text(let text) = call.result
            {
                bases[name] = text
            }
            if call.func == "get_tx_identity_info", case .identity(let identity) = call.result {
                coding[identity.tx_ac] = identity
            }
        }
        var result: [String: (ConsequenceCaller, ContigSequence)] = [:]
        for (name, identity) in coding {
            guard let text = bases[name] else { continue }
            let gff = """
                \(name)\tx\tmRNA\t1\t\(text.utf8.count)\t.\t+\t.\tID=rna-\(name);transcript_id=\(name)
                \(name)\tx\texon\t1\t\(text.utf8.count)\t.\t+\t.\tParent=rna-\(name)
                \(name)\tx\tCDS\t\(identity.cds_start_i + 1)\t\(identity.cds_end_i)\t.\t+\t0\tParent=rna-\(name)
                """
            let model = try GFF3Parser.parse(Array(gff.utf8), file: name, isStrict: true).model
            result[name] = (ConsequenceCaller(model: model), ContigSequence(letters: text.utf8))
        }
        return result
    }

    @Test("the protein name follows from the c. name")
    func proteins() throws {
        let worlds = try worlds()
        var agreement = Agreement()
        for gene in ["ADRA2B", "NEFL", "ORAI1", "ZCCHC3"] {
            for row in try TestData.table("annotation/biocommons-hgvs/gcp/\(gene)-dbSNP.tsv") {
                guard row["id"]?.hasPrefix("#") == false, let c = row["HGVSc"], let name = HGVSName(c),
                    let p = row["HGVSp"], let expected = HGVSName(p),
                    case .protein(let theirs) = expected.change,
                    case .coding(let changes) = name.change, var world = worlds[name.reference],
                    let alleles = changes.changes.first?.alleles(ofTranscript: 0, world.0.model, on: world.1)
                else { continue }
                var edit = VariantEdit()
                edit.set(
                    position: alleles.position, reference: alleles.reference[...],
                    alternate: alleles.alternate[...], in: world.1)
                var out: [UInt8] = []
                _ = world.0.writeProteinName(
                    of: world.0.call(edit, on: 0, in: world.1), edit, in: world.1, to: &out)
                let mine =
                    HGVSName(String(decoding: out, as: UTF8.self)).map { name -> String in
                        guard case .protein(let name) = name.change else { return "" }
                        return name.description
                    } ?? ""
                let expectedText = ProteinName(theirs.effect).description
                // dbSNP leaves out how far on the new stop lies.
                let isOpen = expectedText.hasSuffix("fsTer")
                agreement.compare(
                    isOpen ? String(mine.prefix(expectedText.count)) : mine, expectedText, "  \(c)")
            }
        }
        print("  dbSNP: \(agreement)")
        for difference in agreement.differences { print(difference) }
        #expect(agreement.total > 60 && agreement.differences == [])
    }
}
