internal import CHTS
internal import Foundation
internal import Genome

/// The index beside a VCF or BCF: TBI or CSI.
@safe final class VariantIndex {
    /// The longest contig that a tabix index can hold, for one without a declared length.
    static let anyLength = 1 << 29
    /// No index is asked for a place beyond.
    static let farthest = Int(Int32.max)

    /// Contigs with records: the index's number and the name in the file.
    private(set) var contigs: [(number: Int32, name: String)] = []
    /// Whether each contig of the index has a name; those of a BCF stand in its header.
    private(set) var namesAll = true
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
            guard let name = unsafe names?[place] else {
                namesAll = false
                continue
            }
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

    /// Where the first record of a stretch may be, a virtual offset; nil if there is none.
    func offset(of contig: Int32, in range: Range<Int>) -> UInt64? { bounds(of: contig, in: range)?.first }

    /// Where the last record of a contig ends; nil if there is none.
    func end(of contig: Int32) -> UInt64? { bounds(of: contig, in: 0..<Self.farthest)?.end }

    private func bounds(of contig: Int32, in range: Range<Int>) -> (first: UInt64, end: UInt64)? {
        guard !range.isEmpty, let iterator = unsafe iterator(contig, range) else { return nil }
        // SAFETY: the iterator is ours and destroyed here.
        defer { unsafe hts_itr_destroy(iterator) }
        let offset = unsafe chts_first_offset(iterator)
        return offset == 0 ? nil : unsafe (offset, chts_last_offset(iterator))
    }

    /// An iterator over the records of a stretch, for the caller to destroy; nil without memory.
    func iterator(_ contig: Int32, _ range: Range<Int>) -> UnsafeMutablePointer<hts_itr_t>? {
        let range = range.clamped(to: 0..<Self.farthest)
        let (begin, end) = (Int64(range.lowerBound), Int64(range.upperBound))
        // SAFETY: the index is open.
        if let tabix = unsafe tabix { return unsafe chts_tbx_itr_queryi(tabix, contig, begin, end) }
        return unsafe chts_bcf_itr_queryi(binary, contig, begin, end)
    }

    /// The next line of a text file: 0 or more, -1 at the end, below on error.
    func next(
        _ file: UnsafeMutablePointer<BGZF>, _ iterator: UnsafeMutablePointer<hts_itr_t>,
        _ line: inout kstring_t
    ) -> Int32 {
        // SAFETY: file, index, iterator and line are valid.
        unsafe chts_tbx_bgzf_itr_next(file, tabix, iterator, &line)
    }
}
