// Reads gene models from lines of GFF3 or GTF: Ensembl, GENCODE, RefSeq, MANE.
//
// Lines may come in any order. Each line is either
//
//     a container   a gene or a transcript: whatever has an ID (GFF3) or is called gene or transcript (GTF)
//     a piece       exon, CDS, UTR, stop codon, selenocysteine: whatever belongs to a transcript
//
// and is only kept, in compact form. `finish()` then joins pieces to containers by name: a container with pieces is
// a transcript, its parent a gene. The dialects differ in how names are spelled (`transcript:ENST1`, `rna-NM_1`,
// `gene_id "ENSG1"`), where versions stand and what attributes are called; `GFFAttributes` knows these.
//
// Comments are read for what they say of the genome (`GenomeClaim`).
//
// Not read: sequence (`##FASTA` ends the reading), alignments (`cDNA_match`), regulatory features.

public import Genome

/// Reads gene models from lines of GFF3 or GTF.
///
/// - Throws: a bad line ends the reading with `InputError` only if `isStrict`; else it is skipped, counted and told
///   by ``GeneModelFault``.
public struct GFF3Parser: Sendable {
    /// The version of what this parser makes of a file. Raise it with every change after which some file gives another
    /// model: models kept by the one before are then read anew.
    public static let version = 1

    let file: String
    let isStrict: Bool
    var builder = GeneModelBuilder()
    private var line = 0
    private var hasEnded = false

    /// A parser; `file` is named in messages.
    public init(file: String, isStrict: Bool = false) {
        self.file = file
        self.isStrict = isStrict
    }

    /// Takes the next line, without its end.
    public mutating func read(_ bytes: ArraySlice<UInt8>) throws {
        line += 1
        var bytes = bytes
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        if bytes.starts(with: "##FASTA".utf8) || bytes.first == UInt8(ascii: ">") { hasEnded = true }
        guard !hasEnded, let first = bytes.first else { return }
        guard first != UInt8(ascii: "#") else { return builder.claim.take(comment: bytes) }
        do throws(GFFLine.Fault) {
            try take(GFFLine(bytes))
        } catch {
            try fault(Self.problem(error))
        }
    }

    /// Joins what was read.
    public consuming func finish() throws -> GeneModelParse {
        let parse = builder.finish()
        if isStrict, let fault = parse.faults.first { throw fault.error(file: file) }
        return parse
    }

    private mutating func take(_ line: GFFLine) throws(GFFLine.Fault) {
        guard let kind = FeatureKind(type: line.text(line.type)) else { return }
        builder.take(line, kind: kind, number: self.line)
    }

    private mutating func fault(_ problem: String) throws {
        let fault = GeneModelFault(line: line, problem: problem)
        if isStrict { throw fault.error(file: file) }
        builder.add(fault)
    }

    private static func problem(_ fault: GFFLine.Fault) -> String {
        switch fault {
        case .columns(let count): "\(count) columns, 9 expected"
        case .number(let text, let column): "column \(column) is \"\(text)\", a position was expected"
        case .order(let first, let last): "start \(first) lies after end \(last)"
        }
    }
}

extension GFF3Parser {
    /// Reads a whole file held in memory.
    public static func parse(_ bytes: [UInt8], file: String, isStrict: Bool = false) throws -> GeneModelParse
    {
        var parser = GFF3Parser(file: file, isStrict: isStrict)
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            try parser.read(bytes[start..<end])
            start = end + 1
        }
        return try parser.finish()
    }
}

/// What a file of gene models gave.
public struct GeneModelParse: Sendable {
    /// The genes and transcripts.
    public internal(set) var model = GeneModel()
    /// The first faults, at most ``faultLimit``, in the order of lines.
    public internal(set) var faults: [GeneModelFault] = []
    /// How many lines or features were left out.
    public internal(set) var faultCount = 0

    /// How many faults are kept with their messages.
    public static let faultLimit = 1000
}

/// A line or feature that was left out, and why.
public struct GeneModelFault: Hashable, Sendable {
    /// The line, 1-based.
    public var line: Int
    /// What is there and what was expected.
    public var problem: String

    /// A fault at a line.
    public init(line: Int, problem: String) { (self.line, self.problem) = (line, problem) }

    /// The error that ends a strict reading.
    public func error(file: String) -> InputError {
        InputError(
            file: file, place: .line(line), problem: problem,
            remedy: "Download the file again, or leave out --strict to skip such lines.")
    }
}
