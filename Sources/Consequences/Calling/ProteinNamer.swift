internal import GeneModels
public import Genome

extension ConsequenceCaller {
    /// The protein change of a consequence that ``call(_:on:in:)`` gave, or nil where there is none or it is not known.
    ///
    /// Named at the most 3' place: trimmed at the start first, then at the end; an insertion or deletion is moved on
    /// along the protein; a repeated neighbor makes it a duplication.
    ///
    /// - Source: HGVS nomenclature 21; what Ensembl VEP 115 prints decides where the nomenclature leaves a choice.
    public mutating func proteinChange(
        of consequence: TranscriptConsequence, _ edit: VariantEdit, in sequence: ContigSequence
    ) -> ProteinEdit? {
        guard consequence.touchesCodingExon, edit.isStandard else { return nil }
        let number = Int(consequence.transcript)
        let transcript = model.transcripts[number]
        let moved = edit.on(transcript.strand)
        let spliced = EditSpan(model, transcript, from: moved.start, to: moved.end)
        guard spliced.isWhole else { return nil }
        let span = CodingSpan(spliced, transcript)
        guard span.isWhole else { return nil }
        var edit = edit
        if edit.crossesIntron(spliced) {
            guard let exons = edit.exonsAlone(model, transcript) else { return nil }
            edit = exons
        }
        if consequence.changesStartCodon {
            return ProteinEdit(kind: .unknown, first: 1, last: 1, firstResidue: UInt8(ascii: "M"))
        }
        proteinWindow.window.fill(span, edit, rotation: moved.rotation, number: number, model, sequence)
        if changesStartCodon(number, span, edit, moved, sequence) {
            return ProteinEdit(kind: .unknown, first: 1, last: 1, firstResidue: UInt8(ascii: "M"))
        }
        let change = edit.alternate.count - (span.end - span.start)
        let shifts = change % 3 != 0 || consequence.terms.contains(.frameshiftVariant)
        if shifts, !proteinWindow.window.isPartialCodon, !insertsStop {
            return frameshift(number, span, edit, moved, sequence)
        }
        return inFrame(consequence, number, span, edit, moved, sequence)
    }

    /// Whether no ATG stands for the start codon at the most 3' place; the written one may lie before the transcript.
    private func changesStartCodon(
        _ number: Int, _ span: CodingSpan, _ edit: VariantEdit, _ moved: StrandEdit,
        _ sequence: ContigSequence
    ) -> Bool {
        let window = proteinWindow.window
        let transcript = model.transcripts[number]
        guard window.firstCodon == 0, window.referenceBases.count > 2,
            !transcript.flags.contains(.codingStartNotFound),
            window.referenceBases.prefix(3) != window.alternateBases.prefix(3),
            StartCodon.isKnown(
                window.referenceBases.prefix(3).reduce(0) { $0 << 2 | min($1, 3) }, transcript.geneticCode)
        else { return false }
        var reader = EditedProteinReader(
            model, number: number, span: span, edit: edit, rotation: moved.rotation, sequence)
        return reader.next() != UInt8(ascii: "M")
    }

    /// Whether whole residues and then a stop follow the untouched residues, so that no frame is shifted before the end.
    private var insertsStop: Bool {
        let (old, new) = (proteinWindow.window.reference, proteinWindow.window.alternate)
        return !old.isEmpty && new.starts(with: old) && new.contains(AminoAcid.stop)
            && !old.contains(AminoAcid.stop)
    }

    private func frameshift(
        _ number: Int, _ span: CodingSpan, _ edit: VariantEdit, _ moved: StrandEdit,
        _ sequence: ContigSequence
    ) -> ProteinEdit? {
        var codon = span.start / 3
        var before = ProteinReader(model, number: number, codon: codon, sequence)
        var after = EditedProteinReader(
            model, number: number, span: span, edit: edit, rotation: moved.rotation, sequence)
        while let old = before.next() {
            guard let new = after.next() else { return nil }
            if old == AminoAcid.unknown || new == AminoAcid.unknown { return nil }
            if old == AminoAcid.stop, new == AminoAcid.stop {
                return ProteinEdit(kind: .identity, first: codon + 1, last: codon + 1, firstResidue: old)
            }
            if old != new {
                var result = ProteinEdit(
                    kind: .frameshift, first: codon + 1, last: codon + 1, firstResidue: old, newResidue: new)
                if new == AminoAcid.stop {
                    result.kind = .substitution
                    return result
                }
                result.newStop = Self.stop(&after, counted: 1)
                return result
            }
            codon += 1
        }
        return nil
    }

    /// How many residues on the next stop lies; 0 if there is none.
    private static func stop(_ reader: inout EditedProteinReader, counted: Int) -> Int {
        var count = counted
        while let residue = reader.next() {
            count += 1
            if residue == AminoAcid.stop { return count }
        }
        return 0
    }

    private mutating func inFrame(
        _ consequence: TranscriptConsequence, _ number: Int, _ span: CodingSpan, _ edit: VariantEdit,
        _ moved: StrandEdit, _ sequence: ContigSequence
    ) -> ProteinEdit? {
        let window = proteinWindow.window
        var old = window.reference[...]
        var new = window.alternate[...]
        if old.contains(AminoAcid.unknown) { return nil }
        if new.contains(AminoAcid.unknown), !insertsStop { return nil }
        let first = window.firstCodon + 1
        if old == new {
            guard let residue = old.first, let end = old.last else { return nil }
            return ProteinEdit(
                kind: .identity, first: first, last: first + old.count - 1, firstResidue: residue,
                lastResidue: end)
        }
        if consequence.terms.contains(.stopRetainedVariant), old.last == AminoAcid.stop,
            new.count < old.count,
            !new.contains(AminoAcid.stop)
        {
            new = refilled(number, span, edit, moved, sequence)[...]
        }
        while let residue = old.first, residue == new.first {
            if residue == AminoAcid.stop {
                let place = first + old.startIndex
                return ProteinEdit(kind: .identity, first: place, last: place, firstResidue: residue)
            }
            old.removeFirst()
            new.removeFirst()
        }
        let start = first + old.startIndex
        while let residue = old.last, residue == new.last {
            old.removeLast()
            new.removeLast()
        }
        proteinWindow.inserted.removeAll(keepingCapacity: true)
        for residue in new {
            proteinWindow.inserted.append(residue)
            if residue == AminoAcid.stop, old.isEmpty || new.count != old.count || old.count > 1 { break }
        }
        if old.isEmpty { return insertion(number, before: start, sequence) }
        var result = ProteinEdit(
            kind: .delins, first: start, last: start + old.count - 1, firstResidue: old[old.startIndex],
            lastResidue: old[old.endIndex - 1])
        if new.isEmpty {
            result.kind = .deletion
            moveDeletion(&result, Array(old), number, sequence)
        } else if old.count == 1, new.count == 1 {
            result.kind = .substitution
            result.newResidue = new[new.startIndex]
        }
        if consequence.terms.contains(.stopLost), old.contains(AminoAcid.stop), result.kind != .delins {
            extend(&result, span, edit, moved, number, sequence)
        }
        return result
    }

    /// The residues from the first touched codon to the stop, which is made of bases behind the touched codons.
    private func refilled(
        _ number: Int, _ span: CodingSpan, _ edit: VariantEdit, _ moved: StrandEdit,
        _ sequence: ContigSequence
    ) -> [UInt8] {
        var reader = EditedProteinReader(
            model, number: number, span: span, edit: edit, rotation: moved.rotation, sequence)
        var residues: [UInt8] = []
        while let residue = reader.next() {
            residues.append(residue)
            if residue == AminoAcid.stop { break }
        }
        return residues
    }

    /// Names an insertion of `inserted` before the residue `place`, 1-based.
    private mutating func insertion(_ number: Int, before place: Int, _ sequence: ContigSequence)
        -> ProteinEdit?
    {
        var inserted = proteinWindow.inserted
        var place = place
        let endsInStop = inserted.contains(AminoAcid.stop)
        if !endsInStop {
            var reader = ProteinReader(model, number: number, codon: place - 1, sequence)
            while let next = reader.next(), next == inserted.first, next != AminoAcid.stop {
                inserted.append(inserted.removeFirst())
                place += 1
            }
        }
        let count = inserted.count
        if !endsInStop, place > count {
            var reader = ProteinReader(model, number: number, codon: place - 1 - count, sequence)
            if inserted.allSatisfy({ reader.next() == $0 }) {
                return ProteinEdit(
                    kind: .duplication, first: place - count, last: place - 1, firstResidue: inserted[0],
                    lastResidue: inserted[count - 1])
            }
        }
        proteinWindow.inserted = inserted
        guard let left = ProteinReader.residue(model, number: number, codon: place - 2, sequence),
            let right = ProteinReader.residue(model, number: number, codon: place - 1, sequence)
        else { return nil }
        return ProteinEdit(
            kind: .insertion, first: place - 1, last: place, firstResidue: left, lastResidue: right)
    }

    private func moveDeletion(
        _ result: inout ProteinEdit, _ old: [UInt8], _ number: Int, _ sequence: ContigSequence
    ) {
        guard !old.contains(AminoAcid.stop) else { return }
        var removed = old
        var reader = ProteinReader(model, number: number, codon: result.last, sequence)
        while let next = reader.next(), next == removed.first, next != AminoAcid.stop {
            removed.append(removed.removeFirst())
            result.first += 1
            result.last += 1
        }
        result.firstResidue = removed[0]
        result.lastResidue = removed[removed.count - 1]
    }

    private func extend(
        _ result: inout ProteinEdit, _ span: CodingSpan, _ edit: VariantEdit, _ moved: StrandEdit,
        _ number: Int,
        _ sequence: ContigSequence
    ) {
        let transcript = model.transcripts[number]
        let stop = (transcript.codingLength + Int(transcript.missingBases)) / 3 - 1
        var reader = EditedProteinReader(
            model, number: number, span: span, edit: edit, rotation: moved.rotation, sequence)
        let codon = Self.stop(&reader, counted: span.start / 3)
        result.kind = .extension
        result.newStop = codon > stop + 1 ? codon - stop - 1 : 0
    }
}

extension ConsequenceCaller {
    /// Appends the `p.` name of a consequence, without brackets and the protein's id; returns false where there is none.
    ///
    /// `escapesEquals` writes `%3D` for `=`, as VEP does in INFO.
    public mutating func writeProteinName(
        of consequence: TranscriptConsequence, _ edit: VariantEdit, in sequence: ContigSequence,
        escapesEquals: Bool = false, to out: inout [UInt8]
    ) -> Bool {
        guard let change = proteinChange(of: consequence, edit, in: sequence) else { return false }
        change.write(inserted: proteinWindow.inserted, escapesEquals: escapesEquals, to: &out)
        return true
    }

    /// The touched residues before and after a change, numbered by the first, as in `12G>12D`; equal ones once (`12G`);
    /// empty where there are none.
    public mutating func residues(
        of consequence: TranscriptConsequence, _ edit: VariantEdit, in sequence: ContigSequence
    ) -> String {
        let number = Int(consequence.transcript)
        let transcript = model.transcripts[number]
        let span = CodingSpan(
            EditSpan(spliced: Int(consequence.splicedStart), Int(consequence.splicedEnd)), transcript)
        guard transcript.isCoding, span.isWhole else { return "" }
        var edit = edit
        if edit.crossesIntron(EditSpan(spliced: Int(consequence.splicedStart), Int(consequence.splicedEnd))) {
            guard let exons = edit.exonsAlone(model, transcript) else { return "" }
            edit = exons
        }
        window.fill(span, edit, rotation: 0, number: number, model, sequence)
        let first = window.firstCodon + 1
        let old = String(decoding: window.reference, as: UTF8.self)
        let new = String(decoding: window.alternate, as: UTF8.self)
        return old == new ? "\(first)\(old)" : "\(first)\(old)>\(first)\(new)"
    }
}
