internal import GeneModels
internal import Genome

/// What `CSQ` says of a transcript whatever the variant, put together when the transcript is first met.
struct TranscriptTexts: Sendable {
    /// The text of one transcript.
    struct Text: Sendable {
        /// `|SYMBOL|Gene|Transcript|Feature|BIOTYPE|`.
        fileprivate(set) var head: [UInt8] = []
        /// The transcript's id and a colon.
        fileprivate(set) var id: [UInt8] = []
        /// `|STRAND|FLAGS||HGNC_ID|CANONICAL|MANE_SELECT|MANE_PLUS_CLINICAL|ENSP|`.
        fileprivate(set) var tail: [UInt8] = []
        /// The same of the entry that is reported.
        fileprivate(set) var pickedTail: [UInt8] = []
    }

    /// By transcript; empty ones are made when they are asked for.
    private(set) var all: [Text] = []

    /// Makes the text of a transcript if it is not there yet.
    @inline(__always)
    mutating func prepare(_ number: Int, _ model: GeneModel) {
        if number >= all.count || all[number].id.isEmpty { make(number, model) }
    }

    private mutating func make(_ number: Int, _ model: GeneModel) {
        if all.isEmpty { all = Array(repeating: Text(), count: model.transcripts.count) }
        let transcript = model.transcripts[number]
        let gene = model.genes[Int(transcript.gene)]
        var text = [Self.bar]
        add(gene.symbol, model, to: &text)
        add(gene.id, model, to: &text)
        text += Self.transcriptType
        add(transcript.id, model, to: &text)
        add(transcript.biotype, model, to: &text)
        var id: [UInt8] = []
        add(transcript.id, model, behind: UInt8(ascii: ":"), to: &id)
        all[number] = Text(
            head: text, id: id, tail: tail(transcript, gene, model, isPicked: false),
            pickedTail: tail(transcript, gene, model, isPicked: true))
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
