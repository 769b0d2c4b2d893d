public import GeneModels

/// Which transcript of a gene to report.
///
/// In this order: MANE Select, MANE Plus Clinical, canonical, protein coding before all else, the more severe
/// consequence, the longer coding sequence, the longer transcript, the id. The last never ties, so the order of a file
/// or of threads does not show.
public struct TranscriptChoice: Sendable {
    private let merits: [Int64]
    private let places: [Int32]

    /// The choice among a model's transcripts.
    public init(_ model: GeneModel) {
        merits = model.transcripts.map(Self.merit)
        // Only transcripts of one gene are ever compared; ids of all would cost ten times as much.
        let byID = model.transcripts.indices.sorted {
            let (left, right) = (model.transcripts[$0], model.transcripts[$1])
            return left.gene == right.gene
                ? model.bytes(left.id).lexicographicallyPrecedes(model.bytes(right.id))
                : left.gene < right.gene
        }
        var places = [Int32](repeating: 0, count: byID.count)
        for (place, number) in byID.enumerated() { places[number] = Int32(place) }
        self.places = places
    }

    /// What speaks for a transcript before its consequence is known, in the high bits, and its lengths in the low ones.
    private static func merit(_ transcript: Transcript) -> Int64 {
        var merit: Int64 = 0
        if transcript.isMANESelect { merit |= 8 }
        if transcript.isMANEPlusClinical { merit |= 4 }
        if transcript.isCanonical { merit |= 2 }
        if transcript.flags.contains(.proteinCoding) { merit |= 1 }
        let coding = Int64(min(transcript.codingLength, 0x3F_FFFF)),
            length = Int64(min(transcript.length, 0x3F_FFFF))
        return merit << 44 | coding << 22 | length
    }

    /// The transcript of each gene that is reported where consequences are alike, by number.
    public func ofEachGene(_ model: GeneModel) -> [Int] {
        var chosen: [Int32: Int] = [:]
        for (number, transcript) in model.transcripts.enumerated() {
            guard let other = chosen[transcript.gene] else {
                chosen[transcript.gene] = number
                continue
            }
            let isBetter =
                merits[number] == merits[other]
                ? places[number] < places[other] : merits[number] > merits[other]
            if isBetter { chosen[transcript.gene] = number }
        }
        return chosen.values.sorted()
    }

    /// Whether `left` is to be reported rather than `right`, another transcript of the same gene.
    public func isReported(_ left: TranscriptConsequence, before right: TranscriptConsequence) -> Bool {
        let (mine, theirs) = (merits[Int(left.transcript)], merits[Int(right.transcript)])
        if mine >> 44 != theirs >> 44 { return mine >> 44 > theirs >> 44 }
        if left.terms.severity != right.terms.severity { return left.terms.severity < right.terms.severity }
        if mine != theirs { return mine > theirs }
        return places[Int(left.transcript)] < places[Int(right.transcript)]
    }

    /// The consequences to report, one per gene, in the order in which the genes were met.
    public func reported(_ consequences: [TranscriptConsequence], _ model: GeneModel)
        -> [TranscriptConsequence]
    {
        var result: [TranscriptConsequence] = []
        report(consequences, model, into: &result)
        return result
    }

    /// Replaces `result` by the consequences to report; see ``reported(_:_:)``.
    func report(
        _ consequences: [TranscriptConsequence], _ model: GeneModel,
        into result: inout [TranscriptConsequence]
    ) {
        result.removeAll(keepingCapacity: true)
        for consequence in consequences {
            let gene = model.transcripts[Int(consequence.transcript)].gene
            if let index = result.firstIndex(where: { model.transcripts[Int($0.transcript)].gene == gene }) {
                if isReported(consequence, before: result[index]) { result[index] = consequence }
            } else {
                result.append(consequence)
            }
        }
    }
}
