internal import GeneModels
internal import Knowledge

/// Transcripts of gene models by their ids, with and without version.
struct TranscriptNames {
    private var numbers: [String: Int] = [:]

    init(_ model: GeneModel) {
        for (number, transcript) in model.transcripts.enumerated() {
            let id = model.text(transcript.id)
            numbers[id] = number
            let bare = id.withoutVersion
            if numbers[bare] == nil { numbers[bare] = number }
        }
    }

    /// The transcript of this id, else of another version, else the one that MANE pairs with it.
    func number(_ id: String, _ vocabulary: KnowledgeVocabulary) -> Int? {
        guard !id.isEmpty else { return nil }
        if let number = numbers[id] ?? numbers[id.withoutVersion] { return number }
        return vocabulary.pairs[id.withoutVersion].flatMap { numbers[$0] }
    }
}

extension GeneModel {
    /// The contig's name of a transcript.
    func contigName(ofTranscript number: Int) -> String {
        text(contigs[Int(genes[Int(transcripts[number].gene)].contig)].name)
    }
}
