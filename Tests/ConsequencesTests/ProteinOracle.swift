import Consequences
import GeneModels
import Genome

extension ProteinChange {
    /// The protein with this change made, up to its first stop; nothing for names that do not give the new residues.
    func applied(to old: String) -> String {
        let residues = Array(old)
        func piece(_ range: Range<Int>) -> String { String(residues[range.clamped(to: 0..<residues.count)]) }
        let head = piece(0..<(first - 1)), tail = piece(last..<residues.count)
        let new: String
        switch edit {
        case .identity: return old
        case .substitution, .delins: new = head + alternate + tail
        case .deletion: new = head + tail
        case .duplication: new = piece(0..<last) + piece((first - 1)..<last) + tail
        case .insertion: new = piece(0..<first) + alternate + piece(first..<residues.count)
        case .frameshift, .extension, .unknown: return ""
        }
        return new.firstIndex(of: "*").map { String(new[...$0]) } ?? new
    }

    /// What a frameshift or an extension says of the first new residue and of the new length, beside what the bases say.
    func openEnd(_ old: String, _ new: String) -> (name: String, bases: String) {
        let kept = first - 1
        let end: Int
        switch newStop {
        case .after(let count): end = edit == .frameshift ? kept + count : old.count + count
        case .notFound, nil: end = new.last == "*" ? 0 : new.count
        }
        let head = String(old.prefix(kept))
        return (
            "\(head) \(alternate) \(end)",
            "\(new.prefix(kept)) \(alternate.isEmpty ? "" : String(new.dropFirst(kept).prefix(1))) \(new.count)"
        )
    }
}

/// The proteins of a transcript before and after a change that lies between two bases of one coding exon, read from the genome
/// base by base.
struct ProteinOracle {
    /// The protein, its stop included.
    let old: String
    /// The changed protein, up to its first stop or the transcript's end; two readings where the codon of a selenocysteine
    /// stands both before and behind the changed bases.
    let new: Set<String>

    /// Nil where the change touches an exon's edge or the start codon.
    init?(_ edit: VariantEdit, on number: Int, _ model: GeneModel, _ sequence: ContigSequence) {
        let transcript = model.transcripts[number]
        let isForward = transcript.strand == .forward
        let (start, end) = (Int(transcript.codingStart), Int(transcript.codingEnd))
        // The changed bases and one more on either side, as the transcript reads them.
        let around = (edit.start - 1)...edit.end
        let places = around.map { model.splicedPosition(of: $0, in: transcript) }
        guard let low = places.first ?? nil, let high = places.last ?? nil,
            abs(high - low) == around.count - 1,
            !places.contains(nil)
        else { return nil }
        let first = min(low, high) + 1
        let hasStart = !transcript.flags.contains(.codingStartNotFound)
        guard first > start + (hasStart ? 2 : 0), first + edit.removed < end else { return nil }
        var bases = (0..<Int(transcript.length)).map { place in
            let code = sequence.code(at: model.position(ofSpliced: place, in: transcript))
            return isForward ? code : BaseCode.complement(code)
        }
        let missing = Int(transcript.missingBases)
        let code = transcript.flags.contains(.mitochondrial) ? GeneticCode.mitochondrial : .standard
        func translate(recoded: Set<Int>) -> String {
            var protein = ""
            let coding = Array(repeating: BaseCode.unknown, count: missing) + bases[start...]
            for index in stride(from: 0, to: coding.count - 2, by: 3) {
                let codon = coding[index..<(index + 3)].map(BaseCode.letter)
                var residue = code.residue(ofCodon: codon)
                if recoded.contains(index / 3), codon == Array("TGA".utf8) { residue = UInt8(ascii: "U") }
                protein.append(Character(UnicodeScalar(residue)))
                if residue == UInt8(ascii: "*") { break }
            }
            return protein
        }
        let recoded = Set(model.recodings.filter { Int($0.transcript) == number }.map { Int($0.codon) })
        old = translate(recoded: recoded)
        // A selenocysteine stays one where its codon is whole: before the change, or moved by whole codons.
        let gained = edit.letters(on: transcript.strand).count - edit.removed
        let codon = (first - start + missing) / 3
        bases.replaceSubrange(
            first..<(first + edit.removed), with: edit.letters(on: transcript.strand).map(BaseCode.code))
        func isTGA(_ codon: Int) -> Bool {
            let low = start + codon * 3 - missing
            return low >= start && low + 3 <= bases.count && Array(bases[low..<(low + 3)]) == [3, 2, 0]
        }
        var readings: [Set<Int>] = [recoded.filter { $0 < codon }]
        for place in recoded where place >= codon {
            let moved = gained % 3 == 0 ? place + gained / 3 : -1
            let kept = [moved, place].filter { isTGA($0) && ($0 == moved || place == codon) }
            readings =
                kept.isEmpty ? readings : Set(kept).flatMap { codon in readings.map { $0.union([codon]) } }
        }
        new = Set(readings.map { translate(recoded: $0) })
    }

    /// What a name and the bases say; nil for a name that says nothing of the new protein.
    func compare(_ name: String) -> (name: String, bases: [String])? {
        guard let change = ProteinChange(hgvs: name) else { return nil }
        // What follows a replaced stop is not part of such a name.
        if change.edit == .unknown || change.edit == .delins && change.reference.contains("*") { return nil }
        if change.edit == .frameshift || change.edit == .extension {
            let readings = new.sorted().map { change.openEnd(old, $0) }
            guard let fit = readings.first(where: { $0.name == $0.bases }) ?? readings.first else {
                return nil
            }
            return (fit.name, [fit.bases])
        }
        return (change.applied(to: old), new.sorted())
    }
}
