internal import Biomarkers
internal import Cases
internal import Consequences
internal import GeneModels
internal import Genome
internal import HTS
internal import Knowledge
internal import Variants

/// Reads a case's copy-number segments and tells the copies of the genes of interest.
struct CopyNumberInput: Sendable {
    /// What came of it.
    struct Result: Sendable {
        var profile: CopyNumberProfile
        var dosages: [ObservedDosage] = []
        var warnings: [CaseSummary.Warning] = []
        var counts: CaseSummary.CopyNumberCounts
        /// The scars, or why they were not counted.
        var scars: Scars
        /// Gains and losses of arms; nil without ploidy or assembly.
        var arms: ArmEvents?
    }

    /// Scars that were counted, or why not.
    enum Scars: Sendable {
        case counted(GenomicScars)
        case obstacle(String)
    }

    private let path: String
    private let name: String
    private let request: CaseRequest
    private var warnings: [CaseSummary.Warning] = []

    init(path: String, request: CaseRequest) {
        (self.path, self.request) = (path, request)
        name = CasePipeline.name(path)
    }

    /// Reads the file and calls the genes that can become findings.
    ///
    /// - Throws: `InputError`: no segment table, no copy numbers, another sample's, another assembly's.
    mutating func read(
        _ knowledge: KnowledgeBase, genes: CallingGenes?, assembly: Assembly?, sample: String
    ) throws -> Result {
        let (format, segments) = try segments(sample: sample)
        try require(assembly, segments)
        let profile = CopyNumberProfile(segments)
        guard !profile.isEmpty else {
            throw InputError(
                file: name, problem: "the segments have log ratios and no copy numbers",
                remedy:
                    "Give a table with total copy numbers, which needs purity and ploidy: PURPLE, ASCAT, FACETS, or CNVkit's call."
            )
        }
        let ploidy = request.identity.ploidy ?? profile.meanPloidy
        if request.identity.ploidy == nil, let ploidy {
            warn(
                "ploidy_assumed",
                "The ploidy is not given; \(Self.text(ploidy)), the mean of the segments, is used.")
        }
        let places = GenePlaces(knowledge, genes: genes, assembly: assembly)
        if places.isEmpty {
            warn(
                "copy_number_genes",
                "The places of genes are known on GRCh38 alone, so no gene's copies are told; give gene models with -g and -f."
            )
        }
        var dosages: [ObservedDosage] = []
        if let ploidy {
            dosages = Self.dosages(
                places, profile, rule: request.copyNumberRule, ploidy: ploidy,
                isMale: request.identity.sex == "male")
        }
        let uncovered = places.names.count - dosages.count
        if !places.isEmpty, uncovered > 0 {
            warn(
                "copy_number_gap",
                "\(uncovered) of \(places.names.count) genes of interest lie where there is no segment; their copies are not known."
            )
        }
        func rounded(_ value: Double?) -> Double? { value.map { ($0 * 1e4).rounded() / 1e4 } }
        let counts = CaseSummary.CopyNumberCounts(
            format: format, segments: segments.count, gapBases: SegmentCoverage(segments).gapBases,
            ploidy: rounded(ploidy), meanPloidy: rounded(profile.meanPloidy),
            isWholeGenomeDoubled: profile.isWholeGenomeDoubled, rule: request.copyNumberRule.rawValue,
            genes: dosages.count)
        return Result(
            profile: profile, dosages: dosages, warnings: warnings, counts: counts,
            scars: scars(segments, assembly),
            arms: assembly.flatMap { assembly in
                ploidy.map { ArmEvents(profile, ploidy: $0, assembly: assembly) }
            })
    }

    private mutating func warn(_ code: String, _ message: String) {
        warnings.append(.init(code: code, message: "\(name): \(message)"))
    }

    private static func text(_ value: Double) -> String { String((value * 100).rounded() / 100) }

    private func scars(_ segments: [CopyNumberSegment], _ assembly: Assembly?) -> Scars {
        guard let assembly else { return .obstacle("the assembly is not known; give it with --assembly") }
        do {
            return .counted(
                try GenomicScars(segments, assembly: assembly, compatibility: request.scarCompatibility))
        } catch {
            switch error {
            case .noSegments: return .obstacle("no segment lies on an autosome")
            case .minorUnknown(let count):
                return .obstacle("\(count) segments do not tell the copies of each allele")
            case .overlap(let interval):
                return .obstacle(
                    "segments overlap, first at \(interval.contig):\(interval.range.lowerBound + 1)")
            }
        }
    }

    // MARK: Segments

    private mutating func segments(sample: String) throws -> (format: String, [CopyNumberSegment]) {
        let table = try SegmentInput.table(path)
        let faults = table.tally.faults.reduce(0) { $0 + $1.count }
        if let first = table.tally.faults.first {
            warn("copy_number_rows", "\(faults) rows are left out; \(first.first.description)")
        }
        let names = table.samples.map(\.name)
        let wanted = request.tumorSample ?? (names.contains(sample) ? sample : nil)
        let segments = try table.segments(
            of: wanted.flatMap { names.contains($0) || names.count > 1 ? $0 : nil })
        let expected = request.tumorSample ?? sample
        if names.count == 1, !expected.isEmpty, SampleNames.isSame(names[0], expected) == false {
            warn(
                "copy_number_sample",
                "the segments are of \(names[0]), the tumor is \(expected). Make sure both are this patient's."
            )
        }
        let coverage = SegmentCoverage(segments)
        if coverage.overlaps > 0 {
            warn(
                "copy_number_overlap",
                "\(coverage.overlaps) segments overlap others by \(coverage.overlappingBases) bases.")
        }
        return (table.recognition.format.rawValue, segments)
    }

    /// Makes sure that no segment ends beyond its chromosome.
    private func require(_ assembly: Assembly?, _ segments: [CopyNumberSegment]) throws(InputError) {
        guard let assembly else { return }
        for segment in segments {
            guard let length = assembly.length(of: segment.interval.contig),
                segment.interval.range.upperBound > length + 1
            else { continue }
            throw InputError(
                file: name, place: .line(segment.lineNumber),
                problem:
                    "the segment ends at \(segment.interval.range.upperBound), chromosome \(segment.interval.contig) of \(assembly.rawValue) has \(length) bases",
                remedy: "Give segments on the assembly of the calls.")
        }
    }

    // MARK: Genes

    private static func dosages(
        _ places: GenePlaces, _ profile: CopyNumberProfile, rule: CopyNumberRule, ploidy: Double, isMale: Bool
    ) -> [ObservedDosage] {
        var dosages: [ObservedDosage] = []
        for gene in places.names {
            guard let place = places[gene],
                let copies = profile.copyNumber(of: place.pieces, on: place.contig)
            else { continue }
            let isSingle = isMale && [23, 24].contains(place.contig.humanNumber)
            let call = rule.call(gene, copies, ploidy: ploidy, isSingle: isSingle)
            let isHigh = call.event == .amplification || call.event == .gain
            let stretch = profile.stretch(around: isHigh ? copies.highest : copies.lowest) { segment in
                let total = segment.total ?? 0
                return rule.call(
                    gene,
                    GeneCopyNumber(
                        minimum: total, maximum: total, mean: total, minorMinimum: segment.minor,
                        coveredFraction: 1, lowest: segment.interval, highest: segment.interval),
                    ploidy: ploidy, isSingle: isSingle
                ).event == call.event
            }
            dosages.append(
                ObservedDosage(
                    gene: gene,
                    interval: GenomicInterval(
                        contig: place.contig,
                        zeroBased: place.pieces[0].lowerBound..<(place.pieces.last?.upperBound ?? 0)),
                    copies: copies, call: call, stretch: stretch, basis: place.basis))
        }
        return grouped(dosages)
    }

    /// Adds to each gene the others of the same event.
    private static func grouped(_ dosages: [ObservedDosage]) -> [ObservedDosage] {
        let inOrder = dosages.filter { $0.call.event != nil }.sorted { $0.interval < $1.interval }
        return dosages.map { dosage in
            guard let event = dosage.call.event else { return dosage }
            var dosage = dosage
            dosage.together = inOrder.filter {
                $0.gene != dosage.gene && $0.call.event == event && $0.stretch == dosage.stretch
            }.map(\.gene)
            return dosage
        }
    }
}

/// Where the genes of interest lie: the exons of the model's transcript, or the span in the gene table (GRCh38).
struct GenePlaces {
    struct Place {
        var contig: Contig
        /// Sorted, disjoint, 0-based half-open, at least one.
        var pieces: [Range<Int>]
        var basis: String
    }

    private var places: [String: Place] = [:]

    /// Symbols, sorted.
    var names: [String] { places.keys.sorted() }

    var isEmpty: Bool { places.isEmpty }

    subscript(gene: String) -> Place? { places[gene] }

    init(_ knowledge: KnowledgeBase, genes: CallingGenes?, assembly: Assembly?) {
        let interest = GenesOfInterest(knowledge, assembly: assembly)
        if let model = genes?.model {
            var best: [Int32: Int] = [:]
            for (number, transcript) in model.transcripts.enumerated() {
                let gene = transcript.gene
                guard interest.contains(model.text(model.genes[Int(gene)].symbol)) else { continue }
                if let other = best[gene], Self.merit(model.transcripts[other]) >= Self.merit(transcript) {
                    continue
                }
                best[gene] = number
            }
            for (gene, number) in best.sorted(by: { $0.key < $1.key }) {
                let transcript = model.transcripts[number]
                let contig = Contig(model.text(model.contigs[Int(model.genes[Int(gene)].contig)].name))
                let first = Int(transcript.firstExon)
                let exons = model.exons[first..<(first + Int(transcript.exonCount))]
                // Of two genes with one symbol (pseudoautosomal ones) the first counts.
                let symbol = model.text(model.genes[Int(gene)].symbol)
                if places[symbol] != nil || exons.isEmpty { continue }
                places[symbol] = Place(
                    contig: contig, pieces: exons.map { Int($0.start)..<Int($0.end) },
                    basis: "exons of \(model.text(transcript.id))")
            }
            return
        }
        guard assembly == .grch38 else { return }
        for (name, gene) in knowledge.genes.filter({ interest.contains($0.key) }) {
            places[name] = Place(
                contig: gene.interval.contig, pieces: [gene.interval.range], basis: "whole gene")
        }
    }

    private static func merit(_ transcript: Transcript) -> (Int, Int, Int, Int) {
        (
            transcript.isMANESelect ? 1 : 0, transcript.isCanonical ? 1 : 0, transcript.codingLength,
            Int(transcript.length)
        )
    }
}
