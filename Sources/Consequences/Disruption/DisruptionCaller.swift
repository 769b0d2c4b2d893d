// Which genes does a structural variant break?
//
//     gene         ├──1──┤       ├──2──┤          ├──3──┤
//     deletion            ×────────────────×                exon 2 is lost: disrupted
//     deletion                          ×─────×             inside an intron: intact
//     breakend            ×                                 joined to elsewhere, turned around, or not known: disrupted
//     duplication   ──×───────────×                         one end outside: the gene stands once whole beside the broken copy
//
// A breakend counts where it lies inside the transcript. Deletions, duplications and insertions count if they touch an exon, and where
// all their breakends lie behind the coding sequence, if they touch a coding base. Of the others a break behind the coding sequence does not
// count, nor does an inversion of which both junctions are there with both ends in one intron, which leaves the exons in their order.
//
// Not done: chains of several variants, variants that cover a whole gene (copy numbers tell them), the reading frame.

public import GeneModels
internal import Genome
public import Variants

/// Finds the genes that structural variants break, on one transcript of each gene and on its MANE Plus Clinical ones.
///
/// - Source: specification section 7.2.
public struct DisruptionCaller: Sendable {
    private let model: GeneModel
    /// Numbers of the chosen transcripts of each contig, by their starts.
    private let transcripts: [Contig: [Int]]

    /// A caller for the genes that `isIncluded` names.
    public init(_ model: GeneModel, genes isIncluded: (String) -> Bool) {
        self.model = model
        func isWanted(_ number: Int) -> Bool {
            isIncluded(model.text(model.genes[Int(model.transcripts[number].gene)].symbol))
        }
        let plusClinical = model.transcripts.indices.filter { model.transcripts[$0].isMANEPlusClinical }
        let all = Set(TranscriptChoice(model).ofEachGene(model)).union(plusClinical).filter(isWanted)
            .sorted()
        transcripts = Dictionary(grouping: all) { number in
            Contig(
                model.text(model.contigs[Int(model.genes[Int(model.transcripts[number].gene)].contig)].name))
        }
    }

    /// What a variant does to the genes that it has a breakend in; of several transcripts of a gene the first that is disrupted counts, else
    /// the first.
    ///
    /// - Shape: `isBalanced` whether the file has both junctions of an inversion, see ``BalancedInversions``.
    public func disruptions(_ variant: StructuralVariant, isBalanced: Bool = false) -> [GeneDisruption] {
        let ends = [variant.first] + (variant.second.map { [$0] } ?? [])
        var found: [GeneDisruption] = []
        for contig in Set(ends.map(\.contig)).sorted() {
            for number in transcripts[contig] ?? [] {
                let transcript = model.transcripts[number]
                let inside = ends.filter { $0.contig == contig && Self.breaks($0, transcript) }
                guard !inside.isEmpty else { continue }
                let disruption = disruption(variant, inside, transcript, isBalanced)
                if let place = found.firstIndex(where: { $0.gene == disruption.gene }) {
                    if !found[place].isDisruptive, disruption.isDisruptive { found[place] = disruption }
                } else {
                    found.append(disruption)
                }
            }
        }
        return found
    }

    /// Whether something of the transcript lies on either side of the break.
    private static func breaks(_ end: Breakend, _ transcript: Transcript) -> Bool {
        let behind = end.orientation == .plus ? end.position + 1 : end.position
        return behind > Int(transcript.start) && behind < Int(transcript.end)
    }

    private func disruption(
        _ variant: StructuralVariant, _ inside: [Breakend], _ transcript: Transcript, _ isBalanced: Bool
    ) -> GeneDisruption {
        let breaks = inside.map { place($0, transcript) }
        let touched = touched(variant, transcript)
        var result = GeneDisruption(
            gene: model.text(model.genes[Int(transcript.gene)].symbol), transcript: model.text(transcript.id),
            variant: variant, breaks: breaks, exons: touched?.exons,
            areWholeExons: touched?.areWhole ?? false,
            reasonIntact: nil, leavesWholeCopy: variant.kind == .duplication && breaks.count == 1)
        let areBehindCoding = breaks.allSatisfy { $0.region == .threePrimeUTR }
        switch variant.kind {
        case .deletion, .duplication, .insertion:
            if touched == nil {
                result.reasonIntact = "no exon is touched"
            } else if areBehindCoding, touched?.isCoding == false {
                result.reasonIntact = "the 3' UTR alone is touched"
            }
        case .inversion, .translocation, .single:
            if areBehindCoding {
                result.reasonIntact = "the break lies in the 3' UTR"
            } else if isBalanced, variant.kind == .inversion, breaks.count == 2,
                breaks.allSatisfy(\.isIntronic),
                breaks[0].exon == breaks[1].exon
            {
                result.reasonIntact = "both ends lie in one intron"
            }
        }
        return result
    }

    // MARK: Exons

    private struct Touched {
        var exons: ClosedRange<Int>
        var areWhole: Bool
        var isCoding: Bool
    }

    /// The exons that lie in what is left out, doubled or parted; nil for none and for other kinds.
    private func touched(_ variant: StructuralVariant, _ transcript: Transcript) -> Touched? {
        let range: Range<Int>
        switch variant.kind {
        case .deletion, .duplication:
            guard let interval = variant.interval else { return nil }
            range = interval.range
        // The two bases that an insertion parts.
        case .insertion: range = variant.first.position..<(variant.first.position + 2)
        case .inversion, .translocation, .single: return nil
        }
        let first = Int(transcript.firstExon), count = Int(transcript.exonCount)
        let coding = Int(transcript.codingRegionStart)..<Int(transcript.codingRegionEnd)
        var ranks: [Int] = []
        var (areWhole, isCoding) = (variant.kind != .insertion, false)
        for index in 0..<count {
            let exon = Int(model.exons[first + index].start)..<Int(model.exons[first + index].end)
            let shared = exon.clamped(to: range)
            // An insertion must part two bases of the exon.
            guard variant.kind == .insertion ? shared.count == 2 : !shared.isEmpty else { continue }
            ranks.append(transcript.strand == .forward ? index + 1 : count - index)
            if shared != exon { areWhole = false }
            if transcript.isCoding, !shared.clamped(to: coding).isEmpty { isCoding = true }
        }
        guard let low = ranks.min(), let high = ranks.max() else { return nil }
        return Touched(exons: low...high, areWhole: areWhole, isCoding: isCoding)
    }

    private func place(_ end: Breakend, _ transcript: Transcript) -> GeneDisruption.Break {
        let first = Int(transcript.firstExon), count = Int(transcript.exonCount)
        // The first base behind the break.
        let behind = end.orientation == .plus ? end.position + 1 : end.position
        // The break lies in an exon where the bases on both its sides do.
        let index = max(0, model.exonIndex(of: transcript, startingBefore: behind - 1))
        let isIntronic = behind >= Int(model.exons[first + index].end)
        let rank =
            transcript.strand == .forward
            ? index + 1 : isIntronic ? count - index - 1 : count - index
        return GeneDisruption.Break(
            breakend: end, exon: rank, isIntronic: isIntronic, region: region(behind, transcript))
    }

    private func region(_ behind: Int, _ transcript: Transcript) -> GeneDisruption.Region {
        guard transcript.isCoding else { return .noncoding }
        let isForward = transcript.strand == .forward
        if behind <= Int(transcript.codingRegionStart) { return isForward ? .fivePrimeUTR : .threePrimeUTR }
        if behind >= Int(transcript.codingRegionEnd) { return isForward ? .threePrimeUTR : .fivePrimeUTR }
        return .coding
    }
}
