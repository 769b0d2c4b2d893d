internal import Foundation
internal import Genome
internal import HTS
internal import Knowledge

/// The compiled evidence of a knowledge base, taken from the cache or made of its tables.
///
/// It is kept in `$XDG_CACHE_HOME/wgs-annotate` under a checksum of everything that the rows were judged by, and of the program's
/// own understanding of them; a base with faults is not kept. Two processes may write it at once: each writes a file of its own and gives it the name.
/// Whoever writes one removes those of other versions of the index and those that nobody used for thirty days; a process that reads one holds it
/// open, so that it loses nothing.
enum EvidenceStore {
    /// Rows of tables and what is wrong with them.
    typealias Parsed = (rows: [EvidenceRow], problems: [InputError])

    /// The index under a key, or that of the rows that `parse` gives.
    static func load(
        key: String, usesCache: Bool, span: @escaping (String) -> GenomicInterval? = { _ in nil },
        parse: () throws(InputError) -> Parsed
    ) throws(InputError) -> (index: EvidenceIndex, problems: [InputError]) {
        let name = "\(prefix)\(Checksum.sha256(text: key)).bin"
        return try load(cache: usesCache ? Cache.file(name) : nil, span: span, parse: parse)
    }

    /// As above, with the file in which the index is kept; nil keeps none.
    static func load(
        cache: String?, span: @escaping (String) -> GenomicInterval? = { _ in nil },
        parse: () throws(InputError) -> Parsed
    ) throws(InputError) -> (index: EvidenceIndex, problems: [InputError]) {
        if let cache, let pages = CheckedPages(path: cache),
            let index = try? EvidenceIndex(pages, name: cache)
        {
            Cache.noteUse(of: cache)
            return (index, [])
        }
        let parsed = try parse()
        let index = EvidenceIndex(parsed.rows, span: span)
        if let cache, parsed.problems.isEmpty {
            Cache.keep(CheckedPages.file(try index.compiled()), at: cache)
            Cache.sweep(besides: cache, prefix: "evidence-v", current: prefix)
        }
        return (index, parsed.problems)
    }

    /// How the names of files begin that this program can read.
    static let prefix = "evidence-v\(EvidenceIndex.version)-"
}
