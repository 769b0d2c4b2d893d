import Consequences
import Genome
import HTS
import Variants

private let headerText = """
    ##fileformat=VCFv4.2
    ##contig=<ID=1,length=1000>
    ##FILTER=<ID=q10,Description="Low">
    ##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">
    ##INFO=<ID=AF,Number=A,Type=Float,Description="Fraction">
    ##INFO=<ID=DB,Number=0,Type=Flag,Description="Known">
    ##INFO=<ID=CSQ,Number=.,Type=String,Description="Format: Allele|Consequence|SYMBOL|Feature|HGVSc|HGVSp|ALLELE_NUM">
    ##INFO=<ID=BCSQ,Number=.,Type=String,Description="Format: Consequence|gene|transcript|biotype|strand|amino_acid_change|dna_change">
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
    ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">
    ##FORMAT=<ID=AF,Number=A,Type=Float,Description="Fraction">
    ##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Likelihoods">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN1\tT1

    """

/// htslib adds each unknown name to its header, which changes what it makes of later lines, so each input has a pair of its own.
private struct Pair {
    let own: LineDecoder, theirs: LineDecoder

    init() {
        guard let own = try? LineDecoder(headerText: headerText),
            let theirs = try? LineDecoder(headerText: headerText, decoder: .htslib)
        else { fatalError("the header of the fuzz target is refused") }
        (self.own, self.theirs) = (own, theirs)
    }
}

nonisolated(unsafe) private var left = VCFRecord()
nonisolated(unsafe) private var right = VCFRecord()

/// Our scanner and htslib's parser accept the same lines, and read the same place, alleles and numbers.
func scanner(_ bytes: [UInt8]) {
    let pair = Pair()
    for line in bytes.split(separator: 0x0A).prefix(4) {
        let isOwn = pair.own.decode(Array(line), into: &left)
        let isTheirs = pair.theirs.decode(Array(line), into: &right)
        claim(isOwn == isTheirs, "one decoder accepts what the other refuses")
        guard isOwn else { continue }
        claim(left.position == right.position, "POS differs")
        claim(left.contigName == right.contigName || left.contigName.isEmpty, "CHROM differs")
        // Which of two fields of one name counts is not said; doctor names the rule.
        guard Set(left.formatKeys).count == left.formatKeys.count else { continue }
        for sample in 0..<2 {
            let own = left.formatIntegers("AD", sample: sample),
                theirs = right.formatIntegers("AD", sample: sample)
            // htslib fills a short list up, reads a lone sign as 0 and an empty item as missing.
            for (one, other) in zip(own, theirs) where one != nil {
                claim(one == other, "AD differs")
            }
        }
    }
}

/// A header of any bytes is taken apart, or refused.
func header(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let header = VCFHeader(text: text)
    _ = try? LineDecoder(headerText: text)
    _ = AssemblyEvidence(header: header)
    _ = try? SampleRoles.decide(file: "header", header: header, contrast: nil)
    _ = ExistingAnnotation(header: header)
    _ = RecordSplitter(header: header)
    var check = SpecificationCheck()
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
        check.add(line, line: number + 1)
    }
    check.finish(endsWithLineEnd: true)
}

private let columns = VCFHeader(text: headerText)
private let splitter = RecordSplitter(header: columns)
private let depths = ReadDepthDecoder(header: columns)
private let annotations = ["CSQ", "BCSQ"].compactMap { ExistingAnnotation(header: columns, tag: $0) }
nonisolated(unsafe) private var genome = InMemoryReference([
    "1": String(repeating: "ACGTTGCAAACCCCGGGTTTTCAGCAGCAGTATATATATN", count: 24)
])

/// A line of any bytes is split, normalized and read; a normalized allele stays as it is.
func records(_ bytes: [UInt8]) {
    guard let record = VCFRecord(line: String(decoding: bytes, as: UTF8.self)) else { return }
    let lines = splitter.splitLine(record)
    claim(lines.count == max(record.alternateCount, 1), "not one line for each ALT")
    for sample in 0..<min(record.sampleCount, 2) {
        _ = Genotype(record, sample: sample)
        _ = AlleleCopies(of: 1, in: record, sample: sample)
        for allele in 1...max(record.alternateCount, 1) {
            _ = depths.call(record, alleleIndex: allele, sample: sample)
        }
    }
    for annotation in annotations {
        _ = annotation.consequences(for: record, alleleIndex: 1)
        _ = annotation.populationFrequency(for: record, alleleIndex: 1)
    }
    let normalizer = AlleleNormalizer()
    guard let normalized = try? normalizer.outcomes(of: record, reference: &genome) else { return }
    for case .variant(let variant, _) in normalized.outcomes where normalized.referenceCheck == .matches {
        let trimmed = variant.trimmed(keepingAnchor: true)
        claim(trimmed.trimmed(keepingAnchor: true) == trimmed, "trimming twice differs")
        let line = "1\t\(variant.position + 1)\t.\t\(variant.reference)\t\(variant.alternate)\t.\t.\t."
        guard let again = VCFRecord(line: line),
            let second = try? normalizer.outcomes(of: again, reference: &genome)
        else { continue }
        if case .variant(let same, _)? = second.outcomes.first {
            claim(same == variant, "normalizing twice differs")
        }
    }
}
