// A gene model as bytes, so that an edge module can keep it in a file and the next run starts at once.
//
//     8 bytes   "WGSAGENE"
//     4 bytes   version of this layout
//     8 x 4     how many contigs, genes, transcripts, exons, recodings, mature regions, stated contigs, bytes of names
//     8 bytes   where the name of the genome's build lies in the names
//     …         the elements in this order, each number as 4 bytes, little-endian
//     8 bytes   checksum of all before
//
// Reading looks at every length, every reference from one array into another and the checksum, so that a damaged or
// foreign file is refused and never trusted.

internal import Genome

/// Why bytes are no gene model.
public enum GeneModelDamage: Error, Hashable, Sendable {
    /// The file was not written by this program.
    case foreign
    /// The layout is older or newer.
    case version(Int)
    /// The file is shorter or longer than it says.
    case length
    /// The checksum differs.
    case checksum
    /// A number points outside its array.
    case reference
}

extension GeneModel {
    /// The version of the layout.
    public static let codecVersion = 2
    private static let magic = Array("WGSAGENE".utf8)

    /// The model as bytes.
    public func encoded() -> [UInt8] {
        var out = Encoder()
        out.bytes.reserveCapacity(names.count + exons.count * 12 + transcripts.count * 84 + 256)
        out.bytes += Self.magic
        out.put(Int32(Self.codecVersion))
        for count in [
            contigs.count, genes.count, transcripts.count, exons.count, recodings.count, matureRegions.count,
            statedContigs.count, names.count,
        ] { out.put(Int32(count)) }
        out.put(build)
        for entry in contigs { out.put(entry.name, entry.firstTranscript, entry.transcriptCount) }
        for gene in genes { out.put(gene) }
        for transcript in transcripts { out.put(transcript) }
        for exon in exons { out.put(exon.start, exon.end, exon.offset) }
        for recoding in recodings { out.put(recoding.transcript, recoding.codon, Int32(recoding.residue)) }
        for region in matureRegions { out.put(region.transcript, region.start, region.end) }
        for contig in statedContigs { out.put(contig.name, contig.end) }
        out.bytes += names
        let sum = WordChecksum.sum(out.bytes.span)
        for shift in stride(from: 0, to: 64, by: 8) {
            out.bytes.append(UInt8(truncatingIfNeeded: sum >> UInt64(shift)))
        }
        return out.bytes
    }

    /// The model that ``encoded()`` gave.
    public init(encoded bytes: [UInt8]) throws(GeneModelDamage) {
        guard bytes.count >= 60, bytes.starts(with: Self.magic) else { throw .foreign }
        var input = Decoder(bytes: bytes, place: 8, end: bytes.count - 8)
        let version = Int(try input.number())
        guard version == Self.codecVersion else { throw .version(version) }
        var counts: [Int] = []
        for _ in 0..<8 { counts.append(Int(try input.number())) }
        let sizes = [16, 48, 84, 12, 12, 12, 12, 1]
        guard counts.allSatisfy({ $0 >= 0 }),
            52 + zip(counts, sizes).reduce(0, { $0 + $1.0 * $1.1 }) == input.end
        else { throw .length }
        guard WordChecksum.sum(bytes.span.extracting(0..<input.end)) == Self.trailer(bytes) else {
            throw .checksum
        }
        self.init()
        build = try input.name()
        try read(counts, &input)
        guard isConsistent else { throw .reference }
    }

    private mutating func read(_ counts: [Int], _ input: inout Decoder) throws(GeneModelDamage) {
        contigs.reserveCapacity(counts[0])
        for _ in 0..<counts[0] {
            contigs.append(
                ContigEntry(
                    name: try input.name(), firstTranscript: try input.number(),
                    transcriptCount: try input.number()))
        }
        genes.reserveCapacity(counts[1])
        for _ in 0..<counts[1] { genes.append(try input.gene()) }
        transcripts.reserveCapacity(counts[2])
        for _ in 0..<counts[2] { transcripts.append(try input.transcript()) }
        exons.reserveCapacity(counts[3])
        for _ in 0..<counts[3] {
            exons.append(
                Exon(start: try input.number(), end: try input.number(), offset: try input.number()))
        }
        for _ in 0..<counts[4] {
            recodings.append(
                Recoding(
                    transcript: try input.number(), codon: try input.number(),
                    residue: UInt8(truncatingIfNeeded: try input.number())))
        }
        for _ in 0..<counts[5] {
            matureRegions.append(
                MatureRegion(
                    transcript: try input.number(), start: try input.number(), end: try input.number()))
        }
        for _ in 0..<counts[6] {
            statedContigs.append(StatedContig(name: try input.name(), end: try input.number()))
        }
        names = Array(input.bytes[input.place..<(input.place + counts[7])])
    }

    private static func trailer(_ bytes: [UInt8]) -> UInt64 {
        bytes.suffix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
