import Consequences
import GeneModels
import Genome
import TestSupport
import Testing

@Suite("Names and bases say the same", .enabled(if: TestData.isAvailable))
struct NamePropertyTests {
    /// Random changes of one gene's region: SNVs, blocks, insertions, deletions, repeats of what is there.
    private struct Change {
        var position: Int
        var reference: [UInt8]
        var alternate: [UInt8]

        init(_ sequence: ContigSequence, around place: Int, _ generator: inout SeededGenerator) {
            position = place + Int.random(in: -12...12, using: &generator)
            let length = Int.random(in: 0...6, using: &generator)
            reference = (position..<(position + length)).map { BaseCode.letter(sequence.code(at: $0)) }
            let letters = Array("ACGT".utf8)
            switch Int.random(in: 0...3, using: &generator) {
            case 0: alternate = []
            case 1:
                let count = Int.random(in: 1...6, using: &generator)
                let from = position - count
                alternate = (from..<position).map { BaseCode.letter(sequence.code(at: $0)) } + reference
            default:
                let count = Int.random(in: 0...6, using: &generator)
                alternate = (0..<count).map { _ in letters.randomElement(using: &generator) ?? 65 }
            }
        }
    }

    private func letters(_ sequence: ContigSequence, _ range: Range<Int>) -> [UInt8] {
        range.map { BaseCode.letter(sequence.code(at: $0)) }
    }

    /// The bases of a window with a change made.
    private func edited(
        _ sequence: ContigSequence, _ window: Range<Int>, _ position: Int, _ old: Int, _ new: [UInt8]
    )
        -> [UInt8]
    {
        letters(sequence, window.lowerBound..<position) + new
            + letters(sequence, (position + old)..<window.upperBound)
    }

    @Test(
        "applying the c. name gives what applying the alleles gives; the p. name is the translation",
        arguments: [1, 2])
    func application(seed: UInt64) throws {
        let pack = try #require(PackCaller.mane)
        var caller = pack.caller
        let model = caller.model
        var generator = SeededGenerator(seed: seed)
        var edit = VariantEdit()
        var named = 0, proteins = 0
        for _ in 0..<2000 {
            let number = Int.random(in: 0..<model.transcripts.count, using: &generator)
            let transcript = model.transcripts[number]
            let exon = model.exons[
                Int(transcript.firstExon) + Int.random(in: 0..<Int(transcript.exonCount), using: &generator)]
            let place =
                Bool.random(using: &generator)
                ? Int(exon.start) : Int.random(in: Int(exon.start)...Int(exon.end), using: &generator)
            guard
                let entry = model.contigs.first(where: {
                    ($0.firstTranscript..<($0.firstTranscript + $0.transcriptCount)).contains(Int32(number))
                }),
                let sequence = pack.genome.region(Contig(model.text(entry.name)), place)?.sequence
            else { continue }
            let change = Change(sequence, around: place, &generator)
            edit.set(
                position: change.position, reference: change.reference[...], alternate: change.alternate[...],
                in: sequence)
            if edit.isEmpty { continue }
            var out: [UInt8] = []
            guard caller.writeTranscriptName(of: edit, on: number, in: sequence, to: &out) else { continue }
            named += 1
            let text = String(decoding: out, as: UTF8.self)
            let name = try #require(HGVSName(text), "seed \(seed): \(text)")
            #expect(name.description == text, "seed \(seed)")
            let changes: [NucleotideChange<CodingPosition>]
            switch name.change {
            case .coding(let name), .nonCoding(let name): changes = name.changes
            default: changes = []
            }
            let alleles = try #require(
                changes.first?.alleles(ofTranscript: number, model, on: sequence), "seed \(seed): \(text)")
            let window =
                (min(alleles.position, change.position) - 60)..<(max(alleles.position, change.position) + 80)
            let mine = edited(sequence, window, alleles.position, alleles.reference.count, alleles.alternate)
            let theirs = edited(sequence, window, change.position, change.reference.count, change.alternate)
            #expect(mine == theirs, "seed \(seed): \(text) \(model.text(transcript.id))")
            // The named change is the same wherever it was written; at a transcript's very end it lies outside.
            guard alleles.position > Int(transcript.start), alleles.position < Int(transcript.end) else {
                continue
            }
            var again = VariantEdit()
            again.set(
                position: alleles.position, reference: alleles.reference[...],
                alternate: alleles.alternate[...], in: sequence)
            out = []
            _ = caller.writeTranscriptName(of: again, on: number, in: sequence, to: &out)
            #expect(String(decoding: out, as: UTF8.self) == text, "seed \(seed)")
            let consequence = caller.call(again, on: number, in: sequence)
            if let protein = protein(&caller, consequence, again, number, sequence) {
                proteins += 1
                let difference = zip(protein.0, protein.1).prefix { $0 == $1 }.count
                #expect(
                    (protein.0 == protein.1 ? -1 : difference) == -1,
                    "seed \(seed): \(text) \(protein.2) \(model.text(transcript.id))")
            }
        }
        #expect(named > 1200 && proteins > 300)
    }

    /// The protein that a p. name gives, the protein that the changed bases give, and the name.
    private func protein(
        _ caller: inout ConsequenceCaller, _ consequence: TranscriptConsequence, _ edit: VariantEdit,
        _ number: Int,
        _ sequence: ContigSequence
    ) -> (String, String, String)? {
        let model = caller.model
        let transcript = model.transcripts[number]
        guard consequence.codingStart > 0, consequence.codingEnd > 0,
            !consequence.terms.contains(.init(.startLost)),
            !consequence.terms.contains(.init(.startRetainedVariant))
        else { return nil }
        var out: [UInt8] = []
        guard caller.writeProteinName(of: consequence, edit, in: sequence, to: &out) else { return nil }
        let text = String(decoding: out, as: UTF8.self)
        guard text != "p.Met1?", let change = ProteinChange(hgvs: text),
            // What follows a replaced stop is not part of such a name.
            change.edit != .delins || !change.reference.contains("*")
        else { return nil }
        let bases = (0..<Int(transcript.length)).map { place -> UInt8 in
            let code = sequence.code(at: model.position(ofSpliced: place, in: transcript))
            return BaseCode.letter(transcript.strand == .forward ? code : BaseCode.complement(code))
        }
        let (start, end) = (Int(transcript.codingStart), Int(transcript.codingEnd))
        let old = translate(bases[start...])
        guard old.count * 3 == end - start else { return nil }
        var changed = bases
        changed.replaceSubrange(
            (start + Int(consequence.codingStart) - 1)..<(start + Int(consequence.codingEnd)),
            with: edit.letters(on: transcript.strand))
        let new = translate(changed[start...])
        if change.edit == .frameshift || change.edit == .extension {
            let said = change.openEnd(old, new)
            return (said.name, said.bases, text)
        }
        return (change.applied(to: old), new, text)
    }

    private func translate(_ bases: ArraySlice<UInt8>) -> String {
        var result = ""
        var index = bases.startIndex
        while index + 2 < bases.endIndex {
            let residue = GeneticCode.standard.residue(ofCodon: bases[index...(index + 2)])
            result.append(Character(UnicodeScalar(residue)))
            if residue == UInt8(ascii: "*") { return result }
            index += 3
        }
        return result
    }
}
