internal import CHTS
internal import Foundation

/// What a header's numbers of contigs and tags stand for, as it is asked of each BCF record; borrows the header.
@safe struct HeaderNames: ~Copyable {
    /// A name of the header's; it lives as long as the header.
    @safe struct Name: BitwiseCopyable {
        let letters: UnsafeRawPointer?
        let count: Int

        /// No name.
        init() {
            unsafe letters = nil
            count = 0
        }

        fileprivate init(_ text: UnsafePointer<CChar>?) {
            unsafe letters = text.map { unsafe UnsafeRawPointer($0) }
            // SAFETY: a name ends with NUL.
            count = unsafe text.map { unsafe strlen($0) } ?? 0
        }

        @inline(__always) var isThere: Bool { unsafe letters != nil }

        var text: String {
            // SAFETY: as many letters lie there.
            unsafe String(decoding: UnsafeRawBufferPointer(start: letters, count: count), as: UTF8.self)
        }
    }

    private var contigs = Scratch(Name())
    private var tags = Scratch(Name())
    private var isTag = Scratch(false)
    /// Whether INFO and FORMAT of a tag are to be read.
    private var chosenInfo = Scratch(false), chosenFormat = Scratch(false)
    private(set) var readsInfo = false
    /// The number of GT; -1 without one.
    let genotypeTag: Int32
    /// Names of tags in the order of their numbers, empty for a number that has none.
    let texts: [String]
    let sampleCount: Int

    init(_ header: UnsafeMutablePointer<bcf_hdr_t>) {
        // SAFETY: contigs and tags are numbered below their counts; a gap has no name.
        for contig in unsafe 0..<chts_contig_count(header) {
            unsafe contigs.append(Name(chts_contig_name(header, contig)))
        }
        var texts: [String] = []
        for tag in unsafe 0..<chts_tag_count(header) {
            let name = unsafe Name(chts_tag_name(header, tag))
            tags.append(name)
            isTag.append(name.isThere)
            texts.append(name.text)
        }
        self.texts = texts
        sampleCount = unsafe Int(chts_header_sample_count(header))
        genotypeTag = Int32(texts.firstIndex(of: "GT") ?? -1)
        chosenInfo.resize(to: texts.count)
        chosenFormat.resize(to: texts.count)
    }

    /// Chooses the fields that are to be read.
    mutating func choose(_ fields: FieldSelection) {
        readsInfo = false
        for (tag, text) in texts.enumerated() {
            chosenInfo[tag] = fields.info.contains(text)
            chosenFormat[tag] = fields.format.contains(text)
            if chosenInfo[tag] { readsInfo = true }
        }
    }

    @inline(__always)
    func hasContig(_ number: Int32) -> Bool {
        UInt32(bitPattern: number) < contigs.count && contigs[Int(number)].isThere
    }

    @inline(__always)
    func hasTag(_ number: Int32) -> Bool {
        UInt32(bitPattern: number) < isTag.count && isTag[Int(number)]
    }

    /// The name of a contig that the header has.
    @inline(__always)
    func contig(_ number: Int32) -> Name { contigs[Int(number)] }

    /// The name of a tag that the header has.
    @inline(__always)
    func tag(_ number: Int32) -> Name { tags[Int(number)] }

    /// Whether an INFO tag that the header has is to be read.
    @inline(__always)
    func isChosen(info number: Int32) -> Bool { chosenInfo[Int(number)] }

    /// Whether a FORMAT tag that the header has is to be read.
    @inline(__always)
    func isChosen(format number: Int32) -> Bool { chosenFormat[Int(number)] }
}
