internal import GeneModels
public import Genome

// The columns that VEP's CSQ has beside terms and names, as bytes: `3/8`, `1244-1246`, `?-2`, `V/E`, `gTg/gAg`.

extension ConsequenceCaller {
    /// Appends the exon's number and their count, `3/8` or `3-4/8`; nothing where none is touched.
    public func writeExon(of consequence: TranscriptConsequence, to out: inout [UInt8]) {
        let count = model.transcripts[Int(consequence.transcript)].exonCount
        write(consequence.firstExon, consequence.lastExon, Int(count), &out)
    }

    /// Appends the intron's number and their count.
    public func writeIntron(of consequence: TranscriptConsequence, to out: inout [UInt8]) {
        let count = model.transcripts[Int(consequence.transcript)].exonCount
        write(consequence.firstIntron, consequence.lastIntron, Int(count) - 1, &out)
    }

    private func write(_ first: UInt16, _ last: UInt16, _ count: Int, _ out: inout [UInt8]) {
        guard first > 0 else { return }
        out.append(addingCapacity: 24) { (text: inout OutputSpan<UInt8>) in
            text.write(Int(first))
            if last != first {
                text.append(UInt8(ascii: "-"))
                text.write(Int(last))
            }
            text.append(UInt8(ascii: "/"))
            text.write(count)
        }
    }

    /// Appends the place of a moved insertion or deletion against where it was given, as bases of the contig; nothing for 0.
    public func writeShift(of edit: VariantEdit, on number: Int, to out: inout [UInt8]) {
        let strand = model.transcripts[number].strand
        let shift = edit.on(strand).shift
        guard shift > 0 else { return }
        if strand == .reverse { out.append(UInt8(ascii: "-")) }
        out.append(addingCapacity: 20) { (text: inout OutputSpan<UInt8>) in text.write(shift) }
    }

    /// Appends the residues before and after, `V/E`, `V` where they are the same, `-/A` for an insertion between codons;
    /// nothing outside the coding sequence.
    public mutating func writeResidues(
        of consequence: TranscriptConsequence, _ edit: VariantEdit, in sequence: ContigSequence,
        to out: inout [UInt8]
    ) {
        if fillWindow(consequence, edit, sequence) { writeResidues(to: &out) }
    }

    private func writeResidues(to out: inout [UInt8]) {
        if window.reference.isEmpty { out.append(UInt8(ascii: "-")) } else { out += window.reference }
        guard window.reference != window.alternate else { return }
        out.append(UInt8(ascii: "/"))
        if window.alternate.isEmpty { out.append(UInt8(ascii: "-")) } else { out += window.alternate }
    }

    /// Appends the codons before and after, changed bases in upper case: `gTg/gAg`.
    public mutating func writeCodons(
        of consequence: TranscriptConsequence, _ edit: VariantEdit, in sequence: ContigSequence,
        to out: inout [UInt8]
    ) {
        if fillWindow(consequence, edit, sequence) { writeCodons(consequence, to: &out) }
    }

    /// Appends both, parted by a bar, from codons that are read once.
    mutating func writeResiduesAndCodons(
        of consequence: TranscriptConsequence, _ edit: VariantEdit, in sequence: ContigSequence,
        to out: inout [UInt8]
    ) {
        let isKnown = fillWindow(consequence, edit, sequence)
        if isKnown { writeResidues(to: &out) }
        out.append(UInt8(ascii: "|"))
        if isKnown { writeCodons(consequence, to: &out) }
    }

    private func writeCodons(_ consequence: TranscriptConsequence, to out: inout [UInt8]) {
        let inserted = window.alternateBases.count - window.referenceBases.count
        let (start, end) = (Int(consequence.codingStart) - 1, Int(consequence.codingEnd))
        let before = start - window.firstCodon * 3
        Self.write(window.referenceBases, changed: before..<(before + end - start), &out)
        out.append(UInt8(ascii: "/"))
        Self.write(window.alternateBases, changed: before..<(before + end - start + inserted), &out)
    }

    private static func write(_ bases: [UInt8], changed: Range<Int>, _ out: inout [UInt8]) {
        if bases.isEmpty { out.append(UInt8(ascii: "-")) }
        for (index, code) in bases.enumerated() {
            out.append(BaseCode.letter(code) | (changed.contains(index) ? 0 : 0x20))
        }
    }

    private mutating func fillWindow(
        _ consequence: TranscriptConsequence, _ edit: VariantEdit, _ sequence: ContigSequence
    ) -> Bool {
        guard consequence.codingStart > 0, consequence.codingEnd > 0 || consequence.codingStart == 1,
            edit.isStandard
        else { return false }
        let number = Int(consequence.transcript)
        let spliced = EditSpan(spliced: Int(consequence.splicedStart), Int(consequence.splicedEnd))
        let span = CodingSpan(spliced, model.transcripts[number])
        guard span.isWhole else { return false }
        var edit = edit
        if edit.crossesIntron(spliced) {
            guard let exons = edit.exonsAlone(model, model.transcripts[number]) else { return false }
            edit = exons
        }
        window.fill(span, edit, rotation: 0, number: number, model, sequence)
        return true
    }
}

extension TranscriptConsequence {
    /// Which position a column holds.
    public enum Position: Sendable {
        /// In the spliced transcript.
        case spliced
        /// In the coding sequence.
        case coding
        /// In the protein.
        case protein
    }

    /// Appends a position: `1245`, `1244-1246`, `?-2`, `1244-?`; nothing where there is none.
    public func write(_ position: Position, to out: inout [UInt8]) {
        let (start, end): (Int32, Int32) =
            switch position {
            case .spliced: (splicedStart, splicedEnd)
            case .coding: (codingStart, codingEnd)
            case .protein: (proteinStart, proteinEnd)
            }
        guard start > 0 || end > 0 else { return }
        let (first, last) = start > 0 && end > 0 && end < start ? (end, start) : (start, end)
        out.append(addingCapacity: 24) { (text: inout OutputSpan<UInt8>) in
            if first > 0 { text.write(Int(first)) } else { text.append(UInt8(ascii: "?")) }
            guard first != last else { return }
            text.append(UInt8(ascii: "-"))
            if last > 0 { text.write(Int(last)) } else { text.append(UInt8(ascii: "?")) }
        }
    }
}
