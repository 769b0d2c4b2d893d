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
    ##INFO=<ID=AC,Number=A,Type=Integer,Description="Copies">
    ##INFO=<ID=END,Number=1,Type=Integer,Description="End">
    ##INFO=<ID=CH,Number=1,Type=Character,Description="Letter">
    ##INFO=<ID=A_KEY_OF_MORE_THAN_16,Number=.,Type=Integer,Description="Long">
    ##INFO=<ID=DB,Number=0,Type=Flag,Description="Known">
    ##INFO=<ID=CSQ,Number=.,Type=String,Description="Format: Allele|Consequence|SYMBOL|Feature|HGVSc|HGVSp|Protein_position|Amino_acids|ALLELE_NUM|MAX_AF|CLIN_SIG|Existing_variation">
    ##INFO=<ID=ANN,Number=.,Type=String,Description="Functional annotations: 'Allele | Annotation'">
    ##INFO=<ID=BCSQ,Number=.,Type=String,Description="Format: Consequence|gene|transcript|biotype|strand|amino_acid_change|dna_change">
    ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
    ##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">
    ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">
    ##FORMAT=<ID=FT,Number=1,Type=String,Description="Filter">
    ##FORMAT=<ID=CH,Number=1,Type=Character,Description="Letter">
    ##FORMAT=<ID=AF,Number=A,Type=Float,Description="Fraction">
    ##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Likelihoods">
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tN1\tT1

    """

/// htslib adds each unknown name to its header, which changes what it makes of later lines, so each input has a pair of its own.
private struct Pair {
    let own: LineDecoder, theirs: LineDecoder

    /// A pair of the same header that has seen no line.
    init(like other: Pair) {
        (own, theirs) = (other.own.fresh(), other.theirs.fresh())
    }

    init?(_ header: String) {
        guard let own = try? LineDecoder(headerText: header),
            let theirs = try? LineDecoder(headerText: header, decoder: .htslib)
        else { return nil }
        (self.own, self.theirs) = (own, theirs)
    }

    /// Both decoders accept the same lines, and what they read is the same under each key.
    func compare(_ lines: some Collection<ArraySlice<UInt8>>) {
        for line in lines {
            var line = Array(line)
            while line.last == 0x0D { line.removeLast() }
            if line.isEmpty { continue }
            let isOwn = own.decode(line, into: &left)
            let isTheirs = theirs.decode(line, into: &right)
            claim(
                isOwn == isTheirs, isOwn ? "htslib refuses what we accept" : "we refuse what htslib accepts")
            if isOwn { Agreement(own: left, theirs: right, header: own.header).check() }
        }
    }
}

nonisolated(unsafe) private var left = VCFRecord()
nonisolated(unsafe) private var right = VCFRecord()

nonisolated(unsafe) private let sound: Pair = {
    guard let pair = Pair(headerText) else { fatalError("the header of the fuzz target is refused") }
    return pair
}()

/// Our scanner and htslib's parser accept the same lines, and read the same below a sound header.
func scanner(_ bytes: [UInt8]) {
    Pair(like: sound).compare(bytes.split(separator: 0x0A).prefix(4))
}

/// They do so below any header that htslib takes.
func files(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 0x0A)
    let header = lines.prefix { $0.starts(with: "##".utf8) }
    let rest = lines.dropFirst(header.count)
    guard let columns = rest.first, columns.first == UInt8(ascii: "#"),
        let text = String(
            validating: Array((header + [columns]).joined(separator: [0x0A])) + [0x0A], as: UTF8.self),
        let pair = Pair(text)
    else { return }
    claim(pair.own.header.samples.count <= 64 || bytes.count > 64, "more samples than bytes")
    pair.compare(rest.dropFirst().prefix(4))
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
private let depths = ReadDepthDecoder(header: columns, tumorTags: DepthTags(vaf: "TVAF", depth: "TDP"))
private let plainDepths = ReadDepthDecoder(
    header: VCFHeader(text: "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"))
private let roles = [
    SampleRoles(tumor: 1, normal: 0, decidedBy: ""),
    SampleRoles(tumor: 0, normal: nil, isJoined: true, decidedBy: ""),
    SampleRoles(tumor: nil, normal: nil, decidedBy: ""),
]

/// Reads are no negative number, and a fraction lies from 0 to 1.
func claim(_ call: SampleCall) {
    claim(call.vaf.map { (0...1).contains($0) } ?? true, "a fraction outside 0 to 1")
    claim(call.depth ?? 0 >= 0 && call.alternateDepth ?? 0 >= 0, "a negative number of reads")
}

private let annotations = ["CSQ", "ANN", "BCSQ"].compactMap { ExistingAnnotation(header: columns, tag: $0) }
nonisolated(unsafe) private var genome = InMemoryReference([
    "1": String(repeating: "ACGTTGCAAACCCCGGGTTTTCAGCAGCAGTATATATATN", count: 24)
])

/// A line of any bytes is split, normalized and read; a normalized allele stays as it is.
func records(_ bytes: [UInt8]) {
    guard let record = VCFRecord(line: String(decoding: bytes, as: UTF8.self)) else { return }
    let lines = splitter.splitLine(record)
    claim(lines.count == max(record.alternateCount, 1), "not one line for each ALT")
    for sample in 0..<min(record.sampleCount, 2) {
        if let genotype = Genotype(record, sample: sample) {
            claim(genotype.ploidy == genotype.alleles.count && genotype.ploidy > 0, "ploidy")
            claim(!(genotype.isHomozygous && genotype.isHeterozygous), "homozygous and heterozygous")
        }
        _ = AlleleCopies(of: 1, in: record, sample: sample)
        for allele in 1...max(record.alternateCount, 1) {
            claim(depths.call(record, alleleIndex: allele, sample: sample))
        }
    }
    for allele in 0...min(record.alternateCount + 1, 3) {
        for role in roles {
            claim(depths.tumorCall(record, alleleIndex: allele, roles: role))
            claim(depths.normalCall(record, alleleIndex: allele, roles: role))
            claim(plainDepths.tumorCall(record, alleleIndex: allele, roles: role))
        }
        for annotation in annotations {
            _ = annotation.consequences(for: record, alleleIndex: allele, atPosition: { _ in record })
            _ = annotation.existingIDs(for: record, alleleIndex: allele)
            _ = annotation.clinicalSignificance(for: record, alleleIndex: allele)
            let frequency = annotation.populationFrequency(for: record, alleleIndex: allele)
            claim(frequency.map { (0...1).contains($0) } ?? true, "frequency")
        }
    }
    for (line, number) in zip(lines, 0...) where lines.count > 1 {
        guard let part = VCFRecord(line: String(decoding: line, as: UTF8.self)), part.alternateCount == 1
        else {
            continue
        }
        let whole = AlleleNormalizer().outcomes(of: record).outcomes[number]
        switch (AlleleNormalizer().outcomes(of: part).outcomes[0], whole) {
        case (.variant(let one, _), .variant(let other, _)):
            claim(one == other, "a split line's allele differs")
        case (.skipped(let one, _), .skipped(let other, _)):
            claim(one == other, "a split line's reason differs")
        default: claim(false, "a split line's outcome differs")
        }
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
