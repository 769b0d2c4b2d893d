internal import Biomarkers
internal import Consequences
internal import Foundation
public import GeneModels
internal import Genome
internal import HTS

/// Gene models of a file, read or taken from the cache.
///
/// A model that was read without a fault is kept in `$XDG_CACHE_HOME/wgs-annotate` (default `~/.cache`), under the
/// file's SHA-256 and the versions of layout and parser, so that neither a changed file nor a mended parser is answered
/// with an old model. A model with faults is not kept, so that a hit is the same with and without `--strict`. Two processes may
/// write it at once: each writes a file of its own and gives it the name. A damaged cache file is read over.
public struct GeneModelStore: Sendable {
    /// The genes and transcripts.
    public let model: GeneModel
    /// Lines or features that were left out, the first ones with their reason.
    public let faults: [GeneModelFault]
    /// How many were left out.
    public let faultCount: Int

    /// Reads a GFF3 or GTF file, plain or compressed.
    ///
    /// - Throws: `InputError`; with `isStrict` also for the first fault.
    public init(path: String, isStrict: Bool = false, usesCache: Bool = true) throws {
        try self.init(
            path: path, isStrict: isStrict,
            cache: usesCache
                ? Cache.file(Self.cacheName(sha256: try Checksum.sha256(path: path, usesCache: true))) : nil)
    }

    /// As above, with the file in which the model is kept; nil keeps none.
    init(path: String, isStrict: Bool, cache: String?) throws {
        if let cache, let file = try? RandomAccessFile(path: cache),
            let bytes = try? file.bytes(0..<file.count), let model = try? GeneModel(encoded: bytes)
        {
            self.model = model
            (faults, faultCount) = ([], 0)
            return
        }
        var parser = GFF3Parser(file: CasePipeline.name(path), isStrict: isStrict)
        let lines = try LineReader(path: path)
        var line: [UInt8] = []
        while try lines.read(into: &line) { try parser.read(line[...]) }
        let parse = try parser.finish()
        guard !parse.model.transcripts.isEmpty else {
            throw InputError(
                file: path, problem: "no transcript was found in \(lines.lineNumber) lines",
                remedy: "Give gene models as GFF3 or GTF from Ensembl, GENCODE, RefSeq or MANE.")
        }
        model = parse.model
        (faults, faultCount) = (parse.faults, parse.faultCount)
        if let cache, parse.faultCount == 0 { Cache.keep(Data(model.encoded()), at: cache) }
    }

    /// The name of the cache's file for gene models with this checksum.
    static func cacheName(sha256: String) -> String {
        "genes-v\(GeneModel.codecVersion).\(GFF3Parser.version)-\(sha256).bin"
    }

    /// Makes sure that the models are of the reference's genome.
    ///
    /// - Throws: `InputError` that names both files, the contig and both lengths.
    func require(_ fasta: FastaReader, file: String) throws(InputError) {
        try model.requireReference(CasePipeline.name(fasta.path), file: CasePipeline.name(file)) {
            fasta.length(of: $0)
        }
    }

    /// Sentences on lines that were left out, and on genes that do not lie on the reference's mitochondrion.
    func warnings(file: String, reference: FastaReader?) -> [String] {
        var all: [String] = []
        if faultCount > 0, let first = faults.first {
            all.append(
                "\(CasePipeline.name(file)): \(faultCount) line\(faultCount == 1 ? " was" : "s were") left out, the first "
                    + "is line \(first.line): \(first.problem). --strict makes this an error.")
        }
        if let reference, let bases = reference.length(of: Contig("MT")),
            model.contigNumber(Contig("MT")) != nil, model.hasOtherMitochondrion(bases: bases)
        {
            all.append(
                "\(CasePipeline.name(reference.path)): the mitochondrion is that of hg19 (NC_001807, \(bases) bases), the genes "
                    + "of \(CasePipeline.name(file)) lie on the rCRS (NC_012920, 16569 bases); no mitochondrial gene is called. "
                    + "Use a reference with the rCRS.")
        }
        return all
    }
}

/// Gene models ready to call with; shared by the readers of a run.
struct CallingGenes: Sendable {
    let model: GeneModel
    let choice: TranscriptChoice
    private let file: String
    /// What was left out of the file, and what is not called with it.
    let warnings: [String]

    /// Reads them and makes sure that they are of the reference's genome.
    init(path: String, reference: String?, usesCache: Bool) throws {
        let store = try GeneModelStore(path: path, usesCache: usesCache)
        model = store.model
        file = CasePipeline.name(path)
        let fasta = try reference.map { path throws(InputError) in try FastaReader(path: path) }
        if let fasta { try store.require(fasta, file: path) }
        choice = TranscriptChoice(store.model)
        warnings = store.warnings(file: path, reference: fasta)
    }

    /// The coding exons of one transcript of each gene on autosomes and X.
    var codingExons: RegionSet {
        var intervals: [GenomicInterval] = []
        for number in choice.ofEachGene(model) where model.transcripts[number].isCoding {
            let transcript = model.transcripts[number]
            let name = model.text(model.contigs[Int(model.genes[Int(transcript.gene)].contig)].name)
            let contig = Contig(name)
            guard contig.humanNumber.map({ $0 <= 23 }) == true else { continue }
            let coding = Int(transcript.codingRegionStart)..<Int(transcript.codingRegionEnd)
            let first = Int(transcript.firstExon)
            for exon in model.exons[first..<(first + Int(transcript.exonCount))] {
                let part = (Int(exon.start)..<Int(exon.end)).clamped(to: coding)
                intervals.append(GenomicInterval(contig: contig, zeroBased: part))
            }
        }
        return RegionSet(intervals)
    }

    /// Where genes lie, by symbol: one place each but for those of both sex chromosomes.
    var spans: [String: [GenomicInterval]] {
        var spans: [String: [GenomicInterval]] = [:]
        for gene in model.genes where !model.text(gene.symbol).isEmpty {
            spans[model.text(gene.symbol), default: []].append(
                GenomicInterval(
                    contig: Contig(model.text(model.contigs[Int(gene.contig)].name)),
                    zeroBased: Int(gene.start)..<Int(gene.end)))
        }
        return spans
    }

    /// Where protein-coding transcripts lie, by strand.
    var transcribedStrands: TranscribedStrands {
        func regions(_ strand: Strand) -> RegionSet {
            RegionSet(
                model.transcripts.filter { $0.isCoding && $0.strand == strand }.map { transcript in
                    let name = model.text(model.contigs[Int(model.genes[Int(transcript.gene)].contig)].name)
                    return GenomicInterval(
                        contig: Contig(name), zeroBased: Int(transcript.start)..<Int(transcript.end))
                })
        }
        return TranscribedStrands(forward: regions(.forward), reverse: regions(.reverse))
    }

    /// Makes sure that the models are not known to be of another assembly.
    func require(_ assembly: Assembly?, of subject: String) throws(InputError) {
        try model.requireAssembly(assembly, of: subject, file: file)
    }
}
