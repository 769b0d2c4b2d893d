internal import CHTS
internal import Foundation
public import Genome
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
    /// contig that holds much of the file. Nil where no index can be used. `placing` may move a cut up from its position
    /// (0-based) on a contig.
    public func parts(cuts: Int = 1, placing: (_ contig: String, _ position: Int) -> Int = { $1 })
        -> [FilePart]?
    {
        guard canAskIndex,
            let index = unsafe VariantIndex(path: path, format: format, header: htsHeader)
        else { return nil }
        var parts: [FilePart] = []
        let lengths = Dictionary(
            header.contigs.map { ($0.name, $0.length ?? 0) }, uniquingKeysWith: { first, _ in first })
        for (number, name) in index.contigs {
            let length = lengths[name].flatMap { (1...VariantIndex.farthest).contains($0) ? $0 : nil }
            guard let offset = index.offset(of: number, in: 0..<(length ?? VariantIndex.anyLength)) else {
                continue
            }
            guard cuts > 1, let length else {
                parts.append(FilePart(contig: name, range: nil, offset: offset))
                continue
            }
            let starts = (0..<cuts).map { $0 == 0 ? 0 : placing(name, length / cuts * $0) }
            for (piece, start) in starts.enumerated() {
                let end = piece + 1 < cuts ? starts[piece + 1] : Int.max
                guard start < min(end, length),
                    let offset = piece == 0 ? offset : index.offset(of: number, in: start..<length)
                else {
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
    /// Whether the index of a file knows all of its records. A file without records needs none.
    ///
    /// - Throws: `InputError` where the file, or the first record that the index does not know, cannot be read.
    public static func indexKnowsRecords(of path: String) throws(InputError) -> Bool {
        if try VariantReader(path: path, fields: .none).fitsIndex() { return true }
        var record = VCFRecord()
        return try !VariantReader(path: path, fields: .none).next(into: &record)
    }

    /// Whether the index knows all of the file: its contigs begin where it says, the first of them with the file's first
    /// record, and nothing lies behind the last. For a reader that has read nothing; leaves it at some place in the
    /// file: it is not to be read from after this.
    public func fitsIndex() -> Bool {
        guard canAskIndex,
            let index = unsafe VariantIndex(path: path, format: format, header: htsHeader), index.namesAll,
            let parts = parts(), let last = parts.last,
            // The index of a BCF also names contigs of the header that have no record.
            parts.count == index.contigs.count(where: { index.end(of: $0.number) != nil }),
            let number = index.contigs.first(where: { $0.name == last.contig })?.number,
            let end = index.end(of: number)
        else { return false }
        var record = VCFRecord()
        guard (try? readOne(into: &record)) == true else { return false }
        let first = record.digest
        for (place, part) in parts.enumerated() {
            guard seek(to: part.offset), (try? readOne(into: &record)) == true,
                record.spells(record.column(0), part.contig), place > 0 || record.digest == first
            else { return false }
        }
        return seek(to: end) && (try? readOne(into: &record)) == false
    }
}
