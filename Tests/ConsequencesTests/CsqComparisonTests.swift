import Consequences
import Foundation
import GeneModels
import Genome
import TestSupport
import Testing

@Suite("Side by side with bcftools csq", .enabled(if: Tools.canCompare))
struct CsqComparisonTests {
    private static let genes = ["BRCA1", "TP53", "EGFR", "PTEN", "VHL", "IDH1", "MLH1", "KIT"]

    @Test("of random variants in eight genes all but one in a hundred have the same main term")
    func random() throws {
        let pack = try #require(PackCaller.mane)
        var caller = pack.caller
        let folder = try TemporaryFolder()
        var kinds: [String: Int] = [:]
        var total = 0
        var generator = SeededGenerator(seed: 42)
        for gene in Self.genes {
            let id = try #require(pack.maneTranscript(gene))
            let number = try #require(caller.model.transcriptNumber(id: id))
            let transcript = caller.model.transcripts[number]
            let region = try #require(
                pack.genome.regions.first {
                    $0.sequence.range.contains(Int(transcript.start))
                        && $0.sequence.range.contains(Int(transcript.end))
                        && (caller.model.contigNumber($0.contig).map {
                            caller.model.transcripts(ofContig: $0).contains(number)
                        } ?? false)
                })
            let sequence = region.sequence
            let variants = self.variants(transcript, caller.model, sequence, &generator)
            let theirs = try csq(gene, id, variants, sequence, folder)
            var edit = VariantEdit()
            for (index, variant) in variants.enumerated() {
                edit.set(
                    position: variant.position, reference: variant.reference[...],
                    alternate: variant.alternate[...], in: sequence)
                let mine = Self.main(caller.call(edit, on: number, in: sequence).terms.list)
                total += 1
                if mine != theirs[index, default: "none"] {
                    kinds["\(mine) here, \(theirs[index, default: "none"]) there", default: 0] += 1
                }
            }
        }
        let different = kinds.values.reduce(0, +)
        print("  csq on \(total) random variants: \(different) differ")
        for (kind, count) in kinds.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            print("    \(count) \(kind)")
        }
        #expect(total > 5000 && Double(different) < 0.01 * Double(total))
    }

    private struct Small {
        var position: Int
        var reference: [UInt8]
        var alternate: [UInt8]
    }

    /// Left-aligned variants in and near exons, sorted.
    private func variants(
        _ transcript: Transcript, _ model: GeneModel, _ sequence: ContigSequence,
        _ generator: inout SeededGenerator
    ) -> [Small] {
        let letters = Array("ACGT".utf8)
        func base(_ place: Int) -> UInt8 { BaseCode.letter(sequence.code(at: place)) }
        var result: [Small] = []
        for _ in 0..<900 {
            let exon = model.exons[
                Int(transcript.firstExon) + Int.random(in: 0..<Int(transcript.exonCount), using: &generator)]
            var place = Int.random(in: (Int(exon.start) - 12)...(Int(exon.end) + 12), using: &generator)
            guard place > Int(transcript.start) + 30, place < Int(transcript.end) - 30 else { continue }
            switch Int.random(in: 0...3, using: &generator) {
            case 0:
                var length = Int.random(in: 1...9, using: &generator)
                while base(place - 1 + length) == base(place - 1), length > 0, place > Int(transcript.start) {
                    place -= 1
                }
                length = max(length, 1)
                let old = (place - 1..<place + length).map(base)
                result.append(Small(position: place - 1, reference: old, alternate: [old[0]]))
            case 1:
                let new = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                    letters.randomElement(using: &generator) ?? 65
                }
                // Only insertions that cannot roll to the left.
                if new.last != base(place) {
                    result.append(
                        Small(position: place, reference: [base(place)], alternate: [base(place)] + new))
                }
            default:
                let new = letters.filter { $0 != base(place) }.randomElement(using: &generator) ?? 65
                result.append(Small(position: place, reference: [base(place)], alternate: [new]))
            }
        }
        return result.sorted { ($0.position, $0.reference.count) < ($1.position, $1.reference.count) }
    }

    /// What bcftools csq says of each variant, by its number.
    private func csq(
        _ gene: String, _ id: String, _ variants: [Small], _ sequence: ContigSequence,
        _ folder: TemporaryFolder
    ) throws -> [Int: String] {
        let letters = sequence.range.map { BaseCode.letter(sequence.code(at: $0)) }
        let fasta = try folder.write("\(gene).fa", ">r\n" + String(decoding: letters, as: UTF8.self) + "\n")
        var vcf =
            "##fileformat=VCFv4.2\n##contig=<ID=r,length=\(sequence.count)>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        for (index, variant) in variants.enumerated() {
            vcf +=
                "r\t\(variant.position - sequence.start + 1)\tv\(index)\t\(String(decoding: variant.reference, as: UTF8.self))\t\(String(decoding: variant.alternate, as: UTF8.self))\t.\t.\t.\n"
        }
        let bare = String(id.prefix { $0 != "." })
        let gff = try TestData.lines("annotation/lrg-pack/mane_select.GRCh38.gff3.gz")
            .filter { $0.contains(bare) || ($0.contains("\tgene\t") && $0.contains("Name=\(gene);")) }
            .map { line -> String in
                var fields = line.split(separator: "\t").map(String.init)
                fields[0] = "r"
                for column in [3, 4] { fields[column] = "\((Int(fields[column]) ?? 0) - sequence.start)" }
                return fields.joined(separator: "\t")
            }
        let output = try Tools.bcftools(
            "csq", "-l", "-f", fasta, "-g",
            try folder.write("\(gene).gff3", gff.joined(separator: "\n") + "\n"), "-Ov",
            try folder.write("\(gene).vcf", vcf))
        var result: [Int: String] = [:]
        for line in output.lines where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t").map(String.init)
            guard fields.count > 7, let index = Int(fields[2].dropFirst()) else { continue }
            let info = fields[7].split(separator: ";").first { $0.hasPrefix("BCSQ=") }?.dropFirst(5) ?? ""
            let terms = info.split(separator: ",").flatMap { entry in
                SequenceOntologyTerm.list(reading: entry.prefix { $0 != "|" }.drop { $0 == "*" })
            }
            result[index] = Self.main(terms)
        }
        return result
    }

    /// The most severe of the terms that both tools have, the in-frame ones as one.
    private static func main(_ terms: [SequenceOntologyTerm]) -> String {
        let known: [SequenceOntologyTerm] = [
            .spliceAcceptorVariant, .spliceDonorVariant, .stopGained, .frameshiftVariant, .stopLost,
            .startLost,
            .inframeInsertion, .inframeDeletion, .missenseVariant, .proteinAlteringVariant,
            .stopRetainedVariant,
            .synonymousVariant,
        ]
        let term = terms.sorted().first(where: known.contains)
        switch term {
        case .inframeInsertion?, .inframeDeletion?, .proteinAlteringVariant?: return "inframe"
        default: return term?.rawValue ?? "none"
        }
    }
}
