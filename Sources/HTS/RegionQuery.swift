internal import CHTS
internal import Foundation
internal import Genome
internal import Variants

/// The lines of a file that lie in regions, by its index; regions are sorted and joined, each record comes once.
@safe final class RegionQuery {
    private let index: VariantIndex
    private var pending: [(contig: Int32, range: Range<Int>)] = []
    private var current: UnsafeMutablePointer<hts_itr_t>?
    private var line = unsafe kstring_t()
    /// The last region's end on its contig: a record that began before it was given already.
    private var previous: (contig: Int32, end: Int)?
    private var active: (contig: Int32, range: Range<Int>)?

    init(
        path: String, format: VariantReader.Format, header: UnsafeMutablePointer<bcf_hdr_t>,
        regions: [GenomicInterval]
    ) throws(InputError) {
        guard let index = unsafe VariantIndex(path: path, format: format, header: header) else {
            throw InputError(
                file: path, problem: "the index cannot be read",
                remedy: "Make it again with `bcftools index -f \(path)`.")
        }
        self.index = index
        let contigs = index.contigs.map { (number: $0.number, contig: Contig($0.name)) }
        for region in Self.joined(regions) {
            pending += contigs.filter { $0.contig == region.contig }.map { ($0.number, region.range) }
        }
        pending.sort { ($0.contig, $0.range.lowerBound) < ($1.contig, $1.range.lowerBound) }
        pending.reverse()
    }

    deinit {
        // SAFETY: owned here and not used after this; each destroy takes NULL.
        unsafe hts_itr_destroy(current)
        unsafe free(line.s)
    }

    /// Whether a record that begins at `position` (0-based) was given with the region before.
    func isRepeat(_ position: Int) -> Bool {
        guard let previous, let active, previous.contig == active.contig else { return false }
        return position < previous.end
    }

    /// The next line of a text file: 0 or more, -1 at the end, below on error.
    func next(_ file: UnsafeMutablePointer<BGZF>) -> Int32 {
        unsafe next { unsafe index.next(file, $0, &line) }
    }

    /// The next record of a BCF file: 0 or more, -1 at the end, below on error.
    func next(_ file: UnsafeMutablePointer<htsFile>, _ record: UnsafeMutablePointer<bcf1_t>) -> Int32 {
        // SAFETY: file, iterator and record are valid.
        unsafe next { unsafe chts_bcf_itr_next(file, $0, record) }
    }

    /// The number of bytes of the last line of text.
    var lineLength: Int { unsafe line.l }

    /// Gives the bytes of the last line of text; they live as long as the call.
    func withLine(_ body: (Span<UInt8>) -> Void) {
        // SAFETY: line.s holds line.l bytes.
        let start = unsafe UnsafeRawPointer(line.s)?.assumingMemoryBound(to: UInt8.self)
        let bytes = unsafe UnsafeBufferPointer(start: start, count: line.l)
        unsafe body(bytes.span)
    }

    private func next(_ read: (UnsafeMutablePointer<hts_itr_t>) -> Int32) -> Int32 {
        while true {
            if unsafe current == nil {
                guard let region = pending.popLast() else { return -1 }
                if let active { previous = (active.contig, active.range.upperBound) }
                active = region
                // SAFETY: the iterator is destroyed below or in deinit.
                unsafe current = index.iterator(region.contig, region.range)
            }
            guard let iterator = unsafe current else { continue }
            let status = unsafe read(iterator)
            if status >= 0 { return status }
            unsafe hts_itr_destroy(current)
            unsafe current = nil
            if status < -1 { return status }
        }
    }

    private static func joined(_ regions: [GenomicInterval]) -> [GenomicInterval] {
        var joined: [GenomicInterval] = []
        for region in regions.sorted() {
            if let last = joined.last, last.contig == region.contig,
                last.range.upperBound >= region.range.lowerBound
            {
                let end = max(last.range.upperBound, region.range.upperBound)
                joined[joined.count - 1] = GenomicInterval(
                    contig: last.contig, zeroBased: last.range.lowerBound..<end)
            } else {
                joined.append(region)
            }
        }
        return joined
    }
}
