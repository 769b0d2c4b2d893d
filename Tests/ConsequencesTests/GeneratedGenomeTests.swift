import Consequences
import GeneModels
import Genome
import TestSupport
import Testing

@Suite("Names on generated genomes")
struct GeneratedGenomeTests {
    private struct World {
        let genome: GeneratedGenome
        var caller: ConsequenceCaller
        let sequences: [ContigSequence]
        let contigOf: [Int]

        init(seed: UInt64) throws {
            genome = GeneratedGenome(seed: seed)
            let model = try GFF3Parser.parse(Array(genome.gff3.utf8), file: "genes.gff3", isStrict: true)
                .model
            caller = ConsequenceCaller(model: model)
            sequences = genome.contigs.map { ContigSequence(letters: $0.letters) }
            var contigOf = Array(repeating: 0, count: model.transcripts.count)
            for (number, contig) in genome.contigs.enumerated() {
                let entry = try #require(model.contigNumber(Contig(contig.name)))
                for transcript in model.transcripts(ofContig: entry) { contigOf[transcript] = number }
            }
            self.contigOf = contigOf
        }
    }

    @Test("the generator makes every shape that it is there for")
    func shapes() throws {
        var exonsOfOne = 0, intronsOfOne = 0, partial: Set<UInt8> = [], recodings = 0, noncoding = 0,
            split = 0
        for seed in 1...4 as ClosedRange<UInt64> {
            let model = try World(seed: seed).caller.model
            recodings += model.recodings.count
            for transcript in model.transcripts {
                let exons = model.exons[Int(transcript.firstExon)...].prefix(Int(transcript.exonCount))
                exonsOfOne += exons.count { $0.length == 1 }
                intronsOfOne += zip(exons, exons.dropFirst()).count { $1.start - $0.end == 1 }
                partial.insert(transcript.missingBases)
                noncoding += transcript.isCoding ? 0 : 1
                split += exons.count {
                    $0.offset > transcript.codingStart && ($0.offset - transcript.codingStart) % 3 != 0
                }
            }
        }
        #expect(exonsOfOne > 50 && intronsOfOne > 20 && recodings > 5 && noncoding > 10 && split > 50)
        #expect(partial == [0, 1, 2])
    }

    @Test(
        "applying the c. name gives what applying the alleles gives", arguments: 1...6 as ClosedRange<UInt64>)
    func codingNames(seed: UInt64) throws {
        let world = try World(seed: seed)
        let model = world.caller.model
        var random = SeededGenerator(seed: seed)
        var edit = VariantEdit()
        var named = 0
        for round in 0..<3000 {
            let number = round % model.transcripts.count
            let transcript = model.transcripts[number], contig = world.contigOf[number]
            let sequence = world.sequences[contig]
            let place = Int.random(in: transcript.range, using: &random)
            let change = world.genome.change(on: contig, near: place, using: &random)
            edit.set(
                position: change.position, reference: change.reference[...], alternate: change.alternate[...],
                in: sequence)
            var out: [UInt8] = []
            guard !edit.isEmpty,
                world.caller.writeTranscriptName(of: edit, on: number, in: sequence, to: &out)
            else {
                continue
            }
            named += 1
            let text = String(decoding: out, as: UTF8.self)
            let comment: Comment = "seed \(seed): \(text) \(model.text(transcript.id)) \(change)"
            let name = try #require(HGVSName(text), comment)
            #expect(name.description == text, comment)
            let changes: [NucleotideChange<CodingPosition>] =
                switch name.change {
                case .coding(let name), .nonCoding(let name): name.changes
                default: []
                }
            let alleles = try #require(
                changes.first?.alleles(ofTranscript: number, model, on: sequence), comment)
            let letters = sequence.range.map { BaseCode.letter(sequence.code(at: $0)) }
            #expect(
                Self.applied(alleles.position, alleles.reference.count, alleles.alternate, to: letters)
                    == Self.applied(change.position, change.reference.count, change.alternate, to: letters),
                comment)
        }
        #expect(named > 2000)
    }

    @Test("the p. name is the translation of the changed genome", arguments: 1...6 as ClosedRange<UInt64>)
    func proteinNames(seed: UInt64) throws {
        var world = try World(seed: seed)
        let model = world.caller.model
        var random = SeededGenerator(seed: seed)
        var edit = VariantEdit()
        var compared = 0
        for round in 0..<6000 {
            let number = round % model.transcripts.count
            let transcript = model.transcripts[number], contig = world.contigOf[number]
            guard transcript.isCoding else { continue }
            let sequence = world.sequences[contig]
            let coding = Int(transcript.codingStart)..<Int(transcript.codingEnd)
            let place = model.position(
                ofSpliced: Int.random(in: coding, using: &random), in: transcript)
            let change = world.genome.change(on: contig, near: place, using: &random)
            edit.set(
                position: change.position, reference: change.reference[...], alternate: change.alternate[...],
                in: sequence)
            var out: [UInt8] = []
            guard !edit.isEmpty,
                world.caller.writeTranscriptName(of: edit, on: number, in: sequence, to: &out),
                case .coding(let name)? = HGVSName(String(decoding: out, as: UTF8.self))?.change,
                let alleles = name.changes.first?.alleles(ofTranscript: number, model, on: sequence)
            else { continue }
            // Names speak of the most 3' place, which behind a very short intron is in another exon.
            var named = VariantEdit()
            named.set(
                position: alleles.position, reference: alleles.reference[...],
                alternate: alleles.alternate[...],
                in: sequence)
            guard let oracle = ProteinOracle(named, on: number, model, sequence) else { continue }
            let consequence = world.caller.call(edit, on: number, in: sequence)
            out = []
            guard world.caller.writeProteinName(of: consequence, edit, in: sequence, to: &out) else {
                continue
            }
            let text = String(decoding: out, as: UTF8.self)
            let comment: Comment =
                "seed \(seed): \(text) \(model.text(transcript.id)) \(change) \(consequence.terms.list.map(\.rawValue))"
            guard let said = oracle.compare(text) else { continue }
            compared += 1
            #expect(said.bases.contains(said.name), comment)
        }
        print("  p. names compared: \(compared)")
        #expect(compared > 1000)
    }

    private static func applied(_ position: Int, _ removed: Int, _ new: [UInt8], to letters: [UInt8])
        -> [UInt8]
    {
        letters[..<position] + new.map { BaseCode.letter(BaseCode.code($0)) }
            + letters[(position + removed)...]
    }
}
