internal import GeneModels
internal import Genome

/// What `CSQ` says of a transcript whatever the variant, put together when the transcript is first met.
struct TranscriptTexts: Sendable {
    /// Where the three pieces of an entry lie in ``bytes``.
    struct Places: Sendable {
        fileprivate var ends: (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)

        /// `|SYMBOL|Gene|Transcript|Feature|BIOTYPE|`.
        var head: Range<Int> { Int(ends.0)..<Int(ends.1) }
        /// `|STRAND|FLAGS|`.
        var middle: Range<Int> { Int(ends.1)..<Int(ends.2) }
        /// `|HGNC_ID|CANONICAL|MANE_SELECT|MANE_PLUS_CLINICAL|ENSP|`.
        var tail: Range<Int> { Int(ends.2)..<Int(ends.3) }
    }

    private(set) var bytes: [UInt8] = []
    private var places: [Places] = []

    /// The pieces of a transcript.
    mutating func places(of number: Int, _ model: GeneModel) -> Places {
        if places.isEmpty { places = Array(repeating: Places(), count: model.transcripts.count) }
        if places[number].head.isEmpty { places[number] = make(model.transcripts[number], model) }
        return places[number]
    }

    private mutating func make(_ transcript: Transcript, _ model: GeneModel) -> Places {
        let gene = model.genes[Int(transcript.gene)]
        var places = Places()
        places.ends.0 = Int32(bytes.count)
        places.ends.1 = add(
            model.bytes(gene.symbol), model.bytes(gene.id), Self.transcriptType[...],
            model.bytes(transcript.id),
            model.bytes(transcript.biotype))
        let flags = Self.flagNames.filter { transcript.flags.contains($0.0) }.map(\.1).joined(separator: "&")
        places.ends.2 = add(
            Array((transcript.strand == .reverse ? "-1" : "1").utf8)[...], Array(flags.utf8)[...])
        let id = model.bytes(transcript.id)
        places.ends.3 = add(
            model.bytes(gene.hgncID), transcript.isCanonical ? Self.yes[...] : [],
            transcript.isMANESelect ? id : [], transcript.isMANEPlusClinical ? id : [],
            model.bytes(transcript.proteinID))
        return places
    }

    /// Appends fields, each between bars; returns where they end.
    private mutating func add(_ fields: ArraySlice<UInt8>...) -> Int32 {
        bytes.append(UInt8(ascii: "|"))
        for field in fields {
            bytes += field
            bytes.append(UInt8(ascii: "|"))
        }
        return Int32(bytes.count)
    }

    private static let transcriptType = Array("Transcript".utf8)
    private static let yes = Array("YES".utf8)
    private static let flagNames: [(TranscriptFlags, String)] = [
        (.codingStartNotFound, "cds_start_NF"), (.codingEndNotFound, "cds_end_NF"),
        (.selenocysteine, "selenocysteine"), (.ribosomalSlippage, "ribosomal_slippage"),
        (.differsFromGenome, "differs_from_genome"), (.stopCompletedByTail, "stop_completed_by_polyA"),
        (.otherException, "other_exception"),
    ]
}
