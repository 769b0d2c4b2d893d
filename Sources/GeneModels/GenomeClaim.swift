// Are gene models and a FASTA, or a case, of the same genome?
//
// Coordinates of one assembly on the bases of another give consequences that look right and are wrong. What a file of
// gene models says of its genome is read from its comments and kept with the model:
//
//     #!genome-build GRCh38.p14           Ensembl, RefSeq; #!genome-version, ##genome-build, GENCODE's ##description
//     ##sequence-region 7 1 159345973     GFF3: where a contig begins and ends
//
// Not every difference is proof, since small files cut from large ones are common:
//
//     a transcript ends behind the FASTA's contig     proof: there are no bases for it
//     sequence-region ends behind the contig          proof: the models' genome has bases that this one lacks
//     sequence-region ends before the contig          proof only if that end is the length of this chromosome in GRCh37
//                                                     or GRCh38: a cut-out does not end there by chance
//     the build's name, or lengths, are of GRCh37     proof if the FASTA has contigs with the lengths of GRCh38 and none
//                                                     with those of GRCh37, or the case is GRCh38; and the other way round
//
// hg19's mitochondrion (NC_001807, 16,571 bases) under models of the rCRS (NC_012920, 16,569) is no fault of the file as a whole:
// nothing is called on that contig. Not told: genomes that differ in bases alone.

public import Genome

/// What comments of a file of gene models say of its genome; those that cannot be read say nothing.
struct GenomeClaim: Sendable {
    /// The first statement that names an assembly; empty where there is none.
    private(set) var build = ""
    /// Where contigs end, in the order of the file; of several lines for one contig the largest end.
    private(set) var contigs: [(contig: Contig, end: Int32)] = []
    private var numbers: [Contig: Int] = [:]

    mutating func take(comment: ArraySlice<UInt8>) {
        if comment.starts(with: "##sequence-region".utf8) {
            takeRegion(comment)
        } else if build.isEmpty, Self.statements.contains(where: { comment.starts(with: $0.utf8) }) {
            let text = String(decoding: comment.drop { Self.marks.contains($0) }, as: UTF8.self)
            if Assembly(mentionedIn: text) != nil { build = text }
        }
    }

    private mutating func takeRegion(_ comment: ArraySlice<UInt8>) {
        let words = comment.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard words.count == 4, let end = Int32(String(decoding: words[3], as: UTF8.self)), end > 0 else {
            return
        }
        let contig = Contig(String(decoding: words[1], as: UTF8.self))
        if let number = numbers[contig] {
            contigs[number].end = max(contigs[number].end, end)
        } else {
            numbers[contig] = contigs.count
            contigs.append((contig, end))
        }
    }

    private static let statements = [
        "#!genome-build ", "#!genome-build\t", "#!genome-version", "##genome-build ", "##genome-version",
        "##description:",
    ]
    private static let marks = [UInt8(ascii: "#"), UInt8(ascii: "!")]
}

extension GeneModel {
    /// What the file says of one contig's extent.
    public struct StatedContig: Hashable, Sendable {
        /// The canonical name of the contig.
        public var name: NameReference
        /// Where the contig, or the stretch that the file is about, ends: 0-based, exclusive, so at most its length.
        public var end: Int32
    }

    /// The assembly that the file names, or whose chromosome lengths it states; nil where it says nothing, another
    /// genome, or both.
    public var assembly: Assembly? { Assembly(mentionedIn: text(build)) ?? Self.assembly(of: statedLengths) }

    /// Makes sure that the models lie on this reference.
    ///
    /// - Shape: `length` the length in bases of a contig of the reference, nil where it has none; `file` and `fasta` as
    ///   messages name them.
    /// - Throws: `InputError` for what proves another genome, see the head of this file.
    public func requireReference(
        _ fasta: String, file: String, length: (Contig) -> Int?
    ) throws(InputError) {
        for (contig, end) in statedLengths {
            guard let bases = length(contig), end != bases else { continue }
            let isWhole = Assembly.allCases.contains { $0.length(of: contig) == end }
            guard end > bases || isWhole else { continue }
            throw Self.differs(
                file, contig,
                "##sequence-region ends at \(end), but the contig has \(bases) bases in \(fasta)")
        }
        for entry in contigs.indices {
            let contig = Contig(text(contigs[entry].name))
            guard let bases = length(contig) else { continue }
            for number in transcripts(ofContig: entry) where Int(transcripts[number].end) > bases {
                let transcript = transcripts[number]
                throw Self.differs(
                    file, contig,
                    "\(text(transcript.id)) ends at \(transcript.end), but the contig has \(bases) bases in \(fasta)"
                )
            }
        }
        let lengths = Contig.chromosomes.compactMap { contig in
            length(contig).map { (contig: contig, end: $0) }
        }
        guard let own = assembly, let other = Self.assembly(of: lengths), own != other,
            let example = lengths.first(where: { other.length(of: $0.contig) == $0.end })
        else { return }
        throw Self.differs(
            file, example.contig,
            "the gene models are of \(own.rawValue) (\(claim)), but the contig has \(example.end) bases in \(fasta), "
                + "which is \(other.rawValue)")
    }

    /// Makes sure that the models are of the assembly that a case or file is on.
    ///
    /// - Shape: `subject` says whose assembly it is, such as `the case`.
    /// - Throws: `InputError` if the models say that they are of another one.
    public func requireAssembly(_ wanted: Assembly?, of subject: String, file: String) throws(InputError) {
        guard let wanted, let assembly, wanted != assembly else { return }
        throw InputError(
            file: file,
            problem:
                "the gene models are of \(assembly.rawValue) (\(claim)), \(subject) is of \(wanted.rawValue)",
            remedy: "Give gene models of \(wanted.rawValue).")
    }

    /// Whether these models' mitochondrion is another one than that of a genome where it has so many bases.
    ///
    /// UCSC's hg19 has NC_001807 with 16,571 bases; models of GRCh37 and GRCh38 lie on the rCRS with 16,569.
    public func hasOtherMitochondrion(bases: Int) -> Bool {
        guard bases == 16_571 else { return false }
        return !statedLengths.contains { $0.contig.isMitochondrial && $0.end == bases }
    }

    private var statedLengths: [(contig: Contig, end: Int)] {
        statedContigs.map { (Contig(text($0.name)), Int($0.end)) }
    }

    /// What ``assembly`` rests on.
    private var claim: String {
        Assembly(mentionedIn: text(build)) == nil
            ? "by its ##sequence-region lines" : "it says \"\(text(build))\""
    }

    /// The one assembly that has chromosomes of these lengths.
    private static func assembly(of lengths: [(contig: Contig, end: Int)]) -> Assembly? {
        let found = Assembly.allCases.filter { build in
            lengths.contains { build.length(of: $0.contig) == $0.end }
        }
        return found.count == 1 ? found[0] : nil
    }

    private static func differs(_ file: String, _ contig: Contig, _ problem: String) -> InputError {
        InputError(
            file: file, place: .record("contig \(contig)"), problem: problem,
            remedy: "Give gene models and a reference of the same assembly.")
    }
}
