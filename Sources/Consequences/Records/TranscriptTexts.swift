internal import GeneModels
internal import Genome

/// What `CSQ` says of a transcript whatever the variant, put together when the transcript is first met.
struct TranscriptTexts: Sendable {
    /// The text of one transcript.
    struct Text: Sendable {
        /// `|SYMBOL|Gene|Transcript|Feature|BIOTYPE|`.
        fileprivate(set) var head: [UInt8] = []
        /// The transcript's id and a colon, and the protein's.
        fileprivate(set) var id: [UInt8] = [], protein: [UInt8] = []
        /// `|STRAND|FLAGS||HGNC_ID|CANONICAL|MANE_SELECT|MANE_PLUS_CLINICAL|ENSP|`.
        fileprivate(set) var tail: [UInt8] = []
        /// The same of the entry that is reported.
        fileprivate(set) var pickedTail: [UInt8] = []
        /// All that stands before the name, ``head`` to ``id``, of entries with these parts; and the parts of the last entry that had others.
        fileprivate var front: [UInt8] = [], frontParts: EntryParts?, otherParts: EntryParts?
    }

    /// In the order in which transcripts were met.
    private(set) var all: [Text] = []
    /// By transcript, one more than its place in ``all``; 0 where it was not met yet.
    private var places: [Int32] = []

    /// Where the text of a transcript stands in ``all``; it is made if it is not there yet.
    @inline(__always)
    mutating func place(of number: Int, _ model: GeneModel) -> Int {
        if number < places.count, places[number] > 0 { return Int(places[number]) &- 1 }
        return make(number, model)
    }

    /// Appends what stands before the name of an entry: the transcript, exons and introns, and the transcript again where there is a name.
    ///
    /// It is kept where two entries running have the same parts: variants that lie close meet the same exon or intron. Kept each time it would
    /// cost more than it saves where they lie apart.
    @inline(__always)
    mutating func writeFront(
        at place: Int, of consequence: TranscriptConsequence, _ pieces: inout EntryPieces,
        by caller: inout RecordCaller, to out: inout [UInt8]
    ) {
        if all[place].frontParts == pieces.partNumbers {
            out += all[place].front
        } else {
            writeOtherFront(at: place, of: consequence, &pieces, by: &caller, to: &out)
        }
    }

    private mutating func writeOtherFront(
        at place: Int, of consequence: TranscriptConsequence, _ pieces: inout EntryPieces,
        by caller: inout RecordCaller, to out: inout [UInt8]
    ) {
        let start = out.count
        pieces.makeParts(consequence, &caller)
        out += all[place].head
        out += pieces.parts
        if pieces.hasName { out += all[place].id } else { out.append(Self.bar) }
        if all[place].otherParts == pieces.partNumbers {
            all[place].front.removeAll(keepingCapacity: true)
            all[place].front += out[start...]
            all[place].frontParts = pieces.partNumbers
        }
        all[place].otherParts = pieces.partNumbers
    }

    private mutating func make(_ number: Int, _ model: GeneModel) -> Int {
        if places.isEmpty { places = Array(repeating: 0, count: model.transcripts.count) }
        let transcript = model.transcripts[number]
        let gene = model.genes[Int(transcript.gene)]
        var text = [Self.bar]
        add(gene.symbol, model, to: &text)
        add(gene.id, model, to: &text)
        text += Self.transcriptType
        add(transcript.id, model, to: &text)
        add(transcript.biotype, model, to: &text)
        var id: [UInt8] = [], protein: [UInt8] = []
        add(transcript.id, model, behind: UInt8(ascii: ":"), to: &id)
        add(transcript.proteinID, model, behind: UInt8(ascii: ":"), to: &protein)
        all.append(
            Text(
                head: text, id: id, protein: protein, tail: tail(transcript, gene, model, isPicked: false),
                pickedTail: tail(transcript, gene, model, isPicked: true)))
        places[number] = Int32(all.count)
        return all.count - 1
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
