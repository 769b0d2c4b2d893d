internal import CHTS
internal import Foundation
internal import Genome
internal import Variants

/// A stretch of a sorted, indexed file that one task reads: the records of a contig that begin in a range.
///
/// The parts of a file follow one another: each ends where the next begins. Their readers' ``PartEdges`` prove it.
public struct FilePart: Hashable, Sendable {
    /// The contig as the file names it.
    public let contig: String
    /// Where its records begin, 0-based half-open; nil for all of the contig.
    public let range: Range<Int>?
    /// Where the index sends a reader, a virtual offset.
    let offset: UInt64
}

/// What a part's reader met at its ends, to make sure that nothing lies between two parts.
public struct PartEdges: Hashable, Sendable {
    /// A digest of the first record read, in the part or behind it; nil at the end of the file.
    public internal(set) var first: UInt64?
    /// A digest of the record behind the part; nil at the end of the file.
    public internal(set) var behind: UInt64?

    /// Edges of a part that was not read.
    public init() {}

    /// Whether parts with these edges hold a file's records, which begin with `first`, each once and all.
    public static func cover(_ edges: [PartEdges], from first: UInt64?) -> Bool {
        guard edges.first?.first == first, let last = edges.last else { return false }
        return last.behind == nil && zip(edges, edges.dropFirst()).allSatisfy { $0.behind == $1.first }
    }
}

extension VariantReader {
    /// The parts of the file, by its index, in the order of the file: one a contig, and about `cuts` pieces of a
    /// contig that holds much of the file. Nil where no index can be used.
    public func parts(cuts: Int = 1) -> [FilePart]? {
        guard canAskIndex,
            let index = unsafe PartIndex(path: path, format: format, header: htsHeader)
        else { return nil }
        var parts: [FilePart] = []
        let lengths = Dictionary(
            header.contigs.map { ($0.name, $0.length ?? 0) }, uniquingKeysWith: { first, _ in first })
        for (number, name) in index.contigs {
            let length = lengths[name].flatMap { $0 > 0 ? $0 : nil }
            guard let offset = index.offset(of: number, in: 0..<(length ?? PartIndex.anyLength)) else {
                continue
            }
            guard cuts > 1, let length else {
                parts.append(FilePart(contig: name, range: nil, offset: offset))
                continue
            }
            let starts = (0..<cuts).map { length / cuts * $0 }
            for (piece, start) in starts.enumerated() {
                let end = piece + 1 < cuts ? starts[piece + 1] : Int.max
                guard let offset = piece == 0 ? offset : index.offset(of: number, in: start..<length) else {
                    continue
                }
                parts.append(FilePart(contig: name, range: (piece == 0 ? -1 : start)..<end, offset: offset))
            }
        }
        // A piece without records of its own has no place in the index; the one before it reads on.
        for place in parts.indices.dropLast() where parts[place].contig == parts[place + 1].contig {
            guard let range = parts[place].range, let next = parts[place + 1].range else { continue }
            parts[place] = FilePart(
                contig: parts[place].contig, range: range.lowerBound..<next.lowerBound,
                offset: parts[place].offset)
        }
        for place in parts.indices
        where place + 1 == parts.count || parts[place].contig != parts[place + 1].contig {
            guard let range = parts[place].range else { continue }
            parts[place] = FilePart(
                contig: parts[place].contig, range: range.lowerBound..<Int.max, offset: parts[place].offset)
        }
        return parts.sorted {
            ($0.offset, $0.range?.lowerBound ?? 0) < ($1.offset, $1.range?.lowerBound ?? 0)
        }
    }
}

extension VariantReader {
    /// Whether the index sends a reader to each contig's records, as that of another file would not. Leaves the reader at
    /// some place in the file: it is not to be read from after this.
    public func fitsIndex() -> Bool {
        guard let parts = parts(), !parts.isEmpty else { return false }
        var record = VCFRecord()
        return parts.allSatisfy { part in
            seek(to: part.offset) && (try? readOne(into: &record)) == true
                && record.spells(record.column(0), part.contig)
        }
    }
}

/// Asks an index where contigs begin.
@safe private final class PartIndex {
    /// The longest contig that a tabix index can hold, for one without a declared length.
    static let anyLength = 1 << 29

    /// Contigs with records: the index's number and the name.
    private(set) var contigs: [(number: Int32, name: String)] = []
    private var tabix: UnsafeMutablePointer<tbx_t>?
    private var binary: OpaquePointer?

    init?(path: String, format: VariantReader.Format, header: UnsafeMutablePointer<bcf_hdr_t>) {
        var count: Int32 = 0
        var names: UnsafeMutablePointer<UnsafePointer<CChar>?>?
        if format == .bcf {
            // SAFETY: the path lives for the call; freed in deinit.
            guard let index = unsafe chts_bcf_index_load(path) else { return nil }
            unsafe binary = index
            unsafe names = chts_bcf_index_names(index, header, &count)
        } else {
            // SAFETY: as above.
            guard let index = unsafe tbx_index_load(path) else { return nil }
            unsafe tabix = index
            unsafe names = tbx_seqnames(index, &count)
        }
        // SAFETY: the array holds `count` names, which belong to the index or header; the array is ours to free.
        for place in 0..<Int(count) {
            guard let name = unsafe names?[place] else { continue }
            let number =
                format == .bcf ? unsafe bcf_hdr_id2int(header, BCF_DT_CTG, name) : Int32(place)
            unsafe contigs.append((number, String(cString: name)))
        }
        unsafe free(names)
    }

    deinit {
        // SAFETY: owned here and not used after this.
        if let tabix = unsafe tabix { unsafe tbx_destroy(tabix) }
        if let binary = unsafe binary { unsafe hts_idx_destroy(binary) }
    }

    /// Where the first record of a stretch may be; nil if there is none.
    func offset(of contig: Int32, in range: Range<Int>) -> UInt64? {
        guard !range.isEmpty else { return nil }
        // SAFETY: the index is open; the iterator is destroyed here.
        let iterator =
            if let tabix = unsafe tabix {
                unsafe chts_tbx_itr_queryi(tabix, contig, Int64(range.lowerBound), Int64(range.upperBound))
            } else {
                unsafe chts_bcf_itr_queryi(binary, contig, Int64(range.lowerBound), Int64(range.upperBound))
            }
        guard let iterator = unsafe iterator else { return nil }
        defer { unsafe hts_itr_destroy(iterator) }
        let offset = unsafe chts_first_offset(iterator)
        return offset == 0 ? nil : offset
    }
}
