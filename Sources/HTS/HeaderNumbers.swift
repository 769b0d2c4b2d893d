internal import CHTS

/// The numbers by which BCF records name the contigs and tags of their header, and how many samples they have.
public struct HeaderNumbers: Sendable {
    /// Names in the order of their numbers, empty for a number that has none.
    private let contigs: [String]
    /// As above, of INFO, FORMAT and FILTER together.
    private let tags: [String]
    private let samples: Int32

    init(_ header: UnsafeMutablePointer<bcf_hdr_t>) {
        // SAFETY: the header is valid; contigs and tags are numbered below their counts, and a gap has no name.
        contigs = unsafe (0..<chts_contig_count(header)).map { contig in
            unsafe chts_contig_name(header, contig).map { unsafe String(cString: $0) } ?? ""
        }
        tags = unsafe (0..<chts_tag_count(header)).map { tag in
            unsafe chts_tag_name(header, tag).map { unsafe String(cString: $0) } ?? ""
        }
        samples = unsafe chts_header_sample_count(header)
    }

    /// Whether a record of the other header names the same under these numbers.
    func holds(_ other: HeaderNumbers) -> Bool {
        func holds(_ names: [String], _ others: [String]) -> Bool {
            others.count <= names.count && zip(names, others).allSatisfy { $1.isEmpty || $0 == $1 }
        }
        return samples == other.samples && holds(contigs, other.contigs) && holds(tags, other.tags)
    }
}
