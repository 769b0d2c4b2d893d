internal import Genome

/// A transcript while its exons and coding pieces are put in order.
struct TranscriptDraft {
    let container: GeneModelBuilder.Container
    /// The number of the gene's container.
    let gene: Int
    /// The number of the transcript's own container.
    let number: Int
    private(set) var exons: [Exon] = []
    /// Coding pieces by position.
    private(set) var coding: [GeneModelBuilder.Piece] = []
    private let selenocysteines: [GeneModelBuilder.Piece]
    /// What was wrong and left out.
    private(set) var problem: String?
    var maturePlaces: [Range<Int>] = []
    private var codingStart = 0
    private var codingEnd = 0
    private var slipOffset = -1
    private var slipLength = 0

    var start: Int { Int(exons.first?.start ?? 0) }
    var end: Int { Int(exons.last?.end ?? 0) }
    private var isForward: Bool { container.strand == .forward }

    /// Nil where there is nothing to make exons of.
    init?(
        _ container: GeneModelBuilder.Container, gene: Int, number: Int, pieces: [GeneModelBuilder.Piece]
    ) {
        self.container = container
        self.gene = gene
        self.number = number
        coding = pieces.filter { $0.kind == .coding }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        selenocysteines = pieces.filter { $0.kind == .selenocysteine }
        let exonPieces = pieces.filter { $0.kind == .exon }
        let sources =
            exonPieces.isEmpty
            ? pieces.filter { $0.kind != .selenocysteine } : exonPieces
        makeExons(sources.map { $0.start..<$0.end }, joiningNeighbors: exonPieces.isEmpty)
        guard !exons.isEmpty else { return nil }
        addStopCodon(pieces.filter { $0.kind == .stopCodon })
        placeCoding()
    }

    private mutating func makeExons(_ ranges: [Range<Int>], joiningNeighbors: Bool) {
        var merged: [Range<Int>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = merged.last,
                range.lowerBound < last.upperBound
                    || (joiningNeighbors && range.lowerBound == last.upperBound)
            {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        exons = merged.map { Exon(start: Int32($0.lowerBound), end: Int32($0.upperBound), offset: 0) }
        var offset: Int32 = 0
        for index in isForward ? Array(exons.indices) : exons.indices.reversed() {
            exons[index].offset = offset
            offset += exons[index].length
        }
    }

    /// GTF leaves the stop codon out of the CDS.
    private mutating func addStopCodon(_ stops: [GeneModelBuilder.Piece]) {
        for stop in stops where !coding.isEmpty {
            if let index = coding.firstIndex(where: { $0.start == stop.end || $0.end == stop.start }) {
                coding[index].start = min(coding[index].start, stop.start)
                coding[index].end = max(coding[index].end, stop.end)
            } else if !coding.contains(where: { $0.start <= stop.start && stop.end <= $0.end }) {
                var piece = stop
                piece.kind = .coding
                coding.append(piece)
                coding.sort { ($0.start, $0.end) < ($1.start, $1.end) }
            }
        }
    }

    private func spliced(_ position: Int) -> Int? {
        guard let exon = exons.first(where: { Int($0.start) <= position && position < Int($0.end) }) else {
            return nil
        }
        return Int(exon.offset)
            + (isForward ? position - Int(exon.start) : Int(exon.end) - 1 - position)
    }

    private mutating func placeCoding() {
        guard let first = coding.first, let last = coding.last else { return }
        guard let left = spliced(first.start), let right = spliced(last.end - 1) else {
            problem = "the CDS lies outside the exons; taken as non-coding"
            coding = []
            return
        }
        (codingStart, codingEnd) = isForward ? (left, right + 1) : (right, left + 1)
        findSlip()
    }

    /// Coding pieces of one exon that overlap, or leave bases out, tell where the ribosome slips.
    private mutating func findSlip() {
        let ordered = isForward ? coding : coding.reversed()
        var read = 0
        var expected = codingStart
        for piece in ordered {
            guard let start = spliced(isForward ? piece.start : piece.end - 1) else { return }
            if start != expected, slipOffset < 0, abs(start - expected) <= 2 {
                slipOffset = read
                slipLength = start - expected
            }
            read += piece.end - piece.start
            expected = start + piece.end - piece.start
        }
    }

    /// The finished transcript.
    func transcript(
        gene: Int32, firstExon: Int32, isMitochondrial: Bool,
        biotype: (reference: NameReference, name: String)
    ) -> Transcript {
        let first = isForward ? coding.first : coding.last
        let last = isForward ? coding.last : coding.first
        var flags = container.flags
        for piece in coding { flags.formUnion(piece.flags) }
        if isMitochondrial { flags.insert(.mitochondrial) }
        if slipOffset >= 0 { flags.insert(.ribosomalSlippage) }
        if biotype.name == "protein_coding" { flags.insert(.proteinCoding) }
        if biotype.name == "nonsense_mediated_decay" { flags.insert(.nonsenseMediatedDecay) }
        if biotype.name == "miRNA" { flags.insert(.microRNA) }
        if let first, isForward ? first.isStartPartial : first.isEndPartial {
            flags.insert(.codingStartNotFound)
        }
        if let last, isForward ? last.isEndPartial : last.isStartPartial { flags.insert(.codingEndNotFound) }
        if (first?.phase ?? 0) != 0 { flags.insert(.codingStartNotFound) }
        if zip(exons, exons.dropFirst()).contains(where: { $1.start - $0.end <= 13 }) {
            flags.insert(.hasFrameshiftIntron)
        }
        return Transcript(
            id: container.transcriptID,
            proteinID: first?.proteinID ?? .none,
            biotype: biotype.reference, gene: gene, start: Int32(start), end: Int32(end),
            firstExon: firstExon, exonCount: Int32(exons.count),
            length: exons.reduce(0) { $0 + $1.length }, codingStart: Int32(codingStart),
            codingEnd: Int32(codingEnd), codingRegionStart: Int32(coding.first?.start ?? 0),
            codingRegionEnd: Int32(coding.last?.end ?? 0), slipOffset: Int32(slipOffset),
            slipLength: Int32(slipLength), flags: flags, missingBases: (3 - (first?.phase ?? 0)) % 3,
            strand: container.strand)
    }

    /// Codons with a residue of their own: GENCODE's selenocysteine features, RefSeq's `transl_except`.
    func recodings(names: NameTable) -> [(Int, UInt8)] {
        var result: [Int: UInt8] = [:]
        for piece in selenocysteines {
            add(isForward ? piece.start : piece.end - 1, UInt8(ascii: "U"), to: &result)
        }
        for piece in coding where !piece.exceptions.isEmpty {
            let bytes = names.bytes[
                Int(piece.exceptions.offset)..<Int(piece.exceptions.offset + piece.exceptions.length)]
            for exception in TranslationException.list(String(decoding: bytes, as: UTF8.self)) {
                add(
                    isForward ? exception.range.lowerBound : exception.range.upperBound - 1,
                    exception.residue,
                    to: &result)
            }
        }
        return result.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func add(_ position: Int, _ residue: UInt8, to result: inout [Int: UInt8]) {
        guard let place = spliced(position), place >= codingStart, place < codingEnd else { return }
        let missing = (3 - Int((isForward ? coding.first : coding.last)?.phase ?? 0)) % 3
        result[(place - codingStart + missing) / 3] = residue
    }
}

/// An item of RefSeq's `transl_except=(pos:1234..1236,aa:Sec)`.
struct TranslationException {
    /// 0-based, half-open.
    let range: Range<Int>
    let residue: UInt8

    static func list(_ text: String) -> [TranslationException] {
        text.split(separator: "(").compactMap { item in
            guard let position = item.firstRange(of: "pos:"), let amino = item.firstRange(of: "aa:") else {
                return nil
            }
            let digits = item[position.upperBound...].drop { !$0.isNumber }
            let first = Int(digits.prefix { $0.isNumber }) ?? 0
            let rest = digits.drop { $0.isNumber }.drop { $0 == "." }
            let last = Int(rest.prefix { $0.isNumber }) ?? first
            guard first > 0, last >= first,
                let residue = residues[String(item[amino.upperBound...].prefix(3))]
            else { return nil }
            return TranslationException(range: (first - 1)..<last, residue: residue)
        }
    }

    private static let residues: [String: UInt8] = [
        "Sec": UInt8(ascii: "U"), "Pyl": UInt8(ascii: "O"), "TER": UInt8(ascii: "*"),
        "Met": UInt8(ascii: "M"),
        "Arg": UInt8(ascii: "R"), "Trp": UInt8(ascii: "W"), "Gln": UInt8(ascii: "Q"),
        "OTH": UInt8(ascii: "X"),
    ]
}
