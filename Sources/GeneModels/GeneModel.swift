// Genes, transcripts and exons of a genome as flat arrays of plain structs.
//
//     contigs ──▶ transcripts, sorted by start ──▶ exons, sorted by position
//                      │
//                      └──▶ gene        every name ──▶ one run of bytes
//
// No objects, no strings, no dictionaries: the model is built once (`GFF3Parser`), kept in a file (`GeneModelCodec`)
// and read by any number of threads. It holds no bases; positions of transcripts that differ from the genome by
// insertions are those of the genome.

public import Genome

/// The genes and transcripts of a genome.
public struct GeneModel: Hashable, Sendable {
    /// The transcripts of one contig.
    public struct ContigEntry: Hashable, Sendable {
        /// The canonical name of the contig.
        public var name: NameReference
        /// The number of the first transcript.
        public var firstTranscript: Int32
        /// How many transcripts there are.
        public var transcriptCount: Int32
    }

    /// The contigs, in the order of ``Genome/Contig``.
    public internal(set) var contigs: [ContigEntry] = []
    /// The genes, in the order of contig, start, id.
    public internal(set) var genes: [Gene] = []
    /// The transcripts, in the order of contig, start, end, id.
    public internal(set) var transcripts: [Transcript] = []
    /// The exons, in the order of their transcripts.
    public internal(set) var exons: [Exon] = []
    /// Codons not read by the genetic code, in the order of their transcripts.
    public internal(set) var recodings: [Recoding] = []
    /// Mature micro-RNAs, in the order of their transcripts.
    public internal(set) var matureRegions: [MatureRegion] = []
    /// Where contigs end by the file's own word (`##sequence-region`), each contig once, in the order of the file.
    public internal(set) var statedContigs: [StatedContig] = []
    /// The file's first statement on its genome that names an assembly; none where it makes no such statement.
    public internal(set) var build = NameReference.none
    /// The bytes of all names.
    public internal(set) var names: [UInt8] = []

    /// A model without genes.
    public init() {}

    /// The bytes of a name.
    public func bytes(_ name: NameReference) -> ArraySlice<UInt8> {
        names[Int(name.offset)..<Int(name.offset + name.length)]
    }

    /// Appends the bytes of a name.
    public func write(_ name: NameReference, to out: inout [UInt8]) {
        out.append(contentsOf: names[Int(name.offset)..<Int(name.offset + name.length)])
    }

    /// A name as text.
    public func text(_ name: NameReference) -> String { String(decoding: bytes(name), as: UTF8.self) }

    /// The number of the contig in ``contigs``, or nil if it has no transcripts.
    public func contigNumber(_ contig: Contig) -> Int? {
        contigs.firstIndex { bytes($0.name).elementsEqual(contig.name.utf8) }
    }

    /// The numbers of a contig's transcripts.
    public func transcripts(ofContig number: Int) -> Range<Int> {
        let entry = contigs[number]
        return Int(entry.firstTranscript)..<Int(entry.firstTranscript + entry.transcriptCount)
    }

    /// The number of the transcript that has this id, with or without version; nil if there is none.
    public func transcriptNumber(id: String) -> Int? {
        let wanted = Array(id.utf8)
        return transcripts.firstIndex { bytes($0.id).elementsEqual(wanted) }
            ?? transcripts.firstIndex { Self.withoutVersion(bytes($0.id)).elementsEqual(wanted) }
    }

    static func withoutVersion(_ id: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        id.lastIndex(of: UInt8(ascii: ".")).map { id[..<$0] } ?? id
    }
}

extension GeneModel {
    /// The number, from the transcript's first in ``exons``, of the last exon that starts at or before `position`; -1
    /// if there is none.
    ///
    /// - Complexity: O(log *e*), *e* exons.
    @inlinable
    public func exonIndex(of transcript: Transcript, startingBefore position: Int) -> Int {
        var low = 0
        var high = Int(transcript.exonCount)
        let first = Int(transcript.firstExon)
        while low < high {
            let middle = (low &+ high) &>> 1
            if Int(exons[first &+ middle].start) <= position { low = middle &+ 1 } else { high = middle }
        }
        return low &- 1
    }

    /// The place of a base in the spliced transcript, or nil if it lies in no exon.
    @inlinable
    public func splicedPosition(of position: Int, in transcript: Transcript) -> Int? {
        let index = exonIndex(of: transcript, startingBefore: position)
        guard index >= 0 else { return nil }
        let exon = exons[Int(transcript.firstExon) &+ index]
        guard position < Int(exon.end) else { return nil }
        return Int(exon.offset)
            &+ (transcript.strand == .forward ? position &- Int(exon.start) : Int(exon.end) &- 1 &- position)
    }

    /// The exon that holds a base of the spliced transcript, as a number from the transcript's first.
    ///
    /// - Complexity: O(log *e*), *e* exons.
    @inlinable
    public func exonIndex(of transcript: Transcript, holding spliced: Int) -> Int {
        let first = Int(transcript.firstExon)
        let count = Int(transcript.exonCount)
        var low = 0
        var high = count
        let isForward = transcript.strand == .forward
        while low < high {
            let middle = (low &+ high) &>> 1
            let index = isForward ? middle : count &- 1 &- middle
            if Int(exons[first &+ index].offset) <= spliced { low = middle &+ 1 } else { high = middle }
        }
        let rank = max(low &- 1, 0)
        return isForward ? rank : count &- 1 &- rank
    }

    /// The place on the contig of a base of the spliced transcript.
    @inlinable
    public func position(ofSpliced spliced: Int, in transcript: Transcript) -> Int {
        let exon = exons[Int(transcript.firstExon) &+ exonIndex(of: transcript, holding: spliced)]
        let inside = spliced &- Int(exon.offset)
        return transcript.strand == .forward ? Int(exon.start) &+ inside : Int(exon.end) &- 1 &- inside
    }

    /// The residue that a codon stands for where the genetic code does not apply, or nil.
    public func recoding(ofCodon codon: Int, inTranscript number: Int) -> UInt8? {
        var low = 0
        var high = recodings.count
        while low < high {
            let middle = (low + high) / 2
            if Int(recodings[middle].transcript) < number { low = middle + 1 } else { high = middle }
        }
        while low < recodings.count, Int(recodings[low].transcript) == number {
            if Int(recodings[low].codon) == codon { return recodings[low].residue }
            low += 1
        }
        return nil
    }
}
