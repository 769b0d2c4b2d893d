internal import Genome

/// Keeps the features of a file in compact form until all are there.
struct GeneModelBuilder: Sendable {
    /// A gene or a transcript.
    struct Container: Sendable {
        var key: Int
        var parentKey: Int
        var line: Int
        var contig: Int
        var start: Int
        var end: Int
        var strand: Strand
        var isGene: Bool
        var isMicroRNA: Bool
        var geneID = NameReference.none
        var symbol = NameReference.none
        var hgncID = NameReference.none
        var biotype = NameReference.none
        var transcriptID = NameReference.none
        var flags: TranscriptFlags
    }

    /// A part of a transcript.
    struct Piece: Sendable {
        var parentKey: Int
        var line: Int
        var contig: Int
        var start: Int
        var end: Int
        var kind: FeatureKind
        var phase: UInt8
        var strand: Strand
        var proteinID = NameReference.none
        var flags: TranscriptFlags
        var exceptions = NameReference.none
        var isStartPartial: Bool
        var isEndPartial: Bool
    }

    var names = NameTable()
    var containers: [Container] = []
    var pieces: [Piece] = []
    /// Containers that a line without its own gene or transcript line calls for (old GTF), by key.
    var implied: [Int: Container] = [:]
    /// What comments say of the genome.
    var claim = GenomeClaim()
    private(set) var parse = GeneModelParse()

    mutating func add(_ fault: GeneModelFault) {
        parse.faultCount += 1
        if parse.faults.count < GeneModelParse.faultLimit { parse.faults.append(fault) }
    }

    mutating func take(_ line: GFFLine, kind: FeatureKind, number: Int) {
        var attributes = GFFAttributes(line)
        if attributes.id.isEmpty, attributes.parents.isEmpty { attributes.adoptGTF(kind) }
        guard kind.isPiece || !attributes.id.isEmpty else { return }
        guard line.strand == UInt8(ascii: "+") || line.strand == UInt8(ascii: "-") else {
            if kind.isPiece {
                add(GeneModelFault(line: number, problem: "strand is not + or -"))
            }
            return
        }
        let strand: Strand = line.strand == UInt8(ascii: "+") ? .forward : .reverse
        let contig = names.number(of: Contig(line.text(line.contig)).name.utf8)
        if kind.isPiece {
            takePiece(line, attributes, kind, number, strand, contig)
        } else {
            takeContainer(line, attributes, kind, number, strand, contig)
        }
    }

    private mutating func takeContainer(
        _ line: GFFLine, _ attributes: GFFAttributes, _ kind: FeatureKind, _ number: Int, _ strand: Strand,
        _ contig: Int
    ) {
        let type = line.text(line.type)
        var container = Container(
            key: names.number(of: attributes.id),
            parentKey: attributes.parents.first.map { names.number(of: $0) } ?? -1, line: number,
            contig: contig, start: line.first - 1, end: line.last, strand: strand, isGene: kind == .gene,
            isMicroRNA: type == "miRNA", flags: attributes.flags)
        container.geneID = names.printable(attributes.geneName)
        container.symbol = names.printable(
            attributes.symbol.isEmpty ? attributes.name : attributes.symbol)
        container.hgncID = names.printable(attributes.hgncID)
        container.transcriptID = names.printable(attributes.transcriptName)
        container.biotype = names.printable(attributes.biotype(of: kind, type: type))
        containers.append(container)
    }

    private mutating func takePiece(
        _ line: GFFLine, _ attributes: GFFAttributes, _ kind: FeatureKind, _ number: Int, _ strand: Strand,
        _ contig: Int
    ) {
        guard !attributes.parents.isEmpty else {
            return add(GeneModelFault(line: number, problem: "\(line.text(line.type)) has no Parent"))
        }
        var phase: UInt8 = 0
        if kind == .coding {
            switch line.phase {
            case UInt8(ascii: "0")...UInt8(ascii: "2"): phase = line.phase - UInt8(ascii: "0")
            case UInt8(ascii: "."): phase = 0
            default:
                let text = String(decoding: [line.phase], as: UTF8.self)
                return add(
                    GeneModelFault(
                        line: number, problem: "CDS has phase \"\(text)\", not 0, 1 or 2"))
            }
        }
        for parent in attributes.parents {
            var piece = Piece(
                parentKey: names.number(of: parent), line: number, contig: contig, start: line.first - 1,
                end: line.last, kind: kind, phase: phase, strand: strand, flags: attributes.flags,
                isStartPartial: attributes.isStartPartial, isEndPartial: attributes.isEndPartial)
            if kind == .coding {
                piece.proteinID = names.printable(attributes.proteinName)
                piece.exceptions = names.reference(to: attributes.exceptions)
                if attributes.codeTable.elementsEqual("2".utf8) { piece.flags.insert(.mitochondrial) }
            }
            pieces.append(piece)
            imply(attributes, piece)
        }
    }

    /// A GTF line names its transcript and gene, which need no line of their own.
    private mutating func imply(_ attributes: GFFAttributes, _ piece: Piece) {
        guard attributes.isGTF else { return }
        let gene = names.number(of: attributes.geneKey)
        var container =
            implied[piece.parentKey]
            ?? Container(
                key: piece.parentKey, parentKey: gene, line: piece.line, contig: piece.contig,
                start: piece.start, end: piece.end, strand: piece.strand, isGene: false, isMicroRNA: false,
                flags: attributes.flags)
        container.start = min(container.start, piece.start)
        container.end = max(container.end, piece.end)
        container.flags.formUnion(attributes.flags)
        container.geneID = names.printable(attributes.geneName)
        container.symbol = names.printable(attributes.symbol)
        container.hgncID = names.printable(attributes.hgncID)
        container.transcriptID = names.printable(attributes.transcriptName)
        container.biotype = names.printable(attributes.biotype(of: .container, type: "transcript"))
        implied[piece.parentKey] = container
    }

    consuming func finish() -> GeneModelParse {
        var assembly = GeneModelAssembly(self)
        return assembly.assemble()
    }
}
