import Consequences
import Foundation
import GeneModels
import Genome
import Knowledge
import TestSupport
import Testing
import Variants

/// Every change of a codon on the real sequence of the pack's genes, called and matched: the rows that name what it makes are
/// met, and no others.
@Suite("Codons of real genes against the rows that name them", .enabled(if: TestData.isAvailable))
struct CodonMatchTests {
    private struct Gene {
        let transcript: Int
        let region: PackGenome.Region
    }

    private struct World {
        let knowledge: KnowledgeBase
        let pack: PackGenome
        var caller: ConsequenceCaller
        var genes: [String: Gene] = [:]

        init() throws {
            knowledge = try KnowledgeBaseTests.load()
            pack = try PackGenome(assembly: "GRCh38")
            let text = try TestData.lines("annotation/lrg-pack/mane_select.GRCh38.gff3.gz").joined(
                separator: "\n")
            let model = try GFF3Parser.parse(Array(text.utf8), file: "mane_select.gff3").model
            caller = ConsequenceCaller(model: model)
            for (number, transcript) in model.transcripts.enumerated() where transcript.isMANESelect {
                let contig =
                    model.contigs.indices.first { model.transcripts(ofContig: $0).contains(number) } ?? 0
                let name = Contig(model.text(model.contigs[contig].name))
                guard let region = pack.region(name, Int(transcript.codingRegionStart)) else { continue }
                genes[model.text(model.genes[Int(transcript.gene)].symbol)] = Gene(
                    transcript: number, region: region)
            }
        }

        /// Where a codon lies on the contig; nil where an intron parts it or it lies behind the end.
        func place(_ codon: Int, _ gene: Gene) -> Range<Int>? {
            let transcript = caller.model.transcripts[gene.transcript]
            let start = Int(transcript.codingStart) + (codon - 1) * 3
            guard codon > 0, start + 3 <= Int(transcript.codingEnd) else { return nil }
            let places = (start..<(start + 3)).map { caller.model.position(ofSpliced: $0, in: transcript) }
                .sorted()
            return places[2] - places[0] == 2 ? places[0]..<(places[0] + 3) : nil
        }

        /// The rows that a codon's change to other bases of the forward strand meets, and the residues before and after.
        mutating func matched(_ place: Range<Int>, _ bases: [UInt8], _ gene: String, _ found: Gene) throws
            -> (
                rows: Set<String>, old: String, new: String
            )
        {
            let sequence = found.region.sequence
            let old = place.map { sequence.code(at: $0) }
            let letters = [old, bases].map { $0.map(BaseCode.letter) }
            var edit = VariantEdit()
            edit.set(
                position: place.lowerBound, reference: letters[0][...], alternate: letters[1][...],
                in: sequence)
            let called = caller.call(edit, on: found.transcript, in: sequence)
            let consequence = caller.consequence(called, edit, in: sequence)
            let variant = Variant(
                contig: found.region.contig, position: place.lowerBound,
                reference: String(decoding: letters[0], as: UTF8.self),
                alternate: String(decoding: letters[1], as: UTF8.self)
            ).trimmed(keepingAnchor: false)
            let profile = MolecularProfile(
                assembly: .grch38,
                alterations: [.init(id: 0, gene: gene, event: .smallVariant(variant, [consequence]))])
            let result = try EvidenceMatcher(knowledge, date: "2026-11-01").match(profile)
            let strand = caller.model.transcripts[found.transcript].strand
            let codons = [old, bases].map { strand == .forward ? $0 : $0.reversed().map(BaseCode.complement) }
            let residues = codons.map { codon in
                String(
                    decoding: [GeneticCode.standard.residue(ofCodon: codon.map(BaseCode.letter))],
                    as: UTF8.self)
            }
            return (Set(result.matches.map(\.row.id)), residues[0], residues[1])
        }
    }

    /// Whether a row of protein changes and codons names a residue's change; nil for rows that ask for something else.
    private static func names(_ criterion: Criterion, _ residue: Int, _ old: String, _ new: String) -> Bool? {
        switch criterion {
        case .protein(_, let change):
            guard change.first == change.last, [.missense, .nonsense].contains(change.kind) else {
                return nil
            }
            return change.first == residue && change.reference == old && change.alternate == new
        case .codons(_, let codons, let kind):
            guard codons.contains(residue), old != new else { return false }
            switch kind {
            case nil: return true
            case .missense: return new != "*"
            case .nonsense: return new == "*"
            default: return nil
            }
        case .or(let parts):
            let answers = parts.map { names($0, residue, old, new) }
            return answers.contains(nil) ? nil : answers.contains(true)
        default: return nil
        }
    }

    private static func residues(_ criterion: Criterion) -> [Int] {
        switch criterion {
        case .protein(_, let change): [change.first]
        case .codons(_, let codons, _): codons
        case .or(let parts): parts.flatMap(residues)
        default: []
        }
    }

    @Test("each of a codon's 63 changes meets the rows that name it; the codons beside it meet none of them")
    func codons() throws {
        var world = try World()
        let rows = try world.knowledge.evidence.rows().filter {
            $0.criterion.genes.count == 1 && Self.names($0.criterion, 0, "", "") != nil
                && $0.isValid(on: "2026-11-01")
        }
        var met = 0, unmet = 0
        for (gene, rows) in Dictionary(grouping: rows, by: \.gene).sorted(by: { $0.key < $1.key }) {
            guard let found = world.genes[gene] else { continue }
            let named = Set(rows.flatMap { Self.residues($0.criterion) })
            for residue in Set(named.flatMap { [$0 - 1, $0, $0 + 1] }).sorted() {
                guard let place = world.place(residue, found) else { continue }
                let old = place.map { found.region.sequence.code(at: $0) }
                for number in 0..<64 {
                    let bases = [UInt8(number >> 4), UInt8(number >> 2 & 3), UInt8(number & 3)]
                    guard bases != old else { continue }
                    let answer = try world.matched(place, bases, gene, found)
                    for row in rows {
                        let isNamed = Self.names(row.criterion, residue, answer.old, answer.new) == true
                        #expect(
                            answer.rows.contains(row.id) == isNamed,
                            "\(row.id) \(row.criterion), codon \(residue): \(answer.old) to \(answer.new) by \(bases)"
                        )
                        if isNamed { met += 1 } else { unmet += 1 }
                    }
                }
            }
        }
        #expect(met > 500 && unmet > 5000, "\(met) met, \(unmet) not")
    }
}
