internal import GeneModels
internal import Genome

/// What `CSQ` says of a transcript whatever the variant, put together when the transcript is first met.
struct TranscriptTexts: Sendable {
    /// Where the pieces of an entry lie in ``bytes``, one behind the other.
    struct Places: Sendable {
        fileprivate var start: Int32 = 0
        fileprivate var ends: (Int32, Int32, Int32, Int32, Int32) = (0, 0, 0, 0, 0)

        /// `|SYMBOL|Gene|Transcript|Feature|BIOTYPE|`.
        var head: Range<Int> { Int(start)..<Int(ends.0) }
        /// The transcript's id and a colon.
        var id: Range<Int> { Int(ends.0)..<Int(ends.1) }
        /// The protein's id and a colon.
        var protein: Range<Int> { Int(ends.1)..<Int(ends.2) }
        /// `|STRAND|FLAGS||HGNC_ID|CANONICAL|MANE_SELECT|MANE_PLUS_CLINICAL|ENSP|`.
        var tail: Range<Int> { Int(ends.2)..<Int(ends.3) }
        /// The same of the entry that is reported.
        var pickedTail: Range<Int> { Int(ends.3)..<Int(ends.4) }
    }

    private(set) var bytes: [UInt8] = []
    private var places: [Places] = []

    /// The pieces of a transcript.
    mutating func places(of number: Int, _ model: GeneModel) -> Places {
        if places.isEmpty { places = Array(repeating: Places(), count: model.transcripts.count) }
        if places[number].ends.0 == 0 { places[number] = make(model.transcripts[number], model) }
        return places[number]
    }

    private mutating func make(_ transcript: Transcript, _ model: GeneModel) -> Places {
        let gene = model.genes[Int(transcript.gene)]
        var places = Places()
        places.start = Int32(bytes.count)
        bytes.append(Self.bar)
        add(gene.symbol, model)
        add(gene.id, model)
        bytes += Self.transcriptType
        add(transcript.id, model)
        add(transcript.biotype, model)
        places.ends.0 = Int32(bytes.count)
        add(transcript.id, model, behind: UInt8(ascii: ":"))
        places.ends.1 = Int32(bytes.count)
        add(transcript.proteinID, model, behind: UInt8(ascii: ":"))
        places.ends.2 = Int32(bytes.count)
        addTail(transcript, gene, model)
        places.ends.3 = Int32(bytes.count)
        addTail(transcript, gene, model, isPicked: true)
        places.ends.4 = Int32(bytes.count)
        return places
    }

    private mutating func addTail(
        _ transcript: Transcript, _ gene: Gene, _ model: GeneModel, isPicked: Bool = false
    ) {
        bytes.append(Self.bar)
        if transcript.strand == .reverse { bytes.append(UInt8(ascii: "-")) }
        bytes.append(UInt8(ascii: "1"))
        bytes.append(Self.bar)
        let before = bytes.count
        for (flag, name) in Self.flagNames where transcript.flags.contains(flag) {
            if bytes.count > before { bytes.append(UInt8(ascii: "&")) }
            bytes += name.utf8
        }
        bytes.append(Self.bar)
        if isPicked { bytes.append(UInt8(ascii: "1")) }
        bytes.append(Self.bar)
        add(gene.hgncID, model)
        if transcript.isCanonical { bytes += Self.yes }
        bytes.append(Self.bar)
        add(transcript.isMANESelect ? transcript.id : .none, model)
        add(transcript.isMANEPlusClinical ? transcript.id : .none, model)
        add(transcript.proteinID, model)
    }

    /// Appends a name and what stands behind it.
    private mutating func add(_ name: NameReference, _ model: GeneModel, behind: UInt8 = Self.bar) {
        model.write(name, to: &bytes)
        bytes.append(behind)
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
