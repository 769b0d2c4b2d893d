internal import GeneModels
internal import Genome

/// What `CSQ` says of a transcript whatever the variant, put together when the transcript is first met.
struct TranscriptTexts: Sendable {
    /// The text of one transcript.
    struct Text: Sendable {
        /// `|SYMBOL|Gene|Transcript|Feature|BIOTYPE|EXON|INTRON|`, with the id and a colon behind it where a name follows.
        fileprivate(set) var front: [UInt8] = []
        /// `|STRAND|FLAGS||HGNC_ID|CANONICAL|MANE_SELECT|MANE_PLUS_CLINICAL|ENSP|`.
        fileprivate(set) var tail: [UInt8] = []
        /// The same of the entry that is reported.
        fileprivate(set) var pickedTail: [UInt8] = []
        /// What ``front`` was made for: neighboring records mostly lie in the same exon or intron.
        fileprivate var parts: EntryParts?
        fileprivate var hasName = false
    }

    /// By transcript; empty ones are made when they are asked for.
    private(set) var all: [Text] = []

    /// Makes the text of a transcript for an entry with these exons and introns, which `parts` spells.
    @inline(__always)
    mutating func prepare(
        _ number: Int, _ parts: EntryParts, _ partText: [UInt8], hasName: Bool, _ model: GeneModel
    ) {
        if all.isEmpty { all = Array(repeating: Text(), count: model.transcripts.count) }
        if all[number].parts == parts, all[number].hasName == hasName { return }
        make(number, parts, partText, hasName, model)
    }

    private mutating func make(
        _ number: Int, _ parts: EntryParts, _ partText: [UInt8], _ hasName: Bool, _ model: GeneModel
    ) {
        let transcript = model.transcripts[number]
        let gene = model.genes[Int(transcript.gene)]
        (all[number].parts, all[number].hasName) = (parts, hasName)
        var text = all[number].front
        text.removeAll(keepingCapacity: true)
        text.append(Self.bar)
        add(gene.symbol, model, to: &text)
        add(gene.id, model, to: &text)
        text += Self.transcriptType
        add(transcript.id, model, to: &text)
        add(transcript.biotype, model, to: &text)
        text += partText
        if hasName { add(transcript.id, model, behind: UInt8(ascii: ":"), to: &text) }
        all[number].front = text
        guard all[number].tail.isEmpty else { return }
        all[number].tail = tail(transcript, gene, model, isPicked: false)
        all[number].pickedTail = tail(transcript, gene, model, isPicked: true)
    }

    private func tail(_ transcript: Transcript, _ gene: Gene, _ model: GeneModel, isPicked: Bool) -> [UInt8] {
        var text = [Self.bar]
        if transcript.strand == .reverse { text.append(UInt8(ascii: "-")) }
        text.append(UInt8(ascii: "1"))
        text.append(Self.bar)
        let before = text.count
        for (flag, name) in Self.flagNames where transcript.flags.contains(flag) {
            if text.count > before { text.append(UInt8(ascii: "&")) }
            text += name.utf8
        }
        text.append(Self.bar)
        if isPicked { text.append(UInt8(ascii: "1")) }
        text.append(Self.bar)
        add(gene.hgncID, model, to: &text)
        if transcript.isCanonical { text += Self.yes }
        text.append(Self.bar)
        add(transcript.isMANESelect ? transcript.id : .none, model, to: &text)
        add(transcript.isMANEPlusClinical ? transcript.id : .none, model, to: &text)
        add(transcript.proteinID, model, to: &text)
        return text
    }

    /// Appends a name and what stands behind it.
    private func add(
        _ name: NameReference, _ model: GeneModel, behind: UInt8 = Self.bar, to text: inout [UInt8]
    ) {
        model.write(name, to: &text)
        text.append(behind)
    }

    private static let bar = UInt8(ascii: "|")
    private static let transcriptType = Array("Transcript|".utf8)
    private static let yes = Array("YES".utf8)
    private static let flagNames: [(TranscriptFlags, String)] = [
        (.codingStartNotFound, "cds_start_NF"), (.codingEndNotFound, "cds_end_NF"),
        (.selenocysteine, "selenocysteine"), (.ribosomalSlippage, "ribosomal_slippage"),
        (.differsFromGenome, "differs_from_genome"), (.stopCompletedByTail, "stop_completed_by_polyA"),
        (.otherException, "other_exception"),
    ]
}
