/// What was seen while records were annotated; reports of stretches that follow one another can be added up.
struct AnnotationReport: Sendable {
    /// Records read.
    var records = 0
    /// ALTs, or whole records, by what kept them from a consequence of their own.
    var skipped: [Skip: Int] = [:]
    /// The first record whose REF the reference has not.
    var firstMismatch: String?
    /// Contigs that the reference lacks, and contigs of which the gene models have nothing.
    var missingContigs: [String] = [], contigsWithoutGenes: [String] = []
    /// Transcripts on which a sample has too many changes, and times that a haplotype was cut to keep memory bounded.
    var notResolved = 0, cutHaplotypes = 0
    /// Whether records came out of order, so that changes of one haplotype may not have been put together.
    var isUnordered = false

    enum Skip: String, Sendable {
        case contigMissing, referenceMismatch, contigWithoutGenes, noChange, unknownAllele
    }

    mutating func skip(_ reason: Skip) { skipped[reason, default: 0] += 1 }

    mutating func merge(_ other: AnnotationReport) {
        records += other.records
        skipped.merge(other.skipped) { $0 + $1 }
        if firstMismatch == nil { firstMismatch = other.firstMismatch }
        for name in other.missingContigs where !missingContigs.contains(name) { missingContigs.append(name) }
        for name in other.contigsWithoutGenes where !contigsWithoutGenes.contains(name) {
            contigsWithoutGenes.append(name)
        }
        notResolved += other.notResolved
        cutHaplotypes += other.cutHaplotypes
        isUnordered = isUnordered || other.isUnordered
    }

    /// Sentences on what got no consequence, or less than the whole one.
    func warnings(input: String, reference: String) -> [String] {
        var all: [String] = []
        if let firstMismatch, let count = skipped[.referenceMismatch] {
            all.append(
                "\(input): REF mismatch in \(count) records, the first is \(firstMismatch); they were "
                    + "written without consequences. Is \(reference) the genome they were called on?")
        }
        if let count = skipped[.contigMissing] {
            all.append(
                "\(input): \(count) records lie on contigs that \(reference) "
                    + "lacks (\(Self.list(missingContigs))); they were written without consequences.")
        }
        if let count = skipped[.contigWithoutGenes] {
            all.append(
                "\(input): \(count) records lie on contigs of which the gene models "
                    + "have nothing (\(Self.list(contigsWithoutGenes))); they were written as intergenic.")
        }
        if let count = skipped[.unknownAllele] {
            all.append("\(input): \(count) ALTs are no bases and have no extent; they have no consequence.")
        }
        if isUnordered {
            all.append(
                "\(input): records are not in order of contig and position; changes of one haplotype were put together "
                    + "only where they stand near each other. Sort the file with `bcftools sort`.")
        }
        if notResolved > 0 {
            all.append(
                "\(input): on \(notResolved) transcripts a sample has more changes than are put together; each was told "
                    + "alone.")
        }
        if let text = cutHaplotypesWarning(input: input) { all.append(text) }
        return all
    }

    /// What was written before all of its company was known; nil where nothing was.
    func cutHaplotypesWarning(input: String) -> String? {
        guard cutHaplotypes > 0 else { return nil }
        return
            "\(input): \(cutHaplotypes) times records were written before their haplotype was known to its end, "
            + "to keep memory bounded."
    }

    private static func list(_ contigs: [String]) -> String {
        contigs.prefix(5).joined(separator: ", ") + (contigs.count > 5 ? " …" : "")
    }
}
