internal import GeneModels
internal import Genome
internal import Variants

/// Prints consequences as SnpEff's INFO field `ANN`: one entry a transcript, fields between `|`, entries between `,`,
/// most severe first.
///
/// Terms and names are ours, as in `CSQ`; the allele is ALT as the record has it, names have no accession before them.
///
/// - Source: Variant annotations in VCF format, version 1.0, 2015.
struct ANNWriter: Sendable {
    /// The fields' names, in order.
    static let fields = [
        "Allele", "Annotation", "Annotation_Impact", "Gene_Name", "Gene_ID", "Feature_Type", "Feature_ID",
        "Transcript_BioType", "Rank", "HGVS.c", "HGVS.p", "cDNA.pos / cDNA.length", "CDS.pos / CDS.length",
        "AA.pos / AA.length", "Distance", "ERRORS / WARNINGS / INFO",
    ]

    private var ordered: [TranscriptConsequence] = []

    /// Appends the entries of one ALT; `found` are its consequences to print.
    mutating func write(
        _ found: [TranscriptConsequence], _ record: VCFRecord, alternate: Range<Int>,
        _ outcome: RecordCaller.Outcome, by caller: inout RecordCaller, to out: inout [UInt8]
    ) {
        guard !found.isEmpty else {
            if !out.isEmpty { out.append(UInt8(ascii: ",")) }
            InfoText.append(record.bytes[alternate], to: &out)
            out += Self.intergenic
            return
        }
        ordered.removeAll(keepingCapacity: true)
        for severity in Set(found.map(\.terms.severity)).sorted() {
            ordered += found.filter { $0.terms.severity == severity }
        }
        for consequence in ordered {
            if !out.isEmpty { out.append(UInt8(ascii: ",")) }
            InfoText.append(record.bytes[alternate], to: &out)
            write(consequence, outcome, by: &caller, to: &out)
        }
    }

    private func write(
        _ consequence: TranscriptConsequence, _ outcome: RecordCaller.Outcome, by caller: inout RecordCaller,
        to out: inout [UInt8]
    ) {
        let model = caller.caller.model
        let transcript = model.transcripts[Int(consequence.transcript)]
        let gene = model.genes[Int(transcript.gene)]
        let bar = UInt8(ascii: "|")
        let isInside = consequence.isInside, isSmall = outcome == .small
        out.append(bar)
        consequence.terms.write(to: &out)
        out.append(bar)
        out += consequence.terms.impact
        out.append(bar)
        model.write(gene.symbol, to: &out)
        out.append(bar)
        model.write(gene.id, to: &out)
        out += Self.transcriptType
        model.write(transcript.id, to: &out)
        out.append(bar)
        model.write(transcript.biotype, to: &out)
        out.append(bar)
        if isInside {
            let before = out.count
            caller.caller.writeExon(of: consequence, to: &out)
            if out.count == before { caller.caller.writeIntron(of: consequence, to: &out) }
        }
        out.append(bar)
        if isInside, isSmall {
            _ = caller.caller.writeTranscriptName(
                of: caller.edit, on: Int(consequence.transcript), in: caller.sequence, to: &out)
        }
        out.append(bar)
        if isInside, isSmall, consequence.hasCoding {
            _ = caller.caller.writeProteinName(
                of: consequence, caller.edit, in: caller.sequence, escapesEquals: true, to: &out)
        }
        out.append(bar)
        Self.write(consequence.splicedStart, consequence.splicedEnd, of: Int(transcript.length), &out)
        out.append(bar)
        Self.write(consequence.codingStart, consequence.codingEnd, of: transcript.codingLength, &out)
        out.append(bar)
        // The stop codon is no residue.
        let codons = transcript.codingLength / 3
        let residues = transcript.flags.contains(.codingEndNotFound) ? codons : codons - 1
        Self.write(consequence.proteinStart, consequence.proteinEnd, of: residues, &out)
        out.append(bar)
        if !isInside { out += String(consequence.distance).utf8 }
        out.append(bar)
        if !transcript.flags.isDisjoint(with: [.codingStartNotFound, .codingEndNotFound]) {
            out += Self.incomplete
        }
    }

    /// A place and how many there are: the first base or residue that is known, of an insertion the one before.
    private static func write(_ start: Int32, _ end: Int32, of length: Int, _ out: inout [UInt8]) {
        let place = start > 0 && end > 0 ? min(start, end) : max(start, end)
        guard place > 0 else { return }
        out += "\(place)/\(length)".utf8
    }

    private static let transcriptType = Array("|transcript|".utf8)
    private static let incomplete = Array("WARNING_TRANSCRIPT_INCOMPLETE".utf8)
    private static let intergenic = Array(
        ("|intergenic_region|MODIFIER" + String(repeating: "|", count: fields.count - 3)).utf8)
}

extension TranscriptConsequence {
    /// Whether the change lies in the transcript, not up- or downstream of it.
    var isInside: Bool {
        distance == 0 && terms.isDisjoint(with: [.upstreamGeneVariant, .downstreamGeneVariant])
    }

    /// Whether coding bases are changed.
    var hasCoding: Bool { codingStart > 0 || codingEnd > 0 }
}
