/// An invented genome with gene models in the shapes that callers get wrong, and changes of it.
///
/// Two nuclear contigs and `MT`. Transcripts lie on either strand, with exons and introns from one base on, codons parted
/// by introns, untranslated exons, coding sequences without their start (phases 1 and 2) or end, selenocysteines, and
/// non-coding transcripts across them. Bases come in both cases, with `N` here and there. The same seed gives the same text.
public struct GeneratedGenome: Sendable {
    /// The contigs' names and bases.
    public private(set) var contigs: [(name: String, letters: [UInt8])] = []
    /// The gene models, in Ensembl's dialect of GFF3.
    public private(set) var gff3 = "##gff-version 3\n"
    private var random: SeededGenerator
    private var geneCount = 0

    /// A genome with this many coding genes on each nuclear contig, and half as many on `MT`.
    public init(seed: UInt64, genes: Int = 16) {
        random = SeededGenerator(seed: seed)
        for (name, count) in [("1", genes), ("2", genes), ("MT", genes / 2)] {
            var letters = bases(60)
            for _ in 0..<count { addGene(on: name, to: &letters) }
            blemish(&letters)
            contigs.append((name, letters))
        }
    }

    /// The genome in lines of 50 bases.
    public var fasta: String {
        contigs.map { contig in
            let lines = stride(from: 0, to: contig.letters.count, by: 50).map {
                String(decoding: contig.letters[$0..<min($0 + 50, contig.letters.count)], as: UTF8.self)
                    + "\n"
            }
            return ">\(contig.name)\n" + lines.joined()
        }.joined()
    }

    /// A change of a contig, whose REF is what the genome has.
    public struct Change: Sendable {
        /// The contig's number in ``contigs``.
        public var contig: Int
        /// 0-based.
        public var position: Int
        /// REF, as the genome spells it; may be empty.
        public var reference: [UInt8]
        /// ALT, in either case; may be empty.
        public var alternate: [UInt8]
    }

    /// A change near `position`: substitutions, blocks, insertions, deletions, inversions and repeats of what is there.
    public func change(on contig: Int, near position: Int, using random: inout SeededGenerator) -> Change {
        let letters = contigs[contig].letters
        let start = min(max(position + Int.random(in: -4...4, using: &random), 8), letters.count - 16)
        let length = [0, 0, 1, 1, 1, 2, 3, 4, 6].randomElement(using: &random) ?? 1
        let old = Array(letters[start..<(start + length)])
        let new: [UInt8]
        switch Int.random(in: 0...5, using: &random) {
        case 0: new = []
        case 1: new = Array(letters[(start - Int.random(in: 1...6, using: &random))..<start]) + old
        case 2: new = old.reversed().map { Self.complement($0) }
        default:
            let count = Bool.random(using: &random) ? length : Int.random(in: 0...6, using: &random)
            new = (0..<count).map { _ in Array("ACGTacgt".utf8).randomElement(using: &random) ?? 65 }
        }
        return Change(contig: contig, position: start, reference: old, alternate: new)
    }

    /// Lines of a VCF without samples, in the order of the contigs: CHROM to INFO. Each record stands once.
    public func records(_ count: Int, seed: UInt64) -> [String] {
        var random = SeededGenerator(seed: seed)
        var lines: [(contig: Int, position: Int, text: String)] = []
        for _ in 0..<count {
            let contig = Int.random(in: contigs.indices, using: &random)
            let letters = contigs[contig].letters
            let change = change(
                on: contig, near: Int.random(in: 0..<letters.count, using: &random), using: &random)
            // One base before both alleles, as VCF has it.
            let anchor = [letters[change.position - 1]]
            let alleles = [anchor + change.reference, anchor + change.alternate].map {
                String(decoding: $0, as: UTF8.self)
            }
            lines.append(
                (
                    contig, change.position,
                    "\(contigs[contig].name)\t\(change.position)\t.\t\(alleles[0])\t\(alleles[1])\t.\t.\t."
                ))
        }
        lines.sort { ($0.contig, $0.position, $0.text) < ($1.contig, $1.position, $1.text) }
        var seen: Set<String> = []
        return lines.map(\.text).filter { seen.insert($0).inserted }
    }

    /// The header for ``records(_:seed:)``.
    public var vcfHeader: String {
        "##fileformat=VCFv4.2\n"
            + contigs.map { "##contig=<ID=\($0.name),length=\($0.letters.count)>\n" }.joined()
            + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    }

    // MARK: Genes

    private mutating func addGene(on contig: String, to letters: inout [UInt8]) {
        geneCount += 1
        let isForward = Bool.random(using: &random)
        let shape = Shape(isMitochondrial: contig == "MT", using: &random)
        let start = letters.count
        var exons: [Range<Int>] = []
        for (index, length) in (isForward ? shape.exons : shape.exons.reversed()).enumerated() {
            if index > 0 { letters += bases(pick([1, 2, 3, 5, 9, 14, 30, 60])) }
            exons.append(letters.count..<(letters.count + length))
            letters += bases(length)
        }
        // Places on the contig of the spliced bases, from 5' to 3'.
        let places = isForward ? exons.flatMap(Array.init) : exons.reversed().flatMap { $0.reversed() }
        for (place, base) in zip(places, shape.bases) {
            letters[place] = isForward ? base : Self.complement(base)
        }
        let (end, strand) = (letters.count, isForward ? "+" : "-")
        let (gene, transcript) = ("ENSG\(geneCount)", "ENST\(geneCount)")
        func add(_ type: String, _ range: Range<Int>, _ phase: String, _ attributes: String, strand: String) {
            gff3 +=
                [
                    contig, "made", type, "\(range.lowerBound + 1)", "\(range.upperBound)", ".", strand,
                    phase, attributes,
                ].joined(separator: "\t") + "\n"
        }
        add("gene", start..<end, ".", "ID=gene:\(gene);Name=\(gene);biotype=protein_coding", strand: strand)
        add(
            "mRNA", start..<end, ".",
            "ID=transcript:\(transcript);Parent=gene:\(gene);biotype=protein_coding;tag=\(shape.tags)",
            strand: strand)
        for exon in exons { add("exon", exon, ".", "Parent=transcript:\(transcript)", strand: strand) }
        let coding = Set(places[shape.coding])
        var done = shape.missing
        for exon in isForward ? exons : exons.reversed() {
            let piece = exon.filter(coding.contains)
            guard let first = piece.first, let last = piece.last else { continue }
            add(
                "CDS", first..<(last + 1), "\((3 - done % 3) % 3)",
                "Parent=transcript:\(transcript);protein_id=ENSP\(geneCount)", strand: strand)
            done += piece.count
        }
        for codon in shape.selenocysteines {
            let place = places[shape.coding.lowerBound + codon * 3 - shape.missing]
            let range = isForward ? place..<(place + 3) : (place - 2)..<(place + 1)
            add(
                "stop_codon_redefined_as_selenocysteine", range, ".", "Parent=transcript:\(transcript)",
                strand: strand)
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
            let other = isForward ? "-" : "+"
            let middle = (start + end) / 2
            add(
                "gene", (start - 5)..<middle, ".", "ID=gene:R\(gene);Name=R\(gene);biotype=lncRNA",
                strand: other)
            add(
                "lnc_RNA", (start - 5)..<middle, ".",
                "ID=transcript:R\(transcript);Parent=gene:R\(gene);biotype=lncRNA",
                strand: other)
            add("exon", (start - 5)..<(start + 1), ".", "Parent=transcript:R\(transcript)", strand: other)
            add("exon", (start + 3)..<middle, ".", "Parent=transcript:R\(transcript)", strand: other)
        }
        letters += bases(pick([20, 40, 90]))
    }

    /// A spliced transcript.
    private struct Shape {
        var exons: [Int] = []
        var bases: [UInt8] = []
        var coding = 0..<0
        /// Bases of the first codon that the model lacks.
        var missing = 0
        var tags = "basic"
        var selenocysteines: [Int] = []

        init(isMitochondrial: Bool, using random: inout SeededGenerator) {
            let stops = isMitochondrial ? ["TAA", "TAG", "AGA", "AGG"] : ["TAA", "TAG", "TGA"]
            let sense = GeneratedGenome.codons.filter { !stops.contains($0) }
            func pick<Value>(_ values: [Value], _ random: inout SeededGenerator) -> Value {
                values[Int.random(in: values.indices, using: &random)]
            }
            let codonCount = Int.random(in: 8...40, using: &random)
            var codons = (0..<codonCount).map { _ in pick(sense, &random) }
            switch Int.random(in: 0..<6, using: &random) {
            case 0:
                missing = Int.random(in: 1...2, using: &random)
                tags += ",cds_start_NF"
            default: codons[0] = "ATG"
            }
            if !isMitochondrial, Int.random(in: 0..<4, using: &random) == 0 {
                let place = Int.random(in: 2..<(codonCount - 2), using: &random)
                codons[place] = "TGA"
                selenocysteines = [place]
            }
            var text = codons.joined()
            if Int.random(in: 0..<6, using: &random) == 0 {
                tags += ",cds_end_NF"
                text.removeLast(Int.random(in: 0...2, using: &random))
            } else {
                text += pick(stops, &random)
            }
            text.removeFirst(missing)
            let before = missing > 0 ? 0 : pick([0, 0, 1, 2, 7, 20], &random)
            let after = tags.contains("cds_end_NF") ? 0 : pick([0, 1, 5, 30], &random)
            func letters(_ count: Int) -> [UInt8] {
                (0..<count).map { _ in pick(Array("ACGT".utf8), &random) }
            }
            bases = letters(before) + Array(text.utf8) + letters(after)
            coding = before..<(before + text.utf8.count)
            var rest = bases.count
            while rest > 0 {
                let length = min(rest, pick([1, 1, 2, 3, 4, 5, 8, 13, 40, 60], &random))
                exons.append(length)
                rest -= length
            }
        }
    }

    // MARK: Bases

    private mutating func bases(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in Array("ACGT".utf8).randomElement(using: &random) ?? 65 }
    }

    private mutating func pick(_ values: [Int]) -> Int { values.randomElement(using: &random) ?? 1 }

    /// Lower case in stretches, and unknown bases.
    private mutating func blemish(_ letters: inout [UInt8]) {
        var place = 0
        while place < letters.count {
            let end = min(place + Int.random(in: 1...80, using: &random), letters.count)
            if Bool.random(using: &random) { for index in place..<end { letters[index] |= 0x20 } }
            place = end
        }
        for _ in 0..<(letters.count / 400) {
            letters[Int.random(in: letters.indices, using: &random)] = UInt8(ascii: "N")
        }
    }

    private static let codons = "ACGT".flatMap { a in "ACGT".flatMap { b in "ACGT".map { "\(a)\(b)\($0)" } } }

    /// The base of the other strand, in the same case; `N` stays.
    private static func complement(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "A"): UInt8(ascii: "T")
        case UInt8(ascii: "C"): UInt8(ascii: "G")
        case UInt8(ascii: "G"): UInt8(ascii: "C")
        case UInt8(ascii: "T"): UInt8(ascii: "A")
        case UInt8(ascii: "a"): UInt8(ascii: "t")
        case UInt8(ascii: "c"): UInt8(ascii: "g")
        case UInt8(ascii: "g"): UInt8(ascii: "c")
        case UInt8(ascii: "t"): UInt8(ascii: "a")
        default: letter
        }
    }
}
